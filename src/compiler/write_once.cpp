// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/write_once.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "cascade_layers.hpp"
#include "claimed_form.hpp"
#include "eigenmata/core/memory_tally.hpp"
#include "threshold_readout.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using automata::State;
using exact::Rational;
using Vector = lrnn::SparseVector<Rational>;

constexpr const char* kPass = "write-once";

/// For each i the states that some run has as its i-th different one; nothing if one is entered again.
std::optional<std::vector<std::set<State>>> chain(const Dfa& dfa, const core::Limits& limits) {
  constexpr std::size_t kBytesOfState = 48;
  core::MemoryTally memory(limits, "the states of each step of a run");
  std::vector<std::set<State>> result{{dfa.initial()}};
  for (;;) {
    limits.poll();
    memory.add(result.back().size() * kBytesOfState);
    std::set<State> next;
    for (const State q : result.back()) {
      for (std::size_t x = 0; x < dfa.letters(); ++x) {
        const State to = dfa.step(q, core::symbol(x));
        if (to != q) next.insert(to);
      }
    }
    if (next.empty()) return result;
    if (result.size() == dfa.states()) return std::nullopt;
    result.push_back(std::move(next));
  }
}

/// What one layer tells the next of the step at hand.
struct Message {
  enum class Kind {
    kState,    ///< the run is in `state` after the step, which is q_j for a j that layers below know
    kLeaves,   ///< a flag: q_{i−1} was left in this step, for q_i = `state`
    kHasLeft,  ///< a flag: q_{i−1} was left before, and `letter` is read
    kEnters,   ///< a record: q_i = `state` is entered in this step
    kIn        ///< a record: q_i = `state` was entered before, and `letter` is read
  };
  Kind kind = Kind::kState;
  std::size_t state = 0;
  std::size_t letter = 0;

  friend auto operator<=>(const Message&, const Message&) = default;
};

/// What is known of the run behind a layer.
struct Known {
  bool is_state = false;  ///< the run is in `state`; else a flag knows that it has left it, a record that it entered it
  std::size_t state = 0;

  friend auto operator<=>(const Known&, const Known&) = default;
};

/// Numbers things as they come.
template <class T>
class Numbers {
 public:
  std::uint32_t operator()(const T& thing) {
    const auto [at, is_new] = numbers_.emplace(thing, static_cast<std::uint32_t>(all_.size()));
    if (is_new) all_.push_back(thing);
    return at->second;
  }
  [[nodiscard]] const std::vector<T>& all() const { return all_; }

 private:
  std::map<T, std::uint32_t> numbers_;
  std::vector<T> all_;
};

class Writer {
 public:
  Writer(const Dfa& dfa, std::vector<std::set<State>> chain, const Rational& contraction, const core::Limits& limits)
      : dfa_(dfa), chain_(std::move(chain)), contraction_(contraction), limits_(limits) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) heard_.push_back({Message::Kind::kIn, index(dfa.initial()), x});
    known_.push_back({false, index(dfa.initial())});
  }

  [[nodiscard]] Construction construction(std::optional<lrnn::TransitionClass> claim) {
    certificate::LayerwiseCertificate result{
        {dfa_.alphabet(), dfa_.is_accepting(dfa_.initial()), {}, {false, true}, std::move(claim)}, dfa_, {}, {}};
    std::vector<std::vector<std::size_t>> bounds;
    constexpr std::size_t kBytesOfMap = 500;  // map, readout, steps and thresholds of one symbol
    core::MemoryTally memory(limits_, "the network's layers");
    for (std::size_t i = 1; i < chain_.size(); ++i) {
      for (const bool is_flag : {true, false}) {
        limits_.poll();
        memory.add((heard_.size() + known_.size()) * kBytesOfMap);
        Layer layer = is_flag ? flag() : record(chain_[i], i + 1 == chain_.size());
        bounds.emplace_back();
        for (const auto& map : layer.layer.maps)
          bounds.back().push_back(std::get<lrnn::Diagonal<Rational>>(map.a).entries[0] == 1 ? 0 : 1);
        result.network.layers.push_back(std::move(layer.layer));
        result.layers.push_back(std::move(layer.claim));
      }
    }
    for (const Known& known : known_) result.meaning.push_back({automata::state(known.state)});
    return {kPass, std::move(result), std::move(bounds)};
  }

 private:
  using Kind = Message::Kind;

  struct Layer {
    lrnn::Layer<Rational> layer;
    certificate::LayerClaim claim;
  };

  static Vector number(const Rational& value) {
    if (value.is_zero()) return Vector(1);
    return {1, {{0, value}}};
  }

  /// Multiplies by the gate and adds.
  static lrnn::AffineMap<Rational> map(const Rational& gate, const Rational& offset) {
    return {lrnn::Diagonal<Rational>{{gate}}, number(offset)};
  }

  /// One that keeps what it is told, and tells apart what it is by where the number is after the step.
  class Builder {
   public:
    Builder(const Rational& start, std::vector<std::pair<Rational, Rational>> regions)
        : regions_(std::move(regions)), result_{{1, number(start), {}, output_names(1), {}}, {}} {
      for (const auto& [low, high] : regions_) {
        result_.claim.regions.emplace_back();
        if (low != high || !low.is_zero()) result_.claim.regions.back().push_back({0, low, high});
      }
    }

    struct Step {
      std::uint32_t from, to;
      Message says;
    };

    /// The next input symbol.
    void add(const Rational& gate, const Rational& offset, const std::vector<Step>& steps) {
      const auto symbol = static_cast<std::uint32_t>(result_.layer.maps.size());
      result_.layer.maps.push_back(map(gate, offset));
      steps_.push_back(steps);
      for (const Step& step : steps) result_.claim.steps.push_back({step.from, symbol, step.to});
    }
    void meet(std::uint32_t above, std::uint32_t region, std::uint32_t context) {
      result_.claim.meets.push_back({above, region, context});
    }

    /// `output` numbers what is said.
    template <class Output>
    Layer finished(std::size_t contexts, const Output& output) {
      lrnn::AffineDecoder<Rational> decoder;
      for (std::size_t s = 0; s < steps_.size(); ++s) {
        const Rational& gate = std::get<lrnn::Diagonal<Rational>>(result_.layer.maps[s].a).entries[0];
        const auto& offset = result_.layer.maps[s].b.entries();
        std::vector<OutputRange> ranges;
        for (const Step& step : steps_[s]) {
          Rational low = regions_[step.from].first * gate;
          Rational high = regions_[step.from].second * gate;
          if (high < low) std::swap(low, high);
          if (!offset.empty()) {
            low += offset[0].value;
            high += offset[0].value;
          }
          ranges.push_back({low, high, core::symbol(output(step.says))});
        }
        decoder.readouts.push_back(threshold_readout(number(1), std::move(ranges)));
      }
      result_.layer.decoder = std::move(decoder);
      auto& claim = result_.claim;
      claim.contexts = contexts;
      std::sort(claim.steps.begin(), claim.steps.end(), [](const auto& a, const auto& b) {
        return std::pair(a.region, a.symbol) < std::pair(b.region, b.symbol);
      });
      std::sort(claim.meets.begin(), claim.meets.end(), [](const auto& a, const auto& b) {
        return std::pair(a.above, a.region) < std::pair(b.above, b.region);
      });
      return std::move(result_);
    }

   private:
    std::vector<std::pair<Rational, Rational>> regions_;
    std::vector<std::vector<Step>> steps_;
    Layer result_;
  };

  /// Has the run left the state that the message says it is in?
  Layer flag() {
    const Rational square = contraction_ * contraction_;
    const Rational cube = contraction_ < 0 ? Rational(square * contraction_) : Rational(0);
    // Not left; left once; left, and letters that leave it came again.
    Builder builder(1, {{1, 1}, {contraction_, contraction_}, {cube, square}});
    for (const Message& heard : heard_) {
      if (heard.kind != Kind::kIn) {
        builder.add(1, 0, {{0, 0, {Kind::kState, heard.state, 0}}});
        continue;
      }
      const std::size_t to = index(dfa_.step(automata::state(heard.state), core::symbol(heard.letter)));
      const Message before{Kind::kHasLeft, 0, heard.letter};
      if (to == heard.state) {
        builder.add(1, 0, {{0, 0, {Kind::kState, heard.state, 0}}, {1, 1, before}, {2, 2, before}});
      } else {
        builder.add(contraction_, 0, {{0, 1, {Kind::kLeaves, to, 0}}, {1, 2, before}, {2, 2, before}});
      }
    }
    Numbers<Known> contexts;
    for (std::uint32_t above = 0; above < known_.size(); ++above) {
      const Known& known = known_[above];
      builder.meet(above, 0, contexts({true, known.state}));
      if (known.is_state) continue;
      for (const std::uint32_t region : {1U, 2U}) builder.meet(above, region, contexts({false, known.state}));
    }
    return finished(builder, contexts, false);
  }

  /// Which state came after the one that was left?
  Layer record(const std::set<State>& entered, bool is_last) {
    std::vector<std::pair<Rational, Rational>> regions{{0, 0}};
    std::map<std::size_t, std::uint32_t> region_of;
    for (const State q : entered) {
      const auto code = static_cast<std::uint32_t>(regions.size());
      region_of.emplace(index(q), code);
      regions.emplace_back(code, code);
    }
    Builder builder(0, std::move(regions));
    for (const Message& heard : heard_) {
      if (heard.kind == Kind::kState) {
        builder.add(1, 0, {{0, 0, heard}});
      } else if (heard.kind == Kind::kLeaves) {
        const std::uint32_t code = region_of.at(heard.state);
        builder.add(contraction_, Rational(code), {{0, code, {Kind::kEnters, heard.state, 0}}});
      } else {
        std::vector<typename Builder::Step> steps;
        for (const auto& [q, code] : region_of) steps.push_back({code, code, {Kind::kIn, q, heard.letter}});
        builder.add(1, 0, steps);
      }
    }
    Numbers<Known> contexts;
    for (std::uint32_t above = 0; above < known_.size(); ++above) {
      const Known& known = known_[above];
      if (known.is_state) {
        builder.meet(above, 0, contexts(known));
        continue;
      }
      std::set<std::size_t> next;
      for (std::size_t x = 0; x < dfa_.letters(); ++x)
        next.insert(index(dfa_.step(automata::state(known.state), core::symbol(x))));
      next.erase(known.state);
      for (const std::size_t q : next) builder.meet(above, region_of.at(q), contexts({false, q}));
    }
    return finished(builder, contexts, is_last);
  }

  /// The layer, and what is heard and known behind it. The last one answers.
  Layer finished(Builder& builder, const Numbers<Known>& contexts, bool is_last) {
    Numbers<Message> messages;
    const auto output = [&](const Message& says) {
      return is_last ? std::uint32_t{dfa_.is_accepting(automata::state(says.state)) ? 1U : 0U} : messages(says);
    };
    Layer layer = builder.finished(contexts.all().size(), output);
    layer.layer.outputs = is_last ? core::Alphabet({"reject", "accept"}) : output_names(messages.all().size());
    heard_ = messages.all();
    known_ = contexts.all();
    return layer;
  }

  const Dfa& dfa_;
  std::vector<std::set<State>> chain_;
  Rational contraction_;
  const core::Limits& limits_;
  std::vector<Message> heard_;  ///< by input symbol of the next layer
  std::vector<Known> known_;    ///< by context behind the last layer
};

}  // namespace

PassResult compile_write_once(const Dfa& minimal, const expressivity::ModelClass& target, const core::Limits& limits) {
  auto states = chain(minimal, limits);
  if (!states) return Refusal{kPass, "a state that was left can be entered again"};
  const auto contraction = target.set().real_contraction_below(1);
  if (!contraction) return Refusal{kPass, "no real contraction is known in the spectrum set"};
  return Writer(minimal, std::move(*states), *contraction, limits)
      .construction(class_claimed(target, lrnn::TransitionClass::Form::kDiagonal));
}

}  // namespace eigenmata::compiler
