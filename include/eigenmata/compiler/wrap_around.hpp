// SPDX-License-Identifier: Apache-2.0
//
// Integers modulo 2^N, where an addition counts and nothing has to turn: h ← h + j is a counter modulo 2^N, and with
// steps j 2^(N−a) one modulo 2^a. The same matrices count nothing in exact arithmetic, where h would grow for ever.
//
//   const auto built = compile_wrap_around(minimal, expressivity::parse_model_class("diagonal{0,1}", {}), 8, {});
//   if (const auto* network = std::get_if<lrnn::RationalNetwork>(&built)) …    // run it in uint:8
#pragma once

#include <cstddef>
#include <variant>

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/compiler/decompositions.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/model_class.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::compiler {

/// Pass "wrap-around": a network with diagonal entries 0 and 1 for integers of 1 to 62 bits that wrap around, with as
/// few layers as a cascade of the automaton and a series of its groups have (theorem `wrap-around`). A group is counted
/// along its derived series, which for one that is cyclic of order at most 2^bits is one layer of one number, or by
/// bits along its Frattini series. Codes that are overwritten stand in slots behind a toggle
/// (algebra/split_groups.hpp). If no letter overwrites anything, all matrices are the identity, and `constant` and
/// `diagonal{1}` have them as well.
///
/// Nothing is proved here: the network has finitely many states in that arithmetic, and verification/numeric_check.hpp
/// lists them. Needs a minimal automaton of at least two states. Refuses if a level has a group that is no 2-group, a
/// code does not fit into the bits, or the matrices are not of the class. Throws `core::LimitReached`.
[[nodiscard]] std::variant<lrnn::RationalNetwork, Refusal> compile_wrap_around(const Decompositions& cascades,
                                                                               const expressivity::ModelClass& target,
                                                                               std::size_t bits,
                                                                               const core::Limits& limits);

}  // namespace eigenmata::compiler
