// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/threads.hpp"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

namespace eigenmata::core {

void on_threads(std::size_t threads, const std::function<void()>& work) {
  if (threads == 0) return work();
  // An arena gets no more threads than are allowed in all, which are as many as cores, and complains.
  const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena(static_cast<int>(threads)).execute(work);
}

}  // namespace eigenmata::core
