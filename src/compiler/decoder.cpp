// SPDX-License-Identifier: Apache-2.0
#include "decoder.hpp"

#include <optional>
#include <utility>

#include "affine_codes.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using exact::Integer;
using exact::Matrix;
using exact::Rational;

const exact::RationalArithmetic kRationals{};

lrnn::AffineDecoder<Rational> threshold_decoder(const std::vector<Rational>& weights, const Rational& threshold) {
  lrnn::AffineReadout<Rational> readout{
      lrnn::sparse(kRationals, weights), 0, {threshold}, {core::symbol(0), core::symbol(1)}};
  return {{std::move(readout)}};
}

/// w and t with w·code ≥ t exactly for the accepting states, by the perceptron rule [Rosenblatt1958] in integers;
/// nothing if it does not settle soon, which it does if the two sets of codes are well apart. Needs integer codes.
std::optional<lrnn::AffineDecoder<Rational>> separating_threshold(const Matrix<Rational>& codes, const Dfa& dfa) {
  constexpr std::size_t kRounds = 2000;
  const std::size_t n = codes.rows();
  std::vector<Integer> w(n, Integer(0));
  Integer threshold = 0;
  for (std::size_t round = 0; round < kRounds; ++round) {
    bool settled = true;
    for (std::size_t q = 0; q < dfa.states(); ++q) {
      Integer margin = -threshold;
      for (std::size_t i = 0; i < n; ++i) margin += w[i] * numerator(codes(i, q));
      const int side = dfa.is_accepting(automata::state(q)) ? 1 : -1;
      if (side * margin >= 1) continue;
      settled = false;
      for (std::size_t i = 0; i < n; ++i) w[i] += side * numerator(codes(i, q));
      threshold -= side;
    }
    if (settled) return threshold_decoder({w.begin(), w.end()}, Rational(threshold));
  }
  return std::nullopt;
}

}  // namespace

lrnn::Decoder<Rational> decoder_for(const std::vector<lrnn::SparseVector<Rational>>& codes, const Dfa& dfa) {
  Matrix<Rational> columns(codes[0].dimension(), codes.size(), Rational(0));
  for (std::size_t q = 0; q < codes.size(); ++q) {
    for (const auto& entry : codes[q].entries()) columns(entry.index, q) = entry.value;
  }
  std::vector<Rational> indicator;
  for (const bool accepting : dfa.accepting()) indicator.emplace_back(accepting ? 1 : 0);
  if (auto w = affine_function(columns, indicator)) {
    const Rational threshold = Rational(1, 2) - w->back();
    w->pop_back();
    return threshold_decoder(*w, threshold);
  }
  if (auto decoder = separating_threshold(columns, dfa)) return *decoder;
  lrnn::TableDecoder<Rational> table;
  for (std::size_t q = 0; q < codes.size(); ++q) {
    table.rows.push_back({codes[q], {core::symbol(dfa.is_accepting(automata::state(q)) ? 1 : 0)}});
  }
  return table;
}

}  // namespace eigenmata::compiler
