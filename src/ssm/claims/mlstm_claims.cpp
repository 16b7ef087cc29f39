// SPDX-License-Identifier: Apache-2.0
//
// The LRNN family (layer_claims.cpp): mLSTM, with and without the eps of its published code.
#include <algorithm>

#include "claims.hpp"
#include "eigenmata/ssm/layers/mlstm.hpp"
#include "layer_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Rational;
using Run = LayerRun<Rational>;

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

Claims mlstm_claims() {
  constexpr auto kIdentity = ClaimKind::kIdentity;
  return {
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
