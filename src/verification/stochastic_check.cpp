// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/stochastic_check.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <chrono>
#include <memory>

#include "against_language.hpp"
#include "choosing_arithmetic.hpp"
#include "numeric_stepper.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using precision::PackedStates;
using Clock = core::Limits::Clock;

constexpr const char* kTheorem = "numeric-closure";

/// Steps of the network, all layers, along a path of choices.
class ChoosingStepper {
 public:
  ChoosingStepper(const precision::FloatArithmetic& k, const lrnn::Network<double>& network)
      : k_(k), choosing_(k, path_), network_(network), runner_(k, network) {
    for (const auto& layer : network.layers) layers_.emplace_back(choosing_, layer);
    for (const auto& vector : runner_.start()) {
      for (const double value : lrnn::coordinates(k_, vector)) start_.push_back(value);
    }
    to_.resize(start_.size());
  }
  ChoosingStepper(const ChoosingStepper&) = delete;
  ChoosingStepper& operator=(const ChoosingStepper&) = delete;

  [[nodiscard]] ChoicePath& path() { return path_; }
  [[nodiscard]] const std::vector<double>& start() const { return start_; }
  /// Where the last step led.
  [[nodiscard]] const std::vector<double>& to() const { return to_; }

  std::optional<bool> step(const std::vector<double>& from, core::Symbol letter) {
    path_.rewind();
    core::Symbol symbol = letter;
    std::size_t first = 0;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      double* to = to_.data() + first;
      layers_[l].next(choosing_, from.data() + first, symbol, to);
      const auto output = layers_[l].has_table() ? look_up(l, to, symbol) : layers_[l].decode(choosing_, to, symbol);
      if (!output) return std::nullopt;
      symbol = *output;
      first += layers_[l].dimension();
    }
    return network_.accept[core::index(symbol)];
  }

 private:
  [[nodiscard]] std::optional<core::Symbol> look_up(std::size_t layer, const double* h, core::Symbol symbol) const {
    return runner_.decode(layer, lrnn::sparse(k_, std::vector<double>(h, h + layers_[layer].dimension())), symbol);
  }

  const precision::FloatArithmetic& k_;
  ChoicePath path_;
  ChoosingArithmetic choosing_;
  const lrnn::Network<double>& network_;
  lrnn::Runner<precision::FloatArithmetic> runner_;  // for the start, and for tables
  std::vector<DenseLayer<ChoosingArithmetic>> layers_;
  std::vector<double> start_, to_;
};

class StochasticSearch {
 public:
  StochasticSearch(const precision::FloatArithmetic& k, const lrnn::Network<double>& network, const Dfa& automaton,
                   const core::Limits& limits)
      : k_(k),
        network_(network),
        automaton_(automaton),
        limits_(limits),
        stepper_(k, network),
        number_bits_(static_cast<std::size_t>(k.bits())),
        automaton_bits_(static_cast<std::size_t>(std::bit_width(automaton.states() - 1))),
        bits_(stepper_.start().size() * number_bits_ + automaton_bits_),
        states_(std::max<std::size_t>((bits_ + 63) / 64, 1), bits_) {}

  StochasticCheck run(std::optional<std::size_t> up_to) {
    using Verdict = core::Verdict<core::NoEvidence, Counterexample>;
    const auto begin = Clock::now();
    StochasticCheck result{{Verdict::unknown(""), 0, 0, 0, 0, 0, 0}, {}};
    NumericCheck& check = result.check;
    const bool empty_accepted = automaton_.is_accepting(automaton_.initial());
    if (network_.accepts_empty_word != empty_accepted) {
      check.verdict = Verdict::no({network_.alphabet, {}, empty_accepted, network_.accepts_empty_word}, kTheorem);
      return result;
    }
    try {
      check.verdict = search(up_to) ? Verdict::yes({}, kTheorem) : Verdict::unknown("stopped at the length asked for");
      if (difference_) {
        core::Word word = way_to(difference_->from, result.choices);
        word.push_back(difference_->letter);
        result.choices.push_back(difference_->choices);
        const bool in_language = automaton_.accepts(word);
        check.verdict =
            Verdict::no({network_.alphabet, std::move(word), in_language, difference_->network_accepts}, kTheorem);
      }
    } catch (const core::LimitReached& limit) {
      check.verdict = Verdict::unknown(limit.what());
    }
    check.reachable_states = states_.size();
    check.agrees_up_to_length = length_;
    check.state_bits = bits_;
    check.table_bytes = states_.bytes();
    check.steps = steps_;
    if (check.verdict.is_yes()) {
      check.closure = std::make_shared<const NumericClosure>(
          NumericClosure{automaton_, std::move(states_), stepper_.start().size(), number_bits_, 0});
    }
    check.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return result;
  }

 private:
  using Word = PackedStates::Word;
  struct Difference {
    std::size_t from;
    core::Symbol letter;
    RoundingChoices choices;
    std::optional<bool> network_accepts;
  };

  /// True if all states were gone through. Stops at a difference.
  bool search(std::optional<std::size_t> up_to) {
    insert(0, packed(stepper_.start(), automaton_.initial()));
    core::Ticker ticker(limits_, "exploring numeric states with all choices");
    std::size_t level_end = 1;
    for (std::size_t p = 0; p < states_.size(); ++p) {
      if (p == level_end) {
        ++length_;
        level_end = states_.size();
      }
      if (up_to && length_ >= *up_to) return false;
      load(p);
      for (std::size_t x = 0; x < automaton_.letters(); ++x) {
        const auto next = automaton_.step(state_, core::symbol(x));
        stepper_.path().set({});
        do {
          ticker.tick();
          ++steps_;
          const auto accepted = stepper_.step(from_, core::symbol(x));
          if (accepted != automaton_.is_accepting(next)) {
            difference_ = Difference{p, core::symbol(x), stepper_.path().taken(), accepted};
            return false;
          }
          insert(p, packed(stepper_.to(), next));
        } while (stepper_.path().advance());
      }
    }
    return true;
  }

  /// The first word that led to a state, and what was chosen, found by trying again.
  core::Word way_to(std::size_t p, std::vector<RoundingChoices>& choices) {
    core::Word word;
    for (; p != 0; p = states_.found_by(p)) {
      load(states_.found_by(p));
      const auto [letter, taken] = step_to(states_[p]);
      word.push_back(letter);
      choices.push_back(taken);
    }
    std::reverse(word.begin(), word.end());
    std::reverse(choices.begin(), choices.end());
    return word;
  }

  /// From the state loaded.
  std::pair<core::Symbol, RoundingChoices> step_to(const Word* target) {
    for (std::size_t x = 0; x < automaton_.letters(); ++x) {
      const auto next = automaton_.step(state_, core::symbol(x));
      stepper_.path().set({});
      do {
        if (!stepper_.step(from_, core::symbol(x))) continue;
        const auto reached = packed(stepper_.to(), next);
        if (std::equal(reached.begin(), reached.end(), target)) return {core::symbol(x), stepper_.path().taken()};
      } while (stepper_.path().advance());
    }
    assert(false);
    return {};
  }

  void insert(std::size_t from, const std::vector<Word>& state) {
    const auto source = static_cast<PackedStates::Number>(from);
    PackedStates::Number number = 0;
    states_.insert_all(state.data(), &source, 1, &number, limits_);
  }

  [[nodiscard]] std::vector<Word> packed(const std::vector<double>& numbers, automata::State state) const {
    std::vector<Word> words(states_.words());
    std::size_t position = 0;
    for (const double x : numbers) {
      PackedStates::set_bits(words.data(), position, number_bits_, k_.pack(x));
      position += number_bits_;
    }
    PackedStates::set_bits(words.data(), position, automaton_bits_, automata::index(state));
    return words;
  }

  void load(std::size_t p) {
    from_.clear();
    std::size_t position = 0;
    for (std::size_t i = 0; i < stepper_.start().size(); ++i) {
      from_.push_back(k_.unpack(PackedStates::bits_at(states_[p], position, number_bits_)));
      position += number_bits_;
    }
    state_ = automata::state(PackedStates::bits_at(states_[p], position, automaton_bits_));
  }

  const precision::FloatArithmetic& k_;
  const lrnn::Network<double>& network_;
  const Dfa& automaton_;
  const core::Limits& limits_;
  ChoosingStepper stepper_;
  std::size_t number_bits_, automaton_bits_, bits_;
  PackedStates states_;
  std::vector<double> from_;  // the state loaded
  automata::State state_{};
  std::optional<Difference> difference_;
  std::uint64_t steps_ = 0;
  std::size_t length_ = 0;
};

}  // namespace

StochasticCheck check_stochastic(const precision::FloatArithmetic& arithmetic, const lrnn::Network<double>& network,
                                 const Dfa& language, const core::Limits& limits, std::optional<std::size_t> up_to) {
  assert(arithmetic.plan().name == "all-same");
  std::vector<RoundingChoices> choices;
  NumericCheck check = against_language(
      network.alphabet, language, limits, up_to, [&](const Dfa& readable, const std::optional<std::size_t>& bound) {
        auto found = StochasticSearch(arithmetic, network, readable, limits).run(bound);
        choices = std::move(found.choices);
        return std::move(found.check);
      });
  return {std::move(check), std::move(choices)};
}

std::vector<std::optional<bool>> answers_with(const precision::FloatArithmetic& arithmetic,
                                              const lrnn::Network<double>& network, const core::Word& word,
                                              const std::vector<RoundingChoices>& choices) {
  assert(choices.size() == word.size());
  ChoosingStepper stepper(arithmetic, network);
  std::vector<std::optional<bool>> answers;
  std::vector<double> state = stepper.start();
  for (std::size_t i = 0; i < word.size(); ++i) {
    stepper.path().set(choices[i]);
    const bool goes_on = i == 0 || answers.back();
    answers.push_back(goes_on ? stepper.step(state, word[i]) : std::nullopt);
    state = stepper.to();
  }
  return answers;
}

}  // namespace eigenmata::verification
