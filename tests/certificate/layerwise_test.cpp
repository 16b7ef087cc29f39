// SPDX-License-Identifier: Apache-2.0
//
// Certificates layer by layer, each number in them changed: every mutant fails a rule, or is right all the same. What
// is accepted is run on all short words, by dense multiplication.
#include "eigenmata/certificate/layerwise.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "eigenmata/compiler/cascade_passes.hpp"
#include "support/certificates.hpp"

namespace eigenmata::certificate {
namespace {

using exact::Rational;

LayerwiseCertificate layerwise(const compiler::PassResult& result) {
  return std::get<LayerwiseCertificate>(std::get<compiler::Construction>(result).certificate);
}

LayerwiseCertificate by_slots() {
  return layerwise(compiler::compile_missing_sets(testing::catalogue_language("t3"), {}));
}

LayerwiseCertificate by_digits() {
  const auto target = expressivity::parse_model_class("diagonal[0,1]", {});
  return layerwise(compiler::compile_digits(testing::regex_language("(a|b)*a(a|b)"), target, {}));
}

void require_agreement(const LayerwiseCertificate& certificate, std::size_t length) {
  const testing::NaiveRunner<exact::RationalArithmetic> naive({}, certificate.network);
  const std::size_t letters = certificate.network.alphabet.size();
  testing::for_each_word(length, letters, [&](const core::Word& word) {
    if (naive.accepts(word) == std::optional<bool>(certificate.automaton.accepts(word))) return;
    FAIL("accepted, but wrong on the word " << core::format_word(certificate.network.alphabet, word));
  });
}

/// Calls `visit` with every certificate that differs in one entry of what is claimed, and what was changed.
void for_each_mutant(const LayerwiseCertificate& original,
                     const std::function<void(const LayerwiseCertificate&, const std::string&)>& visit) {
  for (std::size_t l = 0; l < original.layers.size(); ++l) {
    const LayerClaim& claim = original.layers[l];
    const auto changed = [&](const std::string& what, const std::function<void(LayerClaim&)>& change) {
      LayerwiseCertificate mutant = original;
      change(mutant.layers[l]);
      visit(mutant, "layer " + std::to_string(l + 1) + ", " + what);
    };
    for (std::size_t i = 0; i < claim.regions.size(); ++i) {
      changed("start", [&](LayerClaim& c) { c.start = static_cast<std::uint32_t>(i); });
      for (std::size_t j = 0; j < claim.regions[i].size(); ++j) {
        const Extent& side = claim.regions[i][j];
        changed("a side moved", [&](LayerClaim& c) {
          c.regions[i][j].low += 1;
          c.regions[i][j].high += 1;
        });
        if (side.low < side.high) {
          changed("a side halved", [&](LayerClaim& c) { c.regions[i][j].high = (side.low + side.high) / 2; });
          changed("a side widened", [&](LayerClaim& c) { c.regions[i][j].high += 1; });
        }
        changed("a side dropped",
                [&](LayerClaim& c) { c.regions[i].erase(c.regions[i].begin() + static_cast<std::ptrdiff_t>(j)); });
      }
    }
    for (std::size_t i = 0; i < claim.steps.size(); ++i) {
      changed("a step dropped",
              [&](LayerClaim& c) { c.steps.erase(c.steps.begin() + static_cast<std::ptrdiff_t>(i)); });
      for (std::uint32_t next = 0; next <= claim.regions.size(); ++next)
        changed("a step's end", [&](LayerClaim& c) { c.steps[i].next = next; });
    }
    for (std::size_t i = 0; i < claim.meets.size(); ++i) {
      changed("a meet dropped",
              [&](LayerClaim& c) { c.meets.erase(c.meets.begin() + static_cast<std::ptrdiff_t>(i)); });
      for (std::uint32_t context = 0; context <= claim.contexts; ++context)
        changed("a meet's context", [&](LayerClaim& c) { c.meets[i].context = context; });
    }
  }
  for (std::size_t c = 0; c < original.meaning.size(); ++c) {
    for (std::size_t q = 0; q < original.automaton.states(); ++q) {
      LayerwiseCertificate mutant = original;
      mutant.meaning[c] = {automata::state(q)};
      visit(mutant, "a meaning");
    }
    LayerwiseCertificate mutant = original;
    mutant.meaning[c].clear();
    visit(mutant, "no meaning");
  }
}

TEST_CASE("each entry of a claim changed", "[certificate][layerwise]") {
  for (const auto& original : {by_slots(), by_digits()}) {
    REQUIRE(check(original, {}).is_yes());
    require_agreement(original, 5);
    std::size_t refused = 0, accepted = 0;
    std::set<int> rules;
    for_each_mutant(original, [&](const LayerwiseCertificate& mutant, const std::string& what) {
      CAPTURE(what);
      const auto verdict = check(mutant, {});
      REQUIRE_FALSE(verdict.is_unknown());
      if (verdict.is_no()) {
        ++refused;
        rules.insert(verdict.witness().rule);
      } else {
        ++accepted;  // wider boxes, say
        require_agreement(mutant, 3);
      }
    });
    CHECK(refused > 20);
    CHECK(refused > 3 * accepted);
    for (const int rule : {1, 2, 3}) CHECK(rules.count(rule) == 1);
    CHECK((rules.count(4) == 1 || rules.count(5) == 1));
  }
}

TEST_CASE("a network that does something else", "[certificate][layerwise]") {
  const auto original = by_digits();
  const auto rule_of = [](const LayerwiseCertificate& certificate) { return check(certificate, {}).witness().rule; };
  auto other = original;
  other.network.accepts_empty_word = !other.network.accepts_empty_word;
  CHECK(rule_of(other) == 6);
  other = original;
  other.network.accept.flip();
  CHECK(rule_of(other) == 5);
  other = original;
  for (auto& map : other.network.layers[0].maps) map.b = lrnn::SparseVector<Rational>(map.b.dimension());
  CHECK(rule_of(other) == 3);
  other = original;
  other.network.claim->low = Rational(1, 2);
  CHECK(rule_of(other) == 7);
  other = original;
  other.layers.pop_back();
  CHECK(rule_of(other) == 3);
  other = original;
  other.meaning.clear();
  CHECK(rule_of(other) == 1);
}

TEST_CASE("more situations than memory are a limit, not an answer", "[certificate][layerwise]") {
  core::Limits limits;
  limits.memory_bytes = 10;
  CHECK_THROWS_AS(check(by_slots(), limits), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::certificate
