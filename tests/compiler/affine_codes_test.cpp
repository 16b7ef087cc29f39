// SPDX-License-Identifier: Apache-2.0
#include "../../src/compiler/affine_codes.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/exact/lattice.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Transformation;
using exact::Integer;
using exact::Matrix;
using exact::Rational;

/// c(q·x) = A(x) c(q) + B(x) for all states and letters.
void require_codes(const AffineCodes& codes, const std::vector<Transformation>& letters) {
  const std::size_t n = codes.codes.rows();
  REQUIRE(codes.a.size() == letters.size());
  REQUIRE(codes.b.size() == letters.size());
  for (std::size_t x = 0; x < letters.size(); ++x) {
    for (algebra::Point q = 0; q < letters[x].degree(); ++q) {
      for (std::size_t i = 0; i < n; ++i) {
        Rational value = codes.b[x][i];
        for (std::size_t j = 0; j < n; ++j) value += codes.a[x](i, j) * codes.codes(j, q);
        REQUIRE(value == codes.codes(i, letters[x].image_of(q)));
      }
    }
  }
}

std::vector<Transformation> random_letters(core::Random& random, std::size_t states) {
  std::vector<Transformation> letters;
  for (std::size_t x = 1 + random.below(3); x > 0; --x) {
    letters.push_back(random.one_in(2) ? testing::random_map(random, states)
                                       : Transformation(testing::random_permutation(random, states)));
  }
  return letters;
}

FunctionSpace random_space(core::Random& random, const std::vector<Transformation>& letters) {
  StateFunction seed;
  for (std::size_t q = 0; q < letters[0].degree(); ++q) seed.push_back(random.between(-2, 2));
  return *spin(letters, {seed}, letters[0].degree());
}

TEST_CASE("an invariant space gives affine maps of the codes", "[affine_codes]") {
  EIGENMATA_SEEDED(random, 251);
  for (int round = 0; round < 150; ++round) {
    const auto letters = random_letters(random, 1 + random.below(7));
    const auto space = random_space(random, letters);
    CAPTURE(round);
    const auto codes = affine_maps(values_of(space, letters[0].degree()), letters);
    REQUIRE(codes.has_value());
    require_codes(*codes, letters);
  }
}

TEST_CASE("a space that is not invariant gives none", "[affine_codes]") {
  // One coordinate on a cycle of three: no affine map of it sends 0, 1, 2 to 1, 2, 0.
  const Matrix<Rational> line(1, 3, std::vector<Rational>{0, 1, 2});
  CHECK_FALSE(affine_maps(line, {Transformation({1, 2, 0})}).has_value());
  CHECK(affine_maps(line, {Transformation({2, 1, 0})}).has_value());  // x → 2 − x
  // Dependent rows have no unique map.
  CHECK_FALSE(affine_maps(Matrix<Rational>(2, 3, std::vector<Rational>{0, 1, 2, 1, 2, 3}), {Transformation({2, 1, 0})})
                  .has_value());
}

TEST_CASE("integer codes are integers that generate all integer vectors, from the origin or a fixed point",
          "[affine_codes]") {
  EIGENMATA_SEEDED(random, 252);
  int with_fixed_point = 0;
  int without = 0;
  for (int round = 0; round < 200; ++round) {
    const std::size_t states = 2 + random.below(6);
    const auto letters = random_letters(random, states);
    const auto space = random_space(random, letters);
    if (space.dimension() == 0) continue;
    CAPTURE(round, states);
    const auto codes = integer_codes(space, letters);
    REQUIRE(codes.has_value());
    require_codes(*codes, letters);
    const std::size_t n = space.dimension();
    REQUIRE(codes->codes.rows() == n);
    std::vector<Integer> entries;
    for (std::size_t q = 0; q < states; ++q) {
      for (std::size_t i = 0; i < n; ++i) {
        REQUIRE(denominator(codes->codes(i, q)) == 1);
        entries.push_back(numerator(codes->codes(i, q)));
      }
    }
    bool linear = true;
    for (std::size_t x = 0; x < letters.size(); ++x) {
      for (const Rational& value : codes->a[x].entries()) REQUIRE(denominator(value) == 1);
      for (const Rational& value : codes->b[x]) {
        REQUIRE(denominator(value) == 1);
        linear = linear && value.is_zero();
      }
    }
    // The Hermite form of the codes is the unit matrix.
    const auto basis = exact::lattice_basis(Matrix<Integer>(states, n, entries));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) REQUIRE(basis(i, j) == (i == j ? 1 : 0));
    }
    if (linear) {
      ++with_fixed_point;
    } else {
      ++without;
      // Then the code of state 0 is the origin.
      for (std::size_t i = 0; i < n; ++i) REQUIRE(codes->codes(i, 0).is_zero());
    }
  }
  CHECK(with_fixed_point > 20);
  CHECK(without > 20);
}

TEST_CASE("an affine function with given values is found iff there is one", "[affine_codes]") {
  EIGENMATA_SEEDED(random, 253);
  int found = 0;
  int none = 0;
  for (int round = 0; round < 200; ++round) {
    const std::size_t states = 1 + random.below(6);
    const std::size_t n = random.below(4);
    const auto codes = testing::random_matrix(random, n, states, 2);
    std::vector<Rational> values;
    const bool affine = random.one_in(2);
    std::vector<Rational> w;
    for (std::size_t i = 0; i <= n; ++i) w.emplace_back(random.between(-2, 2));
    for (std::size_t q = 0; q < states; ++q) {
      Rational value = affine ? w[n] : Rational(random.between(0, 1));
      for (std::size_t i = 0; affine && i < n; ++i) value += w[i] * codes(i, q);
      values.push_back(value);
    }
    CAPTURE(round);
    const auto solution = affine_function(codes, values);
    if (affine) REQUIRE(solution.has_value());
    if (!solution) {
      ++none;
      // The values raise the rank of the codes with a row of ones.
      Matrix<Rational> rows(n + 2, states, Rational(1));
      for (std::size_t q = 0; q < states; ++q) {
        for (std::size_t i = 0; i < n; ++i) rows(i, q) = codes(i, q);
        rows(n, q) = values[q];
      }
      Matrix<Rational> without_values(n + 1, states, Rational(1));
      for (std::size_t q = 0; q < states; ++q) {
        for (std::size_t i = 0; i < n; ++i) without_values(i, q) = codes(i, q);
      }
      const exact::RationalArithmetic k;
      REQUIRE(exact::rank(k, rows) == exact::rank(k, without_values) + 1);
      continue;
    }
    ++found;
    REQUIRE(solution->size() == n + 1);
    for (std::size_t q = 0; q < states; ++q) {
      Rational value = solution->back();
      for (std::size_t i = 0; i < n; ++i) value += (*solution)[i] * codes(i, q);
      REQUIRE(value == values[q]);
    }
  }
  CHECK(found > 50);
  CHECK(none > 20);
}

}  // namespace
}  // namespace eigenmata::compiler
