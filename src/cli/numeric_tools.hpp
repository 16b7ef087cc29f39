// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/compiler/compile_in_numbers.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/semantics.hpp"

namespace eigenmata::cli {

/// May numbers of a network that the format has not be rounded to it?
enum class Parameters { kRounded, kExact };

/// What `compiler::compile_in_numbers` needs of a numeric semantics that is built: proofs by
/// `verification::prove_in_numbers`, and in floats of at most 16 bits that round every operation the search for orbits.
/// `minimal` and `limits` have to outlive the tools.
[[nodiscard]] compiler::NumericTools numeric_tools(const automata::Dfa& minimal,
                                                   const expressivity::Semantics& semantics, Parameters parameters,
                                                   const core::Limits& limits);

}  // namespace eigenmata::cli
