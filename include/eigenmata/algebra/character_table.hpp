// SPDX-License-Identifier: Apache-2.0
//
// The irreducible complex characters of a finite group, exactly. A character χ of a representation ρ is kept as the
// eigenvalues of ρ(g) and their multiplicities: if g has order n, ρ(g) is diagonalisable and its eigenvalues are powers
// of ζ = e^(2πi/n). From them follow the value χ(g) = Σ multiplicity · ζ^exponent, the dimension of the space that ρ(g)
// fixes, and the rank of I − ρ(g).
//
// Computed modulo a prime p > 2√|G| with p ≡ 1 modulo the exponent [Dixon1967] [Schneider1990]: class functions are
// split into common eigenspaces of the class matrices; degrees follow from χ(1)² · Σ … = |G|; multiplicities from
// (1/n) Σ_l χ(g^l) ζ^(−jl), which is a number from 0 to χ(1) < p and so is known when it is known modulo p.
//
// Before the table is handed out, ⟨χ, ψ⟩ = 1 or 0 is proved for all pairs of rows in exact arithmetic. Of every
// row it is checked that σ_t χ(g) = χ(g^t) for the automorphisms σ_t: ζ ↦ ζ^t. Then Σ_g χ(g) ψ(g⁻¹) is invariant under
// all of them, hence an integer, at most |G|² in absolute value; and it is computed modulo another prime, above
// |G|² + |G|. Likewise the Frobenius–Schur indicators [Isaacs1976, Ch. 4].
//
// Cost for r classes: at most |G|·r products in the group, O(r³) operations modulo primes and O(r² · exponent) for the
// multiplicities: S₆ takes a millisecond, 600 classes take seconds.
//
// Example:
//   const ListedGroup a5(alternating_group(5));
//   const CharacterTable table(a5);
//   table.degree(1) == 3;  table.indicator(1) == 1;  table.fixed_dimension(1, k) == 1 for every class k but the first
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "eigenmata/algebra/listed_group.hpp"
#include "eigenmata/exact/polynomial.hpp"

namespace eigenmata::algebra {

class CharacterTable {
 public:
  /// An eigenvalue e^(2πi · exponent / n) of an element of order n. 0 ≤ exponent < n, multiplicity ≥ 1.
  struct Eigenvalue {
    std::uint32_t exponent;
    std::uint32_t multiplicity;
    friend bool operator==(const Eigenvalue&, const Eigenvalue&) = default;
    friend auto operator<=>(const Eigenvalue&, const Eigenvalue&) = default;
  };
  static constexpr std::size_t kMaxOrder = 20'000;
  static constexpr std::size_t kMaxClasses = 600;

  /// Throws `core::LimitReached`: kSize if the group has more elements or classes than these, others as usual;
  /// `std::logic_error` if the proof of the table fails, which would be an error in this module.
  explicit CharacterTable(const ListedGroup& group, const core::Limits& limits = {});

  [[nodiscard]] std::size_t group_order() const { return class_of_.size(); }
  /// As `ListedGroup::conjugacy_classes()`: class 0 is that of the identity.
  [[nodiscard]] const std::vector<ListedGroup::ConjugacyClass>& classes() const { return classes_; }
  /// Of the element with this number in the listed group.
  [[nodiscard]] std::uint32_t class_of(std::uint32_t element) const { return class_of_[element]; }
  /// The class of g^exponent for the elements g of a class.
  [[nodiscard]] std::uint32_t power_class(std::size_t its_class, std::uint64_t exponent) const;

  /// How many irreducible characters there are: as many as classes. They are ordered by degree; the trivial one is 0.
  [[nodiscard]] std::size_t size() const { return classes_.size(); }
  [[nodiscard]] std::uint32_t degree(std::size_t character) const { return degrees_[character]; }
  /// By increasing exponent; the multiplicities add up to the degree.
  [[nodiscard]] const std::vector<Eigenvalue>& eigenvalues(std::size_t character, std::size_t its_class) const {
    return eigenvalues_[character * classes_.size() + its_class];
  }
  /// χ(g) as a polynomial in ζ = e^(2πi/n), n the order of g, of smaller degree than the cyclotomic polynomial: equal
  /// polynomials for equal numbers. Cost: O(n²).
  [[nodiscard]] exact::Polynomial<exact::Rational> value(std::size_t character, std::size_t its_class) const;
  /// dim {v : ρ(g) v = v}, so that rank(I − ρ(g)) is the degree less this.
  [[nodiscard]] std::uint32_t fixed_dimension(std::size_t character, std::size_t its_class) const;

  /// Frobenius–Schur: 1 if ρ can be written over the reals, −1 if it is not but its character is real, 0 if that is
  /// not.
  [[nodiscard]] int indicator(std::size_t character) const { return indicators_[character]; }
  /// The character with the conjugate values.
  [[nodiscard]] std::size_t conjugate(std::size_t character) const { return conjugates_[character]; }
  /// [class]: its elements are in the kernel of ρ.
  [[nodiscard]] std::vector<bool> kernel(std::size_t character) const;

  /// The minimal normal subgroups, each by the classes it consists of; every normal subgroup is an intersection of
  /// kernels [Isaacs1976, Ch. 2]. None for the trivial group. Cost: O(r³) bit operations.
  [[nodiscard]] std::vector<std::vector<bool>> minimal_normal_subgroups() const;

 private:
  [[nodiscard]] std::uint32_t inverse_class(std::size_t its_class) const { return powers_[its_class].back(); }
  void lift(const std::vector<std::vector<std::uint64_t>>& normalised, std::uint64_t prime, std::uint64_t root);
  void sort_characters();
  void prove(const core::Limits& limits);

  std::vector<std::uint32_t> class_of_;
  std::vector<ListedGroup::ConjugacyClass> classes_;
  std::vector<std::vector<std::uint32_t>> powers_;  // [class][l]: the class of the l-th powers, l below the order
  std::vector<std::uint32_t> degrees_;
  std::vector<std::vector<Eigenvalue>> eigenvalues_;  // [character · classes + class]
  std::vector<int> indicators_;
  std::vector<std::size_t> conjugates_;
};

}  // namespace eigenmata::algebra
