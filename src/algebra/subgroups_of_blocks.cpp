// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/subgroups_of_blocks.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "eigenmata/core/error.hpp"
#include "r_class_distances.hpp"
#include "stabiliser_chain.hpp"

namespace eigenmata::algebra {
namespace {

constexpr std::uint64_t kMostLetters = 100'000;  // of a word that is repeated because elements are not all known

void require_positive(std::uint64_t m) {
  if (m == 0) throw core::Error("blocks of 0 letters; a block has at least one");
}

/// The elements of H_e that are made by words of a length divisible by m, e included.
std::vector<Element> made_by_blocks(const SyntacticSemigroup& s, Element e, std::uint64_t m, core::Ticker& ticker) {
  const RClassDistances known = distances_from(s, e, ticker);
  const std::uint64_t step = std::gcd(known.period, m);
  std::vector<Element> made;
  for (const Element g : s.green().elements_of(s.green().d_class_of(e))) {
    if (s.green().h_class_of(g) == s.green().h_class_of(e) && known.from_e.at(index(g)) % step == 0) made.push_back(g);
  }
  return made;
}

/// A shortest word of a length divisible by m that begins with the word of e and makes one of these, which are
/// increasing and can be made so. Breadth first over pairs of an element of the R-class and a length modulo m.
core::Word shortest_word(const SyntacticSemigroup& s, Element e, const std::vector<Element>& targets, std::uint64_t m,
                         core::Ticker& ticker) {
  struct Step {
    Element reached;
    std::uint64_t length;  // modulo m
    std::size_t before;
    core::Symbol letter;
  };
  const GreenRelations& green = s.green();
  core::Word word = s.word_of(e);
  if (m > UINT32_MAX) {
    throw core::LimitReached(core::LimitReached::Kind::kSize, "blocks of more than 2^32 letters");
  }
  std::vector<Step> queue{{e, word.size() % m, 0, {}}};
  std::unordered_set<std::uint64_t> seen{index(e) * m + queue[0].length};
  std::size_t at = 0;
  const auto is_target = [&](const Step& step) {
    return step.length == 0 && std::binary_search(targets.begin(), targets.end(), step.reached);
  };
  for (; !is_target(queue[at]); ++at) {
    ticker.tick();
    const Step from = queue[at];
    const std::uint64_t length = (from.length + 1) % m;
    for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
      const Element next = s.monoid().right(from.reached, core::symbol(x));
      if (green.r_class_of(next) != green.r_class_of(e)) continue;
      if (seen.insert(index(next) * m + length).second) queue.push_back({next, length, at, core::symbol(x)});
    }
    s.limits().require_memory(queue.capacity() * sizeof(Step) + seen.size() * 48, "words of blocks");
  }
  core::Word rest;
  for (; at != 0; at = queue[at].before) rest.push_back(queue[at].letter);
  word.insert(word.end(), rest.rbegin(), rest.rend());
  return word;
}

/// The group of these elements of H_e, on the image of e.
BlockSubgroup subgroup_of(const SyntacticSemigroup& s, Element e, const std::vector<Element>& elements) {
  const Transformation map_of_e = s.monoid().map_of(e);
  std::vector<Point> points;
  std::vector<Point> position(map_of_e.degree());
  for (Point x = 0; x < map_of_e.degree(); ++x) {
    if (map_of_e.image_of(x) != x) continue;
    position[x] = static_cast<Point>(points.size());
    points.push_back(x);
  }
  auto chain = std::make_shared<StabiliserChain>(points.size());
  std::vector<Transformation> generators;
  const auto found = [&] {
    std::size_t order = 1;
    for (const auto& level : chain->levels()) order *= level.orbit.size();
    return order;
  };
  for (std::size_t i = 0; i < elements.size() && found() < elements.size(); ++i) {
    const Transformation map = s.monoid().map_of(elements[i]);
    Images images;
    for (const Point x : points) images.push_back(position[map.image_of(x)]);
    if (chain->insert(images, s.limits())) generators.emplace_back(std::move(images));
  }
  return {e, std::move(points), PermutationGroup(std::move(generators), std::move(chain)), {}};
}

/// Calls visit(e, elements) with the elements that blocks make of H_e, for one e of each regular D-class with groups;
/// stops when it returns true.
template <class Visit>
void for_each_group(const SyntacticSemigroup& s, std::uint64_t m, core::Ticker& ticker, Visit visit) {
  for (const Element e : s.idempotent_representatives()) {
    if (s.green().d_class(s.green().d_class_of(e)).h_size == 1) continue;
    if (visit(e, made_by_blocks(s, e, m, ticker))) return;
  }
}

core::Word witness_of(const SyntacticSemigroup& s, Element e, std::vector<Element> elements, std::uint64_t m,
                      core::Ticker& ticker) {
  elements.erase(std::find(elements.begin(), elements.end(), e));
  return elements.empty() ? core::Word{} : shortest_word(s, e, elements, m, ticker);
}

/// With not all elements known: a word of a length divisible by m whose map has a period, a power of one found.
std::optional<core::Word> periodic_block(const SyntacticSemigroup& s, std::uint64_t m) {
  if (!s.periodic()) return std::nullopt;
  const core::Word word = s.monoid().word_of(*s.periodic());
  const std::uint64_t repeats = m / std::gcd(m, std::uint64_t{word.size()});
  const std::uint64_t period = s.monoid().map_of(*s.periodic()).period();
  if (repeats > kMostLetters / word.size() || repeats % period == 0) return std::nullopt;
  core::Word block;
  for (std::uint64_t i = 0; i < repeats; ++i) block.insert(block.end(), word.begin(), word.end());
  return block;
}

}  // namespace

std::vector<BlockSubgroup> maximal_subgroups_of_blocks(const SyntacticSemigroup& s, std::uint64_t m) {
  require_positive(m);
  core::Ticker ticker(s.limits(), "subgroups of blocks");
  std::vector<BlockSubgroup> groups;
  for_each_group(s, m, ticker, [&](Element e, const std::vector<Element>& elements) {
    groups.push_back(subgroup_of(s, e, elements));
    groups.back().witness = witness_of(s, e, elements, m, ticker);
    return false;
  });
  return groups;
}

core::Verdict<core::NoEvidence, PeriodWitness> is_aperiodic_in_blocks(const SyntacticSemigroup& s, std::uint64_t m) {
  using Result = core::Verdict<core::NoEvidence, PeriodWitness>;
  require_positive(m);
  std::optional<core::Word> block;
  if (!s.is_known()) {
    block = periodic_block(s, m);
    if (!block) return Result::unknown(s.why_unknown());
  } else {
    try {
      core::Ticker ticker(s.limits(), "subgroups of blocks");
      for_each_group(s, m, ticker, [&](Element e, const std::vector<Element>& elements) {
        if (elements.size() > 1) block = witness_of(s, e, elements, m, ticker);
        return block.has_value();
      });
    } catch (const core::LimitReached& limit) {
      return Result::unknown(limit.what());
    }
  }
  if (block) return Result::no(period_witness(s.minimal(), *block), "subgroups-of-blocks");
  return Result::yes({}, "subgroups-of-blocks");
}

}  // namespace eigenmata::algebra
