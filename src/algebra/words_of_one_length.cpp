// SPDX-License-Identifier: Apache-2.0
#include "words_of_one_length.hpp"

#include <algorithm>
#include <vector>

namespace eigenmata::algebra {

std::pair<core::Word, core::Word> words_of_one_length(const SyntacticSemigroup& semigroup, Element from, Element first,
                                                      Element second, const std::function<bool(Element)>& allowed) {
  const TransitionMonoid& monoid = semigroup.monoid();
  core::Ticker ticker(semigroup.limits(), "words of one length");
  std::vector<std::vector<Element>> layers{{from}};  // reached by words of length 0, 1, …; increasing
  std::size_t bytes = 0;
  const auto reached = [&](Element m) { return std::binary_search(layers.back().begin(), layers.back().end(), m); };
  do {
    std::vector<Element> layer;
    for (const Element m : layers.back()) {
      ticker.tick();
      for (std::size_t x = 0; x < monoid.letters(); ++x) {
        const Element next = monoid.right(m, core::symbol(x));
        if (allowed(next)) layer.push_back(next);
      }
    }
    std::sort(layer.begin(), layer.end());
    layer.erase(std::unique(layer.begin(), layer.end()), layer.end());
    bytes += sizeof(layer) + layer.size() * sizeof(Element);
    semigroup.limits().require_memory(bytes, "what words of each length reach");
    layer.shrink_to_fit();
    layers.push_back(std::move(layer));
  } while (!reached(first) || !reached(second));
  const auto word_to = [&](Element target) {
    core::Word word(layers.size() - 1);
    for (std::size_t t = layers.size() - 1; t > 0; --t) {
      for (const Element m : layers[t - 1]) {
        ticker.tick();
        std::size_t x = 0;
        while (x < monoid.letters() && monoid.right(m, core::symbol(x)) != target) ++x;
        if (x == monoid.letters()) continue;
        word[t - 1] = core::symbol(x);
        target = m;
        break;
      }
    }
    return word;
  };
  return {word_to(first), word_to(second)};
}

}  // namespace eigenmata::algebra
