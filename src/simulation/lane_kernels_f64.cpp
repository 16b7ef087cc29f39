// SPDX-License-Identifier: Apache-2.0
//
// The kernels whose operations are those of f64.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lane_kernels_f64.cpp"
#include <hwy/foreach_target.h>
// After that.
#include "lane_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace eigenmata::simulation {
namespace HWY_NAMESPACE {

void run_f64(const LaneProgram<double>& program, LaneBlock<double>& block, std::size_t vectors) {
  switch (program.math) {
    case LaneMath::kNativeFused:
      return run_block<NativeMath<double, true, true>>(program, block, vectors);
    case LaneMath::kNativeFusedUpdates:
      return run_block<NativeMath<double, false, true>>(program, block, vectors);
    default:
      return run_block<NativeMath<double, false, false>>(program, block, vectors);
  }
}
LaneKernels<double> kernels_f64() { return kernels_for<double>(&run_f64); }

}  // namespace HWY_NAMESPACE
}  // namespace eigenmata::simulation
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenmata::simulation {
HWY_EXPORT(kernels_f64);
template <>
LaneKernels<double> lane_kernels() {
  return HWY_DYNAMIC_DISPATCH(kernels_f64)();
}
}  // namespace eigenmata::simulation
#endif
