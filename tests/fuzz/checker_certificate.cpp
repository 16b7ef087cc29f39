// SPDX-License-Identifier: Apache-2.0
//
// The independent checker's readers of certificates and models.
#include <cstdint>
#include <sstream>
#include <string>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/error.hpp"
#include "checker/model.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    std::istringstream stream(text);
    (void)checker::check(checker::read_certificate(stream, "fuzz"));
  } catch (const checker::Error&) {
  }
  try {
    (void)checker::read_model(text, "fuzz");
  } catch (const checker::Error&) {
  }
  return 0;
}
