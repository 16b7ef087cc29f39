// SPDX-License-Identifier: Apache-2.0
//
// Counters on the complex diagonal that rounding cannot disturb. In a format, multiplying by a number near e(1/m) takes
// most numbers off their circle; but for some a there are m numbers that every step, all its operations rounded, takes
// to one another for ever. With such an orbit for each prime power that is counted, solvable groups are counted exactly
// in floats: the layers are those of the phases in exact arithmetic (phase_layers.hpp), e(c/m) replaced by the c-th
// number of the orbit, and the letters of a counter count one by one. 1, −1, i and −i are exact anyway.
//
//   const auto built = compile_rounded_turns(minimal, target, find_root, {});
//   if (const auto* model = std::get_if<lrnn::ModelOver<exact::CyclotomicField>>(&built)) …   // over ℚ(i)
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/compiler/decompositions.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/model_class.hpp"
#include "eigenmata/lrnn/model_file.hpp"

namespace eigenmata::compiler {

/// Numbers of a format, as real and imaginary part: `orbit` has m different ones, and multiplying by `scalar`, of
/// modulus at most 1, takes each to the next and the last to the first.
struct RoundedRoot {
  using Number = std::pair<exact::Rational, exact::Rational>;

  Number scalar;
  std::vector<Number> orbit;
};

/// A root for m ≥ 3, if one is found.
using RootFinder = std::function<std::optional<RoundedRoot>(std::uint32_t m)>;

/// Pass "rounded-turns": languages whose groups are solvable. A network over ℚ(i) with diagonal matrices of the class,
/// its counters along a series of the groups, old values by toggles and two slots; every number is one that `find_root`
/// gave, a small integer, or a power of i. Nothing is proved here: whether states return is the format's affair
/// (verification/numeric_proof.hpp). Needs a minimal automaton of at least two states. Refuses with the level that has
/// a group which is not solvable, or a counter for which no root is found, and if the matrices are not of the class.
/// Throws `core::LimitReached`.
[[nodiscard]] std::variant<lrnn::ModelOver<exact::CyclotomicField>, Refusal> compile_rounded_turns(
    const Decompositions& cascades, const expressivity::ModelClass& target, const RootFinder& find_root,
    const core::Limits& limits);

}  // namespace eigenmata::compiler
