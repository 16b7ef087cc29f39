// SPDX-License-Identifier: Apache-2.0
#include "checker/chunk.hpp"

#include <utility>

namespace eigenmata::checker {

Chunk::Chunk(const RoundedLayer& layer, Values state)
    : layer_(&layer), state_(std::move(state)), narrow_(narrowed(state_)) {}

Values Chunk::narrowed(Values values) const {
  for (Value& value : values) value = narrowed(value);
  return values;
}

void Chunk::append(const RoundedLayer::DenseFactor& factor, const Value& written) {
  const Operations<ToNearest> k(layer_->semantics_);
  const Value& beta = *factor.scale;
  Row row{&factor, {}, narrowed(k.operation(beta * written)), {}, {}};
  for (const Value& entry : factor.v) row.scaled_key.push_back(narrowed(k.operation(beta * entry)));
  const std::size_t i = rows_.size();
  Values coupling;
  for (const Row& before : rows_) coupling.push_back(k.operation(beta * k.sum_of_products(factor.v, before.factor->v)));
  for (std::size_t j = 0; j < i; ++j) {
    Values left;
    Values right;
    for (std::size_t between = j + 1; between < i; ++between) {
      left.push_back(coupling[between]);
      right.push_back(rows_[between].inverse[j]);
    }
    row.inverse.push_back(Value() - k.operation(coupling[j] + k.sum_of_products(left, right)));
  }
  row.inverse.push_back({Value::Kind::kFinite, 1, 0});
  rows_.push_back(std::move(row));

  const Values inverse = narrowed(rows_[i].inverse);
  const auto combined = [&](const auto& of) {
    Values terms;
    for (const Row& each : rows_) terms.push_back(of(each));
    return narrowed(k.sum_of_products(inverse, terms));
  };
  Values w;
  for (std::size_t c = 0; c < state_.size(); ++c) {
    w.push_back(combined([c](const Row& each) { return each.scaled_key[c]; }));
  }
  const Value u = combined([](const Row& each) { return each.scaled_value; });
  rows_[i].added = narrowed(k.operation(u - k.sum_of_products(w, narrow_)));
}

std::optional<std::uint32_t> Chunk::read(std::uint32_t input) {
  const RoundedLayer& layer = *layer_;
  const Operations<ToNearest> k(layer.semantics_);
  const RoundedLayer::DenseMap& map = layer.maps_[input];
  for (const auto& factor : map.factors) append(factor, &factor == &map.factors.back() ? map.written : Value());
  const std::size_t r = layer.readout(input);
  const Values& weights = layer.readouts_[r].weights;
  Values scores;
  Values added;
  for (const Row& row : rows_) {
    scores.push_back(narrowed(k.sum_of_products(weights, row.factor->v)));
    added.push_back(row.added);
  }
  const Value value = k.operation(k.sum_of_products(weights, narrow_) + k.sum_of_products(scores, added));
  const Readout& used = layer.layer_.decoder.readouts[r];
  if (used.thresholds.empty()) return used.outputs[0];
  const std::optional<std::size_t> count = RoundedLayer::passed(used, k.operation(value + layer.readouts_[r].constant));
  return count ? std::optional(used.outputs[*count]) : std::nullopt;
}

Values Chunk::closed() const {
  const Operations<ToNearest> k(layer_->semantics_);
  Values added;
  for (const Row& row : rows_) added.push_back(row.added);
  Values result;
  for (std::size_t c = 0; c < state_.size(); ++c) {
    Values entries;
    for (const Row& row : rows_) entries.push_back(row.factor->v[c]);
    const Value sum = k.operation(state_[c] + k.sum_of_products(entries, added));
    result.push_back(k.settled(sum));
  }
  return result;
}

}  // namespace eigenmata::checker
