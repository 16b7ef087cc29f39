// SPDX-License-Identifier: Apache-2.0
//
// The LRNN family: each layer's recurrent, parallel and chunkwise forms give what its definition gives, on random
// rational data, exactly. The definition is run with dense transition matrices that are built here from the formula in
// the paper, so that nothing is shared with the forms.
#include <algorithm>

#include "claims.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/ssm/layers/delta_rule.hpp"
#include "eigenmata/ssm/layers/diagonal_plus_low_rank.hpp"
#include "eigenmata/ssm/layers/gated_attention.hpp"
#include "eigenmata/ssm/layers/mlstm.hpp"
#include "eigenmata/ssm/scan.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Rational;
using Run = LayerRun<Rational>;

/// Row t of u times row t of w: u wᵀ.
RationalMatrix outer(const RationalMatrix& u, const RationalMatrix& w, std::size_t t, const Rational& factor = 1) {
  RationalMatrix product(u.columns(), w.columns(), Rational(0));
  for (std::size_t i = 0; i < u.columns(); ++i) {
    for (std::size_t j = 0; j < w.columns(); ++j) product(i, j) = factor * u(t, i) * w(t, j);
  }
  return product;
}

RationalMatrix sum(RationalMatrix a, const RationalMatrix& b, const Rational& factor = 1) {
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) a(i, j) += factor * b(i, j);
  }
  return a;
}

RationalMatrix scaled_identity(std::size_t n, const Rational& factor) {
  RationalMatrix a(n, n, Rational(0));
  for (std::size_t i = 0; i < n; ++i) a(i, i) = factor;
  return a;
}

Failure unless_same(const std::string& form, const Run& run, const Run& definition) {
  if (Failure failure = unless_equal("outputs of the " + form + " form", run.outputs, definition.outputs))
    return failure;
  return unless_equal("state of the " + form + " form", run.state, definition.state);
}

/// Chunks of 1, 2, 3, 5 tokens and of all.
std::vector<std::size_t> chunk_lengths(std::size_t tokens) {
  std::vector<std::size_t> lengths;
  for (const std::size_t length : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{5}, tokens}) {
    if (length <= tokens) lengths.push_back(length);
  }
  return lengths;
}

/// How one token's gate is drawn.
enum class Gates { kNone, kOne, kNumber, kVector };

GatedAttention<Rational> random_gated_attention(Random& random, const Shape& shape, Gates gates) {
  GatedAttention<Rational> in{random_matrix(random, shape.tokens, shape.dk),
                              random_matrix(random, shape.tokens, shape.dk),
                              random_matrix(random, shape.tokens, shape.dv),
                              random_gates(random, shape.tokens, gates == Gates::kVector ? shape.dk : 1),
                              {}};
  for (std::size_t t = 0; t < shape.tokens && gates != Gates::kNumber && gates != Gates::kVector; ++t)
    in.decay(t, 0) = gates == Gates::kNone ? Rational(1) : in.decay(0, 0);
  return in;
}

Failure compare_gated_attention(const WithinLimits& field, const GatedAttention<Rational>& in,
                                const RationalMatrix& initial, const Run& definition) {
  if (Failure failure = unless_same("recurrent", recurrent(field, in, initial), definition)) return failure;
  for (const std::size_t chunk : chunk_lengths(in.q.rows())) {
    for (const GateProducts products : {GateProducts::kQuotients, GateProducts::kSegments}) {
      const std::string form = chunk == in.q.rows() ? "parallel" : "chunkwise (" + std::to_string(chunk) + ")";
      if (Failure failure = unless_same(form, chunkwise(field, in, initial, chunk, products), definition))
        return failure;
    }
  }
  return {};
}

std::function<Finding(const Scope&)> gated_attention_forms(Gates gates) {
  return [gates](const Scope& scope) {
    return for_random_sequences(scope, 12, [gates](const WithinLimits& field, Random& random, const Shape& shape) {
      const GatedAttention<Rational> in = random_gated_attention(random, shape, gates);
      std::vector<RationalMatrix> transitions, updates;
      for (std::size_t t = 0; t < shape.tokens; ++t) {
        transitions.emplace_back(shape.dk, shape.dk, Rational(0));
        for (std::size_t c = 0; c < shape.dk; ++c) transitions[t](c, c) = in.decay(t, gates == Gates::kVector ? c : 0);
        updates.push_back(outer(in.v, in.k, t));
      }
      const RationalMatrix initial = random_matrix(random, shape.dv, shape.dk);
      return compare_gated_attention(field, in, initial, dense_recurrence(field, initial, transitions, updates, in.q));
    });
  };
}

// Mamba: every channel i and state s has its own e^{Δ_i A_is}. Over ℚ: Δ integers and e^{A_is} = q_is in (0, 1).
Finding mamba_forms(const Scope& scope) {
  return for_random_sequences(scope, 12, [](const WithinLimits& field, Random& random, const Shape& shape) -> Failure {
    const std::size_t tokens = shape.tokens, states = shape.dk, channels = shape.dv;
    const RationalMatrix u = random_matrix(random, tokens, channels), b = random_matrix(random, tokens, states),
                         c = random_matrix(random, tokens, states), q = random_gates(random, channels, states);
    std::vector<std::vector<std::size_t>> delta(tokens, std::vector<std::size_t>(channels));
    for (auto& row : delta) {
      for (std::size_t& d : row) d = 1 + random.below(4);
    }
    const auto power = [](const Rational& base, std::size_t exponent) {
      Rational result = 1;
      for (; exponent > 0; --exponent) result *= base;
      return result;
    };
    RationalMatrix recurrent_outputs(tokens, channels, Rational(0)), parallel = recurrent_outputs, scanned = parallel;
    for (std::size_t i = 0; i < channels; ++i) {
      std::vector<std::size_t> clock(tokens + 1, 0);  // sums of Δ
      for (std::size_t t = 0; t < tokens; ++t) clock[t + 1] = clock[t] + delta[t][i];
      for (std::size_t s = 0; s < states; ++s) {
        using Map = std::pair<Rational, Rational>;
        std::vector<Map> maps;
        Rational h = 0;
        for (std::size_t t = 0; t < tokens; ++t) {
          maps.emplace_back(power(q(i, s), delta[t][i]), Rational(delta[t][i]) * b(t, s) * u(t, i));
          h = maps[t].first * h + maps[t].second;
          field.limits->poll();
          recurrent_outputs(t, i) += c(t, s) * h;
          // y_t = Σ_j C_t e^{A (Δ_{j+1} + … + Δ_t)} Δ_j B_j u_j
          for (std::size_t j = 0; j <= t; ++j)
            parallel(t, i) += c(t, s) * power(q(i, s), clock[t + 1] - clock[j + 1]) * maps[j].second;
        }
        maps = scan_by_odd_and_even(std::move(maps), [&field](const Map& first, const Map& second) {
          return Map{field.multiply(second.first, first.first), second.first * first.second + second.second};
        });
        for (std::size_t t = 0; t < tokens; ++t) scanned(t, i) += c(t, s) * maps[t].second;
      }
    }
    if (Failure failure = unless_equal("parallel", parallel, recurrent_outputs)) return failure;
    return unless_equal("scan", scanned, recurrent_outputs);
  });
}

Finding rwkv6_forms(const Scope& scope) {
  return for_random_sequences(scope, 12, [](const WithinLimits& field, Random& random, const Shape& shape) {
    GatedAttention<Rational> in = random_gated_attention(random, shape, Gates::kVector);
    in.bonus = random_matrix(random, 1, shape.dk).entries();
    const RationalMatrix initial = random_matrix(random, shape.dv, shape.dk);
    RationalMatrix state = initial, outputs(shape.tokens, shape.dv, Rational(0));
    for (std::size_t t = 0; t < shape.tokens; ++t) {
      const RationalMatrix update = outer(in.v, in.k, t);
      for (std::size_t i = 0; i < shape.dv; ++i) {
        for (std::size_t c = 0; c < shape.dk; ++c) {
          outputs(t, i) += (state(i, c) + update(i, c) * in.bonus->at(c)) * in.q(t, c);
          state(i, c) = state(i, c) * in.decay(t, c) + update(i, c);
        }
      }
    }
    return compare_gated_attention(field, in, initial, {outputs, state});
  });
}

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

/// RWKV-4 with rational weights E = e^k, λ = e^{−w}, γ = e^u.
Finding rwkv4_forms(const Scope& scope) {
  return for_random_sequences(scope, 12, [](Random& random, const Shape& shape) -> Failure {
    std::vector<Rational> e, v;
    const Rational lambda = random_gate(random), gamma = 3 * random_gate(random);
    for (std::size_t t = 0; t < shape.tokens; ++t) {
      e.push_back(4 * random_gate(random));
      v.push_back(random_rational(random));
    }
    Rational y = 0, z = 0;
    for (std::size_t t = 0; t < shape.tokens; ++t) {
      y = lambda * y + e[t] * v[t];
      z = lambda * z + e[t];
      const Rational bonus = (gamma * lambda - 1) * e[t];
      const Rational with_state = (y + bonus * v[t]) / (z + bonus);
      Rational numerator = gamma * e[t] * v[t], denominator = gamma * e[t], power = 1;
      for (std::size_t j = t; j-- > 0; power *= lambda) {
        numerator += power * e[j] * v[j];
        denominator += power * e[j];
      }
      if (with_state != numerator / denominator)
        return "token " + std::to_string(t) + ": " + exact::to_string(with_state) + " is not " +
               exact::to_string(numerator / denominator);
    }
    return {};
  });
}

Mlstm<Rational> random_mlstm(Random& random, const Shape& shape, const Rational& epsilon) {
  Mlstm<Rational> in{random_matrix(random, shape.tokens, shape.dk),
                     random_matrix(random, shape.tokens, shape.dk),
                     random_matrix(random, shape.tokens, shape.dv),
                     {},
                     {},
                     epsilon};
  for (std::size_t t = 0; t < shape.tokens; ++t) {
    in.forget.push_back(random_gate(random));
    in.input.push_back(random_gate(random) * Rational(random.between(1, 9), 3));
  }
  return in;
}

/// C q / max(|n·q|, 1) as defined, without any stabilisation; `extra` is added to each divisor.
RationalMatrix mlstm_definition(const Mlstm<Rational>& in, const std::vector<Rational>& extra) {
  const std::size_t dk = in.k.columns(), dv = in.v.columns();
  RationalMatrix c(dv, dk, Rational(0)), n(1, dk, Rational(0)), outputs(in.q.rows(), dv, Rational(0));
  for (std::size_t t = 0; t < in.q.rows(); ++t) {
    c = sum(sum(RationalMatrix(dv, dk, Rational(0)), c, in.forget[t]), outer(in.v, in.k, t, in.input[t]));
    Rational norm = 0;
    for (std::size_t j = 0; j < dk; ++j) {
      n(0, j) = in.forget[t] * n(0, j) + in.input[t] * in.k(t, j);
      norm += n(0, j) * in.q(t, j);
    }
    const Rational divisor = std::max(Rational(abs(norm)), Rational(1)) + extra[t];
    for (std::size_t i = 0; i < dv; ++i) {
      for (std::size_t j = 0; j < dk; ++j) outputs(t, i) += c(i, j) * in.q(t, j) / divisor;
    }
  }
  return outputs;
}

Finding mlstm_forms(const Scope& scope) {
  return for_random_sequences(scope, 10, [](const WithinLimits& field, Random& random, const Shape& shape) -> Failure {
    const Mlstm<Rational> in = random_mlstm(random, shape, 0);
    const RationalMatrix definition = mlstm_definition(in, std::vector<Rational>(shape.tokens, 0));
    const Run run = recurrent(field, in, 1, running_maxima(field, in, 1));
    if (Failure failure = unless_equal("recurrent", run.outputs, definition)) return failure;
    // Any positive numbers will do.
    std::vector<Rational> arbitrary;
    for (std::size_t t = 0; t < shape.tokens; ++t) arbitrary.push_back(7 * random_gate(random));
    if (Failure failure = unless_equal("any stabiliser", recurrent(field, in, 1, arbitrary).outputs, definition))
      return failure;
    for (const std::size_t chunk : chunk_lengths(shape.tokens)) {
      for (const int initial : {0, 1}) {
        const Run chunks = chunkwise(field, in, initial, chunk);
        if (Failure failure = unless_equal("chunkwise (" + std::to_string(chunk) + ")", chunks.outputs, definition))
          return failure;
        if (initial == 0) continue;
        if (Failure failure = unless_equal("state", chunks.state, run.state)) return failure;
      }
    }
    return {};
  });
}

const Rational kEpsilon(1, 1000000);

Finding mlstm_epsilon(const Scope& scope) {
  return for_random_sequences(scope, 10, [](const WithinLimits& field, Random& random, const Shape& shape) -> Failure {
    const Mlstm<Rational> in = random_mlstm(random, shape, kEpsilon);
    std::vector<std::vector<Rational>> choices{running_maxima(field, in, 1)};
    choices.push_back(running_maxima(field, in, 0));
    choices.emplace_back();
    for (std::size_t t = 0; t < shape.tokens; ++t) choices.back().push_back(7 * random_gate(random));
    for (const auto& stabilisers : choices) {
      std::vector<Rational> extra;
      for (const Rational& m : stabilisers) extra.push_back(kEpsilon * m);
      const Run run = recurrent(field, in, 1, stabilisers);
      if (Failure failure = unless_equal("an extra eps M in the divisor", run.outputs, mlstm_definition(in, extra)))
        return failure;
    }
    // With the same M_0 the chunks have the same maxima, and differ in nothing.
    for (const std::size_t chunk : chunk_lengths(shape.tokens)) {
      const Run chunks = chunkwise(field, in, 1, chunk);
      if (Failure failure = unless_equal("chunkwise", chunks.outputs, recurrent(field, in, 1, choices[0]).outputs))
        return failure;
    }
    return {};
  });
}

Finding mlstm_epsilon_breaks_invariance(const Scope& /*scope*/) {
  // One token, q = k = v = 1, f = 1/2, i = 1/4: the step from M_0 = 1 takes M_1 = 1/2, the parallel form 1/4.
  const RationalMatrix one(1, 1, Rational(1));
  const Mlstm<Rational> in{one, one, one, {Rational(1, 2)}, {Rational(1, 4)}, kEpsilon};
  const Rational step = recurrent(kQ, in, 1, running_maxima(kQ, in, 1)).outputs(0, 0);
  const Rational parallel = chunkwise(kQ, in, 0, 1).outputs(0, 0);
  Mlstm<Rational> without = in;
  without.epsilon = 0;
  const Rational step_without = recurrent(kQ, without, 1, running_maxima(kQ, without, 1)).outputs(0, 0);
  const Rational parallel_without = chunkwise(kQ, without, 0, 1).outputs(0, 0);
  Failure failure;
  if (step == parallel) failure = "with eps, both forms give " + exact::to_string(step);
  if (step_without != parallel_without) failure = "the forms differ without eps already";
  return for_one_case(exactly_in("Q"), "one token, f = 1/2, i = 1/4, eps = 1e-6", failure,
                      "recurrent from m = 0: " + exact::to_string(step) + ", parallel: " + exact::to_string(parallel) +
                          ", without eps both: " + exact::to_string(step_without));
}

}  // namespace

Claims layer_claims() {
  constexpr auto kIdentity = ClaimKind::kIdentity;
  return {
      {"lrnn.linear-attention", kIdentity, "recurrent = parallel = chunkwise: S_t = S_{t-1} + v kᵀ",
       "Katharopoulos2020", gated_attention_forms(Gates::kNone)},
      {"lrnn.retnet", kIdentity, "recurrent = parallel = chunkwise: S_t = γ S_{t-1} + v kᵀ", "Sun2023",
       gated_attention_forms(Gates::kOne)},
      {"lrnn.mamba", kIdentity, "recurrent = scan = parallel: h_t = exp(Δ_t A) h_{t-1} + Δ_t B_t u_t, y_t = C_t h_t",
       "GuDao2023", mamba_forms},
      {"lrnn.mamba2", kIdentity, "recurrent = parallel = chunkwise (SSD): S_t = α_t S_{t-1} + v kᵀ", "DaoGu2024",
       gated_attention_forms(Gates::kNumber)},
      {"lrnn.gla", kIdentity,
       "recurrent = parallel = chunkwise: S_t = S_{t-1} diag(α_t) + v kᵀ, quotients of gates or "
       "products of segments",
       "Yang2024b", gated_attention_forms(Gates::kVector)},
      {"lrnn.rwkv4", kIdentity,
       "wkv = (y_t + (γλ - 1) e^k v)/(z_t + (γλ - 1) e^k) with y, z updated first is the wkv of its definition",
       "Su9554", rwkv4_forms},
      {"lrnn.rwkv6", kIdentity, "recurrent = parallel = chunkwise, reading before writing: o = (S_{t-1} + v (u∘k)ᵀ) q",
       "Peng2024", rwkv6_forms},
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
      {"lrnn.mlstm", kIdentity,
       "recurrent = parallel = chunkwise = the definition, whatever positive M_t = e^m stabilises, without eps",
       "Beck2024", mlstm_forms},
      {"lrnn.mlstm-eps", kIdentity,
       "an eps added to the stabilised divisor is eps·M_t added to max(|n·q|, 1); chunks that start from the same M_0 "
       "still equal the recurrence",
       "Beck2024", mlstm_epsilon},
      {"lrnn.mlstm-eps-erratum", ClaimKind::kErratum,
       "with the eps of the published code the parallel form (maximum of a row) and the recurrent one (from m = 0) are "
       "different functions; without it they are the same",
       "Beck2024", mlstm_epsilon_breaks_invariance},
  };
}

}  // namespace eigenmata::ssm
