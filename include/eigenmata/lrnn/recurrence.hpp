// SPDX-License-Identifier: Apache-2.0
//
// The recurrence h ← A h + b, written once over any arithmetic.
//
// Products are never multiplied out, and a vector is pushed through the factors by its support: a factor I − u vᵀ moves
// h only if vᵀh ≠ 0, so only if v and h share a coordinate. For every coordinate the factors whose v has it are listed
// in order; a heap holds, for each coordinate of h, the next factor that it takes part in. The cost is the number of
// (factor, coordinate) meetings, not the number of factors: a one-hot state crosses a letter with 100,000 factors in a
// few steps, and all one-hot states together cross a permutation or a merge in time linear in their number.
//
// A factor is applied as h ← h − (s · vᵀh) u, the sum vᵀh taken in the order of the coordinates.
//
// Where numbers are rounded, the context says how: how sums Σ a_i b_i run (`K::ProductSum`), what a product added to a
// number is (`k.add_product`), how numbers compare (`k.compare`), and to what format a state is rounded at the end of a
// step (`k.settled`).
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// Scratch space of one thread for vectors up to a dimension; empty between uses.
template <exact::Arithmetic K>
class Workspace {
 public:
  using S = typename K::Scalar;

  explicit Workspace(const K& k) : k_(k), zero_(k.zero()), sum_(k) {}

  void require(std::size_t dimension) {
    if (values_.size() >= dimension) return;
    values_.resize(dimension, zero_);
    touched_.resize(dimension, false);
  }
  [[nodiscard]] bool is_touched(std::uint32_t i) const { return touched_[i]; }
  [[nodiscard]] const S& value(std::uint32_t i) const { return values_[i]; }
  void set(std::uint32_t i, const S& value) {
    touch(i);
    values_[i] = value;
  }
  /// The coordinate, to be changed; 0 if it was not touched before.
  [[nodiscard]] S& coordinate(std::uint32_t i) {
    if (touch(i)) values_[i] = zero_;
    return values_[i];
  }
  [[nodiscard]] const std::vector<std::uint32_t>& touched() const { return list_; }
  /// A sum of products, of none yet.
  [[nodiscard]] exact::ProductSum<K>& start_sum() {
    sum_.clear();
    return sum_;
  }

  /// Moves the content into a vector; empties the workspace. What the vector held before is used again: exact numbers
  /// live on the heap, and a step of a network should not allocate.
  void take(std::size_t dimension, SparseVector<S>& vector) {
    std::sort(list_.begin(), list_.end());
    auto entries = std::move(vector).release();
    std::size_t used = 0;
    for (const std::uint32_t i : list_) {
      touched_[i] = false;
      if constexpr (requires { k_.settled(values_[i]); }) values_[i] = k_.settled(values_[i]);
      if (k_.is_zero(values_[i])) continue;
      if (used == entries.size()) entries.push_back({i, zero_});
      entries[used].index = i;
      std::swap(entries[used].value, values_[i]);
      ++used;
    }
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(used), entries.end());
    list_.clear();
    vector = SparseVector<S>(dimension, std::move(entries));
  }

  std::vector<std::uint32_t> heap;   // factors waiting for their turn, least first
  std::vector<std::uint32_t> fresh;  // coordinates that a factor has just reached

 private:
  /// Whether this is the first touch.
  bool touch(std::uint32_t i) {
    if (touched_[i]) return false;
    touched_[i] = true;
    list_.push_back(i);
    return true;
  }

  K k_;
  S zero_;
  exact::ProductSum<K> sum_;
  std::vector<S> values_;  // meaningful where touched
  std::vector<bool> touched_;
  std::vector<std::uint32_t> list_;
};

/// A product of factors I − s u vᵀ, prepared for pushing sparse vectors through it. Refers to the factors it was made
/// from.
template <exact::Arithmetic K>
class FactorProduct {
 public:
  using S = typename K::Scalar;

  FactorProduct(const K& k, const HouseholderProduct<S>& product) {
    for (const auto& factor : product.factors) {
      factors_.push_back({&factor.v, &factor.v, factor_scale(k, factor)});
    }
    index_coordinates(product.dimension);
  }
  FactorProduct(const K& /*k*/, const RankOneProduct<S>& product) {
    for (const auto& factor : product.factors) factors_.push_back({&factor.u, &factor.v, std::nullopt});
    index_coordinates(product.dimension);
  }

  /// Replaces the content h of the workspace by F_k ⋯ F_1 h.
  void apply(const K& k, Workspace<K>& work) const {
    assert(work.heap.empty());
    for (const std::uint32_t i : work.touched()) wait_for_next(i, 0, work.heap);
    while (!work.heap.empty()) {
      const std::uint32_t current = work.heap.front();
      while (!work.heap.empty() && work.heap.front() == current) {
        std::pop_heap(work.heap.begin(), work.heap.end(), std::greater<>());
        work.heap.pop_back();
      }
      apply_factor(k, current, work);
    }
  }

 private:
  struct Factor {
    const SparseVector<S>* u;
    const SparseVector<S>* v;
    std::optional<S> scale;
  };

  /// Lists the factors of every coordinate that occurs. If few do, the coordinates are searched, not indexed: a letter
  /// with three factors costs no table of 100,000 entries.
  void index_coordinates(std::size_t dimension) {
    std::vector<std::uint32_t> occurring;
    std::size_t entries = 0;
    for (const Factor& factor : factors_) {
      entries += factor.v->entries().size();
      for (const auto& entry : factor.v->entries()) occurring.push_back(entry.index);
    }
    indexed_ = dimension <= 8 * entries;
    if (!indexed_) {
      std::sort(occurring.begin(), occurring.end());
      occurring.erase(std::unique(occurring.begin(), occurring.end()), occurring.end());
      coordinates_ = std::move(occurring);
    }
    const std::size_t slots = indexed_ ? dimension : coordinates_.size();
    start_.assign(slots + 1, 0);
    for (const Factor& factor : factors_) {
      for (const auto& entry : factor.v->entries()) ++start_[*slot_of(entry.index) + 1];
    }
    for (std::size_t i = 0; i < slots; ++i) start_[i + 1] += start_[i];
    list_.resize(entries);
    std::vector<std::size_t> fill(start_.begin(), start_.end() - 1);
    for (std::size_t f = 0; f < factors_.size(); ++f) {
      for (const auto& entry : factors_[f].v->entries())
        list_[fill[*slot_of(entry.index)]++] = static_cast<std::uint32_t>(f);
    }
  }

  [[nodiscard]] std::optional<std::size_t> slot_of(std::uint32_t coordinate) const {
    if (indexed_) return coordinate;
    const auto found = std::lower_bound(coordinates_.begin(), coordinates_.end(), coordinate);
    if (found == coordinates_.end() || *found != coordinate) return std::nullopt;
    return static_cast<std::size_t>(found - coordinates_.begin());
  }

  /// Lets a coordinate wait for its first factor at or after `from`.
  void wait_for_next(std::uint32_t coordinate, std::uint32_t from, std::vector<std::uint32_t>& heap) const {
    const auto slot = slot_of(coordinate);
    if (!slot) return;
    const auto begin = list_.begin() + static_cast<std::ptrdiff_t>(start_[*slot]);
    const auto end = list_.begin() + static_cast<std::ptrdiff_t>(start_[*slot + 1]);
    const auto next = std::lower_bound(begin, end, from);
    if (next == end) return;
    heap.push_back(*next);
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  }

  void apply_factor(const K& k, std::uint32_t f, Workspace<K>& work) const {
    const Factor& factor = factors_[f];
    exact::ProductSum<K>& products = work.start_sum();
    for (const auto& entry : factor.v->entries()) {
      if (!work.is_touched(entry.index)) continue;
      products.add(k, entry.value, work.value(entry.index));
      wait_for_next(entry.index, f + 1, work.heap);
    }
    S& sum = products.total(k);
    if (k.is_zero(sum)) return;
    if (factor.scale) sum = k.multiply(*factor.scale, sum);
    for (const auto& entry : factor.u->entries()) {
      const bool is_new = !work.is_touched(entry.index);
      exact::subtract_product(k, work.coordinate(entry.index), entry.value, sum);
      if (is_new) wait_for_next(entry.index, f + 1, work.heap);
    }
  }

  std::vector<Factor> factors_;
  bool indexed_ = true;
  std::vector<std::uint32_t> coordinates_;  // those that occur, if they are searched
  std::vector<std::size_t> start_;          // [slot], into list_
  std::vector<std::uint32_t> list_;         // the factors whose v has the coordinate, increasing
};

/// One state vector a layer.
template <class S>
using JointState = std::vector<SparseVector<S>>;

/// Runs a network. Refers to the network, which has to outlive it; several threads may share a runner, each with its
/// own workspace.
template <exact::Arithmetic K>
class Runner {
 public:
  using S = typename K::Scalar;

  /// Throws `core::Error` if a decoder is a table and the arithmetic cannot tell whether numbers are equal: then states
  /// cannot be looked up.
  Runner(K k, const Network<S>& network) : k_(std::move(k)), network_(network) {
    for (const Layer<S>& layer : network.layers) {
      largest_ = std::max(largest_, layer.dimension);
      Prepared prepared;
      for (const auto& map : layer.maps) prepared.products.push_back(prepare(map.a));
      prepare_table(layer, prepared);
      layers_.push_back(std::move(prepared));
    }
  }

  [[nodiscard]] const K& arithmetic() const { return k_; }
  [[nodiscard]] const Network<S>& network() const { return network_; }

  [[nodiscard]] Workspace<K> make_workspace() const {
    Workspace<K> work(k_);
    work.require(largest_);
    return work;
  }

  [[nodiscard]] JointState<S> start() const {
    JointState<S> states;
    for (const Layer<S>& layer : network_.layers) states.push_back(layer.start);
    return states;
  }

  /// Moves all layers one letter on. Returns whether the word so far is accepted, or nothing if a decoder has no output
  /// for the state it sees (not in its table, or the arithmetic cannot tell on which side of a threshold it is).
  [[nodiscard]] std::optional<bool> step(JointState<S>& states, Symbol letter, Workspace<K>& work) const {
    return step(states, letter, work, states);
  }

  /// The same from one place to another: `to` becomes the states after the letter, where an output is missing those of
  /// the layers before. `from` and `to` may be the same.
  [[nodiscard]] std::optional<bool> step(const JointState<S>& from, Symbol letter, Workspace<K>& work,
                                         JointState<S>& to) const {
    to.resize(layers_.size());
    Symbol symbol = letter;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      next(l, from[l], symbol, work, to[l]);
      const auto output = decode(l, to[l], symbol);
      if (!output) return std::nullopt;
      symbol = *output;
    }
    return network_.accept[core::index(symbol)];
  }

  /// Sets `to` to A h + b for one layer. `h` and `to` may be the same.
  void next(std::size_t layer, const SparseVector<S>& h, Symbol symbol, Workspace<K>& work, SparseVector<S>& to) const {
    const AffineMap<S>& map = network_.layers[layer].maps[core::index(symbol)];
    if (const auto* diagonal = std::get_if<Diagonal<S>>(&map.a)) {
      apply_diagonal(*diagonal, map.b, h, work);
      work.take(network_.layers[layer].dimension, to);
      return;
    }
    if (const auto* dense = std::get_if<Dense<S>>(&map.a)) {
      apply_dense(dense->matrix, h, work);
    } else {
      for (const auto& entry : h.entries()) work.set(entry.index, entry.value);
      layers_[layer].products[core::index(symbol)]->apply(k_, work);
    }
    for (const auto& entry : map.b.entries()) {
      S& coordinate = work.coordinate(entry.index);
      coordinate = k_.add(coordinate, entry.value);
    }
    work.take(network_.layers[layer].dimension, to);
  }

  /// dec(h, x) for one layer.
  [[nodiscard]] std::optional<Symbol> decode(std::size_t layer, const SparseVector<S>& h, Symbol symbol) const {
    const auto* affine = std::get_if<AffineDecoder<S>>(&network_.layers[layer].decoder);
    if (affine == nullptr && std::holds_alternative<WalkDecoder<S>>(network_.layers[layer].decoder))
      return walk(std::get<WalkDecoder<S>>(network_.layers[layer].decoder), h, symbol);
    if (affine == nullptr) return look_up(layer, h, symbol);
    const auto& readouts = affine->readouts;
    const AffineReadout<S>& readout = readouts.size() == 1 ? readouts[0] : readouts[core::index(symbol)];
    const S value = k_.add(dot(k_, readout.weights, h), readout.constant);
    std::size_t passed = 0;
    for (const S& threshold : readout.thresholds) {
      const auto sign = exact::compare(k_, value, threshold);
      if (!sign) return std::nullopt;
      if (*sign < 0) break;
      ++passed;
    }
    return readout.outputs[passed];
  }

 private:
  struct Prepared {
    std::vector<std::optional<FactorProduct<K>>> products;   // for each input symbol, if it is a product
    std::unordered_multimap<std::size_t, std::size_t> rows;  // hash of a state → row of the table
  };

  std::optional<FactorProduct<K>> prepare(const Transition<S>& a) const {
    if (const auto* product = std::get_if<HouseholderProduct<S>>(&a)) return FactorProduct<K>(k_, *product);
    if (const auto* product = std::get_if<RankOneProduct<S>>(&a)) return FactorProduct<K>(k_, *product);
    return std::nullopt;
  }

  void prepare_table(const Layer<S>& layer, Prepared& prepared) const {
    const auto* table = std::get_if<TableDecoder<S>>(&layer.decoder);
    if (std::holds_alternative<AffineDecoder<S>>(layer.decoder)) return;
    if constexpr (exact::Comparable<K>) {
      for (std::size_t i = 0; table != nullptr && i < table->rows.size(); ++i)
        prepared.rows.emplace(hash(k_, table->rows[i].state), i);
    } else {
      throw core::Error("a decoder that is a table of states, or walks, needs an arithmetic that knows equality");
    }
  }

  std::optional<Symbol> look_up(std::size_t layer, const SparseVector<S>& h, Symbol symbol) const {
    if constexpr (exact::Comparable<K>) {
      const auto& rows = std::get<TableDecoder<S>>(network_.layers[layer].decoder).rows;
      const auto [first, last] = layers_[layer].rows.equal_range(hash(k_, h));
      for (auto i = first; i != last; ++i) {
        const auto& row = rows[i->second];
        if (equal(k_, row.state, h)) return row.outputs.size() == 1 ? row.outputs[0] : row.outputs[core::index(symbol)];
      }
    }
    return std::nullopt;
  }

  /// The node at the end, or nothing.
  std::optional<std::uint32_t> end_of(const WalkDecoder<S>& decoder, const WalkTables::Walk& next,
                                      const std::vector<std::uint32_t>& coordinates, const SparseVector<S>& h) const {
    std::uint32_t node = 0;
    for (const std::uint32_t i : coordinates) {
      const auto at = std::lower_bound(h.entries().begin(), h.entries().end(), i,
                                       [](const auto& entry, std::uint32_t index) { return entry.index < index; });
      const bool is_there = at != h.entries().end() && at->index == i;
      const S value = is_there ? at->value : k_.zero();
      const auto code = std::find_if(decoder.codes.begin(), decoder.codes.end(),
                                     [&](const S& known) { return k_.equal(known, value); });
      if (code == decoder.codes.end()) return std::nullopt;
      node = next[node * decoder.codes.size() + static_cast<std::size_t>(code - decoder.codes.begin())];
      if (node == WalkTables::kNone) return std::nullopt;
    }
    return node;
  }

  std::optional<Symbol> walk(const WalkDecoder<S>& decoder, const SparseVector<S>& h, Symbol symbol) const {
    if constexpr (exact::Comparable<K>) {
      const WalkTables& tables = decoder.tables;
      const auto& route = tables.routes[tables.route_of[core::index(symbol)]];
      const auto first = end_of(decoder, tables.first, route.first, h);
      const auto second = first ? end_of(decoder, tables.second, route.second, h) : std::nullopt;
      if (!second) return std::nullopt;
      const auto& rows = tables.tables[route.table];
      const auto row = std::lower_bound(rows.begin(), rows.end(), *first,
                                        [](const auto& r, std::uint32_t node) { return r.node < node; });
      if (row == rows.end() || row->node != *first || row->outputs[*second] == WalkTables::kNone) return std::nullopt;
      return core::symbol(row->outputs[*second]);
    }
    return std::nullopt;
  }

  /// a_i h_i + b_i in this order, so that a context can fuse it.
  void apply_diagonal(const Diagonal<S>& diagonal, const SparseVector<S>& b, const SparseVector<S>& h,
                      Workspace<K>& work) const {
    for (const auto& entry : b.entries()) work.set(entry.index, entry.value);
    for (const auto& entry : h.entries()) {
      const S& a = diagonal.entries[entry.index];
      if (work.is_touched(entry.index)) {
        exact::add_product(k_, work.coordinate(entry.index), a, entry.value);
      } else {
        work.set(entry.index, k_.multiply(a, entry.value));
      }
    }
  }

  void apply_dense(const exact::Matrix<S>& m, const SparseVector<S>& h, Workspace<K>& work) const {
    for (std::uint32_t i = 0; i < m.rows(); ++i) {
      exact::ProductSum<K>& sum = work.start_sum();
      for (const auto& entry : h.entries()) sum.add(k_, m(i, entry.index), entry.value);
      if (!k_.is_zero(sum.total(k_))) work.set(i, sum.total(k_));
    }
  }

  K k_;
  const Network<S>& network_;
  std::vector<Prepared> layers_;
  std::size_t largest_ = 0;
};

// Compiled once, in recurrence.cpp.
extern template class Workspace<exact::RationalArithmetic>;
extern template class Workspace<exact::NumberField>;
extern template class FactorProduct<exact::RationalArithmetic>;
extern template class FactorProduct<exact::NumberField>;
extern template class Runner<exact::RationalArithmetic>;
extern template class Runner<exact::NumberField>;
extern template class Workspace<exact::CyclotomicField>;
extern template class FactorProduct<exact::CyclotomicField>;
extern template class Runner<exact::CyclotomicField>;

/// Is each word so far accepted? The first answer is that of the empty word, so there are |word| + 1. Nothing from the
/// first step on that has no output.
template <exact::Arithmetic K>
[[nodiscard]] std::vector<std::optional<bool>> answers(const Runner<K>& runner, const Word& word) {
  std::vector<std::optional<bool>> result{runner.network().accepts_empty_word};
  auto states = runner.start();
  auto work = runner.make_workspace();
  for (const Symbol letter : word) {
    result.push_back(result.back() ? runner.step(states, letter, work) : std::nullopt);
  }
  return result;
}

}  // namespace eigenmata::lrnn
