// SPDX-License-Identifier: Apache-2.0
//
// One diagonal matrix for all letters [proofs/expressivity.md, section 5], and such layers mixed with others.
#include <numeric>
#include <utility>

#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/words.hpp"
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using algebra::LawVerdict;

using automata::Dfa;
using automata::State;

/// p·s and q·s, where the words p and q lead to different states and s tells those apart.
std::pair<core::Word, core::Word> told_apart(const Dfa& minimal, core::Word p, core::Word q) {
  const auto started = [&](const core::Word& word) {
    return Dfa(minimal.alphabet(), minimal.run(minimal.initial(), word), minimal.accepting(), minimal.table());
  };
  const core::Word suffix = automata::equal(started(p), started(q)).witness();
  p.insert(p.end(), suffix.begin(), suffix.end());
  q.insert(q.end(), suffix.begin(), suffix.end());
  return {std::move(p), std::move(q)};
}

/// Two words with the same length modulo `multiple`, one of them in the language; nothing if that length decides.
/// Cost: O(states · letters), and the length of the words.
std::optional<std::pair<core::Word, core::Word>> same_length(const LanguageFacts& facts, std::uint64_t multiple) {
  const Dfa& dfa = facts.minimal();
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 1; x < dfa.letters(); ++x) {
      if (dfa.step(automata::state(q), core::symbol(x)) == dfa.step(automata::state(q), core::symbol(0))) continue;
      core::Word first = automata::shortest_path(dfa, dfa.initial(), automata::state(q)).value();
      core::Word second = first;
      first.push_back(core::symbol(0));
      second.push_back(core::symbol(x));
      return told_apart(dfa, std::move(first), std::move(second));
    }
  }
  // All letters do the same: run along the first until a state comes twice.
  std::vector<std::optional<std::size_t>> time(dfa.states());
  State q = dfa.initial();
  std::size_t t = 0;
  for (; !time[index(q)]; q = dfa.step(q, core::symbol(0))) time[index(q)] = t++;
  const std::size_t tail = *time[index(q)];
  const std::size_t period = t - tail;
  if (tail == 0 && multiple % period == 0) return std::nullopt;
  // From 0, or from the last state before the cycle, a multiple of `multiple` and, if that is no way out, of the
  // period.
  const std::size_t start = tail == 0 ? 0 : tail - 1;
  const std::size_t step = tail == 0 ? multiple : std::lcm<std::uint64_t>(multiple, period);
  return told_apart(dfa, core::Word(start, core::symbol(0)), core::Word(start + step, core::symbol(0)));
}

/// With finite orbits: the last letter and the length modulo m decide; m = 0: modulo some number.
CellVerdict decide_letter_and_length(LanguageFacts& facts, std::uint64_t m) {
  for (std::size_t x = 0; x < facts.minimal().letters(); ++x) {
    const LanguageFacts& before = *facts.before_letters()[x];
    // A cycle of all letters has at most as many states as there are: every one of its lengths divides this.
    std::uint64_t multiple = m;
    if (m == 0) multiple = before.letters()[0].period();
    auto words = same_length(before, multiple);
    if (!words) continue;
    words->first.push_back(core::symbol(x));
    words->second.push_back(core::symbol(x));
    Obstruction obstruction;
    obstruction.reason = "on a finite orbit a constant matrix only turns, so the last letter and the length modulo " +
                         (m == 0 ? std::string("some m") : std::to_string(m)) +
                         " decide; two words that agree in both are told apart";
    obstruction.words = std::move(words);
    return CellVerdict::no(std::move(obstruction), "constant-spectrum");
  }
  return yes({"the last letter and the length modulo some m decide", 1, {}, {}}, "constant-spectrum");
}

}  // namespace

CellVerdict decide_constant(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell) {
  const Units& units = set.units();
  if (cell.finite_orbit || !set.has_contraction()) return decide_letter_and_length(facts, units.order);
  if (units.empty()) {
    CellVerdict definite = decide_definite(facts, "constant-spectrum");
    if (!definite.is_yes()) return definite;
    if (!set.has_small_contraction())
      return CellVerdict::unknown("open: which definite languages contractions of modulus at least 1/2 recognise");
    return yes({"some fixed number of last letters decides: the digits of one number", 1, 1, {}}, "constant-spectrum");
  }
  const LawVerdict ends = facts.decided_by_ends(units.order);
  if (ends.is_unknown()) return CellVerdict::unknown(ends.reason());
  const std::string length = units.all          ? " and the length modulo some m"
                             : units.order == 1 ? ""
                                                : " and the length modulo " + std::to_string(units.order);
  if (ends.is_no()) {
    return no_law(ends, "some fixed number of first and of last letters" + length + " would have to decide",
                  "constant-spectrum");
  }
  if (!set.has_small_contraction()) {
    const CellVerdict without = decide_letter_and_length(facts, units.order);
    if (without.is_yes()) return without;
    return CellVerdict::unknown("open: what contractions of modulus at least 1/2 recognise");
  }
  if (facts.definite().is_yes())
    return yes({"some fixed number of last letters decides: the digits of one number", 1, 1, {}}, "constant-spectrum");
  if (auto objection = one_diagonal_layer_objection(facts, cell)) return *objection;
  if (!cell.allows(2)) return CellVerdict::unknown("two layers are enough; whether one is, is not decided here");
  return yes({"some fixed number of first and of last letters" + length + " decide", 2, {}, {}}, "constant-spectrum");
}

CellVerdict decide_mixed(LanguageFacts& facts, const ExactCell& cell) {
  const LawVerdict& quasi = facts.quasi_aperiodic();
  if (quasi.is_unknown()) {
    return CellVerdict::unknown(quasi.reason());
  }
  if (quasi.is_no()) {
    return no_law(quasi, "constant layers turn all words of one length in the same way, and the others never turn",
                  "constant-mixed");
  }
  if (cell.layers) {
    for (const CellVerdict& one_kind : {decide_constant(facts, SpectrumSet::parse("D(1)", {}), cell),
                                        decide_diagonal(facts, SpectrumSet::parse("[0,1]", {}), cell)}) {
      if (one_kind.is_yes()) return one_kind;
    }
    if (auto objection = one_diagonal_layer_objection(facts, cell)) return *objection;
    return depth_is_open(cell.layers);
  }
  return yes({"words of one length make no group: the language is in AC0", {}, {}, {}}, "constant-mixed");
}

}  // namespace eigenmata::expressivity
