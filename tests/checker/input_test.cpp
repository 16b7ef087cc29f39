// SPDX-License-Identifier: Apache-2.0
#include "checker/input.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "checker/error.hpp"
#include "checker/limits.hpp"

namespace eigenmata::checker {
namespace {

const std::string kName = "x";

std::vector<std::string> all_lines(const std::string& text) {
  std::istringstream in(text);
  LineReader lines(in, kName);
  std::vector<std::string> result;
  while (lines.next()) result.emplace_back(lines.line());
  return result;
}

TEST_CASE("lines, with and without a last line feed", "[checker][input]") {
  CHECK(all_lines("") == std::vector<std::string>{});
  CHECK(all_lines("a") == std::vector<std::string>{"a"});
  CHECK(all_lines("a\n") == std::vector<std::string>{"a"});
  CHECK(all_lines("\na\n\n") == std::vector<std::string>{"", "a", ""});
  const std::string longer(100'000, 'x');  // longer than the buffer
  CHECK(all_lines(longer + "\n" + longer) == std::vector<std::string>{longer, longer});
}

TEST_CASE("lines are UTF-8 without control characters", "[checker][input]") {
  CHECK(all_lines("é\tb\n").size() == 1);
  CHECK_THROWS_WITH(all_lines("a\né\xFF"), "x:2:2: these bytes are not valid UTF-8");
  CHECK_THROWS_WITH(all_lines(std::string("a\0b", 3)), Catch::Contains("x:1:2: the control character U+0000"));
  CHECK_THROWS_WITH(all_lines("a\r\n"), Catch::Contains("line feed alone"));
  CHECK_THROWS_WITH(all_lines("\xC2\x85"), Catch::Contains("U+0085"));
}

TEST_CASE("lines are at most 16 MiB", "[checker][input]") {
  CHECK(all_lines("\n" + std::string(kMaxLineBytes, 'a') + "\n").size() == 2);
  CHECK_THROWS_WITH(all_lines("\n" + std::string(kMaxLineBytes + 1, 'a')),
                    Catch::Contains("x:2:1: this line is longer"));
}

/// A stream that never ends, of blanks.
class Endless : public std::streambuf {
  int_type underflow() override {
    setg(block_, block_, block_ + sizeof block_);
    return traits_type::to_int_type(block_[0]);
  }
  char block_[1 << 16] = {};
};

TEST_CASE("a file that never ends is refused", "[checker][input][standard]") {
  Endless buffer;
  std::istream in(&buffer);
  LineReader lines(in, kName);
  CHECK_THROWS_WITH(lines.next(), Catch::Contains("longer than"));
}

TEST_CASE("what cannot be opened", "[checker][input]") {
  CHECK_THROWS_WITH(InputFile("/nonexistent/file"), "/nonexistent/file: no such file");
  CHECK_THROWS_WITH(InputFile("/tmp"), "/tmp: a folder, not a file");
  CHECK_THROWS_AS(InputFile(""), Error);
}

}  // namespace
}  // namespace eigenmata::checker
