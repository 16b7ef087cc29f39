// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/transfer_function.hpp"

#include <algorithm>
#include <cmath>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/stability.hpp"
#include "eigenmata/ssm/fourier.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Polynomial;
using exact::Rational;

const exact::RationalArithmetic kQ;

/// 1, a_1, …, a_d.
template <class S>
std::vector<S> denominator(const std::vector<S>& a, const S& one) {
  std::vector<S> all{one};
  all.insert(all.end(), a.begin(), a.end());
  return all;
}

void require_length(std::size_t states, std::size_t length) {
  if (states >= length) {
    throw core::Error("a transform of length " + std::to_string(length) + " folds a denominator of degree " +
                      std::to_string(states) + ": the length has to be at least " + std::to_string(states + 1));
  }
}

[[noreturn]] void refuse_root_of_unity(std::size_t length) {
  throw core::Error("a pole is a root of unity of order " + std::to_string(length) +
                    ": the transform of the denominator has a zero, and there is no such kernel");
}

/// I − A^length.
exact::Matrix<Rational> one_minus_power(const exact::Matrix<Rational>& a, std::size_t length) {
  exact::Matrix<Rational> power = exact::identity(kQ, a.rows()), square = a;
  for (std::size_t rest = length; rest > 0; rest /= 2) {
    if (rest % 2 == 1) power = exact::multiply(kQ, power, square);
    if (rest > 1) square = exact::multiply(kQ, square, square);
  }
  return exact::subtract(kQ, exact::identity(kQ, a.rows()), power);
}

}  // namespace

TransferFunction<Rational> stored_transfer_function(const std::vector<double>& b, const std::vector<double>& a) {
  if (b.size() != a.size()) {
    throw core::Error("a transfer function has as many b as a, not " + std::to_string(b.size()) + " and " +
                      std::to_string(a.size()));
  }
  const auto exactly = [](const std::vector<double>& numbers, const std::string& name) {
    std::vector<Rational> result;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (!std::isfinite(numbers[i])) {
        throw core::Error(name + "_" + std::to_string(i + 1) + " is " + (std::isnan(numbers[i]) ? "NaN" : "infinite") +
                          ": coefficients have to be numbers");
      }
      result.emplace_back(numbers[i]);
    }
    return result;
  };
  return {exactly(b, "b"), exactly(a, "a")};
}

Polynomial<Rational> pole_polynomial(const TransferFunction<Rational>& f) {
  std::vector<Rational> c = denominator(f.a, Rational(1));
  std::reverse(c.begin(), c.end());
  return exact::make_polynomial(kQ, std::move(c));
}

bool is_stable(const TransferFunction<Rational>& f) { return exact::zeros_in_unit_disc(pole_polynomial(f)); }

bool is_minimal(const TransferFunction<Rational>& f) {
  // In λ = 1/z: b_1 λ^{d−1} + … + b_d over λ^d + …, so that a_d = 0 (a pole at 0) is a zero like any other.
  std::vector<Rational> numerator = f.b;
  std::reverse(numerator.begin(), numerator.end());
  const auto common =
      exact::greatest_common_divisor(exact::make_polynomial(kQ, std::move(numerator)), pole_polynomial(f));
  return common.degree() == 0;
}

void require_sound(const TransferFunction<Rational>& f) {
  if (!is_stable(f)) {
    const auto [low, high] = exact::largest_modulus(pole_polynomial(f), Rational(1, 1000000));
    throw core::Error("the transfer function is not stable: its largest pole has a modulus of at least " +
                      exact::Ball(low, 64).to_string(7) + ", and all have to be below 1");
  }
  if (!is_minimal(f))
    throw core::Error("the transfer function is not minimal: numerator and denominator have a zero in common");
}

std::vector<Rational> cyclic_quotient(const std::vector<Rational>& numerator,
                                      const std::vector<Rational>& denominator_coefficients, std::size_t length) {
  if (numerator.size() > length || denominator_coefficients.size() > length)
    require_length(std::max(numerator.size(), denominator_coefficients.size()) - 1, length);
  exact::Matrix<Rational> circulant(length, length, Rational(0)), right(length, 1, Rational(0));
  for (std::size_t j = 0; j < denominator_coefficients.size(); ++j) {
    for (std::size_t i = 0; i < length; ++i) circulant((i + j) % length, i) = denominator_coefficients[j];
  }
  for (std::size_t i = 0; i < numerator.size(); ++i) right(i, 0) = numerator[i];
  if (exact::determinant(circulant).is_zero()) refuse_root_of_unity(length);
  return exact::solve(circulant, right)->entries();
}

std::vector<Rational> folded_kernel(const TransferFunction<Rational>& f, std::size_t length) {
  require_length(f.a.size(), length);
  return cyclic_quotient(f.b, denominator(f.a, Rational(1)), length);
}

std::vector<double> folded_kernel_by_fft(const std::vector<double>& b, const std::vector<double>& a,
                                         std::size_t length) {
  require_length(a.size(), length);
  if (b.size() > length) require_length(b.size() - 1, length);
  double norm = 1;
  for (const std::vector<double>* numbers : {&b, &a}) {
    for (const double x : *numbers) {
      if (!std::isfinite(x)) throw core::Error("a coefficient is NaN or infinite: coefficients have to be numbers");
    }
  }
  for (const double x : a) norm += std::abs(x);
  double largest = norm;
  for (const double x : b) largest += std::abs(x);
  std::vector<double> numbers(length, 0.0);
  std::copy(b.begin(), b.end(), numbers.begin());
  std::vector<std::complex<double>> values = real_fourier(numbers);
  std::fill(numbers.begin(), numbers.end(), 0.0);
  numbers[0] = 1;
  std::copy(a.begin(), a.end(), numbers.begin() + 1);
  const std::vector<std::complex<double>> bottom = real_fourier(numbers);
  // A transform rounds to about log₂(length) units of the coefficients' sum [Higham2002, 24.1]: what is not above that
  // may as well be 0.
  const double noise = 4 * (std::log2(static_cast<double>(length)) + 4) * std::ldexp(norm, -53);
  // A quotient by hand where nothing can overflow: std::complex sees to infinities, which takes as long as the
  // transforms.
  const bool is_tame = largest < 1e100;
  for (std::size_t l = 0; l < values.size(); ++l) {
    const double x = bottom[l].real(), y = bottom[l].imag(), squared = x * x + y * y;
    if (is_tame ? !(squared > noise * noise) : !(std::abs(bottom[l]) > noise)) {
      throw core::Error("a pole is a root of unity of order " + std::to_string(length) +
                        ", as far as doubles can tell: there may be no such kernel");
    }
    const double u = values[l].real(), v = values[l].imag();
    values[l] =
        is_tame ? std::complex<double>((u * x + v * y) / squared, (v * x - u * y) / squared) : values[l] / bottom[l];
  }
  return inverse_real_fourier(std::move(values), length);
}

std::vector<exact::ComplexBall> folded_kernel_by_fft(const TransferFunction<Rational>& f, std::size_t length,
                                                     std::size_t bits) {
  require_length(f.a.size(), length);
  const exact::ComplexBallArithmetic k{bits};
  std::vector<exact::ComplexBall> top(length), bottom(length);
  for (std::size_t i = 0; i < f.b.size(); ++i) top[i] = k.from_rational(f.b[i]);
  bottom[0] = k.one();
  for (std::size_t i = 0; i < f.a.size(); ++i) bottom[i + 1] = k.from_rational(f.a[i]);
  top = fourier(top, bits);
  bottom = fourier(bottom, bits);
  for (std::size_t l = 0; l < length; ++l) {
    if (k.is_zero(bottom[l])) refuse_root_of_unity(length);
    top[l] = k.divide(top[l], bottom[l]);
  }
  return inverse_fourier(top, bits);
}

std::vector<Rational> truncated_output(const StateSpace<Rational>& system, std::size_t length) {
  const exact::Matrix<Rational> c(1, system.c.size(), system.c);
  return exact::multiply(kQ, c, one_minus_power(system.a, length)).entries();
}

std::vector<Rational> corrected_output(const StateSpace<Rational>& system, std::size_t length) {
  const exact::Matrix<Rational> m = one_minus_power(system.a, length);
  if (exact::determinant(m).is_zero()) refuse_root_of_unity(length);
  return exact::solve(exact::transposed(m), exact::Matrix<Rational>(system.c.size(), 1, system.c))->entries();
}

}  // namespace eigenmata::ssm
