// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/reference_stepper.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

namespace eigenmata::simulation {
namespace {

template <class T>
struct Prepared {
  using S = typename T::Scalar;

  Prepared(const T& k, const lrnn::Network<S>& n) : arithmetic(k), network(n), runner(arithmetic, network) {
    for (const auto& layer : network.layers) coordinates += layer.dimension;
  }

  T arithmetic;
  lrnn::Network<S> network;
  lrnn::Runner<T> runner;
  std::size_t coordinates = 0;
};

/// A state is the code of one coordinate a word.
template <class T>
class ReferenceStepper final : public BatchStepper {
 public:
  using S = typename T::Scalar;

  explicit ReferenceStepper(std::shared_ptr<const Prepared<T>> prepared)
      : p_(std::move(prepared)), work_(p_->runner.make_workspace()) {}

  [[nodiscard]] std::unique_ptr<BatchStepper> another() const override {
    return std::make_unique<ReferenceStepper>(p_);
  }
  [[nodiscard]] std::size_t state_words() const override { return std::max<std::size_t>(p_->coordinates, 1); }
  [[nodiscard]] std::size_t coordinates() const override { return p_->coordinates; }
  [[nodiscard]] std::size_t letters() const override { return p_->network.alphabet.size(); }
  [[nodiscard]] std::size_t side_by_side() const override { return 1; }
  [[nodiscard]] bool accepts_empty_word() const override { return p_->network.accepts_empty_word; }
  [[nodiscard]] std::string description() const override { return "one word at a time by the reference"; }

  void start(Word* to) const override { pack(p_->runner.start(), to); }

  void codes(const Word* state, std::uint64_t* to) const override { std::copy(state, state + coordinates(), to); }

  void step(const Word* from, const std::uint8_t* letters, std::size_t count, Word* to, Answer* answers) override {
    for (std::size_t i = 0; i < count; ++i) {
      unpack(from + i * state_words());
      answers[i] = answer(p_->runner.step(states_, core::symbol(letters[i]), work_));
      if (answers[i] != Answer::kNone) pack(states_, to + i * state_words());
    }
  }

  void run(const PackedWords& words, std::span<const std::size_t> which, Answer* answers, Word* finals) override {
    for (std::size_t i = 0; i < which.size(); ++i) {
      states_ = p_->runner.start();
      answers[i] = answer(p_->network.accepts_empty_word);
      for (const std::uint8_t letter : words.word(which[i])) {
        answers[i] = answer(p_->runner.step(states_, core::symbol(letter), work_));
        if (answers[i] == Answer::kNone) break;
      }
      if (finals != nullptr) pack(states_, finals + i * state_words());
    }
  }

 private:
  static Answer answer(std::optional<bool> accepts) {
    return !accepts ? Answer::kNone : *accepts ? Answer::kAccept : Answer::kReject;
  }

  void pack(const lrnn::JointState<S>& states, Word* to) const {
    if (p_->coordinates == 0) *to = 0;
    for (const auto& vector : states) {
      for (const S& value : lrnn::coordinates(p_->arithmetic, vector)) *to++ = p_->arithmetic.pack(value);
    }
  }

  void unpack(const Word* from) {
    states_.resize(p_->network.layers.size());
    for (std::size_t l = 0; l < states_.size(); ++l) {
      std::vector<S> values;
      for (std::size_t i = 0; i < p_->network.layers[l].dimension; ++i)
        values.push_back(p_->arithmetic.unpack(*from++));
      states_[l] = lrnn::sparse(p_->arithmetic, values);
    }
  }

  std::shared_ptr<const Prepared<T>> p_;
  lrnn::Workspace<T> work_;
  lrnn::JointState<S> states_;
};

}  // namespace

template <class T>
std::unique_ptr<BatchStepper> reference_stepper(const T& arithmetic, const lrnn::Network<typename T::Scalar>& network) {
  assert(network.alphabet.size() <= kLargestPackedAlphabet);
  return std::make_unique<ReferenceStepper<T>>(std::make_shared<const Prepared<T>>(arithmetic, network));
}

template std::unique_ptr<BatchStepper> reference_stepper(const precision::FloatArithmetic&,
                                                         const lrnn::Network<double>&);
template std::unique_ptr<BatchStepper> reference_stepper(const precision::FixedArithmetic&,
                                                         const lrnn::Network<std::int64_t>&);

}  // namespace eigenmata::simulation
