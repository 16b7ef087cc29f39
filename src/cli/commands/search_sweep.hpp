// SPDX-License-Identifier: Apache-2.0
//
// A search in parts: shared by the processes of an mpirun job, and remembered in a file, so that a search that was
// stopped goes on where it was. What is found does not depend on either.
#pragma once

#include <cstddef>
#include <string>

#include "../request.hpp"
#include "eigenmata/verification/period_search.hpp"

namespace eigenmata::cli {

struct Sweep {
  verification::PeriodSearch search;
  std::size_t parts = 0;
  std::size_t resumed = 0;  ///< parts that were in the file already
  std::size_t done = 0;     ///< parts that are known now
};

/// Searches for what the request says: in a format of at most 8 bits for all periods, in larger ones near the unit
/// circle for --period, or for 3 to `longest` one after the other. Reads and writes the file of --resume. In a process
/// other than the first the result is empty. Throws `core::Error` if the file was changed or is of another search.
[[nodiscard]] Sweep run_sweep(const Request& request, verification::PeriodStructure structure,
                              const precision::FloatFormat& format, std::size_t longest);

}  // namespace eigenmata::cli
