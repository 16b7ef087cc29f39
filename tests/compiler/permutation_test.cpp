// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/permutation.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "eigenmata/algebra/language_properties.hpp"
#include "support/constructions.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using exact::Rational;
using testing::catalogue_language;
using testing::construction_of;
using testing::regex_language;
using testing::require_right;

std::size_t points_of(const PassResult& result) { return construction_of(result).network().layers[0].dimension; }

/// Every factor is a reflection in a difference of two unit vectors.
void require_swaps(const lrnn::RationalNetwork& network) {
  for (const auto& map : network.layers[0].maps) {
    REQUIRE(map.b.is_zero());
    for (const auto& factor : std::get<lrnn::HouseholderProduct<Rational>>(map.a).factors) {
      REQUIRE(factor.beta == 2);
      REQUIRE(factor.v.entries().size() == 2);
      REQUIRE(factor.v.entries()[0].value == -factor.v.entries()[1].value);
    }
  }
}

TEST_CASE("permutation automata take states less cycles reflections a letter", "[permutation]") {
  EIGENMATA_SEEDED(random, 181);
  for (int round = 0; round < 200; ++round) {
    const Dfa minimal =
        automata::minimised(testing::random_permutation_dfa(random, 1 + random.below(9), 1 + random.below(3)));
    CAPTURE(round);
    const PassResult result = compile_permutation(minimal);
    const Construction& construction = construction_of(result);
    require_right(construction, minimal, random);
    require_swaps(construction.network());
    const auto maps = algebra::letter_maps(minimal);
    std::size_t most = 0;
    for (std::size_t x = 0; x < maps.size(); ++x) {
      const std::size_t expected = minimal.states() - maps[x].components();
      REQUIRE(lrnn::factor_count(construction.network().layers[0].maps[x].a) == expected);
      most = std::max(most, expected);
    }
    REQUIRE(to_string(construction.network().claim.value()) == "householder[-1,1]:" + std::to_string(most));
  }
}

TEST_CASE("a letter that does not permute the states is named", "[permutation]") {
  const Dfa language = regex_language("(ab)*");
  for (const PassResult& result : {compile_permutation(language), compile_permuted_points(language, {})}) {
    REQUIRE(std::holds_alternative<Refusal>(result));
    CHECK_THAT(std::get<Refusal>(result).reason, Catch::Contains("letter 'a' does not permute"));
  }
}

TEST_CASE("every group of the catalogue runs on its states as points", "[permutation][slow]") {
  EIGENMATA_SEEDED(random, 182);
  std::size_t groups = 0;
  for (const std::string& name : automata::catalogue_names()) {
    const Dfa minimal = catalogue_language(name);
    if (!algebra::is_group(minimal).is_yes()) continue;
    ++groups;
    CAPTURE(name);
    const PassResult result = compile_permutation(minimal);
    require_right(construction_of(result), minimal, random);
  }
  CHECK(groups >= 25);
}

// Fewer points. The least numbers of points on which these groups act faithfully are well known.

TEST_CASE("word problems run on the least number of points on which the group acts faithfully", "[permutation]") {
  const std::map<std::string, std::size_t> degrees{
      {"s3-word-problem", 3},   {"s4-word-problem", 4},    {"s5-word-problem", 5},     {"a4-word-problem", 4},
      {"a5-word-problem", 5},   {"d4-word-problem", 4},    {"d5-word-problem", 5},     {"z60-word-problem", 12},
      {"f20-word-problem", 5},  {"z2xz4-word-problem", 6}, {"sl-2-3-word-problem", 8}, {"heisenberg-3-word-problem", 9},
      {"a4xz5-word-problem", 9}};
  EIGENMATA_SEEDED(random, 183);
  for (const auto& [name, degree] : degrees) {
    CAPTURE(name);
    const Dfa minimal = catalogue_language(name);
    const PassResult result = compile_permuted_points(minimal, {});
    CHECK(points_of(result) == degree);
    require_right(construction_of(result), minimal, random);
    require_swaps(construction_of(result).network());
    // Codes of integers, all different.
    std::set<std::vector<Rational>> codes;
    for (const auto& point : std::get<certificate::RationalCertificate>(construction_of(result).certificate).points) {
      const auto code = lrnn::coordinates(exact::RationalArithmetic{}, point.vectors[0]);
      for (const Rational& x : code) REQUIRE(testing::is_integer(x));
      codes.insert(code);
    }
    CHECK(codes.size() == minimal.states());
  }
}

TEST_CASE("other seeds find the same degrees", "[permutation]") {
  for (std::uint64_t seed = 2; seed <= 6; ++seed) {
    CAPTURE(seed);
    CHECK(points_of(compile_permuted_points(catalogue_language("a5-word-problem"), {}, seed)) == 5);
    CHECK(points_of(compile_permuted_points(catalogue_language("s5-word-problem"), {}, seed)) == 5);
    CHECK(points_of(compile_permuted_points(catalogue_language("z60-word-problem"), {}, seed)) == 12);
  }
}

TEST_CASE("where no fewer points will do the pass refuses", "[permutation]") {
  // Every faithful action of the quaternion group has an orbit of eight points; cyclic groups of prime power
  // order, and the four-group (two orbits of two), need as many points as they have elements.
  for (const std::string name :
       {"q8-word-problem", "z3-word-problem", "z4-word-problem", "z2xz2-word-problem", "s5-points"}) {
    CAPTURE(name);
    const PassResult result = compile_permuted_points(catalogue_language(name), {});
    REQUIRE(std::holds_alternative<Refusal>(result));
    CHECK_THAT(std::get<Refusal>(result).reason, Catch::Contains("no representation on fewer than"));
  }
}

TEST_CASE("more than 128 states are refused", "[permutation]") {
  std::vector<std::vector<std::size_t>> next;
  for (std::size_t q = 0; q < 129; ++q) next.push_back({(q + 1) % 129});
  const PassResult result = compile_permuted_points(testing::dfa_from_table(testing::small_alphabet(1), next, {0}), {});
  REQUIRE(std::holds_alternative<Refusal>(result));
  CHECK(std::get<Refusal>(result).reason == "more than 128 states");
}

/// The word problem of the group that random permutations generate: an automaton with its elements as states.
Dfa random_word_problem(core::Random& random, std::size_t points, std::size_t letters) {
  std::vector<algebra::Transformation> generators;
  for (std::size_t x = 0; x < letters; ++x) generators.emplace_back(testing::random_permutation(random, points));
  const algebra::TransitionMonoid group(generators, {});
  std::vector<std::vector<std::size_t>> next(group.size());
  for (std::size_t g = 0; g < group.size(); ++g) {
    for (std::size_t x = 0; x < letters; ++x)
      next[g].push_back(index(group.right(algebra::element(g), core::symbol(x))));
  }
  return automata::minimised(testing::dfa_from_table(testing::small_alphabet(letters), next, {0}));
}

TEST_CASE("random word problems run on the points found, and on no more than those that they come from",
          "[permutation]") {
  EIGENMATA_SEEDED(random, 184);
  int found = 0;
  for (int round = 0; round < 60; ++round) {
    const std::size_t points = 2 + random.below(4);
    const Dfa minimal = random_word_problem(random, points, 1 + random.below(3));
    CAPTURE(round, minimal.states());
    const PassResult result = compile_permuted_points(minimal, {}, random.next());
    if (std::holds_alternative<Refusal>(result)) continue;
    ++found;
    REQUIRE(points_of(result) < minimal.states());
    REQUIRE(points_of(result) <= points);
    require_right(construction_of(result), minimal, random);
    require_swaps(construction_of(result).network());
  }
  CHECK(found > 20);
}

TEST_CASE("random permutation automata that are no word problems are run as well, or refused", "[permutation]") {
  EIGENMATA_SEEDED(random, 185);
  for (int round = 0; round < 100; ++round) {
    const Dfa minimal =
        automata::minimised(testing::random_permutation_dfa(random, 2 + random.below(9), 1 + random.below(2)));
    CAPTURE(round);
    const PassResult result = compile_permuted_points(minimal, {}, random.next());
    if (std::holds_alternative<Construction>(result)) require_right(construction_of(result), minimal, random);
  }
}

TEST_CASE("a seed decides the points", "[permutation]") {
  const Dfa language = catalogue_language("s4-word-problem");
  const auto text = [&](std::uint64_t seed) {
    return certificate::write_certificate(construction_of(compile_permuted_points(language, {}, seed)).certificate);
  };
  CHECK(text(7) == text(7));
  CHECK(text(7) != text(8));
}

}  // namespace
}  // namespace eigenmata::compiler
