// SPDX-License-Identifier: Apache-2.0
//
// Attempts to refute the rules: whatever a small network of a class recognises, `decide` must not answer no for that
// class, its number of layers and its arithmetic.
#include <catch2/catch.hpp>
#include <functional>
#include <iostream>

#include "eigenmata/expressivity/decide.hpp"
#include "expressivity/small_networks.hpp"

namespace eigenmata::expressivity {
namespace {

using automata::Dfa;
using testing::Behaviour;
using testing::Number;
using testing::NumberVector;
using testing::SmallLayer;
using testing::SmallMap;
using testing::SmallNetwork;

/// A class that a network is of, and where it is.
struct Claim {
  std::string model_class;
  Layers layers;
  std::string semantics;
};

/// Verdicts, each asked for once.
class Oracle {
 public:
  /// The claims among these that are denied.
  std::vector<std::string> denied(const Dfa& language, const std::vector<Claim>& claims) {
    std::vector<std::string> result;
    auto& known = answers_[testing::to_text(language)];
    std::unique_ptr<LanguageFacts> facts;
    for (const Claim& claim : claims) {
      const std::string name = claim.model_class + " / " +
                               (claim.layers ? std::to_string(*claim.layers) : std::string("any")) + " / " +
                               claim.semantics;
      auto at = known.find(name);
      if (at == known.end()) {
        if (!facts) facts = std::make_unique<LanguageFacts>(language, limits());
        const CellVerdict verdict = decide(*facts, parse_model_class(claim.model_class, {}), claim.layers,
                                           parse_semantics(claim.semantics, {}));
        at = known.emplace(name, verdict.is_no() ? verdict.theorem() + ": " + verdict.witness().reason : "").first;
        ++tally_[static_cast<std::size_t>(verdict.answer())];
      }
      if (!at->second.empty()) result.push_back(name + " by " + at->second);
    }
    return result;
  }

  [[nodiscard]] std::size_t languages() const { return answers_.size(); }
  [[nodiscard]] std::size_t yes() const { return tally_[static_cast<std::size_t>(core::Answer::kYes)]; }
  [[nodiscard]] std::size_t unknown() const { return tally_[static_cast<std::size_t>(core::Answer::kUnknown)]; }

 private:
  static core::Limits limits() {
    core::Limits limits;
    limits.memory_bytes = std::size_t{1} << 22;  // large monoids are left out
    return limits;
  }

  std::map<std::string, std::map<std::string, std::string>> answers_;
  std::array<std::size_t, 3> tally_{};
};

// Random layers.

Number small(core::Random& random) { return testing::number(random.between(-1, 2)); }

NumberVector small_vector(core::Random& random, std::size_t n) {
  NumberVector v;
  for (std::size_t i = 0; i < n; ++i) v.push_back(small(random));
  return v;
}

template <class T>
const T& one_of(core::Random& random, const std::vector<T>& list) {
  return list[random.below(list.size())];
}

bool is_unit_or_zero(const Number& a) {
  if (a == testing::number(0)) return true;
  Number power = a;
  for (int i = 0; i < 12; ++i) {
    if (power == testing::number(1)) return true;
    power = power * a;
  }
  return false;
}

/// Something to add after a multiplication by a that has a fair chance of a finite orbit.
Number offset(core::Random& random, const Number& a, const Number& start) {
  if (a == testing::number(1) && !random.one_in(4)) return testing::number(0);
  if (!is_unit_or_zero(a) && !random.one_in(8)) {  // keep a fixed point
    const Number fixed = random.one_in(2) ? start : small(random);
    return (testing::number(1) - a) * fixed;
  }
  // Of units, half of the time turn about one centre.
  if (a != testing::number(0) && random.one_in(2)) return testing::number(0);
  return small(random);
}

NumberVector diagonal_matrix(const NumberVector& entries) {
  NumberVector a(entries.size() * entries.size(), testing::number(0));
  for (std::size_t i = 0; i < entries.size(); ++i) a[i * entries.size() + i] = entries[i];
  return a;
}

NumberVector product(const NumberVector& a, const NumberVector& b, std::size_t n) {
  NumberVector c(n * n, testing::number(0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t l = 0; l < n; ++l) c[i * n + j] = c[i * n + j] + a[i * n + l] * b[l * n + j];
    }
  }
  return c;
}

using MakeLayer = std::function<SmallLayer(core::Random&, std::size_t inputs)>;

MakeLayer diagonal_layers(std::vector<Number> set, bool constant = false) {
  return [set = std::move(set), constant](core::Random& random, std::size_t inputs) {
    const std::size_t n = 1 + random.below(2);
    SmallLayer layer{small_vector(random, n), {}};
    NumberVector entries;
    for (std::size_t x = 0; x < inputs; ++x) {
      if (x == 0 || !constant) {
        entries.clear();
        for (std::size_t i = 0; i < n; ++i) entries.push_back(one_of(random, set));
      }
      NumberVector b;
      for (std::size_t i = 0; i < n; ++i) b.push_back(offset(random, entries[i], layer.start[i]));
      layer.maps.push_back({diagonal_matrix(entries), std::move(b)});
    }
    return layer;
  };
}

/// What to add after a multiplication by A: nothing, what keeps a point where it is, or anything.
NumberVector offset(core::Random& random, const NumberVector& a, const NumberVector& start) {
  const std::size_t n = start.size();
  if (random.one_in(3)) return NumberVector(n, testing::number(0));
  if (random.one_in(2)) return small_vector(random, n);
  const NumberVector fixed = random.one_in(2) ? start : small_vector(random, n);
  NumberVector b = fixed;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) b[i] = b[i] - a[i * n + j] * fixed[j];
  }
  return b;
}

MakeLayer triangular_layers(std::vector<Number> set) {
  return [set = std::move(set)](core::Random& random, std::size_t inputs) {
    const std::size_t n = 2 + random.below(2);
    SmallLayer layer{small_vector(random, n), {}};
    for (std::size_t x = 0; x < inputs; ++x) {
      NumberVector a(n * n, testing::number(0));
      for (std::size_t i = 0; i < n; ++i) {
        a[i * n + i] = one_of(random, set);
        for (std::size_t j = 0; j < i; ++j) {
          if (random.one_in(2)) a[i * n + j] = testing::number(random.between(-1, 1));
        }
      }
      NumberVector b = offset(random, a, layer.start);
      layer.maps.push_back({std::move(a), std::move(b)});
    }
    return layer;
  };
}

/// v with an integer length, or of two equal entries: squares of lengths stay small.
NumberVector direction(core::Random& random, std::size_t n) {
  for (;;) {
    NumberVector v;
    bool zero = true;
    for (std::size_t i = 0; i < n; ++i) {
      v.push_back(testing::number(random.one_in(2) ? 0 : random.between(-1, 1)));
      zero = zero && v.back() == testing::number(0);
    }
    if (!zero && n == 2 && random.one_in(5)) return {testing::number(3), testing::number(4)};
    if (!zero) return v;
  }
}

/// Products of `factors` factors I − β v vᵀ / (vᵀv), times an element of `gates`.
MakeLayer householder_layers(std::vector<Number> eigenvalues, std::size_t factors, std::vector<Number> gates) {
  return [=](core::Random& random, std::size_t inputs) {
    const std::size_t n = 1 + random.below(3);
    SmallLayer layer{small_vector(random, n), {}};
    for (std::size_t x = 0; x < inputs; ++x) {
      NumberVector a = diagonal_matrix(NumberVector(n, one_of(random, gates)));
      for (std::size_t f = 0; f < factors; ++f) {
        const NumberVector v = direction(random, n);
        std::int64_t square = 0;
        for (const Number& entry : v) square += entry.c[0] * entry.c[0];
        const Number scale = (testing::number(1) - one_of(random, eigenvalues)) * testing::number(1, square);
        NumberVector factor = diagonal_matrix(NumberVector(n, testing::number(1)));
        for (std::size_t i = 0; i < n; ++i) {
          for (std::size_t j = 0; j < n; ++j) factor[i * n + j] = factor[i * n + j] - scale * v[i] * v[j];
        }
        a = product(factor, a, n);
      }
      NumberVector b = offset(random, a, layer.start);
      layer.maps.push_back({std::move(a), std::move(b)});
    }
    return layer;
  };
}

/// I − u vᵀ, of small integers.
MakeLayer rank_one_layers() {
  return [](core::Random& random, std::size_t inputs) {
    const std::size_t n = 1 + random.below(3);
    SmallLayer layer{small_vector(random, n), {}};
    for (std::size_t x = 0; x < inputs; ++x) {
      NumberVector a = diagonal_matrix(NumberVector(n, testing::number(1)));
      const NumberVector u = direction(random, n);
      const NumberVector v = direction(random, n);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) a[i * n + j] = a[i * n + j] - u[i] * v[j];
      }
      NumberVector b = offset(random, a, layer.start);
      layer.maps.push_back({std::move(a), std::move(b)});
    }
    return layer;
  };
}

MakeLayer either(MakeLayer first, MakeLayer second) {
  return [=](core::Random& random, std::size_t inputs) {
    return random.one_in(2) ? first(random, inputs) : second(random, inputs);
  };
}

/// Networks of one kind, and the classes that all of them are of.
struct Family {
  std::string name;
  MakeLayer make_layer;
  std::vector<std::string> classes;
  bool real_diagonal = false;  ///< also run in rounded and wrap-around arithmetic, if all numbers are small integers
};

std::vector<Family> families() {
  const Number zero = testing::number(0);
  const Number one = testing::number(1);
  const Number minus = testing::number(-1);
  const Number half = testing::number(1, 2);
  const Number third = testing::unit(4);
  const Number third_back = testing::unit(8);
  const Number quarter = testing::unit(3);
  const Number quarter_back = testing::unit(9);
  const Number sixth = testing::unit(2);
  const Number twelfth = testing::unit(1);
  std::vector<Family> list;
  const auto real = [&](const std::string& set, const std::vector<Number>& numbers, std::vector<std::string> more) {
    more.insert(more.end(), {"diagonal" + set, "triangular" + set, "householder" + set, "diagonal[-1,1]",
                             "triangular[-1,1]", "diagonal-complex", "gated-householder[-1,1]"});
    list.push_back({"diagonal" + set, diagonal_layers(numbers), std::move(more), true});
    list.push_back({"constant" + set,
                    diagonal_layers(numbers, true),
                    {"constant" + set, "constant[-1,1]", "constant", "diagonal" + set, "constant+diagonal[0,1]"},
                    true});
    list.push_back({"triangular" + set, triangular_layers(numbers), {"triangular" + set, "triangular[-1,1]"}});
  };
  real("{0}", {zero}, {"diagonal[0,1]", "householder{0}"});
  real("{1}", {one}, {"diagonal[0,1]", "householder[0,1]"});
  real("{-1}", {minus}, {"diagonal[-1,0]"});
  real("{0,1}", {zero, one}, {"diagonal[0,1]", "triangular[0,1]", "householder[0,1]", "constant+diagonal[0,1]"});
  real("{-1,0}", {minus, zero}, {"diagonal[-1,0]"});
  real("{-1,1}", {minus, one}, {});
  real("{-1,0,1}", {minus, zero, one}, {});
  real("{1/2}", {half}, {"diagonal(0,1)", "contraction"});
  real("{0,1/2}", {zero, half}, {"diagonal[0,1)", "contraction"});
  real("{1,1/2}", {one, half}, {"diagonal(0,1]", "diagonal[0,1]"});
  real("{-1,1/2}", {minus, half}, {});
  real("{0,1,1/2}", {zero, one, half}, {"diagonal[0,1]"});
  real("{-1,-1/2}", {minus, testing::number(-1, 2)}, {"diagonal[-1,0)"});
  real("{-1,1,1/2}", {minus, one, half}, {});
  const auto complex = [&](const std::string& set, const std::vector<Number>& numbers) {
    list.push_back({"diagonal" + set, diagonal_layers(numbers), {"diagonal" + set, "diagonal-complex"}});
    list.push_back({"constant" + set,
                    diagonal_layers(numbers, true),
                    {"constant" + set, "diagonal" + set, "constant", "constant+diagonal[0,1]"}});
  };
  complex("{e(1/3)}", {third});
  complex("{e(1/4)}", {quarter});
  complex("{0,e(1/3)}", {zero, third});
  complex("{0,e(1/4)}", {zero, quarter});
  complex("{0,e(1/6)}", {zero, sixth});
  complex("{1,e(1/3)}", {one, third});
  complex("{0,1,e(1/3)}", {zero, one, third});
  complex("{-1,e(1/4)}", {minus, quarter});
  complex("{e(1/4),e(3/4)}", {quarter, quarter_back});
  complex("{0,e(1/4),e(3/4)}", {zero, quarter, quarter_back});
  complex("{e(1/3),e(2/3)}", {third, third_back});
  complex("{0,e(1/3),e(2/3)}", {zero, third, third_back});
  complex("{e(1/12),e(1/3)}", {twelfth, third});
  complex("{0,e(1/12),e(1/3)}", {zero, twelfth, third});
  complex("{1/2,e(1/3),e(5/6)}", {half, third, testing::unit(10)});
  complex("{1/2*e(1/3),e(1/3)}", {half * third, third});
  list.push_back({"mixed",
                  either(diagonal_layers({minus, third, quarter, zero}, true), diagonal_layers({zero, one, half})),
                  {"constant+diagonal[0,1]", "diagonal-complex"}});
  const auto householder = [&](const std::string& set, const std::vector<Number>& eigenvalues) {
    for (std::size_t k = 1; k <= 3; ++k) {
      const std::string count = ":" + std::to_string(k);
      const std::string next = ":" + std::to_string(k + 1);
      list.push_back(
          {"householder" + set + count,
           householder_layers(eigenvalues, k, {one}),
           {"householder" + set + count, "householder" + set, "householder[-1,1]" + count, "householder[-1,1]" + next,
            "gated-householder[-1,1]" + count, "rank-one" + count, "gated-householder" + set + count}});
    }
    list.push_back(
        {"gated-householder" + set + ":1",
         householder_layers(eigenvalues, 1, {zero, one, half}),
         {"gated-householder" + set + ":1", "gated-householder" + set, "gated-householder[-1,1]:1", "rwkv7[-1,1]"}});
  };
  householder("{0,1}", {zero, one});
  householder("{-1,1}", {minus, one});
  householder("{-1,0}", {minus, zero});
  householder("{-1,0,1}", {minus, zero, one});
  householder("{-9/16,0}", {testing::number(-9, 16), zero});
  householder("{0,1/2,1}", {zero, half, one});
  householder("{-1/2,1/2}", {testing::number(-1, 2), half});
  for (Family& family : list) {
    if (family.name.find("householder{0,1") == 0) family.classes.emplace_back("householder[0,1]");
  }
  list.push_back({"rank-one:1", rank_one_layers(), {"rank-one:1", "rank-one:2"}});
  return list;
}

std::vector<Claim> claims_of(const Family& family, std::size_t depth, bool integers) {
  std::vector<Claim> claims;
  for (const std::string& name : family.classes) {
    for (const Layers layers : {Layers(depth), Layers()}) {
      for (const char* semantics : {"finite-orbit", "exact"}) claims.push_back({name, layers, semantics});
    }
    if (family.real_diagonal && integers) {
      // All sums are integers below 128, which nothing rounds and nothing wraps around.
      for (const char* semantics : {"float:bf16", "int:8", "uint:8", "fixed:8.0"})
        claims.push_back({name, {}, semantics});
    }
  }
  return claims;
}

SmallNetwork random_network(core::Random& random, const Family& family) {
  SmallNetwork network;
  network.letters = random.one_in(3) ? 3 : 2;
  const std::size_t depth = 1 + random.below(3);
  for (std::size_t l = 0; l < depth; ++l) {
    network.layers.push_back(family.make_layer(random, network.inputs(l)));
    if (l + 1 < depth) network.outputs.push_back(2 + random.below(4));
  }
  network.decoder_seed = random.next();
  return network;
}

/// For each value that the last decoder sees. Half of the decoders do not look at the input: else hardly a language
/// would be one of a group.
std::vector<bool> random_decoder(core::Random& random, const Behaviour& behaviour) {
  const bool looks_at_input = random.one_in(2);
  std::vector<bool> of_state;
  for (std::size_t i = 0; i <= behaviour.visible_values; ++i) of_state.push_back(random.one_in(2));
  std::vector<bool> accepts;
  for (const std::size_t state : behaviour.state_in)
    accepts.push_back(looks_at_input ? random.one_in(2) : of_state[state]);
  return accepts;
}

/// Draws networks of all families until so many of each have few states, or 20 times as many have been drawn; shows the
/// first that a verdict denies.
void try_to_refute(core::Random& random, std::size_t networks_each, std::size_t most_states) {
  for (const Family& family : families()) {
    Oracle oracle;
    std::size_t bounded = 0;
    bool refuted = false;
    for (std::size_t round = 0; round < 20 * networks_each && bounded < networks_each && !refuted; ++round) {
      const SmallNetwork network = random_network(random, family);
      const auto behaviour = behaviour_of(network, most_states);
      if (!behaviour) continue;
      ++bounded;
      const auto claims = claims_of(family, network.layers.size(), behaviour->integers);
      for (int draw = 0; draw < 3 && !refuted; ++draw) {
        const std::vector<bool> accepts = random_decoder(random, *behaviour);
        const Dfa language = language_of(*behaviour, accepts, random.one_in(2));
        if (language.states() > 12) continue;
        const auto denied = oracle.denied(language, claims);
        if (denied.empty()) continue;
        std::string report;
        for (const std::string& line : denied) report += line + "\n";
        refuted = true;
        FAIL_CHECK("a network of the family " << family.name << "\n"
                                              << testing::to_text(network) << "decoders " << behaviour->decoders
                                              << "\nrecognises " << testing::to_text(language) << "\ndenied:\n"
                                              << report);
      }
    }
    if (refuted) continue;
    CAPTURE(family.name, bounded, oracle.languages());
    // The attempt was one: finite orbits were met, and not every verdict was a shrug.
    CHECK(bounded > networks_each / 20);
    CHECK(oracle.yes() > 0);
  }
}

TEST_CASE("no verdict denies what a random network with finitely many states does", "[enumerated_networks]") {
  EIGENMATA_SEEDED(random, 601);
  try_to_refute(random, 30, 60);
}

TEST_CASE("no verdict denies what many random networks with finitely many states do", "[.extreme]") {
  EIGENMATA_SEEDED(random, 602);
  try_to_refute(random, 1'000, 150);
}

}  // namespace
}  // namespace eigenmata::expressivity
