// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace eigenmata::checker {

/// Rows of different lengths in one stretch of memory.
template <class T>
class Rows {
 public:
  [[nodiscard]] std::size_t size() const { return ends_.size() - 1; }
  [[nodiscard]] std::span<const T> operator[](std::size_t row) const {
    return std::span<const T>(items_).subspan(ends_[row], ends_[row + 1] - ends_[row]);
  }
  /// The next row has the items appended to `items` since the last call.
  void close_row() { ends_.push_back(items_.size()); }
  [[nodiscard]] std::vector<T>& items() { return items_; }

 private:
  std::vector<T> items_;
  std::vector<std::size_t> ends_ = {0};
};

}  // namespace eigenmata::checker
