// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/numeric_check.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <chrono>
#include <numeric>

#include "against_language.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "numeric_machines.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using core::Alphabet;
using Clock = core::Limits::Clock;

constexpr std::size_t kWorthThreads = 2'000;  // steps
constexpr std::size_t kGrain = 128;           // states that a thread takes at a time
constexpr std::size_t kShare = 4096;          // steps of which the new ones are numbered together
constexpr const char* kTheorem = "numeric-closure";

/// What the search from one state finds, in the order in which it finds it.
template <class Machine>
class NumericSearch {
 public:
  using Stepper = typename Machine::Stepper;
  using Number = precision::PackedStates::Number;
  using Word = precision::PackedStates::Word;

  NumericSearch(const Machine& machine, const Dfa& automaton, const core::Limits& limits)
      : automaton_(automaton),
        limits_(limits),
        stepper_(machine.stepper(automaton)),
        steppers_([&machine, &automaton] { return machine.stepper(automaton); }),
        states_(stepper_.words(), stepper_.bits()),
        ticker_(limits, "exploring numeric states") {
    std::vector<Word> start(states_.words());
    stepper_.pack_start(start.data());
    const Number itself = 0;
    Number number = 0;
    states_.insert_all(start.data(), &itself, 1, &number, limits_);
  }

  [[nodiscard]] const precision::PackedStates& states() const { return states_; }
  /// Only when no more is asked of this.
  [[nodiscard]] precision::PackedStates take_states() { return std::move(states_); }
  [[nodiscard]] const Stepper& stepper() const { return stepper_; }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  /// All words of at most this length have been run.
  [[nodiscard]] std::size_t length() const { return length_; }

  /// Goes on until no state is left (then true), all words of length `up_to` have been run, or `visit` is false, which
  /// is called for every step: visit(from, letter, step, to), `to` being the number of the state reached, or nothing if
  /// the network has no answer. Throws `core::LimitReached`.
  template <class Visit>
  bool run(std::optional<std::size_t> up_to, const Visit& visit) {
    std::size_t level_end = 1;
    for (std::size_t p = 0; p < states_.size();) {
      if (p == level_end) {
        ++length_;
        level_end = states_.size();
      }
      if (up_to && length_ >= *up_to) return false;
      const std::size_t end = std::min({p + kStatesTogether, level_end, states_.size()});
      expand(p, end);
      ticker_.tick(end - p);
      const std::size_t letters = automaton_.letters();
      for (std::size_t e = 0; e < answers_.size(); ++e) {
        const NumericStep& step = answers_[e];
        const auto to = step.network_accepts ? std::optional(states_.number_at(at_[e])) : std::nullopt;
        if (!visit(p + e / letters, core::symbol(e % letters), step, to)) return false;
      }
      p = end;
    }
    return true;
  }

  /// The first word that led to a state, found by trying the letters again.
  [[nodiscard]] core::Word word_to(std::size_t p) {
    core::Word word;
    std::vector<Word> next(states_.words());
    for (; p != 0; p = states_.found_by(p)) {
      stepper_.load(states_[states_.found_by(p)]);
      for (std::size_t x = 0; x < automaton_.letters(); ++x) {
        if (!stepper_.step(core::symbol(x), next.data()).network_accepts) continue;
        if (!std::equal(next.begin(), next.end(), states_[p])) continue;
        word.push_back(core::symbol(x));
        break;
      }
    }
    std::reverse(word.begin(), word.end());
    return word;
  }

 private:
  /// All steps from the states begin … end − 1, by all threads: they compute and look up where the steps lead, then
  /// number what is new, in the order of the steps, so that the numbers do not depend on the threads.
  void expand(std::size_t begin, std::size_t end) {
    const std::size_t words = states_.words();
    const std::size_t letters = automaton_.letters();
    const std::size_t count = (end - begin) * letters;
    answers_.resize(count);
    successors_.resize(count * words);
    at_.resize(count);
    states_.reserve(count, limits_);
    const auto run = [&](std::size_t from, std::size_t to, Stepper& stepper) {
      for (std::size_t p = from; p < to; ++p) {
        stepper.load(states_[p]);
        for (std::size_t x = 0; x < letters; ++x) {
          const std::size_t e = (p - begin) * letters + x;
          Word* successor = successors_.data() + e * words;
          answers_[e] = stepper.step(core::symbol(x), successor);
          // Steps without an answer lead nowhere; a known state takes the place.
          if (!answers_[e].network_accepts) std::copy(states_[p], states_[p] + words, successor);
        }
      }
      states_.look_up(successors_.data(), (from - begin) * letters, (to - begin) * letters, at_.data());
    };
    const bool is_worth_threads = count >= kWorthThreads;
    if (is_worth_threads) {
      tbb::parallel_for(tbb::blocked_range<std::size_t>(begin, end, kGrain),
                        [&](const auto& range) { run(range.begin(), range.end(), steppers_.local()); });
    } else {
      run(begin, end, stepper_);
    }
    const std::size_t share = is_worth_threads ? kShare : count;
    const std::size_t shares = (count + share - 1) / share;
    fresh_.resize(shares);
    const auto for_each_share = [&](const auto& use) {
      const auto one = [&](std::size_t i) { use(i, i * share, std::min((i + 1) * share, count)); };
      if (is_worth_threads) {
        tbb::parallel_for(std::size_t{0}, shares, one);
      } else {
        for (std::size_t i = 0; i < shares; ++i) one(i);
      }
    };
    for_each_share(
        [&](std::size_t i, std::size_t from, std::size_t to) { fresh_[i] = states_.count_new(from, to, at_.data()); });
    const std::size_t first = states_.extend(std::accumulate(fresh_.begin(), fresh_.end(), std::size_t{0}), limits_);
    std::exclusive_scan(fresh_.begin(), fresh_.end(), fresh_.begin(), first);
    for_each_share([&](std::size_t i, std::size_t from, std::size_t to) {
      states_.place(successors_.data(), from, to, at_.data(), fresh_[i], begin, letters);
    });
    steps_ += count;
  }

  const Dfa& automaton_;
  const core::Limits& limits_;
  Stepper stepper_;
  tbb::enumerable_thread_specific<Stepper> steppers_;
  precision::PackedStates states_;
  core::Ticker ticker_;
  // Of the steps from the states being expanded, all letters of one after the other:
  std::vector<NumericStep> answers_;
  std::vector<Word> successors_;
  std::vector<precision::PackedStates::Slot> at_;
  std::vector<std::size_t> fresh_;  // by shares of them: how many are new, then the number of the first
  std::uint64_t steps_ = 0;
  std::size_t length_ = 0;
};

struct Difference {
  std::size_t from;
  core::Symbol letter;
  std::optional<bool> network_accepts;
};

/// The search over the letters that both know.
template <class Machine>
NumericCheck explore(const Machine& machine, const Dfa& automaton, const core::Limits& limits,
                     std::optional<std::size_t> up_to) {
  using Verdict = core::Verdict<core::NoEvidence, Counterexample>;
  const auto begin = Clock::now();
  NumericCheck result{Verdict::unknown(""), 0, 0, 0, 0, 0, 0};
  const auto& network = machine.network();
  const bool empty_accepted = automaton.is_accepting(automaton.initial());
  if (network.accepts_empty_word != empty_accepted) {
    result.verdict = Verdict::no({network.alphabet, {}, empty_accepted, network.accepts_empty_word}, kTheorem);
    return result;
  }
  std::optional<NumericSearch<Machine>> search;
  std::optional<Difference> difference;
  try {
    search.emplace(machine, automaton, limits);
    const bool closed = search->run(up_to, [&](std::size_t from, core::Symbol x, const auto& step, auto /*to*/) {
      if (step.agrees()) return true;
      difference = Difference{from, x, step.network_accepts};
      return false;
    });
    if (difference) {
      core::Word word = search->word_to(difference->from);
      word.push_back(difference->letter);
      const bool in_language = automaton.accepts(word);
      result.verdict =
          Verdict::no({network.alphabet, std::move(word), in_language, difference->network_accepts}, kTheorem);
    } else if (closed) {
      result.verdict = Verdict::yes({}, kTheorem);
    } else {
      result.verdict = Verdict::unknown("stopped at the length asked for");
    }
  } catch (const core::LimitReached& limit) {
    result.verdict = Verdict::unknown(limit.what());
  }
  if (search) {
    result.reachable_states = search->states().size();
    result.agrees_up_to_length = search->length();
    result.state_bits = search->stepper().bits();
    result.table_bytes = search->states().bytes();
    result.steps = search->steps();
    if (result.verdict.is_yes()) {
      result.closure = std::make_shared<const NumericClosure>(
          NumericClosure{automaton, search->take_states(), search->stepper().coordinates(),
                         search->stepper().number_bits(), search->stepper().chunk()});
    }
  }
  result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return result;
}

template <class Machine>
Dfa extracted(const Machine& machine, const core::Limits& limits) {
  const auto& network = machine.network();
  // The last letter decides the answer together with the state before it: a state of the automaton is a numeric state
  // with the answer that led there. The start may be reached again with another answer than that of the empty word.
  const std::size_t letters = network.alphabet.size();
  const Dfa idle(network.alphabet, automata::state(0), {false}, std::vector<automata::State>(letters));
  NumericSearch<Machine> search(machine, idle, limits);
  std::vector<std::uint32_t> edges;  // [state][letter]: 2 · target + answer, or kSilent
  constexpr std::uint32_t kSilent = UINT32_MAX;
  (void)search.run(std::nullopt, [&](std::size_t, core::Symbol, const auto& step, std::optional<std::uint32_t> to) {
    if (edges.size() % (1 << 20) == 0) limits.require_memory(8 * edges.size(), "the automaton of the numeric states");
    edges.push_back(to ? 2 * *to + (*step.network_accepts ? 1 : 0) : kSilent);
    return true;
  });
  const std::size_t n = search.states().size();
  limits.require_memory(16 * edges.size() + 2 * n, "the automaton of the numeric states");
  const std::size_t silent = 2 * n;
  std::vector<automata::State> next((2 * n + 1) * letters, automata::state(silent));
  std::vector<bool> accepting(2 * n + 1, false);
  for (std::size_t q = 0; q < n; ++q) {
    accepting[2 * q + 1] = true;
    for (std::size_t x = 0; x < letters; ++x) {
      const std::uint32_t edge = edges[q * letters + x];
      next[2 * q * letters + x] = next[(2 * q + 1) * letters + x] = automata::state(edge == kSilent ? silent : edge);
    }
  }
  const auto initial = automata::state(network.accepts_empty_word ? 1 : 0);
  return automata::minimised(Dfa(network.alphabet, initial, std::move(accepting), std::move(next)), limits);
}

template <class Machine>
NumericCheck compared(const Machine& machine, const Dfa& language, const core::Limits& limits,
                      std::optional<std::size_t> up_to) {
  return against_language(
      machine.network().alphabet, language, limits, up_to,
      [&](const Dfa& readable, const auto& bound) { return explore(machine, readable, limits, bound); });
}

}  // namespace

core::Word NumericClosure::since_boundary(std::size_t state) const {
  core::Word word;
  if (chunk == 0) return word;
  std::size_t position = coordinates * number_bits;
  const auto read = [&](std::size_t values) {
    const auto bits = static_cast<std::size_t>(std::bit_width(values - 1));
    position += bits;
    return precision::PackedStates::bits_at(states[state], position - bits, bits);
  };
  (void)read(automaton.states());
  for (std::size_t left = read(chunk); left > 0; --left) word.push_back(core::symbol(read(automaton.letters())));
  return word;
}

template <class T>
NumericCheck check_numeric(const T& arithmetic, const lrnn::Network<typename T::Scalar>& network, const Dfa& language,
                           const core::Limits& limits, std::optional<std::size_t> up_to) {
  return compared(StepByStep<T>(arithmetic, network), language, limits, up_to);
}

template <class T>
NumericCheck check_numeric(const T& arithmetic, const lrnn::RoundedNetwork<typename T::Scalar>& rounded,
                           const Dfa& language, const core::Limits& limits, std::optional<std::size_t> up_to) {
  return with_machine(arithmetic, rounded,
                      [&](const auto& machine) { return compared(machine, language, limits, up_to); });
}

template <class T>
Dfa recognised_language(const T& arithmetic, const lrnn::Network<typename T::Scalar>& network,
                        const core::Limits& limits) {
  return extracted(StepByStep<T>(arithmetic, network), limits);
}

template <class T>
Dfa recognised_language(const T& arithmetic, const lrnn::RoundedNetwork<typename T::Scalar>& rounded,
                        const core::Limits& limits) {
  return with_machine(arithmetic, rounded, [&](const auto& machine) { return extracted(machine, limits); });
}

#define EIGENMATA_NUMERIC(T)                                                                                      \
  template NumericCheck check_numeric(const T&, const lrnn::Network<T::Scalar>&, const Dfa&, const core::Limits&, \
                                      std::optional<std::size_t>);                                                \
  template NumericCheck check_numeric(const T&, const lrnn::RoundedNetwork<T::Scalar>&, const Dfa&,               \
                                      const core::Limits&, std::optional<std::size_t>);                           \
  template Dfa recognised_language(const T&, const lrnn::Network<T::Scalar>&, const core::Limits&);               \
  template Dfa recognised_language(const T&, const lrnn::RoundedNetwork<T::Scalar>&, const core::Limits&);
EIGENMATA_NUMERIC(precision::FloatArithmetic)
EIGENMATA_NUMERIC(precision::FixedArithmetic)
#undef EIGENMATA_NUMERIC

}  // namespace eigenmata::verification
