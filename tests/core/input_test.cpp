// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <thread>

#include "support/random_objects.hpp"
#include "support/scratch_folder.hpp"

namespace eigenmata::core {
namespace {

using Catch::Contains;
using testing::ScratchFolder;

std::vector<std::string> lines_of(const std::string& text) {
  const Input input{"f", text};
  LineReader reader(input);
  std::vector<std::string> lines;
  while (reader.next()) {
    lines.emplace_back(reader.line());
    CHECK(to_string(reader.place()) == "f:" + std::to_string(lines.size()));
  }
  CHECK_FALSE(reader.next());
  return lines;
}

/// A file that claims a size without taking it on disk.
std::string sparse_file(const ScratchFolder& folder, std::size_t bytes) {
  const std::string path = folder.write("sparse", "");
  std::filesystem::resize_file(path, bytes);
  return path;
}

TEST_CASE("a file is read whole, byte for byte", "[input]") {
  const ScratchFolder folder;
  const std::string content = std::string("a\r\nb\0c\xFF", 7) + std::string(200'000, 'x');
  const Input input = read_input(folder.write("f", content));
  CHECK(input.text == content);
  CHECK(input.name == folder.path_of("f"));
  CHECK(read_input(folder.write("empty", "")).text.empty());
}

TEST_CASE("what cannot be read is refused with its name", "[input]") {
  const ScratchFolder folder;
  CHECK_THROWS_WITH(read_input(folder.path_of("missing")), Contains("missing': No such file or directory"));
  CHECK_THROWS_WITH(read_input(folder.path().string()), Contains("it is a directory"));
  CHECK_THROWS_AS(read_input(""), Error);
  if (::geteuid() != 0) {  // root may read everything
    std::filesystem::permissions(folder.write("secret", "x"), std::filesystem::perms::none);
    CHECK_THROWS_WITH(read_input(folder.path_of("secret")), Contains("Permission denied"));
  }
}

TEST_CASE("a file of the largest size is read, one byte more is refused", "[input]") {
  const ScratchFolder folder;
  CHECK(read_input(folder.write("f", "12345678"), 8).text == "12345678");
  CHECK_THROWS_AS(read_input(folder.write("f", "123456789"), 8), Error);
}

TEST_CASE("a file of two gigabytes is refused before it is read", "[input]") {
  const ScratchFolder folder;
  const std::string path = sparse_file(folder, std::size_t{2} << 30);
  CHECK_THROWS_WITH(read_input(path), path + ": 2048 MiB; at most 1024 MiB are read");
}

TEST_CASE("a pipe without end is refused at the limit", "[input]") {
  // /dev/zero has no size to look at: only counting helps.
  CHECK_THROWS_WITH(read_input("/dev/zero", std::size_t{3} << 20),
                    "/dev/zero: longer than 3 MiB, which is the most that is read");
}

TEST_CASE("- is standard input", "[input]") {
  const ScratchFolder folder;
  const int saved = ::dup(STDIN_FILENO);
  const int file = ::open(folder.write("f", "from a pipe\n").c_str(), O_RDONLY);
  REQUIRE(::dup2(file, STDIN_FILENO) >= 0);
  std::clearerr(stdin);
  const Input input = read_input("-");
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  ::close(file);
  std::clearerr(stdin);
  CHECK(input.text == "from a pipe\n");
  CHECK(input.name == "standard input");
}

TEST_CASE("lines end with LF or CR LF, and the last one may lack it", "[input]") {
  CHECK(lines_of("").empty());
  CHECK(lines_of("\n") == std::vector<std::string>{""});
  CHECK(lines_of("a\nb") == std::vector<std::string>{"a", "b"});
  CHECK(lines_of("a\r\nb\r\n\r\nc\n") == std::vector<std::string>{"a", "b", "", "c"});
  CHECK(lines_of("a\rb\r\r\n") == std::vector<std::string>{"a\rb\r"});  // a CR elsewhere is a character
}

TEST_CASE("lines joined again are the text", "[input]") {
  EIGENMATA_SEEDED(random, 7);
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (std::size_t length = random.below(20); length > 0; --length) text += "ab\n"[random.below(3)];
    CAPTURE(text);
    std::string joined;
    for (const std::string& line : lines_of(text)) joined += line + "\n";
    if (!text.empty() && text.back() != '\n') text += "\n";
    CHECK(joined == text);
  }
}

TEST_CASE("a line of the largest length is read, one byte more is refused with its number", "[input]") {
  const Input fits{"f", "\n" + std::string(kMaxLineBytes, 'x') + "\n"};
  LineReader good(fits);
  CHECK((good.next() && good.next()));
  CHECK(good.line().size() == kMaxLineBytes);
  const Input input{"f", "\n" + std::string(kMaxLineBytes + 1, 'x') + "\n"};
  LineReader bad(input);
  REQUIRE(bad.next());
  CHECK_THROWS_WITH(bad.next(), Contains("f:2: a line of 16 MiB; lines have at most 16 MiB"));
}

TEST_CASE("pieces of a line know their column", "[input]") {
  const Input input{"f", "first\n  second line"};
  LineReader reader(input);
  REQUIRE((reader.next() && reader.next()));
  CHECK(to_string(reader.place_of(reader.line().substr(2, 6))) == "f:2:3");
  CHECK(to_string(reader.place_of(reader.line())) == "f:2:1");
}

TEST_CASE("the line index finds the place of every byte, and of the end for what is past it", "[input]") {
  EIGENMATA_SEEDED(random, 8);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (std::size_t length = random.below(15); length > 0; --length) text += "ab\n"[random.below(3)];
    CAPTURE(text);
    const LineIndex index({"f", text});
    std::size_t line = 1;
    std::size_t column = 1;
    for (std::size_t at = 0; at <= text.size(); ++at) {
      CHECK(to_string(index.place(at)) == to_string(Place{"f", line, column}));
      if (at == text.size()) break;
      column = text[at] == '\n' ? 1 : column + 1;
      line += text[at] == '\n' ? 1 : 0;
    }
    CHECK(index.place(text.size() + 1) == index.place(text.size()));
    CHECK(index.place(SIZE_MAX) == index.place(text.size()));
  }
}

}  // namespace
}  // namespace eigenmata::core
