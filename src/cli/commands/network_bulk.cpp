// SPDX-License-Identifier: Apache-2.0
//
// Networks in floats and integers over blocks of words. Once all numeric states are known, and if nobody asks for them,
// the network is an automaton, and the blocks that follow are run by one of the engines for automata.
#include <fmt/format.h>

#include <thread>

#include "bulk_machine.hpp"
#include "eigenmata/lrnn/real_form.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/automaton_runner.hpp"
#include "eigenmata/simulation/network_simulator.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"
#include "state_text.hpp"

namespace eigenmata::cli {
namespace {

using simulation::Answer;
using simulation::WordBlock;

template <class T>
class NetworkBulk final : public BulkMachine {
 public:
  using Rounded = lrnn::RoundedNetwork<typename T::Scalar>;

  NetworkBulk(const Request& request, const T& arithmetic, Rounded rounded, std::string plan)
      : arithmetic_(arithmetic),
        simulator_(simulation::network_stepper(arithmetic_, rounded), options(request)),
        network_(std::move(rounded.network)),
        keeps_states_(!request.final_states.empty()),
        threads_(request.threads),
        plan_(std::move(plan)),
        limits_(request.limits) {}

  [[nodiscard]] const core::Alphabet& alphabet() const override { return network_.alphabet; }
  [[nodiscard]] bool takes_pieces() const override { return false; }
  void run(const WordBlock<std::uint8_t>& block, std::vector<WordAnswer>& answers) override {
    letters_ += block.words.letters.size();
    if (automaton_) return run_automaton(block, answers);
    const auto report = simulator_.run(block.words, answers_, keeps_states_ ? &finals_ : nullptr, limits_);
    by_table_ += report.by_table;
    is_closed_ = is_closed_ || report.closed;
    table_states_ = std::max(table_states_, report.table_states);
    if (report.closed && report.answers_always && !keeps_states_) become_automaton();
    answers.clear();
    for (const Answer answer : answers_) {
      answers.push_back(answer == Answer::kNone     ? WordAnswer::kNone
                        : answer == Answer::kAccept ? WordAnswer::kAccept
                                                    : WordAnswer::kReject);
    }
  }
  void run(const WordBlock<std::uint32_t>&, std::vector<WordAnswer>&) override { std::abort(); }

  [[nodiscard]] std::string final_state(std::size_t i) const override {
    if (answers_.at(i) == Answer::kNone) return "none";
    lrnn::JointState<typename T::Scalar> states;
    const std::uint64_t* code = finals_.data() + i * simulator_.coordinates();
    for (const auto& layer : network_.layers) {
      std::vector<typename T::Scalar> values;
      for (std::size_t j = 0; j < layer.dimension; ++j) values.push_back(arithmetic_.unpack(*code++));
      states.push_back(lrnn::sparse(arithmetic_, values));
    }
    return state_text(arithmetic_, states);
  }

  [[nodiscard]] std::string engine() const override {
    std::string text = simulator_.description();
    if (by_table_ > 0)
      text = fmt::format("{}table of {} numeric states for {:.3g} % of the letters, {}", is_closed_ ? "closed " : "",
                         table_states_, percent(by_table_), text);
    if (automaton_)
      text = fmt::format("automaton of {} states for {:.3g} % of the letters ({}), {}", automaton_->dfa().states(),
                         percent(by_automaton_), to_string(automaton_->many_engine()), text);
    return text + "; " + plan_;
  }

 private:
  static simulation::SimulatorOptions options(const Request& request) {
    simulation::SimulatorOptions result;
    result.threads = request.threads != 0 ? request.threads : std::max(1u, std::thread::hardware_concurrency());
    return result;
  }

  [[nodiscard]] double percent(std::uint64_t letters) const {
    return 100 * static_cast<double>(letters) / static_cast<double>(letters_);
  }

  /// The automaton answers every word as the table does, which is as the arithmetic does.
  void become_automaton() {
    constexpr std::size_t kMostStates = std::size_t{1} << 14;  // more take long to minimise, and run no faster
    if (has_tried_ || table_states_ > kMostStates) return;
    has_tried_ = true;
    core::Limits limits = limits_;
    limits.progress = nullptr;  // who reads the words shows how far they are
    try {
      if (const auto dfa = simulator_.automaton(network_.alphabet, limits)) automaton_.emplace(*dfa, threads_);
    } catch (const core::LimitReached&) {
      // No room for it: the table goes on. Whatever else ends the run is noticed there.
    }
  }
  void run_automaton(const WordBlock<std::uint8_t>& block, std::vector<WordAnswer>& answers) {
    const automata::Dfa& dfa = automaton_->dfa();
    ends_.resize(block.words.size());
    automaton_->run(block.words, dfa.initial(), ends_);
    answers.clear();
    for (const automata::State q : ends_)
      answers.push_back(dfa.is_accepting(q) ? WordAnswer::kAccept : WordAnswer::kReject);
    by_automaton_ += block.words.letters.size();
  }

  T arithmetic_;
  simulation::NetworkSimulator simulator_;
  lrnn::Network<typename T::Scalar> network_;
  bool keeps_states_;
  std::size_t threads_;
  std::string plan_;
  core::Limits limits_;
  std::vector<Answer> answers_;
  std::vector<std::uint64_t> finals_;
  std::uint64_t letters_ = 0;
  std::uint64_t by_table_ = 0;
  std::uint64_t by_automaton_ = 0;
  std::size_t table_states_ = 0;
  bool is_closed_ = false;  ///< every step of every state met is known: the table is an automaton
  bool has_tried_ = false;
  std::optional<simulation::AutomatonRunner> automaton_;
  std::vector<automata::State> ends_;
};

/// Formats have real numbers only: a complex coordinate is two of them.
lrnn::Model as_real(const lrnn::Model& model, const expressivity::Semantics& semantics) {
  const auto* complex = std::get_if<lrnn::ModelOver<exact::CyclotomicField>>(&model);
  if (complex == nullptr) return model;
  auto real = lrnn::real_form(*complex);
  if (!real) throw NotBuilt("semantics " + semantics.text + " of this network over a cyclotomic field");
  return std::visit([](auto& over) { return lrnn::Model(std::move(over)); }, *real);
}

/// use(arithmetic, rounded network).
template <class Use>
auto with_rounded(const Request& request, const lrnn::Model& model, const expressivity::Semantics& semantics,
                  const Use& use) {
  if (const auto why = verification::why_not_built(semantics)) throw NotBuilt(*why);
  const auto numbers = verification::numeric_arithmetic(semantics);
  return std::visit(
      [&](const auto& over, const auto& arithmetic) {
        return use(arithmetic, lrnn::rounded_network(arithmetic, over.arithmetic, over.network, request.limits));
      },
      as_real(model, semantics), numbers);
}

}  // namespace

std::unique_ptr<Machine> make_numeric_machine(const Request& request, const lrnn::Model& model,
                                              const expressivity::Semantics& semantics) {
  return with_rounded(request, model, semantics,
                      [](const auto& k, auto rounded) { return make_rounded_machine(k, std::move(rounded)); });
}

std::unique_ptr<BulkMachine> make_numeric_bulk(const Request& request, const lrnn::Model& model,
                                               const expressivity::Semantics& semantics) {
  return with_rounded(request, model, semantics, [&](const auto& k, auto rounded) -> std::unique_ptr<BulkMachine> {
    if (rounded.network.alphabet.size() > simulation::kLargestPackedAlphabet)
      return make_plain_bulk(make_rounded_machine(k, std::move(rounded)), !request.final_states.empty(),
                             request.limits);
    return std::make_unique<NetworkBulk<std::decay_t<decltype(k)>>>(request, k, std::move(rounded),
                                                                    verification::description(k));
  });
}

}  // namespace eigenmata::cli
