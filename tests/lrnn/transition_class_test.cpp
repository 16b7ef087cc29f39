// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/transition_class.hpp"

#include <catch2/catch.hpp>

#include "support/random_objects.hpp"

namespace eigenmata::lrnn {
namespace {

using Form = TransitionClass::Form;
using exact::Rational;

TransitionClass parsed(const std::string& text) { return parse_transition_class(text, {"class"}); }

TEST_CASE("classes are read as they are written", "[transition_class]") {
  const TransitionClass diagonal = parsed("diagonal[-1/2,1]");
  CHECK(diagonal.form == Form::kDiagonal);
  CHECK(diagonal.low == Rational(-1, 2));
  CHECK(diagonal.high == 1);

  const TransitionClass householder = parsed("householder[0,1]:2");
  CHECK(householder.form == Form::kHouseholder);
  CHECK(householder.low == 0);
  CHECK(householder.high == 1);
  CHECK(householder.factors == std::size_t{2});

  CHECK_FALSE(parsed("householder[-1,1]").factors.has_value());
  CHECK(parsed("rank-one").form == Form::kRankOne);
  CHECK(parsed("rank-one:0").factors == std::size_t{0});
  CHECK(parsed("dense").form == Form::kDense);
  CHECK(
      parsed("diagonal{-1/2,0,e(1/3),1/4*e(3/4)}").points ==
      std::vector<SpectrumPoint>{{Rational(-1, 2), 0}, {0, 0}, {1, Rational(1, 3)}, {Rational(1, 4), Rational(3, 4)}});
}

TEST_CASE("printing and reading a class are inverse to each other", "[transition_class]") {
  for (const std::string text :
       {"diagonal[-1,1]", "diagonal[0,0]", "diagonal[-63/625,7]", "householder[-1,1]", "householder[0,1]:2",
        "householder[-1,1]:0", "rank-one", "rank-one:3", "rank-one:4294967295", "dense", "triangular[0,1]",
        "diagonal{0}", "diagonal{-1,1,1/2}", "diagonal{e(1/3),0,1/2*e(5/7)}", "triangular[-1/3,2]", "pd", "constant",
        "constant+diagonal[0,1]"}) {
    CHECK(to_string(parsed(text)) == text);
  }
  EIGENMATA_SEEDED(random, 51);
  for (int round = 0; round < 300; ++round) {
    TransitionClass c;
    c.form = static_cast<Form>(random.below(4));
    const bool has_interval = c.form == Form::kDiagonal || c.form == Form::kHouseholder;
    if (has_interval) {
      c.low = testing::random_rational(random, 5);
      c.high = c.low + Rational(random.between(0, 9), random.between(1, 9));
    }
    if ((c.form == Form::kHouseholder || c.form == Form::kRankOne) && random.one_in(2)) c.factors = random.below(100);
    CAPTURE(to_string(c));
    REQUIRE(parsed(to_string(c)) == c);
  }
}

TEST_CASE("what is no class is refused with its place", "[transition_class]") {
  for (const std::string text : {"",
                                 "Dense",
                                 "dense ",
                                 "diagonal",
                                 "diagonal{}",
                                 "diagonal{0",
                                 "diagonal{0,}",
                                 "diagonal{2}",
                                 "diagonal{e(1/2)}",
                                 "diagonal{e(1)}",
                                 "diagonal{e(4/3)}",
                                 "diagonal{-1*e(1/3)}",
                                 "diagonal{1*e(1/3)}",
                                 "diagonal{1/2e(1/3)}",
                                 "diagonal{0}:1",
                                 "diagonal[",
                                 "diagonal[]",
                                 "diagonal[1]",
                                 "diagonal[0,1",
                                 "diagonal[0,1]:2",
                                 "diagonal[0,1]x",
                                 "diagonal[1/0,1]",
                                 "diagonal[2/4,1]",
                                 "diagonal[0.5,1]",
                                 "diagonal[ 0,1]",
                                 "diagonal[0,1,2]",
                                 "householder",
                                 "householder:2",
                                 "householder[0,1]:",
                                 "householder[0,1]:-1",
                                 "householder[0,1]:2x",
                                 "householder[0,1]:4294967296",
                                 "rank-one:",
                                 "rank-one:01",
                                 "rank-one[0,1]",
                                 "rank-onE",
                                 "triangular",
                                 "triangular[0,1]:2",
                                 "pd:1",
                                 "constant[0,1]",
                                 "constant+diagonal[-1,1]",
                                 "mamba9",
                                 "mamba:2",
                                 "deltaproduct[-1,1]",
                                 "deltaproduct[-1,1]:3",
                                 "householder[0]1,2]"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_transition_class(text, {"file", 3, 7}), core::Error);
    CHECK_THROWS_WITH(parse_transition_class(text, {"file", 3, 7}), Catch::StartsWith("file:3:7: "));
  }
  CHECK_THROWS_WITH(parsed("diagonal[1,0]"), Catch::Contains("[1,0] is empty"));
  CHECK_THROWS_WITH(parsed("nothing"), Catch::Contains("'nothing'") && Catch::Contains("householder[a,b]:k"));
}

}  // namespace
}  // namespace eigenmata::lrnn
