// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/loop_lengths.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "stabiliser_chain.hpp"

namespace eigenmata::algebra {
namespace {

constexpr std::uint64_t kLargest = 1'000'000'000'000;  // a number that is factored by trial division

core::LimitReached too_long() {
  return {core::LimitReached::Kind::kSize, "loops at an image of a length beyond " + std::to_string(kLargest)};
}

struct Loop {
  Images permutation;
  std::int64_t length;  // may be negative
};

/// The edges inside a component. Throws `core::LimitReached`.
std::vector<Loop> loops_of(const ImageOrbit& images, std::size_t c, core::Ticker& ticker, const core::Limits& limits) {
  const auto members = images.images_of(c);
  std::vector<std::int64_t> distance(images.size(), -1);
  std::vector<std::size_t> queue{members[0]};
  distance[members[0]] = 0;
  const auto for_each_step = [&](std::size_t from, const auto& visit) {
    ticker.tick();
    for (std::size_t x = 0; x < images.letters(); ++x) {
      const std::size_t to = images.right(from, core::symbol(x));
      if (images.component_of(to) == c) visit(x, to);
    }
  };
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for_each_step(queue[i], [&](std::size_t, std::size_t to) {
      if (distance[to] >= 0) return;
      distance[to] = distance[queue[i]] + 1;
      queue.push_back(to);
    });
  }
  std::vector<Loop> loops;
  const std::size_t rank = images.points(members[0]).size();
  for (const std::uint32_t from : members) {
    for_each_step(from, [&](std::size_t x, std::size_t to) {
      Loop loop{images.permutation({from, x}), distance[from] + 1 - distance[to]};
      if (loop.length == 0 && is_identity(loop.permutation)) return;
      loops.push_back(std::move(loop));
      limits.require_memory(loops.size() * (sizeof(Loop) + rank * sizeof(Point)), "loops of an image");
    });
  }
  return loops;
}

/// The sizes of cycles on which adding 1 has order m, with the least sum: the prime powers of m.
std::vector<std::uint64_t> prime_powers(std::uint64_t m) {
  std::vector<std::uint64_t> powers;
  for (std::uint64_t p = 2; p * p <= m; ++p) {
    std::uint64_t power = 1;
    for (; m % p == 0; m /= p) power *= p;
    if (power > 1) powers.push_back(power);
  }
  if (m > 1) powers.push_back(m);
  return powers;
}

}  // namespace

LoopLengths loop_lengths(const ImageOrbit& images, std::size_t c, const core::Limits& limits) {
  core::Ticker ticker(limits, "lengths of loops");
  const std::vector<Loop> loops = loops_of(images, c, ticker, limits);
  LoopLengths result;
  std::uint64_t multiple = 0;  // of the length of what makes 1
  for (const Loop& loop : loops) {
    const auto length = static_cast<std::uint64_t>(std::abs(loop.length));
    result.loops = std::gcd(result.loops, length);
    const std::uint64_t order = order_of(loop.permutation);
    if (length > kLargest / order) throw too_long();
    multiple = std::gcd(multiple, order * length);
  }
  if (multiple == 0) return result;
  const std::size_t rank = images.group(c).degree();
  const std::vector<std::uint64_t> cycles = prime_powers(multiple);
  std::size_t degree = rank;
  for (const std::uint64_t cycle : cycles) degree += cycle;
  limits.require_memory(2 * degree * sizeof(Point), "lengths of loops");
  StabiliserChain chain(degree);
  for (const Loop& loop : loops) {
    Images images_of_both = loop.permutation;
    for (const std::uint64_t cycle : cycles) {
      const std::size_t start = images_of_both.size();
      const auto size = static_cast<std::int64_t>(cycle);
      for (std::int64_t i = 0; i < size; ++i) {
        images_of_both.push_back(
            static_cast<Point>(start + static_cast<std::size_t>(((i + loop.length) % size + size) % size)));
      }
    }
    ticker.tick(degree);
    chain.insert(images_of_both, limits);
  }
  exact::Integer order = 1;
  for (const auto& level : chain.levels()) order *= level.orbit.size();
  result.trivial_loops = static_cast<std::uint64_t>(exact::Integer(images.group(c).order() * multiple / order));
  return result;
}

ImageVerdict is_quasi_aperiodic(const ImageOrbit& images, const core::Limits& limits) {
  try {
    for (std::size_t c = 0; c < images.components(); ++c) {
      const PermutationGroup& group = images.group(c);
      if (group.is_trivial()) continue;
      // Lengths are a cyclic group; what is not abelian cannot be told apart by them.
      if (!group.is_abelian()) return ImageVerdict::no(c, "quasi-aperiodic");
      const LoopLengths lengths = loop_lengths(images, c, limits);
      if (group.order() * lengths.loops != lengths.trivial_loops) return ImageVerdict::no(c, "quasi-aperiodic");
    }
  } catch (const core::LimitReached& limit) {
    return ImageVerdict::unknown(limit.what());
  }
  return ImageVerdict::yes({}, "quasi-aperiodic");
}

ImageVerdict is_aperiodic_in_blocks(const ImageOrbit& images, std::uint64_t m, const core::Limits& limits) {
  if (m == 0) throw core::Error("blocks of 0 letters; a block has at least one");
  try {
    for (std::size_t c = 0; c < images.components(); ++c) {
      const PermutationGroup& group = images.group(c);
      if (group.is_trivial()) continue;
      if (!group.is_abelian()) return ImageVerdict::no(c, "subgroups-of-blocks");
      const LoopLengths lengths = loop_lengths(images, c, limits);
      if (group.order() * std::gcd(lengths.loops, m) != std::gcd(lengths.trivial_loops, m)) {
        return ImageVerdict::no(c, "subgroups-of-blocks");
      }
    }
  } catch (const core::LimitReached& limit) {
    return ImageVerdict::unknown(limit.what());
  }
  return ImageVerdict::yes({}, "subgroups-of-blocks");
}

std::optional<std::uint64_t> least_aperiodic_block(const ImageOrbit& images, const core::Limits& limits) {
  constexpr std::uint64_t kLargestMultiple = 1'000'000;
  struct Component {
    exact::Integer order;
    LoopLengths lengths;
  };
  std::vector<Component> with_groups;
  std::uint64_t multiple = 1;
  for (std::size_t c = 0; c < images.components(); ++c) {
    const PermutationGroup& group = images.group(c);
    if (group.is_trivial()) continue;
    if (!group.is_abelian()) return std::nullopt;
    const LoopLengths lengths = loop_lengths(images, c, limits);
    if (group.order() * lengths.loops != lengths.trivial_loops) return std::nullopt;
    multiple = std::lcm(multiple, lengths.trivial_loops);
    if (multiple > kLargestMultiple) {
      throw core::LimitReached(core::LimitReached::Kind::kSize,
                               "lengths of loops with a common multiple above " + std::to_string(kLargestMultiple));
    }
    with_groups.push_back({group.order(), lengths});
  }
  for (std::uint64_t m = 1; m <= multiple; ++m) {
    const bool is_enough = std::all_of(with_groups.begin(), with_groups.end(), [&](const Component& component) {
      return component.order * std::gcd(component.lengths.loops, m) == std::gcd(component.lengths.trivial_loops, m);
    });
    if (is_enough) return m;
  }
  return std::nullopt;  // does not happen: the common multiple is enough
}

}  // namespace eigenmata::algebra
