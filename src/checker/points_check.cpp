// SPDX-License-Identifier: Apache-2.0
//
// Certificates of `kind points`: one pass over (point, letter). The soundness theorem of
// proofs/certificate-format.md says what follows.
//
// Rule 3 compares the vector that a layer reaches with that of the point to which `step` leads. Once they
// agree, the layer's decoder may be asked about the vector of that point: it is the layer's new state.
#include <algorithm>
#include <utility>
#include <vector>

#include "checker/decoding.hpp"
#include "checker/rules.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

class PointsChecker {
 public:
  explicit PointsChecker(const Certificate& certificate) : certificate_(certificate), network_(certificate.network) {}

  std::optional<Failure> run() {
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
      std::optional<std::uint32_t> output;
      try {
        output = layer.outputs.of(expected, symbol_id);
      } catch (const Unordered& unordered) {
        fail(certificate_.points[p].step_line, 3,
             step_name(p, x) + ": layer " + std::to_string(l + 1) + ": " + unordered.what());
        return std::nullopt;
      }
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

std::optional<Failure> check_points(const Certificate& certificate) { return PointsChecker(certificate).run(); }

}  // namespace eigenmata::checker
