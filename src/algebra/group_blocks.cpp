// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/group_blocks.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "small_action.hpp"
#include "tracked_group.hpp"

namespace eigenmata::algebra {
namespace {

using core::Limits;
using Element = TrackedGroup::Element;
using Id = std::uint32_t;  ///< of a permutation of the points that are swapped; 0 is the identity

/// Permutations by number.
class Permutations {
 public:
  explicit Permutations(std::size_t degree) { id(Transformation::identity(degree)); }

  Id id(const Transformation& g) {
    const auto [at, is_new] = ids_.emplace(g.images(), static_cast<Id>(list_.size()));
    if (is_new) list_.push_back(g);
    return at->second;
  }
  [[nodiscard]] const Transformation& operator[](Id id) const { return list_[id]; }
  Id product(Id a, Id b) {
    if (a == 0) return b;
    if (b == 0) return a;
    const auto [at, is_new] = products_.try_emplace({a, b}, 0);
    if (is_new) at->second = id(list_[a] * list_[b]);
    return at->second;
  }

 private:
  std::map<std::vector<Point>, Id> ids_;
  std::vector<Transformation> list_;
  std::map<std::pair<Id, Id>, Id> products_;
};

std::size_t swaps_of(const Transformation& g) { return g.degree() - g.components(); }

Transformation swap(std::size_t degree, Point x, Point y) {
  std::vector<Point> images = Transformation::identity(degree).images();
  std::swap(images[x], images[y]);
  return Transformation(std::move(images));
}

/// The product of the first k swaps of g = σ₁σ₂⋯, fewer if there are no more: each fixes the least point that is moved.
Transformation first_swaps(const Transformation& g, std::size_t k) {
  const std::size_t n = g.degree();
  Transformation done = Transformation::identity(n);
  Transformation rest = g;
  Point moved = 0;
  for (std::size_t i = 0; i < k; ++i) {
    while (moved < n && rest.image_of(moved) == moved) ++moved;
    if (moved == n) break;
    const auto& images = rest.images();
    const auto source = static_cast<Point>(std::find(images.begin(), images.end(), moved) - images.begin());
    const Transformation sigma = swap(n, moved, source);
    done = done * sigma;
    rest = sigma * rest;
  }
  return done;
}

Transformation inverse(const Transformation& g) {
  std::vector<Point> images(g.degree());
  for (Point x = 0; x < g.degree(); ++x) images[g.image_of(x)] = x;
  return Transformation(std::move(images));
}

/// Numbers for tuples of numbers.
template <std::size_t N>
class Tuples {
 public:
  using Tuple = std::array<std::uint32_t, N>;

  std::uint32_t operator()(const Tuple& tuple) {
    const auto [at, is_new] = numbers_.emplace(tuple, static_cast<std::uint32_t>(list_.size()));
    if (is_new) list_.push_back(tuple);
    return at->second;
  }
  [[nodiscard]] const std::vector<Tuple>& list() const { return list_; }

 private:
  std::map<Tuple, std::uint32_t> numbers_;
  std::vector<Tuple> list_;
};

/// The action of the level's group, the letters in it, and the length of blocks.
struct BlockPlan {
  std::size_t length = 1;              ///< m
  std::vector<std::set<Id>> products;  ///< of 0, 1, …, m letters
};

/// Blocks of the least length that will do; with a binary clock, that is a power of 2. Nothing if there are more than
/// `most` products of so many letters.
std::optional<BlockPlan> plan_blocks(Permutations& permutations, const std::set<Id>& letters, std::size_t factors,
                                     Clock clock, std::size_t most) {
  BlockPlan plan{1, {{0}}};
  for (;; plan.length = clock == Clock::kBinary ? 2 * plan.length : plan.length + 1) {
    while (plan.products.size() <= plan.length) {
      std::set<Id> longer;
      for (const Id a : plan.products.back()) {
        for (const Id x : letters) longer.insert(permutations.product(a, x));
      }
      if (longer.size() > most) return std::nullopt;
      plan.products.push_back(std::move(longer));
    }
    const auto& blocks = plan.products.back();
    if (std::all_of(blocks.begin(), blocks.end(),
                    [&](Id p) { return swaps_of(permutations[p]) <= plan.length * factors; }))
      return plan;
  }
}

/// Takes one level apart. Symbols and contexts of the new levels are tuples that begin with the old ones.
class BlockSplitter {
 public:
  BlockSplitter(const CascadeLevel& level, std::size_t factors, Clock clock, const Limits& limits)
      : level_(level),
        factors_(factors),
        clock_(clock),
        limits_(limits),
        group_(group_of(std::get<PointMachine>(level.machine), limits), ListedGroup::kUsualLimit, limits),
        action_(small_action(group_.group(), limits)),
        old_(level, group_),
        permutations_(action_.degree) {
    for (Value s = 0; s < level.inputs(); ++s)
      letters_.push_back(permutations_.id(action_(group_.element(old_.permutation(s)))));
    for (const Id x : letters_) inverse_letters_.push_back(permutations_.id(inverse(permutations_[x])));
    find_alike();
    in_place_ = !old_.has_resets() && action_.degree == group_.group().degree();
    if (!in_place_) find_elements();
  }

  /// Why not; nothing if the new levels have been appended, and the front is behind them.
  std::optional<std::string> run(std::size_t max_size, LevelFront& front, std::vector<CascadeLevel>& result) {
    constexpr std::size_t kMostProducts = 20'000;
    auto plan = plan_blocks(permutations_, {letters_.begin(), letters_.end()}, factors_, clock_, kMostProducts);
    if (!plan) return "more than " + std::to_string(kMostProducts) + " products of the letters of a block";
    plan_ = std::move(*plan);
    const std::size_t size = front.contexts * pairs() * (in_place_ ? level_.values.size() : elements_.size());
    if (size > max_size) {
      return "blocks of " + std::to_string(plan_.length) + " letters have " + std::to_string(size) +
             " pairs of a context and a value";
    }
    for (Value s = 0; s < level_.inputs(); ++s) symbols_({s, 0, 0, 0});
    for (Context c = 0; c < front.contexts; ++c) contexts_({c, 0, 0, 0});
    const auto m = static_cast<std::uint32_t>(plan_.length);
    if (m == 1) {
      do_letters_at_once();
    } else if (clock_ == Clock::kCircle && ring_steps() <= kMostRingSteps) {
      append(circle(2 * m, front), front, result);
      append(ring(front), front, result);
    } else {
      if (clock_ == Clock::kCircle) append(circle(m, front), front, result);
      for (std::uint32_t bit = 1; clock_ == Clock::kBinary && bit < m; bit *= 2)
        append(binary(bit, front), front, result);
      begin_letters();
      if (letter_steps() <= kMostSteps) {
        append(all_letters(front), front, result);
      } else {
        for (std::uint32_t i = 1; i < m; ++i) append(letter(i, front), front, result);
      }
      append(block(front), front, result);
    }
    append(swaps(front), front, result);
    if (old_.has_resets()) append(old_.written_level(known_symbols_, known_contexts_, front, limits_), front, result);
    return std::nullopt;
  }

 private:
  // (old, position after the step, product of the letters, —) up to the letters; then (old, σ, R · A, —).
  using Symbols = Tuples<4>;
  // (old, position, product of the letters, R)
  using Contexts = Tuples<4>;

  void append(CascadeLevel level, LevelFront& front, std::vector<CascadeLevel>& result) {
    front = front_behind(front, level, limits_);
    result.push_back(std::move(level));
  }

  /// Grows a level whose symbols and contexts are told by tuples, and goes on to those behind it.
  template <class Output, class ContextOf>
  CascadeLevel grown(std::variant<PointMachine, CoordinateMachine> machine, Entries start, const LevelFront& front,
                     const Output& output, const ContextOf& context) {
    Symbols next_symbols;
    Contexts next_contexts;
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

  /// How many pairs of what is left of a block and what has been read of the next there are, at all positions.
  std::size_t pairs() {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < plan_.length; ++i) {
      std::set<Id> rests;
      for (const Id p : plan_.products.back()) rests.insert(done(p, i).second);
      sum += rests.size() * plan_.products[i].size();
    }
    return sum;
  }

  /// Without resets nobody has to know which symbol was read, only what it says of the value after it: symbols that
  /// say the same are one as soon as their letter is in a product.
  void find_alike() {
    std::map<std::map<Entries, Value>, Value> known;
    for (Value s = 0; s < level_.inputs(); ++s) {
      std::map<Entries, Value> says;
      for (const CascadeStep& step : level_.steps[s]) says.emplace(level_.values[step.next], step.output);
      alike_.push_back(old_.has_resets() ? s : known.emplace(says, s).first->second);
      says_.push_back(std::move(says));
    }
  }

  // The clock.

  CascadeLevel binary(std::uint32_t bit, const LevelFront& front) {
    CoordinateMachine machine{{2}, {}};
    for (const auto& [old, position, product, rest] : symbols_.list())
      machine.actions.push_back({{false, position == 0 ? 1U : 0U}});
    return grown(
        std::move(machine), {0}, front,
        [=](Symbols::Tuple s, const Entries& before) {
          const std::uint32_t after = s[1] == 0 ? 1 - before[0] : before[0];
          s[1] += bit * after;
          return s;
        },
        [=](Contexts::Tuple c, const Entries& value) {
          c[1] += bit * value[0];
          return c;
        });
  }

  CascadeLevel circle(std::uint32_t length, const LevelFront& front) {
    CoordinateMachine machine{{length}, {}};
    for (std::size_t s = 0; s < symbols_.list().size(); ++s) machine.actions.push_back({{false, 1}});
    return grown(
        std::move(machine), {0}, front,
        [=](Symbols::Tuple s, const Entries& before) {
          s[1] = (before[0] + 1) % length;
          return s;
        },
        [=](Contexts::Tuple c, const Entries& value) {
          c[1] = value[0];
          return c;
        });
  }

  // The letters of a block. From here on a symbol has A at its position, where that is known, P at position 0 once
  // known; 0 otherwise.

  void begin_letters() {
    Symbols next;
    for (auto s : symbols_.list()) {
      if (s[1] == 1) s[2] = letters_[s[0]];
      next(s);
    }
    symbols_ = std::move(next);
  }

  /// The letter of position i keeps the product of the first i.
  CascadeLevel letter(std::uint32_t i, const LevelFront& front) {
    const auto next = static_cast<std::uint32_t>((i + 1) % plan_.length);
    const std::uint32_t cleared_at = next == 0 ? 1 : 0;  // the last is still asked for as the block ends
    CoordinateMachine machine{{1}, {}};
    for (const auto& [old, position, product, rest] : symbols_.list())
      machine.actions.push_back({{position == i || position == cleared_at, position == i ? product : 0}});
    return grown(
        std::move(machine), {0}, front,
        [=, this](Symbols::Tuple s, const Entries& before) {
          if (s[1] == next) s[2] = permutations_.product(before[0], letters_[s[0]]);
          if (s[1] == next || (0 < s[1] && s[1] <= i)) s[0] = alike_[s[0]];
          return s;
        },
        [=](Contexts::Tuple c, const Entries& value) {
          if (c[1] >= i) c[2] = value[0];
          return c;
        });
  }

  static constexpr std::size_t kMostRingSteps = 20'000;
  static constexpr std::size_t kMostSteps = 50'000;

  /// symbols · choicesⁿ, or something above kMostSteps.
  static std::size_t steps_with(std::size_t symbols, std::size_t choices, std::size_t n) {
    std::size_t steps = symbols;
    for (std::size_t i = 0; i < n && steps <= kMostSteps; ++i) steps *= choices;
    return steps;
  }
  [[nodiscard]] std::size_t distinct_letters() const { return std::set<Id>(letters_.begin(), letters_.end()).size(); }
  /// Of one machine with a coordinate for each letter of a block but the last.
  [[nodiscard]] std::size_t letter_steps() const {
    return steps_with(symbols_.list().size(), distinct_letters(), plan_.length - 1);
  }
  /// Of one machine with a coordinate for each letter of two blocks.
  [[nodiscard]] std::size_t ring_steps() const {
    return steps_with(2 * plan_.length * level_.inputs(), distinct_letters(), 2 * plan_.length);
  }

  CascadeLevel all_letters(const LevelFront& front) {
    const std::size_t coordinates = plan_.length - 1;
    CoordinateMachine machine{std::vector<std::uint32_t>(coordinates, 1), {}};
    for (const auto& [old, position, product, rest] : symbols_.list()) {
      machine.actions.emplace_back(coordinates);
      if (position != 0) machine.actions.back()[position - 1] = {true, letters_[old]};
    }
    const auto product_of = [this](const Entries& letters, std::uint32_t count) {
      Id product = 0;
      for (std::uint32_t i = 0; i < count; ++i) product = permutations_.product(product, letters[i]);
      return product;
    };
    return grown(
        std::move(machine), Entries(coordinates, letters_[0]), front,
        [&, this](Symbols::Tuple s, const Entries& before) {
          const auto count = static_cast<std::uint32_t>((s[1] + plan_.length - 1) % plan_.length);
          s[2] = permutations_.product(product_of(before, count), letters_[s[0]]);
          s[0] = alike_[s[0]];
          return s;
        },
        [&](Contexts::Tuple c, const Entries& value) {
          c[2] = product_of(value, c[1]);
          return c;
        });
  }

  // The block before.

  /// After the steps of positions 0 … i: the product of the swaps of the last step, and what is left.
  std::pair<Id, Id> done(Id block, std::size_t i) {
    auto& list = done_[block];
    while (list.size() <= i) {
      const Id rest = list.empty() ? block : list.back().second;
      const Id sigma = permutations_.id(first_swaps(permutations_[rest], factors_));
      list.emplace_back(sigma, permutations_.id(inverse(permutations_[sigma]) * permutations_[rest]));
    }
    return list[i];
  }

  CascadeLevel block(const LevelFront& front) {
    CoordinateMachine machine{{1}, {}};
    for (const auto& [old, position, product, rest] : symbols_.list())
      machine.actions.push_back({{position == 0, position == 0 ? product : 0}});
    return grown(
        std::move(machine), {0}, front,
        [this](const Symbols::Tuple& s, const Entries& before) {
          const auto& [old, position, product, none] = s;
          const auto [sigma, rest] = done(position == 0 ? product : before[0], position);
          const Id after = position == 0 ? 0 : product;
          return Symbols::Tuple{old, sigma, permutations_.product(rest, after), 0};
        },
        [this](const Contexts::Tuple& c, const Entries& value) {
          const auto& [old, position, product, none] = c;
          return Contexts::Tuple{old, position, position == 0 ? 0 : product, done(value[0], position).second};
        });
  }

  // Or letters and block at once: the letters of two blocks in a ring, none (the identity) at first.

  CascadeLevel ring(const LevelFront& front) {
    const auto m = static_cast<std::uint32_t>(plan_.length);
    CoordinateMachine machine{std::vector<std::uint32_t>(2 * m, 1), {}};
    for (const auto& [old, position, product, rest] : symbols_.list()) {
      machine.actions.emplace_back(2 * m);
      machine.actions.back()[(position + 2 * m - 1) % (2 * m)] = {true, letters_[old]};
    }
    const auto product_of = [this](const Entries& letters, std::uint32_t begin, std::uint32_t count) {
      Id product = 0;
      for (std::uint32_t i = begin; i < begin + count; ++i) product = permutations_.product(product, letters[i]);
      return product;
    };
    // After the step at a position 1 … 2m, 0 for 2m: what has been read of this block, and the one before.
    const auto known = [=](const Entries& letters, std::uint32_t position) {
      const std::uint32_t begin = position < m ? 0 : m;  // of the block that is read, or has just begun
      const Id read = product_of(letters, begin, position - begin);
      return std::pair(read, product_of(letters, m - begin, m));
    };
    return grown(
        machine, Entries(2 * m, 0), front,
        [=, this](const Symbols::Tuple& s, const Entries& before) {
          Entries after = before;
          after[(s[1] + 2 * m - 1) % (2 * m)] = letters_[s[0]];
          const auto [read, block] = known(after, s[1]);
          const auto [sigma, rest] = done(block, s[1] % m);
          return Symbols::Tuple{alike_[s[0]], sigma, permutations_.product(rest, read), 0};
        },
        [=, this](const Contexts::Tuple& c, const Entries& letters) {
          const auto [read, block] = known(letters, c[1]);
          return Contexts::Tuple{c[0], c[1], read, done(block, c[1] % m).second};
        });
  }

  /// Blocks of one letter need nothing of all this.
  void do_letters_at_once() {
    Symbols next;
    for (const auto& s : symbols_.list()) next({s[0], letters_[s[0]], 0, 0});
    symbols_ = std::move(next);
  }

  // The swaps.

  /// Lists of base points, and whose images they are.
  void find_elements() {
    std::vector<Transformation> generators;
    for (const Transformation& g : group_.group().generators()) generators.push_back(action_(g));
    base_ = PermutationGroup(action_.degree, std::move(generators), limits_).base();
    for (Element g = 0; g < group_.order(); ++g) elements_.emplace(images(base_, action_(group_.element(g))), g);
  }

  static Entries images(const Entries& points, const Transformation& g) {
    Entries result;
    for (const Point p : points) result.push_back(g.image_of(p));
    return result;
  }

  CascadeLevel swaps(const LevelFront& front) {
    PointMachine machine{action_.degree, {}, !in_place_};
    for (const auto& [old, sigma, after, none] : symbols_.list()) machine.actions.emplace_back(permutations_[sigma]);
    GrowthPlan plan{machine, in_place_ ? level_.values[level_.start] : base_, {}, {}};
    PairNumbers next_symbols;
    PairNumbers next_contexts;
    // The level's value, or the group element, from that of the swaps.
    const auto value = [&](const Entries& h, Id after) { return moved(h, permutations_[after]); };
    const auto element = [&](const Entries& h, Id after) { return elements_.at(images(h, permutations_[after])); };
    plan.output = [&](Value symbol, const Entries& before) {
      const auto& [old, sigma, after, none] = symbols_.list()[symbol];
      const Entries h = moved(machine, symbol, before);
      if (in_place_) return says_[old].at(value(h, after));
      if (!old_.has_resets()) return says_[old].at(old_.start_moved(element(h, after)));
      return next_symbols(old, element(h, permutations_.product(after, inverse_letters_[old])));
    };
    plan.context = [&](Context c, const Entries& h) {
      const auto& [old, position, product, rest] = contexts_.list()[c];
      const Id after = permutations_.product(rest, product);
      if (in_place_) return old_.context(old, value(h, after));
      const Element g = element(h, after);
      return old_.has_resets() ? next_contexts(old, g) : old_.context(old, old_.start_moved(g));
    };
    CascadeLevel level = grow_level(front, std::move(plan), limits_);
    level.outputs = old_.has_resets() ? next_symbols.pairs().size() : level_.outputs;
    level.contexts = old_.has_resets() ? next_contexts.pairs().size() : level_.contexts;
    known_symbols_ = next_symbols.pairs();
    known_contexts_ = next_contexts.pairs();
    return level;
  }

  const CascadeLevel& level_;
  std::size_t factors_;
  Clock clock_;
  const Limits& limits_;
  ListedGroup group_;
  BlockAction action_;
  TrackedGroup old_;
  Permutations permutations_;
  std::vector<Value> alike_;                    ///< by old symbol the first that says the same
  std::vector<std::map<Entries, Value>> says_;  ///< by old symbol what it says of each value after it
  std::vector<Id> inverse_letters_;             ///< by old symbol
  std::vector<Id> letters_;                     ///< by old symbol
  bool in_place_ = false;                       ///< the swaps act on the level's own values
  Entries base_;
  std::map<Entries, Element> elements_;  ///< by the images of the base
  BlockPlan plan_;
  std::map<Id, std::vector<std::pair<Id, Id>>> done_;
  Symbols symbols_;
  Contexts contexts_;
  std::vector<TrackedGroup::WithElement> known_symbols_;
  std::vector<TrackedGroup::WithElement> known_contexts_;
};

/// Nothing is reset, and nothing takes more swaps than a step may do.
bool is_small(const PointMachine& machine, std::size_t factors) {
  return std::all_of(machine.actions.begin(), machine.actions.end(), [&](const auto& action) {
    const auto* permutation = std::get_if<Transformation>(&action);
    return permutation != nullptr && swaps_of(*permutation) <= factors;
  });
}

}  // namespace

std::variant<Cascade, std::string> with_blocks(Cascade cascade, std::size_t factors, Clock clock, const Limits& limits,
                                               std::size_t max_size) {
  code_levels_without_group(cascade);
  std::vector<CascadeLevel> levels;
  LevelFront front = front_of_letters(cascade.automaton);
  for (std::size_t l = 0; l < cascade.levels.size(); ++l) {
    const CascadeLevel& level = cascade.levels[l];
    const auto* machine = std::get_if<PointMachine>(&level.machine);
    if (machine == nullptr || is_small(*machine, factors)) {
      front = front_behind(front, level, limits);
      levels.push_back(level);
      continue;
    }
    const std::string name = "level " + std::to_string(l + 1);
    const exact::Integer order = group_of(*machine, limits).order();
    if (order > ListedGroup::kUsualLimit) return name + " has a group of order " + exact::to_string(order);
    BlockSplitter splitter(level, factors, clock, limits);
    if (auto why = splitter.run(max_size, front, levels)) return name + ": " + *why;
  }
  cascade.levels = std::move(levels);
  merge_symbols(cascade);
  return cascade;
}

}  // namespace eigenmata::algebra
