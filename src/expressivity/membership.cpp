// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/membership.hpp"

#include <algorithm>

#include "eigenmata/core/text.hpp"

namespace eigenmata::expressivity {
namespace {

using exact::Rational;
using Form = ModelClass::Form;
using Transition = lrnn::Transition<Rational>;

const exact::RationalArithmetic kRationals{};

/// Why a number is not in the set; empty if it is.
std::string outside(const SpectrumSet& set, const Rational& value, const char* what) {
  if (set.contains(value)) return "";
  return std::string(what) + " " + exact::to_string(value) + " is not in " + to_string(set);
}

std::string first_outside(const SpectrumSet& set, const std::vector<Rational>& values) {
  for (const Rational& value : values) {
    if (auto why = outside(set, value, "entry"); !why.empty()) return why;
  }
  return "";
}

std::string diagonal_objection(const SpectrumSet& set, const Transition& a) {
  const auto* diagonal = std::get_if<lrnn::Diagonal<Rational>>(&a);
  return diagonal == nullptr ? "the matrix is not stored as a diagonal" : first_outside(set, diagonal->entries);
}

std::string triangular_objection(const SpectrumSet& set, const Transition& a) {
  if (std::holds_alternative<lrnn::Diagonal<Rational>>(a)) return diagonal_objection(set, a);
  const auto* dense = std::get_if<lrnn::Dense<Rational>>(&a);
  if (dense == nullptr) return "the matrix is not stored by its entries";
  const auto& m = dense->matrix;
  for (std::size_t i = 0; i < m.rows(); ++i) {
    for (std::size_t j = i + 1; j < m.columns(); ++j) {
      if (!m(i, j).is_zero()) return "entry " + std::to_string(i) + ", " + std::to_string(j) + " is above the diagonal";
    }
    if (auto why = outside(set, m(i, i), "diagonal entry"); !why.empty()) return why;
  }
  return "";
}

std::string householder_objection(const ModelClass& c, const Transition& a) {
  const auto* product = std::get_if<lrnn::HouseholderProduct<Rational>>(&a);
  if (product == nullptr) return "the matrix is not stored as a product of Householder factors";
  if (c.factors && product->factors.size() > *c.factors) return std::to_string(product->factors.size()) + " factors";
  for (const auto& factor : product->factors) {
    if (auto why = outside(c.set(), Rational(1 - factor.beta), "eigenvalue"); !why.empty()) return why;
  }
  return "";
}

std::string rank_one_objection(const ModelClass& c, const Transition& a) {
  if (factor_count(a) == 0 && !std::holds_alternative<lrnn::HouseholderProduct<Rational>>(a) &&
      !std::holds_alternative<lrnn::RankOneProduct<Rational>>(a))
    return "the matrix is not stored as a product";
  return c.factors && factor_count(a) > *c.factors ? std::to_string(factor_count(a)) + " factors" : "";
}

std::string single_entries_objection(const Transition& a) {
  const auto m = to_dense(kRationals, a);
  for (std::size_t j = 0; j < m.columns(); ++j) {
    std::size_t entries = 0;
    for (std::size_t i = 0; i < m.rows(); ++i) {
      if (m(i, j).is_zero()) continue;
      ++entries;
      if (abs(m(i, j)) > 1) return "an entry of column " + std::to_string(j) + " has modulus more than 1";
    }
    if (entries > 1) return "column " + std::to_string(j) + " has several entries";
  }
  return "";
}

std::string objection(const ModelClass& c, const Transition& a) {
  switch (c.form) {
    case Form::kConstant:
    case Form::kDiagonal:
      return diagonal_objection(c.set(), a);
    case Form::kTriangular:
      return triangular_objection(c.set(), a);
    case Form::kHouseholder:
    case Form::kGatedHouseholder:  // gate 1
      return householder_objection(c, a);
    case Form::kRankOne:
      return rank_one_objection(c, a);
    case Form::kPermutationDiagonal:
      return single_entries_objection(a);
    case Form::kDense:
      return "";
    case Form::kConstantAndDiagonal:
    case Form::kContraction:
    case Form::kRwkv7:
      break;
  }
  return "networks of this class are not recognised here";
}

bool are_equal(const Transition& a, const Transition& b) {
  return std::get<lrnn::Diagonal<Rational>>(a).entries == std::get<lrnn::Diagonal<Rational>>(b).entries;
}

}  // namespace

core::Verdict<core::NoEvidence, std::string> is_member(const lrnn::RationalNetwork& network, const ModelClass& c) {
  using Result = core::Verdict<core::NoEvidence, std::string>;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const auto& maps = network.layers[l].maps;
    for (std::size_t x = 0; x < maps.size(); ++x) {
      std::string why = objection(c, maps[x].a);
      if (why.empty() && c.form == Form::kConstant && !are_equal(maps[x].a, maps[0].a))
        why = "the matrix is another one than for the first symbol";
      if (why.empty()) continue;
      return Result::no("layer " + std::to_string(l + 1) + ", symbol " +
                            core::in_quotes(network.inputs(l).name(core::symbol(x))) + ": " + why,
                        "factor-spectrum");
    }
  }
  return Result::yes({}, "factor-spectrum");
}

}  // namespace eigenmata::expressivity
