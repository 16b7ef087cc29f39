// SPDX-License-Identifier: Apache-2.0
//
// What is left of a row when there is less than a vector of it.
#include <hwy/highway.h>

#include <cstddef>

#if defined(EIGENMATA_LANE_TAILS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef EIGENMATA_LANE_TAILS_INL
#undef EIGENMATA_LANE_TAILS_INL
#else
#define EIGENMATA_LANE_TAILS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace eigenmata::simulation {
namespace HWY_NAMESPACE {

/// The first `count` numbers, and zeros.
template <class T>
HWY_INLINE hwy::HWY_NAMESPACE::Vec<hwy::HWY_NAMESPACE::ScalableTag<T>> load_some(const T* from, std::size_t count) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::ScalableTag<T> d;
  if (count >= hn::Lanes(d)) return hn::LoadU(d, from);
  alignas(64) T numbers[HWY_MAX_BYTES / sizeof(T)] = {};
  for (std::size_t i = 0; i < count; ++i) numbers[i] = from[i];
  return hn::Load(d, numbers);
}

template <class T>
HWY_INLINE void store_some(hwy::HWY_NAMESPACE::Vec<hwy::HWY_NAMESPACE::ScalableTag<T>> v, T* to, std::size_t count) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::ScalableTag<T> d;
  if (count >= hn::Lanes(d)) return hn::StoreU(v, d, to);
  alignas(64) T numbers[HWY_MAX_BYTES / sizeof(T)];
  hn::Store(v, d, numbers);
  for (std::size_t i = 0; i < count; ++i) to[i] = numbers[i];
}

}  // namespace HWY_NAMESPACE
}  // namespace eigenmata::simulation
HWY_AFTER_NAMESPACE();

#endif  // EIGENMATA_LANE_TAILS_INL
