// SPDX-License-Identifier: Apache-2.0
//
// Networks from cascades: their certificates hold, they answer as the automaton does on words, and small ones are
// explored in full.
#include "eigenmata/compiler/cascade_passes.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "eigenmata/algebra/image_orbit.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/compiler/last_letters.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "support/constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;

const exact::RationalArithmetic kRationals{};

expressivity::ModelClass model_class(const std::string& text) { return expressivity::parse_model_class(text, {}); }

/// Everything but the class.
void require_certified(const Construction& construction, const automata::Dfa& minimal, core::Random& random) {
  const auto& network = construction.network();
  REQUIRE_NOTHROW(lrnn::validate(kRationals, network));
  const auto checked = certificate::check(construction.certificate, {});
  if (checked.is_no()) FAIL("rule " << checked.witness().rule << ": " << checked.witness().what);
  if (network.claim) REQUIRE(lrnn::is_member(kRationals, network, *network.claim).is_yes());
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (network.layers[l].dimension > 40) continue;
    for (std::size_t x = 0; x < network.layers[l].maps.size(); ++x)
      REQUIRE(construction.factor_bounds[l][x] ==
              distance_from_identity(to_dense(kRationals, network.layers[l].maps[x].a)));
  }
  require_answers(kRationals, construction.network(), minimal, random, 12);
}

TEST_CASE("blocks: random automata with one or two factors a token", "[cascade-passes]") {
  auto random = core::Random(seed_or(5));
  CAPTURE(seed_or(5));
  for (int i = 0; i < 60; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(4), 2 + random.below(2)));
    if (minimal.states() == 1) continue;
    const auto target = model_class(i % 2 == 0 ? "householder[-1,1]:1" : "householder[-1,1]:2");
    CAPTURE(i, minimal.states(), *target.factors);
    const auto result = compile_blocks(minimal, target, {});
    if (const auto* refusal = std::get_if<Refusal>(&result)) FAIL(refusal->reason);
    const auto& construction = std::get<Construction>(result);
    require_certified(construction, minimal, random);
    REQUIRE(expressivity::is_member(kRationals, construction.network(), target).is_yes());
    REQUIRE(has_finite_orbit(construction));
  }
}

TEST_CASE("missing sets: every random automaton is compiled and certified", "[cascade-passes]") {
  auto random = core::Random(seed_or(3));
  CAPTURE(seed_or(3));
  for (int i = 0; i < 150; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(6), 2 + random.below(2)));
    if (minimal.states() == 1) continue;
    CAPTURE(i, minimal.states());
    const auto result = compile_missing_sets(minimal, {});
    const Construction& construction = construction_of(result);
    require_certified(construction, minimal, random);
    CHECK(construction.network().layers.size() <= minimal.states() - 1);
    CHECK(certificate::is_integral(construction.network()));
    if (minimal.states() > 4) continue;
    core::Limits limits;
    limits.memory_bytes = std::size_t{1} << 26;
    CHECK_FALSE(certificate::explore(kRationals, construction.network(), minimal, limits).verdict.is_no());
  }
}

TEST_CASE("missing sets: the worked example of three states has 18 joint states", "[cascade-passes]") {
  const auto dfa = automata::minimised(dfa_from_table(small_alphabet(2), {{1, 0}, {2, 0}, {0, 2}}, {0}));
  const auto result = compile_missing_sets(dfa, {});
  const Construction& construction = construction_of(result);
  REQUIRE(construction.network().layers.size() == 2);
  const auto found = certificate::explore(kRationals, construction.network(), dfa, {});
  REQUIRE(found.verdict.is_yes());
  CHECK(found.reachable_states <= 18);
}

TEST_CASE("digits: star-free automata on the diagonal and by single factors", "[cascade-passes]") {
  auto random = core::Random(seed_or(5));
  CAPTURE(seed_or(5));
  std::size_t compiled = 0;
  for (int i = 0; compiled < 60 && i < 10'000; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 3 + random.below(5), 2));
    const bool aperiodic =
        algebra::is_aperiodic(minimal, algebra::ImageOrbit(algebra::letter_maps(minimal), {})).is_yes();
    const bool diagonal = random.one_in(2);
    const auto result = compile_digits(minimal, model_class(diagonal ? "diagonal[0,1]" : "householder[0,1]"), {});
    if (minimal.states() == 1) continue;
    if (!aperiodic) {
      CHECK(std::holds_alternative<Refusal>(result));
      continue;
    }
    CAPTURE(i, minimal.states());
    ++compiled;
    const Construction& construction = construction_of(result);
    require_certified(construction, minimal, random);
    for (const auto& layer : construction.network().layers) CHECK(layer.dimension == 1);
    if (!diagonal) CHECK(construction.network().claim->factors == 1);
    const auto slots = compile_slots(minimal, {});
    require_certified(construction_of(slots), minimal, random);
    CHECK(certificate::is_integral(construction_of(slots).network()));
    CHECK(expressivity::is_member(construction_of(slots).network(), model_class("triangular[0,1]")).is_yes());
  }
  CHECK(compiled == 60);
}

TEST_CASE("digits: other spectrum sets", "[cascade-passes]") {
  auto random = core::Random(seed_or(6));
  CAPTURE(seed_or(6));
  // Three values, so two binary digits where the contraction is more than 1/3.
  const auto three = regex_language("(a|b|c|d|e)*(a|b(d|e)*)", "");
  const auto last_but_one = regex_language(".*a.", "ab");
  for (const auto* dfa : {&three, &last_but_one}) {
    for (const std::string set : {"{1,1/3}", "{1,-1/3}", "{1,2/5}", "{0,1,2/5}", "{1,-2/5}", "[1/5,1]"}) {
      CAPTURE(set);
      const auto target = model_class("diagonal" + set);
      const auto result = compile_digits(*dfa, target, {});
      require_certified(construction_of(result), *dfa, random);
      CHECK(expressivity::is_member(construction_of(result).network(), target).is_yes());
    }
    for (const std::string set : {"{1,1/2}", "{0,1}", "{1,9/10}"})
      CHECK(std::holds_alternative<Refusal>(compile_digits(*dfa, model_class("diagonal" + set), {})));
  }
  // Letters that all overwrite need no 1.
  const auto definite = compile_digits(last_but_one, model_class("diagonal{1/3}"), {});
  CHECK(expressivity::is_member(construction_of(definite).network(), model_class("diagonal{1/3}")).is_yes());
}

TEST_CASE("digits: values in bits where a contraction tells only two apart", "[cascade-passes]") {
  auto random = core::Random(seed_or(9));
  CAPTURE(seed_or(9));
  std::size_t compiled = 0, in_bits = 0;
  for (int i = 0; compiled < 60 && i < 10'000; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 4 + random.below(5), 2));
    if (minimal.states() == 1) continue;
    const char* const classes[] = {"diagonal{1,1/3}", "diagonal{0,1,2/5}", "householder{1,-1/3}:1"};
    const auto target = model_class(classes[random.below(3)]);
    const auto result = compile_digits(minimal, target, {});
    if (std::holds_alternative<Refusal>(result)) continue;
    CAPTURE(i, minimal.states(), to_string(target));
    ++compiled;
    const Construction& construction = construction_of(result);
    require_certified(construction, minimal, random);
    CHECK(expressivity::is_member(construction.network(), target).is_yes());
    const auto large = compile_digits(minimal, model_class("diagonal[0,1]"), {});
    in_bits += construction_of(large).network().layers.size() < construction.network().layers.size() ? 1 : 0;
  }
  CHECK(compiled == 60);
  CHECK(in_bits > 5);
}

TEST_CASE("traces: star-free languages by 0, 1 and any real contraction", "[cascade-passes]") {
  auto random = core::Random(seed_or(8));
  CAPTURE(seed_or(8));
  std::size_t remembering = 0;
  for (int i = 0; remembering < 60 && i < 10'000; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 3 + random.below(4), 2 + random.below(2)));
    if (minimal.states() == 1) continue;
    for (const std::string set : {"{0,1,1/2}", "{0,1,-9/10}", "{0,1,-1,7/8}"}) {
      CAPTURE(i, set);
      const auto target = model_class("diagonal" + set);
      const auto result = compile_digits(minimal, target, {});
      if (const auto* refusal = std::get_if<Refusal>(&result)) {
        REQUIRE(refusal->reason == "the language is not star-free");
        continue;
      }
      const auto& construction = std::get<Construction>(result);
      require_certified(construction, minimal, random);
      REQUIRE(expressivity::is_member(kRationals, construction.network(), target).is_yes());
      remembering += has_finite_orbit(construction) ? 0 : 1;
    }
  }
  CHECK(remembering >= 60);
  // Without 0 there are no traces, and a contraction of 1/2 tells no two digits apart.
  CHECK(std::holds_alternative<Refusal>(
      compile_digits(automata::minimised(regex_language(".*a.", "ab")), model_class("diagonal{1,1/2}"), {})));
}

TEST_CASE("letter by letter: definite languages by one contraction, or 0 and any", "[cascade-passes]") {
  auto random = core::Random(seed_or(9));
  for (const std::string regex : {".*a.", ".*(a|b)c..", "(a|bc).?", ".*ab(a|c)|b"}) {
    for (const std::string set : {"{1/3}", "{-1/3}", "{0,1/2}", "{0,-7/8}"}) {
      CAPTURE(regex, set);
      const auto minimal = automata::minimised(regex_language(regex, "abc"));
      const auto target = model_class("diagonal" + set);
      const auto result = compile_letter_by_letter(minimal, target, {});
      if (const auto* refusal = std::get_if<Refusal>(&result)) FAIL(refusal->reason);
      const auto& construction = std::get<Construction>(result);
      require_certified(construction, minimal, random);
      REQUIRE(expressivity::is_member(kRationals, construction.network(), target).is_yes());
    }
  }
  // More values than there are to be traces: in bits.
  const auto long_ago = automata::minimised(regex_language(".*a.{7}", "ab"));
  const auto in_bits = compile_letter_by_letter(long_ago, model_class("diagonal{0,1/2}"), {});
  require_certified(construction_of(in_bits), long_ago, random);
  CHECK(construction_of(in_bits).network().layers.size() > 8);
  for (const auto& layer : construction_of(in_bits).network().layers) CHECK(layer.dimension <= 65);
  const auto minimal = automata::minimised(regex_language(".*a.", "ab"));
  CHECK(std::holds_alternative<Refusal>(compile_letter_by_letter(minimal, model_class("diagonal{1/2}"), {})));
}

TEST_CASE("repetition slots: what {0,1} can do", "[cascade-passes]") {
  auto random = core::Random(seed_or(10));
  CAPTURE(seed_or(10));
  const std::vector<std::pair<std::string, bool>> cases{{"(ab)*", false},     {"a*b*", true},      {".*a.", false},
                                                        {"a*b*(a.*)?", true}, {"(a*b*c*)*", true}, {"(a+b+c+)*", true}};
  for (const auto& [regex, possible] : cases) {
    const auto minimal = automata::minimised(regex_language(regex, "abc"));
    for (const char* name : {"diagonal{0,1}", "householder[0,1]:1", "householder[0,1]:2"}) {
      CAPTURE(regex, name);
      const auto target = model_class(name);
      const auto result = compile_repetitions(minimal, target, {});
      REQUIRE(std::holds_alternative<Construction>(result) == possible);
      if (!possible) continue;
      const Construction& construction = construction_of(result);
      require_certified(construction, minimal, random);
      CHECK(expressivity::is_member(construction.network(), target).is_yes());
      CHECK(certificate::is_integral(construction.network()));
    }
  }
}

TEST_CASE("a clock: what {-1,0} can do", "[cascade-passes]") {
  auto random = core::Random(seed_or(11));
  CAPTURE(seed_or(11));
  const std::vector<std::pair<std::string, bool>> cases{{"b*(ab*ab*)*", false}, {"(..)*a", true}, {"(ab)*", true},
                                                        {"a*b*", true},         {".*a.", true},   {"(...)*", false}};
  for (const auto& [regex, possible] : cases) {
    CAPTURE(regex);
    const auto minimal = automata::minimised(regex_language(regex, "ab"));
    const auto target = model_class("diagonal{-1,0}");
    const auto result = compile_clock(minimal, target, {});
    REQUIRE(std::holds_alternative<Construction>(result) == possible);
    if (!possible) continue;
    const Construction& construction = construction_of(result);
    require_certified(construction, minimal, random);
    CHECK(expressivity::is_member(construction.network(), target).is_yes());
    CHECK(certificate::is_integral(construction.network()));
    CHECK(certificate::explore(kRationals, construction.network(), minimal, {}).verdict.is_yes());
  }
  CHECK(std::holds_alternative<Refusal>(compile_clock(catalogue_language("parity"), model_class("diagonal{0,1}"), {})));
}

TEST_CASE("signs: languages with 2-groups, by digits and with a finite orbit", "[cascade-passes]") {
  auto random = core::Random(seed_or(8));
  CAPTURE(seed_or(8));
  std::size_t with_group = 0;
  for (int i = 0; i < 150; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(4), 2));
    if (minimal.states() == 1) continue;
    const char* const classes[] = {"diagonal[-1,1]", "householder[-1,1]", "householder[-1,1]:1"};
    const auto target = model_class(classes[random.below(3)]);
    for (const bool finite_orbit : {false, true}) {
      const auto result = compile_signs(minimal, target, finite_orbit, {});
      if (std::holds_alternative<Refusal>(result)) continue;
      CAPTURE(i, minimal.states(), finite_orbit);
      const Construction& construction = construction_of(result);
      require_certified(construction, minimal, random);
      CHECK(expressivity::is_member(construction.network(), target).is_yes());
      if (finite_orbit) CHECK(certificate::is_integral(construction.network()));
      if (!algebra::is_aperiodic(minimal, algebra::ImageOrbit(algebra::letter_maps(minimal), {})).is_yes())
        ++with_group;
    }
  }
  CHECK(with_group > 20);
  CHECK(std::holds_alternative<Refusal>(
      compile_signs(catalogue_language("mod-3"), model_class("diagonal[-1,1]"), true, {})));
}

TEST_CASE("a wrong region, step or threshold breaks a certificate", "[cascade-passes]") {
  const auto dfa = regex_language("(ab)*");
  const auto result = compile_digits(dfa, model_class("diagonal[0,1]"), {});
  const auto& right = std::get<certificate::LayerwiseCertificate>(construction_of(result).certificate);
  REQUIRE(certificate::check(right, {}).is_yes());
  const auto holds = [](const certificate::LayerwiseCertificate& c) { return certificate::check(c, {}).is_yes(); };
  for (std::size_t l = 0; l < right.layers.size(); ++l) {
    for (std::size_t r = 0; r < right.layers[l].regions.size(); ++r) {
      auto wrong = right;
      for (auto& extent : wrong.layers[l].regions[r]) extent.low = extent.high;
      const certificate::Region& region = right.layers[l].regions[r];
      if (!region.empty() && region[0].low < region[0].high) CHECK_FALSE(holds(wrong));
      wrong = right;
      wrong.layers[l].regions[r] = {{0, exact::Rational(-3), exact::Rational(3)}};
      CHECK_FALSE(holds(wrong));
    }
    for (std::size_t s = 0; s < right.layers[l].steps.size(); ++s) {
      auto wrong = right;
      auto& next = wrong.layers[l].steps[s].next;
      next = next == 0 ? 1 : 0;
      CHECK_FALSE(holds(wrong));
    }
    auto wrong = right;
    auto& decoder = std::get<lrnn::AffineDecoder<exact::Rational>>(wrong.network.layers[l].decoder);
    for (auto& readout : decoder.readouts) {
      for (auto& t : readout.thresholds) t += 2;
    }
    CHECK_FALSE(holds(wrong));
    wrong = right;
    wrong.network.layers[l].start = lrnn::SparseVector<exact::Rational>(1, {{0, exact::Rational(5)}});
    CHECK_FALSE(holds(wrong));
  }
}

}  // namespace
}  // namespace eigenmata::compiler
