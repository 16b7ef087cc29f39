// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/real_cyclotomic.hpp"

#include <arb.h>
#include <flint/fmpz_poly.h>

#include <algorithm>
#include <cassert>
#include <numeric>
#include <set>

#include "eigenmata/exact/matrix.hpp"
#include "flint_convert.hpp"

namespace eigenmata::exact {
namespace {

constexpr std::uint64_t kMaxOrder = 5'000;
constexpr std::size_t kMaxDegree = 64;

using Coordinates = std::vector<Rational>;  // in 1, ζ, …, ζ^(φ(N)−1)

/// ℚ(ζ_N).
class Cyclotomic {
 public:
  explicit Cyclotomic(std::uint64_t order) : order_(order) {
    fmpz_poly_t phi;
    fmpz_poly_init(phi);
    fmpz_poly_cyclotomic(phi, order);
    degree_ = static_cast<std::size_t>(fmpz_poly_degree(phi));
    std::vector<std::int64_t> tail;  // ζ^degree in lower powers; coefficients are small for orders up to 5,000
    for (std::size_t i = 0; i < degree_; ++i) tail.push_back(-fmpz_poly_get_coeff_si(phi, static_cast<slong>(i)));
    fmpz_poly_clear(phi);
    std::vector<std::int64_t> power(degree_, 0);
    power[0] = 1;
    for (std::uint64_t j = 0; j < order; ++j) {
      powers_.push_back(power);
      const std::int64_t top = power.back();
      power.insert(power.begin(), 0);
      power.pop_back();
      for (std::size_t i = 0; i < degree_; ++i) power[i] += top * tail[i];
    }
  }

  [[nodiscard]] std::size_t degree() const { return degree_; }
  [[nodiscard]] std::uint64_t order() const { return order_; }

  /// Of the image of the sum under ζ ↦ ζ^t; its order divides N.
  [[nodiscard]] Coordinates coordinates(const RootSum& sum, std::uint64_t t = 1) const {
    Coordinates result(degree_, Rational(0));
    for (const auto& [exponent, coefficient] : sum.terms) {
      add(result, coefficient, exponent * (order_ / sum.order) % order_ * t % order_);
    }
    return result;
  }

  [[nodiscard]] Coordinates multiply(const Coordinates& a, const Coordinates& b) const {
    std::vector<Rational> by_exponent(order_, Rational(0));
    for (std::size_t i = 0; i < degree_; ++i) {
      if (a[i].is_zero()) continue;
      for (std::size_t j = 0; j < degree_; ++j) {
        if (!b[j].is_zero()) by_exponent[(i + j) % order_] += a[i] * b[j];
      }
    }
    Coordinates result(degree_, Rational(0));
    for (std::uint64_t e = 0; e < order_; ++e) add(result, by_exponent[e], e);
    return result;
  }

 private:
  void add(Coordinates& sum, const Rational& coefficient, std::uint64_t exponent) const {
    if (coefficient.is_zero()) return;
    for (std::size_t i = 0; i < degree_; ++i) {
      if (powers_[exponent][i] != 0) sum[i] += coefficient * powers_[exponent][i];
    }
  }

  std::uint64_t order_;
  std::size_t degree_ = 0;
  std::vector<std::vector<std::int64_t>> powers_;  // [j]: of ζ^j
};

/// Encloses the real part of a sum.
Ball real_part(const RootSum& sum, std::size_t bits) {
  const auto precision = static_cast<slong>(bits);
  Ball result;
  Ball cosine;
  for (const auto& [exponent, coefficient] : sum.terms) {
    const flint::Fmpq angle(Rational(2 * exponent) / sum.order);
    arb_cos_pi_fmpq(cosine.raw(), angle.value, precision);
    result = add(result, multiply(Ball(coefficient, bits), cosine, bits), bits);
  }
  return result;
}

RootSum combination(const std::vector<RootSum>& sums, const std::vector<std::int64_t>& factors, std::uint64_t order) {
  RootSum result{order, {}};
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (factors[i] == 0) continue;
    for (const auto& [exponent, coefficient] : sums[i].terms) {
      result.terms[exponent * (order / sums[i].order)] += coefficient * factors[i];
    }
  }
  return result;
}

/// How many of the images of these numbers under the automorphisms differ, as tuples.
std::size_t images(const Cyclotomic& cyclotomic, const std::vector<RootSum>& numbers) {
  std::set<std::vector<Coordinates>> seen;
  for (std::uint64_t t = 1; t <= cyclotomic.order(); ++t) {
    if (std::gcd(t, cyclotomic.order()) != 1) continue;
    std::vector<Coordinates> tuple;
    for (const RootSum& number : numbers) tuple.push_back(cyclotomic.coordinates(number, t));
    seen.insert(std::move(tuple));
    if (seen.size() > kMaxDegree) break;
  }
  return seen.size();
}

/// A number with as many images as all together.
RootSum generator_of(const Cyclotomic& cyclotomic, const std::vector<RootSum>& numbers, std::size_t degree) {
  std::vector<std::int64_t> factors(numbers.size(), 0);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    factors[i] = 1;
    const RootSum single = combination(numbers, factors, cyclotomic.order());
    if (images(cyclotomic, {single}) == degree) return single;
    factors[i] = 0;
  }
  // All but finitely many (1, r, r², …) do.
  for (std::int64_t r = 1;; ++r) {
    std::int64_t power = 1;
    for (std::int64_t& factor : factors) {
      factor = power;
      power = power * r % 1'000'003;
    }
    const RootSum sum = combination(numbers, factors, cyclotomic.order());
    if (images(cyclotomic, {sum}) == degree) return sum;
  }
}

Matrix<Rational> columns(const std::vector<Coordinates>& vectors, std::size_t rows) {
  Matrix<Rational> result(rows, vectors.size(), Rational(0));
  for (std::size_t j = 0; j < vectors.size(); ++j) {
    for (std::size_t i = 0; i < rows; ++i) result(i, j) = vectors[j][i];
  }
  return result;
}

}  // namespace

RootSum twice_cosine(std::uint64_t p, std::uint64_t q) {
  RootSum sum{q, {}};
  sum.terms[p % q] += 1;
  sum.terms[(q - p % q) % q] += 1;
  return sum;
}

RootSum twice_sine(std::uint64_t p, std::uint64_t q) {
  // sin(x) = cos(x − π/2).
  return twice_cosine((4 * (p % q) + 3 * q) % (4 * q), 4 * q);
}

NumberField field_around(const Polynomial<Rational>& polynomial, const std::function<Ball(std::size_t)>& root) {
  constexpr std::size_t kFew = 8;  // conjugates of which short ends may tell apart
  for (std::size_t bits = polynomial.degree() <= kFew ? 2 : 16;; bits *= 2) {
    const auto [low, high] = root(2 * bits + 64).dyadic_ends(bits);
    try {
      return {polynomial, low, high, "c"};
    } catch (const core::Error&) {
      if (bits > 4'096) throw;  // not for lack of precision
    }
  }
}

QuadraticField quadratic_field(Integer radicand) {
  Integer f = 1;
  for (Integer q = 2; q * q <= radicand && q < 100'000; ++q) {
    while (radicand % (q * q) == 0) {
      radicand /= q * q;
      f *= q;
    }
  }
  const Integer floor = sqrt(radicand);
  NumberField field({{Rational(-radicand), 0, 1}}, Rational(floor), Rational(Integer(floor + 1)),
                    "sqrt(" + to_string(radicand) + ")");
  FieldElement root = field.from_coefficients({0, Rational(f)});
  return {std::move(field), std::move(root)};
}

std::optional<GeneratedField> field_of(const std::vector<RootSum>& numbers) {
  // What is rational in the field of its own roots does not count for the common order.
  std::map<std::uint64_t, Cyclotomic> own;
  std::uint64_t order = 1;
  std::vector<RootSum> irrational;
  std::vector<std::optional<Rational>> rational;
  for (const RootSum& number : numbers) {
    if (number.order > kMaxOrder) return std::nullopt;
    const Coordinates v = own.try_emplace(number.order, number.order).first->second.coordinates(number);
    if (std::all_of(v.begin() + 1, v.end(), [](const Rational& c) { return c.is_zero(); })) {
      rational.emplace_back(v[0]);
      continue;
    }
    rational.emplace_back();
    irrational.push_back(number);
    order = std::lcm(order, number.order);
    if (order > kMaxOrder) return std::nullopt;
  }
  GeneratedField result{RationalArithmetic{}, {}};
  if (irrational.empty()) {
    for (const auto& value : rational) result.values.push_back({*value});
    return result;
  }
  const Cyclotomic cyclotomic(order);
  std::vector<Coordinates> values;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    values.push_back(cyclotomic.coordinates(rational[i] ? RootSum{1, {{0, *rational[i]}}} : numbers[i]));
  }
  const std::size_t degree = images(cyclotomic, irrational);
  if (degree > kMaxDegree) return std::nullopt;
  const RootSum generator = generator_of(cyclotomic, irrational, degree);
  const Coordinates gamma = cyclotomic.coordinates(generator);
  std::vector<Coordinates> powers{cyclotomic.coordinates({1, {{0, 1}}})};
  while (powers.size() < degree) powers.push_back(cyclotomic.multiply(powers.back(), gamma));
  std::vector<Coordinates> wanted = values;
  wanted.push_back(cyclotomic.multiply(powers.back(), gamma));
  const auto solution = solve(columns(powers, cyclotomic.degree()), columns(wanted, cyclotomic.degree()));
  assert(solution.has_value());
  Polynomial<Rational> polynomial;
  for (std::size_t i = 0; i < degree; ++i) polynomial.coefficients.push_back(-(*solution)(i, values.size()));
  polynomial.coefficients.emplace_back(1);
  for (std::size_t j = 0; j < values.size(); ++j) {
    result.values.emplace_back();
    for (std::size_t i = 0; i < degree; ++i) result.values.back().push_back((*solution)(i, j));
  }
  if (degree > 2) {
    result.field = field_around(polynomial, [&](std::size_t bits) { return real_part(generator, bits); });
    return result;
  }
  // γ = (−p ± √discriminant) / 2
  const Rational& p = polynomial.coefficients[1];
  const Rational discriminant = p * p - 4 * polynomial.coefficients[0];
  const QuadraticField quadratic = quadratic_field(numerator(discriminant) * denominator(discriminant));
  Rational factor = quadratic.root.coefficients()[1] / denominator(discriminant) / 2;
  for (std::size_t bits = 64;; bits *= 2) {
    const auto sign = subtract(real_part(generator, bits), Ball(-p / 2, bits), bits).sign();
    if (!sign) continue;
    if (*sign < 0) factor = -factor;
    break;
  }
  result.field = quadratic.field;
  for (auto& value : result.values) value = {value[0] - value[1] * p / 2, value[1] * factor};
  return result;
}

}  // namespace eigenmata::exact
