// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/refute.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/words.hpp"
#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/verification/network_class.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using automata::State;
using core::Word;

/// Words head · repeat^k · tail for k = 0, 1, 2, …
struct Pumped {
  Word head, repeat, tail;
  std::string theorem;
  std::string from;  ///< "where the theorem … points to"
};

void append(Word& word, const Word& more) { word.insert(word.end(), more.begin(), more.end()); }

template <class K>
class Refuter {
 public:
  using S = typename K::Scalar;
  using Verdict = core::Verdict<core::NoEvidence, Refutation>;

  Refuter(const K& k, const lrnn::Network<S>& network, const Dfa& language, const RefutationEffort& effort,
          const core::Limits& limits)
      : k_(k),
        network_(network),
        language_(language),
        effort_(effort),
        limits_(limits),
        runner_(k, network),
        work_(runner_.make_workspace()) {}

  RefutationSearch run() {
    std::string stopped;
    try {
      search();
    } catch (const core::LimitReached& limit) {
      stopped = std::string("; ") + limit.what();
    }
    if (found_) return {Verdict::no(refutation(), "run-of-a-word"), words_, letters_};
    return {Verdict::unknown("no difference " + looked_at_ + stopped), words_, letters_};
  }

 private:
  /// The network and the automaton after a word on which they agree.
  struct Position {
    lrnn::JointState<S> vectors;
    State state{};
    std::size_t length = 0;
  };

  void search() {
    if (network_.accepts_empty_word != language_.is_accepting(language_.initial())) {
      report({}, "the empty word", "");
      return;
    }
    looked_at_ = "on the empty word";
    limits_.poll();
    follow_theorems();
    if (!found_) repeat_letters();
    if (!found_) try_short_words();
    if (!found_) try_random_words();
  }

  // Running words.

  [[nodiscard]] Position start() const { return {runner_.start(), language_.initial(), 0}; }

  /// Moves on; false if the two differ after one of the letters, whose number is then in `length`.
  bool advance(Position& at, const Word& word) {
    for (const core::Symbol x : word) {
      const auto accepted = runner_.step(at.vectors, x, work_);
      at.state = language_.step(at.state, x);
      ++at.length;
      ++letters_;
      if (!accepted || *accepted != language_.is_accepting(at.state)) return false;
    }
    return true;
  }

  void report(Word word, std::string found_by, std::string theorem) {
    found_ = Refutation{std::move(word), {}, {}, std::move(found_by), std::move(theorem)};
  }

  /// The words of a family, until one differs or the effort is spent.
  void pump(const Pumped& family, std::size_t exponents, core::Ticker& ticker) {
    const auto word = [&](std::size_t power, const Word& tail, std::size_t length) {
      Word whole = family.head;
      for (std::size_t i = 0; i < power; ++i) append(whole, family.repeat);
      append(whole, tail);
      whole.resize(length);
      return whole;
    };
    const std::size_t last = letters_ + effort_.letters;
    Position at = start();
    if (!advance(at, family.head)) return report(word(0, {}, at.length), "a word " + family.from, family.theorem);
    if (family.repeat.empty()) exponents = 0;
    for (std::size_t power = 0; power <= exponents && letters_ < last; ++power) {
      Position end = at;
      ++words_;
      const std::size_t before = letters_;
      const std::string found_by = "u x^k v with k = " + std::to_string(power) + ", " + family.from;
      if (!advance(end, family.tail)) return report(word(power, family.tail, end.length), found_by, family.theorem);
      if (!advance(at, family.repeat)) return report(word(power + 1, {}, at.length), found_by, family.theorem);
      ticker.tick(1 + letters_ - before);
    }
  }

  // What theorems point to.

  void follow_theorems() {
    core::Limits limits = limits_;
    limits.memory_bytes = std::min<std::size_t>(limits.memory_bytes, std::size_t{1} << 25);
    limits.progress = nullptr;
    expressivity::LanguageFacts facts(language_, limits);
    core::Ticker ticker(limits_, "running the words of theorems");
    std::set<std::string> tried;
    for (const auto& model_class : classes_of(k_, network_)) {
      const auto verdict =
          decide(facts, model_class, std::max<std::size_t>(network_.layers.size(), 1), expressivity::Semantics{});
      if (!verdict.is_no()) continue;
      const std::string name = to_string(model_class);
      const std::string from = "where the theorem " + verdict.theorem() + " for " + name + " points to";
      if (!tried.insert(verdict.theorem()).second) continue;
      for (const Pumped& family : families_of(verdict.witness(), verdict.theorem(), from)) {
        pump(family, effort_.exponents, ticker);
        if (found_) return;
      }
      looked_at_ += ", where the theorem " + verdict.theorem() + " for " + name + " points to";
    }
    // A language that is not star-free is hard for most networks, whatever their class.
    if (const auto periods = facts.periods_divide(1); periods.is_no()) {
      const auto& p = periods.witness();
      pump({p.prefix, p.repeat, p.suffix, "", "x a word of a group in the language"}, effort_.exponents, ticker);
    }
  }

  [[nodiscard]] std::vector<Pumped> families_of(const expressivity::Obstruction& why, const std::string& theorem,
                                                const std::string& from) {
    std::vector<Pumped> list;
    if (why.period) list.push_back({why.period->prefix, why.period->repeat, why.period->suffix, theorem, from});
    if (why.words) {
      list.push_back({why.words->first, {}, {}, theorem, from});
      list.push_back({why.words->second, {}, {}, theorem, from});
    }
    if (why.law) add_law(list, *why.law, theorem, from);
    if (why.group) building_blocks_ = why.group->group.words;
    return list;
  }

  /// The word of the idempotent e, repeated as often as one likes, makes the map that it makes once; the layers of the
  /// class forget, or settle, meanwhile. Both sides of the conclusion, each e in them as e^k, for growing k.
  void add_law(std::vector<Pumped>& list, const algebra::LawWitness& law, const std::string& theorem,
               const std::string& from) const {
    const std::string conclusion = law.law.substr(law.law.find("=>") == std::string::npos ? 0 : law.law.find("=>") + 2);
    const std::size_t equals = conclusion.find('=');
    for (const std::string& side : {conclusion.substr(0, equals), conclusion.substr(equals + 1)}) {
      for (std::size_t power = 1; power <= effort_.exponents; power *= 2) {
        Word word = law.prefix;
        for (const char variable : side) {
          const auto at =
              std::find_if(law.words.begin(), law.words.end(), [&](const auto& w) { return w.first == variable; });
          if (at == law.words.end()) continue;
          for (std::size_t i = 0; i < (variable == 'e' || variable == 'f' ? power : 1); ++i) append(word, at->second);
        }
        append(word, law.suffix);
        if (word.size() <= effort_.letters) list.push_back({std::move(word), {}, {}, theorem, from});
      }
    }
  }

  // What is worth trying without one.

  /// u xᵏ v for every letter x, u to each state of the automaton, v empty or a word that tells the states after x and
  /// xx apart.
  void repeat_letters() {
    core::Ticker ticker(limits_, "repeating letters");
    const std::size_t last = letters_ + effort_.letters;
    for (std::size_t q = 0; q < language_.states(); ++q) {
      const auto path = automata::shortest_path(language_, language_.initial(), automata::state(q));
      if (!path) continue;
      for (std::size_t x = 0; x < language_.letters(); ++x) {
        if (letters_ >= last) return;
        pump({*path, {core::symbol(x)}, {}, "", "x a letter"}, std::min<std::size_t>(effort_.exponents, 200), ticker);
        if (found_) return;
      }
    }
    looked_at_ += ", on repeated letters";
  }

  void try_short_words() {
    core::Limits limits = limits_;
    limits.memory_bytes = std::min(limits.memory_bytes, effort_.state_bytes);
    const auto explored = certificate::explore(k_, network_, language_, limits);
    if (explored.verdict.is_no()) return report(explored.verdict.witness().word, "trying all short words", "");
    if (explored.verdict.is_yes()) {
      looked_at_ += ", on all words: there is none";
      return;
    }
    looked_at_ += ", on all words of up to " + std::to_string(explored.agrees_up_to_length) + " letters";
    limits_.poll();
  }

  /// Letters, letters repeated, and repeated words that make a group.
  void try_random_words() {
    core::Random random(effort_.seed);
    core::Ticker ticker(limits_, "running random words");
    for (std::size_t i = 0; i < effort_.random_words; ++i) {
      Word word;
      while (word.size() < effort_.random_length) {
        Word block{core::symbol(random.below(language_.letters()))};
        if (!building_blocks_.empty() && !random.one_in(4))
          block = building_blocks_[random.below(building_blocks_.size())];
        if (block.size() > effort_.random_length) continue;
        for (std::size_t times = random.one_in(2) ? 1 : 1 + random.below(30); times > 0; --times) append(word, block);
      }
      ++words_;
      ticker.tick(word.size());
      Position at = start();
      if (!advance(at, word)) {
        word.resize(at.length);
        return report(std::move(word), "trying random words", "");
      }
    }
    looked_at_ += ", on " + std::to_string(effort_.random_words) + " random words of " +
                  std::to_string(effort_.random_length) + " letters";
  }

  /// Run once more, from nothing.
  [[nodiscard]] Refutation refutation() const {
    Refutation result = *found_;
    const lrnn::Runner<K> fresh(k_, network_);
    result.network_accepts = lrnn::answers(fresh, result.word);
    State at = language_.initial();
    result.in_language.push_back(language_.is_accepting(at));
    for (const core::Symbol x : result.word) {
      at = language_.step(at, x);
      result.in_language.push_back(language_.is_accepting(at));
    }
    assert(result.network_accepts.back() != std::optional<bool>(result.in_language.back()));
    return result;
  }

  const K& k_;
  const lrnn::Network<S>& network_;
  const Dfa& language_;
  const RefutationEffort& effort_;
  const core::Limits& limits_;
  lrnn::Runner<K> runner_;
  lrnn::Workspace<K> work_;
  std::vector<Word> building_blocks_;
  std::optional<Refutation> found_;
  std::string looked_at_;
  std::size_t words_ = 0;
  std::size_t letters_ = 0;
};

}  // namespace

template <exact::ExactArithmetic K>
RefutationSearch refute(const K& k, const lrnn::Network<typename K::Scalar>& network, const Dfa& language,
                        const RefutationEffort& effort, const core::Limits& limits) {
  assert(language.alphabet() == network.alphabet);
  return Refuter<K>(k, network, language, effort, limits).run();
}

template RefutationSearch refute(const exact::RationalArithmetic&, const lrnn::Network<exact::Rational>&, const Dfa&,
                                 const RefutationEffort&, const core::Limits&);
template RefutationSearch refute(const exact::NumberField&, const lrnn::Network<exact::FieldElement>&, const Dfa&,
                                 const RefutationEffort&, const core::Limits&);
template RefutationSearch refute(const exact::CyclotomicField&, const lrnn::Network<exact::FieldElement>&, const Dfa&,
                                 const RefutationEffort&, const core::Limits&);

}  // namespace eigenmata::verification
