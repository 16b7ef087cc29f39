// SPDX-License-Identifier: Apache-2.0
//
// The LRNN family (layer_claims.cpp): layers whose transitions are a diagonal matrix plus one of rank 1.
#include "claims.hpp"
#include "eigenmata/ssm/layers/delta_rule.hpp"
#include "eigenmata/ssm/layers/diagonal_plus_low_rank.hpp"
#include "layer_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Rational;
using Run = LayerRun<Rational>;

DeltaRule<Rational> random_delta_rule(Random& random, const Shape& shape, bool has_gates) {
  DeltaRule<Rational> in{random_matrix(random, shape.tokens, shape.dk),
                         random_matrix(random, shape.tokens, shape.dk),
                         random_matrix(random, shape.tokens, shape.dv),
                         {},
                         {}};
  for (std::size_t t = 0; t < shape.tokens; ++t) {
    in.beta.push_back(2 * random_gate(random));
    in.alpha.push_back(has_gates ? random_gate(random) : Rational(1));
  }
  return in;
}

Failure compare_delta_rule(const WithinLimits& field, const DeltaRule<Rational>& in, const RationalMatrix& initial,
                           const Run& definition) {
  if (Failure failure = unless_same("recurrent", recurrent(field, in, initial), definition)) return failure;
  for (const std::size_t chunk : chunk_lengths(in.q.rows())) {
    for (const TriangularSolve solve : {TriangularSolve::kInverse, TriangularSolve::kSubstitution}) {
      for (const GateProducts products : {GateProducts::kQuotients, GateProducts::kSegments}) {
        if (Failure failure = unless_same("chunkwise (" + std::to_string(chunk) + ")",
                                          chunkwise(field, in, initial, chunk, solve, products), definition))
          return failure;
      }
    }
  }
  return {};
}

/// α (I − β k kᵀ) of token t.
RationalMatrix delta_transition(const DeltaRule<Rational>& in, std::size_t t) {
  return sum(scaled_identity(in.k.columns(), in.alpha[t]), outer(in.k, in.k, t, in.alpha[t] * in.beta[t]), -1);
}

std::function<Finding(const Scope&)> delta_rule_forms(bool has_gates) {
  return [has_gates](const Scope& scope) {
    return for_random_sequences(scope, 10, [has_gates](const WithinLimits& field, Random& random, const Shape& shape) {
      const DeltaRule<Rational> in = random_delta_rule(random, shape, has_gates);
      std::vector<RationalMatrix> transitions, updates;
      for (std::size_t t = 0; t < shape.tokens; ++t) {
        transitions.push_back(delta_transition(in, t));
        updates.push_back(outer(in.v, in.k, t, in.beta[t]));
      }
      const RationalMatrix initial = random_matrix(random, shape.dv, shape.dk);
      return compare_delta_rule(field, in, initial, dense_recurrence(field, initial, transitions, updates, in.q));
    });
  };
}

Finding wy_representation(const Scope& scope) {
  return for_random_sequences(scope, 10, [](const WithinLimits& field, Random& random, const Shape& shape) -> Failure {
    const DeltaRule<Rational> in = random_delta_rule(random, shape, false);
    const std::size_t n = shape.tokens;
    const RationalMatrix mask = gate_mask(field, in.alpha, 0, n, GateProducts::kSegments);
    const RationalMatrix l = delta_couplings(field, in, 0, mask);
    const RationalMatrix t = ut_transform(field, in, 0, l);
    const RationalMatrix w = exact::multiply(field, t, in.k);
    RationalMatrix product = exact::identity(field, shape.dk), sum_of_ranks = product;
    for (std::size_t i = 0; i < n; ++i) {
      product = exact::multiply(field, product, delta_transition(in, i));
      for (std::size_t a = 0; a < shape.dk; ++a) {
        for (std::size_t b = 0; b < shape.dk; ++b) sum_of_ranks(a, b) -= w(i, a) * in.k(i, b);
      }
    }
    return unless_equal("the product of the factors, and I - sum w kᵀ", product, sum_of_ranks);
  });
}

Finding delta_product_forms(const Scope& scope) {
  constexpr std::size_t kSteps = 3;  // a token
  return for_random_sequences(scope, 5, [](const WithinLimits& field, Random& random, const Shape& shape) -> Failure {
    // Sub-step s of token t stands in row kSteps·t + s; what q has in the other rows is never read.
    DeltaRule<Rational> in = random_delta_rule(random, {shape.tokens * kSteps, shape.dk, shape.dv}, true);
    for (std::size_t s = 0; s < in.alpha.size(); ++s) {
      if (s % kSteps != 0) in.alpha[s] = 1;
    }
    // The definition: A = α·∏ (I − β k kᵀ), and what a sub-step writes passes through the later factors.
    std::vector<RationalMatrix> transitions, updates;
    RationalMatrix q(shape.tokens, shape.dk, Rational(0));
    for (std::size_t t = 0; t < shape.tokens; ++t) {
      transitions.push_back(scaled_identity(shape.dk, in.alpha[t * kSteps]));
      updates.emplace_back(shape.dv, shape.dk, Rational(0));
      for (std::size_t s = t * kSteps; s < (t + 1) * kSteps; ++s) {
        const RationalMatrix factor = sum(scaled_identity(shape.dk, 1), outer(in.k, in.k, s, in.beta[s]), -1);
        transitions[t] = exact::multiply(field, transitions[t], factor);
        updates[t] = sum(exact::multiply(field, updates[t], factor), outer(in.v, in.k, s, in.beta[s]));
      }
      for (std::size_t c = 0; c < shape.dk; ++c) q(t, c) = in.q(t * kSteps + kSteps - 1, c);
    }
    const RationalMatrix initial = random_matrix(random, shape.dv, shape.dk);
    const Run definition = dense_recurrence(field, initial, transitions, updates, q);
    const auto read_last = [&](Run run) {
      RationalMatrix outputs(shape.tokens, shape.dv, Rational(0));
      for (std::size_t t = 0; t < shape.tokens; ++t) {
        for (std::size_t i = 0; i < shape.dv; ++i) outputs(t, i) = run.outputs(t * kSteps + kSteps - 1, i);
      }
      return Run{std::move(outputs), std::move(run.state)};
    };
    if (Failure failure = unless_same("recurrent", read_last(recurrent(field, in, initial)), definition))
      return failure;
    for (const std::size_t chunk : chunk_lengths(in.q.rows())) {
      if (Failure failure = unless_same("chunkwise (" + std::to_string(chunk) + ")",
                                        read_last(chunkwise(field, in, initial, chunk)), definition))
        return failure;
    }
    return {};
  });
}

DiagonalPlusLowRank<Rational> random_low_rank(Random& random, const Shape& shape) {
  const auto any = [&] { return random_matrix(random, shape.tokens, shape.dk); };
  return {any(), any(), random_matrix(random, shape.tokens, shape.dv), random_gates(random, shape.tokens, shape.dk),
          any(), any()};
}

Finding rwkv7_forms(const Scope& scope) {
  return for_random_sequences(scope, 9, [](const WithinLimits& field, Random& random, const Shape& shape) -> Failure {
    const DiagonalPlusLowRank<Rational> in = random_low_rank(random, shape);
    std::vector<RationalMatrix> transitions, updates;
    for (std::size_t t = 0; t < shape.tokens; ++t) {
      transitions.push_back(outer(in.a, in.b, t));
      for (std::size_t c = 0; c < shape.dk; ++c) transitions[t](c, c) += in.w(t, c);
      updates.push_back(outer(in.v, in.k, t));
    }
    const RationalMatrix initial = random_matrix(random, shape.dv, shape.dk);
    const Run definition = dense_recurrence(field, initial, transitions, updates, in.q);
    if (Failure failure = unless_same("recurrent", recurrent(field, in, initial), definition)) return failure;
    for (const std::size_t chunk : chunk_lengths(shape.tokens)) {
      if (Failure failure = unless_same("chunkwise (" + std::to_string(chunk) + ")",
                                        chunkwise(field, in, initial, chunk), definition))
        return failure;
    }
    return {};
  });
}

/// Gated DeltaNet written as diagonal plus rank 1: two programs that share nothing but their helpers.
Finding delta_rule_as_low_rank(const Scope& scope) {
  return for_random_sequences(scope, 9, [](const WithinLimits& field, Random& random, const Shape& shape) -> Failure {
    const DeltaRule<Rational> delta = random_delta_rule(random, shape, true);
    DiagonalPlusLowRank<Rational> low{delta.q, delta.k, delta.v, delta.k, delta.k, delta.k};
    for (std::size_t t = 0; t < shape.tokens; ++t) {
      for (std::size_t c = 0; c < shape.dk; ++c) {
        low.w(t, c) = delta.alpha[t];
        low.a(t, c) = -delta.alpha[t] * delta.beta[t] * delta.k(t, c);
      }
      for (std::size_t i = 0; i < shape.dv; ++i) low.v(t, i) = delta.beta[t] * delta.v(t, i);
    }
    const RationalMatrix initial = random_matrix(random, shape.dv, shape.dk);
    return unless_same("chunkwise", chunkwise(field, low, initial, 4), chunkwise(field, delta, initial, 3));
  });
}

}  // namespace

Claims delta_layer_claims() {
  constexpr auto kIdentity = ClaimKind::kIdentity;
  return {
      {"lrnn.rwkv7", kIdentity, "recurrent = chunkwise: S_t = S_{t-1} (diag(w) + a bᵀ) + v kᵀ", "Peng2025",
       rwkv7_forms},
      {"lrnn.delta-net", kIdentity, "recurrent = chunkwise (UT transform): S_t = S_{t-1} (I - β k kᵀ) + β v kᵀ",
       "Yang2024", delta_rule_forms(false)},
      {"lrnn.gated-delta-net", kIdentity, "recurrent = chunkwise: S_t = α S_{t-1} (I - β k kᵀ) + β v kᵀ", "Yang2025",
       delta_rule_forms(true)},
      {"lrnn.delta-product", kIdentity,
       "three sub-steps a token = Gated DeltaNet on three times the tokens, with gates at first sub-steps only",
       "Siems2025", delta_product_forms},
      {"lrnn.delta-wy", kIdentity, "the product of I - β_t k_t k_tᵀ from left to right is I - Σ w_t k_tᵀ with W = T K",
       "Yang2024", wy_representation},
      {"lrnn.delta-as-low-rank", kIdentity,
       "Gated DeltaNet is the layer diag(w) + a bᵀ with w = α, a = -αβk, b = k, v times β", "Peng2025",
       delta_rule_as_low_rank},
  };
}

}  // namespace eigenmata::ssm
