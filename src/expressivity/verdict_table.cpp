// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/verdict_table.hpp"

namespace eigenmata::expressivity {

const std::vector<TableCell>& verdict_table() {
  static const std::vector<TableCell> cells = [] {
    std::vector<TableCell> list;
    for (const char* name : {"constant",
                             "constant+diagonal[0,1]",
                             "diagonal(0,1)",
                             "diagonal[0,1]",
                             "diagonal{-1,0}",
                             "diagonal[-1,1]",
                             "diagonal-complex",
                             "triangular[0,1]",
                             "triangular[-1,1]",
                             "householder[0,1]:1",
                             "householder[0,1]:3",
                             "householder[-1,1]:1",
                             "householder[-1,1]:2",
                             "householder[-1,1]",
                             "gated-householder[-1,1]:1",
                             "rwkv7[-1,1]",
                             "rank-one:1",
                             "rank-one",
                             "pd",
                             "dense"}) {
      for (const Layers layers : {Layers(1), Layers(2), Layers(4), Layers()}) list.push_back({name, layers, "exact"});
      for (const char* semantics : {"finite-orbit", "robust:1/1000", "float:bf16", "uint:8"})
        list.push_back({name, {}, semantics});
    }
    return list;
  }();
  return cells;
}

const std::vector<TableCell>& verdict_columns() {
  static const std::vector<TableCell> cells{
      {"constant", {}, "exact"},           {"constant+diagonal[0,1]", {}, "exact"}, {"diagonal(0,1)", {}, "exact"},
      {"diagonal[0,1]", {}, "exact"},      {"diagonal[0,1]", {}, "finite-orbit"},   {"diagonal[-1,1]", 1, "exact"},
      {"diagonal[-1,1]", {}, "exact"},     {"diagonal-complex", 1, "exact"},        {"diagonal-complex", {}, "exact"},
      {"householder[0,1]:1", {}, "exact"}, {"householder[-1,1]:1", 1, "exact"},     {"householder[-1,1]:2", 1, "exact"},
      {"householder[-1,1]:1", {}, "exact"}};
  return cells;
}

CellVerdict decide(LanguageFacts& facts, const TableCell& cell) {
  return decide(facts, parse_model_class(cell.class_name, {}), cell.layers, parse_semantics(cell.semantics, {}));
}

}  // namespace eigenmata::expressivity
