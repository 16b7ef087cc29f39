// SPDX-License-Identifier: Apache-2.0
//
// Runs a network, or a language's automaton, over words: the plain reference, one word after the other in exact
// arithmetic.
#include <fmt/format.h>

#include <chrono>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/core/input.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/recurrence.hpp"

namespace eigenmata::cli {
namespace {

using core::Alphabet;
using core::Word;

/// Something that answers after each letter.
class Machine {
 public:
  virtual ~Machine() = default;
  [[nodiscard]] virtual const Alphabet& alphabet() const = 0;
  /// Back to the empty word; its answer.
  virtual std::optional<bool> restart() = 0;
  virtual std::optional<bool> step(core::Symbol letter) = 0;
  /// The state it is in, for people.
  [[nodiscard]] virtual std::string state() const = 0;
};

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

std::unique_ptr<Machine> make_machine(const Request& request, const Operand& operand) {
  if (!names_model(operand)) return std::make_unique<AutomatonMachine>(read_language(request, operand).dfa);
  return std::visit(
      [](auto over) -> std::unique_ptr<Machine> {
        return std::make_unique<NetworkMachine<decltype(over.arithmetic)>>(std::move(over));
      },
      read_model(operand.text));
}

/// The words to run: those of --word, else the lines of the file, else one long word.
std::vector<Word> read_words(const Request& request, const std::string& path, const Alphabet& alphabet) {
  std::vector<Word> words;
  for (const std::string& text : request.words) words.push_back(core::parse_word(alphabet, text, {"--word"}));
  if (!request.words.empty()) return words;
  const core::Input input = core::read_input(path);
  core::LineReader lines(input);
  Word whole;
  while (lines.next()) {
    Word word = core::parse_word(alphabet, lines.line(), lines.place());
    if (request.stream) {
      whole.insert(whole.end(), word.begin(), word.end());
    } else {
      words.push_back(std::move(word));
    }
  }
  if (request.stream) words.push_back(std::move(whole));
  return words;
}

std::string_view answer_text(const std::optional<bool>& answer) {
  if (!answer) return "no answer";
  return *answer ? "accept" : "reject";
}

struct Totals {
  std::size_t words = 0;
  std::size_t symbols = 0;
  std::size_t accepted = 0;
  std::size_t without_answer = 0;
  double seconds = 0;
};

std::string run_words(Machine& machine, const std::vector<Word>& words, const Request& request, Totals& totals) {
  std::string out;
  core::Ticker ticker(request.limits, "simulating");
  const auto begin = std::chrono::steady_clock::now();
  for (const Word& word : words) {
    std::optional<bool> answer = machine.restart();
    if (request.trace) out += fmt::format("t=0  {:<12} {:<9} {}\n", "", answer_text(answer), machine.state());
    for (std::size_t t = 0; t < word.size() && answer; ++t) {
      ticker.tick();
      answer = machine.step(word[t]);
      if (request.trace)
        out += fmt::format("t={:<2} {:<12} {:<9} {}\n", t + 1, machine.alphabet().name(word[t]), answer_text(answer),
                           machine.state());
    }
    ++totals.words;
    totals.symbols += word.size();
    totals.accepted += answer.value_or(false) ? 1 : 0;
    totals.without_answer += answer ? 0 : 1;
    if (!request.quiet && !request.trace)
      out += fmt::format("{}  {}\n", answer_text(answer), shown(machine.alphabet(), word));
  }
  totals.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

}  // namespace

Result run_simulate(const Request& request) {
  const std::size_t most = request.words.empty() ? 2 : 1;
  // The file of words is the last of the names; with -e it is the only one.
  Request named = request;
  std::string words_path = "-";
  if (request.words.empty() && request.positionals.size() + request.regexes.size() == 2 &&
      !request.positionals.empty()) {
    words_path = request.positionals.back();
    named.positionals.pop_back();
  }
  const auto machine_name = operands(named, 1, most, "a model or a language, and a file of words or --word W")[0];
  require_exact_semantics(request.semantics);
  const auto machine = make_machine(request, machine_name);
  const std::vector<Word> words = read_words(request, words_path, machine->alphabet());
  Totals totals;
  std::string out = run_words(*machine, words, request, totals);
  if (request.json) {
    core::JsonWriter json;
    json.begin_object()
        .key("words")
        .integer(totals.words)
        .key("symbols")
        .integer(totals.symbols)
        .key("accepted")
        .integer(totals.accepted);
    json.key("without_answer").integer(totals.without_answer).key("seconds").measured(totals.seconds).end_object();
    return {Exit::kYes, json.take()};
  }
  out += fmt::format("{}, {}, {} accepted, {:.3g} s\n", counted(totals.words, "word"),
                     counted(totals.symbols, "symbol"), totals.accepted, totals.seconds);
  return {Exit::kYes, out};
}

}  // namespace eigenmata::cli
