// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/transfer_function.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/ssm/fourier.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Rational;

const exact::RationalArithmetic kQ;

TransferFunction<Rational> example() { return {{1, 2}, {Rational(-1, 2), Rational(1, 4)}}; }

TEST_CASE("the worked example has the kernel that was worked out", "[transfer]") {
  const StateSpace<Rational> system = companion(kQ, example());
  CHECK(kernel(kQ, system, 4) == std::vector<Rational>{1, Rational(5, 2), 1, Rational(-1, 8)});
  CHECK(corrected_output(system, 4) == std::vector<Rational>{Rational(64, 91), Rational(184, 91)});
  CHECK(folded_kernel(example(), 4) ==
        std::vector<Rational>{Rational(64, 91), Rational(216, 91), Rational(92, 91), Rational(-8, 91)});
  const auto again = transfer_function(kQ, system);
  CHECK(again.a == example().a);
  CHECK(again.b == example().b);
}

TEST_CASE("a system without states has no kernel", "[transfer]") {
  const TransferFunction<Rational> nothing;
  CHECK(kernel(kQ, nothing, 3) == std::vector<Rational>{0, 0, 0});
  CHECK(kernel(kQ, companion(kQ, nothing), 3) == std::vector<Rational>{0, 0, 0});
  CHECK(folded_kernel(nothing, 2) == std::vector<Rational>{0, 0});
  CHECK(is_stable(nothing));
}

TEST_CASE("what a transform cannot do is refused with the reason", "[transfer]") {
  CHECK_THROWS_WITH(folded_kernel(example(), 2), Catch::Contains("at least 3"));
  CHECK_THROWS_WITH(folded_kernel(example(), 0), Catch::Contains("at least 3"));
  CHECK_THROWS_AS(folded_kernel_by_fft(example(), 2, 64), core::Error);
  CHECK_THROWS_AS(folded_kernel_by_fft(std::vector<double>{1}, std::vector<double>{0.5}, 1), core::Error);
  // (λ + 1)(λ − 1/2): −1 is a root of unity of even orders only.
  const TransferFunction<Rational> alternating{{1, 0}, {Rational(1, 2), Rational(-1, 2)}};
  CHECK_THROWS_WITH(folded_kernel(alternating, 4), Catch::Contains("root of unity of order 4"));
  CHECK_THROWS_AS(corrected_output(companion(kQ, alternating), 4), core::Error);
  CHECK_NOTHROW(folded_kernel(alternating, 5));
  CHECK_THROWS_AS(folded_kernel_by_fft(alternating, 4, 64), core::Error);
  CHECK_THROWS_AS(folded_kernel_by_fft({1, 0}, {0.5, -0.5}, 4), core::Error);
  CHECK_THROWS_AS(folded_kernel_by_fft({1, 0}, {0.5, NAN}, 4), core::Error);
  CHECK_NOTHROW(folded_kernel_by_fft({1, 0}, {0.5, -0.5}, 5));
  // A pole at a root of unity of order 12 that has no exact coefficients: λ² − √3 λ + 1, in doubles.
  CHECK_THROWS_AS(folded_kernel_by_fft({1, 0}, {-std::sqrt(3.0), 1}, 12), core::Error);
}

TEST_CASE("stored coefficients have to be numbers", "[transfer]") {
  CHECK_THROWS_WITH(stored_transfer_function({1, NAN}, {0, 0}), Catch::Contains("b_2 is NaN"));
  CHECK_THROWS_WITH(stored_transfer_function({1, 2}, {INFINITY, 0}), Catch::Contains("a_1 is infinite"));
  CHECK_THROWS_WITH(stored_transfer_function({1, 2}, {0.5}), Catch::Contains("2 and 1"));
  CHECK(stored_transfer_function({0.1}, {0.5}).b[0] != Rational(1, 10));  // the float, not what was meant
}

TEST_CASE("unstable and reducible fractions are refused", "[transfer]") {
  CHECK_NOTHROW(require_sound(example()));
  CHECK_THROWS_WITH(require_sound({{1}, {Rational(-1)}}), Catch::Contains("not stable"));
  CHECK_THROWS_WITH(require_sound({{1}, {Rational(-3, 2)}}), Catch::Contains("1.5"));
  // (λ − 1/2)/((λ − 1/2)(λ − 1/3)).
  CHECK_THROWS_WITH(require_sound({{1, Rational(-1, 2)}, {Rational(-5, 6), Rational(1, 6)}}),
                    Catch::Contains("not minimal"));
  // A pole at 0 that the numerator cancels: λ/λ².
  CHECK_FALSE(is_minimal({{1, 0}, {0, 0}}));
  CHECK(is_minimal({{0, 1}, {0, 0}}));
}

TEST_CASE("both transforms are the sum that they stand for", "[transfer]") {
  core::Random random(7);
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{5}, std::size_t{12}, std::size_t{37}}) {
    std::vector<std::complex<double>> x;
    std::vector<exact::ComplexBall> balls;
    for (std::size_t i = 0; i < n; ++i) {
      x.emplace_back(static_cast<double>(random.between(-9, 9)), static_cast<double>(random.between(-9, 9)));
      balls.emplace_back(exact::Ball(Rational(x[i].real()), 128), exact::Ball(Rational(x[i].imag()), 128));
    }
    const auto transformed = fourier(x);
    const auto enclosed = fourier(balls, 128);
    const exact::ComplexBallArithmetic k{128};
    for (std::size_t l = 0; l < n; ++l) {
      exact::ComplexBall sum;
      for (std::size_t i = 0; i < n; ++i) {
        const Rational turn(-static_cast<std::int64_t>(i * l), static_cast<std::int64_t>(n));
        sum = k.add(sum, k.multiply(balls[i], exact::root_of_unity(turn, 128)));
      }
      CHECK(enclosed[l].overlaps(sum));
      CHECK(std::abs(transformed[l].real() - sum.real().approximate_midpoint()) < 1e-11);
      CHECK(std::abs(transformed[l].imag() - sum.imaginary().approximate_midpoint()) < 1e-11);
    }
    const auto back = inverse_fourier(transformed);
    for (std::size_t i = 0; i < n; ++i) CHECK(std::abs(back[i] - x[i]) < 1e-12);
    // Real numbers: the first half of the same.
    std::vector<double> parts;
    std::vector<std::complex<double>> real;
    for (const auto& z : x) {
      parts.push_back(z.real());
      real.emplace_back(z.real());
    }
    const auto half = real_fourier(parts), whole = fourier(real);
    REQUIRE(half.size() == n / 2 + 1);
    for (std::size_t l = 0; l < half.size(); ++l) CHECK(std::abs(half[l] - whole[l]) < 1e-11);
    const auto real_back = inverse_real_fourier(half, n);
    for (std::size_t i = 0; i < n; ++i) CHECK(std::abs(real_back[i] - parts[i]) < 1e-12);
  }
  CHECK(fourier(std::vector<std::complex<double>>{}).empty());
  CHECK(real_fourier({}).empty());
  CHECK(inverse_real_fourier({}, 0).empty());
}

TEST_CASE("huge coefficients give the kernel of small ones", "[transfer]") {
  const auto small = folded_kernel_by_fft({1, 2}, {-0.5, 0.25}, 8);
  const auto huge = folded_kernel_by_fft({1e200, 2e200}, {-0.5, 0.25}, 8);
  for (std::size_t i = 0; i < small.size(); ++i) CHECK(std::abs(huge[i] / 1e200 - small[i]) < 1e-14);
}

}  // namespace
}  // namespace eigenmata::ssm
