// SPDX-License-Identifier: Apache-2.0
//
// The LRNN family: each layer's recurrent, parallel and chunkwise forms give what its definition gives, on random
// rational data, exactly. The definition is run with dense transition matrices that are built here from the formula in
// the paper, so that nothing is shared with the forms. Here the layers with gates: transitions are diagonal.
#include "claims.hpp"
#include "eigenmata/ssm/layers/gated_attention.hpp"
#include "eigenmata/ssm/scan.hpp"
#include "layer_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Rational;
using Run = LayerRun<Rational>;

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
       "recurrent = parallel = chunkwise: S_t = S_{t-1} diag(α_t) + v kᵀ, quotients of gates or products of segments",
       "Yang2024b", gated_attention_forms(Gates::kVector)},
      {"lrnn.rwkv4", kIdentity,
       "wkv = (y_t + (γλ - 1) e^k v)/(z_t + (γλ - 1) e^k) with y, z updated first is the wkv of its definition",
       "Su9554", rwkv4_forms},
      {"lrnn.rwkv6", kIdentity, "recurrent = parallel = chunkwise, reading before writing: o = (S_{t-1} + v (u∘k)ᵀ) q",
       "Peng2024", rwkv6_forms},
  };
}

}  // namespace eigenmata::ssm
