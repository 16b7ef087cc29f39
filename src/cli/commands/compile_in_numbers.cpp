// SPDX-License-Identifier: Apache-2.0
#include "compile_in_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <type_traits>

#include "../common.hpp"
#include "compile_verdict.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/wrap_around.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "eigenmata/verification/numeric_certificate.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"

namespace eigenmata::cli {
namespace {

using compiler::CompileOptions;
using compiler::Offer;

/// A network that may be right in the arithmetic.
struct Candidate {
  std::string pass;
  lrnn::Model model;

  [[nodiscard]] std::size_t layers() const {
    return std::visit([](const auto& over) { return over.network.layers.size(); }, model);
  }
  [[nodiscard]] std::size_t factors() const {
    return std::visit(
        [](const auto& over) {
          std::size_t most = 0;
          for (const auto& layer : over.network.layers) most = std::max(most, factors_per_token(layer));
          return most;
        },
        model);
  }
};

/// A candidate that was proved, its model as text and its certificate.
struct Proved {
  Candidate candidate;
  std::size_t states = 0;
  std::string plan;
  std::string model;
  std::string certificate;
};

class Attempt {
 public:
  Attempt(const Request& request, const CompileOptions& options, const automata::Dfa& minimal)
      : request_(request), options_(options), minimal_(minimal) {}

  /// The best candidate that is proved; every one leaves a line.
  [[nodiscard]] std::optional<Proved> best() {
    auto candidates = offered();
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
      return std::tuple(a.layers(), a.factors()) < std::tuple(b.layers(), b.factors());
    });
    for (Candidate& candidate : candidates) {
      if (options_.layers && candidate.layers() > *options_.layers) {
        offers_.push_back({candidate.pass, "refused: more than " + counted(*options_.layers, "layer")});
      } else if (auto proved = proof_of(candidate)) {
        return proved;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] const std::vector<Offer>& offers() const { return offers_; }

 private:
  [[nodiscard]] std::vector<Candidate> offered() {
    std::vector<Candidate> candidates;
    if (options_.semantics.kind == expressivity::Semantics::Kind::kWrapAround && !options_.architecture &&
        minimal_.states() > 1) {
      const auto bits =
          static_cast<std::size_t>(std::stoul(options_.semantics.text.substr(std::string("uint:").size())));
      auto counters = compiler::compile_wrap_around(minimal_, options_.target, bits, request_.limits);
      if (const auto* refusal = std::get_if<compiler::Refusal>(&counters)) {
        offers_.push_back({refusal->pass, "refused: " + refusal->reason});
      } else {
        candidates.push_back({"wrap-around", lrnn::ModelOver<exact::RationalArithmetic>{
                                                 {}, std::move(std::get<lrnn::RationalNetwork>(counters))}});
      }
    }
    // With finitely many states there is less to round.
    for (const char* semantics : {"finite-orbit", "exact"}) {
      CompileOptions exactly = options_;
      exactly.semantics = expressivity::parse_semantics(semantics, {});
      const auto built = compiler::build(minimal_, exactly, request_.limits);
      if (!built) continue;
      candidates.push_back(
          {built->construction.pass, built->construction.with_network([](const auto& k, const auto& n) {
             return lrnn::Model(lrnn::ModelOver<std::decay_t<decltype(k)>>{k, n});
           })});
      break;
    }
    if (candidates.empty()) offers_.push_back({"exact", "refused: no pass has a network in exact arithmetic"});
    return candidates;
  }

  std::optional<Proved> proof_of(Candidate& candidate) {
    const auto refuse = [&](const std::string& why) -> std::optional<Proved> {
      offers_.push_back({candidate.pass, "refused: " + why});
      return std::nullopt;
    };
    std::string text = std::visit([](const auto& over) { return lrnn::write_model(over); }, candidate.model);
    const lrnn::Model again = lrnn::read_model({"the model", text});
    const auto arithmetic = verification::numeric_arithmetic(options_.semantics);
    try {
      return std::visit(
          [&](const auto& over, const auto& numbers) -> std::optional<Proved> {
            if constexpr (std::is_same_v<std::decay_t<decltype(over)>, lrnn::ModelOver<exact::CyclotomicField>>)
              return refuse("numbers of a cyclotomic field are proved in exact arithmetic only");
            const auto rounded = lrnn::rounded_network(numbers, over.arithmetic, over.network, request_.limits);
            const auto check = verification::check_numeric(numbers, rounded, minimal_, request_.limits);
            if (check.verdict.is_no()) {
              return refuse("rounding changes the answer to a word of " +
                            counted(check.verdict.witness().word.size(), "letter"));
            }
            if (check.verdict.is_unknown() || !check.closure) return refuse(check.verdict.reason());
            offers_.push_back({candidate.pass, counted(candidate.layers(), "layer") + ", " +
                                                   counted(check.reachable_states, "state") + " in " +
                                                   options_.semantics.text});
            std::string certificate = verification::write_certificate(
                over.arithmetic, over.network, options_.semantics.text, *check.closure, request_.limits);
            return Proved{candidate, check.reachable_states, verification::description(numbers), text,
                          std::move(certificate)};
          },
          again, arithmetic);
    } catch (const core::Error& error) {
      return refuse(error.what());
    }
  }

  const Request& request_;
  const CompileOptions& options_;
  const automata::Dfa& minimal_;
  std::vector<Offer> offers_;
};

void write_files(const Request& request, const Proved& proved) {
  std::optional<core::PendingFile> model;
  std::optional<core::PendingFile> certificate;
  if (!request.output.empty() && request.output != "-") {
    model.emplace(request.output);
    model->write(proved.model);
  }
  if (!request.certificate.empty()) {
    certificate.emplace(request.certificate);
    certificate->write(proved.certificate);
  }
  core::commit_together({&certificate, &model});
}

std::vector<std::size_t> dimensions(const Candidate& candidate) {
  return std::visit(
      [](const auto& over) {
        std::vector<std::size_t> result;
        for (const auto& layer : over.network.layers) result.push_back(layer.dimension);
        return result;
      },
      candidate.model);
}

std::string as_text(const Request& request, const std::string& name, const Proved& proved,
                    const std::vector<Offer>& offers) {
  std::string out =
      fmt::format("{} -> {} in {}   (pass: {})\n", name, request.target, request.semantics, proved.candidate.pass);
  const auto sizes = dimensions(proved.candidate);
  out += sizes.empty() ? "  no layer: the current letter decides\n" : "  layer  dimension\n";
  for (std::size_t l = 0; l < sizes.size(); ++l) out += fmt::format("  {:<5}  {}\n", l + 1, sizes[l]);
  out += fmt::format("  plan         {}\n", proved.plan);
  out += fmt::format("  verified: {} closed under every letter, run from the model re-read\n",
                     counted(proved.states, "state"));
  if (!request.output.empty() && request.output != "-")
    out += fmt::format("  model        {} ({})\n", request.output, file_size(proved.model.size()));
  if (!request.certificate.empty())
    out += fmt::format("  certificate  {} ({})\n", request.certificate, file_size(proved.certificate.size()));
  return request.explain ? out + offers_text(offers) : out;
}

std::string as_json(const Request& request, const std::string& name, const Proved& proved,
                    const std::vector<Offer>& offers) {
  core::JsonWriter json;
  const auto sizes = dimensions(proved.candidate);
  json.begin_object();
  json.key("verdict").string("yes").key("name").string(name).key("class").string(request.target);
  json.key("semantics").string(request.semantics).key("pass").string(proved.candidate.pass);
  json.key("layers")
      .integer(sizes.size())
      .key("dimension")
      .integer(sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end()));
  json.key("factors_per_token").integer(proved.candidate.factors()).key("reachable_states").integer(proved.states);
  json.key("plan").string(proved.plan).key("verified").boolean(true);
  if (request.explain) write_offers(json, offers);
  json.end_object();
  return json.take();
}

}  // namespace

Result compile_in_numbers(const Request& request, const CompileOptions& options, const automata::Language& language) {
  if (!request.coq.empty()) throw core::Error("--coq is for certificates in exact arithmetic");
  if (const auto why = verification::why_not_built(options.semantics)) throw NotBuilt(*why);
  const automata::Dfa minimal = automata::minimised(language.dfa, request.limits);
  Attempt attempt(request, options, minimal);
  const auto proved = attempt.best();
  if (!proved) {
    expressivity::LanguageFacts facts(minimal, request.limits);
    std::string reasons;
    for (const Offer& offer : attempt.offers())
      reasons += (reasons.empty() ? "" : "; ") + offer.pass + " " + offer.text;
    return not_built(request, minimal.alphabet(),
                     compiler::refused_or_unknown(facts, options, "no network is proved: " + reasons));
  }
  write_files(request, *proved);
  if (request.output == "-") return {Exit::kYes, proved->model};
  return {Exit::kYes, request.json ? as_json(request, language.name, *proved, attempt.offers())
                                   : as_text(request, language.name, *proved, attempt.offers())};
}

}  // namespace eigenmata::cli
