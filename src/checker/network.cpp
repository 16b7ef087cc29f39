// SPDX-License-Identifier: Apache-2.0
#include "checker/network.hpp"

#include <algorithm>
#include <numeric>

#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

bool before(const Entry& entry, std::uint32_t index) { return entry.index < index; }

}  // namespace

Number dot(VectorView a, VectorView b) {
  if (a.size() > b.size()) std::swap(a, b);
  // A search for each entry of the shorter one, or a walk over both, whichever looks cheaper.
  const bool search = b.size() / 16 > a.size();
  Number sum;
  auto at = b.begin();
  for (const Entry& entry : a) {
    if (search) {
      at = std::lower_bound(at, b.end(), entry.index, before);
    } else {
      while (at != b.end() && at->index < entry.index) ++at;
    }
    if (at == b.end()) break;
    if (at->index == entry.index) sum += entry.value * at->value;
  }
  return sum;
}

const Entry* entry_at(VectorView vector, std::uint32_t index) {
  const auto place = std::lower_bound(vector.begin(), vector.end(), index, before);
  return place != vector.end() && place->index == index ? &*place : nullptr;
}

std::strong_ordering compare(VectorView a, VectorView b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto order = a[i].index <=> b[i].index; order != 0) return order;
    if (const auto order = Number::listed_order(a[i].value, b[i].value); order != 0) return order;
  }
  return a.size() <=> b.size();
}

std::string shown(VectorView vector) {
  constexpr std::size_t kShown = 6;
  if (vector.empty()) return "0";
  std::string text;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    if (i > 0) text += ' ';
    if (i == kShown) return text + "… (" + std::to_string(vector.size()) + " entries)";
    text += std::to_string(vector[i].index) + ":" + vector[i].value.shown();
  }
  return text;
}

bool is_real(VectorView vector) {
  return std::all_of(vector.begin(), vector.end(), [](const Entry& entry) { return entry.value.is_real(); });
}

std::string symbol_name(const Network& network, std::size_t layer, std::size_t symbol) {
  return layer == 0 ? "letter " + quoted(network.letters[symbol]) : "input symbol " + std::to_string(symbol);
}

std::vector<std::uint32_t> sorted_rows(const std::vector<TableRow>& rows) {
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(), [&rows](std::uint32_t a, std::uint32_t b) {
    const std::strong_ordering states = compare(rows[a].state, rows[b].state);
    return states != 0 ? states < 0 : a < b;
  });
  return order;
}

std::optional<std::size_t> repeated_row(const std::vector<TableRow>& rows) {
  const std::vector<std::uint32_t> order = sorted_rows(rows);
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (compare(rows[order[i - 1]].state, rows[order[i]].state) == 0) return order[i];
  }
  return std::nullopt;
}

}  // namespace eigenmata::checker
