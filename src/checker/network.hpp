// SPDX-License-Identifier: Apache-2.0
//
// A stack of linear recurrent layers, as plain data: what a certificate and a model file describe alike.
//
// Layer l reads a symbol y and its state h: h ← A(y) h + B(y), then its decoder reads the new h and y. The
// symbols of the first layer are the letters, those of the others the outputs of the layer before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checker/number.hpp"
#include "checker/transition_class.hpp"
#include "checker/walk.hpp"

namespace eigenmata::checker {

/// One coordinate of a vector, not zero.
struct Entry {
  std::uint32_t index;
  Number value;

  friend bool operator==(const Entry&, const Entry&) = default;
};

/// The coordinates that are not zero, indices increasing.
using SparseVector = std::vector<Entry>;
using VectorView = std::span<const Entry>;

/// I − (β/vᵀv) v vᵀ in a product of Householder matrices, I − u vᵀ in a product of rank-one updates.
struct Factor {
  Number beta;     ///< Householder only
  SparseVector u;  ///< rank-one only
  SparseVector v;
  std::size_t line = 0;  ///< of the certificate
};

/// A(y) and B(y) for one input symbol.
struct Map {
  MatrixForm form = MatrixForm::kDiagonal;
  SparseVector diagonal;
  std::size_t diagonal_line = 0;
  std::vector<Factor> factors;  ///< in the order in which they act
  std::vector<SparseVector> rows;
  SparseVector offset;
  std::size_t line = 0;
};

/// Output i, where i counts the thresholds ≤ weights·h + constant.
struct Readout {
  SparseVector weights;
  Number constant;
  std::vector<Number> thresholds;  ///< increasing
  std::vector<std::uint32_t> outputs;
};

/// The output for one state: one for all input symbols, or one for each.
struct TableRow {
  SparseVector state;
  std::vector<std::uint32_t> outputs;
  std::size_t line = 0;

  [[nodiscard]] std::uint32_t output(std::uint32_t input) const {
    return outputs.size() == 1 ? outputs.front() : outputs[input];
  }
};

struct Decoder {
  enum class Kind : std::uint8_t { kShared, kByLetter, kTable, kWalk };

  Kind kind = Kind::kShared;
  std::vector<Readout> readouts;  ///< one, or one for each input symbol
  std::vector<TableRow> rows;
  WalkDecoder walk;
  std::size_t line = 0;
};

struct Layer {
  std::uint32_t dimension = 0;
  std::uint32_t inputs = 0;
  std::uint32_t outputs = 0;
  SparseVector start;
  std::optional<Map> bos;  ///< of a beginning-of-sequence token, read in the state 0: then its offset is the start
  std::vector<Map> maps;   ///< one for each input symbol
  Decoder decoder;
  std::size_t line = 0;
};

struct Network {
  FieldPointer field;  ///< of its numbers; none if they are rational
  std::vector<std::string> letters;
  std::optional<TransitionClass> claim;
  std::size_t claim_line = 0;
  bool accepts_empty = false;
  std::vector<Layer> layers;
  std::vector<std::uint32_t> accept;  ///< outputs of the last layer, or letters if there is none; increasing
  std::size_t line = 0;
  std::size_t accept_line = 0;
};

/// a·b; the cost is near-linear in the shorter of the two.
Number dot(VectorView a, VectorView b);

/// Are all entries real?
bool is_real(VectorView vector);

/// The entry of a coordinate; nullptr if that is zero.
const Entry* entry_at(VectorView vector, std::uint32_t index);

/// A total order of vectors, zero exactly for equal ones.
std::strong_ordering compare(VectorView a, VectorView b);

/// `0:1 5:-1/2` for messages, cut after some entries; `0` for the zero vector.
std::string shown(VectorView vector);

/// An input symbol of a layer (from 0), as messages name it: `letter "a"`, `input symbol 3`.
std::string symbol_name(const Network& network, std::size_t layer, std::size_t symbol);

/// The rows of a table in the order of their states.
std::vector<std::uint32_t> sorted_rows(const std::vector<TableRow>& rows);

/// A row whose state another row before it has, if there is one.
std::optional<std::size_t> repeated_row(const std::vector<TableRow>& rows);

}  // namespace eigenmata::checker
