// SPDX-License-Identifier: Apache-2.0
//
// What `check` says, whatever the arithmetic, and `check` in floats, fixed point and integers.
#pragma once

#include <string>

#include "../common.hpp"
#include "eigenmata/verification/model_check.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"

namespace eigenmata::cli {

[[nodiscard]] Exit exit_of(core::Answer answer);

/// Two lines: the word, and what the two say.
[[nodiscard]] std::string difference_text(const verification::Counterexample& example);
/// The value of `counterexample`, and the keys about it.
void write_counterexample(core::JsonWriter& json, const verification::Counterexample& example);

/// The deadline is moved to the middle of the time that is left.
[[nodiscard]] core::Limits half_of(core::Limits limits);

/// Needs numeric semantics, or a cast.
[[nodiscard]] Result check_in_numbers(const Request& request, const lrnn::Model& model, const std::string& model_name,
                                      const automata::Language& language, const expressivity::Semantics& semantics);

}  // namespace eigenmata::cli
