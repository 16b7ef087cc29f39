// SPDX-License-Identifier: Apache-2.0
//
// Diagonal recurrences, channels in lanes. All channels of a step, then the next step: memory is walked through once,
// in its order, while states and coefficients stay in the nearest cache.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lane_kernels_scan.cpp"
#include <hwy/foreach_target.h>
// After that.
#include <hwy/highway.h>

#include <algorithm>

#include "lane_tails-inl.hpp"
#include "scan_kernels.hpp"

HWY_BEFORE_NAMESPACE();
namespace eigenmata::simulation {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_NATIVE_FMA

template <class T>
using ScanTag = hn::ScalableTag<T>;
template <class T>
using ScanVec = hn::Vec<ScanTag<T>>;

/// a h + x for pairs: the cross terms first.
template <class T>
HWY_INLINE ScanVec<T> complex_step(ScanVec<T> real, ScanVec<T> turned, ScanVec<T> h, ScanVec<T> x) {
  return hn::MulAdd(real, h, hn::MulAdd(turned, hn::Reverse2(ScanTag<T>(), h), x));
}

/// (re, re) and (−im, im) of the numbers a.
template <class T>
HWY_INLINE void split(ScanVec<T> a, ScanVec<T>& real, ScanVec<T>& turned) {
  const ScanTag<T> d;
  real = hn::DupEven(a);
  const ScanVec<T> imaginary = hn::DupOdd(a);
  turned = hn::OddEven(imaginary, hn::Neg(imaginary));
}

// As many vectors of channels at a time as hold a cache line or two, in registers, if there are few of them; otherwise
// their states go through memory.
template <class T, std::size_t kVectors>
void diagonal_few(const ScanBlock<T>& b) {
  const ScanTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  ScanVec<T> h[kVectors], real[kVectors], turned[kVectors];
  for (std::size_t g = 0; g < kVectors; ++g) {
    h[g] = hn::LoadU(d, b.state + g * lanes);
    split<T>(hn::LoadU(d, b.a + g * lanes), real[g], turned[g]);
  }
  T* x = b.x;
  for (std::size_t t = 0; t < b.steps; ++t, x += b.stride) {
    for (std::size_t g = 0; g < kVectors; ++g) {
      h[g] = complex_step<T>(real[g], turned[g], h[g], hn::LoadU(d, x + g * lanes));
      hn::StoreU(h[g], d, x + g * lanes);
    }
  }
  for (std::size_t g = 0; g < kVectors; ++g) hn::StoreU(h[g], d, b.state + g * lanes);
}

template <class T>
void diagonal_tail(const ScanBlock<T>& b) {
  ScanVec<T> h = load_some<T>(b.state, b.numbers), real, turned;
  split<T>(load_some<T>(b.a, b.numbers), real, turned);
  T* x = b.x;
  for (std::size_t t = 0; t < b.steps; ++t, x += b.stride) {
    h = complex_step<T>(real, turned, h, load_some<T>(x, b.numbers));
    store_some<T>(h, x, b.numbers);
  }
  store_some<T>(h, b.state, b.numbers);
}

template <class T>
ScanBlock<T> part(const ScanBlock<T>& b, std::size_t first, std::size_t numbers) {
  ScanBlock<T> result = b;
  result.numbers = numbers;
  result.a += first;
  result.x += first;
  result.state += first;
  return result;
}

/// Pieces of steps that stay in the nearest cache while one group of channels after the other goes through them.
constexpr std::size_t kPieceBytes = std::size_t{1} << 14;

template <class T>
void run_diagonal(const ScanBlock<T>& block) {
  const std::size_t lanes = hn::Lanes(ScanTag<T>());
  const std::size_t piece = std::max<std::size_t>(kPieceBytes / (block.numbers * sizeof(T)), 4);
  for (std::size_t t = 0; t < block.steps; t += piece) {
    ScanBlock<T> b = block;
    b.x += t * b.stride;
    b.steps = std::min(piece, block.steps - t);
    std::size_t first = 0;
    for (; first + 4 * lanes <= b.numbers; first += 4 * lanes) diagonal_few<T, 4>(part(b, first, 4 * lanes));
    for (; first + lanes <= b.numbers; first += lanes) diagonal_few<T, 1>(part(b, first, lanes));
    if (first < b.numbers) diagonal_tail<T>(part(b, first, b.numbers - first));
  }
}

template <class T>
void run_gated(const ScanBlock<T>& b) {
  const ScanTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t t = 0; t < b.steps; ++t) {
    const T* a = b.a + t * b.stride;
    T* x = b.x + t * b.stride;
    std::size_t i = 0;
    for (; i + lanes <= b.numbers; i += lanes) {
      const auto h = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b.state + i), hn::LoadU(d, x + i));
      hn::StoreU(h, d, x + i);
      hn::StoreU(h, d, b.state + i);
    }
    if (i == b.numbers) continue;
    const std::size_t left = b.numbers - i;
    const auto h = hn::MulAdd(load_some<T>(a + i, left), load_some<T>(b.state + i, left), load_some<T>(x + i, left));
    store_some<T>(h, x + i, left);
    store_some<T>(h, b.state + i, left);
  }
}

template <class T>
void run_carry(const ScanBlock<T>& b, T* powers) {
  const ScanTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < b.numbers; i += lanes) {
    const std::size_t left = b.numbers - i;
    const auto h = load_some<T>(b.state + i, left);
    ScanVec<T> real, turned;
    split<T>(load_some<T>(b.a + i, left), real, turned);
    auto power = load_some<T>(powers + i, left);
    T* x = b.x + i;
    for (std::size_t t = 0; t < b.steps; ++t, x += b.stride) {
      ScanVec<T> power_real, power_turned;
      split<T>(power, power_real, power_turned);
      store_some<T>(complex_step<T>(power_real, power_turned, h, load_some<T>(x, left)), x, left);
      power = complex_step<T>(real, turned, power, hn::Zero(d));
    }
    store_some<T>(power, powers + i, left);
  }
}

#endif  // HWY_NATIVE_FMA

template <class T>
ScanKernels<T> scan_kernels_of() {
#if HWY_NATIVE_FMA
  return {true, &run_diagonal<T>, &run_gated<T>, &run_carry<T>};
#else
  return {};
#endif
}
ScanKernels<float> scan_kernels_f32() { return scan_kernels_of<float>(); }
ScanKernels<double> scan_kernels_f64() { return scan_kernels_of<double>(); }

}  // namespace HWY_NAMESPACE
}  // namespace eigenmata::simulation
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenmata::simulation {
HWY_EXPORT(scan_kernels_f32);
HWY_EXPORT(scan_kernels_f64);
template <>
ScanKernels<float> scan_kernels() {
  return HWY_DYNAMIC_DISPATCH(scan_kernels_f32)();
}
template <>
ScanKernels<double> scan_kernels() {
  return HWY_DYNAMIC_DISPATCH(scan_kernels_f64)();
}
}  // namespace eigenmata::simulation
#endif
