// SPDX-License-Identifier: Apache-2.0
//
// HiPPO with the Fourier basis: FouT in both conventions, FouS.
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
using exact::Matrix;
using exact::Rational;

ComplexBall imaginary_unit(std::size_t bits) { return ComplexBall(Ball(), Ball(1, bits)); }

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

// --- FouT: a steady oscillation u = e^{iωt}, ω = 2π·1.3, w = 1, whose coefficients are known ---

const Rational kTurns(13, 10);

/// Those of e^{iωt} at t = 0: (1 − e^{−iω})/(i(ω − 2πn)).
std::vector<ComplexBall> true_coefficients(std::size_t largest, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const ComplexBall numerator = k.subtract(k.one(), exact::root_of_unity(-kTurns, bits));
  std::vector<ComplexBall> c;
  for (std::size_t i = 0; i <= 2 * largest; ++i) {
    const Rational turns = Rational(2) * (kTurns - Rational(i) + Rational(largest));  // (ω − 2πn)/π
    c.push_back(k.divide(numerator, ComplexBall(Ball(), exact::multiply(exact::pi(bits), Ball(turns, bits), bits))));
  }
  return c;
}

/// Those that FouT settles to: (iω − A)⁻¹ B. A is diag(2πin) − g 1 1ᵀ for w = 1, so that with r_n = 1/(iω − 2πin) it is
/// g r/(1 + g Σ r) (Sherman and Morrison).
std::vector<ComplexBall> settled_coefficients(std::size_t largest, const Rational& g, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const auto speed = [&](const Rational& turns) {
    return ComplexBall(Ball(), exact::multiply(exact::pi(bits), Ball(Rational(2) * turns, bits), bits));
  };
  const ComplexBall ball_g = k.from_rational(g);
  ComplexBall divisor = k.one();
  std::vector<ComplexBall> c;
  for (std::size_t i = 0; i <= 2 * largest; ++i) {
    c.push_back(k.divide(ball_g, speed(kTurns - Rational(i) + Rational(largest))));
    divisor = k.add(divisor, c.back());
  }
  for (ComplexBall& x : c) x = k.divide(x, divisor);
  return c;
}

/// That the matrix is of this form, and the formula right: (iω − A) c = B.
Failure unless_settled(std::size_t largest, const Rational& g, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const auto c = settled_coefficients(largest, g, bits);
  const auto system = fout(largest, 1, g, bits);
  const auto moved = applied(k, system.a, c);
  const ComplexBall omega(Ball(), exact::multiply(exact::pi(bits), Ball(Rational(2) * kTurns, bits), bits));
  for (std::size_t i = 0; i < c.size(); ++i) {
    const ComplexBall rest = k.subtract(k.subtract(k.multiply(omega, c[i]), moved[i]), system.b[i]);
    if (!rest.contains_zero()) return "(i omega - A) c - B has the entry " + rest.to_string();
    if (!rest.modulus(bits).is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
  }
  return {};
}

/// ‖settled − factor · true‖ / ‖factor · true‖, the factor a function of ω alone.
Ball relative_error(std::size_t largest, const Rational& g, const ComplexBall& factor, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const auto wanted = true_coefficients(largest, bits), c = settled_coefficients(largest, g, bits);
  Ball error, norm;
  for (std::size_t i = 0; i < c.size(); ++i) {
    const ComplexBall predicted = k.multiply(factor, wanted[i]);
    const Ball e = k.subtract(c[i], predicted).modulus(bits), n = predicted.modulus(bits);
    error = exact::add(error, exact::multiply(e, e, bits), bits);
    norm = exact::add(norm, exact::multiply(n, n, bits), bits);
  }
  return exact::square_root(exact::divide(error, norm, bits), bits);
}

bool is_less(const Ball& a, const Ball& b, std::size_t bits) {
  const auto sign = exact::subtract(a, b, bits).sign();
  if (!sign) undecided(bits);
  return *sign == -1;
}

Finding seam(const Scope& scope) {
  const std::size_t bits = scope.bits, largest = scope.size.value_or(64);
  if (largest < 8) throw core::Error("this claim begins at M = 8, not " + std::to_string(largest));
  const ComplexBall one(Ball(1, bits));
  std::string value;
  std::optional<Ball> before;
  Failure failure;
  for (std::size_t m = 8; m <= largest && !failure; m *= 2) {
    scope.limits.poll();
    failure = unless_settled(m, 1, bits);
    if (!failure) failure = unless_settled(m, 2, bits);
    const Ball first = relative_error(m, 1, one, bits), second = relative_error(m, 2, one, bits);
    value += (value.empty() ? "M = " : "; M = ") + std::to_string(m) + ": " + first.to_string(8) + " against " +
             second.to_string(8);
    if (!is_less(Ball(Rational(46, 100), bits), first, bits)) failure = "g = 1 comes closer than 46 %";
    if (!is_less(second, Ball(Rational(8, 100), bits), bits)) failure = "g = 2 is off by 8 % and more";
    if (before && !is_less(second, *before, bits)) failure = "g = 2 does not come closer with M";
    before = second;
  }
  return for_one_case(in_balls(bits), "M = 8, 16, .." + std::to_string(largest) + ", u = exp(2.6 pi i t), w = 1",
                      failure, value);
}

// g = 1 stores v = (2/3) u + (1/3) v(· − w): a factor (2/3)/(1 − e^{−iω}/3) for every n.
Finding stored_signal(const Scope& scope) {
  const std::size_t bits = scope.bits, largest = scope.size.value_or(64);
  if (largest < 8) throw core::Error("this claim begins at M = 8, not " + std::to_string(largest));
  const ComplexBallArithmetic k{bits};
  const ComplexBall third(Ball(Rational(1, 3), bits));
  const ComplexBall factor =
      k.divide(k.add(third, third), k.subtract(k.one(), k.multiply(third, exact::root_of_unity(-kTurns, bits))));
  std::string value;
  std::optional<Ball> before;
  Failure failure;
  for (std::size_t m = 8; m <= largest && !failure; m *= 2) {
    scope.limits.poll();
    failure = unless_settled(m, 1, bits);
    const Ball error = relative_error(m, 1, factor, bits);
    value += (value.empty() ? "relative distance for M = " : "; M = ") + std::to_string(m) + ": " + error.to_string(8);
    if (!is_less(error, Ball(Rational(8, 100), bits), bits)) failure = "off by 8 % and more";
    if (before && !is_less(error, exact::multiply(*before, Ball(Rational(3, 4), bits), bits), bits))
      failure = "the distance does not shrink by a quarter when M doubles";
    before = error;
  }
  const auto wanted = true_coefficients(32, bits), c = settled_coefficients(32, 1, bits);
  value += "; c_0 is " + k.divide(c[32], wanted[32]).to_string(5) + " of the true one at M = 32, the factor is " +
           factor.to_string(5);
  return for_one_case(in_balls(bits), "M = 8, 16, .." + std::to_string(largest) + ", u = exp(2.6 pi i t), w = 1",
                      failure, value);
}

// Coordinates 1, √2 cos, √2 sin: x_0 = c_0, (c_n + c_{−n})/√2, −i (c_n − c_{−n})/√2, by a unitary matrix.
Finding fout_normal(const Scope& scope) {
  const std::size_t bits = scope.bits;
  Finding finding = for_sizes(scope, 1, 16, in_balls(bits), [&](std::size_t largest) -> Failure {
    const ComplexBallArithmetic k{bits};
    const auto system = fout(largest, 2, 2, bits);
    const std::size_t size = system.size();
    const Ball root = exact::square_root(Ball(2, bits), bits);
    const ComplexBall half(exact::divide(Ball(1, bits), root, bits));
    const ComplexBall turn = k.multiply(imaginary_unit(bits), half);
    Matrix<ComplexBall> unitary(size, size, ComplexBall());
    unitary(0, largest) = k.one();
    for (std::size_t n = 1; n <= largest; ++n) {
      unitary(2 * n - 1, largest + n) = unitary(2 * n - 1, largest - n) = half;
      unitary(2 * n, largest + n) = k.subtract(k.zero(), turn);
      unitary(2 * n, largest - n) = turn;
    }
    Matrix<ComplexBall> adjoint = exact::transposed(unitary);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) adjoint(i, j) = adjoint(i, j).conjugate();
    }
    const auto a = exact::multiply(k, unitary, exact::multiply(k, system.a, adjoint));
    const auto b = applied(k, unitary, system.b);
    const auto check = [&](const ComplexBall& left, const ComplexBall& right) {
      const ComplexBall difference = k.subtract(left, right);
      if (!difference.modulus(bits).is_narrower_than(static_cast<long>(bits) / 2)) undecided(bits);
      return difference.contains_zero();
    };
    for (std::size_t i = 0; i < size; ++i) {
      const bool has_input = i == 0 || i % 2 == 1;
      if (!check(b[i], i == 0 ? k.one() : has_input ? ComplexBall(root) : k.zero()))
        return "b_" + std::to_string(i) + " is " + b[i].to_string();
      for (std::size_t j = 0; j < size; ++j) {
        ComplexBall rotation;  // −πn from sine to cosine, πn back
        const ComplexBall speed(exact::multiply(exact::pi(bits), Ball(Rational((std::max(i, j)) / 2), bits), bits));
        if (i > 0 && i % 2 == 0 && j == i - 1) rotation = speed;
        if (j > 0 && j % 2 == 0 && i == j - 1) rotation = k.subtract(k.zero(), speed);
        if (!check(k.add(a(i, j), k.multiply(b[i], b[j])), rotation)) {
          return "(A + b b^T)[" + std::to_string(i) + ", " + std::to_string(j) + "] is " +
                 k.add(a(i, j), k.multiply(b[i], b[j])).to_string();
        }
      }
    }
    return {};
  });
  finding.range = "M" + finding.range.substr(1);
  return finding;
}

// Re⟨c, A c + B u⟩·2 = g/(2w) (u² − |u − 2 Σ c_n|²) for every g: what FouT keeps of an input's energy, whatever stands
// for u(T − w).
Finding fout_energy(const Scope& scope) {
  const std::size_t bits = scope.bits;
  RandomRationals random(scope.seed);
  Finding finding = for_sizes(scope, 1, 16, in_balls(bits), [&](std::size_t largest) -> Failure {
    const ComplexBallArithmetic k{bits};
    for (const Rational& g : {Rational(1, 2), Rational(1), Rational(2), Rational(3)}) {
      const Rational window = random.positive(), u = random.number();
      const auto system = fout(largest, window, g, bits);
      const ComplexBall outer = k.from_rational(Rational(2) * g / window);
      std::vector<ComplexBall> c;
      for (std::size_t i = 0; i < system.size(); ++i) {
        c.emplace_back(Ball(random.number(), bits), Ball(random.number(), bits));
        for (std::size_t j = 0; j < system.size(); ++j) {
          const ComplexBall sum = k.add(k.add(system.a(i, j), system.a(j, i).conjugate()), outer);
          if (!sum.contains_zero()) return "A + A* + (2g/w) 1 1^T is " + sum.to_string() + " somewhere";
        }
      }
      const auto moved = applied(k, system.a, c);
      Ball rate;
      ComplexBall sum;
      for (std::size_t i = 0; i < c.size(); ++i) {
        const ComplexBall slope = k.add(moved[i], k.multiply(system.b[i], k.from_rational(u)));
        rate = exact::add(rate, k.multiply(c[i].conjugate(), slope).real(), bits);
        sum = k.add(sum, c[i]);
      }
      const Ball far = k.subtract(k.from_rational(u), k.add(sum, sum)).modulus(bits);
      const Ball balance = exact::subtract(Ball(u * u, bits), exact::multiply(far, far, bits), bits);
      const Ball difference =
          exact::subtract(exact::multiply(Ball(2, bits), rate, bits),
                          exact::multiply(Ball(g / (Rational(2) * window), bits), balance, bits), bits);
      if (!difference.is_narrower_than(static_cast<long>(bits) / 2)) undecided(bits);
      if (!difference.contains(0))
        return "the rates differ by " + difference.to_string() + " for g = " + exact::to_string(g);
    }
    return {};
  });
  finding.range = "M" + finding.range.substr(1) + ", g = 1/2, 1, 2, 3";
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
      {"hippo.fout.seam", ClaimKind::kErratum,
       "u(T - w) taken as the series at the seam (g = 1), as printed, leaves a relative error of 46 % in the "
       "coefficients however many there are; the series gives the mean of both ends (g = 2), with which the error "
       "shrinks",
       "Su10114", seam},
      {"hippo.fout.stored-signal", ClaimKind::kBound,
       "what FouT with g = 1 stores is v = (2/3) u + (1/3) v(. - w): a factor (2/3)/(1 - exp(-i omega w)/3)",
       "this project", stored_signal},
      {"hippo.fout.normal", ClaimKind::kIdentity,
       "in real coordinates FouT with w = 2, g = 2 is A = pi times a rotation minus b b^T, b = (1, sqrt 2, 0, sqrt 2, "
       "0, "
       "...): normal plus rank 1",
       "GuEtAl2022", fout_normal},
      {"hippo.fout.energy", ClaimKind::kIdentity,
       "A + A* = -(2g/w) 1 1^T for FouT: d|c|^2/dt = g/(2w) (u^2 - |u - 2 sum c_n|^2)", "this project", fout_energy},
      {"hippo.fous.matrix", ClaimKind::kIdentity,
       "the coefficients of the whole input obey T c' = A c + 1 u with A_nn = i pi n - 1, A_nk = -n/(n - k)", "Su10137",
       fous_matrix},
      {"hippo.fous.spectrum", ClaimKind::kSpectrum,
       "all eigenvalues of FouS have real part -1 exactly: each is enclosed, simple and its own mirror image (for all "
       "M: "
       "Hilbert's inequality, see ssm/hippo_fourier.hpp)",
       "Su10137", fous_spectrum},
  };
}

}  // namespace eigenmata::ssm
