// SPDX-License-Identifier: Apache-2.0
//
// Levels and values against figures worked out by hand, answers against the automaton on all short words, refusals
// against the groups of the levels.
#include "eigenmata/algebra/split_groups.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <set>

#include "algebra/maps.hpp"
#include "eigenmata/algebra/group_series.hpp"
#include "eigenmata/algebra/holonomy.hpp"
#include "eigenmata/algebra/missing_set.hpp"
#include "support/languages.hpp"
#include "support/word_problems.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

void require_right(const Cascade& cascade) {
  const auto checked = check_cascade(cascade, {});
  if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
}

Cascade split(const automata::Dfa& dfa, SeriesKind kind) {
  auto result = split_groups(missing_set_cascade(dfa, {}), kind, {});
  if (const auto* why = std::get_if<std::string>(&result)) FAIL(*why);
  require_right(std::get<Cascade>(result));
  return std::get<Cascade>(std::move(result));
}

Cascade toggled(const automata::Dfa& dfa, SeriesKind kind) {
  Cascade cascade = with_toggles(split(dfa, kind), {});
  require_right(cascade);
  for (const CascadeLevel& level : cascade.levels) REQUIRE_FALSE(level.needs_old_values());
  return cascade;
}

/// Moduli of the levels; 1 is a code.
std::vector<std::vector<std::uint32_t>> moduli_of(const Cascade& cascade) {
  std::vector<std::vector<std::uint32_t>> result;
  for (const CascadeLevel& level : cascade.levels) result.push_back(std::get<CoordinateMachine>(level.machine).moduli);
  return result;
}

/// How many values the machines can have together.
std::size_t joint_values(const Cascade& cascade) {
  std::vector<Value> start;
  for (const CascadeLevel& level : cascade.levels) start.push_back(level.start);
  std::set<std::vector<Value>> found{start};
  std::vector<std::vector<Value>> waiting{start};
  while (!waiting.empty()) {
    const auto values = waiting.back();
    waiting.pop_back();
    for (std::size_t x = 0; x < cascade.automaton.letters(); ++x) {
      auto next = values;
      Value symbol = static_cast<Value>(x);
      for (std::size_t l = 0; l < next.size(); ++l) {
        const auto& steps = cascade.levels[l].steps[symbol];
        const auto step = std::find_if(steps.begin(), steps.end(), [&](const auto& s) { return s.value == next[l]; });
        REQUIRE(step != steps.end());
        next[l] = step->next;
        symbol = step->output;
      }
      if (found.insert(next).second) waiting.push_back(std::move(next));
    }
  }
  return found.size();
}

/// The automaton of maps: one letter a map.
automata::Dfa dfa_of(const std::vector<Transformation>& maps) {
  std::vector<std::vector<std::size_t>> next(maps[0].degree());
  for (std::size_t q = 0; q < next.size(); ++q) {
    for (const Transformation& map : maps) next[q].push_back(map.image_of(static_cast<Point>(q)));
  }
  return dfa_from_table(small_alphabet(maps.size()), next, {0});
}

Transformation map_of(std::vector<Point> images) { return Transformation(std::move(images)); }

bool same_answers(const Cascade& cascade, const core::Word& word) {
  const auto answers = run_cascade(cascade, word);
  for (std::size_t t = 0; t <= word.size(); ++t) {
    if (answers[t] !=
        cascade.automaton.accepts(core::Word(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(t))))
      return false;
  }
  return true;
}

TEST_CASE("levels and joint values of known automata with toggles", "[split_groups]") {
  const Cascade t3 = toggled(catalogue_language("t3"), SeriesKind::kDerived);
  CHECK(moduli_of(t3) == std::vector<std::vector<std::uint32_t>>{{2}, {3, 2}, {1, 1}, {2}, {1}});
  CHECK(joint_values(t3) == 432);

  const Cascade dyck = toggled(catalogue_language("dyck-1-depth-3"), SeriesKind::kDerived);
  CHECK(dyck.levels.size() == 7);
  CHECK(joint_values(dyck) == 99);

  const Cascade elevator = toggled(catalogue_language("elevator-4"), SeriesKind::kDerived);
  CHECK(elevator.levels.size() == 5);
  CHECK(joint_values(elevator) == 36);

  const Cascade parity = toggled(dfa_from_table(small_alphabet(2), {{1, 0}, {0, 0}}, {0}), SeriesKind::kFrattini);
  CHECK(moduli_of(parity) == std::vector<std::vector<std::uint32_t>>{{2}, {1}});
  CHECK(joint_values(parity) == 4);

  const Cascade t4 = toggled(dfa_of(all_maps(4)), SeriesKind::kDerived);
  CHECK(moduli_of(t4) ==
        std::vector<std::vector<std::uint32_t>>{{2}, {3}, {2, 2, 2}, {1, 1}, {2}, {3, 2}, {1, 1}, {2}, {1}});
}

TEST_CASE("a group alone becomes its series", "[split_groups]") {
  CHECK(moduli_of(split(catalogue_language("s4-word-problem"), SeriesKind::kDerived)) ==
        std::vector<std::vector<std::uint32_t>>{{2}, {3}, {2, 2}});
  CHECK(moduli_of(split(catalogue_language("q8-word-problem"), SeriesKind::kFrattini)) ==
        std::vector<std::vector<std::uint32_t>>{{2, 2}, {2}});
  CHECK(moduli_of(split(catalogue_language("mod-8"), SeriesKind::kFrattini)) ==
        std::vector<std::vector<std::uint32_t>>{{2}, {2}, {2}});
  CHECK(split(catalogue_language("all-words"), SeriesKind::kDerived).levels.empty());
  // Derived series turn by roots of unity, Frattini series have signs only.
  using Moduli = std::vector<std::vector<std::uint32_t>>;
  const automata::Dfa octagon = word_problem({map_of({1, 2, 3, 4, 5, 6, 7, 0}), map_of({0, 7, 6, 5, 4, 3, 2, 1})});
  REQUIRE(octagon.states() == 16);
  struct Known {
    automata::Dfa dfa;
    Moduli derived;
    std::optional<Moduli> frattini;
  };
  for (const Known& known : {Known{catalogue_language("s3-word-problem"), {{2}, {3}}, std::nullopt},
                             Known{catalogue_language("d4-word-problem"), {{2, 2}, {2}}, Moduli{{2, 2}, {2}}},
                             Known{catalogue_language("q8-word-problem"), {{2, 2}, {2}}, Moduli{{2, 2}, {2}}},
                             Known{catalogue_language("a4-word-problem"), {{3}, {2, 2}}, std::nullopt},
                             Known{catalogue_language("mod-8"), {{8}}, Moduli{{2}, {2}, {2}}},
                             Known{catalogue_language("z2xz4-word-problem"), {{4, 2}}, Moduli{{2, 2}, {2}}},
                             Known{octagon, {{2, 2}, {4}}, Moduli{{2, 2}, {2}, {2}}}}) {
    CHECK(moduli_of(split(known.dfa, SeriesKind::kDerived)) == known.derived);
    if (known.frattini) CHECK(moduli_of(split(known.dfa, SeriesKind::kFrattini)) == *known.frattini);
  }
}

/// The cocycle by its definition: the normal subgroup {1, c, c², …} of a group of permutations, the classes of its
/// elements, and τ(class) chosen; exponents of κ = τ(old) x τ(new)⁻¹ by letter and class.
using Cocycle = std::vector<std::map<std::uint32_t, std::uint32_t>>;

TEST_CASE("the second layer of S3 reads the cocycle of a transversal", "[split_groups]") {
  const std::vector<Transformation> letters{map_of({1, 2, 0}), map_of({2, 0, 1}), map_of({0, 2, 1}), map_of({1, 0, 2}),
                                            map_of({2, 1, 0})};
  const Cascade cascade = split(word_problem(letters), SeriesKind::kDerived);
  REQUIRE(moduli_of(cascade) == std::vector<std::vector<std::uint32_t>>{{2}, {3}});
  const auto& first = cascade.levels[0];
  const auto& actions = std::get<CoordinateMachine>(cascade.levels[1].machine).actions;
  Cocycle built;
  for (Value x = 0; x < letters.size(); ++x) {
    CHECK(std::get<CoordinateMachine>(first.machine).actions[x][0].amount == (x < 2 ? 0 : 1));
    built.emplace_back();
    for (const CascadeStep& step : first.steps[x]) {
      REQUIRE_FALSE(actions[step.output][0].writes);
      built.back()[first.values[step.value][0]] = actions[step.output][0].amount;
    }
  }
  std::vector<Cocycle> possible;
  for (std::size_t chosen = 2; chosen < 5; ++chosen) {
    for (std::size_t generator = 0; generator < 2; ++generator) {
      const std::vector<Transformation> tau{Transformation::identity(3), letters[chosen]};
      possible.emplace_back();
      for (std::size_t x = 0; x < letters.size(); ++x) {
        possible.back().emplace_back();
        for (std::uint32_t c = 0; c < 2; ++c) {
          const std::size_t next = x < 2 ? c : 1 - c;
          const Transformation kappa = tau[c] * letters[x] * tau[next];  // τ is its own inverse
          std::uint32_t exponent = 0;
          for (Transformation power = tau[0]; power != kappa; power = power * letters[generator]) ++exponent;
          possible.back().back()[c] = exponent;
        }
      }
    }
  }
  // Worked out by hand, for τ(1) = (0,2,1) and the generator (1,2,0).
  CHECK(possible[0] ==
        Cocycle{{{0, 1}, {1, 2}}, {{0, 2}, {1, 1}}, {{0, 0}, {1, 0}}, {{0, 2}, {1, 1}}, {{0, 1}, {1, 2}}});
  CHECK(std::count(possible.begin(), possible.end(), built) == 1);
}

/// Groups with a centre {1, z} and squares in it: classes of elements are pairs of bits, to which a letter adds its
/// own.
struct CentralCocycle {
  using Bits = std::vector<std::uint32_t>;
  using Table = std::vector<std::map<Bits, std::uint32_t>>;  ///< by letter and class, 1 where κ is z

  std::vector<Transformation> letters;
  Transformation centre;
  std::vector<Bits> added;

  [[nodiscard]] Bits after(Bits c, std::size_t x) const {
    for (std::size_t i = 0; i < c.size(); ++i) c[i] = (c[i] + added[x][i]) % 2;
    return c;
  }
  /// Exponents of κ = τ(old) x τ(new)⁻¹. Nothing has an order but 1, 2 and 4.
  [[nodiscard]] Table by_definition(const std::map<Bits, Transformation>& tau) const {
    Table table(letters.size());
    for (std::size_t x = 0; x < letters.size(); ++x) {
      for (const auto& [c, element] : tau) {
        const Transformation& next = tau.at(after(c, x));
        const Transformation kappa = element * letters[x] * next * next * next;
        REQUIRE((kappa == centre || kappa * kappa == kappa));
        table[x][c] = kappa == centre ? 1 : 0;
      }
    }
    return table;
  }
  /// One for each choice of τ with τ(1) = 1.
  [[nodiscard]] std::vector<Table> possible() const {
    const Transformation one = centre * centre;
    std::map<Bits, Transformation> some{{Bits(added[0].size(), 0), one}};
    for (std::size_t i = 0; i < letters.size(); ++i) {  // words of two letters reach all classes
      for (std::size_t x = 0; x < letters.size(); ++x) {
        some.try_emplace(added[x], letters[x]);
        some.try_emplace(after(added[x], i), letters[x] * letters[i]);
      }
    }
    std::vector<std::map<Bits, Transformation>> choices{{}};
    for (const auto& [c, element] : some) {
      const std::size_t known = choices.size();
      for (std::size_t i = 0; i < known; ++i) {
        if (element != one) choices.push_back(choices[i]);
        if (element != one) choices.back().emplace(c, element * centre);
        choices[i].emplace(c, element);
      }
    }
    std::vector<Table> tables;
    for (const auto& tau : choices) tables.push_back(by_definition(tau));
    return tables;
  }
};

TEST_CASE("the second layer of D4 and of Q8 reads the cocycle of a transversal", "[split_groups]") {
  using Bits = CentralCocycle::Bits;
  const Transformation r = map_of({1, 2, 3, 0}), s = map_of({0, 3, 2, 1});
  // 1, −1, i, −i, j, −j, k, −k, multiplied by i, and by j, from the right.
  const Transformation i = map_of({2, 3, 1, 0, 7, 6, 4, 5}), j = map_of({4, 5, 6, 7, 1, 0, 3, 2});
  const Bits none{0, 0}, right{0, 1}, left{1, 0}, both{1, 1};
  const CentralCocycle dihedral{{r, s}, r * r, {both, left}};
  const CentralCocycle quaternions{{i, j}, i * i, {left, right}};
  // Worked out by hand: τ = s, (0 1)(2 3), r; and i, j, i j.
  using Table = CentralCocycle::Table;
  CHECK(dihedral.by_definition({{none, r * r * r * r}, {right, map_of({1, 0, 3, 2})}, {left, s}, {both, r}}) ==
        Table{{{none, 0}, {right, 1}, {left, 0}, {both, 1}}, {{none, 0}, {right, 1}, {left, 0}, {both, 1}}});
  CHECK(quaternions.by_definition({{none, i * i * i * i}, {right, j}, {left, i}, {both, i * j}}) ==
        Table{{{none, 0}, {right, 1}, {left, 1}, {both, 0}}, {{none, 0}, {right, 1}, {left, 0}, {both, 1}}});
  for (const CentralCocycle& known : {dihedral, quaternions}) {
    const Cascade cascade = split(word_problem(known.letters), SeriesKind::kDerived);
    REQUIRE(moduli_of(cascade) == std::vector<std::vector<std::uint32_t>>{{2, 2}, {2}});
    const auto& first = cascade.levels[0];
    const auto& actions = std::get<CoordinateMachine>(cascade.levels[1].machine).actions;
    CentralCocycle found{known.letters, known.centre, {}};
    Table built;
    for (Value x = 0; x < known.letters.size(); ++x) {
      found.added.emplace_back();
      for (const auto& action : std::get<CoordinateMachine>(first.machine).actions[x])
        found.added.back().push_back(static_cast<std::uint32_t>(action.amount));
      built.emplace_back();
      for (const CascadeStep& step : first.steps[x]) {
        const auto& value = first.values[step.value];
        REQUIRE_FALSE(actions[step.output][0].writes);
        built.back()[Bits(value.begin(), value.end())] = static_cast<std::uint32_t>(actions[step.output][0].amount);
      }
    }
    const auto possible = found.possible();
    CHECK(possible.size() == 8);
    CHECK(std::count(possible.begin(), possible.end(), built) >= 1);
  }
}

TEST_CASE("groups that have no series are refused in a sentence", "[split_groups]") {
  const auto refusal = [](const automata::Dfa& dfa, SeriesKind kind) {
    return std::get<std::string>(split_groups(missing_set_cascade(dfa, {}), kind, {}));
  };
  CHECK(refusal(catalogue_language("a5-word-problem"), SeriesKind::kDerived) ==
        "level 1 has the group A5, which is not solvable");
  CHECK(refusal(catalogue_language("arithmetic-mod-5-precedence"), SeriesKind::kDerived) ==
        "level 3 has a group of order 604800, which is not solvable");
  CHECK(refusal(catalogue_language("t3"), SeriesKind::kFrattini) == "level 1 has the group S3, which is not a 2-group");
  CHECK_THROWS_AS(
      split_groups(missing_set_cascade(catalogue_language("s4-word-problem"), {}), SeriesKind::kDerived, {}, 23),
      core::LimitReached);
}

/// Is there a series of the kind for each level?
bool has_series(const Cascade& cascade, SeriesKind kind) {
  for (const CascadeLevel& level : cascade.levels) {
    const auto* machine = std::get_if<PointMachine>(&level.machine);
    if (machine == nullptr) continue;
    std::vector<Transformation> generators;
    for (const auto& action : machine->actions) {
      if (const auto* p = std::get_if<Transformation>(&action)) generators.push_back(*p);
    }
    const PermutationGroup group(machine->points, std::move(generators));
    if (kind == SeriesKind::kDerived ? !is_solvable(group) : !is_p_group(group, 2)) return false;
  }
  return true;
}

/// Random maps; a third of the letters permute.
automata::Dfa random_mixed_dfa(core::Random& random, std::size_t states) {
  std::vector<Transformation> letters;
  for (std::size_t x = 2 + random.below(2); x > 0; --x)
    letters.push_back(random.one_in(3) ? Transformation(random_permutation(random, states))
                                       : random_map(random, states));
  return automata::minimised(dfa_of(letters));
}

TEST_CASE("random automata: split, with and without toggles, or refused with a reason", "[split_groups][slow]") {
  EIGENMATA_SEEDED(random, 63);
  std::size_t refused = 0;
  std::size_t with_group = 0;
  for (int round = 0; round < 800; ++round) {
    const automata::Dfa dfa = random_mixed_dfa(random, 3 + random.below(4));
    const Cascade original = round % 4 < 2 ? missing_set_cascade(dfa, {}) : holonomy_cascade(dfa, {});
    const SeriesKind kind = round % 2 == 0 ? SeriesKind::kDerived : SeriesKind::kFrattini;
    CAPTURE(round, dfa.states());
    const auto result = split_groups(original, kind, {});
    REQUIRE(std::holds_alternative<Cascade>(result) == has_series(original, kind));
    if (std::holds_alternative<std::string>(result)) {
      ++refused;
      continue;
    }
    const Cascade& flat = std::get<Cascade>(result);
    require_right(flat);
    if (flat.levels.size() > original.levels.size()) ++with_group;
    const Cascade kept = with_toggles(flat, {});
    require_right(kept);
    std::size_t needing = 0;
    for (const CascadeLevel& level : flat.levels) needing += level.needs_old_values() ? 1 : 0;
    CHECK(kept.levels.size() <= flat.levels.size() + needing);
    for (const CascadeLevel& level : kept.levels) {
      REQUIRE_FALSE(level.needs_old_values());
      const auto& machine = std::get<CoordinateMachine>(level.machine);
      for (std::size_t j = 0; j < machine.moduli.size(); ++j) {
        for (const auto& moves : machine.actions) REQUIRE((machine.moduli[j] == 1 || !moves[j].writes));
      }
    }
    bool same = true;
    for_each_word(7, dfa.letters(),
                  [&](const core::Word& word) { same = same && same_answers(flat, word) && same_answers(kept, word); });
    REQUIRE(same);
    for (int i = 0; i < 10; ++i) {
      const core::Word word = random_word(random, 60, dfa.letters());
      REQUIRE(run_cascade(original, word) == run_cascade(flat, word));
      REQUIRE(run_cascade(original, word) == run_cascade(kept, word));
    }
  }
  CHECK(refused > 40);
  CHECK(with_group > 100);
}

TEST_CASE("a split group's toggle always goes into its counters", "[split_groups]") {
  EIGENMATA_SEEDED(random, 64);
  std::size_t hosted = 0;
  for (int round = 0; round < 300; ++round) {
    const auto result =
        split_groups(missing_set_cascade(random_mixed_dfa(random, 3 + random.below(4)), {}), SeriesKind::kDerived, {});
    if (std::holds_alternative<std::string>(result)) continue;
    const Cascade& flat = std::get<Cascade>(result);
    std::size_t own = 0;
    for (std::size_t l = 0; l < flat.levels.size(); ++l) {
      if (!flat.levels[l].needs_old_values()) continue;
      const bool behind_counter = l > 0 && moduli_of(flat)[l - 1][0] != 1;
      (behind_counter ? hosted : own) += 1;
    }
    CAPTURE(round);
    CHECK(with_toggles(flat, {}).levels.size() <= flat.levels.size() + own);
  }
  CHECK(hosted > 30);
}

TEST_CASE("limits are limits", "[split_groups]") {
  const Cascade cascade = missing_set_cascade(catalogue_language("t3"), {});
  core::Limits limits;
  limits.memory_bytes = 2000;
  CHECK_THROWS_AS(split_groups(cascade, SeriesKind::kDerived, limits), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::algebra
