// SPDX-License-Identifier: Apache-2.0
//
// Random networks of every form, and a slow model of the recurrence to compare with: every factor written out
// as a dense matrix, every product and sum by the textbook loop, nothing sparse, nothing skipped.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/core/random.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::testing {

/// Rows of entries: a dense matrix without any library code.
template <class S>
using Rows = std::vector<std::vector<S>>;

inline exact::Rational random_scalar(const exact::RationalArithmetic& /*k*/, core::Random& random) {
  return random_rational(random, 4);
}
inline exact::FieldElement random_scalar(const exact::NumberField& k, core::Random& random) {
  std::vector<exact::Rational> coefficients;
  for (std::size_t i = 0; i < k.degree(); ++i) coefficients.push_back(random_rational(random, 3));
  return k.from_coefficients(coefficients);
}

/// ℚ(√5), by the positive root.
inline exact::NumberField field_of_sqrt5() {
  return {exact::parse_polynomial("x^2-5", "x", {"field"}), exact::Rational(2), exact::Rational(3), "sqrt(5)"};
}

/// About two thirds of the coordinates are not zero.
template <class K>
lrnn::SparseVector<typename K::Scalar> random_vector(const K& k, core::Random& random, std::size_t dimension) {
  std::vector<typename K::Scalar> values;
  for (std::size_t i = 0; i < dimension; ++i) values.push_back(random.one_in(3) ? k.zero() : random_scalar(k, random));
  return lrnn::sparse(k, values);
}

enum class MatrixForm { kDiagonal, kHouseholder, kRankOne, kDense };
inline constexpr std::size_t kMatrixForms = 4;

template <class K>
lrnn::Transition<typename K::Scalar> random_transition(const K& k, core::Random& random, std::size_t n,
                                                       MatrixForm form) {
  using S = typename K::Scalar;
  switch (form) {
    case MatrixForm::kDiagonal:
      return lrnn::Diagonal<S>{lrnn::coordinates(k, random_vector(k, random, n))};
    case MatrixForm::kHouseholder: {
      lrnn::HouseholderProduct<S> product{n, {}};
      for (std::size_t i = n == 0 ? 0 : random.below(4); i > 0; --i) {
        auto v = random_vector(k, random, n);
        if (v.is_zero()) v = lrnn::unit_vector(k, n, random.below(n));
        product.factors.push_back({random.one_in(3) ? k.from_rational(2) : random_scalar(k, random), std::move(v)});
      }
      return product;
    }
    case MatrixForm::kRankOne: {
      lrnn::RankOneProduct<S> product{n, {}};
      for (std::size_t i = random.below(4); i > 0; --i) {
        product.factors.push_back({random_vector(k, random, n), random_vector(k, random, n)});
      }
      return product;
    }
    case MatrixForm::kDense:
      break;
  }
  std::vector<S> entries;
  for (std::size_t i = 0; i < n * n; ++i) entries.push_back(random.one_in(3) ? k.zero() : random_scalar(k, random));
  return lrnn::Dense<S>{exact::Matrix<S>(n, n, std::move(entries))};
}

// The slow model.

template <class K>
Rows<typename K::Scalar> naive_identity(const K& k, std::size_t n) {
  Rows<typename K::Scalar> rows(n, std::vector<typename K::Scalar>(n, k.zero()));
  for (std::size_t i = 0; i < n; ++i) rows[i][i] = k.one();
  return rows;
}

template <class K>
Rows<typename K::Scalar> naive_product(const K& k, const Rows<typename K::Scalar>& a,
                                       const Rows<typename K::Scalar>& b) {
  const std::size_t n = a.size();
  Rows<typename K::Scalar> rows(n, std::vector<typename K::Scalar>(n, k.zero()));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t l = 0; l < n; ++l) rows[i][j] = k.add(rows[i][j], k.multiply(a[i][l], b[l][j]));
    }
  }
  return rows;
}

/// I − scale · u vᵀ.
template <class K>
Rows<typename K::Scalar> naive_factor(const K& k, const lrnn::SparseVector<typename K::Scalar>& u,
                                      const lrnn::SparseVector<typename K::Scalar>& v,
                                      const typename K::Scalar& scale) {
  Rows<typename K::Scalar> rows = naive_identity(k, u.dimension());
  const auto left = lrnn::coordinates(k, u);
  const auto right = lrnn::coordinates(k, v);
  for (std::size_t i = 0; i < left.size(); ++i) {
    for (std::size_t j = 0; j < right.size(); ++j) {
      rows[i][j] = k.subtract(rows[i][j], k.multiply(scale, k.multiply(left[i], right[j])));
    }
  }
  return rows;
}

template <class K>
Rows<typename K::Scalar> naive_matrix(const K& k, const lrnn::Transition<typename K::Scalar>& a) {
  using S = typename K::Scalar;
  if (const auto* diagonal = std::get_if<lrnn::Diagonal<S>>(&a)) {
    Rows<S> rows = naive_identity(k, diagonal->entries.size());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][i] = diagonal->entries[i];
    return rows;
  }
  if (const auto* dense = std::get_if<lrnn::Dense<S>>(&a)) {
    Rows<S> rows = naive_identity(k, dense->matrix.rows());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < rows.size(); ++j) rows[i][j] = dense->matrix(i, j);
    }
    return rows;
  }
  Rows<S> rows = naive_identity(k, lrnn::dimension(a));
  if (const auto* householder = std::get_if<lrnn::HouseholderProduct<S>>(&a)) {
    for (const auto& factor : householder->factors) {
      S square = k.zero();
      for (const S& x : lrnn::coordinates(k, factor.v)) square = k.add(square, k.multiply(x, x));
      rows = naive_product(k, naive_factor(k, factor.v, factor.v, k.divide(factor.beta, square)), rows);
    }
  } else {
    for (const auto& factor : std::get<lrnn::RankOneProduct<S>>(a).factors) {
      rows = naive_product(k, naive_factor(k, factor.u, factor.v, k.one()), rows);
    }
  }
  return rows;
}

/// Runs a network over an exact arithmetic with dense vectors.
template <class K>
class NaiveRunner {
 public:
  using S = typename K::Scalar;
  using State = std::vector<std::vector<S>>;  ///< one vector a layer

  NaiveRunner(const K& k, const lrnn::Network<S>& network) : k_(k), network_(network) {
    for (const auto& layer : network.layers) {
      matrices_.emplace_back();
      for (const auto& map : layer.maps) matrices_.back().push_back(naive_matrix(k_, map.a));
    }
  }

  [[nodiscard]] State start() const {
    State state;
    for (const auto& layer : network_.layers) state.push_back(lrnn::coordinates(k_, layer.start));
    return state;
  }

  /// Nothing if a decoder has no output; layers above it have then not moved.
  std::optional<bool> step(State& state, core::Symbol letter) const {
    std::size_t symbol = core::index(letter);
    for (std::size_t l = 0; l < network_.layers.size(); ++l) {
      const auto& layer = network_.layers[l];
      std::vector<S> next = lrnn::coordinates(k_, layer.maps[symbol].b);
      for (std::size_t i = 0; i < layer.dimension; ++i) {
        for (std::size_t j = 0; j < layer.dimension; ++j) {
          next[i] = k_.add(next[i], k_.multiply(matrices_[l][symbol][i][j], state[l][j]));
        }
      }
      state[l] = std::move(next);
      const auto output = decode(layer, state[l], symbol);
      if (!output) return std::nullopt;
      symbol = *output;
    }
    return network_.accept[symbol];
  }

  /// Whether the network accepts a word; nothing if a decoder had no output on the way.
  [[nodiscard]] std::optional<bool> accepts(const core::Word& word) const {
    std::optional<bool> answer = network_.accepts_empty_word;
    State state = start();
    for (const core::Symbol letter : word) {
      answer = step(state, letter);
      if (!answer) return std::nullopt;
    }
    return answer;
  }

 private:
  std::optional<std::size_t> decode(const lrnn::Layer<S>& layer, const std::vector<S>& h, std::size_t symbol) const {
    if (const auto* affine = std::get_if<lrnn::AffineDecoder<S>>(&layer.decoder)) {
      const auto& readout = affine->readouts[affine->readouts.size() == 1 ? 0 : symbol];
      const auto weights = lrnn::coordinates(k_, readout.weights);
      S value = readout.constant;
      for (std::size_t i = 0; i < h.size(); ++i) value = k_.add(value, k_.multiply(weights[i], h[i]));
      std::size_t passed = 0;
      for (const S& threshold : readout.thresholds) {
        if (k_.sign(k_.subtract(value, threshold)).value() >= 0) ++passed;
      }
      return core::index(readout.outputs[passed]);
    }
    if (const auto* walk = std::get_if<lrnn::WalkDecoder<S>>(&layer.decoder)) {
      const auto& tables = walk->tables;
      const auto& route = tables.routes.at(tables.route_of.at(symbol));
      const auto end_of = [&](const auto& next, const auto& coordinates) -> std::optional<std::uint32_t> {
        std::uint32_t node = 0;
        for (const std::uint32_t i : coordinates) {
          std::optional<std::size_t> code;
          for (std::size_t c = 0; c < walk->codes.size(); ++c) {
            if (k_.equal(walk->codes[c], h.at(i))) code = c;
          }
          if (code) node = next.at(node * walk->codes.size() + *code);
          if (!code || node == lrnn::WalkTables::kNone) return std::nullopt;
        }
        return node;
      };
      const auto first = end_of(tables.first, route.first);
      const auto second = end_of(tables.second, route.second);
      for (const auto& row : tables.tables.at(route.table)) {
        if (first && second && row.node == *first && row.outputs.at(*second) != lrnn::WalkTables::kNone)
          return row.outputs.at(*second);
      }
      return std::nullopt;
    }
    for (const auto& row : std::get<lrnn::TableDecoder<S>>(layer.decoder).rows) {
      const auto state = lrnn::coordinates(k_, row.state);
      bool same = true;
      for (std::size_t i = 0; i < h.size(); ++i) same = same && k_.equal(state[i], h[i]);
      if (same) return core::index(row.outputs[row.outputs.size() == 1 ? 0 : symbol]);
    }
    return std::nullopt;
  }

  K k_;
  const lrnn::Network<S>& network_;
  std::vector<std::vector<Rows<S>>> matrices_;  // [layer][symbol]
};

/// The language of a network with finitely many states, by running the slow model from every state it
/// reaches: a state of the automaton is a state of the network and the answer that led to it. Nothing if
/// there are more than `most`, or if a decoder has no output.
template <class K>
std::optional<automata::Dfa> language_of(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                         std::size_t most) {
  const NaiveRunner<K> runner(k, network);
  using State = typename NaiveRunner<K>::State;
  std::map<std::string, std::size_t> numbers;
  std::vector<State> states;
  std::vector<bool> accepting;
  const auto number = [&](const State& state, bool accepted) {
    std::string key = accepted ? "+" : "-";
    for (const auto& vector : state) {
      for (const auto& value : vector) key += k.format(value) + " ";
    }
    const auto [at, is_new] = numbers.emplace(key, states.size());
    if (is_new) {
      states.push_back(state);
      accepting.push_back(accepted);
    }
    return at->second;
  };
  number(runner.start(), network.accepts_empty_word);
  std::vector<automata::State> next;
  for (std::size_t q = 0; q < states.size(); ++q) {
    for (std::size_t x = 0; x < network.alphabet.size(); ++x) {
      State state = states[q];
      const auto answer = runner.step(state, core::symbol(x));
      if (!answer || states.size() > most) return std::nullopt;
      next.push_back(automata::state(number(state, *answer)));
    }
  }
  return automata::Dfa(network.alphabet, automata::state(0), accepting, next);
}

// Random networks.

struct NetworkShape {
  std::size_t letters = 2;
  std::size_t layers = 2;
  std::size_t max_dimension = 3;
  bool tables = true;  ///< may decoders be tables?
};

inline core::Alphabet output_names(std::size_t layer, std::size_t outputs) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < outputs; ++i) names.push_back("o" + std::to_string(layer) + "_" + std::to_string(i));
  return core::Alphabet(std::move(names));
}

/// One readout for all symbols or one each, up to three thresholds. Their denominators are 1009 times those
/// of the rest, so that hardly any state lies on one.
template <class K>
lrnn::AffineDecoder<typename K::Scalar> random_affine_decoder(const K& k, core::Random& random, std::size_t n,
                                                              std::size_t inputs, std::size_t outputs) {
  using S = typename K::Scalar;
  lrnn::AffineDecoder<S> decoder;
  for (std::size_t r = random.one_in(2) ? 1 : inputs; r > 0; --r) {
    lrnn::AffineReadout<S> readout{random_vector(k, random, n), random_scalar(k, random), {}, {}};
    exact::Rational threshold(random.between(-3000, 0), 1009);
    for (std::size_t i = random.below(4); i > 0; --i) {
      readout.thresholds.push_back(k.from_rational(threshold));
      threshold += exact::Rational(random.between(1, 2500), 1009);
    }
    for (std::size_t i = 0; i <= readout.thresholds.size(); ++i) {
      readout.outputs.push_back(core::symbol(random.below(outputs)));
    }
    decoder.readouts.push_back(std::move(readout));
  }
  return decoder;
}

/// Rows for most of the states that short words lead to, and for no others.
template <class K>
lrnn::TableDecoder<typename K::Scalar> random_table_decoder(const K& k, core::Random& random,
                                                            const lrnn::Layer<typename K::Scalar>& layer,
                                                            std::size_t inputs, std::size_t outputs) {
  using S = typename K::Scalar;
  lrnn::TableDecoder<S> table;
  std::vector<std::vector<S>> seen;
  const auto add_row = [&](const std::vector<S>& state) {
    for (const auto& known : seen) {
      bool same = true;
      for (std::size_t i = 0; i < state.size(); ++i) same = same && k.equal(known[i], state[i]);
      if (same) return;
    }
    seen.push_back(state);
    if (random.one_in(8)) return;  // a state without a row
    typename lrnn::TableDecoder<S>::Row row{lrnn::sparse(k, state), {}};
    for (std::size_t i = random.one_in(2) ? 1 : inputs; i > 0; --i)
      row.outputs.push_back(core::symbol(random.below(outputs)));
    table.rows.push_back(std::move(row));
  };
  for (std::size_t length = 1; length <= 3; ++length) {
    for_each_word(length, inputs, [&](const core::Word& word) {
      std::vector<S> h = lrnn::coordinates(k, layer.start);
      for (const core::Symbol x : word) {
        const auto matrix = naive_matrix(k, layer.maps[core::index(x)].a);
        std::vector<S> next = lrnn::coordinates(k, layer.maps[core::index(x)].b);
        for (std::size_t i = 0; i < h.size(); ++i) {
          for (std::size_t j = 0; j < h.size(); ++j) next[i] = k.add(next[i], k.multiply(matrix[i][j], h[j]));
        }
        h = std::move(next);
      }
      add_row(h);
    });
  }
  return table;
}

/// A network that validates. Its forms, dimensions (0 included), decoders and answers are all drawn.
template <class K>
lrnn::Network<typename K::Scalar> random_network(const K& k, core::Random& random, const NetworkShape& shape) {
  using S = typename K::Scalar;
  lrnn::Network<S> network{small_alphabet(shape.letters), random.one_in(2), {}, {}, std::nullopt};
  for (std::size_t l = 0; l < shape.layers; ++l) {
    const std::size_t n = random.one_in(8) ? 0 : 1 + random.below(shape.max_dimension);
    const std::size_t inputs = network.inputs(l).size();
    const std::size_t outputs = 1 + random.below(3);
    lrnn::Layer<S> layer{n, random_vector(k, random, n), {}, output_names(l, outputs), {}};
    for (std::size_t x = 0; x < inputs; ++x) {
      auto b = random.one_in(2) ? lrnn::SparseVector<S>(n) : random_vector(k, random, n);
      layer.maps.push_back(
          {random_transition(k, random, n, static_cast<MatrixForm>(random.below(kMatrixForms))), std::move(b)});
    }
    if (shape.tables && random.one_in(3)) {
      layer.decoder = random_table_decoder(k, random, layer, inputs, outputs);
    } else {
      layer.decoder = random_affine_decoder(k, random, n, inputs, outputs);
    }
    network.layers.push_back(std::move(layer));
  }
  for (std::size_t i = 0; i < network.answers().size(); ++i) network.accept.push_back(random.one_in(2));
  return network;
}

/// A network over ℚ that reaches finitely many states: matrices that send every unit vector to plus or minus
/// a unit vector or to 0, without offsets, and offsets only after the matrix 0. Dense, diagonal or as swaps.
inline lrnn::RationalNetwork random_finite_network(core::Random& random, const NetworkShape& shape) {
  using exact::Rational;
  const exact::RationalArithmetic k;
  lrnn::RationalNetwork network{small_alphabet(shape.letters), random.one_in(2), {}, {}, std::nullopt};
  const auto small_vector = [&](std::size_t n) {
    std::vector<Rational> values;
    for (std::size_t i = 0; i < n; ++i) values.emplace_back(random.between(-2, 2));
    return lrnn::sparse(k, values);
  };
  for (std::size_t l = 0; l < shape.layers; ++l) {
    const std::size_t n = 1 + random.below(shape.max_dimension);
    const std::size_t inputs = network.inputs(l).size();
    const std::size_t outputs = 1 + random.below(3);
    lrnn::Layer<Rational> layer{n, small_vector(n), {}, output_names(l, outputs), {}};
    for (std::size_t x = 0; x < inputs; ++x) {
      lrnn::Transition<Rational> a;
      lrnn::SparseVector<Rational> b(n);
      switch (random.below(4)) {
        case 0: {
          exact::Matrix<Rational> m(n, n, Rational(0));
          for (std::size_t i = 0; i < n; ++i) m(random.below(n), i) = random.between(-1, 1);
          a = lrnn::Dense<Rational>{std::move(m)};
          break;
        }
        case 1: {
          lrnn::Diagonal<Rational> diagonal;
          for (std::size_t i = 0; i < n; ++i) diagonal.entries.emplace_back(random.between(-1, 1));
          a = std::move(diagonal);
          break;
        }
        case 2: {
          lrnn::HouseholderProduct<Rational> product{n, {}};
          for (std::size_t i = random.below(3); i > 0; --i) {
            std::vector<Rational> v(n, Rational(0));
            v[random.below(n)] += 1;
            v[random.below(n)] -= 1;
            auto vector = lrnn::sparse(k, v);
            if (vector.is_zero()) vector = lrnn::unit_vector(k, n, random.below(n));
            product.factors.push_back({2, std::move(vector)});
          }
          a = std::move(product);
          break;
        }
        default: {  // a reset
          lrnn::RankOneProduct<Rational> product{n, {}};
          for (std::size_t i = 0; i < n; ++i)
            product.factors.push_back({lrnn::unit_vector(k, n, i), lrnn::unit_vector(k, n, i)});
          a = std::move(product);
          b = small_vector(n);
        }
      }
      layer.maps.push_back({std::move(a), std::move(b)});
    }
    layer.decoder = random_affine_decoder(k, random, n, inputs, outputs);
    network.layers.push_back(std::move(layer));
  }
  for (std::size_t i = 0; i < network.answers().size(); ++i) network.accept.push_back(random.one_in(2));
  return network;
}

}  // namespace eigenmata::testing
