// SPDX-License-Identifier: Apache-2.0
//
// Decoders that walk (proofs/model-format.md, "Walks"): two automata read coordinates of the state one after another,
// and the nodes where they end say the output.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checker/number.hpp"

namespace eigenmata::checker {

class CertificateLines;
struct Entry;

constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

/// What a walk says that ends in the node, for each end of the other walk; kNowhere for nothing.
struct WalkRow {
  std::uint32_t node = 0;
  std::vector<std::uint32_t> outputs;
  std::size_t line = 0;  ///< of the certificate

  friend bool operator==(const WalkRow& a, const WalkRow& b) { return a.node == b.node && a.outputs == b.outputs; }
};

/// The coordinates that each of the two walks reads, and the table that is asked in the end.
struct WalkRoute {
  std::uint32_t table = 0;
  std::array<std::vector<std::uint32_t>, 2> coordinates;

  friend bool operator==(const WalkRoute&, const WalkRoute&) = default;
};

struct WalkDecoder {
  std::vector<Number> codes;
  std::array<std::vector<std::vector<std::uint32_t>>, 2>
      nodes;                                 ///< of each walk: by node and code the next, or kNowhere
  std::vector<std::vector<WalkRow>> tables;  ///< rows by increasing node
  std::vector<WalkRoute> routes;
  std::vector<std::uint32_t> route_of;  ///< by input symbol
  std::size_t line = 0;

  /// The number of a code; nothing for other numbers.
  [[nodiscard]] std::optional<std::uint32_t> code(const Number& number) const;
  /// The output in a state, if there is one.
  [[nodiscard]] std::optional<std::uint32_t> output(std::span<const Entry> state, std::uint32_t input) const;
  /// The row of a node, or nullptr.
  [[nodiscard]] const WalkRow* row(std::uint32_t table, std::uint32_t node) const;

  friend bool operator==(const WalkDecoder& a, const WalkDecoder& b) {
    return a.codes == b.codes && a.nodes == b.nodes && a.tables == b.tables && a.routes == b.routes &&
           a.route_of == b.route_of;
  }
};

/// What does not fit in a layer with these numbers; nothing if all does.
std::optional<std::string> fault_of(const WalkDecoder& walk, std::uint32_t dimension, std::uint32_t inputs,
                                    std::uint32_t outputs);

/// Reads what follows `decoder walk`: the number of codes and the lines below. Throws Error.
WalkDecoder read_walk(CertificateLines& lines, std::uint32_t dimension, std::uint32_t inputs, std::uint32_t outputs);

}  // namespace eigenmata::checker
