// SPDX-License-Identifier: Apache-2.0
//
// The bounds against the functions themselves, in double precision rounded to float: the bound reaches the limit, the
// number before it does not.
#include "eigenmata/lrnn/gate.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace eigenmata::lrnn {
namespace {

using exact::Rational;

double value(Activation activation, double x) {
  switch (activation) {
    case Activation::kSigmoid:
    case Activation::kModulus:
      return 1 / (1 + std::exp(-x));
    case Activation::kTwiceSigmoid:
      return 2 / (1 + std::exp(-x));
    case Activation::kDecay:
      return std::exp(-x);
    case Activation::kTwiceDecayMinusOne:
      return 2 * std::exp(-x) - 1;
    case Activation::kAttained:
      break;
  }
  return x;
}

TEST_CASE("gates reach their limits in f32 from the bound on, and not before", "[gate]") {
  const std::vector<std::pair<Activation, int>> cases{{Activation::kSigmoid, 0},
                                                      {Activation::kSigmoid, 1},
                                                      {Activation::kModulus, 1},
                                                      {Activation::kTwiceSigmoid, 0},
                                                      {Activation::kTwiceSigmoid, 2},
                                                      {Activation::kDecay, 0},
                                                      {Activation::kDecay, 1},
                                                      {Activation::kTwiceDecayMinusOne, 1},
                                                      {Activation::kTwiceDecayMinusOne, -1}};
  for (const auto& [activation, limit] : cases) {
    CAPTURE(static_cast<int>(activation), limit);
    const auto logits = limit_logits(activation, limit);
    REQUIRE(logits.size() == 2);
    REQUIRE(logits[0].format == "f32");
    const auto bound = static_cast<float>(static_cast<double>(logits[0].bound));
    CHECK(Rational(bound) == logits[0].bound);
    CHECK(static_cast<float>(value(activation, bound)) == static_cast<float>(limit));
    const float before = std::nextafter(bound, logits[0].at_least ? -INFINITY : INFINITY);
    CHECK(static_cast<float>(value(activation, before)) != static_cast<float>(limit));
    // In bf16 the spacing is wider, so a smaller logit is enough, but for the least numbers.
    const Rational narrow = abs(logits[1].bound);
    CHECK((limit == 0 || (logits[0].at_least ? narrow < abs(logits[0].bound) : narrow > abs(logits[0].bound))));
    // Eight significant bits.
    const Rational scaled = logits[1].bound * Rational(exact::Integer(1) << 160);
    exact::Integer mantissa = abs(exact::Integer(numerator(scaled)));
    REQUIRE(denominator(scaled) == 1);
    while (mantissa % 2 == 0) mantissa /= 2;
    CHECK(mantissa < 256);
  }
  CHECK(limit_logits(Activation::kSigmoid, 2).empty());
  CHECK(limit_logits(Activation::kTwiceSigmoid, 1).empty());
  CHECK(limit_logits(Activation::kAttained, 1).empty());
}

}  // namespace
}  // namespace eigenmata::lrnn
