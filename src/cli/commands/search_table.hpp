// SPDX-License-Identifier: Apache-2.0
//
// Which periods occur in which structures and formats, and certificates that their orbits count for ever.
#pragma once

#include <cstddef>
#include <string>

#include "../request.hpp"
#include "eigenmata/verification/period_search.hpp"

namespace eigenmata::cli {

/// Near the unit circle of a large format periods from 3 to this one are looked for; tables list no longer ones.
constexpr std::size_t kLongestListed = 64;

/// Throws `core::Error` for another name.
[[nodiscard]] verification::PeriodStructure structure_named(const std::string& name);

/// Writes that the orbit counts for ever, as a certificate about the network that it is. Returns the path, or a
/// sentence that says why nothing was written: a limit. Throws `std::logic_error` for what is no orbit.
[[nodiscard]] std::string certify_orbit(verification::PeriodStructure structure, const precision::FloatFormat& format,
                                        const verification::PeriodicOrbit& orbit, const std::string& path,
                                        const core::Limits& limits);

/// `search --table`: a line for each structure and format of at most 8 bits, or for the given ones (bf16 and fp16 have
/// complex scalars alone, and take long), with a sign for each period from 2 to 64; and with --certificates a file for
/// every orbit.
[[nodiscard]] Result search_table(const Request& request);

}  // namespace eigenmata::cli
