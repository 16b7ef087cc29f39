// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/ends_and_length.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace eigenmata::algebra {
namespace {

/// m is in Me. Cost: O(elements · letters).
std::vector<bool> left_multiples(const SyntacticSemigroup& s, Element e) {
  std::vector<bool> reached(s.monoid().size(), false);
  std::vector<Element> queue{e};
  reached[index(e)] = true;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
      const Element next = s.green().left(queue[i], core::symbol(x));
      if (!reached[index(next)]) queue.push_back(next);
      reached[index(next)] = true;
    }
  }
  return reached;
}

/// The greatest common divisor of the lengths of the words that lead from e to e.
std::uint64_t period_of_r_class(const SyntacticSemigroup& s, Element e) {
  const GreenRelations& green = s.green();
  std::unordered_map<std::size_t, std::uint64_t> distance{{index(e), 0}};
  std::vector<Element> queue{e};
  std::uint64_t period = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::uint64_t next_distance = distance.at(index(queue[i])) + 1;
    for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
      const Element next = s.monoid().right(queue[i], core::symbol(x));
      if (green.r_class_of(next) != green.r_class_of(e)) continue;
      const auto [at, is_new] = distance.try_emplace(index(next), next_distance);
      if (is_new) queue.push_back(next);
      period = std::gcd(period, std::max(next_distance, at->second) - std::min(next_distance, at->second));
    }
  }
  return period;
}

/// Breadth first over (e·u, |u| modulo m): for each such pair a shortest u.
class WalksModulo {
 public:
  WalksModulo(const SyntacticSemigroup& s, Element e, std::uint64_t modulus, core::Ticker& ticker)
      : s_(s), modulus_(modulus) {
    s.limits().require_memory(s.monoid().size() * modulus * sizeof(std::uint64_t), "walks through the monoid");
    from_.assign(s.monoid().size() * modulus, kUnseen);
    queue_.push_back(node(e, 0));
    from_[queue_[0]] = kStart;
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      ticker.tick(s.monoid().letters());
      const auto [m, length] = parts(queue_[i]);
      for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
        const std::size_t next = node(s.monoid().right(m, core::symbol(x)), (length + 1) % modulus);
        if (from_[next] != kUnseen) continue;
        from_[next] = queue_[i] * s.monoid().letters() + x;
        queue_.push_back(next);
      }
    }
  }

  /// Two nodes with elements of `local` that differ, and equal lengths; nothing if there are none.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> collision(const std::vector<bool>& local) const {
    std::vector<std::optional<std::size_t>> first(modulus_);
    for (const std::size_t at : queue_) {
      const auto [m, length] = parts(at);
      if (!local[index(m)]) continue;
      if (!first[length]) first[length] = at;
      if (parts(*first[length]).first != m) return std::make_pair(*first[length], at);
    }
    return std::nullopt;
  }

  [[nodiscard]] core::Word word_to(std::size_t at) const {
    core::Word word;
    for (; from_[at] != kStart; at = from_[at] / s_.monoid().letters())
      word.push_back(core::symbol(from_[at] % s_.monoid().letters()));
    std::reverse(word.begin(), word.end());
    return word;
  }
  [[nodiscard]] std::pair<Element, std::uint64_t> parts(std::size_t at) const {
    return {element(at / modulus_), at % modulus_};
  }

 private:
  static constexpr std::size_t kUnseen = SIZE_MAX;
  static constexpr std::size_t kStart = SIZE_MAX - 1;

  [[nodiscard]] std::size_t node(Element m, std::uint64_t length) const { return index(m) * modulus_ + length; }

  const SyntacticSemigroup& s_;
  std::uint64_t modulus_;
  std::vector<std::size_t> from_;  // [node]: the node before, and the letter
  std::vector<std::size_t> queue_;
};

/// Words of one length that lead from e to the two elements, which has to exist. Layer by layer: the elements reached
/// by words of each length.
std::pair<core::Word, core::Word> words_of_one_length(const SyntacticSemigroup& s, Element e, Element g, Element h) {
  const std::size_t letters = s.monoid().letters();
  std::vector<std::vector<Element>> layers{{e}};
  const auto reached = [&](Element m) { return std::binary_search(layers.back().begin(), layers.back().end(), m); };
  std::size_t bytes = 0;
  while (!reached(g) || !reached(h)) {
    s.limits().poll();
    std::vector<Element> layer;
    for (const Element m : layers.back()) {
      for (std::size_t x = 0; x < letters; ++x) layer.push_back(s.monoid().right(m, core::symbol(x)));
    }
    std::sort(layer.begin(), layer.end());
    layer.erase(std::unique(layer.begin(), layer.end()), layer.end());
    bytes += layer.size() * sizeof(Element);
    s.limits().require_memory(bytes, "words of one length");
    layers.push_back(std::move(layer));
  }
  const auto word_to = [&](Element target) {
    core::Word word(layers.size() - 1);
    for (std::size_t t = layers.size() - 1; t > 0; --t) {
      for (const Element m : layers[t - 1]) {
        std::size_t x = 0;
        while (x < letters && s.monoid().right(m, core::symbol(x)) != target) ++x;
        if (x == letters) continue;
        word[t - 1] = core::symbol(x);
        target = m;
        break;
      }
    }
    return word;
  };
  return {word_to(g), word_to(h)};
}

std::string law_for(std::uint64_t modulus) {
  if (modulus == 0) return "ee = e, |u| = |v| => eue = eve";
  if (modulus == 1) return "ee = e => eue = eve";
  return "ee = e, |u| = |v| mod " + std::to_string(modulus) + " => eue = eve";
}

}  // namespace

LawVerdict is_decided_by_ends_and_length(const SyntacticSemigroup& s, std::uint64_t modulus) {
  if (!s.is_known()) return LawVerdict::unknown(s.why_unknown());
  try {
    core::Ticker ticker(s.limits(), "comparing ends and lengths");
    for (const Element e : s.maximal_idempotents()) {
      const WalksModulo walks(s, e, modulus == 0 ? period_of_r_class(s, e) : modulus, ticker);
      // The elements of eMe: those of eM that are in Me. A word of e as long as a multiple of m makes the lengths
      // right.
      const auto collision = walks.collision(left_multiples(s, e));
      if (!collision) continue;
      core::Word u = walks.word_to(collision->first);
      core::Word v = walks.word_to(collision->second);
      if (modulus == 0) {
        std::tie(u, v) =
            words_of_one_length(s, e, walks.parts(collision->first).first, walks.parts(collision->second).first);
      }
      return LawVerdict::no(law_witness(s.minimal(), law_for(modulus), {{'e', s.word_of(e)}, {'u', u}, {'v', v}}),
                            "ends-and-length");
    }
  } catch (const core::LimitReached& limit) {
    return LawVerdict::unknown(limit.what());
  }
  return LawVerdict::yes({}, "ends-and-length");
}

}  // namespace eigenmata::algebra
