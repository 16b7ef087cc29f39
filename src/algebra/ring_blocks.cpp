// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/ring_blocks.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "eigenmata/algebra/permutation_group.hpp"
#include "small_action.hpp"

namespace eigenmata::algebra {
namespace {

using Arrangement = RingBlocks::Arrangement;
constexpr std::uint32_t kNone = RingBlocks::kNone;
constexpr std::size_t kMostNodes = 50'000;         ///< of a walk
constexpr std::size_t kMostOutputs = 4'000'000;    ///< in the rows of tables
constexpr std::size_t kMostAnswers = 400'000'000;  ///< that a check asks for
constexpr std::size_t kMostSymbols = 200'000;

/// Numbers for values as they come.
template <class T>
class Numbers {
 public:
  std::uint32_t operator()(const T& value) {
    const auto [at, is_new] = numbers_.emplace(value, static_cast<std::uint32_t>(list_.size()));
    if (is_new) list_.push_back(value);
    return at->second;
  }
  [[nodiscard]] const std::vector<T>& list() const { return list_; }

 private:
  std::map<T, std::uint32_t> numbers_;
  std::vector<T> list_;
};

Arrangement moved(const SwapCopy& factor, Arrangement at) {
  if (factor.kind == SwapCopy::Kind::kSwap) {
    std::swap(at[factor.x], at[factor.y]);
  } else {
    at[factor.y] += at[factor.x];
    at[factor.x] = 0;
  }
  return at;
}

class Builder {
 public:
  Builder(const automata::Dfa& dfa, std::size_t factors, const core::Limits& limits)
      : dfa_(dfa), factors_(factors), limits_(limits), letters_(letter_maps(dfa)) {}

  std::variant<RingBlocks, std::string> run() {
    choose_points();
    number_letters();
    if (!walk_blocks()) return "more than " + std::to_string(kMostNodes) + " products of letters";
    if (result_.length == 1) return "one letter a block needs no ring";
    if (!walk_letters())
      return "more than " + std::to_string(kMostNodes) + " sets of states that letters lead to acceptance";
    const std::size_t pairs = blocks_.back().size() * sets_.list().size() * result_.length;
    if (pairs > kMostOutputs || pairs > kMostAnswers / dfa_.states())
      return "blocks of " + std::to_string(result_.length) + " letters have " + std::to_string(pairs) +
             " pairs of a product and what is read after it";
    for (std::size_t i = 0; i < result_.length; ++i) {
      result_.tables.emplace_back();
      for (const std::uint32_t p : blocks_.back()) result_.tables.back().push_back(row(p, i));
      if (symbols_.list().size() > kMostSymbols)
        return "more than " + std::to_string(kMostSymbols) +
               " pairs of swaps or copies and what is accepted after them";
    }
    finish();
    return std::move(result_);
  }

 private:
  /// Points of a smaller action, if the automaton is a group in its regular action; else the states.
  void choose_points() {
    const std::size_t n = dfa_.states();
    action_ = {n, {}, {}};
    result_.points = n;
    for (std::uint32_t q = 0; q < n; ++q) {
      Arrangement at(n, 0);
      at[q] = 1;
      of_state_.push_back(std::move(at));
    }
    const bool is_group =
        std::all_of(letters_.begin(), letters_.end(), [](const auto& f) { return f.is_permutation(); });
    if (!is_group || n < 4) return;
    const PermutationGroup group(n, letters_, limits_);
    if (group.order() != n) return;
    action_ = small_action(group, limits_);
    if (action_.degree == n) return;
    result_.one_hot = false;
    result_.points = action_.degree;
    // The arrangement of a state is that of the initial one, moved by a word that leads there.
    of_state_.assign(n, {});
    Arrangement first;
    for (std::uint32_t j = 0; j < action_.degree; ++j) first.push_back(j);
    std::vector<std::size_t> open{index(dfa_.initial())};
    of_state_[open[0]] = first;
    for (std::size_t i = 0; i < open.size(); ++i) {
      for (const Transformation& letter : letters_) {
        const std::size_t to = letter.image_of(static_cast<Point>(open[i]));
        if (!of_state_[to].empty()) continue;
        const Transformation action = action_(letter);
        of_state_[to].resize(action_.degree);
        for (Point j = 0; j < action_.degree; ++j) of_state_[to][action.image_of(j)] = of_state_[open[i]][j];
        open.push_back(to);
      }
    }
  }

  [[nodiscard]] Transformation on_points(const Transformation& map) const {
    return result_.one_hot ? map : action_(map);
  }

  void number_letters() {
    Numbers<std::vector<Point>> codes;
    codes(Transformation::identity(dfa_.states()).images());
    for (const Transformation& letter : letters_) result_.code_of_letter.push_back(codes(letter.images()));
    for (const auto& images : codes.list()) code_maps_.emplace_back(images);
    result_.codes = codes.list().size();
    letter_codes_ = {result_.code_of_letter.begin(), result_.code_of_letter.end()};
  }

  /// Products of more and more letters, until all are products of few enough factors.
  bool walk_blocks() {
    products_(Transformation::identity(dfa_.states()).images());
    blocks_ = {{0}};
    core::Ticker ticker(limits_, "products of letters");
    for (std::size_t m = 1;; ++m) {
      std::set<std::uint32_t> longer;
      for (const std::uint32_t p : blocks_.back()) {
        for (const std::uint32_t code : letter_codes_) {
          ticker.tick();
          const Transformation product = Transformation(products_.list()[p]) * code_maps_[code];
          const std::uint32_t to = products_(product.images());
          set(result_.block, p, code, to);
          longer.insert(to);
          if (products_.list().size() > kMostNodes) return false;
        }
      }
      blocks_.push_back(longer);
      result_.length = m;
      if (std::all_of(longer.begin(), longer.end(), [&](auto p) {
            const Transformation f = on_points(Transformation(products_.list()[p]));
            return f.degree() - f.components() <= m * factors_;
          }))
        break;
    }
    // Before the first block nothing has been written.
    set(result_.block, 0, 0, 0);
    blocks_.back().insert(0);
    result_.block.resize(products_.list().size() * result_.codes, kNone);
    return true;
  }

  void set(RingBlocks::Walk& walk, std::uint32_t node, std::uint32_t code, std::uint32_t to) const {
    const std::size_t at = node * result_.codes + code;
    if (walk.size() <= at) walk.resize(at + 1, kNone);
    walk[at] = to;
  }

  bool walk_letters() {
    std::vector<bool> accepting;
    for (std::size_t q = 0; q < dfa_.states(); ++q) accepting.push_back(dfa_.is_accepting(automata::state(q)));
    sets_(accepting);
    read_ = {{0}};
    core::Ticker ticker(limits_, "sets of states");
    for (std::size_t i = 0; i < result_.length; ++i) {
      std::set<std::uint32_t> longer;
      for (const std::uint32_t d : read_.back()) {
        for (const std::uint32_t code : letter_codes_) {
          ticker.tick();
          std::vector<bool> before;
          for (const Point q : code_maps_[code].images()) before.push_back(sets_.list()[d][q]);
          const std::uint32_t to = sets_(before);
          set(result_.letters, d, code, to);
          longer.insert(to);
          if (sets_.list().size() > kMostNodes) return false;
        }
      }
      read_.push_back(std::move(longer));
    }
    result_.letters.resize(sets_.list().size() * result_.codes, kNone);
    return true;
  }

  /// What is said after i + 1 letters of a block, behind one with product p.
  RingBlocks::Row row(std::uint32_t p, std::size_t i) {
    limits_.poll();
    const Transformation product(products_.list()[p]);
    const auto all = swap_copy_factors(on_points(product));
    const auto factor = [&](std::size_t f) {
      return all.begin() + static_cast<std::ptrdiff_t>(std::min(f, all.size()));
    };
    const std::vector<SwapCopy> now(factor(i * factors_), factor((i + 1) * factors_));
    std::vector<std::uint32_t> after;  // the arrangement from each state
    for (Arrangement at : of_state_) {
      for (auto f = all.begin(); f != factor((i + 1) * factors_); ++f) at = moved(*f, std::move(at));
      after.push_back(arrangements_(at));
    }
    RingBlocks::Row result{p, std::vector<std::uint32_t>(sets_.list().size(), kNone)};
    for (const std::uint32_t d : read_[i + 1]) {
      std::vector<std::uint32_t> accepted;
      for (std::size_t q = 0; q < after.size(); ++q) {
        if (sets_.list()[d][product.image_of(static_cast<Point>(q))]) accepted.push_back(after[q]);
      }
      std::sort(accepted.begin(), accepted.end());
      accepted.erase(std::unique(accepted.begin(), accepted.end()), accepted.end());
      std::vector<std::uint32_t> key;
      for (const SwapCopy& f : now) key.insert(key.end(), {f.kind == SwapCopy::Kind::kSwap ? 0U : 1U, f.x, f.y});
      const std::uint32_t symbol = symbols_({std::move(key), accepted});
      if (symbol == result_.symbols.size()) result_.symbols.push_back({now, std::move(accepted)});
      result.outputs[d] = symbol;
    }
    return result;
  }

  void finish() {
    for (const Arrangement& at : of_state_) result_.of_state.push_back(arrangements_(at));
    result_.arrangements = arrangements_.list();
  }

  const automata::Dfa& dfa_;
  std::size_t factors_;
  const core::Limits& limits_;
  std::vector<Transformation> letters_;
  BlockAction action_;
  std::vector<Arrangement> of_state_;
  std::vector<Transformation> code_maps_;
  std::set<std::uint32_t> letter_codes_;
  Numbers<std::vector<Point>> products_;
  Numbers<std::vector<bool>> sets_;
  Numbers<Arrangement> arrangements_;
  Numbers<std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>> symbols_;
  std::vector<std::set<std::uint32_t>> blocks_;  ///< products of so many letters
  std::vector<std::set<std::uint32_t>> read_;    ///< sets before so many letters
  RingBlocks result_;
};

}  // namespace

std::variant<RingBlocks, std::string> ring_blocks(const automata::Dfa& minimal, std::size_t factors,
                                                  const core::Limits& limits) {
  return Builder(minimal, factors, limits).run();
}

}  // namespace eigenmata::algebra
