// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace eigenmata::checker {

constexpr int kProved = 0;
constexpr int kUnreadable = 2;
constexpr int kNotProved = 10;

/// The program, without its name in the arguments. Returns the exit code: kProved only if everything asked
/// for was established and said on `out` (unless --quiet). Whatever goes wrong, exceptions included, is
/// kUnreadable with a message on `err` and nothing on `out`.
int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace eigenmata::checker
