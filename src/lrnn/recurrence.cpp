// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/recurrence.hpp"

#include "eigenmata/lrnn/rounded_network.hpp"

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
template class Workspace<precision::FloatArithmetic>;
template class FactorProduct<precision::FloatArithmetic>;
template class Runner<precision::FloatArithmetic>;
template class Workspace<precision::FixedArithmetic>;
template class FactorProduct<precision::FixedArithmetic>;
template class Runner<precision::FixedArithmetic>;

}  // namespace eigenmata::lrnn
