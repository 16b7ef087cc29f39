// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/packed_words.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/core/error.hpp"

namespace eigenmata::simulation {
namespace {

TEST_CASE("packed words give back what was put in", "[packed-words]") {
  PackedWords words;
  words.append({core::symbol(1), core::symbol(255)});
  words.append({});
  words.append({core::symbol(0)});
  REQUIRE(words.size() == 3);
  CHECK(words.word(0).size() == 2);
  CHECK(words.word(0)[1] == 255);
  CHECK(words.word(1).empty());
  CHECK(words.word(2)[0] == 0);
}

TEST_CASE("a letter beyond a byte is refused and leaves the words as they were", "[packed-words]") {
  PackedWords words;
  CHECK_THROWS_AS(words.append({core::symbol(3), core::symbol(256)}), core::Error);
  CHECK(words.size() == 0);
  CHECK(words.letters.empty());
}

}  // namespace
}  // namespace eigenmata::simulation
