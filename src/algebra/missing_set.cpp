// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/missing_set.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "flag_cascade.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;

/// The plan of one level.
class Planner {
 public:
  Planner(const Dfa& dfa, const FlagFront& front, const core::Limits& limits, core::MemoryTally& memory)
      : dfa_(dfa),
        front_(front),
        size_(front.sets[0].size()),
        memory_(memory),
        ticker_(limits, "decomposing: plan of a level") {
    std::vector<std::uint32_t> last_seen(dfa.states(), 0);
    for (std::uint32_t s = 0; s < front.situations.size(); ++s) {
      ticker_.tick(size_);
      image_sizes_.push_back(image_size(front.situations[s], s + 1, last_seen));
    }
  }

  LevelPlan run() {
    choose_size();
    choose_lifts();
    LevelPlan plan;
    plan.points = size_;
    resets_.resize(front_.sets.size());
    for (std::uint32_t s = 0; s < front_.situations.size(); ++s) {
      ticker_.tick(size_);
      if (permutes(s)) {
        plan.actions.emplace_back(permutation(s));
        memory_.add(sizeof(plan.actions[0]) + size_ * sizeof(Point));
      } else {
        const FlagSituation& reset = front_.situations[s];
        const StateSet image = image_of(dfa_, front_.sets[reset.from], reset.letter);
        plan.actions.emplace_back(points_of(reset.to, reset_set(reset.to, image)));
        memory_.add(sizeof(plan.actions[0]) + kept_ * sizeof(std::uint32_t));
      }
    }
    plan.start = points_of(front_.start, reset_set(front_.start, {dfa_.initial()}));
    plan.subset = [lifts = std::move(lifts_)](Context context, const PointSet& points) {
      StateSet set;
      for (const std::uint32_t p : points) set.push_back(lifts[context][p]);
      std::sort(set.begin(), set.end());
      return set;
    };
    return plan;
  }

 private:
  /// |X·a|. `stamp` must be new to `last_seen`, which has a place for each state.
  [[nodiscard]] std::size_t image_size(const FlagSituation& s, std::uint32_t stamp,
                                       std::vector<std::uint32_t>& last_seen) const {
    std::size_t count = 0;
    for (const State q : front_.sets[s.from]) {
      std::uint32_t& seen = last_seen[automata::index(dfa_.step(q, s.letter))];
      count += seen == stamp ? 0 : 1;
      seen = stamp;
    }
    return count;
  }

  [[nodiscard]] bool permutes(std::uint32_t situation) const { return image_sizes_[situation] == size_; }

  /// How many states the level keeps.
  void choose_size() {
    std::size_t most = 0;
    for (const std::size_t size : image_sizes_) {
      if (size < size_) most = std::max(most, size);
    }
    kept_ = std::max<std::size_t>(most, 1);
  }

  /// lifts_[X][i] is the state with number i in X. Along the edges of a spanning forest the letters keep the numbers.
  void choose_lifts() {
    std::vector<std::vector<std::uint32_t>> edges(front_.sets.size());
    for (std::uint32_t s = 0; s < front_.situations.size(); ++s) {
      if (!permutes(s)) continue;
      edges[front_.situations[s].from].push_back(s);
      edges[front_.situations[s].to].push_back(s);
    }
    lifts_.resize(front_.sets.size());
    memory_.add(lifts_.size() * (sizeof(lifts_[0]) + size_ * sizeof(State)));
    grow_tree(front_.start, edges);
    for (Context root = 0; root < front_.sets.size(); ++root) grow_tree(root, edges);
  }

  void grow_tree(Context root, const std::vector<std::vector<std::uint32_t>>& edges) {
    if (!lifts_[root].empty()) return;
    lifts_[root] = front_.sets[root];
    std::vector<Context> tree{root};
    for (std::size_t i = 0; i < tree.size(); ++i) {
      ticker_.tick(size_);
      for (const std::uint32_t s : edges[tree[i]]) {
        const FlagSituation& edge = front_.situations[s];
        if (lifts_[edge.to].empty()) {
          for (const State q : lifts_[edge.from]) lifts_[edge.to].push_back(dfa_.step(q, edge.letter));
          tree.push_back(edge.to);
        } else if (lifts_[edge.from].empty()) {
          lifts_[edge.from] = pulled_back(edge);
          tree.push_back(edge.from);
        }
      }
    }
  }

  [[nodiscard]] std::vector<State> pulled_back(const FlagSituation& edge) const {
    std::vector<std::pair<State, State>> preimages;
    for (const State q : front_.sets[edge.from]) preimages.emplace_back(dfa_.step(q, edge.letter), q);
    std::sort(preimages.begin(), preimages.end());
    std::vector<State> lift;
    for (const State target : lifts_[edge.to]) {
      const auto at = std::lower_bound(preimages.begin(), preimages.end(), std::pair(target, State{}));
      lift.push_back(at->second);
    }
    return lift;
  }

  /// Positions of states, which all lie in the context's set.
  [[nodiscard]] PointSet points_of(Context context, const StateSet& set) const {
    PointSet points;
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (std::binary_search(set.begin(), set.end(), lifts_[context][i])) points.push_back(i);
    }
    assert(points.size() == set.size());
    return points;
  }

  [[nodiscard]] Transformation permutation(std::uint32_t situation) const {
    const FlagSituation& s = front_.situations[situation];
    std::vector<std::pair<State, Point>> numbers;
    for (Point i = 0; i < size_; ++i) numbers.emplace_back(lifts_[s.to][i], i);
    std::sort(numbers.begin(), numbers.end());
    std::vector<Point> images;
    for (const State q : lifts_[s.from]) {
      const auto at = std::lower_bound(numbers.begin(), numbers.end(), std::pair(dfa_.step(q, s.letter), Point{0}));
      images.push_back(at->second);
    }
    return Transformation(std::move(images));
  }

  /// A set of the size to keep with `image` ⊆ Y ⊆ X', one used before if there is one.
  StateSet reset_set(Context to, const StateSet& image) {
    for (const StateSet& used : resets_[to]) {
      ticker_.tick(used.size());
      if (std::includes(used.begin(), used.end(), image.begin(), image.end())) return used;
    }
    StateSet set = image;
    for (const State q : front_.sets[to]) {
      if (set.size() == kept_) break;
      if (!std::binary_search(image.begin(), image.end(), q)) set.push_back(q);
    }
    std::sort(set.begin(), set.end());
    memory_.add(sizeof(set) + set.size() * sizeof(State));
    resets_[to].push_back(set);
    return set;
  }

  const Dfa& dfa_;
  const FlagFront& front_;
  std::size_t size_;
  std::size_t kept_ = 1;
  core::MemoryTally& memory_;
  core::Ticker ticker_;
  std::vector<std::size_t> image_sizes_;       ///< by situation: |X·a|
  std::vector<std::vector<State>> lifts_;      ///< by context
  std::vector<std::vector<StateSet>> resets_;  ///< by context: the sets that resets lead to
};

}  // namespace

Cascade missing_set_cascade(const Dfa& dfa, const core::Limits& limits) {
  FlagFront front = first_front(dfa);
  std::vector<CascadeLevel> levels;
  core::MemoryTally memory(limits, "the missing-set cascade");
  while (front.sets[0].size() > 1) {
    core::MemoryTally of_level = memory;  // with what is forgotten behind the level
    of_level.add(bytes_of(front));
    const LevelPlan plan = Planner(dfa, front, limits, of_level).run();
    levels.push_back(build_level(plan, front, limits, of_level));
    memory.add(bytes_of(levels.back()));
  }
  return finished_cascade(dfa, std::move(levels), std::move(front));
}

}  // namespace eigenmata::algebra
