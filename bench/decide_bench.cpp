// SPDX-License-Identifier: Apache-2.0
//
// The whole table of verdicts for every language of the catalogue, from the automaton on.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/expressivity/verdict_table.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using expressivity::LanguageFacts;

void decide_catalogue(::benchmark::State& state, const std::vector<automata::Language>& languages) {
  using Clock = std::chrono::steady_clock;
  for (auto _ : state) {
    std::vector<double> seconds;
    std::size_t unknown = 0;
    for (const automata::Language& language : languages) {
      const auto start = Clock::now();
      LanguageFacts facts(language.dfa);
      for (const auto& cell : expressivity::verdict_table()) unknown += decide(facts, cell).is_unknown();
      seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
    std::sort(seconds.begin(), seconds.end());
    state.counters["median"] = seconds[seconds.size() / 2];
    state.counters["slowest"] = seconds.back();
    state.counters["languages"] = static_cast<double>(seconds.size());
    state.counters["cells"] = static_cast<double>(seconds.size() * expressivity::verdict_table().size());
    state.counters["unknown"] = static_cast<double>(unknown);
  }
}

}  // namespace

void register_decisions() {
  register_run("decide/catalogue/table", [](::benchmark::State& state) {
    std::vector<automata::Language> languages;
    for (const std::string& name : automata::catalogue_names()) {
      automata::LanguageRequest request;
      request.path_or_name = name;
      languages.push_back(automata::read_language(request, {}));
    }
    decide_catalogue(state, languages);
  });
}

void print_decisions(const Figures& figures) {
  const auto found = figures.find("decide/catalogue/table");
  if (found == figures.end()) return;
  const auto& counters = found->second.counters;
  std::printf("\nVerdicts for the catalogue: the table of one language\n");
  std::printf("  %-12s %14s %14s %10s %10s\n", "languages", "median ms", "slowest ms", "cells", "unknown");
  std::printf("  %-12.0f %14.2f %14.1f %10.0f %9.0f%%\n", counters.at("languages"), counters.at("median") * 1e3,
              counters.at("slowest") * 1e3, counters.at("cells"), 100 * counters.at("unknown") / counters.at("cells"));
}

}  // namespace eigenmata::bench
