// SPDX-License-Identifier: Apache-2.0
//
// Random networks and words for the fast path, and the definition to compare with: lrnn::Runner, letter after letter.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/batch_stepper.hpp"
#include "support/networks.hpp"

namespace eigenmata::simulation {

using exact::Rational;

struct NetworkShape {
  std::size_t layers = 1;
  std::size_t letters = 2;
  std::size_t dimension = 3;
  std::int64_t size = 3;  ///< of numerators and denominators, times a power of two up to 2^reach either way
  int reach = 0;
  bool tables = false;
};

class NetworkMaker {
 public:
  NetworkMaker(core::Random& random, NetworkShape shape) : random_(random), shape_(shape) {}

  lrnn::RationalNetwork make() {
    lrnn::RationalNetwork network{alphabet(shape_.letters), random_.one_in(2), {}, {}, std::nullopt};
    std::size_t symbols = shape_.letters;
    // A form for all letters of all layers, or one for each.
    const bool mixed = random_.one_in(2);
    const std::uint64_t form = random_.below(testing::kMatrixForms);
    for (std::size_t l = 0; l < shape_.layers; ++l) {
      const std::size_t n = shape_.dimension;
      const std::size_t outputs = 1 + random_.below(4);
      lrnn::Layer<Rational> layer{n, vector(n), {}, alphabet(outputs), {}};
      for (std::size_t x = 0; x < symbols; ++x) {
        const auto f = static_cast<testing::MatrixForm>(mixed ? random_.below(testing::kMatrixForms) : form);
        layer.maps.push_back({scaled(testing::random_transition(k_, random_, n, f)), vector(n)});
      }
      layer.decoder = decoder(n, symbols, outputs);
      network.layers.push_back(std::move(layer));
      symbols = outputs;
    }
    for (std::size_t y = 0; y < symbols; ++y) network.accept.push_back(random_.one_in(2));
    return network;
  }

 private:
  static core::Alphabet alphabet(std::size_t letters) {
    std::vector<std::string> names;
    for (std::size_t x = 0; x < letters; ++x) names.push_back("x" + std::to_string(x));
    return core::Alphabet(std::move(names));
  }
  Rational power() {
    const auto e = random_.between(-shape_.reach, shape_.reach);
    const Rational two(exact::Integer(1) << static_cast<unsigned>(e < 0 ? -e : e));
    return e < 0 ? Rational(1 / two) : two;
  }
  Rational number() {
    Rational value = testing::random_rational(random_, shape_.size);
    return random_.one_in(4) ? Rational(value * power()) : value;
  }
  lrnn::SparseVector<Rational> vector(std::size_t n) {
    std::vector<Rational> values;
    for (std::size_t i = 0; i < n; ++i) values.push_back(random_.one_in(3) ? Rational(0) : number());
    return lrnn::sparse(k_, values);
  }
  lrnn::Transition<Rational> scaled(const lrnn::Transition<Rational>& a) {
    return lrnn::mapped(a, [&](const Rational& x) { return random_.one_in(6) ? Rational(x * power()) : x; });
  }
  lrnn::Decoder<Rational> decoder(std::size_t n, std::size_t symbols, std::size_t outputs) {
    const auto output = [&] { return core::symbol(random_.below(outputs)); };
    if (shape_.tables && random_.one_in(3)) {
      lrnn::TableDecoder<Rational> table;
      for (int i = 0; i < 12; ++i) {
        std::vector<Rational> state;
        for (std::size_t j = 0; j < n; ++j) state.push_back(Rational(i + (j == 0 ? 0 : random_.between(-1, 1))));
        std::vector<core::Symbol> row;
        for (std::size_t x = 0; x < (i % 2 == 0 ? 1 : symbols); ++x) row.push_back(output());
        table.rows.push_back({lrnn::sparse(k_, state), std::move(row)});
      }
      return table;
    }
    lrnn::AffineDecoder<Rational> affine;
    const std::size_t readouts = random_.one_in(2) ? 1 : symbols;
    for (std::size_t r = 0; r < readouts; ++r) {
      std::vector<Rational> thresholds;
      for (std::uint64_t j = random_.below(4); j > 0; --j) thresholds.push_back(number());
      std::sort(thresholds.begin(), thresholds.end());
      thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
      std::vector<core::Symbol> results;
      for (std::size_t j = 0; j <= thresholds.size(); ++j) results.push_back(output());
      affine.readouts.push_back({vector(n), number(), std::move(thresholds), std::move(results)});
    }
    return affine;
  }

  core::Random& random_;
  NetworkShape shape_;
  exact::RationalArithmetic k_;
};

/// Nothing if two states of a table have become one.
template <class T>
std::optional<lrnn::RoundedNetwork<typename T::Scalar>> rounded_if_possible(const T& k,
                                                                            const lrnn::RationalNetwork& network) {
  try {
    return lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  } catch (const core::Error&) {
    return std::nullopt;
  }
}

/// So many words of lengths up to `longest`, short ones too.
inline PackedWords random_words(core::Random& random, std::size_t count, std::size_t longest, std::size_t letters) {
  PackedWords words;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = random.one_in(3) ? random.below(3) : random.below(longest + 1);
    words.append(testing::random_word(random, length, letters));
  }
  return words;
}

struct Outcome {
  Answer answer = Answer::kNone;
  std::vector<std::uint64_t> codes;  ///< of the state; empty without an answer
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// By the definition.
template <class T>
Outcome expected_outcome(const lrnn::Runner<T>& runner, std::span<const std::uint8_t> word) {
  auto work = runner.make_workspace();
  auto states = runner.start();
  std::optional<bool> accepts = runner.network().accepts_empty_word;
  for (const std::uint8_t letter : word) {
    accepts = runner.step(states, core::symbol(letter), work);
    if (!accepts) return {};
  }
  Outcome outcome{*accepts ? Answer::kAccept : Answer::kReject, {}};
  for (const auto& vector : states) {
    for (const auto& value : lrnn::coordinates(runner.arithmetic(), vector))
      outcome.codes.push_back(runner.arithmetic().pack(value));
  }
  return outcome;
}

/// By a stepper.
inline std::vector<Outcome> outcomes(BatchStepper& stepper, const PackedWords& words) {
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < words.size(); ++i) which.push_back(i);
  std::vector<Answer> answers(words.size());
  std::vector<std::uint64_t> finals(words.size() * stepper.state_words());
  stepper.run(words, which, answers.data(), finals.data());
  std::vector<Outcome> result(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    result[i].answer = answers[i];
    if (answers[i] == Answer::kNone) continue;
    result[i].codes.resize(stepper.coordinates());
    stepper.codes(finals.data() + i * stepper.state_words(), result[i].codes.data());
  }
  return result;
}

/// For messages.
inline std::string shown(const Outcome& outcome) {
  std::string text = outcome.answer == Answer::kNone ? "none" : outcome.answer == Answer::kAccept ? "accept" : "reject";
  for (const std::uint64_t code : outcome.codes) text += " " + std::to_string(code);
  return text;
}

inline std::string shown(std::span<const std::uint8_t> word) {
  std::string text;
  for (const std::uint8_t letter : word) text += " " + std::to_string(letter);
  return text;
}

}  // namespace eigenmata::simulation
