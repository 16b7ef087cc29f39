// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/decide.hpp"

#include "eigenmata/algebra/finiteness.hpp"
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using Form = ModelClass::Form;

/// Does the last letter decide, for words that are not empty?
bool last_letter_decides(LanguageFacts& facts) {
  for (const auto& before : facts.before_letters()) {
    if (!algebra::is_trivial(before->minimal()).is_yes()) return false;
  }
  return true;
}

CellVerdict decide_exactly(LanguageFacts& facts, const ModelClass& c, const ExactCell& cell) {
  switch (c.form) {
    case Form::kConstant:
      return decide_constant(facts, c.set(), cell);
    case Form::kConstantAndDiagonal:
      return decide_mixed(facts, cell);
    case Form::kDiagonal:
      return decide_diagonal(facts, c.set(), cell);
    case Form::kTriangular:
      return decide_triangular(facts, c.set(), cell);
    case Form::kHouseholder:
    case Form::kGatedHouseholder:
      return decide_householder(facts, c, cell);
    case Form::kContraction:
      return decide_contraction(facts, cell);
    case Form::kRwkv7:
      return decide_rwkv7(facts, c.set(), cell);
    case Form::kRankOne:
      return decide_rank_one(facts, c, cell);
    case Form::kPermutationDiagonal:
    case Form::kDense:
      break;
  }
  return decide_one_hot(facts);
}

CellVerdict decide_by_semantics(LanguageFacts& facts, const ModelClass& c, Layers layers, const Semantics& semantics) {
  switch (semantics.kind) {
    case Semantics::Kind::kRobust:
      return decide_robust(facts, c);
    case Semantics::Kind::kCast:
      return decide_cast(facts, c, layers);
    case Semantics::Kind::kFloat:
    case Semantics::Kind::kFixed:
    case Semantics::Kind::kSaturating:
      return decide_rounded(facts, c, layers, semantics);
    case Semantics::Kind::kWrapAround:
      return decide_wrap_around(facts, c, layers);
    case Semantics::Kind::kLogPrecision:
    case Semantics::Kind::kPolyPrecision:
      return decide_growing_numbers(facts, c, layers, semantics);
    case Semantics::Kind::kExact:
    case Semantics::Kind::kFiniteOrbit:
      break;
  }
  return decide_exactly(facts, c, {layers, semantics.kind == Semantics::Kind::kFiniteOrbit});
}

}  // namespace

CellVerdict decide(LanguageFacts& facts, const ModelClass& c, Layers layers, const Semantics& semantics) {
  try {
    if (last_letter_decides(facts)) return yes({"the last letter decides", 1, 0, 0}, "last-letter");
    return decide_by_semantics(facts, c, layers, semantics);
  } catch (const core::LimitReached& limit) {
    if (limit.kind() == core::LimitReached::Kind::kInterrupted) throw;
    return CellVerdict::unknown(limit.what());
  }
}

}  // namespace eigenmata::expressivity
