// SPDX-License-Identifier: Apache-2.0
//
// Verdicts of `expressivity` in words and in JSON.
#pragma once

#include <string>

#include "eigenmata/core/json.hpp"
#include "eigenmata/expressivity/decide.hpp"

namespace eigenmata::cli {

/// Why it is yes, no or unknown.
[[nodiscard]] std::string reason_of(const expressivity::CellVerdict& verdict);

/// The witness of a no for people; empty if there is none.
[[nodiscard]] std::string witness_text(const core::Alphabet& alphabet, const expressivity::CellVerdict& verdict);

/// The same as a JSON object; null if the verdict is no no.
void write_witness(core::JsonWriter& json, const core::Alphabet& alphabet, const expressivity::CellVerdict& verdict);

}  // namespace eigenmata::cli
