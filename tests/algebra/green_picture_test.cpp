// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/green_picture.hpp"

#include <catch2/catch.hpp>

#include "support/languages.hpp"

namespace eigenmata::algebra {
namespace {

/// The picture of the syntactic monoid.
std::string picture(const automata::Dfa& minimal, std::size_t most = 16) {
  const TransitionMonoid monoid(letter_maps(minimal), {});
  return egg_box_text(GreenRelations(monoid), minimal.alphabet(), most);
}

// Three maps that generate all maps on three points: swap of 0 and 1, cycle, merge of 0 and 1.
const char* const kT3 =
    "D0: 6 elements = 1 R-class × 1 L-class × 6, rank 3, 1 idempotent, groups of order 6\n"
    "   *ε\n"
    "D1: 18 elements = 3 R-classes × 3 L-classes × 2, rank 2, 6 idempotents, groups of order 2\n"
    "   *c    *ca     cb\n"
    "    bc   *bca   *bcb\n"
    "   *abc   abca  *abcb\n"
    "D2: 3 elements = 1 R-class × 3 L-classes × 1, rank 1, 3 idempotents, groups of order 1\n"
    "   *cbc  *cbca  *cbcab\n";

automata::Dfa all_maps_on_three_points() {
  const core::Alphabet alphabet({"a", "b", "c"});
  return testing::dfa_from_table(alphabet, {{1, 1, 0}, {0, 2, 0}, {2, 0, 2}}, {0});
}

TEST_CASE("an egg-box picture shows sizes, least words and groups", "[green_picture]") {
  CHECK(picture(all_maps_on_three_points()) == kT3);
  CHECK(picture(testing::catalogue_language("parity")) ==
        "D0: 2 elements = 1 R-class × 1 L-class × 2, rank 2, 1 idempotent, groups of order 2\n   *ε\n");
  // aa = 0 and a is not regular; the letter has a name of two characters, one of two bytes.
  const core::Alphabet alphabet({"aé"});
  CHECK(picture(testing::dfa_from_table(alphabet, {{1}, {2}, {2}}, {1})) ==
        "D0: 1 element = 1 R-class × 1 L-class × 1, rank 3, 1 idempotent, groups of order 1\n"
        "   *ε\n"
        "D1: 1 element = 1 R-class × 1 L-class × 1, rank 2, not regular\n"
        "    aé\n"
        "D2: 1 element = 1 R-class × 1 L-class × 1, rank 1, 1 idempotent, groups of order 1\n"
        "   *aé aé\n");
}

TEST_CASE("an egg-box picture leaves out what is too much", "[green_picture]") {
  CHECK(picture(all_maps_on_three_points(), 2) ==
        "D0: 6 elements = 1 R-class × 1 L-class × 6, rank 3, 1 idempotent, groups of order 6\n"
        "   *ε\n"
        "D1: 18 elements = 3 R-classes × 3 L-classes × 2, rank 2, 6 idempotents, groups of order 2\n"
        "   *c   *ca   …\n"
        "    bc  *bca  …\n"
        "    …\n"
        "… and 1 more D-class\n");
}

TEST_CASE("an egg-box graph has a table a D-class and a line for every direct step down", "[green_picture]") {
  const auto drawn = [](const automata::Dfa& minimal, std::size_t most = 16) {
    const TransitionMonoid monoid(letter_maps(minimal), {});
    return egg_box_dot(GreenRelations(monoid), minimal.alphabet(), most);
  };
  const auto times = [](const std::string& text, const std::string& piece) {
    std::size_t count = 0;
    for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++count;
    return count;
  };
  const std::string t3 = drawn(all_maps_on_three_points());
  CHECK(times(t3, "<table") == 3);
  CHECK(times(t3, "<td bgcolor") == 1 + 6 + 3);
  CHECK(times(t3, " -> ") == 2);
  CHECK(t3.find("d0 -> d1;") != std::string::npos);
  CHECK(t3.find("d0 -> d2;") == std::string::npos);  // goes through d1
  // The empty word, and below it two letters that do not meet before their product, which is zero.
  const core::Alphabet alphabet({"<", "&"});
  const std::string diamond = drawn(testing::dfa_from_table(alphabet, {{0, 2}, {2, 1}, {2, 2}}, {0}));
  CHECK(diamond.find("*&lt;</td>") != std::string::npos);
  CHECK(diamond.find("*&amp;</td>") != std::string::npos);
  CHECK(times(diamond, " -> ") == 4);
  CHECK(drawn(all_maps_on_three_points(), 2).find("<td>…</td>") != std::string::npos);
}

}  // namespace
}  // namespace eigenmata::algebra
