// SPDX-License-Identifier: Apache-2.0
//
// Rational transfer functions: state space and fraction are the same system, and what a Fourier transform makes of it.
#include <algorithm>
#include <cmath>
#include <complex>

#include "claims.hpp"
#include "eigenmata/core/error.hpp"
#include "native_fourier.hpp"
#include "transfer_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Polynomial;
using exact::Rational;

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
    const StateSpace<Rational> other{{exact::multiply(kQ, exact::multiply(kQ, inverse, system.a), t),
                                      exact::multiply(kQ, inverse, RationalMatrix(d, 1, system.b)).entries()},
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
        if (!balls[i].real().is_narrower_than(static_cast<long>(bits) - 32)) undecided(bits);
        widest = balls[i].real();
      }
    }
    return {};
  });
  finding.value = "last tap " + widest.to_string();
  return finding;
}

/// DFT, quotient and inverse DFT in f32 throughout.
std::vector<double> single_folded_kernel(const std::vector<double>& b, const std::vector<double>& a,
                                         std::size_t length) {
  using Complex = std::complex<float>;
  std::vector<Complex> numerator(length, Complex(0)), denominator = numerator;
  denominator[0] = 1;
  for (std::size_t i = 0; i < a.size(); ++i) denominator[i + 1] = static_cast<float>(a[i]);
  for (std::size_t i = 0; i < b.size(); ++i) numerator[i] = static_cast<float>(b[i]);
  std::vector<Complex> values = native_fourier(numerator);
  const std::vector<Complex> divisors = native_fourier(denominator);
  for (std::size_t l = 0; l < length; ++l) values[l] /= divisors[l];
  std::vector<double> taps;
  for (const Complex& tap : native_inverse_fourier(values)) taps.push_back(static_cast<double>(tap.real()));
  return taps;
}

Finding fft_error(const Scope& scope) {
  const std::size_t length = length_of(scope, 2, 256);
  const std::size_t bits = std::max<std::size_t>(scope.bits, 128);  // of the oracle
  const bool is_single = runs_in_single(scope);
  std::string value;
  // Both formats, or the one that was asked for, on the coefficients that f32 can store.
  double largest[2] = {0, 0};
  const double bounds[2] = {1e-14, 1e-5};
  Finding finding = for_sizes(
      scope, 1, 64, {Method::kMeasured, "f32, f64 against balls of " + std::to_string(bits) + " bits"},
      [&](std::size_t d) -> Failure {
        if ((d > 8 && d % 8 != 0) || d >= length) return {};
        Random random(scope.seed + d);
        const TransferFunction<Rational> f = random_stable(random, d);
        std::vector<double> b, a;
        for (const Rational& x : f.b) b.push_back(static_cast<double>(x.convert_to<float>()));
        for (const Rational& x : f.a) a.push_back(static_cast<double>(x.convert_to<float>()));
        const auto balls = folded_kernel_by_fft(stored_transfer_function(b, a), length, bits);
        for (const int single : {0, 1}) {
          if (scope.format != nullptr && is_single != (single == 1)) continue;
          const auto floats = single == 1 ? single_folded_kernel(b, a, length) : folded_kernel_by_fft(b, a, length);
          double top = 0, error = 0;
          for (std::size_t i = 0; i < length; ++i) {
            const exact::Ball difference =
                exact::subtract(exact::Ball(Rational(floats[i]), bits), balls[i].real(), bits);
            error = std::max(error, std::abs(difference.approximate_midpoint()));
            top = std::max(top, std::abs(balls[i].real().approximate_midpoint()));
          }
          if (top > 0) largest[single] = std::max(largest[single], error / top);
          // Σ|a| < 7/8 or so: |DFT(1, a)| is not small, and the error is one of two transforms.
          if (top > 0 && error / top > bounds[single])
            return brief(error / top) + (single == 1 ? " in f32" : " in f64");
        }
        return {};
      });
  finding.range += ", from 8 on every eighth; L = " + std::to_string(length);
  finding.value =
      "largest error over the largest tap: " + brief(largest[1]) + " in f32, " + brief(largest[0]) + " in f64";
  return finding;
}

// a = 0: taps b_1 … b_d and no others, and the state is the last d inputs.
Finding zero_initialisation(const Scope& scope) {
  return for_sizes(scope, 1, 16, exactly_in("Q"), [&scope](std::size_t d) -> Failure {
    Random random(scope.seed + d);
    const TransferFunction<Rational> f{random_matrix(random, 1, d).entries(), std::vector<Rational>(d, Rational(0))};
    const StateSpace<Rational> system = companion(kQ, f);
    std::vector<Rational> wanted = f.b;
    wanted.resize(2 * d + 1, Rational(0));
    if (Failure failure = unless_equal_lists("taps", kernel(kQ, system, 2 * d + 1), wanted)) return failure;
    if (Failure failure = unless_equal_lists("by transform", folded_kernel(f, d + 1), kernel(kQ, f, d + 1)))
      return failure;
    std::vector<Rational> x(d, Rational(0)), inputs;
    for (std::size_t t = 0; t < 2 * d; ++t) {
      inputs.push_back(random_rational(random));
      x = stepped(kQ, LinearSystem<Rational>{system.a, system.b}, x, inputs.back());
      for (std::size_t i = 0; i < d; ++i) {
        const Rational expected = i <= t ? inputs[t - i] : Rational(0);
        if (x[i] != expected) return "x_" + std::to_string(i) + " after " + std::to_string(t + 1) + " inputs";
      }
    }
    return {};
  });
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
    failure = unless_equal_lists("the correct side", truncated_output({{system.a, system.b}, correct}, 4), f.b);
  if (!failure && truncated_output({{system.a, system.b}, printed}, 4) == f.b) failure = "the other side does it, too";
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

}  // namespace

Claims transfer_claims() {
  constexpr auto kIdentity = ClaimKind::kIdentity;
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
      {"rtf.fft-error", ClaimKind::kBound,
       "the same in floats is within 1e-5 (f32) and 1e-14 (f64) of the largest tap if Σ|a| < 1", "Parnichkun2024",
       fft_error, "", true},
      {"rtf.zero-initialisation", kIdentity,
       "a = 0 is a buffer of the last d inputs with the taps b: what any length above d transforms without folding",
       "Parnichkun2024", zero_initialisation},
      {"rtf.minimality", kIdentity, "gcd(numerator, denominator) = 1 if and only if controllable and observable",
       "Parnichkun2024", minimality},
      {"rtf.root-of-unity", kIdentity, "the folded kernel exists if and only if gcd(a, z^L - 1) = 1", "Su10180",
       roots_of_unity},
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
