// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/weights_file.hpp"

#include "eigenmata/lrnn/model_file.hpp"
#include "eigenmata/lrnn/tensor_file.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "harness.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::Input input{"fuzz", {reinterpret_cast<const char*>(data), size}};
  fuzz::guarded([&] { (void)lrnn::read_tensors(input); });
  fuzz::guarded([&] {
    // What was read is a network like any other.
    const lrnn::RationalNetwork network = lrnn::read_weights(input);
    const std::string written = lrnn::write_model(lrnn::ModelOver<exact::RationalArithmetic>{{}, network});
    const lrnn::Model again = lrnn::read_model({"written", written});
    fuzz::require(lrnn::same_network(std::get<lrnn::ModelOver<exact::RationalArithmetic>>(again).network, network));
  });
  return 0;
}
