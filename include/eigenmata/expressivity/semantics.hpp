// SPDX-License-Identifier: Apache-2.0
//
// The arithmetic that a verdict is about. A theorem does not carry over from one to another, so every claim names it.
//
//   exact          Real arithmetic without rounding. Every layer has bounded reachable states and a decoder with
//   finitely
//                  many values; reachable states of different value keep a positive distance, for each letter.
//   finite-orbit   exact, and only finitely many states are reachable.
//   robust:E       exact, and the answers stay right if every step adds to every state some error of norm at most E.
//   cast:A,B,...   Products of matrices and their sums are exact; each term and each sum is then cast to the nearest
//                  number of the finite set [Grazzi2025, negative results].
//   float:F        Every operation of a step is rounded to the format F; the recurrence runs step by step.
//   fixed:I.F      The same in fixed point with I integer and F fractional bits, saturating.
//   int:N          The same in integers of N bits, saturating.
//   int:N,wrap     Integers modulo 2^N, from −2^(N−1) on: two's complement that wraps around.
//   uint:N         Integers modulo 2^N, from 0 on. Of a set of numbers such a network has those that are integers:
//                  -1, 0 and 1.
//   log-precision  In words of n letters numbers have O(log n) bits: sums and products of any number of terms are
//                  computed exactly, then rounded. Decoders are functions that threshold circuits of constant depth and
//                  polynomial size compute (TC0) [Merrill2024].
//   poly-precision Rational numbers, nothing rounded, so that n letters make numbers of O(n) bits; decoders as before
//                  [Merrill2026].
//
// A yes in finite-orbit is a yes in exact; a no in exact is a no in finite-orbit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::expressivity {

struct Semantics {
  enum class Kind {
    kExact,
    kFiniteOrbit,
    kRobust,
    kCast,
    kFloat,
    kFixed,
    kSaturating,
    kWrapAround,
    kLogPrecision,
    kPolyPrecision
  };

  Kind kind = Kind::kExact;
  std::string text = "exact";  ///< as it was written

  /// No rounding at all: the first two.
  [[nodiscard]] bool is_exact_or_finite_orbit() const { return kind == Kind::kExact || kind == Kind::kFiniteOrbit; }
  /// Each step is rounded by a monotone map: float, fixed, int.
  [[nodiscard]] bool rounds_each_step() const {
    return kind == Kind::kFloat || kind == Kind::kFixed || kind == Kind::kSaturating;
  }
  /// Bits of the significand of a float format, the leading one counted; 0 for other kinds.
  [[nodiscard]] std::size_t significant_bits() const;
  /// Can the numbers 0 and 1 be written in it? Only formats without integer bits cannot.
  [[nodiscard]] bool holds_one() const;

  friend bool operator==(const Semantics&, const Semantics&) = default;
};

/// Throws `core::Error` at `place` for what is none of the above.
[[nodiscard]] Semantics parse_semantics(std::string_view text, const core::Place& place);

/// A semantics as it is listed: its pattern and its meaning.
struct SemanticsInfo {
  std::string_view pattern;
  std::string_view meaning;
};
[[nodiscard]] const std::vector<SemanticsInfo>& all_semantics();

}  // namespace eigenmata::expressivity
