// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/varieties.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>

#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/words.hpp"
#include "laws.hpp"
#include "local_sets.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;

/// The product of variables with their words put in.
core::Word substituted(std::string_view product, const std::vector<std::pair<char, core::Word>>& words) {
  core::Word result;
  for (const char variable : product) {
    const auto at =
        std::find_if(words.begin(), words.end(), [&](const auto& entry) { return entry.first == variable; });
    assert(at != words.end());
    result.insert(result.end(), at->second.begin(), at->second.end());
  }
  return result;
}

Dfa started_at(const Dfa& dfa, State q) { return {dfa.alphabet(), q, dfa.accepting(), dfa.table()}; }

/// An idempotent e of S and a letter x with x·e ≠ e, or e·x ≠ e. The letters are enough, since they generate S.
std::optional<std::pair<Element, core::Symbol>> moved_from_left(const SyntacticSemigroup& s) {
  for (std::size_t i = 0; i < s.monoid().size(); ++i) {
    const Element e = element(i);
    if (!s.contains(e) || !s.green().is_idempotent(e)) continue;
    for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
      if (s.green().left(e, core::symbol(x)) != e) return std::make_pair(e, core::symbol(x));
    }
  }
  return std::nullopt;
}
std::optional<std::pair<Element, core::Symbol>> moved_from_right(const SyntacticSemigroup& s) {
  for (std::size_t i = 0; i < s.monoid().size(); ++i) {
    const Element e = element(i);
    if (!s.contains(e) || !s.green().is_idempotent(e)) continue;
    for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
      if (s.monoid().right(e, core::symbol(x)) != e) return std::make_pair(e, core::symbol(x));
    }
  }
  return std::nullopt;
}

LawWitness left_zero_fails(const SyntacticSemigroup& s, std::pair<Element, core::Symbol> at) {
  return law_witness(s.minimal(), "ee = e => es = e", {{'e', s.word_of(at.first)}, {'s', {at.second}}});
}
LawWitness right_zero_fails(const SyntacticSemigroup& s, std::pair<Element, core::Symbol> at) {
  return law_witness(s.minimal(), "ee = e => se = e", {{'e', s.word_of(at.first)}, {'s', {at.second}}});
}

/// The first element that is not the first of its class, and that first one.
template <class ClassOf>
std::optional<std::pair<Element, Element>> two_of_one_class(std::size_t size, std::size_t classes, ClassOf class_of) {
  if (classes == size) return std::nullopt;
  std::vector<std::size_t> first(classes, size);
  for (std::size_t m = 0; m < size; ++m) {
    std::size_t& least = first[class_of(element(m))];
    if (least != size) return std::make_pair(element(least), element(m));
    least = m;
  }
  return std::nullopt;
}

std::optional<LawWitness> r_trivial_fails(const SyntacticSemigroup& s) {
  const GreenRelations& green = s.green();
  const auto pair =
      two_of_one_class(s.monoid().size(), green.r_classes(), [&](Element m) { return green.r_class_of(m); });
  if (!pair) return std::nullopt;
  const auto& [u, v] = *pair;
  return law_witness(
      s.minimal(), "uyz = u => uy = u",
      {{'u', s.monoid().word_of(u)}, {'y', green.right_multiplier(u, v)}, {'z', green.right_multiplier(v, u)}});
}

std::optional<LawWitness> l_trivial_fails(const SyntacticSemigroup& s) {
  const GreenRelations& green = s.green();
  const auto pair =
      two_of_one_class(s.monoid().size(), green.l_classes(), [&](Element m) { return green.l_class_of(m); });
  if (!pair) return std::nullopt;
  const auto& [u, v] = *pair;
  return law_witness(
      s.minimal(), "zyu = u => yu = u",
      {{'u', s.monoid().word_of(u)}, {'y', green.left_multiplier(u, v)}, {'z', green.left_multiplier(v, u)}});
}

/// Two idempotents of one class.
template <class ClassOf>
std::optional<std::pair<Element, Element>> two_idempotents(const SyntacticSemigroup& s, std::size_t classes,
                                                           ClassOf class_of) {
  const std::size_t size = s.monoid().size();
  std::vector<std::size_t> first(classes, size);
  for (std::size_t m = 0; m < size; ++m) {
    if (!s.green().is_idempotent(element(m))) continue;
    std::size_t& least = first[class_of(element(m))];
    if (least != size) return std::make_pair(element(least), element(m));
    least = m;
  }
  return std::nullopt;
}

LawWitness idempotents_fail(const SyntacticSemigroup& s, const char* law, const std::pair<Element, Element>& pair) {
  return law_witness(s.minimal(), law, {{'e', s.monoid().word_of(pair.first)}, {'f', s.monoid().word_of(pair.second)}});
}

/// The least i ≥ 1 for which x·mⁱ is on a cycle of m, for all points x. Cost: O(degree).
std::uint64_t longest_way_into_a_cycle(const Transformation& m) {
  // Leaves are taken away layer by layer.
  std::vector<std::size_t> preimages(m.degree(), 0);
  for (const Point y : m.images()) ++preimages[y];
  std::vector<Point> layer;
  for (Point x = 0; x < m.degree(); ++x) {
    if (preimages[x] == 0) layer.push_back(x);
  }
  std::uint64_t layers = 0;
  for (; !layer.empty(); ++layers) {
    std::vector<Point> next;
    for (const Point x : layer) {
      if (--preimages[m.image_of(x)] == 0) next.push_back(m.image_of(x));
    }
    layer = std::move(next);
  }
  return std::max<std::uint64_t>(layers, 1);
}

}  // namespace

SyntacticSemigroup::SyntacticSemigroup(const Dfa& minimal, const TransitionMonoid& monoid, const core::Limits& limits)
    : minimal_(&minimal), monoid_(&monoid), limits_(limits) {
  try {
    if (monoid.is_complete()) {
      green_.emplace(monoid, limits);
    } else {
      why_unknown_ =
          "only " + std::to_string(monoid.size()) + " elements of the monoid are known; " + monoid.stopped_by();
    }
  } catch (const core::LimitReached& limit) {
    why_unknown_ = limit.what();
  }
  if (!is_known()) {
    try {
      periodic_ = monoid.first_periodic(limits);
    } catch (const core::LimitReached&) {  // then nothing is known of it
    }
    return;
  }
  for (std::size_t m = 0; m < monoid.size() && word_of_identity_.empty(); ++m) {
    for (std::size_t x = 0; x < monoid.letters(); ++x) {
      if (index(monoid.right(element(m), core::symbol(x))) != 0) continue;
      word_of_identity_ = monoid.word_of(element(m));
      word_of_identity_.push_back(core::symbol(x));
      break;
    }
  }
}

core::Word SyntacticSemigroup::word_of(Element m) const {
  assert(contains(m));
  return index(m) == 0 ? word_of_identity_ : monoid_->word_of(m);
}

std::vector<Element> SyntacticSemigroup::idempotent_representatives() const {
  std::vector<Element> representatives;
  for (std::size_t d = 0; d < green_->d_classes(); ++d) {
    // If no non-empty word makes the identity, it is alone in its D-class: other units would have powers equal to it.
    const std::vector<Element> idempotents = green_->idempotents_of(d);
    if (!idempotents.empty() && contains(idempotents[0])) representatives.push_back(idempotents[0]);
  }
  return representatives;
}

std::vector<Element> SyntacticSemigroup::maximal_idempotents() const {
  const std::vector<Element> representatives = idempotent_representatives();
  std::vector<std::size_t> classes;
  for (const Element e : representatives) classes.push_back(green_->d_class_of(e));
  const std::vector<bool> below = strictly_below(green_->steps_down(), classes);
  std::vector<Element> maximal;
  for (const Element e : representatives) {
    if (!below[green_->d_class_of(e)]) maximal.push_back(e);
  }
  return maximal;
}

Element SyntacticSemigroup::product(Element m, const core::Word& w) const {
  for (const core::Symbol x : w) m = monoid_->right(m, x);
  return m;
}

std::optional<LawWitness> broken_by_period(const SyntacticSemigroup& s, const std::string& law) {
  constexpr std::size_t kMostLetters = 100'000;
  constexpr std::size_t kMostSteps = 100'000'000;  // running one such word from every state
  const auto found = s.periodic();
  if (!found) return std::nullopt;
  const core::Word word = s.monoid().word_of(*found);
  const Transformation map = s.monoid().map_of(*found);
  const std::size_t most = std::min(kMostLetters, kMostSteps / map.degree()) / word.size();
  // The least multiple of the period that is at least as large as the longest way into a cycle.
  const std::uint64_t period = map.period();
  if (period >= most) return std::nullopt;
  const std::uint64_t omega = (longest_way_into_a_cycle(map) + period - 1) / period * period;
  if (omega >= most) return std::nullopt;
  std::vector<std::pair<char, core::Word>> words;
  for (const char variable : law) {
    const auto known = [&](const auto& entry) { return entry.first == variable; };
    if (variable < 'a' || variable > 'z' || std::any_of(words.begin(), words.end(), known)) continue;
    std::uint64_t power = omega;
    if (variable == 's' || variable == 'g' || variable == 'y') ++power;
    if (variable == 'z' || variable == 'h') --power;
    words.emplace_back(variable, core::Word{});
    for (; power > 0; --power) words.back().second.insert(words.back().second.end(), word.begin(), word.end());
  }
  return law_witness(s.minimal(), law, std::move(words));
}

LawWitness law_witness(const Dfa& minimal, const std::string& law, std::vector<std::pair<char, core::Word>> words) {
  const std::string_view text = law;
  const std::size_t arrow = text.find(" => ");
  assert(arrow != std::string_view::npos);
  const std::string_view conclusion = text.substr(arrow + 4);
  const std::size_t equals = conclusion.find(" = ");
  assert(equals != std::string_view::npos);
  LawWitness witness;
  witness.law = law;
  witness.left = substituted(conclusion.substr(0, equals), words);
  witness.right = substituted(conclusion.substr(equals + 3), words);
  witness.words = std::move(words);
  for (std::size_t q = 0; q < minimal.states(); ++q) {
    const State from = automata::state(q);
    const State by_left = minimal.run(from, witness.left);
    const State by_right = minimal.run(from, witness.right);
    if (by_left == by_right) continue;
    witness.prefix = automata::shortest_path(minimal, minimal.initial(), from).value();
    witness.suffix = automata::equal(started_at(minimal, by_left), started_at(minimal, by_right)).witness();
    return witness;
  }
  assert(false);  // the sides act in the same way
  return witness;
}

LawVerdict is_nilpotent(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "ee = e => se = e")) return LawVerdict::no(std::move(*witness), "nilpotent");
    return LawVerdict::unknown(s.why_unknown());
  }
  if (const auto at = moved_from_left(s)) return LawVerdict::no(right_zero_fails(s, *at), "nilpotent");
  if (const auto at = moved_from_right(s)) return LawVerdict::no(left_zero_fails(s, *at), "nilpotent");
  return LawVerdict::yes({}, "nilpotent");
}

LawVerdict is_definite(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "ee = e => se = e")) return LawVerdict::no(std::move(*witness), "definite");
    return LawVerdict::unknown(s.why_unknown());
  }
  if (const auto at = moved_from_left(s)) return LawVerdict::no(right_zero_fails(s, *at), "definite");
  return LawVerdict::yes({}, "definite");
}

LawVerdict is_reverse_definite(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "ee = e => es = e"))
      return LawVerdict::no(std::move(*witness), "reverse-definite");
    return LawVerdict::unknown(s.why_unknown());
  }
  if (const auto at = moved_from_right(s)) return LawVerdict::no(left_zero_fails(s, *at), "reverse-definite");
  return LawVerdict::yes({}, "reverse-definite");
}

LawVerdict is_generalized_definite(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "ee = e => ese = e"))
      return LawVerdict::no(std::move(*witness), "generalized-definite");
    return LawVerdict::unknown(s.why_unknown());
  }
  try {
    core::Ticker ticker(s.limits(), "local sets");
    for (const Element e : s.maximal_idempotents()) {
      for (const Element m : local_set(s, e, e, ticker)) {
        if (m == e) continue;  // others are eme ≠ e
        return LawVerdict::no(law_witness(s.minimal(), "ee = e => ese = e", {{'e', s.word_of(e)}, {'s', s.word_of(m)}}),
                              "generalized-definite");
      }
    }
  } catch (const core::LimitReached& limit) {
    return LawVerdict::unknown(limit.what());
  }
  return LawVerdict::yes({}, "generalized-definite");
}

LawVerdict is_r_trivial(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "uyz = u => uy = u"))
      return LawVerdict::no(std::move(*witness), "r-trivial");
    return LawVerdict::unknown(s.why_unknown());
  }
  if (auto witness = r_trivial_fails(s)) return LawVerdict::no(std::move(*witness), "r-trivial");
  return LawVerdict::yes({}, "r-trivial");
}

LawVerdict is_l_trivial(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "zyu = u => yu = u"))
      return LawVerdict::no(std::move(*witness), "l-trivial");
    return LawVerdict::unknown(s.why_unknown());
  }
  if (auto witness = l_trivial_fails(s)) return LawVerdict::no(std::move(*witness), "l-trivial");
  return LawVerdict::yes({}, "l-trivial");
}

LawVerdict is_j_trivial(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "uyz = u => uy = u"))
      return LawVerdict::no(std::move(*witness), "piecewise-testable");
    return LawVerdict::unknown(s.why_unknown());
  }
  if (auto witness = r_trivial_fails(s)) return LawVerdict::no(std::move(*witness), "piecewise-testable");
  if (auto witness = l_trivial_fails(s)) return LawVerdict::no(std::move(*witness), "piecewise-testable");
  return LawVerdict::yes({}, "piecewise-testable");
}

LawVerdict is_da(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "szs = s => ss = s")) return LawVerdict::no(std::move(*witness), "da");
    return LawVerdict::unknown(s.why_unknown());
  }
  const GreenRelations& green = s.green();
  for (std::size_t d = 0; d < green.d_classes(); ++d) {
    if (!green.d_class(d).is_regular() || green.d_class(d).idempotents == green.d_class(d).size) continue;
    const auto elements = green.elements_of(d);
    const Element m =
        *std::find_if(elements.begin(), elements.end(), [&](Element n) { return !green.is_idempotent(n); });
    // Every R-class of a regular D-class has an idempotent e; from e = mz follows mzm = em = m.
    const Element e = *std::find_if(elements.begin(), elements.end(), [&](Element n) {
      return green.is_idempotent(n) && green.r_class_of(n) == green.r_class_of(m);
    });
    return LawVerdict::no(law_witness(s.minimal(), "szs = s => ss = s",
                                      {{'s', s.monoid().word_of(m)}, {'z', green.right_multiplier(m, e)}}),
                          "da");
  }
  return LawVerdict::yes({}, "da");
}

LawVerdict is_block_group(const SyntacticSemigroup& s) {
  if (!s.is_known()) return LawVerdict::unknown(s.why_unknown());
  const GreenRelations& green = s.green();
  if (const auto pair = two_idempotents(s, green.r_classes(), [&](Element m) { return green.r_class_of(m); })) {
    return LawVerdict::no(idempotents_fail(s, "ee = e, ff = f, ef = f, fe = e => e = f", *pair), "block-group");
  }
  if (const auto pair = two_idempotents(s, green.l_classes(), [&](Element m) { return green.l_class_of(m); })) {
    return LawVerdict::no(idempotents_fail(s, "ee = e, ff = f, ef = e, fe = f => e = f", *pair), "block-group");
  }
  return LawVerdict::yes({}, "block-group");
}

LawVerdict has_one_idempotent_in_l_classes(const SyntacticSemigroup& s) {
  if (!s.is_known()) return LawVerdict::unknown(s.why_unknown());
  const GreenRelations& green = s.green();
  if (const auto pair = two_idempotents(s, green.l_classes(), [&](Element m) { return green.l_class_of(m); })) {
    return LawVerdict::no(idempotents_fail(s, "ee = e, ff = f, ef = e, fe = f => e = f", *pair),
                          "idempotents-of-l-classes");
  }
  return LawVerdict::yes({}, "idempotents-of-l-classes");
}

}  // namespace eigenmata::algebra
