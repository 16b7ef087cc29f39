// SPDX-License-Identifier: Apache-2.0
#include "simulation.hpp"

#include <algorithm>

namespace eigenmata::checker {
namespace {

std::optional<std::uint32_t> output_of(const Decoder& decoder, const Column& state, std::uint32_t symbol) {
  if (decoder.kind == Decoder::Kind::kTable) {
    for (const TableRow& row : decoder.rows) {
      if (dense(row.state, state.size()) == state) return row.output(symbol);
    }
    return std::nullopt;
  }
  const Readout& readout = decoder.readouts[decoder.kind == Decoder::Kind::kShared ? 0 : symbol];
  const mpq_class value = product(dense(readout.weights, state.size()), state) + readout.constant.value();
  std::size_t i = 0;
  while (i < readout.thresholds.size() && readout.thresholds[i].value() <= value) ++i;
  return readout.outputs[i];
}

}  // namespace

Column dense(VectorView vector, std::size_t dimension) {
  Column result(dimension);
  for (const Entry& entry : vector) result[entry.index] = entry.value.value();
  return result;
}

mpq_class product(const Column& a, const Column& b) {
  mpq_class sum;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

std::vector<Column> matrix_of(const Map& map, std::size_t n) {
  std::vector<Column> a(n, Column(n));
  for (std::size_t i = 0; i < n; ++i) {
    if (map.form == MatrixForm::kDense) {
      a[i] = dense(map.rows[i], n);
    } else {
      a[i][i] = map.form == MatrixForm::kDiagonal ? dense(map.diagonal, n)[i] : mpq_class(1);
    }
  }
  for (const Factor& factor : map.factors) {
    const Column v = dense(factor.v, n);
    const bool householder = map.form == MatrixForm::kHouseholder;
    const Column u = householder ? v : dense(factor.u, n);
    const mpq_class scale = householder ? mpq_class(factor.beta.value() / product(v, v)) : mpq_class(1);
    std::vector<Column> result = a;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < n; ++k) result[i][j] -= scale * u[i] * v[k] * a[k][j];
      }
    }
    a = result;
  }
  return a;
}

States start_of(const Network& network) {
  States states;
  for (const Layer& layer : network.layers) states.push_back(dense(layer.start, layer.dimension));
  return states;
}

std::optional<std::uint32_t> advance(const Network& network, States& states, std::uint32_t letter) {
  std::uint32_t symbol = letter;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const Map& map = layer.maps[symbol];
    Column next = dense(map.offset, layer.dimension);
    const std::vector<Column> a = matrix_of(map, layer.dimension);
    for (std::size_t i = 0; i < next.size(); ++i) next[i] += product(a[i], states[l]);
    states[l] = next;
    const std::optional<std::uint32_t> output = output_of(layer.decoder, next, symbol);
    if (!output) return std::nullopt;
    symbol = *output;
  }
  return symbol;
}

int answer_of(const Network& network, const std::vector<std::uint32_t>& word) {
  if (word.empty()) return network.accepts_empty ? 1 : 0;
  States states = start_of(network);
  std::optional<std::uint32_t> output;
  for (const std::uint32_t letter : word) {
    output = advance(network, states, letter);
    if (!output) return -1;
  }
  return std::count(network.accept.begin(), network.accept.end(), *output) > 0 ? 1 : 0;
}

}  // namespace eigenmata::checker
