// SPDX-License-Identifier: Apache-2.0
//
// What single transitions of the LRNN family are: spectra and norms of Householder factors, what their products can
// count, semiseparable masks, and Mamba's step.
#include <algorithm>
#include <cmath>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/layers/delta_rule.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Ball;
using exact::Polynomial;
using exact::Rational;

/// I − β k kᵀ.
RationalMatrix householder(const std::vector<Rational>& k, const Rational& beta) {
  RationalMatrix a(k.size(), k.size(), Rational(0));
  for (std::size_t i = 0; i < k.size(); ++i) {
    for (std::size_t j = 0; j < k.size(); ++j) a(i, j) = Rational(i == j ? 1 : 0) - beta * k[i] * k[j];
  }
  return a;
}

Rational squared_norm(const std::vector<Rational>& k) {
  Rational sum = 0;
  for (const Rational& a : k) sum += a * a;
  return sum;
}

Finding householder_spectrum(const Scope& scope) {
  return for_sizes(scope, 1, 16, exactly_in("Q[λ]"), [&scope](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    const std::vector<Rational> k = random_matrix(random, 1, n).entries();
    const Rational beta = random_rational(random);
    Polynomial<Rational> expected = exact::make_polynomial(kQ, {beta * squared_norm(k) - 1, Rational(1)});
    for (std::size_t i = 1; i < n; ++i) expected = exact::multiply(kQ, expected, exact::make_polynomial(kQ, {-1, 1}));
    const auto found = exact::characteristic_polynomial(kQ, householder(k, beta));
    if (found == expected) return {};
    return exact::to_string(found, "λ") + " is not " + exact::to_string(expected, "λ");
  });
}

Finding householder_norm(const Scope& scope) {
  // |A| ≤ 1 if and only if I − AᵀA is positive semidefinite.
  std::size_t inside = 0, cases = 0;
  const Finding finding = for_sizes(scope, 1, 8, exactly_in("Q"), [&](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    std::vector<Rational> k = random_matrix(random, 1, n).entries();
    if (squared_norm(k).is_zero()) k[0] = 1;
    for (int step = -4; step <= 12; ++step) {  // β|k|² from −1 to 3 by quarters: both ends of [0, 2] among them
      const Rational product(step, 4);
      const RationalMatrix a = householder(k, product / squared_norm(k));
      const RationalMatrix gram =
          exact::subtract(kQ, exact::identity(kQ, n), exact::multiply(kQ, exact::transposed(a), a));
      const bool contracts = exact::positive_semidefinite(kQ, gram).is_yes();
      ++cases;
      inside += contracts ? 1 : 0;
      if (contracts != (product >= 0 && product <= 2))
        return "β|k|² = " + exact::to_string(product) + (contracts ? ": norm at most 1" : ": norm above 1");
    }
    return {};
  });
  Finding counted = finding;
  counted.value = std::to_string(inside) + " of " + std::to_string(cases) + " factors have norm at most 1";
  return counted;
}

/// (i j) as a factor with β = 2 and k = (e_i − e_j)/√2: β k kᵀ is rational.
RationalMatrix transposition(std::size_t n, std::size_t i, std::size_t j) {
  std::vector<Rational> k(n, Rational(0));
  k[i] = 1;
  k[j] = -1;
  return householder(k, 1);
}

Finding transpositions(const Scope& scope) {
  return for_sizes(scope, 2, 8, exactly_in("Q"), [](std::size_t n) -> Failure {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        RationalMatrix expected = exact::identity(kQ, n);
        expected(i, i) = expected(j, j) = 0;
        expected(i, j) = expected(j, i) = 1;
        if (Failure failure = unless_equal("(i j)", transposition(n, i, j), expected)) return failure;
      }
    }
    return {};
  });
}

Finding three_cycle(const Scope& /*scope*/) {
  const RationalMatrix cycle = exact::multiply(kQ, transposition(3, 0, 1), transposition(3, 1, 2));
  const RationalMatrix expected(3, 3, std::vector<Rational>{0, 0, 1, 1, 0, 0, 0, 1, 0});
  Failure failure = unless_equal("(01)(12)", cycle, expected);
  const auto charpoly = exact::characteristic_polynomial(kQ, cycle);
  if (!failure && exact::to_string(charpoly) != "x^3-1") failure = "its polynomial is " + exact::to_string(charpoly);
  if (!failure)
    failure =
        unless_equal("its cube", exact::multiply(kQ, cycle, exact::multiply(kQ, cycle, cycle)), exact::identity(kQ, 3));
  return for_one_case(exactly_in("Q"), "3 x 3", failure, "characteristic polynomial " + exact::to_string(charpoly));
}

/// The number of 1s modulo 3, by factors with real spectra {1, −1} only: the n-th 1 acts as (01) for odd n and as (12)
/// for even n, and which of them it is, a scalar −1 knows (a layer before). e_0 goes through a cycle of 6 states.
Finding counting_without_complex_eigenvalues(const Scope& scope) {
  const std::size_t length = length_of(scope, 1, 600);
  Failure failure;
  const RationalMatrix odd = transposition(3, 0, 1), even = transposition(3, 1, 2);
  for (const RationalMatrix& factor : {odd, even}) {
    for (const auto& [part, multiplicity] : exact::factors(exact::characteristic_polynomial(kQ, factor))) {
      if (part.degree() != 1) failure = "an eigenvalue is not rational";
    }
  }
  RationalMatrix state(1, 3, std::vector<Rational>{1, 0, 0});
  Rational sign = 1;
  std::vector<std::pair<Rational, RationalMatrix>> seen;  // by the number of 1s modulo 6
  for (std::size_t ones = 0; ones < length && !failure; ++ones) {
    if (ones < 6) {
      for (std::size_t i = 0; i < seen.size(); ++i) {
        if (seen[i] == std::pair{sign, state} && (ones - i) % 3 != 0)
          failure = std::to_string(i) + " and " + std::to_string(ones) + " ones lead to the same state";
      }
      seen.emplace_back(sign, state);
    } else if (seen[ones % 6] != std::pair{sign, state}) {
      failure = "no period of 6 at " + std::to_string(ones) + " ones";
    }
    sign = -sign;
    state = exact::multiply(kQ, state, sign < 0 ? odd : even);
  }
  return for_one_case(exactly_in("Q"), std::to_string(length) + " ones", failure,
                      "(01) and (12) in turn count modulo 6, with all eigenvalues 1 or -1");
}

std::size_t sign_changes(const std::vector<Rational>& coefficients) {
  std::size_t changes = 0;
  int before = 0;
  for (const Rational& c : coefficients) {
    const int now = c.sign();
    if (now != 0 && before != 0 && now != before) ++changes;
    if (now != 0) before = now;
  }
  return changes;
}

/// The smallest p ≤ most with A^{m+p} = A^m for m = the size of A, or 0.
std::size_t period(const RationalMatrix& a, std::size_t most) {
  RationalMatrix first = exact::identity(kQ, a.rows());
  for (std::size_t i = 0; i < a.rows(); ++i) first = exact::multiply(kQ, first, a);
  RationalMatrix later = first;
  for (std::size_t p = 1; p <= most; ++p) {
    later = exact::multiply(kQ, later, a);
    if (later == first) return p;
  }
  return 0;
}

/// Where transitions are triangular together, so is every product, and its eigenvalues are on the diagonal: real. If
/// A^{m+p} = A^m, the minimal polynomial of A divides x^m (x^p − 1), whose roots other than 0 are simple and of which
/// ±1 at most are real; having real roots only, it divides x^m (x² − 1): A^{m+2} = A^m. The size of A plays no part.
Finding triangular_periods(const Scope& scope) {
  constexpr std::size_t kPeriods = 64;
  Failure failure;
  for (std::size_t p = 1; p <= kPeriods && !failure; ++p) {
    scope.limits.poll();
    std::vector<Rational> up(p + 1, Rational(0)), slope(p, Rational(0));
    up[0] = -1;
    up[p] = 1;
    slope[p - 1] = p;
    std::vector<Rational> mirrored = up;  // of x^p − 1 at −x
    if (p % 2 == 1) mirrored[p] = -1;
    // Descartes: exactly one positive root, and one negative or none. 1 and −1 are roots.
    const bool is_even = p % 2 == 0;
    if (sign_changes(up) != 1 || sign_changes(mirrored) != (is_even ? 1 : 0))
      failure = "Descartes' rule for " + std::to_string(p);
    const auto polynomial = exact::make_polynomial(kQ, up);
    if (!exact::evaluate(kQ, polynomial, Rational(1)).is_zero() ||
        exact::evaluate(kQ, polynomial, Rational(-1)).is_zero() != is_even)
      failure = "1 and -1 as roots for " + std::to_string(p);
    if (p > 1 && exact::greatest_common_divisor(polynomial, exact::make_polynomial(kQ, slope)).degree() > 0)
      failure = "a multiple root for " + std::to_string(p);
  }
  std::size_t twos = 0, without = 0;
  Finding finding = for_sizes(scope, 1, 8, exactly_in("Q"), [&](std::size_t n) -> Failure {
    if (failure) return failure;
    for (std::uint64_t i = 0; i < 12; ++i) {
      // Random triangular matrices, those with −1, 0 and 1 on the diagonal among them: similar to their diagonal (these
      // have a period), and as they come (which may have none).
      Random random(scope.seed + 100 * n + i);
      RationalMatrix a(n, n, Rational(0)), u = exact::identity(kQ, n);
      for (std::size_t r = 0; r < n; ++r) {
        a(r, r) = random.between(-1, 1);
        for (std::size_t c = r + 1; c < n; ++c) (i % 2 == 0 ? u : a)(r, c) = random_rational(random);
      }
      const bool is_diagonalisable = i % 2 == 0;
      if (is_diagonalisable) a = exact::multiply(kQ, exact::multiply(kQ, u, a), *exact::inverse(u));
      const std::size_t found = period(a, 12);
      if (found > 2) return "a period of " + std::to_string(found);
      if (is_diagonalisable && found == 0) return "no period";
      twos += found == 2 ? 1 : 0;
      without += found == 0 ? 1 : 0;
    }
    return {};
  });
  finding.range += ", random; periods up to " + std::to_string(kPeriods) + " for all sizes";
  finding.value = std::to_string(twos) + " of the random ones have period 2, " + std::to_string(without) + " none";
  return finding;
}

/// Entries of T for equal keys: with b = β|k|², T_ij = −β b (1 − b)^{i−j−1} below the diagonal.
Finding ut_growth(const Scope& scope) {
  Rational largest = 0;
  Finding finding = for_sizes(scope, 1, 64, exactly_in("Q"), [&](std::size_t n) -> Failure {
    if (n > 8 && n % 8 != 0) return {};
    for (const Rational& b : {Rational(1, 2), Rational(1), Rational(2), Rational(3), Rational(4)}) {
      const RationalMatrix k(n, 1, Rational(2));  // |k|² = 4
      const Rational beta = b / 4;
      const DeltaRule<Rational> in{k, k, k, std::vector<Rational>(n, beta), std::vector<Rational>(n, 1)};
      const auto mask = gate_mask(kQ, in.alpha, 0, n, GateProducts::kSegments);
      const auto t = ut_transform(kQ, in, 0, delta_couplings(kQ, in, 0, mask));
      for (std::size_t j = 0; j < n; ++j) {
        Rational expected = -beta * b;
        for (std::size_t i = j + 1; i < n; ++i, expected *= 1 - b) {
          if (t(i, j) != expected) return "T of equal keys with β|k|² = " + exact::to_string(b);
          if (abs(expected) > largest) largest = abs(expected);
        }
      }
    }
    return {};
  });
  finding.range += finding.verdict == core::Answer::kYes ? ", from 8 on every eighth" : "";
  finding.value = "largest entry " +
                  (largest < 1'000'000 ? exact::to_string(largest) : Ball(largest, 64).to_string(6)) + ", at β|k|² = 4";
  return finding;
}

/// L∘CBᵀ with L_ij = α_{j+1} ⋯ α_i.
RationalMatrix ssd_matrix(Random& random, std::size_t tokens, std::size_t state) {
  const RationalMatrix c = random_matrix(random, tokens, state), b = random_matrix(random, tokens, state);
  RationalMatrix m(tokens, tokens, Rational(0));
  for (std::size_t j = 0; j < tokens; ++j) {
    for (std::size_t i = j; i < tokens; ++i) m(i, j) = row_product(kQ, c, i, b, j);
  }
  for (std::size_t i = 1; i < tokens; ++i) {
    const Rational gate = random_gate(random);
    for (std::size_t row = i; row < tokens; ++row) {
      for (std::size_t j = 0; j < i; ++j) m(row, j) *= gate;
    }
  }
  return m;
}

RationalMatrix block(const RationalMatrix& m, std::size_t first_row, std::size_t columns) {
  RationalMatrix part(m.rows() - first_row, columns, Rational(0));
  for (std::size_t i = first_row; i < m.rows(); ++i) {
    for (std::size_t j = 0; j < columns; ++j) part(i - first_row, j) = m(i, j);
  }
  return part;
}

Finding semiseparable_ranks(const Scope& scope) {
  const std::size_t tokens = length_of(scope, 2, 24);
  std::string attained;
  Finding finding = for_sizes(scope, 1, 5, exactly_in("Q"), [&](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    const RationalMatrix m = ssd_matrix(random, tokens, n);
    std::size_t largest = 0;
    // Rows from i on and columns up to i: every other part on and below the diagonal lies in one of these.
    for (std::size_t i = 0; i < tokens; ++i) {
      scope.limits.poll();
      const std::size_t rank = exact::rank(kQ, block(m, i, i + 1));
      largest = std::max(largest, rank);
      if (rank > n) return "rows from " + std::to_string(i) + " on have rank " + std::to_string(rank);
    }
    // What is no such matrix shows it: a random triangular one.
    RationalMatrix other = random_matrix(random, tokens, tokens);
    if (exact::rank(kQ, block(other, tokens / 2, tokens / 2 + 1)) <= n && n + 2 < tokens / 2)
      return "a random matrix has the rank, too";
    attained += (attained.empty() ? "" : ", ") + std::to_string(largest);
    return {};
  });
  finding.range += ", " + std::to_string(tokens) + " tokens";
  finding.value = "largest rank for each N: " + attained;
  return finding;
}

/// (e^z − 1)/z on a ball of negative numbers.
Ball phi_1(const Ball& z, std::size_t bits) {
  return exact::divide(exact::subtract(exact::exponential(z, bits), Ball(1, bits), bits), z, bits);
}

/// x/2 − x²/6 < 1 − φ_1(−x) < x/2 for 0 < x ≤ 32.
Finding mamba_step(const Scope& scope) {
  const std::size_t bits = scope.bits;
  const exact::BallArithmetic k{bits};
  const auto rational = [&](const Rational& a) { return k.from_rational(a); };
  Failure failure;
  // Up to 1/8 by Taylor's theorem: (1 − φ_1(−x))/x = 1/2 − x/6 + x²/24 − θ x³/120 with θ in [0, 1]. One ball for all x.
  Ball x = rational(Rational(1, 16)), theta = rational(Rational(1, 2));
  arb_add_error(x.raw(), rational(Rational(1, 16)).raw());
  arb_add_error(theta.raw(), rational(Rational(1, 2)).raw());
  const Ball third = k.multiply(k.multiply(theta, x), rational(Rational(1, 120)));
  const Ball above_lower = k.subtract(rational(Rational(1, 24)), third);                      // times x²
  const Ball below_upper = k.subtract(rational(Rational(1, 6)), k.multiply(x, above_lower));  // times x
  if (above_lower.sign() != 1 || below_upper.sign() != 1) undecided(bits);
  // From there on by balls, the narrower the closer to 0, where the bounds touch.
  std::size_t balls = 0;
  Rational low(1, 8);
  while (low < 32 && !failure) {
    const double at = low.convert_to<double>();
    const Rational width(
        std::min<std::int64_t>(1 << 14, std::max<std::int64_t>(1, std::llround(at * at * at * at * 1e4))), 1 << 20);
    x = rational(low + width / 2);
    arb_add_error(x.raw(), rational(width / 2).raw());
    const Ball gap = k.subtract(k.one(), phi_1(k.subtract(k.zero(), x), bits));
    const Ball half = k.multiply(x, rational(Rational(1, 2)));
    const Ball lower = k.subtract(half, k.multiply(k.multiply(x, x), rational(Rational(1, 6))));
    const auto is_below = k.subtract(half, gap).sign(), is_above = k.subtract(gap, lower).sign();
    if (!is_below || !is_above) undecided(bits);
    if (*is_below != 1 || *is_above != 1)
      failure = "at |z| = " + x.to_string() + " the difference is " + gap.to_string();
    low += width;
    ++balls;
    if (balls % 1024 == 0) scope.limits.poll();
  }
  const Ball one_tenth = k.subtract(k.one(), phi_1(rational(Rational(-1, 10)), bits));
  return for_one_case(in_balls(bits), "z = ΔA in [-32, 0), by Taylor's theorem and " + std::to_string(balls) + " balls",
                      failure, "1 - φ₁(-1/10) = " + one_tenth.to_string());
}

}  // namespace

Claims transition_claims() {
  return {
      {"lrnn.householder.spectrum", ClaimKind::kSpectrum,
       "I - β k kᵀ has the eigenvalue 1 (dk - 1 times) and 1 - β|k|²", "Grazzi2025", householder_spectrum},
      {"lrnn.householder.norm", ClaimKind::kBound, "|I - β k kᵀ| ≤ 1 if and only if 0 ≤ β|k|² ≤ 2", "Grazzi2025",
       householder_norm},
      {"lrnn.householder.transposition", ClaimKind::kIdentity,
       "I - β k kᵀ with β = 2 and k = (e_i - e_j)/√2 swaps i and j", "Grazzi2025", transpositions,
       "HouseholderFactors.transposition_factor"},
      {"lrnn.householder.three-cycle", ClaimKind::kIdentity,
       "(01)(12) is a cycle of three with characteristic polynomial λ³ - 1, a product of two factors with real spectra",
       "Grazzi2025", three_cycle},
      {"lrnn.householder.counting", ClaimKind::kErratum,
       "counting modulo 3 does not need complex eigenvalues (as an early abstract had it) of letters: (01) and (12) in "
       "turn do it, whose product has them (Parity.counting_needs_complex_eigenvalues in proofs/theories is about "
       "products)",
       "Grazzi2025", counting_without_complex_eigenvalues},
      {"lrnn.triangular-periods", ClaimKind::kSpectrum,
       "real triangular matrices have periods of at most 2: transitions that are triangular together do not count "
       "modulo 3",
       "Grazzi2025", triangular_periods},
      {"lrnn.householder.ut-growth", ClaimKind::kBound,
       "for equal keys T has the entries -β b (1 - b)^(i-j-1), b = β|k|²: it grows without bound if b > 2",
       "this project", ut_growth},
      {"lrnn.mask.semiseparable", ClaimKind::kIdentity,
       "every part of L∘CBᵀ on and below the diagonal has rank at most N", "DaoGu2024", semiseparable_ranks},
      {"lrnn.mamba.step", ClaimKind::kBound,
       "Mamba's code takes B̄ = Δ B for zero-order hold's φ₁(ΔA) Δ B: |z|/2 - z²/6 < 1 - φ₁(z) < |z|/2, z = ΔA < 0",
       "GuDao2023", mamba_step},
  };
}

}  // namespace eigenmata::ssm
