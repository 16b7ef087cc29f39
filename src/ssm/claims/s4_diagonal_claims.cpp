// SPDX-License-Identifier: Apache-2.0
//
// The diagonal relatives of S4: S4D, DSS, and S5's scan.
#include <functional>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/projection.hpp"
#include "eigenmata/ssm/s4.hpp"
#include "eigenmata/ssm/s4_spectrum.hpp"
#include "eigenmata/ssm/s4d.hpp"
#include "eigenmata/ssm/transfer_function.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Polynomial;
using exact::Rational;

// --- complex numbers over ℚ ---

struct Gaussian {
  Rational re, im;
};
Gaussian operator*(const Gaussian& a, const Gaussian& b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
Rational norm(const Gaussian& a) { return a.re * a.re + a.im * a.im; }
Gaussian operator/(const Gaussian& a, const Gaussian& b) {
  const Gaussian product = a * Gaussian{b.re, -b.im};
  return {product.re / norm(b), product.im / norm(b)};
}

// 2 Re Σ c_n B̄_n Ā_n^k, bilinear in ℚ(i), against the real system of 2 × 2 blocks.
Finding vandermonde(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 12);
  return for_sizes(scope, 1, 8, exactly_in("Q(i)"), [&](std::size_t pairs) -> Failure {
    const Rational step = random.positive(), half = step / Rational(2);
    LinearSystem<Rational> real{{2 * pairs, 2 * pairs, Rational(0)}, {}};
    std::vector<Rational> row, taps(length, Rational(0));
    for (std::size_t n = 0; n < pairs; ++n) {
      const Gaussian lambda{-random.positive(), random.number()}, b{random.number(), random.number()},
          c{random.number(), random.number()};
      const Gaussian one_minus{Rational(1) - half * lambda.re, -half * lambda.im},
          one_plus{Rational(1) + half * lambda.re, half * lambda.im};
      const Gaussian a = one_plus / one_minus;
      Gaussian x = Gaussian{step * b.re, step * b.im} / one_minus;
      for (Rational& value : taps) {
        scope.limits.poll();
        value += Rational(2) * (c * x).re;
        x = a * x;
      }
      real.a(2 * n, 2 * n) = real.a(2 * n + 1, 2 * n + 1) = lambda.re;
      real.a(2 * n, 2 * n + 1) = -lambda.im;
      real.a(2 * n + 1, 2 * n) = lambda.im;
      real.b.push_back(b.re);
      real.b.push_back(b.im);
      row.push_back(Rational(2) * c.re);
      row.push_back(Rational(-2) * c.im);
    }
    return unless_equal("K", taps, kernel_within(scope.limits, bilinear(real, step), row, length));
  });
}

// --- S4D-Real and DSS from LegS, whose eigenvalues are −1 … −N: with zero-order hold e^{εA} over ℚ[q], q = e^{−ε} ---

/// C E^k (I − E) e_0 as polynomials in q.
std::vector<Polynomial<Rational>> held_kernel(const std::vector<Rational>& c, std::size_t length,
                                              const core::Limits& limits) {
  const std::size_t n = c.size();
  const auto e = legs_exponential(n);
  const Polynomial<Rational> minus{{Rational(-1)}};
  std::vector<Polynomial<Rational>> x(n), taps;
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = exact::multiply(kQ, minus, e[i * n]);
    if (i == 0) x[i] = exact::add(kQ, x[i], {{Rational(1)}});
  }
  for (std::size_t k = 0; k < length; ++k) {
    limits.poll();
    Polynomial<Rational> sum;
    for (std::size_t i = 0; i < n; ++i)
      sum = exact::add(kQ, sum, exact::multiply(kQ, exact::make_polynomial(kQ, {c[i]}), x[i]));
    taps.push_back(sum);
    std::vector<Polynomial<Rational>> next(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) next[i] = exact::add(kQ, next[i], exact::multiply(kQ, e[i * n + j], x[j]));
    }
    x = std::move(next);
  }
  return taps;
}

/// (C V)_j and (V⁻¹ B)_j.
std::pair<std::vector<Rational>, std::vector<Rational>> diagonalised(const std::vector<Rational>& c) {
  return {applied_from_left(c, legs_eigenvectors(c.size())),
          applied(kQ, legs_inverse_eigenvectors(c.size()), legs_form(c.size()).b)};
}

Finding real_variant(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 5);
  return for_sizes(scope, 1, 10, exactly_in("Q[q]"), [&](std::size_t n) -> Failure {
    const auto c = random.vector(n);
    const auto taps = held_kernel(c, length, scope.limits);
    const auto [row, b] = diagonalised(c);
    for (std::size_t k = 0; k < length; ++k) {
      // Σ_j c_j b_j (q^j − 1)/(−j) q^{jk}
      std::vector<Rational> sum(n * (k + 1) + 1, Rational(0));
      for (std::size_t j = 1; j <= n; ++j) {
        const Rational weight = row[j - 1] * b[j - 1] / Rational(j);
        sum[j * k] += weight;
        sum[j * (k + 1)] -= weight;
      }
      if (!(exact::make_polynomial(kQ, sum) == taps[k])) return "K_" + std::to_string(k) + " differs";
    }
    return {};
  });
}

// K_k = Σ_n w_n (e^{λε} − 1)/(λ (e^{Lλε} − 1)) e^{kλε} with w_n = c_n b_n (e^{Lλε} − 1); the softmax over k is its own
// normalisation: Σ_{k<L} e^{kλε} = (e^{Lλε} − 1)/(e^{λε} − 1).
Finding softmax_variant(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 6);
  return for_sizes(scope, 1, 8, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const auto c = random.vector(n);
    const auto taps = held_kernel(c, length, scope.limits);
    const auto [row, b] = diagonalised(c);
    for (const Rational& q : {Rational(1, 2), Rational(3, 7), Rational(9, 10)}) {
      for (std::size_t k = 0; k < length; ++k) {
        Rational sum = 0, ratio = 1;
        for (std::size_t j = 1; j <= n; ++j) {
          ratio *= q;  // e^{λε}, λ = −j
          std::vector<Rational> softmax;
          Rational total = 0, term = 1;
          for (std::size_t l = 0; l < length; ++l) {
            softmax.push_back(term);
            total += term;
            term *= ratio;
          }
          const Rational w = row[j - 1] * b[j - 1] * (term - Rational(1)) / -Rational(j);
          sum += w * softmax[k] / total;
        }
        if (const Failure failure = unless_equal("K_" + std::to_string(k), sum, exact::evaluate(kQ, taps[k], q)))
          return *failure + " at q = " + exact::to_string(q);
      }
    }
    return {};
  });
}

// x̄/(|x|² + η) for 1/x: |1 − x·that|² against (η/(|x|² + η))².
Finding reciprocal(const Scope& scope) {
  RandomRationals random(scope.seed);
  const Rational eta(1, 10000000);
  Failure failure;
  const auto error = [&](const Gaussian& x) -> Rational {
    const Gaussian r{x.re / (norm(x) + eta), -x.im / (norm(x) + eta)};
    const Gaussian product = x * r;
    return norm({Rational(1) - product.re, -product.im});
  };
  for (int round = 0; round < 200 && !failure; ++round) {
    const Gaussian x{random.number() / Rational(1000), random.positive() / Rational(1000)};
    const Rational relative = eta / (norm(x) + eta);
    failure = unless_equal("the squared relative error", error(x), Rational(relative * relative));
    if (!failure && relative >= eta / norm(x)) failure = "it is no less than eta/|x|^2";
  }
  return for_one_case(
      exactly_in("Q(i)"), "200 random x, seed " + std::to_string(scope.seed), failure,
      "eta = 1e-7: at |x| = 1e-3 the squared relative error is " + exact::to_string(error({Rational(1, 1000), 0})));
}

// --- spectra ---

Finding inverse_law(const Scope& scope) {
  const std::size_t bits = scope.bits;
  std::string value;
  std::vector<Ball> before;
  Finding finding = for_sizes(scope, 8, 64, in_balls(bits), [&](std::size_t n) -> Failure {
    const auto parts = legs_imaginary_parts(n, bits);
    std::vector<Ball> ratios;
    for (std::size_t j = 0; j < 4; ++j) {
      const Ball law = exact::divide(Ball(Rational(n * n, 2 * j + 1), bits), exact::pi(bits), bits);
      ratios.push_back(exact::divide(parts[j], law, bits));
      const auto below = exact::subtract(ratios[j], Ball(1, bits), bits).sign();
      const auto rises = before.empty() ? std::optional<int>(1) : exact::subtract(ratios[j], before[j], bits).sign();
      if (!below || !rises) undecided(bits);
      if (*below != -1 || *rises != 1) return "j = " + std::to_string(j) + ": the ratio is " + ratios[j].to_string();
      if (n == 64) value += (j == 0 ? "N = 64: " : ", ") + ratios[j].to_string(6);
    }
    before = ratios;
    return {};
  });
  finding.value = value;
  return finding;
}

// The response to a constant input from 0 on, component 0, of the normal part N with B/2, N⁻¹(e^{tN} − I)B/2, against
// LegS's 1 − e^{−t}. (The impulse responses themselves do not come closer point by point: N keeps the energy of its
// fast oscillations.) In the paper's normalisation component 0 is the same.
Finding diagonal_limit(const Scope& scope) {
  const std::size_t bits = scope.bits, largest = scope.size.value_or(64);
  if (largest < 8) throw core::Error("this claim begins at N = 8, not " + std::to_string(largest));
  std::string value, impulses;
  Failure failure;
  std::optional<Ball> before;
  for (std::size_t n = 8; n <= largest && !failure; n *= 2) {
    scope.limits.poll();
    // Diagonalised: x_0(t) = Σ c_j (e^{λ_j t} − 1)/λ_j b_j/2 with c for component 0.
    const exact::ComplexBallArithmetic k{bits};
    std::vector<ComplexBall> first(n);
    first[0] = k.one();
    const auto form = legs_cauchy_form(n, first, bits);
    Ball worst, worst_impulse, unhalved;
    const auto enlarge = [&](Ball& bound, const Ball& a, const Ball& wanted) {
      const Ball error = exact::absolute(exact::subtract(a, wanted, bits));
      const auto sign = exact::subtract(error, bound, bits).sign();
      if (!sign) undecided(bits);
      if (*sign == 1) bound = error;
    };
    for (std::size_t quarters = 1; quarters <= 8; ++quarters) {
      const Rational t(quarters, 4);
      ComplexBall response, impulse;
      for (std::size_t j = 0; j < n; ++j) {
        const ComplexBall weight = k.multiply(k.multiply(form.c[j], form.b[j]), k.from_rational(Rational(1, 2)));
        const ComplexBall grown = exact::exponential(k.multiply(form.lambda[j], k.from_rational(t)), bits);
        exact::add_product(k, impulse, weight, grown);
        exact::add_product(k, response, weight, k.divide(k.subtract(grown, k.one()), form.lambda[j]));
      }
      const Ball q = exact::exponential(Ball(-t, bits), bits);
      enlarge(worst, response.real(), exact::subtract(Ball(1, bits), q, bits));
      enlarge(unhalved, exact::add(response.real(), response.real(), bits), exact::subtract(Ball(1, bits), q, bits));
      enlarge(worst_impulse, impulse.real(), q);
    }
    const std::string at = (value.empty() ? "N = " : ", ") + std::to_string(n) + ": ";
    value += at + worst.to_string(5);
    impulses += at + worst_impulse.to_string(5);
    if (before) {
      const auto falls = exact::subtract(worst, *before, bits).sign();
      if (!falls) undecided(bits);
      if (*falls != -1) failure = "N = " + std::to_string(n) + " is no closer";
    }
    const auto is_off = exact::subtract(unhalved, Ball(Rational(1, 2), bits), bits).sign();
    if (!is_off) undecided(bits);
    if (*is_off != 1) failure = "B itself comes close at N = " + std::to_string(n);
    before = worst;
  }
  return for_one_case(in_balls(bits), "N = 8, 16, .." + std::to_string(largest) + ", t = 1/4, 1/2, .., 2, component 0",
                      failure, "largest distance for " + value + "; of the impulse responses for " + impulses);
}

// --- initialisations ---

// Linear: differences of π, FouT's without what binds its modes. Inverse: N²/(π(2n + 1)) − N/π. LegS: the enclosed
// spectrum of the normal part, whose real parts are −1/2.
Finding initialisations(const Scope& scope) {
  const std::size_t bits = scope.bits;
  const std::size_t last = 12;  // pairs; an eigensystem each
  std::string value;
  Finding finding = for_sizes(scope, 1, last, in_balls(bits), [&](std::size_t pairs) -> Failure {
    const std::size_t size = 2 * pairs;
    const auto legs = s4d_eigenvalues(S4dSpectrum::kLegs, size, bits);
    const auto inverse = s4d_eigenvalues(S4dSpectrum::kInverse, size, bits);
    const auto parts = legs_imaginary_parts(size, bits);  // by another route: roots of the rational polynomial
    if (legs.size() != pairs || inverse.size() != pairs) return "not one of each pair";
    for (std::size_t n = 0; n < pairs; ++n) {
      if (!legs[n].real().contains(Rational(-1, 2))) return "the real part is " + legs[n].real().to_string();
      if (!legs[n].imaginary().overlaps(parts[n])) return "the imaginary part is " + legs[n].imaginary().to_string();
      if (!legs[n].imaginary().is_narrower_than(16)) undecided(bits);
      // (π Im + N)(2n + 1) = N²
      const Ball product = exact::multiply(exact::pi(bits), inverse[n].imaginary(), bits);
      const Ball square = exact::multiply(exact::add(product, Ball(size, bits), bits), Ball(2 * n + 1, bits), bits);
      if (!square.contains(Rational(size * size))) return "S4D-Inv's is " + inverse[n].imaginary().to_string();
    }
    if (pairs == scope.size.value_or(last)) {
      value = "N = " + std::to_string(size) + ": largest of S4D-LegS " + legs[0].imaginary().to_string(8) +
              ", of S4D-Inv " + inverse[0].imaginary().to_string(8) + ", of S4D-Lin " +
              s4d_eigenvalues(S4dSpectrum::kLinear, size, bits)[pairs - 1].imaginary().to_string(8);
    }
    return {};
  });
  finding.range = "N/2" + finding.range.substr(1);
  finding.value = value;
  return finding;
}

// --- S5 ---

struct Element {
  Matrix<Rational> a;
  std::vector<Rational> b;
};
/// First `left`, then `right`: (A, b) ∘ (A′, b′) = (A′A, A′b + b′).
Element combined(const Element& left, const Element& right) {
  auto b = applied(kQ, right.a, left.b);
  for (std::size_t i = 0; i < b.size(); ++i) b[i] += right.b[i];
  return {exact::multiply(kQ, right.a, left.a), std::move(b)};
}

Finding scan(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 11);
  return for_sizes(scope, 1, 6, exactly_in("Q"), [&](std::size_t n) -> Failure {
    std::vector<Element> elements;
    for (std::size_t i = 0; i < length; ++i) elements.push_back({random.matrix(n, n), random.vector(n)});
    for (std::size_t i = 0; i + 2 < length; ++i) {
      scope.limits.poll();
      const auto left = combined(combined(elements[i], elements[i + 1]), elements[i + 2]);
      const auto right = combined(elements[i], combined(elements[i + 1], elements[i + 2]));
      if (const Failure failure = unless_equal("A of three", left.a, right.a)) return failure;
      if (const Failure failure = unless_equal("b of three", left.b, right.b)) return failure;
    }
    // A tree over each prefix against x ← A x + b from 0.
    const std::function<Element(std::size_t, std::size_t)> tree = [&](std::size_t from, std::size_t to) {
      if (to - from == 1) return elements[from];
      const std::size_t middle = from + (to - from) / 2;
      return combined(tree(from, middle), tree(middle, to));
    };
    std::vector<Rational> x(n, Rational(0));
    for (std::size_t i = 0; i < length; ++i) {
      scope.limits.poll();
      x = stepped(kQ, LinearSystem<Rational>{elements[i].a, elements[i].b}, x, Rational(1));
      if (const Failure failure = unless_equal("x at " + std::to_string(i), tree(0, i + 1).b, x)) return failure;
    }
    return {};
  });
}

// Several inputs and outputs: Λ, B~ = V⁻¹ B and C~ = C V step each eigenvalue by itself.
Finding mimo(const Scope& scope) {
  constexpr std::size_t kInputs = 2, kOutputs = 3;
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 8);
  return for_sizes(scope, 1, 10, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const Rational step = random.positive();
    const auto a = bilinear(legs_form(n), step).a;
    const auto b = random.matrix(n, kInputs), c = random.matrix(kOutputs, n);
    const auto scaled_b = exact::multiply(kQ, legs_inverse_eigenvectors(n), b);
    const auto scaled_c = exact::multiply(kQ, c, legs_eigenvectors(n));
    Matrix<Rational> x(n, 1, Rational(0)), z = x;
    for (std::size_t t = 0; t < length; ++t) {
      scope.limits.poll();
      const auto u = random.matrix(kInputs, 1);
      const auto input = exact::multiply(kQ, b, u), scaled_input = exact::multiply(kQ, scaled_b, u);
      x = exact::multiply(kQ, a, x);
      for (std::size_t j = 0; j < n; ++j) {
        const Rational half = step * Rational(j + 1) / 2;
        x(j, 0) += input(j, 0);
        z(j, 0) = z(j, 0) * (1 - half) / (1 + half) + scaled_input(j, 0);
      }
      if (Failure failure =
              unless_equal("y at " + std::to_string(t), exact::multiply(kQ, scaled_c, z), exact::multiply(kQ, c, x)))
        return failure;
    }
    return {};
  });
}

}  // namespace

Claims s4_diagonal_claims() {
  return {
      {"s4d.kernel", ClaimKind::kIdentity,
       "2 Re of the sum of c_n B'_n A'_n^k over one of each pair of conjugates is the kernel of the real system of 2 x "
       "2 blocks",
       "Gu2022", vandermonde},
      {"s4d.real", ClaimKind::kIdentity,
       "S4D-Real, A_n = -(n + 1), with V^-1 B and C V has the kernel of LegS with zero-order hold, q = exp(-step): "
       "DSS_exp with the weights c_n b_n",
       "Gu2022", real_variant},
      {"s4d.inverse-law", ClaimKind::kSpectrum,
       "the imaginary parts of the normal part of LegS follow N^2/(pi (2j + 1)), the law of S4D-Inv: for j = 0..3 the "
       "ratio is below 1 and rises with N",
       "Gu2022", inverse_law},
      {"s4d.initialisations", ClaimKind::kSpectrum,
       "S4D-LegS has the real parts -1/2 and the imaginary parts of the roots of the rational polynomial; S4D-Inv has "
       "(pi Im + N)(2n + 1) = N^2",
       "Gu2022", initialisations},
      {"s4d.limit", ClaimKind::kBound,
       "the normal part of LegS with B/2 comes closer to LegS's response 1 - exp(-t) to a constant as N doubles; with "
       "B, as a repository has it, it stays more than 1/2 away",
       "Gu2022", diagonal_limit},
      {"dss.softmax", ClaimKind::kIdentity,
       "the kernel of LegS with zero-order hold is DSS's, weights w_n and a softmax over time for each eigenvalue",
       "Gupta2022", softmax_variant},
      {"dss.reciprocal", ClaimKind::kIdentity,
       "conj(x)/(|x|^2 + eta) in place of 1/x has the relative error eta/(|x|^2 + eta)", "this project", reciprocal},
      {"s5.scan", ClaimKind::kIdentity,
       "(A, b) o (A', b') = (A' A, A' b + b') is associative, and trees of it give the recurrence's states",
       "Smith2023", scan},
      {"s5.diagonal", ClaimKind::kIdentity,
       "2 inputs, 3 outputs: LegS by the bilinear rule is its eigenvalues, V^-1 B and C V, a state each", "Smith2023",
       mimo},
  };
}

}  // namespace eigenmata::ssm
