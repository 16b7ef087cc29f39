// SPDX-License-Identifier: Apache-2.0
//
// Time, memory and patience. Every computation that can take long is handed a `Limits` and asks it from
// time to time whether to go on. Running out of any of them is never an answer: constructions throw
// `LimitReached`, decisions catch it and return `unknown`.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace eigenmata::core {

/// Thrown when a computation stops before its answer. Not an error of the input.
class LimitReached : public std::exception {
 public:
  enum class Kind { kTime, kMemory, kInterrupted, kSize };

  LimitReached(Kind kind, std::string message) : kind_(kind), message_(std::move(message)) {}

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

 private:
  Kind kind_;
  std::string message_;
};

/// What a computation may use. Copies share nothing but the interrupt flag they point to.
struct Limits {
  using Clock = std::chrono::steady_clock;
  /// Called with an activity, how much is done and the total (0 if unknown), at most about five times a second.
  using Progress = std::function<void(std::string_view activity, std::uint64_t done, std::uint64_t total)>;

  std::optional<Clock::time_point> deadline;
  /// Bound on the memory that one large table of a computation may take, in bytes.
  std::size_t memory_bytes = std::size_t{8} << 30;
  const std::atomic<bool>* interrupted = nullptr;
  Progress progress;

  /// Throws `LimitReached` if the deadline has passed or an interrupt was asked for.
  void poll() const;

  /// Throws `LimitReached` if `bytes` exceed the memory limit; `what` names the table in the message.
  void require_memory(std::size_t bytes, std::string_view what) const;
};

/// Counts steps of a long loop, and polls the limits and reports progress once in a while.
///
/// `tick()` costs an addition and a comparison.
class Ticker {
 public:
  Ticker(const Limits& limits, std::string activity, std::uint64_t total = 0)
      : limits_(limits), activity_(std::move(activity)), total_(total), last_(Limits::Clock::now()) {}

  void tick(std::uint64_t steps = 1) {
    done_ += steps;
    if (done_ >= next_) slow_tick();
  }

  [[nodiscard]] std::uint64_t done() const { return done_; }

 private:
  void slow_tick();

  const Limits& limits_;
  std::string activity_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  std::uint64_t next_ = 1;
  std::uint64_t stride_ = 1;
  Limits::Clock::time_point last_;
  Limits::Clock::time_point shown_{};
};

}  // namespace eigenmata::core
