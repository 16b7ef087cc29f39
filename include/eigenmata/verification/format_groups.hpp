// SPDX-License-Identifier: Apache-2.0
//
// What a small format can do at all: the groups in the monoid of all rounded scalar steps h ← fl(fl(a h) + b), with
// every finite a and b of the format as a letter.
//
// There are too many letters for their monoid to be listed (e2m1 has 225 of them on 15 numbers). What is gone through,
// and what is proved from it:
//
// - enumerated: every letter, on every number, keeps the order (a ≥ 0) or turns it round (a < 0);
// - enumerated: the periods of every single letter;
// - proved: products of such maps are such maps, and a permutation of a finite chain that keeps the order is the
//   identity, one that turns it round has order 2. So the groups of the whole monoid are trivial if all a ≥ 0, and have
//   at most two elements otherwise [theorem rounding-monotone]. Nothing but the first enumeration is needed for it.
//
// Infinities are numbers of the chain here. NaN is not: a step that gives it is undefined, which takes nothing from the
// argument, since a group permutes numbers and never leaves them.
//
// Stochastic rounding gives a set of successors. What is recognised whatever the choices is recognised by always
// choosing the lower neighbour, a monotone map: so it adds no group. What it leaves is enumerated: the cycles on which
// no operation has a choice.
//
// Integers modulo 2^N are no chain: x ← a x + b is not monotone there, and the monoid of all letters is the 4^N affine
// maps, which are listed for small N.
//
//   const auto found = scalar_groups(precision::kE2m1, precision::Rounding::kNearestEven, limits);
//   found.largest_group();   // 2: h ← −h
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::verification {

struct ScalarGroups {
  std::size_t numbers = 0;                           ///< of the chain: infinities counted, −0 and 0 once
  std::uint64_t letters = 0;                         ///< pairs (a, b) gone through
  std::uint64_t monotone = 0;                        ///< those with a ≥ 0 that keep the order
  std::uint64_t antitone = 0;                        ///< those with a < 0 that turn it round
  std::optional<std::pair<double, double>> neither;  ///< (a, b) of the first that does not as it should
  std::set<std::uint64_t> periods;                   ///< of cycles of single letters with a ≥ 0
  std::set<std::uint64_t> signed_periods;            ///< with a < 0
  std::set<std::uint64_t> sure_periods;              ///< of cycles on which stochastic rounding has no choice, any a
  bool exhaustive = false;                           ///< all letters were gone through
  std::string stopped_by;                            ///< the limit, if there was one

  /// The most elements that a group of the monoid of all letters has: 1 or 2. Nothing unless all letters were seen to
  /// be monotone or antitone.
  [[nodiscard]] std::optional<std::size_t> largest_group() const;
};

/// Needs a format of at most 8 bits. Cost: 2^(3·bits) steps. Never throws `core::LimitReached`.
[[nodiscard]] ScalarGroups scalar_groups(const precision::FloatFormat& format, precision::Rounding rounding,
                                         const core::Limits& limits);

/// All letters with a ≥ 0, or all, as maps of the numbers in increasing order; the last point stands for NaN and stays.
/// Needs a format of at most 8 bits.
[[nodiscard]] std::vector<algebra::Transformation> scalar_letters(const precision::FloatFormat& format,
                                                                  precision::Rounding rounding, bool is_signed);

/// The groups of all letters x ← a x + b modulo 2^bits, listed.
struct WrapAroundGroups {
  std::size_t monoid = 0;           ///< elements: 4^bits
  std::size_t largest_group = 0;    ///< elements
  std::set<std::uint64_t> periods;  ///< of single elements
};

/// Needs 1 ≤ bits ≤ 5. Cost: 16^bits products. Throws `core::LimitReached`.
[[nodiscard]] WrapAroundGroups wrap_around_groups(int bits, const core::Limits& limits);

}  // namespace eigenmata::verification
