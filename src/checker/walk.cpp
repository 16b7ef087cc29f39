// SPDX-License-Identifier: Apache-2.0
#include "checker/walk.hpp"

#include <algorithm>

#include "checker/certificate_lines.hpp"
#include "checker/network.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

/// A number of an existing thing, or `-`.
std::uint32_t index_or_dash(Tokens& tokens, std::string_view what, std::uint32_t limit) {
  if (!tokens.at_word("-")) return tokens.index(what, limit);
  tokens.word("-");
  return kNowhere;
}

std::uint32_t size_of(const std::vector<std::vector<std::uint32_t>>& nodes) {
  return static_cast<std::uint32_t>(nodes.size());
}

bool any_at_least(const std::vector<std::uint32_t>& list, std::size_t limit, bool dash_allowed) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::uint32_t i) { return i >= limit && !(dash_allowed && i == kNowhere); });
}

}  // namespace

std::optional<std::uint32_t> WalkDecoder::code(const Number& number) const {
  for (std::uint32_t c = 0; c < codes.size(); ++c) {
    if (codes[c] == number) return c;
  }
  return std::nullopt;
}

const WalkRow* WalkDecoder::row(std::uint32_t table, std::uint32_t node) const {
  const std::vector<WalkRow>& rows = tables[table];
  const auto place = std::lower_bound(rows.begin(), rows.end(), node,
                                      [](const WalkRow& r, std::uint32_t wanted) { return r.node < wanted; });
  return place != rows.end() && place->node == node ? &*place : nullptr;
}

std::optional<std::uint32_t> WalkDecoder::output(std::span<const Entry> state, std::uint32_t input) const {
  const WalkRoute& route = routes[route_of[input]];
  std::array<std::uint32_t, 2> ends{};
  for (std::size_t walk = 0; walk < 2; ++walk) {
    std::uint32_t node = 0;
    for (const std::uint32_t coordinate : route.coordinates[walk]) {
      const Entry* entry = entry_at(state, coordinate);
      const std::optional<std::uint32_t> read = code(entry == nullptr ? Number() : entry->value);
      if (!read) return std::nullopt;
      node = nodes[walk][node][*read];
      if (node == kNowhere) return std::nullopt;
    }
    ends[walk] = node;
  }
  const WalkRow* found = row(route.table, ends[0]);
  if (found == nullptr || found->outputs[ends[1]] == kNowhere) return std::nullopt;
  return found->outputs[ends[1]];
}

std::optional<std::string> fault_of(const WalkDecoder& walk, std::uint32_t dimension, std::uint32_t inputs,
                                    std::uint32_t outputs) {
  if (walk.codes.empty()) return "a walk reads at least one code";
  for (std::uint32_t c = 0; c < walk.codes.size(); ++c) {
    if (walk.code(walk.codes[c]) != c) return "code " + std::to_string(c) + " stands twice";
  }
  for (const auto& nodes : walk.nodes) {
    if (nodes.empty()) return "a walk has at least one node";
    for (const auto& next : nodes) {
      if (next.size() != walk.codes.size()) return "a node has one next node, or none, for each code";
      if (any_at_least(next, nodes.size(), true)) return "a walk goes to a node that there is not";
    }
  }
  for (const auto& rows : walk.tables) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].node >= walk.nodes[0].size()) return "a row is of a node that there is not";
      if (i > 0 && rows[i - 1].node >= rows[i].node) return "the nodes of rows increase";
      if (rows[i].outputs.size() != walk.nodes[1].size()) {
        return plural(rows[i].outputs.size(), "output") + " in a row, but the second walk has " +
               plural(walk.nodes[1].size(), "node");
      }
      if (any_at_least(rows[i].outputs, outputs, true)) return "a row has an output that there is not";
    }
  }
  for (const WalkRoute& route : walk.routes) {
    if (route.table >= walk.tables.size()) return "a route has a table that there is not";
    if (any_at_least(route.coordinates[0], dimension, false) || any_at_least(route.coordinates[1], dimension, false)) {
      return "a route reads a coordinate that there is not";
    }
  }
  if (walk.route_of.size() != inputs) return "expected a route for each of " + plural(inputs, "input symbol");
  if (any_at_least(walk.route_of, walk.routes.size(), false)) return "a symbol has a route that there is not";
  return std::nullopt;
}

WalkDecoder read_walk(CertificateLines& lines, std::uint32_t dimension, std::uint32_t inputs, std::uint32_t outputs) {
  WalkDecoder walk;
  walk.line = lines.number();
  const std::uint32_t codes = lines.tokens().positive("number of codes");
  lines.finish();
  Tokens& numbers = lines.line_of("codes");
  for (std::uint32_t c = 0; c < codes; ++c) walk.codes.push_back(numbers.number("a code"));
  numbers.finish();
  for (auto& nodes : walk.nodes) {
    const std::uint32_t count = lines.line_of("nodes").positive("number of nodes");
    lines.finish();
    for (std::uint32_t n = 0; n < count; ++n) {
      Tokens& tokens = lines.line_of("node");
      nodes.emplace_back();
      for (std::uint32_t c = 0; c < codes; ++c) nodes.back().push_back(index_or_dash(tokens, "node", count));
      tokens.finish();
    }
  }
  const std::uint32_t tables = lines.line_of("tables").count("number of tables");
  lines.finish();
  for (std::uint32_t t = 0; t < tables; ++t) {
    const std::uint32_t rows = lines.line_of("table").count("number of rows");
    lines.finish();
    walk.tables.emplace_back();
    for (std::uint32_t r = 0; r < rows; ++r) {
      Tokens& tokens = lines.line_of("row");
      WalkRow row;
      row.line = lines.number();
      row.node = tokens.index("node", size_of(walk.nodes[0]));
      tokens.bar();
      while (!tokens.at_end()) row.outputs.push_back(index_or_dash(tokens, "output", outputs));
      walk.tables.back().push_back(std::move(row));
    }
  }
  const std::uint32_t routes = lines.line_of("routes").count("number of routes");
  lines.finish();
  for (std::uint32_t r = 0; r < routes; ++r) {
    Tokens& tokens = lines.line_of("route");
    WalkRoute route;
    route.table = tokens.index("table", tables);
    tokens.bar();
    while (!tokens.at_end() && !tokens.at_bar()) route.coordinates[0].push_back(tokens.index("coordinate", dimension));
    tokens.bar();
    while (!tokens.at_end()) route.coordinates[1].push_back(tokens.index("coordinate", dimension));
    walk.routes.push_back(std::move(route));
  }
  Tokens& symbols = lines.line_of("symbols");
  while (!symbols.at_end()) walk.route_of.push_back(symbols.index("route", routes));
  if (const std::optional<std::string> fault = fault_of(walk, dimension, inputs, outputs)) symbols.fail(*fault);
  return walk;
}

}  // namespace eigenmata::checker
