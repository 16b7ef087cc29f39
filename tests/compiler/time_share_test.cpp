// SPDX-License-Identifier: Apache-2.0
//
// The time that passes share, on a clock that the test turns by hand.
#include "../../src/compiler/time_share.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/compiler/compile.hpp"
#include "support/languages.hpp"

namespace eigenmata::compiler {
namespace {

using std::chrono::seconds;
const TimeShare::Time kStart = TimeShare::Time{} + seconds(1'000);

TEST_CASE("without a deadline no pass has one, and none runs out", "[time_share]") {
  const TimeShare time(std::nullopt, kStart);
  CHECK_FALSE(time.of_pass(false, kStart));
  CHECK_FALSE(time.of_pass(true, kStart + seconds(5)));
  CHECK_FALSE(time.is_out(true, kStart + seconds(1'000'000)));
}

TEST_CASE("a pass may use all of the time until there is an offer, then half of what is left for bids",
          "[time_share]") {
  const TimeShare time(kStart + seconds(100), kStart);  // bids until 80
  CHECK(time.of_pass(false, kStart) == kStart + seconds(100));
  CHECK(time.of_pass(false, kStart + seconds(90)) == kStart + seconds(100));
  CHECK(time.of_pass(true, kStart) == kStart + seconds(40));
  CHECK(time.of_pass(true, kStart + seconds(40)) == kStart + seconds(60));
  CHECK(time.of_pass(true, kStart + seconds(80)) == kStart + seconds(80));
  CHECK(time.of_pass(true, kStart + seconds(95)) == kStart + seconds(95));  // no more bids
}

TEST_CASE("passes that all run out of time leave a fifth of it", "[time_share]") {
  const TimeShare time(kStart + seconds(1'000), kStart);
  TimeShare::Time now = kStart + seconds(3);
  for (int pass = 0; pass < 100; ++pass) {
    const auto until = time.of_pass(true, now);
    REQUIRE(until);
    REQUIRE(*until >= now);
    now = *until;
    REQUIRE_FALSE(time.is_out(true, now));
  }
  CHECK(now <= kStart + seconds(800));
  CHECK(now > kStart + seconds(799));
}

TEST_CASE("out of time without an offer is the end, with one only at the deadline", "[time_share]") {
  const TimeShare time(kStart + seconds(100), kStart);
  CHECK(time.is_out(false, kStart + seconds(1)));
  CHECK_FALSE(time.is_out(true, kStart + seconds(99)));
  CHECK(time.is_out(true, kStart + seconds(100)));
}

TEST_CASE("a compilation whose deadline is past ends at once", "[time_share]") {
  CompileOptions options;
  options.target = expressivity::parse_model_class("householder[-1,1]:1", {});
  core::Limits limits;
  limits.deadline = core::Limits::Clock::now() - seconds(1);
  const auto dfa = testing::catalogue_language("m11-points");
  CHECK_THROWS_AS(build(dfa, options, limits), core::LimitReached);
}

// No pass makes an offer for this language, and the blocks alone take seconds: a tenth of a second is over before the
// end, on a fast machine as on a slow one.
TEST_CASE("out of time, a compilation says what its passes had said", "[time_share]") {
  CompileOptions options;
  options.target = expressivity::parse_model_class("householder[-1,1]:1", {});
  core::Limits limits;
  limits.deadline = core::Limits::Clock::now() + std::chrono::milliseconds(100);
  const auto dfa = testing::catalogue_language("mod-97-10");
  const auto verdict = compile(dfa, options, limits);
  REQUIRE(verdict.is_unknown());
  CHECK(verdict.reason().find("the time limit was reached: ") == 0);
  CHECK(verdict.reason().find(" stopped: the time limit was reached") != std::string::npos);
}

}  // namespace
}  // namespace eigenmata::compiler
