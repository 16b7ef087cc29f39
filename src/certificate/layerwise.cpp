// SPDX-License-Identifier: Apache-2.0
//
// The rules are checked level by level. Steps are looked at when a situation first needs them; what a step does, and
// what the decoder then says, depends on the layer alone and is remembered.
#include "eigenmata/certificate/layerwise.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "block_check.hpp"
#include "eigenmata/certificate/box.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/validation.hpp"

namespace eigenmata::certificate {
namespace {

using automata::State;
using exact::Rational;

std::uint64_t key(std::uint32_t high, std::uint32_t low) { return (std::uint64_t{high} << 32) | low; }

std::string text(std::size_t number) { return std::to_string(number); }

template <class K>
class Checker {
 public:
  using S = typename K::Scalar;

  Checker(const LayerwiseOver<K>& certificate, const core::Limits& limits)
      : c_(certificate),
        k_(c_.arithmetic),
        limits_(limits),
        runner_(k_, c_.network),
        ticker_(limits, "checking layer by layer") {}

  std::optional<Failure> run() {
    check_frame();
    for (std::size_t x = 0; x < c_.automaton.letters() && !failure_; ++x)
      situations_.push_back({static_cast<std::uint32_t>(x), 0, 0, static_cast<std::uint32_t>(x)});
    for (layer_ = 0; layer_ < c_.layers.size() && !failure_; ++layer_) check_layer();
    if (failure_ || !c_.blocks) {
      if (!failure_) check_meaning();
      return std::move(failure_);
    }
    return BlockChecker<K>(c_, runner_, situations_, limits_).run(start_);
  }

 private:
  void fail(int rule, std::string what) {
    if (failure_) return;
    const bool has_layer = layer_ < c_.layers.size();
    failure_ = Failure{rule, has_layer ? layer_ + 1 : 0, 0,
                       (has_layer ? "layer " + text(layer_ + 1) + ": " : "") + std::move(what)};
  }

  void check_frame() {
    layer_ = c_.layers.size();
    if (!(c_.automaton.alphabet() == c_.network.alphabet))
      return fail(3, "automaton and network have different letters");
    const std::size_t without_regions = c_.blocks ? 2 : 0;
    if (c_.layers.size() + without_regions != c_.network.layers.size() || (c_.blocks && c_.layers.empty()))
      return fail(3, "a layer of the network has no regions");
    if (c_.meaning.empty() && !c_.blocks) return fail(1, "no context has a meaning");
    if (c_.network.accepts_empty_word != c_.automaton.is_accepting(c_.automaton.initial()))
      return fail(6, "network and automaton disagree about the empty word");
    if (!c_.network.claim) return;
    const auto member = lrnn::is_member(k_, c_.network, *c_.network.claim);
    if (!member.is_yes()) fail(7, member.witness());
  }

  // One layer.

  struct Step {
    std::uint32_t next = 0;
    std::optional<core::Symbol> output;  ///< nothing until the step has been checked
  };

  void check_layer() {
    const auto& claim = c_.layers[layer_];
    boxes_.clear();
    for (const auto& region : claim.regions) boxes_.push_back(box_of(k_, region, c_.network.layers[layer_].dimension));
    images_.emplace(runner_, layer_);
    steps_.clear();
    for (const RegionStep& step : claim.steps) {
      if (step.region >= boxes_.size() || step.next >= boxes_.size()) return fail(3, "a step has no such region");
      steps_[key(step.region, step.symbol)] = {step.next, std::nullopt};
    }
    meets_.clear();
    for (const ContextMeet& meet : claim.meets) meets_[key(meet.above, meet.region)] = meet.context;
    check_start();
    std::vector<Situation> next;
    for (const Situation& situation : situations_) take(situation, next);
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    situations_ = std::move(next);
  }

  void check_start() {
    const auto& claim = c_.layers[layer_];
    const Box<S> start{c_.network.layers[layer_].start,
                       lrnn::SparseVector<Rational>(c_.network.layers[layer_].dimension)};
    if (claim.start >= boxes_.size() || !contains(k_, boxes_[claim.start], start))
      return fail(1, "the start vector is not in the start region");
    const auto meet = meets_.find(key(start_, claim.start));
    if (meet == meets_.end()) return fail(1, "the start region has no context");
    start_ = meet->second;
  }

  void take(const Situation& situation, std::vector<Situation>& next) {
    const auto& meets = c_.layers[layer_].meets;
    auto at = std::lower_bound(meets.begin(), meets.end(), situation.from,
                               [](const ContextMeet& m, std::uint32_t context) { return m.above < context; });
    for (; at != meets.end() && at->above == situation.from && !failure_; ++at) {
      ticker_.tick();
      const auto step = steps_.find(key(at->region, situation.symbol));
      if (step == steps_.end())
        return fail(2, "no step from region " + text(at->region) + " by symbol " + text(situation.symbol));
      if (!step->second.output) check_step(at->region, situation.symbol, step->second);
      if (failure_) return;
      const auto after = meets_.find(key(situation.to, step->second.next));
      if (after == meets_.end())
        return fail(2, "no context for region " + text(step->second.next) + " after context " + text(situation.to));
      next.push_back({situation.letter, at->context, after->second,
                      static_cast<std::uint32_t>(core::index(*step->second.output))});
    }
    limits_.require_memory(next.size() * sizeof(Situation), "the situations of a certificate");
  }

  void check_step(std::uint32_t region, std::uint32_t symbol, Step& step) {
    const auto name = [&] { return "the step from region " + text(region) + " by symbol " + text(symbol); };
    const auto image = images_->image(boxes_[region], core::symbol(symbol));
    if (!image) return fail(3, name() + " turns an interval away from the real line");
    if (!contains(k_, boxes_[step.next], *image))
      return fail(3, name() + " does not lead into region " + text(step.next));
    step.output = images_->output(*image, core::symbol(symbol));
    if (!step.output) fail(3, name() + ": the decoder has no output, or several");
  }

  // What the contexts of the last layer mean.

  void check_meaning() {
    const auto& meaning = c_.meaning;
    const std::size_t last = c_.layers.empty() ? 1 : c_.layers.back().contexts;
    if (meaning.size() != last) return fail(4, "not every context of the last layer has a meaning");
    const auto means = [&](std::uint32_t context, State q) {
      return std::binary_search(meaning[context].begin(), meaning[context].end(), q);
    };
    if (start_ >= meaning.size() || !means(start_, c_.automaton.initial()))
      return fail(1, "the first context does not mean the initial state");
    for (const Situation& situation : situations_) {
      if (situation.from >= last || situation.to >= last) return fail(2, "a context that does not exist");
      for (const State q : meaning[situation.from]) {
        const State next = c_.automaton.step(q, core::symbol(situation.letter));
        if (!means(situation.to, next))
          return fail(4, "context " + text(situation.to) + " does not mean state " + text(index(next)));
      }
      const bool accepted = c_.network.accept[situation.symbol];
      for (const State q : meaning[situation.to]) {
        if (c_.automaton.is_accepting(q) != accepted)
          return fail(5, "the network's answer is wrong in state " + text(index(q)));
      }
    }
  }

  const LayerwiseOver<K>& c_;
  const K& k_;
  const core::Limits& limits_;
  lrnn::Runner<K> runner_;
  core::Ticker ticker_;
  std::size_t layer_ = 0;
  std::uint32_t start_ = 0;  ///< context
  std::vector<Situation> situations_;
  std::vector<Box<S>> boxes_;
  std::optional<BoxImages<K>> images_;
  std::unordered_map<std::uint64_t, Step> steps_;
  std::unordered_map<std::uint64_t, std::uint32_t> meets_;
  std::optional<Failure> failure_;
};

bool is_integral(const Rational& value) { return denominator(value) == 1; }

bool is_integral(const lrnn::SparseVector<Rational>& vector) {
  return std::all_of(vector.entries().begin(), vector.entries().end(),
                     [](const auto& entry) { return is_integral(entry.value); });
}

bool is_integral(const lrnn::HouseholderFactor<Rational>& factor) {
  const Rational scale = factor.beta / dot(exact::RationalArithmetic{}, factor.v, factor.v);
  for (const auto& a : factor.v.entries()) {
    for (const auto& b : factor.v.entries()) {
      if (!is_integral(scale * a.value * b.value)) return false;
    }
  }
  return true;
}

bool is_integral(const lrnn::Transition<Rational>& a) {
  const auto all = [](const auto& range) {
    return std::all_of(range.begin(), range.end(), [](const auto& item) { return is_integral(item); });
  };
  if (const auto* diagonal = std::get_if<lrnn::Diagonal<Rational>>(&a)) return all(diagonal->entries);
  if (const auto* householder = std::get_if<lrnn::HouseholderProduct<Rational>>(&a)) return all(householder->factors);
  if (const auto* rank_one = std::get_if<lrnn::RankOneProduct<Rational>>(&a)) {
    return std::all_of(rank_one->factors.begin(), rank_one->factors.end(),
                       [](const auto& f) { return is_integral(f.u) && is_integral(f.v); });
  }
  return all(std::get<lrnn::Dense<Rational>>(a).matrix.entries());
}

}  // namespace

template <exact::ExactArithmetic K>
core::Verdict<core::NoEvidence, Failure> check(const LayerwiseOver<K>& certificate, const core::Limits& limits) {
  using Result = core::Verdict<core::NoEvidence, Failure>;
  const char* const kTheorem = certificate.blocks ? "block-soundness" : "layerwise-soundness";
  if (auto failure = Checker<K>(certificate, limits).run()) return Result::no(std::move(*failure), kTheorem);
  return Result::yes({}, kTheorem);
}

template core::Verdict<core::NoEvidence, Failure> check(const LayerwiseCertificate&, const core::Limits&);
template core::Verdict<core::NoEvidence, Failure> check(const ComplexLayerwiseCertificate&, const core::Limits&);

bool is_integral(const lrnn::RationalNetwork& network) {
  return std::all_of(network.layers.begin(), network.layers.end(), [](const auto& layer) {
    return is_integral(layer.start) && std::all_of(layer.maps.begin(), layer.maps.end(), [](const auto& map) {
             return is_integral(map.a) && is_integral(map.b);
           });
  });
}

}  // namespace eigenmata::certificate
