// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/cascade_passes.hpp"

#include "cascade_layers.hpp"
#include "eigenmata/algebra/missing_set.hpp"

namespace eigenmata::compiler {

using Form = lrnn::TransitionClass::Form;

PassResult compile_missing_sets(const automata::Dfa& minimal, const core::Limits& limits) {
  lrnn::TransitionClass claim;
  claim.form = Form::kHouseholder;
  return construction_for("missing-sets", algebra::missing_set_cascade(minimal, limits),
                          {Form::kHouseholder, Memory::kSlot}, claim);
}

PassResult compile_digits(const automata::Dfa& minimal, const lrnn::TransitionClass& target,
                          const core::Limits& limits) {
  constexpr const char* kPass = "digits";
  const LayerStyle style{target.form, Memory::kDigits};
  const algebra::Cascade cascade = algebra::missing_set_cascade(minimal, limits);
  if (const auto reason = obstacle(cascade, style)) return Refusal{kPass, *reason};
  return construction_for(kPass, cascade, style, target);
}

}  // namespace eigenmata::compiler
