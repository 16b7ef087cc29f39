// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/arithmetic.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>

#include "eigenmata/exact/algebraic.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_rational;

const core::Place kHere{"here"};

/// Contexts that lack something.
struct NoRing {
  using Scalar = int;
  [[nodiscard]] int zero() const { return 0; }
  [[nodiscard]] int one() const { return 1; }
};
struct HashesButNotExact : RationalArithmetic {
  static constexpr bool kExact = false;
};

static_assert(!Arithmetic<int> && !Arithmetic<Rational> && !Arithmetic<NoRing>);
static_assert(Field<HashesButNotExact> && !ExactArithmetic<HashesButNotExact>);
static_assert(!ExactArithmetic<ApproximateRealArithmetic> && !ExactArithmetic<BallArithmetic>);
static_assert(ExactArithmetic<NumberField> && ExactArithmetic<AlgebraicArithmetic>);

NumberField cubic_field() {
  return NumberField(make_polynomial(RationalArithmetic{}, {-1, -1, 0, 1}), 1, 2, "a");  // x³ − x − 1
}

/// Calls visit(context, name) with one context of every kind.
template <class Visit>
void for_each_context(Visit visit) {
  visit(RationalArithmetic{}, "rational");
  visit(ApproximateRealArithmetic{30}, "real, 30 digits");
  visit(ApproximateRealArithmetic{200}, "real, 200 digits");
  visit(BallArithmetic{128}, "ball");
  visit(cubic_field(), "number field");
  visit(AlgebraicArithmetic{}, "algebraic");
}

template <class K>
std::optional<int> sign_of_difference(const K& k, const typename K::Scalar& a, const Rational& b) {
  return k.sign(k.subtract(a, k.from_rational(b)));
}

TEST_CASE("all contexts agree on computations with small integers", "[arithmetic]") {
  for_each_context([](const auto& k, const std::string& name) {
    EIGENMATA_SEEDED(random, 1);
    CAPTURE(name);
    for (int round = 0; round < 60; ++round) {
      // Below 2^90 throughout, so that even 30 digits and 128 bits are exact.
      Rational expected = random.between(-9, 9);
      auto value = k.from_rational(expected);
      for (int step = 0; step < 8; ++step) {
        const Rational operand = random.between(-1000, 1000);
        const auto right = k.from_rational(operand);
        switch (random.below(3)) {
          case 0:
            value = k.add(value, right);
            expected += operand;
            break;
          case 1:
            value = k.subtract(value, right);
            expected -= operand;
            break;
          default:
            value = k.multiply(value, right);
            expected *= operand;
        }
        CAPTURE(expected, k.format(value));
        REQUIRE(k.sign(value) == expected.sign());
        REQUIRE(k.is_zero(value) == expected.is_zero());
        REQUIRE(sign_of_difference(k, value, expected) == 0);
        REQUIRE(sign_of_difference(k, value, expected - 1) == 1);
        REQUIRE(sign_of_difference(k, value, expected + 1) == -1);
      }
    }
  });
}

TEST_CASE("products are added and taken away as by two operations", "[arithmetic]") {
  for_each_context([](const auto& k, const std::string& name) {
    EIGENMATA_SEEDED(random, 9);
    CAPTURE(name);
    for (int round = 0; round < 100; ++round) {
      // Integers, and fractions among them.
      const auto operand = [&] { return k.from_rational(random_rational(random, random.one_in(2) ? 1 : 1'000)); };
      const auto sum = operand();
      const auto a = operand();
      const auto b = operand();
      auto more = sum;
      add_product(k, more, a, b);
      REQUIRE(k.format(more) == k.format(k.add(sum, k.multiply(a, b))));
      auto less = sum;
      subtract_product(k, less, a, b);
      REQUIRE(k.format(less) == k.format(k.subtract(sum, k.multiply(a, b))));
      // A number may be added up with itself.
      auto square = sum;
      add_product(k, square, square, square);
      REQUIRE(k.format(square) == k.format(k.add(sum, k.multiply(sum, sum))));
    }
  });
}

TEST_CASE("zero and one are neutral, and zero is zero", "[arithmetic]") {
  for_each_context([](const auto& k, const std::string& name) {
    CAPTURE(name);
    CHECK(k.is_zero(k.zero()));
    CHECK(k.sign(k.zero()) == 0);
    CHECK_FALSE(k.is_zero(k.one()));
    CHECK(k.sign(k.one()) == 1);
    const auto five = k.from_rational(5);
    CHECK(k.is_zero(k.subtract(k.add(five, k.zero()), five)));
    CHECK(k.is_zero(k.subtract(k.multiply(five, k.one()), five)));
    CHECK(k.is_zero(k.multiply(five, k.zero())));
    CHECK(sign_of_difference(k, k.divide(k.from_rational(15), five), 3) == 0);
  });
}

TEST_CASE("every context refuses to divide by zero", "[arithmetic]") {
  for_each_context([](const auto& k, const std::string& name) {
    CAPTURE(name);
    CHECK_THROWS_AS(k.divide(k.one(), k.zero()), std::domain_error);
    CHECK_THROWS_WITH(k.divide(k.zero(), k.subtract(k.one(), k.one())), "division by zero");
    CHECK_NOTHROW(k.divide(k.zero(), k.one()));
  });
}

template <ExactArithmetic K>
void check_exact(const K& k, std::uint64_t seed) {
  EIGENMATA_SEEDED(random, seed);
  for (int round = 0; round < 200; ++round) {
    const Rational a = random_rational(random, 30);
    const Rational b = random_rational(random, 30);
    const auto x = k.from_rational(a);
    const auto y = k.from_rational(b);
    CAPTURE(a, b);
    REQUIRE(k.equal(x, y) == (a == b));
    REQUIRE(k.equal(k.add(x, y), k.from_rational(a + b)));
    REQUIRE(k.equal(k.multiply(x, y), k.from_rational(a * b)));
    REQUIRE(k.sign(k.subtract(x, y)) == Rational(a - b).sign());
    // The same number by another way has the same hash and the same text.
    const auto again = k.subtract(k.add(x, y), y);
    REQUIRE(k.hash(again) == k.hash(x));
    REQUIRE(k.format(again) == to_string(a));
    REQUIRE(k.equal(k.parse(to_string(a), kHere), x));
    if (b != 0) REQUIRE(k.equal(k.divide(x, y), k.from_rational(a / b)));
  }
  for (const char* text : {"", "4/6", "1/0", "+1", " 1", "-0", "1.5", "nan"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(k.parse(text, kHere), core::Error);
  }
}

TEST_CASE("exact contexts compute, compare, hash, write and read rationals", "[arithmetic]") {
  check_exact(RationalArithmetic{}, 2);
  check_exact(cubic_field(), 3);
  check_exact(AlgebraicArithmetic{}, 4);
}

/// The number as it is, without rounding.
Rational exactly(const Real& x) {
  Rational result;
  mpfr_get_q(result.backend().data(), x.backend().data());
  return result;
}

mpfr_prec_t bits_of(const Real& x) { return mpfr_get_prec(x.backend().data()); }

TEST_CASE("reals are rounded correctly, at the precision of the context", "[arithmetic]") {
  EIGENMATA_SEEDED(random, 5);
  for (const unsigned digits : {1u, 7u, 20u, 30u, 100u}) {
    const ApproximateRealArithmetic k{digits};
    for (int round = 0; round < 300; ++round) {
      // Operands of any precision, short ones too: their sums are often ties.
      const Real a = approximate_real(random_rational(random, 1'000'000), 1 + static_cast<unsigned>(random.below(120)));
      const Real b = approximate_real(random_rational(random, 1'000), 1 + static_cast<unsigned>(random.below(120)));
      CAPTURE(digits, to_string(a), to_string(b));
      REQUIRE(k.add(a, b) == approximate_real(exactly(a) + exactly(b), digits));
      REQUIRE(k.subtract(a, b) == approximate_real(exactly(a) - exactly(b), digits));
      REQUIRE(k.multiply(a, b) == approximate_real(exactly(a) * exactly(b), digits));
      if (!b.is_zero()) REQUIRE(k.divide(a, b) == approximate_real(exactly(a) / exactly(b), digits));
      REQUIRE(bits_of(k.add(a, b)) == bits_of(k.zero()));
      REQUIRE(bits_of(k.multiply(a, b)) == bits_of(k.zero()));
      REQUIRE(k.sign(a) == exactly(a).sign());
    }
    // Temporaries of a smaller precision (Boost's own operators keep it).
    CHECK(bits_of(k.add(approximate_real(1, 1), approximate_real(1, 1))) == bits_of(k.zero()));
  }
}

TEST_CASE("the sign of what is not a number is nothing", "[arithmetic]") {
  const ApproximateRealArithmetic reals;
  const Real nan = parse_approximate_real("0", 30, kHere) / reals.zero();
  CHECK_FALSE(reals.sign(nan).has_value());
  CHECK_FALSE(reals.sign(reals.add(nan, reals.one())).has_value());
  CHECK(reals.sign(Real(-1) / reals.zero()) == -1);
  const AlgebraicArithmetic algebraic;
  CHECK_FALSE(algebraic.sign(square_root(Algebraic(Rational(-1)))).has_value());
  CHECK(algebraic.sign(square_root(Algebraic(Rational(2)))) == 1);
}

TEST_CASE("a ball that may be zero is not zero, and may be divided by", "[arithmetic]") {
  const BallArithmetic k{64};
  const Ball third = k.from_rational(Rational(1, 3));
  const Ball perhaps = k.subtract(third, third);
  CHECK_FALSE(k.is_zero(perhaps));
  CHECK_FALSE(k.sign(perhaps).has_value());
  CHECK_FALSE(k.divide(k.one(), perhaps).is_finite());
  CHECK(k.is_zero(k.multiply(third, k.zero())));
  // The precision is the context's.
  CHECK(third.is_narrower_than(60));
  CHECK_FALSE(BallArithmetic{20}.from_rational(Rational(1, 3)).is_narrower_than(60));
  CHECK_FALSE(BallArithmetic{20}.multiply(third, third).is_narrower_than(60));
}

TEST_CASE("threads with different precisions do not disturb each other", "[arithmetic]") {
  const unsigned before = Real::default_precision();
  const auto wrong = [](unsigned digits) {
    const ApproximateRealArithmetic k{digits};
    const Real third = k.from_rational(Rational(1, 3));
    const Real expected = approximate_real(exactly(third) * exactly(third), digits);
    int count = 0;
    for (int i = 0; i < 100'000; ++i) {
      const Real square = k.multiply(third, third);
      count += bits_of(square) == bits_of(third) && square == expected ? 0 : 1;
    }
    return count;
  };
  int first = 0;
  int second = 0;
  std::thread one([&] { first = wrong(40); });
  std::thread two([&] { second = wrong(100); });
  one.join();
  two.join();
  CHECK(first == 0);
  CHECK(second == 0);
  CHECK(Real::default_precision() == before);
}

}  // namespace
}  // namespace eigenmata::exact
