// SPDX-License-Identifier: Apache-2.0
//
// The rules that the kinds of certificates have of their own. Each assumes that rules 6 and 7 hold and
// returns the first failure, in the order that check.hpp states.
#pragma once

#include <optional>

#include "checker/check.hpp"

namespace eigenmata::checker {

/// Rules 1 to 5 of `kind points`.
std::optional<Failure> check_points(const Certificate& certificate);

/// Rules 1 to 5 of `kind layers`.
std::optional<Failure> check_layers(const Certificate& certificate);

/// Rules 1 to 5 of `kind numeric` with boxes.
std::optional<Failure> check_boxes(const Certificate& certificate);

/// Rules 1 to 5 of `kind numeric`, with states or boxes.
std::optional<Failure> check_numeric(const Certificate& certificate);

}  // namespace eigenmata::checker
