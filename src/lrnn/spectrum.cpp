// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/spectrum.hpp"

#include <algorithm>
#include <string>

#include "eigenmata/core/limits.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Algebraic;
using exact::FieldElement;
using exact::Matrix;
using exact::NumberField;
using exact::Polynomial;
using exact::Rational;

void require_small(std::size_t size, std::size_t limit) {
  if (size <= limit) return;
  throw core::LimitReached(
      core::LimitReached::Kind::kSize,
      "an exact spectrum of " + std::to_string(size) + " rows; at most " + std::to_string(limit) + " are done");
}

/// α·1, α·α, …: how the element multiplies, in coordinates.
void place_block(const NumberField& k, const FieldElement& value, std::size_t row, std::size_t column,
                 Matrix<Rational>& out) {
  const std::size_t d = k.degree();
  FieldElement column_value = value;
  for (std::size_t j = 0; j < d; ++j) {
    const std::vector<Rational> coordinates = column_value.coefficients();
    for (std::size_t i = 0; i < d; ++i) out(row * d + i, column * d + j) = coordinates[i];
    column_value = k.multiply(column_value, k.generator());
  }
}

Algebraic embedded(const FieldElement& value, const std::vector<Algebraic>& powers) {
  Algebraic sum;
  const std::vector<Rational> coefficients = value.coefficients();
  for (std::size_t i = 0; i < coefficients.size(); ++i) sum = sum + Algebraic(coefficients[i]) * powers[i];
  return sum;
}

Polynomial<Algebraic> derivative(const Polynomial<Algebraic>& p) {
  std::vector<Algebraic> coefficients;
  for (std::size_t i = 1; i < p.coefficients.size(); ++i) {
    coefficients.push_back(Algebraic(Rational(static_cast<unsigned long>(i))) * p.coefficients[i]);
  }
  return {std::move(coefficients)};
}

}  // namespace

std::vector<Eigenvalue> spectrum(const exact::RationalArithmetic& k, const Matrix<Rational>& a) {
  constexpr std::size_t kLimit = 120;
  require_small(a.rows(), kLimit);
  std::vector<Eigenvalue> result;
  // Factor by factor: the roots of an irreducible polynomial are simple.
  for (const auto& [factor, multiplicity] : exact::factors(characteristic_polynomial(k, a))) {
    for (Algebraic& root : exact::roots(factor)) result.emplace_back(std::move(root), multiplicity);
  }
  std::sort(result.begin(), result.end(),
            [](const Eigenvalue& x, const Eigenvalue& y) { return before_as_root(x.first, y.first); });
  return result;
}

// Over ℚ(α) of degree d: reading the n × n matrix as an nd × nd matrix over ℚ multiplies its characteristic polynomial
// P by its conjugates, so every root of P is among that matrix's eigenvalues. Which ones are, and how often, P and its
// derivatives tell, in exact arithmetic.
std::vector<Eigenvalue> spectrum(const NumberField& k, const Matrix<FieldElement>& a) {
  constexpr std::size_t kLimit = 24;
  const std::size_t d = k.degree();
  require_small(a.rows() * d, kLimit);
  Matrix<Rational> over_q(a.rows() * d, a.rows() * d, Rational(0));
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.rows(); ++j) place_block(k, a(i, j), i, j, over_q);
  }
  std::vector<Algebraic> powers{Algebraic(Rational(1))};
  for (const Algebraic& root : exact::roots(k.polynomial())) {
    if (!root.is_real() || (root - Algebraic(k.low())).sign_of_real_part() < 0 ||
        (Algebraic(k.high()) - root).sign_of_real_part() < 0)
      continue;
    while (powers.size() < d) powers.push_back(powers.back() * root);
  }
  Polynomial<Algebraic> p;
  for (const FieldElement& c : characteristic_polynomial(k, a).coefficients)
    p.coefficients.push_back(embedded(c, powers));
  std::vector<Eigenvalue> result;
  for (const auto& [candidate, ignored] : spectrum(exact::RationalArithmetic{}, over_q)) {
    std::size_t multiplicity = 0;
    Polynomial<Algebraic> q = p;
    while (!q.is_zero() && evaluate(exact::AlgebraicArithmetic{}, q, candidate).is_zero()) {
      ++multiplicity;
      q = derivative(q);
    }
    if (multiplicity > 0) result.emplace_back(candidate, multiplicity);
  }
  return result;
}

std::vector<Eigenvalue> spectrum(const exact::CyclotomicField& k, const Matrix<FieldElement>& a) {
  std::vector<Eigenvalue> result;
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!k.is_zero(a(i, j))) require_small(a.rows(), 0);
    }
    const auto polar = k.polar(a(i, i));
    if (!polar) require_small(a.rows(), 0);
    const auto turn = [](const exact::Integer& n) { return static_cast<std::size_t>(n); };
    const Algebraic root = exact::root_of_unity(turn(numerator(polar->angle)), turn(denominator(polar->angle)));
    const Algebraic value = Algebraic(polar->modulus) * root;
    const auto known = std::find_if(result.begin(), result.end(), [&](const auto& e) { return e.first == value; });
    if (known != result.end()) {
      ++known->second;
    } else {
      result.emplace_back(value, 1);
    }
  }
  std::sort(result.begin(), result.end(),
            [](const Eigenvalue& x, const Eigenvalue& y) { return before_as_root(x.first, y.first); });
  return result;
}

}  // namespace eigenmata::lrnn
