// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/green_picture.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace eigenmata::algebra {
namespace {

/// Number of characters of a valid UTF-8 text.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

std::string counted(std::size_t count, const std::string& thing, const std::string& plural = "") {
  return std::to_string(count) + " " + (count == 1 ? thing : plural.empty() ? thing + "s" : plural);
}

std::string heading(std::size_t d, const DClass& c) {
  std::string text = "D" + std::to_string(d) + ": " + counted(c.size, "element") + " = " +
                     counted(c.r_classes, "R-class", "R-classes") + " × " +
                     counted(c.l_classes, "L-class", "L-classes") + " × " + std::to_string(c.h_size) + ", rank " +
                     std::to_string(c.rank) + ", ";
  if (!c.is_regular()) return text + "not regular\n";
  return text + counted(c.idempotents, "idempotent") + ", groups of order " + std::to_string(c.h_size) + "\n";
}

/// The place of each class among those shown; a new class beyond `most` gets none (`most`).
std::size_t place(std::unordered_map<std::size_t, std::size_t>& places, std::size_t class_number, std::size_t most) {
  if (places.size() >= most && places.find(class_number) == places.end()) return most;
  return places.try_emplace(class_number, places.size()).first->second;
}

std::string egg_box(const GreenRelations& green, const core::Alphabet& alphabet, std::size_t d, std::size_t most) {
  std::unordered_map<std::size_t, std::size_t> rows;
  std::unordered_map<std::size_t, std::size_t> columns;
  const DClass& c = green.d_class(d);
  const std::size_t shown_rows = std::min(c.r_classes, most);
  const std::size_t shown_columns = std::min(c.l_classes, most);
  std::vector<std::vector<std::string>> cells(shown_rows, std::vector<std::string>(shown_columns));
  std::vector<std::vector<bool>> groups(shown_rows, std::vector<bool>(shown_columns, false));
  std::vector<std::size_t> widths(shown_columns, 1);
  for (const Element m : green.elements_of(d)) {
    const std::size_t row = place(rows, green.r_class_of(m), most);
    const std::size_t column = place(columns, green.l_class_of(m), most);
    if (row == most || column == most) continue;
    if (green.is_idempotent(m)) groups[row][column] = true;
    std::string& cell = cells[row][column];
    if (!cell.empty()) continue;
    cell = index(m) == 0 ? "ε" : core::format_word(alphabet, green.monoid().word_of(m));
    widths[column] = std::max(widths[column], width(cell));
  }
  const bool more_columns = c.l_classes > most;
  std::string text;
  for (std::size_t row = 0; row < shown_rows; ++row) {
    text += " ";
    for (std::size_t column = 0; column < shown_columns; ++column) {
      const std::string& cell = cells[row][column];
      text += groups[row][column] ? "  *" : "   ";
      text += cell;
      if (column + 1 < shown_columns || more_columns) text += std::string(widths[column] - width(cell), ' ');
    }
    text += more_columns ? "  …\n" : "\n";
  }
  return c.r_classes > most ? text + "    …\n" : text;
}

}  // namespace

std::string egg_box_text(const GreenRelations& green, const core::Alphabet& alphabet, std::size_t most) {
  assert(alphabet.size() == green.monoid().letters());
  std::string text;
  for (std::size_t d = 0; d < green.d_classes(); ++d) {
    if (d == most) return text + "… and " + counted(green.d_classes() - most, "more D-class", "more D-classes") + "\n";
    text += heading(d, green.d_class(d)) + egg_box(green, alphabet, d, most);
  }
  return text;
}

}  // namespace eigenmata::algebra
