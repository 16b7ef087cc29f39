// SPDX-License-Identifier: Apache-2.0
#include "bulk_machine.hpp"

#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/simulation/automaton_runner.hpp"

namespace eigenmata::cli {
namespace {

using core::Alphabet;
using simulation::WordBlock;

class AutomatonMachine final : public Machine {
 public:
  explicit AutomatonMachine(automata::Dfa dfa) : dfa_(std::move(dfa)) {}
  [[nodiscard]] const Alphabet& alphabet() const override { return dfa_.alphabet(); }
  std::optional<bool> restart() override {
    q_ = dfa_.initial();
    return dfa_.is_accepting(q_);
  }
  std::optional<bool> step(core::Symbol letter) override {
    q_ = dfa_.step(q_, letter);
    return dfa_.is_accepting(q_);
  }
  [[nodiscard]] std::string state() const override { return std::to_string(index(q_)); }

 private:
  automata::Dfa dfa_;
  automata::State q_{};
};

template <class K>
class NetworkMachine final : public Machine {
 public:
  explicit NetworkMachine(lrnn::ModelOver<K> model)
      : model_(std::move(model)), runner_(model_.arithmetic, model_.network), work_(runner_.make_workspace()) {}
  [[nodiscard]] const Alphabet& alphabet() const override { return model_.network.alphabet; }
  std::optional<bool> restart() override {
    states_ = runner_.start();
    return model_.network.accepts_empty_word;
  }
  std::optional<bool> step(core::Symbol letter) override { return runner_.step(states_, letter, work_); }
  [[nodiscard]] std::string state() const override {
    std::string text;
    for (const auto& h : states_) text += (text.empty() ? "" : "  ") + vector_text(h);
    return text;
  }

 private:
  [[nodiscard]] std::string vector_text(const lrnn::SparseVector<typename K::Scalar>& h) const {
    constexpr std::size_t kShort = 12;
    std::string text;
    if (h.dimension() <= kShort) {
      for (const auto& value : coordinates(model_.arithmetic, h))
        text += (text.empty() ? "" : ", ") + model_.arithmetic.format(value);
      return "(" + text + ")";
    }
    for (const auto& entry : h.entries())
      text += (text.empty() ? "" : " ") + std::to_string(entry.index) + ":" + model_.arithmetic.format(entry.value);
    return "{" + text + "}";
  }

  lrnn::ModelOver<K> model_;
  lrnn::Runner<K> runner_;
  lrnn::Workspace<K> work_;
  lrnn::JointState<typename K::Scalar> states_;
};

WordAnswer word_answer(const std::optional<bool>& answer) {
  if (!answer) return WordAnswer::kNone;
  return *answer ? WordAnswer::kAccept : WordAnswer::kReject;
}

class PlainBulk final : public BulkMachine {
 public:
  PlainBulk(std::unique_ptr<Machine> machine, bool keep_states, const core::Limits& limits)
      : machine_(std::move(machine)), keep_states_(keep_states), limits_(limits) {
    limits_.progress = nullptr;  // who reads the words shows how far they are
  }

  [[nodiscard]] const Alphabet& alphabet() const override { return machine_->alphabet(); }
  void run(const WordBlock<std::uint8_t>& block, std::vector<WordAnswer>& answers) override { any(block, answers); }
  void run(const WordBlock<std::uint32_t>& block, std::vector<WordAnswer>& answers) override { any(block, answers); }
  [[nodiscard]] std::string final_state(std::size_t i) const override { return states_.at(i); }
  [[nodiscard]] std::string engine() const override { return "one word at a time, letter by letter"; }

 private:
  template <class Letter>
  void any(const WordBlock<Letter>& block, std::vector<WordAnswer>& answers) {
    core::Ticker ticker(limits_, "");
    answers.clear();
    states_.clear();
    for (std::size_t i = 0; i < block.words.size(); ++i) {
      if (i > 0 || !block.continues) answer_ = machine_->restart();
      for (const Letter x : block.words.word(i)) {
        if (!answer_) break;
        ticker.tick();
        answer_ = machine_->step(core::symbol(x));
      }
      answers.push_back(word_answer(answer_));
      if (keep_states_) states_.push_back(answer_ ? machine_->state() : "none");
    }
  }

  std::unique_ptr<Machine> machine_;
  bool keep_states_;
  core::Limits limits_;
  std::optional<bool> answer_;
  std::vector<std::string> states_;
};

class AutomatonBulk final : public BulkMachine {
 public:
  AutomatonBulk(const automata::Dfa& dfa, std::size_t threads, std::optional<simulation::AutomatonEngine> engine)
      : runner_(dfa, threads, engine), state_(dfa.initial()) {}

  [[nodiscard]] const Alphabet& alphabet() const override { return runner_.dfa().alphabet(); }
  void run(const WordBlock<std::uint8_t>& block, std::vector<WordAnswer>& answers) override {
    const automata::Dfa& dfa = runner_.dfa();
    finals_.resize(block.words.size());
    answers.resize(block.words.size());
    runner_.run(block.words, block.continues ? state_ : dfa.initial(), finals_);
    for (std::size_t i = 0; i < finals_.size(); ++i)
      answers[i] = dfa.is_accepting(finals_[i]) ? WordAnswer::kAccept : WordAnswer::kReject;
    if (!finals_.empty()) state_ = finals_.back();
    is_long_ = block.words.size() <= 2;
  }
  void run(const WordBlock<std::uint32_t>&, std::vector<WordAnswer>&) override { std::abort(); }
  [[nodiscard]] std::string final_state(std::size_t i) const override { return std::to_string(index(finals_.at(i))); }
  [[nodiscard]] std::string engine() const override {
    return std::string(simulation::to_string(is_long_ ? runner_.long_engine() : runner_.many_engine()));
  }

 private:
  simulation::AutomatonRunner runner_;
  automata::State state_;
  bool is_long_ = false;
  std::vector<automata::State> finals_;
};

}  // namespace

std::unique_ptr<Machine> make_automaton_machine(const automata::Dfa& dfa) {
  return std::make_unique<AutomatonMachine>(dfa);
}

std::unique_ptr<Machine> make_exact_machine(lrnn::Model model) {
  return std::visit(
      [](auto over) -> std::unique_ptr<Machine> {
        return std::make_unique<NetworkMachine<decltype(over.arithmetic)>>(std::move(over));
      },
      std::move(model));
}

std::unique_ptr<BulkMachine> make_plain_bulk(std::unique_ptr<Machine> machine, bool keep_states,
                                             const core::Limits& limits) {
  return std::make_unique<PlainBulk>(std::move(machine), keep_states, limits);
}

std::unique_ptr<BulkMachine> make_automaton_bulk(const Request& request, const automata::Dfa& dfa) {
  if (dfa.letters() > simulation::kLargestPackedAlphabet)
    return make_plain_bulk(make_automaton_machine(dfa), !request.final_states.empty(), request.limits);
  std::optional<simulation::AutomatonEngine> engine;
  if (!request.engine.empty()) {
    engine = simulation::automaton_engine_named(request.engine);
    if (!engine)
      throw core::Error({"--engine"}, core::in_quotes(request.engine) +
                                          " is none; there are table, interleaved, groups, composed and lanes");
  }
  return std::make_unique<AutomatonBulk>(dfa, request.threads, engine);
}

}  // namespace eigenmata::cli
