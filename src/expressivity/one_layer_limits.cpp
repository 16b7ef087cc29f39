// SPDX-License-Identifier: Apache-2.0
//
// What a single layer cannot do in exact arithmetic, whatever its dimension [proofs/expressivity.md, section 11,
// nonexpansive-layer and one-diagonal-layer]. Words that are repeated act in the limit as a projection and a shift. If
// no matrix has a norm above 1 the projection is orthogonal, and one after another words that project alike undo each
// other; if all matrices are diagonal the projections moreover commute.
#include <utility>

#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/words.hpp"
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using algebra::Element;
using algebra::SyntacticSemigroup;
using algebra::Transformation;
using core::Word;

/// Pairs of elements that are looked at: those of a semigroup of at most 500.
constexpr std::size_t kMostPairs = 250'000;
/// Longer words are not written down.
constexpr std::size_t kLongestWord = 100'000;

/// A map, its power that is idempotent, and the exponent.
struct Power {
  Transformation map, idempotent;
  std::size_t exponent = 1;
};

/// Cost: O(exponent) products.
Power power_of(const Transformation& map) {
  Power result{map, map, 1};
  for (; result.idempotent * result.idempotent != result.idempotent; ++result.exponent)
    result.idempotent = result.idempotent * map;
  return result;
}

Word joined(std::initializer_list<Word> words) {
  Word result;
  for (const Word& word : words) result.insert(result.end(), word.begin(), word.end());
  return result;
}

Word repeated(const Word& word, std::size_t times) {
  Word result;
  for (std::size_t i = 0; i < times; ++i) result.insert(result.end(), word.begin(), word.end());
  return result;
}

/// Two words with `left` and `right` between the same ends, one of them in the language. Needs words of different maps.
CellVerdict told_apart(const automata::Dfa& minimal, const Word& left, const Word& right) {
  const auto started = [&](automata::State q) {
    return automata::Dfa(minimal.alphabet(), q, minimal.accepting(), minimal.table());
  };
  std::size_t q = 0;
  while (minimal.run(automata::state(q), left) == minimal.run(automata::state(q), right)) ++q;
  const automata::State from = automata::state(q);
  const Word prefix = automata::shortest_path(minimal, minimal.initial(), from).value();
  const Word suffix = automata::equal(started(minimal.run(from, left)), started(minimal.run(from, right))).witness();
  Obstruction obstruction;
  obstruction.reason =
      "in one layer of diagonal matrices a long block of letters undoes another block of the same letters before it, "
      "in whatever order they stand; here that other block decides";
  obstruction.words = std::make_pair(joined({prefix, left, suffix}), joined({prefix, right, suffix}));
  return CellVerdict::no(std::move(obstruction), "one-diagonal-layer");
}

}  // namespace

std::optional<CellVerdict> nonexpansive_layer_objection(LanguageFacts& facts, const ExactCell& cell) {
  if (cell.layers != std::size_t{1}) return std::nullopt;
  const algebra::LawVerdict alone = algebra::has_one_idempotent_in_l_classes(facts.semigroup());
  if (!alone.is_no()) return std::nullopt;
  return no_law(alone,
                "in one layer without matrices of norm above 1, words that project on the same space undo one another",
                "nonexpansive-layer");
}

std::optional<CellVerdict> one_diagonal_layer_objection(LanguageFacts& facts, const ExactCell& cell) {
  if (cell.layers != std::size_t{1} || !facts.semigroup().is_known()) return std::nullopt;
  const SyntacticSemigroup& semigroup = facts.semigroup();
  const std::size_t size = semigroup.monoid().size();
  if (size * size > kMostPairs) return std::nullopt;
  core::Ticker ticker(facts.limits(), "looking for what one layer forgets");
  std::vector<Power> powers;
  for (std::size_t i = 0; i < size; ++i) powers.push_back(power_of(semigroup.monoid().map_of(algebra::element(i))));
  // The identity, element 0, breaks no law.
  for (std::size_t i = 1; i < size; ++i) {
    for (std::size_t j = 1; j < size; ++j) {
      ticker.tick(semigroup.monoid().degree());
      const Transformation apart = powers[i].idempotent * powers[j].idempotent;  // s^k t^k
      const Power mixed = power_of(powers[i].map * powers[j].map);               // (st)^k
      const bool back = powers[j].idempotent * apart != apart;
      const bool before = mixed.idempotent * apart != apart;
      const bool after = apart * mixed.idempotent != mixed.idempotent;
      if (!back && !before && !after) continue;
      const Word s = semigroup.monoid().word_of(algebra::element(i));
      const Word t = semigroup.monoid().word_of(algebra::element(j));
      if ((s.size() + t.size()) * (powers[i].exponent + powers[j].exponent + mixed.exponent) > kLongestWord) continue;
      const Word t_block = repeated(t, powers[j].exponent);
      const Word block = joined({repeated(s, powers[i].exponent), t_block});
      const Word mixed_block = repeated(joined({s, t}), mixed.exponent);
      if (back) return told_apart(facts.minimal(), joined({t_block, block}), block);
      if (before) return told_apart(facts.minimal(), joined({mixed_block, block}), block);
      return told_apart(facts.minimal(), joined({block, mixed_block}), mixed_block);
    }
  }
  return std::nullopt;
}

}  // namespace eigenmata::expressivity
