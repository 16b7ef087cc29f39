// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/compiler/representation.hpp"

namespace eigenmata::compiler {

/// All matrices of a construction that is certified layer by layer in one form, and the claim that they are, with the
/// number of factors: Householder factors are rank-one factors, u along v. Needs products in that form or Householder
/// form.
[[nodiscard]] Construction claimed(Construction construction, FactorForm form);

}  // namespace eigenmata::compiler
