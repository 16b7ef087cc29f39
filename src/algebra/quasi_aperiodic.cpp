// SPDX-License-Identifier: Apache-2.0
//
// Quasi-aperiodic languages, those in AC⁰ [BarringtonEtAl1992]: the argument is in varieties.hpp.
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <unordered_map>
#include <vector>

#include "eigenmata/algebra/varieties.hpp"

namespace eigenmata::algebra {
namespace {

/// Distances from e in its R-class, and the greatest common divisor of the lengths of its cycles.
struct Distances {
  std::unordered_map<std::size_t, std::uint64_t> from_e;
  std::uint64_t period = 0;
};

Distances distances(const SyntacticSemigroup& s, Element e) {
  const GreenRelations& green = s.green();
  Distances result;
  std::vector<Element> queue{e};
  result.from_e[index(e)] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::uint64_t next_distance = result.from_e.at(index(queue[i])) + 1;
    for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
      const Element next = s.monoid().right(queue[i], core::symbol(x));
      if (green.r_class_of(next) != green.r_class_of(e)) continue;
      const auto [at, is_new] = result.from_e.try_emplace(index(next), next_distance);
      if (is_new) queue.push_back(next);
      // An edge that closes no shorter path: its two ways differ in length by a multiple of the period.
      const std::uint64_t other = at->second;
      result.period = std::gcd(result.period, std::max(next_distance, other) - std::min(next_distance, other));
    }
  }
  return result;
}

/// Non-empty words of one length that lead from e to e and to g inside their R-class. Such words exist if the distance
/// from e to g is a multiple of the period. Cost: that length times the edges of the R-class.
std::pair<core::Word, core::Word> words_of_one_length(const SyntacticSemigroup& s, Element e, Element g) {
  const GreenRelations& green = s.green();
  std::vector<std::vector<Element>> layers{{e}};  // reached by words of length 0, 1, …; increasing
  const auto reached = [&](Element m) { return std::binary_search(layers.back().begin(), layers.back().end(), m); };
  do {
    std::vector<Element> layer;
    for (const Element m : layers.back()) {
      for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
        const Element next = s.monoid().right(m, core::symbol(x));
        if (green.r_class_of(next) == green.r_class_of(e)) layer.push_back(next);
      }
    }
    std::sort(layer.begin(), layer.end());
    layer.erase(std::unique(layer.begin(), layer.end()), layer.end());
    layers.push_back(std::move(layer));
  } while (!reached(e) || !reached(g));
  const auto word_to = [&](Element target) {
    core::Word word;
    for (std::size_t t = layers.size() - 1; t > 0; --t) {
      const auto step_before = [&]() -> std::pair<Element, core::Symbol> {
        for (const Element m : layers[t - 1]) {
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

}  // namespace

LawVerdict is_quasi_aperiodic(const SyntacticSemigroup& s) {
  if (!s.is_known()) return LawVerdict::unknown(s.why_unknown());
  const GreenRelations& green = s.green();
  for (const Element e : s.idempotent_representatives()) {
    const std::size_t d = green.d_class_of(e);
    if (green.d_class(d).h_size == 1) continue;
    const Distances known = distances(s, e);
    for (const Element g : green.elements_of(d)) {
      if (g == e || green.h_class_of(g) != green.h_class_of(e)) continue;
      if (known.from_e.at(index(g)) % known.period != 0) continue;
      const auto [back, there] = words_of_one_length(s, e, g);
      core::Word word_of_e = s.word_of(e);
      core::Word word_of_g = word_of_e;
      word_of_e.insert(word_of_e.end(), back.begin(), back.end());
      word_of_g.insert(word_of_g.end(), there.begin(), there.end());
      return LawVerdict::no(law_witness(s.minimal(), "ee = e, eg = g, ge = g, gh = e, |e| = |g| => g = e",
                                        {{'e', word_of_e}, {'g', word_of_g}, {'h', green.right_multiplier(g, e)}}),
                            "quasi-aperiodic");
    }
  }
  return LawVerdict::yes({}, "quasi-aperiodic");
}

}  // namespace eigenmata::algebra
