// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/permutation.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "cheapest_cover.hpp"
#include "components.hpp"
#include "decoder.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/swap_copy.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Point;
using algebra::SwapCopy;
using algebra::Transformation;
using automata::Dfa;
using exact::Rational;
using lrnn::SparseVector;

constexpr std::size_t kMaxStates = 128;
const exact::RationalArithmetic kRationals{};

/// e_x − e_y.
SparseVector<Rational> difference(std::size_t n, Point x, Point y) {
  if (x > y) std::swap(x, y);  // the reflection is the same
  return {n, {{x, Rational(1)}, {y, Rational(-1)}}};
}

lrnn::HouseholderProduct<Rational> reflections(const Transformation& permutation) {
  lrnn::HouseholderProduct<Rational> product{permutation.degree(), {}};
  for (const SwapCopy& f : swap_copy_factors(permutation))
    product.factors.push_back({2, difference(permutation.degree(), f.x, f.y)});
  return product;
}

Refusal refusal(const char* pass, const Dfa& dfa, core::Symbol letter) {
  return {pass, "letter " + core::in_quotes(dfa.alphabet().name(letter)) + " does not permute the states"};
}

/// The network in which letter x moves the coordinates by moves[x] (coordinate i goes to i·moves[x]).
Construction construction_for(const char* pass, const Dfa& dfa, const std::vector<Transformation>& moves,
                              std::vector<SparseVector<Rational>> codes) {
  const std::size_t n = codes[0].dimension();
  lrnn::Layer<Rational> layer{n, codes[0], {}, core::Alphabet({"reject", "accept"}), decoder_for(codes, dfa)};
  std::vector<std::size_t> bounds;
  for (const Transformation& move : moves) {
    layer.maps.push_back({reflections(move), SparseVector<Rational>(n)});
    bounds.push_back(n - move.components());
  }
  lrnn::TransitionClass claim;
  claim.form = lrnn::TransitionClass::Form::kHouseholder;
  claim.factors = *std::max_element(bounds.begin(), bounds.end());
  lrnn::RationalNetwork network{
      dfa.alphabet(), dfa.is_accepting(dfa.initial()), {std::move(layer)}, {false, true}, claim};
  std::vector<lrnn::JointState<Rational>> states;
  for (auto& code : codes) states.push_back({std::move(code)});
  return {pass, certificate_by_codes(std::move(network), dfa, std::move(states)), {std::move(bounds)}};
}

/// Functions on the states that the letters permute among themselves: the coordinates of a permutation representation.
struct Orbit {
  std::vector<StateFunction> functions;
  std::vector<Transformation>
      moves;  ///< letter x makes function i take the values that function i·move had: see `orbit_of`
};

/// The images of a function under the letters, if there are at most `most`. Then (x f_i)(q) = f_i(q·x) = f_{π(i)}(q):
/// the code c(q·x) has at i what c(q) has at π(i), so A(x) moves coordinate π(i) to i.
std::optional<Orbit> orbit_of(const StateFunction& seed, const std::vector<Transformation>& letters, std::size_t most) {
  std::map<StateFunction, Point> numbers{{seed, 0}};
  Orbit orbit{{seed}, {}};
  std::vector<std::vector<Point>> images(letters.size());
  for (std::size_t i = 0; i < orbit.functions.size(); ++i) {
    for (std::size_t x = 0; x < letters.size(); ++x) {
      StateFunction moved;
      for (const Point target : letters[x].images()) moved.push_back(orbit.functions[i][target]);
      const auto [at, is_new] = numbers.emplace(moved, static_cast<Point>(orbit.functions.size()));
      if (is_new) orbit.functions.push_back(std::move(moved));
      if (orbit.functions.size() > most) return std::nullopt;
      images[x].push_back(at->second);
    }
  }
  for (const auto& pi : images) {
    std::vector<Point> inverse(pi.size());
    for (Point i = 0; i < pi.size(); ++i) inverse[pi[i]] = i;
    orbit.moves.emplace_back(std::move(inverse));
  }
  return orbit;
}

/// Several orbits side by side.
Orbit joined(const std::vector<Orbit>& orbits, const std::vector<std::size_t>& chosen) {
  Orbit result;
  std::vector<std::vector<Point>> images(orbits[0].moves.size());
  for (const std::size_t o : chosen) {
    const auto offset = static_cast<Point>(result.functions.size());
    result.functions.insert(result.functions.end(), orbits[o].functions.begin(), orbits[o].functions.end());
    for (std::size_t x = 0; x < images.size(); ++x) {
      for (const Point i : orbits[o].moves[x].images()) images[x].push_back(offset + i);
    }
  }
  for (auto& image : images) result.moves.emplace_back(std::move(image));
  return result;
}

}  // namespace

PassResult compile_permutation(const Dfa& minimal) {
  const auto group = algebra::is_group(minimal);
  if (group.is_no()) return refusal("permutation", minimal, group.witness());
  std::vector<SparseVector<Rational>> codes;
  for (std::size_t q = 0; q < minimal.states(); ++q)
    codes.push_back(lrnn::unit_vector(kRationals, minimal.states(), q));
  return construction_for("permutation", minimal, algebra::letter_maps(minimal), std::move(codes));
}

PassResult compile_permuted_points(const Dfa& minimal, const core::Limits& limits, std::uint64_t seed) {
  constexpr const char* kPass = "permuted-points";
  constexpr std::size_t kTrials = 600;
  constexpr std::size_t kKept = 60;
  const auto group = algebra::is_group(minimal);
  if (group.is_no()) return refusal(kPass, minimal, group.witness());
  const std::size_t states = minimal.states();
  if (states > kMaxStates) return Refusal{kPass, "more than " + std::to_string(kMaxStates) + " states"};
  const std::vector<Transformation> letters = algebra::letter_maps(minimal);
  core::Random random(seed);
  std::vector<Orbit> orbits;
  std::vector<PricedPart> parts;
  for (const Components& components : sample_components(letters, kTrials, kKept, random)) {
    limits.poll();
    auto orbit = orbit_of(generic_function(components, random), letters, states - 1);
    if (!orbit) continue;
    parts.push_back({orbit->functions.size(), classes(orbit->functions, states)});
    orbits.push_back(std::move(*orbit));
  }
  const std::vector<std::size_t> chosen = cheapest_separating_set(parts, states);
  if (chosen.empty())
    return Refusal{kPass, "no representation on fewer than " + std::to_string(states) + " points was found"};
  const Orbit best = joined(orbits, chosen);
  std::vector<SparseVector<Rational>> codes;
  for (std::size_t q = 0; q < states; ++q) {
    std::vector<Rational> code;
    for (const StateFunction& f : best.functions) code.emplace_back(f[q]);
    codes.push_back(lrnn::sparse(kRationals, code));
  }
  return construction_for(kPass, minimal, best.moves, std::move(codes));
}

}  // namespace eigenmata::compiler
