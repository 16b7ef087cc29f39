// SPDX-License-Identifier: Apache-2.0
#include "checker/box.hpp"

#include <algorithm>

namespace eigenmata::checker {
namespace {

Number value_at(VectorView vector, std::uint32_t index) {
  const Entry* entry = entry_at(vector, index);
  return entry != nullptr ? entry->value : Number();
}

Number absolute(Number value) { return value < Number() ? Number() - value : value; }

/// Takes the absolute values of all entries.
SparseVector absolute(VectorView vector) {
  SparseVector result(vector.begin(), vector.end());
  for (Entry& entry : result) entry.value = absolute(std::move(entry.value));
  return result;
}

/// The coordinates of both, each once, increasing.
std::vector<std::uint32_t> coordinates(VectorView a, VectorView b) {
  std::vector<std::uint32_t> result;
  for (const Entry& entry : a) result.push_back(entry.index);
  for (const Entry& entry : b) result.push_back(entry.index);
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

}  // namespace

Box image(const PreparedMap& map, BoxView box, Workspace& state, Workspace& scratch) {
  Box result;
  Workspace sum;
  for (const Entry& side : box.radius) {
    state.load(SparseVector{{side.index, Number(1)}});
    map.apply_matrix(state, scratch);
    for (const Workspace::Cell* cell : state.listed()) {
      if (!cell->value.is_zero()) sum.cell(cell->index).value += absolute(cell->value) * side.value;
    }
  }
  result.radius = sum.vector();
  state.load(box.centre);
  map.apply(state, scratch);
  result.centre = state.vector();
  return result;
}

std::optional<std::uint32_t> coordinate_outside(BoxView inner, BoxView outer) {
  if (inner.is_point() && compare(inner.centre, outer.centre) == 0) return std::nullopt;
  // [c ± ρ] lies in [c′ ± ρ′] if and only if |c − c′| + ρ ≤ ρ′.
  for (const std::uint32_t i : coordinates(inner.centre, outer.centre)) {
    const Number shift = value_at(inner.centre, i) - value_at(outer.centre, i);
    if (!shift.is_rational()) return i;
    if (absolute(shift) + value_at(inner.radius, i) > value_at(outer.radius, i)) return i;
  }
  for (const Entry& side : inner.radius) {
    if (side.value > value_at(outer.radius, side.index)) return side.index;
  }
  return std::nullopt;
}

std::pair<Number, Number> range(VectorView weights, BoxView box) {
  const Number middle = dot(weights, box.centre);
  if (box.is_point()) return {middle, middle};
  const Number reach = dot(absolute(weights), box.radius);
  return {middle - reach, middle + reach};
}

std::string shown_side(BoxView box, std::uint32_t index) {
  const Number centre = value_at(box.centre, index);
  const Number radius = value_at(box.radius, index);
  if (radius.is_zero()) return centre.shown();
  return "[" + (centre - radius).shown() + "," + (centre + radius).shown() + "]";
}

std::string shown(BoxView box) {
  constexpr std::size_t kShown = 6;
  const std::vector<std::uint32_t> sides = coordinates(box.centre, box.radius);
  if (sides.empty()) return "0";
  std::string text;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    if (i > 0) text += ' ';
    if (i == kShown) return text + "… (" + std::to_string(sides.size()) + " sides)";
    text += std::to_string(sides[i]) + ":" + shown_side(box, sides[i]);
  }
  return text;
}

}  // namespace eigenmata::checker
