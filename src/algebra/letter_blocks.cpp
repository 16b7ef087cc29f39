// SPDX-License-Identifier: Apache-2.0
#include "letter_blocks.hpp"

#include <algorithm>
#include <bit>

#include "eigenmata/algebra/swap_copy.hpp"

namespace eigenmata::algebra {
namespace {

using Tuple = Quadruples::Tuple;

constexpr std::size_t kMostProducts = 20'000;  ///< of the letters of a block
constexpr std::size_t kMostLetterSteps = 50'000;

Transformation map_of(const SwapCopy& factor, std::size_t degree) {
  std::vector<Point> images = Transformation::identity(degree).images();
  images[factor.x] = factor.y;
  if (factor.kind == SwapCopy::Kind::kSwap) images[factor.y] = factor.x;
  return Transformation(std::move(images));
}

/// symbols · choicesⁿ, or something above `most`.
std::size_t steps_with(std::size_t symbols, std::size_t choices, std::size_t n, std::size_t most) {
  std::size_t steps = symbols;
  for (std::size_t i = 0; i < n && steps <= most; ++i) steps *= choices;
  return steps;
}

}  // namespace

MapId NumberedMaps::id(const Transformation& f) {
  const auto [at, is_new] = ids_.emplace(f.images(), static_cast<MapId>(list_.size()));
  if (is_new) list_.push_back(f);
  return at->second;
}

MapId NumberedMaps::product(MapId a, MapId b) {
  if (a == 0) return b;
  if (b == 0) return a;
  const auto [at, is_new] = products_.try_emplace({a, b}, 0);
  if (is_new) at->second = id(list_[a] * list_[b]);
  return at->second;
}

LetterBlocks::LetterBlocks(std::size_t degree, const std::vector<Transformation>& letters, std::vector<Value> alike,
                           const BlockStyle& style, const core::Limits& limits)
    : factors_(style.factors),
      clock_(style.clock),
      max_ring_steps_(style.max_ring_steps),
      limits_(limits),
      maps_(degree),
      alike_(std::move(alike)) {
  for (const Transformation& letter : letters) letters_.push_back(maps_.id(letter));
}

std::optional<std::string> LetterBlocks::plan() {
  products_ = {{0}};
  for (length_ = 1;; length_ = clock_ == Clock::kBinary ? 2 * length_ : length_ + 1) {
    while (products_.size() <= length_) {
      limits_.poll();
      std::set<MapId> longer;
      for (const MapId a : products_.back()) {
        for (const MapId x : letters_) longer.insert(maps_.product(a, x));
        if (longer.size() > kMostProducts)
          return "more than " + std::to_string(kMostProducts) + " products of the letters of a block";
      }
      products_.push_back(std::move(longer));
    }
    const auto& blocks = products_.back();
    if (std::all_of(blocks.begin(), blocks.end(), [&](MapId p) { return factors_of(maps_[p]) <= length_ * factors_; }))
      return std::nullopt;
  }
}

std::size_t LetterBlocks::pairs() {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < length_; ++i) {
    std::set<MapId> rests;
    for (const MapId p : products_.back()) rests.insert(done(p, i).second);
    sum += rests.size() * products_[i].size();
  }
  return sum;
}

std::string LetterBlocks::too_many(std::size_t pairs) const {
  return "blocks of " + std::to_string(length_) + " letters have " + std::to_string(pairs) +
         " pairs of a context and a value";
}

std::size_t LetterBlocks::levels() const {
  if (length_ == 1) return 0;
  if (clock_ == Clock::kCircle && has_small_ring()) return 2;
  const auto clocks = clock_ == Clock::kCircle ? std::size_t{1} : static_cast<std::size_t>(std::bit_width(length_ - 1));
  return clocks + (has_few_letters() ? 1 : length_ - 1) + 1;
}

void LetterBlocks::append_levels(LevelFront& front, std::vector<CascadeLevel>& result) {
  const auto append = [&](CascadeLevel level) {
    front = front_behind(front, level, limits_);
    result.push_back(std::move(level));
  };
  for (Value s = 0; s < letters_.size(); ++s) symbols_({s, 0, 0, 0});
  for (Context c = 0; c < front.contexts; ++c) contexts_({c, 0, 0, 0});
  const auto m = static_cast<std::uint32_t>(length_);
  if (m == 1) {
    do_letters_at_once();
  } else if (clock_ == Clock::kCircle && has_small_ring()) {
    append(circle(2 * m, front));
    append(ring(front));
  } else {
    if (clock_ == Clock::kCircle) append(circle(m, front));
    for (std::uint32_t bit = 1; clock_ == Clock::kBinary && bit < m; bit *= 2) append(binary(bit, front));
    begin_letters();
    if (has_few_letters()) {
      append(all_letters(front));
    } else {
      for (std::uint32_t i = 1; i < m; ++i) append(letter_at(i, front));
    }
    append(block(front));
  }
}

/// Grows a level whose symbols and contexts are told by tuples, and goes on to those behind it.
template <class Output, class ContextOf>
CascadeLevel LetterBlocks::grown(std::variant<PointMachine, CoordinateMachine> machine, Entries start,
                                 const LevelFront& front, const Output& output, const ContextOf& context) {
  Quadruples next_symbols;
  Quadruples next_contexts;
  GrowthPlan plan{std::move(machine), std::move(start), {}, {}};
  plan.output = [&](Value s, const Entries& before) { return next_symbols(output(symbols_.list()[s], before)); };
  plan.context = [&](Context c, const Entries& value) { return next_contexts(context(contexts_.list()[c], value)); };
  CascadeLevel level = grow_level(front, std::move(plan), limits_);
  level.outputs = next_symbols.list().size();
  level.contexts = next_contexts.list().size();
  symbols_ = std::move(next_symbols);
  contexts_ = std::move(next_contexts);
  return level;
}

// The clock.

CascadeLevel LetterBlocks::binary(std::uint32_t bit, const LevelFront& front) {
  CoordinateMachine machine{{2}, {}};
  for (const auto& [old, position, product, rest] : symbols_.list())
    machine.actions.push_back({{false, position == 0 ? 1U : 0U}});
  return grown(
      std::move(machine), {0}, front,
      [=](Tuple s, const Entries& before) {
        const std::uint32_t after = s[1] == 0 ? 1 - before[0] : before[0];
        s[1] += bit * after;
        return s;
      },
      [=](Tuple c, const Entries& value) {
        c[1] += bit * value[0];
        return c;
      });
}

CascadeLevel LetterBlocks::circle(std::uint32_t length, const LevelFront& front) {
  CoordinateMachine machine{{length}, {}};
  for (std::size_t s = 0; s < symbols_.list().size(); ++s) machine.actions.push_back({{false, 1}});
  return grown(
      std::move(machine), {0}, front,
      [=](Tuple s, const Entries& before) {
        s[1] = (before[0] + 1) % length;
        return s;
      },
      [=](Tuple c, const Entries& value) {
        c[1] = value[0];
        return c;
      });
}

// The letters of a block. From here on a symbol has A at its position, where that is known, P at position 0 once
// known; 0 otherwise.

void LetterBlocks::begin_letters() {
  Quadruples next;
  for (auto s : symbols_.list()) {
    if (s[1] == 1) s[2] = letters_[s[0]];
    next(s);
  }
  symbols_ = std::move(next);
}

/// The letter of position i keeps the product of the first i.
CascadeLevel LetterBlocks::letter_at(std::uint32_t i, const LevelFront& front) {
  const auto next = static_cast<std::uint32_t>((i + 1) % length_);
  const std::uint32_t cleared_at = next == 0 ? 1 : 0;  // the last is still asked for as the block ends
  CoordinateMachine machine{{1}, {}};
  for (const auto& [old, position, product, rest] : symbols_.list())
    machine.actions.push_back({{position == i || position == cleared_at, position == i ? product : 0}});
  return grown(
      std::move(machine), {0}, front,
      [=, this](Tuple s, const Entries& before) {
        if (s[1] == next) s[2] = maps_.product(before[0], letters_[s[0]]);
        if (s[1] == next || (0 < s[1] && s[1] <= i)) s[0] = alike_[s[0]];
        return s;
      },
      [=](Tuple c, const Entries& value) {
        if (c[1] >= i) c[2] = value[0];
        return c;
      });
}

std::size_t LetterBlocks::distinct_letters() const { return std::set<MapId>(letters_.begin(), letters_.end()).size(); }

/// One machine with a coordinate for each letter of a block but the last.
bool LetterBlocks::has_few_letters() const {
  return steps_with(letters_.size() * length_, distinct_letters(), length_ - 1, kMostLetterSteps) <= kMostLetterSteps;
}

/// One machine with a coordinate for each letter of two blocks.
bool LetterBlocks::has_small_ring() const {
  return steps_with(2 * length_ * letters_.size(), distinct_letters(), 2 * length_, max_ring_steps_) <= max_ring_steps_;
}

CascadeLevel LetterBlocks::all_letters(const LevelFront& front) {
  const std::size_t coordinates = length_ - 1;
  CoordinateMachine machine{std::vector<std::uint32_t>(coordinates, 1), {}};
  for (const auto& [old, position, product, rest] : symbols_.list()) {
    machine.actions.emplace_back(coordinates);
    if (position != 0) machine.actions.back()[position - 1] = {true, letters_[old]};
  }
  const auto product_of = [this](const Entries& letters, std::uint32_t count) {
    MapId product = 0;
    for (std::uint32_t i = 0; i < count; ++i) product = maps_.product(product, letters[i]);
    return product;
  };
  return grown(
      std::move(machine), Entries(coordinates, letters_[0]), front,
      [&, this](Tuple s, const Entries& before) {
        const auto count = static_cast<std::uint32_t>((s[1] + length_ - 1) % length_);
        s[2] = maps_.product(product_of(before, count), letters_[s[0]]);
        s[0] = alike_[s[0]];
        return s;
      },
      [&](Tuple c, const Entries& value) {
        c[2] = product_of(value, c[1]);
        return c;
      });
}

// The block before.

/// After the steps of positions 0 … i: the product of the factors of the last step, and what is left.
std::pair<MapId, MapId> LetterBlocks::done(MapId block, std::size_t i) {
  auto& list = done_[block];
  while (list.size() <= i) {
    const Transformation rest = maps_[list.empty() ? block : list.back().second];
    const auto factors = swap_copy_factors(rest);
    Transformation sigma = Transformation::identity(rest.degree());
    Transformation after = sigma;
    for (std::size_t f = 0; f < factors.size(); ++f)
      (f < factors_ ? sigma : after) = (f < factors_ ? sigma : after) * map_of(factors[f], rest.degree());
    list.emplace_back(maps_.id(sigma), maps_.id(after));
  }
  return list[i];
}

CascadeLevel LetterBlocks::block(const LevelFront& front) {
  CoordinateMachine machine{{1}, {}};
  for (const auto& [old, position, product, rest] : symbols_.list())
    machine.actions.push_back({{position == 0, position == 0 ? product : 0}});
  return grown(
      std::move(machine), {0}, front,
      [this](const Tuple& s, const Entries& before) {
        const auto& [old, position, product, none] = s;
        const auto [sigma, rest] = done(position == 0 ? product : before[0], position);
        const MapId after = position == 0 ? 0 : product;
        return Tuple{old, sigma, maps_.product(rest, after), 0};
      },
      [this](const Tuple& c, const Entries& value) {
        const auto& [old, position, product, none] = c;
        return Tuple{old, position, position == 0 ? 0 : product, done(value[0], position).second};
      });
}

// Or letters and block at once: the letters of two blocks in a ring, none (the identity) at first.

CascadeLevel LetterBlocks::ring(const LevelFront& front) {
  const auto m = static_cast<std::uint32_t>(length_);
  CoordinateMachine machine{std::vector<std::uint32_t>(2 * m, 1), {}};
  for (const auto& [old, position, product, rest] : symbols_.list()) {
    machine.actions.emplace_back(2 * m);
    machine.actions.back()[(position + 2 * m - 1) % (2 * m)] = {true, letters_[old]};
  }
  const auto product_of = [this](const Entries& letters, std::uint32_t begin, std::uint32_t count) {
    MapId product = 0;
    for (std::uint32_t i = begin; i < begin + count; ++i) product = maps_.product(product, letters[i]);
    return product;
  };
  // After the step at a position 1 … 2m, 0 for 2m: what has been read of this block, and the one before.
  const auto known = [=](const Entries& letters, std::uint32_t position) {
    const std::uint32_t begin = position < m ? 0 : m;  // of the block that is read, or has just begun
    const MapId read = product_of(letters, begin, position - begin);
    return std::pair(read, product_of(letters, m - begin, m));
  };
  return grown(
      machine, Entries(2 * m, 0), front,
      [=, this](const Tuple& s, const Entries& before) {
        Entries after = before;
        after[(s[1] + 2 * m - 1) % (2 * m)] = letters_[s[0]];
        const auto [read, block] = known(after, s[1]);
        const auto [sigma, rest] = done(block, s[1] % m);
        return Tuple{alike_[s[0]], sigma, maps_.product(rest, read), 0};
      },
      [=, this](const Tuple& c, const Entries& letters) {
        const auto [read, block] = known(letters, c[1]);
        return Tuple{c[0], c[1], read, done(block, c[1] % m).second};
      });
}

/// Blocks of one letter need nothing of all this.
void LetterBlocks::do_letters_at_once() {
  Quadruples next;
  for (const auto& s : symbols_.list()) next({s[0], letters_[s[0]], 0, 0});
  symbols_ = std::move(next);
}

}  // namespace eigenmata::algebra
