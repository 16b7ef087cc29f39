// SPDX-License-Identifier: Apache-2.0
//
// Random networks of the kind of DeltaNet and DeltaProduct: products of Householder factors, and what is written goes
// along the key of the last one.
#pragma once

#include "support/networks.hpp"

namespace eigenmata::testing {

inline lrnn::RationalNetwork random_delta_network(core::Random& random, std::size_t letters, std::size_t layers) {
  using exact::Rational;
  const exact::RationalArithmetic k;
  lrnn::RationalNetwork network{small_alphabet(letters), random.one_in(2), {}, {}, std::nullopt};
  for (std::size_t l = 0; l < layers; ++l) {
    const std::size_t n = 1 + random.below(3);
    const auto small_vector = [&] {
      std::vector<Rational> values(n);
      while (lrnn::sparse(k, values).is_zero()) {
        for (Rational& value : values) value = random.between(-2, 2);
      }
      return lrnn::sparse(k, values);
    };
    const std::size_t inputs = network.inputs(l).size();
    const std::size_t outputs = 1 + random.below(3);
    lrnn::Layer<Rational> layer{n, small_vector(), {}, output_names(l, outputs), {}};
    for (std::size_t x = 0; x < inputs; ++x) {
      lrnn::HouseholderProduct<Rational> product{n, {}};
      for (std::size_t i = random.below(4); i > 0; --i)
        product.factors.push_back({Rational(random.between(1, 4), 2), small_vector()});
      lrnn::SparseVector<Rational> b(n);
      if (!product.factors.empty() && random.one_in(2)) {
        const Rational scale(random.one_in(2) ? 1 : -1, random.between(1, 3));
        b = lrnn::mapped(product.factors.back().v, [&](const Rational& entry) { return Rational(scale * entry); });
      }
      layer.maps.push_back({std::move(product), std::move(b)});
    }
    layer.decoder = random_affine_decoder(k, random, n, inputs, outputs);
    network.layers.push_back(std::move(layer));
  }
  for (std::size_t i = 0; i < network.answers().size(); ++i) network.accept.push_back(random.one_in(2));
  return network;
}

}  // namespace eigenmata::testing
