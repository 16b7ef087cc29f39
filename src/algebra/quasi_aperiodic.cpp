// SPDX-License-Identifier: Apache-2.0
//
// Quasi-aperiodic languages, those in AC⁰ [BarringtonEtAl1992]: the argument is in varieties.hpp.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/algebra/varieties.hpp"
#include "r_class_distances.hpp"

namespace eigenmata::algebra {
namespace {

/// Non-empty words of one length that lead from e to e and to g inside their R-class. Such words exist if the distance
/// from e to g is a multiple of the period. Cost: that length times the edges of the R-class, and four bytes for each
/// element reached by each length. Throws `core::LimitReached`.
std::pair<core::Word, core::Word> words_of_one_length(const SyntacticSemigroup& s, Element e, Element g) {
  const GreenRelations& green = s.green();
  core::Ticker ticker(s.limits(), "words of one length");
  std::vector<std::vector<Element>> layers{{e}};  // reached by words of length 0, 1, …; increasing
  std::size_t bytes = 0;
  const auto reached = [&](Element m) { return std::binary_search(layers.back().begin(), layers.back().end(), m); };
  do {
    std::vector<Element> layer;
    for (const Element m : layers.back()) {
      ticker.tick();
      for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
        const Element next = s.monoid().right(m, core::symbol(x));
        if (green.r_class_of(next) == green.r_class_of(e)) layer.push_back(next);
      }
    }
    std::sort(layer.begin(), layer.end());
    layer.erase(std::unique(layer.begin(), layer.end()), layer.end());
    bytes += sizeof(layer) + layer.size() * sizeof(Element);
    s.limits().require_memory(bytes, "what words of each length reach");
    layer.shrink_to_fit();
    layers.push_back(std::move(layer));
  } while (!reached(e) || !reached(g));
  const auto word_to = [&](Element target) {
    core::Word word;
    for (std::size_t t = layers.size() - 1; t > 0; --t) {
      const auto step_before = [&]() -> std::pair<Element, core::Symbol> {
        for (const Element m : layers[t - 1]) {
          ticker.tick();
          for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
            if (s.monoid().right(m, core::symbol(x)) == target) return {m, core::symbol(x)};
          }
        }
        return {};  // not reached
      }();
      word.push_back(step_before.second);
      target = step_before.first;
    }
    std::reverse(word.begin(), word.end());
    return word;
  };
  return {word_to(e), word_to(g)};
}

/// A group of more than one element made by words of one length, as a failing law. Throws `core::LimitReached`.
std::optional<LawWitness> quasi_aperiodic_fails(const SyntacticSemigroup& s) {
  const GreenRelations& green = s.green();
  core::Ticker ticker(s.limits(), "lengths of words of a group");
  for (const Element e : s.idempotent_representatives()) {
    const std::size_t d = green.d_class_of(e);
    if (green.d_class(d).h_size == 1) continue;
    const RClassDistances known = distances_from(s, e, ticker);
    for (const Element g : green.elements_of(d)) {
      if (g == e || green.h_class_of(g) != green.h_class_of(e)) continue;
      if (known.from_e.at(index(g)) % known.period != 0) continue;
      const auto [back, there] = [&] {
        try {
          return words_of_one_length(s, e, g);
        } catch (const core::LimitReached& limit) {
          throw core::LimitReached(limit.kind(), std::string("there is a group of words of one length, but the witness "
                                                             "is beyond the limits: ") +
                                                     limit.what());
        }
      }();
      core::Word word_of_e = s.word_of(e);
      core::Word word_of_g = word_of_e;
      word_of_e.insert(word_of_e.end(), back.begin(), back.end());
      word_of_g.insert(word_of_g.end(), there.begin(), there.end());
      return law_witness(s.minimal(), "ee = e, eg = g, ge = g, gh = e, |e| = |g| => g = e",
                         {{'e', word_of_e}, {'g', word_of_g}, {'h', green.right_multiplier(g, e)}});
    }
  }
  return std::nullopt;
}

}  // namespace

LawVerdict is_quasi_aperiodic(const SyntacticSemigroup& s) {
  if (!s.is_known()) return LawVerdict::unknown(s.why_unknown());
  try {
    if (auto witness = quasi_aperiodic_fails(s)) return LawVerdict::no(std::move(*witness), "quasi-aperiodic");
  } catch (const core::LimitReached& limit) {
    return LawVerdict::unknown(limit.what());
  }
  return LawVerdict::yes({}, "quasi-aperiodic");
}

}  // namespace eigenmata::algebra
