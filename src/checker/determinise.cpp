// SPDX-License-Identifier: Apache-2.0
//
// The subset construction.
//
// A subset is kept without the states that only have ε to go on: they never decide anything after the closure
// is taken. Three bounds keep an exponential case from eating the machine: on the table, on the members of
// all subsets together, and on the states looked at.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "checker/automaton.hpp"
#include "checker/error.hpp"
#include "checker/limits.hpp"

namespace eigenmata::checker {
namespace {

using Subset = std::vector<State>;

struct SubsetHash {
  std::size_t operator()(const Subset& subset) const {
    std::uint64_t hash = 0x9E3779B97F4A7C15U;
    for (const State s : subset) {
      hash = (hash ^ s) * 0xFF51AFD7ED558CCDU;
      hash ^= hash >> 32;
    }
    return static_cast<std::size_t>(hash);
  }
};

class Subsets {
 public:
  explicit Subsets(const Nfa& nfa) : nfa_(nfa), first_edge_(std::size_t{nfa.states} + 1, 0), seen_(nfa.states, 0) {
    for (const Nfa::Edge& edge : nfa.edges) ++first_edge_[std::size_t{edge.from} + 1];
    for (std::size_t s = 0; s < nfa.states; ++s) first_edge_[s + 1] += first_edge_[s];
    edges_.resize(nfa.edges.size());
    std::vector<std::size_t> place(first_edge_.begin(), first_edge_.end() - 1);
    for (const Nfa::Edge& edge : nfa.edges) edges_[place[edge.from]++] = edge;
    accepting_.resize(nfa.states, false);
    for (const State s : nfa.accepting) accepting_[s] = true;
    matters_ = accepting_;
    for (const Nfa::Edge& edge : nfa.edges) {
      if (edge.letter != kEpsilon) matters_[edge.from] = true;
    }
  }

  Dfa build() {
    dfa_.letters = nfa_.letters;
    dfa_.initial = number_of(closure(nfa_.initial));
    for (std::size_t s = 0; s < members_.size(); ++s) add_row(*members_[s]);
    return std::move(dfa_);
  }

 private:
  void count_steps(std::size_t steps) {
    steps_ += steps;
    if (steps_ > kMaxSubsetSteps) {
      throw TooLarge("making this automaton deterministic takes more than " + std::to_string(kMaxSubsetSteps) +
                     " steps, the most that is tried");
    }
  }

  /// All states that matter and are reached from the given ones by ε, in increasing order.
  Subset closure(const std::vector<State>& from) {
    ++generation_;
    stack_.clear();
    const auto visit = [this](State s) {
      if (seen_[s] == generation_) return;
      seen_[s] = generation_;
      stack_.push_back(s);
    };
    for (const State s : from) visit(s);
    Subset result;
    while (!stack_.empty()) {
      const State s = stack_.back();
      stack_.pop_back();
      if (matters_[s]) result.push_back(s);
      count_steps(1 + first_edge_[s + 1] - first_edge_[s]);
      for (std::size_t e = first_edge_[s]; e < first_edge_[s + 1]; ++e) {
        if (edges_[e].letter == kEpsilon) visit(edges_[e].to);
      }
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  /// The number of a subset, a new one if it was not met before.
  State number_of(Subset&& subset) {
    const auto [place, fresh] = numbers_.try_emplace(std::move(subset), static_cast<State>(members_.size()));
    if (fresh) {
      const Subset& members = place->first;
      held_ += members.size();
      if (held_ > kMaxSubsetMembers) {
        throw TooLarge("making this automaton deterministic needs subsets with more than " +
                       std::to_string(kMaxSubsetMembers) + " members in all, the most that is tried");
      }
      require_table(members_.size() + 1, nfa_.letters);
      members_.push_back(&members);
      bool accepts = false;
      for (const State s : members) accepts = accepts || accepting_[s];
      dfa_.accepting.push_back(accepts);
    }
    return place->second;
  }

  void add_row(const Subset& subset) {
    std::vector<std::pair<LetterId, State>> moves;
    for (const State s : subset) {
      count_steps(1 + first_edge_[s + 1] - first_edge_[s]);
      for (std::size_t e = first_edge_[s]; e < first_edge_[s + 1]; ++e) {
        if (edges_[e].letter != kEpsilon) moves.emplace_back(edges_[e].letter, edges_[e].to);
      }
    }
    std::sort(moves.begin(), moves.end());
    const std::size_t row = dfa_.next.size();
    dfa_.next.resize(row + nfa_.letters);
    std::vector<State> targets;
    std::size_t i = 0;
    for (LetterId letter = 0; letter < nfa_.letters; ++letter) {
      targets.clear();
      for (; i < moves.size() && moves[i].first == letter; ++i) targets.push_back(moves[i].second);
      const State target = targets.empty() ? sink() : number_of(closure(targets));
      dfa_.next[row + letter] = target;
    }
  }

  State sink() {
    if (!sink_known_) sink_ = number_of({});
    sink_known_ = true;
    return sink_;
  }

  const Nfa& nfa_;
  std::vector<std::size_t> first_edge_;
  std::vector<Nfa::Edge> edges_;
  std::vector<bool> accepting_;
  std::vector<bool> matters_;
  std::vector<std::uint64_t> seen_;
  std::uint64_t generation_ = 0;
  std::vector<State> stack_;
  /// Keys of a node-based map stay where they are, so members_ may point to them.
  std::unordered_map<Subset, State, SubsetHash> numbers_;
  std::vector<const Subset*> members_;
  std::size_t steps_ = 0;
  std::size_t held_ = 0;
  State sink_ = 0;
  bool sink_known_ = false;
  Dfa dfa_;
};

}  // namespace

void require_table(std::size_t states, std::uint32_t letters) {
  if (states > kMaxDfaStates) {
    throw TooLarge("this automaton needs more than " + std::to_string(kMaxDfaStates) +
                   " states, the most that is built");
  }
  if (letters != 0 && states > kMaxDfaTransitions / letters) {
    throw TooLarge("this automaton needs more than " + std::to_string(kMaxDfaTransitions) +
                   " transitions, the most that are built");
  }
}

Dfa determinise(const Nfa& nfa) { return Subsets(nfa).build(); }

}  // namespace eigenmata::checker
