// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/letter_and_group.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cascade_layers.hpp"
#include "claimed_form.hpp"
#include "eigenmata/algebra/split_groups.hpp"
#include "phase_layers.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Cascade;
using automata::Dfa;
using automata::State;

constexpr const char* kPass = "letter-and-group";

/// The states as far as letters tell them apart.
struct Classes {
  std::vector<std::uint32_t> of;  ///< by state
  Dfa automaton;                  ///< of the classes; accepting means nothing
};

Classes classes_of(const Dfa& dfa) {
  std::map<std::vector<State>, std::uint32_t> numbers;
  std::vector<std::uint32_t> of;
  std::vector<std::vector<State>> rows;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    std::vector<State> row;
    for (std::size_t x = 0; x < dfa.letters(); ++x) row.push_back(dfa.step(automata::state(q), core::symbol(x)));
    const auto [at, is_new] = numbers.emplace(row, static_cast<std::uint32_t>(numbers.size()));
    of.push_back(at->second);
    if (is_new) rows.push_back(std::move(row));
  }
  std::vector<State> next;
  for (const auto& row : rows) {
    for (const State q : row) next.push_back(automata::state(of[index(q)]));
  }
  const State initial = automata::state(of[index(dfa.initial())]);
  return {std::move(of), {dfa.alphabet(), initial, std::vector<bool>(rows.size(), false), std::move(next)}};
}

/// From a certificate that tracks the classes to one that tracks the states: a context comes with the last letter, or
/// none at the start, which regions of the first layer know.
template <class Certificate>
void add_last_letters(Certificate& certificate, const Classes& classes, const Dfa& dfa) {
  const auto none = static_cast<std::uint32_t>(dfa.letters());
  auto& first = certificate.layers[0];
  const auto regions = first.regions;
  for (std::uint32_t y = 0; y < none; ++y) first.regions.insert(first.regions.end(), regions.begin(), regions.end());
  const auto copy = [&](std::uint32_t region, std::uint32_t y) {
    return region + y * static_cast<std::uint32_t>(regions.size());
  };
  const auto steps = std::exchange(first.steps, {});
  for (std::uint32_t y = 0; y <= none; ++y) {
    for (const auto& step : steps)
      first.steps.push_back({copy(step.region, y), step.symbol, copy(step.next, step.symbol)});
  }
  first.start = copy(first.start, none);

  std::size_t above = 0;  // contexts before the layer, without letters; none has a letter before the first
  for (auto& layer : certificate.layers) {
    const bool is_first = &layer == &first;
    const auto meets = std::exchange(layer.meets, {});
    const auto contexts = static_cast<std::uint32_t>(layer.contexts);
    for (std::uint32_t y = 0; y <= none; ++y) {
      for (const auto& meet : meets) {
        const auto shift = static_cast<std::uint32_t>(y * above);
        layer.meets.push_back(
            {meet.above + shift, is_first ? copy(meet.region, y) : meet.region, meet.context + y * contexts});
      }
    }
    above = layer.contexts;
    layer.contexts *= none + 1;
  }
  const auto meaning = std::exchange(certificate.meaning, {});
  const auto is_meant = [&](std::size_t context, State q) {
    const State c = automata::state(classes.of[index(q)]);
    return std::binary_search(meaning[context].begin(), meaning[context].end(), c);
  };
  for (std::uint32_t y = 0; y <= none; ++y) {
    for (std::size_t c = 0; c < meaning.size(); ++c) {
      std::vector<State> states;
      if (y == none && is_meant(c, dfa.initial())) states.push_back(dfa.initial());
      for (std::size_t q = 0; y < none && q < dfa.states(); ++q) {
        const State to = dfa.step(automata::state(q), core::symbol(y));
        if (is_meant(c, to)) states.push_back(to);
      }
      std::sort(states.begin(), states.end());
      states.erase(std::unique(states.begin(), states.end()), states.end());
      certificate.meaning.push_back(std::move(states));
    }
  }
}

}  // namespace

PassResult compile_letter_and_group(const Dfa& minimal, const expressivity::ModelClass& target,
                                    const core::Limits& limits) {
  const Classes classes = classes_of(minimal);
  if (classes.automaton.states() == minimal.states()) return Refusal{kPass, "letters tell all states apart"};
  for (const auto& map : algebra::letter_maps(classes.automaton)) {
    if (!map.is_permutation()) return Refusal{kPass, "what letters tell apart is not permuted by them"};
  }
  // Which state of a class it is does not matter to the next letter, nor to what is said of it.
  std::vector<State> some(classes.automaton.states(), minimal.initial());
  for (std::size_t q = 0; q < minimal.states(); ++q) some[classes.of[q]] = automata::state(q);
  const Cascade cascade = algebra::cascade_of_permutations(classes.automaton, 2, [&](State c, core::Symbol letter) {
    return algebra::Value{minimal.is_accepting(minimal.step(some[index(c)], letter)) ? 1U : 0U};
  });
  LayerStyle style{lrnn::TransitionClass::Form::kDiagonal, Memory::kSlot, target.set()};
  style.phases = true;
  std::string reason;
  for (const auto series : {algebra::SeriesKind::kDerived, algebra::SeriesKind::kElementary}) {
    auto split = algebra::split_groups(cascade, series, limits);
    if (auto* why = std::get_if<std::string>(&split)) return Refusal{kPass, std::move(*why)};
    auto& counters = std::get<Cascade>(split);
    auto why = turn_counters(counters, target.set(), limits);
    if (!why) why = obstacle(counters, style);
    if (why) {
      reason = std::move(*why);
      continue;
    }
    counters.automaton = minimal;
    const auto claim = class_claimed(target, style.form);
    Construction result = phase_obstacle(counters, style.form) ? construction_for(kPass, counters, style, claim, limits)
                                                               : phase_construction(kPass, counters, style, claim);
    std::visit(
        [&](auto& certificate) {
          if constexpr (requires { certificate.meaning; }) add_last_letters(certificate, classes, minimal);
        },
        result.certificate);
    return result;
  }
  return Refusal{kPass, reason};
}

}  // namespace eigenmata::compiler
