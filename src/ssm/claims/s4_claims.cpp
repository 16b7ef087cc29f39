// SPDX-License-Identifier: Apache-2.0
//
// S4: conditioning of the diagonalisation, normal plus low rank forms and their spectra.
#include <algorithm>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/resolvent.hpp"
#include "eigenmata/ssm/s4.hpp"
#include "eigenmata/ssm/s4_spectrum.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Polynomial;
using exact::Rational;

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
      for (const std::size_t factor : {2 * m, 2 * m, 2 * m - 1, 2 * m - 1}) s *= Rational(factor);
      for (const std::size_t factor : {4 * m - 1, 4 * m - 2, 4 * m - 3, 4 * m - 4}) s /= Rational(factor);
    }
    if (m <= 12) {
      const auto sums = prefix_sums(3 * m, m);
      failure = unless_equal("|S_{d/3}| for d = " + std::to_string(3 * m), Rational(abs(sums[m])), s);
      if (failure) break;
    }
    Rational scaled = s * s / 27;
    for (int i = 0; i < 3; ++i) scaled /= Rational(m);
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

// By arguments and in closed form, against roots of the rational polynomial and against the matrix itself.
Finding skew_phases(const Scope& scope) {
  const std::size_t bits = scope.bits;
  std::string value;
  Finding finding = for_sizes(scope, 1, 32, in_balls(bits), [&](std::size_t n) -> Failure {
    const auto parts = legs_imaginary_parts_by_phase(n, bits), roots = legs_imaginary_parts(n, bits);
    if (parts.size() != roots.size()) return "the numbers of eigenvalues differ";
    const exact::ComplexBallArithmetic k{bits};
    for (std::size_t j = 0; j < parts.size(); ++j) {
      if (!parts[j].overlaps(roots[j])) return parts[j].to_string() + " is not " + roots[j].to_string();
      const Ball law = exact::divide(Ball(Rational(n * n, 2 * j + 1), bits), exact::pi(bits), bits);
      const auto below = exact::subtract(parts[j], law, bits).sign();
      if (!below) undecided(bits);
      if (*below != -1) return "y_" + std::to_string(j) + " is not below N^2/(pi (2j + 1))";
      // S v = iy v
      const auto v = legs_skew_eigenvector(n, parts[j], bits);
      for (std::size_t row = 0; row < n; ++row) {
        exact::ComplexBall sum;
        for (std::size_t column = 0; column < n; ++column) {
          if (column == row) continue;
          const Ball root = exact::square_root(Ball(Rational((2 * row + 1) * (2 * column + 1), 4), bits), bits);
          const exact::ComplexBall term = k.multiply(exact::ComplexBall(root), v[column]);
          sum = column > row ? k.add(sum, term) : k.subtract(sum, term);
        }
        const auto rest = k.subtract(sum, k.multiply(exact::ComplexBall(Ball(), parts[j]), v[row]));
        if (!rest.contains_zero()) return "S v - iy v has the entry " + rest.to_string();
        if (!rest.modulus(bits).is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
      }
    }
    return {};
  });
  if (!scope.size) {
    const auto large = legs_imaginary_parts_by_phase(256, 128);
    value = "N = 256: " + large[0].to_string(8) + ", " + large[1].to_string(8) + ", .., smallest " +
            large.back().to_string(8);
  }
  finding.value = value;
  return finding;
}

}  // namespace

Claims s4_claims() {
  return {
      {"s4.diagonal.eigenvectors", ClaimKind::kSpectrum,
       "binomial(i + j, i - j) are eigenvectors of {(-1)^(n-k) (2k + 1), k + 1 on the diagonal}, with signs (-1)^(i-j) "
       "of {2k + 1, k + 1}, which is -T^-1 A T of LegS, T = diag(2n + 1)",
       "GuEtAl2022, lemma 3.2", eigenvectors},
      {"s4.diagonal.condition", ClaimKind::kIdentity,
       "the condition number of these eigenvectors for the maximum norm is F_(2N-1) binomial(2N - 2, N - 1)",
       "this project", condition},
      {"s4.diagonal.growth", ClaimKind::kBound,
       "the largest of the eigenvectors' entries binomial(i + j, i - j), i < N, lies between F_(2N-1)/N and F_(2N-1): "
       "a rate of (golden ratio)^2 = 2.618; it exceeds 2^(4N/3) if and only if N >= 95",
       "this project", growth},
      {"s4.diagonal.vanishing", ClaimKind::kErratum,
       "the prefix sums S of the eigenvector for -a vanish for n <= a - 2; S_(a-1) = 0, as printed, is wrong (first at "
       "N = 1, a = 1)",
       "Su10162", vanishing},
      {"s4.diagonal.smallest-sum", ClaimKind::kErratum,
       "|S_(d/3)| = (2d/3)!^2/(4d/3 - 1)! falls like 2 (2/3)^(3/2) sqrt(pi) d^(3/2) 2^(-4d/3); O(sqrt(d) 2^(-4d/3)), "
       "as printed, is wrong",
       "Su10162", smallest_sum},
      {"s4.nplr.legs", ClaimKind::kIdentity, "A + B B^T/2 = -I/2 + skew for LegS", "GuEtAl2022", legs_nplr,
       "StateSpace.legs_normal"},
      {"s4.nplr.legt", ClaimKind::kIdentity, "A + p p^T + q q^T is skew for LegT, p and q being r on even and odd n",
       "GuEtAl2022", legt_nplr},
      {"s4.nplr.lagt", ClaimKind::kIdentity, "A + 1 1^T/2 is skew for LagT", "GuEtAl2022", lagt_nplr},
      {"s4.nplr.determinant", ClaimKind::kIdentity,
       "the skew part of LegS has the determinant (2N - 1)!!/2^N for even N, and an even or odd characteristic "
       "polynomial",
       "this project", skew_determinant},
      {"s4.nplr.phases", ClaimKind::kSpectrum,
       "2 sum of arctan((n + 1/2)/y_j) over n < N is pi (2j + 1) for the imaginary parts y_j > 0 of the skew part of "
       "LegS, whose eigenvectors have closed forms; so y_j < N^2/(pi (2j + 1)) (for all N: ssm/s4_spectrum.hpp)",
       "this project", skew_phases},
      {"s4.nplr.spectrum", ClaimKind::kSpectrum,
       "the largest imaginary part of the skew part of LegS is below N^2/pi, and its ratio to it rises with N",
       "this project", skew_spectrum},
  };
}

}  // namespace eigenmata::ssm
