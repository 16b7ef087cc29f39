// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/ends_and_length.hpp"

#include <algorithm>
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

}  // namespace

LawVerdict is_decided_by_ends_and_length(const SyntacticSemigroup& s, std::uint64_t modulus) {
  if (!s.is_known()) return LawVerdict::unknown(s.why_unknown());
  try {
    core::Ticker ticker(s.limits(), "comparing ends and lengths");
    for (const Element e : s.maximal_idempotents()) {
      const WalksModulo walks(s, e, modulus == 0 ? distances_from(s, e, ticker).period : modulus, ticker);
      // If e·u is in eSe, it is eue; and words of e as long as a multiple of m leave lengths as they are.
      const auto collision = walks.collision(local_set(s, e, e, ticker));
      if (!collision) continue;
      core::Word u = walks.word_to(collision->first);
      core::Word v = walks.word_to(collision->second);
      if (modulus == 0) {
        std::tie(u, v) = words_of_one_length(s, e, walks.parts(collision->first).first,
                                             walks.parts(collision->second).first, [](Element /*m*/) { return true; });
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
