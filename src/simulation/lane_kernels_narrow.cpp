// SPDX-License-Identifier: Apache-2.0
//
// The kernels whose operations are rounded to bf16 or narrower.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lane_kernels_narrow.cpp"
#include <hwy/foreach_target.h>
// After that.
#include "lane_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace eigenmata::simulation {
namespace HWY_NAMESPACE {

void run_narrow(const LaneProgram<float>& program, LaneBlock<float>& block, std::size_t vectors) {
  switch (program.math) {
    case LaneMath::kBf16:
      return run_block<NarrowMath<RoundToBf16, true>>(program, block, vectors);
    case LaneMath::kBf16SumsInF32:
      return run_block<NarrowMath<RoundToBf16, false>>(program, block, vectors);
    case LaneMath::kNarrow:
      return run_block<NarrowMath<RoundToNarrow, true>>(program, block, vectors);
    default:
      return run_block<NarrowMath<RoundToNarrow, false>>(program, block, vectors);
  }
}
LaneKernels<float> kernels_narrow() { return kernels_for<float>(&run_narrow); }
bool fuses() { return HWY_NATIVE_FMA != 0; }

}  // namespace HWY_NAMESPACE
}  // namespace eigenmata::simulation
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenmata::simulation {
HWY_EXPORT(kernels_narrow);
HWY_EXPORT(fuses);
LaneKernels<float> narrow_lane_kernels() { return HWY_DYNAMIC_DISPATCH(kernels_narrow)(); }
bool lanes_fuse() { return HWY_DYNAMIC_DISPATCH(fuses)(); }
}  // namespace eigenmata::simulation
#endif
