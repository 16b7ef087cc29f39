// SPDX-License-Identifier: Apache-2.0
//
// rapidcheck inside Catch, with a seed that does not change from run to run. For properties whose
// counterexamples shrink well; it is heavy to compile, so one file a module at most.
#pragma once

#include <rapidcheck.h>
#include <rapidcheck/detail/TestListenerAdapter.h>

#include <sstream>
#include <string>
#include <unordered_map>
#include <utility>

#include "support/random_objects.hpp"

namespace eigenmata::testing {

/// Tries the property on random operands; a failure shows the shrunk operands and the seed.
template <class Testable>
void check_property(const std::string& description, std::uint64_t usual_seed, Testable&& testable, int trials = 1000) {
  rc::detail::TestMetadata metadata;
  metadata.description = description;
  rc::detail::TestParams params;
  params.seed = seed_or(usual_seed);
  params.maxSuccess = trials;
  rc::detail::TestListenerAdapter silent;
  const auto result = rc::detail::checkTestable(std::forward<Testable>(testable), metadata, params, silent,
                                                std::unordered_map<std::string, rc::detail::Reproduce>{});
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  INFO(description << ", seed " << params.seed << "\n" << message.str());
  CHECK(result.template is<rc::detail::SuccessResult>());
}

}  // namespace eigenmata::testing
