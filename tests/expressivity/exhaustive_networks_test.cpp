// SPDX-License-Identifier: Apache-2.0
//
// All languages of few states against all networks of few coordinates: what is recognised must not be denied, and what
// is affirmed with a construction of so many coordinates must be recognised.
#include <catch2/catch.hpp>

#include "eigenmata/expressivity/decide.hpp"
#include "expressivity/small_networks.hpp"

namespace eigenmata::expressivity {
namespace {

using automata::Dfa;
using testing::Behaviour;
using testing::Number;
using testing::SmallLayer;
using testing::SmallNetwork;

/// All languages over {a, b} without the empty word whose automaton, or that of the same with it, has at most so many
/// states.
std::vector<Dfa> languages_up_to(std::size_t states) {
  std::map<std::string, Dfa> found;
  std::vector<std::size_t> table(2 * states, 0);
  for (;;) {
    for (std::size_t bits = 0; bits < (std::size_t{1} << states); ++bits) {
      std::vector<automata::State> next;
      std::vector<bool> accepting;
      for (const std::size_t q : table) next.push_back(automata::state(q));
      for (std::size_t q = 0; q < states; ++q) accepting.push_back((bits >> q & 1) != 0);
      const Dfa language =
          testing::without_empty_word(Dfa(testing::small_alphabet(2), automata::state(0), accepting, next));
      found.emplace(testing::to_text(language), language);
    }
    std::size_t i = 0;
    while (i < table.size() && ++table[i] == states) table[i++] = 0;
    if (i == table.size()) break;
  }
  std::vector<Dfa> list;
  for (const auto& [text, language] : found) list.push_back(language);
  return list;
}

/// Does some decoder of what is visible make the language, the empty word left aside?
bool recognises(const Behaviour& machine, const Dfa& language) {
  const std::size_t n = language.states();
  std::vector<bool> seen(machine.next.size() / machine.letters * n, false);
  std::vector<std::pair<std::size_t, std::size_t>> queue{{0, index(language.initial())}};
  seen[index(language.initial())] = true;
  std::vector<int> answer(machine.visible_values, -1);
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto [state, q] = queue[i];
    for (std::size_t x = 0; x < machine.letters; ++x) {
      const std::size_t to = machine.next[state * machine.letters + x];
      const automata::State next = language.step(automata::state(q), core::symbol(x));
      const int accepted = language.is_accepting(next) ? 1 : 0;
      int& known = answer[machine.visible[state * machine.letters + x]];
      if (known == 1 - accepted) return false;
      known = accepted;
      if (seen[to * n + index(next)]) continue;
      seen[to * n + index(next)] = true;
      queue.emplace_back(to, index(next));
    }
  }
  return true;
}

/// Behaviours of a layer of one coordinate, up to the names of the states: multiplications by numbers of the set, small
/// integers added.
std::vector<Behaviour> one_coordinate(const std::vector<Number>& set, bool constant) {
  std::map<decltype(Behaviour().key()), Behaviour> found;
  for (std::int64_t start = -1; start <= 3; ++start) {
    for (const Number& a0 : set) {
      for (const Number& a1 : set) {
        if (constant && a0 != a1) continue;
        for (std::int64_t b0 = -2; b0 <= 2; ++b0) {
          for (std::int64_t b1 = -2; b1 <= 2; ++b1) {
            SmallNetwork network;
            network.layers.push_back(
                {{testing::number(start)}, {{{a0}, {testing::number(b0)}}, {{a1}, {testing::number(b1)}}}});
            if (auto behaviour = behaviour_of(network, 24)) found.emplace(behaviour->key(), *behaviour);
          }
        }
      }
    }
  }
  std::vector<Behaviour> list;
  for (auto& [key, behaviour] : found) list.push_back(std::move(behaviour));
  return list;
}

/// Both side by side, in one layer.
Behaviour side_by_side(const Behaviour& first, const Behaviour& second) {
  Behaviour result;
  const std::size_t letters = first.letters;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> numbers{{{0, 0}, 0}};
  std::vector<std::pair<std::size_t, std::size_t>> queue{{0, 0}};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (std::size_t x = 0; x < letters; ++x) {
      const std::pair<std::size_t, std::size_t> to{first.next[queue[i].first * letters + x],
                                                   second.next[queue[i].second * letters + x]};
      const auto [at, is_new] = numbers.emplace(to, queue.size());
      if (is_new) queue.push_back(to);
      result.next.push_back(at->second);
      result.visible.push_back(at->second * letters + x);
    }
  }
  result.visible_values = queue.size() * letters;
  return result;
}

/// Up to the names of the states.
std::vector<Behaviour> all_side_by_side(const std::vector<Behaviour>& first, const std::vector<Behaviour>& second) {
  std::map<decltype(Behaviour().key()), Behaviour> found;
  for (const Behaviour& one : first) {
    for (const Behaviour& other : second) {
      Behaviour both = side_by_side(one, other);
      auto key = both.key();
      found.emplace(std::move(key), std::move(both));
    }
  }
  std::vector<Behaviour> list;
  for (auto& [key, behaviour] : found) list.push_back(std::move(behaviour));
  return list;
}

/// Numbers of languages: those recognised in one layer of so many coordinates, and the answers for one layer.
struct Tally {
  std::size_t languages = 0, recognised = 0, yes = 0, no = 0;

  friend bool operator==(const Tally&, const Tally&) = default;
};

std::ostream& operator<<(std::ostream& out, const Tally& t) {
  return out << t.languages << " languages, " << t.recognised << " recognised, " << t.yes << " yes, " << t.no << " no";
}

Tally compare(const std::string& model_class, const std::vector<Number>& set, std::size_t states,
              std::size_t coordinates = 2) {
  const auto ones = one_coordinate(set, model_class.rfind("constant", 0) == 0);
  auto machines = ones;
  for (std::size_t i = 1; i < coordinates; ++i) machines = all_side_by_side(machines, ones);
  const ModelClass c = parse_model_class(model_class, {});
  Tally tally;
  for (const Dfa& language : languages_up_to(states)) {
    ++tally.languages;
    const bool recognised = std::any_of(machines.begin(), machines.end(),
                                        [&](const Behaviour& machine) { return recognises(machine, language); });
    LanguageFacts facts(language);
    const CellVerdict finite = decide(facts, c, 1, parse_semantics("finite-orbit", {}));
    tally.recognised += recognised ? 1 : 0;
    tally.yes += finite.is_yes() ? 1 : 0;
    tally.no += finite.is_no() ? 1 : 0;
    INFO(model_class << ", " << testing::to_text(language));
    if (recognised) {
      CHECK_FALSE(finite.is_no());
      CHECK_FALSE(decide(facts, c, {}, parse_semantics("finite-orbit", {})).is_no());
      CHECK_FALSE(decide(facts, c, 1, parse_semantics("exact", {})).is_no());
      CHECK_FALSE(decide(facts, c, {}, parse_semantics("exact", {})).is_no());
    } else {
      // So few states need no more coordinates.
      CHECK_FALSE(finite.is_yes());
    }
  }
  return tally;
}

const Number kZero = testing::number(0);
const Number kOne = testing::number(1);
const Number kMinus = testing::number(-1);
const Number kHalf = testing::number(1, 2);

TEST_CASE("one layer recognises what is affirmed and nothing that is denied: two states", "[exhaustive_networks]") {
  CHECK(compare("diagonal{0}", {kZero}, 2) == Tally{22, 4, 4, 18});
  CHECK(compare("diagonal{1}", {kOne}, 2) == Tally{22, 4, 4, 18});
  CHECK(compare("diagonal{0,1}", {kZero, kOne}, 2) == Tally{22, 8, 8, 14});
  CHECK(compare("diagonal{-1,1}", {kMinus, kOne}, 2) == Tally{22, 10, 10, 12});
  CHECK(compare("diagonal{-1,0}", {kMinus, kZero}, 2) == Tally{22, 18, 18, 4});
  CHECK(compare("diagonal{-1,0,1}", {kMinus, kZero, kOne}, 2) == Tally{22, 22, 22, 0});
  CHECK(compare("constant{-1}", {kMinus}, 2) == Tally{22, 6, 6, 16});
}

// Tight: on finite orbits, what is not denied is recognised.
TEST_CASE("one layer recognises exactly what is affirmed, and the rest is denied", "[exhaustive_networks]") {
  CHECK(compare("diagonal{0,1}", {kZero, kOne}, 3) == Tally{956, 12, 12, 944});
  CHECK(compare("diagonal{-1,0}", {kMinus, kZero}, 3) == Tally{956, 64, 64, 892});
  CHECK(compare("diagonal{-1,0,1}", {kMinus, kZero, kOne}, 3) == Tally{956, 112, 112, 844});
  CHECK(compare("diagonal{-1,1}", {kMinus, kOne}, 3) == Tally{956, 34, 34, 922});
  CHECK(compare("constant{-1}", {kMinus}, 3) == Tally{956, 14, 14, 942});
  CHECK(compare("constant{e(1/3)}", {testing::unit(4)}, 3) == Tally{956, 10, 10, 946});
  CHECK(compare("diagonal{1,1/2}", {kOne, kHalf}, 3) == Tally{956, 4, 4, 952});
}

TEST_CASE("one layer recognises what is affirmed and nothing that is denied: three states", "[.extreme]") {
  const Number third = testing::unit(4);
  const Number quarter = testing::unit(3);
  const Number back = testing::unit(9);
  const std::vector<std::pair<std::string, std::vector<Number>>> sets{{"{0}", {kZero}},
                                                                      {"{1}", {kOne}},
                                                                      {"{-1}", {kMinus}},
                                                                      {"{0,1}", {kZero, kOne}},
                                                                      {"{-1,0}", {kMinus, kZero}},
                                                                      {"{-1,1}", {kMinus, kOne}},
                                                                      {"{-1,0,1}", {kMinus, kZero, kOne}},
                                                                      {"{0,1/2}", {kZero, kHalf}},
                                                                      {"{-1,1/2}", {kMinus, kHalf}},
                                                                      {"{e(1/3)}", {third}},
                                                                      {"{0,e(1/3)}", {kZero, third}},
                                                                      {"{1,e(1/3)}", {kOne, third}},
                                                                      {"{0,1,e(1/3)}", {kZero, kOne, third}},
                                                                      {"{e(1/4),e(3/4)}", {quarter, back}},
                                                                      {"{0,e(1/4),e(3/4)}", {kZero, quarter, back}}};
  for (const auto& [text, set] : sets) {
    const Tally constant = compare("constant" + text, set, 3);
    CHECK(constant.recognised + constant.no == constant.languages);
    CHECK(constant.recognised == constant.yes);
    // Where both units turn and their ratio is not among them, holding takes a clock beside it.
    const Tally diagonal = compare("diagonal" + text, set, 3, text == "{0,e(1/4),e(3/4)}" ? 3 : 2);
    CHECK(diagonal.recognised + diagonal.no == diagonal.languages);
    CHECK(diagonal.recognised == diagonal.yes);
  }
}

}  // namespace
}  // namespace eigenmata::expressivity
