// SPDX-License-Identifier: Apache-2.0
//
// `decide --matrix`: many languages against a few classes of networks.
#pragma once

#include "request.hpp"

namespace eigenmata::cli {

/// The languages named in the request (files, names, folders of files; without any, the whole catalogue) as text, CSV,
/// JSON or HTML. A language that meets a limit of its own gets unknowns.
[[nodiscard]] Result run_decide_matrix(const Request& request);

}  // namespace eigenmata::cli
