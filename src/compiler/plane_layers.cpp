// SPDX-License-Identifier: Apache-2.0
#include "plane_layers.hpp"

#include <cassert>
#include <map>
#include <numeric>
#include <utility>

#include "cascade_layers.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::CascadeLevel;
using algebra::CoordinateMachine;
using algebra::Move;
using algebra::Value;
using exact::CyclotomicField;
using exact::FieldElement;
using exact::Rational;
using Vector = lrnn::SparseVector<FieldElement>;

class PlaneWriter {
 public:
  PlaneWriter(const CyclotomicField& k, const CascadeLevel& level)
      : k_(k), level_(level), machine_(std::get<CoordinateMachine>(level.machine)) {
    for (const std::uint32_t m : machine_.moduli) {
      places_.push_back(dimension_);
      dimension_ += m > 2 ? 2 : 1;
    }
  }

  [[nodiscard]] std::uint32_t dimension() const { return dimension_; }

  [[nodiscard]] Vector code(Value value) const {
    std::vector<FieldElement> numbers(dimension_, k_.zero());
    for (std::size_t j = 0; j < places_.size(); ++j) write(j, level_.values[value][j], numbers);
    return lrnn::sparse(k_, numbers);
  }

  [[nodiscard]] lrnn::AffineMap<FieldElement> map(const std::vector<Move>& moves) const {
    lrnn::HouseholderProduct<FieldElement> product{dimension_, {}};
    std::vector<FieldElement> offset(dimension_, k_.zero());
    for (std::size_t j = 0; j < moves.size(); ++j) {
      const std::uint32_t m = machine_.moduli[j];
      const Move& move = moves[j];
      if (move.writes) {
        assert(m <= 2);
        product.factors.push_back({k_.one(), lrnn::unit_vector(k_, dimension_, places_[j])});
        write(j, move.amount, offset);
      } else if (m > 2 && move.reflects) {
        product.factors.push_back(reflection(j, move.amount));
      } else if (m > 2 && move.amount % m != 0) {
        product.factors.push_back(reflection(j, 0));
        product.factors.push_back(reflection(j, move.amount));
      } else if (m == 2 && move.amount % 2 != 0) {
        product.factors.push_back({k_.from_rational(2), lrnn::unit_vector(k_, dimension_, places_[j])});
      }
    }
    return {std::move(product), lrnn::sparse(k_, offset)};
  }

 private:
  void write(std::size_t j, std::uint32_t entry, std::vector<FieldElement>& numbers) const {
    const std::uint32_t m = machine_.moduli[j];
    if (m > 2) {
      const auto& [cosine, sine] = on_circle(entry, m);
      numbers[places_[j]] = cosine;
      numbers[places_[j] + 1] = sine;
    } else {
      numbers[places_[j]] = k_.from_rational(m == 1 ? Rational(entry) : Rational(entry == 0 ? 1 : -1));
    }
  }

  /// cos 2πp/q and sin 2πp/q.
  [[nodiscard]] const std::pair<FieldElement, FieldElement>& on_circle(std::uint64_t p, std::uint64_t q) const {
    const auto known = points_.find({p % q, q});
    if (known != points_.end()) return known->second;
    return points_.emplace(std::pair(p % q, q), point_of_circle(p, q)).first->second;
  }

  [[nodiscard]] std::pair<FieldElement, FieldElement> point_of_circle(std::uint64_t p, std::uint64_t q) const {
    const FieldElement z = *k_.root_of_unity(Rational(p % q) / Rational(q));
    const FieldElement conjugate = k_.conjugate(z);
    const FieldElement i = *k_.root_of_unity(Rational(1, 4));
    const FieldElement half = k_.from_rational(Rational(1, 2));
    // sin = (z − z̄) / 2i = (z̄ − z) i/2
    return {k_.multiply(half, k_.add(z, conjugate)), k_.multiply(half, k_.multiply(i, k_.subtract(conjugate, z)))};
  }

  /// v ↦ t − v.
  [[nodiscard]] lrnn::HouseholderFactor<FieldElement> reflection(std::size_t j, std::uint32_t t) const {
    const auto& [cosine, sine] = on_circle(t, 2 * std::uint64_t{machine_.moduli[j]});
    std::vector<FieldElement> v(dimension_, k_.zero());
    v[places_[j]] = k_.subtract(k_.zero(), sine);
    v[places_[j] + 1] = cosine;
    return {k_.from_rational(2), lrnn::sparse(k_, v)};
  }

  const CyclotomicField& k_;
  const CascadeLevel& level_;
  const CoordinateMachine& machine_;
  std::vector<std::uint32_t> places_;
  std::uint32_t dimension_ = 0;
  mutable std::map<std::pair<std::uint64_t, std::uint64_t>, std::pair<FieldElement, FieldElement>> points_;
};

}  // namespace

std::uint64_t plane_order(const CascadeLevel& level) {
  const auto& machine = std::get<CoordinateMachine>(level.machine);
  std::uint64_t order = 1;
  const auto take = [&](std::uint64_t p, std::uint64_t q) {
    order = std::lcm(std::lcm(order, std::uint64_t{4}), q / std::gcd(p, q));
  };
  for (std::size_t j = 0; j < machine.moduli.size(); ++j) {
    const std::uint64_t m = machine.moduli[j];
    if (m <= 2) continue;
    for (const auto& value : level.values) take(value[j], m);
    for (const auto& moves : machine.actions) take(moves[j].amount, 2 * m);
  }
  return order;
}

FieldLayer plane_layer(const CyclotomicField& k, const CascadeLevel& level) {
  const PlaneWriter writer(k, level);
  lrnn::TableDecoder<FieldElement> table;
  for (Value v = 0; v < level.values.size(); ++v)
    table.rows.push_back({writer.code(v), std::vector<core::Symbol>(level.inputs(), core::symbol(0))});
  for (std::size_t s = 0; s < level.inputs(); ++s) {
    for (const algebra::CascadeStep& step : level.steps[s])
      table.rows[step.next].outputs[s] = core::symbol(step.output);
  }
  FieldLayer result{{writer.dimension(), writer.code(level.start), {}, output_names(level.outputs), {}}, {}, {}};
  for (const auto& row : table.rows) result.regions.push_back(certificate::point_region(row.state));
  for (const auto& moves : std::get<CoordinateMachine>(level.machine).actions) {
    result.layer.maps.push_back(writer.map(moves));
    result.factor_bounds.push_back(factor_count(result.layer.maps.back().a));
  }
  result.layer.decoder = std::move(table);
  return result;
}

}  // namespace eigenmata::compiler
