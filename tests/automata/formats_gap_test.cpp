// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/formats.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/error.hpp"

namespace eigenmata::automata {
namespace {

Dfa read(const std::string& text, const std::optional<Alphabet>& alphabet = std::nullopt) {
  return read_gap({"f.gap", text}, alphabet);
}

std::string refusal(const std::string& text) {
  try {
    (void)read(text);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "accepted";
}

std::vector<std::size_t> images_under(const Dfa& dfa, std::size_t letter) {
  std::vector<std::size_t> images;
  for (std::size_t q = 0; q < dfa.states(); ++q) images.push_back(index(dfa.step(state(q), core::symbol(letter))) + 1);
  return images;
}

TEST_CASE("a list is read as GAP 4.12 prints it in a session, broken into lines", "[formats][gap]") {
  // Printed by GAP for [Transformation([2,3,1]), Transformation([1,1,3]), Transformation([1,2,3]), the cycle
  // of 40 points, the constant map of 40 points]: fixed points at the end are left out.
  const Dfa dfa = read(R"(# initial 1 accepting 3,40
[ Transformation( [ 2, 3, 1 ] ), Transformation( [ 1, 1 ] ), 
  IdentityTransformation, Transformation( [ 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
      12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
      30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 1 ] ), 
  Transformation( [ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 ] ) ]
)");
  REQUIRE(dfa.states() == 40);
  CHECK(dfa.alphabet().names() == std::vector<std::string>{"a", "b", "c", "d", "e"});
  CHECK(dfa.initial() == state(0));
  for (std::size_t q = 0; q < 40; ++q) {
    CHECK(dfa.is_accepting(state(q)) == (q == 2 || q == 39));
    CHECK(images_under(dfa, 0)[q] == (q < 3 ? (q + 1) % 3 + 1 : q + 1));
    CHECK(images_under(dfa, 1)[q] == (q == 1 ? 1 : q + 1));
    CHECK(images_under(dfa, 2)[q] == q + 1);
    CHECK(images_under(dfa, 3)[q] == (q + 1) % 40 + 1);
    CHECK(images_under(dfa, 4)[q] == 1);
  }
}

TEST_CASE("assignments, semicolons, comments and blanks are as one types them", "[formats][gap]") {
  for (const char* text :
       {"# initial 2 accepting 1\n[Transformation([2,1])]", "l := [Transformation([2,1])];\n# initial 2 accepting 1\n",
        "#initial 2 accepting 1\r\n  my_list:=[ # the only letter\n Transformation ( [ 2 ,\n1 ] )\n]\n;\n",
        "# about [lists] and := in comments\n# initial 2 accepting 1\n[Transformation([2,1])]"}) {
    CAPTURE(text);
    const Dfa dfa = read(text);
    CHECK(images_under(dfa, 0) == std::vector<std::size_t>{2, 1});
    CHECK(dfa.initial() == state(1));
    CHECK(dfa.accepting() == std::vector<bool>{true, false});
  }
}

TEST_CASE("points that only the comment mentions are fixed by every letter", "[formats][gap]") {
  const Dfa dfa = read("# initial 5 accepting 3,4\n[Transformation([2,1]),IdentityTransformation]");
  CHECK(images_under(dfa, 0) == std::vector<std::size_t>{2, 1, 3, 4, 5});
  CHECK(images_under(dfa, 1) == std::vector<std::size_t>{1, 2, 3, 4, 5});
}

TEST_CASE("letters are a, b, c, … or those that a comment names", "[formats][gap]") {
  const std::string list = "[Transformation([2,2]),Transformation([1,1])]";
  const Dfa plain = read("# initial 1 accepting 2\n" + list);
  CHECK(minimised(plain) == compile_regex(".*a", plain.alphabet(), {}));
  const Dfa named = read("# initial 1 accepting 2\n# letters set reset\n" + list);
  CHECK(named.alphabet().names() == std::vector<std::string>{"set", "reset"});
  // A given alphabet may reorder and add letters; it never renames them.
  const Dfa widened = read("# initial 1 accepting 2\n# letters set reset\n" + list, Alphabet({"reset", "nop", "set"}));
  CHECK(minimised(widened) == compile_regex("(<set>|<reset>)*<set>", Alphabet({"reset", "nop", "set"}), {}));
  CHECK_THROWS_WITH(read("# initial 1 accepting 2\n" + list, Alphabet({"x", "y"})),
                    Catch::Contains("'a' is not a letter"));
}

TEST_CASE("nothing need be accepting", "[formats][gap]") {
  CHECK(read("# initial 1 accepting\n[Transformation([2,1])]").accepting() == std::vector<bool>{false, false});
}

TEST_CASE("mistakes in GAP files are refused at their line and column", "[formats][gap]") {
  const std::string head = "# initial 1 accepting 1\n";
  CHECK(refusal("[Transformation([2,1])]") == "f.gap: no comment line like '# initial 1 accepting 1,3'");
  CHECK(refusal(head) == "f.gap:2:1: expected '[' before the end of the file");
  CHECK(refusal(head + "[]") == "f.gap: an empty list; expected a Transformation a letter");
  CHECK(refusal(head + "[Permutation([2,1])]") == "f.gap:2:2: expected 'Transformation'");
  CHECK(refusal(head + "[(1,2)]") == "f.gap:2:2: expected 'Transformation'");
  CHECK(refusal(head + "[Transformation([2,1])") == "f.gap:2:23: expected ']' before the end of the file");
  CHECK(refusal(head + "[Transformation([2,1]),]") == "f.gap:2:24: expected 'Transformation'");
  CHECK(refusal(head + "[Transformation([2,0])]") == "f.gap:2:20: expected a point, a number from 1");
  CHECK(refusal(head + "[Transformation([2,x])]") == "f.gap:2:20: expected a point, a number from 1");
  CHECK(refusal(head + "[Transformation([2,-1])]") == "f.gap:2:20: expected a point, a number from 1");
  CHECK(refusal(head + "[Transformation([2,])]") == "f.gap:2:20: expected a point, a number from 1");
  CHECK(refusal(head + "[Transformation([99999999999,1])]") == "f.gap:2:18: expected a point, a number from 1");
  CHECK_THAT(refusal(head + "[Transformation([2,3])]"),
             Catch::Contains("f.gap:2:") && Catch::Contains("a transformation of 2 points sends one to 3"));
  CHECK(refusal(head + "[Transformation([1])]; x") == "f.gap:2:24: expected the end of the file");
  CHECK(refusal("# initial 0 accepting 1\n[Transformation([1])]") ==
        "f.gap:1:11: '0' is no point; points are numbers from 1");
  CHECK(refusal("# initial 1 accepting 1,x\n[Transformation([1])]") ==
        "f.gap:1:25: 'x' is no point; points are numbers from 1");
  CHECK(refusal("# initial 1 accepting 1,\n[Transformation([1])]") ==
        "f.gap:1:25: '' is no point; points are numbers from 1");
  CHECK(refusal("  # initial 1\n[Transformation([1])]") ==
        "f.gap:1:3: expected '# initial 1 accepting 1,3', found '# initial 1'");
  CHECK(refusal(head + "# letters a\n[Transformation([1]),Transformation([1])]") ==
        "f.gap: 2 transformations, but 1 letters");
  CHECK_THAT(refusal(head + "# letters a a\n[Transformation([1]),Transformation([1])]"),
             Catch::Contains("f.gap: letter 'a' stands twice"));
  std::string many = "[IdentityTransformation";
  for (int i = 0; i < 26; ++i) many += ",IdentityTransformation";
  CHECK(refusal(head + many + "]") ==
        "f.gap: 27 transformations are more than the letters a to z; add a line '# letters …'");
}

}  // namespace
}  // namespace eigenmata::automata
