// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/verdict.hpp"

#include <catch2/catch.hpp>
#include <memory>

namespace eigenmata::core {
namespace {

using Sample = Verdict<std::string, int>;

TEST_CASE("yes carries a proof, no a witness, unknown a reason", "[verdict]") {
  const Sample yes = Sample::yes("because", "gram");
  CHECK((yes.is_yes() && !yes.is_no() && !yes.is_unknown()));
  CHECK(yes.proof() == "because");
  CHECK(yes.theorem() == "gram");
  CHECK(yes.reason().empty());

  const Sample no = Sample::no(42, "gram");
  CHECK((!no.is_yes() && no.is_no() && !no.is_unknown()));
  CHECK(no.witness() == 42);
  CHECK(no.theorem() == "gram");
  CHECK(no.reason().empty());

  const Sample unknown = Sample::unknown("out of time");
  CHECK((!unknown.is_yes() && !unknown.is_no() && unknown.is_unknown()));
  CHECK(unknown.reason() == "out of time");
  CHECK(unknown.theorem().empty());
}

TEST_CASE("answers have the names that scripts rely on", "[verdict]") {
  CHECK(to_string(Sample::yes("", "").answer()) == "yes");
  CHECK(to_string(Sample::no(0, "").answer()) == "no");
  CHECK(to_string(Sample::unknown("").answer()) == "unknown");
}

TEST_CASE("evidence that can only be moved, and none at all, will do", "[verdict]") {
  using Heavy = Verdict<std::unique_ptr<int>, NoEvidence>;
  const Heavy heavy = Heavy::yes(std::make_unique<int>(7), "gram");
  CHECK(*heavy.proof() == 7);
  CHECK(Heavy::no({}, "gram").witness() == NoEvidence{});
}

}  // namespace
}  // namespace eigenmata::core
