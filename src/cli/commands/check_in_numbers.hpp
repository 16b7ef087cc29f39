// SPDX-License-Identifier: Apache-2.0
//
// What `check` says, whatever the arithmetic, and `check` in floats, fixed point and integers.
#pragma once

#include <optional>
#include <string>

#include "../common.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/verification/model_check.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"

namespace eigenmata::cli {

[[nodiscard]] Exit exit_of(core::Answer answer);

/// Two lines: the word, and what the two say.
[[nodiscard]] std::string difference_text(const verification::Counterexample& example);
/// The value of `counterexample`, and the keys about it.
void write_counterexample(core::JsonWriter& json, const verification::Counterexample& example);
/// Begins the object of an answer: `verdict`, `reachable_states`, `counterexample` and the keys about it, then
/// `exact_up_to`, which is for the caller to give.
template <class Verdict>
void begin_answer(core::JsonWriter& json, const Verdict& verdict, std::size_t reachable_states) {
  json.begin_object();
  json.key("verdict").string(to_string(verdict.answer())).key("reachable_states").integer(reachable_states);
  json.key("counterexample");
  if (verdict.is_no()) {
    write_counterexample(json, verdict.witness());
  } else {
    json.null();
  }
  json.key("exact_up_to");
}

/// The deadline is moved to the middle of the time that is left.
[[nodiscard]] core::Limits half_of(core::Limits limits);

/// "float:FORMAT" of "float:FORMAT,stochastic"; nothing if the text is not that.
[[nodiscard]] std::optional<std::string> format_rounded_stochastically(const std::string& semantics);

/// Needs numeric semantics, or a cast; those of a float in plan all-same if every rounding is stochastic.
[[nodiscard]] Result check_in_numbers(const Request& request, const lrnn::Model& model, const std::string& model_name,
                                      const automata::Language& language, const expressivity::Semantics& semantics,
                                      bool is_stochastic = false);

}  // namespace eigenmata::cli
