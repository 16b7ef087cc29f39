// SPDX-License-Identifier: Apache-2.0
//
// A network as the kernels read it. Words stand side by side in the lanes of vectors, one word a lane, and each lane is
// at a letter of its own. So every parameter is a row over the symbols of its layer, out of which each lane takes the
// entry of its symbol: by a permutation inside a register where a row is no longer than a vector, by a gather
// otherwise. Gathers cost more than all the arithmetic, so products of factors in vectors of eight lanes are stored
// letter after letter as well: four numbers from each lane's letter, turned by shuffles, are four entries of all lanes.
//
//   h[c][lane]        the states, coordinate after coordinate
//   table[row][x]     parameters, x a symbol
//
// A step of a layer is what lrnn::Runner does with dense vectors, for all lanes at once: factors are applied one after
// the other, never multiplied out. Where the letters of a layer have different forms, or products of different length,
// every form is computed and each lane keeps its own.
#pragma once

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/batch_stepper.hpp"

namespace eigenmata::simulation {

/// In tables by letter vectors begin at multiples of four numbers.
[[nodiscard]] constexpr std::size_t padded(std::size_t n) { return (n + 3) / 4 * 4; }
/// There a factor is v, u and its scale.
[[nodiscard]] constexpr std::size_t letter_factor_size(std::size_t n) { return 2 * padded(n) + 4; }
/// Vectors of so many lanes have kernels for tables by letter.
inline constexpr std::size_t kTurnedLanes = 8;

/// Rows of parameters, aligned to vectors.
template <class T>
class LaneTable {
 public:
  LaneTable() = default;
  LaneTable(std::size_t rows, std::size_t stride)
      : stride_(stride), data_(hwy::AllocateAligned<T>(std::max<std::size_t>(rows * stride, 1))) {
    for (std::size_t i = 0; i < rows * stride; ++i) data_[i] = 0;
  }

  [[nodiscard]] explicit operator bool() const { return data_ != nullptr; }
  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] T* row(std::size_t i) { return data_.get() + i * stride_; }
  [[nodiscard]] const T* row(std::size_t i) const { return data_.get() + i * stride_; }

 private:
  std::size_t stride_ = 0;
  hwy::AlignedFreeUniquePtr<T[]> data_;
};

/// Which operations of a step are rounded how, as far as there are kernels for it. `kNative`: all in the numbers of the
/// lanes; `kNarrow`: operations in a narrower format, carried in f32; sums too, or in f32.
enum class LaneMath { kNative, kNativeFusedUpdates, kNativeFused, kBf16, kBf16SumsInF32, kNarrow, kNarrowSumsInF32 };

/// Rounds f32 to a narrower format, nearest-even, as integers of 32 bits and an addition: see lane_math-inl.hpp.
struct NarrowFormat {
  std::int32_t cut = 16;         ///< bits of f32's fraction that the format lacks
  std::int32_t normal_from = 0;  ///< its smallest normal number, as bits of f32
  std::int32_t largest = 0;      ///< its largest number, likewise
  std::int32_t beyond = 0;       ///< what lies beyond it becomes this, with its sign
  std::int32_t nan = 0;          ///< and NaN this
  float coarse = 0;              ///< the last bit of this f32 is the format's smallest number
};

/// Throws nothing; needs a format that `has_narrow_rounding`.
[[nodiscard]] NarrowFormat narrow_format(const precision::FloatFormat& format);
/// bf16, fp16 and narrower, with subnormals and a −0: formats for which rounding a product or a sum of two of their
/// numbers first to f32 and then to the format is rounding once.
[[nodiscard]] bool has_narrow_rounding(const precision::FloatFormat& format);

/// The rows of a table decoder, by a hash of their states.
template <class T>
struct LaneRows {
  std::unordered_multimap<std::uint64_t, std::size_t> rows;  ///< hash → row
  std::vector<T> states;                                     ///< [row][coordinate]
  std::vector<std::uint32_t> outputs;                        ///< [row][symbol, or only one]
  std::size_t outputs_per_row = 1;
};

template <class T>
struct LaneLayer {
  using Index = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
  enum class Lookup { kSame, kPermute, kGather };

  /// The f-th factor of every letter that has one. Without `takes_part` all do.
  struct Factor {
    LaneTable<T> v, u, scale, takes_part;  ///< no u: it is v; no scale: 1
  };

  std::size_t dimension = 0;
  std::size_t symbols = 0;
  Lookup lookup = Lookup::kGather;
  std::vector<Factor> factors;
  LaneTable<T> diagonal;  ///< [i]
  LaneTable<T> dense;     ///< [i · dimension + j]
  LaneTable<T> b;         ///< [i]
  /// Which symbols have which form, if not all have the same.
  LaneTable<T> is_product, is_diagonal, is_dense;
  /// A row a symbol: its factors, then b. For f32, if rows are too long to be permuted, all letters are products of the
  /// same number of factors, and sums are sequential.
  LaneTable<T> by_letter;
  bool adds_b = false;  ///< behind a product; a b of zeros is not added: it may only turn −0 into 0

  // Decoder: affine, of one readout for all symbols or one each …
  bool one_readout = false;
  LaneTable<T> weights, constant;
  LaneTable<T> thresholds;  ///< [j]; where there are fewer, NaN, which nothing passes
  std::size_t threshold_count = 0;
  LaneTable<T> has_thresholds;  ///< 0 or 1; without any the output is one even of NaN
  LaneTable<Index> outputs;     ///< one row: [symbol · (threshold_count + 1) + passed]; 0 or 1 for the last layer
  // … or a table of states.
  bool is_table = false;
  LaneRows<T> table;
};

template <class T>
struct LaneProgram {
  std::vector<LaneLayer<T>> layers;
  std::vector<T> start;  ///< of all layers
  std::size_t coordinates = 0;
  std::size_t widest = 0;  ///< dimension of a layer
  LaneMath math = LaneMath::kNative;
  precision::RoundingPlan::Order order = precision::RoundingPlan::Order::kSequential;
  std::size_t blocks = 8;  ///< lanes of a blocked sum
  NarrowFormat narrow;
  bool rounds_state = false;  ///< to `narrow`, at the end of a step, where operations are not
  /// The answers of the last layer cannot be missing for this many steps from a state whose coordinates are at most
  /// `tame` in magnitude. 0: they always can.
  std::size_t tame_steps = 0;
  T tame = 0;
};

/// What a kernel works on: `width` words side by side.
template <class T>
struct LaneBlock {
  std::size_t steps = 0;
  const std::uint8_t* letters = nullptr;  ///< [step][lane]
  const std::uint32_t* left = nullptr;    ///< letters left of each word, this call's included
  T* state = nullptr;                     ///< [coordinate][lane]
  T* scratch = nullptr;                   ///< [widest + blocks][lane]
  std::uint8_t* silent = nullptr;         ///< [lane] 1 once there was no answer
  Answer* answers = nullptr;              ///< [lane] written when the word ends
  T* finals = nullptr;                    ///< [coordinate][lane], likewise, if not null
};

/// The lanes' outputs in a table of states; sets silent[lane] where there is none (and symbols[lane] to 0).
template <class T>
void look_up(const LaneLayer<T>& layer, const T* state, std::size_t width, typename LaneLayer<T>::Index* symbols,
             std::uint8_t* silent);

/// Kernels for what the machine has.
template <class T>
struct LaneKernels {
  std::size_t lanes = 0;     ///< of one vector
  std::size_t permutes = 0;  ///< longest row that is permuted in a register
  /// Blocks of 1 or kGroups vectors.
  void (*run)(const LaneProgram<T>&, LaneBlock<T>&, std::size_t vectors) = nullptr;
};
/// Vectors that stand side by side in a full block: enough independent sums to hide the latency of an addition.
inline constexpr std::size_t kGroups = 4;

/// Does the machine have a fused multiply-add? If not, plans with fused operations are for the reference.
[[nodiscard]] bool lanes_fuse();
template <class T>
[[nodiscard]] LaneKernels<T> lane_kernels();
/// Those of operations in narrow formats.
[[nodiscard]] LaneKernels<float> narrow_lane_kernels();

/// Throws nothing; needs `why_no_lanes` to be silent. `permutes` as in the kernels.
template <class T>
[[nodiscard]] LaneProgram<T> lane_program(const precision::FloatArithmetic& arithmetic,
                                          const lrnn::Network<double>& network, std::size_t permutes);

extern template LaneProgram<float> lane_program(const precision::FloatArithmetic&, const lrnn::Network<double>&,
                                                std::size_t);
extern template LaneProgram<double> lane_program(const precision::FloatArithmetic&, const lrnn::Network<double>&,
                                                 std::size_t);

/// Which lanes a plan runs in.
enum class LaneType { kNone, kF32, kF64 };
struct LaneChoice {
  LaneType type = LaneType::kNone;
  LaneMath math = LaneMath::kNative;
  std::string why;  ///< not, if none
};
[[nodiscard]] LaneChoice lanes_for(const precision::RoundingPlan& plan);

}  // namespace eigenmata::simulation
