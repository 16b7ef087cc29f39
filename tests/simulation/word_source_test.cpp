// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/word_source.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/input.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/simulation/byte_input.hpp"
#include "support/scratch_folder.hpp"

namespace eigenmata::simulation {
namespace {

using core::Alphabet;

/// A file with a text, gone at the end.
class TextFile {
 public:
  explicit TextFile(const std::string& text) : path_(folder_.write("words", text)) {}
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  testing::ScratchFolder folder_;
  std::string path_;
};

template <class Letter>
using Words = std::vector<std::vector<Letter>>;

/// All words, with what was cut put together. Checks that the blocks keep their size.
template <class Letter>
Words<Letter> all(WordSource<Letter>& source, const WordReading& reading) {
  Words<Letter> words;
  bool open = false;
  for (WordBlock<Letter> block; source.next(block);) {
    CHECK(block.continues == open);
    if (reading.cut) CHECK(block.words.letters.size() <= reading.block_letters);
    if (!reading.cut) CHECK_FALSE(block.unfinished);
    for (std::size_t i = 0; i < block.words.size(); ++i) {
      if (i > 0 || !block.continues) words.emplace_back();
      const auto piece = block.words.word(i);
      words.back().insert(words.back().end(), piece.begin(), piece.end());
    }
    open = block.unfinished;
  }
  CHECK_FALSE(open);
  return words;
}

template <class Letter = std::uint8_t>
Words<Letter> read(const Alphabet& alphabet, const std::string& text, WordReading reading = {}) {
  const TextFile file(text);
  return all(*text_words<Letter>(alphabet, file.path(), reading), reading);
}

std::string complaint(const Alphabet& alphabet, const std::string& text, WordReading reading = {}) {
  const TextFile file(text);
  const auto source = text_words<std::uint8_t>(alphabet, file.path(), reading);
  try {
    (void)all(*source, reading);
  } catch (const core::Error& error) {
    const std::string message = error.what();
    REQUIRE(message.find(file.path()) == 0);
    return message.substr(file.path().size());
  }
  return "";
}

const Alphabet kAb({"a", "b"});
const Alphabet kNames({"push", "pop", "x"});
const Alphabet kGreek({"a", "β", "ℵ", "𝔸"});
const Words<std::uint8_t> kNoWords;

TEST_CASE("lines are words", "[word-source]") {
  CHECK(read(kAb, "") == kNoWords);
  CHECK(read(kAb, "\n") == Words<std::uint8_t>{{}});
  CHECK(read(kAb, "ab\n\nb") == Words<std::uint8_t>{{0, 1}, {}, {1}});
  CHECK(read(kAb, "ab\r\n\r\nb\r") == Words<std::uint8_t>{{0, 1}, {}, {1}});
  CHECK(read(kNames, "push  pop\n x\t\n\n \n") == Words<std::uint8_t>{{0, 1}, {2}, {}, {}});
  CHECK(read(kNames, "push pop\r\nx\r") == Words<std::uint8_t>{{0, 1}, {2}});
  CHECK(read(kGreek, "aβℵ𝔸\nβ") == Words<std::uint8_t>{{0, 1, 2, 3}, {1}});
  CHECK(read(Alphabet({" ", "a"}), " a\n  \n") == Words<std::uint8_t>{{0, 1}, {0, 0}});
}

TEST_CASE("a stream is one word", "[word-source]") {
  WordReading reading;
  reading.one_word = true;
  CHECK(read(kAb, "", reading) == Words<std::uint8_t>{{}});
  CHECK(read(kAb, "ab\nb\r\n\n", reading) == Words<std::uint8_t>{{0, 1, 1}});
  CHECK(read(kNames, "push\npop", reading) == Words<std::uint8_t>{{0, 1}});
}

TEST_CASE("what is no letter is named with line and column", "[word-source]") {
  CHECK(complaint(kAb, "ab\nabxb\n") == ":2:3: 'x' is not a letter; the letters are {a, b}");
  CHECK(complaint(kGreek, "a\nβℵ\xC3\n") == ":2:3: not valid UTF-8");
  CHECK(complaint(kGreek, "βγ") == ":1:2: 'γ' is not a letter; the letters are {a, β, ℵ, 𝔸}");
  CHECK(complaint(kNames, "x\n\nx  pusch x") == ":3:4: 'pusch' is not a letter; the letters are {push, pop, x}");
  CHECK(complaint(kAb, "ab\rb\n").find(":1:3: ") == 0);
  CHECK(complaint(kAb, std::string("a\0b", 3)).find(":1:2: ") == 0);
  WordReading stream;
  stream.one_word = true;
  CHECK(complaint(kAb, "ab\nabxb\n", stream).find(":2:3: ") == 0);
}

TEST_CASE("what is no letter can be left out and counted", "[word-source]") {
  WordReading reading;
  reading.skip_invalid = true;
  const TextFile file(
      "ab?\n\xFF"
      "bγ\n");
  const auto source = text_words<std::uint8_t>(kAb, file.path(), reading);
  CHECK(all(*source, reading) == Words<std::uint8_t>{{0, 1}, {1}});
  CHECK(source->skipped() == 3);
}

/// Words, blocks and windows of all sizes against the reader of single words.
TEST_CASE("blocks of any size give the words that single lines give", "[word-source]") {
  constexpr std::uint64_t kSeed = 5;
  core::Random random(kSeed);
  INFO("seed " << kSeed);
  for (const Alphabet& alphabet : {kAb, kNames, kGreek}) {
    core::Input input{"text", ""};
    for (int line = 0; line < 200; ++line) {
      core::Word word(random.below(random.one_in(10) ? 400 : 12));
      for (core::Symbol& x : word) x = core::symbol(random.below(alphabet.size()));
      input.text += core::format_word(alphabet, word) + (random.one_in(3) ? "\r\n" : "\n");
    }
    Words<std::uint8_t> right;
    Words<std::uint8_t> joined(1);
    core::LineReader lines(input);
    while (lines.next()) {
      right.emplace_back();
      for (const core::Symbol x : core::parse_word(alphabet, lines.line(), lines.place())) {
        right.back().push_back(static_cast<std::uint8_t>(core::index(x)));
        joined[0].push_back(static_cast<std::uint8_t>(core::index(x)));
      }
    }
    for (const std::size_t block : {1, 2, 3, 7, 64, 100'000}) {
      for (const bool cut : {true, false}) {
        WordReading reading;
        reading.block_letters = block;
        reading.cut = cut;
        CHECK(read(alphabet, input.text, reading) == right);
        reading.one_word = true;
        CHECK(read(alphabet, input.text, reading) == joined);
      }
    }
  }
}

TEST_CASE("words longer than a window, with letters across its edge", "[word-source]") {
  const std::string one = "aβℵ𝔸";
  std::string text = "a";
  for (int i = 0; i < 250'000; ++i) text += one;  // 2.5 MB
  const auto words = read(kGreek, text + "\nβ");
  REQUIRE(words.size() == 2);
  REQUIRE(words[0].size() == 1'000'001);
  std::size_t differences = 0;
  for (std::size_t i = 1; i < words[0].size(); ++i) differences += words[0][i] != (i - 1) % 4 ? 1 : 0;
  CHECK(differences == 0);
  WordReading reading;
  reading.skip_invalid = true;
  const TextFile file("x " + std::string(3 << 20, 'y') + " pop\n");
  const auto source = text_words<std::uint8_t>(kNames, file.path(), reading);
  CHECK(all(*source, reading) == Words<std::uint8_t>{{2, 1}});
  CHECK(source->skipped() == 1);
}

TEST_CASE("alphabets of more than 256 letters", "[word-source]") {
  std::vector<std::string> names;
  for (int i = 0; i < 1000; ++i) names.push_back("x" + std::to_string(i));
  CHECK(read<std::uint32_t>(Alphabet(names), "x999 x0\nx256\n") == Words<std::uint32_t>{{999, 0}, {256}});
  names.resize(256);
  CHECK(read(Alphabet(names), "x255 x0") == Words<std::uint8_t>{{255, 0}});
}

TEST_CASE("bytes are numbers of letters", "[word-source]") {
  const Alphabet three({"a", "b", "c"});
  const auto bytes = [&](const std::string& text, std::size_t length, WordReading reading) {
    const TextFile file(text);
    return all(*packed_bytes(three, file.path(), length, reading), reading);
  };
  const std::string text("\0\1\2\2\1\0", 6);
  for (const std::size_t block : {1, 2, 4, 100}) {
    for (const bool cut : {true, false}) {
      WordReading reading;
      reading.block_letters = block;
      reading.cut = cut;
      CHECK(bytes(text, 3, reading) == Words<std::uint8_t>{{0, 1, 2}, {2, 1, 0}});
      CHECK_THROWS_WITH(bytes(text, 4, reading), Catch::Contains("the last word has 2 of 4 bytes"));
      CHECK_THROWS_WITH(bytes("\1\2\1\3", 2, reading), Catch::Contains("byte 3 (counted from 0) is 3"));
      CHECK(bytes("", 3, reading) == kNoWords);
      reading.skip_invalid = true;
      CHECK(bytes("\1\2\1\3", 2, reading) == Words<std::uint8_t>{{1, 2}, {1}});
      reading.one_word = true;
      CHECK(bytes(text, 0, reading) == Words<std::uint8_t>{{0, 1, 2, 2, 1, 0}});
      CHECK(bytes("", 0, reading) == Words<std::uint8_t>{{}});
    }
  }
}

TEST_CASE("random words depend on the seed alone, not on the blocks", "[word-source]") {
  for (const std::size_t size : {1, 2, 3, 60}) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < size; ++i) names.push_back("x" + std::to_string(i));
    const Alphabet alphabet(names);
    WordReading reading;
    const auto once = all(*random_words<std::uint8_t>(alphabet, 50, 77, 3, reading), reading);
    reading.block_letters = 10;
    CHECK(all(*random_words<std::uint8_t>(alphabet, 50, 77, 3, reading), reading) == once);
    REQUIRE(once.size() == 50);
    std::map<std::size_t, std::size_t> counts;
    for (const auto& word : once) {
      REQUIRE(word.size() == 77);
      for (const std::uint8_t x : word) ++counts[x];
    }
    CHECK(counts.size() == size);
    CHECK(counts.rbegin()->first == size - 1);
    // 3850 letters: twice or half as many as expected would be ten standard deviations for 60 letters, more for fewer.
    for (const auto& [letter, count] : counts) CHECK((count * size > 1900 && count * size < 7700));
  }
  const WordReading reading;
  CHECK(all(*random_words<std::uint8_t>(kAb, 2, 0, 1, reading), reading) == Words<std::uint8_t>{{}, {}});
  CHECK(all(*random_words<std::uint8_t>(kAb, 0, 5, 1, reading), reading) == kNoWords);
}

TEST_CASE("random words of a language are in it, and all of them come", "[word-source]") {
  // (ab|b)*: its words of length 3 are abb, bab, bbb.
  using automata::state;
  const automata::Dfa dfa(kAb, state(0), {true, false, false},
                          {state(1), state(0), state(2), state(0), state(2), state(2)});
  const WordReading reading;
  std::map<std::vector<std::uint8_t>, std::size_t> counts;
  for (const auto& word : all(*random_words_of<std::uint8_t>(dfa, 300, 3, 1, reading), reading)) ++counts[word];
  CHECK(counts.size() == 3);
  for (const auto& [word, count] : counts) CHECK((count > 60 && count < 140));
  const automata::Dfa nothing(kAb, state(0), {false}, {state(0), state(0)});
  CHECK_THROWS_AS(random_words_of<std::uint8_t>(nothing, 1, 3, 1, reading), core::Error);
}

TEST_CASE("files that cannot be read", "[word-source]") {
  CHECK_THROWS_WITH(text_words<std::uint8_t>(kAb, "/tmp", {}), Catch::Contains("it is a directory"));
  CHECK_THROWS_WITH(text_words<std::uint8_t>(kAb, "/tmp/no/such/file", {}), Catch::Contains("cannot read"));
}

TEST_CASE("a file that becomes shorter while it is read is an error", "[word-source]") {
  constexpr std::size_t kWindow = 4096;
  const TextFile file(std::string(10 * kWindow, 'a'));
  ByteInput input(file.path(), kWindow);
  CHECK(input.size() == 10 * kWindow);
  REQUIRE(input.window().size() >= kWindow);
  std::filesystem::resize_file(file.path(), kWindow);
  CHECK_THROWS_WITH(
      [&] {
        for (;;) input.consume(input.window().size());
      }(),
      Catch::Contains("it became shorter while it was read, from 40960 bytes to"));
}

}  // namespace
}  // namespace eigenmata::simulation
