// SPDX-License-Identifier: Apache-2.0
//
// What is left of a machine of points once its group is tracked: m_t = c_t · g_t (split_groups.hpp). Other machines
// keep g_t, the product of the permutations read so far; here is what they have to say, and the machine of c_t.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "eigenmata/algebra/listed_group.hpp"
#include "level_growth.hpp"

namespace eigenmata::algebra {

/// The group of all permutations that a machine of points makes. Throws `core::LimitReached`.
[[nodiscard]] PermutationGroup group_of(const PointMachine& machine, const core::Limits& limits);

class TrackedGroup {
 public:
  using Element = std::uint32_t;

  /// A symbol of the level, or a context above it, with an element of the group: g before the step, or g.
  using WithElement = std::pair<std::uint32_t, Element>;

  /// Both have to outlive this.
  TrackedGroup(const CascadeLevel& level, const ListedGroup& group);

  [[nodiscard]] bool has_resets() const { return has_resets_; }
  /// What the symbol multiplies by; 0, the identity, for a reset.
  [[nodiscard]] Element permutation(Value symbol) const;
  /// What the level says, or which context follows, in a value of its.
  [[nodiscard]] Value output(Value symbol, const Entries& value) const;
  [[nodiscard]] Context context(Context above, const Entries& value) const;
  /// The start value moved by an element: without resets, the level's value.
  [[nodiscard]] Entries start_moved(Element g) const;

  /// The machine of c_t, which speaks for the level. It reads the symbols, and meets the contexts, that stand at their
  /// numbers. Throws `core::LimitReached`.
  [[nodiscard]] CascadeLevel written_level(const std::vector<WithElement>& symbols,
                                           const std::vector<WithElement>& contexts, const LevelFront& front,
                                           const core::Limits& limits) const;

 private:
  const CascadeLevel& level_;
  const PointMachine& machine_;
  const ListedGroup& group_;
  bool has_resets_ = false;
  std::map<Entries, Value> value_of_;
};

}  // namespace eigenmata::algebra
