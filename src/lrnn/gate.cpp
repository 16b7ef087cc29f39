// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/gate.hpp"

#include <algorithm>
#include <cstdlib>

#include "eigenmata/exact/ball.hpp"
#include "eigenmata/lrnn/tie.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Ball;
using exact::Integer;
using exact::Rational;

Rational power_of_two(int exponent) {
  const Rational power(Integer(Integer(1) << std::abs(exponent)));
  return exponent < 0 ? Rational(1 / power) : power;
}

/// The multiples of 2^e with p bits around x > 0: the largest that is at most x, or the next one.
Rational neighbour(const Rational& x, const FloatFormat& format, bool above) {
  int exponent = 0;
  while (power_of_two(exponent) > x) --exponent;
  while (power_of_two(exponent + 1) <= x) ++exponent;
  const int last = std::max(exponent - format.significand_bits + 1, format.least_exponent);
  const Rational scaled = x / power_of_two(last);
  const Integer whole = numerator(scaled) / denominator(scaled);
  if (!above || Rational(whole) == scaled) return Rational(whole) * power_of_two(last);
  return Rational(whole + 1) * power_of_two(last);
}

/// ln(x) as a float, rounded down or up: both ends of an enclosure have to agree.
Rational logarithm(const Rational& x, const FloatFormat& format, bool up) {
  for (std::size_t bits = 128;; bits *= 2) {
    Ball ball(x, bits);
    arb_log(ball.raw(), ball.raw(), static_cast<slong>(bits));
    const auto [low, high] = ball.dyadic_ends(bits);
    if (low <= 0) continue;
    const Rational first = neighbour(low, format, up);
    if (first == neighbour(high, format, up)) return first;
  }
}

/// Limits of one network, each once.
template <class K>
class Collector {
 public:
  using S = typename K::Scalar;

  Collector(const K& k, const Architecture& architecture) : k_(k), architecture_(architecture) {}

  void take(const TokenParameters<S>& token) {
    switch (architecture_.tie) {
      case Tie::kFree:
      case Tie::kStep:
      case Tie::kOneKey:
        for (const S& gate : token.gates) add("gate", architecture_.activation, gate);
        break;
      case Tie::kDelta:
        take_steps(token);
        break;
      case Tie::kGatedDelta:
        if (token.gate) add("alpha", Activation::kDecay, *token.gate);
        take_steps(token);
        break;
      case Tie::kDeltaAndDecay:
        for (const S& w : token.gates) add("w", Activation::kDecay, w);
        for (const S& a : token.rates) add("a", Activation::kSigmoid, a);
        break;
      default:
        break;
    }
  }

  /// Of a matrix with one entry in a column.
  void take_columns(const Transition<S>& a) {
    if (architecture_.tie != Tie::kOneHotColumns) return;
    const auto m = to_dense(k_, a);
    for (std::size_t j = 0; j < m.columns(); ++j) {
      bool is_zero = true;
      for (std::size_t i = 0; i < m.rows(); ++i) {
        is_zero = is_zero && k_.is_zero(m(i, j));
        if (!k_.is_zero(m(i, j)) && is_in_unit_disc(k_, k_.divide(k_.one(), m(i, j))).value_or(false))
          add("modulus", architecture_.activation, k_.one());
      }
      if (is_zero) add("modulus", architecture_.activation, k_.zero());
    }
  }

  [[nodiscard]] std::vector<GateLimit> limits() && { return std::move(limits_); }

 private:
  /// A token without a step has one of size 0.
  void take_steps(const TokenParameters<S>& token) {
    if (token.steps.empty()) add("beta", architecture_.activation, k_.zero());
    for (const auto& step : token.steps) add("beta", architecture_.activation, step.beta);
  }

  void add(const char* parameter, Activation activation, const S& value) {
    for (const int limit : {-1, 0, 1, 2}) {
      if (!k_.equal(value, k_.from_rational(limit)) || limit_logits(activation, limit).empty()) continue;
      const GateLimit found{parameter, activation, limit};
      if (std::find(limits_.begin(), limits_.end(), found) == limits_.end()) limits_.push_back(found);
    }
  }

  const K& k_;
  const Architecture& architecture_;
  std::vector<GateLimit> limits_;
};

}  // namespace

template <exact::ExactArithmetic K>
std::vector<GateLimit> gate_limits(const K& k, const Network<typename K::Scalar>& network,
                                   const ArchitectureChoice& architecture) {
  Collector<K> collector(k, *architecture.architecture);
  const auto take = [&](const auto& map) {
    const auto parameters = token_parameters(k, architecture, map);
    if (parameters.is_yes()) collector.take(parameters.proof());
    collector.take_columns(map.a);
  };
  for (const auto& layer : network.layers) {
    if (layer.bos) take(*layer.bos);
    for (const auto& map : layer.maps) take(map);
  }
  return std::move(collector).limits();
}

template std::vector<GateLimit> gate_limits(const exact::RationalArithmetic&, const Network<Rational>&,
                                            const ArchitectureChoice&);
template std::vector<GateLimit> gate_limits(const exact::NumberField&, const Network<exact::FieldElement>&,
                                            const ArchitectureChoice&);
template std::vector<GateLimit> gate_limits(const exact::CyclotomicField&, const Network<exact::FieldElement>&,
                                            const ArchitectureChoice&);

const std::vector<FloatFormat>& gate_formats() {
  static const std::vector<FloatFormat> formats{{"f32", 24, -149}, {"bf16", 8, -133}};
  return formats;
}

std::vector<LimitLogit> limit_logits(Activation activation, int limit) {
  std::vector<LimitLogit> result;
  for (const FloatFormat& format : gate_formats()) {
    const Rational near_one = power_of_two(-(format.significand_bits + 1));  // half the spacing below 1
    const Rational near_zero = power_of_two(format.least_exponent - 1);
    const auto add = [&](const Rational& x, bool negative, bool at_least) {
      // Where the claim holds from a positive number upwards that is rounded up, downwards down.
      const Rational bound = logarithm(x, format, at_least != negative);
      result.push_back({format.name, negative ? Rational(-bound) : bound, at_least});
    };
    switch (activation) {
      case Activation::kSigmoid:
      case Activation::kModulus:
      case Activation::kTwiceSigmoid: {
        const int scale = activation == Activation::kTwiceSigmoid ? 2 : 1;
        if (limit == scale) add(Rational(1) / near_one - 1, false, true);
        if (limit == 0) add(Rational(scale) / near_zero - 1, true, false);
        break;
      }
      case Activation::kDecay:
        if (limit == 1) add(Rational(1) / (Rational(1) - near_one), false, false);
        if (limit == 0) add(Rational(1) / near_zero, false, true);
        break;
      case Activation::kTwiceDecayMinusOne:
        if (limit == 1) add(Rational(1) / (Rational(1) - near_one / 2), false, false);
        if (limit == -1) add(Rational(2) / near_one, false, true);
        break;
      case Activation::kAttained:
        break;
    }
  }
  return result;
}

}  // namespace eigenmata::lrnn
