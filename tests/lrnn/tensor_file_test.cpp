// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/tensor_file.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "eigenmata/core/error.hpp"
#include "lrnn/tensors.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;
using testing::bytes_of;
using testing::npy;
using testing::safetensors;
using testing::zip;

TensorFile read(const std::string& text) { return read_tensors({"file", text}); }

std::vector<Rational> numbers(const Tensor& tensor) {
  std::vector<Rational> result;
  for (std::size_t i = 0; i < tensor.size(); ++i) result.push_back(tensor[i]);
  return result;
}

std::string complaint(const std::string& text) {
  try {
    const TensorFile file = read(text);
    for (const Tensor& tensor : file.tensors) (void)numbers(tensor);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("npz: types, orders and both kinds of members", "[tensor_file]") {
  const std::string big("\x3f\x80\x00\x00\xc0\x20\x00\x00", 8);  // 1 and −2.5
  const std::vector<std::pair<std::string, std::string>> members{
      {"eigenmata.npy", testing::npy_text("{}")},
      {"f4.npy", npy("<f4", "(2, 2)", bytes_of<float>({1, 0.1f, -0.0f, 1e-45f}))},
      {"f8.npy", npy("<f8", "(1,)", bytes_of<double>({0.1}))},
      {"f2.npy", npy("<f2", "()", bytes_of<std::uint16_t>({0x3555}))},
      {"big.npy", npy(">f4", "(2,)", big)},
      {"i8.npy", npy("<i8", "(2,)", bytes_of<std::int64_t>({-3, INT64_MIN}))},
      {"u1.npy", npy("|u1", "(2,)", "\xff\x01")},
      {"b1.npy", npy("|b1", "(2,)", std::string("\x00\x01", 2))},
      {"none.npy", npy("<f4", "(0, 3)", "")},
      {"columns.npy", npy("<i2", "(2, 3)", bytes_of<std::int16_t>({1, 4, 2, 5, 3, 6}), true)}};
  for (const bool deflate : {false, true}) {
    const TensorFile file = read(zip(members, deflate));
    CHECK(file.metadata == "{}");
    REQUIRE(file.tensors.size() == 9);
    CHECK(file.tensors[0].shape() == std::vector<std::size_t>{2, 2});
    // The exact values, denominators 2^27 and 2^149.
    CHECK(numbers(file.tensors[0]) ==
          std::vector<Rational>{1, Rational(13421773, 134217728), 0, Rational(1, exact::Integer(1) << 149)});
    CHECK(file.tensors[1][0] == Rational(exact::Integer("3602879701896397"), exact::Integer(1) << 55));
    CHECK(file.tensors[2][0] == Rational(1365, 4096));
    CHECK(numbers(file.tensors[3]) == std::vector<Rational>{1, Rational(-5, 2)});
    CHECK(numbers(file.tensors[4]) == std::vector<Rational>{-3, -Rational(exact::Integer(1) << 63)});
    CHECK(numbers(file.tensors[5]) == std::vector<Rational>{255, 1});
    CHECK(numbers(file.tensors[6]) == std::vector<Rational>{0, 1});
    CHECK(file.tensors[7].size() == 0);
    CHECK(numbers(file.tensors[8]) == std::vector<Rational>{1, 2, 3, 4, 5, 6});
  }
}

TEST_CASE("safetensors: types and offsets", "[tensor_file]") {
  const std::string header =
      R"({"__metadata__":{"eigenmata":"{}","by":"hand"},)"
      R"("w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},)"
      R"("e":{"dtype":"F8_E4M3","shape":[],"data_offsets":[4,5]},"i":{"dtype":"I8","shape":[1,1],"data_offsets":[5,6]}}  )";
  const TensorFile file = read(safetensors(header, std::string("\x80\x3f\xc9\xbf\x39\xff", 6)));
  CHECK(file.metadata == "{}");
  REQUIRE(file.tensors.size() == 3);
  CHECK(numbers(file.tensors[0]) == std::vector<Rational>{1, Rational(-201, 128)});
  CHECK(file.tensors[1][0] == Rational(9, 8));
  CHECK(file.tensors[2][0] == -1);
}

TEST_CASE("a header whose length begins as a ZIP archive does", "[tensor_file]") {
  std::string header = R"({"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
  header.resize(0x4B50, ' ');  // the bytes P, K, 0
  CHECK(read(safetensors(header, "\x07")).tensors[0][0] == 7);
}

TEST_CASE("files of arrays that are damaged say how", "[tensor_file]") {
  const std::string member = npy("<f4", "(2,)", bytes_of<float>({1, 2}));
  const auto npz = [](const std::string& content) { return zip({{"x.npy", content}}, false); };
  const auto says = [](const std::string& text, const std::string& expected) {
    const std::string found = complaint(text);
    CAPTURE(found, expected);
    CHECK(found.find(expected) != std::string::npos);
  };
  REQUIRE(complaint(npz(member)).empty());
  says("PK\x03\x04 and no more", "its directory is missing");
  says(npz(member).substr(0, 60), "its directory is missing");
  says(npz(npy("<f4", "(3,)", bytes_of<float>({1, 2}))), "its shape does not ask for");
  says(npz(npy("<f4", "(268435456, 268435456)", "")), "an array of more than");
  says(npz(npy("<f4", "(99999999999999999999,)", "")), "the lengths of its shape");
  says(npz(npy("<c8", "(1,)", std::string(8, 'x'))), "'<c8' is not read");
  says(npz(npy("|V2", "(1,)", "xx")), "bfloat16 fits into float32");
  says(npz(npy("", "(1,)", "x")), "is not read");
  says(npz(npy("<f4", "(2,)", bytes_of<float>({1, NAN}))), "number 1 of its row-major order is not finite");
  says(npz("nothing"), "does not begin as a .npy file does");
  says(npz(""), "does not begin as a .npy file does");
  says(zip({{"x.txt", ""}}, false), "is no .npy file");
  says(zip({{"x.npy", member}, {"x.npy", member}}, false), "stands twice");
  std::string wrong = npz(member);
  wrong[wrong.find("NUMPY") + 60] ^= 1;
  says(wrong, "its checksum is wrong");
  std::string packed = zip({{"x.npy", member}}, true);
  packed[packed.find("x.npy") + 10] ^= 0x55;
  CHECK_FALSE(complaint(packed).empty());
  // A directory that promises more than there is, less, or more than is ever held.
  const std::string zeros = zip({{"x.npy", npy("|u1", "(100000,)", std::string(100'000, '\0'))}}, true);
  const std::size_t length_at = zeros.find("PK\x01\x02") + 24;
  REQUIRE(complaint(zeros).empty());
  for (const std::uint64_t length : {1'000'000, 1'000}) {
    std::string other = zeros;
    says(other.replace(length_at, 4, testing::little_endian(length, 4)), "its deflated bytes are damaged");
  }
  std::string bomb = zeros;
  says(bomb.replace(length_at, 4, testing::little_endian(300'000'000, 4)), "more than 256 MiB of numbers");

  const std::string good = R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  REQUIRE(complaint(safetensors(good, "abcd")).empty());
  says(safetensors(good, "abc"), "an offset is 4");
  says(testing::little_endian(1 << 20, 8) + good, "the file ends before");
  says(safetensors(R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", "abcd"), "takes 8 bytes");
  says(safetensors(R"({"x":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}})", "abcd"), "no type of numbers");
  says(safetensors(R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", "abcd"), "takes 4 bytes");
  says(safetensors(R"({"x":1})", ""), "expected an object");
  says(safetensors("{", ""), "header:1:");
}

TEST_CASE("files of arrays with random damage are read or refused", "[tensor_file]") {
  EIGENMATA_SEEDED(random, 411);
  const std::vector<std::string> files{
      zip({{"eigenmata.npy", testing::npy_text("{}")}, {"x.npy", npy("<f4", "(2,)", bytes_of<float>({1, 2}))}}, false),
      zip({{"x.npy", npy("<i2", "(2, 1)", bytes_of<std::int16_t>({1, 2}), true)}}, true),
      safetensors(R"({"x":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}})", "abcd")};
  for (const std::string& file : files) {
    for (int i = 0; i < 3'000; ++i) {
      std::string damaged = file;
      for (std::size_t k = 1 + random.below(3); k > 0; --k)
        damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
      if (random.one_in(10)) damaged.resize(random.below(damaged.size()));
      (void)complaint(damaged);
    }
  }
}

}  // namespace
}  // namespace eigenmata::lrnn
