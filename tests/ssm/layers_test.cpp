// SPDX-License-Identifier: Apache-2.0
//
// That the layers' forms are equal is a claim, verified with all others. Here: numbers by hand, corner cases, and that
// what is wrong is seen.
#include <catch2/catch.hpp>
#include <cmath>

#include "eigenmata/core/error.hpp"
#include "eigenmata/ssm/attention_without_cache.hpp"
#include "eigenmata/ssm/float_field.hpp"
#include "eigenmata/ssm/layers/delta_rule.hpp"
#include "eigenmata/ssm/layers/gated_attention.hpp"
#include "eigenmata/ssm/layers/mlstm.hpp"
#include "eigenmata/ssm/runge_kutta.hpp"
#include "eigenmata/ssm/scan.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Rational;
using RationalMatrix = exact::Matrix<Rational>;

const exact::RationalArithmetic kQ;

RationalMatrix column(const std::vector<Rational>& entries) { return {entries.size(), 1, entries}; }

TEST_CASE("RetNet with one number a token is a weighted sum", "[layers]") {
  const Rational half(1, 2);
  const GatedAttention<Rational> in{
      column({1, 1, 1}), column({1, 1, 1}), column({4, 2, 1}), column({half, half, half}), {}};
  const RationalMatrix zero(1, 1, Rational(0));
  const RationalMatrix expected = column({4, 4, 3});  // 4; 2 + 2; 1 + 1 + 1
  CHECK(recurrent(kQ, in, zero).outputs == expected);
  CHECK(chunkwise(kQ, in, zero, 2).outputs == expected);
  CHECK(chunkwise(kQ, in, zero, 100).outputs == expected);
  CHECK_THROWS_AS(chunkwise(kQ, in, zero, 0), core::Error);
}

TEST_CASE("the delta rule replaces what a key of length 1 holds", "[layers]") {
  const DeltaRule<Rational> in{column({1, 1}), column({1, 1}), column({5, 7}), {1, 1}, {1, 1}};
  const RationalMatrix zero(1, 1, Rational(0));
  CHECK(recurrent(kQ, in, zero).outputs == column({5, 7}));
  CHECK(chunkwise(kQ, in, zero, 2).outputs == column({5, 7}));
  DeltaRule<Rational> changed = in;
  changed.beta[1] = Rational(1, 2);
  CHECK(chunkwise(kQ, changed, zero, 2).outputs == column({5, 6}));
}

TEST_CASE("no tokens, no outputs", "[layers]") {
  const RationalMatrix none(0, 2, Rational(0)), state(3, 2, Rational(1));
  const GatedAttention<Rational> in{none, none, RationalMatrix(0, 3, Rational(0)), none, {}};
  CHECK(chunkwise(kQ, in, state, 4).state == state);
  CHECK(recurrent(kQ, in, state).outputs.rows() == 0);
}

TEST_CASE("the mLSTM's divisor is at least 1", "[layers]") {
  const Mlstm<Rational> in{column({1, 1}), column({1, 3}), column({1, 1}), {1, 1}, {Rational(1, 2), 1}, 0};
  // n: 1/2, 7/2. C: 1/2, 7/2.
  CHECK(chunkwise(kQ, in, Rational(1), 2).outputs == column({Rational(1, 2), 1}));
}

TEST_CASE("a float field rounds quotients once", "[layers]") {
  const FloatField k(precision::named_plan("all-same", precision::kBf16, {}));
  CHECK(k.divide(1, 3) == 0.333984375);
  CHECK(std::isinf(k.divide(1, 0)));
  CHECK(std::isnan(k.divide(0, 0)));
  const FloatField single(precision::named_plan("all-same", precision::kF32, {}));
  for (int i = 1; i < 1000; ++i) {
    const auto a = static_cast<float>(i) * 0.37f, b = static_cast<float>(1000 - i) * 1.7f;
    CHECK(single.divide(a, b) == static_cast<double>(a / b));
  }
}

TEST_CASE("scans take no and one element", "[layers]") {
  const auto joined = [](const std::string& a, const std::string& b) { return a + b; };
  CHECK(scan_by_halves(std::vector<std::string>{}, joined).empty());
  CHECK(scan_by_odd_and_even(std::vector<std::string>{"a"}, joined) == std::vector<std::string>{"a"});
  const std::vector<std::string> prefixes{"a", "ab", "abc", "abcd", "abcde"};
  const std::vector<std::string> letters{"a", "b", "c", "d", "e"};
  CHECK(scan_in_sequence(letters, joined) == prefixes);
  CHECK(scan_by_halves(letters, joined) == prefixes);
  CHECK(scan_by_odd_and_even(letters, joined) == prefixes);
}

TEST_CASE("a method with a wrong coefficient loses its order", "[layers]") {
  RungeKutta method = runge_kutta_methods().at(4);
  CHECK(method.name == "RK4");
  CHECK(order_by_conditions(method) == 4);
  method.a(2, 1) += Rational(1, 1000);
  CHECK(order_by_conditions(method) == 1);  // c changes: Σ b c = 1/2 already fails
  method = runge_kutta_methods().at(4);
  method.a(3, 2) -= Rational(1, 2);
  method.a(3, 0) += Rational(1, 2);  // c stays
  CHECK(order_by_conditions(method) == 2);
}

}  // namespace
}  // namespace eigenmata::ssm
