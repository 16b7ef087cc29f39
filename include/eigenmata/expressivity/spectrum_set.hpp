// SPDX-License-Identifier: Apache-2.0
//
// Sets S of numbers in the closed unit disc: the eigenvalues that a class of networks may use. Written as pieces:
//
//   1/2   -1   e(1/3)   1/2*e(1/3)      a number; e(p/q) is exp(2 pi i p/q)
//   [0,1]   (0,1)   [-1,1)              an interval of the real line
//   D(1)   D(<1)                        the numbers of modulus at most 1, or less than 1
//   C(1)                                those of modulus 1
//
// What a class recognises depends on few traits of S, which are exact here [proofs/expressivity.md]: whether 0 is in S;
// the units U = {s in S : |s| = 1}, with m = |<U>| and r = |<u/u' : u, u' in U>|, the orders of the groups that they
// and their ratios generate; and how small the contractions C = {s in S : 0 < |s| < 1} get.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::expressivity {

/// The number modulus · e(angle). An interval (with real ends), a disc or a circle around 0 (with a radius).
struct SpectrumPiece {
  enum class Kind { kPoint, kInterval, kDisc, kCircle };

  Kind kind = Kind::kPoint;
  exact::Rational modulus = 0;  ///< of a point, 0 … 1; radius of a disc or circle
  exact::Rational angle = 0;    ///< of a point, in turns, 0 ≤ angle < 1; 0 if the modulus is 0
  exact::Rational low = 0;      ///< of an interval, −1 ≤ low < high ≤ 1
  exact::Rational high = 0;
  bool low_closed = true;  ///< of an interval; of a disc `high_closed` alone
  bool high_closed = true;

  friend bool operator==(const SpectrumPiece&, const SpectrumPiece&) = default;
};

/// The elements of modulus 1.
struct Units {
  bool all = false;                     ///< the whole unit circle
  std::vector<exact::Rational> angles;  ///< otherwise these, in turns, increasing; all different
  std::uint64_t order = 1;              ///< m; 0 if `all`
  std::uint64_t ratio_order = 1;        ///< r; 0 if `all`

  [[nodiscard]] bool empty() const { return !all && angles.empty(); }
  [[nodiscard]] bool contains(const exact::Rational& angle) const;
};

class SpectrumSet {
 public:
  /// Throws `core::Error` if a piece does not keep the ranges above, or no piece is given.
  explicit SpectrumSet(std::vector<SpectrumPiece> pieces);

  /// A single piece, or pieces in braces separated by commas. Throws `core::Error` at `place` for anything else, for
  /// numbers outside the closed unit disc and for angles whose denominators have a least common multiple beyond 2³².
  [[nodiscard]] static SpectrumSet parse(std::string_view text, const core::Place& place);

  [[nodiscard]] const std::vector<SpectrumPiece>& pieces() const { return pieces_; }
  [[nodiscard]] const Units& units() const { return units_; }
  [[nodiscard]] bool contains_zero() const;
  [[nodiscard]] bool contains(const exact::Rational& real) const;

  [[nodiscard]] bool has_contraction() const { return least_contraction_.has_value(); }
  /// The infimum of |λ| over the contractions λ, if there are any.
  [[nodiscard]] const std::optional<exact::Rational>& least_contraction() const { return least_contraction_; }
  /// Is |λ|^power < 1/2 for some contraction λ? Then digits to the base λ^power have one expansion each. For real λ and
  /// power 1 it is also necessary. (Powers beyond 4,096 that do not fall below 1/2 by then are given up as no.)
  [[nodiscard]] bool has_small_contraction(std::uint64_t power = 1) const;
  /// The contraction, if there is exactly one.
  [[nodiscard]] std::optional<SpectrumPiece> only_contraction() const;

  /// A real contraction λ with |λ| < bound, a power of two if there is one among the first few; nothing if none is
  /// found. Needs bound > 0.
  [[nodiscard]] std::optional<exact::Rational> real_contraction_below(const exact::Rational& bound) const;

  [[nodiscard]] bool is_real() const;
  /// The ends of the smallest interval that contains the set. Needs a real set.
  [[nodiscard]] std::pair<exact::Rational, exact::Rational> real_hull() const;
  [[nodiscard]] bool is_nonnegative() const;  ///< real, and at least 0
  [[nodiscard]] bool is_nonpositive() const;  ///< real, and at most 0
  /// Does the set contain the closed interval?
  [[nodiscard]] bool covers(const exact::Rational& low, const exact::Rational& high) const;

 private:
  std::vector<SpectrumPiece> pieces_;
  Units units_;
  std::optional<exact::Rational> least_contraction_;
};

/// As `SpectrumSet::parse` reads it: one interval, disc or circle bare, everything else in braces.
[[nodiscard]] std::string to_string(const SpectrumSet& set);

}  // namespace eigenmata::expressivity
