// SPDX-License-Identifier: Apache-2.0
//
// `compile` for networks that run in numbers of finitely many bits.
#pragma once

#include "../request.hpp"
#include "eigenmata/compiler/compile.hpp"

namespace eigenmata::cli {

/// What the passes for exact arithmetic offer, and counters modulo 2^N where integers wrap around: the offer with the
/// fewest layers, then factors, that `verification::check_numeric` proves in the arithmetic of the options' semantics,
/// once the model has been written and read again. Needs a numeric semantics (verification/numeric_semantics.hpp).
/// Throws `core::LimitReached` when interrupted or out of time.
[[nodiscard]] Result compile_in_numbers(const Request& request, const compiler::CompileOptions& options,
                                        const automata::Language& language);

}  // namespace eigenmata::cli
