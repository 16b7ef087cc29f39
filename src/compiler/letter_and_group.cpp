// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/letter_and_group.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cascade_layers.hpp"
#include "claimed_form.hpp"
#include "eigenmata/algebra/delays.hpp"
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
void add_last_letters(Certificate& certificate, const Classes& classes, const Dfa& dfa, const core::Limits& limits) {
  const auto none = static_cast<std::uint32_t>(dfa.letters());
  auto& first = certificate.layers[0];
  std::size_t rows = first.regions.size() + first.steps.size() + dfa.states();
  for (const auto& layer : certificate.layers) rows += layer.meets.size();
  constexpr std::size_t kBytesOfRow = 200;
  limits.require_memory(rows * (none + std::size_t{1}) * kBytesOfRow, "regions for each last letter");
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
  // The states that a letter leads to, by what is known of their class.
  const auto meaning = std::exchange(certificate.meaning, {});
  std::vector<std::vector<std::size_t>> contexts_of(classes.automaton.states());
  for (std::size_t c = 0; c < meaning.size(); ++c) {
    for (const State at : meaning[c]) contexts_of[index(at)].push_back(c);
  }
  certificate.meaning.resize((none + 1) * meaning.size());
  const auto mean = [&](std::uint32_t y, State q) {
    for (const std::size_t c : contexts_of[classes.of[index(q)]])
      certificate.meaning[y * meaning.size() + c].push_back(q);
  };
  for (std::uint32_t y = 0; y < none; ++y) {
    for (std::size_t q = 0; q < dfa.states(); ++q) mean(y, dfa.step(automata::state(q), core::symbol(y)));
  }
  mean(none, dfa.initial());
  for (auto& states : certificate.meaning) {
    std::sort(states.begin(), states.end());
    states.erase(std::unique(states.begin(), states.end()), states.end());
  }
}

using Counted = std::variant<Cascade, std::string>;

class Builder {
 public:
  Builder(const Dfa& minimal, const Classes& classes, const expressivity::ModelClass& target,
          std::function<bool(State, core::Symbol)> accepts, const core::Limits& limits)
      : minimal_(minimal), classes_(classes), target_(target), accepts_(std::move(accepts)), limits_(limits) {}

  [[nodiscard]] PassResult still() const {
    const Cascade cascade = algebra::cascade_of_permutations(
        classes_.automaton, 2, [&](State c, core::Symbol x) { return algebra::Value{accepts_(c, x) ? 1U : 0U}; });
    return built(style(target_.set(), false), [&](SeriesKind series, const LayerStyle& style) -> Counted {
      auto split = algebra::split_groups(cascade, series, limits_);
      return std::holds_alternative<Cascade>(split) ? counted(std::move(std::get<Cascade>(split)), style) : split;
    });
  }

  /// In the frame of e(angle), behind a clock.
  [[nodiscard]] PassResult in_frame(const exact::Rational& angle) const {
    const auto m = static_cast<std::uint32_t>(denominator(angle));
    const auto step = static_cast<std::uint32_t>(numerator(angle));
    return built(style(in_frame_of(angle, target_.set()), true), [&](SeriesKind series, const LayerStyle& style) {
      const auto rewrite = [&](Cascade cascade) { return counted(std::move(cascade), style); };
      return algebra::framed_cascade(classes_.automaton, m, step, {series, true, rewrite, accepts_}, limits_);
    });
  }

 private:
  using SeriesKind = algebra::SeriesKind;

  static LayerStyle style(const expressivity::SpectrumSet& set, bool in_frame) {
    LayerStyle style{lrnn::TransitionClass::Form::kDiagonal, Memory::kSlot, set};
    style.phases = true;
    style.in_frame = in_frame;
    return style;
  }

  [[nodiscard]] Counted counted(Cascade cascade, const LayerStyle& style) const {
    if (auto why = turn_counters(cascade, *style.spectrum, limits_)) return std::move(*why);
    return cascade;
  }

  /// By the first series for which `cascade(series, style)` is one that the style can do.
  template <class F>
  [[nodiscard]] PassResult built(const LayerStyle& style, const F& cascade) const {
    std::string reason;
    for (const auto series : {SeriesKind::kDerived, SeriesKind::kElementary}) {
      Counted found = cascade(series, style);
      if (auto* why = std::get_if<std::string>(&found)) {
        reason = std::move(*why);
        continue;
      }
      auto& counters = std::get<Cascade>(found);
      if (auto why = obstacle(counters, style)) {
        reason = std::move(*why);
        continue;
      }
      counters.automaton = minimal_;
      auto counting = counter_construction(kPass, counters, style, class_claimed(target_, style.form), limits_);
      if (auto* why = std::get_if<std::string>(&counting)) {
        reason = std::move(*why);
        continue;
      }
      auto& result = std::get<Construction>(counting);
      std::visit(
          [&](auto& certificate) {
            if constexpr (requires { certificate.meaning; }) add_last_letters(certificate, classes_, minimal_, limits_);
          },
          result.certificate);
      return std::move(result);
    }
    return Refusal{kPass, reason};
  }

  const Dfa& minimal_;
  const Classes& classes_;
  const expressivity::ModelClass& target_;
  std::function<bool(State, core::Symbol)> accepts_;
  const core::Limits& limits_;
};

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
  const auto accepts = [&](State c, core::Symbol letter) {
    return minimal.is_accepting(minimal.step(some[index(c)], letter));
  };
  Builder builder(minimal, classes, target, accepts, limits);
  if (target.set().contains(1)) return builder.still();
  PassResult result = Refusal{kPass, "the set has no root of unity"};
  for (const exact::Rational& angle : angles_of_frames(target.set())) {
    result = builder.in_frame(angle);
    if (std::holds_alternative<Construction>(result)) break;
  }
  return result;
}

}  // namespace eigenmata::compiler
