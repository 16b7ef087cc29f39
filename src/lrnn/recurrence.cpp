// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/recurrence.hpp"

namespace eigenmata::lrnn {

template class Workspace<exact::RationalArithmetic>;
template class Workspace<exact::NumberField>;
template class FactorProduct<exact::RationalArithmetic>;
template class FactorProduct<exact::NumberField>;
template class Runner<exact::RationalArithmetic>;
template class Runner<exact::NumberField>;
template class Workspace<exact::CyclotomicField>;
template class FactorProduct<exact::CyclotomicField>;
template class Runner<exact::CyclotomicField>;

}  // namespace eigenmata::lrnn
