// SPDX-License-Identifier: Apache-2.0
//
// Networks on the complex diagonal: solvable groups as numbers that turn.
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "support/complex_constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;
using Certificate = certificate::ComplexLayerwiseCertificate;

expressivity::ModelClass model_class(const std::string& text) { return expressivity::parse_model_class(text, {}); }

TEST_CASE("phases: groups take as many layers as their derived series", "[phases]") {
  auto random = core::Random(seed_or(1));
  const std::map<std::string, std::pair<std::size_t, std::uint64_t>> expected{{"mod-3", {1, 3}},
                                                                              {"s3-word-problem", {2, 3}},
                                                                              {"a4-word-problem", {2, 3}},
                                                                              {"s4-word-problem", {3, 3}},
                                                                              {"z60-word-problem", {1, 60}},
                                                                              {"sl-2-3-word-problem", {3, 3}},
                                                                              {"f20-word-problem", {2, 20}}};
  for (const auto& [name, sizes] : expected) {
    CAPTURE(name);
    const auto minimal = catalogue_language(name);
    const auto target = model_class("diagonal-complex");
    const auto result = compile_phases(minimal, target, true, {});
    const Certificate& c = complex_certificate_of(result);
    require_certified(c, minimal, target, random);
    CHECK(to_string(*c.network.claim) == "diagonal-complex");
    CHECK(c.network.layers.size() == sizes.first);
    CHECK(c.arithmetic.order() == sizes.second);
    CHECK(certificate::has_points_only(c));
  }
  CHECK(std::holds_alternative<Refusal>(
      compile_phases(catalogue_language("a5-word-problem"), model_class("diagonal-complex"), true, {})));
  CHECK(std::holds_alternative<Refusal>(
      compile_phases(catalogue_language("q8-word-problem"), model_class("diagonal-complex"), true, {})));
}

TEST_CASE("a clock: what a root of unity and 0 can do", "[phases]") {
  auto random = core::Random(seed_or(3));
  for (const char* set : {"{e(1/3),0}", "{0,e(2/3)}", "{e(1/4),0}"}) {
    const auto target = model_class(std::string("diagonal") + set);
    for (const char* regex : {"(ab)*", "(....)*a", "(...)*ab(...)*", "a*b*", "b*(ab*ab*ab*)*", ".*a."}) {
      CAPTURE(set, regex);
      const auto minimal = automata::minimised(regex_language(regex, "ab"));
      const auto result = compile_clock(minimal, target, {});
      expressivity::LanguageFacts facts(minimal, {});
      const auto verdict = expressivity::decide(facts, target, std::nullopt, {});
      REQUIRE_FALSE(verdict.is_unknown());
      REQUIRE(std::holds_alternative<Construction>(result) == verdict.is_yes());
      if (verdict.is_no()) continue;
      require_certified(complex_certificate_of(result), minimal, target, random);
      CHECK(certificate::has_points_only(complex_certificate_of(result)));
    }
  }
}

TEST_CASE("phases: all maps of three points in five layers and 432 states", "[phases]") {
  auto random = core::Random(seed_or(2));
  const auto minimal = catalogue_language("t3");
  const auto target = model_class("diagonal-complex");
  for (const bool finite_orbit : {false, true}) {
    const auto result = compile_phases(minimal, target, finite_orbit, {});
    const Certificate& c = complex_certificate_of(result);
    require_certified(c, minimal, target, random);
    CHECK(c.network.layers.size() == 5);
    CHECK(certificate::has_points_only(c) == finite_orbit);
    if (!finite_orbit) continue;
    const auto found = certificate::explore(c.arithmetic, c.network, minimal, {});
    CHECK(found.verdict.is_yes());
    CHECK(found.reachable_states == 432);
  }
}

TEST_CASE("phases: where the set lacks roots of unity of the derived series, counters of primes", "[phases]") {
  core::Random random(5);
  const auto minimal = catalogue_language("f20-word-problem");  // 5 : 4
  const auto target = model_class("diagonal{0,1,-1,e(1/5)}");
  const auto result = compile_phases(minimal, target, true, {});
  require_certified(complex_certificate_of(result), minimal, target, random);
  CHECK(complex_certificate_of(result).network.layers.size() == 3);
  CHECK(std::holds_alternative<Refusal>(compile_phases(minimal, model_class("diagonal{0,1,e(1/5)}"), true, {})));
}

TEST_CASE("phases: digits of a number modulo 97", "[phases][.extreme]") {
  // The group x -> ax + b of order 97 * 96: its derived series would need e(1/9312).
  core::Random random(5);
  const auto minimal = automata::minimised(catalogue_language("mod-97-10"));
  const auto target = model_class("diagonal-complex");
  const auto result = compile_phases(minimal, target, true, {});
  const Certificate& c = complex_certificate_of(result);
  require_certified(c, minimal, target, random);
  CHECK(c.network.layers.size() == 6);
  CHECK(c.arithmetic.order() == 291);
}

TEST_CASE("phases: with the roots of unity that the set has", "[phases]") {
  auto random = core::Random(seed_or(3));
  const auto mod3 = catalogue_language("mod-3");
  for (const std::string set : {"{0,1,e(1/3)}", "{1,e(2/3)}", "{1,e(1/6)}", "{1,e(1/12)}", "C(1)"}) {
    CAPTURE(set);
    const auto target = model_class("diagonal" + set);
    require_certified(complex_certificate_of(compile_phases(mod3, target, true, {})), mod3, target, random);
  }
  const auto subwords = catalogue_language("ab-subwords-mod-3");
  const auto only_one = model_class("diagonal{0,1,e(1/3)}");
  require_certified(complex_certificate_of(compile_phases(subwords, only_one, true, {})), subwords, only_one, random);
  for (const std::string set : {"{1,e(1/4)}", "{0,1,e(1/5)}"})
    CHECK(std::holds_alternative<Refusal>(compile_phases(mod3, model_class("diagonal" + set), true, {})));
}

TEST_CASE("phases: a modulus is counted by its prime powers if the set has no root of its order", "[phases]") {
  auto random = core::Random(seed_or(6));
  // One layer where the set has a root for each prime power of m, more where it has one for each prime only.
  for (const std::uint32_t m : {6U, 10U, 12U, 15U, 18U, 30U, 36U, 60U}) {
    std::string powers;
    std::string primes;
    for (std::uint32_t p = 2, left = m; left > 1; ++p) {
      std::uint32_t power = 1;
      for (; left % p == 0; left /= p) power *= p;
      if (power == 1) continue;
      powers += ",e(1/" + std::to_string(power) + ")";
      primes += ",e(1/" + std::to_string(p) + ")";
    }
    // a counts by 1 and b by 2, from 1 on.
    std::vector<automata::State> next;
    for (std::uint32_t i = 0; i < m; ++i)
      next.insert(next.end(), {automata::state((i + 1) % m), automata::state((i + 2) % m)});
    std::vector<bool> accepting(m, false);
    accepting[0] = true;
    const automata::Dfa counter(core::Alphabet({"a", "b"}), automata::state(1), accepting, next);
    for (const auto& roots : {powers, primes}) {
      CAPTURE(m, roots);
      const auto target = model_class("diagonal{0,1" + roots + "}");
      const auto result = compile_phases(counter, target, true, {});
      const Certificate& c = complex_certificate_of(result);
      require_certified(c, counter, target, random);
      CHECK((c.network.layers.size() == 1) == (roots == powers));
    }
  }
  // A letter that counts modulo 2 only, and a prime for which there is no root.
  const auto minimal = automata::minimised(regex_language("((a{6})*(b{3}a*b{3})*)*", "ab"));
  CHECK(std::holds_alternative<Refusal>(compile_phases(minimal, model_class("diagonal{0,1,-1}"), true, {})));
  CHECK(std::holds_alternative<Refusal>(
      compile_phases(catalogue_language("mod-6"), model_class("diagonal{0,1,e(1/3)}"), true, {})));
}

TEST_CASE("phases: random automata", "[phases]") {
  auto random = core::Random(seed_or(4));
  CAPTURE(seed_or(4));
  const auto target = model_class("diagonal-complex");
  std::size_t compiled = 0;
  for (int i = 0; i < 150; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 3 + random.below(3), 2));
    for (const bool finite_orbit : {false, true}) {
      const auto result = compile_phases(minimal, target, finite_orbit, {});
      if (std::holds_alternative<Refusal>(result)) continue;
      CAPTURE(i, minimal.states(), finite_orbit);
      require_certified(complex_certificate_of(result), minimal, target, random);
      ++compiled;
    }
  }
  CHECK(compiled > 20);
}

TEST_CASE("phases: texts come back, wrong certificates fail", "[phases]") {
  const auto result = compile_phases(catalogue_language("s3-word-problem"), model_class("diagonal-complex"), true, {});
  const Certificate& right = complex_certificate_of(result);
  const std::string text = write_certificate(right);
  const auto read = certificate::read_any_certificate({"c", text});
  REQUIRE(std::holds_alternative<Certificate>(read));
  CHECK(write_certificate(read) == text);
  CHECK(certificate::check(read, {}).is_yes());
  auto wrong = right;
  auto& turning = std::get<lrnn::Diagonal<exact::FieldElement>>(wrong.network.layers[1].maps[2].a).entries[0];
  turning = right.arithmetic.conjugate(turning);
  if (!right.arithmetic.equal(turning, right.arithmetic.one())) CHECK_FALSE(certificate::check(wrong, {}).is_yes());
  turning = right.arithmetic.from_rational(2);
  CHECK(certificate::check(wrong, {}).witness().rule == 7);
}

}  // namespace
}  // namespace eigenmata::compiler
