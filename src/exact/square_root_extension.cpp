// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/square_root_extension.hpp"

#include <cassert>
#include <utility>
#include <vector>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/exact/real_cyclotomic.hpp"

namespace eigenmata::exact {
namespace {

constexpr std::size_t kMaxDegree = 64;

/// R = K[y]/(y² − a) and its element γ = t·α + y.
class QuadraticAlgebra {
 public:
  struct Element {
    FieldElement u, v;  // u + v y
  };

  QuadraticAlgebra(const NumberField& k, const FieldElement& a) : k_(k), a_(a), t_alpha_(k.zero()) { choose(); }

  [[nodiscard]] Element one() const { return {k_.one(), k_.zero()}; }
  [[nodiscard]] Element times_gamma(const Element& x) const {
    return {k_.add(k_.multiply(t_alpha_, x.u), k_.multiply(a_, x.v)), k_.add(k_.multiply(t_alpha_, x.v), x.u)};
  }
  [[nodiscard]] static std::vector<Rational> coordinates(const Element& x) {
    std::vector<Rational> result = x.u.coefficients();
    for (const Rational& c : x.v.coefficients()) result.push_back(c);
    return result;
  }

  [[nodiscard]] const Polynomial<Rational>& polynomial() const { return polynomial_; }
  [[nodiscard]] const std::vector<std::pair<Polynomial<Rational>, std::size_t>>& factors() const { return factors_; }
  /// Encloses γ, y being the positive root.
  [[nodiscard]] Ball gamma(std::size_t bits) const {
    return add(k_.enclosure(t_alpha_, bits), square_root(k_.enclosure(a_, bits), bits), bits);
  }

 private:
  void choose() {
    for (std::int64_t t = 0;; ++t) {
      t_alpha_ = k_.multiply(k_.from_rational(t), k_.generator());
      polynomial_ = t == 0 ? polynomial_of_y() : characteristic_polynomial(RationalArithmetic{}, matrix_of_gamma());
      factors_ = exact::factors(polynomial_);
      bool squarefree = true;
      for (const auto& [factor, multiplicity] : factors_) squarefree = squarefree && multiplicity == 1;
      if (squarefree) return;
    }
  }

  /// For γ = y: that of multiplication by a on K, of half the degree, at y².
  [[nodiscard]] Polynomial<Rational> polynomial_of_y() const {
    const std::size_t m = k_.degree();
    Matrix<Rational> by_a(m, m, Rational(0));
    FieldElement image = a_;
    for (std::size_t j = 0; j < m; ++j) {
      const std::vector<Rational> column = image.coefficients();
      for (std::size_t i = 0; i < m; ++i) by_a(i, j) = column[i];
      image = k_.multiply(image, k_.generator());
    }
    Polynomial<Rational> result;
    for (const Rational& c : characteristic_polynomial(RationalArithmetic{}, by_a).coefficients) {
      if (!result.coefficients.empty()) result.coefficients.emplace_back(0);
      result.coefficients.push_back(c);
    }
    return result;
  }

  [[nodiscard]] Matrix<Rational> matrix_of_gamma() const {
    const std::size_t m = k_.degree();
    Matrix<Rational> result(2 * m, 2 * m, Rational(0));
    for (std::size_t j = 0; j < 2 * m; ++j) {
      std::vector<Rational> unit(m, Rational(0));
      unit[j % m] = 1;
      const FieldElement power = k_.from_coefficients(unit);
      const Element image = times_gamma(j < m ? Element{power, k_.zero()} : Element{k_.zero(), power});
      const std::vector<Rational> column = coordinates(image);
      for (std::size_t i = 0; i < 2 * m; ++i) result(i, j) = column[i];
    }
    return result;
  }

  const NumberField& k_;
  const FieldElement& a_;
  FieldElement t_alpha_;
  Polynomial<Rational> polynomial_;
  std::vector<std::pair<Polynomial<Rational>, std::size_t>> factors_;
};

FieldElement positive(const NumberField& k, FieldElement s) { return k.sign(s) == 1 ? s : k.subtract(k.zero(), s); }

}  // namespace

FieldElement SquareRootExtension::embed(const FieldElement& x) const {
  const std::vector<Rational> coefficients = x.coefficients();
  FieldElement value = field.zero();
  for (std::size_t i = coefficients.size(); i-- > 0;) {
    value = field.add(field.multiply(value, generator), field.from_rational(coefficients[i]));
  }
  return value;
}

std::optional<Rational> square_root_in(const RationalArithmetic& /*k*/, const Rational& a) {
  const Integer n = sqrt(Integer(numerator(a)));
  const Integer d = sqrt(Integer(denominator(a)));
  if (n * n != numerator(a) || d * d != denominator(a)) return std::nullopt;
  return Rational(n) / Rational(d);
}

std::optional<FieldElement> square_root_in(const NumberField& k, const FieldElement& a) {
  const QuadraticAlgebra algebra(k, a);
  if (algebra.factors().size() == 1) return std::nullopt;
  // The value of a factor at γ, by Horner's rule.
  const Polynomial<Rational>& factor = algebra.factors()[0].first;
  QuadraticAlgebra::Element value{k.zero(), k.zero()};
  for (std::size_t i = factor.coefficients.size(); i-- > 0;) {
    value = algebra.times_gamma(value);
    value.u = k.add(value.u, k.from_rational(factor.coefficients[i]));
  }
  FieldElement root = positive(k, k.divide(value.u, value.v));
  assert(k.equal(k.multiply(root, root), a));
  return root;
}

std::optional<SquareRootExtension> adjoin_square_root(const RationalArithmetic& /*k*/, const Rational& a) {
  // √(n/d) = √(nd)/d; the square part of nd is taken out by the quadratic field itself.
  const Integer radicand = numerator(a) * denominator(a);
  const auto field = quadratic_field(radicand);
  FieldElement root = field.field.multiply(field.root, field.field.from_rational(Rational(1) / denominator(a)));
  return SquareRootExtension{field.field, field.field.zero(), std::move(root)};
}

std::optional<SquareRootExtension> adjoin_square_root(const NumberField& k, const FieldElement& a) {
  const std::size_t m = k.degree();
  if (2 * m > kMaxDegree) return std::nullopt;
  const QuadraticAlgebra algebra(k, a);
  assert(algebra.factors().size() == 1);
  Matrix<Rational> powers(2 * m, 2 * m, Rational(0));
  QuadraticAlgebra::Element power = algebra.one();
  for (std::size_t j = 0; j < 2 * m; ++j) {
    const std::vector<Rational> column = QuadraticAlgebra::coordinates(power);
    for (std::size_t i = 0; i < 2 * m; ++i) powers(i, j) = column[i];
    power = algebra.times_gamma(power);
  }
  Matrix<Rational> wanted(2 * m, 2, Rational(0));
  wanted(1, 0) = 1;  // α; the degree is at least 2
  wanted(m, 1) = 1;  // y
  const auto solution = solve(powers, wanted);
  assert(solution.has_value());
  const auto column = [&](std::size_t j) {
    std::vector<Rational> result;
    for (std::size_t i = 0; i < 2 * m; ++i) result.push_back((*solution)(i, j));
    return result;
  };
  const NumberField field = field_around(algebra.polynomial(), [&](std::size_t bits) { return algebra.gamma(bits); });
  return SquareRootExtension{field, field.from_coefficients(column(0)), field.from_coefficients(column(1))};
}

}  // namespace eigenmata::exact
