// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/tie.hpp"

#include <algorithm>
#include <utility>

#include "eigenmata/core/text.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;

std::string range_text(const GateRange& range) {
  return (range.low_closed ? "[" : "(") + std::to_string(range.low) + "," + std::to_string(range.high) +
         (range.high_closed ? "]" : ")");
}

/// Looks for the parameters of one map.
template <class K>
class Search {
 public:
  using S = typename K::Scalar;
  using Vector = SparseVector<S>;

  Search(const K& k, const ArchitectureChoice& choice, const AffineMap<S>& map)
      : k_(k), architecture_(*choice.architecture), steps_(choice.steps), map_(map) {
    found_.written = map.b;
  }

  core::Verdict<TokenParameters<S>, std::string> run() {
    using Result = core::Verdict<TokenParameters<S>, std::string>;
    std::string why = objection();
    if (why.empty()) return Result::yes(std::move(found_), "tied-writes");
    return Result::no(std::move(why), "tied-writes");
  }

 private:
  std::string objection() {
    switch (architecture_.tie) {
      case Tie::kFree:
        return diagonal();
      case Tie::kStep:
        return step_sizes();
      case Tie::kOneKey:
        return one_key();
      case Tie::kTurns:
        return turns();
      case Tie::kDelta:
        return delta();
      case Tie::kGatedDelta:
        return gated_delta();
      case Tie::kDeltaAndDecay:
        return delta_and_decay();
      case Tie::kOneHotColumns:
      case Tie::kUnitColumns:
        return columns();
      case Tie::kAny:
        return "";
      case Tie::kNotBuilt:
        break;
    }
    return "what is written is no function of the token alone";
  }

  // Numbers.

  [[nodiscard]] S minus_one_from(const S& a) const { return k_.subtract(k_.one(), a); }
  [[nodiscard]] bool is(const S& a, int value) const { return k_.equal(a, k_.from_rational(value)); }

  /// Numbers without an order are in no range.
  [[nodiscard]] bool is_in(const S& value, const GateRange& range) const {
    const auto above = k_.sign(k_.subtract(value, k_.from_rational(range.low)));
    const auto below = k_.sign(k_.subtract(k_.from_rational(range.high), value));
    return above && below && (*above > 0 || (*above == 0 && range.low_closed)) &&
           (*below > 0 || (*below == 0 && range.high_closed));
  }
  [[nodiscard]] bool is_in(const S& value) const { return is_in(value, architecture_.gates); }
  [[nodiscard]] std::string outside(const char* what, const S& value) const {
    return std::string(what) + " " + k_.format(value) + " is not in " + range_text(architecture_.gates);
  }

  // Diagonal matrices.

  /// The entries, moved into the parameters.
  std::string entries() {
    const auto* diagonal = std::get_if<Diagonal<S>>(&map_.a);
    if (diagonal == nullptr) return "the matrix is not given as a diagonal";
    found_.gates = diagonal->entries;
    return "";
  }

  std::string diagonal() {
    if (auto why = entries(); !why.empty()) return why;
    for (const S& entry : found_.gates) {
      if (!is_in(entry)) return outside("the gate", entry);
    }
    return "";
  }

  std::string step_sizes() {
    if (auto why = diagonal(); !why.empty()) return why;
    for (const auto& entry : map_.b.entries()) {
      if (is(found_.gates[entry.index], 1))
        return "coordinate " + std::to_string(entry.index) + " has the gate 1, a step of size 0, and is written to";
    }
    return "";
  }

  std::string one_key() {
    if (auto why = step_sizes(); !why.empty()) return why;
    const auto moved =
        std::count_if(found_.gates.begin(), found_.gates.end(), [this](const S& gate) { return !is(gate, 1); });
    return moved > 1 ? "more than one coordinate moves, with one key" : "";
  }

  std::string turns() {
    if (auto why = entries(); !why.empty()) return why;
    for (const S& entry : found_.gates) {
      if (!has_modulus_one(entry)) return "the entry " + k_.format(entry) + " does not have modulus 1";
    }
    return "";
  }

  [[nodiscard]] bool has_modulus_one(const S& entry) const {
    return !k_.is_zero(entry) && is_in_unit_disc(k_, entry).value_or(false) &&
           is_in_unit_disc(k_, k_.divide(k_.one(), entry)).value_or(false);
  }

  // Matrices with one entry in a column.

  std::string columns() {
    const bool of_modulus_one = architecture_.tie == Tie::kUnitColumns;
    const exact::Matrix<S> m = to_dense(k_, map_.a);
    for (std::size_t j = 0; j < m.columns(); ++j) {
      std::size_t entries = 0;
      const std::string column = "column " + std::to_string(j);
      for (std::size_t i = 0; i < m.rows(); ++i) {
        if (k_.is_zero(m(i, j))) continue;
        ++entries;
        if (!(of_modulus_one ? has_modulus_one(m(i, j)) : is_modulus_of_gate(m(i, j))))
          return column + " has the entry " + k_.format(m(i, j)) + ", whose modulus is none that a gate can have";
      }
      if (entries > 1) return column + " has several entries";
      if (entries == 0 && (of_modulus_one || !architecture_.gates.low_closed)) return column + " is 0";
    }
    return "";
  }

  [[nodiscard]] bool is_modulus_of_gate(const S& entry) const {
    return is_in_unit_disc(k_, entry).value_or(false) && (architecture_.gates.high_closed || !has_modulus_one(entry));
  }

  // Delta rules.

  std::string delta() {
    const auto* product = std::get_if<HouseholderProduct<S>>(&map_.a);
    if (product == nullptr) return "the matrix is not given as a product of Householder factors";
    const std::size_t count = product->factors.size();
    const std::optional<std::size_t> steps = architecture_.counts_steps() ? steps_ : std::size_t{1};
    if (steps && count > *steps)
      return std::to_string(count) + " steps, more than the " + std::to_string(*steps) + " of a token";
    if (steps && count < *steps && !architecture_.gates.high_closed)
      return std::to_string(count) + " steps, where each token takes " + std::to_string(*steps) +
             ", none of them of size 0";
    for (const auto& factor : product->factors) {
      const S eigenvalue = minus_one_from(factor.beta);
      if (!is_in(eigenvalue)) return outside("the eigenvalue", eigenvalue);
      found_.steps.push_back({factor.beta, factor.v, k_.zero()});
    }
    return values() ? "" : "no values of the steps write B: it is not in the span of what they can write";
  }

  /// h ← h − (β / |u|²) u uᵀh on a column of numbers.
  void contract(const DeltaStep<S>& step, std::vector<S>& h) const {
    S sum = k_.zero();
    for (const auto& e : step.u.entries()) sum = k_.add(sum, k_.multiply(e.value, h[e.index]));
    if (k_.is_zero(sum)) return;
    sum = k_.divide(k_.multiply(step.beta, sum), dot(k_, step.u, step.u));
    for (const auto& e : step.u.entries()) h[e.index] = k_.subtract(h[e.index], k_.multiply(sum, e.value));
  }

  /// Finds the values of the steps that write B. Steps of size 0 write nothing.
  bool values() {
    if (map_.b.is_zero()) return true;
    const std::size_t n = map_.b.dimension();
    std::vector<std::size_t> writing;
    std::vector<std::vector<S>> columns;  // what a value of 1 writes; then B
    for (std::size_t j = 0; j < found_.steps.size(); ++j) {
      const DeltaStep<S>& step = found_.steps[j];
      if (k_.is_zero(step.beta)) continue;
      const S scale = k_.divide(step.beta, dot(k_, step.u, step.u));
      std::vector<S> column(n, k_.zero());
      for (const auto& e : step.u.entries()) column[e.index] = k_.multiply(scale, e.value);
      for (std::size_t later = j + 1; later < found_.steps.size(); ++later) contract(found_.steps[later], column);
      writing.push_back(j);
      columns.push_back(std::move(column));
    }
    columns.push_back(coordinates(k_, map_.b));
    return eliminate(columns, writing);
  }

  /// Gauss and Jordan: the last column as a combination of the others, which becomes the steps' values.
  bool eliminate(std::vector<std::vector<S>>& columns, const std::vector<std::size_t>& writing) {
    const std::size_t n = columns.back().size();
    const std::size_t unknowns = writing.size();
    std::vector<std::size_t> pivot_row(unknowns, n);
    std::size_t rank = 0;
    for (std::size_t j = 0; j < unknowns; ++j) {
      std::size_t pivot = rank;
      while (pivot < n && k_.is_zero(columns[j][pivot])) ++pivot;
      if (pivot == n) continue;
      for (auto& column : columns) std::swap(column[rank], column[pivot]);
      for (std::size_t i = 0; i < n; ++i) {
        if (i == rank || k_.is_zero(columns[j][i])) continue;
        const S factor = k_.divide(columns[j][i], columns[j][rank]);
        for (std::size_t l = j; l <= unknowns; ++l)
          columns[l][i] = k_.subtract(columns[l][i], k_.multiply(factor, columns[l][rank]));
      }
      pivot_row[j] = rank++;
    }
    const std::vector<S>& b = columns.back();
    for (std::size_t i = rank; i < n; ++i) {
      if (!k_.is_zero(b[i])) return false;
    }
    for (std::size_t j = 0; j < unknowns; ++j) {
      if (pivot_row[j] < n) found_.steps[writing[j]].t = k_.divide(b[pivot_row[j]], columns[j][pivot_row[j]]);
    }
    return true;
  }

  /// One step with the key e_i, or none: what a diagonal matrix that is α but at i needs.
  std::string unit_step(std::size_t i, const S& eigenvalue) {
    const S beta = minus_one_from(eigenvalue);
    if (!is_in(eigenvalue)) return outside("the eigenvalue", eigenvalue);
    found_.steps.push_back({beta, unit_vector(k_, map_.b.dimension(), i), k_.zero()});
    return values() ? "" : "no value of the step writes B";
  }

  std::string gated_delta() {
    const GateRange gate{0, 1, architecture_.gates.high_closed, architecture_.gates.high_closed};
    if (std::holds_alternative<HouseholderProduct<S>>(map_.a)) {
      if (!gate.high_closed) return "a product of Householder factors has the gate 1, which is never reached";
      found_.gate = k_.one();
      return delta();
    }
    if (auto why = entries(); !why.empty()) return why;
    const std::vector<S> entries = std::exchange(found_.gates, {});
    const std::size_t n = entries.size();
    if (n == 0) return "";
    if (n == 1) return one_number(entries[0], gate);
    // All entries are α but at most one; of two numbers the larger is α.
    const auto first_other =
        std::find_if(entries.begin(), entries.end(), [&](const S& e) { return !k_.equal(e, entries[0]); });
    S alpha = entries[0];
    std::size_t moved = 0;
    if (first_other != entries.end()) {
      moved = static_cast<std::size_t>(first_other - entries.begin());
      if (n > 2 ? !k_.equal(entries[n - 1 == moved ? 1 : n - 1], alpha)
                : k_.sign(k_.subtract(*first_other, alpha)).value_or(-1) > 0) {
        alpha = *first_other;
        moved = 0;
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (i != moved && !k_.equal(entries[i], alpha)) return "more than one entry differs from the gate";
    }
    if (!is_in(alpha, gate)) return "the gate " + k_.format(alpha) + " is not in " + range_text(gate);
    found_.gate = alpha;
    if (!k_.is_zero(alpha)) return unit_step(moved, k_.divide(entries[moved], alpha));
    if (!k_.is_zero(entries[moved])) return "an entry is not 0 behind the gate 0";
    // α = 0: β = 1 and the key along B write anything.
    if (!map_.b.is_zero()) found_.steps.push_back({k_.one(), map_.b, dot(k_, map_.b, map_.b)});
    return "";
  }

  /// α (1 − β) in one coordinate. With open ends both factors are the root that halves the way: any in between will do.
  std::string one_number(const S& entry, const GateRange& gate) {
    if (!is_in(entry)) return outside("the gate times the eigenvalue", entry);
    found_.gate = k_.one();
    if (gate.high_closed) return unit_step(0, entry);
    // α = (1 + e) / 2, so α and e / α are inside (0, 1).
    found_.gate = k_.divide(k_.add(k_.one(), entry), k_.from_rational(2));
    return unit_step(0, k_.divide(entry, *found_.gate));
  }

  // RWKV-7, as published (c = 1) in one coordinate, with c = 2 and the limits by one factor.

  std::string delta_and_decay() {
    if (!architecture_.gates.high_closed) return number_with_decay();
    const std::size_t n = map_.b.dimension();
    if (const auto* product = std::get_if<RankOneProduct<S>>(&map_.a)) return copying(*product);
    const auto* product = std::get_if<HouseholderProduct<S>>(&map_.a);
    if (product == nullptr) return "the matrix is not given as a product of factors";
    found_.gates.assign(n, k_.one());
    found_.rates.assign(n, k_.zero());
    if (product->factors.size() > 1) return std::to_string(product->factors.size()) + " factors, more than 1";
    if (product->factors.empty() || k_.is_zero(product->factors[0].beta)) return "";  // a = 0: the key is free
    if (auto why = delta(); !why.empty()) return why;
    found_.rates.assign(n, k_.divide(found_.steps[0].beta, k_.from_rational(2)));
    return "";
  }

  /// I − u vᵀ with v = (2 / |u|²) (a ∘ u), a in [0, 1].
  std::string copying(const RankOneProduct<S>& product) {
    const std::size_t n = product.dimension;
    found_.gates.assign(n, k_.one());
    found_.rates.assign(n, k_.zero());
    if (product.factors.empty()) return "";
    if (product.factors.size() > 1) return std::to_string(product.factors.size()) + " factors, more than 1";
    const auto& factor = product.factors[0];
    const std::vector<S> u = coordinates(k_, factor.u);
    const S half = k_.divide(dot(k_, factor.u, factor.u), k_.from_rational(2));
    for (const auto& e : factor.v.entries()) {
      if (k_.is_zero(u[e.index])) return "the key does not move coordinate " + std::to_string(e.index);
      const S rate = k_.divide(k_.multiply(half, e.value), u[e.index]);
      if (!is_in(rate, {0, 1, true, true})) return "the rate " + k_.format(rate) + " is not in [0,1]";
      found_.rates[e.index] = rate;
    }
    if (factor.v.is_zero()) return "";
    found_.steps.push_back({k_.one(), factor.u, k_.zero()});
    return values() ? "" : "B is not along the key";
  }

  /// w − a in one coordinate, w in (exp(−exp(−1/2)), 1) and a in (0, 1): every number in (0, 1) at least.
  std::string number_with_decay() {
    if (auto why = entries(); !why.empty()) return why;
    if (found_.gates.size() != 1) return "more than one coordinate";
    const S entry = found_.gates[0];
    if (!is_in(entry, {0, 1, false, false})) return "the number " + k_.format(entry) + " is not in (0,1)";
    // w = (3 + e) / 4 is above 3/4 and above e.
    found_.gates[0] = k_.divide(k_.add(k_.from_rational(3), entry), k_.from_rational(4));
    found_.rates = {k_.subtract(found_.gates[0], entry)};
    return "";
  }

  const K& k_;
  const Architecture& architecture_;
  std::optional<std::size_t> steps_;
  const AffineMap<S>& map_;
  TokenParameters<S> found_;
};

template <class K>
bool same_matrix(const K& k, const Transition<typename K::Scalar>& a, const Transition<typename K::Scalar>& b) {
  using S = typename K::Scalar;
  const auto* x = std::get_if<Diagonal<S>>(&a);
  const auto* y = std::get_if<Diagonal<S>>(&b);
  return x != nullptr && y != nullptr &&
         std::equal(x->entries.begin(), x->entries.end(), y->entries.begin(), y->entries.end(),
                    [&](const S& p, const S& q) { return k.equal(p, q); });
}

}  // namespace

template <exact::ExactArithmetic K>
core::Verdict<TokenParameters<typename K::Scalar>, std::string> token_parameters(
    const K& k, const ArchitectureChoice& architecture, const AffineMap<typename K::Scalar>& map) {
  return Search<K>(k, architecture, map).run();
}

template <exact::ExactArithmetic K>
core::Verdict<core::NoEvidence, std::string> is_member(const K& k, const Network<typename K::Scalar>& network,
                                                       const ArchitectureChoice& architecture) {
  using Result = core::Verdict<core::NoEvidence, std::string>;
  using S = typename K::Scalar;
  constexpr const char* kTheorem = "tied-writes";
  const auto no = [&](std::size_t l, const std::string& token, const std::string& why) {
    return Result::no("layer " + std::to_string(l + 1) + (token.empty() ? "" : ", " + token) + ": " + why, kTheorem);
  };
  const bool reads_bos = !network.layers.empty() && network.layers[0].bos;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer<S>& layer = network.layers[l];
    if (layer.bos.has_value() != reads_bos)
      return no(l, "", "some layers read a beginning-of-sequence token, others do not");
    if (reads_bos && !equal(k, layer.start, layer.bos->b))
      return no(l, "", "the start is not what the first token writes");
    if (!reads_bos && !layer.start.is_zero()) return no(l, "", "the start is not 0, and no first token writes it");
    for (std::size_t x = 0; x < layer.maps.size() + (reads_bos ? 1 : 0); ++x) {
      const bool is_bos = x == layer.maps.size();
      const AffineMap<S>& map = is_bos ? *layer.bos : layer.maps[x];
      const std::string token = is_bos ? "the beginning-of-sequence token"
                                       : "token " + core::in_quotes(network.inputs(l).name(core::symbol(x)));
      const auto parameters = token_parameters(k, architecture, map);
      if (!parameters.is_yes()) return no(l, token, parameters.witness());
      if (architecture.architecture->is_constant && !same_matrix(k, map.a, layer.maps[0].a))
        return no(l, token, "the matrix is another one than for the first token");
    }
  }
  return Result::yes({}, kTheorem);
}

template core::Verdict<TokenParameters<Rational>, std::string> token_parameters(const exact::RationalArithmetic&,
                                                                                const ArchitectureChoice&,
                                                                                const AffineMap<Rational>&);
template core::Verdict<TokenParameters<exact::FieldElement>, std::string> token_parameters(
    const exact::NumberField&, const ArchitectureChoice&, const AffineMap<exact::FieldElement>&);
template core::Verdict<TokenParameters<exact::FieldElement>, std::string> token_parameters(
    const exact::CyclotomicField&, const ArchitectureChoice&, const AffineMap<exact::FieldElement>&);
template core::Verdict<core::NoEvidence, std::string> is_member(const exact::RationalArithmetic&,
                                                                const Network<Rational>&, const ArchitectureChoice&);
template core::Verdict<core::NoEvidence, std::string> is_member(const exact::NumberField&,
                                                                const Network<exact::FieldElement>&,
                                                                const ArchitectureChoice&);
template core::Verdict<core::NoEvidence, std::string> is_member(const exact::CyclotomicField&,
                                                                const Network<exact::FieldElement>&,
                                                                const ArchitectureChoice&);

}  // namespace eigenmata::lrnn
