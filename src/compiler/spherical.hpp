// SPDX-License-Identifier: Apache-2.0
//
// The orbit of one vector in an irreducible real representation, known by its inner products alone.
//
// Matrices are A(y) with A(yz) = A(z)A(y) (first y, then z). Let ρ be irreducible over ℝ with character ψ, and H a
// subgroup with signs λ such that the multiplicity of λ in the restriction of ψ is 1, 2 or 4 for the indicator 1, 0 or
// −1 of ρ: then the vectors u with A(h) u = λ(h) u are a line over the endomorphisms ℝ, ℂ or ℍ of ρ. Those of norm 1
// are orthogonal maps that commute with all A(y), and move each such u of length 1 to each other. So ⟨u, A(y)u⟩ is the
// same for all of them, hence equal to its average: the trace of P A(y), P the projection to that line, divided by its
// dimension. With P = (1/|H|) Σ_h λ(h) A(h):
//
//   ω(y) = ⟨u, A(y) u⟩ = Σ_h λ(h) ψ(hy) / Σ_h λ(h) ψ(h).
//
// The orbit spans the representation, which is irreducible, and ⟨A(g)u, A(y)A(h)u⟩ = ω(h·y·g⁻¹).
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "eigenmata/algebra/character_table.hpp"
#include "eigenmata/algebra/reflection_length.hpp"
#include "eigenmata/exact/matrix.hpp"
#include "signed_subgroups.hpp"

namespace eigenmata::compiler {

/// The group of an automaton's letters, as what builds representations needs it.
struct LetterGroup {
  const algebra::ListedGroup& group;
  const algebra::CharacterTable& table;
};

template <exact::ExactArithmetic K>
class SphericalFunction {
 public:
  using S = typename K::Scalar;

  /// Nothing if the multiplicity is another. `psi` are the values of ψ on the classes.
  static std::optional<SphericalFunction> make(const K& k, const LetterGroup& g, const std::vector<S>& psi,
                                               int indicator, const SignedSubgroup& h) {
    std::vector<std::int64_t> counts(psi.size(), 0);
    for (std::size_t i = 0; i < h.elements.size(); ++i) counts[g.table.class_of(h.elements[i])] += h.signs[i];
    S total = k.zero();
    for (std::size_t c = 0; c < psi.size(); ++c) {
      if (counts[c] != 0) total = k.add(total, k.multiply(k.from_rational(counts[c]), psi[c]));
    }
    const std::int64_t multiplicity = indicator == 1 ? 1 : indicator == 0 ? 2 : 4;
    const auto order = static_cast<std::int64_t>(h.elements.size());
    if (!k.equal(total, k.from_rational(multiplicity * order))) return std::nullopt;
    return SphericalFunction(k, g, psi, h, std::move(total));
  }

  /// ω(y).
  [[nodiscard]] const S& at(std::uint32_t y) {
    if (known_[y] < 0) known_[y] = evaluate(y);
    return values_[known_[y]];
  }
  /// ⟨A(a)u, A(y)A(b)u⟩.
  [[nodiscard]] const S& product(std::uint32_t a, std::uint32_t y, std::uint32_t b) {
    const auto& g = g_.group;
    return at(g.product(g.product(b, y), g.inverse(a)));
  }

  [[nodiscard]] const SignedSubgroup& subgroup() const { return h_; }

 private:
  SphericalFunction(const K& k, const LetterGroup& g, const std::vector<S>& psi, SignedSubgroup h, S total)
      : k_(k), g_(g), psi_(psi), h_(std::move(h)), total_(std::move(total)), known_(g.group.order(), -1) {}

  std::int32_t evaluate(std::uint32_t y) {
    std::vector<std::int64_t> counts(psi_.size(), 0);
    for (std::size_t i = 0; i < h_.elements.size(); ++i) {
      counts[g_.table.class_of(g_.group.product(h_.elements[i], y))] += h_.signs[i];
    }
    const auto [place, is_new] = numbers_.emplace(std::move(counts), static_cast<std::int32_t>(values_.size()));
    if (is_new) {
      S sum = k_.zero();
      for (std::size_t c = 0; c < psi_.size(); ++c) {
        if (place->first[c] != 0) sum = k_.add(sum, k_.multiply(k_.from_rational(place->first[c]), psi_[c]));
      }
      values_.push_back(k_.divide(sum, total_));
    }
    return place->second;
  }

  K k_;
  LetterGroup g_;
  std::vector<S> psi_;
  SignedSubgroup h_;
  S total_;
  std::vector<std::int32_t> known_;  // [element]: which value
  std::map<std::vector<std::int64_t>, std::int32_t> numbers_;
  std::vector<S> values_;
};

}  // namespace eigenmata::compiler
