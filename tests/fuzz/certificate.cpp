// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/any.hpp"

#include <algorithm>
#include <variant>

#include "harness.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::guarded([&] {
    const auto certificate = certificate::read_any_certificate({"fuzz", {reinterpret_cast<const char*>(data), size}});
    const auto is_too_large = [](const auto& c) {
      return std::any_of(c.network.layers.begin(), c.network.layers.end(),
                         [](const auto& layer) { return layer.dimension > 100'000; });
    };
    if (std::visit(is_too_large, certificate)) return;
    const auto before = certificate::check(certificate, fuzz::limits(), 1).answer();
    const std::string written = certificate::write_certificate(certificate);
    const auto again = certificate::read_any_certificate({"written", written});
    fuzz::require(certificate::write_certificate(again) == written);
    fuzz::require(certificate::check(again, fuzz::limits(), 1).answer() == before);
  });
  return 0;
}
