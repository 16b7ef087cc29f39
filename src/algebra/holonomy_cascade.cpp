// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>
#include <functional>
#include <numeric>
#include <utility>
#include <variant>

#include "eigenmata/algebra/holonomy.hpp"
#include "flag_cascade.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;

/// Where the tiles of the classes are among the points of their levels.
struct Placement {
  LevelOrder order = LevelOrder::kDepth;
  std::vector<std::size_t> points;       ///< by level
  std::vector<std::size_t> first_point;  ///< by class

  [[nodiscard]] std::size_t total() const { return std::accumulate(points.begin(), points.end(), std::size_t{0}); }
};

/// Classes with a group side by side, all others from point 0 on.
Placement placement(const Holonomy& holonomy, LevelOrder order) {
  Placement result{order, std::vector<std::size_t>(holonomy.levels(), 0), {}};
  std::vector<std::size_t> shared(holonomy.levels(), 0);
  for (std::size_t c = 0; c < holonomy.classes().size(); ++c) {
    const HolonomyClass& placed = holonomy.classes()[c];
    const std::size_t level = holonomy.level_of(c, order);
    if (placed.group.is_trivial()) {
      result.first_point.push_back(0);
      shared[level] = std::max(shared[level], placed.tiles.size());
    } else {
      result.first_point.push_back(result.points[level]);
      result.points[level] += placed.tiles.size();
    }
  }
  for (std::size_t l = 0; l < shared.size(); ++l) result.points[l] = std::max(result.points[l], shared[l]);
  return result;
}

/// The plan of one level.
class Planner {
 public:
  Planner(const Dfa& dfa, const Holonomy& holonomy, const Placement& placed, std::size_t level, const FlagFront& front,
          core::Ticker& ticker, core::MemoryTally& memory)
      : dfa_(dfa),
        holonomy_(holonomy),
        placed_(placed),
        level_(level),
        front_(front),
        ticker_(ticker),
        memory_(memory) {
    for (const StateSet& set : front.sets) images_.push_back(active_image(set));
  }

  LevelPlan run() {
    LevelPlan plan;
    plan.points = placed_.points[level_];
    plan.start = {images_[front_.start] == kIdle ? 0 : point_of_tile(front_.start, {dfa_.initial()})};
    for (const FlagSituation& s : front_.situations) plan.actions.push_back(action(s));
    plan.subset = [this](Context context, const PointSet& value) { return subset(context, value); };
    return plan;
  }

 private:
  static constexpr std::size_t kIdle = ImageOrbit::kNone;

  /// The number of the set in the orbit, if this level is active in it.
  [[nodiscard]] std::size_t active_image(const StateSet& set) const {
    if (set.size() == 1) return kIdle;
    std::vector<std::uint64_t> bits(holonomy_.orbit().bits(0).size(), 0);
    for (const State q : set) bits[automata::index(q) / 64] |= std::uint64_t{1} << (automata::index(q) % 64);
    const std::size_t image = holonomy_.orbit().find(bits);
    assert(image != ImageOrbit::kNone);
    const std::size_t level = holonomy_.level_of(holonomy_.class_of(image), placed_.order);
    assert(level >= level_);
    return level == level_ ? image : kIdle;
  }

  [[nodiscard]] std::variant<Transformation, PointSet> action(const FlagSituation& s) const {
    ticker_.tick();
    if (images_[s.to] == kIdle) return identity();
    const StateSet image = image_of(dfa_, front_.sets[s.from], s.letter);
    if (image != front_.sets[s.to]) return PointSet{point_of_tile(s.to, image)};
    const std::size_t c = holonomy_.class_of(images_[s.to]);
    assert(images_[s.from] != kIdle && holonomy_.class_of(images_[s.from]) == c);
    const auto places = holonomy_.orbit().permutation({images_[s.from], core::index(s.letter)});
    const Transformation tiles = holonomy_.on_tiles(c, places);
    std::vector<Point> points = identity().images();
    const auto first = static_cast<Point>(placed_.first_point[c]);
    for (Point t = 0; t < tiles.degree(); ++t) points[first + t] = first + tiles.image_of(t);
    return Transformation(std::move(points));
  }

  /// On the points of the level; a map of as many points is going to be kept.
  [[nodiscard]] Transformation identity() const {
    memory_.add(sizeof(Transformation) + placed_.points[level_] * sizeof(Point));
    return Transformation::identity(placed_.points[level_]);
  }

  /// The first tile of the context's set that contains these states.
  [[nodiscard]] Point point_of_tile(Context context, const StateSet& states) const {
    const std::size_t c = holonomy_.class_of(images_[context]);
    for (std::size_t t = 0;; ++t) {
      ticker_.tick();
      assert(t < holonomy_.classes()[c].tiles.size());
      const StateSet tile = tile_of(context, t);
      if (std::includes(tile.begin(), tile.end(), states.begin(), states.end()))
        return static_cast<Point>(placed_.first_point[c] + t);
    }
  }

  [[nodiscard]] StateSet tile_of(Context context, std::size_t t) const {
    StateSet tile;
    for (const Point x : holonomy_.tile(images_[context], t)) tile.push_back(automata::state(x));
    return tile;
  }

  [[nodiscard]] StateSet subset(Context context, const PointSet& value) const {
    if (images_[context] == kIdle) return front_.sets[context];
    return tile_of(context, value[0] - placed_.first_point[holonomy_.class_of(images_[context])]);
  }

  const Dfa& dfa_;
  const Holonomy& holonomy_;
  const Placement& placed_;
  std::size_t level_;
  const FlagFront& front_;
  core::Ticker& ticker_;
  core::MemoryTally& memory_;
  std::vector<std::size_t> images_;  ///< by context: the number of its set in the orbit, or kIdle
};

}  // namespace

Cascade holonomy_cascade(const Dfa& dfa, const core::Limits& limits) {
  const Holonomy holonomy(letter_maps(dfa), limits);
  Placement placed = placement(holonomy, LevelOrder::kDepth);
  Placement by_height = placement(holonomy, LevelOrder::kHeight);
  if (by_height.total() < placed.total()) placed = std::move(by_height);

  FlagFront front = first_front(dfa);
  std::vector<CascadeLevel> levels;
  core::Ticker ticker(limits, "decomposing: holonomy");
  core::MemoryTally memory(limits, "the holonomy cascade");
  for (std::size_t level = 0; level < holonomy.levels(); ++level) {
    core::MemoryTally of_level = memory;
    of_level.add(bytes_of(front));
    Planner planner(dfa, holonomy, placed, level, front, ticker, of_level);
    const LevelPlan plan = planner.run();  // looks into the planner
    levels.push_back(build_level(plan, front, limits, of_level));
    memory.add(bytes_of(levels.back()));
  }
  return finished_cascade(dfa, std::move(levels), std::move(front));
}

}  // namespace eigenmata::algebra
