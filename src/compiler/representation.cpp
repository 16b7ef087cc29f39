// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/representation.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "eigenmata/algebra/character_table.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/listed_group.hpp"
#include "eigenmata/algebra/reflection_length.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/exact/real_cyclotomic.hpp"
#include "orbit_network.hpp"
#include "real_part.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::CharacterTable;
using algebra::ListedGroup;
using algebra::RealIrreducible;
using algebra::RealRepresentation;
using algebra::Transformation;
using exact::NumberField;
using exact::RationalArithmetic;
using exact::RootSum;

using Result = std::variant<RepresentedGroup, Refusal>;

constexpr const char* kPass = "representation";
constexpr std::size_t kMaxDegree = 64;

/// ψ on a class: the character's eigenvalues; with their conjugates, or twice, where ψ is twice as large.
RootSum character_value(const CharacterTable& table, const RealIrreducible& part, std::size_t its_class) {
  const std::uint64_t order = table.classes()[its_class].element_order;
  RootSum sum{order, {}};
  for (const auto& eigenvalue : table.eigenvalues(part.character, its_class)) {
    sum.terms[eigenvalue.exponent] += eigenvalue.multiplicity;
    if (part.indicator == 0) sum.terms[(order - eigenvalue.exponent) % order] += eigenvalue.multiplicity;
    if (part.indicator == -1) sum.terms[eigenvalue.exponent] += eigenvalue.multiplicity;
  }
  return sum;
}

/// In the plane, rotations by multiples of 2π/m occur; the sine of the least is the root that orthonormal coordinates
/// need.
std::optional<RootSum> sine_in_plane(const CharacterTable& table, const RealIrreducible& part) {
  if (part.degree != 2) return std::nullopt;
  std::uint64_t most = 1;
  for (std::size_t c = 0; c < table.size(); ++c) {
    const std::uint64_t order = table.classes()[c].element_order;
    const std::uint64_t exponent = table.eigenvalues(part.character, c)[0].exponent;
    most = std::max(most, order / std::gcd(order, exponent));
  }
  if (most <= 2) return std::nullopt;
  return exact::twice_sine(1, most);
}

/// The values of the characters of the parts, [part][class].
template <class K>
using Values = std::vector<std::vector<typename K::Scalar>>;

class Builder {
 public:
  Builder(const automata::Dfa& dfa, const RepresentationOptions& options, const core::Limits& limits)
      : dfa_(dfa),
        options_(options),
        limits_(limits),
        maps_(algebra::letter_maps(dfa)),
        group_(algebra::PermutationGroup(dfa.states(), maps_, limits), CharacterTable::kMaxOrder, limits),
        table_(group_, limits),
        random_(options.seed) {
    for (const Transformation& map : maps_) letters_.push_back(group_.number_of(map));
  }

  Result build() {
    const RealRepresentation representation = options_.least_dimension
                                                  ? least_faithful_representation(table_, limits_)
                                                  : shortest_reflections(table_, letters_, limits_).representation;
    if (representation.degree > kMaxDegree) {
      return Refusal{kPass, "the representation has " + std::to_string(representation.degree) +
                                " dimensions, more than " + std::to_string(kMaxDegree)};
    }
    parts_ = representation.parts;
    const Subgroup all = generated(group_, letters_);
    for (const Subgroup& h : some_subgroups(group_, all, random_, limits_)) {
      for (SignedSubgroup& with : with_signs(group_, h)) subgroups_.push_back(std::move(with));
    }
    std::vector<RootSum> numbers;
    for (const RealIrreducible& part : parts_) {
      for (std::size_t c = 0; c < table_.size(); ++c) numbers.push_back(character_value(table_, part, c));
    }
    auto field = options_.form == FactorForm::kHouseholder ? with_sines(numbers) : std::nullopt;
    if (!field) field = exact::field_of(numbers);
    if (!field) return Refusal{kPass, "the characters need a field of a degree above 64"};
    return std::visit([&](const auto& k) { return build_over(k, values_over(k, *field)); }, field->field);
  }

 private:
  /// Rotations through few steps have small rational coordinates; others need a sine.
  [[nodiscard]] std::optional<exact::GeneratedField> with_sines(std::vector<RootSum> numbers) const {
    constexpr std::uint64_t kFewSteps = 4 * 32;
    const std::size_t before = numbers.size();
    for (const RealIrreducible& part : parts_) {
      const auto sine = sine_in_plane(table_, part);
      if (sine && (options_.fewest_coordinates || sine->order > kFewSteps)) numbers.push_back(*sine);
    }
    if (numbers.size() == before) return std::nullopt;
    return exact::field_of(numbers);
  }

  template <class K>
  [[nodiscard]] Values<K> values_over(const K& k, const exact::GeneratedField& field) const {
    Values<K> values(parts_.size());
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      for (std::size_t c = 0; c < table_.size(); ++c) values[p].push_back(field.value(k, p * table_.size() + c));
    }
    return values;
  }

  template <class K>
  Result build_over(const K& k, const Values<K>& values) {
    std::vector<RealPart<K>> built;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      limits_.poll();
      auto part = PartBuilder<K>(k, {group_, table_}, values[p], parts_[p], subgroups_, options_).build();
      if (const auto* missing = std::get_if<MissingRoot<typename K::Scalar>>(&part)) {
        return build_with_root(k, values, missing->radicand);
      }
      if (const auto* none = std::get_if<NoCoordinates>(&part)) return Refusal{kPass, none->reason};
      built.push_back(std::move(std::get<RealPart<K>>(part)));
    }
    return finish(k, built);
  }

  template <class K>
  Result build_with_root(const K& k, const Values<K>& values, const typename K::Scalar& radicand) {
    const auto larger = exact::adjoin_square_root(k, radicand);
    if (!larger) return Refusal{kPass, "orthonormal coordinates need a field of a degree above 64"};
    Values<NumberField> embedded;
    for (const auto& row : values) {
      embedded.emplace_back();
      for (const auto& value : row) embedded.back().push_back(larger->embed(value));
    }
    return build_over(larger->field, embedded);
  }

  /// A(y), the parts along the diagonal.
  template <class K>
  [[nodiscard]] static exact::Matrix<typename K::Scalar> sum_of(
      const K& k, const std::vector<exact::Matrix<typename K::Scalar>>& blocks) {
    std::size_t n = 0;
    for (const auto& block : blocks) n += block.rows();
    exact::Matrix<typename K::Scalar> sum(n, n, k.zero());
    std::size_t at = 0;
    for (const auto& block : blocks) {
      for (std::size_t i = 0; i < block.rows(); ++i) {
        for (std::size_t j = 0; j < block.rows(); ++j) sum(at + i, at + j) = block(i, j);
      }
      at += block.rows();
    }
    return sum;
  }

  template <class K>
  [[nodiscard]] static exact::Matrix<typename K::Scalar> matrix_of(const K& k, const std::vector<RealPart<K>>& parts,
                                                                   std::uint32_t y) {
    std::vector<exact::Matrix<typename K::Scalar>> blocks;
    for (const auto& part : parts) blocks.push_back(part.matrix(y));
    return sum_of(k, blocks);
  }

  template <class K>
  Result finish(const K& k, const std::vector<RealPart<K>>& parts) {
    std::vector<exact::Matrix<typename K::Scalar>> grams;
    std::string name = kPass;
    for (const auto& part : parts) grams.push_back(part.gram);
    for (std::size_t p = 0; p < parts.size(); ++p) name += (p == 0 ? ":" : "+") + parts[p].coordinates;
    const auto gram = sum_of(k, grams);
    std::vector<exact::Matrix<typename K::Scalar>> letters;
    for (const std::uint32_t x : letters_) letters.push_back(matrix_of(k, parts, x));
    const auto codes = find_codes(k, parts, letters);
    if (!codes) return Refusal{kPass, "no start vector was found with at most " + std::to_string(kMaxCodes) + " codes"};
    return network_of(name, k, letters, gram, *codes, dfa_, options_.form, limits_);
  }

  /// The elements that leave the initial state where it is.
  [[nodiscard]] Subgroup stabiliser() const {
    Subgroup h = generated(group_, {});
    const auto start = static_cast<algebra::Point>(index(dfa_.initial()));
    for (std::uint32_t y = 0; y < group_.order(); ++y) {
      if (group_.element(y).images()[start] != start) continue;
      if (std::binary_search(h.elements.begin(), h.elements.end(), y)) continue;
      auto generators = h.generators;
      generators.push_back(y);
      h = generated(group_, std::move(generators));
    }
    return h;
  }

  /// From a vector whose stabiliser lies in that of the initial state; of the subgroups tried, one of the largest.
  template <class K>
  std::optional<std::vector<Code<K>>> find_codes(const K& k, const std::vector<RealPart<K>>& parts,
                                                 const std::vector<exact::Matrix<typename K::Scalar>>& letters) {
    using S = typename K::Scalar;
    constexpr std::size_t kMostTried = 80;
    constexpr std::size_t kAlike = 3;
    const std::size_t n = letters[0].rows();
    const std::vector<Subgroup> subgroups = some_subgroups(group_, stabiliser(), random_, limits_);
    std::map<std::vector<std::size_t>, std::size_t> alike;
    std::size_t tried = 0;
    for (const Subgroup& h : subgroups) {
      // Conjugate subgroups fix conjugate vectors. The trivial one always serves.
      std::vector<std::size_t> classes(table_.size(), 0);
      for (const std::uint32_t y : h.elements) ++classes[table_.class_of(y)];
      if (h.elements.size() > 1 && (tried >= kMostTried || ++alike[classes] > kAlike)) continue;
      ++tried;
      exact::Matrix<S> equations(n * h.generators.size(), n, k.zero());
      for (std::size_t g = 0; g < h.generators.size(); ++g) {
        const auto a = exact::subtract(k, matrix_of(k, parts, h.generators[g]), exact::identity(k, n));
        for (std::size_t i = 0; i < n; ++i) {
          for (std::size_t j = 0; j < n; ++j) equations(g * n + i, j) = a(i, j);
        }
      }
      const auto fixed = exact::null_space(k, std::move(equations));
      if (fixed.empty()) continue;
      const std::size_t most = std::min(kMaxCodes, group_.order() / h.elements.size());
      for (const auto& vector : combinations(k, fixed)) {
        limits_.poll();
        if (auto codes = codes_of(k, letters, dfa_, {vector, dfa_.initial()}, most, limits_)) return codes;
      }
    }
    return std::nullopt;
  }

  /// Some vectors of a space, with small coordinates first.
  template <class K>
  std::vector<std::vector<typename K::Scalar>> combinations(const K& k,
                                                            const std::vector<std::vector<typename K::Scalar>>& basis) {
    using S = typename K::Scalar;
    constexpr std::size_t kSingle = 3;
    constexpr std::size_t kRandom = 4;
    std::vector<std::vector<std::int64_t>> factors;
    for (std::size_t b = 0; b < std::min(basis.size(), kSingle); ++b) {
      factors.emplace_back(basis.size(), 0);
      factors.back()[b] = 1;
    }
    factors.emplace_back();
    for (std::size_t b = 0; b < basis.size(); ++b) factors.back().push_back(static_cast<std::int64_t>(b + 1));
    for (std::size_t r = 1; r <= kRandom; ++r) {
      factors.emplace_back();
      const auto largest = static_cast<std::int64_t>(2 * r * basis.size());
      for (std::size_t b = 0; b < basis.size(); ++b) factors.back().push_back(random_.between(-largest, largest));
    }
    std::vector<std::vector<S>> result;
    for (const auto& row : factors) {
      std::vector<S> v(basis[0].size(), k.zero());
      for (std::size_t b = 0; b < basis.size(); ++b) {
        if (row[b] == 0) continue;
        const S factor = k.from_rational(row[b]);
        for (std::size_t i = 0; i < v.size(); ++i) exact::add_product(k, v[i], factor, basis[b][i]);
      }
      result.push_back(std::move(v));
    }
    return result;
  }

  const automata::Dfa& dfa_;
  RepresentationOptions options_;
  const core::Limits& limits_;
  std::vector<Transformation> maps_;
  ListedGroup group_;
  CharacterTable table_;
  core::Random random_;
  std::vector<std::uint32_t> letters_;
  std::vector<RealIrreducible> parts_;
  std::vector<SignedSubgroup> subgroups_;
};

}  // namespace

Result represent(const automata::Dfa& minimal, const RepresentationOptions& options, const core::Limits& limits) {
  const auto group = algebra::is_group(minimal);
  if (group.is_no()) {
    return Refusal{
        kPass, "letter " + core::in_quotes(minimal.alphabet().name(group.witness())) + " does not permute the states"};
  }
  if (minimal.states() < 2) return Refusal{kPass, "one state needs no layer"};
  return Builder(minimal, options, limits).build();
}

}  // namespace eigenmata::compiler
