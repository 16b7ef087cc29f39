// SPDX-License-Identifier: Apache-2.0
//
// A layer computed in chunks, as proofs/numeric-semantics.md says: its state is known where the last chunk ended, and
// what the factors since then add to it is read off a triangular system.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "checker/rounded_layer.hpp"

namespace eigenmata::checker {

class Chunk {
 public:
  /// Begins in a state. Keeps a reference to the layer.
  Chunk(const RoundedLayer& layer, Values state);

  /// One symbol on; the output, none if a comparison is one with NaN.
  std::optional<std::uint32_t> read(std::uint32_t input);
  /// The state after all symbols read.
  [[nodiscard]] Values closed() const;
  [[nodiscard]] const Values& state() const { return state_; }

 private:
  struct Row {
    const RoundedLayer::DenseFactor* factor;
    Values scaled_key;   // β k
    Value scaled_value;  // β x
    Values inverse;      // of the triangular matrix, up to the diagonal
    Value added;         // along the key
  };
  void append(const RoundedLayer::DenseFactor& factor, const Value& written);
  [[nodiscard]] Value narrowed(const Value& value) const { return layer_->semantics_.parameters.round(value); }
  [[nodiscard]] Values narrowed(Values values) const;

  const RoundedLayer* layer_;
  Values state_;
  Values narrow_;
  std::vector<Row> rows_;
};

}  // namespace eigenmata::checker
