// SPDX-License-Identifier: Apache-2.0
//
// The linear recurrent unit and its scans.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "claims.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/scan.hpp"
#include "eigenmata/ssm/transfer_function.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Ball;
using exact::Rational;

Rational power(Rational base, std::size_t exponent) {
  Rational result = 1;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) result *= base;
    base *= base;
  }
  return result;
}

Finding diagonalisation(const Scope& scope) {
  return for_sizes(scope, 1, 8, exactly_in("Q"), [&scope](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    RationalMatrix p = random_matrix(random, n, n), lambda(n, n, Rational(0));
    while (exact::determinant(p).is_zero()) p = random_matrix(random, n, n);
    const RationalMatrix inverse = *exact::inverse(p);
    for (std::size_t i = 0; i < n; ++i) lambda(i, i) = random_gate(random);
    const RationalMatrix a = exact::multiply(kQ, exact::multiply(kQ, p, lambda), inverse);
    RationalMatrix x(n, 1, Rational(0)), z = x;
    for (int t = 0; t < 8; ++t) {
      const RationalMatrix u = random_matrix(random, n, 1), v = exact::multiply(kQ, inverse, u);
      x = exact::multiply(kQ, a, x);
      for (std::size_t i = 0; i < n; ++i) {
        x(i, 0) += u(i, 0);
        z(i, 0) = lambda(i, i) * z(i, 0) + v(i, 0);
      }
      if (Failure failure = unless_equal("step " + std::to_string(t), exact::multiply(kQ, p, z), x)) return failure;
    }
    return {};
  });
}

// Not every A is diagonalisable. A Jordan block of size n has the kernel C(k, n − 1) λ^{k−n+1} (C = e_0, B = e_{n−1}),
// whose fraction has one pole n times and nothing to cancel: diagonal systems have simple poles. It is a limit of them:
// the eigenvalues λ + jη, j < n, with the weights of the (n − 1)-th divided difference.
Finding jordan_blocks(const Scope& scope) {
  return for_sizes(scope, 2, 8, exactly_in("Q"), [&scope](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    const Rational lambda = random_gate(random);
    StateSpace<Rational> block{{RationalMatrix(n, n, Rational(0)), std::vector<Rational>(n, Rational(0))},
                               std::vector<Rational>(n, Rational(0))};
    for (std::size_t i = 0; i < n; ++i) {
      block.a(i, i) = lambda;
      if (i + 1 < n) block.a(i, i + 1) = 1;
    }
    block.b[n - 1] = block.c[0] = 1;
    const std::size_t length = 2 * n + 2;
    const std::vector<Rational> taps = kernel(kQ, block, length);
    for (std::size_t k = 0; k < length; ++k) {
      const Rational wanted = k + 1 < n ? Rational(0) : Rational(binomial(k, n - 1)) * power(lambda, k - (n - 1));
      if (taps[k] != wanted) return "K_" + std::to_string(k) + " is " + exact::to_string(taps[k]);
    }
    const TransferFunction<Rational> f = transfer_function(kQ, block);
    if (!is_minimal(f)) return "fewer states give the same kernel";
    const auto poles = exact::factors(pole_polynomial(f));
    if (poles.size() != 1 || poles[0].second != n) return "the pole is not one, n times";
    // The divided difference of λ^k is C(k, n − 1) ξ^{k−n+1} for a ξ between the eigenvalues, by the mean value
    // theorem: above K_k, and by less than C(k, n − 1) (k − n + 1) (n − 1) η (λ + (n − 1) η)^{k−n}.
    for (const int bits : {12, 13, 14}) {
      scope.limits.poll();
      const Rational eta(1, exact::Integer(1) << bits), largest = lambda + Rational(n - 1) * eta;
      std::vector<Rational> weights(n, Rational(1));
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t i = 0; i < n; ++i) {
          if (i != j) weights[j] /= (Rational(j) - Rational(i)) * eta;
        }
      }
      for (std::size_t k = 0; k < length; ++k) {
        Rational error = -taps[k];
        for (std::size_t j = 0; j < n; ++j) error += weights[j] * power(lambda + Rational(j) * eta, k);
        const bool is_exact = k < n;
        Rational bound = 0;
        if (!is_exact)
          bound = Rational(binomial(k, n - 1)) * Rational((k - n + 1) * (n - 1)) * eta * power(largest, k - n);
        if (is_exact ? !error.is_zero() : error <= 0 || error > bound)
          return "the diagonal system's K_" + std::to_string(k) + " is off by " + Ball(error, 64).to_string(3);
      }
    }
    return {};
  });
}

/// A complex number on ℚ, and the matrix that multiplies with it.
Finding real_form(const Scope& scope) {
  return for_random_sequences(scope, 16, [&scope](Random& random, const Shape& shape) -> Failure {
    const Rational a = random_rational(random), b = random_rational(random);
    const RationalMatrix rotation(2, 2, std::vector<Rational>{a, -b, b, a});
    RationalMatrix pair(2, 1, Rational(0));
    // x_t = Σ λ^k u_{t−k}, with powers of λ by the binomial theorem.
    std::vector<std::pair<Rational, Rational>> u;
    for (std::size_t t = 0; t < shape.tokens; ++t) {
      scope.limits.poll();
      u.emplace_back(random_rational(random), random_rational(random));
      pair = exact::multiply(kQ, rotation, pair);
      pair(0, 0) += u.back().first;
      pair(1, 0) += u.back().second;
      Rational real = 0, imaginary = 0;
      for (std::size_t k = 0; k <= t; ++k) {
        Rational re = 0, im = 0, binomial = 1;
        for (std::size_t j = 0; j <= k; ++j) {  // C(k, j) a^{k−j} (ib)^j
          const Rational term = binomial * power(a, k - j) * power(b, j);
          (j % 2 == 0 ? re : im) += (j / 2) % 2 == 0 ? term : Rational(-term);
          binomial *= Rational(k - j, j + 1);
        }
        real += re * u[t - k].first - im * u[t - k].second;
        imaginary += re * u[t - k].second + im * u[t - k].first;
      }
      if (real != pair(0, 0) || imaginary != pair(1, 0)) return "step " + std::to_string(t);
    }
    return {};
  });
}

/// E|x_t|² of x_t = λ x_{t−1} + u_t with independent u of mean 0 and E|u|² = 1, by the covariance of (Re x, Im x).
std::vector<Rational> second_moments(const Rational& re, const Rational& im, std::size_t count) {
  const RationalMatrix rotation(2, 2, std::vector<Rational>{re, -im, im, re});
  RationalMatrix covariance(2, 2, Rational(0));
  std::vector<Rational> moments;
  for (std::size_t t = 0; t < count; ++t) {
    covariance = exact::multiply(kQ, exact::multiply(kQ, rotation, covariance), exact::transposed(rotation));
    covariance(0, 0) += Rational(2, 3);  // real and imaginary parts need not be alike
    covariance(1, 1) += Rational(1, 3);
    moments.push_back(covariance(0, 0) + covariance(1, 1));
  }
  return moments;
}

Finding variance(const Scope& scope) {
  Finding finding = for_sizes(scope, 1, 32, exactly_in("Q"), [&scope](std::size_t count) -> Failure {
    Random random(scope.seed + count);
    const Rational re = random_gate(random) / 2, im = random_gate(random) / 2, squared = re * re + im * im;
    const Rational moment = second_moments(re, im, count).back();
    const Rational expected = (1 - power(squared, count)) / (1 - squared);
    if (moment != expected) return exact::to_string(moment) + " is not " + exact::to_string(expected);
    // With γ² = 1 − |λ|² what is missing to 1 is |λ|^{2(t+1)}.
    if (1 - (1 - squared) * moment != power(squared, count)) return "with gamma";
    return {};
  });
  finding.value = "|λ|² = 1/4: " + listed(second_moments(Rational(1, 2), 0, 4)) + ", limit 4/3";
  return finding;
}

Finding ring(const Scope& scope) {
  const std::size_t bits = scope.bits;
  const exact::BallArithmetic k{bits};
  Failure failure;
  Ball last;
  for (const auto& [r_min, r_max] :
       {std::pair{Rational(0), Rational(1)}, std::pair{Rational(9, 10), Rational(999, 1000)},
        std::pair{Rational(1, 2), Rational(3, 4)}}) {
    for (int i = 1; i < 64 && !failure; ++i) {
      const Rational u(i, 64), squared = u * (r_max * r_max - r_min * r_min) + r_min * r_min;
      const Ball nu = exact::logarithm(
          k.multiply(k.from_rational(Rational(-1, 2)), exact::logarithm(k.from_rational(squared), bits)), bits);
      // |λ| = exp(−exp(ν)); the share of the ring's area inside |λ| is then u: the density is uniform.
      const Ball modulus = exact::exponential(k.subtract(k.zero(), exact::exponential(nu, bits)), bits);
      const Ball inside = k.subtract(k.multiply(modulus, modulus), k.from_rational(r_min * r_min));
      last = k.divide(inside, k.from_rational(r_max * r_max - r_min * r_min));
      if (last.contains(u) && !last.is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
      if (!last.contains(u)) failure = "u = " + exact::to_string(u) + ": " + last.to_string();
    }
  }
  return for_one_case(in_balls(bits), "u = 1/64 .. 63/64 on three rings", failure,
                      "share at u = 63/64: " + last.to_string());
}

struct Affine {
  RationalMatrix a, b;
};
Affine combined(const Affine& first, const Affine& second) {
  Affine result{exact::multiply(kQ, second.a, first.a), exact::multiply(kQ, second.a, first.b)};
  for (std::size_t i = 0; i < result.b.rows(); ++i) result.b(i, 0) += second.b(i, 0);
  return result;
}

Finding scans(const Scope& scope) {
  return for_sizes(scope, 1, 40, exactly_in("Q, matrices of 2 x 2"), [&scope](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    std::vector<Affine> maps;
    RationalMatrix x(2, 1, Rational(0));
    std::vector<RationalMatrix> states;
    for (std::size_t i = 0; i < n; ++i) {
      maps.push_back({random_matrix(random, 2, 2), random_matrix(random, 2, 1)});
      x = exact::multiply(kQ, maps[i].a, x);
      for (std::size_t r = 0; r < 2; ++r) x(r, 0) += maps[i].b(r, 0);
      states.push_back(x);
    }
    const auto sequence = scan_in_sequence(maps, combined), halves = scan_by_halves(maps, combined),
               odd_even = scan_by_odd_and_even(maps, combined);
    for (std::size_t i = 0; i < n; ++i) {
      for (const auto* scan : {&sequence, &halves, &odd_even}) {
        if (Failure failure = unless_equal("place " + std::to_string(i), (*scan)[i].b, states[i])) return failure;
        if (Failure failure = unless_equal("place " + std::to_string(i), (*scan)[i].a, sequence[i].a)) return failure;
      }
    }
    return {};
  });
}

Finding scan_counts(const Scope& scope) {
  std::string value;
  Finding finding = for_sizes(scope, 1, 12, exactly_in("Z"), [&](std::size_t m) -> Failure {
    scope.limits.require_memory(m > 40 ? SIZE_MAX : std::size_t{128} << m, "sequences of 2^" + std::to_string(m));
    // What is combined are stretches of places, so that a wrong order is seen; depth is the longest chain.
    struct Stretch {
      std::size_t first, last, depth;
    };
    const std::size_t n = std::size_t{1} << m;
    std::size_t operations = 0;
    bool adjacent = true;
    const auto combine = [&](const Stretch& a, const Stretch& b) {
      ++operations;
      adjacent = adjacent && a.last == b.first;
      return Stretch{a.first, b.last, std::max(a.depth, b.depth) + 1};
    };
    std::vector<Stretch> places;
    for (std::size_t i = 0; i < n; ++i) places.push_back({i, i + 1, 0});
    const auto deepest = [](const std::vector<Stretch>& all) {
      std::size_t depth = 0;
      for (const Stretch& s : all) depth = std::max(depth, s.depth);
      return depth;
    };
    const std::size_t depth = deepest(scan_by_halves(places, combine));
    const std::size_t by_halves = operations;
    operations = 0;
    (void)scan_by_odd_and_even(places, combine);
    if (!adjacent) return "stretches are combined that are not neighbours";
    if (by_halves != n / 2 * m) return "by halves: " + std::to_string(by_halves);
    if (depth != m) return "depth by halves: " + std::to_string(depth);
    if (operations != 2 * n - 2 - m) return "by odd and even: " + std::to_string(operations);
    value = "n = " + std::to_string(n) + ": " + std::to_string(by_halves) + " by halves, " +
            std::to_string(operations) + " by odd and even";
    return {};
  });
  finding.range = "n = 2^m, m" + finding.range.substr(1);
  finding.value = value;
  return finding;
}

/// The first t for which r^{−t} is rounded to infinity.
Finding overflow_lengths(const Scope& scope) {
  const std::size_t bits = std::max<std::size_t>(scope.bits, 192);  // fewer do not tell neighbouring lengths apart
  const exact::BallArithmetic k{bits};
  Failure failure;
  std::string value;
  const std::vector<std::pair<Rational, std::pair<std::uint64_t, std::uint64_t>>> cases{
      {Rational(1, 2), {128, 1024}},
      {Rational(9, 10), {843, 6737}},
      {Rational(99, 100), {8828, 70623}},
      {Rational(999, 1000), {88679, 709428}}};
  for (const auto& [r, expected] : cases) {
    for (const precision::FloatFormat* format : {&precision::kF32, &precision::kF64}) {
      // Halfway between the largest number and the next, 2^(e + 1) (1 − 2^−(p + 1)).
      const Rational threshold = Rational(exact::Integer(1) << (format->highest_exponent() + 1)) *
                                 (1 - Rational(1, exact::Integer(1) << (format->precision() + 1)));
      const Ball per_step = exact::logarithm(k.from_rational(1 / r), bits);
      const Ball limit = exact::logarithm(k.from_rational(threshold), bits);
      const auto t = static_cast<std::uint64_t>(std::ceil(k.divide(limit, per_step).approximate_midpoint()));
      const auto reaches = [&](std::uint64_t steps) {
        return k.subtract(k.multiply(k.from_rational(Rational(steps)), per_step), limit).sign();
      };
      if (reaches(t) != 1 || reaches(t - 1) != -1) failure = "balls do not decide " + std::to_string(t);
      const std::uint64_t wanted = format == &precision::kF32 ? expected.first : expected.second;
      if (t != wanted && !failure) failure = exact::to_string(r) + ": " + std::to_string(t);
      value += (format == &precision::kF32 ? (value.empty() ? "" : "; ") + exact::to_string(r) + ": " : "/") +
               std::to_string(t);
    }
  }
  return for_one_case(in_balls(bits), "|λ| = 1/2, 9/10, 99/100, 999/1000", failure, "f32/f64: " + value);
}

/// γ² = 1 − |λ|² from the stored ν, in T: as 1 − λ² and as −expm1(−2 e^ν). Relative errors, the larger of two.
template <class T>
std::pair<double, double> normaliser_errors(T nu, std::size_t bits) {
  const exact::BallArithmetic k{bits};
  const T rate = std::exp(nu), modulus = std::exp(-rate);
  const Ball twice = k.multiply(k.from_rational(-2), exact::exponential(k.from_rational(Rational(nu)), bits));
  const Ball wanted = k.subtract(k.one(), exact::exponential(twice, bits));
  const auto error = [&](T computed) {
    return std::abs(k.divide(k.subtract(k.from_rational(Rational(computed)), wanted), wanted).approximate_midpoint());
  };
  return {error(1 - modulus * modulus), error(-std::expm1(-2 * rate))};
}

template <class T>
Failure unless_cancels(Random& random, const precision::FloatFormat& format, std::size_t bits, std::string& value) {
  const double unit = std::ldexp(1.0, -format.precision());
  for (int k = 2; k <= 20; ++k) {
    double naive = 0, stable = 0;
    for (int draw = 0; draw < 32; ++draw) {
      // ν about log(2^−k): |λ| about 1 − 2^−k.
      const double spread = static_cast<double>(random.between(-1000, 1000)) / 2000;
      const auto [first, second] = normaliser_errors(static_cast<T>(-k * std::log(2.0) + spread), bits);
      naive = std::max(naive, first);
      stable = std::max(stable, second);
    }
    char text[64];
    std::snprintf(text, sizeof text, "2^-%d: %.1e and %.1e", k, naive, stable);
    if (k % 6 == 2) value += (value.empty() ? "1 - |λ| about " : ", ") + std::string(text);
    if (!(naive >= std::ldexp(unit, k) / 8)) return "1 - λ² loses nothing: 1 - |λ| about " + std::string(text);
    if (!(stable <= 8 * unit)) return "expm1 loses, too: 1 - |λ| about " + std::string(text);
  }
  return {};
}

Finding normaliser(const Scope& scope) {
  const bool is_single = runs_in_single(scope);
  const std::size_t bits = std::max<std::size_t>(scope.bits, 192);  // the oracle's own cancellation
  Random random(scope.seed);
  std::string value;
  const Failure failure = is_single ? unless_cancels<float>(random, precision::kF32, bits, value)
                                    : unless_cancels<double>(random, precision::kF64, bits, value);
  return for_one_case({Method::kMeasured,
                       std::string(is_single ? "f32" : "f64") + " against balls of " + std::to_string(bits) + " bits"},
                      "1 - |λ| from 2^-2 to 2^-20, 32 draws each, seed " + std::to_string(scope.seed), failure, value);
}

}  // namespace

Claims lru_claims() {
  constexpr auto kIdentity = ClaimKind::kIdentity;
  return {
      {"lru.diagonalisation", kIdentity, "x_t = A x_{t-1} + u_t is P z_t with z_t = Λ z_{t-1} + P⁻¹ u_t if A = P Λ P⁻¹",
       "Orvieto2023", diagonalisation},
      {"lru.jordan-block", kIdentity,
       "a Jordan block of size n > 1 has a kernel of no diagonal system, one pole n times; diagonal systems with the "
       "eigenvalues λ, λ + η, … come as close as η",
       "Orvieto2023", jordan_blocks},
      {"lru.real-form", kIdentity, "a complex state is a pair of real ones under a rotation and scaling", "Su9554",
       real_form},
      {"lru.variance", kIdentity, "E|x_t|² = (1 - |λ|^{2(t+1)})/(1 - |λ|²) for white noise; times γ² it goes to 1",
       "Orvieto2023", variance},
      {"lru.ring", kIdentity,
       "ν = log(-½ log(u (r_max² - r_min²) + r_min²)) puts λ uniformly on the ring if u is uniform", "Orvieto2023",
       ring},
      {"lru.scan", kIdentity, "scans by halves and by odd and even places give what the recurrence gives", "Su9554",
       scans},
      {"lru.scan-counts", kIdentity,
       "n = 2^m: (n/2) m operations in depth m by halves, 2n - 2 - m by odd and even places", "Su9554", scan_counts},
      {"lru.overflow", ClaimKind::kBound,
       "λ^t Σ λ^{-k} u_k overflows first at t = 128, 843, 8828, 88679 in f32, for |λ| = 1/2, 9/10, 99/100, 999/1000",
       "Su9554", overflow_lengths},
      {"lru.normaliser", ClaimKind::kBound,
       "γ² = 1 - |λ|² from |λ| = exp(-exp(ν)) loses as many bits as 1 - |λ| has zeros; as -expm1(-2 exp(ν)) it stays "
       "within 8 units of roundoff",
       "this project", normaliser, "", true},
  };
}

}  // namespace eigenmata::ssm
