// SPDX-License-Identifier: Apache-2.0
//
// What every target does: readers may throw core::Error or LimitReached and nothing else; what they read, written
// again, has to read back as the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::fuzz {

/// Small, so that a minute sees many inputs.
inline core::Limits limits() {
  core::Limits limits;
  limits.memory_bytes = std::size_t{16} << 20;
  limits.deadline = core::Limits::Clock::now() + std::chrono::milliseconds(300);
  return limits;
}

/// Ends the run if a property fails; libFuzzer keeps the input.
inline void require(bool holds) {
  if (!holds) std::abort();
}

template <class Body>
void guarded(Body body) {
  try {
    body();
  } catch (const core::Error&) {
  } catch (const core::LimitReached&) {
  }
}

}  // namespace eigenmata::fuzz
