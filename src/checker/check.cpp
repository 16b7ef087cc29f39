// SPDX-License-Identifier: Apache-2.0
//
// One pass over (point, letter).
//
// Rule 3 compares the vector that a layer reaches with that of the point to which `step` leads. Once they
// agree, the layer's decoder may be asked about the vector of that point: it is the layer's new state.
#include "checker/check.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "checker/propagation.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

/// The output of a decoder for a state; none if a table has no row for it.
class Outputs {
 public:
  explicit Outputs(const Decoder& decoder) : decoder_(decoder), order_(sorted_rows(decoder.rows)) {}

  [[nodiscard]] std::optional<std::uint32_t> of(VectorView state, std::uint32_t input) const {
    if (decoder_.kind == Decoder::Kind::kTable) return looked_up(state, input);
    const Readout& readout = decoder_.readouts[decoder_.kind == Decoder::Kind::kShared ? 0 : input];
    const Number value = dot(readout.weights, state) + readout.constant;
    const auto above = std::upper_bound(readout.thresholds.begin(), readout.thresholds.end(), value);
    return readout.outputs[static_cast<std::size_t>(above - readout.thresholds.begin())];
  }

 private:
  [[nodiscard]] std::optional<std::uint32_t> looked_up(VectorView state, std::uint32_t input) const {
    const auto place = std::lower_bound(order_.begin(), order_.end(), state, [this](std::uint32_t row, VectorView h) {
      return compare(decoder_.rows[row].state, h) < 0;
    });
    if (place == order_.end() || compare(decoder_.rows[*place].state, state) != 0) return std::nullopt;
    return decoder_.rows[*place].output(input);
  }

  const Decoder& decoder_;
  std::vector<std::uint32_t> order_;
};

/// A layer made ready for many steps.
struct PreparedLayer {
  explicit PreparedLayer(const Layer& layer) : outputs(layer.decoder) {
    maps.reserve(layer.maps.size());
    for (const Map& map : layer.maps) maps.emplace_back(map);
  }

  std::vector<PreparedMap> maps;
  Outputs outputs;
  Workspace state;
  Workspace scratch;
};

class Checker {
 public:
  explicit Checker(const Certificate& certificate) : certificate_(certificate), network_(certificate.network) {}

  std::optional<Failure> run() {
    check_empty_word();
    check_classes();
    if (certificate_.points.empty()) fail(certificate_.points_line, 1, "there is no point 0");
    if (failure_) return std::move(failure_);
    prepare();
    for (std::size_t p = 0; p < certificate_.points.size() && !failure_; ++p) {
      p == 0 ? check_start() : check_origin(p);
      for (LetterId x = 0; x < network_.letters.size() && !failure_; ++x) check_step(p, x);
    }
    return std::move(failure_);
  }

 private:
  void fail(std::size_t line, int rule, std::string reason) {
    if (!failure_) failure_ = Failure{line, rule, std::move(reason)};
  }

  void prepare() {
    layers_.reserve(network_.layers.size());
    for (const Layer& layer : network_.layers) layers_.emplace_back(layer);
  }

  void check_empty_word() {
    const bool accepting = certificate_.automaton.accepting[certificate_.automaton.initial];
    if (network_.accepts_empty == accepting) return;
    fail(network_.line, 6,
         std::string("the network ") + (network_.accepts_empty ? "accepts" : "rejects") +
             " the empty word, but the automaton's initial state " + std::to_string(certificate_.automaton.initial) +
             " is " + (accepting ? "accepting" : "not accepting"));
  }

  void check_classes() {
    if (!network_.claim) return;
    for (std::size_t l = 0; l < network_.layers.size(); ++l) {
      const Layer& layer = network_.layers[l];
      for (std::size_t y = 0; y < layer.maps.size() && !failure_; ++y) {
        if (std::optional<ClassFault> fault = fault_of_class(layer.maps[y], layer.dimension, *network_.claim)) {
          fail(fault->line, 7, "layer " + std::to_string(l + 1) + ", " + symbol(l, y) + ": " + fault->reason);
        }
      }
    }
  }

  /// An input symbol of a layer, as messages name it.
  [[nodiscard]] std::string symbol(std::size_t layer, std::size_t y) const {
    return layer == 0 ? "letter " + quoted(network_.letters[y]) : "input symbol " + std::to_string(y);
  }

  void check_start() {
    const Point& point = certificate_.points[0];
    for (std::size_t l = 0; l < network_.layers.size(); ++l) {
      const VectorView here = certificate_.vectors[l][0];
      if (compare(here, network_.layers[l].start) == 0) continue;
      return fail(certificate_.start_lines[l], 1,
                  "point 0 has the vector " + shown(here) + " at layer " + std::to_string(l + 1) +
                      ", but that layer starts from " + shown(network_.layers[l].start));
    }
    if (point.state != certificate_.automaton.initial) {
      fail(point.line, 1,
           "point 0 stands for state " + std::to_string(point.state) + ", but the initial state is " +
               std::to_string(certificate_.automaton.initial));
    }
  }

  void check_origin(std::size_t p) {
    const Point& point = certificate_.points[p];
    const std::string name = "point " + std::to_string(p);
    if (point.parent >= p) {
      return fail(point.line, 2,
                  name + " comes from point " + std::to_string(point.parent) + ", which is not before it");
    }
    const std::uint32_t reached = certificate_.step(point.parent, point.letter);
    if (reached == p) return;
    fail(point.line, 2,
         name + " is said to come from point " + std::to_string(point.parent) + " by letter " +
             quoted(network_.letters[point.letter]) + ", which leads to point " + std::to_string(reached));
  }

  void check_step(std::size_t p, LetterId x) {
    const std::uint32_t target = certificate_.step(p, x);
    const std::optional<std::uint32_t> output = run_layers(p, x, target);
    if (!output) return;
    const std::size_t line = certificate_.points[p].step_line;
    const State state = certificate_.points[target].state;
    const State next = certificate_.automaton.successor(certificate_.points[p].state, x);
    if (state != next) {
      return fail(line, 4,
                  step_name(p, x) + " leads to point " + std::to_string(target) + ", which stands for state " +
                      std::to_string(state) + ", but the automaton goes from state " +
                      std::to_string(certificate_.points[p].state) + " to " + std::to_string(next));
    }
    const bool accepts = std::binary_search(network_.accept.begin(), network_.accept.end(), *output);
    if (accepts == certificate_.automaton.accepting[state]) return;
    fail(line, 5,
         step_name(p, x) + ": the network answers " + (network_.layers.empty() ? "letter " : "output ") +
             std::to_string(*output) + " and so " + (accepts ? "accepts" : "rejects") + ", but state " +
             std::to_string(state) + " is " + (accepts ? "not accepting" : "accepting"));
  }

  /// Rule 3. The output of the last layer, or the letter if there is no layer; none if the rule fails.
  std::optional<std::uint32_t> run_layers(std::size_t p, LetterId x, std::uint32_t target) {
    std::uint32_t symbol_id = x;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      PreparedLayer& layer = layers_[l];
      layer.state.load(certificate_.vectors[l][p]);
      layer.maps[symbol_id].apply(layer.state, layer.scratch);
      const VectorView expected = certificate_.vectors[l][target];
      if (!layer.state.equals(expected)) {
        fail(certificate_.points[p].step_line, 3,
             step_name(p, x) + ": layer " + std::to_string(l + 1) + " reaches " + shown(layer.state.vector()) +
                 ", but point " + std::to_string(target) + " has " + shown(expected));
        return std::nullopt;
      }
      const std::optional<std::uint32_t> output = layer.outputs.of(expected, symbol_id);
      if (!output) {
        fail(certificate_.points[p].step_line, 3,
             step_name(p, x) + ": the table of layer " + std::to_string(l + 1) + " has no row for the state " +
                 shown(expected));
        return std::nullopt;
      }
      symbol_id = *output;
    }
    return symbol_id;
  }

  [[nodiscard]] std::string step_name(std::size_t p, LetterId x) const {
    return "point " + std::to_string(p) + " under letter " + quoted(network_.letters[x]);
  }

  const Certificate& certificate_;
  const Network& network_;
  std::vector<PreparedLayer> layers_;
  std::optional<Failure> failure_;
};

}  // namespace

std::optional<Failure> check(const Certificate& certificate) { return Checker(certificate).run(); }

}  // namespace eigenmata::checker
