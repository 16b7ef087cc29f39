// SPDX-License-Identifier: Apache-2.0
//
// Coordinates in lanes: see coordinate_program.hpp. Vectors are of 32 bytes, wherever there are any: the order of sums
// says so.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "lane_kernels_coordinates.cpp"
#include <hwy/foreach_target.h>
// After that.
#include <hwy/highway.h>

#include <type_traits>
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

/// The halves of each, added: those of a below those of b, as pairs.
HWY_INLINE RowVec<double> added_halves(RowVec<float> a, RowVec<float> b) {
  const RowTag<float> d;
  return hn::BitCast(RowTag<double>(), hn::Add(hn::ConcatLowerLower(d, b, a), hn::ConcatUpperUpper(d, b, a)));
}
/// The pairs of each half, added.
HWY_INLINE RowVec<float> added_pairs(RowVec<double> a, RowVec<double> b) {
  const RowTag<double> d;
  const RowTag<float> single;
  return hn::Add(hn::BitCast(single, hn::InterleaveLower(d, a, b)), hn::BitCast(single, hn::InterleaveUpper(d, a, b)));
}
/// The same for sums in pairs: halves first, then pairs of lanes, then neighbours, as lanes have been chosen for that.
HWY_INLINE RowVec<float> totals_in_pairs(const RowVec<float> (&s)[8]) {
  const RowTag<float> d;
  const RowVec<float> even = added_pairs(added_halves(s[0], s[4]), added_halves(s[2], s[6]));
  const RowVec<float> odd = added_pairs(added_halves(s[1], s[5]), added_halves(s[3], s[7]));
  return hn::Add(hn::OddEven(hn::DupEven(odd), even), hn::OddEven(odd, hn::DupOdd(even)));
}
HWY_INLINE RowVec<double> totals_in_pairs(const RowVec<double> (&sums)[4]) {
  const RowTag<double> d;
  const auto a = hn::Add(hn::ConcatLowerLower(d, sums[2], sums[0]), hn::ConcatUpperUpper(d, sums[2], sums[0]));
  const auto b = hn::Add(hn::ConcatLowerLower(d, sums[3], sums[1]), hn::ConcatUpperUpper(d, sums[3], sums[1]));
  return hn::Add(hn::InterleaveLower(d, a, b), hn::InterleaveUpper(d, a, b));
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

/// What networks ask of a pass besides taking a factor away: to scale it, and to add b behind the last one of a letter.
enum class Extra { kNone, kScale, kScaleAndAdd };

/// One vector of h, moved: h − c u (+ b).
template <class T, bool kFused, bool kAdds>
HWY_INLINE RowVec<T> moved(T* HWY_RESTRICT h, const T* HWY_RESTRICT u, const T* HWY_RESTRICT b, RowVec<T> c) {
  const RowTag<T> d;
  RowVec<T> x = RowMath<T, kFused>::minus(hn::Load(d, h), hn::Load(d, u), c);
  if constexpr (kAdds) x = hn::Add(x, hn::Load(d, b));
  hn::Store(x, d, h);
  return x;
}

/// Moves h and gives the partial sums of v_i h_i. `kSize`: vectors of h, or 0 for any multiple of four.
template <class T, bool kFused, bool kAdds, std::size_t kSize>
HWY_INLINE RowVec<T> pass_word(std::size_t n, T* HWY_RESTRICT h, const T* HWY_RESTRICT u, const T* HWY_RESTRICT b,
                               RowVec<T> c, const T* HWY_RESTRICT v) {
  using Math = RowMath<T, kFused>;
  const RowTag<T> d;
  constexpr std::size_t kLanes = kCoordinateLanes<T>;
  if constexpr (kSize > 0) {
    // The first product as it is: added to 0 it may only lose the sign of a zero.
    RowVec<T> sum = hn::Mul(moved<T, kFused, kAdds>(h, u, b, c), hn::Load(d, v));
    HWY_UNROLL(16) for (std::size_t i = kLanes; i < kSize * kLanes; i += kLanes) {
      sum = Math::accumulate(moved<T, kFused, kAdds>(h + i, u + i, b + i, c), hn::Load(d, v + i), sum);
    }
    return sum;
  } else {
    RowVec<T> sum = hn::Zero(d);
    for (std::size_t i = 0; i < n; i += 4 * kLanes) {
      HWY_UNROLL(4) for (std::size_t j = i; j < i + 4 * kLanes; j += kLanes) {
        sum = Math::accumulate(moved<T, kFused, kAdds>(h + j, u + j, b + j, c), hn::Load(d, v + j), sum);
      }
    }
    return sum;
  }
}

/// The same with sums in pairs; a power of two.
template <class T, bool kFused, bool kAdds, std::size_t kSize>
HWY_INLINE RowVec<T> pass_word_in_pairs(T* HWY_RESTRICT h, const T* HWY_RESTRICT u, const T* HWY_RESTRICT b,
                                        RowVec<T> c, const T* HWY_RESTRICT v) {
  if constexpr (kSize == 1) {
    return hn::Mul(moved<T, kFused, kAdds>(h, u, b, c), hn::Load(RowTag<T>(), v));
  } else {
    constexpr std::size_t kHalf = kSize / 2 * kCoordinateLanes<T>;
    const RowVec<T> first = pass_word_in_pairs<T, kFused, kAdds, kSize / 2>(h, u, b, c, v);
    return hn::Add(first,
                   pass_word_in_pairs<T, kFused, kAdds, kSize / 2>(h + kHalf, u + kHalf, b + kHalf, c, v + kHalf));
  }
}

/// Where words stand in the tables: base + at[word].
template <class T>
struct Places {
  const T* base = nullptr;
  const std::uint32_t* at = nullptr;
};

/// For each word: h ← h − (s c) u (+ b), and the sum of v_i h_i, which takes the place of c. s and b as `u.at` says.
template <class T, bool kPairs, bool kFused, bool kScales, bool kAdds, std::size_t kSize>
HWY_INLINE void pass(std::size_t n, T* HWY_RESTRICT state, T* HWY_RESTRICT factors, Places<T> u, Places<T> v,
                     const T* scale, const T* b) {
  const RowTag<T> d;
  constexpr std::size_t kLanes = kCoordinateLanes<T>;
  if constexpr (kSize > 0) n = kSize * kLanes;
  HWY_UNROLL(1) for (std::size_t first = 0; first < kCoordinateWords<T>; first += kLanes) {
    RowVec<T> sums[kLanes];
    HWY_UNROLL(8) for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t w = first + lane;
      const T* from = u.base + u.at[w];
      const T* next = v.base + v.at[w];
      RowVec<T> c = hn::Set(d, factors[w]);
      if constexpr (kScales) c = hn::Mul(hn::Set(d, scale[u.at[w]]), c);
      if constexpr (kPairs) {
        sums[lane] = pass_word_in_pairs<T, kFused, kAdds, kSize>(state + w * n, from, b + u.at[w], c, next);
      } else {
        sums[lane] = pass_word<T, kFused, kAdds, kSize>(n, state + w * n, from, b + u.at[w], c, next);
      }
    }
    hn::Store(kPairs ? totals_in_pairs(sums) : totals(sums), d, factors + first);
  }
}

/// places: where the letters of each step stand in the tables, [step][word], and of some letters behind the last one.
template <class T, bool kPairs, bool kFused, Extra kExtra, std::size_t kSize>
HWY_NOINLINE void run_passes(const CoordinateProgram<T>& program, std::size_t steps, T* state,
                             const std::uint32_t* places) {
  constexpr bool kScales = kExtra != Extra::kNone;
  alignas(64) T factors[kCoordinateWords<T>] = {};  // at first nothing is taken away
  const std::size_t n = program.padded_dimension();
  const std::size_t end = program.scales_at();
  const T* table = program.letters.row(0);
  const T* b = table + program.b_at();
  // What is taken away in a pass, and the factor after it.
  Places<T> u{table + n, places};
  const T* scale = table + end;
  std::size_t next = 0;
  bool is_last = false;
  for (std::size_t left = steps * program.factors + 1; left > 0; --left) {
    const Places<T> v{table + next, places};
    if (kExtra == Extra::kScaleAndAdd && is_last) {
      pass<T, kPairs, kFused, kScales, kExtra == Extra::kScaleAndAdd, kSize>(n, state, factors, u, v, scale, b);
    } else {
      pass<T, kPairs, kFused, kScales, false, kSize>(n, state, factors, u, v, scale, b);
    }
    u = {v.base + n, places};
    scale = table + end + next / (2 * n);
    next += 2 * n;
    is_last = next == end;
    if (is_last) {
      next = 0;
      places += kCoordinateWords<T>;
    }
  }
}

template <class T>
using Passes = void (*)(const CoordinateProgram<T>&, std::size_t, T*, const std::uint32_t*);

template <class T, bool kPairs, bool kFused, Extra kExtra, std::size_t... kI>
Passes<T> passes_of_size(std::size_t vectors, std::index_sequence<kI...> /*sizes*/) {
  Passes<T> found = nullptr;
  const auto consider = [&](auto size) {
    constexpr std::size_t kSize = decltype(size)::value;
    if constexpr (!kPairs || (kSize & (kSize - 1)) == 0) {
      if (kSize == vectors) found = &run_passes<T, kPairs, kFused, kExtra, kSize>;
    }
  };
  (consider(std::integral_constant<std::size_t, kCoordinateSizes[kI]>()), ...);
  if constexpr (!kPairs) {
    if (found == nullptr) found = &run_passes<T, kPairs, kFused, kExtra, 0>;
  }
  return found;
}
template <class T, Extra kExtra>
Passes<T> passes_for(const CoordinateProgram<T>& p) {
  constexpr auto kSizes = std::make_index_sequence<kCoordinateSizes.size()>();
  if (p.in_pairs)
    return p.is_fused ? passes_of_size<T, true, true, kExtra>(p.vectors, kSizes)
                      : passes_of_size<T, true, false, kExtra>(p.vectors, kSizes);
  return p.is_fused ? passes_of_size<T, false, true, kExtra>(p.vectors, kSizes)
                    : passes_of_size<T, false, false, kExtra>(p.vectors, kSizes);
}

template <class T>
void run_coordinates(const CoordinateProgram<T>& program, const CoordinateBlock<T>& block) {
  constexpr std::size_t kWords = kCoordinateWords<T>;
  alignas(64) std::uint32_t places[(kCoordinateSteps + 1) * kWords];
  const auto row = static_cast<std::uint32_t>(program.letters.stride());
  for (std::size_t i = 0; i < block.steps * kWords; ++i) places[i] = block.letters[i] * row;
  // The last sum is of nobody's use, and its v anybody's.
  for (std::size_t w = 0; w < kWords; ++w) places[block.steps * kWords + w] = places[w];
  const Passes<T> run = program.adds_b      ? passes_for<T, Extra::kScaleAndAdd>(program)
                        : program.is_scaled ? passes_for<T, Extra::kScale>(program)
                                            : passes_for<T, Extra::kNone>(program);
  run(program, block.steps, block.state, places);
}

template <class T>
bool are_tame(const CoordinateProgram<T>& program, const T* state) {
  const RowTag<T> d;
  constexpr std::size_t kLanes = kCoordinateLanes<T>;
  const auto bound = hn::Set(d, program.tame);
  const std::size_t count = kCoordinateWords<T> * program.padded_dimension();
  auto all = hn::Eq(bound, bound);
  for (std::size_t i = 0; i < count; i += kLanes) all = hn::And(all, hn::Le(hn::Abs(hn::Load(d, state + i)), bound));
  return hn::AllTrue(d, all);
}

/// Σ w_i h_i for each word, in vectors: adding pairs of vectors, then pairs of these, needs room for them.
template <class T>
HWY_INLINE RowVec<T> products_in_pairs(const T* weights, const T* h, std::size_t n) {
  const RowTag<T> d;
  constexpr std::size_t kLanes = kCoordinateLanes<T>;
  RowVec<T> terms[kCoordinateSizes.back()];
  std::size_t count = n / kLanes;
  for (std::size_t i = 0; i < count; ++i)
    terms[i] = hn::Mul(hn::Load(d, weights + i * kLanes), hn::Load(d, h + i * kLanes));
  for (; count > 1; count /= 2) {
    for (std::size_t i = 0; i < count / 2; ++i) terms[i] = hn::Add(terms[2 * i], terms[2 * i + 1]);
  }
  return terms[0];
}

template <class T>
void read_coordinates(const CoordinateProgram<T>& program, const CoordinateBlock<T>& block) {
  const RowTag<T> d;
  constexpr std::size_t kLanes = kCoordinateLanes<T>;
  const std::size_t n = program.padded_dimension();
  const std::uint8_t* letters = block.letters + (block.steps - 1) * kCoordinateWords<T>;
  const bool one = program.outputs.size() == 1;
  for (std::size_t first = 0; first < kCoordinateWords<T>; first += kLanes) {
    RowVec<T> sums[kLanes];
    T constants[kLanes];
    for (std::size_t w = 0; w < kLanes; ++w) {
      const T* weights = program.readouts.row(one ? 0 : letters[first + w]);
      const T* h = block.state + (first + w) * n;
      constants[w] = weights[n];
      if (program.in_pairs) {
        sums[w] = products_in_pairs(weights, h, n);
        continue;
      }
      sums[w] = hn::Zero(d);
      for (std::size_t i = 0; i < n; i += kLanes) {
        const auto a = hn::Load(d, weights + i), x = hn::Load(d, h + i);
        sums[w] = program.is_fused ? RowMath<T, true>::accumulate(a, x, sums[w])
                                   : RowMath<T, false>::accumulate(a, x, sums[w]);
      }
    }
    const auto total = program.in_pairs ? totals_in_pairs(sums) : totals(sums);
    hn::StoreU(hn::Add(total, hn::LoadU(d, constants)), d, block.values + first);
  }
}

template <class T>
CoordinateKernels<T> coordinate_kernels_of() {
  return {true, &run_coordinates<T>, &are_tame<T>, &read_coordinates<T>};
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
