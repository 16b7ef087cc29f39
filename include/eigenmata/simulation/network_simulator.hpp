// SPDX-License-Identifier: Apache-2.0
//
// A network over many words, on all threads asked for, by whatever is fastest: the arithmetic in lanes (or by the
// reference, for what has no lanes), or a table of the states met so far, if states repeat. Which one is found out by
// measuring both on a part of the words, again and again; whatever runs, answers and states are the same, bit for bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "eigenmata/core/limits.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/batch_stepper.hpp"
#include "eigenmata/simulation/lazy_states.hpp"

namespace eigenmata::simulation {

/// In lanes if there are some for this plan and network, else by the reference. Needs a network of at most 256 letters
/// that was rounded by this arithmetic. Throws `core::Error` for a plan in chunks.
[[nodiscard]] std::unique_ptr<BatchStepper> network_stepper(const precision::FloatArithmetic& arithmetic,
                                                            const lrnn::Network<double>& network);
[[nodiscard]] std::unique_ptr<BatchStepper> network_stepper(const precision::FixedArithmetic& arithmetic,
                                                            const lrnn::Network<std::int64_t>& network);
/// The same, and plans in chunks, too: what they need beside the network is there.
[[nodiscard]] std::unique_ptr<BatchStepper> network_stepper(const precision::FloatArithmetic& arithmetic,
                                                            const lrnn::RoundedNetwork<double>& rounded);
[[nodiscard]] std::unique_ptr<BatchStepper> network_stepper(const precision::FixedArithmetic& arithmetic,
                                                            const lrnn::RoundedNetwork<std::int64_t>& rounded);

struct SimulatorOptions {
  enum class Method { kAutomatic, kArithmetic, kTable };  ///< kTable: as long as it has room and states repeat
  Method method = Method::kAutomatic;
  std::size_t threads = 1;                          ///< at least 1
  std::size_t table_bytes = std::size_t{64} << 20;  ///< for each thread
};

/// What ran.
struct SimulationReport {
  std::uint64_t letters = 0;
  std::uint64_t by_table = 0;    ///< letters read by a table
  std::uint64_t computed = 0;    ///< steps that were computed for it
  std::size_t table_states = 0;  ///< of the largest table
  bool closed = false;           ///< it is an automaton
  bool answers_always = false;   ///< and each of its steps has an answer: the automaton decides every word
};

class NetworkSimulator {
 public:
  explicit NetworkSimulator(std::unique_ptr<BatchStepper> stepper, SimulatorOptions options = {});

  /// The stepper it was given, in words.
  [[nodiscard]] std::string description() const { return stepper_->description(); }
  [[nodiscard]] std::size_t coordinates() const { return stepper_->coordinates(); }

  /// The answer to each word. If `finals` is not null it becomes the states in which the words end, `coordinates()`
  /// codes a word (`unpack` of the arithmetic gives the numbers), 0 where there is no answer. Tables live on from one
  /// call to the next. Throws `core::LimitReached` if stopped, and `core::Error` for a letter that the network does not
  /// have.
  SimulationReport run(const PackedWords& words, std::vector<Answer>& answers, std::vector<std::uint64_t>* finals,
                       const core::Limits& limits);

  /// The automaton of all numeric states, if a table has come to know all of them: minimal, and for every word it says
  /// what the arithmetic says. A word without an answer is rejected; `SimulationReport::answers_always` says if there
  /// are none. Throws `core::LimitReached`.
  [[nodiscard]] std::optional<automata::Dfa> automaton(const core::Alphabet& alphabet,
                                                       const core::Limits& limits) const;

 private:
  /// One thread's own.
  struct Worker {
    std::unique_ptr<BatchStepper> stepper;
    std::unique_ptr<LazyStates> table;  ///< null: none, or given up
    double table_seconds = 0;           ///< a letter, when last measured; 0: not yet
    double stepper_seconds = 0;
    std::uint64_t units = 0;
    std::uint64_t by_table = 0;
    std::vector<BatchStepper::Word> finals;
  };

  void run_unit(Worker& worker, const PackedWords& words, std::span<const std::size_t> which,
                std::vector<Answer>& answers, std::vector<std::uint64_t>* finals) const;
  [[nodiscard]] std::size_t for_stepper(const Worker& worker, std::size_t count) const;

  std::unique_ptr<BatchStepper> stepper_;
  SimulatorOptions options_;
  std::vector<Worker> workers_;
};

}  // namespace eigenmata::simulation
