// SPDX-License-Identifier: Apache-2.0
#include "local_sets.hpp"

#include <algorithm>
#include <cassert>

namespace eigenmata::algebra {
namespace {

/// The vertices that can be reached from one, itself included.
template <class Step>
std::vector<Element> reached_from(Element start, std::size_t elements, std::size_t letters, core::Ticker& ticker,
                                  Step step) {
  std::vector<bool> seen(elements, false);
  std::vector<Element> queue{start};
  seen[index(start)] = true;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    ticker.tick();
    for (std::size_t x = 0; x < letters; ++x) {
      const Element next = step(queue[i], core::symbol(x));
      if (!seen[index(next)]) queue.push_back(next);
      seen[index(next)] = true;
    }
  }
  std::sort(queue.begin(), queue.end());
  return queue;
}

}  // namespace

std::vector<Element> local_set(const SyntacticSemigroup& s, Element e, Element f, core::Ticker& ticker) {
  assert(s.contains(e) && s.contains(f));
  const TransitionMonoid& monoid = s.monoid();
  const auto right = [&](Element m, core::Symbol x) { return monoid.right(m, x); };
  const auto left = [&](Element m, core::Symbol x) { return s.green().left(m, x); };
  const std::vector<Element> of_e = reached_from(e, monoid.size(), monoid.letters(), ticker, right);
  const std::vector<Element> of_f = reached_from(f, monoid.size(), monoid.letters(), ticker, left);
  std::vector<Element> both;
  std::set_intersection(of_e.begin(), of_e.end(), of_f.begin(), of_f.end(), std::back_inserter(both));
  return both;
}

}  // namespace eigenmata::algebra
