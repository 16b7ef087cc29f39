// SPDX-License-Identifier: Apache-2.0
#include "../../src/simulation/translate.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/core/random.hpp"

namespace eigenmata::simulation {
namespace {

TEST_CASE("bytes are translated up to the first that is no letter", "[translate]") {
  core::Random random(3);
  TranslationTable table;
  table.letters.fill(TranslationTable::kNoLetter);
  for (unsigned char c = 0; c < 128; ++c) {
    if (c % 5 != 0) table.letters[c] = c / 2;
  }
  for (std::size_t count = 0; count < 300; ++count) {
    std::string text;
    const bool clean = random.one_in(2);
    for (std::size_t i = 0; i < count; ++i) {
      const bool letter = clean || !random.one_in(100);
      text += static_cast<char>(letter ? 5 * random.below(25) + 1 : random.below(256));
    }
    std::vector<std::uint8_t> plain(count + 1, 77);
    std::vector<std::uint8_t> fast(count + 1, 77);
    const std::size_t found = translate_plain(table, text.data(), count, plain.data());
    REQUIRE(translate(table, text.data(), count, fast.data()) == found);
    plain.resize(found);
    CHECK(fast.back() == 77);  // nothing beyond
    fast.resize(found);
    CHECK(fast == plain);
  }
}

}  // namespace
}  // namespace eigenmata::simulation
