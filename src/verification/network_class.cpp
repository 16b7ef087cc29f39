// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/network_class.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>

namespace eigenmata::verification {
namespace {

using exact::Rational;
using expressivity::ModelClass;
using expressivity::SpectrumPiece;
using expressivity::SpectrumSet;
using Form = ModelClass::Form;

constexpr std::size_t kMostRows = 64;

SpectrumPiece point_at(const Rational& value) {
  SpectrumPiece piece;
  piece.modulus = value < 0 ? Rational(-value) : value;
  piece.angle = value < 0 ? Rational(1, 2) : Rational(0);
  return piece;
}

SpectrumPiece open_interval(int low, int high) {
  SpectrumPiece piece;
  piece.kind = SpectrumPiece::Kind::kInterval;
  piece.low = low;
  piece.high = high;
  piece.low_closed = piece.high_closed = false;
  return piece;
}

/// The pieces of a spectrum set that hold the numbers seen so far.
template <class K>
class Pieces {
 public:
  explicit Pieces(const K& k) : k_(k) {}

  void add(const typename K::Scalar& value) {
    if constexpr (std::is_same_v<K, exact::CyclotomicField>) {
      add_complex(value);
    } else {
      add_real(value);
    }
  }

  /// Nothing if a number is outside the unit disc, or there is none.
  [[nodiscard]] std::optional<SpectrumSet> set() const {
    if (outside_ || pieces_.empty()) return std::nullopt;
    return SpectrumSet(pieces_);
  }

 private:
  void add_complex(const typename K::Scalar& value) {
    const auto polar = k_.polar(value);
    const auto inside = is_in_unit_disc(k_, value);
    if (!inside.value_or(false)) {
      outside_ = true;
      return;
    }
    SpectrumPiece piece;
    if (polar) {
      piece.modulus = polar->modulus;
      piece.angle = polar->angle;
    } else {
      piece.kind = SpectrumPiece::Kind::kDisc;
      piece.modulus = 1;
    }
    if (std::find(pieces_.begin(), pieces_.end(), piece) == pieces_.end()) pieces_.push_back(std::move(piece));
  }

  void add_real(const typename K::Scalar& value) {
    const auto compared = [&](int with) { return *k_.sign(k_.subtract(value, k_.from_rational(with))); };
    if (compared(1) > 0 || compared(-1) < 0) {
      outside_ = true;
      return;
    }
    SpectrumPiece piece;
    if constexpr (std::is_same_v<K, exact::RationalArithmetic>) {
      piece = point_at(value);
    } else {
      const int sign = compared(0);
      const bool is_end = compared(1) == 0 || compared(-1) == 0 || sign == 0;
      piece = is_end ? point_at(Rational(sign)) : open_interval(std::min(sign, 0), std::max(sign, 0));
    }
    if (std::find(pieces_.begin(), pieces_.end(), piece) == pieces_.end()) pieces_.push_back(std::move(piece));
  }

  const K& k_;
  std::vector<SpectrumPiece> pieces_;
  bool outside_ = false;
};

/// What the matrices of a network have in common.
template <class K>
class Common {
 public:
  using S = typename K::Scalar;

  explicit Common(const K& k) : k_(k), diagonals_(k), eigenvalues_(k) {}

  void add(const lrnn::Network<S>& network) {
    for (const auto& layer : network.layers) {
      lower_ = upper_ = true;
      for (std::size_t x = 0; x < layer.maps.size(); ++x) {
        add(layer.maps[x].a);
        if (x > 0) constant_ = constant_ && same_entries(last_, before_last_);
        before_last_ = last_;
      }
      triangular_ = triangular_ && (lower_ || upper_);
    }
  }

  [[nodiscard]] std::vector<ModelClass> classes() const {
    std::vector<ModelClass> list;
    const auto set = diagonals_.set();
    if (set && triangular_) {
      if (diagonal_ && constant_) list.push_back({Form::kConstant, set, {}});
      if (diagonal_) list.push_back({Form::kDiagonal, set, {}});
      if (set->is_real()) list.push_back({Form::kTriangular, set, {}});
    }
    const std::size_t factors = std::max<std::size_t>(factors_, 1);
    if (const auto eigenvalues = eigenvalues_.set(); eigenvalues && householder_)
      list.push_back({Form::kHouseholder, eigenvalues, factors});
    if (rank_one_) list.push_back({Form::kRankOne, {}, factors});
    return list;
  }

 private:
  void add(const lrnn::Transition<S>& a) {
    last_.clear();
    factors_ = std::max(factors_, lrnn::factor_count(a));
    const auto* householder = std::get_if<lrnn::HouseholderProduct<S>>(&a);
    householder_ = householder_ && householder != nullptr;
    if (householder != nullptr) {
      for (const auto& factor : householder->factors) eigenvalues_.add(k_.subtract(k_.one(), factor.beta));
    }
    rank_one_ = rank_one_ && (householder != nullptr || std::holds_alternative<lrnn::RankOneProduct<S>>(a));
    if (const auto* diagonal = std::get_if<lrnn::Diagonal<S>>(&a)) {
      last_ = diagonal->entries;
    } else if (lrnn::dimension(a) <= kMostRows) {
      add_entries(lrnn::to_dense(k_, a));
    } else {
      diagonal_ = triangular_ = false;
    }
    for (const S& entry : last_) diagonals_.add(entry);
  }

  [[nodiscard]] bool same_entries(const std::vector<S>& a, const std::vector<S>& b) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const S& x, const S& y) { return k_.equal(x, y); });
  }

  void add_entries(const exact::Matrix<S>& m) {
    for (std::size_t i = 0; i < m.rows(); ++i) {
      last_.push_back(m(i, i));
      for (std::size_t j = 0; j < m.columns(); ++j) {
        if (i == j || k_.is_zero(m(i, j))) continue;
        diagonal_ = false;
        (i < j ? lower_ : upper_) = false;
      }
    }
  }

  const K& k_;
  Pieces<K> diagonals_, eigenvalues_;
  std::vector<S> last_, before_last_;  // diagonal entries of the letter, and of the letter before it
  bool lower_ = true, upper_ = true;   // of the layer
  bool constant_ = true, diagonal_ = true, triangular_ = true, householder_ = true, rank_one_ = true;
  std::size_t factors_ = 0;
};

}  // namespace

template <exact::ExactArithmetic K>
std::vector<ModelClass> classes_of(const K& k, const lrnn::Network<typename K::Scalar>& network) {
  Common<K> common(k);
  common.add(network);
  std::vector<ModelClass> list = common.classes();
  // A claim is verified when a model is read; what is claimed of numbers beyond [-1, 1] is no class here.
  if (network.claim && network.claim->form != lrnn::TransitionClass::Form::kDense) {
    try {
      list.push_back(expressivity::parse_model_class(to_string(*network.claim), {}));
    } catch (const core::Error&) {
      return list;
    }
  }
  return list;
}

template std::vector<ModelClass> classes_of(const exact::RationalArithmetic&, const lrnn::Network<Rational>&);
template std::vector<ModelClass> classes_of(const exact::NumberField&, const lrnn::Network<exact::FieldElement>&);
template std::vector<ModelClass> classes_of(const exact::CyclotomicField&, const lrnn::Network<exact::FieldElement>&);

}  // namespace eigenmata::verification
