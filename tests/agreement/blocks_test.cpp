// SPDX-License-Identifier: Apache-2.0
//
// Certificates of kind blocks, by both programs that check them: what is built is proved, by listing all joint states
// as well where they are few; and of corrupted ones both think the same, and prove none that is false.
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/error.hpp"
#include "checker/model.hpp"
#include "eigenmata/compiler/ring_blocks.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "support/constructions.hpp"
#include "support/mutation.hpp"
#include "support/random_objects.hpp"
#include "support/word_problems.hpp"

namespace eigenmata {
namespace {

using compiler::FactorForm;

enum class Judgement { kProved, kNotProved, kUnreadable };

Judgement by_library(const std::string& text) {
  try {
    const auto certificate = certificate::read_any_certificate({"certificate", text});
    return certificate::check(certificate, {}, 1).is_yes() ? Judgement::kProved : Judgement::kNotProved;
  } catch (const core::Error&) {
    return Judgement::kUnreadable;
  }
}

Judgement by_checker(const std::string& text) {
  try {
    std::istringstream stream(text);
    return checker::check(checker::read_certificate(stream, "certificate")) ? Judgement::kNotProved
                                                                            : Judgement::kProved;
  } catch (const checker::Error&) {
    return Judgement::kUnreadable;
  }
}

/// A certificate that is accepted says the truth of all short words, by the slow model.
void require_agreement(const std::string& text) {
  const auto any = certificate::read_any_certificate({"certificate", text});
  const auto& certificate = std::get<certificate::ComplexLayerwiseCertificate>(any);
  const testing::NaiveRunner<exact::CyclotomicField> naive(certificate.arithmetic, certificate.network);
  core::Random random(5);
  for (int i = 0; i < 40; ++i) {
    const core::Word word = testing::random_word(random, random.below(20), certificate.automaton.letters());
    REQUIRE(naive.accepts(word) == std::optional<bool>(certificate.automaton.accepts(word)));
  }
}

/// The first line that differs.
std::string first_difference(const std::string& a, const std::string& b) {
  std::istringstream x(a);
  std::istringstream y(b);
  std::string line;
  std::string other;
  std::size_t number = 1;
  while (std::getline(x, line) && std::getline(y, other) && line == other) ++number;
  return "line " + std::to_string(number) + ": " + line + " -> " + other;
}

automata::Dfa minimal_of(const std::string& name) { return automata::minimised(testing::catalogue_language(name)); }

std::string text_of(const compiler::PassResult& result) {
  return certificate::write_certificate(testing::construction_of(result).certificate);
}

TEST_CASE("blocks: built, proved by both programs, and by listing all joint states", "[blocks]") {
  core::Random random(3);
  for (const std::string name : {"s3-word-problem", "z3-word-problem", "t3", "dyck-1-depth-3"}) {
    for (const std::size_t factors : {1, 2}) {
      const automata::Dfa minimal = minimal_of(name);
      CAPTURE(name, factors);
      const auto result = compiler::compile_ring_blocks(minimal, factors, FactorForm::kRankOne, {});
      if (const auto* refusal = std::get_if<compiler::Refusal>(&result)) {
        // With two factors one letter at a time is enough for three points.
        CHECK(factors == 2);
        CHECK(refusal->reason == "one letter a block needs no ring");
        continue;
      }
      const auto& construction = testing::construction_of(result);
      const auto target = expressivity::parse_model_class("rank-one:" + std::to_string(factors), {});
      testing::require_member(result, minimal, target, random);
      CHECK(has_finite_orbit(construction));
      const std::string text = text_of(result);
      CHECK(by_checker(text) == Judgement::kProved);
      construction.with_network([&](const auto& k, const auto& network) {
        CHECK(network.layers.size() == (factors == 1 ? 4 : 3));
        CHECK(certificate::explore(k, network, minimal, {}).verdict.is_yes());
        // The model file says the same network, to both programs.
        using K = std::decay_t<decltype(k)>;
        const std::string model = lrnn::write_model(lrnn::ModelOver<K>{k, network});
        CHECK(lrnn::write_model(lrnn::read_model({"model", model})) == model);
        std::istringstream stream(text);
        CHECK_FALSE(checker::difference(checker::read_certificate(stream, "certificate").network,
                                        checker::read_model(model, "model")));
      });
      CHECK(certificate::write_certificate(certificate::read_any_certificate({"certificate", text})) == text);
    }
  }
}

TEST_CASE("blocks: groups with Householder factors, random automata with copies", "[blocks]") {
  EIGENMATA_SEEDED(random, 97);
  const auto a5 = compiler::compile_ring_blocks(minimal_of("a5-word-problem"), 1, FactorForm::kHouseholder, {});
  testing::require_member(a5, minimal_of("a5-word-problem"), expressivity::parse_model_class("householder[-1,1]:1", {}),
                          random);
  CHECK(by_checker(text_of(a5)) == Judgement::kProved);
  const auto refused = compiler::compile_ring_blocks(minimal_of("t3"), 1, FactorForm::kHouseholder, {});
  CHECK(std::get<compiler::Refusal>(refused).reason == "a copy of one state to another is no Householder factor");
  for (int i = 0; i < 8; ++i) {
    const auto minimal = automata::minimised(testing::random_dfa(random, 3 + random.below(3), 2));
    CAPTURE(i, minimal.states());
    const auto result = compiler::compile_ring_blocks(minimal, 1, FactorForm::kRankOne, {});
    if (std::holds_alternative<compiler::Refusal>(result)) continue;  // one letter a block
    testing::require_member(result, minimal, expressivity::parse_model_class("rank-one:1", {}), random);
    CHECK(by_checker(text_of(result)) == Judgement::kProved);
  }
}

TEST_CASE("blocks: of corrupted certificates both programs think the same, and accept none that is false", "[blocks]") {
  EIGENMATA_SEEDED(random, 401);
  const std::string text =
      text_of(compiler::compile_ring_blocks(minimal_of("s3-word-problem"), 1, FactorForm::kRankOne, {}));
  std::map<std::string, std::map<Judgement, std::size_t>> counts;
  const auto judge = [&](const std::string& kind, const std::string& mutant) {
    if (mutant == text) return;
    const Judgement library = by_library(mutant);
    ++counts[kind][library];
    if (library != by_checker(mutant)) FAIL_CHECK("the two programs disagree: " << first_difference(text, mutant));
    if (library == Judgement::kProved) require_agreement(mutant);
  };
  // Lines of every kind with one number changed; of frequent kinds some.
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::map<std::string, std::size_t> all;
  for (const std::string& line : lines) ++all[line.substr(0, line.find(' '))];
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (lines[at].empty() || lines[at][0] == '#') continue;
    const std::string kind = lines[at].substr(0, lines[at].find(' '));
    if (random.below(all[kind]) >= 12) continue;
    const auto words = testing::words_of(lines[at]);
    for (std::size_t i = 1; i < words.size() && i < 12; ++i) {
      const auto [begin, end] = words[i];
      for (const std::string other : {"0", "1", "2", "9", "-"}) {
        std::string mutant;
        for (std::size_t l = 0; l < lines.size(); ++l)
          mutant += (l == at ? lines[l].substr(0, begin) + other + lines[l].substr(end) : lines[l]) + "\n";
        judge(kind, mutant);
      }
    }
  }
  for (const std::string kind : {"block", "code", "codes", "node", "row", "route", "symbols", "factor", "offset",
                                 "start", "next", "accepting", "meet", "step", "readout", "accept"}) {
    CAPTURE(kind);
    CHECK(counts[kind][Judgement::kNotProved] > 0);
  }
  for (int i = 0; i < 300; ++i) judge("at random", testing::mutated(text, random));
  for (const auto& [kind, results] : counts) {
    std::cout << kind << ":";
    for (const auto& [judgement, count] : results)
      std::cout << " " << count
                << (judgement == Judgement::kProved      ? " proved"
                    : judgement == Judgement::kNotProved ? " not proved"
                                                         : " unreadable");
    std::cout << "\n";
  }
}

}  // namespace
}  // namespace eigenmata
