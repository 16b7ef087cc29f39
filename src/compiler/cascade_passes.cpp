// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/cascade_passes.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "cascade_layers.hpp"
#include "claimed_form.hpp"
#include "eigenmata/algebra/clocked_cascade.hpp"
#include "eigenmata/algebra/delays.hpp"
#include "eigenmata/algebra/dihedral_levels.hpp"
#include "eigenmata/algebra/group_blocks.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/loop_lengths.hpp"
#include "eigenmata/algebra/map_blocks.hpp"
#include "eigenmata/algebra/reflected_counters.hpp"
#include "eigenmata/algebra/split_groups.hpp"
#include "eigenmata/core/text.hpp"
#include "phase_layers.hpp"

namespace eigenmata::compiler {

using Form = lrnn::TransitionClass::Form;

namespace {

bool is_by_factors(const expressivity::ModelClass& target) {
  using ClassForm = expressivity::ModelClass::Form;
  return target.form == ClassForm::kHouseholder || target.form == ClassForm::kGatedHouseholder;
}

/// A decomposition without groups, if one is found. For a star-free language holonomy always is one; missing sets need
/// fewer levels as a rule.
const algebra::Cascade* cascade_without_groups(const Decompositions& cascades, const core::Limits& limits) {
  if (!algebra::has_group(cascades.missing_sets(limits))) return &cascades.missing_sets(limits);
  if (!algebra::has_group(cascades.holonomy(limits))) return &cascades.holonomy(limits);
  return nullptr;
}

algebra::BlockStyle style_of_blocks(std::size_t factors, algebra::Clock clock, std::size_t most_pairs) {
  algebra::BlockStyle style{factors, clock};
  style.max_size = most_pairs;
  return style;
}

constexpr const char* kHasGroups = "the language is not star-free";

using Rewritten = std::variant<algebra::Cascade, std::string>;

/// Of the cascades, rewritten, the one with the fewest levels; or why none can be.
Rewritten fewest_levels(const Decompositions& cascades, const core::Limits& limits,
                        const std::function<Rewritten(const algebra::Cascade&)>& rewrite) {
  std::optional<algebra::Cascade> best;
  std::string reason;
  std::vector<const algebra::Cascade*> originals{&cascades.missing_sets(limits)};
  // A group is one level of either.
  if (algebra::is_group(cascades.minimal()).is_no()) originals.push_back(&cascades.holonomy(limits));
  for (const algebra::Cascade* cascade : originals) {
    Rewritten found = rewrite(*cascade);
    if (auto* why = std::get_if<std::string>(&found)) {
      reason = std::move(*why);
      continue;
    }
    auto& rewritten = std::get<algebra::Cascade>(found);
    if (!best || rewritten.levels.size() < best->levels.size()) best = std::move(rewritten);
  }
  if (best) return std::move(*best);
  return reason;
}

}  // namespace

PassResult compile_missing_sets(const Decompositions& cascades, const core::Limits& limits) {
  lrnn::TransitionClass claim;
  claim.form = Form::kHouseholder;
  return construction_for("missing-sets", cascades.missing_sets(limits),
                          {Form::kHouseholder, Memory::kSlot, std::nullopt}, claim, limits);
}

PassResult compile_digits(const Decompositions& cascades, const expressivity::ModelClass& target,
                          const core::Limits& limits) {
  constexpr const char* kPass = "digits";
  const bool by_factors = is_by_factors(target);
  const LayerStyle style{by_factors ? Form::kHouseholder : Form::kDiagonal, Memory::kDigits, target.set()};
  const algebra::Cascade* original = cascade_without_groups(cascades, limits);
  if (original == nullptr) return Refusal{kPass, kHasGroups};
  const algebra::Cascade cascade = with_writable_digits(*original, style, limits);
  if (const auto reason = obstacle(cascade, style)) return Refusal{kPass, *reason};
  return construction_for(kPass, cascade, style, class_claimed(target, style.form), limits);
}

PassResult compile_signs(const Decompositions& cascades, const expressivity::ModelClass& target, bool finite_orbit,
                         const core::Limits& limits) {
  const char* const pass = finite_orbit ? "toggles" : "signs-and-digits";
  const bool by_factors = is_by_factors(target);
  const LayerStyle style{by_factors ? Form::kHouseholder : Form::kDiagonal,
                         finite_orbit ? Memory::kSlot : Memory::kDigits, target.set()};
  const auto best = fewest_levels(cascades, limits, [&](const algebra::Cascade& original) -> Rewritten {
    auto split = algebra::split_groups(original, algebra::SeriesKind::kFrattini, limits);
    if (std::holds_alternative<std::string>(split)) return split;
    auto& cascade = std::get<algebra::Cascade>(split);
    cascade = finite_orbit ? algebra::with_toggles(cascade, limits) : with_writable_digits(cascade, style, limits);
    if (by_factors && target.factors)
      cascade = algebra::with_few_factors(cascade, *target.factors, algebra::Counting::kTurn, limits);
    if (auto why = obstacle(cascade, style)) return std::move(*why);
    return split;
  });
  if (const auto* reason = std::get_if<std::string>(&best)) return Refusal{pass, *reason};
  return construction_for(pass, std::get<algebra::Cascade>(best), style, class_claimed(target, style.form), limits);
}

PassResult compile_blocks(const Decompositions& cascades, const expressivity::ModelClass& target,
                          const core::Limits& limits, std::size_t most_pairs) {
  constexpr const char* kPass = "blocks";
  const LayerStyle style{Form::kHouseholder, Memory::kSlot, target.set()};
  const std::size_t factors = target.factors.value_or(1);
  const auto best = fewest_levels(cascades, limits, [&](const algebra::Cascade& original) -> Rewritten {
    auto blocks = algebra::with_blocks(algebra::split_groups_of_kind(original, algebra::SeriesKind::kFrattini, limits),
                                       style_of_blocks(factors, algebra::Clock::kBinary, most_pairs), limits);
    if (std::holds_alternative<std::string>(blocks)) return blocks;
    auto& cascade = std::get<algebra::Cascade>(blocks);
    cascade =
        algebra::with_few_factors(algebra::with_toggles(cascade, limits), factors, algebra::Counting::kTurn, limits);
    if (auto why = obstacle(cascade, style)) return std::move(*why);
    return blocks;
  });
  if (const auto* reason = std::get_if<std::string>(&best)) return Refusal{kPass, *reason};
  return construction_for(kPass, std::get<algebra::Cascade>(best), style, class_claimed(target, style.form), limits);
}

PassResult compile_turns(const Decompositions& cascades, const expressivity::ModelClass& target,
                         const core::Limits& limits, std::size_t most_pairs) {
  constexpr const char* kPass = "turns";
  LayerStyle style{Form::kHouseholder, Memory::kSlot, target.set()};
  style.phases = true;
  const std::size_t factors = target.factors.value_or(1);
  const auto with_series = [&](const algebra::Cascade& original, algebra::SeriesKind kind) -> Rewritten {
    std::optional<algebra::Cascade> best;
    std::string reason;
    const auto offer = [&](algebra::Cascade cascade) {
      auto why = obstacle(cascade, style);
      if (!why) why = phase_obstacle(cascade, style.form);
      if (why) {
        reason = std::move(*why);
      } else if (!best || cascade.levels.size() < best->levels.size()) {
        best = std::move(cascade);
      }
    };
    for (const bool dihedral : {true, false}) {
      algebra::Cascade split = dihedral ? algebra::split_dihedral_groups(original, limits) : original;
      if (dihedral && split.levels.size() == original.levels.size()) continue;  // there is none
      split = algebra::split_groups_of_kind(std::move(split), kind, limits);
      auto blocks =
          algebra::with_blocks(std::move(split), style_of_blocks(factors, algebra::Clock::kCircle, most_pairs), limits);
      if (auto* why = std::get_if<std::string>(&blocks)) {
        reason = std::move(*why);
        continue;
      }
      const algebra::Cascade cascade = algebra::with_toggles(std::get<algebra::Cascade>(blocks), limits);
      offer(algebra::with_reflected_counters(
          algebra::with_few_factors(cascade, factors, algebra::Counting::kReflect, limits)));
      if (factors >= 2) offer(algebra::with_few_factors(cascade, factors, algebra::Counting::kTurn, limits));
    }
    if (best) return std::move(*best);
    return reason;
  };
  const auto best = fewest_levels(cascades, limits, [&](const algebra::Cascade& original) -> Rewritten {
    auto derived = with_series(original, algebra::SeriesKind::kDerived);
    if (std::holds_alternative<algebra::Cascade>(derived)) return derived;
    // The other series of solvable groups has fewer roots of unity and more levels.
    const auto split = algebra::split_groups(original, algebra::SeriesKind::kDerived, limits);
    if (std::holds_alternative<std::string>(split)) return derived;
    return with_series(original, algebra::SeriesKind::kElementary);
  });
  if (const auto* reason = std::get_if<std::string>(&best)) return Refusal{kPass, *reason};
  return phase_construction(kPass, std::get<algebra::Cascade>(best), style, class_claimed(target, style.form));
}

PassResult compile_swaps_and_copies(const automata::Dfa& minimal, std::size_t factors, FactorForm form, bool large_ring,
                                    const core::Limits& limits, std::size_t most_layers, std::size_t most_pairs) {
  constexpr const char* kPass = "swaps-and-copies";
  constexpr std::size_t kLargeRing = 400'000;
  if (form == FactorForm::kHouseholder && algebra::is_group(minimal).is_no())
    return Refusal{kPass, "a copy of one state to another is no Householder factor"};
  algebra::BlockStyle blocks = style_of_blocks(factors, algebra::Clock::kCircle, most_pairs);
  if (large_ring) blocks.max_ring_steps = kLargeRing;
  blocks.max_levels = most_layers;
  auto circle = algebra::map_blocks(minimal, blocks, limits);
  if (auto* why = std::get_if<std::string>(&circle)) return Refusal{kPass, std::move(*why)};
  auto& cascade = std::get<algebra::Cascade>(circle);
  if (factors == 1) cascade = algebra::with_reflected_counters(cascade);
  LayerStyle style{Form::kHouseholder, Memory::kSlot, std::nullopt};
  style.phases = true;
  if (!phase_obstacle(cascade, style.form, 2 * blocks.max_ring_steps))
    return claimed(phase_construction(kPass, cascade, style, std::nullopt), form);
  // A clock of bits needs no irrational numbers, and more layers.
  blocks.clock = algebra::Clock::kBinary;
  auto binary = algebra::map_blocks(minimal, blocks, limits);
  if (auto* why = std::get_if<std::string>(&binary)) return Refusal{kPass, std::move(*why)};
  style.phases = false;
  return claimed(construction_for(kPass, std::get<algebra::Cascade>(binary), style, std::nullopt, limits), form);
}

PassResult compile_phases(const Decompositions& cascades, const expressivity::ModelClass& target, bool finite_orbit,
                          const core::Limits& limits) {
  const char* const pass = finite_orbit ? "phases" : "phases-and-digits";
  LayerStyle style{Form::kDiagonal, finite_orbit ? Memory::kSlot : Memory::kDigits, target.set()};
  style.phases = true;
  const auto with_series = [&](const algebra::Cascade& original, algebra::SeriesKind kind) -> Rewritten {
    auto split = algebra::split_groups(original, kind, limits);
    if (std::holds_alternative<std::string>(split)) return split;
    auto& cascade = std::get<algebra::Cascade>(split);
    cascade = finite_orbit ? algebra::with_toggles(cascade, limits) : with_writable_digits(cascade, style, limits);
    auto why = turn_counters(cascade, target.set(), limits);
    if (!why) why = obstacle(cascade, style);
    if (!why) why = phase_obstacle(cascade, style.form);
    if (why) return std::move(*why);
    return split;
  };
  const auto best = fewest_levels(cascades, limits, [&](const algebra::Cascade& original) -> Rewritten {
    auto derived = with_series(original, algebra::SeriesKind::kDerived);
    if (std::holds_alternative<algebra::Cascade>(derived)) return derived;
    // More levels of smaller counters need roots of unity of a smaller order, and of those that a set may have.
    auto elementary = with_series(original, algebra::SeriesKind::kElementary);
    return std::holds_alternative<algebra::Cascade>(elementary) ? elementary : derived;
  });
  if (const auto* reason = std::get_if<std::string>(&best)) return Refusal{pass, *reason};
  return phase_construction(pass, std::get<algebra::Cascade>(best), style, class_claimed(target, style.form));
}

PassResult compile_slots(const Decompositions& cascades, const core::Limits& limits) {
  constexpr const char* kPass = "slots";
  const algebra::Cascade* cascade = cascade_without_groups(cascades, limits);
  if (cascade == nullptr) return Refusal{kPass, kHasGroups};
  lrnn::TransitionClass claim;
  claim.form = Form::kTriangular;
  claim.low = 0;
  return construction_for(kPass, *cascade, {Form::kDense, Memory::kSlot, std::nullopt}, claim, limits);
}

PassResult compile_repetitions(const Decompositions& cascades, const expressivity::ModelClass& target,
                               const core::Limits& limits) {
  constexpr const char* kPass = "repetition-slots";
  const automata::Dfa& minimal = cascades.minimal();
  for (std::size_t i = 0; i < minimal.states() * minimal.letters(); ++i) {
    const core::Symbol letter = core::symbol(i % minimal.letters());
    const automata::State next = minimal.step(automata::state(i / minimal.letters()), letter);
    if (minimal.step(next, letter) != next)
      return Refusal{kPass, "a repeated letter " + core::in_quotes(minimal.alphabet().name(letter)) + " counts"};
  }
  const algebra::Cascade* original = cascade_without_groups(cascades, limits);
  if (original == nullptr) return Refusal{kPass, kHasGroups};
  const bool by_factors = is_by_factors(target);
  const LayerStyle style{by_factors ? Form::kHouseholder : Form::kDiagonal, Memory::kSlot, target.set()};
  algebra::Cascade cascade = algebra::with_repetition_slots(*original, limits);
  if (by_factors && target.factors)
    cascade = algebra::with_few_factors(cascade, *target.factors, algebra::Counting::kTurn, limits);
  if (const auto reason = obstacle(cascade, style)) return Refusal{kPass, *reason};
  return construction_for(kPass, cascade, style, class_claimed(target, style.form), limits);
}

namespace {

/// A clock that a root of unity of the set turns, and machines in its frame: with slots where the set has 0, else with
/// digits in the frame of −1. (Digits have intervals, which no other root turns into intervals.)
PassResult compile_in_frame(const char* pass, const Decompositions& cascades, const expressivity::ModelClass& target,
                            const exact::Rational& angle, const core::Limits& limits) {
  const bool has_zero = target.set().contains_zero();
  const Memory memory = has_zero ? Memory::kSlot : Memory::kDigits;
  const auto m = static_cast<std::uint32_t>(denominator(angle));
  const auto step = static_cast<std::uint32_t>(numerator(angle));
  LayerStyle style{Form::kDiagonal, memory, in_frame_of(angle, target.set())};
  style.phases = true;
  style.in_frame = true;
  std::string reason;
  for (const auto series : {algebra::SeriesKind::kDerived, algebra::SeriesKind::kElementary}) {
    const auto rewrite = [&](algebra::Cascade cascade) -> Rewritten {
      const auto holds_codes = [](const algebra::CascadeLevel& level) { return is_coded(level); };
      if (!has_zero && angle != exact::Rational(1, 2) &&
          std::any_of(cascade.levels.begin(), cascade.levels.end(), holds_codes))
        return "codes are overwritten, and the set has neither 0 nor, in the frame of -1, a contraction";
      if (!has_zero) cascade = with_writable_digits(cascade, {Form::kDiagonal, memory, style.spectrum}, limits);
      if (auto why = turn_counters(cascade, *style.spectrum, limits)) return std::move(*why);
      return cascade;
    };
    auto framed =
        algebra::framed_cascade(cascades.minimal(), m, step, {series, memory == Memory::kSlot, rewrite}, limits);
    if (auto* why = std::get_if<std::string>(&framed)) {
      reason = std::move(*why);
      continue;
    }
    const auto& cascade = std::get<algebra::Cascade>(framed);
    if (auto why = obstacle(cascade, style)) {
      reason = std::move(*why);
      continue;
    }
    auto built = counter_construction(pass, cascade, style, class_claimed(target, style.form), limits);
    if (auto* construction = std::get_if<Construction>(&built)) return std::move(*construction);
    reason = std::get<std::string>(std::move(built));
  }
  return Refusal{pass, reason};
}

}  // namespace

PassResult compile_clock(const Decompositions& cascades, const expressivity::ModelClass& target,
                         const core::Limits& limits) {
  constexpr const char* kPass = "clock";
  const std::vector<exact::Rational> angles = angles_of_frames(target.set());
  if (angles.empty()) return Refusal{kPass, "the set has no root of unity but 1"};
  std::string reason;
  for (const exact::Rational& angle : angles) {
    PassResult result = compile_in_frame(kPass, cascades, target, angle, limits);
    const auto* refusal = std::get_if<Refusal>(&result);
    if (refusal == nullptr) return result;
    reason = refusal->reason;
  }
  return Refusal{kPass, reason};
}

PassResult compile_mixed(const Decompositions& cascades, bool finite_orbit, const core::Limits& limits) {
  const char* const pass = finite_orbit ? "clock-and-slots" : "clock-and-digits";
  const automata::Dfa& minimal = cascades.minimal();
  const auto m = algebra::least_aperiodic_block(algebra::ImageOrbit(algebra::letter_maps(minimal), limits), limits);
  if (!m) return Refusal{pass, "words of one length make a group"};
  if (*m == 1 && !finite_orbit) return Refusal{pass, "the language is star-free and needs no clock"};
  const auto hours = static_cast<std::uint32_t>(std::max<std::uint64_t>(*m, 2));
  const auto found = finite_orbit ? algebra::clock_cascade(minimal, hours, 1, false, limits)
                                  : algebra::clocked_cascade(minimal, hours, limits);
  if (!found) return Refusal{pass, "words of lengths divisible by " + std::to_string(hours) + " have a group"};
  LayerStyle style{Form::kDiagonal, finite_orbit ? Memory::kSlot : Memory::kDigits,
                   expressivity::SpectrumSet::parse("[0,1]", {})};
  style.phases = true;
  const algebra::Cascade cascade = finite_orbit ? *found : with_writable_digits(*found, style, limits);
  if (const auto why = obstacle(cascade, style)) return Refusal{pass, *why};
  lrnn::TransitionClass claim;
  claim.form = Form::kConstantAndDiagonal;
  if (hours == 2) return construction_for(pass, cascade, style, claim, limits);
  if (const auto why = phase_obstacle(cascade, style.form)) return Refusal{pass, *why};
  return phase_construction(pass, cascade, style, claim);
}

}  // namespace eigenmata::compiler
