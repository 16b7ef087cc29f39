// SPDX-License-Identifier: Apache-2.0
//
// The layout of certificates, line by line, in the order of the format page.
//
// Announced counts only decide how many lines are expected; memory grows as they come.
#include <unordered_set>
#include <utility>

#include "checker/certificate.hpp"
#include "checker/certificate_lines.hpp"
#include "checker/error.hpp"
#include "checker/json.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

class Reader {
 public:
  Reader(std::istream& in, const std::string& name) : lines_(in, name) { result_.name = name; }

  Certificate read() {
    read_header();
    read_letters();
    read_automaton();
    read_network();
    if (result_.numeric) {
      read_states(lines_, network(), result_.automaton.size(), *result_.numeric);
    } else if (by_blocks_) {
      if (network().layers.size() < 3) lines_.fail(0, "a certificate of kind blocks has at least three layers");
      result_.layerwise = read_layerwise(lines_, network(), result_.automaton.size(), 2);
      result_.blocks = read_blocks(lines_, network().layers.back().dimension, result_.automaton.size());
    } else if (layer_by_layer_) {
      result_.layerwise = read_layerwise(lines_, network(), result_.automaton.size());
    } else {
      read_points();
    }
    line_of("end");
    finish_line();
    if (lines_.advance()) lines_.fail(0, "nothing but comments may follow 'end'");
    return std::move(result_);
  }

 private:
  Network& network() { return result_.network; }
  [[nodiscard]] std::uint32_t letters() const { return static_cast<std::uint32_t>(result_.network.letters.size()); }

  Tokens& line_of(std::string_view word) { return lines_.line_of(word); }
  void finish_line() { lines_.finish(); }

  void read_header() {
    Tokens& magic = line_of("eigenmata-certificate");
    if (magic.take("a version") != "1") magic.fail("this version is unknown; expected 1");
    magic.finish();
    Tokens& kind = line_of("kind");
    const std::string_view name = kind.take("a kind");
    const bool numeric = name == "numeric";
    by_blocks_ = name == "blocks";
    layer_by_layer_ = name == "layers" || by_blocks_;
    if (name != "points" && !layer_by_layer_ && !numeric) {
      kind.fail("this kind of certificate is unknown; expected 'points', 'layers', 'blocks' or 'numeric'");
    }
    kind.finish();
    if (numeric) result_.numeric = read_semantics(lines_);
    read_numbers();
    Tokens& claim = line_of("class");
    const std::string_view text = claim.take("a class");
    network().claim_line = lines_.number();
    if (text != "none") {
      network().claim = parse_class(text);
      if (!network().claim) claim.fail("unknown class; expected none or one of " + std::string(kKnownClasses));
    }
    claim.finish();
  }

  void read_numbers() {
    Tokens& numbers = line_of("numbers");
    const std::string_view kind = numbers.take("a kind of numbers");
    if (kind == "field") {
      const std::string_view polynomial = numbers.take("a polynomial in x");
      const std::string_view low = numbers.take("the lower end of an interval");
      const std::string_view high = numbers.take("the upper end of the interval");
      const std::string_view generator = numbers.take("the name of the generator");
      std::string fault;
      network().field = NumberField::make(polynomial, low, high, generator, fault);
      if (!network().field) numbers.fail(fault);
      if (layer_by_layer_) numbers.fail("certificates of kinds layers and blocks have rational or cyclotomic numbers");
      lines_.set_field(network().field);
    } else if (kind == "cyclotomic") {
      std::string fault;
      network().field = NumberField::make_cyclotomic(numbers.count("the order of the field"), fault);
      if (!network().field) numbers.fail(fault);
      lines_.set_field(network().field);
    } else if (kind != "rational") {
      numbers.fail("unknown kind of numbers; expected 'rational', 'field' or 'cyclotomic'");
    }
    numbers.finish();
  }

  void read_letters() {
    const std::uint32_t count = line_of("letters").positive("number of letters");
    finish_line();
    std::unordered_set<std::string> seen;
    for (std::uint32_t i = 0; i < count; ++i) {
      std::string letter = json_string(line_of("letter"));
      if (const std::optional<std::string> fault = fault_of_letter(letter)) lines_.tokens().fail(*fault);
      if (!seen.insert(letter).second) lines_.tokens().fail("the letter " + quoted(letter) + " stands twice");
      network().letters.push_back(std::move(letter));
    }
  }

  /// The rest of the line as one JSON string. It may hold a blank, so it is no token.
  std::string json_string(Tokens& tokens) {
    std::size_t column = 0;
    const std::string_view text = tokens.rest(column);
    std::size_t at = 0;
    try {
      std::string result = read_json_string(text, at);
      if (at == text.size()) return result;
    } catch (const JsonSyntax& fault) {
      lines_.fail(column + fault.offset(), fault.what());
    }
    lines_.fail(column + at, "expected the end of the line after the string");
  }

  void read_automaton() {
    Tokens& head = line_of("automaton");
    Dfa& dfa = result_.automaton;
    dfa.letters = letters();
    result_.automaton_line = lines_.number();
    const std::uint32_t states = head.positive("number of states");
    head.word("initial");
    dfa.initial = head.index("state", states);
    head.finish();
    std::vector<State> accepting;
    line_of("accepting").increasing("state", states, accepting);
    for (std::uint32_t s = 0; s < states; ++s) {
      Tokens& row = line_of("next");
      for (std::uint32_t x = 0; x < letters(); ++x) dfa.next.push_back(row.index("state", states));
      row.finish();
    }
    dfa.accepting.resize(states, false);  // now the lines of all states have been there
    for (const State s : accepting) dfa.accepting[s] = true;
  }

  void read_network() {
    Tokens& head = line_of("network");
    network().line = lines_.number();
    const std::uint32_t layers = head.count("number of layers");
    head.word("empty-word");
    const std::string_view answer = head.take("accept or reject");
    if (answer != "accept" && answer != "reject") head.fail("expected accept or reject, found " + quoted(answer));
    network().accepts_empty = answer == "accept";
    head.finish();
    std::uint32_t symbols = letters();
    for (std::uint32_t l = 0; l < layers; ++l) {
      read_layer(symbols);
      symbols = network().layers.back().outputs;
    }
    Tokens& accept = line_of("accept");
    network().accept_line = lines_.number();
    accept.increasing(layers == 0 ? "letter" : "output", symbols, network().accept);
  }

  void read_layer(std::uint32_t symbols) {
    Layer& layer = network().layers.emplace_back();
    Tokens& head = line_of("layer");
    layer.line = lines_.number();
    layer.dimension = head.count("dimension");
    head.word("inputs");
    layer.inputs = head.count("number of input symbols");
    if (layer.inputs != symbols) {
      head.fail("expected " + std::to_string(symbols) + " inputs, as many as " +
                (network().layers.size() == 1 ? "there are letters" : "the layer before has outputs"));
    }
    head.word("outputs");
    layer.outputs = head.positive("number of output symbols");
    head.finish();
    read_start(layer);
    for (std::uint32_t y = 0; y < layer.inputs; ++y) layer.maps.push_back(read_map(layer));
    read_decoder(layer);
  }

  /// `start` and a vector; or `start bos`, and the map of the token that writes it.
  void read_start(Layer& layer) {
    Tokens& start = line_of("start");
    if (start.at_word("bos")) {
      start.word("bos");
      start.finish();
      layer.bos = read_map(layer);
      layer.start = layer.bos->offset;
    } else {
      layer.start = start.vector(layer.dimension);
      finish_line();
    }
    if (layer.bos.has_value() != network().layers[0].bos.has_value()) {
      throw Error(lines_.name(), layer.line, 1, "either all layers read a beginning-of-sequence token or none");
    }
  }

  Map read_map(const Layer& layer) {
    Map map;
    Tokens& head = line_of("map");
    map.line = lines_.number();
    const std::string_view form = head.take("a form of matrix");
    if (form == "diagonal") {
      map.form = MatrixForm::kDiagonal;
      head.finish();
      map.diagonal = line_of("entries").vector(layer.dimension);
      map.diagonal_line = lines_.number();
      finish_line();
    } else if (form == "householder" || form == "rank-one") {
      map.form = form == "householder" ? MatrixForm::kHouseholder : MatrixForm::kRankOne;
      const std::uint32_t factors = head.count("number of factors");
      head.finish();
      for (std::uint32_t i = 0; i < factors; ++i) map.factors.push_back(read_factor(map.form, layer.dimension));
    } else if (form == "dense") {
      map.form = MatrixForm::kDense;
      head.finish();
      for (std::uint32_t i = 0; i < layer.dimension; ++i) {
        map.rows.push_back(line_of("row").vector(layer.dimension));
        finish_line();
      }
    } else {
      head.fail("expected diagonal, householder, rank-one or dense, found " + quoted(form));
    }
    map.offset = line_of("offset").vector(layer.dimension);
    finish_line();
    return map;
  }

  Factor read_factor(MatrixForm form, std::uint32_t dimension) {
    Factor factor;
    Tokens& tokens = line_of("factor");
    factor.line = lines_.number();
    if (form == MatrixForm::kHouseholder) {
      factor.beta = tokens.number("β");
    } else {
      factor.u = tokens.vector(dimension);
    }
    tokens.bar();
    factor.v = tokens.vector(dimension);
    if (form == MatrixForm::kHouseholder) {
      if (factor.v.empty()) tokens.fail("the v of a Householder factor is not 0");
      if (!is_real(factor.v)) tokens.fail("the v of a Householder factor is real; else vᵀv can be 0");
    }
    tokens.finish();
    return factor;
  }

  void read_decoder(Layer& layer) {
    Decoder& decoder = layer.decoder;
    Tokens& head = line_of("decoder");
    decoder.line = lines_.number();
    const std::string_view kind = head.take("affine, table or walk");
    if (kind == "walk") {
      decoder.kind = Decoder::Kind::kWalk;
      decoder.walk = read_walk(lines_, layer.dimension, layer.inputs, layer.outputs);
      return;
    }
    if (kind == "table") {
      decoder.kind = Decoder::Kind::kTable;
      const std::uint32_t rows = head.count("number of rows");
      head.finish();
      for (std::uint32_t i = 0; i < rows; ++i) decoder.rows.push_back(read_row(layer));
      if (const std::optional<std::size_t> row = repeated_row(decoder.rows)) {
        throw Error(lines_.name(), decoder.rows[*row].line, 1, "another row of this table has the same state");
      }
      return;
    }
    if (kind != "affine") head.fail("expected affine, table or walk, found " + quoted(kind));
    const std::string_view scope = head.take("shared or by-letter");
    if (scope != "shared" && scope != "by-letter") head.fail("expected shared or by-letter, found " + quoted(scope));
    decoder.kind = scope == "shared" ? Decoder::Kind::kShared : Decoder::Kind::kByLetter;
    head.finish();
    const std::uint32_t readouts = decoder.kind == Decoder::Kind::kShared ? 1 : layer.inputs;
    for (std::uint32_t i = 0; i < readouts; ++i) decoder.readouts.push_back(read_readout(layer));
  }

  Readout read_readout(const Layer& layer) {
    Readout readout;
    Tokens& tokens = line_of("readout");
    readout.weights = tokens.vector(layer.dimension);
    tokens.bar();
    readout.constant = tokens.number("the constant");
    tokens.bar();
    while (!tokens.at_end() && !tokens.at_bar()) {
      Number threshold = tokens.number("a threshold");
      try {
        if (!readout.thresholds.empty() && readout.thresholds.back() >= threshold) tokens.fail("thresholds increase");
      } catch (const Unordered&) {
        tokens.fail("thresholds increase, so their differences are rational here");
      }
      readout.thresholds.push_back(std::move(threshold));
    }
    tokens.bar();
    for (std::size_t i = 0; i <= readout.thresholds.size(); ++i) {
      readout.outputs.push_back(tokens.index("output", layer.outputs));
    }
    tokens.finish();
    return readout;
  }

  TableRow read_row(const Layer& layer) {
    TableRow row;
    Tokens& tokens = line_of("row");
    row.line = lines_.number();
    row.state = tokens.vector(layer.dimension);
    tokens.bar();
    row.outputs.push_back(tokens.index("output", layer.outputs));
    if (tokens.at_end()) return row;
    for (std::uint32_t y = 1; y < layer.inputs; ++y) row.outputs.push_back(tokens.index("output", layer.outputs));
    tokens.finish();
    return row;
  }

  void read_points() {
    const std::uint32_t count = line_of("points").count("number of points");
    result_.points_line = lines_.number();
    finish_line();
    result_.vectors.resize(network().layers.size());
    for (std::uint32_t p = 0; p < count; ++p) read_point(count);
  }

  void read_point(std::uint32_t count) {
    Point point;
    Tokens& head = line_of("point");
    point.line = lines_.number();
    const bool is_start = result_.points.empty();
    head.word(is_start ? "start" : "from");
    if (!is_start) {
      point.parent = head.index("point", count);
      point.letter = head.index("letter", letters());
    }
    head.word("state");
    point.state = head.index("state", static_cast<std::uint32_t>(result_.automaton.size()));
    head.finish();
    for (std::size_t l = 0; l < network().layers.size(); ++l) {
      line_of("at").vector(network().layers[l].dimension, result_.vectors[l].items());
      if (result_.points.empty()) result_.start_lines.push_back(lines_.number());
      finish_line();
      result_.vectors[l].close_row();
    }
    Tokens& step = line_of("step");
    point.step_line = lines_.number();
    for (std::uint32_t x = 0; x < letters(); ++x) result_.steps.push_back(step.index("point", count));
    step.finish();
    result_.points.push_back(point);
  }

  CertificateLines lines_;
  bool layer_by_layer_ = false;
  bool by_blocks_ = false;
  Certificate result_;
};

}  // namespace

Certificate read_certificate(std::istream& in, const std::string& name) { return Reader(in, name).read(); }

}  // namespace eigenmata::checker
