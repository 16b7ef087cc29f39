// SPDX-License-Identifier: Apache-2.0
#include "compile_in_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../common.hpp"
#include "../numeric_tools.hpp"
#include "compile_verdict.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/compile_in_numbers.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"

namespace eigenmata::cli {
namespace {

using compiler::NumericCompilation;
using compiler::Offer;

void write_files(const Request& request, const certificate::NumericProof& proof) {
  std::optional<core::PendingFile> model;
  std::optional<core::PendingFile> certificate;
  if (!request.output.empty() && request.output != "-") {
    model.emplace(request.output);
    model->write(proof.model);
  }
  if (!request.certificate.empty()) {
    certificate.emplace(request.certificate);
    certificate->write(proof.certificate);
  }
  core::commit_together({&certificate, &model});
}

std::string as_text(const Request& request, const std::string& name, const NumericCompilation& built,
                    const std::vector<Offer>& offers) {
  const auto& [candidate, proof] = built;
  std::string out =
      fmt::format("{} -> {} in {}   (pass: {})\n", name, request.target, request.semantics, candidate.pass);
  const auto sizes = candidate.dimensions();
  out += sizes.empty() ? "  no layer: the current letter decides\n" : "  layer  dimension\n";
  for (std::size_t l = 0; l < sizes.size(); ++l) out += fmt::format("  {:<5}  {}\n", l + 1, sizes[l]);
  out += fmt::format("  plan         {}\n", proof.plan);
  out += fmt::format("  verified: {} closed under every letter, run from the model re-read\n",
                     counted(proof.states, "state"));
  if (!request.output.empty() && request.output != "-")
    out += fmt::format("  model        {} ({})\n", request.output, file_size(proof.model.size()));
  if (!request.certificate.empty())
    out += fmt::format("  certificate  {} ({})\n", request.certificate, file_size(proof.certificate.size()));
  return request.explain ? out + offers_text(offers) : out;
}

std::string as_json(const Request& request, const std::string& name, const NumericCompilation& built,
                    const std::vector<Offer>& offers) {
  const auto& [candidate, proof] = built;
  core::JsonWriter json;
  const auto sizes = candidate.dimensions();
  json.begin_object();
  json.key("verdict").string("yes").key("name").string(name).key("class").string(request.target);
  json.key("semantics").string(request.semantics).key("pass").string(candidate.pass);
  json.key("layers")
      .integer(sizes.size())
      .key("dimension")
      .integer(sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end()));
  json.key("factors_per_token").integer(candidate.factors()).key("reachable_states").integer(proof.states);
  json.key("plan").string(proof.plan).key("verified").boolean(true);
  if (request.explain) write_offers(json, offers);
  json.end_object();
  return json.take();
}

}  // namespace

Result compile_in_numbers(const Request& request, const compiler::CompileOptions& options,
                          const automata::Language& language) {
  if (!request.coq.empty()) throw core::Error("--coq is for certificates in exact arithmetic");
  if (const auto why = verification::why_not_built(options.semantics)) throw NotBuilt(*why);
  const automata::Dfa minimal = automata::minimised(language.dfa, request.limits);
  const auto tools = numeric_tools(minimal, options.semantics, Parameters::kRounded, request.limits);
  const auto [verdict, offers] = compiler::compile_in_numbers(minimal, options, tools, request.limits);
  if (!verdict.is_yes()) {
    using compiler::CompileVerdict;
    return not_built(request, minimal.alphabet(),
                     verdict.is_no() ? CompileVerdict::no(verdict.witness(), verdict.theorem())
                                     : CompileVerdict::unknown(verdict.reason()));
  }
  const NumericCompilation& built = verdict.proof();
  write_files(request, built.proof);
  if (request.output == "-") return {Exit::kYes, built.proof.model};
  return {Exit::kYes, request.json ? as_json(request, language.name, built, offers)
                                   : as_text(request, language.name, built, offers)};
}

}  // namespace eigenmata::cli
