// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/frame_properties.hpp"

#include <optional>

namespace eigenmata::algebra {
namespace {

/// The first D-class for which this is true.
template <class Fails>
std::optional<std::size_t> first_failing(const DClassFrames& frames, Fails fails) {
  for (std::size_t d = 0; d < frames.d_classes(); ++d) {
    if (fails(d, frames.d_class(d))) return d;
  }
  return std::nullopt;
}

}  // namespace

FrameVerdict is_r_trivial(const DClassFrames& frames) {
  const auto at = first_failing(frames, [](std::size_t, const DClassFrame& c) { return c.l_classes * c.h_size != 1; });
  return at ? FrameVerdict::no(*at, "r-trivial") : FrameVerdict::yes({}, "r-trivial");
}

FrameVerdict is_l_trivial(const DClassFrames& frames) {
  const auto at = first_failing(frames, [](std::size_t, const DClassFrame& c) { return c.r_classes * c.h_size != 1; });
  return at ? FrameVerdict::no(*at, "l-trivial") : FrameVerdict::yes({}, "l-trivial");
}

FrameVerdict is_j_trivial(const DClassFrames& frames) {
  const auto at = first_failing(frames, [](std::size_t, const DClassFrame& c) { return c.size != 1; });
  return at ? FrameVerdict::no(*at, "piecewise-testable") : FrameVerdict::yes({}, "piecewise-testable");
}

FrameVerdict is_da(const DClassFrames& frames, const core::Limits& limits) {
  try {
    const auto at = first_failing(frames, [&](std::size_t d, const DClassFrame& c) {
      return c.is_regular && (c.h_size != 1 || c.size != frames.count_idempotents(d, limits));
    });
    return at ? FrameVerdict::no(*at, "da") : FrameVerdict::yes({}, "da");
  } catch (const core::LimitReached& limit) {
    return FrameVerdict::unknown(limit.what());
  }
}

FrameVerdict is_block_group(const DClassFrames& frames, const core::Limits& limits) {
  try {
    const auto at = first_failing(frames, [&](std::size_t d, const DClassFrame& c) {
      return c.is_regular && (c.l_classes != c.r_classes || frames.count_idempotents(d, limits) != c.r_classes);
    });
    return at ? FrameVerdict::no(*at, "block-group") : FrameVerdict::yes({}, "block-group");
  } catch (const core::LimitReached& limit) {
    return FrameVerdict::unknown(limit.what());
  }
}

}  // namespace eigenmata::algebra
