// SPDX-License-Identifier: Apache-2.0
//
// Words of a network by the kernels with coordinates in lanes (coordinate_program.hpp), and when to take them.
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "coordinate_program.hpp"
#include "eigenmata/simulation/packed_words.hpp"
#include "lane_letters.hpp"

namespace eigenmata::simulation {

/// Has scratch space: one a thread.
template <class T>
class CoordinateRunner {
 public:
  CoordinateRunner(const CoordinateProgram<T>& program, const CoordinateKernels<T>& kernels)
      : program_(program), kernels_(kernels), words_(kCoordinateWords<T>) {
    state_ = hwy::AllocateAligned<T>(kCoordinateWords<T> * program.padded_dimension());
    letters_.resize(kCoordinateSteps * kCoordinateWords<T>);
  }

  /// Runs at most `kCoordinateWords` words, calling end(i, answer, its state, [place]) for each of them
  /// that has a letter, when it ends. False as soon as a state is not tame: then all have to be run by other kernels.
  template <class End>
  bool run(const PackedWords& words, std::span<const std::size_t> which, const End& end) {
    const std::size_t n = program_.padded_dimension();
    std::size_t longest = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] = i < which.size() ? words.word(which[i]) : std::span<const std::uint8_t>();
      longest = std::max(longest, words_[i].size());
      std::copy_n(program_.start.data(), n, state_.get() + i * n);
    }
    const std::uint8_t* behind = words.letters.data() + words.letters.size();
    CoordinateBlock<T> block;
    block.state = state_.get();
    block.values = values_;
    for (std::size_t begin = 0; begin < longest; begin += kCoordinateSteps) {
      const std::size_t count = std::min(kCoordinateSteps, longest - begin);
      turn_letters(words_, words_.size(), begin, count, behind, letters_.data());
      for (std::size_t done = 0; done < count; done += block.steps) {
        if (!kernels_.is_tame(program_, state_.get())) return false;
        const std::size_t next = next_end(begin + done);
        block.steps = std::min({count - done, program_.tame_steps, next - begin - done});
        block.letters = letters_.data() + done * words_.size();
        kernels_.run(program_, block);
        if (begin + done + block.steps == next) finish(block, next, which.size(), end);
      }
    }
    return true;
  }

 private:
  /// The least length above `past`, which some word has.
  [[nodiscard]] std::size_t next_end(std::size_t past) const {
    std::size_t next = std::numeric_limits<std::size_t>::max();
    for (const auto& word : words_) {
      if (word.size() > past) next = std::min(next, word.size());
    }
    return next;
  }

  template <class End>
  void finish(const CoordinateBlock<T>& block, std::size_t length, std::size_t used, const End& end) {
    kernels_.read(program_, block);
    for (std::size_t i = 0; i < used; ++i) {
      if (words_[i].size() != length) continue;
      const auto& outputs = program_.outputs[program_.outputs.size() == 1 ? 0 : words_[i].back()];
      std::size_t passed = 0;
      while (passed < outputs.thresholds.size() && values_[i] >= outputs.thresholds[passed]) ++passed;
      end(i, outputs.answers[passed], state_.get() + i * program_.padded_dimension());
    }
  }

  const CoordinateProgram<T>& program_;
  const CoordinateKernels<T>& kernels_;
  std::vector<std::span<const std::uint8_t>> words_;
  hwy::AlignedFreeUniquePtr<T[]> state_;
  std::vector<std::uint8_t> letters_;  // [step][word]
  alignas(64) T values_[kCoordinateWords<T>] = {};
};

/// Coordinates or words in the lanes: the numbers are the same, and which is faster is found out on the first words.
/// Words stand in several vectors side by side, to hide the latency of one; as that makes them at most so many times as
/// fast, one vector of them is often all that has to be tried.
class FasterLayout {
 public:
  enum class Try { kCoordinates, kOneVectorOfWords, kWords };

  explicit FasterLayout(std::size_t vectors) : vectors_(static_cast<double>(vectors)) {}

  [[nodiscard]] Try next() const {
    if (tries_ < kTries) return tries_ % 2 == 0 ? Try::kCoordinates : Try::kOneVectorOfWords;
    if (least(Try::kOneVectorOfWords) >= vectors_ * least(Try::kCoordinates)) return Try::kCoordinates;
    if (tries_ < 2 * kTries) return tries_ % 2 == 0 ? Try::kCoordinates : Try::kWords;
    return least(Try::kWords) < least(Try::kCoordinates) ? Try::kWords : Try::kCoordinates;
  }

  /// Runs `work`, which counts for so many letters.
  template <class Work>
  void timed(Try what, std::size_t letters, const Work& work) {
    if (tries_ >= 2 * kTries) return work();
    const auto begin = std::chrono::steady_clock::now();
    work();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    double& least = least_[static_cast<std::size_t>(what)];
    least = std::min(least, seconds / static_cast<double>(letters + 1));
    ++tries_;
  }

 private:
  [[nodiscard]] double least(Try what) const { return least_[static_cast<std::size_t>(what)]; }

  static constexpr double kNever = std::numeric_limits<double>::infinity();
  static constexpr int kTries = 3;
  double vectors_;
  int tries_ = 0;
  double least_[3] = {kNever, kNever, kNever};
};

}  // namespace eigenmata::simulation
