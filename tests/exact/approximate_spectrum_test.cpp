// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/approximate_spectrum.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "eigenmata/exact/algebraic.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_matrix;

const RationalArithmetic kRationals;

Rational exactly(const Real& x) {
  Rational result;
  mpfr_get_q(result.backend().data(), x.backend().data());
  return result;
}

Rational power_of_ten(long exponent) {
  const Integer power = pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
}

/// |x − number| < tolerance, proved by balls.
bool is_near(const Real& x, const Ball& number, const Rational& tolerance) {
  const Ball difference = subtract(Ball(exactly(x), 2000), number, 2000);
  return subtract(difference, Ball(tolerance, 2000), 2000).sign() == -1 &&
         add(difference, Ball(tolerance, 2000), 2000).sign() == 1;
}

/// Each approximate eigenvalue has an exact one of its own within the tolerance.
bool match(const std::vector<std::pair<Real, Real>>& approximate, const std::vector<Algebraic>& exact,
           const Rational& tolerance) {
  if (approximate.size() != exact.size()) return false;
  std::vector<bool> taken(exact.size(), false);
  for (const auto& [re, im] : approximate) {
    std::size_t i = 0;
    for (; i < exact.size(); ++i) {
      const auto [exact_re, exact_im] = exact[i].enclosure(1500);
      if (!taken[i] && is_near(re, exact_re, tolerance) && is_near(im, exact_im, tolerance)) break;
    }
    if (i == exact.size()) return false;
    taken[i] = true;
  }
  return true;
}

/// The matrix with this characteristic polynomial (monic): ones below the diagonal, −coefficients in the last column.
Matrix<Rational> companion(const Polynomial<Rational>& p) {
  const std::size_t n = p.degree();
  Matrix<Rational> a(n, n, Rational(0));
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) a(i, i - 1) = 1;
    a(i, n - 1) = -p.coefficients[i];
  }
  return a;
}

Matrix<Rational> cycle(std::size_t n) {
  Matrix<Rational> a(n, n, Rational(0));
  for (std::size_t i = 0; i < n; ++i) a((i + 1) % n, i) = 1;
  return a;
}

TEST_CASE("companion matrices have the roots of their polynomials", "[approximate_spectrum]") {
  for (const char* text : {"x^2-2", "x^2+1", "x^3-x-1", "x^4-10*x^2+1", "x^5-x-1", "x^6-7/3*x^3+1/2*x-5",
                           "x^8-40*x^6+352*x^4-960*x^2+576"}) {
    const Polynomial<Rational> p = parse_polynomial(text, "x", {"test"});
    for (const unsigned digits : {15u, 30u, 200u}) {
      CAPTURE(text, digits);
      const auto found = approximate_eigenvalues(companion(p), digits);
      CHECK(match(found, roots(p), power_of_ten(5 - static_cast<long>(digits))));
      CHECK_FALSE(match(found, roots(parse_polynomial("x^2-3", "x", {"test"})), Rational(1, 10)));
    }
  }
}

TEST_CASE("a permutation has roots of unity", "[approximate_spectrum]") {
  for (const std::size_t n : {1u, 2u, 3u, 4u, 5u, 8u, 12u}) {
    std::vector<Algebraic> exact;
    for (std::size_t p = 0; p < n; ++p) exact.push_back(root_of_unity(p, n));
    CAPTURE(n);
    CHECK(match(approximate_eigenvalues(cycle(n), 40), exact, power_of_ten(-35)));
  }
}

TEST_CASE("a rotation turns by its angle", "[approximate_spectrum]") {
  // By the Pythagorean triple 20, 21, 29.
  const Rational c(20, 29);
  const Rational s(21, 29);
  const auto found = approximate_eigenvalues(Matrix<Rational>(2, 2, std::vector<Rational>{c, -s, s, c}));
  const Algebraic i = square_root(Algebraic(Rational(-1)));
  const Algebraic turn = Algebraic(c) + Algebraic(s) * i;
  CHECK(match(found, {turn, turn.conjugate()}, power_of_ten(-27)));
  CHECK_FALSE(match(found, {turn, turn}, power_of_ten(-27)));
  CHECK_FALSE(match(found, {turn, i}, power_of_ten(-27)));
}

TEST_CASE("random matrices have the roots of their characteristic polynomials", "[approximate_spectrum]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 12; ++round) {
    const std::size_t n = 1 + random.below(6);
    const Matrix<Rational> a = random_matrix(random, n, n, 9);
    const Polynomial<Rational> p = characteristic_polynomial(kRationals, a);
    CAPTURE(n, a.entries(), to_string(p));
    // A root of multiplicity m is found to a digits/m-th part only; 160/6 is still plenty.
    REQUIRE(match(approximate_eigenvalues(a, 160), roots(p), power_of_ten(-20)));
  }
}

TEST_CASE("multiplicities count, also for a Jordan block", "[approximate_spectrum]") {
  Matrix<Rational> block(3, 3, Rational(0));
  for (std::size_t i = 0; i < 3; ++i) block(i, i) = Rational(1, 3);
  block(0, 1) = block(1, 2) = 1;
  CHECK(match(approximate_eigenvalues(block, 60), std::vector<Algebraic>(3, Algebraic(Rational(1, 3))),
              power_of_ten(-15)));
  CHECK(match(approximate_eigenvalues(Matrix<Rational>(4, 4, Rational(0)), 30), std::vector<Algebraic>(4),
              power_of_ten(-28)));
}

TEST_CASE("matrices of size 0 and 1", "[approximate_spectrum]") {
  CHECK(approximate_eigenvalues(Matrix<Rational>(0, 0, Rational(0))).empty());
  const auto one = approximate_eigenvalues(Matrix<Rational>(1, 1, Rational(-7, 3)), 50);
  REQUIRE(one.size() == 1);
  CHECK(one[0].first == approximate_real(Rational(-7, 3), 50));
  CHECK(one[0].second.is_zero());
}

TEST_CASE("the results have the precision asked for, and the process keeps its own", "[approximate_spectrum]") {
  const unsigned before = Real::default_precision();
  for (const unsigned digits : {15u, 19u, 20u, 64u, 300u}) {
    CAPTURE(digits);
    for (const auto& [re, im] : approximate_eigenvalues(cycle(5), digits)) {
      CHECK(re.precision() == digits);
      CHECK(im.precision() == digits);
    }
    CHECK(Real::default_precision() == before);
  }
}

TEST_CASE("calls from several threads do not mix their precisions", "[approximate_spectrum]") {
  std::vector<std::thread> threads;
  std::vector<Algebraic> exact;
  for (std::size_t p = 0; p < 5; ++p) exact.push_back(root_of_unity(p, 5));
  std::vector<std::vector<std::pair<Real, Real>>> found(4);
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&found, t] {
      for (int i = 0; i < 5; ++i) found[t] = approximate_eigenvalues(cycle(5), static_cast<unsigned>(20 + 30 * t));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t t = 0; t < 4; ++t) {
    CAPTURE(t);
    CHECK(match(found[t], exact, power_of_ten(-15 - 30 * static_cast<long>(t))));
  }
}

}  // namespace
}  // namespace eigenmata::exact
