// SPDX-License-Identifier: Apache-2.0
//
// What `eigenmata simulate` runs over blocks of words: an automaton at speed, or any machine letter by letter.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/expressivity/semantics.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/word_source.hpp"

namespace eigenmata::cli {

/// Of the array of `--trajectories`: NumPy's name for the type of its numbers, and how many of them are a row. Without
/// columns the array has one dimension.
struct ArrayRows {
  std::string type;
  std::optional<std::size_t> columns;
};

/// Something that answers after each letter.
class Machine {
 public:
  virtual ~Machine() = default;
  [[nodiscard]] virtual const core::Alphabet& alphabet() const = 0;
  /// Back to the empty word; its answer.
  virtual std::optional<bool> restart() = 0;
  virtual std::optional<bool> step(core::Symbol letter) = 0;
  /// The state it is in, for people.
  [[nodiscard]] virtual std::string state() const = 0;
  /// The rows of an array of states; nothing if states are no numbers of a fixed size.
  [[nodiscard]] virtual std::optional<ArrayRows> rows() const { return std::nullopt; }
  /// Adds the bytes of the row of the state it is in, or, without `answer`, of a row for a place where there is none.
  virtual void add_row(bool /*answer*/, std::string& /*bytes*/) const {}
};

/// The automaton of a language, or a network in exact arithmetic.
[[nodiscard]] std::unique_ptr<Machine> make_automaton_machine(const automata::Dfa& dfa);
[[nodiscard]] std::unique_ptr<Machine> make_exact_machine(lrnn::Model model);
/// A network in floats or integers, already rounded; by the definition, step by step. In chunks its state is that at
/// the last boundary.
template <class T>
[[nodiscard]] std::unique_ptr<Machine> make_rounded_machine(const T& arithmetic,
                                                            lrnn::RoundedNetwork<typename T::Scalar> rounded);

enum class WordAnswer : std::uint8_t { kReject, kAccept, kNone };

/// Something that takes blocks of words. If the last word of a block is unfinished, its state is kept for the next one.
class BulkMachine {
 public:
  virtual ~BulkMachine() = default;
  [[nodiscard]] virtual const core::Alphabet& alphabet() const = 0;
  /// False if words have to come whole.
  [[nodiscard]] virtual bool takes_pieces() const { return true; }
  /// Runs the block, of one byte a letter; answers[i] becomes the answer to its i-th word. An unfinished word has an
  /// answer too, to what there is of it.
  virtual void run(const simulation::WordBlock<std::uint8_t>& block, std::vector<WordAnswer>& answers) = 0;
  /// The same for alphabets of more than 256 letters.
  virtual void run(const simulation::WordBlock<std::uint32_t>& block, std::vector<WordAnswer>& answers) = 0;
  /// The state that the i-th word of the last block led to. Only if the machine was made to keep states.
  [[nodiscard]] virtual std::string final_state(std::size_t i) const = 0;
  /// How it runs, for reports.
  [[nodiscard]] virtual std::string engine() const = 0;
};

/// Letter by letter.
[[nodiscard]] std::unique_ptr<BulkMachine> make_plain_bulk(std::unique_ptr<Machine> machine, bool keep_states,
                                                           const core::Limits& limits);

/// A network in numeric semantics. By the fast path; letter by letter if its alphabet has more than 256 letters.
/// `make_numeric_machine` is the same network for single steps.
[[nodiscard]] std::unique_ptr<BulkMachine> make_numeric_bulk(const Request& request, const lrnn::Model& model,
                                                             const expressivity::Semantics& semantics);
[[nodiscard]] std::unique_ptr<Machine> make_numeric_machine(const Request& request, const lrnn::Model& model,
                                                            const expressivity::Semantics& semantics);

/// An automaton by the fast path; letter by letter if its alphabet has more than 256 letters.
[[nodiscard]] std::unique_ptr<BulkMachine> make_automaton_bulk(const Request& request, const automata::Dfa& dfa);

}  // namespace eigenmata::cli
