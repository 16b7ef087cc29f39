// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/exact/rational.hpp"
#include "eigenmata/lrnn/transition.hpp"

namespace eigenmata::compiler {

/// M_f, M_f e_x = e_{x·f}, as a shortest product of swaps and copies (algebra/swap_copy.hpp).
[[nodiscard]] lrnn::RankOneProduct<exact::Rational> one_hot_product(const algebra::Transformation& f);

}  // namespace eigenmata::compiler
