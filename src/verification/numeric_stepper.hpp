// SPDX-License-Identifier: Apache-2.0
//
// Steps of a network between packed states: all coordinates of all layers, then the state of an automaton that runs
// alongside, bit after bit.
//
// Networks in numbers of finitely many bits are small, and their vectors dense, so that the sparse vectors and heaps of
// the generic recurrence cost more than the arithmetic. This is the same recurrence over arrays; the tests compare the
// two, state by state. What depends on one number of few bits is looked up (row_tables.hpp).
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/precision/packed_states.hpp"
#include "row_tables.hpp"

namespace eigenmata::verification {

/// One layer over arrays of its coordinates.
template <class T>
class DenseLayer {
 public:
  using S = typename T::Scalar;

  DenseLayer(const T& k, const lrnn::Layer<S>& layer) : dimension_(layer.dimension), sum_(k) {
    for (const auto& map : layer.maps) maps_.push_back(prepared(k, map));
    if (const auto* affine = std::get_if<lrnn::AffineDecoder<S>>(&layer.decoder)) {
      for (const auto& readout : affine->readouts)
        readouts_.push_back(
            {coordinates(k, readout.weights), readout.constant, readout.thresholds, readout.outputs, {}});
    }
  }

  [[nodiscard]] std::size_t dimension() const { return dimension_; }
  [[nodiscard]] bool has_table() const { return readouts_.empty(); }

  /// Prepares `look_up_next` and `look_up_output`, for numbers of at most kMostTableBits bits; of small layers only.
  void tabulate(const T& k, std::size_t number_bits) {
    const std::size_t codes = std::size_t{1} << number_bits;
    // Each entry is a step of dimension² operations.
    constexpr double kWorth = 1 << 24;
    const auto n = static_cast<double>(dimension_);
    if (n * n * n * static_cast<double>(codes * maps_.size()) > kWorth) return;
    for (std::size_t x = 0; x < maps_.size(); ++x) {
      Map& map = maps_[x];
      map.rows.resize(dimension_);
      map.is_tabulated = true;
      for (std::size_t i = 0; i < dimension_; ++i) {
        std::optional<std::size_t> j;
        if (map.form == Form::kDiagonal || dimension_ == 1)
          j = i;
        else if (map.form == Form::kDense)
          j = only_entry(k, map.a.data() + i * dimension_, dimension_);
        if (!j) {
          map.is_tabulated = false;
          break;
        }
        map.rows[i].depends_on = *j;
        for_each_number(k, codes, *j, [&](const S* h) {
          std::vector<S> to(dimension_, k.zero());
          next(k, h, core::symbol(x), to.data());
          map.rows[i].codes.push_back(static_cast<std::uint8_t>(k.pack(to[i])));
        });
      }
      if (!map.is_tabulated) map.rows.clear();
    }
    if (dimension_ == 0) return;  // outputs depend on nothing
    for (std::size_t r = 0; r < readouts_.size(); ++r) {
      const auto j = only_entry(k, readouts_[r].weights.data(), dimension_);
      if (!j) continue;
      readouts_[r].table.depends_on = *j;
      for_each_number(k, codes, *j, [&](const S* h) {
        readouts_[r].table.entries.push_back(decode(k, h, core::symbol(readouts_.size() == 1 ? 0 : r)));
      });
    }
  }

  [[nodiscard]] bool is_tabulated(core::Symbol symbol) const { return maps_[core::index(symbol)].is_tabulated; }
  /// The codes of what `next` gives, from codes of finite numbers. Needs `is_tabulated(symbol)`.
  void look_up_next(const std::uint64_t* h, core::Symbol symbol, std::uint64_t* codes) const {
    const Map& map = maps_[core::index(symbol)];
    for (std::size_t i = 0; i < dimension_; ++i) codes[i] = map.rows[i].codes[h[map.rows[i].depends_on]];
  }

  /// to ← A h + b; they may not overlap.
  void next(const T& k, const S* h, core::Symbol symbol, S* to) {
    const Map& map = maps_[core::index(symbol)];
    switch (map.form) {
      case Form::kDiagonal:
        for (std::size_t i = 0; i < dimension_; ++i) {
          to[i] = map.b[i];
          exact::add_product(k, to[i], map.a[i], h[i]);
        }
        break;
      case Form::kDense:
        for (std::size_t i = 0; i < dimension_; ++i)
          to[i] = k.add(sum_of_products(k, map.a.data() + i * dimension_, h), map.b[i]);
        break;
      case Form::kFactors:
        std::copy(h, h + dimension_, to);
        for (const Factor& factor : map.factors) {
          S sum = sum_of_products(k, factor.v.data(), to);
          if (factor.scale) sum = k.multiply(*factor.scale, sum);
          for (std::size_t i = 0; i < dimension_; ++i) exact::subtract_product(k, to[i], factor.u[i], sum);
        }
        for (std::size_t i = 0; i < dimension_; ++i) to[i] = k.add(to[i], map.b[i]);
        break;
    }
    if constexpr (requires { k.settled(to[0]); }) {
      for (std::size_t i = 0; i < dimension_; ++i) to[i] = k.settled(to[i]);
    }
  }

  /// Not for tables.
  [[nodiscard]] std::optional<core::Symbol> decode(const T& k, const S* h, core::Symbol symbol) {
    const Readout& used = readout(symbol);
    if (used.thresholds.empty()) return used.outputs[0];
    const S value = k.add(sum_of_products(k, used.weights.data(), h), used.constant);
    std::size_t passed = 0;
    for (const S& threshold : used.thresholds) {
      const auto order = exact::compare(k, value, threshold);
      if (!order) return std::nullopt;
      if (*order < 0) break;
      ++passed;
    }
    return used.outputs[passed];
  }
  /// Is what `decode` says of states of finite numbers known by their codes?
  [[nodiscard]] bool has_output_table(core::Symbol symbol) const {
    return !readouts_.empty() && !readout(symbol).table.entries.empty();
  }
  [[nodiscard]] const std::optional<core::Symbol>& look_up_output(const std::uint64_t* codes,
                                                                  core::Symbol symbol) const {
    const OutputTable& table = readout(symbol).table;
    return table.entries[codes[table.depends_on]];
  }

 private:
  enum class Form { kDiagonal, kDense, kFactors };
  struct Factor {
    std::vector<S> u, v;
    std::optional<S> scale;
  };
  struct Map {
    Form form;
    std::vector<S> a;
    std::vector<Factor> factors;
    std::vector<S> b;
    bool is_tabulated = false;
    std::vector<RowTable> rows = {};
  };
  struct Readout {
    std::vector<S> weights;
    S constant;
    std::vector<S> thresholds;
    std::vector<core::Symbol> outputs;
    OutputTable table = {};
  };

  [[nodiscard]] const Readout& readout(core::Symbol symbol) const {
    return readouts_.size() == 1 ? readouts_[0] : readouts_[core::index(symbol)];
  }

  /// Calls `use` with states that are zero but for one coordinate, which runs through the numbers of all codes.
  template <class Use>
  void for_each_number(const T& k, std::size_t codes, std::size_t coordinate, const Use& use) {
    std::vector<S> h(dimension_, k.zero());
    for (std::size_t code = 0; code < codes; ++code) {
      h[coordinate] = k.unpack(code);
      use(h.data());
    }
  }

  static Map prepared(const T& k, const lrnn::AffineMap<S>& map) {
    Map result{Form::kFactors, {}, {}, coordinates(k, map.b), false, {}};
    if (const auto* diagonal = std::get_if<lrnn::Diagonal<S>>(&map.a)) {
      result.form = Form::kDiagonal;
      result.a = diagonal->entries;
    } else if (const auto* dense = std::get_if<lrnn::Dense<S>>(&map.a)) {
      result.form = Form::kDense;
      result.a = dense->matrix.entries();
    } else if (const auto* householder = std::get_if<lrnn::HouseholderProduct<S>>(&map.a)) {
      for (const auto& f : householder->factors) {
        const auto v = coordinates(k, f.v);
        result.factors.push_back({v, v, factor_scale(k, f)});
      }
    } else {
      for (const auto& f : std::get<lrnn::RankOneProduct<S>>(map.a).factors)
        result.factors.push_back({coordinates(k, f.u), coordinates(k, f.v), std::nullopt});
    }
    return result;
  }

  S sum_of_products(const T& k, const S* a, const S* h) {
    sum_.clear();
    for (std::size_t i = 0; i < dimension_; ++i) sum_.add(k, a[i], h[i]);
    return sum_.total(k);
  }

  std::size_t dimension_;
  exact::ProductSum<T> sum_;
  std::vector<Map> maps_;
  std::vector<Readout> readouts_;
};

/// What both say after a letter; nothing from a network without an answer.
struct NumericStep {
  std::optional<bool> network_accepts;
  bool automaton_accepts;
  [[nodiscard]] bool agrees() const { return network_accepts == automaton_accepts; }
};

/// Refers to its arguments. One a thread.
template <class T>
class NumericStepper {
 public:
  using S = typename T::Scalar;
  using Word = precision::PackedStates::Word;

  NumericStepper(const T& arithmetic, const lrnn::Network<S>& network, const automata::Dfa& automaton)
      : k_(arithmetic),
        network_(network),
        automaton_(automaton),
        runner_(arithmetic, network),
        number_bits_(static_cast<std::size_t>(arithmetic.bits())),
        automaton_bits_(static_cast<std::size_t>(std::bit_width(automaton.states() - 1))) {
    for (const auto& layer : network.layers) {
      layers_.emplace_back(k_, layer);
      coordinates_ += layer.dimension;
    }
    from_.resize(coordinates_);
    to_.resize(coordinates_);
    from_codes_.resize(coordinates_);
    to_codes_.resize(coordinates_);
    if (number_bits_ <= kMostTableBits) {
      for (auto& layer : layers_) layer.tabulate(k_, number_bits_);
      for (std::uint64_t code = 0; code < std::uint64_t{1} << number_bits_; ++code) {
        numbers_.push_back(k_.unpack(code));
        is_finite_.push_back(is_finite_number(numbers_.back()) ? 1 : 0);
      }
    }
    bits_ = coordinates_ * number_bits_ + automaton_bits_;
  }

  [[nodiscard]] std::size_t bits() const { return bits_; }
  [[nodiscard]] std::size_t number_bits() const { return number_bits_; }
  [[nodiscard]] std::size_t coordinates() const { return coordinates_; }
  /// Step by step there are no chunks.
  [[nodiscard]] std::size_t chunk() const { return 0; }
  [[nodiscard]] std::size_t words() const { return std::max<std::size_t>((bits_ + 63) / 64, 1); }

  void pack_start(Word* to) {
    to_.clear();
    for (const auto& vector : runner_.start()) {
      for (const S& value : lrnn::coordinates(k_, vector)) to_.push_back(value);
    }
    to_codes_.clear();
    for (const S& value : to_) to_codes_.push_back(k_.pack(value));
    pack(automaton_.initial(), to);
  }

  /// The state that the next steps begin in.
  void load(const Word* from) {
    position_ = 0;
    all_finite_ = !numbers_.empty();
    for (std::size_t i = 0; i < coordinates_; ++i) {
      const std::uint64_t code = read(from, number_bits_);
      from_codes_[i] = code;
      if (numbers_.empty()) {
        from_[i] = k_.unpack(code);
      } else {
        from_[i] = numbers_[code];
        all_finite_ = all_finite_ && is_finite_[code] != 0;
      }
    }
    state_ = automata::state(read(from, automaton_bits_));
  }

  using Step = NumericStep;
  /// One letter on from the state loaded. `to` is left alone if the network has no answer.
  Step step(core::Symbol letter, Word* to) {
    const automata::State next = automaton_.step(state_, letter);
    core::Symbol symbol = letter;
    std::size_t first = 0;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const auto output = layer_step(l, first, symbol);
      if (!output) return {std::nullopt, automaton_.is_accepting(next)};
      symbol = *output;
      first += layers_[l].dimension();
    }
    pack(next, to);
    return {network_.accept[core::index(symbol)], automaton_.is_accepting(next)};
  }

 private:
  [[nodiscard]] std::optional<core::Symbol> look_up(std::size_t layer, const S* h, core::Symbol symbol) const {
    return runner_.decode(layer, lrnn::sparse(k_, std::vector<S>(h, h + layers_[layer].dimension())), symbol);
  }

  /// The codes of the next state of a layer, and the output.
  std::optional<core::Symbol> layer_step(std::size_t l, std::size_t first, core::Symbol symbol) {
    DenseLayer<T>& layer = layers_[l];
    S* to = to_.data() + first;
    std::uint64_t* codes = to_codes_.data() + first;
    if (all_finite_ && layer.is_tabulated(symbol)) {
      layer.look_up_next(from_codes_.data() + first, symbol, codes);
      bool finite = true;
      for (std::size_t i = 0; i < layer.dimension(); ++i) finite = finite && is_finite_[codes[i]] != 0;
      if (finite && layer.has_output_table(symbol)) return layer.look_up_output(codes, symbol);
      for (std::size_t i = 0; i < layer.dimension(); ++i) to[i] = numbers_[codes[i]];
    } else {
      layer.next(k_, from_.data() + first, symbol, to);
      for (std::size_t i = 0; i < layer.dimension(); ++i) codes[i] = k_.pack(to[i]);
    }
    return layer.has_table() ? look_up(l, to, symbol) : layer.decode(k_, to, symbol);
  }

  /// Packs `to_codes_`.
  void pack(automata::State state, Word* to) {
    if (bits_ <= 64) {
      Word word = 0;
      std::size_t shift = 0;
      for (const std::uint64_t code : to_codes_) {
        word |= code << shift;
        shift += number_bits_;
      }
      to[0] = automaton_bits_ == 0 ? word : word | Word{index(state)} << shift;
      return;
    }
    for (std::size_t i = 0; i < words(); ++i) to[i] = 0;
    position_ = 0;
    for (const std::uint64_t code : to_codes_) write(to, number_bits_, code);
    write(to, automaton_bits_, index(state));
  }

  [[nodiscard]] std::uint64_t read(const Word* from, std::size_t bits) {
    const std::uint64_t value = precision::PackedStates::bits_at(from, position_, bits);
    position_ += bits;
    return value;
  }
  void write(Word* to, std::size_t bits, std::uint64_t value) {
    precision::PackedStates::set_bits(to, position_, bits, value);
    position_ += bits;
  }

  const T& k_;
  const lrnn::Network<S>& network_;
  const automata::Dfa& automaton_;
  lrnn::Runner<T> runner_;  // for the start, and for tables
  std::vector<DenseLayer<T>> layers_;
  std::size_t coordinates_ = 0;
  std::vector<S> from_, to_;
  std::vector<std::uint64_t> from_codes_, to_codes_;
  std::vector<S> numbers_;                // of all codes, if they have few bits
  std::vector<unsigned char> is_finite_;  // likewise
  bool all_finite_ = false;               // the state loaded; false without tables
  automata::State state_{};
  std::size_t number_bits_;
  std::size_t automaton_bits_;
  std::size_t bits_ = 0;
  std::size_t position_ = 0;
};

}  // namespace eigenmata::verification
