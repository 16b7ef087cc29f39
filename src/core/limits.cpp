// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/limits.hpp"

#include <algorithm>

namespace eigenmata::core {

void Limits::poll() const {
  if (interrupted != nullptr && interrupted->load(std::memory_order_relaxed)) {
    throw LimitReached(LimitReached::Kind::kInterrupted, "interrupted");
  }
  if (deadline && Clock::now() >= *deadline) {
    throw LimitReached(LimitReached::Kind::kTime, "the time limit was reached");
  }
}

void Limits::require_memory(std::size_t bytes, std::string_view what) const {
  if (bytes <= memory_bytes) return;
  throw LimitReached(LimitReached::Kind::kMemory, std::string(what) + " would take " + std::to_string(bytes >> 20) +
                                                      " MiB; the memory limit is " +
                                                      std::to_string(memory_bytes >> 20) + " MiB");
}

// The stride adapts so that the clock is read about every millisecond, whatever a step costs.
void Ticker::slow_tick() {
  using std::chrono::milliseconds;
  limits_.poll();
  const auto now = Limits::Clock::now();
  if (now - last_ < milliseconds(1)) {
    stride_ = std::min<std::uint64_t>(stride_ * 2, 1u << 20);
  } else if (now - last_ > milliseconds(5)) {
    stride_ = std::max<std::uint64_t>(stride_ / 4, 1);
  }
  last_ = now;
  next_ = done_ + stride_;
  if (limits_.progress && now - shown_ > milliseconds(200)) {
    shown_ = now;
    limits_.progress(activity_, done_, total_);
  }
}

}  // namespace eigenmata::core
