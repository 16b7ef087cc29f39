// SPDX-License-Identifier: Apache-2.0
//
// Pushing a state through h ← A h + B at the cost of what it touches.
//
// A one-hot state has one entry, while a letter may have 100,000 factors. A factor I − u vᵀ changes h only if
// v and h share a coordinate. So for each letter the pairs (coordinate, factor whose v has it) are kept in
// order; each coordinate of h that is not zero waits in a heap for the next factor that has it, and the state
// goes from factor to factor, past all those in between. Each factor that is met costs O((|u| + min(|v|,
// |h|)) log N).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/network.hpp"

namespace eigenmata::checker {

/// The state of one layer while it changes. Cells live in a hash map, so that nothing depends on the
/// dimension; they are kept for the next state, only their values are wiped.
class Workspace {
 public:
  struct Cell {
    std::uint32_t index = 0;
    bool listed = false;
    Number value;
    /// The next factor that reads this coordinate, as far as it has been scheduled; −1 before the first.
    std::int64_t due = -1;
  };

  void clear();
  void load(VectorView vector);

  /// The cell of a coordinate, listed from now on.
  Cell& cell(std::uint32_t index);
  /// The same if it is listed already, else nullptr.
  Cell* find(std::uint32_t index);
  /// All coordinates that may differ from zero.
  [[nodiscard]] const std::vector<Cell*>& listed() const { return listed_; }

  /// Whether the state is this vector.
  [[nodiscard]] bool equals(VectorView vector);
  [[nodiscard]] SparseVector vector() const;

 private:
  std::unordered_map<std::uint32_t, Cell> cells_;  // node-based: cells stay where they are
  std::vector<Cell*> listed_;
};

/// The map of one input symbol, with what is needed to apply it fast. Keeps a reference to the map.
class PreparedMap {
 public:
  explicit PreparedMap(const Map& map);

  /// h ← A h + B. `scratch` is another workspace, with any content.
  void apply(Workspace& state, Workspace& scratch) const;
  /// h ← A h.
  void apply_matrix(Workspace& state, Workspace& scratch) const;

 private:
  void apply_diagonal(Workspace& state) const;
  void apply_factors(Workspace& state) const;
  void apply_dense(Workspace& state, Workspace& scratch) const;
  void act(std::size_t factor, Workspace& state) const;

  /// One entry of a dense matrix, found by its column.
  struct Element {
    std::uint32_t column;
    std::uint32_t row;
    const Number* value;
  };

  class Schedule;

  const Map* map_;
  std::vector<std::uint64_t> readers_;  ///< coordinate · 2^32 + factor, increasing
  std::vector<Number> scales_;          ///< Householder: β/vᵀv
  std::vector<Element> elements_;       ///< dense: by column, then row
};

}  // namespace eigenmata::checker
