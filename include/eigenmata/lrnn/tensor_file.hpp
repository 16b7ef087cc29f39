// SPDX-License-Identifier: Apache-2.0
//
// Arrays of numbers with names, as other programs write them: numpy's .npz (a ZIP archive of .npy files, stored or
// deflated) and .safetensors (the length of a JSON header in 8 bytes, the header, then the bytes of all arrays).
//
// Numbers are exact: a float is the rational that it is. Both readers look at nothing but what they need, and hold at
// most kMaxTensorBytes of numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/input.hpp"
#include "eigenmata/exact/rational.hpp"
#include "eigenmata/precision/float_format.hpp"

namespace eigenmata::lrnn {

/// Of all arrays of a file together, after inflation.
inline constexpr std::size_t kMaxTensorBytes = std::size_t{1} << 28;

/// How the numbers of an array are stored.
struct ElementType {
  enum class Kind : std::uint8_t { kFloat, kSigned, kUnsigned };

  Kind kind = Kind::kFloat;
  std::size_t bytes = 0;                            ///< of a number: 1, 2, 4 or 8
  precision::FloatFormat format = precision::kF64;  ///< of a float
  bool big_endian = false;
};

/// An array: numbers in row-major order, whatever the order in the file was.
class Tensor {
 public:
  /// Needs as many bytes as the shape asks for.
  Tensor(std::string name, std::vector<std::size_t> shape, const ElementType& type, std::string bytes)
      : name_(std::move(name)), shape_(std::move(shape)), type_(type), bytes_(std::move(bytes)) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<std::size_t>& shape() const { return shape_; }
  [[nodiscard]] std::size_t rank() const { return shape_.size(); }
  [[nodiscard]] std::size_t size() const { return bytes_.size() / type_.bytes; }
  /// The number at a place in row-major order. Throws `core::Error` that names the array for infinity and NaN.
  [[nodiscard]] exact::Rational operator[](std::size_t at) const;

 private:
  std::string name_;
  std::vector<std::size_t> shape_;
  ElementType type_;
  std::string bytes_;
};

struct TensorFile {
  std::string name;
  std::string metadata;  ///< of npz the text array "eigenmata", of safetensors that entry of __metadata__
  std::vector<Tensor> tensors;
};

/// Does a file that begins like this hold arrays? 16 bytes are enough.
[[nodiscard]] bool looks_like_tensors(std::string_view head);

/// Throws `core::Error` for anything that is neither format: what is cut off or lies outside of the file, a checksum
/// that is wrong, an array twice, element types that hold no single real number, more than kMaxTensorBytes.
[[nodiscard]] TensorFile read_tensors(const core::Input& input);

namespace detail {
/// Of read_tensors.
[[nodiscard]] TensorFile read_npz(const core::Input& input);
[[nodiscard]] TensorFile read_safetensors(const core::Input& input);
/// The number of elements; throws `core::Error` if they are more than kMaxTensorBytes.
[[nodiscard]] std::size_t element_count(const std::vector<std::size_t>& shape, const core::Place& place);
}  // namespace detail

}  // namespace eigenmata::lrnn
