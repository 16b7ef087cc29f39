// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/weights_file.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "eigenmata/core/json.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/tensor_file.hpp"
#include "eigenmata/lrnn/validation.hpp"

namespace eigenmata::lrnn {
namespace {

using core::in_quotes;
using core::JsonCursor;
using exact::Rational;

const exact::RationalArithmetic kRationals;

std::string shown(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + ")";
}

SparseVector<Rational> vector(const std::vector<Rational>& coordinates) { return sparse(kRationals, coordinates); }

/// The arrays of one layer.
class Arrays {
 public:
  Arrays(const TensorFile& file, std::size_t layer) : prefix_("layers." + std::to_string(layer) + ".") {
    for (const Tensor& tensor : file.tensors) {
      if (tensor.name().compare(0, prefix_.size(), prefix_) == 0)
        arrays_.emplace(tensor.name().substr(prefix_.size()), &tensor);
    }
  }

  [[nodiscard]] const Tensor* find(const std::string& name) const {
    const auto place = arrays_.find(name);
    return place == arrays_.end() ? nullptr : place->second;
  }
  [[nodiscard]] const Tensor& at(const std::string& name) const {
    if (const Tensor* found = find(name)) return *found;
    throw core::Error("array " + full(name) + " is missing");
  }
  [[nodiscard]] std::string full(const std::string& name) const { return in_quotes(prefix_ + name); }
  /// An array that is there has one of these shapes; which?
  [[nodiscard]] std::size_t shape_of(const std::string& name,
                                     const std::vector<std::vector<std::size_t>>& expected) const {
    const Tensor& tensor = at(name);
    std::string list;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (tensor.shape() == expected[i]) return i;
      list += (i == 0 ? "" : " or ") + shown(expected[i]);
    }
    throw core::Error("array " + full(name) + " has shape " + shown(tensor.shape()) + ", expected " + list);
  }
  void allow_only(const std::set<std::string>& names) const {
    for (const auto& [name, tensor] : arrays_) {
      if (names.count(name) == 0)
        throw core::Error("array " + full(name) + " has no meaning here, beside the others of the layer");
    }
  }
  void require_absent(const std::string& name, const std::string& why) const {
    if (find(name) != nullptr) throw core::Error("array " + full(name) + ": " + why);
  }

 private:
  std::string prefix_;
  std::map<std::string, const Tensor*> arrays_;
};

/// A step h ← h − β k (kᵀh − v) of every column of the state, v one value a column.
struct Step {
  std::vector<Rational> key;
  Rational beta;
  std::vector<Rational> values;
};

/// The maps of a layer, made of its arrays. A token is a letter or, behind all letters, the beginning of the sequence.
class Maps {
 public:
  Maps(const Arrays& arrays, std::size_t tokens, bool normalised)
      : arrays_(arrays), tokens_(tokens), normalised_(normalised) {
    if (arrays.find("A") != nullptr) {
      for (const char* name : {"k", "beta", "v", "gate"})
        arrays.require_absent(name, "a layer has A, or keys and gates; not both");
      read_matrices();
    } else if (arrays.find("k") != nullptr) {
      arrays.require_absent("B", "with keys, v says what is written");
      read_keys();
    } else {
      throw core::Error("array " + arrays.full("A") + ", or " + arrays.full("k") + ", is missing");
    }
  }

  [[nodiscard]] std::size_t dimension() const { return rows_ * columns_; }
  [[nodiscard]] const std::vector<AffineMap<Rational>>& maps() const { return maps_; }

 private:
  void read_matrices() {
    const Tensor& a = arrays_.at("A");
    rows_ = a.rank() < 2 ? 0 : a.shape()[1];
    const std::size_t n = rows_;
    const bool dense = arrays_.shape_of("A", {{tokens_, n}, {tokens_, n, n}}) == 1;
    require_dimension(dense ? n * n : n);
    if (arrays_.find("B") != nullptr) (void)arrays_.shape_of("B", {{tokens_, n}});
    for (std::size_t x = 0; x < tokens_; ++x) {
      std::vector<Rational> b(n);
      for (std::size_t i = 0; i < n && arrays_.find("B") != nullptr; ++i) b[i] = arrays_.at("B")[x * n + i];
      std::vector<Rational> entries;
      const std::size_t count = dense ? n * n : n;
      for (std::size_t i = 0; i < count; ++i) entries.push_back(a[x * count + i]);
      if (dense) {
        maps_.push_back({Dense<Rational>{exact::Matrix<Rational>(n, n, std::move(entries))}, vector(b)});
      } else {
        maps_.push_back({Diagonal<Rational>{std::move(entries)}, vector(b)});
      }
    }
  }

  void read_keys() {
    const Tensor& k = arrays_.at("k");
    rows_ = k.rank() < 2 ? 0 : k.shape().back();
    const std::size_t steps = k.rank() == 3 ? k.shape()[1] : 1;
    const bool several = arrays_.shape_of("k", {{tokens_, rows_}, {tokens_, steps, rows_}}) == 1;
    std::vector<std::size_t> scalars{tokens_};
    if (several) scalars.push_back(steps);
    if (const Tensor* v = arrays_.find("v")) {
      columns_ = v->rank() == scalars.size() + 1 ? v->shape().back() : 1;
      std::vector<std::size_t> with_columns = scalars;
      with_columns.push_back(columns_);
      (void)arrays_.shape_of("v", {scalars, with_columns});
    }
    require_dimension(rows_ * columns_);
    const Tensor* beta = arrays_.find("beta");
    if (beta != nullptr) (void)arrays_.shape_of("beta", {scalars});
    const Tensor* gate = arrays_.find("gate");
    const bool gate_each =
        gate != nullptr && (beta == nullptr ? arrays_.shape_of("gate", {{tokens_}, {tokens_, rows_}}) == 1
                                            : arrays_.shape_of("gate", {{tokens_}}) == 1);
    if (beta == nullptr && (several || normalised_))
      throw core::Error("array " + arrays_.full("beta") + " is missing; without it a token has one key, as written");
    for (std::size_t x = 0; x < tokens_; ++x) {
      std::vector<Step> list;
      for (std::size_t j = 0; j < steps; ++j) list.push_back(step(x * steps + j, beta));
      if (beta == nullptr) {
        maps_.push_back(gated_write(x, gate, gate_each, list[0]));
      } else {
        maps_.push_back(delta_rule(gate == nullptr ? Rational(1) : (*gate)[x], list));
      }
    }
  }

  void require_dimension(std::size_t size) const {
    constexpr std::size_t kMost = kMaxWeights;
    if (size > kMost / std::max<std::size_t>(tokens_, 1))
      throw core::Error("a layer of more than " + std::to_string(kMost) + " numbers in all its matrices");
  }

  [[nodiscard]] Step step(std::size_t at, const Tensor* beta) const {
    Step result{{}, beta == nullptr ? Rational(0) : (*beta)[at], std::vector<Rational>(columns_)};
    for (std::size_t i = 0; i < rows_; ++i) result.key.push_back(arrays_.at("k")[at * rows_ + i]);
    for (std::size_t c = 0; c < columns_ && arrays_.find("v") != nullptr; ++c)
      result.values[c] = arrays_.at("v")[at * columns_ + c];
    return result;
  }

  /// h ← Diag(gate) h + k v.
  [[nodiscard]] AffineMap<Rational> gated_write(std::size_t x, const Tensor* gate, bool each, const Step& write) const {
    std::vector<Rational> entries;
    std::vector<Rational> b;
    for (std::size_t i = 0; i < rows_; ++i) {
      for (std::size_t c = 0; c < columns_; ++c) {
        entries.push_back(gate == nullptr ? Rational(1) : (*gate)[each ? x * rows_ + i : x]);
        b.push_back(write.key[i] * write.values[c]);
      }
    }
    return {Diagonal<Rational>{std::move(entries)}, vector(b)};
  }

  /// h ← α h, then the steps one after the other.
  [[nodiscard]] AffineMap<Rational> delta_rule(const Rational& alpha, const std::vector<Step>& steps) const {
    HouseholderProduct<Rational> product{dimension(), {}};
    std::vector<Rational> b(dimension());
    for (const Step& step : steps) {
      Rational square = 0;
      for (const Rational& entry : step.key) square += entry * entry;
      if (square.is_zero() || step.beta.is_zero()) continue;
      const Rational scale = normalised_ ? Rational(step.beta / square) : step.beta;
      const Rational write = normalised_ ? write_scale(step, square) : step.beta;
      for (std::size_t c = 0; c < columns_; ++c) {
        std::vector<Rational> v(dimension());
        Rational along = 0;
        for (std::size_t i = 0; i < rows_; ++i) {
          v[i * columns_ + c] = step.key[i];
          along += step.key[i] * b[i * columns_ + c];
        }
        const Rational change = write * step.values[c] - scale * along;
        for (std::size_t i = 0; i < rows_; ++i) b[i * columns_ + c] += change * step.key[i];
        product.factors.push_back({scale * square, vector(v)});
      }
    }
    if (alpha == 1) return {std::move(product), vector(b)};
    auto matrix = to_dense(kRationals, Transition<Rational>(std::move(product)));
    bool diagonal = true;
    std::vector<Rational> entries;
    for (std::size_t i = 0; i < dimension(); ++i) {
      for (std::size_t j = 0; j < dimension(); ++j) {
        matrix(i, j) *= alpha;
        diagonal = diagonal && (i == j || matrix(i, j).is_zero());
      }
      entries.push_back(matrix(i, i));
    }
    if (diagonal) return {Diagonal<Rational>{std::move(entries)}, vector(b)};
    return {Dense<Rational>{std::move(matrix)}, vector(b)};
  }

  /// β/|k|, of β v k/|k|.
  [[nodiscard]] Rational write_scale(const Step& step, const Rational& square) const {
    const bool writes = std::any_of(step.values.begin(), step.values.end(), [](const auto& v) { return !v.is_zero(); });
    if (!writes) return 0;
    const Rational root(sqrt(exact::Integer(numerator(square))), sqrt(exact::Integer(denominator(square))));
    if (root * root == square) return step.beta / root;
    throw core::Error("array " + arrays_.full("v") +
                      ": what a normalised key writes is no rational number, unless the key's length is one; normalise "
                      "the keys before they are saved, and say \"keys\": \"as-written\"");
  }

  const Arrays& arrays_;
  std::size_t tokens_;
  bool normalised_;
  std::size_t rows_ = 0;
  std::size_t columns_ = 1;
  std::vector<AffineMap<Rational>> maps_;
};

std::vector<std::string> names_of(const JsonCursor& list) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < list.array().size(); ++i) names.push_back(list[i].string());
  return names;
}

/// One readout for all letters, or one each; `parts` is 1, or the number of scores an argmax is taken of.
class Readouts {
 public:
  Readouts(const Arrays& arrays, std::size_t letters, std::size_t parts, std::size_t n)
      : arrays_(arrays), parts_(parts), n_(n) {
    std::vector<std::size_t> shape;
    if (parts > 1) shape.push_back(parts);
    std::vector<std::size_t> constants = shape;
    shape.push_back(n);
    std::vector<std::size_t> by_letter = shape;
    by_letter.insert(by_letter.begin(), letters);
    count_ = arrays.shape_of("weights", {shape, by_letter}) == 0 ? 1 : letters;
    if (count_ > 1) constants.insert(constants.begin(), letters);
    has_constant_ = arrays.find("constant") != nullptr;
    if (has_constant_) (void)arrays.shape_of("constant", {constants});
  }

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::vector<Rational> weights(std::size_t readout, std::size_t part) const {
    std::vector<Rational> result;
    for (std::size_t i = 0; i < n_; ++i) result.push_back(arrays_.at("weights")[(readout * parts_ + part) * n_ + i]);
    return result;
  }
  [[nodiscard]] Rational constant(std::size_t readout, std::size_t part) const {
    return has_constant_ ? arrays_.at("constant")[readout * parts_ + part] : Rational(0);
  }

 private:
  const Arrays& arrays_;
  std::size_t parts_, n_;
  std::size_t count_ = 1;
  bool has_constant_ = false;
};

AffineDecoder<Rational> read_decoder(const JsonCursor& layer, const Arrays& arrays, std::size_t letters, std::size_t n,
                                     std::size_t outputs) {
  AffineDecoder<Rational> decoder;
  const JsonCursor kind = layer.at("decoder");
  if (kind.string() == "threshold") {
    std::vector<Rational> thresholds{0};
    if (const Tensor* array = arrays.find("thresholds")) {
      thresholds.clear();
      if (array->rank() != 1) throw core::Error("array " + arrays.full("thresholds") + " is no list of numbers");
      for (std::size_t i = 0; i < array->size(); ++i) thresholds.push_back((*array)[i]);
    }
    if (outputs != thresholds.size() + 1) {
      throw layer.at("outputs").error(std::to_string(thresholds.size()) + " thresholds need " +
                                      std::to_string(thresholds.size() + 1) + " outputs");
    }
    const Readouts readouts(arrays, letters, 1, n);
    for (std::size_t r = 0; r < readouts.count(); ++r) {
      std::vector<Symbol> symbols;
      for (std::size_t i = 0; i < outputs; ++i) symbols.push_back(core::symbol(i));
      decoder.readouts.push_back(
          {vector(readouts.weights(r, 0)), readouts.constant(r, 0), thresholds, std::move(symbols)});
    }
    return decoder;
  }
  if (kind.string() != "argmax") throw kind.error("expected \"threshold\" or \"argmax\"");
  arrays.require_absent("thresholds", "an argmax has none");
  if (outputs != 2) throw layer.at("outputs").error("an argmax is read of two scores, one for each output");
  const Readouts readouts(arrays, letters, 2, n);
  for (std::size_t r = 0; r < readouts.count(); ++r) {
    // Of equal scores the first counts: output 0 if its score is not below that of output 1.
    std::vector<Rational> weights = readouts.weights(r, 0);
    const std::vector<Rational> other = readouts.weights(r, 1);
    for (std::size_t i = 0; i < n; ++i) weights[i] -= other[i];
    decoder.readouts.push_back({vector(weights),
                                readouts.constant(r, 0) - readouts.constant(r, 1),
                                {Rational(0)},
                                {core::symbol(1), core::symbol(0)}});
  }
  return decoder;
}

RationalNetwork read_network(const TensorFile& file, const JsonCursor& root) {
  if (!root.is_object() || !root.has("format") || !root.at("format").is_string() ||
      root.at("format").string() != "eigenmata-weights")
    throw root.error("expected an object with \"format\": \"eigenmata-weights\"");
  if (root.at("version").index(SIZE_MAX, "the version") != 1) throw root.at("version").error("only version 1 is known");
  root.allow_only({"format", "version", "class", "alphabet", "accepts_empty", "bos", "keys", "layers", "accept"});
  const JsonCursor alphabet = root.at("alphabet");
  RationalNetwork network{
      Alphabet(names_of(alphabet), alphabet.place()), root.at("accepts_empty").boolean(), {}, {}, std::nullopt};
  const bool bos = root.has("bos") && root.at("bos").boolean();
  const bool normalised = root.has("keys") && root.at("keys").string() == "normalised";
  if (root.has("keys") && !normalised && root.at("keys").string() != "as-written")
    throw root.at("keys").error("expected \"as-written\" or \"normalised\"");
  const JsonCursor layers = root.at("layers").array();
  for (std::size_t l = 0; l < layers.size(); ++l) {
    layers[l].allow_only({"outputs", "decoder"});
    const JsonCursor outputs = layers[l].at("outputs");
    const std::size_t letters = network.inputs(l).size();
    const Arrays arrays(file, l);
    arrays.allow_only({"A", "B", "k", "beta", "v", "gate", "start", "weights", "constant", "thresholds"});
    const Maps maps(arrays, letters + (bos ? 1 : 0), normalised);
    const std::size_t n = maps.dimension();
    Layer<Rational> layer{n, SparseVector<Rational>(n), maps.maps(), Alphabet(names_of(outputs), outputs.place()), {}};
    if (bos) {
      arrays.require_absent("start", "with a beginning-of-sequence token the start is what the token writes");
      layer.bos = layer.maps.back();
      layer.start = layer.bos->b;
      layer.maps.pop_back();
    } else if (const Tensor* start = arrays.find("start")) {
      (void)arrays.shape_of("start", {{n}});
      std::vector<Rational> values;
      for (std::size_t i = 0; i < n; ++i) values.push_back((*start)[i]);
      layer.start = vector(values);
    }
    layer.decoder = read_decoder(layers[l], arrays, letters, n, layer.outputs.size());
    network.layers.push_back(std::move(layer));
  }
  network.accept.assign(network.answers().size(), false);
  const JsonCursor accept = root.at("accept").array();
  for (std::size_t i = 0; i < accept.size(); ++i) {
    const auto symbol = network.answers().find(accept[i].string());
    if (!symbol)
      throw accept[i].error(in_quotes(accept[i].string()) + " is not one of " + to_string(network.answers()));
    if (network.accept[core::index(*symbol)]) throw accept[i].error("it stands twice in this list");
    network.accept[core::index(*symbol)] = true;
  }
  validate(kRationals, network);
  if (root.has("class")) {
    network.claim = parse_transition_class(root.at("class").string(), root.at("class").place());
    const auto verdict = is_member(kRationals, network, *network.claim);
    if (!verdict.is_yes())
      throw root.at("class").error("the network is not of the class it claims: " + verdict.witness());
  }
  return network;
}

/// Arrays of a layer that the metadata does not have are a mistake.
void require_layers(const TensorFile& file, std::size_t layers) {
  std::size_t numbers = 0;
  for (const Tensor& tensor : file.tensors) {
    const std::string& name = tensor.name();
    constexpr std::string_view kPrefix = "layers.";
    const std::size_t dot = name.find('.', kPrefix.size());
    std::uint64_t layer = 0;
    if (name.compare(0, kPrefix.size(), kPrefix) != 0 || dot == std::string::npos ||
        !core::parse_unsigned(std::string_view(name).substr(kPrefix.size(), dot - kPrefix.size()), layer))
      throw core::Error("array " + in_quotes(name) + ": names are layers.0.A, layers.0.k, …");
    if (layer >= layers)
      throw core::Error("array " + in_quotes(name) + " is of a layer that the metadata does not have");
    numbers += tensor.size();
  }
  if (numbers > kMaxWeights) throw core::Error("more than " + std::to_string(kMaxWeights) + " numbers in all arrays");
}

}  // namespace

RationalNetwork read_weights(const core::Input& input) {
  const TensorFile file = read_tensors(input);
  if (file.metadata.empty()) {
    throw core::Error({input.name},
                      "the metadata is missing: a text named eigenmata, in JSON (proofs/weights-format.md)");
  }
  const core::Input metadata{input.name + ", metadata", file.metadata};
  const core::Json document = core::parse_json(metadata);
  const JsonCursor root(document, metadata.name);
  try {
    if (root.is_object() && root.has("layers")) require_layers(file, root.at("layers").array().size());
    return read_network(file, root);
  } catch (const core::Error& error) {
    if (!error.place().source.empty()) throw;
    throw core::Error({input.name}, error.what());  // about an array
  }
}

}  // namespace eigenmata::lrnn
