// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/linear_reduction.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "affine_codes.hpp"
#include "decoder.hpp"
#include "eigenmata/compiler/rank_one_factors.hpp"
#include "function_space.hpp"
#include "invariant_search.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Transformation;
using automata::Dfa;
using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;
using lrnn::SparseVector;

const RationalArithmetic kRationals{};

StateFunction indicator_of_accepting(const Dfa& dfa) {
  StateFunction f;
  for (const bool accepting : dfa.accepting()) f.push_back(accepting ? 1 : 0);
  return f;
}

/// The largest n ≤ `most` with letters · states · n² within the limit on work.
std::size_t affordable_dimension(const Dfa& dfa, std::size_t most) {
  std::size_t n = std::min(most, dfa.states() - 1);
  while (n > 0 && dfa.letters() * dfa.states() * n * n > kMaxReductionWork) --n;
  return n;
}

std::vector<SparseVector<Rational>> code_vectors(const AffineCodes& codes) {
  std::vector<SparseVector<Rational>> result;
  for (std::size_t q = 0; q < codes.codes.columns(); ++q) {
    std::vector<Rational> code;
    for (std::size_t i = 0; i < codes.codes.rows(); ++i) code.push_back(codes.codes(i, q));
    result.push_back(lrnn::sparse(kRationals, code));
  }
  return result;
}

Construction construction_for(const AffineCodes& codes, const Dfa& dfa, ReducedForm form) {
  const std::size_t n = codes.codes.rows();
  const auto vectors = code_vectors(codes);
  lrnn::Layer<Rational> layer{n, vectors[0], {}, core::Alphabet({"reject", "accept"}), decoder_for(vectors, dfa)};
  lrnn::TransitionClass claim;
  std::vector<std::size_t> bounds;
  std::size_t most = 0;
  for (std::size_t x = 0; x < codes.a.size(); ++x) {
    bounds.push_back(rank(kRationals, exact::subtract(kRationals, exact::identity(kRationals, n), codes.a[x])));
    most = std::max(most, bounds.back());
    lrnn::Transition<Rational> a = lrnn::Dense<Rational>{codes.a[x]};
    if (form == ReducedForm::kRankOne) a = lrnn::RankOneProduct<Rational>{n, rank_one_factors(codes.a[x])};
    layer.maps.push_back({std::move(a), lrnn::sparse(kRationals, codes.b[x])});
  }
  if (form == ReducedForm::kRankOne) {
    claim.form = lrnn::TransitionClass::Form::kRankOne;
    claim.factors = most;
  }
  lrnn::RationalNetwork network{
      dfa.alphabet(), dfa.is_accepting(dfa.initial()), {std::move(layer)}, {false, true}, claim};
  std::vector<lrnn::JointState<Rational>> states;
  for (const auto& vector : vectors) states.push_back({vector});
  return {"reduced", certificate_by_codes(std::move(network), dfa, std::move(states)), {std::move(bounds)}};
}

/// The smallest space found by either readout.
std::optional<FunctionSpace> smallest_space(const Dfa& minimal, const std::vector<Transformation>& letters,
                                            const core::Limits& limits, std::uint64_t seed) {
  const std::size_t most = affordable_dimension(minimal, kMaxReducedDimension);
  auto best = spin(letters, {indicator_of_accepting(minimal)}, most);
  if (minimal.states() <= kMaxSearchStates) {
    auto found = find_separating_space(letters, best ? best->dimension() : most, seed, limits);
    if (found && (!best || found->dimension() < best->dimension())) best = std::move(found);
  }
  return best;
}

}  // namespace

std::optional<LinearDimension> linear_dimension(const Dfa& minimal) {
  const std::vector<Transformation> letters = algebra::letter_maps(minimal);
  const auto space = spin(letters, {indicator_of_accepting(minimal)}, affordable_dimension(minimal, minimal.states()));
  if (!space) return std::nullopt;
  const std::size_t n = space->dimension();
  if (n == 0) return LinearDimension{minimal.is_accepting(minimal.initial()) ? std::size_t{1} : 0, 0};
  const auto maps = affine_maps(values_of(*space, minimal.states()), letters);
  if (!maps) return std::nullopt;
  // The basis consists of quotients' indicators. If a letter takes one of them outside their span, it is by a constant.
  const bool constants = std::any_of(maps->b.begin(), maps->b.end(), [](const std::vector<Rational>& b) {
    return std::any_of(b.begin(), b.end(), [](const Rational& value) { return !value.is_zero(); });
  });
  return LinearDimension{constants ? n + 1 : n, n};
}

PassResult compile_reduced(const Dfa& minimal, ReducedForm form, const core::Limits& limits, std::uint64_t seed) {
  const std::size_t states = minimal.states();
  if (states < 2) return Refusal{"reduced", "one state needs no layer"};
  const std::vector<Transformation> letters = algebra::letter_maps(minimal);
  const auto space = smallest_space(minimal, letters, limits, seed);
  if (!space) {
    return Refusal{"reduced", "no code of dimension at most " +
                                  std::to_string(affordable_dimension(minimal, kMaxReducedDimension)) + " was found"};
  }
  if (space->dimension() + 1 >= states && states > 2) {
    return Refusal{"reduced", "no code smaller than |Q| - 1 = " + std::to_string(states - 1) + " was found"};
  }
  const auto codes = integer_codes(*space, letters);
  if (!codes) return Refusal{"reduced", "the space found is not invariant over the rationals"};
  return construction_for(*codes, minimal, form);
}

}  // namespace eigenmata::compiler
