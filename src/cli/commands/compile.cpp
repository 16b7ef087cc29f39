// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "../common.hpp"
#include "../parameters_text.hpp"
#include "../request.hpp"
#include "compile_in_numbers.hpp"
#include "compile_verdict.hpp"
#include "eigenmata/certificate/certificate.hpp"
#include "eigenmata/certificate/coq.hpp"
#include "eigenmata/certificate/noise_margin.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"

namespace eigenmata::cli {
namespace {

using compiler::Compilation;
using compiler::CompileOptions;
using compiler::Construction;

/// rank-one or householder[-1,1] without ":k" mean as few factors as possible.
CompileOptions read_options(const Request& request) {
  if (request.target.empty())
    throw core::Error("say for which class: --to rank-one, --to 'householder[-1,1]' or --to 'diagonal[0,1]'");
  require_model_class(request.target, "--to");
  CompileOptions options = compiler::options_for(request.target, {"--to"});
  options.semantics = expressivity::parse_semantics(request.semantics, {"--semantics"});
  options.layers = request.layers;
  options.seed = request.seed;
  static const std::map<std::string, compiler::Objective> kObjectives{{"", compiler::Objective::kLayers},
                                                                      {"layers", compiler::Objective::kLayers},
                                                                      {"factors", compiler::Objective::kFactors},
                                                                      {"dimension", compiler::Objective::kDimension}};
  static const std::map<std::string, compiler::Encoding> kEncodings{{"", compiler::Encoding::kAny},
                                                                    {"any", compiler::Encoding::kAny},
                                                                    {"one-hot", compiler::Encoding::kOneHot},
                                                                    {"reduced", compiler::Encoding::kReduced}};
  const auto objective = kObjectives.find(request.objective);
  if (objective == kObjectives.end())
    throw core::Error({"--minimise"}, core::in_quotes(request.objective) + "; expected layers, factors or dimension");
  const auto encoding = kEncodings.find(request.encoding);
  if (encoding == kEncodings.end())
    throw core::Error({"--encoding"}, core::in_quotes(request.encoding) + "; expected any, one-hot or reduced");
  options.objective = objective->second;
  options.encoding = encoding->second;
  return options;
}

/// What is reported about one layer.
struct LayerReport {
  std::size_t dimension = 0;
  std::size_t factors = 0;
  std::size_t bound = 0;     ///< largest rank(I − A(x))
  std::string bound_letter;  ///< where it is attained
  std::map<std::size_t, std::size_t> letters_by_factors;
  std::optional<certificate::NoiseMargin> noise;
};

template <class S>
std::vector<LayerReport> report_layers(const Construction& construction, const lrnn::Network<S>& network) {
  std::vector<LayerReport> reports;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const auto& layer = network.layers[l];
    LayerReport report;
    report.dimension = layer.dimension;
    report.factors = factors_per_token(layer);
    for (std::size_t x = 0; x < layer.maps.size(); ++x) {
      ++report.letters_by_factors[factor_count(layer.maps[x].a)];
      if (construction.factor_bounds[l][x] > report.bound) {
        report.bound = construction.factor_bounds[l][x];
        report.bound_letter = network.inputs(l).name(core::symbol(x));
      }
    }
    reports.push_back(std::move(report));
  }
  return reports;
}

std::vector<LayerReport> report_layers(const Construction& construction) {
  auto reports = construction.with_network(
      [&](const auto& /*k*/, const auto& network) { return report_layers(construction, network); });
  if (const auto* layerwise = std::get_if<certificate::LayerwiseCertificate>(&construction.certificate)) {
    const auto margins = certificate::noise_margins(*layerwise);
    for (std::size_t l = 0; l < reports.size(); ++l) reports[l].noise = margins[l];
  }
  return reports;
}

std::string model_text_of(const Construction& construction) {
  return construction.with_network([](const auto& k, const auto& network) {
    return lrnn::write_model(lrnn::ModelOver<std::decay_t<decltype(k)>>{k, network});
  });
}

/// What a certificate lists: the reachable states, or the regions of each layer and the contexts that join them, or of
/// kind blocks those of all layers but two and the products of the letters of a block.
struct ProofSize {
  std::size_t points = 0;
  std::size_t regions = 0;
  std::size_t contexts = 0;
  std::size_t steps = 0;
  std::size_t block_letters = 0;
  std::size_t block_products = 0;
};

ProofSize size_of(const certificate::AnyCertificate& certificate) {
  return std::visit(
      [](const auto& c) -> ProofSize {
        if constexpr (requires { c.meaning; }) {
          const auto size = certificate::size_of(c);
          ProofSize result{0, size.regions, size.contexts, size.steps};
          if (!c.blocks) return result;
          const auto& ring = c.network.layers[c.network.layers.size() - 2];
          using S = typename std::decay_t<decltype(c)>::S;
          result.block_letters = c.blocks->length;
          result.block_products = std::get<lrnn::WalkDecoder<S>>(ring.decoder).tables.tables[0].size();
          return result;
        } else {
          return {c.points.size(), 0, 0, c.steps.size()};
        }
      },
      certificate);
}

/// Files that are written aside, read back, checked, and only then moved to their names.
struct Written {
  std::size_t model_bytes = 0;
  std::size_t certificate_bytes = 0;
};

[[noreturn]] void internal_error(const std::string& what) {
  throw std::logic_error("internal error: " + what + "; please report it. Nothing was written");
}

bool is_same_arithmetic(const exact::RationalArithmetic& /*a*/, const exact::RationalArithmetic& /*b*/) { return true; }
template <class K>
bool is_same_arithmetic(const K& a, const K& b) {
  return a == b;
}

/// Reads both texts back and proves the claim again from them alone.
void verify_texts(const core::Input& model_text, const core::Input& certificate_text, const core::Limits& limits,
                  std::size_t threads) {
  const certificate::AnyCertificate certificate = certificate::read_any_certificate(certificate_text);
  const auto checked = certificate::check(certificate, limits, threads);
  if (!checked.is_yes()) internal_error("the certificate fails: " + checked.witness().what);
  const auto model = lrnn::read_model(model_text);
  const bool same = std::visit(
      [&](const auto& m, const auto& c) {
        if constexpr (std::is_same_v<std::decay_t<decltype(m.arithmetic)>, std::decay_t<decltype(c.arithmetic)>>) {
          return is_same_arithmetic(m.arithmetic, c.arithmetic) &&
                 lrnn::same_network(m.arithmetic, m.network, c.network);
        } else {
          return false;
        }
        return false;
      },
      model, certificate);
  if (!same) internal_error("model and certificate differ");
}

Written write_and_verify(const Request& request, const Construction& construction) {
  const std::string model_text = model_text_of(construction);
  const std::string certificate_text = certificate::write_certificate(construction.certificate);
  std::optional<core::PendingFile> model_file;
  std::optional<core::PendingFile> certificate_file;
  std::optional<core::PendingFile> coq_file;
  core::Input model{"the model", model_text};
  core::Input certificate{"the certificate", certificate_text};
  if (!request.output.empty() && request.output != "-") {
    model_file.emplace(request.output);
    model_file->write(model_text);
    model = core::read_input(model_file->temporary_path());
  }
  if (!request.certificate.empty()) {
    certificate_file.emplace(request.certificate);
    certificate_file->write(certificate_text);
    certificate = core::read_input(certificate_file->temporary_path());
  }
  if (!request.coq.empty()) {
    const auto* points = std::get_if<certificate::RationalCertificate>(&construction.certificate);
    if (points == nullptr)
      throw core::Error(
          "--coq is for certificates of kind points with rational numbers, and this one has "
          "regions or other numbers; try another class");
    coq_file.emplace(request.coq);
    coq_file->write(certificate::write_coq(*points));
  }
  verify_texts(model, certificate, request.limits, request.threads);
  core::commit_together({&coq_file, &certificate_file, &model_file});
  return {model_text.size(), certificate_text.size()};
}

std::string histogram_text(const LayerReport& report) {
  std::string text;
  for (const auto& [factors, letters] : report.letters_by_factors) {
    text += fmt::format("{}{} with {}", text.empty() ? "" : ", ", counted(letters, "letter"), factors);
  }
  return text;
}

std::string noise_text(const certificate::NoiseMargin& margin) {
  return "less than " + exact::to_string(margin.overwriting) + " wherever a number is overwritten" +
         (margin.holds ? ", none where it is held" : "");
}

/// Is the matrix of a token a product of factors?
bool counts_factors(const lrnn::Architecture& architecture) {
  return architecture.tie == lrnn::Tie::kDelta || architecture.tie == lrnn::Tie::kGatedDelta ||
         architecture.tie == lrnn::Tie::kDeltaAndDecay;
}

std::string as_text(const Request& request, const automata::Language& language, const Compilation& compilation,
                    const Written& written) {
  const Construction& construction = compilation.construction;
  const auto layers = report_layers(construction);
  using Claim = lrnn::TransitionClass::Form;
  const bool has_factors = construction.with_network([](const auto& /*k*/, const auto& network) {
    const auto form = network.claim ? network.claim->form : Claim::kDense;
    return form == Claim::kHouseholder || form == Claim::kRankOne ||
           (form == Claim::kArchitecture && counts_factors(*network.claim->architecture.architecture));
  });
  std::string out = fmt::format("{} -> {}   (pass: {})\n", language.name, request.target, construction.pass);
  if (layers.empty()) out += "  no layer: the current letter decides\n";
  if (!layers.empty()) out += "  layer  dimension  factors/token  lower bound\n";
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const LayerReport& report = layers[l];
    const std::string bound =
        report.bound == 0 ? "0" : fmt::format("{}  rank(I - A), letter {}", report.bound, report.bound_letter);
    out += fmt::format("  {:<5}  {:<9}  {:<13}  {}\n", l + 1, report.dimension,
                       has_factors ? std::to_string(report.factors) : "-", bound);
    if (has_factors) out += "         factors: " + histogram_text(report) + "\n";
    if (report.noise) out += "         noise: " + noise_text(*report.noise) + "\n";
  }
  if (compilation.architecture) out += parameters_text(construction, *compilation.architecture);
  const ProofSize size = size_of(construction.certificate);
  out += fmt::format(
      "  verified: {}, {} checked after re-reading{}\n",
      size.points > 0 ? counted(size.points, "point")
                      : counted(size.regions, "region") + " and " + counted(size.contexts, "context") +
                            (size.block_letters == 0 ? ""
                                                     : ", " + counted(size.block_products, "product") +
                                                           " of blocks of " + counted(size.block_letters, "letter")),
      counted(size.steps, "step"), request.output.empty() && request.certificate.empty() ? "" : " from disk");
  if (!request.output.empty() && request.output != "-")
    out += fmt::format("  model        {} ({})\n", request.output, file_size(written.model_bytes));
  if (!request.certificate.empty())
    out += fmt::format("  certificate  {} ({})\n", request.certificate, file_size(written.certificate_bytes));
  if (!request.coq.empty()) out += fmt::format("  Coq          {}\n", request.coq);
  return request.explain ? out + offers_text(compilation.offers) : out;
}

std::string as_json(const Request& request, const automata::Language& language, const Compilation& compilation) {
  using Layout = core::JsonWriter::Layout;
  const Construction& construction = compilation.construction;
  const auto layers = report_layers(construction);
  LayerReport most;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    most.dimension = std::max(most.dimension, layers[l].dimension);
    most.factors = std::max(most.factors, layers[l].factors);
    if (layers[l].bound <= most.bound) continue;
    most.bound = layers[l].bound;
    most.bound_letter = layers[l].bound_letter;
  }
  core::JsonWriter json;
  json.begin_object();
  json.key("verdict").string("yes").key("name").string(language.name).key("class").string(request.target);
  json.key("pass")
      .string(construction.pass)
      .key("layers")
      .integer(layers.size())
      .key("dimension")
      .integer(most.dimension);
  json.key("factors_per_token").integer(most.factors);
  json.key("per_layer").begin_array();
  for (const LayerReport& report : layers) {
    json.begin_object(Layout::kInline)
        .key("dimension")
        .integer(report.dimension)
        .key("factors_per_token")
        .integer(report.factors);
    json.key("lower_bound").integer(report.bound).key("letters_by_factors").begin_object();
    for (const auto& [factors, letters] : report.letters_by_factors) json.key(std::to_string(factors)).integer(letters);
    json.end_object().key("noise_margin");
    if (report.noise) {
      json.begin_object(Layout::kInline).key("overwriting").string(exact::to_string(report.noise->overwriting));
      json.key("holds").boolean(report.noise->holds).end_object();
    } else {
      json.null();
    }
    json.end_object();
  }
  json.end_array();
  json.key("lower_bound").begin_object(Layout::kInline).key("factors_per_token").integer(most.bound);
  json.key("letter");
  if (most.bound == 0) {
    json.null();
  } else {
    json.string(most.bound_letter);
  }
  json.key("reason")
      .string("rank(I - A) of the letter's matrix")
      .key("theorem")
      .string("rank-lower-bound")
      .end_object();
  const ProofSize size = size_of(construction.certificate);
  json.key("points").integer(size.points).key("regions").integer(size.regions);
  json.key("contexts").integer(size.contexts);
  if (size.block_letters > 0)
    json.key("block_letters").integer(size.block_letters).key("block_products").integer(size.block_products);
  json.key("verified").boolean(true);
  if (compilation.architecture) write_parameters(json, construction, *compilation.architecture);
  if (request.explain) write_offers(json, compilation.offers);
  json.end_object();
  return json.take();
}

}  // namespace

Result run_compile(const Request& request) {
  const auto named = operands(request, 1, 1, "a language");
  const CompileOptions options = read_options(request);
  if (request.output == "-" && request.json)
    throw core::Error("-o - and --json both write to standard output; choose one");
  if (!request.output.empty() && request.output == request.certificate)
    throw core::Error("model and certificate need different files");
  const automata::Language language = read_language(request, named[0]);
  if (verification::is_numeric(options.semantics)) return compile_in_numbers(request, options, language);
  const auto verdict = compiler::compile(language.dfa, options, request.limits);
  if (!verdict.is_yes()) return not_built(request, language.dfa.alphabet(), verdict);
  const Written written = write_and_verify(request, verdict.proof().construction);
  if (request.output == "-") {
    return {Exit::kYes, model_text_of(verdict.proof().construction)};
  }
  return {Exit::kYes, request.json ? as_json(request, language, verdict.proof())
                                   : as_text(request, language, verdict.proof(), written)};
}

}  // namespace eigenmata::cli
