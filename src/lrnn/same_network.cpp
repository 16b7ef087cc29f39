// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "eigenmata/lrnn/validation.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;

bool same(const SparseVector<Rational>& a, const SparseVector<Rational>& b) {
  return equal(exact::RationalArithmetic{}, a, b);
}

template <class List, class Same>
bool all_same(const List& a, const List& b, Same same_items) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_items);
}

bool same_transition(const Transition<Rational>& a, const Transition<Rational>& b) {
  if (a.index() != b.index()) return false;
  if (const auto* x = std::get_if<Diagonal<Rational>>(&a)) return x->entries == std::get<Diagonal<Rational>>(b).entries;
  if (const auto* x = std::get_if<Dense<Rational>>(&a)) return x->matrix == std::get<Dense<Rational>>(b).matrix;
  if (const auto* x = std::get_if<HouseholderProduct<Rational>>(&a)) {
    const auto& y = std::get<HouseholderProduct<Rational>>(b);
    return all_same(x->factors, y.factors,
                    [](const auto& f, const auto& g) { return f.beta == g.beta && same(f.v, g.v); });
  }
  const auto& x = std::get<RankOneProduct<Rational>>(a);
  const auto& y = std::get<RankOneProduct<Rational>>(b);
  return all_same(x.factors, y.factors, [](const auto& f, const auto& g) { return same(f.u, g.u) && same(f.v, g.v); });
}

bool same_decoder(const Decoder<Rational>& a, const Decoder<Rational>& b) {
  if (a.index() != b.index()) return false;
  if (const auto* x = std::get_if<AffineDecoder<Rational>>(&a)) {
    return all_same(x->readouts, std::get<AffineDecoder<Rational>>(b).readouts, [](const auto& r, const auto& s) {
      return same(r.weights, s.weights) && r.constant == s.constant && r.thresholds == s.thresholds &&
             r.outputs == s.outputs;
    });
  }
  return all_same(std::get<TableDecoder<Rational>>(a).rows, std::get<TableDecoder<Rational>>(b).rows,
                  [](const auto& r, const auto& s) { return same(r.state, s.state) && r.outputs == s.outputs; });
}

bool same_layer(const Layer<Rational>& a, const Layer<Rational>& b) {
  return a.dimension == b.dimension && same(a.start, b.start) && a.outputs.size() == b.outputs.size() &&
         all_same(a.maps, b.maps,
                  [](const auto& f, const auto& g) { return same_transition(f.a, g.a) && same(f.b, g.b); }) &&
         same_decoder(a.decoder, b.decoder);
}

}  // namespace

bool same_network(const RationalNetwork& a, const RationalNetwork& b) {
  return a.alphabet == b.alphabet && a.accepts_empty_word == b.accepts_empty_word && a.accept == b.accept &&
         a.claim == b.claim && all_same(a.layers, b.layers, same_layer);
}

}  // namespace eigenmata::lrnn
