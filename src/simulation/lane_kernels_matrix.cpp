// SPDX-License-Identifier: Apache-2.0
//
// Matrix states, columns in lanes. What bounds this loop is not multiplying but fetching the state, so a block's update
// and the next block's dot products go through it together: 2·B fused multiply-adds for each load and store of a vector
// of H. Vectors of columns stand side by side as far as registers reach (the B·S sums and B·S factors of a strip of S
// vectors); fewer than four sums would wait for each other.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lane_kernels_matrix.cpp"
#include <hwy/foreach_target.h>
// After that.
#include <hwy/highway.h>

#include <algorithm>

#include "lane_tails-inl.hpp"
#include "matrix_kernels.hpp"

HWY_BEFORE_NAMESPACE();
namespace eigenmata::simulation {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class T>
using MatrixTag = hn::ScalableTag<T>;
template <class T>
using MatrixVec = hn::Vec<MatrixTag<T>>;

/// Vectors in a strip, for B rows a block and no more columns than there are: AVX-512 has twice the registers.
std::size_t vectors_of(std::size_t block, std::size_t needed) {
#if HWY_TARGET == HWY_AVX3
  const std::size_t most = block <= 3 ? 4 : 2;
#else
  const std::size_t most = block <= 1 ? 4 : block == 2 ? 3 : 2;
#endif
  return std::min(most, needed);
}

#if HWY_NATIVE_FMA

template <class T, std::size_t kBlock, std::size_t kVectors>
class StripRun {
 public:
  using V = MatrixVec<T>;
  explicit StripRun(const MatrixStrip<T>& strip) : s_(strip) {}

  void run() {
    V sums[kBlock][kVectors];
    V factors[kBlock][kVectors];
    pass<false, true>(nullptr, factors, s_.keys, sums);
    for (std::size_t b = 0; b < s_.blocks; ++b) {
      make_factors(b, sums, factors);
      const T* keys = s_.keys + b * kBlock * s_.n;
      if (b + 1 < s_.blocks) {
        pass<true, true>(keys, factors, keys + kBlock * s_.n, sums);
      } else {
        pass<true, false>(keys, factors, nullptr, sums);
      }
    }
  }

 private:
  static HWY_INLINE std::size_t lanes() { return hn::Lanes(MatrixTag<T>()); }

  /// H ← H + Σ_j k_j e_jᵀ by this block, and s_j = k_jᵀ H of the next one.
  template <bool kUpdates, bool kSums>
  HWY_INLINE void pass(const T* HWY_RESTRICT keys, const V (&factors)[kBlock][kVectors], const T* HWY_RESTRICT next,
                       V (&sums)[kBlock][kVectors]) const {
    const MatrixTag<T> d;
    const std::size_t width = kVectors * lanes();
    V s[kBlock][kVectors];
    for (std::size_t j = 0; j < kBlock; ++j) {
      for (std::size_t g = 0; g < kVectors; ++g) s[j][g] = hn::Zero(d);
    }
    T* HWY_RESTRICT state = s_.state;
    const std::size_t n = s_.n;
    for (std::size_t i = 0; i < n; ++i, state += width) {
      V h[kVectors];
      for (std::size_t g = 0; g < kVectors; ++g) h[g] = hn::Load(d, state + g * lanes());
      if constexpr (kUpdates) {
        for (std::size_t j = 0; j < kBlock; ++j) {
          const V k = hn::Set(d, keys[j * n + i]);
          for (std::size_t g = 0; g < kVectors; ++g) h[g] = hn::MulAdd(k, factors[j][g], h[g]);
        }
        for (std::size_t g = 0; g < kVectors; ++g) hn::Store(h[g], d, state + g * lanes());
      }
      if constexpr (kSums) {
        for (std::size_t j = 0; j < kBlock; ++j) {
          const V k = hn::Set(d, next[j * n + i]);
          for (std::size_t g = 0; g < kVectors; ++g) s[j][g] = hn::MulAdd(k, h[g], s[j][g]);
        }
      }
    }
    for (std::size_t j = 0; j < kBlock; ++j) {
      for (std::size_t g = 0; g < kVectors; ++g) sums[j][g] = s[j][g];
    }
  }

  /// e_j = β_j (x_j − s_j − Σ_{l<j} g_jl e_l).
  HWY_INLINE void make_factors(std::size_t b, const V (&sums)[kBlock][kVectors], V (&factors)[kBlock][kVectors]) const {
    const MatrixTag<T> d;
    for (std::size_t j = 0; j < kBlock; ++j) {
      const std::size_t row = b * kBlock + j;
      const T* values = s_.values + row * s_.values_stride;
      const T* gram = s_.gram + row * kMostBlock;
      for (std::size_t g = 0; g < kVectors; ++g) {
        const std::size_t begin = g * lanes();
        const V x = begin < s_.columns ? load_some<T>(values + begin, s_.columns - begin) : hn::Zero(d);
        V rest = hn::Sub(x, sums[j][g]);
        for (std::size_t l = 0; l < j; ++l) rest = hn::NegMulAdd(hn::Set(d, gram[l]), factors[l][g], rest);
        factors[j][g] = hn::Mul(hn::Set(d, s_.betas[row]), rest);
      }
    }
  }

  MatrixStrip<T> s_;
};

/// Four rows by two vectors at a time: eight sums, which hide the latency of an addition.
template <class T, std::size_t kRows, std::size_t kVectors, bool kNegative>
HWY_INLINE void sum_tile(const MatrixSum<T>& m, std::size_t row, std::size_t column) {
  using V = MatrixVec<T>;
  const std::size_t lanes = hn::Lanes(MatrixTag<T>());
  const MatrixTag<T> d;
  const auto left = [&](std::size_t g) { return m.columns - std::min(m.columns, column + g * lanes); };
  V c[kRows][kVectors];
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t g = 0; g < kVectors; ++g)
      c[r][g] = load_some<T>(m.c + (row + r) * m.c_stride + column + g * lanes, left(g));
  }
  const auto add = [&](std::size_t r, std::size_t l, const V(&b)[kVectors]) HWY_ATTR {
    const V a = hn::Set(d, m.a[(row + r) * m.a_row + l * m.a_column]);
    for (std::size_t g = 0; g < kVectors; ++g)
      c[r][g] = kNegative ? hn::NegMulAdd(a, b[g], c[r][g]) : hn::MulAdd(a, b[g], c[r][g]);
  };
  const std::size_t common = m.triangle ? std::min(m.terms, row + 1) : m.terms;
  V b[kVectors];
  if (left(kVectors - 1) >= lanes) {
    for (std::size_t l = 0; l < common; ++l) {
      for (std::size_t g = 0; g < kVectors; ++g) b[g] = hn::LoadU(d, m.b + l * m.b_stride + column + g * lanes);
      for (std::size_t r = 0; r < kRows; ++r) add(r, l, b);
    }
  } else {
    for (std::size_t l = 0; l < common; ++l) {
      for (std::size_t g = 0; g < kVectors; ++g)
        b[g] = load_some<T>(m.b + l * m.b_stride + column + g * lanes, left(g));
      for (std::size_t r = 0; r < kRows; ++r) add(r, l, b);
    }
  }
  if (m.triangle) {
    for (std::size_t l = common; l < std::min(m.terms, row + kRows); ++l) {
      for (std::size_t g = 0; g < kVectors; ++g)
        b[g] = load_some<T>(m.b + l * m.b_stride + column + g * lanes, left(g));
      for (std::size_t r = 0; r < kRows; ++r) {
        if (l <= row + r) add(r, l, b);
      }
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t g = 0; g < kVectors; ++g)
      store_some<T>(c[r][g], m.c + (row + r) * m.c_stride + column + g * lanes, left(g));
  }
}

template <class T, bool kNegative>
void sum_with_sign(const MatrixSum<T>& m) {
  const std::size_t lanes = hn::Lanes(MatrixTag<T>());
  for (std::size_t column = 0; column < m.columns; column += 2 * lanes) {
    const bool two = m.columns - column > lanes;
    std::size_t row = 0;
    for (; row + 4 <= m.rows; row += 4)
      two ? sum_tile<T, 4, 2, kNegative>(m, row, column) : sum_tile<T, 4, 1, kNegative>(m, row, column);
    for (; row < m.rows; ++row)
      two ? sum_tile<T, 1, 2, kNegative>(m, row, column) : sum_tile<T, 1, 1, kNegative>(m, row, column);
  }
}

template <class T, std::size_t kVectors>
void run_blocks(const MatrixStrip<T>& strip) {
  switch (strip.block) {
    case 1:
      return StripRun<T, 1, kVectors>(strip).run();
    case 2:
      return StripRun<T, 2, kVectors>(strip).run();
    case 3:
      return StripRun<T, 3, kVectors>(strip).run();
    default:
      return StripRun<T, 4, kVectors>(strip).run();
  }
}
template <class T>
void run_strip(const MatrixStrip<T>& strip) {
  switch (strip.vectors) {
    case 1:
      return run_blocks<T, 1>(strip);
    case 2:
      return run_blocks<T, 2>(strip);
    case 3:
      return run_blocks<T, 3>(strip);
    default:
      return run_blocks<T, 4>(strip);
  }
}

template <class T, std::size_t kVectors>
void read_strip(const MatrixRead<T>& r) {
  const MatrixTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  MatrixVec<T> sums[kVectors];
  for (std::size_t g = 0; g < kVectors; ++g) sums[g] = hn::Zero(d);
  const T* state = r.state;
  for (std::size_t i = 0; i < r.n; ++i, state += kVectors * lanes) {
    const auto q = hn::Set(d, r.query[i]);
    for (std::size_t g = 0; g < kVectors; ++g) sums[g] = hn::MulAdd(q, hn::Load(d, state + g * lanes), sums[g]);
  }
  for (std::size_t g = 0; g < kVectors && g * lanes < r.columns; ++g)
    store_some<T>(sums[g], r.output + g * lanes, r.columns - g * lanes);
}
template <class T>
void run_read(const MatrixRead<T>& read) {
  switch (read.vectors) {
    case 1:
      return read_strip<T, 1>(read);
    case 2:
      return read_strip<T, 2>(read);
    case 3:
      return read_strip<T, 3>(read);
    default:
      return read_strip<T, 4>(read);
  }
}

/// Lower half plus upper half, until one number is left.
template <class D, class V = hn::Vec<D>>
HWY_INLINE hn::TFromD<D> folded(D d, V v) {
  if constexpr (hn::MaxLanes(D()) * sizeof(hn::TFromD<D>) > 16) {
    const hn::Half<D> half;
    return folded(half, hn::Add(hn::LowerHalf(half, v), hn::UpperHalf(half, v)));
  } else {
    if constexpr (sizeof(hn::TFromD<D>) == 4) v = hn::Add(v, hn::Shuffle1032(v));
    return hn::GetLane(hn::Add(v, hn::Reverse2(d, v)));
  }
}

/// Sixteen sums, of every sixteenth term, then folded by halves.
template <class T>
HWY_INLINE T dot(const T* HWY_RESTRICT a, const T* HWY_RESTRICT b, std::size_t n) {
  const MatrixTag<T> d;
  constexpr std::size_t kVectors = kDotSums / hn::MaxLanes(MatrixTag<T>());
  const std::size_t lanes = hn::Lanes(d);
  MatrixVec<T> sums[kVectors];
  for (std::size_t g = 0; g < kVectors; ++g) sums[g] = hn::Zero(d);
  std::size_t i = 0;
  for (; i + kDotSums <= n; i += kDotSums) {
    for (std::size_t g = 0; g < kVectors; ++g)
      sums[g] = hn::MulAdd(hn::LoadU(d, a + i + g * lanes), hn::LoadU(d, b + i + g * lanes), sums[g]);
  }
  for (std::size_t g = 0; g < kVectors && i < n; ++g, i += lanes)
    sums[g] = hn::MulAdd(load_some<T>(a + i, n - i), load_some<T>(b + i, n - i), sums[g]);
  for (std::size_t half = kVectors / 2; half > 0; half /= 2) {
    for (std::size_t g = 0; g < half; ++g) sums[g] = hn::Add(sums[g], sums[g + half]);
  }
  return folded(d, sums[0]);
}
template <class T>
void run_dots(const T* keys, std::size_t n, std::size_t block, std::size_t rows, T* gram) {
  for (std::size_t first = 0; first < rows; first += block, keys += block * n, gram += block * kMostBlock) {
    for (std::size_t j = 1; j < block; ++j) {
      for (std::size_t l = 0; l < j; ++l) gram[j * kMostBlock + l] = dot(keys + j * n, keys + l * n, n);
    }
  }
}

template <class T>
void run_sum(const MatrixSum<T>& sum) {
  sum.negative ? sum_with_sign<T, true>(sum) : sum_with_sign<T, false>(sum);
}

#endif  // HWY_NATIVE_FMA

template <class T>
std::size_t strip_of(std::size_t block, std::size_t columns) {
  const std::size_t lanes = hn::Lanes(MatrixTag<T>());
  return vectors_of(block, (columns + lanes - 1) / lanes);
}

template <class T>
MatrixKernels<T> matrix_kernels_of() {
#if HWY_NATIVE_FMA
  return {true, hn::Lanes(MatrixTag<T>()), &strip_of<T>, &run_strip<T>, &run_dots<T>, &run_sum<T>, &run_read<T>};
#else
  return {};
#endif
}
MatrixKernels<float> matrix_kernels_f32() { return matrix_kernels_of<float>(); }
MatrixKernels<double> matrix_kernels_f64() { return matrix_kernels_of<double>(); }

}  // namespace HWY_NAMESPACE
}  // namespace eigenmata::simulation
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenmata::simulation {
HWY_EXPORT(matrix_kernels_f32);
HWY_EXPORT(matrix_kernels_f64);
template <>
MatrixKernels<float> matrix_kernels() {
  return HWY_DYNAMIC_DISPATCH(matrix_kernels_f32)();
}
template <>
MatrixKernels<double> matrix_kernels() {
  return HWY_DYNAMIC_DISPATCH(matrix_kernels_f64)();
}
}  // namespace eigenmata::simulation
#endif
