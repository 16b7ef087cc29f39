// SPDX-License-Identifier: Apache-2.0
//
// Is a model, as it stands in a file, right in numbers of finitely many bits? One call from the exact network to the
// text of its certificate: what `compile --semantics uint|int|fixed|float` asks of every candidate.
#pragma once

#include <string>
#include <variant>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/certificate/numeric.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/semantics.hpp"
#include "eigenmata/lrnn/model_file.hpp"

namespace eigenmata::verification {

/// Writes the model, reads it again, rounds it to the arithmetic of the semantics and lists its reachable states
/// (`check_numeric`). The proof, or in a sentence why there is none: a word that rounding answers wrongly, a limit of
/// states or memory, or numbers that the arithmetic does not take. Needs a numeric semantics that is built
/// (`why_not_built`) and a language over the network's alphabet. Throws `core::LimitReached` where the certificate or
/// the rounding of the network meets a limit. Cost: that of `check_numeric`.
[[nodiscard]] std::variant<certificate::NumericProof, std::string> prove_in_numbers(
    const lrnn::Model& model, const automata::Dfa& language, const expressivity::Semantics& semantics,
    const core::Limits& limits);

}  // namespace eigenmata::verification
