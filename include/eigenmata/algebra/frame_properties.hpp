// SPDX-License-Identifier: Apache-2.0
//
// Varieties of monoids that the frames of the D-classes decide, for monoids whose elements are not listed. The families
// are those of varieties.hpp; where elements are listed, the decisions there give words as witnesses.
#pragma once

#include <cstddef>

#include "eigenmata/algebra/d_class_frames.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::algebra {

/// The witness is a D-class in which the property fails.
using FrameVerdict = core::Verdict<core::NoEvidence, std::size_t>;

/// Has every R-class (L-class; both) one element? Cost: O(D-classes).
[[nodiscard]] FrameVerdict is_r_trivial(const DClassFrames& frames);
[[nodiscard]] FrameVerdict is_l_trivial(const DClassFrames& frames);
[[nodiscard]] FrameVerdict is_j_trivial(const DClassFrames& frames);

/// Are all elements of regular D-classes idempotent: all of these groups trivial, and as many idempotents as H-classes?
/// Cost: that of counting idempotents; unknown when a limit is reached.
[[nodiscard]] FrameVerdict is_da(const DClassFrames& frames, const core::Limits& limits = {});

/// Has every R-class and every L-class at most one idempotent? In a regular D-class each has one at least: so iff such
/// a class has as many idempotents as R-classes, and as L-classes. Cost: that of counting idempotents; unknown when a
/// limit is reached.
[[nodiscard]] FrameVerdict is_block_group(const DClassFrames& frames, const core::Limits& limits = {});

}  // namespace eigenmata::algebra
