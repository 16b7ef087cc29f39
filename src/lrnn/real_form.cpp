// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/real_form.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "eigenmata/exact/real_cyclotomic.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::CyclotomicField;
using exact::FieldElement;
using exact::Rational;

/// Calls `use` with every number of a layer that is not a threshold.
template <class Use>
void for_each_number(const CyclotomicField& k, const Layer<FieldElement>& layer, const Use& use) {
  const auto vector = [&](const SparseVector<FieldElement>& v) {
    for (const auto& entry : v.entries()) use(entry.value);
  };
  const auto map = [&](const AffineMap<FieldElement>& m) {
    if (const auto* product = std::get_if<HouseholderProduct<FieldElement>>(&m.a)) {
      for (const auto& factor : product->factors) {
        use(factor.beta);
        vector(factor.v);
      }
    } else if (const auto* ranks = std::get_if<RankOneProduct<FieldElement>>(&m.a)) {
      for (const auto& factor : ranks->factors) {
        vector(factor.u);
        vector(factor.v);
      }
    } else if (const auto* diagonal = std::get_if<Diagonal<FieldElement>>(&m.a)) {
      for (const FieldElement& entry : diagonal->entries) use(entry);
    } else {
      const exact::Matrix<FieldElement> matrix = to_dense(k, m.a);
      for (const FieldElement& entry : matrix.entries()) use(entry);
    }
    vector(m.b);
  };
  vector(layer.start);
  if (layer.bos) map(*layer.bos);
  for (const auto& m : layer.maps) map(m);
  if (const auto* affine = std::get_if<AffineDecoder<FieldElement>>(&layer.decoder)) {
    for (const auto& readout : affine->readouts) {
      vector(readout.weights);
      use(readout.constant);
    }
  } else if (const auto* table = std::get_if<TableDecoder<FieldElement>>(&layer.decoder)) {
    for (const auto& row : table->rows) vector(row.state);
  } else {
    for (const FieldElement& code : std::get<WalkDecoder<FieldElement>>(layer.decoder).codes) use(code);
  }
}

/// Real and imaginary parts as sums of roots of unity.
exact::RootSum part(const CyclotomicField& k, const FieldElement& a, bool imaginary) {
  // Re a = (a + ā)/2, Im a = (a − ā)/2 · e(−1/4).
  exact::RootSum sum{std::lcm(k.order(), std::uint64_t{4}), {}};
  const std::uint64_t step = sum.order / k.order();
  const std::uint64_t turn = imaginary ? sum.order / 4 * 3 : 0;
  const auto coefficients = a.coefficients();
  for (std::size_t j = 0; j < coefficients.size(); ++j) {
    if (coefficients[j].is_zero()) continue;
    const Rational half = coefficients[j] / 2;
    sum.terms[(j * step + turn) % sum.order] += half;
    sum.terms[(sum.order - j * step + turn) % sum.order] += imaginary ? Rational(-half) : half;
  }
  return sum;
}

/// The parts of all numbers, in the order in which they are asked for.
class Parts {
 public:
  explicit Parts(const CyclotomicField& k) : k_(k) {}

  void need(const FieldElement& a) {
    if (!places_.emplace(k_.format(a), sums_.size()).second) return;
    sums_.push_back(part(k_, a, false));
    sums_.push_back(part(k_, a, true));
  }
  [[nodiscard]] const std::vector<exact::RootSum>& sums() const { return sums_; }
  [[nodiscard]] std::size_t place(const FieldElement& a) const { return places_.at(k_.format(a)); }

 private:
  const CyclotomicField& k_;
  std::map<std::string, std::size_t> places_;
  std::vector<exact::RootSum> sums_;
};

/// Writes the network over the field that the parts generate.
template <exact::ExactArithmetic K>
class Rewriter {
 public:
  using S = typename K::Scalar;
  using C = FieldElement;

  Rewriter(const CyclotomicField& from, K to, const Parts& parts, const exact::GeneratedField& field)
      : from_(from), k_(std::move(to)), parts_(parts), field_(field) {}

  ModelOver<K> run(const Network<C>& network) {
    Network<S> result{network.alphabet, network.accepts_empty_word, {}, network.accept, std::nullopt};
    for (const Layer<C>& layer : network.layers) {
      doubled_ = false;
      for_each_number(from_, layer, [&](const C& a) { doubled_ = doubled_ || !exact::is_real(from_, a); });
      const std::size_t n = doubled_ ? 2 * layer.dimension : layer.dimension;
      Layer<S> copy{n, vector(layer.start), {}, layer.outputs, decoder(layer.decoder)};
      if (layer.bos) copy.bos = map(*layer.bos);
      for (const auto& m : layer.maps) copy.maps.push_back(map(m));
      result.layers.push_back(std::move(copy));
    }
    return {k_, std::move(result)};
  }

 private:
  [[nodiscard]] S real(const C& a) const { return field_.value(k_, parts_.place(a)); }
  [[nodiscard]] S imaginary(const C& a) const { return field_.value(k_, parts_.place(a) + 1); }

  [[nodiscard]] SparseVector<S> vector(const SparseVector<C>& a) const { return vector(a, false); }
  /// Of a readout, whose products with a state are to be their real parts: the conjugate.
  [[nodiscard]] SparseVector<S> vector(const SparseVector<C>& a, bool conjugate) const {
    if (!doubled_) return mapped(a, [&](const C& x) { return real(x); });
    std::vector<S> values(2 * a.dimension(), k_.zero());
    for (const auto& entry : a.entries()) {
      values[2 * entry.index] = real(entry.value);
      const S im = imaginary(entry.value);
      values[2 * entry.index + 1] = conjugate ? k_.subtract(k_.zero(), im) : im;
    }
    return sparse(k_, values);
  }

  [[nodiscard]] AffineMap<S> map(const AffineMap<C>& m) const {
    if (!doubled_) return {mapped(m.a, [&](const C& x) { return real(x); }), vector(m.b)};
    const exact::Matrix<C> a = to_dense(from_, m.a);
    exact::Matrix<S> blocks(2 * a.rows(), 2 * a.columns(), k_.zero());
    for (std::size_t i = 0; i < a.rows(); ++i) {
      for (std::size_t j = 0; j < a.columns(); ++j) {
        if (from_.is_zero(a(i, j))) continue;
        const S re = real(a(i, j));
        const S im = imaginary(a(i, j));
        blocks(2 * i, 2 * j) = blocks(2 * i + 1, 2 * j + 1) = re;
        blocks(2 * i + 1, 2 * j) = im;
        blocks(2 * i, 2 * j + 1) = k_.subtract(k_.zero(), im);
      }
    }
    return {Dense<S>{std::move(blocks)}, vector(m.b)};
  }

  [[nodiscard]] Decoder<S> decoder(const Decoder<C>& from) const {
    if (const auto* affine = std::get_if<AffineDecoder<C>>(&from)) {
      AffineDecoder<S> result;
      for (const auto& readout : affine->readouts) {
        std::vector<S> thresholds;
        for (const C& t : readout.thresholds) thresholds.push_back(real(t));
        result.readouts.push_back(
            {vector(readout.weights, true), real(readout.constant), std::move(thresholds), readout.outputs});
      }
      return result;
    }
    if (const auto* walk = std::get_if<WalkDecoder<C>>(&from)) {
      WalkDecoder<S> result{{}, walk->tables};
      for (const C& code : walk->codes) result.codes.push_back(real(code));
      return result;
    }
    TableDecoder<S> result;
    for (const auto& row : std::get<TableDecoder<C>>(from).rows)
      result.rows.push_back({vector(row.state), row.outputs});
    return result;
  }

  const CyclotomicField& from_;
  K k_;
  const Parts& parts_;
  const exact::GeneratedField& field_;
  bool doubled_ = false;
};

}  // namespace

std::optional<RealModel> real_form(const ModelOver<CyclotomicField>& model) {
  constexpr std::size_t kMostNumbers = std::size_t{1} << 22;
  const CyclotomicField& k = model.arithmetic;
  Parts parts(k);
  std::size_t numbers = 0;
  for (const auto& layer : model.network.layers) {
    if (layer.dimension > 0 && layer.maps.size() > kMostNumbers / (4 * layer.dimension) / layer.dimension)
      return std::nullopt;
    numbers += layer.maps.size() * 4 * layer.dimension * layer.dimension;
    if (numbers > kMostNumbers) return std::nullopt;
    for_each_number(k, layer, [&](const FieldElement& a) { parts.need(a); });
    bool doubled = false;
    for_each_number(k, layer, [&](const FieldElement& a) { doubled = doubled || !exact::is_real(k, a); });
    // Multiplied out, products have other numbers than their factors.
    const auto need_entries = [&](const AffineMap<FieldElement>& m) {
      if (std::holds_alternative<Diagonal<FieldElement>>(m.a)) return;
      const exact::Matrix<FieldElement> matrix = to_dense(k, m.a);
      for (const FieldElement& entry : matrix.entries()) parts.need(entry);
    };
    if (doubled) {
      if (layer.bos) need_entries(*layer.bos);
      for (const auto& m : layer.maps) need_entries(m);
    }
    if (doubled && std::holds_alternative<WalkDecoder<FieldElement>>(layer.decoder)) return std::nullopt;
    if (const auto* affine = std::get_if<AffineDecoder<FieldElement>>(&layer.decoder)) {
      for (const auto& readout : affine->readouts) {
        for (const FieldElement& t : readout.thresholds) {
          if (!exact::is_real(k, t)) return std::nullopt;
          parts.need(t);
        }
      }
    }
  }
  const auto field = exact::field_of(parts.sums());
  if (!field) return std::nullopt;
  return std::visit(
      [&](const auto& to) -> RealModel {
        using K = std::decay_t<decltype(to)>;
        return Rewriter<K>(k, to, parts, *field).run(model.network);
      },
      field->field);
}

}  // namespace eigenmata::lrnn
