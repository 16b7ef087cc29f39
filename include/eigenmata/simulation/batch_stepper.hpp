// SPDX-License-Identifier: Apache-2.0
//
// Many states of one network moved at once, each by a letter of its own, and many words run to their ends. What all
// ways of doing so have in common: in lanes (lane_stepper.hpp), one at a time by the reference (reference_stepper.hpp),
// and by a table of the states met so far (lazy_states.hpp), which is filled by one of the other two.
//
// The definition of all of them is lrnn::Runner: the same answers, the same states, bit for bit, where −0 and 0 are one
// number, and NaN is one. A word has no answer if a decoder had none on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "eigenmata/simulation/packed_words.hpp"

namespace eigenmata::simulation {

enum class Answer : std::uint8_t { kReject, kAccept, kNone };

/// Has scratch space: one a thread.
class BatchStepper {
 public:
  using Word = std::uint64_t;

  virtual ~BatchStepper() = default;
  BatchStepper() = default;
  BatchStepper(const BatchStepper&) = delete;
  BatchStepper& operator=(const BatchStepper&) = delete;

  /// Another one for another thread; what has been prepared is shared.
  [[nodiscard]] virtual std::unique_ptr<BatchStepper> another() const = 0;

  /// A state of all layers is so many words; two states are equal iff their words are.
  [[nodiscard]] virtual std::size_t state_words() const = 0;
  /// Of all layers together.
  [[nodiscard]] virtual std::size_t coordinates() const = 0;
  /// At most 256.
  [[nodiscard]] virtual std::size_t letters() const = 0;
  /// So many words cost as much as one, about.
  [[nodiscard]] virtual std::size_t side_by_side() const = 0;
  /// Whether the empty word is accepted: an answer before the first letter.
  [[nodiscard]] virtual bool accepts_empty_word() const = 0;
  /// Of the state h_0.
  virtual void start(Word* to) const = 0;
  /// The coordinates of a state as codes of the format that states have (`pack` of the arithmetic), layer after layer.
  virtual void codes(const Word* state, std::uint64_t* to) const = 0;

  /// Moves `count` states, one after the other in `from`, by a letter each. Where there is no answer, `to` is
  /// unspecified. `from` and `to` may be the same.
  virtual void step(const Word* from, const std::uint8_t* letters, std::size_t count, Word* to, Answer* answers) = 0;

  /// Runs the words whose numbers are given, each letter below `letters()`. The answer to word which[i] becomes
  /// answers[i], the state that it ends in finals[i · state_words() …], if `finals` is not null; where there is no
  /// answer that is unspecified.
  virtual void run(const PackedWords& words, std::span<const std::size_t> which, Answer* answers, Word* finals) = 0;

  /// How it computes, for reports.
  [[nodiscard]] virtual std::string description() const = 0;
};

}  // namespace eigenmata::simulation
