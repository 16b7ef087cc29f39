// SPDX-License-Identifier: Apache-2.0
//
// A layer that is computed chunk by chunk, as plans of kind fla-chunk say (precision/rounding_plan.hpp has the
// formulas): its state is known at boundaries only; in between there are the letters read since the last one, a row for
// each of their factors.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "eigenmata/lrnn/rounded_network.hpp"

namespace eigenmata::lrnn {

/// A row is a factor of a symbol read since the boundary: β, k, and x, what it writes. Copies share what is set up.
class ChunkLayer {
 public:
  using K = precision::FloatArithmetic;

  /// Of a network that was rounded by this arithmetic; `values` are those of the layer (`RoundedNetwork::values`).
  ChunkLayer(const K& k, const Layer<double>& layer, const std::vector<double>& values)
      : dimension_(layer.dimension), sum_(k) {
    std::vector<std::vector<Factor>> all;
    for (std::size_t x = 0; x < layer.maps.size(); ++x) {
      const auto& product = std::get<HouseholderProduct<double>>(layer.maps[x].a);
      std::vector<Factor> factors;
      for (const auto& f : product.factors) {
        Factor factor{f.beta, coordinates(k, f.v), {}, 0};
        for (const double entry : factor.key) factor.scaled_key.push_back(k.narrowed(k.multiply(f.beta, entry)));
        factors.push_back(std::move(factor));
      }
      if (!factors.empty()) factors.back().scaled_value = k.narrowed(k.multiply(factors.back().beta, values[x]));
      all.push_back(std::move(factors));
    }
    factors_ = std::make_shared<const std::vector<std::vector<Factor>>>(std::move(all));
    for (const auto& readout : std::get<AffineDecoder<double>>(layer.decoder).readouts)
      readouts_.push_back({coordinates(k, readout.weights), readout.constant, readout.thresholds, readout.outputs});
  }

  [[nodiscard]] std::size_t dimension() const { return dimension_; }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }

  /// Begins a chunk in this state.
  void begin(const K& k, const double* state) {
    rows_.clear();
    state_.assign(state, state + dimension_);
    narrow_ = state_;
    for (double& x : narrow_) x = k.narrowed(x);
  }
  /// The state at the last boundary.
  [[nodiscard]] const std::vector<double>& boundary() const { return state_; }

  /// Reads a symbol: the rows of its factors, and what the decoder says then, nothing if a number it compares is none.
  /// Cost: O(rows · (rows + dimension)) a factor.
  std::optional<core::Symbol> read(const K& k, core::Symbol symbol) {
    for (const Factor& factor : (*factors_)[core::index(symbol)]) append(k, factor);
    return decode(k, symbol);
  }
  /// Forgets all rows but the first ones.
  void truncate(std::size_t rows) { rows_.resize(rows); }

  /// Ends the chunk: the state moves to here, the next chunk begins.
  void close(const K& k) {
    std::vector<double> next = state_;
    for (std::size_t c = 0; c < dimension_; ++c) {
      sum_.clear();
      for (const Row& row : rows_) sum_.add(k, row.factor->key[c], row.value);
      next[c] = k.settled(k.add(next[c], sum_.total(k)));
    }
    begin(k, next.data());
  }

 private:
  struct Factor {
    double beta;
    std::vector<double> key;
    std::vector<double> scaled_key;  // β k, narrowed
    double scaled_value;             // β x, narrowed
  };
  struct Row {
    const Factor* factor;
    std::vector<double> coupling;  // β (k · k_j), for the rows j before it
    std::vector<double> inverse;   // its row of (1 + coupling)⁻¹, up to the diagonal
    double value;                  // what it adds to the state, along its key
  };
  struct Readout {
    std::vector<double> weights;
    double constant;
    std::vector<double> thresholds;
    std::vector<core::Symbol> outputs;
  };

  double dot(const K& k, const std::vector<double>& a, const std::vector<double>& b) {
    sum_.clear();
    for (std::size_t c = 0; c < dimension_; ++c) sum_.add(k, a[c], b[c]);
    return sum_.total(k);
  }

  void append(const K& k, const Factor& factor) {
    const std::size_t i = rows_.size();
    Row row{&factor, {}, {}, 0};
    for (const Row& before : rows_)
      row.coupling.push_back(k.multiply(factor.beta, dot(k, factor.key, before.factor->key)));
    for (std::size_t j = 0; j < i; ++j) {
      sum_.clear();
      for (std::size_t l = j + 1; l < i; ++l) sum_.add(k, row.coupling[l], rows_[l].inverse[j]);
      row.inverse.push_back(-k.add(row.coupling[j], sum_.total(k)));
    }
    row.inverse.push_back(1);
    std::vector<double> narrow = row.inverse;
    for (double& x : narrow) x = k.narrowed(x);
    const auto factor_of = [&](std::size_t j) -> const Factor& { return j < i ? *rows_[j].factor : factor; };
    std::vector<double> w(dimension_);
    for (std::size_t c = 0; c < dimension_; ++c) {
      sum_.clear();
      for (std::size_t j = 0; j <= i; ++j) sum_.add(k, narrow[j], factor_of(j).scaled_key[c]);
      w[c] = k.narrowed(sum_.total(k));
    }
    sum_.clear();
    for (std::size_t j = 0; j <= i; ++j) sum_.add(k, narrow[j], factor_of(j).scaled_value);
    const double u = k.narrowed(sum_.total(k));
    row.value = k.narrowed(k.subtract(u, dot(k, w, narrow_)));
    rows_.push_back(std::move(row));
  }

  std::optional<core::Symbol> decode(const K& k, core::Symbol symbol) {
    const Readout& readout = readouts_.size() == 1 ? readouts_[0] : readouts_[core::index(symbol)];
    const double from_boundary = dot(k, readout.weights, narrow_);
    std::vector<double> scores;
    for (const Row& row : rows_) scores.push_back(k.narrowed(dot(k, readout.weights, row.factor->key)));
    sum_.clear();
    for (std::size_t j = 0; j < rows_.size(); ++j) sum_.add(k, scores[j], rows_[j].value);
    const double value = k.add(k.add(from_boundary, sum_.total(k)), readout.constant);
    std::size_t passed = 0;
    for (const double threshold : readout.thresholds) {
      const auto order = k.compare(value, threshold);
      if (!order) return std::nullopt;
      if (*order < 0) break;
      ++passed;
    }
    return readout.outputs[passed];
  }

  std::size_t dimension_;
  exact::ProductSum<K> sum_;
  std::shared_ptr<const std::vector<std::vector<Factor>>> factors_;  // of each symbol; rows point into them
  std::vector<Readout> readouts_;
  std::vector<double> state_, narrow_;
  std::vector<Row> rows_;
};

}  // namespace eigenmata::lrnn
