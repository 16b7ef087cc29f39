// SPDX-License-Identifier: Apache-2.0
//
// Whether the network of a model file is the one in a certificate.
#include "checker/model.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

using Result = std::optional<NetworkDifference>;

bool same(VectorView a, VectorView b) { return compare(a, b) == 0; }

bool same(const Readout& a, const Readout& b) {
  return same(a.weights, b.weights) && a.constant == b.constant && a.thresholds == b.thresholds &&
         a.outputs == b.outputs;
}

bool same(const TableRow& a, const TableRow& b, std::uint32_t inputs) {
  if (!same(a.state, b.state)) return false;
  if (a.outputs.size() == b.outputs.size()) return a.outputs == b.outputs;
  for (std::uint32_t y = 0; y < inputs; ++y) {
    if (a.output(y) != b.output(y)) return false;
  }
  return true;
}

std::string numbers(std::size_t certificate, std::size_t model) {
  return std::to_string(certificate) + " in the certificate, " + std::to_string(model) + " in the model";
}

Result difference_of_maps(const Map& a, const Map& b, const std::string& place) {
  if (a.form != b.form) {
    return NetworkDifference{a.line, place + ": a " + std::string(name_of(a.form)) + " matrix in the certificate, a " +
                                         std::string(name_of(b.form)) + " one in the model"};
  }
  if (a.factors.size() != b.factors.size()) {
    return NetworkDifference{a.line, place + ": factors: " + numbers(a.factors.size(), b.factors.size())};
  }
  for (std::size_t f = 0; f < a.factors.size(); ++f) {
    const Factor& x = a.factors[f];
    const Factor& y = b.factors[f];
    if (x.beta == y.beta && same(x.u, y.u) && same(x.v, y.v)) continue;
    return NetworkDifference{x.line, place + ": factor " + std::to_string(f + 1) + " differs"};
  }
  if (!same(a.diagonal, b.diagonal)) return NetworkDifference{a.line, place + ": the diagonal differs"};
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    if (same(a.rows[i], b.rows[i])) continue;
    return NetworkDifference{a.line, place + ": row " + std::to_string(i) + " of the matrix differs"};
  }
  if (!same(a.offset, b.offset)) return NetworkDifference{a.line, place + ": the offset differs"};
  return std::nullopt;
}

Result difference_of_decoders(const Decoder& a, const Decoder& b, std::uint32_t inputs, const std::string& place) {
  if (a.kind != b.kind) return NetworkDifference{a.line, place + ": the kind of decoder differs"};
  for (std::size_t i = 0; i < a.readouts.size(); ++i) {
    if (same(a.readouts[i], b.readouts[i])) continue;
    return NetworkDifference{a.line, place + ": readout " + std::to_string(i + 1) + " of the decoder differs"};
  }
  if (a.kind == Decoder::Kind::kWalk && !(a.walk == b.walk)) {
    return NetworkDifference{a.line, place + ": the walks of the decoder differ"};
  }
  if (a.rows.size() != b.rows.size()) {
    return NetworkDifference{a.line, place + ": rows of the decoder's table: " + numbers(a.rows.size(), b.rows.size())};
  }
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    if (same(a.rows[i], b.rows[i], inputs)) continue;
    return NetworkDifference{a.rows[i].line,
                             place + ": row " + std::to_string(i + 1) + " of the decoder's table differs"};
  }
  return std::nullopt;
}

/// `names` are the input symbols, empty if they have numbers only.
Result difference_of_layers(const Layer& a, const Layer& b, const std::vector<std::string>& names,
                            const std::string& place) {
  if (a.dimension != b.dimension) {
    return NetworkDifference{a.line, place + ": dimension: " + numbers(a.dimension, b.dimension)};
  }
  // The inputs agree: the letters do, or the outputs of the layer before.
  if (a.outputs != b.outputs) return NetworkDifference{a.line, place + ": outputs: " + numbers(a.outputs, b.outputs)};
  if (a.bos.has_value() != b.bos.has_value()) {
    return NetworkDifference{a.line, place + ": one of the two reads a beginning-of-sequence token"};
  }
  if (a.bos) {
    if (Result result = difference_of_maps(*a.bos, *b.bos, place + ", the beginning-of-sequence token")) return result;
  }
  if (!same(a.start, b.start)) return NetworkDifference{a.line, place + ": the start vector differs"};
  for (std::size_t y = 0; y < a.maps.size(); ++y) {
    const std::string symbol = names.empty() ? "input symbol " + std::to_string(y) : "letter " + quoted(names[y]);
    if (Result result = difference_of_maps(a.maps[y], b.maps[y], place + ", " + symbol)) return result;
  }
  return difference_of_decoders(a.decoder, b.decoder, a.inputs, place);
}

}  // namespace

std::optional<NetworkDifference> difference(const Network& certificate, const Network& model) {
  const Network& a = certificate;
  const Network& b = model;
  if ((a.field == nullptr) != (b.field == nullptr) || (a.field && !(*a.field == *b.field))) {
    return NetworkDifference{a.line, "the numbers are of different fields"};
  }
  if (a.letters != b.letters) return NetworkDifference{a.line, "the letters or their order differ"};
  if (a.claim != b.claim) return NetworkDifference{a.claim_line, "the class differs"};
  if (a.accepts_empty != b.accepts_empty) return NetworkDifference{a.line, "the answer to the empty word differs"};
  if (a.layers.size() != b.layers.size()) {
    return NetworkDifference{a.line, "layers: " + numbers(a.layers.size(), b.layers.size())};
  }
  for (std::size_t l = 0; l < a.layers.size(); ++l) {
    const std::vector<std::string> names = l == 0 ? a.letters : std::vector<std::string>();
    const std::string place = "layer " + std::to_string(l + 1);
    if (Result result = difference_of_layers(a.layers[l], b.layers[l], names, place)) return result;
  }
  if (a.accept != b.accept) return NetworkDifference{a.accept_line, "the accepting outputs differ"};
  return std::nullopt;
}

}  // namespace eigenmata::checker
