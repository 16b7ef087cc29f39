// SPDX-License-Identifier: Apache-2.0
//
// Counters that are exact for ever in a small format: parameters for which the rounded recurrence has a periodic orbit
// of a given length, m different finite states after one another and then the first again.
//
//   diagonal-complex   z ← a z, re = fl(fl(a_re z_re) − fl(a_im z_im)), im = fl(fl(a_re z_im) + fl(a_im z_re))
//   diagonal-real      h ← fl(fl(a h) + b)
//   householder-pair   h ← F₂ F₁ h in two dimensions, F = I − s v vᵀ:  d = fl(s · fl(fl(v_1 h_1) + fl(v_2 h_2))),
//                      h_i ← fl(h_i − fl(v_i d)); 0 ≤ s vᵀv ≤ 2 exactly: the eigenvalue 1 − s vᵀv is in [−1, 1]
//
// These are steps of networks as `all-same` runs them: with matrix [[a_re, −a_im], [a_im, a_re]], diagonal, or a
// product of two Householder factors. So an orbit of length m is a network that counts modulo m for ever.
//
// For one value of the parameters the recurrence is a map of a finite set, and all its cycles are found in one pass
// over the set. Of a format with at most 8 bits all parameters and all states are gone through: that a period does not
// occur is then proved by exhaustion. Conjugation maps the cycles of a to those of its conjugate, so a_im ≥ 0 is
// enough. Two other spaces are searched that are a part of all there is, so that nothing follows if nothing is found:
//
// - pairs of factors, in formats of more than 4 bits: the first is diag(−1, 1) as s = 2, v = (1, 0), the second has
//   v = (1, q), q ≥ 0 (h_2 ↦ −h_2 maps q to −q), and any s;
// - complex scalars of formats of 9 to 16 bits, for one period m at a time: a within two units of the last place, in
//   both parts, of e(j/m), 0 < j ≤ m/2 without common factor with m; z with 1 ≤ re < 2 and im = 0 or 2^−6 ≤ |im| ≤ re.
//   Powers of 2 and quarter turns commute with the map, so that one binade is enough.
//
//   const auto found = search_periods(PeriodStructure::kDiagonalComplex, kE2m1, limits);
//   found.orbits.count(3);   // 0: no counter modulo 3
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/limits.hpp"
#include "eigenmata/lrnn/network.hpp"
#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::verification {

enum class PeriodStructure { kDiagonalComplex, kDiagonalReal, kHouseholderPair };

struct PeriodicOrbit {
  std::vector<double> parameters;           ///< a_re, a_im; or a, b; or s, v_1, v_2 of F₁, then of F₂
  std::vector<std::vector<double>> states;  ///< in order; as many as the period
};

struct PeriodSearch {
  std::map<std::size_t, PeriodicOrbit> orbits;  ///< for each period that occurs the first orbit found
  std::uint64_t parameters = 0;                 ///< values of the parameters gone through
  std::uint64_t states = 0;                     ///< states for each of them
  bool exhaustive = false;                      ///< all that there are
  std::string stopped_by;                       ///< the limit, if there was one
};

/// One of `count` parts of the parameters, in their order, as nearly equal as rows of them allow.
struct SearchPart {
  std::size_t index = 0;
  std::size_t count = 1;
};

/// Needs a format of at most 8 bits. Of the parameters of a part only, and with `in_disc`, which is for complex
/// scalars, of those of modulus at most 1 (all of which is then exhaustive). Rounded to nearest, ties to even. Cost:
/// 2^(4·bits − 1) steps for complex numbers and for pairs of factors (of fp4, about 2^30), 2^(3·bits) for real ones;
/// all threads. Never throws `core::LimitReached`.
[[nodiscard]] PeriodSearch search_periods(PeriodStructure structure, const precision::FloatFormat& format,
                                          const core::Limits& limits, SearchPart part = {}, bool in_disc = false);

/// What parts have found, the first ones first, as one search finds it: of each period the first orbit. Exhaustive if
/// all of them were.
[[nodiscard]] PeriodSearch joined(std::vector<PeriodSearch> parts);

/// Complex scalars of a format of at most 16 bits, near the unit circle, for orbits of one period m ≥ 2. Never
/// exhaustive; it stops at the first orbit. With `in_disc`, scalars of modulus at most 1 only. Cost: up to φ(m)/2 · 25
/// · 2^(2·fraction bits + 4) · m steps, for bf16 and m = 11 about half a minute on one core.
[[nodiscard]] PeriodSearch search_near_circle(const precision::FloatFormat& format, std::size_t period,
                                              const core::Limits& limits, SearchPart part = {}, bool in_disc = false);

/// A bound for the steps of that search.
[[nodiscard]] double most_steps_near_circle(const precision::FloatFormat& format, std::size_t period);

/// What was gone through, in words.
[[nodiscard]] std::string space_of(PeriodStructure structure, const precision::FloatFormat& format);

/// The counter modulo the period that an orbit is: one letter, which moves the state along; accepted is the first state
/// of the orbit. Run as `all-same` in the format.
[[nodiscard]] lrnn::RationalNetwork counter_of(PeriodStructure structure, const PeriodicOrbit& orbit);

/// Is this an orbit of the period, by the soft arithmetic, one step after the other?
[[nodiscard]] bool is_orbit(PeriodStructure structure, const precision::FloatFormat& format,
                            const PeriodicOrbit& orbit);

}  // namespace eigenmata::verification
