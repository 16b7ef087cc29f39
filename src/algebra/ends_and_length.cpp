// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/ends_and_length.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "local_sets.hpp"
#include "r_class_distances.hpp"
#include "words_of_one_length.hpp"

namespace eigenmata::algebra {
namespace {

/// Breadth first over (e·u, |u| modulo m): for each such pair a shortest u.
class WalksModulo {
 public:
  WalksModulo(const SyntacticSemigroup& s, Element e, std::uint64_t modulus, core::Ticker& ticker)
      : s_(s), modulus_(modulus) {
    s.limits().require_memory(s.monoid().size() * modulus * sizeof(std::size_t), "walks through the monoid");
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

  /// Would its table, and what is reached, be of a size that the limit on memory allows?
  static bool fits(const SyntacticSemigroup& s, std::uint64_t modulus) {
    return modulus <= s.limits().memory_bytes / (2 * sizeof(std::size_t) * s.monoid().size());
  }

  /// Two nodes with elements of `local` (increasing) that differ, and equal lengths; nothing if there are none.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> collision(const std::vector<Element>& local) const {
    std::vector<std::optional<std::size_t>> first(modulus_);
    for (const std::size_t at : queue_) {
      const auto [m, length] = parts(at);
      if (!std::binary_search(local.begin(), local.end(), m)) continue;
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

std::string law_for(std::uint64_t modulus) {
  if (modulus == 0) return "ee = e, |u| = |v| => eue = eve";
  if (modulus == 1) return "ee = e => eue = eve";
  return "ee = e, |u| = |v| mod " + std::to_string(modulus) + " => eue = eve";
}

constexpr std::size_t kSmall = std::size_t{1} << 24;  ///< nodes of walks that are made without looking for less

/// Words for which the law fails at some e.
struct Failing {
  core::Word u;
  core::Word v;
};

/// Whether the law fails at e. Loops at e have all large multiples of the period d as their lengths, and may stand
/// before u and v: so lengths matter modulo gcd(d, m) only, and m itself may be large. Words that show it have to have
/// lengths that are equal modulo m, though.
std::optional<Failing> failing_at(const SyntacticSemigroup& s, Element e, std::uint64_t modulus, core::Ticker& ticker) {
  const std::vector<Element> local = local_set(s, e, e, ticker);
  const std::uint64_t period = distances_from(s, e, ticker).period;
  const WalksModulo walks(s, e, std::gcd(period, modulus), ticker);
  // If e·u is in eSe, it is eue; and words of e as long as a multiple of m leave lengths as they are.
  const auto collision = walks.collision(local);
  if (!collision) return std::nullopt;
  const auto words = [](const WalksModulo& of, const auto& found) {
    return Failing{of.word_to(found.first), of.word_to(found.second)};
  };
  if (modulus != 0 && period % modulus == 0) return words(walks, *collision);
  const auto shortest = [&] {
    const WalksModulo longer(s, e, modulus, ticker);
    return words(longer, longer.collision(local).value());
  };
  if (modulus != 0 && modulus <= kSmall / s.monoid().size()) return shortest();
  const WalksModulo by_period(s, e, period, ticker);
  if (const auto found = by_period.collision(local)) {
    auto [u, v] = words_of_one_length(s, e, by_period.parts(found->first).first, by_period.parts(found->second).first,
                                      [](Element /*m*/) { return true; });
    return Failing{std::move(u), std::move(v)};
  }
  if (WalksModulo::fits(s, modulus)) return shortest();
  throw core::LimitReached(core::LimitReached::Kind::kSize,
                           "the law " + law_for(modulus) +
                               " fails, since lengths that differ by that modulus differ modulo " +
                               std::to_string(period) + ", but the words that show it may be too long to be listed");
}

}  // namespace

LawVerdict is_decided_by_ends_and_length(const SyntacticSemigroup& s, std::uint64_t modulus) {
  if (!s.is_known()) return LawVerdict::unknown(s.why_unknown());
  try {
    core::Ticker ticker(s.limits(), "comparing ends and lengths");
    for (const Element e : s.maximal_idempotents()) {
      auto failing = failing_at(s, e, modulus, ticker);
      if (!failing) continue;
      return LawVerdict::no(
          law_witness(s.minimal(), law_for(modulus), {{'e', s.word_of(e)}, {'u', failing->u}, {'v', failing->v}}),
          "ends-and-length");
    }
  } catch (const core::LimitReached& limit) {
    return LawVerdict::unknown(limit.what());
  }
  return LawVerdict::yes({}, "ends-and-length");
}

}  // namespace eigenmata::algebra
