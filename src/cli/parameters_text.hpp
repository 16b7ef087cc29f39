// SPDX-License-Identifier: Apache-2.0
//
// The parameters of each token of a network tied to an architecture, and what is to say about its gates: for text and
// for JSON.
#pragma once

#include <string>

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/json.hpp"
#include "eigenmata/lrnn/architecture.hpp"

namespace eigenmata::cli {

/// Lines for people; of long tables the first rows.
[[nodiscard]] std::string parameters_text(const compiler::Construction& construction,
                                          const lrnn::ArchitectureChoice& architecture);

/// The members "architecture", "reads_bos", "limits" and "parameters" of the object that is open.
void write_parameters(core::JsonWriter& json, const compiler::Construction& construction,
                      const lrnn::ArchitectureChoice& architecture);

}  // namespace eigenmata::cli
