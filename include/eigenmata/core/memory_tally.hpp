// SPDX-License-Identifier: Apache-2.0
//
// How much memory a computation of many small tables has taken so far. The count is ours, not the allocator's: an
// estimate that grows with what is stored.
#pragma once

#include <string>
#include <utility>

#include "eigenmata/core/limits.hpp"

namespace eigenmata::core {

/// Adds up bytes and compares the sum with the limit. A copy goes on by itself: what is forgotten at the end of a block
/// is counted in a copy that ends there too. The limits have to outlive it.
class MemoryTally {
 public:
  /// `what` names the tables in the message.
  MemoryTally(const Limits& limits, std::string what) : limits_(&limits), what_(std::move(what)) {}

  /// Throws `LimitReached` if the sum exceeds the memory limit.
  void add(std::size_t bytes) {
    bytes_ += bytes;
    limits_->require_memory(bytes_, what_);
  }

 private:
  const Limits* limits_;
  std::string what_;
  std::size_t bytes_ = 0;
};

}  // namespace eigenmata::core
