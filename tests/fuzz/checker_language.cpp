// SPDX-License-Identifier: Apache-2.0
//
// The independent checker's readers of languages; the first byte chooses the format.
#include <cstdint>
#include <string>

#include "checker/error.hpp"
#include "checker/language.hpp"

using namespace eigenmata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4096) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const checker::LanguageFormat formats[] = {checker::LanguageFormat::kAtt, checker::LanguageFormat::kJson,
                                             checker::LanguageFormat::kRegex};
  const checker::LanguageFormat format = formats[data[0] % 3];
  if (format == checker::LanguageFormat::kRegex && size > 120) return 0;
  try {
    (void)checker::read_language(text, format, "fuzz", {});
  } catch (const checker::Error&) {
  } catch (const checker::TooLarge&) {
  }
  return 0;
}
