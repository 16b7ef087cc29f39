// SPDX-License-Identifier: Apache-2.0
//
// Causal attention as a recurrent network of quadratic time.
#include <algorithm>
#include <cmath>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/attention_without_cache.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Ball;
using exact::Rational;

/// (Σ w v, Σ w) of the definition.
Finding attention_orders(const Scope& scope) {
  return for_random_sequences(scope, 12, [](Random& random, const Shape& shape) -> Failure {
    std::vector<Rational> w, v;
    Rational y = 0, z = 0;
    for (std::size_t j = 0; j < shape.tokens; ++j) {
      w.push_back(random_gate(random) * Rational(random.between(1, 9)));
      v.push_back(random_rational(random));
      y += w[j] * v[j];
      z += w[j];
    }
    const auto block = [&](std::size_t j) { return AttentionBlock<Rational>{w[j], v[j], 1}; };
    const auto merge = [](const AttentionBlock<Rational>& a, const AttentionBlock<Rational>& b) {
      return merged(kQ, a, b);
    };
    // In a random order, one by one: the running maximum. In random blocks, merged as a tree: FlashAttention.
    std::vector<AttentionBlock<Rational>> blocks;
    for (std::size_t j = 0; j < shape.tokens; ++j) blocks.push_back(block(j));
    for (std::size_t j = blocks.size(); j > 1; --j) std::swap(blocks[j - 1], blocks[random.below(j)]);
    AttentionBlock<Rational> running = blocks[0];
    for (std::size_t j = 1; j < blocks.size(); ++j) running = merge(running, blocks[j]);
    while (blocks.size() > 1) {
      const std::size_t at = random.below(blocks.size() - 1);
      blocks[at] = merge(blocks[at], blocks[at + 1]);
      blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
    for (const AttentionBlock<Rational>& result : {running, blocks[0]}) {
      if (result.y / result.z != y / z) return "y/z is " + exact::to_string(Rational(result.y / result.z));
      if (result.m != *std::max_element(w.begin(), w.end())) return "m is not the largest weight";
      if (result.m * result.z != z) return "m z is not the sum of the weights";
    }
    return {};
  });
}

// The law itself, on whole triples: (m, y, z) ⊕ (m′, y′, z′) is commutative and associative, and m z, m y are sums.
Finding merge_law(const Scope& scope) {
  return for_random_sequences(scope, 12, [](Random& random, const Shape& shape) -> Failure {
    std::vector<AttentionBlock<Rational>> blocks;
    for (std::size_t j = 0; j < shape.tokens + 2; ++j)
      blocks.push_back(
          {random_gate(random) * Rational(random.between(1, 9)), random_rational(random), random_gate(random)});
    const auto unless_same = [](const std::string& law, const AttentionBlock<Rational>& a,
                                const AttentionBlock<Rational>& b) -> Failure {
      return unless_equal(law, std::vector<Rational>{a.m, a.y, a.z}, std::vector<Rational>{b.m, b.y, b.z});
    };
    for (std::size_t j = 0; j + 2 < blocks.size(); ++j) {
      const auto &a = blocks[j], &b = blocks[j + 1], &c = blocks[j + 2];
      if (Failure failure = unless_same("a b = b a", merged(kQ, a, b), merged(kQ, b, a))) return failure;
      if (Failure failure =
              unless_same("(a b) c = a (b c)", merged(kQ, merged(kQ, a, b), c), merged(kQ, a, merged(kQ, b, c))))
        return failure;
      const auto both = merged(kQ, a, b);
      if (both.m * both.z != a.m * a.z + b.m * b.z || both.m * both.y != a.m * a.y + b.m * b.y) return "the sums";
    }
    return {};
  });
}

/// w(q, k) = 1 + q² (q − k)²: positive, and not symmetric.
Rational toy_weight(const Rational& q, const Rational& k) { return 1 + q * (q - k) * (q - k) * q; }

Finding attention_without_cache(const Scope& scope) {
  std::string value;
  Failure failure;
  const auto binomial = [](std::size_t n, std::size_t k) {
    exact::Integer b = 1;
    for (std::size_t i = 1; i <= k; ++i) b = b * exact::Integer(n - k + i) / exact::Integer(i);
    return b;
  };
  for (std::size_t layers = 1; layers <= 3 && !failure; ++layers) {
    const std::size_t length = layers == 3 ? 4 : 7;
    Random random(scope.seed);
    std::vector<Rational> inputs;
    for (std::size_t i = 0; i < length; ++i) inputs.emplace_back(random.between(-2, 2));
    // Layer by layer, everything kept.
    std::vector<Rational> cached = inputs;
    for (std::size_t layer = 0; layer < layers; ++layer) {
      std::vector<Rational> next;
      for (std::size_t i = 0; i < length; ++i) {
        Rational y = 0, z = 0;
        for (std::size_t j = 0; j <= i; ++j) {
          y += toy_weight(cached[i], cached[j]) * cached[j];
          z += toy_weight(cached[i], cached[j]);
        }
        next.push_back(y / z);
      }
      cached = std::move(next);
    }
    AttentionWithoutCache<exact::RationalArithmetic, decltype(&toy_weight)> network(kQ, inputs, &toy_weight);
    for (std::size_t i = 0; i < length && !failure; ++i) {
      scope.limits.poll();
      const std::uint64_t before = network.evaluations();
      if (network.number(layers, i) != cached[i]) failure = "outputs differ";
      if (exact::Integer(network.evaluations() - before) != binomial(i + layers, layers))
        failure = "T at " + std::to_string(i);
    }
    if (!failure && exact::Integer(network.evaluations()) != binomial(length + layers, layers + 1))
      failure = "the total";
    if (!failure && network.peak() != layers) failure = "more is alive than one (query, y, z) a layer";
  }
  // L = 1024 by the recurrence for T.
  constexpr std::size_t kLength = 1024;
  std::vector<exact::Integer> t(kLength, exact::Integer(1));
  for (std::size_t layer = 1; layer <= 3; ++layer) {
    exact::Integer total = 0;
    for (std::size_t i = 0; i < kLength; ++i) {
      if (i > 0) t[i] += t[i - 1];
      total += t[i];
    }
    if (total != binomial(kLength + layer, layer + 1)) failure = "L = 1024";
    value += (layer > 1 ? ", " : "") + exact::to_string(total);
  }
  return for_one_case(exactly_in("Q"), "run for L = 7, 7, 4 and 1, 2, 3 layers; counted for L = 1024", failure,
                      "L = 1024: " + value);
}

Finding softmax_overflow(const Scope& scope) {
  const std::size_t bits = std::max<std::size_t>(scope.bits, 128);  // of the oracle
  const exact::BallArithmetic k{bits};
  Failure failure;
  std::string value;
  for (const precision::FloatFormat* format : {&precision::kF32, &precision::kF64}) {
    const Rational threshold = Rational(exact::Integer(1) << (format->highest_exponent() + 1)) *
                               (1 - Rational(1, exact::Integer(1) << (format->precision() + 1)));
    const Ball s = exact::logarithm(k.from_rational(threshold), bits);
    // As the machine has it, an ulp or two to both sides.
    const double at = s.approximate_midpoint();
    const bool is_single = format == &precision::kF32;
    const auto overflows = [&](double x) {
      return is_single ? std::isinf(std::exp(static_cast<float>(x))) : std::isinf(std::exp(x));
    };
    const double margin = is_single ? 2e-5 : 3e-13;
    if (!overflows(at + margin) || overflows(at - margin)) failure = std::string(format->name) + ": " + s.to_string();
    value += (value.empty() ? "" : ", ") + std::string(format->name) + " " + s.to_string(8);
  }
  return for_one_case({Method::kMeasured, "the C library against balls"}, "f32 and f64", failure,
                      "e^s is infinite from s on: " + value);
}

}  // namespace

Claims attention_claims() {
  constexpr auto kIdentity = ClaimKind::kIdentity;
  return {
      {"attention.orders", kIdentity, "any order, blocks merged in any way, and the running maximum give Σ w v / Σ w",
       "Su10017", attention_orders},
      {"attention.merge", kIdentity,
       "blocks (m, y, z), m the largest weight, merge by a commutative and associative law", "Su10017", merge_law},
      {"attention.without-cache", kIdentity,
       "ℓ layers without a cache keep ℓ triples alive and take C(L + ℓ, ℓ + 1) evaluations", "Su10017",
       attention_without_cache},
      {"attention.overflow", ClaimKind::kBound, "without a running maximum, weights overflow at s = 88.7 and 709.8",
       "Su10017", softmax_overflow},
  };
}

}  // namespace eigenmata::ssm
