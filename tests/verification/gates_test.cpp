// SPDX-License-Identifier: Apache-2.0
//
// Gates as Mamba's code computes them, exp(Δ·A) for Δ·A ≤ 0, or 2·exp(Δ·A) − 1 where negative eigenvalues are wanted,
// every operation rounded to bf16: for every Δ·A that bf16 has, does one layer do parity, or hold a bit, for ever?
#include <mpfr.h>

#include <catch2/catch.hpp>
#include <map>

#include "eigenmata/verification/numeric_check.hpp"
#include "support/float_networks.hpp"
#include "support/languages.hpp"

namespace eigenmata::verification {
namespace {

using exact::Rational;
using precision::kBf16;
using precision::SoftFloat;
using testing::one_layer;
using testing::regex_language;
using testing::scalar_map;

/// exp of a bf16 number, rounded once.
SoftFloat::Code exponential(SoftFloat::Code x) {
  const SoftFloat bf16(kBf16);
  mpfr_t y;
  mpfr_init2(y, 53);
  mpfr_set_d(y, bf16.to_double(x), MPFR_RNDN);
  // 53 bits, rounded to odd: toward zero, then the last bit set if that was not exact.
  const int inexact = mpfr_exp(y, y, MPFR_RNDZ);
  double value = mpfr_get_d(y, MPFR_RNDZ);
  mpfr_clear(y);
  if (inexact != 0) value = std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) | 1);
  return bf16.from_double(value);
}

/// The gates that occur, each with the largest Δ·A that gives it.
std::map<double, double> gates(bool negative_too) {
  const SoftFloat bf16(kBf16);
  std::map<double, double> result;
  for (SoftFloat::Code x = kBf16.sign_bit(); x <= (kBf16.sign_bit() | kBf16.largest()); ++x) {
    SoftFloat::Code gate = exponential(x);
    if (negative_too) {
      gate = bf16.subtract(bf16.add(gate, gate), bf16.from_rational(1));
    }
    result.emplace(bf16.to_double(gate), bf16.to_double(x));
  }
  return result;
}

NumericCheck check_in_bf16(const lrnn::RationalNetwork& network, const automata::Dfa& language) {
  const auto bf16 = testing::in_floats(kBf16);
  const auto rounded = lrnn::rounded_network(bf16, exact::RationalArithmetic{}, network, {});
  REQUIRE(rounded.rounded == 0);
  return check_numeric(bf16, rounded.network, language, {});
}

Rational rational(double x) { return *SoftFloat(precision::kF64).to_rational(std::bit_cast<std::uint64_t>(x)); }

TEST_CASE("parity by gates 2 exp(x) - 1 in bf16, for every x", "[gates]") {
  const auto even = regex_language("(aa)*");
  std::size_t exact = 0, stuck = 0, fails = 0, longest = 0;
  for (const auto& [gate, x] : gates(true)) {
    CAPTURE(gate, x);
    // The state's sign; 0 counts as positive.
    const auto check = check_in_bf16(one_layer({1}, {scalar_map(rational(gate))}, {1}, 0, true, true), even);
    if (check.verdict.is_yes()) {
      if (gate == -1) {
        ++exact;
        // 2e is lost beside −1 as soon as it is at most 2^−9: long before exp underflows.
        CHECK(x > -7);
        CHECK(check.reachable_states == 2);
      } else {
        ++stuck;
        // Subnormals of bf16 are multiples of 2^−133: m·|gate| is rounded back to m if m (1 − |gate|) ≤ 1/2.
        CHECK(gate < -0.5);
        CHECK(check.reachable_states > 2);
      }
    } else {
      REQUIRE(check.verdict.is_no());
      CHECK(gate >= -0.5);
      ++fails;
      longest = std::max(longest, check.verdict.witness().word.size());
    }
  }
  CHECK(exact == 1);
  CHECK(stuck > 100);
  CHECK(fails > 100);
  CHECK(longest == 135);
}

TEST_CASE("a bit held by gates exp(x) in bf16, for every x", "[gates]") {
  // a writes 1, b holds: accepted after an a.
  const auto written = regex_language("b*a(a|b)*");
  std::size_t holds = 0, fails = 0, longest = 0;
  for (const auto& [gate, x] : gates(false)) {
    CAPTURE(gate, x);
    const lrnn::AffineMap<Rational> write{lrnn::Diagonal<Rational>{{Rational(0)}}, testing::rational_vector({1})};
    const auto check =
        check_in_bf16(one_layer({0}, {write, scalar_map(rational(gate))}, {1}, Rational(1, 2), true, false), written);
    if (check.verdict.is_yes()) {
      CHECK(gate == 1);
      ++holds;
    } else {
      REQUIRE(check.verdict.is_no());
      ++fails;
      longest = std::max(longest, check.verdict.witness().word.size());
    }
  }
  CHECK(holds == 1);
  CHECK(fails > 100);
  CHECK(longest == 130);
}

}  // namespace
}  // namespace eigenmata::verification
