// SPDX-License-Identifier: Apache-2.0
//
// The arguments that verdicts rest on, by the id that a verdict carries.
#pragma once

#include <string_view>
#include <vector>

namespace eigenmata::core {

struct Theorem {
  std::string_view id;
  std::string_view statement;
  std::string_view source;          ///< where the proof stands: a file of the project, or a bibliography key
  std::string_view semantics = "";  ///< of networks: the arithmetics in which it holds; empty for theorems of algebra
  std::string_view coq = "";        ///< what Coq checks of it, and the names in proofs/theories; empty if nothing
};

/// All theorems in use, sorted by id.
[[nodiscard]] const std::vector<Theorem>& theorems();

}  // namespace eigenmata::core
