// SPDX-License-Identifier: Apache-2.0
//
// Verdicts of the library joined with networks that the compiler builds.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "../common.hpp"
#include "../numeric_tools.hpp"
#include "../request.hpp"
#include "../verdict_matrix.hpp"
#include "../verdict_text.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/expressivity/verdict_table.hpp"
#include "eigenmata/precision/float_format.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"

namespace eigenmata::cli {
namespace {

using expressivity::CellVerdict;
using expressivity::LanguageFacts;
using expressivity::Layers;
using expressivity::ModelClass;
using expressivity::TableCell;
using Form = ModelClass::Form;

/// What a decomposition may take for a cell's network. The verdict does not need one, so this is little, and the same
/// on every machine.
constexpr std::size_t kMemoryOfNetworks = std::size_t{64} << 20;

/// A network that was built and whose certificate was checked.
struct Constructed {
  std::size_t layers = 0;
  std::size_t dimension = 0;
  std::size_t factors = 0;
  bool finite_orbit = false;
  bool in_numbers = false;  ///< run in numbers of finitely many bits, with a closed set of states
};

/// Networks that are evidence for a yes, built when first asked for.
class Builder {
 public:
  Builder(const automata::Dfa& minimal, const core::Limits& limits) : minimal_(minimal), limits_(limits) {
    limits_.memory_bytes = std::min(limits_.memory_bytes, kMemoryOfNetworks);
  }

  /// The network with the fewest layers that the passes find, if it has at most those of the cell.
  std::optional<Constructed> build(const TableCell& cell) {
    if (cell.semantics != "exact" && cell.semantics != "finite-orbit") return build_in_numbers(cell);
    const compiler::CompileOptions asked = compiler::options_for(cell.class_name, {});
    auto built = built_for(asked, "exact");
    if (cell.semantics == "finite-orbit" && built && !built->finite_orbit) built = built_for(asked, cell.semantics);
    const bool fits = built && (!cell.layers || built->layers <= *cell.layers) &&
                      (!asked.target.factors || built->factors <= *asked.target.factors);
    return fits ? built : std::nullopt;
  }

 private:
  /// One network serves all classes of products of factors I − u vᵀ, and dense matrices.
  static ModelClass shared(ModelClass target) {
    if (target.form != Form::kRankOne && target.form != Form::kDense) return target;
    target.form = Form::kRankOne;
    target.factors.reset();
    return target;
  }

  /// What `compile` builds, if all its numbers are numbers of the format.
  std::optional<Constructed> build_in_numbers(const TableCell& cell) {
    const auto semantics = expressivity::parse_semantics(cell.semantics, {});
    if (!verification::is_numeric(semantics) || verification::why_not_built(semantics)) return std::nullopt;
    compiler::CompileOptions asked = compiler::options_for(cell.class_name, {});
    asked.semantics = semantics;
    asked.layers = cell.layers;
    try {
      const auto tools = numeric_tools(minimal_, semantics, Parameters::kExact, limits_);
      const auto built = compiler::compile_in_numbers(minimal_, asked, tools, limits_);
      if (!built.verdict.is_yes()) return std::nullopt;
      const compiler::NumericCandidate& candidate = built.verdict.proof().candidate;
      auto result = std::visit([](const auto& over) { return size_of(over.network); }, candidate.model);
      if (asked.target.factors && result.factors > *asked.target.factors) return std::nullopt;
      result.in_numbers = true;
      return result;
    } catch (const core::Error&) {
      return std::nullopt;  // numbers that the format has not
    } catch (const core::LimitReached& limit) {
      if (limit.kind() == core::LimitReached::Kind::kInterrupted) throw;
      return std::nullopt;
    }
  }

  template <class Network>
  static Constructed size_of(const Network& network) {
    Constructed result{network.layers.size()};
    for (const auto& layer : network.layers) {
      result.dimension = std::max(result.dimension, layer.dimension);
      result.factors = std::max(result.factors, factors_per_token(layer));
    }
    return result;
  }

  std::optional<Constructed> built_for(compiler::CompileOptions options, const std::string& semantics) {
    if (!options.architecture) options.target = shared(options.target);
    options.semantics = expressivity::parse_semantics(semantics, {});
    const auto key =
        std::pair(options.architecture ? lrnn::to_string(*options.architecture) : to_string(options.target), semantics);
    const auto known = built_.find(key);
    if (known != built_.end()) return known->second;
    std::optional<Constructed> result;
    try {
      if (const auto compilation = compiler::build(minimal_, options, limits_, &memo_)) {
        const auto& construction = compilation->construction;
        construction.with_network([&](const auto& /*k*/, const auto& network) {
          result = size_of(network);
          result->finite_orbit = has_finite_orbit(construction);
        });
      }
    } catch (const core::LimitReached& limit) {
      if (limit.kind() == core::LimitReached::Kind::kInterrupted) throw;
    }
    return built_.emplace(key, result).first->second;
  }

  const automata::Dfa& minimal_;
  core::Limits limits_;
  compiler::PassMemo memo_;
  std::map<std::pair<std::string, std::string>, std::optional<Constructed>> built_;
};

struct DecidedCell {
  TableCell cell;
  CellVerdict verdict;
  std::optional<Constructed> constructed;  ///< only with yes
};

/// Which enumeration of a small format an answer may be compared with; none for most.
std::string enumeration(const DecidedCell& decided) {
  constexpr std::string_view kFloat = "float:";
  constexpr int kMostBits = 8;
  const std::string& semantics = decided.cell.semantics;
  const auto* format =
      semantics.starts_with(kFloat) ? precision::find_float_format(semantics.substr(kFloat.size())) : nullptr;
  if (format == nullptr || format->bits() > kMostBits) return "";
  if (!decided.verdict.is_unknown() && decided.verdict.theorem() == "rounding-monotone")
    return fmt::format("what all scalars of {} do, one by one: eigenmata list groups", format->name);
  if (decided.verdict.is_unknown() && decided.cell.class_name == "diagonal-complex")
    return fmt::format("the periods of all its scalars: eigenmata search --structure diagonal-complex --format {}",
                       format->name);
  return "";
}

void write_cell(core::JsonWriter& json, const core::Alphabet& alphabet, const DecidedCell& decided) {
  const CellVerdict& verdict = decided.verdict;
  json.begin_object(core::JsonWriter::Layout::kInline).key("class").string(decided.cell.class_name).key("layers");
  decided.cell.layers ? json.integer(*decided.cell.layers) : json.string("any");
  json.key("semantics").string(decided.cell.semantics).key("verdict").string(to_string(verdict.answer()));
  json.key("theorem");
  verdict.is_unknown() ? json.null() : json.string(verdict.theorem());
  json.key("reason").string(reason_of(verdict));
  if (const std::string tables = enumeration(decided); !tables.empty()) json.key("enumerated").string(tables);
  json.key("witness");
  write_witness(json, alphabet, verdict);
  json.key("enough");
  if (verdict.is_yes()) {
    const expressivity::Recognition& size = verdict.proof();
    json.begin_object();
    const auto number = [&](const char* key, const std::optional<std::size_t>& value) {
      json.key(key);
      value ? json.integer(*value) : json.null();
    };
    number("layers", size.layers);
    number("dimension", size.dimension);
    number("factors", size.factors);
    json.end_object();
  } else {
    json.null();
  }
  json.key("constructed");
  if (decided.constructed) {
    json.begin_object()
        .key("layers")
        .integer(decided.constructed->layers)
        .key("dimension")
        .integer(decided.constructed->dimension);
    json.key("factors_per_token").integer(decided.constructed->factors).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

std::string as_json(const automata::Language& language, const core::Alphabet& alphabet,
                    const std::vector<DecidedCell>& cells) {
  core::JsonWriter json;
  json.begin_object().key("name").string(language.name);
  json.key("rows").begin_array(core::JsonWriter::Layout::kLines);
  for (const DecidedCell& cell : cells) write_cell(json, alphabet, cell);
  json.end_array().end_object();
  return json.take();
}

std::string cell_text(const automata::Language& language, const core::Alphabet& alphabet, const DecidedCell& decided) {
  const CellVerdict& verdict = decided.verdict;
  std::string out = fmt::format(
      "{}: {} by {} with {} in {}\n", to_string(verdict.answer()), language.name, decided.cell.class_name,
      decided.cell.layers ? counted(*decided.cell.layers, "layer") : "any number of layers", decided.cell.semantics);
  const auto row = [&out](std::string_view name, const std::string& text) {
    if (!text.empty()) out += fmt::format("  {:<12} {}\n", name, text);
  };
  row("because", reason_of(verdict));
  row("witness", witness_text(alphabet, verdict));
  if (verdict.is_yes()) {
    std::string enough;
    const auto add = [&](const std::optional<std::size_t>& value, const char* noun) {
      if (value) enough += (enough.empty() ? "" : ", ") + counted(*value, noun);
    };
    add(verdict.proof().layers, "layer");
    add(verdict.proof().dimension, "dimension");
    add(verdict.proof().factors, "factor");
    row("enough", enough);
  }
  if (decided.constructed) {
    row("constructed",
        fmt::format("{}, {}, {} a letter; {}", counted(decided.constructed->layers, "layer"),
                    counted(decided.constructed->dimension, "dimension"),
                    counted(decided.constructed->factors, "factor"),
                    decided.constructed->in_numbers ? "its rounded states are closed" : "its certificate was checked"));
  }
  row("theorem", verdict.theorem());
  row("enumerated", enumeration(decided));
  return out;
}

/// For each class its cells, those with one verdict and reason together.
std::string explanations(const core::Alphabet& alphabet, const std::vector<DecidedCell>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size();) {
    const std::string& name = cells[i].cell.class_name;
    std::vector<std::pair<const CellVerdict*, std::string>> groups;
    for (; i < cells.size() && cells[i].cell.class_name == name; ++i) {
      const DecidedCell& decided = cells[i];
      const auto same = [&](const auto& group) {
        return group.first->answer() == decided.verdict.answer() &&
               group.first->theorem() == decided.verdict.theorem() &&
               reason_of(*group.first) == reason_of(decided.verdict);
      };
      auto at = std::find_if(groups.begin(), groups.end(), same);
      if (at == groups.end()) at = groups.insert(groups.end(), {&decided.verdict, ""});
      const std::string layers = decided.cell.layers ? counted(*decided.cell.layers, "layer") : "any number of layers";
      at->second +=
          (at->second.empty() ? "" : ", ") + (decided.cell.semantics == "exact" ? layers : decided.cell.semantics);
    }
    out += "\n" + name + "\n";
    for (const auto& [verdict, where] : groups) {
      out += fmt::format("  {:<8} {}\n           {}", to_string(verdict->answer()), where, reason_of(*verdict));
      out += verdict->is_unknown() ? "\n" : " [" + verdict->theorem() + "]\n";
      const std::string witness = witness_text(alphabet, *verdict);
      if (!witness.empty()) out += "           " + witness + "\n";
    }
  }
  return out;
}

/// Cells of one class in one line.
std::string table_text(const automata::Language& language, const core::Alphabet& alphabet,
                       const std::vector<DecidedCell>& cells, bool explain) {
  std::string out = language.name + "\n";
  out += fmt::format("{:<27}{:<28}{}\n", "", "exact arithmetic, layers", "any number of layers");
  out += fmt::format("{:<27}{:<7}{:<7}{:<7}{:<7}{:<9}{:<9}{:<9}{}\n", "transition matrices", "1", "2", "4", "any",
                     "finite", "noise", "bf16", "uint8");
  for (std::size_t i = 0; i < cells.size();) {
    const std::string& name = cells[i].cell.class_name;
    out += fmt::format("{:<27}", name);
    std::size_t column = 0;
    for (; i < cells.size() && cells[i].cell.class_name == name; ++i, ++column) {
      std::string text(to_string(cells[i].verdict.answer()));
      if (cells[i].verdict.is_unknown()) text = "?";
      if (cells[i].constructed) text += "*";
      out += fmt::format("{:<{}}", text, column < 4 ? 7 : 9);
    }
    while (out.back() == ' ') out.pop_back();
    out += "\n";
  }
  out += "* built, and its certificate checked;  ? open, or not decided here (--explain says which)\n";
  return explain ? out + explanations(alphabet, cells) : out;
}

Layers read_layers(const std::string& text) {
  if (text.empty() || text == "any") return std::nullopt;
  std::uint64_t layers = 0;
  if (!core::parse_unsigned(text, layers, 1'000'000) || layers == 0)
    throw core::Error({"--layers"}, "expected a positive number or 'any', found " + core::in_quotes(text));
  return layers;
}

Exit exit_of(core::Answer answer) {
  if (answer == core::Answer::kYes) return Exit::kYes;
  return answer == core::Answer::kNo ? Exit::kNo : Exit::kUnknown;
}

}  // namespace

Result run_decide(const Request& request) {
  (void)expressivity::parse_semantics(request.semantics, {"--semantics"});
  if (!request.target.empty()) require_model_class(request.target, "--class");
  const Layers layers = read_layers(request.layers_text);
  if (request.matrix) return run_decide_matrix(request);
  if (request.target.empty() && (layers || request.semantics != "exact"))
    throw core::Error("--layers and --semantics choose one cell; say of which class with --class");
  const automata::Language language = read_language(request, operands(request, 1, 1, "a language")[0]);
  LanguageFacts facts(language.dfa, request.limits);
  Builder builder(facts.minimal(), request.limits);
  const core::Alphabet& alphabet = facts.minimal().alphabet();
  const auto decided = [&](const TableCell& cell) {
    DecidedCell result{cell, decide(facts, cell), std::nullopt};
    // Rounded networks for a cell that is asked for by itself only: a table would take too long.
    const bool exact = expressivity::parse_semantics(cell.semantics, {}).is_exact_or_finite_orbit();
    if (!result.verdict.is_no() && (exact || !request.target.empty())) result.constructed = builder.build(cell);
    if (result.verdict.is_unknown() && result.constructed && result.constructed->in_numbers) {
      result.verdict = CellVerdict::yes(
          {"a network was built, all its numbers are numbers of the format, and its rounded states are "
           "closed under every letter",
           result.constructed->layers, result.constructed->dimension, result.constructed->factors},
          "numeric-closure");
    } else if (result.verdict.is_unknown() && result.constructed) {
      result.verdict = CellVerdict::yes({"a network was built, and its certificate checked", result.constructed->layers,
                                         result.constructed->dimension, result.constructed->factors},
                                        "certificate-soundness");
    }
    return result;
  };
  if (!request.target.empty()) {
    const DecidedCell cell = decided({request.target, layers, request.semantics});
    return {exit_of(cell.verdict.answer()),
            request.json ? as_json(language, alphabet, {cell}) : cell_text(language, alphabet, cell)};
  }
  std::vector<DecidedCell> cells;
  for (const TableCell& cell : expressivity::verdict_table()) cells.push_back(decided(cell));
  return {Exit::kYes,
          request.json ? as_json(language, alphabet, cells) : table_text(language, alphabet, cells, request.explain)};
}

}  // namespace eigenmata::cli
