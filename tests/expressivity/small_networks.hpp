// SPDX-License-Identifier: Apache-2.0
//
// Networks with few states, run by brute force, to compare verdicts with. Nothing of the library takes part: numbers
// are those of the twelfth cyclotomic field, matrices are written out, and decoders may be any functions.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/core/random.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::testing {

/// (c₀ + c₁ζ + c₂ζ² + c₃ζ³) / d, ζ = e(1/12), so that ζ⁴ = ζ² − 1; in lowest terms, d > 0.
struct Number {
  std::array<std::int64_t, 4> c{};
  std::int64_t d = 1;

  friend auto operator<=>(const Number&, const Number&) = default;

  [[nodiscard]] bool is_small() const {
    bool small = d <= 1'000'000;
    for (const auto x : c) small = small && std::abs(x) <= 1'000'000;
    return small;
  }
  [[nodiscard]] bool is_integer_up_to(std::int64_t most) const {
    return d == 1 && c[1] == 0 && c[2] == 0 && c[3] == 0 && std::abs(c[0]) <= most;
  }
};

inline Number lowest_terms(std::array<std::int64_t, 4> c, std::int64_t d) {
  std::int64_t common = d;
  for (const auto x : c) common = std::gcd(common, x);
  for (auto& x : c) x /= common;
  return {c, d / common};
}

inline Number number(std::int64_t numerator, std::int64_t denominator = 1) {
  return lowest_terms({numerator, 0, 0, 0}, denominator);
}

inline Number operator+(const Number& a, const Number& b) {
  std::array<std::int64_t, 4> c{};
  for (std::size_t i = 0; i < 4; ++i) c[i] = a.c[i] * b.d + b.c[i] * a.d;
  return lowest_terms(c, a.d * b.d);
}

inline Number operator*(const Number& a, const Number& b) {
  std::array<std::int64_t, 7> product{};
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) product[i + j] += a.c[i] * b.c[j];
  }
  for (std::size_t i = 6; i >= 4; --i) {
    product[i - 2] += product[i];
    product[i - 4] -= product[i];
  }
  return lowest_terms({product[0], product[1], product[2], product[3]}, a.d * b.d);
}

inline Number operator-(const Number& a, const Number& b) { return a + number(-1) * b; }

/// e(twelfths / 12).
inline Number unit(std::size_t twelfths) {
  Number power = number(1);
  for (std::size_t i = 0; i < twelfths % 12; ++i) power = power * Number{{0, 1, 0, 0}, 1};
  return power;
}

inline std::string to_text(const Number& a) {
  std::string text;
  for (std::size_t i = 0; i < 4; ++i) {
    if (a.c[i] == 0) continue;
    text += (text.empty() ? "" : "+") + std::to_string(a.c[i]) + (i == 0 ? "" : "z" + std::to_string(i));
  }
  if (text.empty()) return "0";
  return a.d == 1 ? text : "(" + text + ")/" + std::to_string(a.d);
}

using NumberVector = std::vector<Number>;

/// h ← A h + b, A row by row.
struct SmallMap {
  NumberVector a, b;

  [[nodiscard]] NumberVector of(const NumberVector& h) const {
    NumberVector result = b;
    for (std::size_t i = 0; i < h.size(); ++i) {
      for (std::size_t j = 0; j < h.size(); ++j) result[i] = result[i] + a[i * h.size() + j] * h[j];
    }
    return result;
  }
};

/// A layer before its decoder is chosen.
struct SmallLayer {
  NumberVector start;
  std::vector<SmallMap> maps;  ///< one for each input symbol

  [[nodiscard]] std::size_t dimension() const { return start.size(); }
};

/// Layers, the number of outputs of each but the last, and a random decoder between each two.
struct SmallNetwork {
  std::size_t letters = 2;
  std::vector<SmallLayer> layers;
  std::vector<std::size_t> outputs;
  std::uint64_t decoder_seed = 0;

  [[nodiscard]] std::size_t inputs(std::size_t layer) const { return layer == 0 ? letters : outputs[layer - 1]; }
};

inline std::string to_text(const SmallNetwork& network) {
  std::string text;
  const auto row = [](const NumberVector& v) {
    std::string line = "(";
    for (const Number& x : v) line += (line.size() > 1 ? ", " : "") + to_text(x);
    return line + ")";
  };
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    text += "layer " + std::to_string(l + 1) + ": start " + row(network.layers[l].start) + "\n";
    for (std::size_t x = 0; x < network.layers[l].maps.size(); ++x) {
      text += "  input " + std::to_string(x) + ": A " + row(network.layers[l].maps[x].a) + " b " +
              row(network.layers[l].maps[x].b) + "\n";
    }
  }
  return text;
}

/// What a network does, whatever its last decoder: joint states of all layers, and what that decoder gets to see.
struct Behaviour {
  std::size_t letters = 2;
  std::vector<std::size_t> next;     ///< [state · letters + letter]; state 0 is the start
  std::vector<std::size_t> visible;  ///< likewise: which (state, input) of the last layer
  std::size_t visible_values = 0;
  std::vector<std::size_t> state_in;  ///< for each of these the state of the last layer
  bool integers = true;               ///< all numbers met are integers of at most 100
  std::string decoders;               ///< those between layers: layer, state number, input → output

  /// Two networks of the same behaviour recognise the same languages.
  [[nodiscard]] auto key() const { return std::make_pair(next, visible); }
};

/// Runs all words. Nothing if more than `most` joint states are reachable, or numbers become large.
inline std::optional<Behaviour> behaviour_of(const SmallNetwork& network, std::size_t most) {
  const std::size_t layers = network.layers.size();
  struct Memory {
    std::map<NumberVector, std::size_t> numbers;
    std::vector<NumberVector> states;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> next;     // (state, input) → state
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> decoder;  // (state, input) → output
  };
  std::vector<Memory> memory(layers);
  core::Random random(network.decoder_seed);
  Behaviour result;
  result.letters = network.letters;
  const auto number_of = [&](Memory& m, const NumberVector& h) {
    const auto [at, is_new] = m.numbers.emplace(h, m.states.size());
    if (is_new) m.states.push_back(h);
    return at->second;
  };
  std::map<std::vector<std::size_t>, std::size_t> joint;
  std::vector<std::vector<std::size_t>> queue{std::vector<std::size_t>(layers, 0)};
  for (std::size_t l = 0; l < layers; ++l) number_of(memory[l], network.layers[l].start);
  joint.emplace(queue[0], 0);
  for (std::size_t q = 0; q < queue.size(); ++q) {
    if (queue.size() > most) return std::nullopt;
    for (std::size_t x = 0; x < network.letters; ++x) {
      std::vector<std::size_t> state = queue[q];
      std::size_t symbol = x;
      for (std::size_t l = 0; l < layers; ++l) {
        Memory& m = memory[l];
        const auto known = m.next.find({state[l], symbol});
        if (known == m.next.end()) {
          const NumberVector h = network.layers[l].maps[symbol].of(m.states[state[l]]);
          for (const Number& value : h) {
            if (!value.is_small()) return std::nullopt;
            result.integers = result.integers && value.is_integer_up_to(100);
          }
          const std::size_t to = number_of(m, h);
          m.next.emplace(std::make_pair(state[l], symbol), to);
          state[l] = to;
        } else {
          state[l] = known->second;
        }
        const std::pair<std::size_t, std::size_t> seen{state[l], symbol};
        if (l + 1 == layers) {
          const auto [at, is_new] = m.decoder.emplace(seen, m.decoder.size());
          if (is_new) result.state_in.push_back(state[l]);
          symbol = at->second;
        } else {
          const auto [at, is_new] = m.decoder.emplace(seen, 0);
          if (is_new) {
            at->second = random.below(network.outputs[l]);
            result.decoders += std::to_string(l + 1) + ": " + std::to_string(seen.first) + "," +
                               std::to_string(seen.second) + " -> " + std::to_string(at->second) + "; ";
          }
          symbol = at->second;
        }
      }
      const auto [at, is_new] = joint.emplace(state, queue.size());
      if (is_new) queue.push_back(state);
      result.next.push_back(at->second);
      result.visible.push_back(symbol);
    }
  }
  result.visible_values = memory.back().decoder.size();
  return result;
}

/// The language if the last decoder accepts these values, with or without the empty word, as a minimal automaton.
inline automata::Dfa language_of(const Behaviour& behaviour, const std::vector<bool>& accepts, bool empty_word) {
  // A state of the automaton: a joint state and the answer that was given on entering it.
  std::vector<automata::State> table;
  std::vector<bool> accepting;
  const std::size_t states = behaviour.next.size() / behaviour.letters;
  for (std::size_t q = 0; q < states; ++q) {
    for (std::size_t answer = 0; answer < 2; ++answer) {
      accepting.push_back(answer == 1);
      for (std::size_t x = 0; x < behaviour.letters; ++x) {
        const std::size_t at = q * behaviour.letters + x;
        table.push_back(automata::state(2 * behaviour.next[at] + (accepts[behaviour.visible[at]] ? 1 : 0)));
      }
    }
  }
  return automata::minimised(
      automata::Dfa(small_alphabet(behaviour.letters), automata::state(empty_word ? 1 : 0), accepting, table));
}

/// The same automaton for languages that differ in the empty word at most: the smaller one's.
inline automata::Dfa without_empty_word(const automata::Dfa& dfa) {
  std::vector<automata::State> table = dfa.table();
  std::vector<bool> accepting = dfa.accepting();
  accepting.push_back(false);
  for (std::size_t x = 0; x < dfa.letters(); ++x) table.push_back(dfa.step(dfa.initial(), core::symbol(x)));
  return automata::minimised(
      automata::Dfa(dfa.alphabet(), automata::state(dfa.states()), std::move(accepting), std::move(table)));
}

/// As a key, and to be printed: a row for each state, "+" for accepting ones.
inline std::string to_text(const automata::Dfa& dfa) {
  std::string text;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    text += dfa.is_accepting(automata::state(q)) ? "+" : "-";
    for (std::size_t x = 0; x < dfa.letters(); ++x)
      text += (x == 0 ? "" : ",") + std::to_string(index(dfa.step(automata::state(q), core::symbol(x))));
    text += " ";
  }
  return text + "from " + std::to_string(index(dfa.initial()));
}

}  // namespace eigenmata::testing
