// SPDX-License-Identifier: Apache-2.0
//
// Model files, strictly as proofs/model-format.md has them.
#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/error.hpp"
#include "checker/json.hpp"
#include "checker/language.hpp"
#include "checker/limits.hpp"
#include "checker/model.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

/// Names in their order, found by name. The texts belong to the document.
class Symbols {
 public:
  void add(std::string_view name) {
    numbers_.emplace(name, static_cast<std::uint32_t>(names_.size()));
    names_.push_back(name);
  }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }
  [[nodiscard]] std::string_view name(std::uint32_t id) const { return names_[id]; }
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name) const {
    const auto place = numbers_.find(name);
    return place == numbers_.end() ? std::nullopt : std::make_optional(place->second);
  }

 private:
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

class Reader {
 public:
  Reader(const std::string& text, const std::string& name) : json_(text, name) {}

  Network read() {
    const JsonValue& root = json_.root();
    json_.require_keys(root,
                       {"format", "version", "class", "numbers", "alphabet", "accepts_empty", "layers", "accept"});
    read_header(root);
    Symbols symbols = read_alphabet(json_.need(root, "alphabet"));
    network_.accepts_empty = json_.boolean(json_.need(root, "accepts_empty"), "\"accepts_empty\"");
    for (const JsonValue& layer : json_.array(json_.need(root, "layers"), "\"layers\"")) {
      symbols = read_layer(layer, symbols);
    }
    read_accept(json_.need(root, "accept"), symbols);
    return std::move(network_);
  }

 private:
  void read_header(const JsonValue& root) {
    const JsonValue& format = json_.need(root, "format");
    if (json_.string(format, "\"format\"") != "eigenmata-model") {
      json_.fail(format, "expected the format \"eigenmata-model\"");
    }
    const JsonValue& version = json_.need(root, "version");
    if (json_.count(version, "\"version\"") != 1) json_.fail(version, "this version is unknown; expected 1");
    const JsonValue& numbers = json_.need(root, "numbers");
    if (numbers.kind == JsonValue::Kind::kObject) {
      read_field(numbers);
    } else if (numbers.kind != JsonValue::Kind::kString || numbers.text != "rational") {
      json_.fail(
          numbers,
          "unknown kind of numbers; expected \"rational\", the object of a number field, or {\"cyclotomic\": m}");
    }
    const JsonValue* claim = json_.find(root, "class");
    if (claim == nullptr) return;
    network_.claim = parse_class(json_.string(*claim, "\"class\""));
    if (!network_.claim) json_.fail(*claim, "unknown class; expected one of " + std::string(kKnownClasses));
  }

  void read_field(const JsonValue& value) {
    if (const JsonValue* order = json_.find(value, "cyclotomic")) {
      json_.require_keys(value, {"cyclotomic"});
      std::string fault;
      network_.field = NumberField::make_cyclotomic(json_.count(*order, "\"cyclotomic\""), fault);
      if (!network_.field) json_.fail(*order, fault);
      return;
    }
    json_.require_keys(value, {"polynomial", "low", "high", "generator"});
    const auto end_text = [&](std::string_view key) {
      const JsonValue& end = json_.need(value, key);
      return end.kind == JsonValue::Kind::kNumber ? end.text : json_.string(end, quoted(key));
    };
    std::string fault;
    network_.field =
        NumberField::make(json_.string(json_.need(value, "polynomial"), "\"polynomial\""), end_text("low"),
                          end_text("high"), json_.string(json_.need(value, "generator"), "\"generator\""), fault);
    if (!network_.field) json_.fail(value, fault);
  }

  Symbols read_alphabet(const JsonValue& value) {
    Symbols symbols;
    for (const JsonValue& letter : json_.array(value, "the alphabet")) {
      symbols.add(json_.string(letter, "a letter"));
      network_.letters.emplace_back(letter.text);
    }
    require_alphabet(network_.letters, json_.place(value));
    return symbols;
  }

  /// Returns the outputs, which the next layer reads.
  Symbols read_layer(const JsonValue& value, const Symbols& inputs) {
    json_.require_keys(value, {"dimension", "start", "bos", "letters", "outputs", "decoder"});
    Layer layer;
    layer.dimension = json_.count(json_.need(value, "dimension"), "\"dimension\"");
    layer.inputs = inputs.size();
    const JsonValue* bos = json_.find(value, "bos");
    if ((bos == nullptr) == (json_.find(value, "start") == nullptr)) {
      json_.fail(value, "a layer has either \"start\" or \"bos\"");
    }
    if (bos != nullptr) layer.bos = map(*bos, layer.dimension);
    layer.start = layer.bos ? layer.bos->offset : vector(json_.need(value, "start"), layer.dimension);
    if (!network_.layers.empty() && layer.bos.has_value() != network_.layers[0].bos.has_value()) {
      json_.fail(value, "either all layers read a beginning-of-sequence token or none");
    }
    for (const JsonValue* letter : members_by_symbol(json_.need(value, "letters"), inputs)) {
      layer.maps.push_back(map(*letter, layer.dimension));
    }
    const Symbols outputs = read_outputs(json_.need(value, "outputs"));
    layer.outputs = outputs.size();
    layer.decoder = decoder(json_.need(value, "decoder"), layer.dimension, inputs, outputs);
    network_.layers.push_back(std::move(layer));
    return outputs;
  }

  Symbols read_outputs(const JsonValue& value) {
    Symbols outputs;
    for (const JsonValue& item : json_.array(value, "\"outputs\"")) {
      const std::string_view name = json_.string(item, "an output");
      if (const std::optional<std::string> fault = fault_of_letter(name)) json_.fail(item, *fault);
      if (outputs.find(name)) json_.fail(item, "the output " + quoted(name) + " stands twice");
      outputs.add(name);
    }
    if (outputs.size() == 0) json_.fail(value, "a layer needs at least one output");
    return outputs;
  }

  /// The members of an object that has exactly one for each symbol, in the order of the symbols.
  std::vector<const JsonValue*> members_by_symbol(const JsonValue& value, const Symbols& symbols) {
    const std::vector<JsonValue>& items = json_.object(value, "this (one member for each input symbol)");
    std::vector<const JsonValue*> members(symbols.size(), nullptr);
    for (std::size_t i = 0; i < items.size(); i += 2) {
      members[symbol(items[i], symbols, "input symbol")] = &items[i + 1];
    }
    for (std::uint32_t y = 0; y < symbols.size(); ++y) {
      if (members[y] == nullptr) json_.fail(value, "the input symbol " + quoted(symbols.name(y)) + " is missing");
    }
    return members;
  }

  std::uint32_t symbol(const JsonValue& value, const Symbols& symbols, const std::string& what) {
    const std::string_view name = json_.string(value, "an " + what);
    const std::optional<std::uint32_t> number = symbols.find(name);
    if (!number) json_.fail(value, "there is no " + what + " " + quoted(name));
    return *number;
  }

  Number number(const JsonValue& value) {
    std::optional<Number> result;
    try {
      if (value.kind == JsonValue::Kind::kString) {
        result = Number::parse(value.text, network_.field);
      } else if (value.kind == JsonValue::Kind::kNumber) {
        result = Number::parse(value.text, nullptr);
      }
    } catch (const ReducibleField& fault) {
      json_.fail(value, fault.what());
    }
    if (!result) {
      json_.fail(value,
                 "expected an exact number: an integer, or a string such as \"-63/625\" in lowest terms, at most " +
                     std::to_string(kMaxDigits) + " digits above and below");
    }
    return *std::move(result);
  }

  SparseVector vector(const JsonValue& value, std::uint32_t dimension) {
    SparseVector result = value.kind == JsonValue::Kind::kObject ? entries_of_object(value, dimension)
                                                                 : entries_of_array(value, dimension);
    result.shrink_to_fit();
    return result;
  }

  SparseVector entries_of_array(const JsonValue& value, std::uint32_t dimension) {
    const std::vector<JsonValue>& items = json_.array(value, "a vector");
    if (items.size() != dimension) {
      json_.fail(value, "this vector has " + std::to_string(items.size()) + " entries, but the dimension is " +
                            std::to_string(dimension));
    }
    SparseVector result;
    for (std::uint32_t i = 0; i < dimension; ++i) {
      Number entry = number(items[i]);
      if (!entry.is_zero()) result.push_back({i, std::move(entry)});
    }
    return result;
  }

  SparseVector entries_of_object(const JsonValue& value, std::uint32_t dimension) {
    SparseVector result;
    for (std::size_t i = 0; i < value.items.size(); i += 2) {
      const JsonValue& key = value.items[i];
      const std::optional<std::uint32_t> index = parse_count(key.text);
      if (!index || *index >= dimension) {
        json_.fail(key, "expected a coordinate below the dimension " + std::to_string(dimension) + ", found " +
                            quoted(key.text));
      }
      Number entry = number(value.items[i + 1]);
      if (entry.is_zero()) json_.fail(value.items[i + 1], "an object lists the entries that are not zero");
      result.push_back({*index, std::move(entry)});
    }
    std::sort(result.begin(), result.end(), [](const Entry& a, const Entry& b) { return a.index < b.index; });
    return result;
  }

  Map map(const JsonValue& value, std::uint32_t dimension) {
    json_.require_keys(value, {"A", "B"});
    const JsonValue& matrix = json_.need(value, "A");
    json_.require_keys(matrix, {"diagonal", "householder", "rank_one", "dense"});
    if (matrix.items.size() != 2) json_.fail(matrix, "a matrix has exactly one form");
    const std::string_view form = matrix.items[0].text;
    const JsonValue& content = matrix.items[1];
    Map result;
    if (form == "diagonal") {
      result.form = MatrixForm::kDiagonal;
      result.diagonal = vector(content, dimension);
    } else if (form == "dense") {
      result.form = MatrixForm::kDense;
      for (const JsonValue& row : json_.array(content, "\"dense\"")) result.rows.push_back(vector(row, dimension));
      if (result.rows.size() != dimension) {
        json_.fail(content, plural(result.rows.size(), "row") + ", but the dimension is " + std::to_string(dimension));
      }
    } else {
      result.form = form == "householder" ? MatrixForm::kHouseholder : MatrixForm::kRankOne;
      for (const JsonValue& item : json_.array(content, quoted(form))) {
        result.factors.push_back(factor(item, result.form, dimension));
      }
    }
    if (const JsonValue* offset = json_.find(value, "B")) result.offset = vector(*offset, dimension);
    return result;
  }

  Factor factor(const JsonValue& value, MatrixForm form, std::uint32_t dimension) {
    Factor result;
    if (form == MatrixForm::kHouseholder) {
      json_.require_keys(value, {"beta", "v"});
      result.beta = number(json_.need(value, "beta"));
    } else {
      json_.require_keys(value, {"u", "v"});
      result.u = vector(json_.need(value, "u"), dimension);
    }
    result.v = vector(json_.need(value, "v"), dimension);
    if (form == MatrixForm::kHouseholder) {
      if (result.v.empty()) json_.fail(json_.need(value, "v"), "the v of a Householder factor is not 0");
      if (!is_real(result.v)) {
        json_.fail(json_.need(value, "v"), "the v of a Householder factor is real; else vᵀv can be 0");
      }
    }
    return result;
  }

  Decoder decoder(const JsonValue& value, std::uint32_t dimension, const Symbols& inputs, const Symbols& outputs) {
    json_.require_keys(value, {"affine", "affine_by_letter", "table", "walk"});
    if (value.items.size() != 2) json_.fail(value, "a decoder has exactly one form");
    const std::string_view form = value.items[0].text;
    const JsonValue& content = value.items[1];
    Decoder result;
    if (form == "affine") {
      result.kind = Decoder::Kind::kShared;
      result.readouts.push_back(readout(content, dimension, outputs));
    } else if (form == "affine_by_letter") {
      result.kind = Decoder::Kind::kByLetter;
      for (const JsonValue* item : members_by_symbol(content, inputs)) {
        result.readouts.push_back(readout(*item, dimension, outputs));
      }
    } else if (form == "walk") {
      result.kind = Decoder::Kind::kWalk;
      result.walk = walk(content, dimension, inputs, outputs);
    } else {
      result.kind = Decoder::Kind::kTable;
      for (const JsonValue& item : json_.array(content, "\"table\"")) {
        result.rows.push_back(row(item, dimension, inputs, outputs));
      }
      if (const std::optional<std::size_t> twice = repeated_row(result.rows)) {
        json_.fail(content.items[*twice], "another row of this table has the same state");
      }
    }
    return result;
  }

  WalkDecoder walk(const JsonValue& value, std::uint32_t dimension, const Symbols& inputs, const Symbols& outputs) {
    json_.require_keys(value, {"codes", "first", "second", "tables", "routes", "route"});
    WalkDecoder result;
    for (const JsonValue& code : json_.array(json_.need(value, "codes"), "\"codes\""))
      result.codes.push_back(number(code));
    constexpr std::array<std::string_view, 2> kWalks{"first", "second"};
    for (std::size_t w = 0; w < 2; ++w) {
      for (const JsonValue& node : json_.array(json_.need(value, kWalks[w]), quoted(kWalks[w]))) {
        result.nodes[w].emplace_back();
        for (const JsonValue& next : json_.array(node, "a node")) {
          const bool none = next.kind == JsonValue::Kind::kNull;
          result.nodes[w].back().push_back(none ? kNowhere : json_.count(next, "a node"));
        }
      }
    }
    for (const JsonValue& table : json_.array(json_.need(value, "tables"), "\"tables\"")) {
      result.tables.emplace_back();
      for (const JsonValue& row : json_.array(table, "a table")) {
        json_.require_keys(row, {"node", "outputs"});
        WalkRow& read = result.tables.back().emplace_back();
        read.node = json_.count(json_.need(row, "node"), "\"node\"");
        for (const JsonValue& output : json_.array(json_.need(row, "outputs"), "\"outputs\"")) {
          const bool none = output.kind == JsonValue::Kind::kNull;
          read.outputs.push_back(none ? kNowhere : symbol(output, outputs, "output"));
        }
      }
    }
    for (const JsonValue& route : json_.array(json_.need(value, "routes"), "\"routes\"")) {
      json_.require_keys(route, {"table", "first", "second"});
      WalkRoute& read = result.routes.emplace_back();
      read.table = json_.count(json_.need(route, "table"), "\"table\"");
      for (std::size_t w = 0; w < 2; ++w) {
        for (const JsonValue& coordinate : json_.array(json_.need(route, kWalks[w]), quoted(kWalks[w])))
          read.coordinates[w].push_back(json_.count(coordinate, "a coordinate"));
      }
    }
    for (const JsonValue* route : members_by_symbol(json_.need(value, "route"), inputs))
      result.route_of.push_back(json_.count(*route, "a route"));
    if (const auto fault = fault_of(result, dimension, inputs.size(), outputs.size())) json_.fail(value, *fault);
    return result;
  }

  Readout readout(const JsonValue& value, std::uint32_t dimension, const Symbols& outputs) {
    json_.require_keys(value, {"weights", "constant", "thresholds", "outputs"});
    Readout result;
    result.weights = vector(json_.need(value, "weights"), dimension);
    result.constant = number(json_.need(value, "constant"));
    for (const JsonValue& item : json_.array(json_.need(value, "thresholds"), "\"thresholds\"")) {
      Number threshold = number(item);
      try {
        if (!result.thresholds.empty() && result.thresholds.back() >= threshold) {
          json_.fail(item, "thresholds increase");
        }
      } catch (const Unordered&) {
        json_.fail(item, "thresholds increase, so their differences are rational here");
      }
      result.thresholds.push_back(std::move(threshold));
    }
    const JsonValue& list = json_.need(value, "outputs");
    for (const JsonValue& item : json_.array(list, "\"outputs\"")) {
      result.outputs.push_back(symbol(item, outputs, "output"));
    }
    if (result.outputs.size() != result.thresholds.size() + 1) {
      json_.fail(list, "expected " + plural(result.thresholds.size() + 1, "output") +
                           ", one more than there are thresholds, found " + std::to_string(result.outputs.size()));
    }
    return result;
  }

  TableRow row(const JsonValue& value, std::uint32_t dimension, const Symbols& inputs, const Symbols& outputs) {
    json_.require_keys(value, {"state", "output", "output_by_letter"});
    TableRow result;
    result.state = vector(json_.need(value, "state"), dimension);
    const JsonValue* single = json_.find(value, "output");
    const JsonValue* several = json_.find(value, "output_by_letter");
    if ((single == nullptr) == (several == nullptr)) {
      json_.fail(value, "a row has either \"output\" or \"output_by_letter\"");
    }
    if (single != nullptr) {
      result.outputs.push_back(symbol(*single, outputs, "output"));
    } else {
      for (const JsonValue* item : members_by_symbol(*several, inputs)) {
        result.outputs.push_back(symbol(*item, outputs, "output"));
      }
    }
    return result;
  }

  void read_accept(const JsonValue& value, const Symbols& symbols) {
    const std::string what = network_.layers.empty() ? "letter" : "output";
    for (const JsonValue& item : json_.array(value, "\"accept\"")) {
      const std::string_view name = json_.string(item, "an accepting " + what);
      const std::optional<std::uint32_t> number = symbols.find(name);
      if (!number) json_.fail(item, "there is no " + what + " " + quoted(name));
      network_.accept.push_back(*number);
    }
    std::sort(network_.accept.begin(), network_.accept.end());
    const auto twice = std::adjacent_find(network_.accept.begin(), network_.accept.end());
    if (twice != network_.accept.end()) {
      json_.fail(value, "the " + what + " " + quoted(symbols.name(*twice)) + " stands twice in this list");
    }
  }

  JsonDocument json_;
  Network network_;
};

}  // namespace

Network read_model(const std::string& text, const std::string& name) { return Reader(text, name).read(); }

}  // namespace eigenmata::checker
