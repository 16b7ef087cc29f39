// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/model_file.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "eigenmata/core/json.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/tensor_file.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "eigenmata/lrnn/walk_decoder.hpp"
#include "eigenmata/lrnn/weights_file.hpp"

namespace eigenmata::lrnn {
namespace {

using core::in_quotes;
using core::JsonCursor;
using core::JsonWriter;
using Layout = core::JsonWriter::Layout;

constexpr std::string_view kFormatName = "eigenmata-model";

template <class K>
class Reader {
 public:
  using S = typename K::Scalar;

  explicit Reader(K k) : k_(std::move(k)) {}

  ModelOver<K> read(const JsonCursor& root) {
    Network<S> network{read_alphabet(root.at("alphabet")), root.at("accepts_empty").boolean(), {}, {}, std::nullopt};
    const JsonCursor layers = root.at("layers").array();
    for (std::size_t l = 0; l < layers.size(); ++l) network.layers.push_back(read_layer(layers[l], network.inputs(l)));
    const JsonCursor accept = root.at("accept").array();
    network.accept.assign(network.answers().size(), false);
    for (std::size_t i = 0; i < accept.size(); ++i) {
      const std::size_t answer = core::index(symbol_in(accept[i], network.answers()));
      if (network.accept[answer]) throw accept[i].error(in_quotes(accept[i].string()) + " stands twice in this list");
      network.accept[answer] = true;
    }
    validate(k_, network);
    if (root.has("class")) {
      network.claim = parse_transition_class(root.at("class").string(), root.at("class").place());
      const auto verdict = is_member(k_, network, *network.claim);
      if (!verdict.is_yes())
        throw root.at("class").error("the network is not of the class it claims: " + verdict.witness());
    }
    return {k_, std::move(network)};
  }

 private:
  static Alphabet read_alphabet(const JsonCursor& list) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < list.array().size(); ++i) names.push_back(list[i].string());
    return Alphabet(std::move(names), list.place());
  }

  static Symbol symbol_in(const JsonCursor& value, const Alphabet& alphabet) {
    const auto symbol = alphabet.find(value.string());
    if (!symbol) throw value.error(in_quotes(value.string()) + " is not one of " + to_string(alphabet));
    return *symbol;
  }

  S number(const JsonCursor& value) const { return k_.parse(value.exact_number(), value.place()); }

  SparseVector<S> vector(const JsonCursor& value, std::size_t dimension) const {
    std::vector<typename SparseVector<S>::Entry> entries;
    if (value.is_object()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        std::uint64_t at = 0;
        if (dimension == 0 || !core::parse_unsigned(value.key(i), at, dimension - 1)) {
          throw core::Error(value.key_place(i), "index " + in_quotes(value.key(i)) + " of a vector of dimension " +
                                                    std::to_string(dimension));
        }
        S entry = number(value[i]);
        if (k_.is_zero(entry)) throw value[i].error("a zero; an object lists the entries that are not zero");
        entries.push_back({static_cast<std::uint32_t>(at), std::move(entry)});
      }
      std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
    } else {
      if (value.array().size() != dimension) {
        throw value.error("a vector of " + std::to_string(value.size()) + " numbers; the layer has dimension " +
                          std::to_string(dimension));
      }
      for (std::size_t i = 0; i < dimension; ++i) entries.push_back({static_cast<std::uint32_t>(i), number(value[i])});
    }
    entries.erase(std::remove_if(entries.begin(), entries.end(), [&](const auto& e) { return k_.is_zero(e.value); }),
                  entries.end());
    return {dimension, std::move(entries)};
  }

  Layer<S> read_layer(const JsonCursor& value, const Alphabet& inputs) const {
    value.allow_only({"dimension", "start", "bos", "letters", "outputs", "decoder"});
    const std::size_t n = value.at("dimension").index(kMaxDimension + 1, "the dimension");
    if (value.has("start") == value.has("bos"))
      throw value.error("a layer has a \"start\", or the map \"bos\" of a beginning-of-sequence token");
    Layer<S> layer{n, SparseVector<S>(n), {}, read_alphabet(value.at("outputs")), {}};
    if (value.has("bos")) layer.bos = map(value.at("bos"), n);
    layer.start = layer.bos ? layer.bos->b : vector(value.at("start"), n);
    const JsonCursor letters = value.at("letters");
    require_letters(letters, inputs);
    std::vector<std::size_t> member(inputs.size());
    for (std::size_t i = 0; i < letters.size(); ++i) member[core::index(*inputs.find(letters.key(i)))] = i;
    for (std::size_t x = 0; x < inputs.size(); ++x) {
      layer.maps.push_back(map(letters[member[x]], n));
    }
    layer.decoder = decoder(value.at("decoder"), n, inputs, layer.outputs);
    return layer;
  }

  AffineMap<S> map(const JsonCursor& value, std::size_t n) const {
    value.allow_only({"A", "B"});
    return {transition(value.at("A"), n), value.has("B") ? vector(value.at("B"), n) : SparseVector<S>(n)};
  }

  /// An object with exactly one member for each input symbol.
  static void require_letters(const JsonCursor& object, const Alphabet& inputs) {
    if (!object.is_object()) throw object.error("expected an object with one member for each of " + to_string(inputs));
    std::vector<bool> found(inputs.size(), false);
    for (std::size_t i = 0; i < object.size(); ++i) {
      const auto symbol = inputs.find(object.key(i));
      if (!symbol)
        throw core::Error(object.key_place(i),
                          in_quotes(object.key(i)) + " is not one of the inputs " + to_string(inputs));
      found[core::index(*symbol)] = true;
    }
    for (std::size_t x = 0; x < inputs.size(); ++x) {
      if (!found[x]) throw object.error("input " + in_quotes(inputs.name(core::symbol(x))) + " is missing");
    }
  }

  Transition<S> transition(const JsonCursor& value, std::size_t n) const {
    value.allow_only({"diagonal", "householder", "rank_one", "dense"});
    if (value.size() != 1) throw value.error("a matrix is one of diagonal, householder, rank_one, dense");
    const std::string& form = value.key(0);
    const JsonCursor content = value[0];
    if (form == "diagonal") return Diagonal<S>{coordinates(k_, vector(content, n))};
    (void)content.array();
    if (form == "dense") return dense(content, n);
    if (form == "householder") {
      HouseholderProduct<S> product{n, {}};
      for (std::size_t i = 0; i < content.size(); ++i) {
        const JsonCursor factor = content[i];
        factor.allow_only({"beta", "v"});
        product.factors.push_back({number(factor.at("beta")), vector(factor.at("v"), n)});
        if (product.factors.back().v.is_zero()) throw factor.at("v").error("the vector of a Householder factor is 0");
        if (!is_real(k_, product.factors.back().v)) {
          throw factor.at("v").error(
              "the vector of a Householder factor is not real; over complex numbers the product vᵀv can be 0");
        }
      }
      return product;
    }
    RankOneProduct<S> product{n, {}};
    for (std::size_t i = 0; i < content.size(); ++i) {
      const JsonCursor factor = content[i];
      factor.allow_only({"u", "v"});
      product.factors.push_back({vector(factor.at("u"), n), vector(factor.at("v"), n)});
    }
    return product;
  }

  Dense<S> dense(const JsonCursor& rows, std::size_t n) const {
    if (rows.size() != n)
      throw rows.error("a matrix of " + std::to_string(rows.size()) + " rows; the layer has dimension " +
                       std::to_string(n));
    exact::Matrix<S> matrix(n, n, k_.zero());
    for (std::size_t i = 0; i < n; ++i) {
      const SparseVector<S> row = vector(rows[i], n);
      for (const auto& entry : row.entries()) matrix(i, entry.index) = entry.value;
    }
    return {std::move(matrix)};
  }

  Decoder<S> decoder(const JsonCursor& value, std::size_t n, const Alphabet& inputs, const Alphabet& outputs) const {
    value.allow_only({"affine", "affine_by_letter", "table", "walk"});
    if (value.size() != 1) throw value.error("a decoder is one of affine, affine_by_letter, table, walk");
    const JsonCursor content = value[0];
    if (value.key(0) == "affine") return AffineDecoder<S>{{readout(content, n, outputs)}};
    if (value.key(0) == "affine_by_letter") {
      require_letters(content, inputs);
      AffineDecoder<S> result;
      for (std::size_t x = 0; x < inputs.size(); ++x) {
        result.readouts.push_back(readout(content.at(inputs.name(core::symbol(x))), n, outputs));
      }
      return result;
    }
    if (value.key(0) == "walk") return walk(content, n, inputs, outputs);
    TableDecoder<S> table;
    for (std::size_t i = 0; i < content.array().size(); ++i) table.rows.push_back(row(content[i], n, inputs, outputs));
    if (const auto i = repeated_row(k_, table)) throw content[*i].error("another row has the same state");
    return table;
  }

  WalkDecoder<S> walk(const JsonCursor& value, std::size_t n, const Alphabet& inputs, const Alphabet& outputs) const {
    value.allow_only({"codes", "first", "second", "tables", "routes", "route"});
    WalkDecoder<S> result;
    WalkTables& tables = result.tables;
    const JsonCursor codes = value.at("codes").array();
    for (std::size_t i = 0; i < codes.size(); ++i) result.codes.push_back(number(codes[i]));
    const auto nodes = [&](const JsonCursor& list) {
      WalkTables::Walk next;
      for (std::size_t i = 0; i < list.array().size(); ++i) {
        if (list[i].array().size() != codes.size())
          throw list[i].error("a node has one next node, or null, for each code");
        for (std::size_t j = 0; j < codes.size(); ++j)
          next.push_back(list[i][j].is_null() ? WalkTables::kNone : index(list[i][j], list.size(), "a node"));
      }
      return next;
    };
    tables.first = nodes(value.at("first"));
    tables.second = nodes(value.at("second"));
    const JsonCursor lists = value.at("tables").array();
    for (std::size_t i = 0; i < lists.size(); ++i) tables.tables.push_back(walk_rows(lists[i].array(), outputs));
    const JsonCursor routes = value.at("routes").array();
    const auto coordinates = [&](const JsonCursor& list) {
      std::vector<std::uint32_t> result_list;
      for (std::size_t i = 0; i < list.array().size(); ++i) result_list.push_back(index(list[i], n, "a coordinate"));
      return result_list;
    };
    for (std::size_t i = 0; i < routes.size(); ++i) {
      routes[i].allow_only({"table", "first", "second"});
      tables.routes.push_back({index(routes[i].at("table"), lists.size(), "a table"),
                               coordinates(routes[i].at("first")), coordinates(routes[i].at("second"))});
    }
    const JsonCursor by_letter = value.at("route");
    require_letters(by_letter, inputs);
    tables.route_of.resize(inputs.size());
    for (std::size_t i = 0; i < by_letter.size(); ++i)
      tables.route_of[core::index(*inputs.find(by_letter.key(i)))] = index(by_letter[i], routes.size(), "a route");
    if (const std::string fault = walk_fault(k_, result, n, inputs.size(), outputs.size()); !fault.empty())
      throw value.error(fault);
    return result;
  }

  static std::uint32_t index(const JsonCursor& value, std::size_t limit, std::string_view what) {
    return static_cast<std::uint32_t>(value.index(limit, what));
  }

  static std::vector<WalkTables::Row> walk_rows(const JsonCursor& list, const Alphabet& outputs) {
    std::vector<WalkTables::Row> rows;
    for (std::size_t i = 0; i < list.size(); ++i) {
      list[i].allow_only({"node", "outputs"});
      rows.push_back({index(list[i].at("node"), WalkTables::kNone, "a node"), {}});
      const JsonCursor names = list[i].at("outputs").array();
      for (std::size_t j = 0; j < names.size(); ++j) {
        rows.back().outputs.push_back(names[j].is_null()
                                          ? WalkTables::kNone
                                          : static_cast<std::uint32_t>(core::index(symbol_in(names[j], outputs))));
      }
    }
    return rows;
  }

  AffineReadout<S> readout(const JsonCursor& value, std::size_t n, const Alphabet& outputs) const {
    value.allow_only({"weights", "constant", "thresholds", "outputs"});
    AffineReadout<S> result{vector(value.at("weights"), n), number(value.at("constant")), {}, {}};
    const JsonCursor thresholds = value.at("thresholds").array();
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
      result.thresholds.push_back(number(thresholds[i]));
      if (i > 0 && k_.sign(k_.subtract(result.thresholds[i], result.thresholds[i - 1])) != 1) {
        throw thresholds[i].error("thresholds have to increase");
      }
    }
    const JsonCursor names = value.at("outputs").array();
    if (names.size() != thresholds.size() + 1) {
      throw names.error(std::to_string(thresholds.size()) + " thresholds need " +
                        std::to_string(thresholds.size() + 1) + " outputs");
    }
    for (std::size_t i = 0; i < names.size(); ++i) result.outputs.push_back(symbol_in(names[i], outputs));
    return result;
  }

  typename TableDecoder<S>::Row row(const JsonCursor& value, std::size_t n, const Alphabet& inputs,
                                    const Alphabet& outputs) const {
    value.allow_only({"state", "output", "output_by_letter"});
    typename TableDecoder<S>::Row result{vector(value.at("state"), n), {}};
    if (value.has("output") == value.has("output_by_letter"))
      throw value.error("a row has an output, or an output_by_letter");
    if (value.has("output")) {
      result.outputs.push_back(symbol_in(value.at("output"), outputs));
      return result;
    }
    const JsonCursor by_letter = value.at("output_by_letter");
    require_letters(by_letter, inputs);
    for (std::size_t x = 0; x < inputs.size(); ++x) {
      result.outputs.push_back(symbol_in(by_letter.at(inputs.name(core::symbol(x))), outputs));
    }
    return result;
  }

  K k_;
};

exact::NumberField read_field(const JsonCursor& value) {
  value.allow_only({"polynomial", "low", "high", "generator"});
  const JsonCursor polynomial = value.at("polynomial");
  const auto rational = [&](const char* key) {
    return exact::parse_rational(value.at(key).exact_number(), value.at(key).place());
  };
  return {exact::parse_polynomial(polynomial.string(), "x", polynomial.place()), rational("low"), rational("high"),
          value.at("generator").string(), value.place()};
}

template <class K>
class Writer {
 public:
  using S = typename K::Scalar;

  explicit Writer(const K& k) : k_(k) {}

  std::string write(const Network<S>& network) {
    json_.begin_object();
    json_.key("format").string(kFormatName).key("version").integer(1);
    if (network.claim) json_.key("class").string(to_string(*network.claim));
    json_.key("numbers");
    write_arithmetic(k_);
    json_.key("alphabet").strings(network.alphabet.names());
    json_.key("accepts_empty").boolean(network.accepts_empty_word);
    json_.key("layers").begin_array();
    for (std::size_t l = 0; l < network.layers.size(); ++l) write_layer(network.layers[l], network.inputs(l));
    json_.end_array();
    json_.key("accept").begin_array(Layout::kInline);
    for (std::size_t i = 0; i < network.accept.size(); ++i) {
      if (network.accept[i]) json_.string(network.answers().name(core::symbol(i)));
    }
    json_.end_array().end_object();
    return json_.take();
  }

 private:
  void write_arithmetic(const exact::RationalArithmetic&) { json_.string("rational"); }
  void write_arithmetic(const exact::NumberField& field) {
    json_.begin_object(Layout::kInline).key("polynomial").string(to_string(field.polynomial()));
    json_.key("low").string(exact::to_string(field.low())).key("high").string(exact::to_string(field.high()));
    json_.key("generator").string(field.generator_name()).end_object();
  }
  void write_arithmetic(const exact::CyclotomicField& field) {
    json_.begin_object(Layout::kInline).key("cyclotomic").integer(field.order()).end_object();
  }

  void write_vector(const SparseVector<S>& vector) {
    // All numbers in a row while that is short, else those that are not zero.
    constexpr std::size_t kShort = 8;
    if (vector.dimension() <= kShort || vector.entries().size() * 2 > vector.dimension()) {
      json_.begin_array(Layout::kInline);
      for (const S& value : coordinates(k_, vector)) json_.string(k_.format(value));
      json_.end_array();
      return;
    }
    json_.begin_object(Layout::kInline);
    for (const auto& entry : vector.entries()) json_.key(std::to_string(entry.index)).string(k_.format(entry.value));
    json_.end_object();
  }

  void write_layer(const Layer<S>& layer, const Alphabet& inputs) {
    json_.begin_object().key("dimension").integer(layer.dimension);
    if (layer.bos) {
      json_.key("bos");
      write_map(*layer.bos);
    } else {
      json_.key("start");
      write_vector(layer.start);
    }
    json_.key("letters").begin_object();
    for (std::size_t x = 0; x < inputs.size(); ++x) {
      json_.key(inputs.name(core::symbol(x)));
      write_map(layer.maps[x]);
    }
    json_.end_object().key("outputs").strings(layer.outputs.names()).key("decoder").begin_object();
    write_decoder(layer, inputs);
    json_.end_object().end_object();
  }

  void write_map(const AffineMap<S>& map) {
    json_.begin_object().key("A");
    write_transition(map.a);
    if (!map.b.is_zero()) {
      json_.key("B");
      write_vector(map.b);
    }
    json_.end_object();
  }

  void write_transition(const Transition<S>& a) {
    json_.begin_object();
    if (const auto* diagonal = std::get_if<Diagonal<S>>(&a)) {
      json_.key("diagonal");
      write_vector(sparse(k_, diagonal->entries));
    } else if (const auto* dense = std::get_if<Dense<S>>(&a)) {
      json_.key("dense").begin_array();
      for (std::size_t i = 0; i < dense->matrix.rows(); ++i) {
        std::vector<S> row;
        for (std::size_t j = 0; j < dense->matrix.columns(); ++j) row.push_back(dense->matrix(i, j));
        write_vector(sparse(k_, row));
      }
      json_.end_array();
    } else if (const auto* householder = std::get_if<HouseholderProduct<S>>(&a)) {
      json_.key("householder").begin_array();
      for (const auto& factor : householder->factors) {
        json_.begin_object(Layout::kInline).key("beta").string(k_.format(factor.beta)).key("v");
        write_vector(factor.v);
        json_.end_object();
      }
      json_.end_array();
    } else {
      json_.key("rank_one").begin_array();
      for (const auto& factor : std::get<RankOneProduct<S>>(a).factors) {
        json_.begin_object(Layout::kInline).key("u");
        write_vector(factor.u);
        json_.key("v");
        write_vector(factor.v);
        json_.end_object();
      }
      json_.end_array();
    }
    json_.end_object();
  }

  void write_readout(const AffineReadout<S>& readout, const Alphabet& outputs) {
    json_.begin_object(Layout::kInline).key("weights");
    write_vector(readout.weights);
    json_.key("constant").string(k_.format(readout.constant)).key("thresholds").begin_array();
    for (const S& t : readout.thresholds) json_.string(k_.format(t));
    json_.end_array().key("outputs").begin_array();
    for (const Symbol output : readout.outputs) json_.string(outputs.name(output));
    json_.end_array().end_object();
  }

  void write_decoder(const Layer<S>& layer, const Alphabet& inputs) {
    if (const auto* affine = std::get_if<AffineDecoder<S>>(&layer.decoder)) {
      if (affine->readouts.size() == 1) {
        json_.key("affine");
        write_readout(affine->readouts[0], layer.outputs);
        return;
      }
      json_.key("affine_by_letter").begin_object();
      for (std::size_t x = 0; x < inputs.size(); ++x) {
        json_.key(inputs.name(core::symbol(x)));
        write_readout(affine->readouts[x], layer.outputs);
      }
      json_.end_object();
      return;
    }
    if (const auto* walk = std::get_if<WalkDecoder<S>>(&layer.decoder)) {
      write_walk(*walk, layer.outputs, inputs);
      return;
    }
    json_.key("table").begin_array();
    for (const auto& row : std::get<TableDecoder<S>>(layer.decoder).rows) {
      json_.begin_object(Layout::kInline).key("state");
      write_vector(row.state);
      if (row.outputs.size() == 1) {
        json_.key("output").string(layer.outputs.name(row.outputs[0]));
      } else {
        json_.key("output_by_letter").begin_object();
        for (std::size_t x = 0; x < inputs.size(); ++x) {
          json_.key(inputs.name(core::symbol(x))).string(layer.outputs.name(row.outputs[x]));
        }
        json_.end_object();
      }
      json_.end_object();
    }
    json_.end_array();
  }

  void write_indices(const std::vector<std::uint32_t>& list) {
    json_.begin_array(Layout::kInline);
    for (const std::uint32_t i : list) json_.integer(i);
    json_.end_array();
  }

  void write_nodes(const WalkTables::Walk& next, std::size_t codes) {
    json_.begin_array();
    for (std::size_t at = 0; at < next.size(); at += codes) {
      json_.begin_array(Layout::kInline);
      for (std::size_t i = at; i < at + codes; ++i) {
        if (next[i] == WalkTables::kNone) {
          json_.null();
        } else {
          json_.integer(next[i]);
        }
      }
      json_.end_array();
    }
    json_.end_array();
  }

  void write_walk(const WalkDecoder<S>& walk, const Alphabet& outputs, const Alphabet& inputs) {
    const WalkTables& tables = walk.tables;
    json_.key("walk").begin_object().key("codes").begin_array(Layout::kInline);
    for (const S& code : walk.codes) json_.string(k_.format(code));
    json_.end_array().key("first");
    write_nodes(tables.first, walk.codes.size());
    json_.key("second");
    write_nodes(tables.second, walk.codes.size());
    json_.key("tables").begin_array();
    for (const auto& rows : tables.tables) {
      json_.begin_array();
      for (const auto& row : rows) {
        json_.begin_object(Layout::kInline).key("node").integer(row.node).key("outputs").begin_array();
        for (const std::uint32_t output : row.outputs) {
          if (output == WalkTables::kNone) {
            json_.null();
          } else {
            json_.string(outputs.name(core::symbol(output)));
          }
        }
        json_.end_array().end_object();
      }
      json_.end_array();
    }
    json_.end_array().key("routes").begin_array();
    for (const auto& route : tables.routes) {
      json_.begin_object(Layout::kInline).key("table").integer(route.table).key("first");
      write_indices(route.first);
      json_.key("second");
      write_indices(route.second);
      json_.end_object();
    }
    json_.end_array().key("route").begin_object(Layout::kInline);
    for (std::size_t x = 0; x < inputs.size(); ++x) json_.key(inputs.name(core::symbol(x))).integer(tables.route_of[x]);
    json_.end_object().end_object();
  }

  const K& k_;
  JsonWriter json_;
};

}  // namespace

Model read_model(const core::Input& input) {
  if (looks_like_tensors(input.text)) return ModelOver<exact::RationalArithmetic>{{}, read_weights(input)};
  const core::Json document = core::parse_json(input);
  const JsonCursor root(document, input.name);
  if (!root.is_object() || !root.has("format") || !root.at("format").is_string() ||
      root.at("format").string() != kFormatName) {
    throw root.error("expected an object with \"format\": \"eigenmata-model\"");
  }
  if (root.at("version").index(SIZE_MAX, "the version") != 1) throw root.at("version").error("only version 1 is known");
  root.allow_only({"format", "version", "class", "numbers", "alphabet", "accepts_empty", "layers", "accept"});
  const JsonCursor numbers = root.at("numbers");
  if (numbers.is_object() && numbers.has("cyclotomic")) {
    numbers.allow_only({"cyclotomic"});
    const std::size_t order = numbers.at("cyclotomic").index(SIZE_MAX, "the order");
    return Reader<exact::CyclotomicField>(exact::CyclotomicField(order, numbers.place())).read(root);
  }
  if (numbers.is_object()) return Reader<exact::NumberField>(read_field(numbers)).read(root);
  if (numbers.string() != "rational")
    throw numbers.error("expected \"rational\", the object of a number field, or {\"cyclotomic\": m}");
  return Reader<exact::RationalArithmetic>({}).read(root);
}

std::string write_model(const Model& model) {
  return std::visit([](const auto& over) { return Writer(over.arithmetic).write(over.network); }, model);
}

}  // namespace eigenmata::lrnn
