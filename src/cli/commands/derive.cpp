// SPDX-License-Identifier: Apache-2.0
//
// The derivations of state space models, claim by claim.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/ssm/claim.hpp"

namespace eigenmata::cli {
namespace {

using ssm::Claim;
using ssm::Finding;

std::string_view system_of(std::string_view id) { return id.substr(0, id.rfind('.')); }

/// In the order of the whole table, each once.
std::vector<const Claim*> selected(const std::vector<std::string>& names) {
  std::vector<const Claim*> chosen;
  if (names.empty()) {
    for (const Claim& claim : ssm::all_claims()) chosen.push_back(&claim);
    return chosen;
  }
  for (const std::string& name : names) {
    const auto named = ssm::claims_named(name);
    if (named.empty()) {
      std::vector<std::string> systems;
      for (const Claim& claim : ssm::all_claims()) {
        const std::string system(system_of(claim.id));
        if (std::find(systems.begin(), systems.end(), system) == systems.end()) systems.push_back(system);
      }
      std::string list;
      for (const std::string& system : systems) list += (list.empty() ? "" : ", ") + system;
      throw core::Error(core::in_quotes(name) + " is no claim and no system; the systems are " + list);
    }
    chosen.insert(chosen.end(), named.begin(), named.end());
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

ssm::Scope scope_of(const Request& request) {
  ssm::Scope scope;
  scope.size = request.state_size;
  scope.length = request.length;
  if (!request.number_format.empty()) scope.format = &precision::float_format(request.number_format, {"--dtype"});
  scope.bits = request.bits;
  scope.seed = request.seed;
  scope.limits = request.limits;
  return scope;
}

std::string as_json(const std::vector<const Claim*>& claims, const std::vector<Finding>& findings) {
  core::JsonWriter json;
  json.begin_object().key("claims").begin_array();
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Finding& f = findings[i];
    json.begin_object().key("id").string(claims[i]->id).key("kind").string(to_string(claims[i]->kind));
    json.key("statement").string(claims[i]->statement).key("source").string(claims[i]->source);
    json.key("verdict").string(to_string(f.verdict)).key("method").string(to_string(f.method));
    const auto text = [&](std::string_view key, const std::string& value) {
      json.key(key);
      if (value.empty()) {
        json.null();
      } else {
        json.string(value);
      }
    };
    text("ring", f.ring);
    text("range", f.range);
    text("value", f.value);
    text("witness", f.witness);
    text("coq", std::string(claims[i]->coq));
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

constexpr std::size_t kWidth = 120;  // of a line

/// The first word; a ball, "[1.5 +/- 1e-9]", is one.
std::string_view first_word(std::string_view text) {
  constexpr std::string_view kRadius = " +/- ";
  std::size_t end = text.find(' ');
  if (end != std::string_view::npos && text.substr(end, kRadius.size()) == kRadius)
    end = text.find(' ', end + kRadius.size());
  return text.substr(0, end);
}

/// Words in lines, of which the first begins at column `indent` and the others are indented so.
std::string in_lines(std::string_view text, std::size_t indent) {
  const auto width_of = [](std::string_view word) {  // in code points
    return static_cast<std::size_t>(std::count_if(
        word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
  };
  std::string lines;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::string_view word = first_word(text);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const std::size_t width = width_of(word);
    if (column > indent && column + 1 + width > kWidth) {
      lines += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += width;
  }
  return lines;
}

/// A list that is too long for a line, an item a line.
std::string listed_in_lines(std::string_view value, std::size_t indent) {
  if (indent + value.size() <= kWidth) return std::string(value);
  std::string lines;
  for (std::size_t end = value.find("; "); end != std::string_view::npos; end = value.find("; ")) {
    lines += in_lines(value.substr(0, end), indent) + "\n" + std::string(indent, ' ');
    value.remove_prefix(end + 2);
  }
  return lines + in_lines(value, indent);
}

/// One claim: a line with what can be compared at a glance, and its statement under it.
std::string as_text(const Claim& claim, const Finding& f) {
  const std::string_view name = claim.id.substr(system_of(claim.id).size() + 1);
  std::string text =
      fmt::format("  {:<30} {:<8} {:<8}  {}\n", name, to_string(claim.kind), to_string(f.verdict),
                  f.range.empty() ? "" : fmt::format("{}: {}; {}", to_string(f.method), f.ring, f.range));
  text += fmt::format("      {}\n", in_lines(fmt::format("{} [{}]", claim.statement, claim.source), 6));
  if (!claim.coq.empty()) text += fmt::format("      for all  {} in proofs/theories\n", claim.coq);
  if (!f.value.empty()) text += fmt::format("      value    {}\n", listed_in_lines(f.value, 15));
  if (!f.witness.empty())
    text +=
        fmt::format("      {} {}\n", f.verdict == core::Answer::kNo ? "fails   " : "unknown ", in_lines(f.witness, 15));
  return text;
}

}  // namespace

Result run_derive(const Request& request) {
  std::vector<const Claim*> claims = selected(request.positionals);
  const ssm::Scope scope = scope_of(request);
  if (scope.format != nullptr) {
    claims.erase(std::remove_if(claims.begin(), claims.end(), [](const Claim* claim) { return !claim->measures; }),
                 claims.end());
    if (claims.empty()) {
      std::string list;
      for (const Claim& claim : ssm::all_claims()) {
        if (claim.measures) list += (list.empty() ? "" : ", ") + std::string(claim.id);
      }
      throw core::Error("nothing of this is measured in floats, so that --dtype says nothing to it; measured are " +
                        list);
    }
  }
  std::vector<Finding> findings;
  for (const Claim* claim : claims) {
    if (request.limits.progress) request.limits.progress(claim->id, findings.size(), claims.size());
    try {
      findings.push_back(verified(*claim, scope));
    } catch (const core::Error& unsuitable) {
      // A size that one of many claims is not about is no reason to leave out the others.
      if (claims.size() == 1) throw;
      Finding finding;
      finding.witness = unsuitable.what();
      findings.push_back(std::move(finding));
    }
  }
  std::size_t yes = 0, no = 0;
  for (const Finding& f : findings) {
    yes += f.verdict == core::Answer::kYes ? 1 : 0;
    no += f.verdict == core::Answer::kNo ? 1 : 0;
  }
  // As stated, or not: what a limit left open is not as stated, but no refutation either.
  const Exit exit = no > 0 ? Exit::kNo : yes == findings.size() ? Exit::kYes : Exit::kUnknown;
  if (request.json) return {exit, as_json(claims, findings)};
  std::string text;
  std::string_view system;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (system_of(claims[i]->id) != system) {
      system = system_of(claims[i]->id);
      text += fmt::format("{}{}\n", text.empty() ? "" : "\n", system);
    }
    text += as_text(*claims[i], findings[i]);
  }
  text += fmt::format("\n{}: {} as stated, {} not, {} unknown\n", counted(findings.size(), "claim"), yes, no,
                      findings.size() - yes - no);
  return {exit, text};
}

}  // namespace eigenmata::cli
