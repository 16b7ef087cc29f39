// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/decide.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "eigenmata/algebra/permutation_group.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/theorems.hpp"
#include "eigenmata/expressivity/verdict_table.hpp"
#include "support/word_problems.hpp"

namespace eigenmata::expressivity {
namespace {

using core::Answer;

CellVerdict verdict(const automata::Dfa& dfa, const std::string& c, Layers layers = {},
                    const std::string& semantics = "exact") {
  LanguageFacts facts(dfa);
  return decide(facts, parse_model_class(c, {"test"}), layers, parse_semantics(semantics, {"test"}));
}

automata::Dfa regex(const std::string& text) {
  return automata::compile_regex(text, core::parse_alphabet("ab", {}), {});
}

automata::Dfa named(const std::string& name) {
  automata::LanguageRequest request;
  request.path_or_name = name;
  return automata::read_language(request, {}).dfa;
}

/// "yes", "no" or "unknown".
std::string answer(const std::string& expression, const std::string& c, Layers layers = {},
                   const std::string& semantics = "exact") {
  return std::string(to_string(verdict(regex(expression), c, layers, semantics).answer()));
}

constexpr const char* kParity = "(b*ab*a)*b*";   // an even number of a's
constexpr const char* kMod3 = "(b*ab*ab*a)*b*";  // of a's
constexpr const char* kLength3 = "(...)*";       // the length
constexpr const char* kLastButOne = ".*a.";      // needs two letters of memory
constexpr const char* kOccurs = ".*a.*";

TEST_CASE("spectrum sets on the diagonal, any depth: the table of examples", "[decide]") {
  struct Known {
    const char* set;
    const char* language;
    const char* exact;
    const char* finite_orbit;
  };
  for (const Known& known : {Known{"{0,1}", "(ab)*", "no", "no"},
                             Known{"{0,1}", "a*b*", "yes", "yes"},
                             Known{"{0,1}", kLastButOne, "no", "no"},
                             Known{"{0,1}", ".*ab+a+", "yes", "yes"},
                             Known{"[0,1]", "(ab)*", "yes", "no"},
                             Known{"[0,1]", kLastButOne, "yes", "no"},
                             Known{"[0,1]", kParity, "no", "no"},
                             Known{"{-1,0}", kParity, "no", "no"},
                             Known{"{-1,0}", "(..)*a", "yes", "yes"},
                             Known{"{-1,0}", "(ab)*", "yes", "yes"},
                             Known{"{-1,1}", kParity, "yes", "yes"},
                             Known{"{-1,1}", "a*b*", "no", "no"},
                             Known{"{-1,0,1}", kParity, "yes", "yes"},
                             Known{"{-1,0,1}", "(ab)*", "yes", "yes"},
                             Known{"{-1,0,1}", kMod3, "no", "no"},
                             Known{"{e(1/3),0}", kLength3, "yes", "yes"},
                             Known{"{e(1/3),0}", kMod3, "no", "no"},
                             Known{"{e(1/3),0}", "(..)*", "no", "no"},
                             Known{"{e(1/3),e(2/3)}", kMod3, "yes", "yes"},
                             Known{"{1}", ".*a", "yes", "yes"},
                             Known{"{1}", kLastButOne, "no", "no"},
                             Known{"{0}", ".*a", "yes", "yes"},
                             Known{"{0}", kLastButOne, "no", "no"},
                             Known{"{1/2}", kOccurs, "no", "no"},
                             Known{"{1/2}", kLastButOne, "no", "no"},
                             Known{"{-3/4}", kLastButOne, "no", "no"},
                             Known{"{1/2}", ".*a|bb", "unknown", "no"},
                             Known{"{1/3}", kLastButOne, "yes", "no"},
                             Known{"{0,1/2}", kLastButOne, "yes", "no"},
                             Known{"{1,1/2}", kOccurs, "yes", "no"},
                             Known{"{1,1/2}", kLastButOne, "no", "no"},
                             Known{"{1,1/3}", kLastButOne, "yes", "no"},
                             Known{"{0,1,1/2}", kLastButOne, "yes", "no"},
                             Known{"{e(1/6),e(2/3)}", kParity, "yes", "yes"},
                             Known{"{e(1/6),e(2/3)}", kLength3, "yes", "yes"},
                             Known{"{e(1/6),e(2/3)}", kMod3, "no", "no"}}) {
    CAPTURE(known.set, known.language);
    CHECK(answer(known.language, std::string("diagonal") + known.set) == known.exact);
    CHECK(answer(known.language, std::string("diagonal") + known.set, {}, "finite-orbit") == known.finite_orbit);
  }
}

TEST_CASE("a bit that can be rewritten needs a hold and unique digits", "[decide]") {
  const automata::Dfa flip_flop = named("flip-flop");
  CHECK(verdict(flip_flop, "diagonal{1,1/2}").is_no());
  CHECK(verdict(flip_flop, "diagonal{1,-9/10}").is_no());
  CHECK(verdict(flip_flop, "diagonal{1,1/3}").is_yes());
  CHECK(verdict(flip_flop, "diagonal{0,1}").is_yes());
  CHECK(verdict(flip_flop, "diagonal(0,1)").is_no());
  CHECK(verdict(flip_flop, "mamba").is_no());
  CHECK(verdict(flip_flop, "mamba[0,1]").is_yes());
  CHECK(verdict(flip_flop, "lru").is_no());
  CHECK(verdict(flip_flop, "deltanet").is_yes());
  CHECK(verdict(flip_flop, "gated-deltanet").is_no());
  CHECK(verdict(flip_flop, "dense", {}, "robust:1/10").is_no());
}

TEST_CASE("counting modulo m and layers", "[decide]") {
  const auto row = [](const std::string& name, const std::string& c, Layers layers = {}) {
    return std::string(to_string(verdict(named(name), c, layers).answer()));
  };
  CHECK(row("mod-4", "diagonal[-1,1]", 1) == "no");
  CHECK(row("mod-4", "diagonal[-1,1]", 2) == "yes");
  CHECK(row("mod-8", "diagonal[-1,1]", 2) == "no");
  CHECK(row("mod-8", "triangular[-1,1]", 2) == "no");
  CHECK(row("mod-3", "diagonal[-1,1]") == "no");
  CHECK(row("mod-3", "triangular[-1,1]") == "no");
  CHECK(row("mod-3", "diagonal-complex", 1) == "yes");
  CHECK(row("mod-3", "householder[-1,1]:1", 1) == "no");
  CHECK(row("mod-3", "householder[-1,1]:1", 2) == "yes");
  CHECK(row("mod-3", "householder[-1,1]:2", 1) == "yes");
  CHECK(row("s3-word-problem", "diagonal-complex", 1) == "no");
  CHECK(row("s3-word-problem", "diagonal-complex", 2) == "yes");
  CHECK(row("s4-word-problem", "diagonal-complex", 2) == "no");
  CHECK(row("s4-word-problem", "diagonal-complex", 3) == "yes");
  CHECK(row("a5-word-problem", "diagonal-complex") == "no");
  CHECK(row("a5-word-problem", "householder[-1,1]:1", 1) == "no");
  CHECK(row("a5-word-problem", "householder[-1,1]:1", 4) == "yes");
  CHECK(row("s5-swaps", "householder[-1,1]:1", 4) == "yes");
  CHECK(row("d4-word-problem", "diagonal[-1,1]", 1) == "no");
  CHECK(row("d4-word-problem", "diagonal[-1,1]", 2) == "yes");
  CHECK(row("q8-word-problem", "diagonal[-1,1]", 2) == "yes");
  CHECK(row("q8-word-problem", "diagonal-complex", 1) == "no");
}

TEST_CASE("one layer of reflections: representations and covers", "[decide]") {
  const auto row = [](const automata::Dfa& dfa, std::size_t k, const char* semantics = "exact") {
    return verdict(dfa, "householder[-1,1]:" + std::to_string(k), 1, semantics);
  };
  CHECK(row(named("a5-word-problem"), 2).is_yes());
  CHECK(row(named("s4-word-problem"), 2).is_yes());
  CHECK(row(named("s5-word-problem"), 4).is_yes());
  CHECK(row(named("s5-word-problem"), 3).is_unknown());
  CHECK(row(named("q8-word-problem"), 4).is_yes());
  CHECK(row(named("s6-points"), 4).is_yes());
  CHECK(row(named("s5-swaps"), 1).is_yes());
  // Nine involutions of S_4 are reflections of the cube, though no representation of S_4 makes them reflections.
  const automata::Dfa s4 = testing::word_problem(testing::involutions(algebra::symmetric_group(4)));
  CHECK(s4.letters() == 9);
  CHECK(row(s4, 1).theorem() == "reflection-cover");
  CHECK(row(s4, 1).is_yes());
  const automata::Dfa a5 = testing::word_problem(testing::involutions(algebra::alternating_group(5)));
  CHECK(a5.letters() == 15);
  CHECK(row(a5, 1).is_yes());
  const automata::Dfa s5 = testing::word_problem(testing::involutions(algebra::symmetric_group(5)));
  CHECK(s5.letters() == 25);
  CHECK(row(s5, 1, "finite-orbit").is_no());
  CHECK(row(s5, 1).is_unknown());
}

TEST_CASE("one diagonal layer", "[decide]") {
  const auto one = [](const char* language, const char* c, const char* semantics = "exact") {
    const CellVerdict v = verdict(regex(language), c, 1, semantics);
    return std::string(to_string(v.answer())) + (v.is_unknown() ? "" : " " + v.theorem());
  };
  // The order in which the letters came last: a, and b after it.
  CHECK(one(".*a.*b", "diagonal{0,1}") == "yes one-layer-orbits");
  CHECK(one("b*a.*", "diagonal{0,1}") == "yes reset-layer");
  CHECK(one(".*ab+a+", "diagonal{0,1}") == "no one-diagonal-layer");
  CHECK(one(".*a(bb)*a", "diagonal{-1,0,1}") == "no one-layer-orbits");
  CHECK(one("a*b*", "diagonal{0,1}") == "no one-diagonal-layer");
  // Since the last a: a number of letters.
  CHECK(one("(a|b)*a(bb)*", "diagonal{-1,0}") == "yes one-layer-orbits");
  CHECK(one("(a|b)*a(bb)*", "diagonal[0,1]") == "no star-free-digits");
  CHECK(one("(a|b)*a(bbb)*", "diagonal{0,e(1/3)}") == "yes one-layer-orbits");
  CHECK(one("(a|b)*a(bbb)*", "diagonal-complex") == "yes reset-layer");
  CHECK(one("(a|b)*a(bbb)*", "diagonal{-1,0}") == "no clock-cascades");
  // Two layers, by alternation; with digits, too.
  CHECK(one("(ab)*", "diagonal[0,1]") == "no one-diagonal-layer");
  CHECK(one("(ab)*", "diagonal-complex") == "no one-diagonal-layer");
  CHECK(one("a.*", "diagonal-complex") == "no one-diagonal-layer");
  CHECK(one("a.*", "constant") == "no one-diagonal-layer");
  CHECK(one("a.*", "constant+diagonal[0,1]") == "no one-diagonal-layer");
  CHECK(one(kLastButOne, "diagonal[0,1]") == "yes digits");
  CHECK(one(kLastButOne, "diagonal[0,1]", "finite-orbit") == "no stutter-invariant");
}

TEST_CASE("one layer without norms above 1", "[decide]") {
  // The first letter for ever: two left zeros.
  for (const char* c : {"householder[-1,1]", "householder[0,1]:1", "gated-householder[-1,1]:1", "deltanet[-1,1]"}) {
    CAPTURE(c);
    CHECK(verdict(regex("a.*"), c, 1).theorem() == "nonexpansive-layer");
    CHECK(verdict(regex("a.*"), c, 1, "finite-orbit").is_no());
    CHECK(verdict(regex("a.*"), c).is_yes());
  }
  CHECK(verdict(regex("a.*"), "dense", 1).is_yes());
  CHECK(verdict(regex("a.*"), "rank-one", 1).is_yes());
  CHECK(verdict(named("flip-flop"), "householder[-1,1]", 1).is_yes());
  CHECK(verdict(named("t3"), "householder[-1,1]", 1).is_no());
}

TEST_CASE("one matrix for all letters", "[decide]") {
  CHECK(answer("(..)*a", "diagonal{-1}", 1) == "yes");
  CHECK(answer(kLength3, "constant") == "yes");
  CHECK(answer(kLength3, "constant{-1,1/3}") == "no");
  CHECK(answer("(..)*", "constant{-1,1/3}") == "yes");
  CHECK(answer("a.*b", "constant") == "yes");
  CHECK(answer("a.*b", "constantD(<1)") == "no");
  CHECK(answer(kLastButOne, "constantD(<1)") == "yes");
  CHECK(answer(kLastButOne, "constant", {}, "finite-orbit") == "no");
  CHECK(answer(kLength3, "constant", {}, "finite-orbit") == "yes");
  CHECK(answer(kOccurs, "constant") == "no");
  CHECK(answer(kParity, "constant+diagonal[0,1]") == "no");
  CHECK(answer("(..)*", "constant+diagonal[0,1]") == "yes");
  CHECK(answer("(ab)*", "constant+diagonal[0,1]") == "yes");
}

TEST_CASE("factors that do not reflect", "[decide]") {
  CHECK(answer("(ab)*", "householder[0,1]:1") == "yes");
  CHECK(answer("(ab)*", "householder[0,1]:1", {}, "finite-orbit") == "no");
  CHECK(answer("(ab)*", "householder[0,1]:2", {}, "finite-orbit") == "no");
  CHECK(answer("(ab)*", "householder[0,1]:3", {}, "finite-orbit") == "yes");
  CHECK(answer("(ab)*", "householder(-1,1]:2", {}, "finite-orbit") == "yes");
  CHECK(answer("a*b*", "householder[0,1]:1", {}, "finite-orbit") == "yes");
  CHECK(answer(kParity, "householder(-1,1]:5") == "no");
}

TEST_CASE("other arithmetics", "[decide]") {
  CHECK(answer(kParity, "diagonal[0,1]", {}, "uint:8") == "yes");
  CHECK(answer(kMod3, "diagonal-complex", {}, "uint:8") == "no");  // of the disc there are -1, 0 and 1
  CHECK(answer(kMod3, "diagonal{e(1/3)}", {}, "uint:8") == "no");
  CHECK(answer(kParity, "diagonal{e(1/3)}", {}, "uint:8") == "unknown");
  CHECK(answer(kMod3, "diagonal[0,1]", {}, "uint:8") == "no");
  CHECK(answer(kParity, "diagonal[0,1]", {}, "float:bf16") == "no");
  CHECK(answer("(ab)*", "diagonal[0,1]", {}, "float:bf16") == "yes");
  CHECK(answer("(ab)*", "diagonal[0,1]", {}, "int:8") == "unknown");
  CHECK(answer("(ab)*", "diagonal[0,1]", {}, "float:e5m2") == "unknown");
  CHECK(answer(kParity, "diagonal[-1,0]", {}, "float:f32") == "no");
  CHECK(answer(kParity, "diagonal[-1,1]", {}, "float:f32") == "yes");
  CHECK(answer(kMod3, "diagonal[-1,1]", {}, "float:f64") == "no");
  CHECK(answer(kParity, "diagonal[0,1]", {}, "cast:-1,0,1") == "no");
  CHECK(answer("(ab)*", "diagonal[0,1]", {}, "cast:-1,0,1") == "unknown");
  CHECK(answer(kMod3, "triangular[-1,1]", 3, "cast:0,1") == "no");
  CHECK(answer(kParity, "householder[0,1]:2", {}, "cast:0,1") == "no");
  CHECK(answer(kParity, "householder[0,1]:3", {}, "cast:0,1") == "unknown");
  CHECK(answer(kLastButOne, "dense", {}, "robust:1/100") == "yes");
  CHECK(answer(kOccurs, "dense", {}, "robust:1/100") == "no");
}

TEST_CASE("integers modulo 2^N", "[decide]") {
  const auto uint8 = [](const char* language, const char* c, Layers layers = {}) {
    return answer(language, c, layers, "uint:8");
  };
  // One matrix for all letters never merges two states: h <- h + b, or h <- -h + b.
  for (const char* c : {"constant", "constant{1}", "constant{-1}", "constant{0,1}", "diagonal{-1,1}"}) {
    CAPTURE(c);
    CHECK(uint8(kParity, c) == "yes");
    CHECK(uint8(kParity, c, 1) == "yes");
    CHECK(uint8("(..)*a", c) == "yes");
    CHECK(uint8(kMod3, c) == "no");
    CHECK(uint8(kOccurs, c) == "no");
    CHECK(uint8(kLastButOne, c) == "no");
  }
  CHECK(verdict(named("d4-word-problem"), "constant{1}", {}, "uint:1").is_yes());
  CHECK(verdict(named("d4-word-problem"), "constant{1}", 2, "uint:1").is_yes());
  CHECK(verdict(named("d4-word-problem"), "constant{1}", 1, "uint:1").is_unknown());
  CHECK(uint8(kParity, "constant{0}") == "no");
  CHECK(uint8(kParity, "diagonal{0}") == "no");
  CHECK(uint8(kOccurs, "diagonal{-1,0}") == "yes");  // on 0 and 128 a sign is a hold
  CHECK(uint8(kOccurs, "constant+diagonal[0,1]") == "yes");
  CHECK(uint8(kParity, "constant+diagonal[0,1]") == "yes");
  CHECK(uint8(kMod3, "constant+diagonal[0,1]") == "no");
  CHECK(uint8(kParity, "constant(0,1)") == "unknown");
}

TEST_CASE("one matrix for all letters, every step rounded", "[decide]") {
  CHECK(answer("(..)*a", "constant", 1, "float:e2m1") == "yes");
  CHECK(answer("(..)*a", "constant{-1}", 1, "int:2") == "yes");
  CHECK(answer("(..)*a", "constant[0,1]", {}, "float:bf16") == "no");
  CHECK(answer(kLastButOne, "constant", {}, "float:e4m3") == "yes");
  CHECK(answer(kLastButOne, "constant", 1, "float:e4m3") == "unknown");
  CHECK(answer(kLastButOne, "constant", {}, "float:e5m2") == "unknown");
  CHECK(answer(kParity, "constant[0,1]", {}, "float:f32") == "no");
  CHECK(answer(kOccurs, "constant{1}", {}, "int:8") == "unknown");  // h <- h + 1 saturates
  CHECK(answer(kParity, "constant", {}, "fixed:0.8") == "unknown");
}

TEST_CASE("numbers that grow with the word deny nothing", "[decide]") {
  for (const char* semantics : {"log-precision", "poly-precision"}) {
    CAPTURE(semantics);
    const auto row = [&](const char* name, const char* c, Layers layers = {}) {
      return verdict(named(name), c, layers, semantics);
    };
    // Counters do what no bounded state does.
    CHECK(row("parity", "diagonal{1}", 1).is_yes());
    CHECK(row("mod-3", "constant{1}", 1).is_yes());
    CHECK(row("s4-word-problem", "diagonal{1}", 3).is_yes());
    CHECK(row("flip-flop", "diagonal{0,1}", 1).is_yes());
    CHECK(row("s3-word-problem", "diagonal[0,1]").is_yes());
    CHECK(row("ab-star", "triangular[0,1]").is_yes());
    // A group that is not solvable: no, if TC0 is not NC1.
    for (const char* c : {"constant", "diagonal[0,1]", "diagonal-complex", "triangular[-1,1]"}) {
      CAPTURE(c);
      const CellVerdict a5 = row("a5-word-problem", c);
      REQUIRE(a5.is_unknown());
      CHECK(a5.reason().find("TC0 = NC1") != std::string::npos);
      CHECK(a5.reason().find("A5") != std::string::npos);
    }
    CHECK(row("a5-word-problem", "householder[0,1]:1").is_unknown());
    CHECK(row("a5-word-problem", "householder[-1,1]:1").is_yes());
    CHECK(row("a5-word-problem", "gated-deltanet[-1,1]").is_yes());
    CHECK(row("a5-word-problem", "rank-one:1").is_yes());
    CHECK(row("a5-word-problem", "rwkv7[-1,1]").is_yes());
    for (const char* c : {"dense", "pd", "rank-one"}) CHECK(row("a5-word-problem", c, 1).is_yes());
  }
  CHECK(verdict(named("parity"), "diagonal(0,1)", 1, "poly-precision").theorem() == "whole-words");
  CHECK(verdict(named("parity"), "contraction", 1, "poly-precision").theorem() == "whole-words");
  CHECK(verdict(named("parity"), "householder(0,1):1", 1, "poly-precision").theorem() == "whole-words");
  CHECK(verdict(named("parity"), "householder{1/2,1}:1", 1, "poly-precision").theorem() == "whole-words");
  CHECK(verdict(named("parity"), "diagonal(0,1)", 1, "log-precision").is_unknown());
  CHECK(answer(kLastButOne, "diagonal(0,1)", 1, "log-precision") == "yes");
  CHECK(answer(kParity, "diagonal{-1,1}", 1, "log-precision") == "yes");
  CHECK(answer("(..)*a", "constant{-1}", 1, "log-precision") == "yes");
}

TEST_CASE("letters decide nothing about words: nilpotent letters that alternate", "[decide]") {
  // [[0,0],[1,0]] and [[0,-1],[0,0]] have no eigenvalue but 0, and their product has -1: a language that is not
  // star-free in one dense layer, though every letter settles.
  const CellVerdict abab = verdict(regex("(abab)*"), "diagonal[0,1]");
  REQUIRE(abab.is_no());
  REQUIRE(abab.witness().period.has_value());
  CHECK(abab.witness().period->repeat.size() >= 2);
  CHECK(verdict(regex("(abab)*"), "dense", 1).is_yes());
}

TEST_CASE("the empty word never matters", "[decide]") {
  for (const char* language : {kParity, kMod3, "(ab)*", kOccurs, kLength3, ".*a", "a.*b", kLastButOne}) {
    const automata::Dfa with = regex("(" + std::string(language) + ")|()");
    const automata::Dfa without = regex("(" + std::string(language) + ")&..*");
    for (const TableCell& cell : verdict_columns()) {
      CAPTURE(language, cell.class_name, cell.semantics);
      LanguageFacts first(with);
      LanguageFacts second(without);
      const Answer a = decide(first, cell).answer();
      const Answer b = decide(second, cell).answer();
      // Only what is known of layers may depend on it, never what is established.
      CHECK((a == b || (cell.layers && (a == Answer::kUnknown || b == Answer::kUnknown))));
    }
  }
}

TEST_CASE("every verdict rests on a theorem that is listed, in an arithmetic it is about", "[decide]") {
  std::map<std::string_view, const core::Theorem*> theorems;
  for (const core::Theorem& theorem : core::theorems()) theorems[theorem.id] = &theorem;
  std::size_t verdicts = 0;
  for (const char* name :
       {"parity", "mod-3", "flip-flop", "ab-star", "tomita-4", "s3-word-problem", "t3", "even-pairs"}) {
    LanguageFacts facts(named(name));
    std::vector<TableCell> cells = verdict_table();
    for (const TableCell& cell : verdict_columns()) {
      for (const char* semantics : {"log-precision", "poly-precision", "float:e5m2", "int:8", "uint:1", "cast:-1,0,1"})
        cells.push_back({cell.class_name, cell.layers, semantics});
    }
    for (const TableCell& cell : cells) {
      const CellVerdict verdict = decide(facts, cell);
      CAPTURE(name, cell.class_name, cell.semantics, verdict.theorem());
      if (verdict.is_unknown()) {
        CHECK_FALSE(verdict.reason().empty());
        continue;
      }
      ++verdicts;
      REQUIRE(theorems.count(verdict.theorem()) == 1);
      CHECK_FALSE(theorems.at(verdict.theorem())->semantics.empty());
    }
  }
  CHECK(verdicts > 500);
}

TEST_CASE("limits make unknowns, and what a letter shows is known before them", "[decide]") {
  // The monoid of all maps of 12 points that keep the order, 1,352,078 of them.
  constexpr std::size_t kPoints = 12;
  std::vector<automata::State> next;
  std::vector<bool> accepting(kPoints, false);
  accepting[0] = true;
  for (std::size_t q = 0; q < kPoints; ++q) {
    for (std::size_t i = 0; i + 1 < kPoints; ++i) {
      next.push_back(automata::state(q == i ? i + 1 : q));
      next.push_back(automata::state(q == i + 1 ? i : q));
    }
  }
  std::string names;
  for (char c = 'a'; c < static_cast<char>('a' + 2 * (kPoints - 1)); ++c) names += c;
  core::Limits limits;
  limits.memory_bytes = std::size_t{1} << 20;
  LanguageFacts facts(automata::Dfa(core::parse_alphabet(names, {}), automata::state(0), accepting, next), limits);
  // That there is no group the images show, in little memory; that no fixed number of letters decides, they do not.
  CHECK(decide(facts, parse_model_class("diagonal[0,1]", {}), {}, Semantics{}).is_yes());
  const CellVerdict unknown = decide(facts, parse_model_class("diagonal(0,1)", {}), {}, Semantics{});
  CHECK(unknown.is_unknown());
  CHECK(unknown.reason().find("memory") != std::string::npos);
  CHECK(decide(facts, parse_model_class("rank-one:1", {}), 1, Semantics{}).is_yes());

  limits.memory_bytes = 100'000;
  LanguageFacts parity(named("parity"), limits);
  CHECK(decide(parity, parse_model_class("diagonal[0,1]", {}), {}, Semantics{}).is_no());
}

TEST_CASE("monoids that are far too large to list", "[decide]") {
  // All maps of twelve points: a swap, a cycle, and a merge.
  constexpr std::size_t kPoints = 12;
  std::vector<automata::State> next;
  std::vector<bool> accepting(kPoints, false);
  accepting[0] = true;
  for (std::size_t q = 0; q < kPoints; ++q) {
    next.push_back(automata::state(q == 0 ? 1 : q == 1 ? 0 : q));
    next.push_back(automata::state((q + 1) % kPoints));
    next.push_back(automata::state(q == 1 ? 0 : q));
  }
  core::Limits limits;
  limits.memory_bytes = std::size_t{64} << 20;
  LanguageFacts facts(automata::Dfa(core::parse_alphabet("abc", {}), automata::state(0), accepting, next), limits);
  const CellVerdict complex = decide(facts, parse_model_class("diagonal-complex", {}), {}, Semantics{});
  REQUIRE(complex.is_no());
  CHECK(complex.witness().group->lacks.find("not solvable") != std::string::npos);
  CHECK(decide(facts, parse_model_class("diagonal[-1,1]", {}), {}, Semantics{}).is_no());
  CHECK(decide(facts, parse_model_class("dense", {}), 1, Semantics{}).is_yes());
}

TEST_CASE("groups that are far too large to list", "[decide]") {
  // All permutations of 30 points, by a swap and a cycle.
  constexpr std::size_t kPoints = 30;
  std::vector<automata::State> next;
  std::vector<bool> accepting(kPoints, false);
  accepting[0] = true;
  for (std::size_t q = 0; q < kPoints; ++q) {
    next.push_back(automata::state(q == 0 ? 1 : q == 1 ? 0 : q));
    next.push_back(automata::state((q + 1) % kPoints));
  }
  LanguageFacts facts(automata::Dfa(core::parse_alphabet("ab", {}), automata::state(0), accepting, next));
  const CellVerdict complex = decide(facts, parse_model_class("diagonal-complex", {}), {}, Semantics{});
  REQUIRE(complex.is_no());
  CHECK(complex.witness().group->name == "S30");
  CHECK(decide(facts, parse_model_class("diagonal[0,1]", {}), {}, Semantics{}).is_no());
  CHECK(decide(facts, parse_model_class("householder[-1,1]", {}), 1, Semantics{}).is_yes());
  CHECK(decide(facts, parse_model_class("householder[-1,1]:1", {}), 4, Semantics{}).is_yes());
  CHECK(decide(facts, parse_model_class("constant", {}), {}, Semantics{}).is_no());
}

}  // namespace
}  // namespace eigenmata::expressivity
