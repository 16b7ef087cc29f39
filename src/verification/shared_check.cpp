// SPDX-License-Identifier: Apache-2.0
//
// A step is named by its place: letters · (number of the state − that of the first one of the batch) + letter. Of the
// steps of a batch that lead to one new state the first is kept, by an owner that inserts in the order of places. A bit
// for each place says whether it was kept; the number of a new state is that of all states before the batch, and of
// the bits before its own.
#include "eigenmata/verification/shared_check.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>
#include <span>

#include "against_language.hpp"
#include "numeric_machines.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using Clock = core::Limits::Clock;
using Words = std::vector<Job::Word>;
using precision::PackedStates;
using Verdict = core::Verdict<core::NoEvidence, Counterexample>;

constexpr std::size_t kGrain = 128;  // states that a thread takes at a time
constexpr const char* kTheorem = "numeric-closure";

[[nodiscard]] std::size_t words_for(std::size_t bits) { return (bits + 63) / 64; }

void set_bit(std::span<Job::Word> bits, std::size_t i) { bits[i / 64] |= Job::Word{1} << (i % 64); }

[[nodiscard]] std::size_t ones(std::span<const Job::Word> bits, std::size_t end) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < end / 64; ++i) count += static_cast<std::size_t>(std::popcount(bits[i]));
  if (end % 64 != 0) count += static_cast<std::size_t>(std::popcount(bits[end / 64] << (64 - end % 64)));
  return count;
}

/// What all give; that of process i is the i-th.
[[nodiscard]] std::vector<Words> from_all(Job& job, const Words& mine) {
  return job.exchange(std::vector<Words>(job.processes(), mine));
}

/// The first text of a process that has one.
[[nodiscard]] std::string first_text(Job& job, const std::string& mine) {
  Words packed(1 + words_for(8 * mine.size()));
  packed[0] = mine.size();
  if (!mine.empty()) std::memcpy(packed.data() + 1, mine.data(), mine.size());
  for (const Words& words : from_all(job, packed)) {
    if (words[0] != 0) return {reinterpret_cast<const char*>(words.data() + 1), words[0]};
  }
  return "";
}

/// The part of the search that is done here.
template <class Machine>
class SharedSearch {
 public:
  using Stepper = typename Machine::Stepper;
  using Word = Job::Word;

  SharedSearch(Job& job, const Machine& machine, const Dfa& automaton, const core::Limits& limits)
      : job_(job),
        automaton_(automaton),
        limits_(limits),
        stepper_(machine.stepper(automaton)),
        steppers_([&machine, &automaton] { return machine.stepper(automaton); }),
        states_(stepper_.words(), stepper_.bits()),
        ticker_(limits, "exploring numeric states") {
    Words start(states_.words());
    stepper_.pack_start(start.data());
    if (owner(start.data()) != job.number()) return;
    guarded([&] {
      insert(start, 1);
      numbers_.push_back(0);
      found_by_.push_back(0);
    });
  }

  [[nodiscard]] std::size_t states() const { return size_; }
  [[nodiscard]] std::size_t length() const { return length_; }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  [[nodiscard]] const Stepper& stepper() const { return stepper_; }
  /// Of this process.
  [[nodiscard]] std::size_t bytes() const { return states_.bytes() + numbers_.capacity() * 2 * sizeof(Word); }

  enum class End { kClosed, kLength, kDifference, kLimit };
  /// What ended it is the same in all processes.
  End run(std::optional<std::size_t> up_to) {
    std::size_t level_end = 1;
    for (std::size_t p = 0; p < size_;) {
      if (p == level_end) {
        ++length_;
        level_end = size_;
      }
      if (up_to && length_ >= *up_to) return End::kLength;
      const std::size_t end = std::min({p + kStatesTogether * job_.processes(), level_end, size_});
      if (const auto stopped = expand(p, end)) return *stopped;
      p = end;
    }
    return End::kClosed;
  }

  /// Which limit ended it; of the first process that met one.
  [[nodiscard]] std::string limit() { return first_text(job_, limit_); }

  /// The first word on which the two differ, and what the network says; found again by running it.
  [[nodiscard]] Counterexample difference(const core::Alphabet& alphabet) {
    core::Word word{core::symbol(difference_ % automaton_.letters())};
    for (std::size_t number = difference_ / automaton_.letters(); number != 0;) {
      Words step(1);
      if (const auto local = find(number)) step[0] = found_by_[*local];
      job_.unite(step);
      word.push_back(core::symbol(step[0] % automaton_.letters()));
      number = step[0] / automaton_.letters();
    }
    std::reverse(word.begin(), word.end());
    Words at(states_.words());
    stepper_.pack_start(at.data());
    std::optional<bool> accepts;
    for (const core::Symbol x : word) {
      stepper_.load(at.data());
      accepts = stepper_.step(x, at.data()).network_accepts;
    }
    const bool in_language = automaton_.accepts(word);
    return {alphabet, std::move(word), in_language, accepts};
  }

  /// All states in the order of their numbers, in the first process. Nothing if they do not fit there; then `limit()`
  /// says why.
  [[nodiscard]] std::optional<PackedStates> gathered() {
    constexpr std::size_t kAtOnce = std::size_t{1} << 16;
    PackedStates all(states_.words(), stepper_.bits());
    std::size_t local = 0;
    for (std::size_t first = 0; first < size_; first += kAtOnce) {
      const std::size_t end = std::min(first + kAtOnce, size_);
      std::vector<Words> to(job_.processes());
      for (; local < numbers_.size() && numbers_[local] < end; ++local) {
        to[0].push_back(numbers_[local]);
        to[0].push_back(found_by_[local] / automaton_.letters());
        to[0].insert(to[0].end(), states_[local], states_[local] + states_.words());
      }
      const auto parts = job_.exchange(to);
      if (job_.number() == 0) append(parts, first, end, all);
      Words stopped{limit_.empty() ? Word{0} : Word{1}};
      job_.unite(stopped);
      if (stopped[0] != 0) return std::nullopt;
    }
    return all;
  }

 private:
  /// Other bits of a hash than those that find a state in the table of its owner.
  [[nodiscard]] std::size_t owner(const Word* state) const {
    Word h = 0x2545F4914F6CDD1Du;
    for (std::size_t i = 0; i < states_.words(); ++i) {
      h = (h ^ state[i]) * 0xFF51AFD7ED558CCDu;
      h ^= h >> 29;
    }
    return (h >> 32) * job_.processes() >> 32;
  }

  /// The place in this process of the state with a number, if it is here.
  [[nodiscard]] std::optional<std::size_t> find(std::size_t number) const {
    const auto at = std::lower_bound(numbers_.begin(), numbers_.end(), number);
    if (at == numbers_.end() || *at != number) return std::nullopt;
    return static_cast<std::size_t>(at - numbers_.begin());
  }

  void insert(const Words& batch, std::size_t count) {
    const std::vector<PackedStates::Number> nowhere(count);  // who found it is kept here
    local_.resize(count);
    states_.insert_all(batch.data(), nowhere.data(), count, local_.data(), limits_);
  }

  /// Does what may reach a limit; if it does, the others learn it at the end of the batch.
  template <class Work>
  void guarded(const Work& work) {
    if (!limit_.empty()) return;
    try {
      work();
    } catch (const core::LimitReached& limit) {
      limit_ = limit.what();
    }
  }

  /// All steps from the states begin … end − 1. Says what ends the search, if something does.
  std::optional<End> expand(std::size_t begin, std::size_t end) {
    const std::size_t places = (end - begin) * automaton_.letters();
    const std::size_t bit_words = words_for(places);
    Words news(1 + 2 * bit_words);  // is there a limit; places kept; places with a difference
    const std::span<Word> kept(news.data() + 1, bit_words);
    const std::span<Word> differs(kept.data() + bit_words, bit_words);
    std::vector<Words> to(job_.processes());
    guarded([&] {
      ticker_.tick(end - begin);
      step_all(begin, end, differs, to);
    });
    if (!limit_.empty()) to.assign(job_.processes(), {});
    const auto parts = job_.exchange(to);
    std::vector<std::size_t> fresh;  // places
    guarded([&] { fresh = keep(parts, places); });
    for (const std::size_t place : fresh) set_bit(kept, place);
    news[0] = limit_.empty() ? 0 : 1;
    job_.unite(news);
    if (news[0] != 0) return End::kLimit;
    number(fresh, kept, begin);
    const auto first = std::find_if(differs.begin(), differs.end(), [](Word word) { return word != 0; });
    std::size_t known = places;
    if (first != differs.end()) {
      difference_ =
          static_cast<std::size_t>(first - differs.begin()) * 64 + static_cast<std::size_t>(std::countr_zero(*first));
      // One process would have ended after its batch.
      const std::size_t batch = kStatesTogether * automaton_.letters();
      known = std::min(places, (difference_ / batch + 1) * batch);
      difference_ += begin * automaton_.letters();
    }
    size_ += ones(kept, known);
    steps_ += known;
    return first == differs.end() ? std::nullopt : std::optional(End::kDifference);
  }

  /// Steps from the states that are here, and sorts what they lead to by owner: place and state.
  void step_all(std::size_t begin, std::size_t end, std::span<Word> differs, std::vector<Words>& to) {
    const std::size_t letters = automaton_.letters();
    const std::size_t words = states_.words();
    const auto here = [&](std::size_t number) {
      return static_cast<std::size_t>(std::lower_bound(numbers_.begin(), numbers_.end(), number) - numbers_.begin());
    };
    const std::size_t first = here(begin);
    const std::size_t last = here(end);
    answers_.resize((last - first) * letters);
    successors_.resize(answers_.size() * words);
    tbb::parallel_for(tbb::blocked_range<std::size_t>(first, last, kGrain), [&](const auto& range) {
      Stepper& stepper = steppers_.local();
      for (std::size_t i = range.begin(); i < range.end(); ++i) {
        stepper.load(states_[i]);
        for (std::size_t x = 0; x < letters; ++x) {
          const std::size_t e = (i - first) * letters + x;
          answers_[e] = stepper.step(core::symbol(x), successors_.data() + e * words);
        }
      }
    });
    for (std::size_t e = 0; e < answers_.size(); ++e) {
      const std::size_t place = (numbers_[first + e / letters] - begin) * letters + e % letters;
      if (!answers_[e].agrees()) set_bit(differs, place);
      if (!answers_[e].network_accepts) continue;  // leads nowhere
      const Word* state = successors_.data() + e * words;
      Words& part = to[owner(state)];
      part.push_back(place);
      part.insert(part.end(), state, state + words);
    }
  }

  /// Inserts what has arrived, in the order of places. The places, ascending, of those that are new.
  std::vector<std::size_t> keep(const std::vector<Words>& parts, std::size_t places) {
    const std::size_t record = 1 + states_.words();
    std::vector<const Word*> at(places, nullptr);  // no two have the same place
    std::size_t count = 0;
    for (const Words& part : parts) {
      count += part.size() / record;
      for (std::size_t i = 0; i < part.size(); i += record) at[part[i]] = part.data() + i;
    }
    Words batch;
    std::vector<std::size_t> arrived;
    batch.reserve(count * states_.words());
    arrived.reserve(count);
    for (std::size_t place = 0; place < places; ++place) {
      if (at[place] == nullptr) continue;
      arrived.push_back(place);
      batch.insert(batch.end(), at[place] + 1, at[place] + record);
    }
    std::size_t next = states_.size();
    limits_.require_memory(bytes(), "the table of numeric states");
    insert(batch, count);
    std::vector<std::size_t> fresh;
    for (std::size_t i = 0; i < count; ++i) {
      if (local_[i] != next) continue;
      fresh.push_back(arrived[i]);
      ++next;
    }
    return fresh;
  }

  /// Gives the new states that are here their numbers among all.
  void number(const std::vector<std::size_t>& fresh, std::span<const Word> kept, std::size_t begin) {
    std::size_t before = size_;
    std::size_t word = 0;
    for (const std::size_t place : fresh) {
      for (; word < place / 64; ++word) before += static_cast<std::size_t>(std::popcount(kept[word]));
      const Word lower = kept[word] & ((Word{1} << (place % 64)) - 1);
      numbers_.push_back(before + static_cast<std::size_t>(std::popcount(lower)));
      found_by_.push_back(begin * automaton_.letters() + place);
    }
  }

  /// Puts states first … end − 1, which have come in parts, behind those before.
  void append(const std::vector<Words>& parts, std::size_t first, std::size_t end, PackedStates& all) {
    const std::size_t words = states_.words();
    Words batch((end - first) * words);
    std::vector<PackedStates::Number> from(end - first);
    for (const Words& part : parts) {
      for (std::size_t i = 0; i < part.size(); i += 2 + words) {
        from[part[i] - first] = static_cast<PackedStates::Number>(part[i + 1]);
        std::copy_n(part.data() + i + 2, words, batch.data() + (part[i] - first) * words);
      }
    }
    std::vector<PackedStates::Number> numbers(end - first);
    guarded([&] { all.insert_all(batch.data(), from.data(), end - first, numbers.data(), limits_); });
  }

  Job& job_;
  const Dfa& automaton_;
  const core::Limits& limits_;
  Stepper stepper_;
  tbb::enumerable_thread_specific<Stepper> steppers_;
  PackedStates states_;  // of this process, in the order of their numbers
  Words numbers_;        // among all states
  Words found_by_;       // letters · (number of the state before) + letter; of the start 0
  core::Ticker ticker_;
  std::vector<NumericStep> answers_;
  Words successors_;
  std::vector<PackedStates::Number> local_;
  std::size_t size_ = 1;
  std::size_t length_ = 0;
  std::uint64_t steps_ = 0;
  std::size_t difference_ = 0;
  std::string limit_;
};

template <class Machine>
SharedCheck explore(Job& job, const Machine& machine, const Dfa& automaton, const core::Limits& limits,
                    std::optional<std::size_t> up_to, bool wants_closure) {
  using Search = SharedSearch<Machine>;
  const auto begin = Clock::now();
  SharedCheck result{{Verdict::unknown(""), 0, 0, 0, 0, 0, 0}, ""};
  NumericCheck& check = result.check;
  const auto& network = machine.network();
  const bool empty_accepted = automaton.is_accepting(automaton.initial());
  if (network.accepts_empty_word != empty_accepted) {
    check.verdict = Verdict::no({network.alphabet, {}, empty_accepted, network.accepts_empty_word}, kTheorem);
    return result;
  }
  Search search(job, machine, automaton, limits);
  switch (search.run(up_to)) {
    case Search::End::kClosed:
      check.verdict = Verdict::yes({}, kTheorem);
      break;
    case Search::End::kLength:
      check.verdict = Verdict::unknown("stopped at the length asked for");
      break;
    case Search::End::kDifference:
      check.verdict = Verdict::no(search.difference(network.alphabet), kTheorem);
      break;
    case Search::End::kLimit:
      check.verdict = Verdict::unknown(search.limit());
      break;
  }
  check.reachable_states = search.states();
  check.agrees_up_to_length = search.length();
  check.state_bits = search.stepper().bits();
  check.steps = search.steps();
  for (const Words& bytes : from_all(job, {search.bytes()})) check.table_bytes += bytes[0];
  if (check.verdict.is_yes() && wants_closure) {
    auto all = search.gathered();
    if (!all) result.no_closure = search.limit();
    if (all && job.number() == 0) {
      check.closure = std::make_shared<const NumericClosure>(
          NumericClosure{automaton, std::move(*all), search.stepper().coordinates(), search.stepper().number_bits(),
                         search.stepper().chunk()});
    }
  }
  check.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return result;
}

}  // namespace

template <class T>
SharedCheck check_numeric_shared(Job& job, const T& arithmetic, const lrnn::RoundedNetwork<typename T::Scalar>& rounded,
                                 const Dfa& language, const core::Limits& limits, std::optional<std::size_t> up_to,
                                 bool wants_closure) {
  return with_machine(arithmetic, rounded, [&](const auto& machine) {
    std::string no_closure;
    NumericCheck check = against_language(machine.network().alphabet, language, limits, up_to,
                                          [&](const Dfa& readable, const auto& bound) {
                                            auto found = explore(job, machine, readable, limits, bound, wants_closure);
                                            no_closure = std::move(found.no_closure);
                                            return std::move(found.check);
                                          });
    return SharedCheck{std::move(check), std::move(no_closure)};
  });
}

#define EIGENMATA_SHARED(T)                                                                                     \
  template SharedCheck check_numeric_shared(Job&, const T&, const lrnn::RoundedNetwork<T::Scalar>&, const Dfa&, \
                                            const core::Limits&, std::optional<std::size_t>, bool);
EIGENMATA_SHARED(precision::FloatArithmetic)
EIGENMATA_SHARED(precision::FixedArithmetic)
#undef EIGENMATA_SHARED

}  // namespace eigenmata::verification
