// SPDX-License-Identifier: Apache-2.0
#include "../../src/compiler/function_space.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "eigenmata/exact/matrix.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Transformation;
using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

/// Rank over ℚ of functions and the constant 1.
std::size_t rank_with_constants(const std::vector<StateFunction>& functions, std::size_t states) {
  Matrix<Rational> m(functions.size() + 1, states, Rational(1));
  for (std::size_t i = 0; i < functions.size(); ++i) {
    for (std::size_t q = 0; q < states; ++q) m(i, q) = functions[i][q];
  }
  return exact::rank(kRationals, m);
}

StateFunction moved(const StateFunction& f, const Transformation& letter) {
  StateFunction result;
  for (const algebra::Point target : letter.images()) result.push_back(f[target]);
  return result;
}

std::vector<Transformation> random_letters(core::Random& random, std::size_t states, std::size_t count) {
  std::vector<Transformation> letters;
  for (std::size_t x = 0; x < count; ++x) letters.push_back(testing::random_map(random, states));
  return letters;
}

StateFunction random_function(core::Random& random, std::size_t states) {
  StateFunction f;
  for (std::size_t q = 0; q < states; ++q) f.push_back(random.one_in(2) ? 0 : random.between(-3, 3));
  return f;
}

/// The seeds and everything that words make of them, as long as that is new over ℚ.
std::size_t dimension_by_closure(const std::vector<Transformation>& letters, const std::vector<StateFunction>& seeds) {
  const std::size_t states = letters[0].degree();
  std::vector<StateFunction> all;
  std::vector<StateFunction> queue = seeds;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    auto more = all;
    more.push_back(queue[at]);
    if (rank_with_constants(more, states) == rank_with_constants(all, states)) continue;
    all = more;
    for (const Transformation& letter : letters) queue.push_back(moved(queue[at], letter));
  }
  return rank_with_constants(all, states) - 1;
}

TEST_CASE("the space that seeds generate is the least invariant one that has them", "[function_space]") {
  EIGENMATA_SEEDED(random, 221);
  for (int round = 0; round < 200; ++round) {
    const std::size_t states = 1 + random.below(8);
    const auto letters = random_letters(random, states, 1 + random.below(3));
    std::vector<StateFunction> seeds;
    for (std::size_t i = 1 + random.below(2); i > 0; --i) seeds.push_back(random_function(random, states));
    CAPTURE(round, states);
    const std::size_t expected = dimension_by_closure(letters, seeds);
    const auto space = spin(letters, seeds, states);
    REQUIRE(space.has_value());
    REQUIRE(space->dimension() == expected);
    // Independent together with the constants, and closed, over ℚ.
    REQUIRE(rank_with_constants(space->basis, states) == expected + 1);
    auto more = space->basis;
    more.insert(more.end(), seeds.begin(), seeds.end());
    for (const auto& f : space->basis) {
      for (const auto& letter : letters) more.push_back(moved(f, letter));
    }
    REQUIRE(rank_with_constants(more, states) == expected + 1);
    if (expected > 0) REQUIRE_FALSE(spin(letters, seeds, expected - 1).has_value());
    REQUIRE(spin(letters, seeds, expected).has_value());
  }
}

TEST_CASE("constant functions generate nothing", "[function_space]") {
  const std::vector<Transformation> letters{Transformation({1, 2, 0})};
  CHECK(spin(letters, {{5, 5, 5}}, 0)->dimension() == 0);
  CHECK(spin(letters, {}, 0)->dimension() == 0);
}

TEST_CASE("values near the prime's size and negative ones are residues of the right class", "[function_space]") {
  // f and f − (2^61 − 1) are the same modulo the prime, so the second adds nothing beyond the constants; both
  // are right over ℚ as well.
  const std::int64_t prime = (std::int64_t{1} << 61) - 1;
  const std::vector<Transformation> identity{Transformation::identity(3)};
  CHECK(spin(identity, {{0, 1, 2}, {-prime, 1 - prime, 2 - prime}}, 3)->dimension() == 1);
  CHECK(spin(identity, {{0, 1, 2}, {0, -1, -2}}, 3)->dimension() == 1);
  CHECK(spin(identity, {{0, 1, 2}, {0, 1, 3}}, 3)->dimension() == 2);
  CHECK(spin(identity, {{0, INT64_MAX, -INT64_MAX}, {0, 1, -1}}, 3)->dimension() == 1);
}

TEST_CASE("states are in one class iff no function tells them apart", "[function_space]") {
  EIGENMATA_SEEDED(random, 222);
  for (int round = 0; round < 200; ++round) {
    const std::size_t states = 1 + random.below(8);
    std::vector<StateFunction> functions;
    for (std::size_t i = random.below(3); i > 0; --i) {
      StateFunction f;
      for (std::size_t q = 0; q < states; ++q) f.push_back(random.between(0, 1));
      functions.push_back(f);
    }
    const auto found = classes(functions, states);
    REQUIRE(found.size() == states);
    for (std::size_t p = 0; p < states; ++p) {
      for (std::size_t q = 0; q < states; ++q) {
        bool same = true;
        for (const auto& f : functions) same = same && f[p] == f[q];
        REQUIRE((found[p] == found[q]) == same);
      }
    }
    REQUIRE(class_count(found) == std::set<std::uint32_t>(found.begin(), found.end()).size());
  }
  CHECK(class_count({}) == 0);
}

}  // namespace
}  // namespace eigenmata::compiler
