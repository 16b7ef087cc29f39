// SPDX-License-Identifier: Apache-2.0
#include "parameters_text.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "common.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/gate.hpp"
#include "eigenmata/lrnn/tie.hpp"

namespace eigenmata::cli {
namespace {

using lrnn::Activation;
using Fields = std::vector<std::pair<std::string, std::string>>;  // name and value

constexpr std::size_t kMostRows = 16;

/// A token of a layer.
struct Row {
  std::size_t layer = 0;
  std::string token;
  bool is_bos = false;
  std::vector<Fields> parts;  ///< the gates and what is written, or one part for each step
};

template <class K>
class Table {
 public:
  using S = typename K::Scalar;

  Table(const K& k, const lrnn::ArchitectureChoice& architecture) : k_(k), architecture_(architecture) {}

  [[nodiscard]] std::vector<Row> rows(const lrnn::Network<S>& network) const {
    std::vector<Row> rows;
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      const auto& layer = network.layers[l];
      if (layer.bos) rows.push_back({l + 1, "BOS", true, parts(*layer.bos)});
      for (std::size_t x = 0; x < layer.maps.size(); ++x)
        rows.push_back({l + 1, network.inputs(l).name(core::symbol(x)), false, parts(layer.maps[x])});
    }
    return rows;
  }

 private:
  [[nodiscard]] std::vector<Fields> parts(const lrnn::AffineMap<S>& map) const {
    const auto parameters = lrnn::token_parameters(k_, architecture_, map);
    if (!parameters.is_yes()) return {};
    const auto& token = parameters.proof();
    const bool by_steps = architecture_.architecture->tie == lrnn::Tie::kDelta ||
                          architecture_.architecture->tie == lrnn::Tie::kGatedDelta;
    std::vector<Fields> result;
    Fields first;
    if (token.gate) first.emplace_back("alpha", k_.format(*token.gate));
    if (!token.gates.empty()) first.emplace_back(token.rates.empty() ? "gates" : "w", numbers(token.gates));
    if (!token.rates.empty()) first.emplace_back("a", numbers(token.rates));
    if (by_steps && token.steps.empty()) first.emplace_back("beta", "0");
    if (!first.empty()) result.push_back(std::move(first));
    for (const auto& step : token.steps) result.push_back(step_fields(step, by_steps));
    if (!by_steps) result.push_back({{"writes", vector(token.written)}});
    return result;
  }

  /// The key is u / |u|, the value t / |u|.
  [[nodiscard]] Fields step_fields(const lrnn::DeltaStep<S>& step, bool has_value) const {
    const S square = dot(k_, step.u, step.u);
    const std::string norm = k_.equal(square, k_.one()) ? "" : "/sqrt(" + k_.format(square) + ")";
    Fields fields;
    if (has_value) fields.emplace_back("beta", k_.format(step.beta));
    fields.emplace_back("key", "(" + vector(step.u) + ")" + norm);
    if (has_value) fields.emplace_back("value", k_.is_zero(step.t) ? "0" : "(" + k_.format(step.t) + ")" + norm);
    return fields;
  }

  [[nodiscard]] std::string numbers(const std::vector<S>& list) const {
    std::string text;
    for (const S& value : list) text += (text.empty() ? "" : " ") + k_.format(value);
    return text;
  }

  [[nodiscard]] std::string vector(const lrnn::SparseVector<S>& v) const {
    std::string text;
    for (const auto& e : v.entries())
      text += (text.empty() ? "" : " ") + std::to_string(e.index) + ":" + k_.format(e.value);
    return text.empty() ? "0" : text;
  }

  const K& k_;
  const lrnn::ArchitectureChoice& architecture_;
};

std::vector<Row> rows_of(const compiler::Construction& construction, const lrnn::ArchitectureChoice& architecture) {
  return construction.with_network([&](const auto& k, const auto& network) {
    return Table<std::decay_t<decltype(k)>>(k, architecture).rows(network);
  });
}

std::vector<lrnn::GateLimit> limits_of(const compiler::Construction& construction,
                                       const lrnn::ArchitectureChoice& architecture) {
  return construction.with_network(
      [&](const auto& k, const auto& network) { return lrnn::gate_limits(k, network, architecture); });
}

/// What is made of the logit, for messages: sigma(z) …
std::pair<std::string_view, std::string_view> function_of(Activation activation) {
  switch (activation) {
    case Activation::kSigmoid:
    case Activation::kModulus:
      return {"sigmoid(z)", "z"};
    case Activation::kTwiceSigmoid:
      return {"2 sigmoid(z)", "z"};
    case Activation::kDecay:
      return {"exp(-x)", "x"};
    case Activation::kTwiceDecayMinusOne:
      return {"2 exp(-x) - 1", "x"};
    case Activation::kAttained:
      break;
  }
  return {"", ""};
}

std::string number_text(const exact::Rational& value) { return fmt::format("{:.9g}", static_cast<double>(value)); }

std::string fields_text(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) text += (text.empty() ? "" : ", ") + name + " " + value;
  return text;
}

bool reads_bos(const compiler::Construction& construction) {
  return construction.with_network([](const auto& /*k*/, const auto& network) {
    return !network.layers.empty() && network.layers[0].bos.has_value();
  });
}

}  // namespace

std::string parameters_text(const compiler::Construction& construction, const lrnn::ArchitectureChoice& architecture) {
  const auto rows = rows_of(construction, architecture);
  if (rows.empty()) return "";
  std::string out =
      fmt::format("  A = {},  B = {}\n", architecture.architecture->transition, architecture.architecture->written);
  out += fmt::format("  parameters for each token{}:\n",
                     reads_bos(construction) ? ", the state is 0 before the beginning-of-sequence token BOS"
                                             : ", the state is 0 before the first");
  std::size_t width = 0;
  for (std::size_t r = 0; r < rows.size() && r < kMostRows; ++r) width = std::max(width, rows[r].token.size());
  for (std::size_t r = 0; r < rows.size() && r < kMostRows; ++r) {
    const Row& row = rows[r];
    std::string text;
    for (const Fields& part : row.parts) text += (text.empty() ? "" : "; ") + fields_text(part);
    out += fmt::format("    {:>2}  {:<{}}  {}\n", row.layer, row.token, width, text.empty() ? "none" : text);
  }
  if (rows.size() > kMostRows)
    out += fmt::format("    and {} more (--json lists all)\n", counted(rows.size() - kMostRows, "token"));
  const auto limits = limits_of(construction, architecture);
  if (limits.empty()) out += "  every gate lies inside its range: a network of the architecture, not a limit of some\n";
  for (const auto& limit : limits) {
    const auto [function, variable] = function_of(limit.activation);
    out += fmt::format("  {} = {} is a limit of {}, never reached but by rounding:", limit.parameter, limit.limit,
                       function);
    std::string from;
    for (const auto& logit : lrnn::limit_logits(limit.activation, limit.limit))
      from += fmt::format("{} {} {} {} in {}", from.empty() ? "" : ",", variable,
                          logit.at_least ? ">=" : "<=", number_text(logit.bound), logit.format);
    out += from + "\n";
  }
  return out;
}

void write_parameters(core::JsonWriter& json, const compiler::Construction& construction,
                      const lrnn::ArchitectureChoice& architecture) {
  using Layout = core::JsonWriter::Layout;
  json.key("architecture").string(to_string(architecture)).key("reads_bos").boolean(reads_bos(construction));
  json.key("limits").begin_array(Layout::kLines);
  for (const auto& limit : limits_of(construction, architecture)) {
    json.begin_object(Layout::kInline).key("parameter").string(limit.parameter).key("value");
    json.string(std::to_string(limit.limit)).key("activation").string(function_of(limit.activation).first);
    json.key("rounds_to_it").begin_array();
    for (const auto& logit : lrnn::limit_logits(limit.activation, limit.limit)) {
      json.begin_object().key("format").string(logit.format).key(logit.at_least ? "from" : "up_to");
      json.string(exact::to_string(logit.bound)).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("parameters").begin_array(Layout::kLines);
  for (const Row& row : rows_of(construction, architecture)) {
    json.begin_object(Layout::kInline).key("layer").integer(row.layer).key("token");
    row.is_bos ? json.null() : json.string(row.token);
    json.key("steps").begin_array();
    for (const Fields& part : row.parts) {
      json.begin_object();
      for (const auto& [name, value] : part) json.key(name).string(value);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace eigenmata::cli
