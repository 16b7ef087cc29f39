// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/language_properties.hpp"

#include <cassert>
#include <vector>

#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/words.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;

/// The points on cycles of a map.
std::vector<bool> cyclic_points(const Transformation& map) {
  // The image of a high power consists of them.
  std::vector<std::size_t> preimages(map.degree(), 0);
  for (const Point y : map.images()) ++preimages[y];
  std::vector<Point> leaves;
  for (Point x = 0; x < map.degree(); ++x) {
    if (preimages[x] == 0) leaves.push_back(x);
  }
  std::vector<bool> cyclic(map.degree(), true);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    cyclic[leaves[i]] = false;
    const Point y = map.image_of(leaves[i]);
    if (--preimages[y] == 0) leaves.push_back(y);
  }
  return cyclic;
}

Dfa started_at(const Dfa& dfa, State q) { return {dfa.alphabet(), q, dfa.accepting(), dfa.table()}; }

/// f^exponent for exponent ≥ 1, by repeated squaring.
Transformation power_of(Transformation f, std::uint64_t exponent) {
  Transformation result = Transformation::identity(f.degree());
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) result = result * f;
    if (exponent > 1) f = f * f;
  }
  return result;
}

/// Least period of a cyclic sequence of bits.
std::uint64_t least_period(const std::vector<bool>& bits) {
  for (std::size_t p = 1; p < bits.size(); ++p) {
    if (bits.size() % p != 0) continue;
    bool fits = true;
    for (std::size_t i = 0; fits && i < bits.size(); ++i) fits = bits[i] == bits[(i + p) % bits.size()];
    if (fits) return p;
  }
  return bits.size();
}

}  // namespace

PeriodWitness period_witness(const Dfa& minimal, const core::Word& repeat, std::uint64_t allowed) {
  const Transformation map = word_map(minimal, repeat);
  const Transformation step = power_of(map, allowed);
  std::vector<bool> moved = cyclic_points(map);
  for (Point x = 0; x < map.degree(); ++x) moved[x] = moved[x] && step.image_of(x) != x;
  const auto prefix = automata::shortest_accepted(Dfa(minimal.alphabet(), minimal.initial(), moved, minimal.table()));
  assert(prefix.has_value());  // minimal, so every state is reachable
  const State start = minimal.run(minimal.initial(), *prefix);
  const State next = automata::state(step.image_of(static_cast<Point>(index(start))));
  const auto difference = automata::equal(started_at(minimal, start), started_at(minimal, next));
  assert(difference.is_no());  // minimal, so different states differ
  const core::Word& suffix = difference.witness();
  std::vector<bool> bits;
  Point x = static_cast<Point>(index(start));
  do {
    bits.push_back(minimal.is_accepting(minimal.run(automata::state(x), suffix)));
    x = map.image_of(x);
  } while (x != index(start));
  return {*prefix, repeat, suffix, least_period(bits)};
}

core::Verdict<core::NoEvidence, PeriodWitness> is_aperiodic(const Dfa& minimal, const TransitionMonoid& monoid,
                                                            const core::Limits& limits) {
  using Result = core::Verdict<core::NoEvidence, PeriodWitness>;
  try {
    if (const auto periodic = monoid.first_periodic(limits)) {
      return Result::no(period_witness(minimal, monoid.word_of(*periodic)), "schutzenberger");
    }
  } catch (const core::LimitReached& limit) {
    return Result::unknown(limit.what());
  }
  if (!monoid.is_complete()) {
    return Result::unknown("no period among the first " + std::to_string(monoid.size()) + " elements; " +
                           monoid.stopped_by());
  }
  return Result::yes({}, "schutzenberger");
}

core::Verdict<core::NoEvidence, PeriodWitness> is_aperiodic(const Dfa& minimal, const ImageOrbit& images) {
  using Result = core::Verdict<core::NoEvidence, PeriodWitness>;
  if (const auto word = images.periodic_word()) return Result::no(period_witness(minimal, *word), "schutzenberger");
  return Result::yes({}, "schutzenberger");
}

core::Verdict<core::NoEvidence, core::Symbol> is_group(const Dfa& minimal) {
  using Result = core::Verdict<core::NoEvidence, core::Symbol>;
  const std::vector<Transformation> maps = letter_maps(minimal);
  for (std::size_t x = 0; x < maps.size(); ++x) {
    if (!maps[x].is_permutation()) return Result::no(core::symbol(x), "group-letters");
  }
  return Result::yes({}, "group-letters");
}

core::Verdict<core::NoEvidence, std::pair<core::Symbol, core::Symbol>> is_commutative(const Dfa& minimal) {
  using Result = core::Verdict<core::NoEvidence, std::pair<core::Symbol, core::Symbol>>;
  const std::size_t letters = minimal.letters();
  for (std::size_t x = 0; x < letters; ++x) {
    for (std::size_t y = x + 1; y < letters; ++y) {
      const core::Symbol a = core::symbol(x);
      const core::Symbol b = core::symbol(y);
      for (std::size_t q = 0; q < minimal.states(); ++q) {
        const State from = automata::state(q);
        if (minimal.step(minimal.step(from, a), b) != minimal.step(minimal.step(from, b), a)) {
          return Result::no({a, b}, "commuting-letters");
        }
      }
    }
  }
  return Result::yes({}, "commuting-letters");
}

}  // namespace eigenmata::algebra
