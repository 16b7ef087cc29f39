// SPDX-License-Identifier: Apache-2.0
//
// The checker's worth is that it shares nothing with what it checks. So its sources may include the standard
// library, the system, GMP, and each other; and nothing else.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

namespace eigenmata::checker {
namespace {

TEST_CASE("the checker includes nothing of the library", "[checker][independence]") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(EIGENMATA_CHECKER_SOURCES)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".cpp" && extension != ".hpp") continue;
    ++files;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (line.find("#include") == std::string::npos) continue;
      CAPTURE(entry.path().string(), line);
      const bool own = line.rfind("#include \"checker/", 0) == 0;
      const bool gmp = line == "#include <gmp.h>" || line == "#include <gmpxx.h>";
      const bool system =
          line == "#include <fcntl.h>" || line == "#include <unistd.h>" || line == "#include <sys/resource.h>";
      const bool standard = line.rfind("#include <", 0) == 0 && line.find_first_of("./", 10) == std::string::npos;
      CHECK((own || gmp || system || standard));
      if (own) {
        const std::size_t start = std::string("#include \"checker/").size();
        const std::string name = line.substr(start, line.find('"', start) - start);
        CHECK(std::filesystem::exists(std::filesystem::path(EIGENMATA_CHECKER_SOURCES) / name));
      }
    }
  }
  CHECK(files > 20);
}

}  // namespace
}  // namespace eigenmata::checker
