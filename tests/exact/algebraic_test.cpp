// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/algebraic.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <stdexcept>

#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_rational;

const core::Place kHere{"here"};
const AlgebraicArithmetic kAlgebraic;

Algebraic number(const Rational& value) { return Algebraic(value); }
Algebraic root_of(const Rational& value) { return square_root(Algebraic(value)); }
Polynomial<Rational> polynomial(std::string_view text) { return parse_polynomial(text, "x", kHere); }

Algebraic value_at(const Polynomial<Rational>& p, const Algebraic& x) {
  Algebraic value;
  for (std::size_t i = p.coefficients.size(); i-- > 0;) value = value * x + number(p.coefficients[i]);
  return value;
}

/// p + q√d, real or not.
Algebraic random_quadratic(core::Random& random) {
  return number(random_rational(random, 6)) + number(random_rational(random, 6)) * root_of(random.between(-12, 12));
}

Polynomial<Rational> random_polynomial(core::Random& random, std::size_t degree) {
  std::vector<Rational> coefficients;
  for (std::size_t i = 0; i <= degree; ++i) coefficients.emplace_back(random.between(-5, 5));
  if (coefficients.back() == 0) coefficients.back() = 1;
  return {coefficients};
}

TEST_CASE("square roots multiply as they should", "[algebraic]") {
  CHECK(root_of(2) * root_of(2) == number(2));
  CHECK(root_of(2) * root_of(3) == root_of(6));
  CHECK_FALSE(root_of(2) + root_of(3) == root_of(5));
  const Algebraic sum = root_of(2) + root_of(3);
  CHECK(sum * sum == number(5) + number(2) * root_of(6));
  const Algebraic golden = (number(1) + root_of(5)) / number(2);
  CHECK(golden * golden == golden + number(1));
  CHECK(root_of(-1) * root_of(-1) == number(-1));
  CHECK(root_of(-4) == number(2) * root_of(-1));
  // √(3+2√2) = 1 + √2
  CHECK(square_root(number(3) + number(2) * root_of(2)) == number(1) + root_of(2));
  CHECK(root_of(0).is_zero());
  CHECK(root_of(Rational(9, 4)).as_rational() == Rational(3, 2));
}

TEST_CASE("the square root is the principal one", "[algebraic]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 60; ++round) {
    const Algebraic x = random_quadratic(random);
    CAPTURE(to_string(x));
    const Algebraic root = square_root(x);
    REQUIRE(root * root == x);
    REQUIRE(root.sign_of_real_part() >= 0);
    if (root.sign_of_real_part() == 0) REQUIRE(root.sign_of_imaginary_part() >= 0);
  }
}

TEST_CASE("algebraic numbers are a field", "[algebraic]") {
  EIGENMATA_SEEDED(random, 2);
  for (int round = 0; round < 60; ++round) {
    const Algebraic a = random_quadratic(random);
    const Algebraic b = random_quadratic(random);
    const Algebraic c = random_quadratic(random);
    CAPTURE(to_string(a), to_string(b), to_string(c));
    REQUIRE(a + b == b + a);
    REQUIRE(a * b == b * a);
    REQUIRE((a + b) * c == a * c + b * c);
    REQUIRE((a - b) + b == a);
    REQUIRE((a - a).is_zero());
    if (!b.is_zero()) REQUIRE((a / b) * b == a);
    REQUIRE((a + b - b).hash() == a.hash());
    // The same computation in balls.
    const auto [re_a, im_a] = a.enclosure(100);
    const auto [re_b, im_b] = b.enclosure(100);
    const auto sum = (a + b).enclosure(100);
    const auto product = (a * b).enclosure(100);
    REQUIRE(sum.first.overlaps(add(re_a, re_b, 100)));
    REQUIRE(sum.second.overlaps(add(im_a, im_b, 100)));
    REQUIRE(product.first.overlaps(subtract(multiply(re_a, re_b, 100), multiply(im_a, im_b, 100), 100)));
    REQUIRE(product.second.overlaps(add(multiply(re_a, im_b, 100), multiply(im_a, re_b, 100), 100)));
  }
  CHECK_THROWS_AS(number(1) / Algebraic(), std::domain_error);
  CHECK_THROWS_AS(number(1) / (root_of(8) - number(2) * root_of(2)), std::domain_error);
}

TEST_CASE("rationals are recognised", "[algebraic]") {
  CHECK(Algebraic().is_zero());
  CHECK(Algebraic().as_rational() == Rational(0));
  CHECK(number(Rational(-7, 3)).as_rational() == Rational(-7, 3));
  CHECK_FALSE(root_of(2).as_rational().has_value());
  CHECK_FALSE(root_of(-1).as_rational().has_value());
  CHECK((root_of(2) / root_of(8)).as_rational() == Rational(1, 2));
  CHECK(number(2).is_real());
  CHECK(root_of(2).is_real());
  CHECK_FALSE(root_of(-2).is_real());
  CHECK_FALSE((number(1) - root_of(2)).is_zero());
}

TEST_CASE("real and imaginary part, conjugate and modulus fit together", "[algebraic]") {
  const Algebraic i = root_of(-1);
  CHECK((number(3) + number(4) * i).modulus() == number(5));
  CHECK((number(1) - i).modulus() == root_of(2));
  EIGENMATA_SEEDED(random, 3);
  for (int round = 0; round < 60; ++round) {
    const Algebraic x = random_quadratic(random);
    CAPTURE(to_string(x));
    const Algebraic re = x.real_part();
    const Algebraic im = x.imaginary_part();
    REQUIRE(re.is_real());
    REQUIRE(im.is_real());
    REQUIRE(re + im * i == x);
    REQUIRE(x.conjugate() == re - im * i);
    REQUIRE(x.modulus() * x.modulus() == re * re + im * im);
    REQUIRE(x.modulus().sign_of_real_part() == (x.is_zero() ? 0 : 1));
    REQUIRE(x.sign_of_real_part() == re.sign_of_real_part());
    REQUIRE(x.sign_of_imaginary_part() == im.sign_of_real_part());
    REQUIRE(x.is_real() == im.is_zero());
  }
}

TEST_CASE("signs of differences too small for doubles are right", "[algebraic]") {
  // Convergents p/q of √2: p² − 2q² = ±1 alternates, and p/q − √2 has that sign.
  Integer p = 1;
  Integer q = 1;
  for (int step = 1; step < 200; ++step) {
    const Algebraic difference = number(Rational(p, q)) - root_of(2);
    if (difference.sign_of_real_part() != (step % 2 == 1 ? -1 : 1)) FAIL(step);
    const Integer next = p + 2 * q;
    q = p + q;
    p = next;
  }
}

TEST_CASE("roots of unity have their order, and only they are recognised", "[algebraic]") {
  for (std::size_t q = 1; q <= 16; ++q) {
    Algebraic sum;
    for (std::size_t p = 0; p < q; ++p) {
      CAPTURE(p, q);
      const Algebraic root = root_of_unity(p, q);
      sum = sum + root;
      const std::size_t divisor = std::gcd(p, q);
      CHECK(root.as_root_of_unity() == std::make_pair(p / divisor, q / divisor));
      CHECK(root == root_of_unity(p + q, q));
      CHECK(root == root_of_unity(3 * p, 3 * q));
      CHECK(root.modulus() == number(1));
      Algebraic power = number(1);
      std::size_t order = 0;
      do {
        power = power * root;
        ++order;
      } while (!(power == number(1)) && order < 50);
      CHECK(order == q / divisor);
      // exp(2πi p/q) lies above the real axis for 0 < p/q < 1/2 and to the right of the imaginary one below 1/4.
      CHECK(root.sign_of_imaginary_part() == (p == 0 || 2 * p == q ? 0 : (2 * p < q ? 1 : -1)));
      CHECK((root.sign_of_real_part() > 0) == (4 * p < q || 4 * p > 3 * q));
    }
    CHECK(sum == number(q == 1 ? 1 : 0));
  }
  CHECK(root_of_unity(1, 4) == root_of(-1));
  CHECK(root_of_unity(1, 3) == (number(-1) + root_of(-3)) / number(2));
  CHECK(to_string(root_of_unity(1, 5).minimal_polynomial()) == "x^4+x^3+x^2+x+1");
  CHECK(to_string(root_of_unity(5, 12).minimal_polynomial()) == "x^4-x^2+1");
  // (3+4i)/5 has modulus 1 and is none; nor is 0 or 2.
  const Algebraic pythagorean = (number(3) + number(4) * root_of(-1)) / number(5);
  CHECK(pythagorean.modulus() == number(1));
  for (const Algebraic& x : {pythagorean, Algebraic(), number(2), root_of(2)}) CHECK_FALSE(x.as_root_of_unity());
}

TEST_CASE("minimal polynomials are primitive, irreducible and vanish", "[algebraic]") {
  const auto shown = [](const Algebraic& x) { return to_string(x.minimal_polynomial()); };
  CHECK(shown(Algebraic()) == "x");
  CHECK(shown(number(Rational(-3, 2))) == "2*x+3");
  CHECK(shown(root_of(Rational(1, 2))) == "2*x^2-1");
  CHECK(shown(root_of(2) + root_of(3)) == "x^4-10*x^2+1");
  EIGENMATA_SEEDED(random, 4);
  for (int round = 0; round < 60; ++round) {
    const Algebraic x = random_quadratic(random) + root_of(random.between(-3, 3));
    const Polynomial<Rational> p = x.minimal_polynomial();
    CAPTURE(to_string(p));
    Integer content = 0;
    for (const Rational& c : p.coefficients) {
      REQUIRE(denominator(c) == 1);
      content = gcd(content, numerator(c));
    }
    REQUIRE(content == 1);
    REQUIRE(p.coefficients.back() > 0);
    REQUIRE(factors(p).size() == 1);
    REQUIRE(factors(p)[0].second == 1);
    REQUIRE(value_at(p, x).is_zero());
  }
}

TEST_CASE("a polynomial is the product over its roots", "[algebraic]") {
  EIGENMATA_SEEDED(random, 5);
  for (int round = 0; round < 60; ++round) {
    const Polynomial<Rational> p = random_polynomial(random, 1 + random.below(3));
    CAPTURE(to_string(p));
    Polynomial<Algebraic> product{{number(p.coefficients.back())}};
    for (const Algebraic& root : roots(p)) {
      product = multiply(kAlgebraic, product, Polynomial<Algebraic>{{Algebraic() - root, number(1)}});
    }
    REQUIRE(product.coefficients.size() == p.coefficients.size());
    for (std::size_t i = 0; i <= p.degree(); ++i) REQUIRE(product.coefficients[i] == number(p.coefficients[i]));
  }
  for (int round = 0; round < 30; ++round) {
    const Polynomial<Rational> p = random_polynomial(random, 1 + random.below(7));
    CAPTURE(to_string(p));
    const auto all = roots(p);
    REQUIRE(all.size() == p.degree());
    for (const Algebraic& root : all) REQUIRE(value_at(p, root).is_zero());
    REQUIRE(std::is_sorted(all.begin(), all.end(),
                           [](const Algebraic& a, const Algebraic& b) { return before_as_root(a, b); }));
  }
  CHECK(roots(polynomial("5")).empty());
}

TEST_CASE("roots come with multiplicity and in the order of the header", "[algebraic]") {
  const auto shown = [](std::string_view text) {
    std::vector<std::string> result;
    for (const Algebraic& root : roots(polynomial(text))) result.push_back(to_string(root));
    return result;
  };
  using Shown = std::vector<std::string>;
  CHECK(shown("x^3") == Shown{"0", "0", "0"});
  CHECK(shown("4*x^3-8*x^2+5*x-1") == Shown{"1", "1/2", "1/2"});
  CHECK(shown("x^4-1") == Shown{"1", "-1", "sqrt(-1)", "-sqrt(-1)"});
  // (x² − 2x + 2)(x² − 2x + 10)(x² + 1)(x + 3): real parts 1 and 0, and |imaginary part| 1 before 3.
  CHECK(shown("x^7-x^6+5*x^5+23*x^4-48*x^3+84*x^2-52*x+60") ==
        Shown{"-3", "1+sqrt(-1)", "1-sqrt(-1)", "1+3*sqrt(-1)", "1-3*sqrt(-1)", "sqrt(-1)", "-sqrt(-1)"});

  EIGENMATA_SEEDED(random, 6);
  for (int round = 0; round < 100; ++round) {
    // By doubles; equal real parts are those of conjugates.
    const auto all = roots(random_polynomial(random, 2 + random.below(6)));
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      CAPTURE(to_string(all[i]), to_string(all[i + 1]));
      if (all[i] == all[i + 1]) continue;
      REQUIRE(before_as_root(all[i], all[i + 1]));
      REQUIRE_FALSE(before_as_root(all[i + 1], all[i]));
      const double re = all[i].enclosure(60).first.approximate_midpoint();
      const double next = all[i + 1].enclosure(60).first.approximate_midpoint();
      REQUIRE((all[i].is_real() || !all[i + 1].is_real()));
      if (all[i].is_real() && all[i + 1].is_real()) REQUIRE(re > next);
      if (all[i].is_real() || all[i + 1].is_real()) continue;
      REQUIRE(re > next - 1e-12);
      if (all[i].conjugate() == all[i + 1]) REQUIRE(all[i].sign_of_imaginary_part() == 1);
    }
  }
}

TEST_CASE("enclosures contain the number and are as narrow as asked", "[algebraic]") {
  for (const std::size_t bits : {10u, 64u, 500u, 3000u}) {
    CAPTURE(bits);
    const auto [re, im] = root_of(2).enclosure(bits);
    CHECK(multiply(re, re, bits).contains(2));
    CHECK(re.sign() == 1);
    CHECK(re.is_narrower_than(static_cast<long>(bits) - 3));
    CHECK(im.sign() == 0);
    const auto third = number(Rational(1, 3)).enclosure(bits);
    CHECK(third.first.contains(Rational(1, 3)));
    const auto eighth = root_of_unity(1, 8).enclosure(bits);
    CHECK(eighth.first.overlaps(eighth.second));
    CHECK(multiply(eighth.first, eighth.first, bits).contains(Rational(1, 2)));
  }
}

TEST_CASE("a copy is a number of its own", "[algebraic]") {
  Algebraic a = root_of(2);
  const Algebraic copy(a);
  a = number(3);
  CHECK(copy == root_of(2));
  const Algebraic& alias = a;
  a = alias;
  CHECK(a == number(3));
  const Algebraic moved(std::move(a));
  CHECK(moved == number(3));
  a = copy;  // what was moved from can be assigned to
  CHECK(a == root_of(2));
}

}  // namespace
}  // namespace eigenmata::exact
