// SPDX-License-Identifier: Apache-2.0
//
// How the passes of one compilation share its time. Until there is an offer, a pass may use all of it. Then a pass can
// only improve on what is at hand, and may use half of what is left for bids; so however many of them run out of time,
// none takes it all, and the last fifth stays for writing, reading again and checking what was taken.
#pragma once

#include <optional>

#include "eigenmata/core/limits.hpp"

namespace eigenmata::compiler {

class TimeShare {
 public:
  using Clock = core::Limits::Clock;
  using Time = Clock::time_point;

  /// No deadline: no pass has one.
  TimeShare(std::optional<Time> deadline, Time now) : deadline_(deadline) {
    if (deadline) last_bids_ = *deadline - (*deadline - now) / 5;
  }

  /// The deadline of a pass that begins now.
  [[nodiscard]] std::optional<Time> of_pass(bool has_offer, Time now) const {
    if (!has_offer || !deadline_) return deadline_;
    return now < last_bids_ ? now + (last_bids_ - now) / 2 : now;
  }

  /// A pass ran out of time: does that end the compilation? Not with an offer and time left to check it.
  [[nodiscard]] bool is_out(bool has_offer, Time now) const { return !has_offer || (deadline_ && now >= *deadline_); }

 private:
  std::optional<Time> deadline_;
  Time last_bids_{};
};

}  // namespace eigenmata::compiler
