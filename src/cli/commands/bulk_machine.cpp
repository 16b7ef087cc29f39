// SPDX-License-Identifier: Apache-2.0
#include "bulk_machine.hpp"

#include <bit>
#include <limits>
#include <type_traits>

#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/automaton_runner.hpp"
#include "eigenmata/simulation/chunk_stepper.hpp"
#include "state_text.hpp"

namespace eigenmata::cli {
namespace {

using core::Alphabet;
using simulation::WordBlock;

/// The bytes of an integer, the lowest first.
template <class Integer>
void add_bytes(Integer number, std::string& bytes) {
  for (unsigned shift = 0; shift < 8 * sizeof(Integer); shift += 8) bytes += static_cast<char>(number >> shift & 0xFF);
}

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
  [[nodiscard]] std::optional<ArrayRows> rows() const override { return ArrayRows{"<u4", std::nullopt}; }
  void add_row(bool, std::string& bytes) const override { add_bytes(static_cast<std::uint32_t>(index(q_)), bytes); }

 private:
  automata::Dfa dfa_;
  automata::State q_{};
};

template <class K>
class NetworkMachine final : public Machine {
 public:
  using Network = lrnn::Network<typename K::Scalar>;

  NetworkMachine(K arithmetic, Network network)
      : arithmetic_(std::move(arithmetic)),
        network_(std::move(network)),
        runner_(arithmetic_, network_),
        work_(runner_.make_workspace()) {}
  [[nodiscard]] const Alphabet& alphabet() const override { return network_.alphabet; }
  std::optional<bool> restart() override {
    states_ = runner_.start();
    return network_.accepts_empty_word;
  }
  std::optional<bool> step(core::Symbol letter) override { return runner_.step(states_, letter, work_); }
  [[nodiscard]] std::string state() const override { return state_text(arithmetic_, states_); }
  [[nodiscard]] std::optional<ArrayRows> rows() const override {
    std::size_t columns = 0;
    for (const auto& layer : network_.layers) columns += layer.dimension;
    if constexpr (std::is_same_v<Scalar, double>) return ArrayRows{"<f8", columns};
    if constexpr (std::is_same_v<Scalar, std::int64_t>) return ArrayRows{"<i8", columns};
    return std::nullopt;
  }
  void add_row(bool answer, std::string& bytes) const override {
    if constexpr (std::is_same_v<Scalar, double> || std::is_same_v<Scalar, std::int64_t>) {
      const Scalar none = std::is_same_v<Scalar, double> ? std::numeric_limits<Scalar>::quiet_NaN()
                                                         : std::numeric_limits<Scalar>::min();
      for (std::size_t l = 0; l < network_.layers.size(); ++l) {
        auto values = answer ? lrnn::coordinates(arithmetic_, states_[l])
                             : std::vector<Scalar>(network_.layers[l].dimension, none);
        for (const Scalar x : values) add_bytes(std::bit_cast<std::uint64_t>(x), bytes);
      }
    }
  }

 private:
  using Scalar = typename K::Scalar;

  K arithmetic_;
  Network network_;
  lrnn::Runner<K> runner_;
  lrnn::Workspace<K> work_;
  lrnn::JointState<typename K::Scalar> states_;
};

/// As NetworkMachine, for plans in chunks.
class ChunkMachine final : public Machine {
 public:
  using Word = simulation::BatchStepper::Word;

  ChunkMachine(const precision::FloatArithmetic& arithmetic, lrnn::RoundedNetwork<double> rounded)
      : arithmetic_(arithmetic),
        stepper_(simulation::chunk_stepper(arithmetic_, rounded)),
        network_(std::move(rounded.network)),
        state_(stepper_->state_words()) {}
  [[nodiscard]] const Alphabet& alphabet() const override { return network_.alphabet; }
  std::optional<bool> restart() override {
    stepper_->start(state_.data());
    return network_.accepts_empty_word;
  }
  std::optional<bool> step(core::Symbol letter) override {
    const auto number = static_cast<std::uint8_t>(core::index(letter));
    simulation::Answer answer{};
    stepper_->step(state_.data(), &number, 1, state_.data(), &answer);
    if (answer == simulation::Answer::kNone) return std::nullopt;
    return answer == simulation::Answer::kAccept;
  }
  [[nodiscard]] std::string state() const override {
    const auto numbers = coordinates();
    auto from = numbers.begin();
    lrnn::JointState<double> states;
    for (const auto& layer : network_.layers) {
      const auto end = from + static_cast<std::ptrdiff_t>(layer.dimension);
      states.push_back(lrnn::sparse(arithmetic_, std::vector<double>(from, end)));
      from = end;
    }
    return state_text(arithmetic_, states);
  }
  [[nodiscard]] std::optional<ArrayRows> rows() const override { return ArrayRows{"<f8", stepper_->coordinates()}; }
  void add_row(bool answer, std::string& bytes) const override {
    for (const double x : coordinates())
      add_bytes(std::bit_cast<std::uint64_t>(answer ? x : std::numeric_limits<double>::quiet_NaN()), bytes);
  }

 private:
  [[nodiscard]] std::vector<double> coordinates() const {
    std::vector<std::uint64_t> codes(stepper_->coordinates());
    stepper_->codes(state_.data(), codes.data());
    std::vector<double> values;
    for (const std::uint64_t code : codes) values.push_back(arithmetic_.unpack(code));
    return values;
  }

  precision::FloatArithmetic arithmetic_;
  std::unique_ptr<simulation::BatchStepper> stepper_;
  lrnn::Network<double> network_;
  std::vector<Word> state_;
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
        return std::make_unique<NetworkMachine<decltype(over.arithmetic)>>(std::move(over.arithmetic),
                                                                           std::move(over.network));
      },
      std::move(model));
}

template <class T>
std::unique_ptr<Machine> make_rounded_machine(const T& arithmetic, lrnn::RoundedNetwork<typename T::Scalar> rounded) {
  if constexpr (std::is_same_v<T, precision::FloatArithmetic>) {
    if (arithmetic.plan().chunk != 0) {
      if (rounded.network.alphabet.size() > simulation::kLargestPackedAlphabet)
        throw NotBuilt("simulation in chunks of a network with more than 256 letters");
      return std::make_unique<ChunkMachine>(arithmetic, std::move(rounded));
    }
  }
  return std::make_unique<NetworkMachine<T>>(arithmetic, std::move(rounded.network));
}
template std::unique_ptr<Machine> make_rounded_machine(const precision::FloatArithmetic&, lrnn::RoundedNetwork<double>);
template std::unique_ptr<Machine> make_rounded_machine(const precision::FixedArithmetic&,
                                                       lrnn::RoundedNetwork<std::int64_t>);

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
      throw core::Error({"--engine"},
                        core::in_quotes(request.engine) +
                            " is none; there are table, interleaved, groups, composed, followed and lanes");
  }
  return std::make_unique<AutomatonBulk>(dfa, request.threads, engine);
}

}  // namespace eigenmata::cli
