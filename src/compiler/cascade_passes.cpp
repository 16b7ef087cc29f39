// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/cascade_passes.hpp"

#include <tuple>

#include "cascade_layers.hpp"
#include "eigenmata/algebra/missing_set.hpp"

namespace eigenmata::compiler {

using Form = lrnn::TransitionClass::Form;

namespace {

/// What a file can claim of networks with matrices of the form; nothing if the set is not real.
std::optional<lrnn::TransitionClass> claim_of(const expressivity::ModelClass& target, Form form) {
  if (!target.set().is_real()) return std::nullopt;
  lrnn::TransitionClass claim;
  claim.form = form;
  std::tie(claim.low, claim.high) = target.set().real_hull();
  return claim;
}

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
  const algebra::Cascade cascade = algebra::missing_set_cascade(minimal, limits);
  if (const auto reason = obstacle(cascade, style)) return Refusal{kPass, *reason};
  return construction_for(kPass, cascade, style, claim_of(target, style.form));
}

}  // namespace eigenmata::compiler
