// SPDX-License-Identifier: Apache-2.0
#include "compile_verdict.hpp"

#include <fmt/format.h>

#include "../verdict_text.hpp"

namespace eigenmata::cli {

std::string offers_text(const std::vector<compiler::Offer>& offers) {
  std::string text = "  offers:\n";
  for (const auto& offer : offers) text += fmt::format("    {:<16} {}\n", offer.pass, offer.text);
  return text;
}

void write_offers(core::JsonWriter& json, const std::vector<compiler::Offer>& offers) {
  json.key("offers").begin_array();
  for (const auto& offer : offers) {
    json.begin_object(core::JsonWriter::Layout::kInline)
        .key("pass")
        .string(offer.pass)
        .key("text")
        .string(offer.text)
        .end_object();
  }
  json.end_array();
}

Result not_built(const Request& request, const core::Alphabet& alphabet, const compiler::CompileVerdict& built) {
  using expressivity::CellVerdict;
  const CellVerdict verdict =
      built.is_no() ? CellVerdict::no(built.witness(), built.theorem()) : CellVerdict::unknown(built.reason());
  const Exit exit = verdict.is_no() ? Exit::kNo : Exit::kUnknown;
  if (!request.json) {
    std::string text = std::string(verdict.is_no() ? "no: " : "unknown: ") + reason_of(verdict) + "\n";
    const std::string witness = witness_text(alphabet, verdict);
    if (!witness.empty()) text += "  witness  " + witness + "\n";
    if (verdict.is_no()) text += "  theorem  " + verdict.theorem() + "\n";
    return {exit, text};
  }
  core::JsonWriter json;
  json.begin_object()
      .key("verdict")
      .string(verdict.is_no() ? "no" : "unknown")
      .key("reason")
      .string(reason_of(verdict));
  json.key("theorem");
  verdict.is_no() ? json.string(verdict.theorem()) : json.null();
  json.key("witness");
  write_witness(json, alphabet, verdict);
  json.key("verified").boolean(false).end_object();
  return {exit, json.take()};
}

}  // namespace eigenmata::cli
