// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/validation.hpp"

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

/// Why a matrix is not in the class; empty if it is.
template <class K>
std::string objection(const K& k, const Transition<typename K::Scalar>& a, const TransitionClass& c) {
  using S = typename K::Scalar;
  // A number without a sign is not real, or not known to be: it is in no interval.
  const auto outside = [&](const S& eigenvalue) {
    return k.sign(k.subtract(eigenvalue, k.from_rational(c.low))).value_or(-1) == -1 ||
           k.sign(k.subtract(k.from_rational(c.high), eigenvalue)).value_or(-1) == -1;
  };
  const std::string interval = "[" + exact::to_string(c.low) + "," + exact::to_string(c.high) + "]";
  switch (c.form) {
    case TransitionClass::Form::kDense:
    case TransitionClass::Form::kArchitecture:  // looked at as a whole
      return "";
    case TransitionClass::Form::kDiagonal: {
      const auto* diagonal = std::get_if<Diagonal<S>>(&a);
      if (diagonal == nullptr) return "the matrix is not given as a diagonal";
      for (std::size_t i = 0; i < diagonal->entries.size(); ++i) {
        const std::string entry = "entry " + std::to_string(i) + " is " + k.format(diagonal->entries[i]);
        if (c.unit_disc) {
          const auto inside = is_in_unit_disc(k, diagonal->entries[i]);
          if (!inside) return entry + ", whose modulus is not the square root of a rational number and is not compared";
          if (!*inside) return entry + ", of modulus above 1";
        } else if (outside(diagonal->entries[i])) {
          return entry + ", outside " + interval;
        }
      }
      return "";
    }
    case TransitionClass::Form::kHouseholder: {
      const auto* product = std::get_if<HouseholderProduct<S>>(&a);
      if (product == nullptr) return "the matrix is not given as a product of Householder factors";
      for (std::size_t i = 0; i < product->factors.size(); ++i) {
        const S eigenvalue = k.subtract(k.one(), product->factors[i].beta);
        if (outside(eigenvalue)) {
          return "factor " + std::to_string(i) + " has the eigenvalue " + k.format(eigenvalue) + ", outside " +
                 interval;
        }
      }
      break;
    }
    case TransitionClass::Form::kRankOne:
      if (!std::holds_alternative<RankOneProduct<S>>(a))
        return "the matrix is not given as a product of factors I - u v^T";
      break;
  }
  if (c.factors && factor_count(a) > *c.factors) {
    return std::to_string(factor_count(a)) + " factors, more than " + std::to_string(*c.factors);
  }
  return "";
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
    for (std::size_t x = 0; x < network.layers[l].maps.size(); ++x) {
      const std::string why = objection(k, network.layers[l].maps[x].a, c);
      if (why.empty()) continue;
      return Result::no("layer " + std::to_string(l + 1) + ", letter " +
                            in_quotes(network.inputs(l).name(core::symbol(x))) + ": " + why,
                        "factor-spectrum");
    }
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
