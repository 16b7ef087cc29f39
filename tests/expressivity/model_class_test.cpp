// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/model_class.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "eigenmata/core/bibliography.hpp"
#include "eigenmata/expressivity/semantics.hpp"

namespace eigenmata::expressivity {
namespace {

ModelClass parse(const std::string& text) { return parse_model_class(text, {"test"}); }

TEST_CASE("classes are printed as they are read", "[model-class]") {
  for (const char* text : {"constant",
                           "constant{1}",
                           "constant(0,1)",
                           "constant+diagonal[0,1]",
                           "diagonal[0,1]",
                           "diagonal(0,1)",
                           "diagonal{0,1,e(1/3)}",
                           "diagonal-complex",
                           "diagonalD(1/2)",
                           "diagonalC(1)",
                           "triangular[-1,1]",
                           "householder[0,1]:2",
                           "householder[-1,1]",
                           "gated-householder[-1,1]:1",
                           "contraction",
                           "rwkv7[-1,1]",
                           "rank-one",
                           "rank-one:3",
                           "pd",
                           "dense"}) {
    CAPTURE(text);
    CHECK(to_string(parse(text)) == text);
  }
  CHECK(to_string(parse("diagonal D(1/2)")) == "diagonalD(1/2)");
  CHECK(to_string(parse("diagonalD(1)")) == "diagonal-complex");
}

TEST_CASE("what is no class is refused", "[model-class]") {
  for (const char* text : {"",
                           "diag",
                           "diagonal",
                           "diagonal[0,1",
                           "diagonal[0,1]:2",
                           "householder",
                           "householder[0,1]:0",
                           "householder[0,1]:x",
                           "householder{e(1/3)}",
                           "triangularD(1)",
                           "rank-one:0",
                           "rank-one:-1",
                           "dense:2",
                           "pd:1",
                           "mamba:2",
                           "mambaa",
                           "rwkv7{0}",
                           "constant+diagonal[-1,1]",
                           "gated-householder",
                           "deltanet:2",
                           "diagonal{2}",
                           "diagonal-real"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse(text), core::Error);
  }
}

TEST_CASE("architectures are classes", "[model-class]") {
  CHECK(to_string(parse("mamba")) == "diagonal(0,1)");
  CHECK(to_string(parse("mamba[0,1]")) == "diagonal[0,1]");
  CHECK(to_string(parse("mamba[-1,1]")) == "diagonal[-1,1]");
  CHECK(to_string(parse("deltanet[-1,1]")) == "householder[-1,1]:1");
  CHECK(to_string(parse("longhorn")) == "diagonal(0,1]");
  CHECK(to_string(parse("ttt-linear[no-norm]")) == "householder[-1,1]:1");
  CHECK(to_string(parse("deltaproduct:3")) == "householder(0,1):3");
  CHECK(to_string(parse("deltaproduct:3[-1,1]")) == "householder[-1,1]:3");
  CHECK(to_string(parse("deltaproduct[-1,1]:3")) == "householder[-1,1]:3");
  CHECK(to_string(parse("deltaproduct[-1,1]")) == "householder[-1,1]");
  CHECK(to_string(parse("linear-attention")) == "constant{1}");
  CHECK(to_string(parse("lru")) == "constantD(<1)");
  CHECK(to_string(parse("rwkv7")) == "rwkv7(-1,1)");
}

TEST_CASE("every architecture has a class, another name than the rest, and a source that exists", "[model-class]") {
  std::set<std::string_view> names;
  std::set<std::string> keys;
  for (const auto& reference : core::bibliography()) keys.insert("[" + std::string(reference.key) + "]");
  for (const Architecture& architecture : all_architectures()) {
    CAPTURE(architecture.name);
    CHECK(names.insert(architecture.name).second);
    std::string name(architecture.name);
    if (const auto at = name.find(":k"); at != std::string::npos) name.replace(at, 2, ":2");
    CHECK_NOTHROW(parse(name));
    const std::string source(architecture.source);
    CHECK(keys.count(source.substr(0, source.find(']') + 1)) == 1);
  }
}

TEST_CASE("an architecture has a class, or there is a reason why not", "[model-class]") {
  CHECK(why_unclassified("ttt-linear").value().find("layer norm") != std::string_view::npos);
  CHECK_THROWS_AS(parse("ttt-linear"), core::Error);
  for (const Architecture& architecture : all_architectures()) CHECK_FALSE(why_unclassified(architecture.name));
  CHECK_FALSE(why_unclassified("diagonal{0"));
}

TEST_CASE("semantics are read and refused", "[semantics]") {
  const auto read = [](const std::string& text) { return parse_semantics(text, {"test"}); };
  for (const char* text :
       {"exact", "finite-orbit", "robust:1/100", "cast:-1,0,1", "float:bf16", "float:f32,pytorch-loop", "fixed:4.12",
        "int:8", "uint:8", "log-precision", "poly-precision"}) {
    CAPTURE(text);
    CHECK(read(text).text == text);
  }
  CHECK(read("float:bf16").significant_bits() == 8);
  CHECK(read("float:f64,all-same").significant_bits() == 53);
  CHECK_FALSE(read("fixed:0.8").holds_one());
  CHECK(read("fixed:1.8").holds_one());
  for (const char* text : {"",          "exakt",     "robust", "robust:0", "robust:-1", "robust:x",        "cast:",
                           "cast:1,1",  "cast:1,,2", "float",  "float:",   "float:f33", "float:f32,fast",  "fixed:4",
                           "fixed:4.x", "int:0",     "int:",   "uint:-1",  "uint:9999", "log-precision:2", "poly"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(read(text), core::Error);
  }
}

}  // namespace
}  // namespace eigenmata::expressivity
