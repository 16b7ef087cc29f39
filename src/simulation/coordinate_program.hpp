// SPDX-License-Identifier: Apache-2.0
//
// A network as the kernels with coordinates in lanes read it: the other way round from lane_program.hpp. There, words
// stand in lanes and each lane fetches the entries of its own letter, by permutations or shuffles that cost more than
// the arithmetic. Here a vector has several coordinates of one word, and what a letter does to them is read as it
// stands in memory. A sum of products is left with a partial sum in each lane. Adding these up for one word would wait
// for one addition after the other, so eight words (f64: four) are turned first, and added side by side.
//
// Which orders of sums that is depends on the coordinates that share a lane. In the order of coordinates, lane j has
// every lanes-th term: the plan's blocked order, with as many partial sums as a vector has lanes. With neighbours in
// one lane, R = 2^a vectors and coordinate r + R·q in lane bits-of-q-reversed of vector r, adding vectors in pairs,
// then halves, quarters … of the lanes is the tree of the pairwise order. (Filling up with zeros to a power of two does
// not change that tree: x + 0 = x.)
//
// One pass over a state subtracts a factor and, while the state is in registers, multiplies it by the v of the factor
// after it, of the next letter if need be: the state is loaded and stored once a factor.
//
// For one layer whose letters are all products of factors and whose readouts are affine, and only
// while nothing can overflow (tame_steps.hpp): then no readout is needed but the last, and the zeros that fill a last
// vector up stay zeros.
#pragma once

#include <array>
#include <optional>

#include "lane_program.hpp"

namespace eigenmata::simulation {

/// Of one vector, on every machine that has these kernels.
template <class T>
inline constexpr std::size_t kCoordinateLanes = 32 / sizeof(T);
/// Words that are run together: two lots of those that are turned, of which one computes while the other one waits.
template <class T>
inline constexpr std::size_t kCoordinateWords = 2 * kCoordinateLanes<T>;
/// Letters of each that are run together, at most.
inline constexpr std::size_t kCoordinateSteps = 64;
/// States of so many vectors have kernels in one piece; longer ones have loops over four vectors.
inline constexpr std::array<std::size_t, 8> kCoordinateSizes = {1, 2, 3, 4, 6, 8, 12, 16};

template <class T>
struct CoordinateProgram {
  std::size_t dimension = 0;
  std::size_t vectors = 1;  ///< of a state
  std::size_t factors = 1;
  bool is_scaled = false;  ///< if not, scales are 1 and not read
  bool adds_b = false;
  bool in_pairs = false;  ///< sums; if not, they are blocked
  bool is_fused = false;  ///< updates, and blocked sums; or neither
  /// A row a letter: v and u of each factor, then the scales of all, then b, if there is one to add.
  LaneTable<T> letters;
  /// A row a readout: weights; then the constant. One for all letters, or one each.
  LaneTable<T> readouts;
  std::vector<T> start;  ///< [place], filled up with zeros
  std::size_t tame_steps = 0;
  T tame = 0;
  // Of readout r: thresholds first[r] …, and an output (0 or 1) for each number of them that a value passes.
  struct Outputs {
    std::vector<T> thresholds;
    std::vector<Answer> answers;
  };
  std::vector<Outputs> outputs;

  /// Where coordinate i of a word stands.
  [[nodiscard]] std::size_t place(std::size_t i) const;
  [[nodiscard]] std::size_t padded_dimension() const { return vectors * kCoordinateLanes<T>; }
  [[nodiscard]] std::size_t scales_at() const { return factors * 2 * padded_dimension(); }
  [[nodiscard]] std::size_t b_at() const {
    constexpr std::size_t kLanes = kCoordinateLanes<T>;
    return scales_at() + (factors + kLanes - 1) / kLanes * kLanes;
  }
};

/// `kCoordinateWords` words.
template <class T>
struct CoordinateBlock {
  std::size_t steps = 0;                  ///< at least 1, at most kCoordinateSteps
  const std::uint8_t* letters = nullptr;  ///< [step][word]
  T* state = nullptr;                     ///< [word][place]
  T* values = nullptr;                    ///< [word], of the readout of its last letter
};

template <class T>
struct CoordinateKernels {
  bool exist = false;  ///< if not, the others must not be called
  /// Moves all words by their letters.
  void (*run)(const CoordinateProgram<T>&, const CoordinateBlock<T>&) = nullptr;
  /// Whether no coordinate of theirs is larger than `tame` (or NaN).
  bool (*is_tame)(const CoordinateProgram<T>&, const T* state) = nullptr;
  /// Reads what they have come to.
  void (*read)(const CoordinateProgram<T>&, const CoordinateBlock<T>&) = nullptr;
};
template <class T>
[[nodiscard]] CoordinateKernels<T> coordinate_kernels();

/// Nothing if these kernels are not for this network or plan. For a plan that `lanes_for` gives lanes of T.
template <class T>
[[nodiscard]] std::optional<CoordinateProgram<T>> coordinate_program(const precision::FloatArithmetic& arithmetic,
                                                                     const lrnn::Network<double>& network);

}  // namespace eigenmata::simulation
