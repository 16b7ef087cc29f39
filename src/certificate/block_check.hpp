// SPDX-License-Identifier: Apache-2.0
//
// The last two layers of a certificate of kind blocks (certificate-format.md, "Blocks"): rules 2 to 5 for a ring of the
// last 2m letters and a layer that does the block before the one that is read.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "eigenmata/certificate/layerwise.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "situation.hpp"

namespace eigenmata::certificate {

template <class K>
class BlockChecker {
 public:
  using S = typename K::Scalar;
  using Vector = lrnn::SparseVector<S>;
  using Tables = lrnn::WalkTables;
  using Images = std::vector<std::uint32_t>;  ///< of the states of the automaton

  /// `situations` are those of the layer below the ring. All is referred to.
  BlockChecker(const LayerwiseOver<K>& certificate, const lrnn::Runner<K>& runner,
               const std::vector<Situation>& situations, const core::Limits& limits)
      : k_(certificate.arithmetic),
        network_(certificate.network),
        dfa_(certificate.automaton),
        claim_(*certificate.blocks),
        clock_contexts_(certificate.layers.back().contexts),
        clock_meets_(certificate.layers.back().meets.size()),
        ring_(network_.layers.size() - 2),
        last_(ring_ + 1),
        runner_(runner),
        work_(runner.make_workspace()),
        situations_(situations),
        ticker_(limits, "checking blocks") {}

  std::optional<Failure> run(std::uint32_t start_context) {
    check_shape(start_context);
    if (!failure_) check_ring();
    if (!failure_) check_routes();
    if (!failure_) follow_blocks();
    if (!failure_) follow_letters();
    for (std::size_t half = 0; half < 2 && !failure_; ++half) {
      if (half == 1 && tables_of_half(0) == tables_of_half(1)) break;
      for (const std::uint32_t p : ends_) check_block(p, half);
    }
    return std::move(failure_);
  }

 private:
  void fail(int rule, std::size_t layer, const std::string& what) {
    if (!failure_)
      failure_ =
          Failure{rule, layer + 1, 0, (layer < network_.layers.size() ? "layer " + text(layer + 1) + ": " : "") + what};
  }
  static std::string text(std::size_t number) { return std::to_string(number); }

  // Rule 2: the time, the ring, and what is read of it.

  void check_shape(std::uint32_t start_context) {
    const std::size_t m = claim_.length;
    const auto& ring = network_.layers[ring_];
    walk_ = std::get_if<lrnn::WalkDecoder<S>>(&ring.decoder);
    if (walk_ == nullptr) return fail(2, ring_, "the decoder of a ring walks");
    if (m == 0 || ring.dimension != 2 * m || clock_contexts_ != 2 * m || clock_meets_ < 2 * m)
      return fail(
          2, ring_,
          "for blocks of " + text(m) + " letters it has twice as many coordinates, and the layers before it contexts");
    if (start_context != 0) return fail(1, ring_, "the context at the start is 0");
    if (!ring.start.is_zero()) return fail(1, ring_, "a ring starts from 0");
    if (claim_.codes.size() != dfa_.states()) return fail(1, last_, "not every state has a code");
    if (!equal(k_, network_.layers[last_].start, claim_.codes[index(dfa_.initial())]))
      return fail(1, last_, "the start vector is not the code of the initial state");
    for (std::size_t c = 0; c < walk_->codes.size(); ++c) {
      if (k_.is_zero(walk_->codes[c])) blank_ = static_cast<std::uint32_t>(c);
    }
    if (!blank_) fail(2, ring_, "no code is 0, which the ring has at the start");
  }

  void check_ring() {
    const std::size_t cells = 2 * claim_.length;
    code_of_letter_.assign(dfa_.letters(), Tables::kNone);
    written_.assign(network_.layers[ring_].maps.size(), std::nullopt);
    table_at_.assign(cells, Tables::kNone);
    for (const Situation& s : situations_) {
      ticker_.tick();
      if (s.to != (s.from + 1) % cells)
        return fail(2, ring_,
                    "a letter leads from context " + text(s.from) + " to " + text(s.to) + "; contexts are times");
      if (!written_[s.symbol]) written_[s.symbol] = written_by(s.symbol, s.from);
      if (failure_) return;
      if (written_[s.symbol]->first != s.from) return fail(2, ring_, symbol(s.symbol) + " stands for two times");
      std::uint32_t& code = code_of_letter_[s.letter];
      if (code == Tables::kNone) code = written_[s.symbol]->second;
      if (code != written_[s.symbol]->second)
        return fail(
            2, ring_,
            "letter " + core::in_quotes(dfa_.alphabet().name(core::symbol(s.letter))) + " is written in two ways");
      std::uint32_t& route = table_at_[s.from];
      const std::uint32_t table = walk_->tables.routes[walk_->tables.route_of[s.symbol]].table;
      if (route == Tables::kNone) route = table;
      if (route != table) return fail(2, ring_, "the symbols of a time have several tables");
    }
    if (std::count(table_at_.begin(), table_at_.end(), Tables::kNone) > 0)
      return fail(2, ring_, "a time without symbols");
    check_letters();
  }

  [[nodiscard]] std::string symbol(std::size_t s) const { return "symbol " + text(s); }

  /// The cell and the code that a symbol writes: its map takes unit vectors to themselves, but that of the cell to 0.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> written_by(std::uint32_t s, std::uint32_t cell) {
    const std::size_t n = network_.layers[ring_].dimension;
    const Vector& b = network_.layers[ring_].maps[s].b;
    const bool is_one_cell = b.is_zero() || (b.entries().size() == 1 && b.entries()[0].index == cell);
    if (!is_one_cell) {
      fail(2, ring_, symbol(s) + " does not write cell " + text(cell) + " alone");
      return std::nullopt;
    }
    const S value = b.is_zero() ? k_.zero() : b.entries()[0].value;
    for (std::uint32_t i = 0; i < n; ++i) {
      Vector image(n);
      runner_.next(ring_, lrnn::unit_vector(k_, n, i), core::symbol(s), work_, image);
      std::vector<S> expected(n, k_.zero());
      expected[i] = k_.one();
      expected[cell] = value;
      if (equal(k_, image, lrnn::sparse(k_, expected))) continue;
      fail(2, ring_, symbol(s) + " does not overwrite cell " + text(cell) + ", or changes another");
      return std::nullopt;
    }
    for (std::uint32_t c = 0; c < walk_->codes.size(); ++c) {
      if (k_.equal(walk_->codes[c], value)) return std::pair(cell, c);
    }
    fail(2, ring_, symbol(s) + " writes what is no code");
    return std::nullopt;
  }

  /// What the codes do to the states; letters with one code do the same.
  void check_letters() {
    code_maps_.assign(walk_->codes.size(), {});
    for (std::size_t x = 0; x < dfa_.letters(); ++x) {
      Images images;
      for (std::size_t q = 0; q < dfa_.states(); ++q)
        images.push_back(static_cast<std::uint32_t>(index(dfa_.step(automata::state(q), core::symbol(x)))));
      Images& known = code_maps_[code_of_letter_[x]];
      if (known.empty()) {
        known = std::move(images);
        letter_codes_.push_back(code_of_letter_[x]);
      } else if (known != images) {
        return fail(4, ring_, "letters with one code do not act alike");
      }
    }
    Images& blank = code_maps_[*blank_];
    if (!blank.empty()) return;
    for (std::uint32_t q = 0; q < dfa_.states(); ++q) blank.push_back(q);
  }

  /// After time t the first walk reads the block before the one that is read, the second the letters of the latter,
  /// the last first.
  void check_routes() {
    const std::size_t m = claim_.length;
    const std::size_t cells = 2 * m;
    for (const Situation& s : situations_) {
      const std::size_t t = s.from + 1;  // modulo 2m, from 1 on
      const std::size_t i = (t - 1) % m + 1;
      std::vector<std::uint32_t> block;
      std::vector<std::uint32_t> letters;
      for (std::size_t j = 0; j < m; ++j) block.push_back(static_cast<std::uint32_t>((t + cells - i - m + j) % cells));
      for (std::size_t j = 1; j <= i; ++j) letters.push_back(static_cast<std::uint32_t>((t + cells - j) % cells));
      const auto& route = walk_->tables.routes[walk_->tables.route_of[s.symbol]];
      if (route.first != block || route.second != letters)
        return fail(2, ring_, symbol(s.symbol) + " does not read the cells of the two blocks at its time");
    }
  }

  // Rule 3: nodes of the first walk are maps of the states, those of the second sets of states.

  [[nodiscard]] std::uint32_t next(const Tables::Walk& walk, std::uint32_t node, std::uint32_t code) const {
    return walk[node * walk_->codes.size() + code];
  }

  /// Goes on from all nodes of a list by all codes of another; `value_after(node, code)` is what the next one means.
  template <class Value>
  std::vector<std::uint32_t> followed(const Tables::Walk& walk, const std::vector<std::uint32_t>& nodes,
                                      const std::vector<std::uint32_t>& codes,
                                      std::vector<std::optional<Value>>& values,
                                      Value (BlockChecker::*value_after)(const Value&, std::uint32_t) const) {
    std::vector<std::uint32_t> result;
    for (const std::uint32_t node : nodes) {
      for (const std::uint32_t code : codes) {
        ticker_.tick();
        const std::uint32_t to = next(walk, node, code);
        if (to == Tables::kNone) {
          fail(3, ring_, "a walk ends at node " + text(node) + " by code " + text(code));
          return {};
        }
        Value value = (this->*value_after)(*values[node], code);
        if (!values[to]) {
          values[to] = std::move(value);
        } else if (*values[to] != value) {
          fail(3, ring_, "node " + text(to) + " of a walk stands for several products of letters");
          return {};
        }
        result.push_back(to);
      }
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  [[nodiscard]] Images product_after(const Images& product, std::uint32_t code) const {
    Images images;
    for (const std::uint32_t q : product) images.push_back(code_maps_[code][q]);
    return images;
  }

  /// The states that the letter leads into the set.
  [[nodiscard]] std::vector<bool> set_before(const std::vector<bool>& set, std::uint32_t code) const {
    std::vector<bool> before;
    for (const std::uint32_t q : code_maps_[code]) before.push_back(set[q]);
    return before;
  }

  void follow_blocks() {
    products_.assign(walk_->tables.first.size() / walk_->codes.size(), std::nullopt);
    Images identity;
    for (std::uint32_t q = 0; q < dfa_.states(); ++q) identity.push_back(q);
    products_[0] = identity;
    std::vector<std::uint32_t> blank{0};
    ends_ = {0};
    for (std::size_t i = 0; i < claim_.length && !failure_; ++i) {
      blank = followed(walk_->tables.first, blank, {*blank_}, products_, &BlockChecker::product_after);
      if (!failure_)
        ends_ = followed(walk_->tables.first, ends_, letter_codes_, products_, &BlockChecker::product_after);
    }
    if (failure_) return;
    if (*products_[blank[0]] != identity)
      return fail(3, ring_, "a block of cells that nothing was written to is no identity");
    ends_.insert(std::lower_bound(ends_.begin(), ends_.end(), blank[0]), blank[0]);
    ends_.erase(std::unique(ends_.begin(), ends_.end()), ends_.end());
  }

  void follow_letters() {
    sets_.assign(walk_->tables.second.size() / walk_->codes.size(), std::nullopt);
    std::vector<bool> accepting;
    for (std::size_t q = 0; q < dfa_.states(); ++q) accepting.push_back(dfa_.is_accepting(automata::state(q)));
    sets_[0] = accepting;
    read_.push_back({0});
    for (std::size_t i = 0; i < claim_.length && !failure_; ++i)
      read_.push_back(followed(walk_->tables.second, read_.back(), letter_codes_, sets_, &BlockChecker::set_before));
  }

  // Rules 4 and 5: the steps of the last layer.

  [[nodiscard]] std::vector<std::uint32_t> tables_of_half(std::size_t half) const {
    const auto begin = table_at_.begin() + static_cast<std::ptrdiff_t>(half * claim_.length);
    return {begin, begin + static_cast<std::ptrdiff_t>(claim_.length)};
  }

  /// The number of a vector of the last layer.
  std::uint32_t number_of(const Vector& vector) {
    const std::size_t key = hash(k_, vector);
    const auto [first, end] = numbers_.equal_range(key);
    for (auto at = first; at != end; ++at) {
      if (equal(k_, vectors_[at->second], vector)) return at->second;
    }
    numbers_.emplace(key, static_cast<std::uint32_t>(vectors_.size()));
    vectors_.push_back(vector);
    return static_cast<std::uint32_t>(vectors_.size() - 1);
  }

  struct Step {
    std::uint32_t to = 0;
    bool has_output = false;
    bool accepts = false;
  };

  const Step& step_of(std::uint32_t symbol, std::uint32_t vector) {
    const auto [at, is_new] = steps_.try_emplace((std::uint64_t{symbol} << 32) | vector);
    if (!is_new) return at->second;
    Vector image(network_.layers[last_].dimension);
    runner_.next(last_, vectors_[vector], core::symbol(symbol), work_, image);
    Step step;
    step.to = number_of(image);
    if (const auto output = runner_.decode(last_, image, core::symbol(symbol))) {
      step.has_output = true;
      step.accepts = network_.accept[core::index(*output)];
    }
    return at->second = step;
  }

  /// A block with the product of node p, from each state: every step, with all that may have been read since.
  void check_block(std::uint32_t p, std::size_t half) {
    if (failure_) return;
    const Images& product = *products_[p];
    std::vector<std::uint32_t> now;
    for (const Vector& code : claim_.codes) now.push_back(number_of(code));
    std::vector<std::uint32_t> after(now.size());
    for (std::size_t i = 1; i <= claim_.length && !failure_; ++i) {
      const auto& rows = walk_->tables.tables[table_at_[half * claim_.length + i - 1]];
      const auto row =
          std::lower_bound(rows.begin(), rows.end(), p, [](const auto& r, auto node) { return r.node < node; });
      if (row == rows.end() || row->node != p) return fail(4, ring_, "no row for node " + text(p));
      bool is_first = true;
      for (const std::uint32_t d : read_[i]) {
        const std::uint32_t symbol = row->outputs[d];
        if (symbol == Tables::kNone) return fail(4, ring_, "no output for nodes " + text(p) + " and " + text(d));
        for (std::size_t q = 0; q < now.size(); ++q) {
          ticker_.tick();
          const Step step = step_of(symbol, now[q]);
          if (is_first) after[q] = step.to;
          if (step.to != after[q])
            return fail(4, last_,
                        "what step " + text(i) + " of node " + text(p) + " does depends on the letters read since");
          if (!step.has_output || step.accepts != (*sets_[d])[product[q]])
            return fail(
                5, last_,
                "in step " + text(i) + " of node " + text(p) + " from state " + text(q) + " the answer is wrong");
        }
        is_first = false;
      }
      now = after;
    }
    for (std::size_t q = 0; q < now.size() && !failure_; ++q) {
      if (!equal(k_, vectors_[now[q]], claim_.codes[product[q]]))
        fail(4, last_,
             "the steps of node " + text(p) + " do not lead from the code of state " + text(q) + " to that of state " +
                 text(product[q]));
    }
  }

  const K& k_;
  const lrnn::Network<S>& network_;
  const automata::Dfa& dfa_;
  const BlockClaimOver<S>& claim_;
  std::size_t clock_contexts_;
  std::size_t clock_meets_;
  std::size_t ring_;
  std::size_t last_;
  const lrnn::Runner<K>& runner_;
  lrnn::Workspace<K> work_;
  const std::vector<Situation>& situations_;
  core::Ticker ticker_;
  const lrnn::WalkDecoder<S>* walk_ = nullptr;
  std::optional<std::uint32_t> blank_;                                           ///< the code 0
  std::vector<std::uint32_t> code_of_letter_;                                    ///< by letter
  std::vector<std::uint32_t> letter_codes_;                                      ///< those of letters
  std::vector<Images> code_maps_;                                                ///< by code
  std::vector<std::optional<std::pair<std::uint32_t, std::uint32_t>>> written_;  ///< by symbol: cell, code
  std::vector<std::uint32_t> table_at_;                                          ///< by cell that is written
  std::vector<std::optional<Images>> products_;                                  ///< by node of the first walk
  std::vector<std::optional<std::vector<bool>>> sets_;                           ///< by node of the second
  std::vector<std::uint32_t> ends_;                                              ///< nodes of blocks
  std::vector<std::vector<std::uint32_t>> read_;                                 ///< nodes of so many letters
  std::vector<Vector> vectors_;                                                  ///< of the last layer, by number
  std::unordered_multimap<std::size_t, std::uint32_t> numbers_;
  std::unordered_map<std::uint64_t, Step> steps_;
  std::optional<Failure> failure_;
};

}  // namespace eigenmata::certificate
