// SPDX-License-Identifier: Apache-2.0
//
// The kernels, once for each set of instructions (Highway includes the files that include this one several times).
// Every operation is one that IEEE 754 rounds correctly, in the order that the plan says, so that lanes and reference
// cannot differ. Files that include this are compiled without contraction of a·b + c (-ffp-contract=off).
#include <hwy/highway.h>

#include <cstddef>
#include <type_traits>
#include <utility>

#include "lane_program.hpp"

#if defined(EIGENMATA_LANE_KERNELS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef EIGENMATA_LANE_KERNELS_INL
#undef EIGENMATA_LANE_KERNELS_INL
#else
#define EIGENMATA_LANE_KERNELS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace eigenmata::simulation {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class T>
using Tag = hn::ScalableTag<T>;
template <class T>
using Vec = hn::Vec<Tag<T>>;
template <class T>
using IndexTag = hn::RebindToSigned<Tag<T>>;
template <class T>
using IndexVec = hn::Vec<IndexTag<T>>;

/// a·b + c with one rounding.
template <class T>
HWY_INLINE Vec<T> fused(Vec<T> a, Vec<T> b, Vec<T> c) {
#if HWY_NATIVE_FMA
  return hn::MulAdd(a, b, c);
#else
  return hn::Add(hn::Mul(a, b), c);  // never run: lanes_for asks lanes_fuse
#endif
}

// How a step rounds. All have: accumulate (sum + a·b in a sum), product and add_to_sum (its two halves), total, and
// multiply, add, plus (c + a·b) and minus (c − a·b) for single numbers.

template <class U, bool kFusedSums, bool kFusedUpdates>
struct NativeMath {
  using T = U;
  using V = Vec<T>;
  explicit NativeMath(const NarrowFormat& /*format*/) {}

  HWY_INLINE V product(V a, V b) const { return hn::Mul(a, b); }
  HWY_INLINE V add_to_sum(V sum, V a) const { return hn::Add(sum, a); }
  HWY_INLINE V accumulate(V a, V b, V sum) const {
    if constexpr (kFusedSums) return fused<T>(a, b, sum);
    return hn::Add(sum, hn::Mul(a, b));
  }
  HWY_INLINE V total(V sum) const { return sum; }
  HWY_INLINE V multiply(V a, V b) const { return hn::Mul(a, b); }
  HWY_INLINE V add(V a, V b) const { return hn::Add(a, b); }
  HWY_INLINE V plus(V c, V a, V b) const {
    if constexpr (kFusedUpdates) return fused<T>(a, b, c);
    return hn::Add(c, hn::Mul(a, b));
  }
  HWY_INLINE V minus(V c, V a, V b) const {
#if HWY_NATIVE_FMA
    if constexpr (kFusedUpdates) return hn::NegMulAdd(a, b, c);
#endif
    return hn::Sub(c, hn::Mul(a, b));
  }
};

/// bf16 is the upper half of f32. NaN keeps a bit up there: the only NaN in lanes are those that operations make, and
/// adding half a unit does not carry into their exponent, the lower half being 0.
struct RoundToBf16 {
  explicit RoundToBf16(const NarrowFormat& /*format*/) {}
  HWY_INLINE Vec<float> operator()(Vec<float> a) const {
    const IndexTag<float> di;
    const auto bits = hn::BitCast(di, a);
    const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(di, 1));
    const auto rounded = hn::Add(bits, hn::Add(odd, hn::Set(di, 0x7FFF)));
    return hn::BitCast(Tag<float>(), hn::And(rounded, hn::Set(di, static_cast<std::int32_t>(0xFFFF0000u))));
  }
};

/// Normal numbers: half a unit of the last bit kept is added, and the rest cut. Smaller ones: the hardware rounds at
/// the last bit of a number so large that this is the format's smallest one.
class RoundToNarrow {
 public:
  explicit RoundToNarrow(const NarrowFormat& format) : f_(format) {}
  HWY_INLINE Vec<float> operator()(Vec<float> a) const {
    const Tag<float> d;
    const IndexTag<float> di;
    const auto all = hn::BitCast(di, a);
    const auto magnitude = hn::And(all, hn::Set(di, 0x7FFFFFFF));
    const auto sign = hn::Xor(all, magnitude);
    const auto odd = hn::And(hn::ShiftRightSame(magnitude, f_.cut), hn::Set(di, 1));
    const std::int32_t unit = std::int32_t{1} << f_.cut;
    auto rounded = hn::Add(magnitude, hn::Add(odd, hn::Set(di, unit / 2 - 1)));
    rounded = hn::And(rounded, hn::Set(di, -unit));
    rounded = hn::IfThenElse(hn::Gt(rounded, hn::Set(di, f_.largest)), hn::Set(di, f_.beyond), rounded);
    const auto coarse = hn::Set(d, f_.coarse);
    const auto small = hn::BitCast(di, hn::Sub(hn::Add(hn::BitCast(d, magnitude), coarse), coarse));
    rounded = hn::IfThenElse(hn::Lt(magnitude, hn::Set(di, f_.normal_from)), small, rounded);
    rounded = hn::Or(rounded, sign);
    rounded = hn::IfThenElse(hn::Gt(magnitude, hn::Set(di, 0x7F800000)), hn::Set(di, f_.nan), rounded);
    return hn::BitCast(d, rounded);
  }

 private:
  NarrowFormat f_;
};

template <class Round, bool kSums>
class NarrowMath {
 public:
  using T = float;
  using V = Vec<float>;
  explicit NarrowMath(const NarrowFormat& format) : round_(format) {}

  HWY_INLINE V product(V a, V b) const { return sums(hn::Mul(a, b)); }
  HWY_INLINE V add_to_sum(V sum, V a) const { return sums(hn::Add(sum, a)); }
  HWY_INLINE V accumulate(V a, V b, V sum) const { return add_to_sum(sum, product(a, b)); }
  HWY_INLINE V total(V sum) const { return kSums ? sum : round_(sum); }
  HWY_INLINE V multiply(V a, V b) const { return round_(hn::Mul(a, b)); }
  HWY_INLINE V add(V a, V b) const { return round_(hn::Add(a, b)); }
  HWY_INLINE V plus(V c, V a, V b) const { return add(c, multiply(a, b)); }
  HWY_INLINE V minus(V c, V a, V b) const { return round_(hn::Sub(c, multiply(a, b))); }

 private:
  HWY_INLINE V sums(V a) const { return kSums ? round_(a) : a; }
  Round round_;
};

// How a lane takes its entry out of a row.

template <class T>
struct SameEntry {
  explicit SameEntry(IndexVec<T> /*symbols*/) {}
  HWY_INLINE Vec<T> operator()(const T* row) const { return hn::Set(Tag<T>(), *row); }
};
template <class T>
struct PermutedEntry {
  explicit PermutedEntry(IndexVec<T> symbols) : at(hn::IndicesFromVec(Tag<T>(), symbols)) {}
  HWY_INLINE Vec<T> operator()(const T* row) const { return hn::TableLookupLanes(hn::Load(Tag<T>(), row), at); }
  decltype(hn::IndicesFromVec(Tag<T>(), IndexVec<T>())) at;
};
template <class T>
struct GatheredEntry {
  explicit GatheredEntry(IndexVec<T> symbols) : at(symbols) {}
  HWY_INLINE Vec<T> operator()(const T* row) const { return hn::GatherIndex(Tag<T>(), row, at); }
  IndexVec<T> at;
};

/// `kVectors` vectors side by side.
template <class M, std::size_t kVectors>
class LaneRun {
 public:
  using T = typename M::T;
  using V = Vec<T>;
  using I = IndexVec<T>;
  using Layer = LaneLayer<T>;
  using Index = typename Layer::Index;

  LaneRun(const LaneProgram<T>& program, LaneBlock<T>& block)
      : p_(program), b_(block), m_(program.narrow), round_state_(program.narrow) {}

  void run() {
    const std::size_t width = width_of();
    std::size_t next_end = first_end(0);
    tame_for_ = 0;
    for (std::size_t t = 0; t < b_.steps; ++t) {
      const bool ends = t + 1 == next_end;
      I symbols[kVectors];
      load_symbols(b_.letters + t * width, symbols);
      T* h = b_.state;
      for (std::size_t l = 0; l < p_.layers.size(); ++l) {
        const Layer& layer = p_.layers[l];
        const bool is_last = l + 1 == p_.layers.size();
        switch (layer.lookup) {
          case Layer::Lookup::kSame:
            step<SameEntry<T>>(layer, h, symbols, is_last, ends);
            break;
          case Layer::Lookup::kPermute:
#if HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SCALAR
            break;  // never chosen
#else
            step<PermutedEntry<T>>(layer, h, symbols, is_last, ends);
            break;
#endif
          case Layer::Lookup::kGather:
            step<GatheredEntry<T>>(layer, h, symbols, is_last, ends);
            break;
        }
        h += layer.dimension * width;
      }
      if (ends) {
        finish(t + 1, symbols);
        next_end = first_end(t + 1);
      }
    }
  }

 private:
  static HWY_INLINE std::size_t lanes() { return hn::Lanes(Tag<T>()); }
  static HWY_INLINE std::size_t width_of() { return kVectors * lanes(); }
  static HWY_INLINE V load(const T* p) { return hn::Load(Tag<T>(), p); }

  /// The smallest number of letters left that is above `past`; 0 if there is none.
  [[nodiscard]] std::size_t first_end(std::size_t past) const {
    std::size_t first = 0;
    for (std::size_t lane = 0; lane < width_of(); ++lane) {
      if (b_.left[lane] > past && (first == 0 || b_.left[lane] < first)) first = b_.left[lane];
    }
    return first;
  }

  void finish(std::size_t length, const I (&symbols)[kVectors]) {
    alignas(64) Index outputs[kVectors * HWY_MAX_BYTES / sizeof(T)];
    for (std::size_t g = 0; g < kVectors; ++g) hn::StoreU(symbols[g], IndexTag<T>(), outputs + g * lanes());
    const std::size_t width = width_of();
    for (std::size_t lane = 0; lane < width; ++lane) {
      if (b_.left[lane] != length) continue;
      b_.answers[lane] = b_.silent[lane] != 0 ? Answer::kNone : outputs[lane] != 0 ? Answer::kAccept : Answer::kReject;
      if (b_.finals == nullptr) continue;
      for (std::size_t i = 0; i < p_.coordinates; ++i) b_.finals[i * width + lane] = b_.state[i * width + lane];
    }
  }

  static HWY_INLINE void load_symbols(const std::uint8_t* letters, I (&symbols)[kVectors]) {
    const IndexTag<T> di;
    for (std::size_t g = 0; g < kVectors; ++g) {
      const auto bytes = hn::LoadU(hn::Rebind<std::uint8_t, IndexTag<T>>(), letters + g * lanes());
      if constexpr (sizeof(T) == 4) {
        symbols[g] = hn::PromoteTo(di, bytes);
      } else {
        symbols[g] = hn::PromoteTo(di, hn::PromoteTo(hn::Rebind<std::int32_t, IndexTag<T>>(), bytes));
      }
    }
  }

  template <class At>
  struct Copies {
    explicit Copies(const At (&from)[kVectors]) : Copies(from, std::make_index_sequence<kVectors>()) {}
    template <std::size_t... kG>
    Copies(const At (&from)[kVectors], std::index_sequence<kG...> /*all*/) : at{from[kG]...} {}
    At at[kVectors];
  };

  /// Σ table[i]·h_i over the rows `first` … of the table.
  template <class At>
  HWY_INLINE void sum_of_products(const LaneTable<T>& table, std::size_t first, const T* h, std::size_t n,
                                  const At (&at)[kVectors], V (&sum)[kVectors]) {
    const T* row = table.row(first);
    const std::size_t stride = table.stride();
    const std::size_t width = width_of();
    for (std::size_t g = 0; g < kVectors; ++g) sum[g] = hn::Zero(Tag<T>());
    if (p_.order == precision::RoundingPlan::Order::kSequential) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t g = 0; g < kVectors; ++g)
          sum[g] = m_.accumulate(at[g](row + i * stride), load(h + i * width + g * lanes()), sum[g]);
      }
    } else {
      // By copies: what a call out of line has seen, stores might change, and loops would read it again and again.
      const Copies<At> copies(at);
      V found[kVectors];
      if (p_.order == precision::RoundingPlan::Order::kPairwise) {
        pairwise(row, stride, h, n, copies.at, found);
      } else {
        blocked(row, stride, h, n, copies.at, found);
      }
      for (std::size_t g = 0; g < kVectors; ++g) sum[g] = found[g];
    }
    for (std::size_t g = 0; g < kVectors; ++g) sum[g] = m_.total(sum[g]);
  }

  /// Sums of 2^i terms, one for each bit i of the number of terms so far.
  template <class At>
  HWY_NOINLINE void pairwise(const T* row, std::size_t stride, const T* h, std::size_t n, const At (&at)[kVectors],
                             V (&sum)[kVectors]) {
    constexpr std::size_t kDepth = 33;
    for (std::size_t g = 0; g < kVectors; ++g) sum[g] = hn::Zero(Tag<T>());
    if (n == 0) return;
    for (std::size_t g = 0; g < kVectors; ++g) {
      V partial[kDepth];
      std::size_t depth = 0;
      for (std::size_t i = 0; i < n; ++i) {
        V term = m_.product(at[g](row + i * stride), load(h + i * width_of() + g * lanes()));
        for (std::size_t carry = i; (carry & 1) != 0; carry >>= 1) term = m_.add_to_sum(partial[--depth], term);
        partial[depth++] = term;
      }
      V total = partial[--depth];
      while (depth > 0) total = m_.add_to_sum(partial[--depth], total);
      sum[g] = total;
    }
  }

  template <class At>
  HWY_NOINLINE void blocked(const T* row, std::size_t stride, const T* h, std::size_t n, const At (&at)[kVectors],
                            V (&sum)[kVectors]) {
    for (std::size_t g = 0; g < kVectors; ++g) sum[g] = hn::Zero(Tag<T>());
    if (n == 0) return;
    T* partial = b_.scratch + p_.widest * width_of();
    for (std::size_t g = 0; g < kVectors; ++g) {
      for (std::size_t j = 0; j < p_.blocks; ++j) hn::Store(hn::Zero(Tag<T>()), Tag<T>(), partial + j * lanes());
      for (std::size_t i = 0; i < n; ++i) {
        T* place = partial + i % p_.blocks * lanes();
        const V before = load(place);
        hn::Store(m_.accumulate(at[g](row + i * stride), load(h + i * width_of() + g * lanes()), before), Tag<T>(),
                  place);
      }
      for (std::size_t j = 0; j < p_.blocks; ++j) sum[g] = m_.add_to_sum(sum[g], load(partial + j * lanes()));
    }
  }

  /// For each coordinate h ← change(h, i, g), of the lanes that `who` marks, or of all if it is empty.
  template <class At, class Change>
  HWY_INLINE void change(const LaneTable<T>& who, const At (&at)[kVectors], T* h, std::size_t n, const Change& change) {
    const Tag<T> d;
    const std::size_t width = width_of();
    if (!who) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t g = 0; g < kVectors; ++g) {
          T* place = h + i * width + g * lanes();
          hn::Store(change(load(place), i, g), d, place);
        }
      }
      return;
    }
    for (std::size_t g = 0; g < kVectors; ++g) {
      const auto mask = hn::Ne(at[g](who.row(0)), hn::Zero(d));
      for (std::size_t i = 0; i < n; ++i) {
        T* place = h + i * width + g * lanes();
        const V before = load(place);
        hn::Store(hn::IfThenElse(mask, change(before, i, g), before), d, place);
      }
    }
  }

  template <class At>
  struct Entries {
    At at[kVectors];
  };
  template <class At, std::size_t... kG>
  static HWY_INLINE Entries<At> entries_of(const I (&symbols)[kVectors], std::index_sequence<kG...> /*all*/) {
    return {{At(symbols[kG])...}};
  }

  template <class At>
  void step(const Layer& layer, T* h, I (&symbols)[kVectors], bool is_last, bool ends) {
    const auto entries = entries_of<At>(symbols, std::make_index_sequence<kVectors>());
    const At(&at)[kVectors] = entries.at;
    if constexpr (kTurns && std::is_same_v<At, GatheredEntry<T>>) {
      layer.by_letter ? move_by_letter(layer, h, symbols) : move(layer, h, at);
    } else {
      move(layer, h, at);
    }
    if (is_last) {
      const bool is_tame = stays_tame(layer, h);
      if (is_tame && !ends) return;
    }
    if (layer.is_table) {
      alignas(64) Index outputs[kVectors * HWY_MAX_BYTES / sizeof(T)];
      for (std::size_t g = 0; g < kVectors; ++g) hn::StoreU(symbols[g], IndexTag<T>(), outputs + g * lanes());
      look_up(layer, h, width_of(), outputs, b_.silent);
      for (std::size_t g = 0; g < kVectors; ++g) symbols[g] = hn::LoadU(IndexTag<T>(), outputs + g * lanes());
    } else if (layer.one_readout) {
      const auto same = entries_of<SameEntry<T>>(symbols, std::make_index_sequence<kVectors>());
      decode(layer, h, same.at, symbols);
    } else {
      decode(layer, h, at, symbols);
    }
  }

#if HWY_TARGET == HWY_AVX2
  static constexpr bool kTurns = sizeof(T) == 4;

  /// Four numbers from each of eight letters: out[j] has the j-th of all of them.
  static HWY_INLINE void turn_four(const T* const* letters, std::size_t place, V (&out)[4]) {
    const Tag<T> d;
    const hn::Half<Tag<T>> half;
    const hn::Repartition<double, Tag<T>> pairs;
    const auto both = [&](std::size_t i) HWY_ATTR {
      return hn::Combine(d, hn::Load(half, letters[i + 4] + place), hn::Load(half, letters[i] + place));
    };
    const V a = both(0), b = both(1), c = both(2), e = both(3);
    const auto low_ab = hn::BitCast(pairs, hn::InterleaveLower(d, a, b));
    const auto low_ce = hn::BitCast(pairs, hn::InterleaveLower(d, c, e));
    const auto high_ab = hn::BitCast(pairs, hn::InterleaveUpper(d, a, b));
    const auto high_ce = hn::BitCast(pairs, hn::InterleaveUpper(d, c, e));
    out[0] = hn::BitCast(d, hn::InterleaveLower(pairs, low_ab, low_ce));
    out[1] = hn::BitCast(d, hn::InterleaveUpper(pairs, low_ab, low_ce));
    out[2] = hn::BitCast(d, hn::InterleaveLower(pairs, high_ab, high_ce));
    out[3] = hn::BitCast(d, hn::InterleaveUpper(pairs, high_ab, high_ce));
  }

  /// body(g, i, entries i of the letters in the g-th vector's lanes), for i < n.
  template <std::size_t kPair, class Body>
  static HWY_INLINE void each_turned(const T* const* letters, std::size_t place, std::size_t n, const Body& body) {
    V entries[4];
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4) {
      for (std::size_t g = 0; g < kPair; ++g) {
        turn_four(letters + g * 8, place + i, entries);
        for (std::size_t j = 0; j < 4; ++j) body(g, i + j, entries[j]);
      }
    }
    if (i == n) return;
    for (std::size_t g = 0; g < kPair; ++g) {
      turn_four(letters + g * 8, place + i, entries);
      for (std::size_t j = 0; i + j < n; ++j) body(g, i + j, entries[j]);
    }
  }

  /// What `move` does, where the parameters of a letter stand together: no gathers. Two vectors at a time, so that one
  /// sum need not wait for the other.
  HWY_NOINLINE void move_by_letter(const Layer& layer, T* h, const I (&symbols)[kVectors]) {
    constexpr std::size_t kPair = kVectors == 1 ? 1 : 2;
    alignas(64) Index places[kVectors * 8];
    for (std::size_t g = 0; g < kVectors; ++g) hn::Store(symbols[g], IndexTag<T>(), places + g * 8);
    for (std::size_t g = 0; g < kVectors; g += kPair) {
      const T* letters[kPair * 8];
      for (std::size_t lane = 0; lane < kPair * 8; ++lane)
        letters[lane] = layer.by_letter.row(static_cast<std::size_t>(places[g * 8 + lane]));
      move_pair<kPair>(layer, h + g * 8, letters);
    }
    if (p_.rounds_state) {
      for (std::size_t i = 0; i < layer.dimension * width_of(); i += 8)
        hn::Store(round_state_(load(h + i)), Tag<T>(), h + i);
    }
  }

  template <std::size_t kPair>
  HWY_INLINE void move_pair(const Layer& layer, T* h, const T* const* letters) {
    const Tag<T> d;
    const std::size_t n = layer.dimension;
    const std::size_t rounded_up = padded(n);
    const std::size_t width = width_of();
    std::size_t place = 0;
    for (const auto& factor : layer.factors) {
      V sum[kPair];
      for (std::size_t g = 0; g < kPair; ++g) sum[g] = hn::Zero(d);
      each_turned<kPair>(letters, place, n, [&](std::size_t g, std::size_t i, V v) HWY_ATTR {
        sum[g] = m_.accumulate(v, load(h + i * width + g * 8), sum[g]);
      });
      for (std::size_t g = 0; g < kPair; ++g) sum[g] = m_.total(sum[g]);
      if (factor.scale) {
        each_turned<kPair>(letters, place + 2 * rounded_up, 1, [&](std::size_t g, std::size_t /*i*/, V scale) HWY_ATTR {
          sum[g] = m_.multiply(scale, sum[g]);
        });
      }
      each_turned<kPair>(letters, place + rounded_up, n, [&](std::size_t g, std::size_t i, V u) HWY_ATTR {
        T* to = h + i * width + g * 8;
        hn::Store(m_.minus(load(to), u, sum[g]), d, to);
      });
      place += letter_factor_size(n);
    }
    if (!layer.adds_b) return;
    each_turned<kPair>(letters, place, n, [&](std::size_t g, std::size_t i, V b) HWY_ATTR {
      T* to = h + i * width + g * 8;
      hn::Store(m_.add(load(to), b), d, to);
    });
  }
#else
  static constexpr bool kTurns = false;
  void move_by_letter(const Layer& /*layer*/, T* /*h*/, const I (&/*symbols*/)[kVectors]) {}
#endif

  template <class At>
  HWY_INLINE void move(const Layer& layer, T* h, const At (&at)[kVectors]) {
    const std::size_t n = layer.dimension;
    const std::size_t width = width_of();
    const Tag<T> d;
    if (layer.dense) {
      for (std::size_t i = 0; i < n; ++i) {
        V sum[kVectors];
        sum_of_products(layer.dense, i * n, h, n, at, sum);
        for (std::size_t g = 0; g < kVectors; ++g)
          hn::Store(m_.add(sum[g], at[g](layer.b.row(i))), d, b_.scratch + i * width + g * lanes());
      }
    }
    bool b_is_added = false;
    for (const auto& factor : layer.factors) {
      V sum[kVectors];
      sum_of_products(factor.v, 0, h, n, at, sum);
      if (factor.scale) {
        for (std::size_t g = 0; g < kVectors; ++g) sum[g] = m_.multiply(at[g](factor.scale.row(0)), sum[g]);
      }
      const LaneTable<T>& table = factor.u ? factor.u : factor.v;
      const T* u = table.row(0);
      const std::size_t stride = table.stride();
      const T* b = layer.b.row(0);
      if (layer.adds_b && !factor.takes_part && !layer.is_product && &factor == &layer.factors.back()) {
        change(layer.is_product, at, h, n, [&](V x, std::size_t i, std::size_t g) HWY_ATTR {
          return m_.add(m_.minus(x, at[g](u + i * stride), sum[g]), at[g](b + i * stride));
        });
        b_is_added = true;
      } else {
        change(factor.takes_part, at, h, n,
               [&](V x, std::size_t i, std::size_t g) HWY_ATTR { return m_.minus(x, at[g](u + i * stride), sum[g]); });
      }
    }
    if (layer.adds_b && !b_is_added) {
      change(layer.is_product, at, h, n,
             [&](V x, std::size_t i, std::size_t g) HWY_ATTR { return m_.add(x, at[g](layer.b.row(i))); });
    }
    if (layer.diagonal) {
      change(layer.is_diagonal, at, h, n, [&](V x, std::size_t i, std::size_t g) HWY_ATTR {
        return m_.plus(at[g](layer.b.row(i)), at[g](layer.diagonal.row(i)), x);
      });
    }
    if (layer.dense) {
      change(layer.is_dense, at, h, n, [&](V /*x*/, std::size_t i, std::size_t g) HWY_ATTR {
        return load(b_.scratch + i * width + g * lanes());
      });
    }
    if constexpr (sizeof(T) == 4) {
      if (p_.rounds_state) {
        for (std::size_t i = 0; i < n * width; i += lanes()) hn::Store(round_state_(load(h + i)), d, h + i);
      }
    }
  }

  /// May the last layer's readout be left out after this step?
  HWY_INLINE bool stays_tame(const Layer& layer, const T* h) {
    if (p_.tame_steps == 0) return false;
    if (tame_for_ > 0) {
      --tame_for_;
      return true;
    }
    const Tag<T> d;
    const V bound = hn::Set(d, p_.tame);
    auto all = hn::Eq(bound, bound);
    for (std::size_t i = 0; i < layer.dimension * width_of(); i += lanes())
      all = hn::And(all, hn::Le(hn::Abs(load(h + i)), bound));
    if (!hn::AllTrue(d, all)) return false;
    tame_for_ = p_.tame_steps;
    return true;
  }

  template <class At>
  void decode(const Layer& layer, const T* h, const At (&at)[kVectors], I (&symbols)[kVectors]) {
    const Tag<T> d;
    const IndexTag<T> di;
    V value[kVectors];
    sum_of_products(layer.weights, 0, h, layer.dimension, at, value);
    for (std::size_t g = 0; g < kVectors; ++g) {
      value[g] = m_.add(value[g], at[g](layer.constant.row(0)));
      I passed = hn::Zero(di);
      for (std::size_t j = 0; j < layer.threshold_count; ++j) {
        const auto passes = hn::Ge(value[g], at[g](layer.thresholds.row(j)));
        passed = hn::Sub(passed, hn::VecFromMask(di, hn::RebindMask(di, passes)));
      }
      const auto lost = hn::And(hn::IsNaN(value[g]), hn::Ne(at[g](layer.has_thresholds.row(0)), hn::Zero(d)));
      if (!hn::AllFalse(d, lost)) silence(g, hn::VecFromMask(di, hn::RebindMask(di, lost)));
      const auto readout = layer.one_readout ? hn::Zero(di) : symbols[g];
      alignas(64) Index places[HWY_MAX_BYTES / sizeof(T)];
      hn::StoreU(readout, di, places);
      alignas(64) Index counts[HWY_MAX_BYTES / sizeof(T)];
      hn::StoreU(passed, di, counts);
      const Index* outputs = layer.outputs.row(0);
      const auto each = static_cast<Index>(layer.threshold_count + 1);
      for (std::size_t lane = 0; lane < lanes(); ++lane) places[lane] = outputs[places[lane] * each + counts[lane]];
      symbols[g] = hn::LoadU(di, places);
    }
  }

  HWY_NOINLINE void silence(std::size_t g, I lost) {
    alignas(64) Index flags[HWY_MAX_BYTES / sizeof(T)];
    hn::StoreU(lost, IndexTag<T>(), flags);
    for (std::size_t lane = 0; lane < lanes(); ++lane) {
      if (flags[lane] != 0) b_.silent[g * lanes() + lane] = 1;
    }
  }

  const LaneProgram<T>& p_;
  LaneBlock<T>& b_;
  M m_;
  RoundToNarrow round_state_;
  std::size_t tame_for_ = 0;
};

template <class M>
void run_block(const LaneProgram<typename M::T>& program, LaneBlock<typename M::T>& block, std::size_t vectors) {
  if (vectors == 1) {
    LaneRun<M, 1>(program, block).run();
  } else {
    LaneRun<M, kGroups>(program, block).run();
  }
}

template <class T>
LaneKernels<T> kernels_for(void (*run)(const LaneProgram<T>&, LaneBlock<T>&, std::size_t)) {
  const std::size_t lanes = hn::Lanes(Tag<T>());
#if HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SCALAR
  return {lanes, 0, run};
#else
  return {lanes, lanes, run};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace eigenmata::simulation
HWY_AFTER_NAMESPACE();

#endif  // EIGENMATA_LANE_KERNELS_INL
