// SPDX-License-Identifier: Apache-2.0
//
// How long are the words that permute an image? What varieties.hpp (is_quasi_aperiodic) and subgroups_of_blocks.hpp
// read off the R-classes of listed elements, read off the orbit of images.
//
// Let X be the root of a component of the orbit, G its group. A loop is a word u with X·u = X; it makes an element of
// G. Let l be the greatest common divisor of the lengths of the loops, t that of the loops that make 1; l divides t.
// The lengths of the loops that make g are congruent to each other modulo t, all large numbers of that kind occur, and
// g → length modulo t is a homomorphism of G onto the multiples of l.
//
// - Loops of a length divisible by m make the g whose length is a multiple of gcd(t, m): a normal subgroup of
//   |G| · gcd(l, m) / gcd(t, m) elements. The monoid M_m of the words of such a length is aperiodic iff this is 1 for
//   all components: a word that permutes an image, and not as the identity, has a period; and a group in M_m permutes
//   the image of its identity.
// - The language is quasi-aperiodic iff M_m is aperiodic for some m. In the words of subgroups_of_blocks.hpp: iff no
//   g ≠ e in any H_e is at a distance divisible by the period p of e, and with m a common multiple of all p that says
//   that M_m is aperiodic; while if M_m is, such g are not even at distances divisible by gcd(p, m). So it is
//   quasi-aperiodic iff |G| · l = t for all components with loops: for m a common multiple of all t that is what
//   M_m being aperiodic says, and if the lengths modulo gcd(t, m) tell the g apart, those modulo t do.
//
// How t is found. Along an edge Y·a = Z the permutation of X is g (image_orbit.hpp), and d(Y) + 1 − d(Z) the length, d
// being the distance from X. The products of these pairs (g, length) and their inverses are a subgroup of G × ℤ, the
// one that the loops generate. (1, k) is in it iff t divides k: the |G|-th power of a loop makes 1, so its inverse is a
// loop but for a loop that makes 1. Some multiple m of t is known from the orders of the g; so count the elements of
// that group with lengths modulo m, as permutations: |G| · m / t.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "eigenmata/algebra/image_orbit.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::algebra {

/// Greatest common divisors of lengths; both 0 if there is no loop but the empty one.
struct LoopLengths {
  std::uint64_t loops = 0;
  std::uint64_t trivial_loops = 0;
};

/// Needs c < images.components(). Cost: O(images of the component · letters · degree), and a stabiliser chain on the
/// points of the root and on as many more as the prime powers of the multiple of t add up to. Throws
/// `core::LimitReached`.
[[nodiscard]] LoopLengths loop_lengths(const ImageOrbit& images, std::size_t c, const core::Limits& limits = {});

/// The witness is a component of the images.
using ImageVerdict = core::Verdict<core::NoEvidence, std::size_t>;

/// Is there no length t for which the maps of the words of length t contain a group of more than one element? Unknown
/// when a limit is reached.
[[nodiscard]] ImageVerdict is_quasi_aperiodic(const ImageOrbit& images, const core::Limits& limits = {});

/// Do the words of a length divisible by m make an aperiodic monoid? Unknown when a limit is reached. Throws
/// `core::Error` if m = 0.
[[nodiscard]] ImageVerdict is_aperiodic_in_blocks(const ImageOrbit& images, std::uint64_t m,
                                                  const core::Limits& limits = {});

/// The least m for which they do; nothing if there is none, which is if the language is not quasi-aperiodic. Throws
/// `core::LimitReached`, also where the common multiple of all `trivial_loops`, which m divides, is above 10⁶.
[[nodiscard]] std::optional<std::uint64_t> least_aperiodic_block(const ImageOrbit& images,
                                                                 const core::Limits& limits = {});

}  // namespace eigenmata::algebra
