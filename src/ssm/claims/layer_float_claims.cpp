// SPDX-License-Identifier: Apache-2.0
//
// The LRNN family in floats: the same layers, run by the same code, with a rounding plan as arithmetic. Why does
// chunked differ from recurrent? Because each rounds in its own order: all are as far from the exact outputs as their
// sums are long, and none is the other.
//
// The reference is the recurrence in balls on the very floats that the forms get; errors are relative to the largest
// output.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "claims.hpp"
#include "eigenmata/ssm/float_field.hpp"
#include "eigenmata/ssm/layers/delta_rule.hpp"
#include "eigenmata/ssm/layers/diagonal_plus_low_rank.hpp"
#include "eigenmata/ssm/layers/gated_attention.hpp"
#include "eigenmata/ssm/layers/mlstm.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Ball;
using exact::Rational;
using FloatMatrix = exact::Matrix<double>;
using BallMatrix = exact::Matrix<Ball>;

constexpr std::size_t kBallBits = 2048;
constexpr std::size_t kDim = 8;  // dk = dv

/// Uniform, rounded to the format.
FloatMatrix random_floats(const FloatField& k, Random& random, std::size_t rows, std::size_t columns,
                          const Rational& low, const Rational& high) {
  std::vector<double> entries;
  for (std::size_t i = 0; i < rows * columns; ++i)
    entries.push_back(k.from_rational(low + (high - low) * Rational(random.next(), exact::Integer(1) << 64)));
  return {rows, columns, std::move(entries)};
}

/// Keys of length about 1, as layers normalise them.
FloatMatrix random_keys(const FloatField& k, Random& random, std::size_t rows, std::size_t columns) {
  FloatMatrix keys = random_floats(k, random, rows, columns, -1, 1);
  for (std::size_t i = 0; i < rows; ++i) {
    double norm = 0;
    for (std::size_t j = 0; j < columns; ++j) norm += keys(i, j) * keys(i, j);
    for (std::size_t j = 0; j < columns; ++j) keys(i, j) = k.from_rational(Rational(keys(i, j) / std::sqrt(norm)));
  }
  return keys;
}

BallMatrix as_balls(const FloatMatrix& a) {
  std::vector<Ball> entries;
  for (const double x : a.entries()) entries.emplace_back(Rational(x), kBallBits);
  return {a.rows(), a.columns(), std::move(entries)};
}
std::vector<Ball> as_balls(const std::vector<double>& a) {
  std::vector<Ball> balls;
  for (const double x : a) balls.emplace_back(Rational(x), kBallBits);
  return balls;
}
GatedAttention<Ball> as_balls(const GatedAttention<double>& in) {
  return {as_balls(in.q), as_balls(in.k), as_balls(in.v), as_balls(in.decay), {}};
}
DeltaRule<Ball> as_balls(const DeltaRule<double>& in) {
  return {as_balls(in.q), as_balls(in.k), as_balls(in.v), as_balls(in.beta), as_balls(in.alpha)};
}
DiagonalPlusLowRank<Ball> as_balls(const DiagonalPlusLowRank<double>& in) {
  return {as_balls(in.q), as_balls(in.k), as_balls(in.v), as_balls(in.w), as_balls(in.a), as_balls(in.b)};
}

/// The mLSTM with the maxima of implementations, from M_0 = 1.
template <class S>
struct StabilisedMlstm {
  Mlstm<S> layer;
};
StabilisedMlstm<Ball> as_balls(const StabilisedMlstm<double>& in) {
  const Mlstm<double>& m = in.layer;
  return {{as_balls(m.q), as_balls(m.k), as_balls(m.v), as_balls(m.forget), as_balls(m.input), Ball()}};
}
template <class K, class S>
LayerRun<S> recurrent(const K& k, const StabilisedMlstm<S>& in, const exact::Matrix<S>& /*zero*/) {
  return recurrent(k, in.layer, k.one(), running_maxima(k, in.layer, k.one()));
}
template <class K, class S>
LayerRun<S> chunkwise(const K& k, const StabilisedMlstm<S>& in, const exact::Matrix<S>& /*zero*/, std::size_t chunk) {
  return chunkwise(k, in.layer, k.one(), chunk);
}

/// max |float − reference| / max |reference|; infinite if a float is not finite.
double relative_error(const FloatMatrix& floats, const BallMatrix& reference) {
  double error = 0, largest = 0;
  for (std::size_t i = 0; i < floats.rows(); ++i) {
    for (std::size_t j = 0; j < floats.columns(); ++j) {
      largest = std::max(largest, std::abs(reference(i, j).approximate_midpoint()));
      if (!std::isfinite(floats(i, j))) return INFINITY;
      const Ball difference = exact::subtract(Ball(Rational(floats(i, j)), kBallBits), reference(i, j), kBallBits);
      error = std::max(error, std::abs(difference.approximate_midpoint()));
    }
  }
  return error / largest;
}

/// 2^−p of a format.
double unit_roundoff(const precision::FloatFormat& format) { return std::ldexp(1.0, -format.precision()); }

std::vector<precision::RoundingPlan> plans_of(const Scope& scope) {
  std::vector<precision::RoundingPlan> plans;
  std::vector<precision::FloatFormat> formats{precision::kF64, precision::kF32, precision::kFp16, precision::kBf16};
  if (scope.format != nullptr) formats = {*scope.format};
  for (const precision::FloatFormat& format : formats) {
    plans.push_back(precision::named_plan("all-same", format, {}));
    if (format.precision() < precision::kF32.precision())
      plans.push_back(precision::named_plan("pytorch-loop", format, {}));
  }
  return plans;
}

/// "f32 all-same: recurrent 1e-7, chunks of 16 2e-7, …" for each plan; all errors at most (tokens + dk) times the
/// unit roundoff of the format (sums are that long), and no two forms bit for bit the same.
template <class Make>
Finding error_table(const Scope& scope, const Make& make) {
  const std::size_t tokens = length_of(scope, 2, 64);
  const exact::BallArithmetic balls{kBallBits};
  Failure failure;
  std::string table;
  for (const precision::RoundingPlan& plan : plans_of(scope)) {
    scope.limits.poll();
    const FloatField k(plan);
    Random random(scope.seed);
    const auto in = make(k, random, tokens);
    const BallMatrix reference = recurrent(balls, as_balls(in), BallMatrix(kDim, kDim, balls.zero())).outputs;
    table += (table.empty() ? "" : "; ") + std::string(plan.parameters.name) + " " + plan.name + ":";
    const FloatMatrix zero(kDim, kDim, 0.0);
    const auto record = [&](const std::string& form, const FloatMatrix& outputs) {
      const double error = relative_error(outputs, reference);
      table += " " + form + " " + brief(error);
      if (!(error <= static_cast<double>(tokens + kDim) * unit_roundoff(plan.parameters)))
        failure = std::string(plan.parameters.name) + " " + plan.name + ", " + form + ": " + brief(error);
    };
    const FloatMatrix one_by_one = recurrent(k, in, zero).outputs;
    record("recurrent", one_by_one);
    for (const std::size_t chunk : {std::min<std::size_t>(16, tokens), tokens}) {
      const FloatMatrix chunked = chunkwise(k, in, zero, chunk).outputs;
      record(chunk == tokens ? "parallel" : "chunks of " + std::to_string(chunk), chunked);
      if (tokens >= 32 && chunked == one_by_one && !failure) failure = "both forms give the same floats";
    }
    // Sums as a tree: the order of the same operations alone.
    precision::RoundingPlan tree = plan;
    tree.order = precision::RoundingPlan::Order::kPairwise;
    record("recurrent with sums as trees", recurrent(FloatField(tree), in, zero).outputs);
  }
  return for_one_case({Method::kMeasured, "floats against balls of " + std::to_string(kBallBits) + " bits"},
                      std::to_string(tokens) + " tokens, dk = dv = 8, seed " + std::to_string(scope.seed), failure,
                      table);
}

Finding attention_errors(const Scope& scope) {
  return error_table(scope, [](const FloatField& k, Random& random, std::size_t tokens) {
    return GatedAttention<double>{random_floats(k, random, tokens, kDim, -1, 1),
                                  random_floats(k, random, tokens, kDim, -1, 1),
                                  random_floats(k, random, tokens, kDim, -1, 1),
                                  FloatMatrix(tokens, 1, 1.0),
                                  {}};
  });
}

Finding gla_errors(const Scope& scope) {
  return error_table(scope, [](const FloatField& k, Random& random, std::size_t tokens) {
    return GatedAttention<double>{random_floats(k, random, tokens, kDim, -1, 1),
                                  random_floats(k, random, tokens, kDim, -1, 1),
                                  random_floats(k, random, tokens, kDim, -1, 1),
                                  random_floats(k, random, tokens, kDim, Rational(7, 8), 1),
                                  {}};
  });
}

DeltaRule<double> random_delta(const FloatField& k, Random& random, std::size_t tokens, const Rational& lowest_gate) {
  DeltaRule<double> in{random_keys(k, random, tokens, kDim),
                       random_keys(k, random, tokens, kDim),
                       random_floats(k, random, tokens, kDim, -1, 1),
                       {},
                       {}};
  in.beta = random_floats(k, random, 1, tokens, Rational(1, 4), 1).entries();
  in.alpha = random_floats(k, random, 1, tokens, lowest_gate, 1).entries();
  return in;
}

Finding delta_errors(const Scope& scope) {
  return error_table(scope, [](const FloatField& k, Random& random, std::size_t tokens) {
    return random_delta(k, random, tokens, 1);
  });
}

Finding gated_delta_errors(const Scope& scope) {
  return error_table(scope, [](const FloatField& k, Random& random, std::size_t tokens) {
    return random_delta(k, random, tokens, Rational(7, 8));
  });
}

Finding rwkv7_errors(const Scope& scope) {
  return error_table(scope, [](const FloatField& k, Random& random, std::size_t tokens) {
    // a = −κ, b = κ∘rate with a normalised κ.
    const FloatMatrix kappa = random_keys(k, random, tokens, kDim);
    DiagonalPlusLowRank<double> in{random_keys(k, random, tokens, kDim),
                                   kappa,
                                   random_floats(k, random, tokens, kDim, -1, 1),
                                   random_floats(k, random, tokens, kDim, Rational(7, 8), 1),
                                   kappa,
                                   kappa};
    const FloatMatrix rates = random_floats(k, random, tokens, kDim, 0, 1);
    for (std::size_t t = 0; t < tokens; ++t) {
      for (std::size_t c = 0; c < kDim; ++c) {
        in.a(t, c) = -in.a(t, c);
        in.b(t, c) = k.multiply(in.b(t, c), rates(t, c));
      }
    }
    return in;
  });
}

Finding mlstm_errors(const Scope& scope) {
  return error_table(scope, [](const FloatField& k, Random& random, std::size_t tokens) {
    StabilisedMlstm<double> in{{random_keys(k, random, tokens, kDim),
                                random_keys(k, random, tokens, kDim),
                                random_floats(k, random, tokens, kDim, -1, 1),
                                {},
                                {},
                                0.0}};
    in.layer.forget = random_floats(k, random, 1, tokens, Rational(7, 8), 1).entries();
    in.layer.input = random_floats(k, random, 1, tokens, Rational(1, 8), 2).entries();
    return in;
  });
}

/// |o − ô| ≤ γ_n |Q| |K|ᵀ |V| for every order of summation [Higham2002, 3.1]: n counts the roundings along one product.
Finding attention_bound(const Scope& scope) {
  const std::size_t tokens = length_of(scope, 2, 64);
  std::size_t judged = 0;  // formats
  Failure failure;
  std::string table;
  for (const precision::RoundingPlan& plan : plans_of(scope)) {
    if (plan.name != "all-same") continue;
    scope.limits.poll();
    const FloatField k(plan);
    Random random(scope.seed);
    const GatedAttention<double> in{random_floats(k, random, tokens, kDim, Rational(1, 2), 2),
                                    random_floats(k, random, tokens, kDim, -2, 2),
                                    random_floats(k, random, tokens, kDim, -2, 2),
                                    FloatMatrix(tokens, 1, 1.0),
                                    {}};
    const Rational u(1, exact::Integer(1) << plan.parameters.precision());
    const Rational n(2 * (tokens + kDim) + 4);
    if (n * u >= 1) {
      table += "; " + std::string(plan.parameters.name) + ": the bound says nothing (n u ≥ 1)";
      continue;
    }
    const Rational gamma = n * u / (1 - n * u);
    // The exact outputs and the bound, in rationals.
    RationalMatrix expected(tokens, kDim, Rational(0)), bound = expected;
    for (std::size_t i = 0; i < tokens; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        Rational score = 0, modulus = 0;
        for (std::size_t c = 0; c < kDim; ++c) {
          const Rational product = Rational(in.q(i, c)) * Rational(in.k(j, c));
          score += product;
          modulus += abs(product);
        }
        for (std::size_t row = 0; row < kDim; ++row) {
          expected(i, row) += score * Rational(in.v(j, row));
          bound(i, row) += gamma * modulus * abs(Rational(in.v(j, row)));
        }
      }
    }
    ++judged;
    double used = 0;
    const FloatMatrix zero(kDim, kDim, 0.0);
    for (const std::size_t chunk : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{16}, tokens}) {
      const FloatMatrix outputs =
          chunk == 0 ? recurrent(k, in, zero).outputs : chunkwise(k, in, zero, std::min(chunk, tokens)).outputs;
      for (std::size_t i = 0; i < tokens; ++i) {
        for (std::size_t row = 0; row < kDim; ++row) {
          if (!std::isfinite(outputs(i, row)))
            return for_one_case({Method::kMeasured, "floats against Q"}, "first output",
                                std::string(plan.parameters.name) + ": an output is not finite");
          const Rational error = abs(Rational(outputs(i, row)) - expected(i, row));
          if (error > bound(i, row)) failure = std::string(plan.parameters.name) + ": the bound does not hold";
          if (!bound(i, row).is_zero()) used = std::max(used, Rational(error / bound(i, row)).convert_to<double>());
        }
      }
    }
    table += "; " + std::string(plan.parameters.name) + ": " + brief(used) + " of the bound";
  }
  Finding finding = for_one_case({Method::kMeasured, "floats against Q"},
                                 std::to_string(tokens) + " tokens, dk = dv = 8; recurrent, chunks of 1, 7, 16 and all",
                                 failure, "largest error " + table.substr(std::min<std::size_t>(2, table.size())));
  if (judged == 0) {
    finding.verdict = core::Answer::kUnknown;
    finding.witness = "the bound says nothing: n u is 1 or more";
  }
  return finding;
}

/// α = 1/2: the chunk length from which on (q∘G)(k/G)ᵀ is not finite, and products of segments still are exact.
Finding gate_underflow(const Scope& scope) {
  Failure failure;
  std::string table;
  std::vector<precision::FloatFormat> formats{precision::kF32, precision::kFp16, precision::kBf16};
  if (scope.format != nullptr) formats = {*scope.format};
  for (const precision::FloatFormat& format : formats) {
    scope.limits.poll();
    const FloatField k(precision::named_plan("all-same", format, {}));
    const auto is_finite = [&](std::size_t tokens, GateProducts products) {
      const GatedAttention<double> in{FloatMatrix(tokens, 2, 1.0),
                                      FloatMatrix(tokens, 2, 1.0),
                                      FloatMatrix(tokens, 1, 1.0),
                                      FloatMatrix(tokens, 2, 0.5),
                                      {}};
      const FloatMatrix outputs = chunkwise(k, in, FloatMatrix(1, 2, 0.0), tokens, products).outputs;
      return std::all_of(outputs.entries().begin(), outputs.entries().end(), [](double x) { return std::isfinite(x); });
    };
    // k/G_j is 2^j: beyond the largest number from j = highest_exponent + 1 on.
    const std::size_t predicted = static_cast<std::size_t>(format.highest_exponent()) + 1;
    if (!is_finite(predicted - 1, GateProducts::kQuotients)) failure = "not finite a token earlier than predicted";
    if (is_finite(predicted, GateProducts::kQuotients)) failure = "still finite at the predicted length";
    if (!is_finite(2 * predicted, GateProducts::kSegments)) failure = "segments are not finite";
    table += (table.empty() ? "" : ", ") + std::string(format.name) + ": " + std::to_string(predicted);
    if (failure) *failure += " (" + std::string(format.name) + ", " + std::to_string(predicted) + ")";
  }
  return for_one_case({Method::kMeasured, "floats"}, "constant gates 1/2, q = k = v = 1", failure,
                      "first chunk length that is not finite: " + table);
}

/// log G_i/G_j of gates as a difference of prefix sums, and as the sum of its own segment: absolute errors, that is,
/// relative ones of the gates, for segments of up to 16 of many gates.
Finding gate_segments(const Scope& scope) {
  const std::size_t tokens = length_of(scope, 64, 1024);
  constexpr std::size_t kSegment = 16;
  const precision::FloatFormat& format = scope.format != nullptr ? *scope.format : precision::kF32;
  const FloatField k(precision::named_plan("all-same", format, {}));
  Random random(scope.seed);
  const std::vector<double> logs = random_floats(k, random, 1, tokens, -2, 0).entries();
  std::vector<double> prefix{0.0};
  std::vector<Rational> exactly{0};
  for (const double log : logs) {
    prefix.push_back(k.add(prefix.back(), log));
    exactly.push_back(exactly.back() + Rational(log));
  }
  double by_difference = 0, by_sum = 0;
  for (std::size_t first = 0; first < tokens; ++first) {
    scope.limits.poll();
    double sum = 0;
    for (std::size_t last = first + 1; last <= std::min(tokens, first + kSegment); ++last) {
      sum = k.add(sum, logs[last - 1]);
      const Rational wanted = exactly[last] - exactly[first];
      const auto error = [&](double a) { return Rational(abs(Rational(a) - wanted)).convert_to<double>(); };
      by_difference = std::max(by_difference, error(k.subtract(prefix[last], prefix[first])));
      by_sum = std::max(by_sum, error(sum));
    }
  }
  Failure failure;
  // Prefix sums are about as large as there are tokens, a segment's as long as it is.
  const double unit = unit_roundoff(format);
  if (!(by_sum <= kSegment * kSegment * 2 * unit)) failure = "sums of segments are off by " + brief(by_sum);
  if (!(by_difference >= static_cast<double>(tokens) * unit / 8))
    failure = "differences are off by no more than " + brief(by_difference);
  return for_one_case({Method::kMeasured, std::string(format.name) + " against Q"},
                      std::to_string(tokens) + " gates, segments of up to 16, seed " + std::to_string(scope.seed),
                      failure,
                      "largest relative error of a gate: by differences of prefix sums " + brief(by_difference) +
                          ", by sums of segments " + brief(by_sum));
}

}  // namespace

Claims layer_float_claims() {
  constexpr auto kBound = ClaimKind::kBound;
  constexpr std::string_view kStatement =
      "the forms give different floats, each within (tokens + dk)·2^-p of the exact outputs (relative to the largest)";
  return {
      {"lrnn.floats.linear-attention-bound", kBound,
       "every order of evaluation of linear attention stays within γ_n |Q||K|ᵀ|V| of the exact outputs",
       "Higham2002, 3.1", attention_bound, "", true},
      {"lrnn.floats.linear-attention", kBound, kStatement, "this project", attention_errors, "", true},
      {"lrnn.floats.gla", kBound, kStatement, "this project", gla_errors, "", true},
      {"lrnn.floats.delta-net", kBound, kStatement, "this project", delta_errors, "", true},
      {"lrnn.floats.gated-delta-net", kBound, kStatement, "this project", gated_delta_errors, "", true},
      {"lrnn.floats.rwkv7", kBound, kStatement, "this project", rwkv7_errors, "", true},
      {"lrnn.floats.mlstm", kBound, kStatement, "this project", mlstm_errors, "", true},
      {"lrnn.floats.gate-underflow", kBound,
       "with gates 1/2, chunks as (q∘G)(k/G)ᵀ are not finite from the length on at which 1/G overflows; products of "
       "segments are",
       "this project", gate_underflow, "", true},
      {"lrnn.floats.gate-segments", kBound,
       "log(G_i/G_j) as a difference of prefix sums of n logarithms in [-2, 0] loses n 2^-p/8 or more, whatever i - j "
       "is; summed over its own segment of s ≤ 16 no more than s² 2^(1-p)",
       "DaoGu2024", gate_segments, "", true},
  };
}

}  // namespace eigenmata::ssm
