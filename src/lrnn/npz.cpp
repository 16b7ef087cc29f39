// SPDX-License-Identifier: Apache-2.0
//
// The .npz files of numpy.savez (stored) and numpy.savez_compressed (deflated): ZIP archives of .npy files
// [NumpyFormat, is the directory at the end of the archive; of what stands in front of a member only its length is
// used.
#include <zlib.h>

#include <algorithm>
#include <optional>
#include <set>

#include "eigenmata/core/text.hpp"
#include "eigenmata/lrnn/tensor_file.hpp"

namespace eigenmata::lrnn {
namespace {

using core::in_quotes;

constexpr std::size_t kLocalHeader = 30;
constexpr std::size_t kDirectoryEntry = 46;
constexpr std::size_t kDirectoryEnd = 22;

struct Member {
  std::string name;
  unsigned flags, method;
  std::uint64_t checksum, packed, unpacked, offset;
};

class Archive {
 public:
  explicit Archive(const core::Input& input) : name_(input.name), text_(input.text) {}

  std::vector<Member> members() const {
    const std::size_t end = directory_end();
    const std::uint64_t count = number(end + 10, 2);
    std::uint64_t at = number(end + 16, 4);
    if (count == 0xFFFF || at == 0xFFFFFFFF) fail("an archive of more than 4 GiB");
    std::vector<Member> result;
    std::set<std::string> names;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (piece(at, 4) != "PK\x01\x02") fail("the directory of the archive is damaged");
      Member member{std::string(piece(at + kDirectoryEntry, number(at + 28, 2))),
                    static_cast<unsigned>(number(at + 8, 2)),
                    static_cast<unsigned>(number(at + 10, 2)),
                    number(at + 16, 4),
                    number(at + 20, 4),
                    number(at + 24, 4),
                    number(at + 42, 4)};
      at += kDirectoryEntry + member.name.size() + number(at + 30, 2) + number(at + 32, 2);
      if (!names.insert(member.name).second) fail("member " + in_quotes(member.name) + " stands twice");
      result.push_back(std::move(member));
    }
    return result;
  }

  /// The bytes of a member.
  std::string unpacked(const Member& member) const {
    const auto refuse = [&](const std::string& why) { fail("member " + in_quotes(member.name) + ": " + why); };
    if ((member.flags & 1) != 0) refuse("it is encrypted");
    if (member.packed == 0xFFFFFFFF || member.unpacked == 0xFFFFFFFF) refuse("it has more than 4 GiB");
    if (piece(member.offset, 4) != "PK\x03\x04") refuse("it does not stand where the directory says");
    const std::uint64_t begin =
        member.offset + kLocalHeader + number(member.offset + 26, 2) + number(member.offset + 28, 2);
    const std::string_view packed = piece(begin, member.packed);
    std::string result;
    if (member.method == 0) {
      if (member.packed != member.unpacked) refuse("it is stored, but its two lengths differ");
      result = packed;
    } else if (member.method == 8) {
      if (!inflate_to(packed, member.unpacked, result)) refuse("its deflated bytes are damaged");
    } else {
      refuse("it is compressed in a way that numpy does not write");
    }
    if (crc32_z(0, reinterpret_cast<const Bytef*>(result.data()), result.size()) != member.checksum)
      refuse("its checksum is wrong");
    return result;
  }

  [[noreturn]] void fail(const std::string& message) const { throw core::Error({name_}, message); }

 private:
  [[nodiscard]] std::string_view piece(std::uint64_t begin, std::uint64_t length) const {
    if (begin > text_.size() || length > text_.size() - begin) fail("the archive is cut off or damaged");
    return text_.substr(begin, length);
  }
  [[nodiscard]] std::uint64_t number(std::uint64_t at, std::size_t bytes) const {
    const std::string_view raw = piece(at, bytes);
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(raw[i]);
    return value;
  }

  /// Where the end of the directory is: behind it there is only a comment, whose length it says.
  [[nodiscard]] std::size_t directory_end() const {
    constexpr std::size_t kLongestComment = 0xFFFF;
    for (std::size_t comment = 0; comment <= kLongestComment && comment + kDirectoryEnd <= text_.size(); ++comment) {
      const std::size_t at = text_.size() - kDirectoryEnd - comment;
      if (text_.substr(at, 4) == "PK\x05\x06" && number(at + 20, 2) == comment) return at;
    }
    fail("the archive is cut off: its directory is missing");
  }

  static bool inflate_to(std::string_view packed, std::size_t length, std::string& result) {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
    // One byte more, to see that there is none.
    result.resize(length + 1);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    const bool ended = inflate(&stream, Z_FINISH) == Z_STREAM_END;
    const bool fits = stream.total_out == length;
    inflateEnd(&stream);
    result.resize(length);
    return ended && fits;
  }

  const std::string& name_;
  std::string_view text_;
};

/// The dictionary in front of a .npy file's numbers, a literal of Python: {'descr': '<f4', 'fortran_order': False,
/// 'shape': (2, 3), }.
class NpyHeader {
 public:
  NpyHeader(const core::Place& place, const std::string& array, std::string_view text)
      : place_(place), array_(array), text_(text) {
    expect('{');
    while (!take('}')) {
      const std::string key = quoted();
      expect(':');
      if (key == "descr") {
        skip();
        if (at_ < text_.size() && text_[at_] == '[') fail("records hold no single numbers");
        descr = quoted();
      } else if (key == "fortran_order") {
        fortran_order = word("True");
        if (!*fortran_order && !word("False")) fail("fortran_order is True or False");
      } else if (key == "shape") {
        read_shape();
      } else {
        fail("unknown key " + in_quotes(key));
      }
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    if (!descr || !fortran_order || !shape) fail("a header has descr, fortran_order and shape");
  }

  std::optional<std::string> descr;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::size_t>> shape;

  [[noreturn]] void fail(const std::string& message) const {
    throw core::Error(place_, "array " + in_quotes(array_) + ": " + message);
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail("its header is no dictionary as numpy writes it");
  }
  bool word(std::string_view expected) {
    skip();
    if (text_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }
  std::string quoted() {
    const char quote = take('\'') ? '\'' : '"';
    if (quote == '"') expect('"');
    const std::size_t end = text_.find(quote, at_);
    if (end == std::string_view::npos) fail("its header is no dictionary as numpy writes it");
    const std::string result(text_.substr(at_, end - at_));
    at_ = end + 1;
    return result;
  }
  void read_shape() {
    shape.emplace();
    expect('(');
    while (!take(')')) {
      skip();
      std::size_t end = at_;
      while (end < text_.size() && text_[end] >= '0' && text_[end] <= '9') ++end;
      std::uint64_t length = 0;
      if (!core::parse_unsigned(text_.substr(at_, end - at_), length, kMaxTensorBytes))
        fail("the lengths of its shape are from 0 to " + std::to_string(kMaxTensorBytes));
      at_ = end;
      shape->push_back(length);
      if (!take(',')) {
        expect(')');
        break;
      }
    }
  }

  core::Place place_;
  const std::string& array_;
  std::string_view text_;
  std::size_t at_ = 0;
};

/// The type of numbers of "<f4" and its like.
ElementType element_type(const NpyHeader& header) {
  using Kind = ElementType::Kind;
  const std::string& descr = *header.descr;
  const std::string rest = descr.size() == 3 ? descr.substr(1) : std::string();
  ElementType type;
  type.big_endian = descr[0] == '>';
  for (const std::size_t bytes : {1, 2, 4, 8}) {
    if (rest.empty() || rest.substr(1) != std::to_string(bytes)) continue;
    type.bytes = bytes;
    if (rest[0] == 'f' && bytes > 1) {
      type.format = bytes == 2 ? precision::kFp16 : bytes == 4 ? precision::kF32 : precision::kF64;
      return type;
    }
    type.kind = rest[0] == 'i' ? Kind::kSigned : Kind::kUnsigned;
    if (rest[0] == 'i' || rest[0] == 'u' || (rest[0] == 'b' && bytes == 1)) return type;
  }
  header.fail(
      "type " + in_quotes(descr) +
      " is not read; numbers are floats of 16, 32 or 64 bits or integers (bfloat16 fits into float32, a complex "
      "number into a real matrix of two rows)");
}

/// From column-major to row-major order.
std::string transposed(const std::string& bytes, const std::vector<std::size_t>& shape, std::size_t width) {
  std::string result;
  result.reserve(bytes.size());
  std::vector<std::size_t> index(shape.size(), 0);
  std::vector<std::size_t> stride(shape.size(), width);
  for (std::size_t k = 1; k < shape.size(); ++k) stride[k] = stride[k - 1] * shape[k - 1];
  while (result.size() < bytes.size()) {
    std::size_t from = 0;
    for (std::size_t k = 0; k < shape.size(); ++k) from += index[k] * stride[k];
    result.append(bytes, from, width);
    for (std::size_t k = shape.size(); k-- > 0 && ++index[k] == shape[k];) index[k] = 0;
  }
  return result;
}

/// The text in an array of one string: '<U12', characters of four bytes, or '|S12'.
std::string text_of(const NpyHeader& header, std::string_view data) {
  const std::string& descr = *header.descr;
  std::uint64_t length = 0;
  const bool wide = descr.size() > 2 && descr[1] == 'U';
  if (!header.shape->empty() || descr.size() < 3 || (!wide && descr[1] != 'S') || (wide && descr[0] == '>') ||
      !core::parse_unsigned(std::string_view(descr).substr(2), length, kMaxTensorBytes) ||
      data.size() != length * (wide ? 4 : 1))
    header.fail("expected one text, as numpy.savez makes of a str");
  std::string text;
  for (std::size_t i = 0; i < data.size(); i += wide ? 4 : 1) {
    const auto byte = [&](std::size_t k) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(data[i + k]));
    };
    const std::uint32_t c = wide ? byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24 : byte(0);
    if (!wide || c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
    } else if (c < 0x10000) {
      text += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
               static_cast<char>(0x80 | (c & 0x3F))};
    } else if (c < 0x110000) {
      text += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
               static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    } else {
      header.fail("a character that does not exist");
    }
  }
  while (!text.empty() && text.back() == '\0') text.pop_back();
  return text;
}

}  // namespace

TensorFile detail::read_npz(const core::Input& input) {
  const Archive archive(input);
  const core::Place place{input.name};
  TensorFile file{input.name, {}, {}};
  std::uint64_t total = 0;
  for (const Member& member : archive.members()) {
    constexpr std::string_view kEnding = ".npy";
    const std::string name = member.name.substr(0, member.name.size() - std::min(member.name.size(), kEnding.size()));
    if (name + std::string(kEnding) != member.name)
      archive.fail("member " + in_quotes(member.name) + " is no .npy file");
    total += member.unpacked;
    if (total > kMaxTensorBytes) archive.fail("more than " + std::to_string(kMaxTensorBytes >> 20) + " MiB of numbers");
    const std::string bytes = archive.unpacked(member);
    // The magic, two bytes of version, the length of the header in two bytes or, from version 2 on, in four.
    constexpr std::string_view kMagic = "\x93NUMPY";
    const std::size_t width = bytes.size() > 6 && bytes[6] == 1 ? 2 : 4;
    const std::size_t before = 8 + width;
    std::size_t length = 0;
    for (std::size_t i = width; i-- > 0 && bytes.size() >= before;)
      length = length << 8 | static_cast<unsigned char>(bytes[8 + i]);
    if (bytes.size() < before || bytes.substr(0, kMagic.size()) != kMagic || length > bytes.size() - before)
      archive.fail("member " + in_quotes(member.name) + " does not begin as a .npy file does");
    const NpyHeader header(place, name, std::string_view(bytes).substr(before, length));
    const std::string_view data = std::string_view(bytes).substr(before + length);
    if (name == "eigenmata") {
      file.metadata = text_of(header, data);
      continue;
    }
    const ElementType type = element_type(header);
    if (element_count(*header.shape, place) * type.bytes != data.size())
      header.fail("its shape does not ask for the " + std::to_string(data.size()) + " bytes that it has");
    file.tensors.emplace_back(
        name, *header.shape, type,
        *header.fortran_order ? transposed(std::string(data), *header.shape, type.bytes) : std::string(data));
  }
  return file;
}

}  // namespace eigenmata::lrnn
