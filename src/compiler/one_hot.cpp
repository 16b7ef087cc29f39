// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/one_hot.hpp"

#include <utility>

#include "eigenmata/algebra/swap_copy.hpp"
#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/core/text.hpp"
#include "one_hot_product.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using exact::Rational;
using exact::RationalArithmetic;
using lrnn::SparseVector;
using lrnn::TransitionClass;

SparseVector<Rational> unit(std::size_t n, std::size_t i) { return lrnn::unit_vector(RationalArithmetic{}, n, i); }

/// e_x − e_y.
SparseVector<Rational> difference(std::size_t n, algebra::Point x, algebra::Point y) {
  const Rational one = 1;
  const Rational minus_one = -1;
  if (x < y) return {n, {{x, one}, {y, minus_one}}};
  return {n, {{y, minus_one}, {x, one}}};
}

lrnn::Transition<Rational> one_hot_matrix(const algebra::Transformation& f) {
  exact::Matrix<Rational> matrix(f.degree(), f.degree(), Rational(0));
  for (algebra::Point x = 0; x < f.degree(); ++x) matrix(f.image_of(x), x) = 1;
  return lrnn::Dense<Rational>{std::move(matrix)};
}

/// The network and certificate around given matrices, one for each letter.
Construction one_hot_construction(const Dfa& minimal, std::string pass, TransitionClass claim,
                                  std::vector<lrnn::Transition<Rational>> matrices) {
  const std::size_t n = minimal.states();
  std::vector<SparseVector<Rational>::Entry> accepting;
  for (std::size_t q = 0; q < n; ++q) {
    if (minimal.is_accepting(automata::state(q))) accepting.push_back({static_cast<std::uint32_t>(q), 1});
  }
  lrnn::AffineReadout<Rational> readout{
      {n, std::move(accepting)}, 0, {Rational(1, 2)}, {core::symbol(0), core::symbol(1)}};
  lrnn::Layer<Rational> layer{
      n, unit(n, 0), {}, core::Alphabet({"reject", "accept"}), lrnn::AffineDecoder<Rational>{{std::move(readout)}}};
  for (auto& matrix : matrices) layer.maps.push_back({std::move(matrix), SparseVector<Rational>(n)});
  lrnn::RationalNetwork network{
      minimal.alphabet(), minimal.is_accepting(minimal.initial()), {std::move(layer)}, {false, true}, claim};
  std::vector<lrnn::JointState<Rational>> codes;
  for (std::size_t q = 0; q < n; ++q) codes.push_back({unit(n, q)});
  Construction result{std::move(pass), certificate_by_codes(std::move(network), minimal, std::move(codes)), {{}}};
  for (const auto& map : algebra::letter_maps(minimal)) result.factor_bounds[0].push_back(n - map.components());
  return result;
}

}  // namespace

lrnn::RankOneProduct<Rational> one_hot_product(const algebra::Transformation& f) {
  const std::size_t n = f.degree();
  lrnn::RankOneProduct<Rational> product{n, {}};
  for (const algebra::SwapCopy& factor : swap_copy_factors(f)) {
    auto u = difference(n, factor.x, factor.y);
    auto v = factor.kind == algebra::SwapCopy::Kind::kSwap ? u : unit(n, factor.x);
    product.factors.push_back({std::move(u), std::move(v)});
  }
  return product;
}

Construction compile_one_hot(const Dfa& minimal) {
  std::vector<lrnn::Transition<Rational>> matrices;
  for (const auto& map : algebra::letter_maps(minimal)) matrices.push_back(one_hot_product(map));
  TransitionClass claim;
  claim.form = TransitionClass::Form::kRankOne;
  claim.factors = 0;
  for (const auto& matrix : matrices) claim.factors = std::max(*claim.factors, factor_count(matrix));
  return one_hot_construction(minimal, "one-hot", claim, std::move(matrices));
}

Construction compile_dense_one_hot(const Dfa& minimal, const core::Limits& limits) {
  limits.require_memory(minimal.letters() * minimal.states() * minimal.states() * 48,
                        "dense matrices of dimension " + std::to_string(minimal.states()));
  std::vector<lrnn::Transition<Rational>> matrices;
  for (const auto& map : algebra::letter_maps(minimal)) matrices.push_back(one_hot_matrix(map));
  TransitionClass claim;
  claim.form = TransitionClass::Form::kPermutationDiagonal;
  return one_hot_construction(minimal, "one-hot", claim, std::move(matrices));
}

PassResult compile_current_letter(const Dfa& minimal) {
  std::vector<bool> accept;
  for (std::size_t x = 0; x < minimal.letters(); ++x) {
    const core::Symbol letter = core::symbol(x);
    const bool first = minimal.is_accepting(minimal.step(automata::state(0), letter));
    for (std::size_t q = 0; q < minimal.states(); ++q) {
      if (minimal.is_accepting(minimal.step(automata::state(q), letter)) != first) {
        return Refusal{"current-letter", "what letter " + core::in_quotes(minimal.alphabet().name(letter)) +
                                             " means depends on the letters before it"};
      }
    }
    accept.push_back(first);
  }
  lrnn::RationalNetwork network{
      minimal.alphabet(), minimal.is_accepting(minimal.initial()), {}, std::move(accept), std::nullopt};
  std::vector<lrnn::JointState<Rational>> codes(minimal.states());
  return Construction{"current-letter", certificate_by_codes(std::move(network), minimal, std::move(codes)), {}};
}

}  // namespace eigenmata::compiler
