// SPDX-License-Identifier: Apache-2.0
//
// From a matrix for each letter and a start vector to a network with its certificate: the codes are the orbit of the
// vector, each of which has to stand for one state of the automaton.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/compiler/reflections.hpp"
#include "eigenmata/compiler/representation.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::compiler {

/// More codes than these are not listed.
inline constexpr std::size_t kMaxCodes = 100'000;

template <exact::ExactArithmetic K>
struct Code {
  std::vector<typename K::Scalar> vector;
  automata::State state;
};

/// The pairs that letters lead to from one vector and one state; nothing if a vector occurs with two states, or there
/// are more than `most` of them.
template <exact::ExactArithmetic K>
[[nodiscard]] std::optional<std::vector<Code<K>>> codes_of(
    const K& k, const std::vector<exact::Matrix<typename K::Scalar>>& letters, const automata::Dfa& dfa, Code<K> start,
    std::size_t most, const core::Limits& limits) {
  using S = typename K::Scalar;
  const auto hash = [&](const std::vector<S>& v) {
    std::size_t h = 0;
    for (const S& x : v) h = h * 0x9E3779B97F4A7C15u + k.hash(x);
    return h;
  };
  const auto same = [&](const std::vector<S>& a, const std::vector<S>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), [&](const S& x, const S& y) { return k.equal(x, y); });
  };
  core::Ticker ticker(limits, "codes of states");
  std::vector<Code<K>> codes{std::move(start)};
  std::unordered_multimap<std::size_t, std::size_t> numbers{{hash(codes[0].vector), 0}};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    for (std::size_t x = 0; x < letters.size(); ++x) {
      ticker.tick();
      Code<K> next{times(k, letters[x], codes[i].vector), dfa.step(codes[i].state, core::symbol(x))};
      const std::size_t key = hash(next.vector);
      const auto [first, last] = numbers.equal_range(key);
      const auto known =
          std::find_if(first, last, [&](const auto& entry) { return same(codes[entry.second].vector, next.vector); });
      if (known != last) {
        if (codes[known->second].state != next.state) return std::nullopt;
        continue;
      }
      if (codes.size() == most) return std::nullopt;
      numbers.emplace(key, codes.size());
      codes.push_back(std::move(next));
    }
  }
  return codes;
}

/// Accepting codes against the others: a threshold on the product with a sum of accepting (or rejecting) codes if that
/// tells them apart, else the table. Outputs: 0 reject, 1 accept.
template <exact::ExactArithmetic K>
[[nodiscard]] lrnn::Decoder<typename K::Scalar> decoder_of(const K& k, const std::vector<Code<K>>& codes,
                                                           const automata::Dfa& dfa) {
  using S = typename K::Scalar;
  const core::Symbol reject = core::symbol(0);
  const core::Symbol accept = core::symbol(1);
  const auto less = [&](const S& a, const S& b) { return k.sign(k.subtract(a, b)) == -1; };
  for (const bool side : {true, false}) {
    std::vector<S> weights(codes[0].vector.size(), k.zero());
    for (const Code<K>& code : codes) {
      if (dfa.is_accepting(code.state) != side) continue;
      for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = k.add(weights[i], code.vector[i]);
    }
    std::optional<S> least;      // on this side
    std::optional<S> otherwise;  // the largest on the other
    for (const Code<K>& code : codes) {
      const S value = inner(k, weights, code.vector);
      if (dfa.is_accepting(code.state) == side) {
        if (!least || less(value, *least)) least = value;
      } else if (!otherwise || less(*otherwise, value)) {
        otherwise = value;
      }
    }
    if (!least || !otherwise || !less(*otherwise, *least)) continue;
    const S threshold = k.divide(k.add(*least, *otherwise), k.from_rational(2));
    const std::vector<core::Symbol> outputs{side ? reject : accept, side ? accept : reject};
    return lrnn::AffineDecoder<S>{{{lrnn::sparse(k, weights), k.zero(), {threshold}, outputs}}};
  }
  lrnn::TableDecoder<S> table;
  for (const Code<K>& code : codes) {
    table.rows.push_back({lrnn::sparse(k, code.vector), {dfa.is_accepting(code.state) ? accept : reject}});
  }
  return table;
}

/// The network of orthogonal matrices in the metric Γ, one for each letter, with one code at least for each state.
template <exact::ExactArithmetic K>
[[nodiscard]] std::variant<RepresentedGroup, Refusal> network_of(
    const std::string& pass, const K& k, const std::vector<exact::Matrix<typename K::Scalar>>& letters,
    const exact::Matrix<typename K::Scalar>& gram, const std::vector<Code<K>>& codes, const automata::Dfa& dfa,
    FactorForm form, const core::Limits& limits) {
  using S = typename K::Scalar;
  const std::size_t n = gram.rows();
  lrnn::Layer<S> layer{
      n, lrnn::sparse(k, codes[0].vector), {}, core::Alphabet({"reject", "accept"}), decoder_of(k, codes, dfa)};
  std::vector<std::size_t> bounds;
  for (const auto& a : letters) {
    const auto reflections = reflections_of(k, a, gram);
    lrnn::Transition<S> product = form == FactorForm::kHouseholder
                                      ? lrnn::Transition<S>(householder_product(k, n, reflections))
                                      : lrnn::Transition<S>(rank_one_product(k, gram, reflections));
    layer.maps.push_back({std::move(product), lrnn::SparseVector<S>(n)});
    bounds.push_back(reflections.size());
  }
  lrnn::TransitionClass claim;
  claim.form = form == FactorForm::kHouseholder ? lrnn::TransitionClass::Form::kHouseholder
                                                : lrnn::TransitionClass::Form::kRankOne;
  claim.factors = *std::max_element(bounds.begin(), bounds.end());
  const lrnn::Network<S> network{
      dfa.alphabet(), dfa.is_accepting(dfa.initial()), {std::move(layer)}, {false, true}, claim};
  auto explored = certificate::explore(k, network, dfa, limits);
  if (!explored.verdict.is_yes()) {
    return Refusal{pass, explored.verdict.is_unknown() ? explored.verdict.reason()
                                                       : "the network built does not recognise the language"};
  }
  return RepresentedGroup{pass, explored.verdict.proof(), std::move(bounds)};
}

}  // namespace eigenmata::compiler
