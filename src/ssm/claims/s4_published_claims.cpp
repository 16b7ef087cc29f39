// SPDX-License-Identifier: Apache-2.0
//
// What a published initialisation of S4 does to the system that it is said to be: B in the basis of eigenvectors, its
// imaginary parts clamped.
#include "claims.hpp"
#include "compare.hpp"
#include "eigenmata/ssm/s4.hpp"

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

}  // namespace

Claims s4_published_claims() {
  return {
      {"s4.nplr.clamped-input", ClaimKind::kErratum,
       "V*B with imaginary parts clamped to [-2, 2], as published, depends on the phases of the eigenvectors: with V*B "
       "real nothing is cut, with i V the kernel is another one from N = 3 on",
       "GuEtAl2022", clamped_input},
  };
}

}  // namespace eigenmata::ssm
