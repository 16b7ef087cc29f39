// SPDX-License-Identifier: Apache-2.0
//
// Graphviz, JFLAP and GAP; the first byte chooses.
#include "eigenmata/automata/formats.hpp"

#include "harness.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const core::Input input{"fuzz", {reinterpret_cast<const char*>(data) + 1, size - 1}};
  fuzz::guarded([&] {
    switch (data[0] % 3) {
      case 0:
        (void)automata::determinised(automata::read_dot(input, std::nullopt), fuzz::limits());
        break;
      case 1:
        (void)automata::determinised(automata::read_jff(input, std::nullopt), fuzz::limits());
        break;
      default:
        (void)automata::write_gap(automata::read_gap(input, std::nullopt));
    }
  });
  return 0;
}
