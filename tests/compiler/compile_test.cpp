// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/compile.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>

#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/core/theorems.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "support/constructions.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using testing::catalogue_language;
using testing::regex_language;
using testing::require_right;

CompileOptions options(const std::string& target) {
  CompileOptions result;
  result.target = expressivity::parse_model_class(target, {"class"});
  return result;
}

CompileVerdict compiled(const Dfa& dfa, const CompileOptions& o) { return compile(dfa, o, {}); }

std::string pass_of(const CompileVerdict& verdict) {
  return verdict.is_yes() ? verdict.proof().construction.pass : verdict.reason();
}

const lrnn::Layer<exact::Rational>& layer_of(const CompileVerdict& verdict) {
  REQUIRE(verdict.is_yes());
  return verdict.proof().construction.network().layers.at(0);
}

std::size_t dimension_of(const CompileVerdict& verdict) {
  REQUIRE(verdict.is_yes());
  return verdict.proof().construction.with_network(
      [](const auto& /*k*/, const auto& network) { return network.layers.at(0).dimension; });
}

std::size_t factors_of(const CompileVerdict& verdict) {
  REQUIRE(verdict.is_yes());
  return verdict.proof().construction.with_network(
      [](const auto& /*k*/, const auto& network) { return lrnn::factors_per_token(network.layers.at(0)); });
}

/// The line that a pass left; empty if it was not asked.
std::string offer_of(const CompileVerdict& verdict, const std::string& pass) {
  REQUIRE(verdict.is_yes());
  for (const Offer& offer : verdict.proof().offers) {
    if (offer.pass == pass) return offer.text;
  }
  return "";
}

TEST_CASE("whatever is compiled is right and of the class asked for", "[compile][slow]") {
  EIGENMATA_SEEDED(random, 211);
  for (const std::string target : {"rank-one", "dense", "householder[-1,1]"}) {
    for (const std::string& name : automata::catalogue_names()) {
      const Dfa dfa = catalogue_language(name);
      if (dfa.states() * dfa.letters() > 100) continue;
      CAPTURE(target, name);
      if (target == "householder[-1,1]" && dfa.states() > 12) continue;  // see the matrix of all classes
      const auto verdict = compiled(dfa, options(target));
      REQUIRE(verdict.is_yes());
      const Construction& construction = verdict.proof().construction;
      require_right(construction, automata::minimised(dfa), random);
      construction.with_network([&](const auto& k, const auto& network) {
        REQUIRE(expressivity::is_member(k, network, expressivity::parse_model_class(target, {})).is_yes());
      });
    }
  }
}

TEST_CASE("the automaton need not be minimal, nor all of it reachable", "[compile]") {
  EIGENMATA_SEEDED(random, 212);
  for (int round = 0; round < 40; ++round) {
    const Dfa dfa = testing::random_dfa(random, 1 + random.below(6), 1 + random.below(2));
    CAPTURE(round);
    const auto verdict = compiled(dfa, options("rank-one"));
    REQUIRE(verdict.is_yes());
    require_right(verdict.proof().construction, automata::minimised(dfa), random);
  }
}

TEST_CASE("the objective chooses among the offers", "[compile]") {
  // The word problem of S_3: six unit vectors, or two numbers.
  const Dfa s3 = catalogue_language("s3-word-problem");
  CompileOptions o = options("rank-one");
  o.objective = Objective::kDimension;
  const auto small = compiled(s3, o);
  CHECK(dimension_of(small) == 2);
  o.encoding = Encoding::kOneHot;
  const auto one_hot = compiled(s3, o);
  CHECK(pass_of(one_hot) == "one-hot");
  CHECK(layer_of(one_hot).dimension == 6);
  o.encoding = Encoding::kReduced;
  CHECK(dimension_of(compiled(s3, o)) == 2);

  // For every pair of passes that offer, the winner is the least in the objective.
  for (const std::string name :
       {"s3-word-problem", "third-from-end", "d4-word-problem", "even-pairs", "dyck-1-depth-3"}) {
    const Dfa dfa = catalogue_language(name);
    CompileOptions only = options("rank-one");
    only.encoding = Encoding::kOneHot;
    const auto first = compiled(dfa, only);
    only.encoding = Encoding::kReduced;
    const auto second = compiled(dfa, only);
    if (!second.is_yes()) continue;
    const std::size_t factors = std::min(factors_of(first), factors_of(second));
    const std::size_t dimension = std::min(dimension_of(first), dimension_of(second));
    CAPTURE(name);
    for (const Objective objective : {Objective::kLayers, Objective::kFactors, Objective::kDimension}) {
      CompileOptions any = options("rank-one");
      any.objective = objective;
      const auto best = compiled(dfa, any);
      if (objective == Objective::kDimension) {
        CHECK(dimension_of(best) == dimension);
      } else {
        CHECK(factors_of(best) <= factors);
      }
    }
  }
}

TEST_CASE("fewest factors may take more layers than a class without a bound needs", "[compile]") {
  for (const char* target : {"householder[-1,1]", "rank-one"}) {
    for (const char* name : {"t3", "s3-word-problem", "tomita-4"}) {
      CAPTURE(target, name);
      auto options = options_for(target, {"test"});
      options.objective = Objective::kFactors;
      const auto fewest = build(catalogue_language(name), options, {});
      REQUIRE(fewest);
      REQUIRE(certificate::check(fewest->construction.certificate, {}).is_yes());
      std::size_t most = 0;
      fewest->construction.with_network([&](const auto& k, const auto& network) {
        CHECK(expressivity::is_member(k, network, options.target).is_yes());
        for (const auto& layer : network.layers) most = std::max(most, factors_per_token(layer));
      });
      CHECK(most == 1);
    }
  }
}

TEST_CASE("a language that the last letter decides gets no layer, unless an encoding is asked for", "[compile]") {
  const Dfa dfa = regex_language(".*b", "ab");
  for (const std::string target : {"rank-one", "dense", "diagonal[0,1]", "householder[0,1]:1"}) {
    CAPTURE(target);
    const auto verdict = compiled(dfa, options(target));
    REQUIRE(verdict.is_yes());
    CHECK(pass_of(verdict) == "current-letter");
    CHECK(verdict.proof().construction.network().layers.empty());
  }
  CompileOptions o = options("rank-one");
  o.encoding = Encoding::kOneHot;
  CHECK(pass_of(compiled(dfa, o)) == "one-hot");
  o = options("rank-one");
  o.layers = 0;
  CHECK(pass_of(compiled(dfa, o)) == "current-letter");
}

TEST_CASE("bounds on factors and layers are kept, or the answer is unknown", "[compile]") {
  const Dfa dfa = catalogue_language("s4-word-problem");
  const std::size_t one_hot = 24 - 6;  // four-cycles move all 24 states in 6 cycles; eight letters of order 3 in 8
  CompileOptions o = options("rank-one:" + std::to_string(one_hot));
  o.encoding = Encoding::kOneHot;
  CHECK(compiled(dfa, o).is_yes());
  o.target.factors = one_hot - 1;
  const auto verdict = compiled(dfa, o);
  REQUIRE(verdict.is_unknown());
  CHECK_THAT(verdict.reason(), Catch::Contains("more than 17 factors"));
  // As rotations of a cube, two factors are enough for each.
  o.encoding = Encoding::kAny;
  o.target.factors = 2;
  const auto reduced = compiled(dfa, o);
  REQUIRE(reduced.is_yes());
  CHECK(dimension_of(reduced) == 3);
  o.target.factors = 0;
  CHECK(compiled(dfa, o).is_unknown());

  CompileOptions layers = options("rank-one");
  layers.layers = 0;
  CHECK(compiled(dfa, layers).is_unknown());
  layers.layers = 1;
  CHECK(compiled(dfa, layers).is_yes());
}

TEST_CASE("reflections run groups, on fewer points where that is found", "[compile]") {
  const Dfa a5 = catalogue_language("a5-word-problem");
  const auto verdict = compiled(a5, options("householder[-1,1]:2"));
  REQUIRE(verdict.is_yes());
  CHECK(dimension_of(verdict) == 3);  // the rotations of the icosahedron
  CHECK(factors_of(verdict) == 2);
  // A permutation of 60 states without fixed points takes 30 reflections and more.
  CompileOptions o = options("householder[-1,1]:4");
  o.encoding = Encoding::kOneHot;
  CHECK(compiled(a5, o).is_unknown());
  o = options("householder[-1,1]");
  o.encoding = Encoding::kOneHot;
  const auto other = compiled(regex_language("(ab)*"), o);
  REQUIRE(other.is_unknown());
  CHECK_THAT(other.reason(), Catch::Contains("does not permute the states"));
}

TEST_CASE("what a class cannot hold is refused with the theorem, what no pass builds is unknown", "[compile]") {
  for (const std::string target : {"householder[0,1]", "diagonal[0,1]", "diagonal{0,1}", "constant"}) {
    CAPTURE(target);
    const auto verdict = compiled(catalogue_language("parity-since-reset"), options(target));
    REQUIRE(verdict.is_no());
    CHECK_FALSE(verdict.witness().reason.empty());
    const auto& all = core::theorems();
    CHECK(std::any_of(all.begin(), all.end(), [&](const core::Theorem& t) { return t.id == verdict.theorem(); }));
  }
  // The last letter but one: on finite orbits no diagonal matrices with entries in [0, 1] do it, otherwise digits do.
  CompileOptions o = options("diagonal[0,1]");
  const Dfa delay = regex_language(".*a.", "ab");
  CHECK(pass_of(compiled(delay, o)) == "last-letters");
  o.semantics = expressivity::parse_semantics("finite-orbit", {});
  CHECK(compiled(delay, o).is_no());
  o.semantics = expressivity::parse_semantics("float:bf16", {});
  CHECK_FALSE(compiled(delay, o).is_yes());
  const auto open = compiled(catalogue_language("a5-with-reset"), options("rwkv7[-1,1]"));
  REQUIRE(open.is_unknown());
  CHECK_FALSE(open.reason().empty());
}

TEST_CASE("every pass that was asked leaves a line", "[compile]") {
  const auto verdict = compiled(catalogue_language("third-from-end"), options("rank-one"));
  REQUIRE(verdict.is_yes());
  CHECK_THAT(offer_of(verdict, "current-letter"), Catch::StartsWith("refused: "));
  CHECK_THAT(offer_of(verdict, "one-hot"), Catch::StartsWith("1 layer, dimension 8, "));
  CHECK_THAT(offer_of(verdict, "reduced"), Catch::StartsWith("1 layer, dimension 3, "));
  const auto points = compiled(catalogue_language("s5-word-problem"), options("householder[-1,1]:4"));
  CHECK(pass_of(points) == "permuted-points");
  CHECK(layer_of(points).dimension == 5);
  const auto& all = core::theorems();
  CHECK(std::any_of(all.begin(), all.end(), [&](const core::Theorem& t) { return t.id == verdict.theorem(); }));
}

TEST_CASE("a limit of memory is a refusal, an interrupt and a deadline are not", "[compile]") {
  const Dfa dfa = catalogue_language("third-from-end");
  core::Limits limits;
  limits.memory_bytes = 3'000;  // enough for the minimal automaton, not for two matrices of 8 x 8
  CompileOptions o = options("dense");
  o.encoding = Encoding::kOneHot;
  const auto verdict = compile(dfa, o, limits);
  REQUIRE(verdict.is_unknown());
  CHECK_THAT(verdict.reason(), Catch::Contains("memory limit"));
  const std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK_THROWS_AS(compile(dfa, options("rank-one"), stopped), core::LimitReached);
  core::Limits late;
  late.deadline = core::Limits::Clock::now() - std::chrono::seconds(1);
  CHECK_THROWS_AS(compile(dfa, options("rank-one"), late), core::LimitReached);
}

TEST_CASE("the same seed gives the same network", "[compile]") {
  const auto text = [](std::uint64_t seed) {
    CompileOptions o = options("householder[-1,1]");
    o.seed = seed;
    return certificate::write_certificate(
        compiled(catalogue_language("s5-word-problem"), o).proof().construction.certificate);
  };
  CHECK(text(5) == text(5));
}

}  // namespace
}  // namespace eigenmata::compiler
