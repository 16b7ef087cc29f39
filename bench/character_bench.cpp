// SPDX-License-Identifier: Apache-2.0
//
// Groups: the character table with its proof, k(G, all elements), and whether all involutions are covered by
// reflections.
#include <cstdint>
#include <cstdio>
#include <numeric>

#include "eigenmata/algebra/reflection_cover.hpp"
#include "eigenmata/algebra/reflection_length.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using algebra::CharacterTable;
using algebra::ListedGroup;
using algebra::PermutationGroup;
using algebra::Transformation;

struct Example {
  const char* name;
  PermutationGroup group;
};

const std::vector<Example>& examples() {
  // The first on the seven points of the plane over two elements.
  static const std::vector<Example> list{
      {"PSL(2,7)", PermutationGroup(7, {Transformation({1, 2, 3, 4, 5, 6, 0}), Transformation({0, 2, 1, 6, 4, 5, 3})})},
      {"A_6", algebra::alternating_group(6)},
      {"S_6", algebra::symmetric_group(6)},
      {"S_7", algebra::symmetric_group(7)},
      {"Z_100", algebra::cyclic_group(100)}};
  return list;
}

void character_table(::benchmark::State& state, const PermutationGroup& group) {
  const ListedGroup listed(group);
  for (auto _ : state) {
    const CharacterTable table(listed);
    state.counters["order"] = static_cast<double>(listed.order());
    state.counters["classes"] = static_cast<double>(table.size());
  }
}

void reflections(::benchmark::State& state, const PermutationGroup& group) {
  const ListedGroup listed(group);
  const CharacterTable table(listed);
  std::vector<std::uint32_t> letters(listed.order());
  std::iota(letters.begin(), letters.end(), 0u);
  for (auto _ : state) state.counters["k"] = algebra::shortest_reflections(table, letters).k;
}

void cover(::benchmark::State& state, const PermutationGroup& group) {
  std::vector<Transformation> letters;
  for (const Transformation& g : group.elements(10'000)) {
    if (g.period() == 2) letters.push_back(g);
  }
  for (auto _ : state) state.counters["yes"] = algebra::reflection_cover(letters).is_yes() ? 1 : 0;
}

}  // namespace

void register_characters() {
  for (const Example& example : examples()) {
    const std::string row = std::string("characters/") + example.name;
    register_run(row + "/table", [&](::benchmark::State& s) { character_table(s, example.group); });
    register_run(row + "/k", [&](::benchmark::State& s) { reflections(s, example.group); });
    register_run(row + "/cover", [&](::benchmark::State& s) { cover(s, example.group); });
  }
}

void print_characters(const Figures& figures) {
  std::printf("\nCharacters of groups\n  %-10s %8s %8s %12s %4s %10s %26s\n", "group", "order", "classes", "table ms",
              "k", "k ms", "involutions covered, ms");
  for (const Example& example : examples()) {
    const std::string row = std::string("characters/") + example.name;
    if (figures.count(row + "/cover") == 0) continue;
    const Figure& table = figures.at(row + "/table");
    const Figure& k = figures.at(row + "/k");
    const Figure& covered = figures.at(row + "/cover");
    std::printf("  %-10s %8.0f %8.0f %12.3f %4.0f %10.3f %15s %10.3f\n", example.name, table.counters.at("order"),
                table.counters.at("classes"), table.seconds * 1e3, k.counters.at("k"), k.seconds * 1e3,
                covered.counters.at("yes") > 0 ? "yes" : "no", covered.seconds * 1e3);
  }
}

}  // namespace eigenmata::bench
