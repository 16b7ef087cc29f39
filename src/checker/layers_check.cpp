// SPDX-License-Identifier: Apache-2.0
//
// Certificates of `kind layers`: one pass over the situations of each level, from the letters up to the last
// layer. The soundness theorem of "Layer by layer" in proofs/certificate-format.md says what follows: at every
// time the state of each layer lies in a region such that the contexts are listed and what happens is one of
// the situations.
//
// The situations of a level follow from those of the level before and the listed meets, so no search is
// needed; each (situation, meet) costs two look-ups. Rule 3 is checked once for each step, when it is first
// used, and the output is kept.
#include <algorithm>
#include <utility>
#include <vector>

#include "checker/box.hpp"
#include "checker/decoding.hpp"
#include "checker/error.hpp"
#include "checker/limits.hpp"
#include "checker/rules.hpp"
#include "checker/situations.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

std::string number(std::uint32_t n) { return std::to_string(n); }

/// Rules 2 and 3 for one layer: its situations, from those of the layer before.
class LayerPass {
 public:
  LayerPass(const Certificate& certificate, std::size_t l)
      : certificate_(certificate),
        network_(certificate.network),
        l_(l),
        regions_(certificate.layerwise->layers[l]),
        layer_(network_.layers[l]),
        outputs_(regions_.steps.size()) {}

  std::optional<Failure> run(const SituationSet& below) {
    for (const Situation& situation : below) {
      for (const PairTable::Line& meet : regions_.meets.with_first(situation.before)) {
        if (!follow(situation, meet)) return std::move(failure_);
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] SituationSet take_situations() { return std::move(situations_); }

 private:
  /// Rule 2 for a situation of the layer before and a meet(c, r); false if it fails, or rule 3 does.
  bool follow(const Situation& below, const PairTable::Line& meet) {
    const std::optional<std::size_t> step = regions_.steps.find(meet.second(), below.output);
    if (!step) {
      return fail(regions_.steps_line, 2,
                  "no step from region " + number(meet.second()) + " under " + input(below.output) + where(below));
    }
    const std::uint32_t region = regions_.steps[*step].value;
    const std::optional<std::size_t> after = regions_.meets.find(below.after, region);
    if (!after) {
      return fail(regions_.meets_line, 2,
                  "context " + number(below.after) + " does not meet region " + number(region) +
                      ", reached from region " + number(meet.second()) + " under " + input(below.output) +
                      where(below));
    }
    if (!outputs_[*step] && !check_step(*step, meet.second(), below.output)) return false;
    situations_.insert({below.letter, meet.value, regions_.meets[*after].value, *outputs_[*step]});
    if (situations_.size() <= kMaxSituations) return true;
    throw Error(certificate_.name + ": more than " + std::to_string(kMaxSituations) + " situations at layer " +
                std::to_string(l_ + 1));
  }

  /// Rule 3.
  bool check_step(std::size_t step, std::uint32_t from, std::uint32_t symbol) {
    const std::string name = "region " + number(from) + " under " + input(symbol);
    try {
      return check_image(step, from, symbol, name);
    } catch (const Unordered& unordered) {
      return fail(regions_.steps[step].number, 3, name + ": " + unordered.what());
    }
  }

  bool check_image(std::size_t step, std::uint32_t from, std::uint32_t symbol, const std::string& name) {
    const std::size_t line = regions_.steps[step].number;
    const std::uint32_t to = regions_.steps[step].value;
    const Box reached = image(layer_.maps[symbol], regions_.region(from), layer_.state, layer_.scratch);
    if (const std::optional<std::uint32_t> i = coordinate_outside(reached.view(), regions_.region(to))) {
      return fail(line, 3,
                  name + " reaches " + shown(reached.view()) + ", outside region " + number(to) + " at coordinate " +
                      number(*i) + ": " + shown_side(reached.view(), *i) + " is not in " +
                      shown_side(regions_.region(to), *i));
    }
    outputs_[step] = layer_.outputs.of(reached.view(), symbol);
    if (outputs_[step]) return true;
    return fail(line, 3, name + " reaches " + shown(reached.view()) + ", for which the decoder has no single output");
  }

  bool fail(std::size_t line, int rule, const std::string& reason) {
    failure_ = Failure{line, rule, "layer " + std::to_string(l_ + 1) + ": " + reason};
    return false;
  }

  [[nodiscard]] std::string input(std::uint32_t symbol) const { return symbol_name(network_, l_, symbol); }

  [[nodiscard]] std::string where(const Situation& below) const {
    if (l_ == 0) return "";
    return " while letter " + quoted(network_.letters[below.letter]) + " takes context " + number(below.before) +
           " of the layer before to " + number(below.after);
  }

  const Certificate& certificate_;
  const Network& network_;
  std::size_t l_;
  const LayerRegions& regions_;
  PreparedLayer layer_;
  std::vector<std::optional<std::uint32_t>> outputs_;  ///< of each step whose rule 3 is known to hold
  SituationSet situations_;
  std::optional<Failure> failure_;
};

/// Rules 4 and 5: the situations of the last layer against what their contexts mean.
class MeaningPass {
 public:
  explicit MeaningPass(const Certificate& certificate)
      : certificate_(certificate),
        dfa_(certificate.automaton),
        network_(certificate.network),
        meaning_(certificate.layerwise->meaning) {}

  [[nodiscard]] std::optional<Failure> run(const SituationSet& situations) const {
    for (const Situation& s : situations) {
      if (std::optional<Failure> failure = check_states(s)) return failure;
      if (std::optional<Failure> failure = check_answer(s)) return failure;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<Failure> check_states(const Situation& s) const {
    const std::span<const State> allowed = meaning_[s.after];
    for (const State state : meaning_[s.before]) {
      const State next = dfa_.successor(state, s.letter);
      if (std::binary_search(allowed.begin(), allowed.end(), next)) continue;
      return Failure{line_of(s.after), 4,
                     name(s) + ", but the automaton goes from state " + number(state) + " to state " + number(next) +
                         ", which context " + number(s.after) + " does not allow"};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Failure> check_answer(const Situation& s) const {
    const bool accepts = std::binary_search(network_.accept.begin(), network_.accept.end(), s.output);
    for (const State state : meaning_[s.after]) {
      if (dfa_.accepting[state] == accepts) continue;
      return Failure{line_of(s.after), 5,
                     name(s) + " and the network answers " + (network_.layers.empty() ? "letter " : "output ") +
                         number(s.output) + " and so " + (accepts ? "accepts" : "rejects") + ", but state " +
                         number(state) + " is " + (accepts ? "not accepting" : "accepting")};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t line_of(std::uint32_t context) const {
    return certificate_.layerwise->meaning_lines[context];
  }

  [[nodiscard]] std::string name(const Situation& s) const {
    return "letter " + quoted(network_.letters[s.letter]) + " may lead from context " + number(s.before) + " to " +
           number(s.after);
  }

  const Certificate& certificate_;
  const Dfa& dfa_;
  const Network& network_;
  const Rows<State>& meaning_;
};

/// Rule 1 for the layers; `context` becomes that of the start.
std::optional<Failure> check_start(const Certificate& certificate, std::uint32_t& context) {
  const Layerwise& layerwise = *certificate.layerwise;
  context = 0;
  for (std::size_t l = 0; l < layerwise.layers.size(); ++l) {
    const LayerRegions& regions = layerwise.layers[l];
    const SparseVector& start = certificate.network.layers[l].start;
    const std::string layer = "layer " + std::to_string(l + 1);
    if (const std::optional<std::uint32_t> i = coordinate_outside({start, {}}, regions.region(regions.start))) {
      return Failure{regions.start_line, 1,
                     layer + " starts from " + shown(start) + ", outside its start region at coordinate " + number(*i) +
                         ": " + shown_side({start, {}}, *i) + " is not in " +
                         shown_side(regions.region(regions.start), *i)};
    }
    const std::optional<std::size_t> meet = regions.meets.find(context, regions.start);
    if (!meet) {
      return Failure{
          regions.meets_line, 1,
          layer + ": context " + number(context) + " does not meet the start region " + number(regions.start)};
    }
    context = regions.meets[*meet].value;
  }
  return std::nullopt;
}

/// Rule 1 for the automaton.
std::optional<Failure> check_start_meaning(const Certificate& certificate, std::uint32_t context) {
  const Layerwise& layerwise = *certificate.layerwise;
  const std::span<const State> allowed = layerwise.meaning[context];
  if (std::binary_search(allowed.begin(), allowed.end(), certificate.automaton.initial)) return std::nullopt;
  return Failure{layerwise.meaning_lines[context], 1,
                 "the start has context " + number(context) + ", which does not allow the initial state " +
                     number(certificate.automaton.initial)};
}

}  // namespace

std::optional<Failure> check_layers(const Certificate& certificate) {
  std::uint32_t context = 0;
  if (std::optional<Failure> failure = check_start(certificate, context)) return failure;
  if (!certificate.blocks) {
    if (std::optional<Failure> failure = check_start_meaning(certificate, context)) return failure;
  }
  SituationSet situations;
  for (LetterId x = 0; x < certificate.network.letters.size(); ++x) situations.insert({x, 0, 0, x});
  for (std::size_t l = 0; l < certificate.layerwise->layers.size(); ++l) {
    LayerPass pass(certificate, l);
    if (std::optional<Failure> failure = pass.run(situations)) return failure;
    situations = pass.take_situations();
  }
  if (certificate.blocks) return check_blocks(certificate, situations, context);
  return MeaningPass(certificate).run(situations);
}

}  // namespace eigenmata::checker
