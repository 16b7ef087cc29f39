// SPDX-License-Identifier: Apache-2.0
//
// What `compile` says in any arithmetic: of the passes that were asked, and where nothing was built.
#pragma once

#include <string>
#include <vector>

#include "../request.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/core/json.hpp"

namespace eigenmata::cli {

/// A line for each pass: what it offered, or why it refused.
[[nodiscard]] std::string offers_text(const std::vector<compiler::Offer>& offers);
/// The same as the value of `offers`.
void write_offers(core::JsonWriter& json, const std::vector<compiler::Offer>& offers);

/// No network was built: there is none, or none was found. Needs a verdict that is not yes.
[[nodiscard]] Result not_built(const Request& request, const core::Alphabet& alphabet,
                               const compiler::CompileVerdict& built);

}  // namespace eigenmata::cli
