// SPDX-License-Identifier: Apache-2.0
#include "checker/propagation.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <tuple>

namespace eigenmata::checker {
namespace {

using Cell = Workspace::Cell;

/// Calls visit(entry, cell) for the coordinates that the vector and the listed cells share, looking up the
/// longer of the two for each of the shorter.
template <class Visit>
void for_each_common(VectorView vector, Workspace& state, Visit visit) {
  if (vector.size() <= state.listed().size()) {
    for (const Entry& entry : vector) {
      if (Cell* cell = state.find(entry.index)) visit(entry, *cell);
    }
  } else {
    for (Cell* cell : state.listed()) {
      if (const Entry* entry = entry_at(vector, cell->index)) visit(*entry, *cell);
    }
  }
}

}  // namespace

void Workspace::clear() {
  for (Cell* cell : listed_) {
    cell->listed = false;
    cell->value = Number();
    cell->due = -1;
  }
  listed_.clear();
}

void Workspace::load(VectorView vector) {
  clear();
  for (const Entry& entry : vector) cell(entry.index).value = entry.value;
}

Workspace::Cell& Workspace::cell(std::uint32_t index) {
  Cell& cell = cells_[index];
  if (!cell.listed) {
    cell.index = index;
    cell.listed = true;
    listed_.push_back(&cell);
  }
  return cell;
}

Workspace::Cell* Workspace::find(std::uint32_t index) {
  const auto place = cells_.find(index);
  return place != cells_.end() && place->second.listed ? &place->second : nullptr;
}

bool Workspace::equals(VectorView vector) {
  std::size_t nonzero = 0;
  for (const Cell* cell : listed_) nonzero += cell->value.is_zero() ? 0 : 1;
  if (nonzero != vector.size()) return false;
  for (const Entry& entry : vector) {
    const Cell* cell = find(entry.index);
    if (cell == nullptr || cell->value != entry.value) return false;
  }
  return true;
}

SparseVector Workspace::vector() const {
  SparseVector result;
  for (const Cell* cell : listed_) {
    if (!cell->value.is_zero()) result.push_back({cell->index, cell->value});
  }
  std::sort(result.begin(), result.end(), [](const Entry& a, const Entry& b) { return a.index < b.index; });
  return result;
}

/// Which factors are still to act on a state, in order. Invariant between two factors: every cell that is not
/// zero has `due` at the next factor that reads it, and that factor is in the heap (kNever if there is none).
class PreparedMap::Schedule {
 public:
  explicit Schedule(const std::vector<std::uint64_t>& readers) : readers_(readers) {}

  /// Call for each cell that may have become non-zero, or whose factor has just acted.
  void add(Cell& cell, std::int64_t from) {
    if (cell.due >= from || cell.value.is_zero()) return;
    const std::uint64_t base = std::uint64_t{cell.index} << 32;
    const auto place = std::lower_bound(readers_.begin(), readers_.end(), base + static_cast<std::uint64_t>(from));
    if (place == readers_.end() || *place >> 32 != cell.index) {
      cell.due = kNever;
      return;
    }
    cell.due = static_cast<std::int64_t>(*place & 0xFFFFFFFFU);
    heap_.push(cell.due);
  }

  /// The next factor to act, each once.
  std::optional<std::size_t> next() {
    while (!heap_.empty()) {
      const std::int64_t factor = heap_.top();
      heap_.pop();
      if (factor == last_) continue;  // several coordinates waited for it
      last_ = factor;
      return static_cast<std::size_t>(factor);
    }
    return std::nullopt;
  }

 private:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  const std::vector<std::uint64_t>& readers_;
  std::priority_queue<std::int64_t, std::vector<std::int64_t>, std::greater<>> heap_;
  std::int64_t last_ = -1;
};

PreparedMap::PreparedMap(const Map& map) : map_(&map) {
  for (std::size_t f = 0; f < map.factors.size(); ++f) {
    for (const Entry& entry : map.factors[f].v) readers_.push_back((std::uint64_t{entry.index} << 32) + f);
    if (map.form != MatrixForm::kHouseholder) continue;
    scales_.push_back(map.factors[f].beta / dot(map.factors[f].v, map.factors[f].v));
  }
  std::sort(readers_.begin(), readers_.end());
  for (std::uint32_t row = 0; row < map.rows.size(); ++row) {
    for (const Entry& entry : map.rows[row]) elements_.push_back({entry.index, row, &entry.value});
  }
  std::sort(elements_.begin(), elements_.end(),
            [](const Element& a, const Element& b) { return std::tie(a.column, a.row) < std::tie(b.column, b.row); });
}

void PreparedMap::apply(Workspace& state, Workspace& scratch) const {
  apply_matrix(state, scratch);
  for (const Entry& entry : map_->offset) state.cell(entry.index).value += entry.value;
}

void PreparedMap::apply_matrix(Workspace& state, Workspace& scratch) const {
  switch (map_->form) {
    case MatrixForm::kDiagonal:
      apply_diagonal(state);
      break;
    case MatrixForm::kHouseholder:
    case MatrixForm::kRankOne:
      apply_factors(state);
      break;
    case MatrixForm::kDense:
      apply_dense(state, scratch);
      break;
  }
}

void PreparedMap::apply_diagonal(Workspace& state) const {
  for (Cell* cell : state.listed()) {
    const Entry* entry = entry_at(map_->diagonal, cell->index);
    cell->value = entry != nullptr ? cell->value * entry->value : Number();
  }
}

void PreparedMap::apply_factors(Workspace& state) const {
  Schedule schedule(readers_);
  for (Cell* cell : state.listed()) schedule.add(*cell, 0);
  while (const std::optional<std::size_t> f = schedule.next()) {
    act(*f, state);
    const auto from = static_cast<std::int64_t>(*f) + 1;
    const auto reschedule = [&schedule, from](const Entry&, Cell& cell) { schedule.add(cell, from); };
    for_each_common(map_->factors[*f].v, state, reschedule);
    for_each_common(map_->factors[*f].u, state, reschedule);
  }
}

void PreparedMap::act(std::size_t f, Workspace& state) const {
  const Factor& factor = map_->factors[f];
  Number amount;
  for_each_common(factor.v, state, [&amount](const Entry& entry, const Cell& cell) {
    if (!cell.value.is_zero()) amount += entry.value * cell.value;
  });
  if (amount.is_zero()) return;
  const bool householder = map_->form == MatrixForm::kHouseholder;
  if (householder) amount *= scales_[f];
  for (const Entry& entry : householder ? factor.v : factor.u) {
    state.cell(entry.index).value -= amount * entry.value;
  }
}

void PreparedMap::apply_dense(Workspace& state, Workspace& scratch) const {
  scratch.clear();
  for (const Cell* cell : state.listed()) {
    if (cell->value.is_zero()) continue;
    auto element = std::lower_bound(elements_.begin(), elements_.end(), cell->index,
                                    [](const Element& e, std::uint32_t column) { return e.column < column; });
    for (; element != elements_.end() && element->column == cell->index; ++element) {
      scratch.cell(element->row).value += *element->value * cell->value;
    }
  }
  std::swap(state, scratch);
}

}  // namespace eigenmata::checker
