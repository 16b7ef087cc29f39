// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/formats.hpp"
#include "harness.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::Input input{"fuzz", {reinterpret_cast<const char*>(data), size}};
  fuzz::guarded([&] {
    const automata::Dfa dfa =
        automata::determinised(automata::read_att(input, std::nullopt, std::nullopt), fuzz::limits());
    const core::Input written{"written", automata::write_att(dfa)};
    const automata::Dfa again =
        automata::determinised(automata::read_att(written, dfa.alphabet(), std::nullopt), fuzz::limits());
    fuzz::require(automata::equal(dfa, again).is_yes());
  });
  fuzz::guarded([&] { (void)automata::read_symbol_table(input); });
  return 0;
}
