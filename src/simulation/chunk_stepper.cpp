// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/chunk_stepper.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <vector>

#include "eigenmata/lrnn/chunk_layer.hpp"

namespace eigenmata::simulation {
namespace {

using precision::FloatArithmetic;

struct Prepared {
  Prepared(const FloatArithmetic& k, const lrnn::RoundedNetwork<double>& rounded)
      : arithmetic(k), network(rounded.network) {
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      const auto& layer = network.layers[l];
      layers.emplace_back(arithmetic, layer, rounded.values[l]);
      layers[l].begin(arithmetic, lrnn::coordinates(arithmetic, layer.start).data());
      coordinates += layer.dimension;
    }
  }

  FloatArithmetic arithmetic;
  lrnn::Network<double> network;
  std::vector<lrnn::ChunkLayer> layers;  ///< at the start of all words
  std::size_t coordinates = 0;
};

/// A state: the codes of the coordinates at the boundary, how many letters there were since, and these, eight a word.
class ChunkStepper final : public BatchStepper {
 public:
  explicit ChunkStepper(std::shared_ptr<const Prepared> prepared)
      : p_(std::move(prepared)), chunk_(p_->arithmetic.plan().chunk), layers_(p_->layers) {}

  [[nodiscard]] std::unique_ptr<BatchStepper> another() const override { return std::make_unique<ChunkStepper>(p_); }
  [[nodiscard]] std::size_t state_words() const override { return p_->coordinates + 1 + (chunk_ - 1 + 7) / 8; }
  [[nodiscard]] std::size_t coordinates() const override { return p_->coordinates; }
  [[nodiscard]] std::size_t letters() const override { return p_->network.alphabet.size(); }
  [[nodiscard]] std::size_t side_by_side() const override { return 1; }
  [[nodiscard]] bool accepts_empty_word() const override { return p_->network.accepts_empty_word; }
  [[nodiscard]] std::string description() const override { return "one word at a time, chunk by chunk"; }

  void start(Word* to) const override { pack(p_->layers, {}, to); }
  void codes(const Word* state, std::uint64_t* to) const override { std::copy(state, state + coordinates(), to); }

  void step(const Word* from, const std::uint8_t* letters, std::size_t count, Word* to, Answer* answers) override {
    for (std::size_t i = 0; i < count; ++i) {
      load(from + i * state_words());
      answers[i] = read(letters[i]);
      if (answers[i] != Answer::kNone) pack(layers_, since_, to + i * state_words());
    }
  }

  void run(const PackedWords& words, std::span<const std::size_t> which, Answer* answers, Word* finals) override {
    for (std::size_t i = 0; i < which.size(); ++i) {
      layers_ = p_->layers;
      since_.clear();
      answers[i] = p_->network.accepts_empty_word ? Answer::kAccept : Answer::kReject;
      for (const std::uint8_t letter : words.word(which[i])) {
        answers[i] = read(letter);
        if (answers[i] == Answer::kNone) break;
      }
      if (finals != nullptr) pack(layers_, since_, finals + i * state_words());
    }
  }

 private:
  Answer read(std::uint8_t letter) {
    const FloatArithmetic& k = p_->arithmetic;
    core::Symbol symbol = core::symbol(letter);
    for (lrnn::ChunkLayer& layer : layers_) {
      const auto output = layer.read(k, symbol);
      if (!output) return Answer::kNone;
      symbol = *output;
    }
    since_.push_back(letter);
    if (since_.size() == chunk_) {
      for (lrnn::ChunkLayer& layer : layers_) layer.close(k);
      since_.clear();
    }
    return p_->network.accept[core::index(symbol)] ? Answer::kAccept : Answer::kReject;
  }

  void load(const Word* from) {
    std::vector<double> state;
    for (lrnn::ChunkLayer& layer : layers_) {
      state.resize(layer.dimension());
      for (double& x : state) x = p_->arithmetic.unpack(*from++);
      layer.begin(p_->arithmetic, state.data());
    }
    const std::size_t count = *from++;
    since_.clear();
    for (std::size_t i = 0; i < count; ++i) (void)read(static_cast<std::uint8_t>(from[i / 8] >> (8 * (i % 8))));
  }

  void pack(const std::vector<lrnn::ChunkLayer>& layers, const std::vector<std::uint8_t>& since, Word* to) const {
    Word* const end = to + state_words();
    for (const lrnn::ChunkLayer& layer : layers) {
      for (const double x : layer.boundary()) *to++ = p_->arithmetic.pack(x);
    }
    *to++ = since.size();
    std::fill(to, end, 0);
    for (std::size_t i = 0; i < since.size(); ++i) to[i / 8] |= Word{since[i]} << (8 * (i % 8));
  }

  std::shared_ptr<const Prepared> p_;
  std::size_t chunk_;
  std::vector<lrnn::ChunkLayer> layers_;
  std::vector<std::uint8_t> since_;  // letters since the boundary
};

}  // namespace

std::unique_ptr<BatchStepper> chunk_stepper(const FloatArithmetic& arithmetic,
                                            const lrnn::RoundedNetwork<double>& rounded) {
  assert(arithmetic.plan().chunk > 0 && rounded.network.alphabet.size() <= kLargestPackedAlphabet);
  return std::make_unique<ChunkStepper>(std::make_shared<const Prepared>(arithmetic, rounded));
}

}  // namespace eigenmata::simulation
