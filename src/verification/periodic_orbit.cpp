// SPDX-License-Identifier: Apache-2.0
//
// What was gone through in a search for orbits, in words; an orbit, checked by the soft arithmetic, and as a network.
#include <set>

#include "eigenmata/verification/period_search.hpp"

namespace eigenmata::verification {

using precision::FloatFormat;
using precision::SoftFloat;

std::string space_of(PeriodStructure structure, const FloatFormat& format) {
  const std::string name(format.name);
  if (structure == PeriodStructure::kHouseholderPair) {
    const std::string steps = "h <- F2 F1 h, F = I - s v v^T with 0 <= s v^T v <= 2, every operation rounded: ";
    return format.bits() <= 4
               ? steps + "all finite s, v of both factors (those that act alike once) and all finite h of " + name
               : steps +
                     "F1 = diag(-1, 1) as s = 2, v = (1, 0); F2 with v = (1, q), q >= 0; all finite "
                     "s, q and h of " +
                     name + "; other pairs were not searched";
  }
  if (format.bits() > 8) {
    return "z <- a z, products and sums rounded one by one: a within 2 units of the last place, in both parts, of "
           "e(j/m), 0 < j <= m/2; z with 1 <= re < 2, im = 0 or 2^-6 <= |im| <= re of " +
           name + "; other a and z were not searched";
  }
  return structure == PeriodStructure::kDiagonalComplex
             ? "z <- a z, products and sums rounded one by one: all finite a with a_im >= 0 (the conjugate has the "
               "same "
               "cycles) and all finite z of " +
                   name
             : "h <- a h + b, product and sum rounded one by one: all finite a, b and h of " + name;
}

bool is_orbit(PeriodStructure structure, const FloatFormat& format, const PeriodicOrbit& orbit) {
  const SoftFloat soft(format);
  const auto code = [&](double x) { return soft.from_double(x); };
  const auto a = code(orbit.parameters[0]), b = code(orbit.parameters[1]);
  std::set<std::vector<double>> distinct(orbit.states.begin(), orbit.states.end());
  if (distinct.size() != orbit.states.size()) return false;
  for (std::size_t i = 0; i < orbit.states.size(); ++i) {
    const auto& from = orbit.states[i];
    const auto& to = orbit.states[(i + 1) % orbit.states.size()];
    std::vector<double> found;
    if (structure == PeriodStructure::kHouseholderPair) {
      found = from;
      for (std::size_t f = 0; f < 2; ++f) {
        const auto s = code(orbit.parameters[3 * f]);
        const auto v = code(orbit.parameters[3 * f + 1]);
        const auto w = code(orbit.parameters[3 * f + 2]);
        const auto x = code(found[0]), y = code(found[1]);
        const auto along = soft.multiply(s, soft.add(soft.multiply(v, x), soft.multiply(w, y)));
        found = {soft.to_double(soft.subtract(x, soft.multiply(v, along))),
                 soft.to_double(soft.subtract(y, soft.multiply(w, along)))};
      }
    } else if (structure == PeriodStructure::kDiagonalComplex) {
      const auto x = code(from[0]), y = code(from[1]);
      found = {soft.to_double(soft.subtract(soft.multiply(a, x), soft.multiply(b, y))),
               soft.to_double(soft.add(soft.multiply(a, y), soft.multiply(b, x)))};
    } else {
      found = {soft.to_double(soft.add(soft.multiply(a, code(from[0])), b))};
    }
    if (found != to) return false;  // −0 equals 0
  }
  return true;
}

lrnn::RationalNetwork counter_of(PeriodStructure structure, const PeriodicOrbit& orbit) {
  using exact::Rational;
  const exact::RationalArithmetic k;
  const auto vector = [&](const std::vector<double>& values) {
    return lrnn::sparse(k, std::vector<Rational>(values.begin(), values.end()));
  };
  const std::vector<Rational> p(orbit.parameters.begin(), orbit.parameters.end());
  const std::size_t n = orbit.states[0].size();
  lrnn::AffineMap<Rational> map{lrnn::Diagonal<Rational>{{p[0]}}, lrnn::SparseVector<Rational>(n)};
  if (structure == PeriodStructure::kDiagonalReal) {
    map.b = lrnn::sparse(k, std::vector<Rational>{p[1]});
  } else if (structure == PeriodStructure::kDiagonalComplex) {
    map.a = lrnn::Dense<Rational>{exact::Matrix<Rational>(2, 2, {p[0], -p[1], p[1], p[0]})};
  } else {
    // β is what makes β/vᵀv the s of the orbit. A factor with v = 0 does nothing.
    lrnn::HouseholderProduct<Rational> product{2, {}};
    for (std::size_t f = 0; f < 6; f += 3) {
      const Rational square = p[f + 1] * p[f + 1] + p[f + 2] * p[f + 2];
      if (square.is_zero()) continue;
      product.factors.push_back({p[f] * square, lrnn::sparse(k, std::vector<Rational>{p[f + 1], p[f + 2]})});
    }
    map.a = std::move(product);
  }
  lrnn::TableDecoder<Rational> table;
  for (std::size_t i = 0; i < orbit.states.size(); ++i)
    table.rows.push_back({vector(orbit.states[i]), {core::symbol(i == 0 ? 1 : 0)}});
  lrnn::Layer<Rational> layer{
      n, vector(orbit.states[0]), {std::move(map)}, core::Alphabet({"other", "first"}), std::move(table)};
  lrnn::RationalNetwork network{core::Alphabet({"a"}), true, {}, {false, true}, std::nullopt};
  network.layers.push_back(std::move(layer));
  return network;
}

}  // namespace eigenmata::verification
