// SPDX-License-Identifier: Apache-2.0
//
// Architectures, twice: the library finds parameters of a token, eigenmata-check asks what can be written. They agree
// on random maps of all forms; and networks of the catalogue for all architectures are proved by both, or refused by a
// theorem.
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "checker/architecture.hpp"
#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/model.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "eigenmata/lrnn/tie.hpp"
#include "support/languages.hpp"
#include "support/networks.hpp"

namespace eigenmata {
namespace {

using exact::Rational;
using lrnn::AffineMap;
using Vector = lrnn::SparseVector<Rational>;

const exact::RationalArithmetic kQ{};

std::string named(const lrnn::Architecture& architecture, const std::string& steps) {
  std::string name(architecture.name);
  if (architecture.counts_steps()) name.replace(name.find(":k"), 2, ":" + steps);
  return name;
}

/// Numbers on which ranges turn.
Rational telling_number(core::Random& random) {
  static const std::vector<Rational> numbers{
      0, 0, 1, 1, -1, 2, Rational(1, 2), Rational(1, 2), Rational(-1, 2), Rational(1, 4)};
  return numbers[random.below(numbers.size())];
}

Vector telling_vector(core::Random& random, std::size_t n) {
  std::vector<Rational> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(random.one_in(2) ? Rational(0) : telling_number(random));
  return lrnn::sparse(kQ, values);
}

/// With many coincidences: few numbers, offsets often what some step writes, gates often equal.
AffineMap<Rational> telling_map(core::Random& random, std::size_t n) {
  const Vector b = random.one_in(3) ? Vector(n) : telling_vector(random, n);
  const std::size_t form = random.below(5);
  if (form <= 1) {
    lrnn::Diagonal<Rational> diagonal;
    const Rational common = telling_number(random);
    for (std::size_t i = 0; i < n; ++i) diagonal.entries.push_back(random.one_in(3) ? telling_number(random) : common);
    return {diagonal, b};
  }
  if (form == 2 || form == 3) {
    lrnn::HouseholderProduct<Rational> product{n, {}};
    for (std::size_t j = random.below(4); j > 0; --j) {
      Vector v(n);
      while (v.is_zero()) v = telling_vector(random, n);
      product.factors.push_back({telling_number(random), v});
    }
    if (product.factors.empty() || random.one_in(2)) return {product, b};
    // What the last step writes is in the span.
    return {product, product.factors.back().v};
  }
  if (random.one_in(2)) {
    lrnn::RankOneProduct<Rational> product{n, {}};
    const Vector u = telling_vector(random, n);
    if (!random.one_in(4)) product.factors.push_back({u, random.one_in(2) ? u : telling_vector(random, n)});
    return {product, random.one_in(2) ? u : b};
  }
  exact::Matrix<Rational> m(n, n, Rational(0));
  for (std::size_t j = 0; j < n; ++j) m(random.below(n), j) = telling_number(random);
  return {lrnn::Dense<Rational>{m}, b};
}

TEST_CASE("both programs see the same ties", "[architecture]") {
  EIGENMATA_SEEDED(random, 75);
  std::map<std::string, std::pair<std::size_t, std::size_t>> counts;
  for (int i = 0; i < 1500; ++i) {
    const std::size_t n = 1 + random.below(3);
    const bool has_bos = !random.one_in(3);
    lrnn::Layer<Rational> layer{n, Vector(n), {telling_map(random, n)}, core::Alphabet({"y"}), {}};
    if (random.one_in(2)) layer.maps.push_back(random.one_in(2) ? layer.maps[0] : telling_map(random, n));
    layer.decoder = lrnn::TableDecoder<Rational>{};
    if (has_bos) layer.bos = random.one_in(2) ? layer.maps[0] : telling_map(random, n);
    if (has_bos) layer.start = layer.bos->b;
    if (!has_bos && random.one_in(4)) layer.start = telling_vector(random, n);
    const lrnn::RationalNetwork network{
        testing::small_alphabet(layer.maps.size()), false, {layer}, {false}, std::nullopt};
    const std::string text = lrnn::write_model(lrnn::ModelOver<exact::RationalArithmetic>{kQ, network});
    const checker::Network read = checker::read_model(text, "model");
    for (const lrnn::Architecture& architecture : lrnn::all_architectures()) {
      const std::string name = named(architecture, std::to_string(1 + random.below(3)));
      const auto ours = lrnn::is_member(kQ, network, lrnn::find_architecture(name, {"test"}).value());
      const auto claim = checker::parse_architecture(name);
      REQUIRE(claim);
      const auto theirs = checker::fault_of_architecture(read, *claim);
      if (ours.is_yes() == theirs.has_value())
        FAIL(name << ": library: " << (ours.is_yes() ? "a member" : ours.witness())
                  << "; checker: " << (theirs ? theirs->reason : "a member") << "\n"
                  << text);
      auto& count = counts[std::string(architecture.name)];
      ++(ours.is_yes() ? count.first : count.second);
    }
  }
  for (const auto& [name, count] : counts) {
    CAPTURE(name, count.first, count.second);
    if (name == "mamba3") continue;  // of which no network is
    CHECK(count.first > 0);
    if (name != "slice") CHECK(count.second > 0);
  }
}

bool checker_proves(const std::string& text) {
  std::istringstream stream(text);
  return !checker::check(checker::read_certificate(stream, "certificate")).has_value();
}

/// "built", "refused", "open", or "limit".
std::string outcome(const automata::Dfa& minimal, const std::string& name, expressivity::LanguageFacts& facts,
                    compiler::PassMemo& memo, const core::Limits& limits) {
  const compiler::CompileOptions options = compiler::options_for(name, {"test"});
  try {
    const auto built = compiler::build(minimal, options, limits, &memo);
    const auto verdict = expressivity::decide(facts, options.target, std::nullopt, options.semantics);
    if (!built) return verdict.is_no() ? "refused" : "open";
    CHECK_FALSE(verdict.is_no());
    const std::string text = certificate::write_certificate(built->construction.certificate);
    CHECK(text.find("\nclass " + to_string(*built->architecture) + "\n") != std::string::npos);
    CHECK(checker_proves(text));
    return "built";
  } catch (const core::LimitReached&) {
    return "limit";
  }
}

/// Counts of outcomes, by architecture; what is open or met a limit is printed.
std::map<std::string, std::map<std::string, std::size_t>> matrix(std::size_t largest, std::chrono::seconds seconds) {
  std::map<std::string, std::map<std::string, std::size_t>> counts;
  for (const std::string& language : automata::catalogue_names()) {
    const automata::Dfa minimal = testing::catalogue_language(language);
    if (minimal.states() * minimal.letters() > largest) continue;
    core::Limits limits;
    limits.memory_bytes = std::size_t{1} << 30;
    limits.deadline = core::Limits::Clock::now() + seconds;
    expressivity::LanguageFacts facts(minimal, limits);
    compiler::PassMemo memo;
    for (const lrnn::Architecture& architecture : lrnn::all_architectures()) {
      std::string name(architecture.name);
      if (architecture.counts_steps()) name.erase(name.find(":k"), 2);
      CAPTURE(language, name);
      const std::string result = outcome(minimal, name, facts, memo, limits);
      ++counts[name][result];
      if (result != "built" && result != "refused") std::cout << result << ": " << language << " " << name << "\n";
    }
  }
  for (const auto& [name, results] : counts) {
    std::cout << name << ":";
    for (const auto& [result, count] : results) std::cout << " " << count << " " << result << ";";
    std::cout << "\n";
  }
  return counts;
}

TEST_CASE("small languages of the catalogue for all architectures", "[matrix]") {
  for (const auto& [name, results] : matrix(12, std::chrono::seconds(60))) {
    CAPTURE(name);
    const auto count = [&results = results](const char* outcome) {
      const auto at = results.find(outcome);
      return at == results.end() ? std::size_t{0} : at->second;
    };
    CHECK(count("limit") == 0);
    CHECK(count("built") > 0);
    // What stays open: whether RWKV-7 as published does more than the definite languages; Mamba-3, which is not of the
    // form; the last letter and a group together, by turns alone.
    if (name != "mamba3" && name != "rwkv7" && name != "aussm") CHECK(count("open") == 0);
    if (name == "aussm") CHECK(count("open") <= 1);
  }
}

TEST_CASE("all languages of the catalogue for all architectures", "[matrix][.extreme]") {
  matrix(1'000'000, std::chrono::seconds(300));
}

}  // namespace
}  // namespace eigenmata
