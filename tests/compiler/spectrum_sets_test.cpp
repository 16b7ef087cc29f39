// SPDX-License-Identifier: Apache-2.0
//
// Finite sets of eigenvalues on the diagonal: what `decide` promises is built, with frames that turn where the set has
// no 1, counters of prime powers, digits and traces.
#include <catch2/catch.hpp>
#include <string>

#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "support/constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;

/// Is the language said to be recognised? Then it is built, and the network is checked on top of its certificate.
core::Answer decided_and_built(const automata::Dfa& minimal, const std::string& set, core::Random& random) {
  const CompileOptions options = options_for("diagonal" + set, {});
  expressivity::LanguageFacts facts(minimal, {});
  const auto decided = expressivity::decide(facts, options.target, std::nullopt, {});
  const auto built = compile(minimal, options, {});
  if (built.is_yes()) {
    REQUIRE(decided.is_yes());
    const Construction& construction = built.proof().construction;
    construction.with_network([&](const auto& k, const auto& network) {
      REQUIRE_NOTHROW(lrnn::validate(k, network));
      const auto member = expressivity::is_member(k, network, options.target);
      if (!member.is_yes()) FAIL("not of the class: " << member.witness());
      require_answers(k, network, minimal, random, 10);
    });
    const auto checked = certificate::check(construction.certificate, {});
    if (checked.is_no()) FAIL("rule " << checked.witness().rule << ": " << checked.witness().what);
  } else if (decided.is_yes()) {
    FAIL("promised and not built: " << built.reason());
  } else {
    REQUIRE(built.answer() == decided.answer());
  }
  return decided.answer();
}

TEST_CASE("finite sets: named languages", "[spectrum-sets]") {
  auto random = core::Random(seed_or(1));
  struct Case {
    std::string set, regex;
    core::Answer answer;
  };
  const std::string ends_in = ".*a.";
  const std::string even = "b*(ab*ab*)*";
  const std::string third = "b*(ab*ab*ab*)*";
  const auto yes = core::Answer::kYes;
  const auto no = core::Answer::kNo;
  const std::vector<Case> cases{{"{0,1}", "(ab)*", no},
                                {"{0,1}", "a*b*", yes},
                                {"{0,1}", ends_in, no},
                                {"{0,1}", ".*a.*b+a*", yes},
                                {"{-1,0}", even, no},
                                {"{-1,0}", "(..)*a", yes},
                                {"{-1,0}", "(ab)*", yes},
                                {"[-1,0]", "(ab)*", yes},
                                {"[-1,0)", "(ab)*", yes},
                                {"{-1,1}", even, yes},
                                {"{-1,1}", "a*b*", no},
                                {"{e(1/3),0}", "(...)*", yes},
                                {"{e(1/3),0}", third, no},
                                {"{e(1/3),e(2/3)}", third, yes},
                                {"{e(1/3),e(2/3)}", even, no},
                                {"{1}", ".*a", yes},
                                {"{0}", ".*a", yes},
                                {"{0}", ends_in, no},
                                {"{1}", ends_in, no},
                                {"{1/2}", ends_in, no},
                                {"{1/3}", ends_in, yes},
                                {"{-1/3}", ends_in, yes},
                                {"{0,1/2}", ends_in, yes},
                                {"{1,1/2}", ends_in, no},
                                {"{1,1/2}", ".*a.*", yes},
                                {"{1,1/2}", "a*b*", yes},
                                {"{1,1/3}", ends_in, yes},
                                {"{0,1,1/2}", ends_in, yes},
                                {"{0,1,1/2}", "(ab)*", yes},
                                {"{e(1/6),e(2/3)}", even, yes},
                                {"{e(1/6),e(2/3)}", "(...)*", yes},
                                {"{e(1/6),e(2/3)}", third, no},
                                {"{e(1/6),e(2/3)}", "((...)*)&(b*(ab*ab*)*)", yes},
                                {"{e(1/4),e(3/4),0}", even, yes},
                                {"{e(1/4),e(3/4),0}", "(ab)*", yes},
                                {"{0,1,-1,e(1/3)}", "((a|b){6})*", yes},
                                {"{-1,1/3}", "(ab)*", yes},
                                {"{-1,-2/5}", "(ab|ba)*", yes},
                                {"{-1,1/3}", even, no},
                                {"{-1,1/3,e(1/3)}", third, yes}};
  for (const Case& c : cases) {
    CAPTURE(c.set, c.regex);
    CHECK(decided_and_built(automata::minimised(regex_language(c.regex, "ab")), c.set, random) == c.answer);
  }
  const auto flip_flop = automata::minimised(catalogue_language("flip-flop"));
  CHECK(decided_and_built(flip_flop, "{1,1/2}", random) == no);
  CHECK(decided_and_built(flip_flop, "{1,1/3}", random) == yes);
  CHECK(decided_and_built(flip_flop, "{0,1,1/2}", random) == yes);
}

TEST_CASE("finite sets: random automata", "[spectrum-sets]") {
  auto random = core::Random(seed_or(2));
  CAPTURE(seed_or(2));
  std::size_t promised = 0;
  for (const std::string set : {"{-1,0}", "{0,1,1/2}", "{0,1,-9/10}", "{-1,1/3}", "{-1,-2/5}", "{e(1/4),e(3/4),0}",
                                "{0,e(1/3),e(2/3)}", "{0,e(1/4),e(2/3),e(1/5)}", "{-1,0,e(1/3)}", "{0,1,-1,e(1/3)}",
                                "{-1,1/3,e(1/3)}", "{1,1/3}", "{0,1,e(1/6)}", "{0,1,e(1/3)}", "{1,e(1/3),-1/3}"}) {
    for (int i = 0; i < 40; ++i) {
      const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(3), 2));
      CAPTURE(set, i, minimal.states());
      promised += decided_and_built(minimal, set, random) == core::Answer::kYes ? 1 : 0;
    }
  }
  CHECK(promised > 200);
}

}  // namespace
}  // namespace eigenmata::compiler
