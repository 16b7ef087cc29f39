// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/formats.hpp"
#include "harness.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::guarded([&] {
    const auto language =
        automata::read_json_language({"fuzz", {reinterpret_cast<const char*>(data), size}}, fuzz::limits());
    const core::Input written{"written", automata::write_json(language.dfa, language.description, language.source)};
    fuzz::require(automata::read_json_language(written, fuzz::limits()).dfa == language.dfa);
  });
  return 0;
}
