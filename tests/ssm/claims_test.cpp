// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/claim.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "../../src/ssm/claims/claims.hpp"
#include "eigenmata/core/bibliography.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/core/input.hpp"

namespace eigenmata::ssm {
namespace {

TEST_CASE("claims have ids of their own and known sources", "[claims]") {
  std::set<std::string_view> ids;
  for (const Claim& claim : all_claims()) {
    INFO(claim.id);
    CHECK(ids.insert(claim.id).second);
    CHECK(claim.id.find('.') != std::string_view::npos);
    CHECK_FALSE(claim.statement.empty());
    const std::string_view key = claim.source.substr(0, claim.source.find(','));
    const auto& references = core::bibliography();
    CHECK((key == "this project" ||
           std::any_of(references.begin(), references.end(), [&](const auto& r) { return r.key == key; })));
  }
  CHECK(claims_named("legendre").size() >= 2);
  CHECK(claims_named("legendre.orthogonality").size() == 1);
  CHECK(claims_named("legen").empty());
}

TEST_CASE("a claim names the theorems of Coq that prove it, and those of state space models are all named",
          "[claims]") {
  static const std::regex name("([A-Z][A-Za-z]*)\\.([a-z_0-9]+)");
  const std::string sources = EIGENMATA_SOURCE_DIR;
  const std::string main_theorems = core::read_input(sources + "/proofs/theorems.txt").text;
  std::set<std::string> named;
  for (const Claim& claim : all_claims()) {
    INFO(claim.id);
    std::string expected;  // what is between the names is a comma
    for (const std::string& text : {std::string(claim.coq), std::string(claim.statement)}) {
      for (std::sregex_iterator at(text.begin(), text.end(), name), end; at != end; ++at) {
        const std::filesystem::path file = sources + "/proofs/theories/" + (*at)[1].str() + ".v";
        if (text == claim.statement && !std::filesystem::exists(file)) continue;  // the end of a sentence
        INFO(at->str());
        const std::string theory = core::read_input(file.string()).text;
        CHECK(std::regex_search(theory, std::regex("(Theorem|Lemma|Corollary) " + (*at)[2].str() + "\\b")));
        CHECK(main_theorems.find("\n" + at->str() + "\n") != std::string::npos);
        if (text == claim.coq) expected += (expected.empty() ? "" : ", ") + at->str();
        named.insert(at->str());
      }
    }
    CHECK(claim.coq == expected);
  }
  std::size_t theorems = 0;
  static const std::regex about_states("\nStateSpace\\.[a-z_0-9]+");
  for (std::sregex_iterator at(main_theorems.begin(), main_theorems.end(), about_states), end; at != end; ++at) {
    ++theorems;
    CAPTURE(at->str());
    CHECK(named.count(at->str().substr(1)) == 1);
  }
  CHECK(theorems >= 8);
}

/// The first decimal number outside [midpoint +/- radius] that is no power of ten; these are exact.
std::string without_radius(const std::string& value) {
  static const std::regex ball("\\[[^\\[\\]]*\\+/-[^\\[\\]]*\\]"), power("(^|[^.0-9])1e[-+]?[0-9]+"),
      decimal("[0-9]+(\\.[0-9]+(e[-+]?[0-9]+)?|e[-+]?[0-9]+)");
  const std::string rest = std::regex_replace(std::regex_replace(value, ball, "ball"), power, "$1power");
  std::smatch found;
  return std::regex_search(rest, found, decimal) ? found.str() : "";
}

TEST_CASE("a number without its radius is seen", "[claims]") {
  CHECK(without_radius("from 2 on, within 1.1e-72").substr(0, 3) == "1.1");
  CHECK(without_radius("a: [0.5 +/- 2e-3], 3e-05") == "3e-05");
  CHECK(without_radius("0.79 +/- 1.47e-4") == "0.79");
  CHECK(without_radius("1/3: [0.5 +/- 2e-3] + [1.2e+4 +/- 1]*i, eta = 1e-7, 128/1024").empty());
}

void require_all_as_stated(const Scope& scope) {
  for (const Claim& claim : all_claims()) {
    const Finding finding = verified(claim, scope);
    INFO(claim.id << ": " << finding.value << " " << finding.witness);
    CHECK(finding.verdict == core::Answer::kYes);
    CHECK_FALSE(finding.range.empty());
    CHECK_FALSE(finding.ring.empty());
    if (finding.method != Method::kMeasured) CHECK(without_radius(finding.value).empty());
  }
}

TEST_CASE("every claim comes out as stated", "[claims][slow]") { require_all_as_stated({}); }

TEST_CASE("every claim comes out as stated for small states", "[claims]") {
  Scope small;
  small.size = 8;
  require_all_as_stated(small);
}

TEST_CASE("eigenvectors that overflow are wrong, and not right because of NaN", "[claims]") {
  Scope scope;
  scope.size = 64;
  scope.length = 64;
  scope.format = &precision::kF32;
  const Finding finding = verified(*claims_named("s4.kernel.float-eigenvectors").at(0), scope);
  INFO(finding.value << " " << finding.witness);
  CHECK(finding.verdict == core::Answer::kYes);
  CHECK(finding.value.find("nan in f32") != std::string::npos);
}

TEST_CASE("balls that are too wide leave a claim open, and do not refute it", "[claims]") {
  for (const std::size_t bits : {16, 40}) {
    Scope rough;
    rough.size = 8;
    rough.bits = bits;
    for (const Claim& claim : all_claims()) {
      const Finding finding = verified(claim, rough);
      INFO(claim.id << " with " << bits << " bits: " << finding.witness);
      CHECK(finding.verdict != core::Answer::kNo);
    }
  }
}

TEST_CASE("a claim that fails says where first", "[claims]") {
  const auto even = [](std::size_t n) -> Failure {
    if (n % 5 == 0) return "a multiple of five";
    return {};
  };
  const Finding finding = for_sizes({}, 1, 20, exactly_in("Z"), even);
  CHECK(finding.verdict == core::Answer::kNo);
  CHECK(finding.witness == "N = 5: a multiple of five");
  CHECK(finding.range == "N = 1..5");
  Scope four;
  four.size = 4;
  CHECK(for_sizes(four, 1, 20, exactly_in("Z"), even).verdict == core::Answer::kYes);
  four.size = 0;
  CHECK_THROWS_AS(for_sizes(four, 1, 20, exactly_in("Z"), even), core::Error);
}

TEST_CASE("what was verified before a limit is told", "[claims]") {
  const auto until_five = [](std::size_t n) -> Failure {
    if (n == 5) throw core::LimitReached(core::LimitReached::Kind::kSize, "too wide");
    return {};
  };
  const Finding finding = for_sizes({}, 2, 20, exactly_in("Z"), until_five);
  CHECK(finding.verdict == core::Answer::kUnknown);
  CHECK(finding.range == "N = 2..4");
  CHECK(finding.witness == "N = 5: too wide");
  CHECK_THROWS_AS(for_sizes({}, 5, 20, exactly_in("Z"), until_five), core::LimitReached);
}

TEST_CASE("a limit is an unknown", "[claims]") {
  Scope scope;
  scope.limits.deadline = core::Limits::Clock::now();
  const Finding finding = verified(*claims_named("legendre.orthogonality").at(0), scope);
  CHECK(finding.verdict == core::Answer::kUnknown);
  CHECK_FALSE(finding.witness.empty());
}

TEST_CASE("claims give up in the midst of long sequences", "[claims]") {
  for (const char* id : {"lru.real-form", "s4d.kernel", "lrnn.delta-product", "lrnn.gated-delta-net", "lrnn.mamba",
                         "lrnn.delta-wy", "lrnn.mask.semiseparable", "s4.kernel.minus-one", "deer.diagonal-form"}) {
    Scope scope;
    scope.size = 200;
    scope.length = 250;
    const auto start = core::Limits::Clock::now();
    scope.limits.deadline = start + std::chrono::milliseconds(20);
    const Finding finding = verified(*claims_named(id).at(0), scope);
    INFO(id);
    CHECK(finding.verdict == core::Answer::kUnknown);
    CHECK(finding.witness.find("time limit") != std::string::npos);
    CHECK(core::Limits::Clock::now() - start < std::chrono::seconds(20));  // some of them would take minutes
  }
}

}  // namespace
}  // namespace eigenmata::ssm
