// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/model_file.hpp"

#include "eigenmata/lrnn/recurrence.hpp"
#include "harness.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::guarded([&] {
    const lrnn::Model model = lrnn::read_model({"fuzz", {reinterpret_cast<const char*>(data), size}});
    const std::string written = lrnn::write_model(model);
    fuzz::require(lrnn::write_model(lrnn::read_model({"written", written})) == written);
    // Whatever was read can be run.
    std::visit(
        [](const auto& over) {
          if (!over.network.layers.empty() && over.network.layers[0].dimension > 1000) return;
          const lrnn::Runner runner(over.arithmetic, over.network);
          core::Word word;
          for (std::size_t t = 0; t < 4; ++t) word.push_back(core::symbol(t % over.network.alphabet.size()));
          (void)lrnn::answers(runner, word);
        },
        model);
  });
  return 0;
}
