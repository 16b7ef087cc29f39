// SPDX-License-Identifier: Apache-2.0
//
// The project's JSON for languages: an automaton, deterministic or not, or an expression.
//
// `states` is only an announcement: just the states that some line mentions get a row, since no other is
// reachable. So a file cannot ask for more memory than it is long, but for the sink's row in a partial
// automaton with many letters, which require_table bounds.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "checker/error.hpp"
#include "checker/json.hpp"
#include "checker/language.hpp"
#include "checker/regex.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

struct Arrow {
  State from;
  LetterId letter;
  State to;
  const JsonValue* where;
};

class Reader {
 public:
  Reader(const std::string& text, const std::string& name, const LanguageOptions& options)
      : json_(text, name), options_(options) {}

  Language read() {
    const JsonValue& root = json_.root();
    json_.require_keys(root, {"format", "version", "description", "source", "alphabet", "states", "initial",
                              "accepting", "transitions", "partial", "nondeterministic", "regex"});
    if (json_.string(json_.need(root, "format"), "\"format\"") != "eigenmata-language") {
      json_.fail(json_.need(root, "format"), "expected the format \"eigenmata-language\"");
    }
    if (json_.count(json_.need(root, "version"), "\"version\"") != 1) {
      json_.fail(json_.need(root, "version"), "this version is unknown; expected 1");
    }
    for (const char* key : {"description", "source"}) {
      if (const JsonValue* text = json_.find(root, key)) (void)json_.string(*text, quoted(key));
    }
    read_alphabet(root);
    return json_.find(root, "regex") != nullptr ? read_expression(root) : read_automaton(root);
  }

 private:
  void read_alphabet(const JsonValue& root) {
    const JsonValue* member = json_.find(root, "alphabet");
    if (member == nullptr) {
      alphabet_known_ = options_.alphabet.has_value();
      if (alphabet_known_) alphabet_ = *options_.alphabet;
      return;
    }
    for (const JsonValue& letter : json_.array(*member, "the alphabet")) {
      alphabet_.emplace_back(json_.string(letter, "a letter"));
    }
    require_alphabet(alphabet_, json_.place(*member));
    alphabet_known_ = true;
    if (!options_.alphabet) return;
    // More letters may be given: no word with one of them is in the language.
    for (const std::string& letter : alphabet_) {
      if (std::find(options_.alphabet->begin(), options_.alphabet->end(), letter) == options_.alphabet->end()) {
        json_.fail(*member, "the letter " + quoted(letter) + " of this file is not among those given with -a");
      }
    }
  }

  Language read_expression(const JsonValue& root) {
    for (const char* key : {"states", "initial", "accepting", "transitions", "partial", "nondeterministic"}) {
      if (const JsonValue* other = json_.find(root, key))
        json_.fail(*other, quoted(key) + " has no place beside \"regex\"");
    }
    const JsonValue& regex = json_.need(root, "regex");
    const std::optional<std::vector<std::string>> alphabet =
        alphabet_known_ ? std::make_optional(alphabet_) : std::nullopt;
    try {
      return compile_regex(json_.string(regex, "\"regex\""), alphabet);
    } catch (const RegexError& fault) {
      json_.fail(regex, "character " + std::to_string(fault.character()) + " of this expression: " + fault.what());
    }
  }

  Language read_automaton(const JsonValue& root) {
    (void)json_.need(root, "alphabet");
    for (LetterId id = 0; id < alphabet_.size(); ++id) letters_.emplace(alphabet_[id], id);
    nondeterministic_ = flag(root, "nondeterministic");
    partial_ = flag(root, "partial");
    announced_ = json_.count(json_.need(root, "states"), "\"states\"");
    if (announced_ == 0) json_.fail(json_.need(root, "states"), "an automaton needs at least one state");
    read_initial(json_.need(root, "initial"));
    read_accepting(json_.need(root, "accepting"));
    for (const JsonValue& transition : json_.array(json_.need(root, "transitions"), "\"transitions\"")) {
      read_transition(transition);
    }
    if (!nondeterministic_) require_deterministic(json_.need(root, "transitions"));
    renumber();
    return {alphabet_, nondeterministic_ ? subset_construction() : table()};
  }

  bool flag(const JsonValue& root, const char* key) const {
    const JsonValue* member = json_.find(root, key);
    return member != nullptr && json_.boolean(*member, quoted(key));
  }

  State state(const JsonValue& value) const {
    const std::uint32_t number = json_.count(value, "a state");
    if (number >= announced_) {
      json_.fail(value,
                 "there is no state " + std::to_string(number) + "; they are 0 to " + std::to_string(announced_ - 1));
    }
    return number;
  }

  void read_initial(const JsonValue& value) {
    if (value.kind != JsonValue::Kind::kArray) {
      initial_.push_back(state(value));
      return;
    }
    if (!nondeterministic_) json_.fail(value, "several initial states need \"nondeterministic\": true");
    for (const JsonValue& item : value.items) initial_.push_back(state(item));
    refuse_repeated(initial_, value);
  }

  void read_accepting(const JsonValue& value) {
    for (const JsonValue& item : json_.array(value, "\"accepting\"")) accepting_.push_back(state(item));
    refuse_repeated(accepting_, value);
  }

  void refuse_repeated(std::vector<State> states, const JsonValue& where) const {
    std::sort(states.begin(), states.end());
    const auto twice = std::adjacent_find(states.begin(), states.end());
    if (twice != states.end()) json_.fail(where, "the state " + std::to_string(*twice) + " stands twice in this list");
  }

  void read_transition(const JsonValue& value) {
    const std::vector<JsonValue>& parts = json_.array(value, "a transition");
    if (parts.size() != 3) json_.fail(value, "a transition is [source, letter, target]");
    arrows_.push_back({state(parts[0]), letter(parts[1]), state(parts[2]), &value});
  }

  LetterId letter(const JsonValue& value) const {
    if (value.kind == JsonValue::Kind::kNull) {
      if (!nondeterministic_) json_.fail(value, "the letter null (ε) needs \"nondeterministic\": true");
      return kEpsilon;
    }
    const std::string name(json_.string(value, "a letter"));
    const auto place = letters_.find(name);
    if (place == letters_.end()) json_.fail(value, "the letter " + quoted(name) + " is not in the alphabet");
    return place->second;
  }

  /// No transition twice, and unless the automaton is partial none missing.
  void require_deterministic(const JsonValue& transitions) {
    std::stable_sort(arrows_.begin(), arrows_.end(), [](const Arrow& a, const Arrow& b) {
      return std::pair(a.from, a.letter) < std::pair(b.from, b.letter);
    });
    for (std::size_t i = 1; i < arrows_.size(); ++i) {
      if (arrows_[i].from != arrows_[i - 1].from || arrows_[i].letter != arrows_[i - 1].letter) continue;
      json_.fail(*arrows_[i].where, "a second transition from state " + std::to_string(arrows_[i].from) + " under " +
                                        quoted(alphabet_[arrows_[i].letter]) +
                                        "; several need \"nondeterministic\": true");
    }
    if (partial_ || arrows_.size() / alphabet_.size() >= announced_) return;
    std::uint64_t expected = 0;  // the first slot that is empty: state · letters + letter
    for (const Arrow& arrow : arrows_) {
      if (slot(arrow) != expected) break;
      ++expected;
    }
    json_.fail(transitions, "state " + std::to_string(expected / alphabet_.size()) + " has no transition under " +
                                quoted(alphabet_[expected % alphabet_.size()]) +
                                "; incomplete automata need \"partial\": true");
  }

  [[nodiscard]] std::uint64_t slot(const Arrow& arrow) const {
    return std::uint64_t{arrow.from} * alphabet_.size() + arrow.letter;
  }

  /// Gives the states that are mentioned the numbers 0, 1, …
  void renumber() {
    std::vector<State> mentioned = initial_;
    mentioned.insert(mentioned.end(), accepting_.begin(), accepting_.end());
    for (const Arrow& arrow : arrows_) {
      mentioned.push_back(arrow.from);
      mentioned.push_back(arrow.to);
    }
    std::sort(mentioned.begin(), mentioned.end());
    mentioned.erase(std::unique(mentioned.begin(), mentioned.end()), mentioned.end());
    const auto rank = [&mentioned](State& s) {
      s = static_cast<State>(std::lower_bound(mentioned.begin(), mentioned.end(), s) - mentioned.begin());
    };
    for (State& s : initial_) rank(s);
    for (State& s : accepting_) rank(s);
    for (Arrow& arrow : arrows_) {
      rank(arrow.from);
      rank(arrow.to);
    }
    states_ = mentioned.size();
  }

  [[nodiscard]] Dfa table() const {
    Dfa dfa;
    dfa.letters = static_cast<std::uint32_t>(alphabet_.size());
    dfa.initial = initial_.front();
    const bool complete = arrows_.size() / alphabet_.size() == states_ && arrows_.size() % alphabet_.size() == 0;
    if (!complete) require_table(states_ + 1, dfa.letters);
    const auto sink = static_cast<State>(states_);
    dfa.accepting.resize(states_ + (complete ? 0 : 1), false);
    for (const State s : accepting_) dfa.accepting[s] = true;
    dfa.next.resize(dfa.accepting.size() * alphabet_.size(), sink);
    for (const Arrow& arrow : arrows_) dfa.next[slot(arrow)] = arrow.to;
    return dfa;
  }

  [[nodiscard]] Dfa subset_construction() const {
    Nfa nfa;
    nfa.letters = static_cast<std::uint32_t>(alphabet_.size());
    nfa.states = static_cast<State>(states_);
    nfa.initial = initial_;
    nfa.accepting = accepting_;
    for (const Arrow& arrow : arrows_) nfa.edges.push_back({arrow.from, arrow.letter, arrow.to});
    return determinise(nfa);
  }

  JsonDocument json_;
  const LanguageOptions& options_;
  std::vector<std::string> alphabet_;
  bool alphabet_known_ = false;
  std::unordered_map<std::string, LetterId> letters_;
  bool nondeterministic_ = false;
  bool partial_ = false;
  std::uint32_t announced_ = 0;
  std::vector<State> initial_;
  std::vector<State> accepting_;
  std::vector<Arrow> arrows_;
  std::size_t states_ = 0;
};

}  // namespace

Language read_json_language(const std::string& text, const std::string& name, const LanguageOptions& options) {
  return Reader(text, name, options).read();
}

}  // namespace eigenmata::checker
