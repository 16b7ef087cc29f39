// SPDX-License-Identifier: Apache-2.0
//
// The table of verdicts that a language gets: classes of networks, numbers of layers, arithmetics.
#pragma once

#include <string>
#include <vector>

#include "eigenmata/expressivity/decide.hpp"

namespace eigenmata::expressivity {

struct TableCell {
  std::string class_name;
  Layers layers;
  std::string semantics;
};

/// Classes from the weakest to the strongest, each with 1, 2, 4 and any number of layers in exact arithmetic, and any
/// number of layers in the other arithmetics; cells next to each other in that order.
[[nodiscard]] const std::vector<TableCell>& verdict_table();

/// A few columns that tell languages apart: for tables of many languages.
[[nodiscard]] const std::vector<TableCell>& verdict_columns();

/// The verdict of a cell.
[[nodiscard]] CellVerdict decide(LanguageFacts& facts, const TableCell& cell);

}  // namespace eigenmata::expressivity
