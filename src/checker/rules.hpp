// SPDX-License-Identifier: Apache-2.0
//
// The rules that the kinds of certificates have of their own. Each assumes that rules 6 and 7 hold and
// returns the first failure, in the order that check.hpp states.
#pragma once

#include <cstdint>
#include <optional>

#include "checker/check.hpp"

namespace eigenmata::checker {

class SituationSet;

/// Rules 1 to 5 of `kind points`.
std::optional<Failure> check_points(const Certificate& certificate);

/// Rules 1 to 5 of `kind layers`, and of `kind blocks`.
std::optional<Failure> check_layers(const Certificate& certificate);

/// Those of `kind blocks` for the last two layers. `situations` are those of the layer below them, `context` its
/// context at the start.
std::optional<Failure> check_blocks(const Certificate& certificate, const SituationSet& situations,
                                    std::uint32_t context);

/// Rules 1 to 5 of `kind numeric` with boxes.
std::optional<Failure> check_boxes(const Certificate& certificate);

/// Rules 1 to 5 of `kind numeric`, with states or boxes.
std::optional<Failure> check_numeric(const Certificate& certificate);

}  // namespace eigenmata::checker
