// SPDX-License-Identifier: Apache-2.0
//
// `check_numeric` by the processes of a job, for sets of states that one process takes too long for, or cannot hold.
//
// Each state belongs to the process that its hash names, which alone keeps it. The search goes breadth-first in batches
// of states, all processes together: each steps from its own states of the batch and sends what they lead to to the
// owners; these keep what is new, and tell all others which of the steps led there first. So every process knows how
// many states there are, and a state gets the number that the search of one process gives it: the number of states,
// the answer, and the word of a no, the first of the shortest ones, are the same for any number of processes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "eigenmata/verification/numeric_check.hpp"

namespace eigenmata::verification {

/// What processes need of each other. All of them make the same calls in the same order; each call waits for the
/// others.
class Job {
 public:
  using Word = std::uint64_t;

  Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  virtual ~Job() = default;

  [[nodiscard]] virtual std::size_t processes() const = 0;
  /// The number of this one; 0 is the first.
  [[nodiscard]] virtual std::size_t number() const = 0;
  /// Sends to[i] to process i, for all of them; the i-th of the result is what process i has sent to this one.
  [[nodiscard]] virtual std::vector<std::vector<Word>> exchange(const std::vector<std::vector<Word>>& to) = 0;
  /// Each word becomes the bitwise or of those of all processes, which give as many.
  virtual void unite(std::vector<Word>& words) = 0;
};

struct SharedCheck {
  /// The same in all processes; `table_bytes` are those of all of them together. The closure is in the first one only,
  /// and only if it was asked for.
  NumericCheck check;
  std::string no_closure;  ///< in the first process: why the closure of a yes is not there, though asked for
};

/// As `check_numeric`; the memory limit is one for each process. If one of them reaches a limit, all end. With
/// `wants_closure` that of a yes is brought together in the first process, within its memory limit. Cost: the steps are
/// shared evenly; a batch of some thousand states a process costs two exchanges. Memory: 16 bytes a state more than
/// `check_numeric`. Throws what `job` throws.
template <class T>
[[nodiscard]] SharedCheck check_numeric_shared(Job& job, const T& arithmetic,
                                               const lrnn::RoundedNetwork<typename T::Scalar>& rounded,
                                               const automata::Dfa& language, const core::Limits& limits,
                                               std::optional<std::size_t> up_to, bool wants_closure);

#define EIGENMATA_SHARED(T)                                                                                \
  extern template SharedCheck check_numeric_shared(Job&, const T&, const lrnn::RoundedNetwork<T::Scalar>&, \
                                                   const automata::Dfa&, const core::Limits&,              \
                                                   std::optional<std::size_t>, bool);
EIGENMATA_SHARED(precision::FloatArithmetic)
EIGENMATA_SHARED(precision::FixedArithmetic)
#undef EIGENMATA_SHARED

}  // namespace eigenmata::verification
