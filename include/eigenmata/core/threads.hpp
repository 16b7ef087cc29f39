// SPDX-License-Identifier: Apache-2.0
//
// How many threads work together.
#pragma once

#include <cstddef>
#include <functional>

namespace eigenmata::core {

/// Calls `work`, whose parallel parts run on so many threads, 0: as many as there are cores. More than cores can be
/// had. Throws what `work` throws.
void on_threads(std::size_t threads, const std::function<void()>& work);

}  // namespace eigenmata::core
