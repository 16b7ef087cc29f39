// SPDX-License-Identifier: Apache-2.0
//
// `compile` for networks that run in numbers of finitely many bits.
#pragma once

#include "../request.hpp"
#include "eigenmata/compiler/compile.hpp"

namespace eigenmata::cli {

/// Prints and writes what `compiler::compile_in_numbers` finds, each candidate proved by
/// `verification::prove_in_numbers`. Needs a numeric semantics (verification/numeric_semantics.hpp). Throws
/// `core::LimitReached` when interrupted or out of time.
[[nodiscard]] Result compile_in_numbers(const Request& request, const compiler::CompileOptions& options,
                                        const automata::Language& language);

}  // namespace eigenmata::cli
