// SPDX-License-Identifier: Apache-2.0
//
// Conversion to bf16 and fp16 beside PyTorch's, where a Python with torch is installed.
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>

#include "eigenmata/precision/soft_float.hpp"
#include "support/random_objects.hpp"
#include "support/scratch_folder.hpp"

namespace eigenmata::precision {
namespace {

constexpr const char* kScript = R"(
import sys
try:
    import torch
except ImportError:
    sys.exit(3)
values = torch.frombuffer(bytearray(open(sys.argv[1], 'rb').read()), dtype=torch.float32)
with open(sys.argv[2], 'wb') as file:
    for dtype in (torch.bfloat16, torch.float16):
        file.write(bytes(values.to(dtype).view(torch.int16).numpy().tobytes()))
)";

TEST_CASE("f32 becomes the bf16 and the fp16 that PyTorch makes of it", "[soft_float][torch]") {
  // All numbers near ties of bf16, by upper halves; then any.
  const std::uint64_t seed = testing::seed_or(11);
  core::Random random(seed);
  std::vector<std::uint32_t> codes;
  for (std::uint32_t upper = 0; upper < 1 << 16; ++upper) {
    for (const std::uint32_t lower : {0u, 1u, 0x7FFFu, 0x8000u, 0x8001u, 0xFFFFu}) codes.push_back(upper << 16 | lower);
  }
  for (int i = 0; i < 200'000; ++i) codes.push_back(static_cast<std::uint32_t>(random.next()));
  const testing::ScratchFolder folder;
  const std::string in = folder.write("in", {reinterpret_cast<const char*>(codes.data()), 4 * codes.size()});
  const std::string out = folder.path_of("out");
  const std::string log = folder.path_of("log");
  const std::string script = folder.write("convert.py", kScript);
  bool is_converted = false;
  for (const std::string python : {"python3", "/usr/bin/python3"}) {  // Debian's torch is that of Debian's Python
    const int status = std::system((python + " " + script + " " + in + " " + out + " 2>" + log).c_str());
    REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 3 || WEXITSTATUS(status) == 127) continue;
    CAPTURE(python, folder.read("log"));
    REQUIRE(WEXITSTATUS(status) == 0);
    is_converted = true;
    break;
  }
  if (!is_converted) {
    WARN("skipped: no torch");
    return;
  }
  const std::string bytes = folder.read("out");
  REQUIRE(bytes.size() == 4 * codes.size());
  std::size_t at = 0;
  for (const FloatFormat& format : {kBf16, kFp16}) {
    const SoftFloat soft(format);
    for (const std::uint32_t code : codes) {
      std::uint16_t theirs = 0;
      std::memcpy(&theirs, bytes.data() + at, 2);
      at += 2;
      const SoftFloat::Code ours = soft.convert(kF32, code);
      if (ours == theirs || (soft.is_nan(ours) && soft.is_nan(theirs))) continue;
      CAPTURE(seed, format.name, code, ours, theirs);
      FAIL("PyTorch rounds otherwise");
    }
  }
}

}  // namespace
}  // namespace eigenmata::precision
