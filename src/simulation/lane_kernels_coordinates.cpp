// SPDX-License-Identifier: Apache-2.0
//
// Coordinates in lanes: see coordinate_program.hpp. Vectors are of 32 bytes, wherever there are any: the order of sums
// says so.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lane_kernels_coordinates.cpp"
#include <hwy/foreach_target.h>
// After that.
#include <hwy/highway.h>

#include <utility>

#include "coordinate_program.hpp"

HWY_BEFORE_NAMESPACE();
namespace eigenmata::simulation {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3

template <class T>
using RowTag = hn::FixedTag<T, kCoordinateLanes<T>>;
template <class T>
using RowVec = hn::Vec<RowTag<T>>;

/// sums[w] are the partial sums of word w; lane w of the result is its total, the partial sums added left to right.
HWY_INLINE RowVec<float> totals(const RowVec<float> (&sums)[8]) {
  const RowTag<float> d;
  const hn::FixedTag<double, 4> pairs;
  RowVec<float> turned[8];  // lane l of each half: partial sum i (lower half) or i + 4 of words 4 j + l, at [4 j + i]
  for (std::size_t j = 0; j < 8; j += 4) {
    const auto low_a = hn::BitCast(pairs, hn::InterleaveLower(d, sums[j], sums[j + 1]));
    const auto low_b = hn::BitCast(pairs, hn::InterleaveLower(d, sums[j + 2], sums[j + 3]));
    const auto high_a = hn::BitCast(pairs, hn::InterleaveUpper(d, sums[j], sums[j + 1]));
    const auto high_b = hn::BitCast(pairs, hn::InterleaveUpper(d, sums[j + 2], sums[j + 3]));
    turned[j] = hn::BitCast(d, hn::InterleaveLower(pairs, low_a, low_b));
    turned[j + 1] = hn::BitCast(d, hn::InterleaveUpper(pairs, low_a, low_b));
    turned[j + 2] = hn::BitCast(d, hn::InterleaveLower(pairs, high_a, high_b));
    turned[j + 3] = hn::BitCast(d, hn::InterleaveUpper(pairs, high_a, high_b));
  }
  RowVec<float> total = hn::ConcatLowerLower(d, turned[4], turned[0]);
  for (std::size_t i = 1; i < 4; ++i) total = hn::Add(total, hn::ConcatLowerLower(d, turned[4 + i], turned[i]));
  for (std::size_t i = 0; i < 4; ++i) total = hn::Add(total, hn::ConcatUpperUpper(d, turned[4 + i], turned[i]));
  return total;
}
HWY_INLINE RowVec<double> totals(const RowVec<double> (&sums)[4]) {
  const RowTag<double> d;
  const auto even_a = hn::InterleaveLower(d, sums[0], sums[1]), even_b = hn::InterleaveLower(d, sums[2], sums[3]);
  const auto odd_a = hn::InterleaveUpper(d, sums[0], sums[1]), odd_b = hn::InterleaveUpper(d, sums[2], sums[3]);
  auto total = hn::Add(hn::ConcatLowerLower(d, even_b, even_a), hn::ConcatLowerLower(d, odd_b, odd_a));
  total = hn::Add(total, hn::ConcatUpperUpper(d, even_b, even_a));
  return hn::Add(total, hn::ConcatUpperUpper(d, odd_b, odd_a));
}

/// How a factor is applied, and how a product enters a sum.
template <class T, bool kFused>
struct RowMath {
  using V = RowVec<T>;
  static HWY_INLINE V accumulate(V a, V b, V sum) {
    return kFused ? hn::MulAdd(a, b, sum) : hn::Add(sum, hn::Mul(a, b));
  }
  static HWY_INLINE V minus(V c, V a, V b) { return kFused ? hn::NegMulAdd(a, b, c) : hn::Sub(c, hn::Mul(a, b)); }
};

/// What a pass does between taking a factor away and the sum for the next one.
enum class Extra { kNone, kScale, kScaleAndAdd };

/// Where the parameters of words that are turned together stand: base + at[word].
template <class T>
struct Places {
  const T* base = nullptr;
  const std::uint32_t* at = nullptr;
};

/// For each word: h ← h − (s c) u (+ b), and the sum of v_i h_i, which takes the place of c. `kSize`: vectors of h, or
/// 0 for any multiple of four.
template <class T, bool kFused, Extra kExtra, std::size_t kSize>
HWY_NOINLINE void pass(std::size_t n, T* HWY_RESTRICT state, Places<T> u, Places<T> b, Places<T> v,
                       T* HWY_RESTRICT factors) {
  using Math = RowMath<T, kFused>;
  using V = RowVec<T>;
  const RowTag<T> d;
  constexpr std::size_t kLanes = kCoordinateLanes<T>;
  if constexpr (kSize > 0) n = kSize * kLanes;
  V sums[kLanes];
  const auto one = [&](std::size_t w) HWY_ATTR {
    T* HWY_RESTRICT h = state + w * n;
    const T* HWY_RESTRICT from = u.base + u.at[w];
    const T* HWY_RESTRICT added = kExtra == Extra::kScaleAndAdd ? b.base + b.at[w] : nullptr;
    const T* HWY_RESTRICT next = v.base + v.at[w];
    V c = hn::Set(d, factors[w]);
    if constexpr (kExtra != Extra::kNone) c = hn::Mul(hn::Set(d, from[n]), c);
    const auto entry = [&](std::size_t i) HWY_ATTR {
      V x = Math::minus(hn::Load(d, h + i), hn::Load(d, from + i), c);
      if constexpr (kExtra == Extra::kScaleAndAdd) x = hn::Add(x, hn::Load(d, added + i));
      hn::Store(x, d, h + i);
      return x;
    };
    if constexpr (kSize > 0) {
      // The first product as it is: added to 0 it may only lose the sign of a zero.
      V sum = hn::Mul(entry(0), hn::Load(d, next));
      [&]<std::size_t... kI>(std::index_sequence<kI...> /*all*/) HWY_ATTR {
        ((sum = Math::accumulate(entry((kI + 1) * kLanes), hn::Load(d, next + (kI + 1) * kLanes), sum)), ...);
      }
      (std::make_index_sequence<kSize - 1>());
      return sum;
    } else {
      V sum = hn::Zero(d);
      for (std::size_t i = 0; i < n; i += 4 * kLanes) {
        for (std::size_t j = 0; j < 4; ++j)
          sum = Math::accumulate(entry(i + j * kLanes), hn::Load(d, next + i + j * kLanes), sum);
      }
      return sum;
    }
  };
  [&]<std::size_t... kW>(std::index_sequence<kW...> /*all*/) HWY_ATTR { ((sums[kW] = one(kW)), ...); }
  (std::make_index_sequence<kLanes>());
  hn::Store(totals(sums), d, factors);
}

template <class T>
using Pass = void (*)(std::size_t, T*, Places<T>, Places<T>, Places<T>, T*);

template <class T, bool kFused, Extra kExtra, std::size_t... kI>
Pass<T> pass_for(std::size_t vectors, std::index_sequence<kI...> /*sizes*/) {
  Pass<T> found = &pass<T, kFused, kExtra, 0>;
  ((kCoordinateSizes[kI] == vectors ? void(found = &pass<T, kFused, kExtra, kCoordinateSizes[kI]>) : void()), ...);
  return found;
}
template <class T, Extra kExtra>
Pass<T> pass_for(const CoordinateProgram<T>& program) {
  constexpr auto kSizes = std::make_index_sequence<kCoordinateSizes.size()>();
  return program.is_fused ? pass_for<T, true, kExtra>(program.vectors, kSizes)
                          : pass_for<T, false, kExtra>(program.vectors, kSizes);
}

template <class T>
void run_coordinates(const CoordinateProgram<T>& program, const CoordinateBlock<T>& block) {
  constexpr std::size_t kLanes = kCoordinateLanes<T>;
  constexpr std::size_t kWords = kCoordinateWords<T>;
  const std::size_t n = program.padded_dimension();
  const Pass<T> inner = program.is_scaled ? pass_for<T, Extra::kScale>(program) : pass_for<T, Extra::kNone>(program);
  const Pass<T> last = program.adds_b ? pass_for<T, Extra::kScaleAndAdd>(program) : inner;
  alignas(64) std::uint32_t places[(kCoordinateSteps + 1) * kWords];
  const auto row = static_cast<std::uint32_t>(program.letters.stride());
  for (std::size_t i = 0; i < block.steps * kWords; ++i) places[i] = block.letters[i] * row;
  // The last sum is of nobody's use, and its v anybody's.
  for (std::size_t w = 0; w < kWords; ++w) places[block.steps * kWords + w] = places[w];
  alignas(64) T factors[kWords] = {};  // at first nothing is taken away
  const T* b = program.letters.row(0);
  const auto both = [&](Pass<T> run, const T* u, const std::uint32_t* at, const T* v, const std::uint32_t* next) {
    for (std::size_t w = 0; w < kWords; w += kLanes)
      run(n, block.state + w * n, {u, at + w}, {b, at + w}, {v, next + w}, factors + w);
  };
  const T* first = b + n;
  const std::size_t factor_size = program.factor_size();
  both(inner, first + n, places, first, places);
  for (std::size_t t = 0; t < block.steps; ++t) {
    const std::uint32_t* at = places + t * kWords;
    for (std::size_t f = 0; f + 1 < program.factors; ++f)
      both(inner, first + f * factor_size + n, at, first + (f + 1) * factor_size, at);
    both(last, first + (program.factors - 1) * factor_size + n, at, first, at + kWords);
  }
}

template <class T, bool kFused>
void read_words(const CoordinateProgram<T>& program, const CoordinateBlock<T>& block) {
  using V = RowVec<T>;
  const RowTag<T> d;
  constexpr std::size_t kLanes = kCoordinateLanes<T>;
  const std::size_t n = program.padded_dimension();
  const std::uint8_t* letters = block.letters + (block.steps - 1) * kCoordinateWords<T>;
  const bool one = program.outputs.size() == 1;
  for (std::size_t first = 0; first < kCoordinateWords<T>; first += kLanes) {
    V sums[kLanes];
    T constants[kLanes];
    for (std::size_t w = 0; w < kLanes; ++w) {
      const T* weights = program.readouts.row(one ? 0 : letters[first + w]);
      const T* h = block.state + (first + w) * n;
      sums[w] = hn::Zero(d);
      for (std::size_t i = 0; i < n; i += kLanes)
        sums[w] = RowMath<T, kFused>::accumulate(hn::Load(d, weights + i), hn::Load(d, h + i), sums[w]);
      constants[w] = weights[n];
    }
    hn::StoreU(hn::Add(totals(sums), hn::LoadU(d, constants)), d, block.values + first);
  }
}
template <class T>
void read_coordinates(const CoordinateProgram<T>& program, const CoordinateBlock<T>& block) {
  program.is_fused ? read_words<T, true>(program, block) : read_words<T, false>(program, block);
}

template <class T>
CoordinateKernels<T> coordinate_kernels_of() {
  return {true, &run_coordinates<T>, &read_coordinates<T>};
}
#else
template <class T>
CoordinateKernels<T> coordinate_kernels_of() {
  return {};
}
#endif

CoordinateKernels<float> coordinate_kernels_f32() { return coordinate_kernels_of<float>(); }
CoordinateKernels<double> coordinate_kernels_f64() { return coordinate_kernels_of<double>(); }

}  // namespace HWY_NAMESPACE
}  // namespace eigenmata::simulation
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace eigenmata::simulation {
HWY_EXPORT(coordinate_kernels_f32);
HWY_EXPORT(coordinate_kernels_f64);
template <>
CoordinateKernels<float> coordinate_kernels() {
  return HWY_DYNAMIC_DISPATCH(coordinate_kernels_f32)();
}
template <>
CoordinateKernels<double> coordinate_kernels() {
  return HWY_DYNAMIC_DISPATCH(coordinate_kernels_f64)();
}
}  // namespace eigenmata::simulation
#endif
