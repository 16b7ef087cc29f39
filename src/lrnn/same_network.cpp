// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "eigenmata/lrnn/validation.hpp"

namespace eigenmata::lrnn {
namespace {

template <class K>
class Comparison {
 public:
  using S = typename K::Scalar;

  explicit Comparison(const K& k) : k_(k) {}

  [[nodiscard]] bool same_layer(const Layer<S>& a, const Layer<S>& b) const {
    return a.dimension == b.dimension && same(a.start, b.start) && a.outputs.size() == b.outputs.size() &&
           all_same(a.maps, b.maps,
                    [this](const auto& f, const auto& g) { return same_transition(f.a, g.a) && same(f.b, g.b); }) &&
           same_decoder(a.decoder, b.decoder) && a.bos.has_value() == b.bos.has_value() &&
           (!a.bos || (same_transition(a.bos->a, b.bos->a) && same(a.bos->b, b.bos->b)));
  }

  template <class List, class Same>
  static bool all_same(const List& a, const List& b, Same same_items) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_items);
  }

 private:
  [[nodiscard]] bool same(const SparseVector<S>& a, const SparseVector<S>& b) const { return equal(k_, a, b); }
  [[nodiscard]] bool same_numbers(const std::vector<S>& a, const std::vector<S>& b) const {
    return all_same(a, b, [this](const S& x, const S& y) { return k_.equal(x, y); });
  }

  [[nodiscard]] bool same_transition(const Transition<S>& a, const Transition<S>& b) const {
    if (a.index() != b.index()) return false;
    if (const auto* x = std::get_if<Diagonal<S>>(&a)) return same_numbers(x->entries, std::get<Diagonal<S>>(b).entries);
    if (const auto* x = std::get_if<Dense<S>>(&a)) {
      return same_numbers(x->matrix.entries(), std::get<Dense<S>>(b).matrix.entries());
    }
    if (const auto* x = std::get_if<HouseholderProduct<S>>(&a)) {
      const auto& y = std::get<HouseholderProduct<S>>(b);
      return all_same(x->factors, y.factors,
                      [this](const auto& f, const auto& g) { return k_.equal(f.beta, g.beta) && same(f.v, g.v); });
    }
    const auto& x = std::get<RankOneProduct<S>>(a);
    const auto& y = std::get<RankOneProduct<S>>(b);
    return all_same(x.factors, y.factors,
                    [this](const auto& f, const auto& g) { return same(f.u, g.u) && same(f.v, g.v); });
  }

  [[nodiscard]] bool same_decoder(const Decoder<S>& a, const Decoder<S>& b) const {
    if (a.index() != b.index()) return false;
    if (const auto* x = std::get_if<AffineDecoder<S>>(&a)) {
      return all_same(x->readouts, std::get<AffineDecoder<S>>(b).readouts, [this](const auto& r, const auto& s) {
        return same(r.weights, s.weights) && k_.equal(r.constant, s.constant) &&
               same_numbers(r.thresholds, s.thresholds) && r.outputs == s.outputs;
      });
    }
    if (const auto* x = std::get_if<WalkDecoder<S>>(&a)) {
      const auto& y = std::get<WalkDecoder<S>>(b);
      return same_numbers(x->codes, y.codes) && x->tables == y.tables;
    }
    return all_same(std::get<TableDecoder<S>>(a).rows, std::get<TableDecoder<S>>(b).rows,
                    [this](const auto& r, const auto& s) { return same(r.state, s.state) && r.outputs == s.outputs; });
  }

  const K& k_;
};

}  // namespace

template <exact::ExactArithmetic K>
bool same_network(const K& k, const Network<typename K::Scalar>& a, const Network<typename K::Scalar>& b) {
  const Comparison<K> comparison(k);
  return a.alphabet == b.alphabet && a.accepts_empty_word == b.accepts_empty_word && a.accept == b.accept &&
         a.claim == b.claim && comparison.all_same(a.layers, b.layers, [&](const auto& x, const auto& y) {
           return comparison.same_layer(x, y);
         });
}

template bool same_network(const exact::RationalArithmetic&, const RationalNetwork&, const RationalNetwork&);
template bool same_network(const exact::NumberField&, const Network<exact::FieldElement>&,
                           const Network<exact::FieldElement>&);
template bool same_network(const exact::CyclotomicField&, const Network<exact::FieldElement>&,
                           const Network<exact::FieldElement>&);

bool same_network(const RationalNetwork& a, const RationalNetwork& b) {
  return same_network(exact::RationalArithmetic{}, a, b);
}

}  // namespace eigenmata::lrnn
