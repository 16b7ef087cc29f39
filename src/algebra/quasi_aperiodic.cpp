// SPDX-License-Identifier: Apache-2.0
//
// Quasi-aperiodic languages, those in AC⁰ [BarringtonEtAl1992]: the argument is in varieties.hpp.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/algebra/varieties.hpp"
#include "r_class_distances.hpp"
#include "words_of_one_length.hpp"

namespace eigenmata::algebra {
namespace {

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
          return words_of_one_length(s, e, e, g, [&](Element m) { return green.r_class_of(m) == green.r_class_of(e); });
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
