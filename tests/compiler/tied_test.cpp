// SPDX-License-Identifier: Apache-2.0
//
// Networks of architectures: what the theory's recipes say, step by step, and every certificate proved again.
#include "eigenmata/compiler/tied.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "eigenmata/certificate/layerwise.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/compiler/last_letters.hpp"
#include "eigenmata/lrnn/gate.hpp"
#include "eigenmata/lrnn/tie.hpp"
#include "support/constructions.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;
using exact::Rational;

const exact::RationalArithmetic kQ{};

lrnn::ArchitectureChoice choice(const std::string& name) { return lrnn::find_architecture(name, {"test"}).value(); }

/// What is built has the name in its claim, is a member, and its certificate holds.
Compilation built(const automata::Dfa& minimal, const std::string& name) {
  auto result = build(minimal, options_for(name, {"test"}), {});
  CAPTURE(name);
  REQUIRE(result);
  REQUIRE(result->architecture);
  REQUIRE(certificate::check(result->construction.certificate, {}).is_yes());
  result->construction.with_network([&](const auto& k, const auto& network) {
    REQUIRE_NOTHROW(lrnn::validate(k, network));
    REQUIRE(network.claim);
    CHECK(network.claim->form == lrnn::TransitionClass::Form::kArchitecture);
    CHECK(network.claim->architecture.architecture == result->architecture->architecture);
    CHECK(lrnn::is_member(k, network, *result->architecture).is_yes());
    for (const auto& layer : network.layers) CHECK((layer.bos || layer.start.is_zero()));
  });
  return std::move(*result);
}

bool is_built(const automata::Dfa& minimal, const std::string& name) {
  return build(minimal, options_for(name, {"test"}), {}).has_value();
}

TEST_CASE("S_n by swaps in one layer of DeltaNet, its points written by the first token", "[tied]") {
  const auto minimal = catalogue_language("s5-swaps");
  const auto result = built(minimal, "deltanet[-1,1]");
  const auto& network = result.construction.network();
  REQUIRE(network.layers.size() == 1);
  REQUIRE(network.layers[0].bos);
  const auto first = lrnn::token_parameters(kQ, *result.architecture, *network.layers[0].bos).proof();
  REQUIRE(first.steps.size() == 1);
  CHECK(first.steps[0].beta == 1);
  for (const auto& map : network.layers[0].maps) {
    CHECK(map.b.is_zero());
    CHECK(factor_count(map.a) <= 1);
  }
}

TEST_CASE("open gates: flip-flop by DeltaNet with steps along an idle coordinate", "[tied]") {
  const auto minimal = catalogue_language("flip-flop");
  const auto result = built(minimal, "deltanet");
  const auto& network = result.construction.network();
  REQUIRE(network.layers.size() == 1);
  CHECK(network.layers[0].dimension == 2);
  for (const auto& map : network.layers[0].maps) CHECK(factor_count(map.a) == 1);
  CHECK(lrnn::gate_limits(kQ, network, *result.architecture).empty());
  for (std::size_t x = 0; x < network.layers[0].maps.size(); ++x)
    CHECK(result.construction.factor_bounds[0][x] == distance_from_identity(to_dense(kQ, network.layers[0].maps[x].a)));
  // Two steps a token: one of them idle.
  const auto two = built(minimal, "deltaproduct:2");
  for (const auto& map : two.construction.network().layers[0].maps) CHECK(factor_count(map.a) == 2);
  for (std::size_t x = 0; x < network.layers[0].maps.size(); ++x) {
    CHECK(two.construction.factor_bounds[0][x] ==
          distance_from_identity(to_dense(kQ, two.construction.network().layers[0].maps[x].a)));
  }
  CHECK(to_string(*two.architecture) == "deltaproduct:2");
}

TEST_CASE("closed gates say which limits they are", "[tied]") {
  const auto parity = catalogue_language("parity");
  const auto result = built(parity, "mamba[-1,1]");
  const auto limits = lrnn::gate_limits(kQ, result.construction.network(), *result.architecture);
  REQUIRE(limits.size() == 2);
  CHECK(limits[0].limit + limits[1].limit == 0);
  const auto flip_flop = built(catalogue_language("flip-flop"), "longhorn");
  CHECK(lrnn::gate_limits(kQ, flip_flop.construction.network(), *flip_flop.architecture).empty());
}

TEST_CASE("the least number of steps is found, or the one that is asked for is kept", "[tied]") {
  const auto points = catalogue_language("s5-points");
  const auto result = built(points, "deltaproduct[-1,1]");
  CHECK(result.architecture->steps == 4);
  CHECK(to_string(*built(points, "deltaproduct:6[-1,1]").architecture) == "deltaproduct:6[-1,1]");
}

TEST_CASE("swaps and copies are maps of RWKV-7", "[tied]") {
  const auto minimal = dfa_from_table(testing::small_alphabet(2), {{1, 0}, {0, 2}, {2, 2}}, {2});
  const auto result = built(minimal, "rwkv7[-1,1]");
  CHECK(result.construction.network().layers.size() == 1);
}

TEST_CASE("definite languages run behind open and constant gates, others are refused", "[tied][last-letters]") {
  EIGENMATA_SEEDED(random, 73);
  for (const char* text : {"(a|b)*a(a|b)", "(a|b|c)*ab(a|b|c)", "(a|b)*(aa|bab)", "a|(a|b)*b(a|b)(a|b)", "ab"}) {
    const auto minimal = regex_language(text);
    CAPTURE(text);
    for (const char* name :
         {"mamba", "mamba2", "gla", "rwkv4", "rwkv5", "rwkv6", "rwkv7", "hgrn",           "hgrn2",  "griffin",
          "mlstm", "retnet", "s4",  "s4d",   "dss",   "s5",    "lru",   "gated-deltanet", "pd-ssm", "deltanet"}) {
      const auto result = built(minimal, name);
      CHECK(result.construction.network().layers.size() == 1);
      CHECK(lrnn::gate_limits(kQ, result.construction.network(), *result.architecture).empty());
      const lrnn::Runner<exact::RationalArithmetic> runner(kQ, result.construction.network());
      for (int i = 0; i < 20; ++i) {
        const core::Word word = random_word(random, 1 + random.below(12), minimal.letters());
        CHECK(lrnn::answers(runner, word).back() == std::optional<bool>(minimal.accepts(word)));
      }
    }
    CHECK_FALSE(is_built(minimal, "mamba3"));
  }
  const auto flip_flop = catalogue_language("flip-flop");
  for (const char* name : {"mamba", "rwkv4", "rwkv7", "gated-deltanet", "pd-ssm"})
    CHECK_FALSE(is_built(flip_flop, name));
  const auto refused = compile(flip_flop, options_for("mamba", {"test"}), {});
  REQUIRE(refused.is_no());
  CHECK(refused.theorem() == "contraction-definite");
}

TEST_CASE("definite languages with too many words of last letters run letter by letter", "[tied][last-letters]") {
  const auto minimal = automata::minimised(catalogue_language("iso-date"));
  for (const char* name : {"mamba", "rwkv4", "rwkv7", "lru", "gated-deltanet", "pd-ssm"}) {
    CAPTURE(name);
    const auto result = built(minimal, name);
    CHECK(result.construction.pass == "letter-by-letter");
    CHECK(result.construction.network().layers.size() == 11);
    CHECK(lrnn::gate_limits(kQ, result.construction.network(), *result.architecture).empty());
  }
}

TEST_CASE("letter by letter: random definite languages", "[last-letters]") {
  EIGENMATA_SEEDED(random, 75);
  for (int i = 0; i < 30; ++i) {
    const auto minimal = automata::minimised(
        testing::regex_language(random.one_in(2) ? ".*" + std::string(1 + random.below(3), 'a') + "."
                                                 : "(a|b){" + std::to_string(1 + random.below(3)) + "}a|.*bb.",
                                "ab"));
    for (const char* target : {"diagonal(0,1)", "householder[0,1]:1", "contraction", "constant"}) {
      CAPTURE(i, target);
      const auto result = compile_letter_by_letter(minimal, expressivity::parse_model_class(target, {}), {});
      require_right(construction_of(result), minimal, random);
      CHECK(
          expressivity::is_member(construction_of(result).network(), expressivity::parse_model_class("contraction", {}))
              .is_yes() == (std::string(target) != "householder[0,1]:1"));
    }
  }
  const auto target = expressivity::parse_model_class("diagonal(0,1)", {});
  CHECK(std::holds_alternative<Refusal>(compile_letter_by_letter(catalogue_language("parity"), target, {})));
  CHECK(std::holds_alternative<Refusal>(compile_letter_by_letter(
      regex_language(".*a.", "ab"), expressivity::parse_model_class("diagonal{1,1/2}", {}), {})));
}

TEST_CASE("last letters: random definite languages, as suffix automata", "[last-letters]") {
  EIGENMATA_SEEDED(random, 74);
  const auto target = expressivity::parse_model_class("diagonal(0,1)", {});
  for (int i = 0; i < 60; ++i) {
    // The last two letters are the state.
    const std::size_t n = 2 + random.below(2);
    std::vector<std::vector<std::size_t>> next(n * n);
    std::vector<std::size_t> accepting;
    for (std::size_t q = 0; q < n * n; ++q) {
      for (std::size_t x = 0; x < n; ++x) next[q].push_back(q % n * n + x);
      if (random.one_in(2)) accepting.push_back(q);
    }
    const auto minimal =
        automata::minimised(dfa_from_table(testing::small_alphabet(n), next, accepting, random.below(n * n)));
    if (minimal.states() < 2) continue;
    CAPTURE(i, minimal.states());
    const auto result = compile_last_letters(minimal, target, {});
    const Construction& construction = construction_of(result);
    require_right(construction, minimal, random);
    CHECK_FALSE(certificate::is_integral(construction.network()));
  }
  CHECK(std::holds_alternative<Refusal>(compile_last_letters(catalogue_language("parity"), target, {})));
  CHECK(std::holds_alternative<Refusal>(compile_last_letters(catalogue_language("flip-flop"), target, {})));
}

TEST_CASE("what is not tied is refused, with the token", "[tied]") {
  // A letter that writes across its key: never repeated, so the network below is right, but not tied.
  const auto minimal = regex_language("(a|b)*a(a|b)");
  auto construction = construction_of(compile_last_letters(minimal, expressivity::parse_model_class("mamba", {}), {}));
  auto& certificate = std::get<certificate::LayerwiseCertificate>(construction.certificate);
  certificate.network.layers[0].maps[1].a = lrnn::Diagonal<Rational>{{1}};
  const auto result = tied_to(std::move(construction), choice("mamba[0,1]"));
  REQUIRE(std::holds_alternative<Refusal>(result));
  CHECK(std::get<Refusal>(result).reason.find("token 'b'") != std::string::npos);
}

}  // namespace
}  // namespace eigenmata::compiler
