// SPDX-License-Identifier: Apache-2.0
//
// What matrix_recurrence.hpp asks of its arguments.
#pragma once

#include <cstddef>

#include "eigenmata/simulation/matrix_recurrence.hpp"

namespace eigenmata::simulation {

/// Throws `core::Error` for a plan out of range or sizes that do not fit.
template <class T>
void require_shapes(const MatrixPlan& plan, const MatrixRows<T>& rows, std::size_t state, const MatrixReads<T>& reads);

}  // namespace eigenmata::simulation
