// SPDX-License-Identifier: Apache-2.0
//
// Which denominators are stable, decided exactly on what is stored: by reflection coefficients (Schur and Cohn), by the
// sum of the moduli, after rounding to floats; and how large the regions are.
#include <algorithm>
#include <cmath>

#include "claims.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/stability.hpp"
#include "eigenmata/precision/soft_float.hpp"
#include "transfer_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Polynomial;
using exact::Rational;

Finding l1_region(const Scope& scope) {
  Finding finding = for_sizes(scope, 1, 16, exactly_in("Q"), [&scope](std::size_t d) -> Failure {
    for (std::uint64_t i = 0; i < 12; ++i) {
      Random random(scope.seed + 100 * d + i);
      const TransferFunction<Rational> f = random_stable(random, d);
      Rational sum = 0;
      for (const Rational& a : f.a) sum += abs(a);
      if (sum >= 1) return "the data are not what they should be";
      if (!is_stable(f)) return listed(f.a);
    }
    // The edge: 1 − λ^{−d} has Σ|a| = 1 and its poles on the circle.
    TransferFunction<Rational> edge{std::vector<Rational>(d, Rational(1)), std::vector<Rational>(d, Rational(0))};
    edge.a.back() = -1;
    if (is_stable(edge)) return "λ^d - 1 is called stable";
    return {};
  });
  return finding;
}

/// det(I + kJ) with the exchange matrix J of size n, as a polynomial in k: the volume that a step from degree n to n +
/// 1 of the inverse Schur–Cohn recursion, a_i ← a_i + k a_{n+1−i}, multiplies with.
Polynomial<Rational> step_determinant(std::size_t n) {
  RationalMatrix j(n, n, Rational(0));
  for (std::size_t i = 0; i < n; ++i) j(i, n - 1 - i) = -1;
  // det(λI + J) = Σ p_i λ^i, and det(I + kJ) = k^n det(I/k + J) = Σ p_i k^{n−i}.
  std::vector<Rational> c = exact::characteristic_polynomial(kQ, j).coefficients;
  std::reverse(c.begin(), c.end());
  return exact::make_polynomial(kQ, std::move(c));
}

/// The square of the volume of the stable denominators of order d, by another way than reflection coefficients: the
/// density of the coefficients in terms of the poles is the modulus of their Vandermonde determinant, and its integral
/// over all numbers of real poles in (−1, 1) and conjugate pairs in the disc is a Pfaffian (de Bruijn) of
///
///   ∫∫ x^m y^n sgn(y − x) dx dy + 2i ∫ (z^m z̄^n − z^n z̄^m) dz over the upper half of the disc,
///
/// with a column of ∫ x^m dx more if d is odd. Both integrals are rational, and 0 if n − m is even.
Rational volume_squared(std::size_t d) {
  const std::size_t size = d + d % 2;
  RationalMatrix pairing(size, size, Rational(0));
  for (std::size_t m = 0; m < d; ++m) {
    for (std::size_t n = m + 1; n < d; n += 2) {
      const Rational sum = m + n + 2;
      // The inner integral over x is (2 y^{m+1} − 1 + (−1)^m)/(m + 1).
      const Rational real = m % 2 == 0 ? Rational(4) / (sum * Rational(m + 1)) : Rational(-4) / (sum * Rational(n + 1));
      pairing(m, n) = real + Rational(8) / (sum * Rational(n - m));
      pairing(n, m) = -pairing(m, n);
    }
    if (d % 2 == 1 && m % 2 == 0) {
      pairing(m, d) = Rational(2, m + 1);
      pairing(d, m) = -pairing(m, d);
    }
  }
  return exact::determinant(pairing);
}

Finding volumes(const Scope& scope) {
  std::string values, ratios;
  Rational schur = 1, l1 = 1;
  Finding finding = for_sizes(scope, 1, 24, exactly_in("Q[k]"), [&](std::size_t d) -> Failure {
    const Polynomial<Rational> density = step_determinant(d - 1);
    Rational integral = 0;  // over (−1, 1)
    for (std::size_t i = 0; i < density.coefficients.size(); i += 2)
      integral += 2 * density.coefficients[i] / Rational(i + 1);
    schur *= integral;
    l1 *= Rational(2, d);
    if (d <= 6) {
      values += (d > 1 ? ", " : "") + exact::to_string(schur);
      ratios += (d > 1 ? ", " : "") + exact::to_string(Rational(l1 / schur));
    }
    return unless_equal("the square of the volume", Rational(schur * schur), volume_squared(d));
  });
  finding.value = "Schur: " + values + "; l1 ball over Schur: " + ratios;
  return finding;
}

Finding necessary_and_sufficient(const Scope& scope) {
  std::size_t stable = 0, cases = 0;
  const auto plus = exact::make_polynomial(kQ, {1, 1}), minus = exact::make_polynomial(kQ, {1, -1});
  Finding finding = for_sizes(scope, 1, 10, exactly_in("Q"), [&](std::size_t d) -> Failure {
    for (std::uint64_t i = 0; i < 20; ++i) {
      Random random(scope.seed + 100 * d + i);
      TransferFunction<Rational> f = random_stable(random, d);
      for (Rational& a : f.a) a *= Rational(3, 2);
      // Another criterion decides the same: Routh's, after s ↦ (1 + s)/(1 − s).
      const Polynomial<Rational> p = pole_polynomial(f);
      Polynomial<Rational> image;
      for (std::size_t j = 0; j <= d; ++j) {
        Polynomial<Rational> term = exact::make_polynomial(kQ, {p.coefficients[j]});
        for (std::size_t l = 0; l < d; ++l) term = exact::multiply(kQ, term, l < j ? plus : minus);
        image = exact::add(kQ, image, term);
      }
      const bool by_routh = !image.is_zero() && image.degree() == d && exact::zeros_in_left_half_plane(image);
      if (is_stable(f) != by_routh) return listed(f.a);
      stable += by_routh ? 1 : 0;
      ++cases;
    }
    return {};
  });
  // The condition that is printed instead is not necessary: the smallest case has two equal poles.
  const Polynomial<Rational> both = exact::make_polynomial(kQ, {Rational(9, 25), Rational(-6, 5), Rational(1)});
  if (!exact::zeros_in_unit_disc(both)) {
    finding.verdict = core::Answer::kNo;
    finding.witness = "(λ - 3/5)² is not called stable";
  }
  finding.value = std::to_string(stable) + " of " + std::to_string(cases) +
                  " stable by both criteria; (λ - 3/5)² is, with Σ|a| = 39/25";
  return finding;
}

/// Coefficients rounded to a format, and what they stand for then. Throws `core::Error` if one is beyond its range.
Polynomial<Rational> rounded(const Polynomial<Rational>& p, const precision::FloatFormat& format) {
  const precision::SoftFloat floats(format);
  std::vector<Rational> c;
  for (const Rational& a : p.coefficients) {
    const std::optional<Rational> stored = floats.to_rational(floats.from_rational(a));
    if (!stored) throw core::Error("the coefficient " + exact::to_string(a) + " is beyond " + std::string(format.name));
    c.push_back(*stored);
  }
  return exact::make_polynomial(kQ, std::move(c));
}

std::string modulus_text(const Polynomial<Rational>& p) {
  const auto [low, high] = exact::largest_modulus(p, Rational(1, 100000));
  return exact::Ball((low + high) / 2, 64).to_string(5);
}

/// The first degree at which stored coefficients of a stable family have a pole outside, decided exactly.
Finding first_unstable(const Scope& scope, const precision::FloatFormat& own_format, std::size_t expected,
                       const std::function<Polynomial<Rational>(std::size_t)>& family) {
  const precision::FloatFormat& format = scope.format != nullptr ? *scope.format : own_format;
  const std::size_t last = scope.size.value_or(24);
  Failure failure;
  std::size_t n = 1;
  for (;; ++n) {
    scope.limits.poll();
    if (n > last) break;
    if (!exact::zeros_in_unit_disc(family(n))) failure = "the family itself is not stable at N = " + std::to_string(n);
    if (failure || !exact::zeros_in_unit_disc(rounded(family(n), format))) break;
  }
  std::string value =
      n > last ? "none" : "N = " + std::to_string(n) + ", largest pole " + modulus_text(rounded(family(n), format));
  const bool is_own = format == own_format;
  if (!failure && is_own && n != expected && last >= expected)
    failure = "the first is not N = " + std::to_string(expected) + ": " + value;
  if (!failure && n > last && last >= expected) failure = "none up to N = " + std::to_string(last);
  for (const std::size_t size : {std::size_t{4}, std::size_t{8}, std::size_t{12}}) {
    const bool has_room = exact::Integer(1) << (2 * size) < exact::Integer(1) << format.highest_exponent();
    if (size <= last && has_room)
      value += "; N = " + std::to_string(size) + ": " + modulus_text(rounded(family(size), format));
  }
  return for_one_case(exactly_in("Q, coefficients rounded to " + std::string(format.name)),
                      "N = 1.." + std::to_string(std::min(n, last)), failure, "first unstable: " + value);
}

/// ∏ (λ − (1 − jε/2)/(1 + jε/2)), j = 1 … N: LegS by the bilinear rule.
Polynomial<Rational> legs_poles(std::size_t n, const Rational& step) {
  Polynomial<Rational> p = exact::make_polynomial(kQ, {1});
  for (std::size_t j = 1; j <= n; ++j) {
    const Rational half = Rational(j) * step / 2;
    p = exact::multiply(kQ, p, exact::make_polynomial(kQ, {-(1 - half) / (1 + half), Rational(1)}));
  }
  return p;
}

Polynomial<Rational> equal_poles(std::size_t n) {
  Polynomial<Rational> p = exact::make_polynomial(kQ, {1});
  for (std::size_t j = 0; j < n; ++j)
    p = exact::multiply(kQ, p, exact::make_polynomial(kQ, {Rational(-9, 10), Rational(1)}));
  return p;
}

/// Which of the sizes 4, 8, 12, 16, 24, 32 is the first that rounding the coefficients makes unstable.
Finding rounding_table(const Scope& scope) {
  const std::size_t last = scope.size.value_or(32);
  struct Family {
    std::string name;
    std::function<Polynomial<Rational>(std::size_t)> poles;
    std::size_t first_single, first_double;  // 0: none of them
  };
  const std::vector<Family> families{
      {"(λ - 9/10)^N", equal_poles, 8, 16},
      {"LegS, ε = 1/256", [](std::size_t n) { return legs_poles(n, Rational(1, 256)); }, 4, 12},
      {"LegS, ε = 1/16", [](std::size_t n) { return legs_poles(n, Rational(1, 16)); }, 12, 0}};
  Failure failure;
  std::string value;
  for (const Family& family : families) {
    value += (value.empty() ? "" : "; ") + family.name + ":";
    for (const precision::FloatFormat* format : {&precision::kF32, &precision::kF64}) {
      const std::size_t expected = format == &precision::kF32 ? family.first_single : family.first_double;
      std::size_t first = 0;
      value += " " + std::string(format->name);
      for (const std::size_t n : {4, 8, 12, 16, 24, 32}) {
        scope.limits.poll();
        if (n > last) break;
        const auto stored = rounded(family.poles(n), *format);
        if (first == 0 && !exact::zeros_in_unit_disc(stored)) first = n;
        value += " " + modulus_text(stored);
      }
      if (first != (expected <= last ? expected : 0) && !failure)
        failure = family.name + " in " + std::string(format->name) + ": the first is " + std::to_string(first);
    }
  }
  return for_one_case(exactly_in("Q, coefficients rounded to f32 and f64"),
                      "N = 4, 8, 12, 16, 24, 32 up to " + std::to_string(last), failure, "largest poles " + value);
}

/// Initialisations, as the doubles they are: a uniform in ±r.
Finding initialisations(const Scope& scope) {
  std::size_t montel = 0;
  std::string value;
  Failure failure;
  for (const std::size_t d : {std::size_t{16}, std::size_t{64}}) {
    std::size_t xavier = 0;
    const precision::SoftFloat floats(precision::kF32);
    Random random(scope.seed);
    for (int draw = 0; draw < 40; ++draw) {
      scope.limits.poll();
      TransferFunction<Rational> wide, narrow;
      for (std::size_t i = 0; i < d; ++i) {
        const Rational uniform = Rational(random.between(-(1 << 23), 1 << 23), 1 << 23);
        wide.a.push_back(*floats.to_rational(floats.from_rational(uniform / Rational(d == 16 ? 4 : 8))));
        narrow.a.push_back(*floats.to_rational(floats.from_rational(uniform / Rational(d))));
      }
      xavier += is_stable(wide) ? 0 : 1;
      montel += is_stable(narrow) ? 0 : 1;
    }
    value += (value.empty() ? "" : ", ") + std::string("d = ") + std::to_string(d) + ": " + std::to_string(xavier) +
             " of 40 unstable";
    if (xavier == 0) failure = "all of Xavier's are stable";
    if (montel > 0) failure = "one of Montel's is unstable";
  }
  return for_one_case(exactly_in("Q, coefficients in f32"), "40 draws each, d = 16 and 64", failure,
                      "Xavier: " + value + "; Montel: " + std::to_string(montel));
}

// a ← a/(Σ|a| + |s| + 10⁻⁶) makes Σ|a| < 1, over ℚ. In a format whose numbers near Σ|a| are more than 2·10⁻⁶ apart the
// addend is lost, and with s = 0 what is stored can have Σ|a| = 1: d = 1 and a = −2^k is then −1, a pole on the circle.
Finding published_constraint(const Scope& scope) {
  const precision::FloatFormat& format = scope.format != nullptr ? *scope.format : precision::kF32;
  const precision::SoftFloat floats(format);
  const auto stored = [&](const Rational& a) { return *floats.to_rational(floats.from_rational(a)); };
  const Rational addend(1, 1000000);
  std::size_t lost = 0;
  Finding finding =
      for_sizes(scope, 1, 16, exactly_in("Q, and " + std::string(format.name)), [&](std::size_t d) -> Failure {
        Random random(scope.seed + d);
        TransferFunction<Rational> f{std::vector<Rational>(d, Rational(1)), random_matrix(random, 1, d).entries()};
        // Of any size, and s = 0 every other time.
        const Rational scale = exact::Integer(1) << (2 * d);
        Rational divisor = (d % 2 == 0 ? Rational(0) : Rational(abs(random_rational(random)))) + addend, after = 0;
        for (Rational& a : f.a) {
          a *= scale;
          divisor += abs(a);
        }
        for (Rational& a : f.a) {
          a /= divisor;
          after += abs(a);
        }
        if (after >= 1) return "the sum is " + exact::to_string(after);
        if (!is_stable(f)) return listed(f.a);
        return {};
      });
  // The same in the format, every operation rounded: the smallest power of 2 for which the addend is lost.
  const Rational small = stored(addend);
  for (std::size_t k = 0; k < 24 && lost == 0 && finding.verdict == core::Answer::kYes; ++k) {
    const Rational a = -Rational(exact::Integer(1) << k), divisor = stored(-a + small);
    const TransferFunction<Rational> f{{1}, {stored(a / divisor)}};
    if (is_stable(f) != (divisor != -a)) {
      finding.verdict = core::Answer::kNo;
      finding.witness = "a = " + exact::to_string(a) + " becomes " + exact::to_string(f.a[0]);
    }
    if (divisor == -a) lost = k + 1;
  }
  finding.value = lost == 0
                      ? "in " + std::string(format.name) + " none of a = -1 .. -2^23 becomes -1"
                      : "in " + std::string(format.name) + ", d = 1 and s = 0, the first power of two that becomes " +
                            "-1, a pole on the circle, is a = -2^" + std::to_string(lost - 1);
  if (format == precision::kF32 && lost != 6 && finding.verdict == core::Answer::kYes) {
    finding.verdict = core::Answer::kNo;
    finding.witness = finding.value;
  }
  return finding;
}

}  // namespace

Claims stability_claims() {
  constexpr auto kSpectrum = ClaimKind::kSpectrum;
  return {
      {"rtf.stability.l1", kSpectrum, "Σ|a_i| < 1 puts all poles into the open unit disc, Σ|a_i| = 1 does not",
       "Parnichkun2024", l1_region},
      {"rtf.stability.published-constraint", ClaimKind::kErratum,
       "a/(Σ|a| + |s| + 1e-6) is stable in exact arithmetic; in f32 it is not always: a = -32, s = 0 becomes -1",
       "Parnichkun2024", published_constraint, "", true},
      {"rtf.stability.volumes", ClaimKind::kIdentity,
       "the volume of the stable denominators of order d is the product of ∫ det(1 + kJ) dk over reflection "
       "coefficients, and a Pfaffian of integrals over poles; the l1 ball has 2^d/d!",
       "this project", volumes},
      {"rtf.stability.schur-cohn", ClaimKind::kErratum,
       "a necessary and sufficient condition for all zeros in the unit disc is not unknown: reflection coefficients "
       "below 1 in modulus decide it",
       "Su10180", necessary_and_sufficient},
      {"rtf.stability.legs-rounded", kSpectrum,
       "LegS by the bilinear rule with ε = 1/256, as a companion form in floats has a pole outside, in f32 first at N "
       "= 4",
       "this project",
       [](const Scope& scope) {
         return first_unstable(scope, precision::kF32, 4,
                               [](std::size_t n) { return legs_poles(n, Rational(1, 256)); });
       },
       "", true},
      {"rtf.stability.equal-rounded", kSpectrum,
       "(λ - 9/10)^N with coefficients in floats has a zero outside, in f32 first at N = 7", "this project",
       [](const Scope& scope) { return first_unstable(scope, precision::kF32, 7, equal_poles); }, "", true},
      {"rtf.stability.rounding-table", kSpectrum,
       "of N = 4, 8, 12, 16, 24, 32 the first with a zero outside after rounding to f32 and f64 are 8 and 16 for (λ - "
       "9/10)^N, 4 and 12 for LegS with ε = 1/256, and 12 and none with ε = 1/16",
       "this project", rounding_table},
      {"rtf.stability.initialisation", kSpectrum, "a uniform in ±d^(-1/2) is often unstable, in ±1/d never",
       "Parnichkun2024", initialisations},
  };
}

}  // namespace eigenmata::ssm
