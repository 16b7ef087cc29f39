// SPDX-License-Identifier: Apache-2.0
//
// An irreducible real representation in coordinates: see the list in compiler/representation.hpp.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "eigenmata/compiler/representation.hpp"
#include "eigenmata/exact/elimination.hpp"
#include "eigenmata/exact/square_root_extension.hpp"
#include "spherical.hpp"

namespace eigenmata::compiler {

/// A(y) for every element y, in coordinates with the metric `gram`.
template <exact::ExactArithmetic K>
struct RealPart {
  using S = typename K::Scalar;
  std::string coordinates;  ///< "frame", "simplex", "roots", "orbit", "basis"
  std::size_t dimension = 0;
  exact::Matrix<S> gram;
  std::function<exact::Matrix<S>(std::uint32_t)> matrix;
};

/// The field lacks the root of this positive number.
template <class S>
struct MissingRoot {
  S radicand;
};

/// Why there are no coordinates.
struct NoCoordinates {
  std::string reason;
};

template <exact::ExactArithmetic K>
using RealPartResult = std::variant<RealPart<K>, MissingRoot<typename K::Scalar>, NoCoordinates>;

template <exact::ExactArithmetic K>
class PartBuilder {
 public:
  using S = typename K::Scalar;
  using Orbit = std::shared_ptr<SphericalFunction<K>>;

  PartBuilder(K k, const LetterGroup& g, std::vector<S> psi, const algebra::RealIrreducible& part,
              const std::vector<SignedSubgroup>& subgroups, const RepresentationOptions& options)
      : k_(std::move(k)), g_(g), psi_(std::move(psi)), part_(part), options_(options), random_(options.seed) {
    find_orbits(subgroups);
  }

  [[nodiscard]] RealPartResult<K> build() {
    if (orbits_.empty()) {
      return NoCoordinates{"no subgroup was found that fixes one direction of a part of degree " +
                           std::to_string(part_.degree)};
    }
    if (options_.form == FactorForm::kRankOne) return basis();
    if (auto found = at_equal_angles(false)) return *found;
    constexpr std::size_t kUsualOrbit = 32;
    constexpr std::size_t kLongestOrbit = 128;
    if (!options_.fewest_coordinates) {
      if (auto found = at_equal_angles(true)) return *found;
      if (auto found = whole_orbit(kUsualOrbit)) return *found;
      if (auto found = roots()) return *found;
      if (auto found = whole_orbit(kLongestOrbit)) return *found;
    } else {
      if (auto found = roots()) return *found;
      if (auto found = at_equal_angles(true)) return *found;
      if (auto found = whole_orbit(kLongestOrbit)) return *found;
    }
    return NoCoordinates{
        "a part of degree " + std::to_string(part_.degree) +
        " has no orthonormal coordinates in a field of degree at most 64, or none of a reasonable size"};
  }

 private:
  /// Those of the subgroups that serve, largest first; of those alike in their characters, one.
  void find_orbits(const std::vector<SignedSubgroup>& subgroups) {
    constexpr std::size_t kMost = 24;
    std::map<std::vector<std::int64_t>, bool> seen;
    for (const SignedSubgroup& h : subgroups) {
      if (orbits_.size() >= kMost) return;
      std::vector<std::int64_t> key(2 * psi_.size(), 0);
      for (std::size_t i = 0; i < h.elements.size(); ++i) {
        const std::uint32_t c = g_.table.class_of(h.elements[i]);
        ++key[2 * c];
        key[2 * c + 1] += h.signs[i];
      }
      if (!seen.emplace(std::move(key), true).second) continue;
      if (auto omega = SphericalFunction<K>::make(k_, g_, psi_, part_.indicator, h)) {
        orbits_.push_back(std::make_shared<SphericalFunction<K>>(std::move(*omega)));
        representatives_.push_back(coset_representatives(g_.group, h.elements));
      }
    }
  }

  /// n vectors at right angles, or n + 1 with the products −1/n.
  std::optional<RealPart<K>> at_equal_angles(bool simplex) {
    const std::size_t n = part_.degree;
    const S angle = simplex ? k_.from_rational(exact::Rational(-1) / static_cast<std::int64_t>(n)) : k_.zero();
    for (std::size_t o = 0; o < orbits_.size(); ++o) {
      auto chosen = clique(o, angle, simplex ? n + 1 : n);
      if (chosen.empty()) continue;
      // One more coordinate of square 1/n makes the n + 1 vectors orthogonal, of square 1 + 1/n.
      const S norm = k_.subtract(k_.one(), angle);
      const Orbit omega = orbits_[o];
      const K k = k_;
      const auto matrix = [=](std::uint32_t y) {
        exact::Matrix<S> a(chosen.size(), chosen.size(), k.zero());
        for (std::size_t i = 0; i < chosen.size(); ++i) {
          for (std::size_t j = 0; j < chosen.size(); ++j) {
            a(i, j) = k.divide(k.subtract(omega->product(chosen[i], y, chosen[j]), angle), norm);
          }
        }
        return a;
      };
      return RealPart<K>{simplex ? "simplex" : "frame", chosen.size(), exact::identity(k_, chosen.size()), matrix};
    }
    return std::nullopt;
  }

  /// Elements g, the first of them the identity, with ⟨A(g)u, A(h)u⟩ = angle for any two; empty if none are found.
  std::vector<std::uint32_t> clique(std::size_t o, const S& angle, std::size_t size) {
    SphericalFunction<K>& omega = *orbits_[o];
    std::vector<std::uint32_t> candidates;
    for (const std::uint32_t y : representatives_[o]) {
      if (k_.equal(omega.at(y), angle)) candidates.push_back(y);
    }
    std::vector<std::uint32_t> chosen{0};
    std::size_t budget = 300'000;
    if (extend(omega, angle, size, chosen, candidates, budget)) return chosen;
    return {};
  }

  bool extend(SphericalFunction<K>& omega, const S& angle, std::size_t size, std::vector<std::uint32_t>& chosen,
              const std::vector<std::uint32_t>& candidates, std::size_t& budget) {
    if (chosen.size() == size) return true;
    if (chosen.size() + candidates.size() < size) return false;
    for (std::size_t i = 0; i < candidates.size() && budget > 0; ++i) {
      std::vector<std::uint32_t> rest;
      for (std::size_t j = i + 1; j < candidates.size() && budget > 0; ++j) {
        --budget;
        if (k_.equal(omega.product(candidates[i], 0, candidates[j]), angle)) rest.push_back(candidates[j]);
      }
      chosen.push_back(candidates[i]);
      if (extend(omega, angle, size, chosen, rest, budget)) return true;
      chosen.pop_back();
    }
    return false;
  }

  static constexpr std::size_t kMaxOrbitNumbers = 200'000;  // rationals in a matrix

  /// Every vector of the orbit a coordinate, if there are at most so many.
  std::optional<RealPart<K>> whole_orbit(std::size_t most) {
    const std::vector<std::uint32_t> chosen = representatives_[0];
    const std::size_t dimension = chosen.size();
    if (dimension > most || dimension * dimension * degree_of(k_) > kMaxOrbitNumbers) return std::nullopt;
    // P_ij = (n/N) ω projects the signed permutations of the orbit to one copy of the part; the rest is left in place.
    const K k = k_;
    const Orbit omega = orbits_[0];
    const S share = k.from_rational(exact::Rational(part_.degree) / dimension);
    const auto matrix = [=](std::uint32_t y) {
      exact::Matrix<S> a = exact::identity(k, dimension);
      for (std::size_t i = 0; i < dimension; ++i) {
        for (std::size_t j = 0; j < dimension; ++j) {
          const S moved = omega->product(chosen[i], y, chosen[j]);
          const S kept = omega->product(chosen[i], 0, chosen[j]);
          a(i, j) = k.add(a(i, j), k.multiply(share, k.subtract(moved, kept)));
        }
      }
      return a;
    };
    return RealPart<K>{"orbit", dimension, exact::identity(k_, dimension), matrix};
  }

  struct Basis {
    std::vector<std::uint32_t> elements;
    exact::Cholesky<K> form;
  };

  /// The first vectors of the orbit that are independent.
  Basis basis_from(SphericalFunction<K>& omega, const std::vector<std::uint32_t>& order) {
    Basis basis{{}, exact::Cholesky<K>(k_)};
    for (const std::uint32_t y : order) {
      std::vector<S> products;
      for (const std::uint32_t x : basis.elements) products.push_back(omega.product(x, 0, y));
      if (basis.form.add(products, k_.one())) basis.elements.push_back(y);
      if (basis.elements.size() == part_.degree) break;
    }
    return basis;
  }

  exact::Matrix<S> products_of(SphericalFunction<K>& omega, const std::vector<std::uint32_t>& elements,
                               std::uint32_t y) const {
    exact::Matrix<S> m(elements.size(), elements.size(), k_.zero());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      for (std::size_t j = 0; j < elements.size(); ++j) m(i, j) = omega.product(elements[i], y, elements[j]);
    }
    return m;
  }

  RealPart<K> basis() {
    const Orbit omega = orbits_[0];
    const std::vector<std::uint32_t> elements = basis_from(*omega, representatives_[0]).elements;
    const exact::Matrix<S> gram = products_of(*omega, elements, 0);
    const K k = k_;
    const auto matrix = [=](std::uint32_t y) {
      exact::Matrix<S> m(elements.size(), elements.size(), k.zero());
      for (std::size_t i = 0; i < elements.size(); ++i) {
        for (std::size_t j = 0; j < elements.size(); ++j) m(i, j) = omega->product(elements[i], y, elements[j]);
      }
      return exact::solved(k, gram, std::move(m));
    };
    return {"basis", elements.size(), gram, matrix};
  }

  /// Independent classes modulo squares, as far as few products of them tell.
  std::vector<S> classes_modulo_squares(const std::vector<S>& numbers) const {
    constexpr std::size_t kMost = 4;
    std::vector<S> classes;
    for (const S& x : numbers) {
      bool is_known = false;
      for (std::size_t bits = 0; bits < std::size_t{1} << classes.size() && !is_known; ++bits) {
        S product = x;
        for (std::size_t i = 0; i < classes.size(); ++i) {
          if ((bits >> i & 1) != 0) product = k_.multiply(product, classes[i]);
        }
        is_known = square_root_in(k_, product).has_value();
      }
      if (!is_known) classes.push_back(x);
      if (classes.size() > kMost) break;
    }
    return classes;
  }

  /// An orthogonal basis, made orthonormal by the square roots of the ratios of its lengths. A root that is missing is
  /// asked for: the first of as few as were found.
  std::optional<RealPartResult<K>> roots() {
    constexpr std::size_t kOrders = 6;
    constexpr std::size_t kOrbits = 4;
    std::optional<Basis> best;
    std::size_t best_orbit = 0;
    std::vector<S> missing;
    for (std::size_t o = 0; o < std::min(orbits_.size(), kOrbits); ++o) {
      std::vector<std::uint32_t> order = representatives_[o];
      for (std::size_t round = 0; round < kOrders; ++round) {
        if (round > 0) {
          for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_.below(i)]);
        }
        Basis basis = basis_from(*orbits_[o], order);
        std::vector<S> classes = classes_modulo_squares(ratios(basis));
        if (best && classes.size() >= missing.size()) continue;
        best.emplace(std::move(basis));
        best_orbit = o;
        missing = std::move(classes);
        if (missing.empty()) break;
      }
      if (best && missing.empty()) break;
    }
    if (!missing.empty()) {
      // A plane needs one root. Where many dimensions need many, the field outgrows the use of its few coordinates.
      const std::size_t most = part_.degree == 2 ? 64 : 16;
      if (missing.size() > 2 || degree_of(k_) << missing.size() > most) return std::nullopt;
      return MissingRoot<S>{missing[0]};
    }
    return orthonormal(*best, orbits_[best_orbit]);
  }

  static std::size_t degree_of(const exact::RationalArithmetic& /*k*/) { return 1; }
  static std::size_t degree_of(const exact::NumberField& k) { return k.degree(); }

  /// d_i/d_0.
  [[nodiscard]] std::vector<S> ratios(const Basis& basis) const {
    std::vector<S> result;
    for (const S& d : basis.form.diagonal()) result.push_back(k_.divide(d, basis.form.diagonal()[0]));
    return result;
  }

  /// With products M of the basis and Γ = L D Lᵀ: (L⁻¹ M L⁻ᵀ)_ij / (√d_i √d_j).
  RealPart<K> orthonormal(const Basis& basis, const Orbit& omega) const {
    const K k = k_;
    std::vector<S> lengths;
    for (const S& ratio : ratios(basis)) lengths.push_back(*square_root_in(k_, ratio));
    const exact::Matrix<S> lower = basis.form.lower();
    const std::vector<std::uint32_t> elements = basis.elements;
    const S first = basis.form.diagonal()[0];
    const auto matrix = [=](std::uint32_t y) {
      const std::size_t n = elements.size();
      exact::Matrix<S> m(n, n, k.zero());
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) m(i, j) = omega->product(elements[i], y, elements[j]);
      }
      m = exact::solved(k, lower, std::move(m));
      m = exact::transposed(exact::solved(k, lower, exact::transposed(m)));
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
          m(i, j) = k.divide(m(i, j), k.multiply(first, k.multiply(lengths[i], lengths[j])));
        }
      }
      return m;
    };
    return {"roots", elements.size(), exact::identity(k_, elements.size()), matrix};
  }

  K k_;
  LetterGroup g_;
  std::vector<S> psi_;
  algebra::RealIrreducible part_;
  RepresentationOptions options_;
  core::Random random_;
  std::vector<Orbit> orbits_;
  std::vector<std::vector<std::uint32_t>> representatives_;
};

}  // namespace eigenmata::compiler
