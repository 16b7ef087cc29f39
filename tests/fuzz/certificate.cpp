// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/certificate.hpp"

#include "harness.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::guarded([&] {
    const auto certificate = certificate::read_certificate({"fuzz", {reinterpret_cast<const char*>(data), size}});
    for (const auto& layer : certificate.network.layers) {
      if (layer.dimension > 100'000) return;
    }
    const auto verdict = certificate::check(certificate, fuzz::limits(), 1);
    const std::string written = certificate::write_certificate(certificate);
    const auto again = certificate::read_certificate({"written", written});
    fuzz::require(certificate::write_certificate(again) == written);
    fuzz::require(certificate::check(again, fuzz::limits(), 1).answer() == verdict.answer());
  });
  return 0;
}
