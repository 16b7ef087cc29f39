// SPDX-License-Identifier: Apache-2.0
//
// Certificates of `kind numeric` with boxes: from every box, under every letter, the layers are run on intervals, and
// must stay in the box of the automaton's next state. What a layer may put out is a set; the next one is fed all of it.
#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "checker/rounded_layer.hpp"
#include "checker/rules.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

class BoxChecker {
 public:
  explicit BoxChecker(const Certificate& certificate)
      : certificate_(certificate),
        network_(certificate.network),
        listed_(*certificate.numeric),
        operations_(listed_.semantics),
        box_of_(certificate.automaton.size(), nullptr) {}

  std::optional<Failure> run() {
    try {
      for (const Layer& layer : network_.layers) layers_.emplace_back(layer, listed_.semantics, numbers_);
    } catch (const NotRounded& fault) {
      return Failure{fault.line(), 4, fault.what()};
    }
    for (const NumericBox& box : listed_.boxes) {
      if (box_of_[box.state] != nullptr) return Failure{box.line, 2, "a box before this one is of the same state"};
      box_of_[box.state] = &box;
    }
    if (std::optional<Failure> failure = check_start()) return failure;
    for (const NumericBox& box : listed_.boxes) {
      for (LetterId x = 0; x < network_.letters.size(); ++x) {
        std::optional<Failure> failure;
        try {
          failure = check_step(box, x);
        } catch (const NoInterval&) {
          failure = Failure{box.line, 3, "numbers may overflow or wrap around, or a decoder is a table"};
        }
        if (failure) {
          failure->reason = "under letter " + quoted(network_.letters[x]) + ": " + failure->reason;
          return failure;
        }
      }
    }
    return std::nullopt;
  }

 private:
  /// Whether the sides from this one on hold those of a layer.
  static bool hold(const Interval* outer, const std::vector<Interval>& inner) {
    return std::all_of(inner.begin(), inner.end(), [&outer](const Interval& side) {
      const bool holds = outer->low <= side.low && side.high <= outer->high;
      ++outer;
      return holds;
    });
  }

  [[nodiscard]] std::optional<Failure> check_start() const {
    const NumericBox* box = box_of_[certificate_.automaton.initial];
    if (box == nullptr) return Failure{listed_.boxes[0].line, 1, "the initial state has no box"};
    const Interval* sides = box->sides.data();
    for (const RoundedLayer& layer : layers_) {
      std::vector<Interval> start;
      for (const Value& value : layer.start()) {
        if (!value.is_finite()) return Failure{box->line, 1, "a layer starts in no finite number"};
        start.emplace_back(value);
      }
      if (!hold(sides, start)) return Failure{box->line, 1, "the layers do not start in the box of the initial state"};
      sides += start.size();
    }
    return std::nullopt;
  }

  /// Rules 3 and 5. Throws NoInterval.
  [[nodiscard]] std::optional<Failure> check_step(const NumericBox& box, LetterId x) const {
    const State next = certificate_.automaton.successor(box.state, x);
    const NumericBox* target = box_of_[next];
    if (target == nullptr) return Failure{box.line, 3, "state " + std::to_string(next) + " has no box"};
    const Interval* from = box.sides.data();
    const Interval* to = target->sides.data();
    std::set<std::uint32_t> symbols{x};
    for (const RoundedLayer& layer : layers_) {
      const std::size_t dimension = layer.start().size();
      const std::vector<Interval> sides(from, from + dimension);
      std::set<std::uint32_t> outputs;
      for (const std::uint32_t symbol : symbols) {
        const std::vector<Interval> reached = layer.next(operations_, sides, symbol);
        if (!hold(to, reached)) {
          return Failure{box.line, 3, "what is reached is not all in the box of state " + std::to_string(next)};
        }
        layer.outputs(operations_, reached, symbol, outputs);
      }
      symbols = std::move(outputs);
      from += dimension;
      to += dimension;
    }
    const bool accepting = certificate_.automaton.accepting[next];
    for (const std::uint32_t symbol : symbols) {
      const auto& accept = network_.accept;
      if ((std::find(accept.begin(), accept.end(), symbol) != accept.end()) == accepting) continue;
      return Failure{box.line, 5,
                     std::string("the network may ") + (accepting ? "reject" : "accept") + ", but state " +
                         std::to_string(next) + " is " + (accepting ? "accepting" : "not accepting")};
    }
    return std::nullopt;
  }

  const Certificate& certificate_;
  const Network& network_;
  const NumericStates& listed_;
  Operations<ByEnds> operations_;
  std::vector<const NumericBox*> box_of_;  // each state of the automaton, if it has one
  std::size_t numbers_ = 0;
  std::vector<RoundedLayer> layers_;
};

}  // namespace

std::optional<Failure> check_boxes(const Certificate& certificate) { return BoxChecker(certificate).run(); }

}  // namespace eigenmata::checker
