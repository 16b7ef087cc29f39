// SPDX-License-Identifier: Apache-2.0
//
// Certificates of `kind numeric`: the network is run in its arithmetic from every state that is listed, under every
// letter, and must reach a listed state.
#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

#include "checker/chunk.hpp"
#include "checker/rounded_layer.hpp"
#include "checker/rules.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

/// The listed states, found by their codes and the state of the automaton. Behind them there is room for the one that
/// is looked for.
class StateTable {
 public:
  explicit StateTable(const NumericStates& listed)
      : width_(listed.width()), states_(listed.states), codes_(listed.codes), found_(0, Hash{this}, Equal{this}) {
    states_.push_back(0);
    codes_.resize(codes_.size() + width_);
    found_.reserve(listed.size());
  }

  /// Whether no state before this one is the same.
  bool insert(std::size_t i) { return found_.insert(i).second; }

  [[nodiscard]] const std::uint64_t* codes(std::size_t i) const { return codes_.data() + i * width_; }

  [[nodiscard]] std::optional<std::size_t> find(State state, const Codes& codes) {
    const std::size_t last = states_.size() - 1;
    states_[last] = state;
    std::copy(codes.begin(), codes.end(), codes_.end() - static_cast<std::ptrdiff_t>(width_));
    const auto place = found_.find(last);
    return place == found_.end() ? std::nullopt : std::optional(*place);
  }

 private:
  struct Hash {
    const StateTable* table;
    std::size_t operator()(std::size_t i) const {
      std::uint64_t hash = table->states_[i];
      for (std::size_t c = 0; c < table->width_; ++c) {
        hash = (hash ^ table->codes(i)[c]) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 29;
      }
      return hash;
    }
  };
  struct Equal {
    const StateTable* table;
    bool operator()(std::size_t i, std::size_t j) const {
      return table->states_[i] == table->states_[j] &&
             std::equal(table->codes(i), table->codes(i) + table->width_, table->codes(j));
    }
  };

  std::size_t width_;
  std::vector<State> states_;
  std::vector<std::uint64_t> codes_;
  std::unordered_set<std::size_t, Hash, Equal> found_;
};

class NumericChecker {
 public:
  explicit NumericChecker(const Certificate& certificate)
      : certificate_(certificate),
        network_(certificate.network),
        listed_(*certificate.numeric),
        table_(listed_),
        accepting_(network_.layers.empty() ? network_.letters.size() : network_.layers.back().outputs, false) {
    for (const std::uint32_t output : network_.accept) accepting_[output] = true;
  }

  std::optional<Failure> run() {
    try {
      for (const Layer& layer : network_.layers) layers_.emplace_back(layer, listed_.semantics, numbers_);
    } catch (const NotRounded& fault) {
      return Failure{fault.line(), 4, fault.what()};
    }
    if (std::optional<Failure> failure = check_start()) return failure;
    std::vector<bool> reached(listed_.size(), false);
    reached[0] = true;
    for (std::size_t i = 0; i < listed_.size(); ++i) {
      if (!table_.insert(i)) return Failure{listed_.lines[i], 2, "a state before this one is the same"};
    }
    for (std::size_t i = 0; i < listed_.size(); ++i) {
      if (!reached[i]) return Failure{listed_.lines[i], 2, "no letter leads to this state from one before it"};
      for (LetterId x = 0; x < network_.letters.size(); ++x) {
        ChoicePath path;  // there is one, unless rounding is stochastic
        do {
          path.begin();
          std::size_t target = 0;
          if (std::optional<Failure> failure = check_step(i, x, path, target)) return failure;
          reached[target] = true;
        } while (path.advance());
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Codes codes_of(const std::vector<Values>& values) const {
    Codes codes;
    for (const Values& layer : values) {
      for (const Value& value : layer) codes.push_back(listed_.semantics.states.code(value));
    }
    return codes;
  }

  [[nodiscard]] std::optional<Failure> check_start() {
    const Codes listed(table_.codes(0), table_.codes(0) + listed_.width());
    std::vector<Values> start;
    for (const RoundedLayer& layer : layers_) start.push_back(layer.start());
    Codes codes = codes_of(start);
    codes.resize(listed_.width());
    if (codes != listed) {
      return Failure{listed_.lines[0], 1, "the layers do not start in the first state listed"};
    }
    if (listed_.states[0] == certificate_.automaton.initial) return std::nullopt;
    return Failure{listed_.lines[0], 1,
                   "the first state stands for state " + std::to_string(listed_.states[0]) +
                       ", but the initial state is " + std::to_string(certificate_.automaton.initial)};
  }

  /// The output of the last layer, and what is reached; nothing if a layer has no output.
  template <class Way>
  [[nodiscard]] std::optional<std::uint32_t> step(Way way, std::vector<Values> states, LetterId x,
                                                  Codes& reached) const {
    const Operations<Way> operations(listed_.semantics, way);
    std::uint32_t symbol = x;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      states[l] = layers_[l].next(operations, states[l], symbol);
      const std::optional<std::uint32_t> output = layers_[l].output(operations, states[l], symbol);
      if (!output) return std::nullopt;
      symbol = *output;
    }
    reached = codes_of(states);
    return symbol;
  }

  /// The same from states at a boundary and the letters since, each plus 1, up to a 0.
  [[nodiscard]] std::optional<std::uint32_t> step_in_chunk(std::vector<Values> states, const std::uint64_t* since,
                                                           LetterId x, Codes& reached) const {
    std::vector<LetterId> letters;
    const std::uint32_t chunk = listed_.semantics.chunk;
    while (letters.size() + 1 < chunk && since[letters.size()] != 0)
      letters.push_back(static_cast<LetterId>(since[letters.size()] - 1));
    letters.push_back(x);
    std::vector<Chunk> chunks;
    for (std::size_t l = 0; l < layers_.size(); ++l) chunks.emplace_back(layers_[l], states[l]);
    std::uint32_t symbol = 0;
    for (const LetterId letter : letters) {
      symbol = letter;
      for (Chunk& layer : chunks) {
        const std::optional<std::uint32_t> output = layer.read(symbol);
        if (!output) return std::nullopt;
        symbol = *output;
      }
    }
    const bool closes = letters.size() == chunk;
    for (std::size_t l = 0; closes && l < chunks.size(); ++l) states[l] = chunks[l].closed();
    reached = codes_of(states);
    for (std::size_t i = 0; !closes && i < letters.size(); ++i) reached.push_back(std::uint64_t{letters[i]} + 1);
    reached.resize(listed_.width());
    return symbol;
  }

  /// Rules 3 and 5, along the path if rounding is stochastic. `target` becomes the state reached.
  std::optional<Failure> check_step(std::size_t i, LetterId x, ChoicePath& path, std::size_t& target) {
    const auto failure = [&](int rule, const std::string& reason) {
      return Failure{listed_.lines[i], rule, "under letter " + quoted(network_.letters[x]) + ": " + reason};
    };
    std::vector<Values> states;
    const std::uint64_t* code = table_.codes(i);
    for (const Layer& layer : network_.layers) {
      Values& state = states.emplace_back();
      for (std::uint32_t c = 0; c < layer.dimension; ++c) state.push_back(*listed_.semantics.states.value(*code++));
    }
    Codes reached;
    const std::optional<std::uint32_t> symbol = listed_.semantics.chunk != 0   ? step_in_chunk(states, code, x, reached)
                                                : listed_.semantics.stochastic ? step(Chosen{&path}, states, x, reached)
                                                                               : step(ToNearest{}, states, x, reached);
    if (!symbol) return failure(3, "a layer has no output");
    const State next = certificate_.automaton.successor(listed_.states[i], x);
    const std::optional<std::size_t> place = table_.find(next, reached);
    if (!place) {
      return failure(3, "the state reached, with state " + std::to_string(next) + " of the automaton, is not listed");
    }
    target = *place;
    if (accepting_[*symbol] == certificate_.automaton.accepting[next]) return std::nullopt;
    return failure(5, std::string("the network ") + (accepting_[*symbol] ? "accepts" : "rejects") + ", but state " +
                          std::to_string(next) + " is " + (accepting_[*symbol] ? "not accepting" : "accepting"));
  }

  const Certificate& certificate_;
  const Network& network_;
  const NumericStates& listed_;
  StateTable table_;
  std::vector<bool> accepting_;  // outputs
  std::size_t numbers_ = 0;
  std::vector<RoundedLayer> layers_;
};

}  // namespace

std::optional<Failure> check_numeric(const Certificate& certificate) {
  if (!certificate.numeric->boxes.empty()) return check_boxes(certificate);
  return NumericChecker(certificate).run();
}

}  // namespace eigenmata::checker
