// SPDX-License-Identifier: Apache-2.0
//
// Coded levels of a cascade taken apart into levels of two codes each.
#pragma once

#include <functional>

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// The cascade with each coded level that is chosen, of n > 2 codes, as ⌈log₂ n⌉ coded levels, one for each bit of the
/// code. Behind a bit the symbol is the old one with the bits so far, those that it overwrote too if the level needs
/// old values: then each of the levels does. Symbols merged. Needs a cascade that follows its automaton. Throws
/// `core::LimitReached`.
[[nodiscard]] Cascade with_bits(const Cascade& cascade, const std::function<bool(const CascadeLevel&)>& chosen,
                                const core::Limits& limits);

}  // namespace eigenmata::algebra
