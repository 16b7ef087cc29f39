// SPDX-License-Identifier: Apache-2.0
//
// Locally testable and locally threshold testable languages: see varieties.hpp.
#include <algorithm>
#include <unordered_map>
#include <vector>

#include "eigenmata/algebra/varieties.hpp"
#include "laws.hpp"
#include "local_sets.hpp"

namespace eigenmata::algebra {
namespace {

/// The elements that the letters make.
std::vector<Element> letters(const TransitionMonoid& monoid) {
  std::vector<Element> made;
  for (std::size_t x = 0; x < monoid.letters(); ++x) made.push_back(monoid.right(element(0), core::symbol(x)));
  return made;
}

/// One element for each D-class among these that is not below another.
std::vector<Element> maximal_of(const SyntacticSemigroup& s, const std::vector<Element>& set,
                                const std::vector<std::vector<std::size_t>>& steps_down) {
  std::vector<std::size_t> classes;
  for (const Element m : set) classes.push_back(s.green().d_class_of(m));
  std::vector<bool> left_out = strictly_below(steps_down, classes);
  std::vector<Element> maximal;
  for (const Element m : set) {
    const std::size_t d = s.green().d_class_of(m);
    if (!left_out[d]) maximal.push_back(m);
    left_out[d] = true;
  }
  return maximal;
}

/// A group of more than one element, as a failing law.
std::optional<LawWitness> aperiodic_fails(const SyntacticSemigroup& s) {
  const GreenRelations& green = s.green();
  for (std::size_t d = 0; d < green.d_classes(); ++d) {
    if (!green.d_class(d).is_regular() || green.d_class(d).h_size == 1) continue;
    const Element e = green.idempotents_of(d)[0];
    for (const Element g : green.elements_of(d)) {
      if (g == e || green.h_class_of(g) != green.h_class_of(e)) continue;
      return law_witness(s.minimal(), "ee = e, eg = g, ge = g, gh = e => g = e",
                         {{'e', s.word_of(e)}, {'g', s.word_of(g)}, {'h', green.right_multiplier(g, e)}});
    }
  }
  return std::nullopt;
}

/// p, q, r with pqr ≠ rqp, for p, r in `there` and q in `back`. Throws `core::LimitReached`.
std::optional<std::vector<Element>> not_exchangeable(const SyntacticSemigroup& s, const std::vector<Element>& there,
                                                     const std::vector<Element>& back, core::Ticker& ticker) {
  std::vector<core::Word> words;
  std::size_t bytes = 0;
  for (const Element p : there) {
    words.push_back(s.monoid().word_of(p));
    ticker.tick(words.back().size());
    bytes += sizeof(core::Word) + words.back().size() * sizeof(core::Symbol);
    s.limits().require_memory(bytes, "the words of a local set");
  }
  for (const Element q : back) {
    const core::Word word_of_q = s.monoid().word_of(q);
    std::vector<Element> through;
    for (const Element p : there) {
      ticker.tick(word_of_q.size());
      through.push_back(s.product(p, word_of_q));
    }
    for (std::size_t i = 0; i < there.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        ticker.tick(words[i].size() + words[j].size());
        if (s.product(through[i], words[j]) != s.product(through[j], words[i])) {
          return std::vector<Element>{there[j], q, there[i]};
        }
      }
    }
  }
  return std::nullopt;
}

/// Local monoids that are no semilattices: the law that fails. Throws `core::LimitReached`.
std::optional<LawWitness> semilattices_fail(const SyntacticSemigroup& s) {
  core::Ticker ticker(s.limits(), "local sets");
  for (const Element e : s.maximal_idempotents()) {
    const std::vector<Element> local = local_set(s, e, e, ticker);
    for (const Element m : local) {
      if (s.green().is_idempotent(m)) continue;
      return law_witness(s.minimal(), "ee = e => esese = ese", {{'e', s.word_of(e)}, {'s', s.word_of(m)}});
    }
    std::unordered_map<std::size_t, Element> by_d_class;
    for (const Element m : local) {
      const auto [at, is_new] = by_d_class.try_emplace(s.green().d_class_of(m), m);
      if (is_new) continue;
      // Different idempotents a, b of one D-class of a monoid of idempotents do not commute, since a = aba, b = bab.
      return law_witness(s.minimal(), "ee = e => esete = etese",
                         {{'e', s.word_of(e)}, {'s', s.word_of(at->second)}, {'t', s.word_of(m)}});
    }
  }
  return std::nullopt;
}

}  // namespace

LawVerdict is_locally_testable(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "ee = e => esese = ese"))
      return LawVerdict::no(std::move(*witness), "locally-testable");
    return LawVerdict::unknown(s.why_unknown());
  }
  try {
    if (auto witness = semilattices_fail(s)) return LawVerdict::no(std::move(*witness), "locally-testable");
  } catch (const core::LimitReached& limit) {
    return LawVerdict::unknown(limit.what());
  }
  return LawVerdict::yes({}, "locally-testable");
}

LawVerdict is_locally_threshold_testable(const SyntacticSemigroup& s) {
  if (!s.is_known()) {
    if (auto witness = broken_by_period(s, "ee = e, eg = g, ge = g, gh = e => g = e"))
      return LawVerdict::no(std::move(*witness), "locally-threshold-testable");
    return LawVerdict::unknown(s.why_unknown());
  }
  if (auto witness = aperiodic_fails(s)) return LawVerdict::no(std::move(*witness), "locally-threshold-testable");
  const std::vector<Element> idempotents = s.maximal_idempotents();
  const std::vector<std::vector<std::size_t>> steps_down = s.green().steps_down();
  core::Ticker ticker(s.limits(), "comparing products");
  const auto failing = [&](Element e, Element f, const std::vector<Element>& pqr) {
    return LawVerdict::no(law_witness(s.minimal(), "ee = e, ff = f => epfqerf = erfqepf",
                                      {{'e', s.word_of(e)},
                                       {'f', s.word_of(f)},
                                       {'p', s.word_of(pqr[0])},
                                       {'q', s.word_of(pqr[1])},
                                       {'r', s.word_of(pqr[2])}}),
                          "locally-threshold-testable");
  };
  try {
    for (const Element e : idempotents) {
      const std::vector<Element> local = index(e) == 0 ? letters(s.monoid()) : local_set(s, e, e, ticker);
      if (const auto pqr = not_exchangeable(s, local, {e}, ticker)) return failing(e, e, *pqr);
    }
    for (const Element e : idempotents) {
      for (const Element f : idempotents) {
        if (e == f) continue;
        const std::vector<Element> there = maximal_of(s, local_set(s, e, f, ticker), steps_down);
        const std::vector<Element> back = maximal_of(s, local_set(s, f, e, ticker), steps_down);
        if (const auto pqr = not_exchangeable(s, there, back, ticker)) return failing(e, f, *pqr);
      }
    }
  } catch (const core::LimitReached& limit) {
    return LawVerdict::unknown(limit.what());
  }
  return LawVerdict::yes({}, "locally-threshold-testable");
}

}  // namespace eigenmata::algebra
