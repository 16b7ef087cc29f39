// SPDX-License-Identifier: Apache-2.0
//
// What a published initialisation of S4 does to the system that it is said to be: B in the basis of eigenvectors, its
// imaginary parts clamped, and poles, their real parts clipped.
#include <algorithm>

#include "claims.hpp"
#include "compare.hpp"
#include "eigenmata/exact/stability.hpp"
#include "eigenmata/ssm/s4.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Rational;

// Eigenvectors have a free phase. With those of s4_spectrum.hpp V*B is real and positive, b_n with Σ b_n² = |B|² = N²,
// and clamping imaginary parts to [−2, 2] does nothing. With i times these it is −i b_n, and what is above 2 is cut.
// Unclamped both have the same kernel; C = Bᵀ has K(0) = Σ b_n², clamped Σ b_n min(b_n, 2).
Finding clamped_input(const Scope& scope) {
  const std::size_t bits = scope.bits;
  std::size_t first = 0;
  std::string value;
  Finding finding = for_sizes(scope, 1, 32, in_balls(bits), [&](std::size_t n) -> Failure {
    const exact::ComplexBallArithmetic k{bits};
    const auto form = legs_cauchy_form(n, std::vector<ComplexBall>(n, k.one()), bits);
    Ball whole, clamped;
    bool is_cut = false;
    const Ball two(2, bits);
    for (const ComplexBall& b : form.b) {
      // −i b: its imaginary part is −b.
      if (!b.imaginary().contains(0) || b.real().sign() != 1) return "V*B is not real and positive";
      const auto above = exact::subtract(b.real(), two, bits).sign();
      if (!above) undecided(bits);
      is_cut = is_cut || *above == 1;
      whole = exact::add(whole, exact::multiply(b.real(), b.real(), bits), bits);
      clamped = exact::add(clamped, exact::multiply(b.real(), *above == 1 ? two : b.real(), bits), bits);
    }
    if (!whole.is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
    if (!whole.contains(Rational(n * n))) return "|V*B|^2 is " + whole.to_string();
    const auto loss = exact::subtract(whole, clamped, bits).sign();
    if (is_cut && loss != 1) return "cutting changes nothing";
    if (is_cut && first == 0) first = n;
    if (is_cut != (n >= 3)) return is_cut ? "it is cut already" : "nothing is cut";
    if (n == 3 || n == 16)
      value += (value.empty() ? "K(0) for N = " : ", for N = ") + std::to_string(n) + ": " + std::to_string(n * n) +
               " becomes " + clamped.to_string(10);
    return {};
  });
  finding.value = value;
  return finding;
}

/// A complex matrix as a real one of twice the size.
RationalMatrix real_form(const RationalMatrix& real, const RationalMatrix& imaginary) {
  const std::size_t n = real.rows();
  RationalMatrix result(2 * n, 2 * n, Rational(0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      result(i, j) = result(n + i, n + j) = real(i, j);
      result(i, n + j) = -imaginary(i, j);
      result(n + i, j) = imaginary(i, j);
    }
  }
  return result;
}

/// Λ − P Q* for vectors with real and imaginary parts.
struct LowRank {
  std::vector<Rational> lambda_re, lambda_im, p_re, p_im, q_re, q_im;

  [[nodiscard]] RationalMatrix real_form() const {
    const std::size_t n = lambda_re.size();
    RationalMatrix re(n, n, Rational(0)), im = re;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        re(i, j) = -(p_re[i] * q_re[j] + p_im[i] * q_im[j]);
        im(i, j) = -(p_im[i] * q_re[j] - p_re[i] * q_im[j]);
      }
      re(i, i) += lambda_re[i];
      im(i, i) += lambda_im[i];
    }
    return ssm::real_form(re, im);
  }
};

/// Have all eigenvalues real parts below −bound?
bool decays_faster(const LowRank& a, const Rational& bound) {
  RationalMatrix shifted = a.real_form();
  for (std::size_t i = 0; i < shifted.rows(); ++i) shifted(i, i) += bound;
  return exact::zeros_in_left_half_plane(exact::characteristic_polynomial(exact::RationalArithmetic{}, shifted));
}

// With Q = P the Hermitian part of A is Re Λ − P P*, at most −c, and no eigenvalue of A has a larger real part. Decided
// here by Routh's array of the characteristic polynomial, at c (1 − 2⁻¹⁰): that at −c itself is Q = P = 0.
Finding clipped_poles(const Scope& scope) {
  const Rational clip(1, 10'000), bound = clip * Rational(1023, 1024);
  std::size_t unstable_unclipped = 0, unstable_untied = 0;
  Finding finding = for_sizes(scope, 1, 6, exactly_in("Q"), [&](std::size_t n) -> Failure {
    for (std::uint64_t seed = scope.seed; seed < scope.seed + 8; ++seed) {
      scope.limits.poll();
      RandomRationals random(seed * 100 + n);
      LowRank a;
      for (auto* part : {&a.lambda_re, &a.lambda_im, &a.p_re, &a.p_im, &a.q_re, &a.q_im}) *part = random.vector(n);
      LowRank tied = a;
      tied.q_re = a.p_re;
      tied.q_im = a.p_im;
      unstable_unclipped += decays_faster(tied, 0) ? 0 : 1;
      for (LowRank* form : {&a, &tied}) {
        for (Rational& re : form->lambda_re) re = std::min(re, Rational(-clip));
      }
      if (!decays_faster(tied, bound)) return "an eigenvalue has a real part above -1e-4, seed " + std::to_string(seed);
      unstable_untied += decays_faster(a, 0) ? 0 : 1;
    }
    return {};
  });
  // The smallest case: λ = −10⁻⁴, P Q* = −1.
  const LowRank one{{-clip}, {0}, {1}, {0}, {-1}, {0}};
  if (finding.verdict == core::Answer::kYes && (decays_faster(one, 0) || unstable_unclipped == 0)) {
    finding.verdict = core::Answer::kNo;
    finding.witness = "nothing was unstable that should be";
  }
  finding.value = "N = 1: -1e-4 + 1 with P Q* = -1; of the random ones, unstable without clipping " +
                  std::to_string(unstable_unclipped) + ", with Q other than P " + std::to_string(unstable_untied);
  return finding;
}

}  // namespace

Claims s4_published_claims() {
  return {
      {"s4.nplr.clamped-input", ClaimKind::kErratum,
       "V*B with imaginary parts clamped to [-2, 2], as published, depends on the phases of the eigenvectors: with V*B "
       "real nothing is cut, with i V the kernel is another one from N = 3 on",
       "GuEtAl2022", clamped_input},
      {"s4.nplr.clipped-poles", ClaimKind::kSpectrum,
       "with Re Λ clipped to at most -1e-4 all eigenvalues of Λ - P P* have real parts of at most -1e-4, whatever P "
       "is; those of Λ - P Q* need not, from N = 1 on",
       "RushKaramcheti2022", clipped_poles},
  };
}

}  // namespace eigenmata::ssm
