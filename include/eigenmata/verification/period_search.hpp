// SPDX-License-Identifier: Apache-2.0
//
// Counters that are exact for ever in a small format: parameters for which the rounded recurrence has a periodic orbit
// of a given length, m different finite states after one another and then the first again.
//
//   diagonal-complex   z ← a z, re = fl(fl(a_re z_re) − fl(a_im z_im)), im = fl(fl(a_re z_im) + fl(a_im z_re))
//   diagonal-real      h ← fl(fl(a h) + b)
//
// For one value of the parameters the recurrence is a map of a finite set, and all its cycles are found in one pass
// over the set. Of a format with at most 8 bits all parameters and all states are gone through: that a period does not
// occur is then proved by exhaustion. Conjugation maps the cycles of a to those of its conjugate, so a_im ≥ 0 is
// enough.
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
#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::verification {

enum class PeriodStructure { kDiagonalComplex, kDiagonalReal };

struct PeriodicOrbit {
  std::vector<double> parameters;           ///< a_re, a_im; or a, b
  std::vector<std::vector<double>> states;  ///< in order; as many as the period
};

struct PeriodSearch {
  std::map<std::size_t, PeriodicOrbit> orbits;  ///< for each period that occurs the first orbit found
  std::uint64_t parameters = 0;                 ///< values of the parameters gone through
  std::uint64_t states = 0;                     ///< states for each of them
  bool exhaustive = false;                      ///< all of them
  std::string stopped_by;                       ///< if not: the limit
};

/// Needs a format of at most 8 bits. Rounded to nearest, ties to even. Cost: 2^(4·bits − 1) steps for complex numbers,
/// 2^(3·bits) for real ones; all threads. Never throws `core::LimitReached`.
[[nodiscard]] PeriodSearch search_periods(PeriodStructure structure, const precision::FloatFormat& format,
                                          const core::Limits& limits);

/// What was gone through, in words.
[[nodiscard]] std::string space_of(PeriodStructure structure, const precision::FloatFormat& format);

/// Is this an orbit of the period, by the soft arithmetic, one step after the other?
[[nodiscard]] bool is_orbit(PeriodStructure structure, const precision::FloatFormat& format,
                            const PeriodicOrbit& orbit);

}  // namespace eigenmata::verification
