// SPDX-License-Identifier: Apache-2.0
//
// The kernels whose operations are those of f32.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lane_kernels_f32.cpp"
#include <hwy/foreach_target.h>
// After that.
#include "lane_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace eigenmata::simulation {
namespace HWY_NAMESPACE {

void run_f32(const LaneProgram<float>& program, LaneBlock<float>& block, std::size_t vectors) {
  switch (program.math) {
    case LaneMath::kNativeFused:
      return run_block<NativeMath<float, true, true>>(program, block, vectors);
    case LaneMath::kNativeFusedUpdates:
      return run_block<NativeMath<float, false, true>>(program, block, vectors);
    default:
      return run_block<NativeMath<float, false, false>>(program, block, vectors);
  }
}
LaneKernels<float> kernels_f32() { return kernels_for<float>(&run_f32); }

}  // namespace HWY_NAMESPACE
}  // namespace eigenmata::simulation
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenmata::simulation {
HWY_EXPORT(kernels_f32);
template <>
LaneKernels<float> lane_kernels() {
  return HWY_DYNAMIC_DISPATCH(kernels_f32)();
}
}  // namespace eigenmata::simulation
#endif
