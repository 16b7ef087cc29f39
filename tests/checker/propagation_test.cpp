// SPDX-License-Identifier: Apache-2.0
//
// The jumps from factor to factor against plain matrix arithmetic in GMP rationals.
#include "checker/propagation.hpp"

#include <catch2/catch.hpp>

#include "map_generator.hpp"
#include "simulation.hpp"

namespace eigenmata::checker {
namespace {

/// A h + B by the definitions, coordinate by coordinate.
Column apply_plainly(const Map& map, Column h) {
  const std::size_t n = h.size();
  if (map.form == MatrixForm::kDiagonal) {
    const Column d = dense(map.diagonal, n);
    for (std::size_t i = 0; i < n; ++i) h[i] *= d[i];
  } else if (map.form == MatrixForm::kDense) {
    Column result;
    for (const SparseVector& row : map.rows) result.push_back(product(dense(row, n), h));
    h = result;
  }
  for (const Factor& factor : map.factors) {
    const Column v = dense(factor.v, n);
    const bool householder = map.form == MatrixForm::kHouseholder;
    const Column u = householder ? v : dense(factor.u, n);
    mpq_class amount = product(v, h);
    if (householder) amount *= factor.beta.value() / product(v, v);
    for (std::size_t i = 0; i < n; ++i) h[i] -= amount * u[i];
  }
  const Column b = dense(map.offset, n);
  for (std::size_t i = 0; i < n; ++i) h[i] += b[i];
  return h;
}

TEST_CASE("states move as the matrices say", "[checker][propagation]") {
  Workspace state;
  Workspace scratch;  // both are used again and again, as the checker does
  for (unsigned seed = 0; seed < 6000; ++seed) {
    MapGenerator generator(seed);
    const auto dimension = static_cast<std::uint32_t>(1 + generator.below(9));
    const Map map = generator.map(dimension);
    const PreparedMap prepared(map);
    for (int round = 0; round < 3; ++round) {
      const SparseVector h = generator.vector(dimension, 1 + generator.below(5));
      const Column expected = apply_plainly(map, dense(h, dimension));
      state.load(h);
      prepared.apply(state, scratch);
      CAPTURE(seed, shown(h));
      const SparseVector result = state.vector();
      REQUIRE(dense(result, dimension) == expected);
      REQUIRE(state.equals(result));
      SparseVector other = result;
      if (other.empty()) {
        other.push_back({0, Rational(1)});
      } else {
        other.back().value += other.back().value;
      }
      REQUIRE_FALSE(state.equals(other));
      other = result;
      other.push_back({dimension, Rational(1)});
      REQUIRE_FALSE(state.equals(other));
      if (!result.empty()) {
        other = result;
        other.pop_back();
        REQUIRE_FALSE(state.equals(other));
      }
    }
  }
}

TEST_CASE("products of sparse vectors, however long one of them is", "[checker][propagation]") {
  MapGenerator generator(1);
  for (int round = 0; round < 500; ++round) {
    const SparseVector a = generator.vector(400, 1 + generator.below(3));
    const SparseVector b = generator.vector(400, 1 + generator.below(300));
    const mpq_class expected = product(dense(a, 400), dense(b, 400));
    REQUIRE(dot(a, b).value() == expected);
    REQUIRE(dot(b, a).value() == expected);
  }
}

TEST_CASE("only the factors that are touched cost anything", "[checker][propagation]") {
  // 200,000 copies of x to x + 200,001; a one-hot state meets one of them.
  Map map;
  map.form = MatrixForm::kRankOne;
  constexpr std::uint32_t kCount = 200'000;
  for (std::uint32_t x = 0; x < kCount; ++x) {
    Factor factor;
    factor.u = {{x, Rational(1)}, {x + kCount + 1, Rational(-1)}};
    factor.v = {{x, Rational(1)}};
    map.factors.push_back(factor);
  }
  const PreparedMap prepared(map);
  Workspace state;
  Workspace scratch;
  for (std::uint32_t x = 0; x < kCount; ++x) {
    state.load(SparseVector{{x, Rational(1)}});
    prepared.apply(state, scratch);
    if (!state.equals(SparseVector{{x + kCount + 1, Rational(1)}})) FAIL("wrong at " << x);
  }
  SUCCEED();
}

}  // namespace
}  // namespace eigenmata::checker
