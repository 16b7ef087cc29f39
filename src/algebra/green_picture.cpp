// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/green_picture.hpp"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "eigenmata/core/text.hpp"

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

/// What is shown of one D-class: for each row and column the least word of the H-class, and whether it is a group.
struct Cells {
  std::vector<std::vector<std::string>> words;
  std::vector<std::vector<bool>> groups;
};

Cells cells_of(const GreenRelations& green, const core::Alphabet& alphabet, std::size_t d, std::size_t most) {
  std::unordered_map<std::size_t, std::size_t> rows;
  std::unordered_map<std::size_t, std::size_t> columns;
  const DClass& c = green.d_class(d);
  const std::size_t shown_rows = std::min(c.r_classes, most);
  const std::size_t shown_columns = std::min(c.l_classes, most);
  Cells cells{{shown_rows, std::vector<std::string>(shown_columns)}, {shown_rows, std::vector<bool>(shown_columns)}};
  for (const Element m : green.elements_of(d)) {
    const std::size_t row = place(rows, green.r_class_of(m), most);
    const std::size_t column = place(columns, green.l_class_of(m), most);
    if (row == most || column == most) continue;
    if (green.is_idempotent(m)) cells.groups[row][column] = true;
    std::string& cell = cells.words[row][column];
    if (cell.empty()) cell = index(m) == 0 ? "ε" : core::format_word(alphabet, green.monoid().word_of(m));
  }
  return cells;
}

std::string egg_box(const GreenRelations& green, const core::Alphabet& alphabet, std::size_t d, std::size_t most) {
  const DClass& c = green.d_class(d);
  const Cells cells = cells_of(green, alphabet, d, most);
  const std::size_t shown_columns = cells.words[0].size();
  std::vector<std::size_t> widths(shown_columns, 1);
  for (const auto& row : cells.words) {
    for (std::size_t column = 0; column < shown_columns; ++column)
      widths[column] = std::max(widths[column], width(row[column]));
  }
  const bool more_columns = c.l_classes > most;
  std::string text;
  for (std::size_t row = 0; row < cells.words.size(); ++row) {
    text += " ";
    for (std::size_t column = 0; column < shown_columns; ++column) {
      const std::string& cell = cells.words[row][column];
      text += cells.groups[row][column] ? "  *" : "   ";
      text += cell;
      if (column + 1 < shown_columns || more_columns) text += std::string(widths[column] - width(cell), ' ');
    }
    text += more_columns ? "  …\n" : "\n";
  }
  return c.r_classes > most ? text + "    …\n" : text;
}

/// A D-class as a table for Graphviz, groups shaded.
std::string table(const GreenRelations& green, const core::Alphabet& alphabet, std::size_t d, std::size_t most) {
  const DClass& c = green.d_class(d);
  const Cells cells = cells_of(green, alphabet, d, most);
  const std::size_t columns = cells.words[0].size() + (c.l_classes > most ? 1 : 0);
  std::string text = "<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"5\">";
  text += "<tr><td border=\"0\" colspan=\"" + std::to_string(columns) + "\">rank " + std::to_string(c.rank) +
          (c.h_size > 1 ? ", " + std::to_string(c.h_size) + " elements a cell" : "") + "</td></tr>";
  for (std::size_t row = 0; row < cells.words.size(); ++row) {
    text += "<tr>";
    for (std::size_t column = 0; column < cells.words[row].size(); ++column) {
      text += cells.groups[row][column] ? "<td bgcolor=\"#cfe0f3\">*" : "<td>";
      text += core::html_escaped(cells.words[row][column]) + "</td>";
    }
    text += c.l_classes > most ? "<td>…</td></tr>" : "</tr>";
  }
  if (c.r_classes > most) text += "<tr><td colspan=\"" + std::to_string(columns) + "\">…</td></tr>";
  return text + "</table>";
}

/// The steps down between the first `count` D-classes that no other path makes. Classes are numbered by their least
/// words, so not always from the top down.
std::vector<std::vector<std::size_t>> covers(const GreenRelations& green, std::size_t count) {
  const auto steps = green.steps_down();
  std::vector<std::vector<bool>> below(count, std::vector<bool>(green.d_classes(), false));
  for (std::size_t d = 0; d < count; ++d) {
    std::vector<std::size_t> queue(steps[d]);
    for (std::size_t i = 0; i < queue.size(); ++i) {
      if (below[d][queue[i]]) continue;
      below[d][queue[i]] = true;
      queue.insert(queue.end(), steps[queue[i]].begin(), steps[queue[i]].end());
    }
  }
  std::vector<std::vector<std::size_t>> result(count);
  for (std::size_t d = 0; d < count; ++d) {
    for (std::size_t e = 0; e < count; ++e) {
      if (!below[d][e]) continue;
      bool direct = true;
      for (std::size_t between = 0; direct && between < count; ++between)
        direct = !(below[d][between] && below[between][e]);
      if (direct) result[d].push_back(e);
    }
  }
  return result;
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

std::string egg_box_dot(const GreenRelations& green, const core::Alphabet& alphabet, std::size_t most) {
  assert(alphabet.size() == green.monoid().letters());
  const std::size_t shown = std::min(green.d_classes(), 4 * most);
  std::string text =
      "digraph egg_boxes {\n  node [shape=plaintext, fontname=\"Helvetica\"];\n  edge [arrowhead=none];\n";
  for (std::size_t d = 0; d < shown; ++d)
    text += "  d" + std::to_string(d) + " [label=<" + table(green, alphabet, d, most) + ">];\n";
  const auto steps = covers(green, shown);
  for (std::size_t d = 0; d < shown; ++d) {
    for (const std::size_t e : steps[d]) text += "  d" + std::to_string(d) + " -> d" + std::to_string(e) + ";\n";
  }
  if (shown < green.d_classes()) {
    text += "  more [label=\"… and " + counted(green.d_classes() - shown, "more D-class", "more D-classes") + "\"];\n";
  }
  return text + "}\n";
}

}  // namespace eigenmata::algebra
