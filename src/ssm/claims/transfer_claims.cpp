// SPDX-License-Identifier: Apache-2.0
//
// Rational transfer functions: state space and fraction are the same system, what a Fourier transform makes of it, and
// stability decided exactly, on what is stored.
#include <algorithm>
#include <cmath>

#include "claims.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/stability.hpp"
#include "eigenmata/precision/soft_float.hpp"
#include "eigenmata/ssm/transfer_function.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Polynomial;
using exact::Rational;

const exact::RationalArithmetic kQ;

StateSpace<Rational> random_system(Random& random, std::size_t d) {
  return {random_matrix(random, d, d), random_matrix(random, 1, d).entries(), random_matrix(random, 1, d).entries()};
}

/// Stable: Σ|a_i| < 1.
TransferFunction<Rational> random_stable(Random& random, std::size_t d) {
  TransferFunction<Rational> f{random_matrix(random, 1, d).entries(), random_matrix(random, 1, d).entries()};
  Rational sum(1, 7);
  for (const Rational& a : f.a) sum += abs(a);
  for (Rational& a : f.a) a /= sum;
  return f;
}

Failure unless_equal_lists(const std::string& what, const std::vector<Rational>& left,
                           const std::vector<Rational>& right) {
  if (left == right) return {};
  return what + ": " + listed(left) + " is not " + listed(right);
}

/// The example of all worked numbers: (z + 2z²…): b = (1, 2), a = (−1/2, 1/4), h_0 = 3, L = 4.
TransferFunction<Rational> example() { return {{1, 2}, {Rational(-1, 2), Rational(1, 4)}}; }
const Rational kDirect = 3;

Finding faddeev_leverrier(const Scope& scope) {
  return for_sizes(scope, 1, 16, exactly_in("Q"), [&scope](std::size_t d) -> Failure {
    Random random(scope.seed + d);
    const StateSpace<Rational> system = random_system(random, d);
    const TransferFunction<Rational> f = transfer_function(kQ, system);
    // det(λI − A) and det(λI − A + BC) − det(λI − A).
    RationalMatrix closed = system.a;
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < d; ++j) closed(i, j) -= system.b[i] * system.c[j];
    }
    const auto open_loop = exact::characteristic_polynomial(kQ, system.a).coefficients;
    const auto closed_loop = exact::characteristic_polynomial(kQ, closed).coefficients;
    for (std::size_t i = 0; i < d; ++i) {
      if (f.a[i] != open_loop[d - 1 - i]) return "a_" + std::to_string(i + 1);
      if (f.b[i] != closed_loop[d - 1 - i] - open_loop[d - 1 - i]) return "b_" + std::to_string(i + 1);
    }
    return {};
  });
}

Finding companion_realises(const Scope& scope) {
  return for_sizes(scope, 1, 16, exactly_in("Q"), [&scope](std::size_t d) -> Failure {
    Random random(scope.seed + d);
    const StateSpace<Rational> system = random_system(random, d);
    const TransferFunction<Rational> f = transfer_function(kQ, system);
    const StateSpace<Rational> canonical = companion(kQ, f);
    const std::size_t length = 2 * d + 3;
    const std::vector<Rational> taps = kernel(kQ, system, length);
    if (Failure failure = unless_equal_lists("companion form", kernel(kQ, canonical, length), taps)) return failure;
    if (Failure failure = unless_equal_lists("long division", kernel(kQ, f, length), taps)) return failure;
    const TransferFunction<Rational> again = transfer_function(kQ, canonical);
    if (Failure failure = unless_equal_lists("a, there and back", again.a, f.a)) return failure;
    return unless_equal_lists("b, there and back", again.b, f.b);
  });
}

Finding similarity(const Scope& scope) {
  return for_sizes(scope, 1, 12, exactly_in("Q"), [&scope](std::size_t d) -> Failure {
    Random random(scope.seed + d);
    const StateSpace<Rational> system = random_system(random, d);
    RationalMatrix t = random_matrix(random, d, d);
    while (exact::determinant(t).is_zero()) t = random_matrix(random, d, d);
    const RationalMatrix inverse = *exact::inverse(t);
    const StateSpace<Rational> other{exact::multiply(kQ, exact::multiply(kQ, inverse, system.a), t),
                                     exact::multiply(kQ, inverse, RationalMatrix(d, 1, system.b)).entries(),
                                     exact::multiply(kQ, RationalMatrix(1, d, system.c), t).entries()};
    const auto f = transfer_function(kQ, system), g = transfer_function(kQ, other);
    if (Failure failure = unless_equal_lists("a", g.a, f.a)) return failure;
    return unless_equal_lists("b", g.b, f.b);
  });
}

Finding folding(const Scope& scope) {
  Finding finding = for_sizes(scope, 1, 12, exactly_in("Q[z]/(z^L - 1)"), [&scope](std::size_t d) -> Failure {
    Random random(scope.seed + d);
    const TransferFunction<Rational> f = random_stable(random, d);
    for (const std::size_t length : {d + 1, d + 2, 2 * d + 5}) {
      StateSpace<Rational> system = companion(kQ, f);
      const std::vector<Rational> folded = folded_kernel(f, length);
      // The circulant system, and powers of the state matrix with C corrected: nothing in common.
      system.c = corrected_output(system, length);
      if (Failure failure = unless_equal_lists("L = " + std::to_string(length), folded, kernel(kQ, system, length)))
        return failure;
      if (Failure failure = unless_equal_lists("back to b", truncated_output(system, length), f.b)) return failure;
    }
    return {};
  });
  const TransferFunction<Rational> f = example();
  const StateSpace<Rational> system = companion(kQ, f);
  finding.value = "b = (1, 2), a = (-1/2, 1/4), L = 4: C = " + listed(corrected_output(system, 4)) +
                  ", kernel = " + listed(folded_kernel(f, 4)) + ", unfolded " + listed(kernel(kQ, f, 8));
  return finding;
}

Finding truncation(const Scope& scope) {
  std::size_t untruncated = 0, cases = 0;
  Finding finding = for_sizes(scope, 1, 12, exactly_in("Q[z]/(z^L - 1)"), [&](std::size_t d) -> Failure {
    Random random(scope.seed + d);
    const StateSpace<Rational> system = companion(kQ, random_stable(random, d));
    TransferFunction<Rational> f = transfer_function(kQ, system);
    const std::size_t length = 2 * d + 3;
    const std::vector<Rational> taps = kernel(kQ, system, length);
    ++cases;
    untruncated += folded_kernel(f, length) == taps ? 1 : 0;
    StateSpace<Rational> truncated = system;
    truncated.c = truncated_output(system, length);
    f.b = transfer_function(kQ, truncated).b;
    return unless_equal_lists("the first taps", folded_kernel(f, length), taps);
  });
  finding.value = "without truncation " + std::to_string(untruncated) + " of " + std::to_string(cases) + " come out";
  return finding;
}

Finding by_balls(const Scope& scope) {
  exact::Ball widest;
  const std::size_t bits = scope.bits;
  Finding finding = for_sizes(scope, 1, 12, in_balls(bits), [&](std::size_t d) -> Failure {
    Random random(scope.seed + d);
    const TransferFunction<Rational> f = random_stable(random, d);
    for (const std::size_t length : {d + 1, 2 * d + 5, std::size_t{64}}) {
      if (length <= d) continue;
      const std::vector<Rational> exactly = folded_kernel(f, length);
      const std::vector<exact::ComplexBall> balls = folded_kernel_by_fft(f, length, bits);
      for (std::size_t i = 0; i < length; ++i) {
        if (!balls[i].real().contains(exactly[i]) || !balls[i].imaginary().contains(0))
          return "tap " + std::to_string(i) + " of " + std::to_string(length) + ": " + balls[i].to_string();
        if (!balls[i].real().is_narrower_than(static_cast<long>(bits) - 32)) return "balls too wide";
        widest = balls[i].real();
      }
    }
    return {};
  });
  finding.value = "last tap " + widest.to_string();
  return finding;
}

Finding fft_error(const Scope& scope) {
  const std::size_t length = scope.length.value_or(256);
  double largest = 0;
  Finding finding =
      for_sizes(scope, 1, 64, {Method::kMeasured, "f64 against balls of " + std::to_string(scope.bits) + " bits"},
                [&](std::size_t d) -> Failure {
                  if (d > 8 && d % 8 != 0) return {};
                  Random random(scope.seed + d);
                  const TransferFunction<Rational> f = random_stable(random, d);
                  std::vector<double> b, a;
                  for (const Rational& x : f.b) b.push_back(x.convert_to<double>());
                  for (const Rational& x : f.a) a.push_back(x.convert_to<double>());
                  const auto floats = folded_kernel_by_fft(b, a, length);
                  const auto balls = folded_kernel_by_fft(stored_transfer_function(b, a), length, scope.bits);
                  double top = 0, error = 0;
                  for (std::size_t i = 0; i < length; ++i) {
                    const exact::Ball difference =
                        exact::subtract(exact::Ball(Rational(floats[i]), scope.bits), balls[i].real(), scope.bits);
                    error = std::max(error, std::abs(difference.approximate_midpoint()));
                    top = std::max(top, std::abs(balls[i].real().approximate_midpoint()));
                  }
                  if (top > 0) largest = std::max(largest, error / top);
                  // Σ|a| < 7/8 or so: |DFT(1, a)| is not small, and the error is one of two transforms.
                  if (top > 0 && error / top > 1e-13) return std::to_string(error / top);
                  return {};
                });
  finding.range += ", from 8 on every eighth; L = " + std::to_string(length);
  char text[64];
  std::snprintf(text, sizeof text, "largest error %.1e of the largest tap", largest);
  finding.value = text;
  return finding;
}

Finding minimality(const Scope& scope) {
  std::size_t minimal = 0, cases = 0;
  Finding finding = for_sizes(scope, 1, 8, exactly_in("Q"), [&](std::size_t d) -> Failure {
    for (std::uint64_t i = 0; i < 8; ++i) {
      Random random(scope.seed + 100 * d + i);
      TransferFunction<Rational> f = random_stable(random, d);
      if (i % 2 == 1) {  // a common factor λ − r, on purpose
        const Polynomial<Rational> factor = exact::make_polynomial(kQ, {random_rational(random), Rational(1)});
        const TransferFunction<Rational> less = random_stable(random, d - 1);
        auto top = less.b;
        std::reverse(top.begin(), top.end());
        auto numerator = exact::multiply(kQ, factor, exact::make_polynomial(kQ, top)).coefficients;
        numerator.resize(d, Rational(0));
        const auto bottom = exact::multiply(kQ, factor, pole_polynomial(less)).coefficients;
        for (std::size_t j = 0; j < d; ++j) {
          f.b[j] = numerator[d - 1 - j];
          f.a[j] = bottom[d - 1 - j];
        }
      }
      // (B, AB, …) and (C, CA, …) of full rank; their product, the Hankel matrix of taps, then has full rank.
      const std::vector<Rational> taps = kernel(kQ, f, 2 * d);
      RationalMatrix hankel(d, d, Rational(0));
      for (std::size_t r = 0; r < d; ++r) {
        for (std::size_t c = 0; c < d; ++c) hankel(r, c) = taps[r + c];
      }
      const bool reachable_and_seen = exact::rank(kQ, hankel) == d;
      ++cases;
      minimal += reachable_and_seen ? 1 : 0;
      if (is_minimal(f) != reachable_and_seen) return "case " + std::to_string(i);
    }
    return {};
  });
  finding.value = std::to_string(minimal) + " of " + std::to_string(cases) + " systems are minimal";
  return finding;
}

Finding roots_of_unity(const Scope& scope) {
  return for_sizes(scope, 2, 12, exactly_in("Q[z]"), [](std::size_t length) -> Failure {
    for (std::size_t order = 1; order <= 6 && order < length; ++order) {
      // Poles at all roots of unity of an order: λ^order − 1.
      TransferFunction<Rational> f{std::vector<Rational>(order, Rational(1)),
                                   std::vector<Rational>(order, Rational(0))};
      f.a.back() = -1;
      bool refused = false;
      try {
        (void)folded_kernel(f, length);
      } catch (const core::Error&) {
        refused = true;
      }
      std::vector<Rational> unit(length + 1, Rational(0));
      unit.front() = -1;
      unit.back() = 1;
      const bool shares =
          exact::greatest_common_divisor(pole_polynomial(f), exact::make_polynomial(kQ, unit)).degree() > 0;
      if (refused != shares) return "poles at the roots of unity of order " + std::to_string(order);
    }
    return {};
  });
}

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

Finding volumes(const Scope& scope) {
  std::string values, ratios;
  Rational schur = 1, l1 = 1;
  Finding finding = for_sizes(scope, 1, 6, exactly_in("Q[k]"), [&](std::size_t d) -> Failure {
    const Polynomial<Rational> density = step_determinant(d - 1);
    Rational integral = 0;  // over (−1, 1)
    for (std::size_t i = 0; i < density.coefficients.size(); i += 2)
      integral += 2 * density.coefficients[i] / Rational(i + 1);
    schur *= integral;
    l1 *= Rational(2, d);
    values += (d > 1 ? ", " : "") + exact::to_string(schur);
    ratios += (d > 1 ? ", " : "") + exact::to_string(Rational(l1 / schur));
    // Against counting: the share of a grid of [−C(d,i), C(d,i)]^d that is stable, decided point by point.
    if (d > 3) return {};
    const std::int64_t steps = d == 3 ? 24 : 60;
    std::vector<std::int64_t> at(d, -steps);
    std::size_t inside = 0, points = 0;
    Rational box = 1;
    std::vector<Rational> radius;
    for (std::size_t i = 1, binomial = 1; i <= d; ++i) {
      binomial = binomial * (d - i + 1) / i;
      radius.emplace_back(binomial);
      box *= 2 * Rational(binomial);
    }
    for (bool more = true; more;) {
      std::vector<Rational> a;
      for (std::size_t i = 0; i < d; ++i) a.push_back(radius[i] * Rational(2 * at[i] + 1, 2 * steps));
      inside += is_stable({a, a}) ? 1 : 0;
      ++points;
      std::size_t i = 0;
      while (i < d && ++at[i] == steps) at[i++] = -steps;
      more = i < d;
    }
    const double counted = box.convert_to<double>() * static_cast<double>(inside) / static_cast<double>(points);
    if (std::abs(counted - schur.convert_to<double>()) > 0.02 * schur.convert_to<double>())
      return "a grid has " + std::to_string(counted) + ", not " + exact::to_string(schur);
    return {};
  });
  finding.value = "Schur: " + values + "; l1 ball over Schur: " + ratios;
  return finding;
}

// What the published code computes, emulated over ℚ.

/// `get_k`: the spectrum of (0, b_1, …, b_d) over (1, a), plus h_0, transformed back: b is shifted by one, cyclically.
std::vector<Rational> published_kernel(const TransferFunction<Rational>& f, const Rational& direct,
                                       std::size_t transform, std::size_t length) {
  std::vector<Rational> top{0}, bottom{1};
  top.insert(top.end(), f.b.begin(), f.b.end());
  bottom.insert(bottom.end(), f.a.begin(), f.a.end());
  std::vector<Rational> taps = cyclic_quotient(top, bottom, transform);
  taps[0] += direct;
  taps.resize(length);
  return taps;
}

/// h_0, C B, C A B, … with the C given.
std::vector<Rational> recurrent_kernel(StateSpace<Rational> system, std::vector<Rational> c, const Rational& direct,
                                       std::size_t length) {
  system.c = std::move(c);
  std::vector<Rational> taps = kernel(kQ, system, length - 1);
  taps.insert(taps.begin(), direct);
  return taps;
}

Finding wrap_around(const Scope& /*scope*/) {
  const TransferFunction<Rational> f = example();
  const StateSpace<Rational> system = companion(kQ, f);
  const std::vector<Rational> printed = published_kernel(f, kDirect, 4, 4);
  const std::vector<Rational> c = corrected_output(system, 4);
  const std::vector<Rational> correct = recurrent_kernel(system, c, kDirect, 4);
  std::vector<Rational> wrapped = recurrent_kernel(system, c, kDirect, 5);  // tap 4 = C A³ B goes onto tap 0
  wrapped[0] += wrapped.back();
  wrapped.pop_back();
  Failure failure;
  if (printed == correct) failure = "the published kernel is correct";
  if (!failure) failure = unless_equal_lists("h_0 + C A^(L-1) B in tap 0", printed, wrapped);
  return for_one_case(exactly_in("Q[z]/(z^4 - 1)"), "b = (1, 2), a = (-1/2, 1/4), h_0 = 3, L = 4", failure,
                      "published " + listed(printed) + ", correct " + listed(correct));
}

Finding wrong_side(const Scope& /*scope*/) {
  const TransferFunction<Rational> f = example();
  const StateSpace<Rational> system = companion(kQ, f);
  // solve(I − A^L, b, left=True): x of (I − A^L) x = b, in the place of x (I − A^L) = b: the transposed system.
  StateSpace<Rational> transposed = system;
  transposed.a = exact::transposed(system.a);
  const std::vector<Rational> printed = corrected_output(transposed, 4), correct = corrected_output(system, 4);
  Failure failure;
  if (printed == correct) failure = "both sides give " + listed(correct);
  if (!failure)
    failure = unless_equal_lists("the correct side", truncated_output({system.a, system.b, correct}, 4), f.b);
  if (!failure && truncated_output({system.a, system.b, printed}, 4) == f.b) failure = "the other side does it, too";
  // A nilpotent A hides it: A^4 = 0 for a = 0.
  StateSpace<Rational> silent = companion(kQ, TransferFunction<Rational>{f.b, {0, 0}});
  StateSpace<Rational> silent_transposed = silent;
  silent_transposed.a = exact::transposed(silent.a);
  if (!failure && corrected_output(silent, 4) != corrected_output(silent_transposed, 4))
    failure = "the initialisation a = 0 shows it";
  return for_one_case(exactly_in("Q"), "b = (1, 2), a = (-1/2, 1/4), h_0 = 3, L = 4", failure,
                      "published C " + listed(printed) + " with kernel " +
                          listed(recurrent_kernel(system, printed, kDirect, 4)) + ", correct C " + listed(correct) +
                          " with kernel " + listed(recurrent_kernel(system, correct, kDirect, 4)));
}

Finding odd_length(const Scope& /*scope*/) {
  const TransferFunction<Rational> f = example();
  const StateSpace<Rational> system = companion(kQ, f);
  const std::vector<Rational> printed = published_kernel(f, kDirect, 6, 5);
  const std::vector<Rational> fifth = recurrent_kernel(system, corrected_output(system, 5), kDirect, 5);
  std::vector<Rational> sixth = recurrent_kernel(system, corrected_output(system, 6), kDirect, 7);
  sixth[0] += sixth.back();  // wrapped around, as above
  sixth.resize(5);
  Failure failure;
  if (std::equal(printed.begin() + 1, printed.end(), fifth.begin() + 1)) failure = "A^5 agrees with the transform";
  if (!failure) failure = unless_equal_lists("A^6", printed, sixth);
  return for_one_case(exactly_in("Q[z]/(z^6 - 1)"), "b = (1, 2), a = (-1/2, 1/4), h_0 = 3, L = 5", failure,
                      "published transform " + listed(printed) + ", recurrence with A^5 " + listed(fifth));
}

Finding second_module(const Scope& /*scope*/) {
  // C (I − A^L) in the transform and y = C x_{k+1} + h_0 u in the recurrence: both are K_0 + h_0, K_1, ….
  const TransferFunction<Rational> f = example();
  const StateSpace<Rational> system = companion(kQ, f);
  TransferFunction<Rational> truncated = f;
  truncated.b = truncated_output(system, 4);
  std::vector<Rational> transformed = folded_kernel(truncated, 4), stepped = kernel(kQ, system, 4);
  transformed[0] += kDirect;
  stepped[0] += kDirect;
  return for_one_case(exactly_in("Q[z]/(z^4 - 1)"), "b = (1, 2), a = (-1/2, 1/4), h_0 = 3, L = 4",
                      unless_equal_lists("transform and recurrence", transformed, stepped), listed(transformed));
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

/// Coefficients rounded to a format, and what they stand for then.
Polynomial<Rational> rounded(const Polynomial<Rational>& p, const precision::FloatFormat& format) {
  const precision::SoftFloat floats(format);
  std::vector<Rational> c;
  for (const Rational& a : p.coefficients) c.push_back(*floats.to_rational(floats.from_rational(a)));
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
  for (const std::size_t size : {std::size_t{4}, std::size_t{8}, std::size_t{12}}) {
    if (size <= last) value += "; N = " + std::to_string(size) + ": " + modulus_text(rounded(family(size), format));
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

/// Initialisations, as the doubles they are: a uniform in ±r.
Finding initialisations(const Scope& scope) {
  std::size_t montel = 0;
  std::string value;
  Finding finding = for_sizes(scope, 16, 64, exactly_in("Q, coefficients in f32"), [&](std::size_t d) -> Failure {
    if (d != 16 && d != 64) return {};
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
    if (xavier == 0) return "all of Xavier's are stable";
    if (montel > 0) return "one of Montel's is unstable";
    return {};
  });
  finding.range = "40 draws each, d = 16 and 64";
  finding.value = "Xavier: " + value + "; Montel: " + std::to_string(montel);
  return finding;
}

}  // namespace

Claims transfer_claims() {
  constexpr auto kIdentity = ClaimKind::kIdentity;
  constexpr auto kSpectrum = ClaimKind::kSpectrum;
  constexpr auto kErratum = ClaimKind::kErratum;
  return {
      {"rtf.faddeev-leverrier", kIdentity,
       "the recursion gives det(λI - A) and det(λI - A + BC) - det(λI - A) as denominator and numerator", "Su10180",
       faddeev_leverrier},
      {"rtf.companion", kIdentity, "state space, fraction and companion form have the same kernel", "Su10180",
       companion_realises},
      {"rtf.similarity", kIdentity, "the transfer function does not depend on the basis of the state", "Parnichkun2024",
       similarity},
      {"rtf.folding", kIdentity, "b/a in Q[z]/(z^L - 1) is C A^k B with C (I - A^L) = b", "Su10180", folding},
      {"rtf.truncation", kIdentity, "with C (I - A^L) as output, transforms of length L give the first L taps C A^k B",
       "Su10180", truncation},
      {"rtf.fft", kIdentity, "K = IDFT(DFT(b)/DFT(1, a)) encloses the exact folded kernel", "Parnichkun2024", by_balls},
      {"rtf.fft-error", ClaimKind::kBound, "in f64 the same is within 1e-13 of the largest tap if Σ|a| < 1",
       "Parnichkun2024", fft_error},
      {"rtf.minimality", kIdentity, "gcd(numerator, denominator) = 1 if and only if controllable and observable",
       "Parnichkun2024", minimality},
      {"rtf.root-of-unity", kIdentity, "the folded kernel exists if and only if gcd(a, z^L - 1) = 1", "Su10180",
       roots_of_unity},
      {"rtf.stability.l1", kSpectrum, "Σ|a_i| < 1 puts all poles into the open unit disc, Σ|a_i| = 1 does not",
       "Parnichkun2024", l1_region},
      {"rtf.stability.volumes", kIdentity,
       "the volume of the stable denominators of order d is the product of ∫ det(1 + kJ) dk; the l1 ball has 2^d/d!",
       "this project", volumes},
      {"rtf.stability.schur-cohn", kErratum,
       "a necessary and sufficient condition for all zeros in the unit disc is not unknown: reflection coefficients "
       "below 1 in modulus decide it",
       "Su10180", necessary_and_sufficient},
      {"rtf.stability.legs-f32", kSpectrum,
       "LegS by the bilinear rule with ε = 1/256, as a companion form in f32, has a pole outside first at N = 4",
       "this project",
       [](const Scope& scope) {
         return first_unstable(scope, precision::kF32, 4,
                               [](std::size_t n) { return legs_poles(n, Rational(1, 256)); });
       }},
      {"rtf.stability.equal-f32", kSpectrum, "(λ - 9/10)^N with coefficients in f32 has a zero outside first at N = 7",
       "this project", [](const Scope& scope) { return first_unstable(scope, precision::kF32, 7, equal_poles); }},
      {"rtf.stability.initialisation", kSpectrum, "a uniform in ±d^(-1/2) is often unstable, in ±1/d never",
       "Parnichkun2024", initialisations},
      {"rtf.repository.wrap-around", kErratum,
       "the published kernel has h_0 + C A^(L-1) B where h_0 should be: the shift by one is cyclic", "Parnichkun2024",
       wrap_around},
      {"rtf.repository.wrong-side", kErratum,
       "the published correction solves (I - A^L) x = b for x (I - A^L) = b; the initialisation a = 0 hides it",
       "Parnichkun2024", wrong_side},
      {"rtf.repository.odd-length", kErratum,
       "for odd L the published transform has length L + 1, but the correction A^L", "Parnichkun2024", odd_length},
      {"rtf.repository.second-module", kIdentity,
       "the second published module, with the correction inside the transform, agrees with its recurrence",
       "Parnichkun2024", second_module},
  };
}

}  // namespace eigenmata::ssm
