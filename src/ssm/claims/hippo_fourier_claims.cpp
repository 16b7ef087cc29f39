// SPDX-License-Identifier: Apache-2.0
//
// HiPPO with the Fourier basis: the equations of FouT and FouS from integrals, the spectrum of FouS. What FouT stores
// is in fout_claims.cpp.
#include "eigenmata/ssm/hippo_fourier.hpp"

#include <algorithm>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/exact/complex_ball_matrix.hpp"
#include "eigenmata/exact/quadrature.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::ComplexBallArithmetic;
using exact::Rational;

// --- the equations, from integrals ---

/// e^{−2πi n s}.
ComplexBall wave(int n, const ComplexBall& s, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const ComplexBall turn(Ball(), exact::multiply(exact::pi(bits), Ball(-2 * n, bits), bits));
  return exact::exponential(k.multiply(turn, s), bits);
}

Failure unless_overlaps(const std::string& what, const ComplexBall& left, const ComplexBall& right, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const ComplexBall difference = k.subtract(left, right);
  if (!difference.modulus(bits).is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
  if (difference.contains_zero()) return {};
  return what + " is " + left.to_string() + ", not " + right.to_string();
}

// c_n(T) = ∫_0^1 u(sT) e^{−2πins} ds: T c_n′ = u(T) − c_n + 2πin ∫ s u(sT) e^{−2πins} ds, so A_nk = −δ_nk + 2πin times
// the k-th Fourier coefficient of s e^{−2πins}.
Finding fous_matrix(const Scope& scope) {
  const std::size_t bits = std::min<std::size_t>(scope.bits, 128);
  Finding finding = for_sizes(scope, 1, 6, in_balls(bits), [&](std::size_t largest) -> Failure {
    const ComplexBallArithmetic k{bits};
    const auto system = fous(largest, bits);
    const int m = static_cast<int>(largest);
    for (int n = -m; n <= m; ++n) {
      for (int j = -m; j <= m; ++j) {
        const ComplexBall moment =
            exact::integral([&](const ComplexBall& s) { return k.multiply(s, wave(n - j, s, bits)); }, 0, 1, bits);
        ComplexBall entry =
            k.multiply(moment, ComplexBall(Ball(), exact::multiply(exact::pi(bits), Ball(2 * n, bits), bits)));
        if (n == j) entry = k.subtract(entry, k.one());
        if (const Failure failure = unless_overlaps(
                "A", system.a(static_cast<std::size_t>(n + m), static_cast<std::size_t>(j + m)), entry, bits))
          return "n = " + std::to_string(n) + ", k = " + std::to_string(j) + ": " + *failure;
      }
    }
    return {};
  });
  finding.range = "M" + finding.range.substr(1);
  return finding;
}

// c_n(T) = ∫_0^1 u(T − w + ws) e^{−2πins} ds obeys w c_n′ = 2πin c_n + u(T) − u(T − w): both sides for u(t) = t^d,
// whose c_n′ has d t^{d−1} in place of t^d.
Finding fout_equation(const Scope& scope) {
  const std::size_t bits = std::min<std::size_t>(scope.bits, 128);
  Finding finding = for_sizes(scope, 1, 6, in_balls(bits), [&](std::size_t degree) -> Failure {
    const ComplexBallArithmetic k{bits};
    const Rational window(3, 2), end(2), begin = end - window;
    const auto power = [&](const ComplexBall& t, std::size_t d) {
      ComplexBall result = k.one();
      for (std::size_t i = 0; i < d; ++i) result = k.multiply(result, t);
      return result;
    };
    for (int n = -4; n <= 4; ++n) {
      const auto coefficient = [&](std::size_t d) {
        return exact::integral(
            [&](const ComplexBall& s) {
              const ComplexBall t = k.add(k.from_rational(begin), k.multiply(k.from_rational(window), s));
              return k.multiply(power(t, d), wave(n, s, bits));
            },
            0, 1, bits);
      };
      const ComplexBall slope = k.multiply(k.from_rational(Rational(degree) * window), coefficient(degree - 1));
      const ComplexBall turn(Ball(), exact::multiply(exact::pi(bits), Ball(2 * n, bits), bits));
      ComplexBall right = k.multiply(turn, coefficient(degree));
      right = k.add(right, k.subtract(power(k.from_rational(end), degree), power(k.from_rational(begin), degree)));
      if (const Failure failure = unless_overlaps("w c'", slope, right, bits))
        return "n = " + std::to_string(n) + ": " + *failure;
    }
    return {};
  });
  finding.range = "u = t^d, d" + finding.range.substr(1) + ", n = -4..4";
  return finding;
}

// --- FouS ---

// The characteristic polynomial of (A + I)/i is real: (A + I)/i = diag(n) K is similar to K diag(n), the adjoint of
// diag(n) K. So its roots come in conjugate pairs, that is, the eigenvalues of A in pairs mirrored at Re = −1; one
// whose enclosure, mirrored, meets no other enclosure is its own mirror image and has real part −1, exactly.
Finding fous_spectrum(const Scope& scope) {
  const std::size_t bits = scope.bits;
  std::string value;
  Finding finding = for_sizes(scope, 1, 16, in_balls(bits), [&](std::size_t largest) -> Failure {
    const auto system = fous(largest, bits);
    const auto eigen = exact::enclosed_eigensystem(system.a, bits);
    if (!eigen) undecided(bits);
    std::vector<std::pair<double, std::string>> parts;
    for (std::size_t i = 0; i < eigen->values.size(); ++i) {
      const ComplexBall& at = eigen->values[i];
      const Ball shifted = exact::add(at.real(), Ball(1, bits), bits);
      if (!shifted.contains(0)) return at.to_string() + " is an eigenvalue";
      const ComplexBall mirrored(exact::subtract(Ball(-1, bits), shifted, bits), at.imaginary());
      for (std::size_t j = 0; j < eigen->values.size(); ++j) {
        if (j != i && mirrored.overlaps(eigen->values[j])) undecided(bits);
      }
      const double part = at.imaginary().approximate_midpoint();
      if (part > 1e-9) parts.emplace_back(part, at.imaginary().to_string(10));
    }
    std::sort(parts.begin(), parts.end());
    if (largest == 1 || largest == 3) {
      value += (largest == 1 ? "M = 1: " : "; M = 3: ");
      for (const auto& [at, text] : parts) value += (at == parts.front().first ? "" : ", ") + text;
    }
    return {};
  });
  finding.range = "M" + finding.range.substr(1);
  finding.value = "imaginary parts besides 0, positive ones: " + value;
  return finding;
}

}  // namespace

Claims hippo_fourier_claims() {
  return {
      {"hippo.fout.equation", ClaimKind::kIdentity,
       "the coefficients of the last w of the input obey w c_n' = 2 pi i n c_n + u(T) - u(T - w)", "Su10114",
       fout_equation},
      {"hippo.fous.matrix", ClaimKind::kIdentity,
       "the coefficients of the whole input obey T c' = A c + 1 u with A_nn = i pi n - 1, A_nk = -n/(n - k)", "Su10137",
       fous_matrix},
      {"hippo.fous.spectrum", ClaimKind::kSpectrum,
       "all eigenvalues of FouS have real part -1 exactly: each is enclosed, simple and its own mirror image (for all "
       "M: Hilbert's inequality, see ssm/hippo_fourier.hpp)",
       "Su10137", fous_spectrum},
  };
}

}  // namespace eigenmata::ssm
