// SPDX-License-Identifier: Apache-2.0
#include "verdict_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "common.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/expressivity/verdict_table.hpp"

namespace eigenmata::cli {
namespace {

using expressivity::TableCell;

struct Row {
  std::string name;
  std::optional<std::size_t> states;  ///< if a limit did not come first
  std::vector<core::Answer> answers;
  std::vector<std::string> theorems;  ///< empty where unknown
};

/// Every file in a folder, by name; other operands as they are.
std::vector<Operand> languages_of(const Request& request) {
  if (request.positionals.empty() && request.regexes.empty()) {
    std::vector<Operand> all;
    for (const std::string& name : automata::catalogue_names()) all.push_back({name, false});
    return all;
  }
  std::vector<Operand> expanded;
  for (const Operand& operand : operands(request, 1, 1'000'000, "languages")) {
    if (operand.is_regex || !std::filesystem::is_directory(operand.text)) {
      expanded.push_back(operand);
      continue;
    }
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(operand.text)) {
      if (entry.is_regular_file()) paths.push_back(entry.path().string());
    }
    if (paths.empty()) throw core::Error({operand.text}, "the folder holds no file");
    std::sort(paths.begin(), paths.end());
    for (std::string& path : paths) expanded.push_back({std::move(path), false});
  }
  return expanded;
}

std::string states_text(const Row& row) { return row.states ? std::to_string(*row.states) : "?"; }

std::string heading(const TableCell& cell) {
  std::string text = cell.class_name;
  if (cell.layers) text += ", " + counted(*cell.layers, "layer");
  if (cell.semantics != "exact") text += ", " + cell.semantics;
  return text;
}

char mark(core::Answer answer) {
  if (answer == core::Answer::kUnknown) return '?';
  return answer == core::Answer::kYes ? '+' : '-';
}

std::string as_text(const std::vector<Row>& rows) {
  const auto& columns = expressivity::verdict_columns();
  std::string out;
  for (std::size_t c = 0; c < columns.size(); ++c) out += fmt::format("{:>2}  {}\n", c + 1, heading(columns[c]));
  std::size_t width = 8;
  for (const Row& row : rows) width = std::max(width, row.name.size());
  out += fmt::format("\n{:<{}} {:>6}", "language", width, "states");
  for (std::size_t c = 0; c < columns.size(); ++c) out += fmt::format(" {:>2}", c + 1);
  out += "\n";
  for (const Row& row : rows) {
    out += fmt::format("{:<{}} {:>6}", row.name, width, states_text(row));
    for (const core::Answer answer : row.answers) out += fmt::format(" {:>2}", mark(answer));
    out += "\n";
  }
  return out + "\n+ yes   - no   ? open, or not decided here\n";
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string as_csv(const std::vector<Row>& rows) {
  std::string out = "language,states";
  for (const TableCell& cell : expressivity::verdict_columns()) out += "," + csv_field(heading(cell));
  out += "\n";
  for (const Row& row : rows) {
    out += csv_field(row.name) + "," + states_text(row);
    for (const core::Answer answer : row.answers) out += "," + std::string(to_string(answer));
    out += "\n";
  }
  return out;
}

std::string as_json(const std::vector<Row>& rows) {
  const auto& columns = expressivity::verdict_columns();
  core::JsonWriter json;
  json.begin_object().key("columns").begin_array(core::JsonWriter::Layout::kLines);
  for (const TableCell& cell : columns) {
    json.begin_object(core::JsonWriter::Layout::kInline).key("class").string(cell.class_name).key("layers");
    cell.layers ? json.integer(*cell.layers) : json.string("any");
    json.key("semantics").string(cell.semantics).end_object();
  }
  json.end_array().key("rows").begin_array(core::JsonWriter::Layout::kLines);
  for (const Row& row : rows) {
    json.begin_object(core::JsonWriter::Layout::kInline).key("language").string(row.name);
    json.key("states");
    row.states ? json.integer(*row.states) : json.null();
    json.key("verdicts").begin_array();
    for (const core::Answer answer : row.answers) json.string(to_string(answer));
    json.end_array().key("theorems").strings(row.theorems).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string as_html(const std::vector<Row>& rows) {
  const auto& columns = expressivity::verdict_columns();
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Languages and linear RNNs</title>\n"
      "<style>body{font:14px sans-serif;margin:2em}table{border-collapse:collapse}th,td{border:1px solid #ccc;"
      "padding:2px 8px;text-align:center}th:first-child,td:first-child{text-align:left}"
      "thead th{vertical-align:bottom;background:#fff;position:sticky;top:0}"
      ".yes{background:#cfe8cf}.no{background:#f3cfcf}.unknown{background:#eee}</style></head>\n<body>\n"
      "<table><thead><tr><th>language</th><th>states</th>";
  for (const TableCell& cell : columns) out += "<th>" + core::html_escaped(heading(cell)) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const Row& row : rows) {
    out += "<tr><td>" + core::html_escaped(row.name) + "</td><td>" + states_text(row) + "</td>";
    for (std::size_t c = 0; c < row.answers.size(); ++c) {
      const std::string answer(to_string(row.answers[c]));
      out += "<td class=\"" + answer + "\" title=\"" + core::html_escaped(row.theorems[c]) + "\">" + answer + "</td>";
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table>\n</body></html>\n";
}

/// What is not known when a limit is met stays unknown; an interrupt ends everything.
Row decided_row(const Request& request, const Operand& operand) {
  const auto& columns = expressivity::verdict_columns();
  Row row{operand.text, std::nullopt, {}, {}};
  try {
    const automata::Language language = read_language(request, operand);
    row.name = language.name;
    expressivity::LanguageFacts facts(language.dfa, request.limits);
    row.states = facts.minimal().states();
    for (const TableCell& cell : columns) {
      const auto verdict = decide(facts, cell);
      row.answers.push_back(verdict.answer());
      row.theorems.push_back(verdict.theorem());
    }
  } catch (const core::LimitReached& limit) {
    if (limit.kind() == core::LimitReached::Kind::kInterrupted) throw;
  }
  row.answers.resize(columns.size(), core::Answer::kUnknown);
  row.theorems.resize(columns.size());
  return row;
}

std::string format_of(const Request& request) {
  if (request.json && !request.as.empty() && request.as != "json")
    throw core::Error({"--as"}, "--json and --as " + request.as + " ask for two formats; choose one");
  if (!request.as.empty()) return request.as;
  if (request.json) return "json";
  const std::string ending = std::filesystem::path(request.output).extension().string();
  return ending.empty() ? "text" : ending.substr(1);
}

}  // namespace

Result run_decide_matrix(const Request& request) {
  if (!request.target.empty()) throw core::Error("--matrix has its own classes; leave out --class");
  const std::string format = format_of(request);
  if (format != "text" && format != "txt" && format != "csv" && format != "json" && format != "html")
    throw core::Error({"--as"}, core::in_quotes(format) + "; expected text, csv, json or html");
  std::vector<Row> rows;
  for (const Operand& operand : languages_of(request)) {
    if (request.limits.progress) request.limits.progress("deciding languages", rows.size(), 0);
    rows.push_back(decided_row(request, operand));
  }
  std::string out = format == "csv"    ? as_csv(rows)
                    : format == "json" ? as_json(rows)
                    : format == "html" ? as_html(rows)
                                       : as_text(rows);
  if (request.output.empty() || request.output == "-") return {Exit::kYes, std::move(out)};
  core::write_file(request.output, out);
  return {Exit::kYes, fmt::format("{}: {} and {}\n", request.output, counted(rows.size(), "language"),
                                  counted(expressivity::verdict_columns().size(), "column"))};
}

}  // namespace eigenmata::cli
