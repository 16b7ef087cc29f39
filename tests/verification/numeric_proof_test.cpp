// SPDX-License-Identifier: Apache-2.0
//
// Compiling for numbers of finitely many bits, in the library: the language of what is proved is found again
// from the written model alone, and what is not proved is told from what is.
#include "eigenmata/verification/numeric_proof.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/compile_in_numbers.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"
#include "support/languages.hpp"

namespace eigenmata {
namespace {

compiler::CompileOptions options_for(const std::string& target, const std::string& semantics) {
  compiler::CompileOptions options;
  options.target = expressivity::parse_model_class(target, {});
  options.semantics = expressivity::parse_semantics(semantics, {});
  return options;
}

compiler::NumericCompilationReport compiled(const automata::Dfa& minimal, const compiler::CompileOptions& options,
                                            std::size_t& asked) {
  const auto prove = [&](const lrnn::Model& model) {
    ++asked;
    return verification::prove_in_numbers(model, minimal, options.semantics, {});
  };
  return compiler::compile_in_numbers(minimal, options, {prove, {}}, {});
}

/// The language that the written model has in the arithmetic, found without being told what it should be.
automata::Dfa language_of(const std::string& text, const expressivity::Semantics& semantics) {
  const auto arithmetic = verification::numeric_arithmetic(semantics);
  return std::visit(
      [](const auto& over, const auto& numbers) {
        if constexpr (std::is_same_v<std::decay_t<decltype(over)>, lrnn::ModelOver<exact::CyclotomicField>>) {
          FAIL("such numbers are not rounded");
          return automata::minimised(testing::catalogue_language("parity"));
        } else {
          const auto rounded = lrnn::rounded_network(numbers, over.arithmetic, over.network, {});
          return verification::recognised_language(numbers, rounded, {});
        }
      },
      lrnn::read_model({"the model", text}), arithmetic);
}

TEST_CASE("networks for numbers of finitely many bits recognise their languages there", "[numeric_proof]") {
  struct Case {
    const char *language, *target, *semantics, *pass;
    std::size_t layers;
  };
  for (const Case& c : {Case{"mod-8", "diagonal{0,1}", "uint:3", "wrap-around", 1},
                        Case{"mod-8", "diagonal[-1,1]", "uint:2", "wrap-around", 3},
                        Case{"s5-swaps", "householder[-1,1]", "float:bf16", "permuted-points", 1},
                        Case{"t3", "rank-one", "int:4", "one-hot", 1},
                        Case{"parity", "diagonal[-1,1]", "fixed:2.2", "signs-and-digits", 1}}) {
    CAPTURE(c.language, c.target, c.semantics);
    const auto minimal = automata::minimised(testing::catalogue_language(c.language));
    const auto options = options_for(c.target, c.semantics);
    std::size_t asked = 0;
    const auto report = compiled(minimal, options, asked);
    REQUIRE(report.verdict.is_yes());
    CHECK(report.verdict.theorem() == "numeric-closure");
    const auto& [candidate, proof] = report.verdict.proof();
    CHECK(candidate.pass == c.pass);
    CHECK(candidate.dimensions().size() == c.layers);
    CHECK(report.offers.back().pass == c.pass);
    CHECK(proof.states >= minimal.states());
    CHECK(asked >= 1);
    CHECK(language_of(proof.model, options.semantics) == minimal);
  }
}

TEST_CASE("a network that rounding spoils is no proof, and its refusal says why", "[numeric_proof]") {
  // Counting modulo 8 in one integer of three bits; with two bits the decoder has two rows for one state.
  const auto minimal = automata::minimised(testing::catalogue_language("mod-8"));
  std::size_t asked = 0;
  const auto report = compiled(minimal, options_for("diagonal{0,1}", "uint:3"), asked);
  REQUIRE(report.verdict.is_yes());
  const auto& model = report.verdict.proof().candidate.model;
  const auto in_two_bits =
      verification::prove_in_numbers(model, minimal, expressivity::parse_semantics("uint:2", {}), {});
  REQUIRE(std::holds_alternative<std::string>(in_two_bits));
  CHECK(std::get<std::string>(in_two_bits).find("of the table has the state of an earlier one") != std::string::npos);
  // Another language is not what it recognises.
  const auto other = automata::minimised(testing::catalogue_language("mod-5"));
  const auto wrong = verification::prove_in_numbers(model, other, expressivity::parse_semantics("uint:3", {}), {});
  REQUIRE(std::holds_alternative<std::string>(wrong));
  CHECK(std::get<std::string>(wrong).find("rounding changes the answer to a word of ") == 0);
}

TEST_CASE("without a proof there is the theorem, or the reason of each pass", "[numeric_proof]") {
  std::size_t asked = 0;
  const auto mod_3 = automata::minimised(testing::catalogue_language("mod-3"));
  const auto refused = compiled(mod_3, options_for("diagonal[0,1]", "uint:8"), asked);
  REQUIRE(refused.verdict.is_no());
  CHECK(refused.verdict.theorem() == "wrap-around");
  CHECK(asked == 0);

  const auto options = options_for("householder[-1,1]", "float:bf16");
  const auto never = [](const lrnn::Model&) -> std::variant<certificate::NumericProof, std::string> {
    return "not today";
  };
  const auto unknown = compiler::compile_in_numbers(mod_3, options, {never, {}}, {});
  REQUIRE(unknown.verdict.is_unknown());
  REQUIRE(unknown.offers.size() == 1);
  CHECK(unknown.offers[0].text == "refused: not today");
  CHECK(unknown.verdict.reason().find("not today") != std::string::npos);

  auto one_layer = options_for("diagonal[-1,1]", "uint:2");
  one_layer.layers = 1;
  const auto mod_8 = automata::minimised(testing::catalogue_language("mod-8"));
  const auto too_many = compiled(mod_8, one_layer, asked);
  CHECK_FALSE(too_many.verdict.is_yes());
  CHECK(asked == 0);  // what has more layers than are asked for is not run
}

}  // namespace
}  // namespace eigenmata
