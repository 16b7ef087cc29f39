// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/compiler/representation.hpp"
#include "eigenmata/expressivity/model_class.hpp"
#include "eigenmata/lrnn/transition_class.hpp"

namespace eigenmata::compiler {

/// What a file can claim of networks of the class with matrices of the form: for diagonal ones a finite set, an
/// interval, or the unit disc; nothing if the set is not real and the form not diagonal.
[[nodiscard]] std::optional<lrnn::TransitionClass> class_claimed(const expressivity::ModelClass& target,
                                                                 lrnn::TransitionClass::Form form);

/// All matrices of a construction that is certified layer by layer in one form, and the claim that they are, with the
/// number of factors: Householder factors are rank-one factors, u along v. Needs products in that form or Householder
/// form.
[[nodiscard]] Construction claimed(Construction construction, FactorForm form);

}  // namespace eigenmata::compiler
