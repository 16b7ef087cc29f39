// SPDX-License-Identifier: Apache-2.0
//
// A layer run in numbers of finitely many bits: its exact parameters rounded once, then every operation of a step, as
// proofs/numeric-semantics.md says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/network.hpp"
#include "checker/rounding.hpp"

namespace eigenmata::checker {

/// A layer that cannot be run in an arithmetic.
class NotRounded : public std::runtime_error {
 public:
  NotRounded(std::size_t line, const std::string& reason) : std::runtime_error(reason), line_(line) {}
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  std::size_t line_;
};

using Codes = std::vector<std::uint64_t>;

class RoundedLayer {
 public:
  /// Keeps references to both. Throws NotRounded for a number that the format refuses, or that is not real, if two
  /// states of a table become one, and for what the plan in chunks does not have; Error if the vectors with all their
  /// zeros are more than kMaxDenseNumbers in all.
  RoundedLayer(const Layer& layer, const NumericSemantics& semantics, std::size_t& numbers);

  [[nodiscard]] const Values& start() const { return start_; }
  /// The state after an input symbol, each coordinate a number of the format of states.
  template <class Way>
  [[nodiscard]] std::vector<typename Way::Number> next(const Operations<Way>& operations,
                                                       const std::vector<typename Way::Number>& state,
                                                       std::uint32_t input) const;
  /// The output; none if a table has no row for the state, or a comparison is one with NaN.
  template <class Way>
  [[nodiscard]] std::optional<std::uint32_t> output(const Operations<Way>& operations, const Values& state,
                                                    std::uint32_t input) const;
  /// Adds all outputs of states in a box. Throws NoInterval, for a table always.
  void outputs(const Operations<ByEnds>& operations, const std::vector<Interval>& box, std::uint32_t input,
               std::set<std::uint32_t>& into) const;

 private:
  friend class Chunk;
  struct DenseFactor {
    Values u, v;
    std::optional<Value> scale;
  };
  struct DenseMap {
    Values diagonal;
    std::vector<DenseFactor> factors;
    std::vector<Values> rows;
    Values offset;
    Value written;  // in chunks, in the place of the offset: x, if that is β x v/|v| of the last factor
  };
  struct DenseReadout {
    Values weights;
    Value constant;
  };

  [[nodiscard]] Value parameter(const Number& number, const NumberFormat& format) const;
  [[nodiscard]] Value quotient_by_root(const Number& number, const Number& square) const;
  [[nodiscard]] Values dense(const SparseVector& vector, const NumberFormat& format);
  [[nodiscard]] DenseFactor dense(const Factor& factor, MatrixForm form);
  [[nodiscard]] DenseMap dense(const Map& map);
  [[nodiscard]] Value written(const Map& map) const;
  void read_table();
  [[nodiscard]] Codes codes(const Values& state) const;

  /// Which readout is used, and the number that it compares with thresholds.
  [[nodiscard]] std::size_t readout(std::uint32_t input) const {
    return layer_.decoder.kind == Decoder::Kind::kShared ? 0 : input;
  }
  template <class Way>
  [[nodiscard]] typename Way::Number read(const Operations<Way>& operations,
                                          const std::vector<typename Way::Number>& state, std::size_t readout) const;
  /// How many thresholds the value reaches; none for NaN.
  [[nodiscard]] static std::optional<std::size_t> passed(const Readout& readout, const Value& value);

  const Layer& layer_;
  const NumericSemantics& semantics_;
  std::size_t& numbers_;
  std::size_t line_;  // of what is being read
  Values start_;
  std::vector<DenseMap> maps_;
  std::vector<DenseReadout> readouts_;
  std::map<Codes, std::size_t> rows_;
};

}  // namespace eigenmata::checker
