// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/alphabet.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "eigenmata/core/text.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::core {
namespace {

using Catch::Contains;

const Place kHere{"here", 3};

std::vector<std::string> names_of(std::string_view text) { return parse_alphabet(text, kHere).names(); }

/// A letter of one character that is printable: ASCII, Greek, or an emoji.
std::string random_character(Random& random) {
  switch (random.below(3)) {
    case 0:
      return to_utf8(static_cast<char32_t>(random.between(0x20, 0x7E)));
    case 1:
      return to_utf8(static_cast<char32_t>(random.between(0x3B1, 0x3C9)));
    default:
      return to_utf8(static_cast<char32_t>(random.between(0x1F600, 0x1F64F)));
  }
}

std::string random_name(Random& random) {
  std::string name;
  for (std::size_t length = random.below(4) + 2; length > 0; --length) {
    std::string character = random_character(random);
    name += character == " " ? "_" : character;
  }
  return name;
}

template <class Make>
Alphabet random_alphabet(Random& random, Make make) {
  std::set<std::string> names;
  const std::size_t size = random.below(20) + 1;
  while (names.size() < size) names.insert(make(random));
  return Alphabet({names.begin(), names.end()});
}

void check_round_trips(Random& random, const Alphabet& alphabet) {
  for (int i = 0; i < 20; ++i) {
    const Word word = testing::random_word(random, random.below(12), alphabet.size());
    const std::string text = format_word(alphabet, word);
    CAPTURE(to_string(alphabet), text);
    CHECK(parse_word(alphabet, text, kHere) == word);
  }
}

TEST_CASE("letters are found by their names and keep their order", "[alphabet]") {
  const Alphabet alphabet({"push", "pop", "é", " "});
  REQUIRE(alphabet.size() == 4);
  CHECK(alphabet.name(symbol(2)) == "é");
  CHECK(alphabet.find("pop") == symbol(1));
  CHECK(alphabet.find(" ") == symbol(3));
  CHECK_FALSE(alphabet.find("po"));
  CHECK_FALSE(alphabet.find(""));
  CHECK_FALSE(alphabet.single_characters());
  CHECK(Alphabet({"é", " "}).single_characters());
  CHECK(alphabet == Alphabet({"push", "pop", "é", " "}));
  CHECK_FALSE(alphabet == Alphabet({"pop", "push", "é", " "}));
}

TEST_CASE("a copy outlives its original", "[alphabet]") {
  std::optional<Alphabet> original(Alphabet({"a", "b"}));
  const Alphabet copy = *original;
  original.reset();
  CHECK(copy.find("b") == symbol(1));
}

TEST_CASE("what cannot be an alphabet is refused with the reason and the place", "[alphabet]") {
  const auto refusal = [](std::vector<std::string> names) -> std::string {
    try {
      const Alphabet alphabet(std::move(names), kHere);
    } catch (const Error& error) {
      CHECK(error.place() == kHere);
      return error.what();
    }
    return "accepted";
  };
  CHECK(refusal({}) == "here:3: the alphabet is empty; at least one letter is needed");
  CHECK_THAT(refusal({"a", ""}), Contains("empty name"));
  CHECK_THAT(refusal({"a", "b", "a"}), Contains("letter 'a' stands twice"));
  CHECK_THAT(refusal({"a b"}), Contains("'a b' has a blank inside"));
  CHECK_THAT(refusal({"  "}), Contains("blank inside"));
  CHECK_THAT(refusal({"\t"}), Contains("'\\x09' has a character that cannot be printed"));
  CHECK_THAT(refusal({"x\x7F"}), Contains("cannot be printed"));
  CHECK_THAT(refusal({std::string(1, '\0')}), Contains("cannot be printed"));
  CHECK_THAT(refusal({"\xC3"}), Contains("'\\xc3' is not valid UTF-8"));
  CHECK(refusal({" ", "push", "-", "\xC2\xA0"}) == "accepted");
}

TEST_CASE("the text after -a is a list of names if it has a comma, else a row of characters", "[alphabet]") {
  CHECK(names_of("ab") == std::vector<std::string>{"a", "b"});
  CHECK(names_of("aé∀") == std::vector<std::string>{"a", "é", "∀"});
  CHECK(names_of("push,pop,nop") == std::vector<std::string>{"push", "pop", "nop"});
  CHECK(names_of("a,b") == std::vector<std::string>{"a", "b"});
  CHECK(names_of(" ") == std::vector<std::string>{" "});
  CHECK_THROWS_WITH(names_of(""), Contains("here:3: the alphabet is empty"));
  CHECK_THROWS_WITH(names_of(","), Contains("empty name"));
  CHECK_THROWS_WITH(names_of("a,"), Contains("empty name"));
  CHECK_THROWS_WITH(names_of("push, pop"), Contains("' pop' has a blank inside"));
  CHECK_THROWS_WITH(names_of("aba"), Contains("'a' stands twice"));
  CHECK_THROWS_WITH(names_of("a\xFF"), Contains("not valid UTF-8"));
}

TEST_CASE("words read back as they were written", "[alphabet]") {
  EIGENMATA_SEEDED(random, 2);
  for (int i = 0; i < 200; ++i) {
    check_round_trips(random, random_alphabet(random, random_character));
    check_round_trips(random, random_alphabet(random, random_name));
    check_round_trips(random, random_alphabet(random, [](Random& r) {
                        std::string name = r.one_in(2) ? random_name(r) : random_character(r);
                        return name == " " ? std::string("_") : name;
                      }));
  }
}

TEST_CASE("a word is written in a row, or with blanks if a letter has a name", "[alphabet]") {
  const Alphabet characters({"a", "b", " "});
  CHECK(format_word(characters, {symbol(0), symbol(2), symbol(1)}) == "a b");
  const Alphabet named({"push", "a"});
  CHECK(format_word(named, {symbol(0), symbol(1), symbol(0)}) == "push a push");
  CHECK(format_word(named, {}).empty());
  CHECK(parse_word(named, "  push\ta ", kHere) == Word{symbol(0), symbol(1)});
}

TEST_CASE("a word with something that is no letter is refused at its column", "[alphabet]") {
  const auto column_of = [](const Alphabet& alphabet, std::string_view text) -> std::size_t {
    try {
      (void)parse_word(alphabet, text, kHere);
    } catch (const Error& error) {
      CHECK(error.place().source == "here");
      CHECK(error.place().line == 3);
      return error.place().column;
    }
    return 0;
  };
  const Alphabet characters({"a", "é"});
  CHECK(column_of(characters, "aéa") == 0);
  CHECK(column_of(characters, "b") == 1);
  CHECK(column_of(characters, "aééb") == 4);  // counted in characters, not bytes
  CHECK(column_of(characters, "a a") == 2);
  CHECK(column_of(characters, "aé\xFF") == 3);
  CHECK(column_of(characters, "ab\xFF") == 2);  // the first thing that is not a letter
  const Alphabet named({"push", "pöp"});
  CHECK(column_of(named, "push pöp  pöp") == 0);
  CHECK(column_of(named, "push pöp  pop") == 11);
  CHECK(column_of(named, "pushpush") == 1);
  CHECK(column_of(named, "pöp \xFF") == 5);
  CHECK_THROWS_WITH(parse_word(characters, "x", kHere), "here:3:1: 'x' is not a letter; the letters are {a, é}");
}

TEST_CASE("a united alphabet has the letters of the first in order, then the new ones of the second", "[alphabet]") {
  const Alphabet first({"a", "b"});
  CHECK(united(first, Alphabet({"c", "b", "d"})).names() == std::vector<std::string>{"a", "b", "c", "d"});
  CHECK(united(first, Alphabet({"b"})) == first);
}

TEST_CASE("long alphabets are shown shortened in the middle", "[alphabet]") {
  CHECK(to_string(testing::small_alphabet(3)) == "{a, b, c}");
  CHECK(to_string(testing::small_alphabet(12)) == "{a, b, c, d, e, f, g, h, i, j, k, l}");
  CHECK(to_string(testing::small_alphabet(13)) == "{a, b, c, d, e, f, g, h, i, j, …, m}");
  CHECK(to_string(testing::small_alphabet(26)) == "{a, b, c, d, e, f, g, h, i, j, …, z}");
}

}  // namespace
}  // namespace eigenmata::core
