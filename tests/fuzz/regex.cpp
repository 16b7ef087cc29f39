// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/regex.hpp"

#include "eigenmata/automata/minimise.hpp"
#include "harness.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 200) return 0;
  fuzz::guarded([&] {
    const std::string expression(reinterpret_cast<const char*>(data), size);
    const automata::Dfa dfa = automata::compile_regex(expression, std::nullopt, fuzz::limits());
    fuzz::require(automata::minimised(dfa) == dfa);
    // With its own alphabet given, the expression means the same.
    fuzz::require(automata::compile_regex(expression, dfa.alphabet(), fuzz::limits()) == dfa);
  });
  return 0;
}
