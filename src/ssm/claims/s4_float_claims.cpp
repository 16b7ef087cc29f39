// SPDX-License-Identifier: Apache-2.0
//
// S4 in floats, against enclosures: the spectrum of LegS in a basis that hides its triangle, and the kernel. What the
// kernel's error comes from: the nodes of the generating function, taken
// as powers of one rounded root of unity as programs do (`omega ** arange`), or each rounded by itself. And the kernel
// by eigenvectors.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <random>

#include "claims.hpp"
#include "compare.hpp"
#include "eigenmata/exact/complex_ball_matrix.hpp"
#include "eigenmata/precision/soft_float.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/native_field.hpp"
#include "eigenmata/ssm/s4.hpp"
#include "native_fourier.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Rational;

/// A model with random outputs, its kernel in balls, and its Cauchy form.
struct Case {
  std::size_t size, length;
  std::vector<double> c;       ///< row for the paper's normalisation, standard normal numbers
  std::vector<double> kernel;  ///< midpoints
  double radius;               ///< of the widest ball, relative to the largest |K_k|
  CauchyForm<ComplexBall> form;
  ComplexBall at_minus_one;
};

Matrix<ComplexBall> paper_matrix(std::size_t size, const std::vector<ComplexBall>& root, std::size_t bits) {
  const exact::ComplexBallArithmetic k{bits};
  const auto system = legs_form(size);
  Matrix<ComplexBall> a(size, size, ComplexBall());
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j <= i; ++j)
      a(i, j) = k.divide(k.multiply(k.from_rational(system.a(i, j)), root[j]), root[i]);
  }
  return a;
}

// Ā^m by squaring and the columns B̄, ĀB̄, … by doubling: in the paper's normalisation Ā is a contraction, and balls
// widen by a factor of about N for each of the log₂ L products.
Case prepared(std::size_t size, std::size_t length, std::uint64_t seed, std::size_t bits, const core::Limits& limits) {
  const exact::ComplexBallArithmetic k{bits};
  Case result{size, length, {}, {}, 0, {}, {}};
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  std::vector<ComplexBall> root;
  Matrix<ComplexBall> row(1, size, ComplexBall());
  for (std::size_t n = 0; n < size; ++n) {
    result.c.push_back(normal(engine));
    row(0, n) = k.from_rational(Rational(result.c[n]));
    root.emplace_back(exact::square_root(Ball(Rational(2 * n + 1), bits), bits));
  }
  const auto a = paper_matrix(size, root, bits);
  const ComplexBall half = k.from_rational(Rational(1, 2 * length)), step = k.from_rational(Rational(1, length));
  Matrix<ComplexBall> implicit = exact::identity(k, size), both(size, size + 1, ComplexBall());
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const ComplexBall entry = k.multiply(half, a(i, j));
      both(i, j) = k.add(implicit(i, j), entry);
      implicit(i, j) = k.subtract(implicit(i, j), entry);
    }
    both(i, size) = k.multiply(step, root[i]);
  }
  const auto solution = exact::solve(implicit, both, bits);
  if (!solution) undecided(bits);
  Matrix<ComplexBall> square(size, size, ComplexBall()), columns(size, 1, ComplexBall());
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) square(i, j) = (*solution)(i, j);
    columns(i, 0) = (*solution)(i, size);
  }
  Matrix<ComplexBall> full = exact::identity(k, size);  // Ā^L
  for (std::size_t rest = length;; rest /= 2) {
    limits.poll();
    if (rest % 2 == 1) full = exact::multiply(full, square, bits);
    if (columns.columns() < length) {
      const auto more = exact::multiply(square, columns, bits);
      Matrix<ComplexBall> wider(size, 2 * columns.columns(), ComplexBall());
      for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < columns.columns(); ++j) {
          wider(i, j) = columns(i, j);
          wider(i, columns.columns() + j) = more(i, j);
        }
      }
      columns = std::move(wider);
    }
    if (rest <= 1) break;
    square = exact::multiply(square, square, bits);
  }
  const auto kernel = exact::multiply(row, columns, bits);
  const auto truncated = exact::subtract(k, row, exact::multiply(row, full, bits));
  double largest = 0, widest = 0;
  for (std::size_t i = 0; i < length; ++i) {
    const Ball value = kernel(0, i).real();
    if (!value.is_finite() || !value.is_narrower_than(100)) undecided(bits);
    const auto [low, high] = value.dyadic_ends(160);
    result.kernel.push_back(value.approximate_midpoint());
    largest = std::max(largest, std::abs(result.kernel.back()));
    widest = std::max(widest, Rational(high - low).convert_to<double>());
  }
  result.radius = widest / largest;
  std::vector<ComplexBall> rational_row;
  for (std::size_t n = 0; n < size; ++n) {
    rational_row.push_back(k.divide(truncated(0, n), root[n]));
    exact::add_product(k, result.at_minus_one, truncated(0, n), k.multiply(half, root[n]));
  }
  result.form = legs_cauchy_form(size, rational_row, bits);
  return result;
}

template <class T>
std::complex<T> native(const ComplexBall& z) {
  return {static_cast<T>(z.real().approximate_midpoint()), static_cast<T>(z.imaginary().approximate_midpoint())};
}

double relative_error(const std::vector<double>& kernel, const std::vector<double>& wanted) {
  double error = 0, largest = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double difference = std::abs(kernel[i] - wanted[i]);
    if (!(difference <= error)) error = difference;  // NaN stays
    largest = std::max(largest, std::abs(wanted[i]));
  }
  return error / largest;
}

enum class Nodes { kPowers, kRounded };

struct CauchyErrors {
  double throughout, with_transform_in_double;
};

/// The generating function in T, its inverse transform in T and, for comparison, in double.
template <class T>
CauchyErrors cauchy_errors(const Case& c, Nodes nodes, std::size_t bits) {
  const NativeField<std::complex<T>> k;
  CauchyForm<std::complex<T>> form;
  const auto convert = [](const std::vector<ComplexBall>& from) {
    std::vector<std::complex<T>> to;
    for (const ComplexBall& z : from) to.push_back(native<T>(z));
    return to;
  };
  form.lambda = convert(c.form.lambda);
  form.b = convert(c.form.b);
  form.c = convert(c.form.c);
  form.p = convert(c.form.p);
  form.q = convert(c.form.q);
  const std::size_t length = c.length;
  const std::complex<T> omega = native<T>(exact::root_of_unity(Rational(-1, length), bits));
  std::vector<std::complex<T>> values;
  std::vector<std::complex<double>> wide;
  for (std::size_t l = 0; l < length; ++l) {
    const std::complex<T> z = nodes == Nodes::kRounded ? native<T>(exact::root_of_unity(-Rational(l, length), bits))
                                                       : std::exp(static_cast<T>(l) * std::log(omega));
    values.push_back(z == std::complex<T>(-1) ? native<T>(c.at_minus_one)
                                              : cauchy_value(k, form, std::complex<T>(static_cast<T>(2 * length)), z));
    wide.emplace_back(values.back().real(), values.back().imag());
  }
  std::vector<double> kernel, kernel_in_double;
  for (const auto& tap : native_inverse_fourier(values)) kernel.push_back(static_cast<double>(tap.real()));
  for (const auto& tap : native_inverse_fourier(wide)) kernel_in_double.push_back(tap.real());
  return {relative_error(kernel, c.kernel), relative_error(kernel_in_double, c.kernel)};
}

/// A = V diag(−1, …, −N) V⁻¹ with the closed forms of V and V⁻¹, K_k = Σ (C V)_j (V⁻¹ B)_j ā_j^k ε/(1 + jε/2) in T: the
/// numbers V⁻¹ B are exact until they are stored, and C V is summed in T.
template <class T>
double diagonalised_error(const Case& c) {
  const auto vectors = legs_eigenvectors(c.size);
  const auto weights = applied(kQ, legs_inverse_eigenvectors(c.size), legs_form(c.size).b);
  std::vector<T> weight(c.size), ratio(c.size);
  const T half = static_cast<T>(0.5) / static_cast<T>(c.length);
  for (std::size_t j = 0; j < c.size; ++j) {
    T sum = 0;
    for (std::size_t i = j; i < c.size; ++i) {
      const T row = static_cast<T>(c.c[i] / std::sqrt(static_cast<double>(2 * i + 1)));
      sum += row * static_cast<T>(vectors(i, j).template convert_to<double>());
    }
    const T rate = static_cast<T>(j + 1) * half;
    weight[j] = sum * static_cast<T>(weights[j].template convert_to<double>()) * 2 * half / (1 + rate);
    ratio[j] = (1 - rate) / (1 + rate);
  }
  std::vector<double> kernel;
  for (std::size_t k = 0; k < c.length; ++k) {
    T sum = 0;
    for (std::size_t j = 0; j < c.size; ++j) {
      sum += weight[j];
      weight[j] *= ratio[j];
    }
    kernel.push_back(static_cast<double>(sum));
  }
  return relative_error(kernel, c.kernel);
}

/// The recurrence in T, in O(N) operations a step.
template <class T>
double recurrent_error(const Case& c) {
  const NativeField<T> k;
  const T half = static_cast<T>(0.5) / static_cast<T>(c.length);
  std::vector<T> x, row;
  for (std::size_t n = 0; n < c.size; ++n) {
    x.push_back(static_cast<T>(2 * n + 1) / static_cast<T>(c.length));
    row.push_back(static_cast<T>(c.c[n] / std::sqrt(static_cast<double>(2 * n + 1))));
  }
  x = legs_solved(k, half, x);
  std::vector<double> kernel;
  for (std::size_t i = 0; i < c.length; ++i) {
    kernel.push_back(static_cast<double>(dot(k, row, x)));
    auto right = legs_applied(k, x);
    for (std::size_t n = 0; n < c.size; ++n) right[n] = x[n] + half * right[n];
    x = legs_solved(k, half, right);
  }
  return relative_error(kernel, c.kernel);
}

Finding nodes(const Scope& scope) {
  const std::size_t size = scope.size.value_or(64), length = scope.length.value_or(1024), bits = scope.bits;
  if (size < 8 || length < 64) throw core::Error("this claim is about N >= 8 and L >= 64");
  if (size > 512 || length > 16384) throw core::Error("this claim takes sizes up to N = 512 and L = 16384");
  const bool is_single = runs_in_single(scope);
  const Case c = prepared(size, length, scope.seed, bits, scope.limits);
  const auto errors = [&](Nodes nodes) {
    return is_single ? cauchy_errors<float>(c, nodes, bits) : cauchy_errors<double>(c, nodes, bits);
  };
  const CauchyErrors powers = errors(Nodes::kPowers), rounded = errors(Nodes::kRounded);
  const double recurrent = is_single ? recurrent_error<float>(c) : recurrent_error<double>(c);
  Failure failure;
  if (!(powers.throughout >= 5 * rounded.throughout) ||
      !(powers.with_transform_in_double >= 5 * rounded.with_transform_in_double))
    failure =
        "powers " + brief(powers.throughout) + ", rounded " + brief(rounded.throughout) + ": less than five times";
  return for_one_case(
      {Method::kMeasured,
       std::string(is_single ? "f32" : "f64") + " against balls of " + std::to_string(bits) + " bits"},
      "N = " + std::to_string(size) + ", L = " + std::to_string(length) + ", seed " + std::to_string(scope.seed),
      failure,
      "largest error over largest |K|: powers of the rounded root " + brief(powers.throughout) + ", rounded nodes " +
          brief(rounded.throughout) + " (ratio " + std::to_string(std::lround(powers.throughout / rounded.throughout)) +
          "); with the inverse transform in f64 " + brief(powers.with_transform_in_double) + " and " +
          brief(rounded.with_transform_in_double) + "; O(N) recurrence " + brief(recurrent) + "; oracle's radius " +
          brief(c.radius));
}

// What the condition of the eigenvectors (s4.diagonal.condition) does to a kernel.
Finding diagonalised(const Scope& scope) {
  const std::size_t last = scope.size.value_or(32), length = scope.length.value_or(256);
  if (last < 8 || length < 64) throw core::Error("this claim is about N >= 8 and L >= 64");
  if (last > 64 || length > 16384) throw core::Error("this claim takes sizes up to N = 64 and L = 16384");
  Failure failure;
  std::string value;
  for (std::size_t size = 8; size <= last; size *= 2) {
    const Case c = prepared(size, length, scope.seed, scope.bits, scope.limits);
    const double single = diagonalised_error<float>(c), wide = diagonalised_error<double>(c);
    const double recurrent = recurrent_error<double>(c);
    value += (value.empty() ? "N = " : "; N = ") + std::to_string(size) + ": " + brief(single) + " in f32, " +
             brief(wide) + " in f64, where the recurrence has " + brief(recurrent);
    const bool has_double = scope.format == nullptr || !runs_in_single(scope);
    const bool has_single = scope.format == nullptr || runs_in_single(scope);
    // What overflows is NaN in the end, which is as wrong.
    if (!(recurrent < 1e-12)) failure = "the recurrence in f64 is off by " + brief(recurrent);
    if (has_double && size == 8 && !(wide < 1e-8)) failure = "f64 is off by " + brief(wide) + " at N = 8";
    if (has_double && size >= 16 && wide <= 1e4 * recurrent)
      failure = "f64 loses little at N = " + std::to_string(size);
    if (has_single && size >= 16 && single <= 1) failure = "f32 is right at N = " + std::to_string(size);
    if (has_double && size >= 32 && wide <= 1) failure = "f64 is right at N = " + std::to_string(size);
  }
  return for_one_case({Method::kMeasured, "f32, f64 against balls of " + std::to_string(scope.bits) + " bits"},
                      "N = 8, 16, .." + std::to_string(last) + ", L = " + std::to_string(length) + ", seed " +
                          std::to_string(scope.seed),
                      failure, "largest error over largest |K|: " + value);
}

/// Q A Qᵀ in the paper's normalisation with a random orthogonal Q, its entries rounded to a format.
Matrix<Rational> rotated_and_stored(std::size_t size, std::uint64_t seed, const precision::FloatFormat& format) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  const auto n = static_cast<Eigen::Index>(size);
  Eigen::MatrixXd gaussian(n, n), a = Eigen::MatrixXd::Zero(n, n);
  const auto system = legs_form(size);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      gaussian(i, j) = normal(engine);
      a(i, j) = system.a(static_cast<std::size_t>(i), static_cast<std::size_t>(j)).convert_to<double>() *
                std::sqrt(static_cast<double>(2 * j + 1) / static_cast<double>(2 * i + 1));
    }
  }
  const Eigen::MatrixXd q = Eigen::HouseholderQR<Eigen::MatrixXd>(gaussian).householderQ();
  const Eigen::MatrixXd product = q * a * q.transpose();
  const precision::SoftFloat floats(format);
  Matrix<Rational> stored(size, size, Rational(0));
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j)
      stored(static_cast<std::size_t>(i), static_cast<std::size_t>(j)) =
          floats.to_rational(floats.from_rational(Rational(product(i, j)))).value();
  }
  return stored;
}

/// How far the eigenvalue farthest from −1, …, −N is from them.
double distance_to_integers(const std::vector<std::complex<double>>& values) {
  double farthest = 0;
  for (const std::complex<double>& z : values) {
    const double size = static_cast<double>(values.size());
    const double nearest = std::clamp(std::round(z.real()), -size, -1.0);
    farthest = std::max(farthest, std::abs(z - nearest));
  }
  return farthest;
}

/// By Eigen's QR algorithm in T.
template <class T>
double computed_distance(const Matrix<Rational>& stored) {
  const auto n = static_cast<Eigen::Index>(stored.rows());
  Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic> a(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j)
      a(i, j) = static_cast<T>(stored(static_cast<std::size_t>(i), static_cast<std::size_t>(j)).convert_to<double>());
  }
  const auto values = Eigen::EigenSolver<decltype(a)>(a, false).eigenvalues();
  std::vector<std::complex<double>> all;
  for (Eigen::Index i = 0; i < n; ++i) all.emplace_back(values(i).real(), values(i).imag());
  return distance_to_integers(all);
}

// What rounding the entries does to the eigenvalues, enclosed, and what a QR algorithm in the same format makes of it.
Finding rotated_spectrum(const Scope& scope) {
  const std::size_t last = scope.size.value_or(32);
  const std::size_t bits = std::max<std::size_t>(scope.bits, 192);  // of the oracle
  if (last < 8) throw core::Error("this claim begins at N = 8, not " + std::to_string(last));
  if (last > 64) throw core::Error("this claim takes sizes up to N = 64");
  std::vector<const precision::FloatFormat*> formats{&precision::kF32, &precision::kF64};
  if (scope.format != nullptr) formats = {scope.format};
  Failure failure;
  std::string value;
  for (const precision::FloatFormat* format : formats) {
    const bool is_single = *format == precision::kF32, is_double = *format == precision::kF64;
    for (std::size_t size = 8; size <= last; size *= 2) {
      scope.limits.poll();
      const auto stored = rotated_and_stored(size, scope.seed, *format);
      const exact::ComplexBallArithmetic k{bits};
      Matrix<ComplexBall> balls(size, size, ComplexBall());
      for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) balls(i, j) = k.from_rational(stored(i, j));
      }
      const auto eigen = exact::enclosed_eigensystem(balls, bits);
      if (!eigen) undecided(bits);
      std::vector<std::complex<double>> values;
      for (const ComplexBall& z : eigen->values) {
        if (!z.modulus(bits).is_narrower_than(40)) undecided(bits);
        values.push_back(native<double>(z));
      }
      const double of_stored = distance_to_integers(values);
      const double computed = is_single ? computed_distance<float>(stored) : computed_distance<double>(stored);
      value += (value.empty() ? "" : ", ") + std::string(format->name) + " N = " + std::to_string(size) + ": " +
               brief(of_stored) + " (computed " + brief(computed) + ")";
      const auto require = [&](double low, double high) {
        for (const double distance : {of_stored, computed}) {
          if (!(low <= distance && distance <= high))
            failure = "off by " + brief(distance) + " at N = " + std::to_string(size);
        }
      };
      const double all = std::numeric_limits<double>::infinity();
      if (is_single) require(size == 8 ? 1e-6 : 0.5, size == 8 ? 0.1 : all);
      if (is_double && size == 8) require(0, 1e-8);
      if (is_double && size == 16) require(1e-9, 1e-2);
      if (is_double && size >= 32) require(0.5, all);
    }
  }
  return for_one_case(
      {Method::kMeasured, "stored floats in balls of " + std::to_string(bits) + " bits, and Eigen's QR"},
      "N = 8, 16, .." + std::to_string(last) + ", seed " + std::to_string(scope.seed), failure,
      "farthest eigenvalue from -1, .., -N: " + value);
}

}  // namespace

Claims s4_float_claims() {
  return {
      {"s4.kernel.float-nodes", ClaimKind::kBound,
       "the kernel of LegS by Cauchy sums loses more than five times as much to nodes taken as powers of one rounded "
       "root of unity as to nodes rounded each by itself",
       "this project", nodes, "", true},
      {"s4.kernel.float-eigenvectors", ClaimKind::kBound,
       "by the eigenvectors of LegS, in closed form, the kernel in f64 loses four digits more than the recurrence from "
       "N = 16 on and is wrong altogether from N = 32 on, in f32 from N = 16 on",
       "GuEtAl2022, 3.2", diagonalised, "", true},
      {"s4.float.spectrum", ClaimKind::kSpectrum,
       "LegS in a random orthonormal basis, its entries rounded, has eigenvalues off by more than 1/2 from N = 16 on "
       "in f32 and from N = 32 on in f64 (at N = 8 by less than 1/10 and 1e-8), and so has what a QR algorithm "
       "computes",
       "GuEtAl2022, 3.2", rotated_spectrum, "", true},
  };
}

}  // namespace eigenmata::ssm
