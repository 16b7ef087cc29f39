// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/validation.hpp"
#include "eigenmata/lrnn/walk_decoder.hpp"

#include <type_traits>

#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/tie.hpp"

namespace eigenmata::lrnn {
namespace {

using core::in_quotes;

/// Walks through a network and knows where it is.
template <class K>
class Validator {
 public:
  using S = typename K::Scalar;

  Validator(const K& k, const Network<S>& network) : k_(k), network_(network) {}

  void run() {
    for (layer_ = 0; layer_ < network_.layers.size(); ++layer_) check_layer(network_.layers[layer_]);
    if (network_.accept.size() != network_.answers().size()) {
      throw core::Error("the network accepts by " + std::to_string(network_.accept.size()) + " bits, but has " +
                        std::to_string(network_.answers().size()) + " answers");
    }
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw core::Error("layer " + std::to_string(layer_ + 1) + (where_.empty() ? "" : ", " + where_) + ": " + what);
  }

  void check_dimension(std::size_t found, std::size_t expected, const char* what) const {
    if (found != expected) {
      fail(std::string(what) + " has dimension " + std::to_string(found) + "; the layer has " +
           std::to_string(expected));
    }
  }

  void check_layer(const Layer<S>& layer) {
    where_.clear();
    const Alphabet& inputs = network_.inputs(layer_);
    check_dimension(layer.start.dimension(), layer.dimension, "the start vector");
    if (layer.maps.size() != inputs.size()) {
      fail(std::to_string(layer.maps.size()) + " maps for " + std::to_string(inputs.size()) + " input symbols");
    }
    for (std::size_t x = 0; x < layer.maps.size(); ++x) {
      where_ = "letter " + in_quotes(inputs.name(core::symbol(x)));
      check_dimension(layer.maps[x].b.dimension(), layer.dimension, "B");
      check_transition(layer.maps[x].a, layer.dimension);
    }
    if (layer.bos) {
      where_ = "the beginning-of-sequence token";
      check_dimension(layer.bos->b.dimension(), layer.dimension, "B");
      check_transition(layer.bos->a, layer.dimension);
      if (!equal(k_, layer.start, layer.bos->b)) fail("the start is not what it writes");
    }
    if (layer.bos.has_value() != network_.layers[0].bos.has_value())
      fail("some layers read a beginning-of-sequence token, others do not");
    where_ = "decoder";
    if (const auto* affine = std::get_if<AffineDecoder<S>>(&layer.decoder)) {
      check_affine(*affine, layer, inputs.size());
    } else if (const auto* walk = std::get_if<WalkDecoder<S>>(&layer.decoder)) {
      const std::string fault = walk_fault(k_, *walk, layer.dimension, inputs.size(), layer.outputs.size());
      if (!fault.empty()) fail(fault);
    } else {
      const auto& table = std::get<TableDecoder<S>>(layer.decoder);
      for (const auto& row : table.rows) {
        check_dimension(row.state.dimension(), layer.dimension, "a state");
        if (row.outputs.size() != 1) check_count(row.outputs.size(), inputs.size(), "outputs in a row");
        check_outputs(row.outputs, layer);
      }
      if (repeated_row(k_, table)) fail("two rows have the same state");
    }
  }

  void check_count(std::size_t found, std::size_t inputs, const char* what) const {
    if (found != inputs)
      fail(std::to_string(found) + " " + what + " for " + std::to_string(inputs) +
           " input symbols; expected one for all, or one each");
  }

  void check_outputs(const std::vector<Symbol>& outputs, const Layer<S>& layer) const {
    for (const Symbol output : outputs) {
      if (core::index(output) >= layer.outputs.size())
        fail("output " + std::to_string(core::index(output)) + " does not exist");
    }
  }

  void check_affine(const AffineDecoder<S>& decoder, const Layer<S>& layer, std::size_t inputs) const {
    if (decoder.readouts.size() != 1) check_count(decoder.readouts.size(), inputs, "readouts");
    for (const auto& readout : decoder.readouts) {
      check_dimension(readout.weights.dimension(), layer.dimension, "a readout");
      if (readout.outputs.size() != readout.thresholds.size() + 1) {
        fail(std::to_string(readout.thresholds.size()) + " thresholds need " +
             std::to_string(readout.thresholds.size() + 1) + " outputs, found " +
             std::to_string(readout.outputs.size()));
      }
      check_outputs(readout.outputs, layer);
      for (std::size_t i = 1; i < readout.thresholds.size(); ++i) {
        if (k_.sign(k_.subtract(readout.thresholds[i], readout.thresholds[i - 1])) != 1)
          fail("thresholds do not increase");
      }
    }
  }

  void check_transition(const Transition<S>& a, std::size_t n) const {
    check_dimension(dimension(a), n, "A");
    if (const auto* dense = std::get_if<Dense<S>>(&a)) {
      check_dimension(dense->matrix.columns(), n, "A");
    } else if (const auto* householder = std::get_if<HouseholderProduct<S>>(&a)) {
      for (const auto& factor : householder->factors) {
        check_dimension(factor.v.dimension(), n, "a factor");
        if (factor.v.is_zero()) fail("a Householder factor has the vector 0, which has no direction");
        if (!is_real(k_, factor.v)) fail("a Householder factor has a vector that is not real");
      }
    } else if (const auto* rank_one = std::get_if<RankOneProduct<S>>(&a)) {
      for (const auto& factor : rank_one->factors) {
        check_dimension(factor.u.dimension(), n, "a factor");
        check_dimension(factor.v.dimension(), n, "a factor");
      }
    }
  }

  const K& k_;
  const Network<S>& network_;
  std::size_t layer_ = 0;
  std::string where_;
};

/// Objections to the matrices of one kind of numbers; empty where there is none.
template <class K>
class Objections {
 public:
  using S = typename K::Scalar;

  Objections(const K& k, const TransitionClass& c)
      : k_(k),
        class_(c),
        low_(k.from_rational(c.low)),
        high_(k.from_rational(c.high)),
        interval_("[" + exact::to_string(c.low) + "," + exact::to_string(c.high) + "]") {}

  /// Of one matrix. What the whole layer has to be, `constant` and architectures, is looked at elsewhere.
  [[nodiscard]] std::string of(const Transition<S>& a) const {
    using Form = TransitionClass::Form;
    switch (class_.form) {
      case Form::kDiagonal:
        return class_.points.empty() ? of_diagonal(a, class_.unit_disc) : of_points(a);
      case Form::kHouseholder:
        return of_householder(a);
      case Form::kRankOne:
        if (!std::holds_alternative<RankOneProduct<S>>(a))
          return "the matrix is not given as a product of factors I - u v^T";
        return of_count(a);
      case Form::kTriangular:
        return of_triangular(a);
      case Form::kPermutationDiagonal:
        return of_columns(a);
      case Form::kDense:
      case Form::kConstant:
      case Form::kConstantAndDiagonal:
      case Form::kArchitecture:
        break;
    }
    return "";
  }

  /// Why the matrices of a layer are not one diagonal matrix with entries of modulus at most 1.
  [[nodiscard]] std::pair<std::size_t, std::string> of_constant(const Layer<S>& layer) const {
    for (std::size_t x = 0; x < layer.maps.size(); ++x) {
      std::string why = of_diagonal(layer.maps[x].a, true);
      if (why.empty() && !are_equal(entries(layer, x), entries(layer, 0)))
        why = "the matrix is another one than for the first symbol";
      if (!why.empty()) return {x, why};
    }
    return {0, ""};
  }

 private:
  static const std::vector<S>& entries(const Layer<S>& layer, std::size_t x) {
    return std::get<Diagonal<S>>(layer.maps[x].a).entries;
  }

  [[nodiscard]] bool are_equal(const std::vector<S>& a, const std::vector<S>& b) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const S& p, const S& q) { return k_.equal(p, q); });
  }

  /// A number without a sign is not real, or not known to be: it is in no interval.
  [[nodiscard]] bool is_outside(const S& eigenvalue) const {
    return k_.sign(k_.subtract(eigenvalue, low_)).value_or(-1) == -1 ||
           k_.sign(k_.subtract(high_, eigenvalue)).value_or(-1) == -1;
  }

  [[nodiscard]] std::string of_modulus(const std::string& entry, const S& value) const {
    const auto inside = is_in_unit_disc(k_, value);
    if (!inside) return entry + ", whose modulus is not the square root of a rational number and is not compared";
    return *inside ? "" : entry + ", of modulus above 1";
  }

  [[nodiscard]] std::string of_diagonal(const Transition<S>& a, bool unit_disc) const {
    const auto* diagonal = std::get_if<Diagonal<S>>(&a);
    if (diagonal == nullptr) return "the matrix is not given as a diagonal";
    for (std::size_t i = 0; i < diagonal->entries.size(); ++i) {
      const std::string entry = "entry " + std::to_string(i) + " is " + k_.format(diagonal->entries[i]);
      if (!unit_disc && is_outside(diagonal->entries[i])) return entry + ", outside " + interval_;
      if (!unit_disc) continue;
      if (std::string why = of_modulus(entry, diagonal->entries[i]); !why.empty()) return why;
    }
    return "";
  }

  /// Roots of unity are numbers of cyclotomic fields only.
  [[nodiscard]] bool is_point(const SpectrumPoint& point, const S& value) const {
    if (point.angle == 0) return k_.equal(value, k_.from_rational(point.scale));
    if constexpr (std::is_same_v<K, exact::CyclotomicField>) {
      const auto root = k_.root_of_unity(point.angle);
      return root && k_.equal(value, k_.multiply(k_.from_rational(point.scale), *root));
    }
    return false;
  }

  [[nodiscard]] std::string of_points(const Transition<S>& a) const {
    const auto* diagonal = std::get_if<Diagonal<S>>(&a);
    if (diagonal == nullptr) return "the matrix is not given as a diagonal";
    for (std::size_t i = 0; i < diagonal->entries.size(); ++i) {
      const S& entry = diagonal->entries[i];
      const auto is_entry = [&](const SpectrumPoint& point) { return is_point(point, entry); };
      if (std::none_of(class_.points.begin(), class_.points.end(), is_entry))
        return "entry " + std::to_string(i) + " is " + k_.format(entry) + ", which is not in the set";
    }
    return "";
  }

  [[nodiscard]] std::string of_triangular(const Transition<S>& a) const {
    if (std::holds_alternative<Diagonal<S>>(a)) return of_diagonal(a, false);
    const auto* dense = std::get_if<Dense<S>>(&a);
    if (dense == nullptr) return "the matrix is not given by its entries";
    for (std::size_t i = 0; i < dense->matrix.rows(); ++i) {
      for (std::size_t j = i; j < dense->matrix.columns(); ++j) {
        const S& entry = dense->matrix(i, j);
        const std::string at = "entry " + std::to_string(i) + ", " + std::to_string(j) + " is " + k_.format(entry);
        if (j > i && !k_.is_zero(entry)) return at + ", above the diagonal";
        if (j == i && is_outside(entry)) return at + ", outside " + interval_;
      }
    }
    return "";
  }

  [[nodiscard]] std::string of_columns(const Transition<S>& a) const {
    if (std::holds_alternative<Diagonal<S>>(a)) return of_diagonal(a, true);
    const auto* dense = std::get_if<Dense<S>>(&a);
    if (dense == nullptr) return "the matrix is not given by its entries";
    for (std::size_t j = 0; j < dense->matrix.columns(); ++j) {
      bool has_entry = false;
      for (std::size_t i = 0; i < dense->matrix.rows(); ++i) {
        const S& entry = dense->matrix(i, j);
        if (k_.is_zero(entry)) continue;
        if (has_entry) return "column " + std::to_string(j) + " has several entries";
        has_entry = true;
        const std::string at = "entry " + std::to_string(i) + ", " + std::to_string(j) + " is " + k_.format(entry);
        if (std::string why = of_modulus(at, entry); !why.empty()) return why;
      }
    }
    return "";
  }

  [[nodiscard]] std::string of_householder(const Transition<S>& a) const {
    const auto* product = std::get_if<HouseholderProduct<S>>(&a);
    if (product == nullptr) return "the matrix is not given as a product of Householder factors";
    for (std::size_t i = 0; i < product->factors.size(); ++i) {
      const S eigenvalue = k_.subtract(k_.one(), product->factors[i].beta);
      if (is_outside(eigenvalue)) {
        return "factor " + std::to_string(i) + " has the eigenvalue " + k_.format(eigenvalue) + ", outside " +
               interval_;
      }
    }
    return of_count(a);
  }

  [[nodiscard]] std::string of_count(const Transition<S>& a) const {
    if (!class_.factors || factor_count(a) <= *class_.factors) return "";
    return std::to_string(factor_count(a)) + " factors, more than " + std::to_string(*class_.factors);
  }

  const K& k_;
  const TransitionClass& class_;
  S low_;
  S high_;
  std::string interval_;
};

/// The first symbol of a layer whose matrix is not of the class, and why; an empty reason if all are.
template <class K>
std::pair<std::size_t, std::string> layer_objection(const K& k, const Layer<typename K::Scalar>& layer,
                                                    const TransitionClass& c) {
  using Form = TransitionClass::Form;
  const bool is_mixed = c.form == Form::kConstantAndDiagonal;
  if (c.form == Form::kConstant || is_mixed) {
    auto of_constant = Objections<K>(k, c).of_constant(layer);
    if (!is_mixed || of_constant.second.empty()) return of_constant;
  }
  TransitionClass interval;
  interval.form = Form::kDiagonal;
  interval.low = 0;
  const Objections<K> objections(k, is_mixed ? interval : c);
  for (std::size_t x = 0; x < layer.maps.size(); ++x) {
    if (std::string why = objections.of(layer.maps[x].a); !why.empty()) return {x, std::move(why)};
  }
  return {0, ""};
}

}  // namespace

template <exact::ExactArithmetic K>
void validate(const K& k, const Network<typename K::Scalar>& network) {
  Validator<K>(k, network).run();
}

template <exact::ExactArithmetic K>
core::Verdict<core::NoEvidence, std::string> is_member(const K& k, const Network<typename K::Scalar>& network,
                                                       const TransitionClass& c) {
  using Result = core::Verdict<core::NoEvidence, std::string>;
  if (c.form == TransitionClass::Form::kArchitecture) return is_member(k, network, c.architecture);
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const auto [x, why] = layer_objection(k, network.layers[l], c);
    if (why.empty()) continue;
    return Result::no("layer " + std::to_string(l + 1) + ", letter " +
                          in_quotes(network.inputs(l).name(core::symbol(x))) + ": " + why,
                      "factor-spectrum");
  }
  return Result::yes({}, "factor-spectrum");
}

template void validate(const exact::RationalArithmetic&, const Network<exact::Rational>&);
template void validate(const exact::NumberField&, const Network<exact::FieldElement>&);
template void validate(const exact::CyclotomicField&, const Network<exact::FieldElement>&);
template core::Verdict<core::NoEvidence, std::string> is_member(const exact::RationalArithmetic&,
                                                                const Network<exact::Rational>&,
                                                                const TransitionClass&);
template core::Verdict<core::NoEvidence, std::string> is_member(const exact::NumberField&,
                                                                const Network<exact::FieldElement>&,
                                                                const TransitionClass&);
template core::Verdict<core::NoEvidence, std::string> is_member(const exact::CyclotomicField&,
                                                                const Network<exact::FieldElement>&,
                                                                const TransitionClass&);

}  // namespace eigenmata::lrnn
