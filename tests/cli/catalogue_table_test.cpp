// SPDX-License-Identifier: Apache-2.0
//
// automata/README.md shows, for every language of the catalogue, how large its networks are. This test computes the
// table again; with EIGENMATA_WRITE_TABLE=1 in the environment it writes it.
#include <fmt/format.h>

#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/compiler/linear_reduction.hpp"
#include "program.hpp"

namespace eigenmata::testing {
namespace {

constexpr const char* kHead =
    "# The catalogue\n\n"
    "Regular languages by name, each in a file of its own (format: ../proofs/language-format.md) with a description "
    "and its published\n"
    "source; `eigenmata list` shows them, `eigenmata list references` the sources in full.\n\n"
    "How large are the one-layer networks that `eigenmata compile LANG --to rank-one` finds?\n\n"
    "- *states*, *letters*, *monoid*: minimal automaton and syntactic monoid.\n"
    "- *Hankel*: rank of the Hankel matrix, the dimension of Schützenberger's reduced representation, in which "
    "acceptance is a linear\n"
    "  function of the state. Exact. It is the least dimension with that readout.\n"
    "- *code*: dimension of the smallest integer code that was found with any readout (an upper bound; the search does "
    "not prove that it is\n"
    "  least). Blank where nothing below |Q| - 1 was found: then one-hot is used, with dimension |Q|.\n"
    "- *factors*: factors I - u vᵀ a token, one-hot and with the code, both least for their matrices.\n\n"
    "It gains on groups (the word problem of S_5: 120 states, dimension 4), on products of independent parts, and on "
    "shift registers; it\n"
    "gains nothing on counters of prime order and on full transformation monoids.\n\n"
    "| language | states | letters | monoid | Hankel | code | factors |\n|---|---|---|---|---|---|---|\n";

std::size_t factors_of(const compiler::Construction& construction) {
  return construction.network().layers.empty() ? 0 : factors_per_token(construction.network().layers[0]);
}

std::string row_of(const std::string& name) {
  const automata::Language language = automata::read_language({{}, name, {}, {}, {}}, {});
  const automata::Dfa minimal = automata::minimised(language.dfa);
  const algebra::TransitionMonoid monoid(algebra::letter_maps(minimal), {});
  const auto linear = compiler::linear_dimension(minimal);
  compiler::CompileOptions options;
  options.target.form = expressivity::ModelClass::Form::kRankOne;
  options.encoding = compiler::Encoding::kOneHot;
  const auto one_hot = compiler::compile(minimal, options, {});
  const auto result = compiler::compile_reduced(minimal, compiler::ReducedForm::kRankOne, {});
  const auto* reduced = std::get_if<compiler::Construction>(&result);
  REQUIRE(one_hot.is_yes());
  std::string code;
  std::string factors = std::to_string(factors_of(one_hot.proof().construction));
  if (reduced != nullptr) {
    code = std::to_string(reduced->network().layers.at(0).dimension);
    factors += " → " + std::to_string(factors_of(*reduced));
  }
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", name, minimal.states(), minimal.letters(), monoid.size(),
                     linear ? std::to_string(linear->hankel_rank) : "", code, factors);
}

TEST_CASE("the table of the catalogue shows what is computed") {
  const std::string path = std::string(EIGENMATA_SOURCE_DIR) + "/automata/README.md";
  std::string table = kHead;
  for (const std::string& name : automata::catalogue_names()) table += row_of(name);
  if (std::getenv("EIGENMATA_WRITE_TABLE") != nullptr) std::ofstream(path) << table;
  CHECK(read_file(path) == table);
}

}  // namespace
}  // namespace eigenmata::testing
