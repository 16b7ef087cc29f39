// SPDX-License-Identifier: Apache-2.0
//
// .npz and .safetensors files, written byte by byte.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace eigenmata::testing {

inline std::string little_endian(std::uint64_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

/// The bytes of numbers of a type of C++.
template <class T>
std::string bytes_of(const std::vector<T>& values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// A .npy file; the shape as Python writes it, "(2, 3)".
inline std::string npy(const std::string& descr, const std::string& shape, const std::string& data,
                       bool fortran_order = false) {
  const std::string header = "{'descr': '" + descr + "', 'fortran_order': " + (fortran_order ? "True" : "False") +
                             ", 'shape': " + shape + ", }\n";
  return "\x93NUMPY" + std::string("\x01\x00", 2) + little_endian(header.size(), 2) + header + data;
}

/// A text as numpy.savez makes an array of it (ASCII only).
inline std::string npy_text(const std::string& text) {
  std::string data;
  for (const char c : text) data += c + std::string(3, '\0');
  return npy("<U" + std::to_string(text.size()), "()", data);
}

inline std::string deflated(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 16, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// A ZIP archive of members (name, content).
inline std::string zip(const std::vector<std::pair<std::string, std::string>>& members, bool deflate) {
  std::string archive;
  std::string directory;
  for (const auto& [name, content] : members) {
    const std::string packed = deflate ? deflated(content) : content;
    const std::uint64_t crc = crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
    const std::string fields = little_endian(deflate ? 8 : 0, 2) + little_endian(0, 4) + little_endian(crc, 4) +
                               little_endian(packed.size(), 4) + little_endian(content.size(), 4) +
                               little_endian(name.size(), 2);
    directory += "PK\x01\x02" + little_endian(20, 2) + little_endian(20, 2) + little_endian(0, 2) + fields +
                 std::string(12, '\0') + little_endian(archive.size(), 4) + name;
    archive += "PK\x03\x04" + little_endian(20, 2) + little_endian(0, 2) + fields + little_endian(0, 2) + name + packed;
  }
  const std::size_t at = archive.size();
  return archive + directory + "PK\x05\x06" + little_endian(0, 4) + little_endian(members.size(), 2) +
         little_endian(members.size(), 2) + little_endian(directory.size(), 4) + little_endian(at, 4) +
         little_endian(0, 2);
}

/// A .safetensors file of a header and what follows it.
inline std::string safetensors(const std::string& header, const std::string& data) {
  return little_endian(header.size(), 8) + header + data;
}

}  // namespace eigenmata::testing
