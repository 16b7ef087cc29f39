// SPDX-License-Identifier: Apache-2.0
//
// Counters along orbits that never drift: proved by listing all states in the format, and run on long words one rounded
// operation after the other.
#include "eigenmata/compiler/rounded_turns.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <numeric>
#include <string>

#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/compiler/compile_in_numbers.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "eigenmata/lrnn/real_form.hpp"
#include "eigenmata/verification/numeric_proof.hpp"
#include "eigenmata/verification/period_search.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;
using exact::Rational;
using Model = lrnn::ModelOver<exact::CyclotomicField>;

expressivity::ModelClass model_class(const std::string& text) { return expressivity::parse_model_class(text, {}); }

/// Each looked for once.
RootFinder finder(const std::string& format) {
  using verification::PeriodStructure;
  auto known = std::make_shared<std::map<std::uint32_t, std::optional<RoundedRoot>>>();
  return [known, &f = precision::float_format(format, {})](std::uint32_t m) -> std::optional<RoundedRoot> {
    const auto at = known->find(m);
    if (at != known->end()) return at->second;
    const auto search = f.bits() <= 8 ? verification::search_periods(PeriodStructure::kDiagonalComplex, f, {}, {}, true)
                                      : verification::search_near_circle(f, m, {}, {}, true);
    std::optional<RoundedRoot>& root = (*known)[m];
    if (const auto found = search.orbits.find(m); found != search.orbits.end()) {
      const auto& p = found->second.parameters;
      CHECK(p[0] * p[0] + p[1] * p[1] <= 1);
      CHECK(verification::is_orbit(PeriodStructure::kDiagonalComplex, f, found->second));
      root = RoundedRoot{{Rational(p[0]), Rational(p[1])}, {}};
      for (const auto& z : found->second.states) root->orbit.emplace_back(Rational(z[0]), Rational(z[1]));
    }
    return root;
  };
}

using Complex = std::pair<double, double>;

Complex parts(const exact::FieldElement& a) {
  const auto c = a.coefficients();
  const auto at = [&](std::size_t i) { return i < c.size() ? c[i].convert_to<double>() : 0.0; };
  return {at(0), at(1)};
}

/// The answer to a word, by the soft arithmetic: diagonal entries and tables.
bool accepts_by_hand(const Model& model, const precision::SoftFloat& soft, const core::Word& word) {
  const auto code = [&](double x) { return soft.from_double(x); };
  const auto dense = [&](const lrnn::SparseVector<exact::FieldElement>& v) {
    std::vector<Complex> numbers(v.dimension(), {0, 0});
    for (const auto& entry : v.entries()) numbers[entry.index] = parts(entry.value);
    return numbers;
  };
  const auto& network = model.network;
  std::vector<std::vector<Complex>> states;
  for (const auto& layer : network.layers) states.push_back(dense(layer.start));
  bool accepted = network.accepts_empty_word;
  for (core::Symbol symbol : word) {
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      const auto& layer = network.layers[l];
      const auto& map = layer.maps[index(symbol)];
      const auto b = dense(map.b);
      const auto& gates = std::get<lrnn::Diagonal<exact::FieldElement>>(map.a).entries;
      for (std::size_t j = 0; j < b.size(); ++j) {
        const auto [re, im] = parts(gates[j]);
        const auto [x, y] = states[l][j];
        const auto times = [&](double p, double q) { return soft.multiply(code(p), code(q)); };
        const auto u = soft.subtract(times(re, x), times(im, y));
        const auto v = soft.add(times(im, x), times(re, y));
        states[l][j] = {soft.to_double(soft.add(u, code(b[j].first))), soft.to_double(soft.add(v, code(b[j].second)))};
      }
      bool found = false;
      const std::size_t input = index(symbol);
      for (const auto& row : std::get<lrnn::TableDecoder<exact::FieldElement>>(layer.decoder).rows) {
        if (dense(row.state) != states[l]) continue;
        REQUIRE_FALSE(found);
        found = true;
        symbol = row.outputs[row.outputs.size() == 1 ? 0 : input];
      }
      REQUIRE(found);
    }
    accepted = network.accept[index(symbol)];
  }
  return accepted;
}

void require_proved(const Model& model, const automata::Dfa& minimal, const std::string& format, core::Random& random) {
  REQUIRE(expressivity::is_member(model.arithmetic, model.network, model_class("diagonal-complex")).is_yes());
  const auto real = lrnn::real_form(model);
  REQUIRE(real);
  const lrnn::Model written = std::visit([](const auto& over) { return lrnn::Model(over); }, *real);
  const auto semantics = expressivity::parse_semantics("float:" + format, {});
  const auto proof = verification::prove_in_numbers(written, minimal, semantics, {});
  if (const auto* why = std::get_if<std::string>(&proof)) FAIL(*why);
  const precision::SoftFloat soft(precision::float_format(format, {}));
  for (int i = 0; i < 4; ++i) {
    const core::Word word = random_word(random, random.below(60), minimal.letters());
    REQUIRE(accepts_by_hand(model, soft, word) == minimal.accepts(word));
  }
}

TEST_CASE("solvable groups are counted exactly in bf16 and in 6 bits", "[rounded-turns]") {
  auto random = core::Random(seed_or(1));
  struct Known {
    std::string name;
    std::size_t layers;
  };
  for (const std::string format : {"bf16", "e3m2"}) {
    const RootFinder find = finder(format);
    for (const Known& known : {Known{"mod-3", 1}, Known{"mod-5", 1}, Known{"mod-6", 1}, Known{"mod-7", 1},
                               Known{"s3-word-problem", 2}, Known{"a4-word-problem", 2}, Known{"s4-word-problem", 3},
                               Known{"f20-word-problem", 2}, Known{"heisenberg-3-word-problem", 2}, Known{"t3", 5}}) {
      CAPTURE(format, known.name);
      const auto minimal = automata::minimised(catalogue_language(known.name));
      const auto built = compile_rounded_turns(minimal, model_class("diagonal-complex"), find, {});
      if (const auto* refusal = std::get_if<Refusal>(&built)) FAIL(refusal->reason);
      CHECK(std::get<Model>(built).network.layers.size() == known.layers);
      require_proved(std::get<Model>(built), minimal, format, random);
    }
  }
}

TEST_CASE("letters that count by other amounts than one", "[rounded-turns]") {
  auto random = core::Random(seed_or(3));
  const RootFinder find = finder("bf16");
  for (const std::uint32_t m : {6U, 8U, 12U, 15U, 24U}) {
    for (const auto& [a, b] : std::vector<std::pair<std::uint32_t, std::uint32_t>>{{2, 3}, {3, 4}, {1, 5}}) {
      if (std::gcd(std::gcd(a, b), m) != 1) continue;
      CAPTURE(m, a, b);
      std::vector<automata::State> next;
      for (std::uint32_t i = 0; i < m; ++i)
        next.insert(next.end(), {automata::state((i + a) % m), automata::state((i + b) % m)});
      std::vector<bool> accepting(m, false);
      accepting[1] = true;
      const automata::Dfa counter(core::Alphabet({"a", "b"}), automata::state(0), accepting, next);
      const auto built = compile_rounded_turns(counter, model_class("diagonal-complex"), find, {});
      if (const auto* refusal = std::get_if<Refusal>(&built)) FAIL(refusal->reason);
      require_proved(std::get<Model>(built), counter, "bf16", random);
    }
  }
}

TEST_CASE("random automata in bf16: solvable groups, or the reason", "[rounded-turns]") {
  auto random = core::Random(seed_or(2));
  CAPTURE(seed_or(2));
  const RootFinder find = finder("bf16");
  std::size_t with_threes = 0;
  for (int i = 0; i < 60; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 3 + random.below(2), 2));
    if (minimal.states() == 1) continue;
    CAPTURE(i, minimal.states());
    const auto built = compile_rounded_turns(minimal, model_class("diagonal-complex"), find, {});
    if (const auto* refusal = std::get_if<Refusal>(&built)) FAIL(refusal->reason);
    const Model& model = std::get<Model>(built);
    require_proved(model, minimal, "bf16", random);
    const auto is_doubled = [](const auto& layer) {
      for (const auto& map : layer.maps) {
        for (const auto& gate : std::get<lrnn::Diagonal<exact::FieldElement>>(map.a).entries) {
          if (parts(gate).second != 0) return true;
        }
      }
      return false;
    };
    with_threes += std::any_of(model.network.layers.begin(), model.network.layers.end(), is_doubled) ? 1 : 0;
  }
  CHECK(with_threes > 3);
}

TEST_CASE("what is not counted along orbits says why", "[rounded-turns]") {
  const RootFinder none = [](std::uint32_t) { return std::nullopt; };
  const auto reason = [&](const std::string& name, const std::string& target) {
    const auto minimal = automata::minimised(catalogue_language(name));
    const auto built = compile_rounded_turns(minimal, model_class(target), none, {});
    return std::holds_alternative<Refusal>(built) ? std::get<Refusal>(built).reason : std::string("built");
  };
  CHECK(reason("mod-4", "diagonal-complex") == "built");
  CHECK(reason("d4-word-problem", "diagonal-complex") == "built");
  CHECK(reason("mod-3", "diagonal-complex").find("it counts modulo 3, ") != std::string::npos);
  CHECK(reason("a5-word-problem", "diagonal-complex").find("A5, which is not solvable") != std::string::npos);
  CHECK(reason("mod-3", "householder[-1,1]") == "its matrices are diagonal");
  CHECK(reason("mod-4", "diagonal{0,1,e(1/3)}").find("not of the class: ") == 0);
  // fp4 has no number of modulus at most 1 that counts modulo 3: all were tried.
  CHECK_FALSE(finder("e2m1")(3));
  CHECK(finder("e2m1")(4));
}

TEST_CASE("out of time in a search is a limit, not a refusal", "[rounded-turns]") {
  const RootFinder late = [](std::uint32_t) -> std::optional<RoundedRoot> {
    throw core::LimitReached(core::LimitReached::Kind::kTime, "the time limit was reached");
  };
  const auto minimal = automata::minimised(catalogue_language("mod-3"));
  CHECK_THROWS_AS(compile_rounded_turns(minimal, model_class("diagonal-complex"), late, {}), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::compiler
