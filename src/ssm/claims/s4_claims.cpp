// SPDX-License-Identifier: Apache-2.0
//
// S4: conditioning of the diagonalisation, normal plus low rank forms and their spectra, kernels.
#include "eigenmata/ssm/s4.hpp"
#include "eigenmata/ssm/transfer_function.hpp"

#include <algorithm>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/resolvent.hpp"
#include "eigenmata/ssm/s4_spectrum.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Polynomial;
using exact::Rational;

const exact::RationalArithmetic kQ;

// --- conditioning ---
//
// A = −T A₃ T⁻¹ with T = diag(2n + 1), A₃ = {2k + 1 below the diagonal, k + 1 on it}; its eigenvectors are T⁻¹V.

Matrix<Rational> signed_vectors(std::size_t n) {
  Matrix<Rational> v = legs_eigenvectors(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) v(i, j) /= Rational(2 * i + 1);
  }
  return v;
}

Rational largest_row_sum(const Matrix<Rational>& a) {
  Rational largest = 0;
  for (std::size_t i = 0; i < a.rows(); ++i) {
    Rational sum = 0;
    for (std::size_t j = 0; j < a.columns(); ++j) sum += abs(a(i, j));
    largest = std::max(largest, sum);
  }
  return largest;
}

exact::Integer fibonacci(std::size_t n) {
  exact::Integer a = 0, b = 1;
  for (; n > 0; --n) {
    a += b;
    std::swap(a, b);
  }
  return a;
}

Finding eigenvectors(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Z"), [](std::size_t n) -> Failure {
    // A₂ = {(−1)^{n−k} (2k + 1) below, k + 1 on the diagonal} with V unsigned; A₃ without signs, with V signed.
    for (const bool is_signed : {true, false}) {
      Matrix<Rational> a(n, n, Rational(0)), v(n, n, Rational(0)), scaled(n, n, Rational(0));
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
          const Rational sign = (i - j) % 2 == 0 ? 1 : -1;
          a(i, j) = i == j ? Rational(i + 1) : Rational(2 * j + 1) * (is_signed ? Rational(1) : sign);
          v(i, j) = Rational(binomial(i + j, i - j)) * (is_signed ? sign : Rational(1));
          scaled(i, j) = v(i, j) * Rational(j + 1);
        }
      }
      if (const Failure failure = unless_equal("A V", exact::multiply(kQ, a, v), scaled)) return failure;
      if (!is_signed) continue;
      if (const Failure failure = unless_equal("V", v, signed_vectors(n))) return failure;
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) a(i, j) *= -Rational(2 * i + 1) / Rational(2 * j + 1);
      }
      if (const Failure failure = unless_equal("-T A T^-1", a, legs_form(n).a)) return failure;
    }
    return {};
  });
}

Finding condition(const Scope& scope) {
  std::string value;
  Finding finding = for_sizes(scope, 1, 64, exactly_in("Z"), [&](std::size_t n) -> Failure {
    const Matrix<Rational> v = signed_vectors(n);
    const auto w = exact::inverse(v);
    if (!w) return "V is singular";
    const Rational kappa = largest_row_sum(v) * largest_row_sum(*w);
    if ((n & (n - 1)) == 0 && n >= 4) {
      const std::string text = exact::to_string(kappa);
      value += (value.empty() ? "N = " : ", ") + std::to_string(n) + ": " +
               (text.size() < 10 ? text : Ball(kappa, 64).to_string(7));
    }
    return unless_equal("the condition number", kappa, Rational(fibonacci(2 * n - 1) * binomial(2 * n - 2, n - 1)));
  });
  finding.value = value;
  return finding;
}

// The largest entry of the N × N matrix V is in its last row, i = N − 1, whose sum is F_{2N−1}: so it lies between
// F_{2N−1}/N and F_{2N−1}, at a rate of φ² = 2.618… an index. "Entries up to 2^{4N/3}" is what binomial(4i, 2i) at (3i,
// i) gives, which is not the largest.
Finding growth(const Scope& scope) {
  std::string largest;
  Finding finding = for_sizes(scope, 1, 256, exactly_in("Z"), [&](std::size_t n) -> Failure {
    const std::size_t i = n - 1;
    exact::Integer best = 0, sum = 0, entry = 1;  // binomial(i + j, i − j), from j = i down
    std::size_t at = 0;
    for (std::size_t j = i + 1; j-- > 0;) {
      sum += entry;
      if (entry > best) {
        best = entry;
        at = j;
      }
      if (j > 0) entry = entry * ((2 * j) * (2 * j - 1)) / ((i - j + 1) * (i + j));
    }
    if (sum != fibonacci(2 * n - 1)) return "the row sum is " + exact::to_string(sum);
    if (best * n < sum) return "the largest entry is below the mean";
    const bool is_more = best * best * best > (exact::Integer(1) << (4 * n));
    if (is_more != (n >= 95)) return "the largest entry is " + exact::to_string(best);
    if (n == 64 || n == 128 || n == 256) {
      const Ball logarithm = exact::logarithm(Ball(Rational(best), 64), 64);
      largest += (largest.empty() ? "N = " : ", ") + std::to_string(n) + ": " +
                 exact::divide(logarithm, exact::logarithm(Ball(2, 64), 64), 64).to_string(8) +
                 " at j = " + std::to_string(at);
    }
    return {};
  });
  finding.value = "log2 of the largest entry for " + largest;
  return finding;
}

// S_{n−1} = (λ − n − 1)/(λ + n) · S_n, S_{N−1} = 1.
std::vector<Rational> prefix_sums(std::size_t size, std::size_t lambda) {
  std::vector<Rational> s(size, Rational(0));
  s[size - 1] = 1;
  for (std::size_t n = size - 1; n > 0; --n)
    s[n - 1] = (Rational(lambda) - Rational(n + 1)) / Rational(lambda + n) * s[n];
  return s;
}

Finding vanishing(const Scope& scope) {
  return for_sizes(scope, 1, 32, exactly_in("Q"), [](std::size_t size) -> Failure {
    for (std::size_t lambda = 1; lambda <= size; ++lambda) {
      const auto s = prefix_sums(size, lambda);
      if (s[lambda - 1] == 0) return "S_(lambda - 1) vanishes, as printed";
      for (std::size_t n = 0; n < size; ++n) {
        Rational expected = 0;
        if (n + 1 >= lambda) {  // (−1)^{N−n−1} (N − λ)! (n + λ)!/((N + λ − 1)! (n − λ + 1)!)
          expected = (size - n - 1) % 2 == 0 ? 1 : -1;
          for (std::size_t i = n - lambda + 2; i <= size - lambda; ++i) expected *= Rational(i);
          for (std::size_t i = n + lambda + 1; i <= size + lambda - 1; ++i) expected /= Rational(i);
        }
        if (s[n] != expected) return unless_equal("S_" + std::to_string(n), s[n], expected);
      }
      std::vector<Rational> x = s;
      for (std::size_t n = 1; n < size; ++n) x[n] -= s[n - 1];
      auto image = applied(kQ, legs_form(size).a, x);
      for (std::size_t n = 0; n < size; ++n) {
        if (image[n] != -Rational(lambda) * x[n]) return "x_n = S_n - S_(n-1) is no eigenvector for -lambda";
      }
    }
    return {};
  });
}

// |S_{d/3}| for λ = d/3, d = 3m, is (2m)!²/(4m − 1)!; its square times 2^{8m}/d³ falls towards 4 (2/3)³ π.
Finding smallest_sum(const Scope& scope) {
  const std::size_t bits = scope.bits, last = scope.size.value_or(240);
  if (last < 3) throw core::Error("this claim begins at d = 3, not " + std::to_string(last));
  const Ball limit = exact::multiply(Ball(Rational(32, 27), bits), exact::pi(bits), bits);
  std::string value;
  Failure failure;
  std::optional<Rational> before;
  Rational s(2, 3);  // (2m)!²/(4m − 1)!, of m = 1 to begin with
  for (std::size_t m = 1; 3 * m <= last && !failure; ++m) {
    scope.limits.poll();
    if (m > 1) {
      s *= Rational((2 * m) * (2 * m) * (2 * m - 1) * (2 * m - 1)) /
           Rational((4 * m - 1) * (4 * m - 2) * (4 * m - 3) * (4 * m - 4));
    }
    if (m <= 12) {
      const auto sums = prefix_sums(3 * m, m);
      failure = unless_equal("|S_{d/3}| for d = " + std::to_string(3 * m), Rational(abs(sums[m])), s);
      if (failure) break;
    }
    Rational scaled = s * s / Rational(27 * m * m * m);
    scaled *= Rational(exact::Integer(1) << (8 * m));
    if (before && scaled >= *before) failure = "the ratio rises at d = " + std::to_string(3 * m);
    const Ball excess = exact::subtract(Ball(scaled, bits), limit, bits);
    if (!excess.sign()) undecided(bits);
    if (excess.sign() != 1) failure = "the ratio is below its limit at d = " + std::to_string(3 * m);
    if (m == 10 || m == 40 || 3 * (m + 1) > last)
      value += "d = " + std::to_string(3 * m) + ": " + exact::square_root(Ball(scaled, bits), bits).to_string(8) + ", ";
    before = scaled;
  }
  value += "limit " + exact::square_root(limit, bits).to_string(8) +
           "; over the printed sqrt(d) 2^(-4d/3) that is a factor of d, without bound";
  return for_one_case({Method::kEnclosed, "Q and balls of " + std::to_string(bits) + " bits"},
                      "d = 3, 6, .." + std::to_string(last / 3 * 3), failure, value);
}

// --- normal plus low rank ---

/// gram · a skew, where a = form.normal + shift·I?
Failure unless_skew(const NormalPlusLowRank& form, const Rational& shift) {
  for (std::size_t i = 0; i < form.gram.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const Rational sum = form.gram[i] * (form.normal(i, j) + (i == j ? shift : Rational(0))) +
                           form.gram[j] * (form.normal(j, i) + (i == j ? shift : Rational(0)));
      if (sum != 0) return "entry " + std::to_string(i) + ", " + std::to_string(j) + " has " + exact::to_string(sum);
    }
  }
  return {};
}

Finding legs_nplr(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"),
                   [](std::size_t n) { return unless_skew(legs_normal_form(n), Rational(1, 2)); });
}
Finding legt_nplr(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) { return unless_skew(legt_normal_form(n), 0); });
}
Finding lagt_nplr(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) { return unless_skew(lagt_normal_form(n), 0); });
}

// --- the skew part of LegS ---

Finding skew_determinant(const Scope& scope) {
  std::string value;
  Finding finding = for_sizes(scope, 1, 64, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const auto p = legs_skew_polynomial(n);
    for (std::size_t i = 0; i < n; ++i) {
      if ((n - i) % 2 == 1 && p.coefficients[i] != 0) return "the polynomial is neither even nor odd";
    }
    Rational expected = n % 2 == 0 ? 1 : 0;
    for (std::size_t i = 0; i < n; ++i) expected *= Rational(2 * i + 1, 2);
    if (n >= 2 && n <= 6) value += (value.empty() ? "" : "; ") + exact::to_string(p, "x");
    return unless_equal("the determinant", p.coefficients[0], expected);
  });
  finding.value = value;
  return finding;
}

Finding skew_spectrum(const Scope& scope) {
  const std::size_t bits = scope.bits;
  std::string value;
  std::optional<Ball> before;
  Finding finding = for_sizes(scope, 2, 64, in_balls(bits), [&](std::size_t n) -> Failure {
    const auto parts = legs_imaginary_parts(n, bits);
    const Ball law = exact::divide(Ball(Rational(n * n), bits), exact::pi(bits), bits);
    const Ball ratio = exact::divide(parts.front(), law, bits);
    if (n <= 4 || n == 8 || n == 16 || n == 64) {
      value += (value.empty() ? "" : ", ") + std::to_string(n) + ": " + parts.front().to_string(10);
      if (n == 64)
        value += " (ratio " + ratio.to_string(6) + ", next " + parts[1].to_string(7) + ", " + parts[2].to_string(7) +
                 ", smallest " + parts.back().to_string(5) + ")";
    }
    const auto below = exact::subtract(ratio, Ball(1, bits), bits).sign();
    if (!below) undecided(bits);
    if (*below != -1) return "the largest is not below N^2/pi: " + parts.front().to_string();
    if (before) {
      const auto rises = exact::subtract(ratio, *before, bits).sign();
      if (!rises) undecided(bits);
      if (*rises != 1) return "its ratio to N^2/pi falls";
    }
    before = ratio;
    return {};
  });
  finding.value = value;
  return finding;
}

// --- kernels ---

std::vector<Rational> ones(std::size_t n) { return std::vector<Rational>(n, Rational(1)); }

/// Values at which a rational function of this degree is decided: 1/2, 1/3, …
std::vector<Rational> points(std::size_t count) {
  std::vector<Rational> z;
  for (std::size_t i = 0; i < count; ++i) z.emplace_back(1, i + 2);
  return z;
}

Rational quadratic(const std::vector<Rational>& c, const Matrix<Rational>& a, const std::vector<Rational>& b) {
  return dot(kQ, c, divided(a, Matrix<Rational>(b.size(), 1, b)).entries());
}

Finding generating_function(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 8, exactly_in("Q(z)"), [&](std::size_t n) -> Failure {
    const auto system = legs_form(n);
    const auto c = random.vector(n);
    const Rational step = random.positive();
    const auto discrete = bilinear(system, step);
    // Both sides have det(I − zĀ) for denominator and a numerator of degree < N: 2N points decide it.
    for (const Rational& z : points(2 * n)) {
      const auto left = shifted(kQ, accelerated(kQ, discrete, Rational(-z)).a, Rational(1));
      const Rational g = Rational(2) / step * (Rational(1) - z) / (Rational(1) + z);
      const auto right = shifted(kQ, accelerated(kQ, system, Rational(-1)).a, g);
      if (const Failure failure = unless_equal("G(" + exact::to_string(z) + ")", quadratic(c, left, discrete.b),
                                               Rational(2) / (Rational(1) + z) * quadratic(c, right, system.b)))
        return failure;
    }
    return {};
  });
}

Finding truncated_function(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = scope.length.value_or(8);
  return for_sizes(scope, 1, 6, exactly_in("Q(z)"), [&](std::size_t n) -> Failure {
    const auto discrete = bilinear(legs_form(n), random.positive());
    const auto c = random.vector(n);
    const auto taps = kernel(kQ, StateSpace<Rational>{discrete, c}, length);
    const auto tail = power(discrete.a, length);
    for (const Rational& z : points(length + n)) {
      Rational sum = 0, last = 1;
      for (const Rational& value : taps) {
        sum += value * last;
        last *= z;
      }
      auto row = applied_from_left(c, tail);
      for (std::size_t i = 0; i < n; ++i) row[i] = c[i] - last * row[i];
      const auto a = shifted(kQ, accelerated(kQ, discrete, Rational(-z)).a, Rational(1));
      if (const Failure failure = unless_equal("G_L(" + exact::to_string(z) + ")", quadratic(row, a, discrete.b), sum))
        return failure;
    }
    return {};
  });
}

Finding woodbury(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 8, exactly_in("Q(z)"), [&](std::size_t n) -> Failure {
    for (const auto& [form, system] :
         {std::pair{legs_normal_form(n), legs_form(n)}, std::pair{legt_normal_form(n), legt_form(n)},
          std::pair{lagt_normal_form(n), lagt_form(n)}}) {
      const auto c = random.vector(n);
      const Rational step = random.positive();
      const auto discrete = bilinear(system, step);
      for (const Rational& z : points(2 * n)) {
        const auto a = shifted(kQ, accelerated(kQ, discrete, Rational(-z)).a, Rational(1));
        if (const Failure failure =
                unless_equal("G(" + exact::to_string(z) + ")", woodbury_value(form, system.b, c, step, z),
                             quadratic(c, a, discrete.b)))
          return failure;
      }
    }
    return {};
  });
}

Finding woodbury_identity(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 12, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const std::size_t rank = 1 + n / 3;
    const Matrix<Rational> m = shifted(kQ, random.matrix(n, n), Rational(20 * n)), u = random.matrix(n, rank),
                           v = random.matrix(rank, n);
    const auto inverse = exact::inverse(m);
    const auto direct = exact::inverse(exact::subtract(kQ, m, exact::multiply(kQ, u, v)));
    if (!inverse || !direct) return {};  // the identity speaks of invertible matrices
    const auto vm = exact::multiply(kQ, v, *inverse), mu = exact::multiply(kQ, *inverse, u);
    const auto inner = exact::inverse(exact::subtract(kQ, exact::identity(kQ, rank), exact::multiply(kQ, vm, u)));
    if (!inner) return "I - V M^-1 U is singular";
    const auto correction = exact::multiply(kQ, mu, exact::multiply(kQ, *inner, vm));
    return unless_equal("(M - U V)^-1 - M^-1 U (...)^-1 V M^-1", exact::subtract(kQ, *direct, correction), *inverse);
  });
}

Finding at_minus_one(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = scope.length.value_or(16);
  if (length % 2 == 1) throw core::Error("-1 is an L-th root of unity for even L, not " + std::to_string(length));
  const auto values = [&](std::size_t n, const Rational& step, const std::vector<Rational>& c, std::size_t l) {
    const auto system = legs_form(n);
    const auto discrete = bilinear(system, step);
    Rational sum = 0;
    const auto taps = kernel(kQ, StateSpace<Rational>{discrete, c}, l);
    for (std::size_t k = 0; k < l; ++k) sum += k % 2 == 0 ? taps[k] : -taps[k];
    return std::pair{sum,
                     Rational(step / 2 * dot(kQ, truncated_output(StateSpace<Rational>{discrete, c}, l), system.b))};
  };
  Finding finding = for_sizes(scope, 1, 16, exactly_in("Q"), [&](std::size_t n) {
    const auto [sum, formula] = values(n, random.positive(), random.vector(n), length);
    return unless_equal("G_L(-1)", formula, sum);
  });
  finding.value = "N = 2, step 1, L = 4: " + exact::to_string(values(2, 1, ones(2), 4).first) +
                  "; N = 3, step 1/2, L = 4: " + exact::to_string(values(3, Rational(1, 2), ones(3), 4).first);
  return finding;
}

Finding worked_kernels(const Scope& scope) {
  (void)scope;
  // Two routes to the same numbers: the recurrence, and the series of the transfer function's two polynomials.
  Failure failure;
  std::string value;
  for (const auto& [n, step] : {std::pair{std::size_t{2}, Rational(1)}, std::pair{std::size_t{3}, Rational(1, 2)}}) {
    const auto discrete = bilinear(legs_form(n), step);
    const auto taps = kernel(kQ, StateSpace<Rational>{discrete, ones(n)}, 6);
    const Resolvent h = resolvent(discrete, ones(n));
    std::vector<Rational> series;  // Σ K_k z^k with z = 1/s: reversed numerator over reversed denominator
    for (std::size_t k = 0; k < taps.size(); ++k) {
      Rational sum =
          k < n && n - 1 - k < h.numerator.coefficients.size() ? h.numerator.coefficients[n - 1 - k] : Rational(0);
      for (std::size_t j = 1; j <= std::min(k, n); ++j) sum -= h.denominator.coefficients[n - j] * series[k - j];
      series.push_back(sum);
    }
    if (!failure) failure = unless_equal("K", series, taps);
    value += (value.empty() ? "N = 2, step 1: " : "; N = 3, step 1/2: ") + listed(taps);
  }
  return for_one_case(exactly_in("Q"), "N = 2, 3, L = 6", failure, value);
}

// IDFT of G at the L-th roots of unity, without truncation: κ with det(I − zĀ) κ ≡ numerator in ℚ[z]/(z^L − 1), against
// C (I − Ā^L)⁻¹ Ā^k B̄.
Finding aliasing(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = scope.length.value_or(12);
  if (length == 0) throw core::Error("a sequence of length 0");
  return for_sizes(scope, 1, 10, exactly_in("Q[z]/(z^L - 1)"), [&](std::size_t n) -> Failure {
    const auto discrete = bilinear(legs_form(n), random.positive());
    const auto c = random.vector(n);
    const Resolvent h = resolvent(discrete, c);
    std::vector<Rational> numerator(length, Rational(0)), denominator(length, Rational(0));
    for (std::size_t i = 0; i < h.numerator.coefficients.size(); ++i)
      numerator[(n - 1 - i) % length] += h.numerator.coefficients[i];
    for (std::size_t i = 0; i <= n; ++i) denominator[(n - i) % length] += h.denominator.coefficients[i];
    const auto folded =
        shifted(kQ, accelerated(kQ, LinearSystem<Rational>{power(discrete.a, length), discrete.b}, Rational(-1)).a,
                Rational(1));
    const auto row = divided(exact::transposed(folded), Matrix<Rational>(n, 1, c)).entries();
    const auto taps = kernel(kQ, StateSpace<Rational>{discrete, row}, length);
    std::vector<Rational> product(length, Rational(0));
    for (std::size_t i = 0; i < length; ++i) {
      for (std::size_t j = 0; j < length; ++j) product[(i + j) % length] += denominator[i] * taps[j];
    }
    return unless_equal("the numerator", product, numerator);
  });
}

Finding doubling(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = scope.length.value_or(8);
  return for_sizes(scope, 1, 10, exactly_in("Q"), [&](std::size_t n) {
    const auto discrete = bilinear(legs_form(n), random.positive());
    const auto c = random.vector(n);
    auto row = truncated_output(StateSpace<Rational>{discrete, c}, length);
    const auto more = applied_from_left(row, power(discrete.a, length));
    for (std::size_t i = 0; i < n; ++i) row[i] += more[i];
    return unless_equal("C~", row, truncated_output(StateSpace<Rational>{discrete, c}, 2 * length));
  });
}

// Ā = A₁ A₀ and B̄ = 2 A₁ B with A₀ = (2/ε) I + A, A₁ = D − D P (I + Qᵀ D P)⁻¹ Qᵀ D, D = ((2/ε) − N)⁻¹.
Finding recurrent_step(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 16, exactly_in("Q"), [&](std::size_t n) -> Failure {
    for (const bool is_legs : {true, false}) {
      const auto form = is_legs ? legs_normal_form(n) : legt_normal_form(n);
      const auto system = is_legs ? legs_form(n) : legt_form(n);
      const Rational step = random.positive(), rate = Rational(2) / step;
      Matrix<Rational> m(n, n, Rational(0));
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) m(i, j) = (i == j ? rate : Rational(0)) - form.normal(i, j);
      }
      const auto d = exact::inverse(m);
      if (!d) return "the step is an eigenvalue";
      const auto dp = exact::multiply(kQ, *d, form.p), qd = exact::multiply(kQ, exact::transposed(form.q), *d);
      auto small = exact::multiply(kQ, exact::transposed(form.q), dp);
      small = shifted(kQ, small, Rational(1));
      const auto a1 = exact::subtract(kQ, *d, exact::multiply(kQ, dp, divided(small, qd)));
      LinearSystem<Rational> result{exact::multiply(kQ, a1, shifted(kQ, system.a, rate)), applied(kQ, a1, system.b)};
      for (Rational& value : result.b) value *= Rational(2);
      if (const Failure failure = unless_equal(result, bilinear(system, step))) return failure;
    }
    return {};
  });
}

Finding singular_steps(const Scope& scope) {
  return for_sizes(scope, 1, 16, exactly_in("Q"), [](std::size_t n) -> Failure {
    for (std::size_t j = 1; j <= 2 * n; ++j) {
      const bool is_singular = exact::determinant(bilinear(legs_form(n), Rational(2, j)).a) == 0;
      if (is_singular != (j <= n)) return "step 2/" + std::to_string(j);
      if (exact::determinant(bilinear(legs_form(n), Rational(4, 2 * j + 1)).a) == 0)
        return "step 4/" + std::to_string(2 * j + 1);
    }
    return {};
  });
}

// y_L = Σ_{k<L} K_k u_{L−1−k}.
Finding output_index(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = scope.length.value_or(10);
  if (length == 0) throw core::Error("a sequence of length 0");
  return for_sizes(scope, 1, 8, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const auto discrete = bilinear(legs_form(n), random.positive());
    const auto c = random.vector(n);
    auto u = random.vector(length + 1);
    u[0] = 1;
    u[1] = 2;  // so that the printed formula is wrong at L = 1 already, if K_0 is not 0
    const auto taps = kernel(kQ, StateSpace<Rational>{discrete, c}, length);
    std::vector<Rational> x(n, Rational(0));
    bool printed_holds = true;
    for (std::size_t l = 1; l <= length; ++l) {
      x = stepped(kQ, discrete, x, u[l - 1]);
      Rational sum = 0, printed = 0;
      for (std::size_t k = 0; k < l; ++k) {
        sum += taps[k] * u[l - 1 - k];
        printed += taps[k] * u[l - k];
      }
      const Rational y = dot(kQ, c, x);
      if (const Failure failure = unless_equal("y_" + std::to_string(l), sum, y)) return failure;
      printed_holds = printed_holds && printed == y;
      if (l == 1 && taps[0] != 0 && printed == y) return "the printed index is right at L = 1";
    }
    if (printed_holds) return "the printed index is right";
    return {};
  });
}

// The same in balls, with the spectrum: K from Cauchy sums at the nodes contains the exact kernel.
Finding cauchy_kernel(const Scope& scope) {
  const std::size_t bits = scope.bits, length = scope.length.value_or(32);
  if (length == 0) throw core::Error("a sequence of length 0");
  RandomRationals random(scope.seed);
  const exact::ComplexBallArithmetic k{bits};
  double radius = 0;
  Finding finding = for_sizes(scope, 1, 12, in_balls(bits), [&](std::size_t n) -> Failure {
    const Rational step(1, length);
    const auto c = random.vector(n);
    const auto system = legs_form(n);
    const auto discrete = bilinear(system, step);
    const auto truncated = truncated_output(StateSpace<Rational>{discrete, c}, length);
    std::vector<ComplexBall> row;
    for (const Rational& value : truncated) row.push_back(k.from_rational(value));
    const auto form = legs_cauchy_form(n, row, bits);
    std::vector<ComplexBall> g, roots;
    for (std::size_t l = 0; l < length; ++l) {
      roots.push_back(exact::root_of_unity(-Rational(l, length), bits));
      g.push_back(2 * l == length ? k.from_rational(step / Rational(2) * dot(kQ, truncated, system.b))
                                  : cauchy_value(k, form, k.from_rational(Rational(2) / step), roots.back()));
    }
    const auto taps = kernel(kQ, StateSpace<Rational>{discrete, c}, length);
    for (std::size_t at = 0; at < length; ++at) {
      ComplexBall sum;
      for (std::size_t l = 0; l < length; ++l) exact::add_product(k, sum, g[l], roots[at * l % length].conjugate());
      sum = k.divide(sum, k.from_rational(Rational(length)));
      const ComplexBall difference = k.subtract(sum, k.from_rational(taps[at]));
      if (!difference.contains_zero()) return "K_" + std::to_string(at) + " is " + sum.to_string();
      const Ball size = difference.modulus(bits);
      if (!size.is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
      radius = std::max(radius, size.dyadic_ends(bits).second.convert_to<double>());
    }
    return {};
  });
  finding.range += ", L = " + std::to_string(length);
  char text[40];
  std::snprintf(text, sizeof text, "%.1e", radius);
  finding.value = "every K_k within " + std::string(text) + " of the rational one";
  return finding;
}

}  // namespace

Claims s4_claims() {
  return {
      {"s4.diagonal.eigenvectors", ClaimKind::kSpectrum,
       "binomial(i + j, i - j) are eigenvectors of {(-1)^(n-k) (2k + 1), k + 1 on the diagonal}, with signs "
       "(-1)^(i-j) of {2k + 1, k + 1}, which is -T^-1 A T of LegS, T = diag(2n + 1)",
       "GuEtAl2022, lemma 3.2", eigenvectors},
      {"s4.diagonal.condition", ClaimKind::kIdentity,
       "the condition number of these eigenvectors for the maximum norm is F_(2N-1) binomial(2N - 2, N - 1)",
       "this project", condition},
      {"s4.diagonal.growth", ClaimKind::kBound,
       "the largest of the eigenvectors' entries binomial(i + j, i - j), i < N, lies between F_(2N-1)/N and F_(2N-1): "
       "a "
       "rate of (golden ratio)^2 = 2.618; it exceeds 2^(4N/3) if and only if N >= 95",
       "this project", growth},
      {"s4.diagonal.vanishing", ClaimKind::kErratum,
       "the prefix sums S of the eigenvector for -a vanish for n <= a - 2; S_(a-1) = 0, as printed, is wrong (first at "
       "N "
       "= 1, a = 1)",
       "Su10162", vanishing},
      {"s4.diagonal.smallest-sum", ClaimKind::kErratum,
       "|S_(d/3)| = (2d/3)!^2/(4d/3 - 1)! falls like 2 (2/3)^(3/2) sqrt(pi) d^(3/2) 2^(-4d/3); O(sqrt(d) 2^(-4d/3)), "
       "as "
       "printed, is wrong",
       "Su10162", smallest_sum},
      {"s4.nplr.legs", ClaimKind::kIdentity,
       "A + B B^T/2 = -I/2 + skew for LegS (for all N: proofs/theories/StateSpace.v, legs_normal)", "GuEtAl2022",
       legs_nplr},
      {"s4.nplr.legt", ClaimKind::kIdentity, "A + p p^T + q q^T is skew for LegT, p and q being r on even and odd n",
       "GuEtAl2022", legt_nplr},
      {"s4.nplr.lagt", ClaimKind::kIdentity, "A + 1 1^T/2 is skew for LagT", "GuEtAl2022", lagt_nplr},
      {"s4.nplr.determinant", ClaimKind::kIdentity,
       "the skew part of LegS has the determinant (2N - 1)!!/2^N for even N, and an even or odd characteristic "
       "polynomial",
       "this project", skew_determinant},
      {"s4.nplr.spectrum", ClaimKind::kSpectrum,
       "the largest imaginary part of the skew part of LegS is below N^2/pi, and its ratio to it rises with N",
       "this project", skew_spectrum},
      {"s4.kernel.generating-function", ClaimKind::kIdentity,
       "C (I - z A')^-1 B' = 2/(1 + z) C (g - A)^-1 B with g = (2/step)(1 - z)/(1 + z)", "GuEtAl2022",
       generating_function},
      {"s4.kernel.truncated", ClaimKind::kIdentity, "the sum of K_k z^k over k < L is C (I - z^L A'^L)(I - z A')^-1 B'",
       "GuEtAl2022", truncated_function},
      {"s4.kernel.woodbury", ClaimKind::kIdentity, "(M - U V)^-1 = M^-1 + M^-1 U (I - V M^-1 U)^-1 V M^-1",
       "GuEtAl2022", woodbury_identity},
      {"s4.kernel.low-rank", ClaimKind::kIdentity,
       "the generating function by Woodbury's identity from the normal plus low rank form is that of the recurrence, "
       "for "
       "LegS, LegT and LagT",
       "GuEtAl2022", woodbury},
      {"s4.kernel.minus-one", ClaimKind::kIdentity,
       "the truncated generating function is (step/2) C~ B at z = -1, L even", "this project", at_minus_one},
      {"s4.kernel.worked", ClaimKind::kIdentity,
       "C = (1, ..., 1): the kernel by recurrence is the series of its transfer function", "this project",
       worked_kernels},
      {"s4.kernel.aliasing", ClaimKind::kIdentity,
       "without truncation the inverse transform gives C (I - A'^L)^-1 A'^k B', the sum of K_(k+mL) over m", "Su10162",
       aliasing},
      {"s4.kernel.doubling", ClaimKind::kIdentity, "C~ for 2L is C~ (I + A'^L)", "GuEtAl2022", doubling},
      {"s4.kernel.recurrent", ClaimKind::kIdentity,
       "A' = A1 A0 and B' = 2 A1 B with A0 = 2/step + A, A1 = D - D P (I + Q^T D P)^-1 Q^T D, D = (2/step - N)^-1",
       "GuEtAl2022", recurrent_step},
      {"s4.kernel.singular", ClaimKind::kSpectrum, "A' of LegS is singular if and only if step = 2/j for some j <= N",
       "this project", singular_steps},
      {"s4.kernel.cauchy", ClaimKind::kIdentity,
       "Cauchy sums over the enclosed spectrum, at the L-th roots of unity, give the rational kernel", "GuEtAl2022",
       cauchy_kernel},
      {"s4.kernel.index", ClaimKind::kErratum,
       "y_L is the sum of K_k u_(L-1-k); u_(L-k), as printed, is wrong, first at L = 1", "Su10162", output_index},
  };
}

}  // namespace eigenmata::ssm
