// SPDX-License-Identifier: Apache-2.0
//
// What is rounded where: the table of proofs/numeric-semantics.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checker/number_format.hpp"

namespace eigenmata::checker {

struct NumericSemantics {
  NumberFormat parameters;
  NumberFormat products;    ///< in sums of products
  NumberFormat sums;        ///< while they run
  NumberFormat operations;  ///< their totals, and all else
  NumberFormat states;
  bool in_pairs = false;    ///< sums as trees; else left to right
  bool fused = false;       ///< c ± a·b outside of sums is rounded once
  std::uint32_t chunk = 0;  ///< letters computed together; 0: one after the other
  bool normalised = false;  ///< Householder factors hold v/|v| and β; else v and β/vᵀv
  bool stochastic = false;  ///< sums and products become one of their two neighbours, whichever; not parameters

  /// `float:FORMAT[,PLAN]`, `float:FORMAT,stochastic`, `fixed:I.F`, `int:N[,wrap]` or `uint:N`; for other texts
  /// nothing, and `fault` says why.
  static std::optional<NumericSemantics> parse(std::string_view text, std::string& fault);
};

}  // namespace eigenmata::checker
