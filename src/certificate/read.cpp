// SPDX-License-Identifier: Apache-2.0
//
// Reads certificates line by line.
#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "certificate_lines.hpp"
#include "eigenmata/certificate/any.hpp"
#include "eigenmata/core/json.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "eigenmata/lrnn/walk_decoder.hpp"

namespace eigenmata::certificate {
namespace {

using core::in_quotes;
using lrnn::SparseVector;

/// What follows the line about the numbers.
template <class K>
class Reader : private Lines {
 public:
  using S = typename K::Scalar;

  Reader(Lines lines, K k) : Lines(std::move(lines)), k_(std::move(k)) {}

  Certificate<K> points() {
    auto [network, automaton] = read_frame();
    Certificate<K> result{k_, std::move(network), std::move(automaton), {}, {}};
    read_points(result);
    expect_end();
    return result;
  }

  /// Or of kind blocks, whose last two layers have no regions.
  LayerwiseOver<K> layers(bool by_blocks) {
    auto [network, automaton] = read_frame();
    LayerwiseOver<K> result{std::move(network), std::move(automaton), {}, {}, k_};
    const std::size_t layers = result.network.layers.size();
    if (by_blocks && layers < 3) fail("a certificate of kind blocks has at least three layers");
    std::size_t contexts = 1;
    for (std::size_t l = 0; l < (by_blocks ? layers - 2 : layers); ++l) {
      result.layers.push_back(
          read_claim(result.network.layers[l].dimension, result.network.inputs(l).size(), contexts));
      contexts = result.layers.back().contexts;
    }
    if (by_blocks) {
      read_blocks(result);
    } else {
      read_meaning(result, contexts);
    }
    expect_end();
    return result;
  }

 private:
  std::pair<lrnn::Network<S>, automata::Dfa> read_frame() {
    const auto claim = read_class();
    const core::Alphabet alphabet = read_alphabet();
    automata::Dfa automaton = read_automaton(alphabet);
    lrnn::Network<S> network = read_network(alphabet);
    network.claim = claim;
    return {std::move(network), std::move(automaton)};
  }

  void expect_end() {
    expect_line("end");
    if (advance()) fail("the certificate goes on after 'end'");
  }

  S scalar() {
    if (at_end()) fail("the line ends where a number is expected");
    S value = k_.parse(tokens_[at_], lines_.place_of(tokens_[at_]));
    ++at_;
    return value;
  }

  /// index:number …, up to the end of the line or a bar.
  SparseVector<S> vector(std::size_t dimension) {
    std::vector<typename SparseVector<S>::Entry> entries;
    for (; !at_end() && !sees("|"); ++at_) {
      const std::string_view entry = tokens_[at_];
      const std::size_t colon = entry.find(':');
      std::uint64_t index = 0;
      if (colon == std::string_view::npos || dimension == 0 ||
          !core::parse_unsigned(entry.substr(0, colon), index, dimension - 1)) {
        fail_token("expected index:number with an index below " + std::to_string(dimension) + ", found " +
                   in_quotes(entry));
      }
      if (!entries.empty() && index <= entries.back().index) fail_token("indices have to increase");
      S value = k_.parse(entry.substr(colon + 1), lines_.place_of(entry));
      if (k_.is_zero(value)) fail_token("zeros are left out");
      entries.push_back({static_cast<std::uint32_t>(index), std::move(value)});
    }
    return {dimension, std::move(entries)};
  }

  SparseVector<S> vector_line(std::string_view first, std::size_t dimension) {
    next_line(first);
    auto result = vector(dimension);
    end_of_line();
    return result;
  }

  lrnn::Network<S> read_network(const core::Alphabet& alphabet) {
    next_line("network");
    const std::size_t layers = number(kMaxCount, "number of layers");
    expect("empty-word");
    const bool accepts_empty = sees("accept");
    expect(accepts_empty ? "accept" : "reject");
    end_of_line();
    lrnn::Network<S> network{alphabet, accepts_empty, {}, {}, std::nullopt};
    for (std::size_t l = 0; l < layers; ++l) {
      network.layers.push_back(read_layer(network.inputs(l).size()));
      if (network.layers[l].bos.has_value() != network.layers[0].bos.has_value())
        fail("either all layers read a beginning-of-sequence token or none");
    }
    next_line("accept");
    network.accept = bits(network.answers().size(), "answer");
    return network;
  }

  lrnn::Layer<S> read_layer(std::size_t inputs) {
    next_line("layer");
    const std::size_t dimension = number(lrnn::kMaxDimension + 1, "dimension");
    expect("inputs");
    if (number(kMaxCount, "number of inputs") != inputs) {
      --at_;
      fail_token("the layer below has " + std::to_string(inputs) + " symbols");
    }
    expect("outputs");
    const std::size_t outputs = number(kMaxOutputs + 1, "number of outputs");
    end_of_line();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < outputs; ++i) names.push_back("y" + std::to_string(i));
    lrnn::Layer<S> layer{
        dimension, SparseVector<S>(dimension), {}, core::Alphabet(std::move(names), lines_.place()), {}};
    read_start(layer);
    for (std::size_t x = 0; x < inputs; ++x) layer.maps.push_back(read_affine(dimension));
    layer.decoder = read_decoder(dimension, inputs, outputs);
    return layer;
  }

  /// The vector h_0, or the map of the token that writes it.
  void read_start(lrnn::Layer<S>& layer) {
    next_line("start");
    if (!sees("bos")) {
      layer.start = vector(layer.dimension);
      end_of_line();
      return;
    }
    expect("bos");
    end_of_line();
    layer.bos = read_affine(layer.dimension);
    layer.start = layer.bos->b;
  }

  lrnn::AffineMap<S> read_affine(std::size_t n) {
    lrnn::Transition<S> a = read_map(n);
    return {std::move(a), vector_line("offset", n)};
  }

  lrnn::Transition<S> read_map(std::size_t n) {
    next_line("map");
    const std::string form(token());
    if (form == "diagonal") {
      end_of_line();
      const auto entries = vector_line("entries", n);
      require_lines_for(n, "entries of a diagonal");
      return lrnn::Diagonal<S>{coordinates(k_, entries)};
    }
    if (form == "dense") {
      end_of_line();
      return read_dense(n);
    }
    if (form != "householder" && form != "rank-one") {
      --at_;
      fail_token("expected diagonal, householder, rank-one or dense, found " + in_quotes(form));
    }
    const std::size_t factors = number(kMaxCount, "number of factors");
    end_of_line();
    if (form == "rank-one") {
      lrnn::RankOneProduct<S> product{n, {}};
      for (std::size_t i = 0; i < factors; ++i) {
        next_line("factor");
        auto u = vector(n);
        expect("|");
        product.factors.push_back({std::move(u), vector(n)});
        end_of_line();
      }
      return product;
    }
    lrnn::HouseholderProduct<S> product{n, {}};
    for (std::size_t i = 0; i < factors; ++i) {
      next_line("factor");
      S beta = scalar();
      expect("|");
      product.factors.push_back({std::move(beta), vector(n)});
      end_of_line();
      if (product.factors.back().v.is_zero()) fail("the vector of a Householder factor is 0");
      if (!lrnn::is_real(k_, product.factors.back().v))
        fail("the vector of a Householder factor is not real; over complex numbers the product vᵀv can be 0");
    }
    return product;
  }

  /// Forms that are held in full may not be much larger than what a file can fill.
  void require_lines_for(std::size_t numbers, const char* what) const {
    constexpr std::size_t kMost = std::size_t{1} << 26;
    if (numbers > kMost)
      fail(std::to_string(numbers) + " " + what + "; at most " + std::to_string(kMost) + " are read");
  }

  lrnn::Dense<S> read_dense(std::size_t n) {
    require_lines_for(n, "rows of a matrix");
    require_lines_for(n * n, "entries of a matrix");
    std::vector<SparseVector<S>> rows;
    for (std::size_t i = 0; i < n; ++i) rows.push_back(vector_line("row", n));
    exact::Matrix<S> matrix(n, n, k_.zero());
    for (std::size_t i = 0; i < n; ++i) {
      for (const auto& entry : rows[i].entries()) matrix(i, entry.index) = entry.value;
    }
    return {std::move(matrix)};
  }

  lrnn::Decoder<S> read_decoder(std::size_t n, std::size_t inputs, std::size_t outputs) {
    next_line("decoder");
    if (sees("table")) {
      ++at_;
      const std::size_t rows = number(kMaxCount, "number of rows");
      end_of_line();
      lrnn::TableDecoder<S> table;
      std::vector<std::size_t> row_lines;
      for (std::size_t i = 0; i < rows; ++i) {
        next_line("row");
        auto state = vector(n);
        expect("|");
        table.rows.push_back({std::move(state), output_list(outputs)});
        const std::size_t count = table.rows.back().outputs.size();
        if (count != 1 && count != inputs)
          fail(std::to_string(count) + " outputs; expected 1 or " + std::to_string(inputs));
        row_lines.push_back(lines_.place().line);
      }
      if (const auto i = lrnn::repeated_row(k_, table)) {
        throw core::Error({lines_.place().source, row_lines[*i]}, "another row of the table has the same state");
      }
      return table;
    }
    if (sees("walk")) return read_walk(n, inputs, outputs);
    expect("affine");
    const bool shared = sees("shared");
    expect(shared ? "shared" : "by-letter");
    end_of_line();
    lrnn::AffineDecoder<S> decoder;
    for (std::size_t i = 0; i < (shared ? 1 : inputs); ++i) decoder.readouts.push_back(read_readout(n, outputs));
    return decoder;
  }

  lrnn::WalkDecoder<S> read_walk(std::size_t n, std::size_t inputs, std::size_t outputs) {
    expect("walk");
    const std::size_t codes = number(kMaxOutputs + 1, "number of codes");
    end_of_line();
    lrnn::WalkDecoder<S> walk;
    lrnn::WalkTables& tables = walk.tables;
    next_line("codes");
    for (std::size_t i = 0; i < codes; ++i) walk.codes.push_back(scalar());
    end_of_line();
    for (auto* next : {&tables.first, &tables.second}) {
      const std::size_t nodes = announced("nodes");
      for (std::size_t i = 0; i < nodes; ++i) {
        next_line("node");
        for (std::size_t j = 0; j < codes; ++j) next->push_back(number_or_none(nodes, "node"));
        end_of_line();
      }
    }
    for (std::size_t left = announced("tables"); left > 0; --left) {
      tables.tables.emplace_back();
      for (std::size_t rows = announced("table"); rows > 0; --rows) {
        next_line("row");
        tables.tables.back().push_back({static_cast<std::uint32_t>(number(kMaxCount, "node")), {}});
        expect("|");
        while (!at_end()) tables.tables.back().back().outputs.push_back(number_or_none(outputs, "output"));
      }
    }
    for (std::size_t left = announced("routes"); left > 0; --left) {
      next_line("route");
      tables.routes.push_back({static_cast<std::uint32_t>(number(tables.tables.size(), "table")), {}, {}});
      expect("|");
      while (!at_end() && !sees("|"))
        tables.routes.back().first.push_back(static_cast<std::uint32_t>(number(n, "coordinate")));
      expect("|");
      while (!at_end()) tables.routes.back().second.push_back(static_cast<std::uint32_t>(number(n, "coordinate")));
    }
    next_line("symbols");
    while (!at_end()) tables.route_of.push_back(static_cast<std::uint32_t>(number(tables.routes.size(), "route")));
    if (const std::string fault = lrnn::walk_fault(k_, walk, n, inputs, outputs); !fault.empty()) fail(fault);
    return walk;
  }

  std::vector<core::Symbol> output_list(std::size_t outputs) {
    std::vector<core::Symbol> list;
    while (!at_end()) list.push_back(core::symbol(number(outputs, "output")));
    return list;
  }

  lrnn::AffineReadout<S> read_readout(std::size_t n, std::size_t outputs) {
    next_line("readout");
    lrnn::AffineReadout<S> readout{vector(n), k_.zero(), {}, {}};
    expect("|");
    readout.constant = scalar();
    expect("|");
    while (!at_end() && !sees("|")) {
      readout.thresholds.push_back(scalar());
      const std::size_t count = readout.thresholds.size();
      if (count > 1 && k_.sign(k_.subtract(readout.thresholds[count - 1], readout.thresholds[count - 2])) != 1)
        fail("thresholds have to increase");
    }
    expect("|");
    readout.outputs = output_list(outputs);
    if (readout.outputs.size() != readout.thresholds.size() + 1) {
      fail(std::to_string(readout.thresholds.size()) + " thresholds need " +
           std::to_string(readout.thresholds.size() + 1) + " outputs");
    }
    return readout;
  }

  void read_points(Certificate<K>& result) {
    next_line("points");
    const std::size_t points = number(kMaxCount, "number of points");
    end_of_line();
    const std::size_t letters = result.automaton.letters();
    for (std::size_t p = 0; p < points; ++p) {
      next_line("point");
      Point<S> point;
      if (p == 0) {
        expect("start");
      } else {
        expect("from");
        point.from = static_cast<std::uint32_t>(number(points, "point"));
        point.letter = core::symbol(number(letters, "letter"));
      }
      expect("state");
      point.state = automata::state(number(result.automaton.states(), "state"));
      end_of_line();
      point.line = lines_.place().line;
      for (const auto& layer : result.network.layers) point.vectors.push_back(vector_line("at", layer.dimension));
      next_line("step");
      for (std::size_t x = 0; x < letters; ++x)
        result.steps.push_back(static_cast<std::uint32_t>(number(points, "point")));
      end_of_line();
      result.points.push_back(std::move(point));
    }
  }

  // What kind layers has instead of points.

  LayerClaimOver<S> read_claim(std::size_t dimension, std::size_t inputs, std::size_t contexts_above) {
    LayerClaimOver<S> claim;
    next_line("regions");
    const std::size_t regions = number(kMaxCount, "number of regions");
    if (regions == 0) fail("a layer has at least one region");
    expect("start");
    claim.start = static_cast<std::uint32_t>(number(regions, "region"));
    end_of_line();
    for (std::size_t r = 0; r < regions; ++r) claim.regions.push_back(read_region(dimension));
    for (std::size_t left = announced("steps"); left > 0; --left) {
      const auto [region, symbol, next] = triple("step", regions, "region", inputs, "symbol", regions, "region");
      claim.steps.push_back({region, symbol, next});
      const auto n = claim.steps.size();
      if (n > 1 && std::pair(claim.steps[n - 2].region, claim.steps[n - 2].symbol) >= std::pair(region, symbol))
        fail("steps have to increase");
    }
    claim.contexts = announced("contexts");
    for (std::size_t left = announced("meets"); left > 0; --left) {
      const auto [above, region, context] =
          triple("meet", contexts_above, "context", regions, "region", claim.contexts, "context");
      claim.meets.push_back({above, region, context});
      const auto n = claim.meets.size();
      if (n > 1 && std::pair(claim.meets[n - 2].above, claim.meets[n - 2].region) >= std::pair(above, region))
        fail("meets have to increase");
    }
    return claim;
  }

  std::size_t announced(std::string_view what) {
    next_line(what);
    const std::size_t count = number(kMaxCount, "count");
    end_of_line();
    return count;
  }

  std::array<std::uint32_t, 3> triple(std::string_view first, std::size_t a, const char* a_name, std::size_t b,
                                      const char* b_name, std::size_t c, const char* c_name) {
    next_line(first);
    const auto take = [&](std::size_t bound, const char* name) {
      return static_cast<std::uint32_t>(number(bound, name));
    };
    const std::uint32_t one = take(a, a_name);
    const std::uint32_t two = take(b, b_name);
    const std::uint32_t three = take(c, c_name);
    end_of_line();
    return {one, two, three};
  }

  RegionOver<S> read_region(std::size_t dimension) {
    next_line("region");
    RegionOver<S> region;
    for (; !at_end(); ++at_) {
      const std::string_view entry = tokens_[at_];
      const std::size_t colon = entry.find(':');
      std::uint64_t index = 0;
      if (colon == std::string_view::npos || dimension == 0 ||
          !core::parse_unsigned(entry.substr(0, colon), index, dimension - 1)) {
        fail_token("expected index:number or index:[low,high] with an index below " + std::to_string(dimension) +
                   ", found " + in_quotes(entry));
      }
      if (!region.empty() && index <= region.back().index) fail_token("indices have to increase");
      region.push_back(extent(static_cast<std::uint32_t>(index), entry.substr(colon + 1), entry));
    }
    return region;
  }

  ExtentOver<S> extent(std::uint32_t index, std::string_view text, std::string_view entry) {
    const core::Place place = lines_.place_of(entry);
    if (text.empty() || text.front() != '[') {
      const S value = k_.parse(text, place);
      if (k_.is_zero(value)) fail_token("zeros are left out");
      return {index, value, value};
    }
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos || text.back() != ']')
      fail_token("expected an interval [low,high], found " + in_quotes(text));
    const exact::Rational low = exact::parse_rational(text.substr(1, comma - 1), place);
    const exact::Rational high = exact::parse_rational(text.substr(comma + 1, text.size() - comma - 2), place);
    if (high <= low) fail_token("an interval needs low < high");
    return {index, k_.from_rational(low), k_.from_rational(high)};
  }

  void read_blocks(LayerwiseOver<K>& result) {
    result.blocks.emplace();
    result.blocks->length = announced("block");
    if (result.blocks->length == 0) fail("a block has at least one letter");
    for (std::size_t q = 0; q < result.automaton.states(); ++q)
      result.blocks->codes.push_back(vector_line("code", result.network.layers.back().dimension));
  }

  void read_meaning(LayerwiseOver<K>& result, std::size_t contexts) {
    next_line("meaning");
    if (number(kMaxCount, "number of contexts") != contexts) {
      --at_;
      fail_token("the last layer has " + std::to_string(contexts) + " contexts");
    }
    end_of_line();
    for (std::size_t c = 0; c < contexts; ++c) {
      next_line("meaning");
      std::vector<automata::State> states;
      while (!at_end()) {
        states.push_back(automata::state(number(result.automaton.states(), "state")));
        if (states.size() > 1 && states[states.size() - 2] >= states.back()) {
          --at_;
          fail_token("numbers have to increase");
        }
      }
      result.meaning.push_back(std::move(states));
    }
  }

  K k_;
};

}  // namespace

AnyCertificate read_any_certificate(const core::Input& input) {
  Lines lines(input);
  lines.require_text();
  lines.expect_line("eigenmata-certificate 1");
  const std::string_view kind = lines.read_kind();
  const bool by_blocks = kind == "blocks";
  const bool by_layers = kind == "layers" || by_blocks;
  const Lines::Numbers numbers = lines.read_numbers();
  if (by_layers && std::holds_alternative<exact::NumberField>(numbers))
    lines.fail("certificates of kinds layers and blocks have rational or cyclotomic numbers");
  return std::visit(
      [&](const auto& k) -> AnyCertificate {
        using K = std::decay_t<decltype(k)>;
        Reader<K> reader(std::move(lines), k);
        if constexpr (!std::is_same_v<K, exact::NumberField>) {
          if (by_layers) return reader.layers(by_blocks);
        }
        return reader.points();
      },
      numbers);
}

RationalCertificate read_certificate(const core::Input& input) {
  auto certificate = read_any_certificate(input);
  if (auto* rational = std::get_if<RationalCertificate>(&certificate)) return std::move(*rational);
  throw core::Error({input.name}, "expected a certificate of kind points with rational numbers");
}

}  // namespace eigenmata::certificate
