// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checker/box.hpp"
#include "checker/network.hpp"
#include "checker/propagation.hpp"

namespace eigenmata::checker {

/// What a decoder says. Keeps a reference to it.
class Outputs {
 public:
  explicit Outputs(const Decoder& decoder) : decoder_(decoder), order_(sorted_rows(decoder.rows)) {}

  /// The output for a state; none if a table has no row for it.
  [[nodiscard]] std::optional<std::uint32_t> of(VectorView state, std::uint32_t input) const;
  /// The output for all states of a box; none unless they lie between the same two thresholds of the readout,
  /// or are one state with a row.
  [[nodiscard]] std::optional<std::uint32_t> of(BoxView box, std::uint32_t input) const;

 private:
  [[nodiscard]] const Readout& readout(std::uint32_t input) const {
    return decoder_.readouts[decoder_.kind == Decoder::Kind::kShared ? 0 : input];
  }
  [[nodiscard]] std::optional<std::uint32_t> looked_up(VectorView state, std::uint32_t input) const;

  const Decoder& decoder_;
  std::vector<std::uint32_t> order_;
};

/// A layer made ready for many steps.
struct PreparedLayer {
  explicit PreparedLayer(const Layer& layer);

  std::vector<PreparedMap> maps;
  Outputs outputs;
  Workspace state;
  Workspace scratch;
};

}  // namespace eigenmata::checker
