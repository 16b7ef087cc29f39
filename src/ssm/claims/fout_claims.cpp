// SPDX-License-Identifier: Apache-2.0
//
// FouT in its conventions: what it stores for each g and window, the forms of repositories, what it keeps of energy.
#include <algorithm>
#include <functional>
#include <optional>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/hippo_fourier.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::ComplexBallArithmetic;
using exact::Matrix;
using exact::Rational;

/// The largest frequencies M = 1 … 16, or as far as the scope says; `cases` is what else is covered.
Finding for_frequencies(const Scope& scope, const std::string& cases,
                        const std::function<Failure(std::size_t)>& check) {
  Finding finding = for_sizes(scope, 1, 16, in_balls(scope.bits), check);
  finding.range = "M" + finding.range.substr(1) + cases;
  return finding;
}

// --- a steady oscillation u = e^{iωt}, w = 1, whose coefficients are known; ω = 2π · turns ---

const Rational kTurns(13, 10);

/// Those of e^{iωt} at t = 0: (1 − e^{−iω})/(i(ω − 2πn)).
std::vector<ComplexBall> true_coefficients(std::size_t largest, const Rational& frequency, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const ComplexBall numerator = k.subtract(k.one(), exact::root_of_unity(-frequency, bits));
  std::vector<ComplexBall> c;
  for (std::size_t i = 0; i <= 2 * largest; ++i) {
    const Rational turns = Rational(2) * (frequency - Rational(i) + Rational(largest));  // (ω − 2πn)/π
    c.push_back(k.divide(numerator, ComplexBall(Ball(), exact::multiply(exact::pi(bits), Ball(turns, bits), bits))));
  }
  return c;
}

/// Those that FouT settles to: (iω − A)⁻¹ B. A is diag(2πin) − g 1 1ᵀ for w = 1, so that with r_n = 1/(iω − 2πin) it is
/// g r/(1 + g Σ r) (Sherman and Morrison).
std::vector<ComplexBall> settled_coefficients(std::size_t largest, const Rational& g, const Rational& frequency,
                                              std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const auto speed = [&](const Rational& turns) {
    return ComplexBall(Ball(), exact::multiply(exact::pi(bits), Ball(Rational(2) * turns, bits), bits));
  };
  const ComplexBall ball_g = k.from_rational(g);
  ComplexBall divisor = k.one();
  std::vector<ComplexBall> c;
  for (std::size_t i = 0; i <= 2 * largest; ++i) {
    c.push_back(k.divide(ball_g, speed(frequency - Rational(i) + Rational(largest))));
    divisor = k.add(divisor, c.back());
  }
  for (ComplexBall& x : c) x = k.divide(x, divisor);
  return c;
}

/// That the matrix is of this form, and the formula right: (iω − A) c = B.
Failure unless_settled(std::size_t largest, const Rational& g, const Rational& frequency, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const auto c = settled_coefficients(largest, g, frequency, bits);
  const auto system = fout(largest, 1, g, bits);
  const auto moved = applied(k, system.a, c);
  const ComplexBall omega(Ball(), exact::multiply(exact::pi(bits), Ball(Rational(2) * frequency, bits), bits));
  for (std::size_t i = 0; i < c.size(); ++i) {
    const ComplexBall rest = k.subtract(k.subtract(k.multiply(omega, c[i]), moved[i]), system.b[i]);
    if (!rest.contains_zero()) return "(i omega - A) c - B has the entry " + rest.to_string();
    if (!rest.modulus(bits).is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
  }
  return {};
}

/// ‖settled − factor · true‖ / ‖factor · true‖, the factor a function of ω alone.
Ball relative_error(std::size_t largest, const Rational& g, const Rational& frequency, const ComplexBall& factor,
                    std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const auto wanted = true_coefficients(largest, frequency, bits),
             c = settled_coefficients(largest, g, frequency, bits);
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
    failure = unless_settled(m, 1, kTurns, bits);
    if (!failure) failure = unless_settled(m, 2, kTurns, bits);
    const Ball first = relative_error(m, 1, kTurns, one, bits), second = relative_error(m, 2, kTurns, one, bits);
    value += (value.empty() ? "M = " : "; M = ") + std::to_string(m) + ": " + first.to_string(8) + " against " +
             second.to_string(8);
    if (!is_less(Ball(Rational(46, 100), bits), first, bits)) failure = "g = 1 comes closer than 46 %";
    if (!is_less(second, Ball(Rational(8, 100), bits), bits)) failure = "g = 2 is off by 8 % and more";
    if (before && !is_less(second, *before, bits)) failure = "g = 2 does not come closer with M";
    before = second;
  }
  return for_one_case(in_balls(bits), "M = 8, 16, .." + std::to_string(largest) + ", u = exp((13/5) pi i t), w = 1",
                      failure, value);
}

// What is stored is a v for which the series at the seam gives (v(T) + v(T − w))/2, and v(T) − v(T − w) = g (u − that):
// (1 + g/2) v = g u + (1 − g/2) v(· − w), a factor g/(1 + g/2 − (1 − g/2) e^{−iωw}) for every n. For g = 1 this is
// v = (2/3) u + (1/3) v(· − w); for g = 2, and for no other g, it is 1.
Finding gain(const Scope& scope) {
  const std::size_t bits = scope.bits, largest = scope.size.value_or(64);
  if (largest < 8) throw core::Error("this claim begins at M = 8, not " + std::to_string(largest));
  const ComplexBallArithmetic k{bits};
  const auto factor_of = [&](const Rational& g, const Rational& frequency) {
    const ComplexBall before = k.multiply(k.from_rational(1 - g / 2), exact::root_of_unity(-frequency, bits));
    return k.divide(k.from_rational(g), k.subtract(k.from_rational(1 + g / 2), before));
  };
  std::string value;
  Failure failure;
  for (const Rational& g : {Rational(1, 2), Rational(1), Rational(3, 2), Rational(2), Rational(3)}) {
    for (const Rational& frequency : {Rational(1, 4), kTurns, Rational(27, 10)}) {
      std::optional<Ball> before;
      for (std::size_t m = 8; m <= largest && !failure; m *= 2) {
        scope.limits.poll();
        if (m <= 32) failure = unless_settled(m, g, frequency, bits);
        const Ball error = relative_error(m, g, frequency, factor_of(g, frequency), bits);
        if (!is_less(error, Ball(Rational(1, 4), bits), bits)) failure = "off by a quarter and more";
        const auto part = [&](int percent) {
          return exact::multiply(*before, Ball(Rational(percent, 100), bits), bits);
        };
        if (before && !(is_less(part(45), error, bits) && is_less(error, part(55), bits)))
          failure = "the distance is not about halved when M doubles to " + std::to_string(m);
        if (failure) *failure += ", g = " + exact::to_string(g) + ", omega w = 2 pi " + exact::to_string(frequency);
        before = error;
        if (frequency == kTurns && 2 * m > largest)
          value += (value.empty() ? "relative distance at M = " + std::to_string(m) + ", omega w = (13/5) pi: g = "
                                  : ", g = ") +
                   exact::to_string(g) + ": " + error.to_string(8);
      }
    }
  }
  const auto wanted = true_coefficients(32, kTurns, bits), c = settled_coefficients(32, 1, kTurns, bits);
  value += "; g = 1: c_0 is " + k.divide(c[32], wanted[32]).to_string(5) +
           " of the true one at M = 32, the factor is " + factor_of(1, kTurns).to_string(5);
  return for_one_case(
      in_balls(bits),
      "M = 8, 16, .." + std::to_string(largest) + ", g = 1/2, 1, 3/2, 2, 3, omega w/(2 pi) = 1/4, 1.3, 2.7", failure,
      value);
}

// --- real coordinates ---

/// Coordinates 1, √2 cos, √2 sin: x_0 = c_0, (c_n + c_{−n})/√2, −i (c_n − c_{−n})/√2, by a unitary matrix.
LinearSystem<ComplexBall> in_real_coordinates(const LinearSystem<ComplexBall>& system, std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const std::size_t size = system.size(), largest = size / 2;
  const ComplexBall half(exact::divide(Ball(1, bits), exact::square_root(Ball(2, bits), bits), bits));
  const ComplexBall turn = k.multiply(ComplexBall(Ball(), Ball(1, bits)), half);
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
  return {exact::multiply(k, unitary, exact::multiply(k, system.a, adjoint)), applied(k, unitary, system.b)};
}

bool agree(const ComplexBall& left, const ComplexBall& right, std::size_t bits) {
  const ComplexBall difference = ComplexBallArithmetic{bits}.subtract(left, right);
  if (!difference.modulus(bits).is_narrower_than(static_cast<long>(bits) / 2)) undecided(bits);
  return difference.contains_zero();
}

/// π times a rotation with the frequencies 0, 1, 2, … minus b bᵀ as repositories write it, b = (1, 0, √2, 0, √2, 0, …),
/// the speeds and weights scaled: the second coordinate is the sine of frequency 0.
LinearSystem<ComplexBall> published_form(std::size_t largest, const Rational& speed, const Rational& weight,
                                         std::size_t bits) {
  const ComplexBallArithmetic k{bits};
  const std::size_t size = 2 * largest + 2;
  const ComplexBall root(exact::square_root(Ball(2, bits), bits)), scale = k.from_rational(weight);
  std::vector<ComplexBall> b(size, k.zero());
  for (std::size_t i = 0; i < size; i += 2) b[i] = i == 0 ? k.one() : root;
  LinearSystem<ComplexBall> system{{size, size, k.zero()}, b};
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j)
      system.a(i, j) = k.subtract(k.zero(), k.multiply(scale, k.multiply(b[i], b[j])));
    system.b[i] = k.multiply(scale, b[i]);
  }
  for (std::size_t n = 1; n <= largest; ++n) {
    const ComplexBall turn(exact::multiply(exact::pi(bits), Ball(speed * Rational(n), bits), bits));
    system.a(2 * n, 2 * n + 1) = k.subtract(system.a(2 * n, 2 * n + 1), turn);
    system.a(2 * n + 1, 2 * n) = k.add(system.a(2 * n + 1, 2 * n), turn);
  }
  return system;
}

// The three that the repository names: which window and which g they are.
Finding published_forms(const Scope& scope) {
  const std::size_t bits = scope.bits;
  struct Form {
    const char* name;
    Rational speed, weight, window, g;
  };
  const Form forms[] = {{"fout", 1, 1, 2, 2}, {"fourier2", 2, 2, 1, 2}, {"fourier_decay", 1, Rational(1, 2), 2, 1}};
  return for_frequencies(scope, "", [&](std::size_t largest) -> Failure {
    for (const Form& form : forms) {
      const auto published = published_form(largest, form.speed, form.weight, bits);
      const auto derived = in_real_coordinates(fout(largest, form.window, form.g, bits), bits);
      const auto place = [](std::size_t i) { return i == 0 ? i : i + 1; };
      for (std::size_t i = 0; i < derived.size(); ++i) {
        if (!agree(published.b[place(i)], derived.b[i], bits)) return std::string(form.name) + ": B";
        for (std::size_t j = 0; j < derived.size(); ++j) {
          if (!agree(published.a(place(i), place(j)), derived.a(i, j), bits)) return std::string(form.name) + ": A";
        }
      }
      // The sine of frequency 0 takes no part.
      for (std::size_t i = 0; i < published.size(); ++i) {
        if (!agree(published.a(1, i), ComplexBall(), bits) || !agree(published.a(i, 1), ComplexBall(), bits))
          return std::string(form.name) + ": a coordinate that should be idle is not";
      }
      if (!agree(published.b[1], ComplexBall(), bits)) return std::string(form.name) + ": an idle coordinate has input";
    }
    return {};
  });
}

// The equation of the coefficients (hippo.fout.equation) with ũ = (1 − g) u + g Σ c_k for u(T − w), at random c and u.
Finding fout_window(const Scope& scope) {
  const std::size_t bits = scope.bits;
  RandomRationals random(scope.seed);
  return for_frequencies(scope, ", w = 1/3, 1, 2, 7/2, g = 1, 2, 3", [&](std::size_t largest) -> Failure {
    const ComplexBallArithmetic k{bits};
    for (const Rational& window : {Rational(1, 3), Rational(1), Rational(2), Rational(7, 2)}) {
      for (const Rational& g : {Rational(1), Rational(2), Rational(3)}) {
        const auto system = fout(largest, window, g, bits);
        std::vector<ComplexBall> c;
        ComplexBall sum;
        for (std::size_t i = 0; i < system.size(); ++i) {
          c.emplace_back(Ball(random.number(), bits), Ball(random.number(), bits));
          sum = k.add(sum, c.back());
        }
        const ComplexBall u = k.from_rational(random.number());
        const ComplexBall old = k.add(k.multiply(k.from_rational(1 - g), u), k.multiply(k.from_rational(g), sum));
        const auto slope = stepped(k, system, c, u);
        for (std::size_t i = 0; i < system.size(); ++i) {
          const Rational turns = Rational(2) * (Rational(i) - Rational(largest));
          const ComplexBall speed(Ball(), exact::multiply(exact::pi(bits), Ball(turns, bits), bits));
          const ComplexBall right = k.subtract(k.add(k.multiply(speed, c[i]), u), old);
          if (!agree(k.multiply(k.from_rational(window), slope[i]), right, bits))
            return "w = " + exact::to_string(window) + ", g = " + exact::to_string(g);
        }
      }
    }
    return {};
  });
}

Finding fout_normal(const Scope& scope) {
  const std::size_t bits = scope.bits;
  return for_frequencies(scope, "", [&](std::size_t largest) -> Failure {
    const ComplexBallArithmetic k{bits};
    const auto [a, b] = in_real_coordinates(fout(largest, 2, 2, bits), bits);
    const std::size_t size = b.size();
    const Ball root = exact::square_root(Ball(2, bits), bits);
    for (std::size_t i = 0; i < size; ++i) {
      const bool has_input = i == 0 || i % 2 == 1;
      if (!agree(b[i], i == 0 ? k.one() : has_input ? ComplexBall(root) : k.zero(), bits))
        return "b_" + std::to_string(i) + " is " + b[i].to_string();
      for (std::size_t j = 0; j < size; ++j) {
        ComplexBall rotation;  // −πn from sine to cosine, πn back
        const ComplexBall speed(exact::multiply(exact::pi(bits), Ball(Rational((std::max(i, j)) / 2), bits), bits));
        if (i > 0 && i % 2 == 0 && j == i - 1) rotation = speed;
        if (j > 0 && j % 2 == 0 && i == j - 1) rotation = k.subtract(k.zero(), speed);
        if (!agree(k.add(a(i, j), k.multiply(b[i], b[j])), rotation, bits)) {
          return "(A + b b^T)[" + std::to_string(i) + ", " + std::to_string(j) + "] is " +
                 k.add(a(i, j), k.multiply(b[i], b[j])).to_string();
        }
      }
    }
    return {};
  });
}

// Re⟨c, A c + B u⟩·2 = g/(2w) (u² − |u − 2 Σ c_n|²) for every g: what FouT keeps of an input's energy, whatever stands
// for u(T − w).
Finding fout_energy(const Scope& scope) {
  const std::size_t bits = scope.bits;
  RandomRationals random(scope.seed);
  return for_frequencies(scope, ", g = 1/2, 1, 2, 3", [&](std::size_t largest) -> Failure {
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
}

}  // namespace

Claims fout_claims() {
  return {
      {"hippo.fout.seam", ClaimKind::kErratum,
       "u(T - w) taken as the series at the seam (g = 1), as printed, leaves a relative error of 46 % in the "
       "coefficients however many there are; the series gives the mean of both ends (g = 2), with which the error "
       "shrinks",
       "Su10114", seam},
      {"hippo.fout.stored-signal", ClaimKind::kBound,
       "what FouT stores is v with (1 + g/2) v = g u + (1 - g/2) v(. - w), a factor g/(1 + g/2 - (1 - g/2) exp(-i "
       "omega w)): v = (2/3) u + (1/3) v(. - w) for g = 1, and u itself for g = 2 alone",
       "this project", gain},
      {"hippo.fout.window", ClaimKind::kIdentity,
       "for every window w, w (A c + B u)_n = 2 pi i n c_n + u - u~ with u~ = (1 - g) u + g sum c_k for u(T - w): the "
       "series at the seam for g = 1, 2 sum c_k - u for g = 2",
       "Su10114", fout_window},
      {"hippo.fout.repository", ClaimKind::kIdentity,
       "the published fout, fourier2 and fourier_decay are FouT with (w, g) = (2, 2), (1, 2) and (2, 1), and an idle "
       "coordinate more",
       "GuEtAl2022", published_forms},
      {"hippo.fout.normal", ClaimKind::kIdentity,
       "in real coordinates FouT with w = 2, g = 2 is A = pi times a rotation minus b b^T, b = (1, sqrt 2, 0, sqrt 2, "
       "0, ...): normal plus rank 1",
       "GuEtAl2022", fout_normal},
      {"hippo.fout.energy", ClaimKind::kIdentity,
       "A + A* = -(2g/w) 1 1^T for FouT: d|c|^2/dt = g/(2w) (u^2 - |u - 2 sum c_n|^2)", "this project", fout_energy},
  };
}

}  // namespace eigenmata::ssm
