// SPDX-License-Identifier: Apache-2.0
//
// A layer run in numbers of finitely many bits: its exact parameters rounded once, then every operation of a step, as
// proofs/numeric-semantics.md says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/network.hpp"
#include "checker/numeric_semantics.hpp"

namespace eigenmata::checker {

/// A layer that cannot be run in an arithmetic.
class NotRounded : public std::runtime_error {
 public:
  NotRounded(std::size_t line, const std::string& reason) : std::runtime_error(reason), line_(line) {}
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  std::size_t line_;
};

/// All coordinates of a layer.
using Values = std::vector<Value>;
using Codes = std::vector<std::uint64_t>;

class RoundedLayer {
 public:
  /// Keeps references to both. Throws NotRounded for a number that the format refuses, or that is not real, if two
  /// states of a table become one, and for what the plan in chunks does not have; Error if the vectors with all their
  /// zeros are more than kMaxDenseNumbers in all.
  RoundedLayer(const Layer& layer, const NumericSemantics& semantics, std::size_t& numbers);

  [[nodiscard]] const Values& start() const { return start_; }
  /// The state after an input symbol, each coordinate a number of the format of states.
  [[nodiscard]] Values next(const Values& state, std::uint32_t input) const;
  /// The output; none if a table has no row for the state, or a comparison is one with NaN.
  [[nodiscard]] std::optional<std::uint32_t> output(const Values& state, std::uint32_t input) const;

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

  [[nodiscard]] static std::optional<std::uint32_t> passed(const Readout& readout, const Value& value);
  [[nodiscard]] Value sum_of_products(const Values& a, const Values& b) const;
  [[nodiscard]] Value plus_product(const Value& c, const Value& a, const Value& b) const;
  [[nodiscard]] Value minus_product(const Value& c, const Value& a, const Value& b) const;
  [[nodiscard]] Value operation(const Value& exact) const { return semantics_.operations.round(exact); }

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
