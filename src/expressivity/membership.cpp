// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/membership.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "eigenmata/core/text.hpp"

namespace eigenmata::expressivity {
namespace {

using exact::Rational;
using Form = ModelClass::Form;

bool contains(const SpectrumSet& set, const exact::RationalArithmetic& /*k*/, const Rational& value) {
  return set.contains(value);
}

bool contains(const SpectrumSet& set, const exact::NumberField& /*k*/, const exact::FieldElement& value) {
  std::vector<Rational> coefficients = value.coefficients();
  const bool is_rational =
      std::all_of(coefficients.begin() + 1, coefficients.end(), [](const Rational& c) { return c.is_zero(); });
  return is_rational && set.contains(coefficients[0]);
}

bool contains(const SpectrumSet& set, const exact::CyclotomicField& k, const exact::FieldElement& value) {
  if (const auto rational = exact::rational_value(k, value)) return set.contains(*rational);
  const auto polar = k.polar(value);
  const auto square = k.squared_modulus(value);
  return std::any_of(set.pieces().begin(), set.pieces().end(), [&](const SpectrumPiece& piece) {
    const Rational radius = piece.modulus * piece.modulus;
    switch (piece.kind) {
      case SpectrumPiece::Kind::kPoint:
        return polar && polar->modulus == piece.modulus && polar->angle == piece.angle;
      case SpectrumPiece::Kind::kDisc:
        return square && (piece.high_closed ? *square <= radius : *square < radius);
      case SpectrumPiece::Kind::kCircle:
        return square && *square == radius;
      case SpectrumPiece::Kind::kInterval:
        break;
    }
    return false;
  });
}

/// Objections to the matrices of one kind of numbers.
template <class K>
class Objections {
 public:
  using S = typename K::Scalar;
  using Transition = lrnn::Transition<S>;

  explicit Objections(const K& k) : k_(k) {}

  /// Why a number is not in the set; empty if it is.
  [[nodiscard]] std::string outside(const SpectrumSet& set, const S& value, const char* what) const {
    if (contains(set, k_, value)) return "";
    return std::string(what) + " " + k_.format(value) + " is not in " + to_string(set);
  }

  [[nodiscard]] std::string first_outside(const SpectrumSet& set, const std::vector<S>& values) const {
    for (const S& value : values) {
      if (auto why = outside(set, value, "entry"); !why.empty()) return why;
    }
    return "";
  }

  [[nodiscard]] std::string diagonal_objection(const SpectrumSet& set, const Transition& a) const {
    const auto* diagonal = std::get_if<lrnn::Diagonal<S>>(&a);
    return diagonal == nullptr ? "the matrix is not stored as a diagonal" : first_outside(set, diagonal->entries);
  }

  [[nodiscard]] std::string triangular_objection(const SpectrumSet& set, const Transition& a) const {
    if (std::holds_alternative<lrnn::Diagonal<S>>(a)) return diagonal_objection(set, a);
    const auto* dense = std::get_if<lrnn::Dense<S>>(&a);
    if (dense == nullptr) return "the matrix is not stored by its entries";
    const auto& m = dense->matrix;
    for (std::size_t i = 0; i < m.rows(); ++i) {
      for (std::size_t j = i + 1; j < m.columns(); ++j) {
        if (!k_.is_zero(m(i, j)))
          return "entry " + std::to_string(i) + ", " + std::to_string(j) + " is above the diagonal";
      }
      if (auto why = outside(set, m(i, i), "diagonal entry"); !why.empty()) return why;
    }
    return "";
  }

  [[nodiscard]] std::string householder_objection(const ModelClass& c, const Transition& a) const {
    const auto* product = std::get_if<lrnn::HouseholderProduct<S>>(&a);
    if (product == nullptr) return "the matrix is not stored as a product of Householder factors";
    if (c.factors && product->factors.size() > *c.factors) return std::to_string(product->factors.size()) + " factors";
    for (const auto& factor : product->factors) {
      if (auto why = outside(c.set(), k_.subtract(k_.one(), factor.beta), "eigenvalue"); !why.empty()) return why;
    }
    return "";
  }

  [[nodiscard]] std::string rank_one_objection(const ModelClass& c, const Transition& a) const {
    if (factor_count(a) == 0 && !std::holds_alternative<lrnn::HouseholderProduct<S>>(a) &&
        !std::holds_alternative<lrnn::RankOneProduct<S>>(a))
      return "the matrix is not stored as a product";
    return c.factors && factor_count(a) > *c.factors ? std::to_string(factor_count(a)) + " factors" : "";
  }

  [[nodiscard]] std::string single_entries_objection(const Transition& a) const {
    const auto m = to_dense(k_, a);
    for (std::size_t j = 0; j < m.columns(); ++j) {
      std::size_t entries = 0;
      for (std::size_t i = 0; i < m.rows(); ++i) {
        if (k_.is_zero(m(i, j))) continue;
        ++entries;
        if (!is_in_unit_disc(k_, m(i, j)).value_or(false))
          return "an entry of column " + std::to_string(j) + " has modulus more than 1";
      }
      if (entries > 1) return "column " + std::to_string(j) + " has several entries";
    }
    return "";
  }

  [[nodiscard]] std::string objection(const ModelClass& c, const Transition& a) const {
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
      case Form::kContraction: {  // diagonal ones, in the maximum norm
        static const SpectrumSet open_disc = SpectrumSet::parse("D(<1)", {});
        return diagonal_objection(open_disc, a);
      }
      case Form::kConstantAndDiagonal:  // layer by layer, below
      case Form::kRwkv7:
        break;
    }
    return "networks of this class are not recognised here";
  }

  /// The first symbol whose matrix is not of the class, and why; nothing if all are.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::string>> layer_objection(const ModelClass& c,
                                                                                   const lrnn::Layer<S>& layer) const {
    const auto& maps = layer.maps;
    for (std::size_t x = 0; x < maps.size(); ++x) {
      std::string why = objection(c, maps[x].a);
      if (why.empty() && c.form == Form::kConstant && !are_equal(maps[x].a, maps[0].a))
        why = "the matrix is another one than for the first symbol";
      if (!why.empty()) return std::pair(x, std::move(why));
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool are_equal(const Transition& a, const Transition& b) const {
    const auto& x = std::get<lrnn::Diagonal<S>>(a).entries;
    const auto& y = std::get<lrnn::Diagonal<S>>(b).entries;
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), [&](const S& p, const S& q) { return k_.equal(p, q); });
  }

  const K& k_;
};

}  // namespace

template <exact::ExactArithmetic K>
core::Verdict<core::NoEvidence, std::string> is_member(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                                       const ModelClass& c) {
  const Objections<K> objections(k);
  using Result = core::Verdict<core::NoEvidence, std::string>;
  const bool is_mixed = c.form == Form::kConstantAndDiagonal;
  const ModelClass constant = parse_model_class("constant", {});
  const ModelClass interval = parse_model_class("diagonal[0,1]", {});
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (is_mixed && !objections.layer_objection(constant, network.layers[l])) continue;
    const auto objection = objections.layer_objection(is_mixed ? interval : c, network.layers[l]);
    if (!objection) continue;
    const auto& [symbol, why] = *objection;
    return Result::no("layer " + std::to_string(l + 1) + ", symbol " +
                          core::in_quotes(network.inputs(l).name(core::symbol(symbol))) + ": " + why,
                      "factor-spectrum");
  }
  return Result::yes({}, "factor-spectrum");
}

template core::Verdict<core::NoEvidence, std::string> is_member(const exact::RationalArithmetic&,
                                                                const lrnn::RationalNetwork&, const ModelClass&);
template core::Verdict<core::NoEvidence, std::string> is_member(const exact::CyclotomicField&,
                                                                const lrnn::Network<exact::FieldElement>&,
                                                                const ModelClass&);
template core::Verdict<core::NoEvidence, std::string> is_member(const exact::NumberField&,
                                                                const lrnn::Network<exact::FieldElement>&,
                                                                const ModelClass&);

}  // namespace eigenmata::expressivity
