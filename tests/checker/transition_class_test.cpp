// SPDX-License-Identifier: Apache-2.0
#include "checker/transition_class.hpp"

#include <catch2/catch.hpp>

#include "checker/network.hpp"

namespace eigenmata::checker {
namespace {

TEST_CASE("the spellings of a class", "[checker][class]") {
  const TransitionClass diagonal = parse_class("diagonal[-1/2,3]").value();
  CHECK(diagonal.form == ClaimForm::kDiagonal);
  CHECK(diagonal.low.shown() == "-1/2");
  CHECK(diagonal.high.shown() == "3");
  const TransitionClass householder = parse_class("householder[0,1]:12").value();
  CHECK(householder.form == ClaimForm::kHouseholder);
  CHECK(householder.factors == 12);
  CHECK(parse_class("rank-one:0").value().factors == 0);
  CHECK_FALSE(parse_class("rank-one").value().factors.has_value());
  CHECK_FALSE(parse_class("householder[0,1]").value().factors.has_value());
  CHECK(parse_class("dense").value().form == ClaimForm::kDense);
  for (const char* text :
       {"diagonal[-1/2,3]", "diagonal{-1,0,1/2}", "diagonal{e(1/3),1/2*e(5/7)}", "diagonal-complex", "triangular[0,1]",
        "householder[0,1]:12", "rank-one", "pd", "constant", "constant+diagonal[0,1]", "dense"}) {
    CAPTURE(text);
    CHECK(shown(parse_class(text).value()) == text);
  }
}

TEST_CASE("roots of unity as numbers of cyclotomic fields", "[checker][class]") {
  std::string fault;
  for (const std::uint32_t m : {3U, 4U, 5U, 6U, 9U, 12U, 15U}) {
    const FieldPointer field = NumberField::make_cyclotomic(m, fault);
    REQUIRE(field);
    const Number z = Number::parse("z", field).value();
    // ±z^i are the roots of unity of the field: e(i/m), and e(i/m + 1/2).
    Number power(1);
    for (std::uint32_t i = 0; i < m; ++i, power *= z) {
      for (std::uint32_t q = 1; q <= 2 * m + 1; ++q) {
        for (std::uint32_t p = 0; p < q; ++p) {
          CAPTURE(m, i, p, q);
          REQUIRE(power.is_root_of_unity(p, q) == (p * m == i * q));
          REQUIRE((Number(-1) * power).is_root_of_unity(p, q) == (2 * p * m == (2 * i + m) % (2 * m) * q));
        }
      }
      CHECK_FALSE((power + power).is_root_of_unity(i, m));
    }
  }
}

TEST_CASE("texts that are no classes", "[checker][class]") {
  for (const char* bad : {"",
                          "none",
                          "Dense",
                          "dense ",
                          "dense:1",
                          "diagonal",
                          "diagonal{}",
                          "diagonal{0",
                          "diagonal{0,}",
                          "diagonal{2}",
                          "diagonal{e(1/2)}",
                          "diagonal{e(0)}",
                          "diagonal{e(2/6)}",
                          "diagonal{e(4/3)}",
                          "diagonal{-1*e(1/3)}",
                          "diagonal{1*e(1/3)}",
                          "diagonal{1/2e(1/3)}",
                          "diagonal{e(1/3}",
                          "diagonal{0}:1",
                          "diagonal[0,1]:1",
                          "diagonal(0,1)",
                          "diagonal[0,1",
                          "diagonal[0;1]",
                          "diagonal[0,1]x",
                          "diagonal[1,0]",
                          "diagonal[0,2/2]",
                          "diagonal[,1]",
                          "diagonal[0,]",
                          "diagonal[]",
                          "diagonal[0,1,2]",
                          "diagonal]0,1[",
                          "diagonal,]",
                          "householder[0,1]:",
                          "householder[0,1]:01",
                          "householder[0,1]:-1",
                          "householder:1",
                          "rank-one:",
                          "rank-one:x",
                          "rank-one[0,1]:1",
                          "rank_one:1",
                          "triangular",
                          "triangular[0,1]:1",
                          "pd:1",
                          "constant[0,1]",
                          "constant+diagonal[-1,1]",
                          "constant+diagonal",
                          "rank-one:99999999999",
                          "mamba9",
                          "mamba:2",
                          "mamba[0,1]:2",
                          "deltaproduct",
                          "deltaproduct:k",
                          "deltaproduct:0",
                          "deltaproduct:01",
                          "deltaproduct[-1,1]:3",
                          "deltaproduct:3[0,1]x",
                          "slice:1"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_class(bad));
  }
}

std::string fault_of(const Map& map, std::uint32_t dimension, const char* claim) {
  Layer layer;
  layer.dimension = dimension;
  layer.maps = {map};
  const std::optional<ClassFault> fault = fault_of_class(layer, parse_class(claim).value());
  return fault ? std::to_string(fault->line) + ": " + fault->reason : "";
}

TEST_CASE("diagonal entries within bounds, those left out included", "[checker][class]") {
  Map map;
  map.line = 5;
  map.diagonal_line = 6;
  map.diagonal = {{0, Rational(1)}, {1, Rational(-1)}};
  CHECK(fault_of(map, 2, "diagonal[-1,1]").empty());
  CHECK(fault_of(map, 2, "diagonal[0,1]") == "6: the diagonal entry -1 at coordinate 1 is outside [0,1]");
  map.diagonal.pop_back();
  CHECK(fault_of(map, 1, "diagonal[1,1]").empty());
  CHECK(fault_of(map, 2, "diagonal[1,1]") == "6: a diagonal entry is 0, outside [1,1]");
  CHECK_FALSE(fault_of(map, 1, "householder[-1,1]:1").empty());
  CHECK_FALSE(fault_of(map, 1, "rank-one:1").empty());
  CHECK(fault_of(map, 1, "dense").empty());
}

TEST_CASE("factors: how many, and where their eigenvalues lie", "[checker][class]") {
  Map map;
  map.form = MatrixForm::kHouseholder;
  map.line = 5;
  map.factors.resize(2);
  map.factors[0].beta = Rational(2);
  map.factors[1].beta = Rational::parse("1/2").value();
  map.factors[0].line = 6;
  map.factors[1].line = 7;
  CHECK(fault_of(map, 1, "householder[-1,1]:2").empty());
  CHECK(fault_of(map, 1, "householder[-1,1]:1") == "5: 2 factors, where the class allows 1");
  CHECK(fault_of(map, 1, "householder[0,1]:2") == "6: the eigenvalue 1 − β = -1 is outside [0,1]");
  CHECK(fault_of(map, 1, "householder[-1,0]:2") == "7: the eigenvalue 1 − β = 1/2 is outside [-1,0]");
  CHECK_FALSE(fault_of(map, 1, "rank-one:2").empty());
  map.form = MatrixForm::kRankOne;
  CHECK(fault_of(map, 1, "rank-one:2").empty());
  CHECK_FALSE(fault_of(map, 1, "rank-one:1").empty());
  map.form = MatrixForm::kDense;
  CHECK(fault_of(map, 1, "dense").empty());
  CHECK_FALSE(fault_of(map, 1, "rank-one:9").empty());
}

TEST_CASE("matrices by their entries: triangular, and single entries", "[checker][class]") {
  const auto half = Rational::parse("1/2").value();
  Map map;
  map.form = MatrixForm::kDense;
  map.line = 5;
  map.rows = {{{0, half}}, {{0, Rational(7)}, {1, Rational(1)}}};
  CHECK(fault_of(map, 2, "triangular[0,1]").empty());
  CHECK(fault_of(map, 2, "triangular[1,1]") == "5: the diagonal entry of row 0 is outside [1,1]");
  CHECK(fault_of(map, 2, "pd") == "5: column 0 has two entries");
  CHECK_FALSE(fault_of(map, 2, "diagonal[0,1]").empty());
  map.rows = {{{1, half}}, {{0, Rational(1)}}};
  CHECK(fault_of(map, 2, "triangular[0,1]") == "5: the entry 1/2 in row 0, column 1 is above the diagonal");
  CHECK(fault_of(map, 2, "pd").empty());
  map.rows = {{}, {{0, Rational(-2)}}};
  CHECK(fault_of(map, 2, "triangular[0,1]").empty());
  CHECK(fault_of(map, 2, "triangular[1,1]") == "5: the diagonal entry of row 0 is outside [1,1]");
  CHECK(fault_of(map, 2, "pd") == "5: the entry -2 in row 1, column 0 has modulus above 1");
  map.form = MatrixForm::kRankOne;
  CHECK_FALSE(fault_of(map, 2, "triangular[0,1]").empty());
  CHECK_FALSE(fault_of(map, 2, "pd").empty());
  map.form = MatrixForm::kDiagonal;
  map.diagonal = {{0, Rational(-1)}};
  CHECK(fault_of(map, 2, "pd").empty());
  CHECK(fault_of(map, 2, "triangular[-1,1]").empty());
  CHECK_FALSE(fault_of(map, 2, "triangular[0,1]").empty());
}

TEST_CASE("one matrix for all symbols of a layer, and layers of either kind", "[checker][class]") {
  Layer layer;
  layer.dimension = 2;
  layer.maps.resize(2);
  layer.maps[0].diagonal = layer.maps[1].diagonal = {{0, Rational(-1)}, {1, Rational(1)}};
  layer.maps[1].diagonal_line = 9;
  const auto fault = [&](const char* claim) { return fault_of_class(layer, parse_class(claim).value()); };
  CHECK_FALSE(fault("constant"));
  CHECK_FALSE(fault("constant+diagonal[0,1]"));
  layer.maps[1].diagonal[0].value = Rational(1);
  REQUIRE(fault("constant"));
  CHECK(fault("constant")->symbol == 1);
  CHECK(fault("constant")->line == 9);
  REQUIRE(fault("constant+diagonal[0,1]"));  // −1 for the first symbol
  CHECK(fault("constant+diagonal[0,1]")->symbol == 0);
  layer.maps[0].diagonal.erase(layer.maps[0].diagonal.begin());
  CHECK(fault("constant"));
  CHECK_FALSE(fault("constant+diagonal[0,1]"));
  layer.maps[1].diagonal[0].value = Rational(2);
  CHECK(fault("constant+diagonal[0,1]"));
}

}  // namespace
}  // namespace eigenmata::checker
