// SPDX-License-Identifier: Apache-2.0
//
// The project's own language files (page: proofs/language-format.md).
#include <string>
#include <vector>

#include "eigenmata/automata/formats.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/json.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::automata {
namespace {

using core::in_quotes;
using core::JsonCursor;

constexpr std::string_view kFormatName = "eigenmata-language";
constexpr std::size_t kMaxStates = std::size_t{1} << 28;

std::optional<Alphabet> read_alphabet(const JsonCursor& root) {
  if (!root.has("alphabet")) return std::nullopt;
  const JsonCursor list = root.at("alphabet").array();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < list.size(); ++i) names.push_back(list[i].string());
  return Alphabet(std::move(names), list.place());
}

/// The list of transitions of an automaton of `states` states.
class TransitionReader {
 public:
  TransitionReader(const JsonCursor& list, const Alphabet& alphabet, std::size_t states)
      : list_(list), alphabet_(alphabet), states_(states) {}

  /// Deterministic: every (state, letter) once, missing ones only if `partial`.
  std::vector<State> read_table(bool partial) const {
    const State none = state(states_);
    std::vector<State> next(states_ * alphabet_.size(), none);
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const auto [from, letter, to] = transition(list_[i]);
      if (!letter) throw list_[i].error("an ε-move (label null); only a nondeterministic automaton has them");
      State& entry = next[index(from) * alphabet_.size() + core::index(*letter)];
      if (entry != none) {
        throw list_[i].error("state " + std::to_string(index(from)) + " has two transitions under " +
                             in_quotes(alphabet_.name(*letter)) + "; say \"nondeterministic\": true if that is meant");
      }
      entry = to;
    }
    for (std::size_t i = 0; !partial && i < next.size(); ++i) {
      if (next[i] != none) continue;
      throw list_.error("state " + std::to_string(i / alphabet_.size()) + " has no transition under " +
                        in_quotes(alphabet_.name(core::symbol(i % alphabet_.size()))) +
                        "; say \"partial\": true if missing ones lead to a sink");
    }
    return next;
  }

  void read_edges(Nfa& nfa) const {
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const auto [from, letter, to] = transition(list_[i]);
      if (letter) {
        nfa.add_edge(from, *letter, to);
      } else {
        nfa.add_epsilon(from, to);
      }
    }
  }

 private:
  struct Transition {
    State from;
    std::optional<Symbol> letter;
    State to;
  };

  [[nodiscard]] Transition transition(const JsonCursor& triple) const {
    if (triple.array().size() != 3) throw triple.error("a transition is [source, letter, target]");
    const State from = state(triple[0].index(states_, "the source"));
    const State to = state(triple[2].index(states_, "the target"));
    if (triple[1].is_null()) return {from, std::nullopt, to};
    const auto letter = alphabet_.find(triple[1].string());
    if (!letter) {
      throw triple[1].error(in_quotes(triple[1].string()) + " is not a letter; the letters are " +
                            to_string(alphabet_));
    }
    return {from, letter, to};
  }

  JsonCursor list_;
  const Alphabet& alphabet_;
  std::size_t states_;
};

/// A list of states, each once, as bits.
std::vector<bool> read_states(const JsonCursor& list, std::size_t states, const char* what) {
  std::vector<bool> listed(states, false);
  for (std::size_t i = 0; i < list.array().size(); ++i) {
    const std::size_t q = list[i].index(states, what);
    if (listed[q]) throw list[i].error("state " + std::to_string(q) + " stands twice in this list");
    listed[q] = true;
  }
  return listed;
}

Dfa with_sink_for(State none, std::vector<State> next, std::vector<bool> accepting, State initial,
                  const Alphabet& alphabet) {
  bool missing = false;
  for (const State to : next) missing = missing || to == none;
  if (missing) {
    next.resize(next.size() + alphabet.size(), none);  // `none` is the number of the sink
    accepting.push_back(false);
  }
  return {alphabet, initial, std::move(accepting), std::move(next)};
}

Dfa read_automaton(const JsonCursor& root, const Alphabet& alphabet, const core::Limits& limits) {
  const std::size_t states = root.at("states").index(kMaxStates, "the number of states");
  if (states == 0) throw root.at("states").error("an automaton without states; at least one is needed");
  limits.require_memory(states * alphabet.size() * sizeof(State), "the transition table");
  const bool partial = root.has("partial") && root.at("partial").boolean();
  const bool nondeterministic = root.has("nondeterministic") && root.at("nondeterministic").boolean();
  const TransitionReader transitions(root.at("transitions").array(), alphabet, states);
  std::vector<bool> accepting = read_states(root.at("accepting"), states, "an accepting state");
  const JsonCursor initial = root.at("initial");
  if (!nondeterministic) {
    const State start = state(initial.index(states, "the initial state"));
    return with_sink_for(state(states), transitions.read_table(partial), std::move(accepting), start, alphabet);
  }
  constexpr std::size_t kNfaStateBytes = 64;
  limits.require_memory(states * kNfaStateBytes, "the nondeterministic automaton");
  Nfa nfa(alphabet);
  nfa.add_states(states);
  transitions.read_edges(nfa);
  for (std::size_t q = 0; q < states; ++q) nfa.set_accepting(state(q), accepting[q]);
  if (initial.is_array()) {
    const std::vector<bool> listed = read_states(initial, states, "an initial state");
    for (std::size_t q = 0; q < states; ++q) {
      if (listed[q]) nfa.set_initial(state(q));
    }
  } else {
    nfa.set_initial(state(initial.index(states, "the initial state")));
  }
  return determinised(nfa, limits);
}

}  // namespace

JsonLanguage read_json_language(const core::Input& input, const core::Limits& limits) {
  const core::Json document = core::parse_json(input);
  const JsonCursor root(document, input.name);
  if (!root.is_object() || !root.has("format") || !root.at("format").is_string() ||
      root.at("format").string() != kFormatName) {
    throw root.error("expected an object with \"format\": \"eigenmata-language\"");
  }
  if (root.at("version").index(SIZE_MAX, "the version") != 1) throw root.at("version").error("only version 1 is known");
  const std::string description = root.has("description") ? root.at("description").string() : "";
  const std::string source = root.has("source") ? root.at("source").string() : "";
  const auto alphabet = read_alphabet(root);
  if (root.has("regex")) {
    root.allow_only({"format", "version", "description", "source", "alphabet", "regex"});
    const std::string expression = root.at("regex").string();
    return {compile_regex(expression, alphabet, limits, input.name + ": regex"), description, source};
  }
  root.allow_only({"format", "version", "description", "source", "alphabet", "states", "initial", "accepting",
                   "transitions", "partial", "nondeterministic"});
  if (!alphabet) throw root.error("key 'alphabet' is missing");
  return {read_automaton(root, *alphabet, limits), description, source};
}

std::string write_json(const Dfa& dfa, const std::string& description, const std::string& source) {
  using Layout = core::JsonWriter::Layout;
  core::JsonWriter json;
  json.begin_object();
  json.key("format").string(kFormatName).key("version").integer(1);
  if (!description.empty()) json.key("description").string(description);
  if (!source.empty()) json.key("source").string(source);
  json.key("alphabet").strings(dfa.alphabet().names());
  json.key("states").integer(dfa.states()).key("initial").integer(index(dfa.initial()));
  json.key("accepting").begin_array(Layout::kInline);
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (dfa.is_accepting(state(q))) json.integer(q);
  }
  json.end_array();
  json.key("transitions").begin_array();
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const Symbol letter = core::symbol(x);
      json.begin_array(Layout::kInline).integer(q).string(dfa.alphabet().name(letter));
      json.integer(index(dfa.step(state(q), letter))).end_array();
    }
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace eigenmata::automata
