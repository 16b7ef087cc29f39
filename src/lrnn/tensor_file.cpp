// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/tensor_file.hpp"

#include <algorithm>

#include "eigenmata/core/json.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::lrnn {
namespace {

constexpr std::size_t kLengthBytes = 8;

/// The length of the header that a .safetensors file begins with.
std::uint64_t header_length(std::string_view head) {
  std::uint64_t length = 0;
  for (std::size_t i = kLengthBytes; i-- > 0;) length = length << 8 | static_cast<unsigned char>(head[i]);
  return length;
}

/// Of ZIP, one that has members or none.
bool is_archive(std::string_view head) {
  return head.substr(0, 4) == "PK\x03\x04" || head.substr(0, 4) == "PK\x05\x06";
}

struct NamedType {
  std::string_view name;
  ElementType type;
};

const std::vector<NamedType>& element_types() {
  using Kind = ElementType::Kind;
  static const std::vector<NamedType> all{{"F64", {Kind::kFloat, 8, precision::kF64}},
                                          {"F32", {Kind::kFloat, 4, precision::kF32}},
                                          {"F16", {Kind::kFloat, 2, precision::kFp16}},
                                          {"BF16", {Kind::kFloat, 2, precision::kBf16}},
                                          {"F8_E4M3", {Kind::kFloat, 1, precision::kE4m3}},
                                          {"F8_E5M2", {Kind::kFloat, 1, precision::kE5m2}},
                                          {"I64", {Kind::kSigned, 8}},
                                          {"I32", {Kind::kSigned, 4}},
                                          {"I16", {Kind::kSigned, 2}},
                                          {"I8", {Kind::kSigned, 1}},
                                          {"U64", {Kind::kUnsigned, 8}},
                                          {"U32", {Kind::kUnsigned, 4}},
                                          {"U16", {Kind::kUnsigned, 2}},
                                          {"U8", {Kind::kUnsigned, 1}},
                                          {"BOOL", {Kind::kUnsigned, 1}}};
  return all;
}

ElementType element_type(const core::JsonCursor& value) {
  std::string names;
  for (const NamedType& named : element_types()) {
    if (named.name == value.string()) return named.type;
    names += (names.empty() ? "" : ", ") + std::string(named.name);
  }
  throw value.error(core::in_quotes(value.string()) + " is no type of numbers that is read; they are " + names);
}

}  // namespace

exact::Rational Tensor::operator[](std::size_t at) const {
  std::uint64_t code = 0;
  for (std::size_t i = 0; i < type_.bytes; ++i) {
    const std::size_t byte = type_.big_endian ? i : type_.bytes - 1 - i;
    code = code << 8 | static_cast<unsigned char>(bytes_[at * type_.bytes + byte]);
  }
  if (type_.kind == ElementType::Kind::kUnsigned) return exact::Rational(exact::Integer(code));
  if (type_.kind == ElementType::Kind::kSigned) {
    const int unused = static_cast<int>(64 - 8 * type_.bytes);
    return exact::Rational(exact::Integer(static_cast<std::int64_t>(code << unused) >> unused));
  }
  const auto value = precision::SoftFloat(type_.format).to_rational(code);
  if (!value) {
    throw core::Error("array " + core::in_quotes(name_) + ": number " + std::to_string(at) +
                      " of its row-major order is not finite");
  }
  return *value;
}

std::size_t detail::element_count(const std::vector<std::size_t>& shape, const core::Place& place) {
  std::size_t count = 1;
  for (const std::size_t length : shape) {
    if (length != 0 && count > kMaxTensorBytes / length)
      throw core::Error(place, "an array of more than " + std::to_string(kMaxTensorBytes) + " numbers");
    count *= length;
  }
  return count;
}

TensorFile detail::read_safetensors(const core::Input& input) {
  const std::string_view text = input.text;
  const std::uint64_t length = header_length(text);
  if (length > text.size() - kLengthBytes)
    throw core::Error({input.name}, "a header of " + std::to_string(length) + " bytes, but the file ends before");
  const core::Input header{input.name + ", header", std::string(text.substr(kLengthBytes, length))};
  const std::string_view data = text.substr(kLengthBytes + length);
  const core::Json document = core::parse_json(header);
  const core::JsonCursor root(document, header.name);
  TensorFile file{input.name, {}, {}};
  std::size_t total = 0;
  for (std::size_t i = 0; i < root.size(); ++i) {
    const core::JsonCursor entry = root[i];
    if (root.key(i) == "__metadata__") {
      if (entry.has("eigenmata")) file.metadata = entry.at("eigenmata").string();
      continue;
    }
    entry.allow_only({"dtype", "shape", "data_offsets"});
    const ElementType type = element_type(entry.at("dtype"));
    std::vector<std::size_t> shape;
    const core::JsonCursor lengths = entry.at("shape").array();
    for (std::size_t k = 0; k < lengths.size(); ++k) shape.push_back(lengths[k].index(kMaxTensorBytes + 1, "a length"));
    const core::JsonCursor offsets = entry.at("data_offsets").array();
    if (offsets.size() != 2) throw offsets.error("expected where the array begins and where it ends");
    const std::size_t begin = offsets[0].index(data.size() + 1, "an offset");
    const std::size_t end = offsets[1].index(data.size() + 1, "an offset");
    const std::size_t bytes = element_count(shape, entry.place()) * type.bytes;
    if (end < begin || end - begin != bytes) {
      throw offsets.error("array " + core::in_quotes(root.key(i)) + " takes " + std::to_string(bytes) +
                          " bytes, which is not what lies between these offsets");
    }
    total += bytes;  // arrays may overlap
    if (total > kMaxTensorBytes)
      throw core::Error({input.name}, "more than " + std::to_string(kMaxTensorBytes >> 20) + " MiB of numbers");
    file.tensors.emplace_back(root.key(i), std::move(shape), type, std::string(data.substr(begin, bytes)));
  }
  return file;
}

bool looks_like_tensors(std::string_view head) {
  return is_archive(head) ||
         (head.size() > kLengthBytes && head[kLengthBytes] == '{' && header_length(head) < (std::uint64_t{1} << 32));
}

TensorFile read_tensors(const core::Input& input) {
  if (!looks_like_tensors(input.text)) throw core::Error({input.name}, "neither a .npz nor a .safetensors file");
  return is_archive(input.text) ? detail::read_npz(input) : detail::read_safetensors(input);
}

}  // namespace eigenmata::lrnn
