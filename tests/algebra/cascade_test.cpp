// SPDX-License-Identifier: Apache-2.0
//
// The checker of cascades finds each kind of fault; merging symbols keeps what a cascade does.
#include "eigenmata/algebra/cascade.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/algebra/missing_set.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

Cascade flip_flop() { return missing_set_cascade(regex_language("(a|b|c)*ac*"), {}); }

/// Two levels, resets and permutations, an old value that matters.
Cascade worked_example() {
  return missing_set_cascade(dfa_from_table(small_alphabet(2), {{1, 0}, {2, 0}, {0, 2}}, {0}), {});
}

bool is_right(const Cascade& cascade) { return check_cascade(cascade, {}).is_yes(); }

TEST_CASE("the checker of cascades refuses a wrong next value, output, context and meaning", "[cascade]") {
  REQUIRE(is_right(worked_example()));
  for (std::size_t l = 0; l < 2; ++l) {
    const Cascade right = worked_example();
    for (std::size_t s = 0; s < right.levels[l].inputs(); ++s) {
      for (std::size_t i = 0; i < right.levels[l].steps[s].size(); ++i) {
        CAPTURE(l, s, i);
        Cascade wrong = right;
        auto& next = wrong.levels[l].steps[s][i].next;
        next = next == 0 ? 1 : 0;
        CHECK_FALSE(is_right(wrong));
        wrong = right;
        auto& output = wrong.levels[l].steps[s][i].output;
        output = output == 0 ? 1 : 0;
        CHECK_FALSE(is_right(wrong));
        wrong = right;
        wrong.levels[l].steps[s].erase(wrong.levels[l].steps[s].begin() + static_cast<std::ptrdiff_t>(i));
        CHECK_FALSE(is_right(wrong));
      }
    }
    for (std::size_t m = 0; m < right.levels[l].meets.size(); ++m) {
      CAPTURE(l, m);
      Cascade wrong = right;
      wrong.levels[l].meets.erase(wrong.levels[l].meets.begin() + static_cast<std::ptrdiff_t>(m));
      CHECK_FALSE(is_right(wrong));
    }
  }
  for (std::size_t c = 0; c < worked_example().meaning.size(); ++c) {
    Cascade wrong = worked_example();
    wrong.meaning[c] = {automata::state((automata::index(wrong.meaning[c][0]) + 1) % 3)};
    CHECK_FALSE(is_right(wrong));
  }
}

TEST_CASE("the flip-flop is one coordinate with two codes", "[cascade]") {
  const Cascade cascade = flip_flop();
  REQUIRE(cascade.levels.size() == 1);
  CHECK(std::get<CoordinateMachine>(cascade.levels[0].machine).moduli == std::vector<std::uint32_t>{1});
  CHECK(cascade.levels[0].values.size() == 2);
  CHECK_FALSE(cascade.levels[0].needs_old_values());
}

TEST_CASE("merging symbols twice changes nothing more", "[cascade]") {
  auto random = core::Random(seed_or(41));
  CAPTURE(seed_or(41));
  for (int i = 0; i < 60; ++i) {
    const auto dfa = automata::minimised(random_dfa(random, 2 + random.below(4), 2));
    Cascade cascade = missing_set_cascade(dfa, {});
    std::vector<std::size_t> inputs;
    for (const auto& level : cascade.levels) inputs.push_back(level.inputs());
    merge_symbols(cascade);
    CHECK(is_right(cascade));
    for (std::size_t l = 0; l < inputs.size(); ++l) CHECK(cascade.levels[l].inputs() == inputs[l]);
  }
}

/// Behind one machine of two codes, one that writes 0 on its first two symbols, each over another value.
Cascade writing_over_different_values() {
  Cascade cascade{regex_language("(a|b)*a"), {}, {}};
  CascadeLevel first{CoordinateMachine{{1}, {{{true, 0}}, {{true, 1}}}}, {{0}, {1}}, 0, {}, 2, 2, {}};
  first.steps = {{{0, 0, 0}, {1, 0, 1}}, {{0, 1, 0}, {1, 1, 1}}};
  CascadeLevel second{CoordinateMachine{{1}, {{{true, 0}}, {{true, 0}}}}, {{0}, {1}}, 0, {}, 2, 2, {}};
  second.steps = {{{0, 0, 0}}, {{1, 0, 1}}};
  cascade.levels = {first, second};
  return cascade;
}

TEST_CASE("merging symbols never makes a level need old values", "[cascade]") {
  Cascade cascade = writing_over_different_values();
  merge_symbols(cascade);
  CHECK(cascade.levels[1].inputs() == 2);
  CHECK_FALSE(cascade.levels[1].needs_old_values());

  cascade = writing_over_different_values();
  CascadeLevel& second = cascade.levels[1];
  std::get<CoordinateMachine>(second.machine).actions.push_back({{true, 1}});
  second.steps.push_back({{0, 1, 0}, {1, 1, 1}});
  cascade.levels[0].steps[1] = {{0, 1, 2}, {1, 1, 2}};
  cascade.levels[0].outputs = 3;
  REQUIRE(second.needs_old_values());  // so merging loses nothing
  merge_symbols(cascade);
  CHECK(cascade.levels[1].inputs() == 2);
}

}  // namespace
}  // namespace eigenmata::algebra
