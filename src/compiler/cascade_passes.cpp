// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/cascade_passes.hpp"

#include <tuple>

#include "cascade_layers.hpp"
#include "eigenmata/algebra/dihedral_levels.hpp"
#include "eigenmata/algebra/group_blocks.hpp"
#include "eigenmata/algebra/holonomy.hpp"
#include "eigenmata/algebra/missing_set.hpp"
#include "eigenmata/algebra/reflected_counters.hpp"
#include "eigenmata/algebra/split_groups.hpp"
#include "phase_layers.hpp"

namespace eigenmata::compiler {

using Form = lrnn::TransitionClass::Form;

namespace {

/// What a file can claim of networks with matrices of the form; nothing if the set is not real and the form not
/// diagonal.
std::optional<lrnn::TransitionClass> class_claimed(const expressivity::ModelClass& target, Form form) {
  lrnn::TransitionClass claim;
  claim.form = form;
  claim.unit_disc = !target.set().is_real();
  if (claim.unit_disc && form != Form::kDiagonal) return std::nullopt;
  if (claim.unit_disc) return claim;
  std::tie(claim.low, claim.high) = target.set().real_hull();
  return claim;
}

/// A decomposition without groups, if one is found. For a star-free language holonomy always is one; missing sets need
/// fewer levels as a rule.
std::optional<algebra::Cascade> cascade_without_groups(const automata::Dfa& minimal, const core::Limits& limits) {
  algebra::Cascade missing_sets = algebra::missing_set_cascade(minimal, limits);
  if (!algebra::has_group(missing_sets)) return missing_sets;
  algebra::Cascade holonomy = algebra::holonomy_cascade(minimal, limits);
  if (!algebra::has_group(holonomy)) return holonomy;
  return std::nullopt;
}

constexpr const char* kHasGroups = "the language is not star-free";

}  // namespace

PassResult compile_missing_sets(const automata::Dfa& minimal, const core::Limits& limits) {
  lrnn::TransitionClass claim;
  claim.form = Form::kHouseholder;
  return construction_for("missing-sets", algebra::missing_set_cascade(minimal, limits),
                          {Form::kHouseholder, Memory::kSlot, std::nullopt}, claim);
}

PassResult compile_digits(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                          const core::Limits& limits) {
  constexpr const char* kPass = "digits";
  using ClassForm = expressivity::ModelClass::Form;
  const bool by_factors = target.form == ClassForm::kHouseholder || target.form == ClassForm::kGatedHouseholder;
  const LayerStyle style{by_factors ? Form::kHouseholder : Form::kDiagonal, Memory::kDigits, target.set()};
  const auto cascade = cascade_without_groups(minimal, limits);
  if (!cascade) return Refusal{kPass, kHasGroups};
  if (const auto reason = obstacle(*cascade, style)) return Refusal{kPass, *reason};
  return construction_for(kPass, *cascade, style, class_claimed(target, style.form));
}

PassResult compile_signs(const automata::Dfa& minimal, const expressivity::ModelClass& target, bool finite_orbit,
                         const core::Limits& limits) {
  const char* const pass = finite_orbit ? "toggles" : "signs-and-digits";
  using ClassForm = expressivity::ModelClass::Form;
  const bool by_factors = target.form == ClassForm::kHouseholder || target.form == ClassForm::kGatedHouseholder;
  const LayerStyle style{by_factors ? Form::kHouseholder : Form::kDiagonal,
                         finite_orbit ? Memory::kSlot : Memory::kDigits, target.set()};
  std::optional<algebra::Cascade> best;
  std::string reason;
  for (const auto& decompose : {algebra::missing_set_cascade, algebra::holonomy_cascade}) {
    auto split = algebra::split_groups(decompose(minimal, limits), algebra::SeriesKind::kFrattini, limits);
    if (auto* why = std::get_if<std::string>(&split)) {
      reason = std::move(*why);
      continue;
    }
    auto& cascade = std::get<algebra::Cascade>(split);
    if (finite_orbit) cascade = algebra::with_toggles(cascade, limits);
    if (by_factors && target.factors)
      cascade = algebra::with_few_factors(cascade, *target.factors, algebra::Counting::kTurn, limits);
    if (auto why = obstacle(cascade, style)) {
      reason = std::move(*why);
      continue;
    }
    if (!best || cascade.levels.size() < best->levels.size()) best = std::move(cascade);
  }
  if (!best) return Refusal{pass, reason};
  return construction_for(pass, *best, style, class_claimed(target, style.form));
}

PassResult compile_blocks(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                          const core::Limits& limits) {
  constexpr const char* kPass = "blocks";
  const LayerStyle style{Form::kHouseholder, Memory::kSlot, target.set()};
  const std::size_t factors = target.factors.value_or(1);
  std::optional<algebra::Cascade> best;
  std::string reason;
  for (const auto& decompose : {algebra::missing_set_cascade, algebra::holonomy_cascade}) {
    algebra::Cascade cascade =
        algebra::split_groups_of_kind(decompose(minimal, limits), algebra::SeriesKind::kFrattini, limits);
    auto split = algebra::with_blocks(std::move(cascade), factors, algebra::Clock::kBinary, limits);
    if (auto* why = std::get_if<std::string>(&split)) {
      reason = std::move(*why);
      continue;
    }
    cascade = algebra::with_few_factors(algebra::with_toggles(std::get<algebra::Cascade>(split), limits), factors,
                                        algebra::Counting::kTurn, limits);
    if (auto why = obstacle(cascade, style)) {
      reason = std::move(*why);
      continue;
    }
    if (!best || cascade.levels.size() < best->levels.size()) best = std::move(cascade);
  }
  if (!best) return Refusal{kPass, reason};
  return construction_for(kPass, *best, style, class_claimed(target, style.form));
}

PassResult compile_turns(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                         const core::Limits& limits) {
  constexpr const char* kPass = "turns";
  LayerStyle style{Form::kHouseholder, Memory::kSlot, target.set()};
  style.phases = true;
  const std::size_t factors = target.factors.value_or(1);
  std::optional<algebra::Cascade> best;
  std::string reason;
  const auto offer = [&](const algebra::Cascade& cascade) {
    auto why = obstacle(cascade, style);
    if (!why) why = phase_obstacle(cascade, style.form);
    if (why) {
      reason = std::move(*why);
    } else if (!best || cascade.levels.size() < best->levels.size()) {
      best = cascade;
    }
  };
  const auto try_with = [&](algebra::Cascade cascade, algebra::SeriesKind kind) {
    cascade = algebra::split_groups_of_kind(std::move(cascade), kind, limits);
    auto split = algebra::with_blocks(std::move(cascade), factors, algebra::Clock::kCircle, limits);
    if (auto* why = std::get_if<std::string>(&split)) {
      reason = std::move(*why);
      return;
    }
    cascade = algebra::with_toggles(std::get<algebra::Cascade>(split), limits);
    offer(algebra::with_reflected_counters(
        algebra::with_few_factors(cascade, factors, algebra::Counting::kReflect, limits)));
    if (factors >= 2) offer(algebra::with_few_factors(cascade, factors, algebra::Counting::kTurn, limits));
  };
  for (const auto& decompose : {algebra::missing_set_cascade, algebra::holonomy_cascade}) {
    const algebra::Cascade cascade = decompose(minimal, limits);
    // The series with fewer roots of unity has more levels.
    for (const auto kind : {algebra::SeriesKind::kDerived, algebra::SeriesKind::kElementary}) {
      if (best) break;
      try_with(algebra::split_dihedral_groups(cascade, limits), kind);
      try_with(cascade, kind);
    }
  }
  if (!best) return Refusal{kPass, reason};
  return phase_construction(kPass, *best, style, class_claimed(target, style.form));
}

PassResult compile_phases(const automata::Dfa& minimal, const expressivity::ModelClass& target, bool finite_orbit,
                          const core::Limits& limits) {
  const char* const pass = finite_orbit ? "phases" : "phases-and-digits";
  LayerStyle style{Form::kDiagonal, finite_orbit ? Memory::kSlot : Memory::kDigits, target.set()};
  style.phases = true;
  std::optional<algebra::Cascade> best;
  std::string reason;
  for (const auto& decompose : {algebra::missing_set_cascade, algebra::holonomy_cascade}) {
    auto split = algebra::split_groups(decompose(minimal, limits), algebra::SeriesKind::kDerived, limits);
    if (auto* why = std::get_if<std::string>(&split)) {
      reason = std::move(*why);
      continue;
    }
    auto& cascade = std::get<algebra::Cascade>(split);
    if (finite_orbit) cascade = algebra::with_toggles(cascade, limits);
    auto why = turn_counters(cascade, target.set(), limits);
    if (!why) why = obstacle(cascade, style);
    if (!why) why = phase_obstacle(cascade, style.form);
    if (why) {
      reason = std::move(*why);
      continue;
    }
    if (!best || cascade.levels.size() < best->levels.size()) best = std::move(cascade);
  }
  if (!best) return Refusal{pass, reason};
  return phase_construction(pass, *best, style, class_claimed(target, style.form));
}

PassResult compile_slots(const automata::Dfa& minimal, const core::Limits& limits) {
  constexpr const char* kPass = "slots";
  const auto cascade = cascade_without_groups(minimal, limits);
  if (!cascade) return Refusal{kPass, kHasGroups};
  return construction_for(kPass, *cascade, {Form::kDense, Memory::kSlot, std::nullopt}, std::nullopt);
}

}  // namespace eigenmata::compiler
