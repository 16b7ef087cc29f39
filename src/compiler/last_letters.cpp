// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/last_letters.hpp"

#include <algorithm>
#include <utility>

#include "cascade_layers.hpp"
#include "claimed_form.hpp"
#include "contraction.hpp"
#include "eigenmata/algebra/last_letters_cascade.hpp"
#include "suffix_trie.hpp"
#include "threshold_readout.hpp"

namespace eigenmata::compiler {
namespace {

using automata::State;
using exact::Rational;
using Form = expressivity::ModelClass::Form;

constexpr const char* kPass = "last-letters";
constexpr std::size_t kMostLeaves = 200'000;
using Interval = SuffixTrie::Interval;

/// Do the last few letters decide? If and only if no word leads two different states back to themselves: the pairs of
/// different states, moved by letters, have no cycle. Cost: O(states² · letters).
bool is_definite(const automata::Dfa& dfa, const core::Limits& limits) {
  const std::size_t n = dfa.states();
  limits.require_memory(n * n * 9, "the pairs of states");
  const auto moved = [&](std::size_t p, std::size_t q, std::size_t x) {
    return std::pair(index(dfa.step(automata::state(p), core::symbol(x))),
                     index(dfa.step(automata::state(q), core::symbol(x))));
  };
  std::vector<std::uint32_t> arrows(n * n, 0);  // that lead to a pair and have not been followed
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t q = 0; q < n; ++q) {
      for (std::size_t x = 0; p != q && x < dfa.letters(); ++x) {
        const auto [a, b] = moved(p, q, x);
        ++arrows[a * n + b];
      }
    }
  }
  std::vector<std::size_t> free;
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t q = 0; q < n; ++q) {
      if (p != q && arrows[p * n + q] == 0) free.push_back(p * n + q);
    }
  }
  std::size_t followed = 0;
  for (; !free.empty(); ++followed) {
    const std::size_t pair = free.back();
    free.pop_back();
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const auto [a, b] = moved(pair / n, pair % n, x);
      if (a != b && --arrows[a * n + b] == 0) free.push_back(a * n + b);
    }
  }
  return followed == n * (n - 1);
}

bool counts_factors(const expressivity::ModelClass& target) {
  return target.form == Form::kHouseholder || target.form == Form::kGatedHouseholder;
}

/// One gate for all letters.
lrnn::TransitionClass one_gate(const Rational& contraction, bool by_factors) {
  lrnn::TransitionClass claim;
  claim.form = by_factors ? lrnn::TransitionClass::Form::kHouseholder : lrnn::TransitionClass::Form::kDiagonal;
  claim.low = claim.high = contraction;
  if (by_factors) claim.factors = 1;
  return claim;
}

class Writer {
 public:
  Writer(const automata::Dfa& dfa, const SuffixTrie& trie, const Rational& contraction, bool by_factors)
      : dfa_(dfa), trie_(trie), contraction_(contraction), by_factors_(by_factors) {}

  [[nodiscard]] Construction construction() const {
    lrnn::Layer<Rational> layer{1, number(-1), {}, core::Alphabet({"reject", "accept"}), {}};
    for (std::size_t x = 0; x < dfa_.letters(); ++x)
      layer.maps.push_back({matrix(), number((Rational(1) - contraction_) * trie_.place(trie_.digit_of(x)))});
    certificate::LayerClaim claim{{}, 0, {}, dfa_.states(), {}};
    std::vector<Interval> boxes;
    for (const std::uint32_t leaf : trie_.leaves()) boxes.push_back(trie_.box(leaf, contraction_));
    for (std::uint32_t r = 0; r < boxes.size(); ++r) {
      claim.regions.emplace_back();
      if (boxes[r].low != boxes[r].high || !boxes[r].low.is_zero())
        claim.regions[r].push_back({0, boxes[r].low, boxes[r].high});
      for (std::uint32_t x = 0; x < dfa_.letters(); ++x)
        claim.steps.push_back({r, x, leaf_region(trie_.after(trie_.leaves()[r], trie_.digit_of(x)))});
      claim.meets.push_back({0, r, state_of(trie_.leaves()[r])});
    }
    claim.start = leaf_region(trie_.empty_word());
    layer.decoder = lrnn::AffineDecoder<Rational>{{readout(boxes)}};
    certificate::LayerwiseCertificate result{{dfa_.alphabet(),
                                              dfa_.is_accepting(dfa_.initial()),
                                              {std::move(layer)},
                                              {false, true},
                                              one_gate(contraction_, by_factors_)},
                                             dfa_,
                                             {std::move(claim)},
                                             {},
                                             {}};
    for (std::size_t q = 0; q < dfa_.states(); ++q) result.meaning.push_back({automata::state(q)});
    return {kPass, std::move(result), {std::vector<std::size_t>(dfa_.letters(), 1)}};
  }

 private:
  static lrnn::SparseVector<Rational> number(const Rational& value) {
    if (value.is_zero()) return lrnn::SparseVector<Rational>(1);
    return {1, {{0, value}}};
  }

  [[nodiscard]] lrnn::Transition<Rational> matrix() const {
    if (!by_factors_) return lrnn::Diagonal<Rational>{{contraction_}};
    return lrnn::HouseholderProduct<Rational>{1, {{Rational(1) - contraction_, number(1)}}};
  }

  [[nodiscard]] std::uint32_t leaf_region(std::uint32_t leaf) const { return trie_.nodes()[leaf].region; }
  [[nodiscard]] std::uint32_t state_of(std::uint32_t leaf) const { return trie_.images(leaf)[index(dfa_.initial())]; }

  /// Thresholds between neighbouring boxes whose answers differ.
  [[nodiscard]] lrnn::AffineReadout<Rational> readout(const std::vector<Interval>& boxes) const {
    std::vector<OutputRange> ranges;
    for (std::uint32_t r = 0; r < boxes.size(); ++r) {
      const bool accepting = dfa_.is_accepting(automata::state(state_of(trie_.leaves()[r])));
      ranges.push_back({boxes[r].low, boxes[r].high, core::symbol(accepting ? 1 : 0)});
    }
    return threshold_readout(number(1), std::move(ranges));
  }

  const automata::Dfa& dfa_;
  const SuffixTrie& trie_;
  Rational contraction_;
  bool by_factors_;
};

}  // namespace

PassResult compile_last_letters(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                                const core::Limits& limits) {
  if (minimal.states() < 2) return Refusal{kPass, "one state needs no letters"};
  if (!is_definite(minimal, limits)) return Refusal{kPass, kNotDefinite};
  std::vector<std::uint32_t> all_states;
  for (std::size_t q = 0; q < minimal.states(); ++q) all_states.push_back(static_cast<std::uint32_t>(q));
  SuffixTrie trie(minimal, {std::move(all_states)}, limits);
  const auto contraction = contraction_below(target, Rational(1, trie.base()));
  if (!contraction) return Refusal{kPass, "the class has no positive number below 1/" + std::to_string(trie.base())};
  if (!trie.grow(kMostLeaves))
    return Refusal{kPass, "more than " + std::to_string(kMostLeaves) + " words of last letters to tell apart"};
  return Writer(minimal, trie, *contraction, counts_factors(target)).construction();
}

PassResult compile_letter_by_letter(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                                    const core::Limits& limits) {
  constexpr const char* kLayers = "letter-by-letter";
  if (minimal.states() < 2) return Refusal{kLayers, "one state needs no letters"};
  if (!is_definite(minimal, limits)) return Refusal{kLayers, kNotDefinite};
  const algebra::Cascade cascade = algebra::last_letters_cascade(minimal, limits);
  std::size_t maps = 2;
  for (const auto& level : cascade.levels) maps = std::max(maps, level.contexts);
  const auto contraction = contraction_below(target, Rational(1, maps));
  if (!contraction) {
    const std::string reason = "the class has no positive number below 1/" + std::to_string(maps);
    if (target.form != Form::kDiagonal) return Refusal{kLayers, reason};
    // By bits, or by traces (cascade_layers.hpp).
    const auto form = lrnn::TransitionClass::Form::kDiagonal;
    const LayerStyle style{form, Memory::kDigits, target.set()};
    const algebra::Cascade layers = with_writable_digits(cascade, style, limits);
    if (const auto why = obstacle(layers, style)) return Refusal{kLayers, reason + "; " + *why};
    return construction_for(kLayers, layers, style, class_claimed(target, form), limits);
  }
  const auto claim = one_gate(*contraction, counts_factors(target));
  const auto spectrum = expressivity::SpectrumSet::parse("{" + exact::to_string(*contraction) + "}", {});
  return construction_for(kLayers, cascade, {claim.form, Memory::kDigits, spectrum}, claim, limits);
}

}  // namespace eigenmata::compiler
