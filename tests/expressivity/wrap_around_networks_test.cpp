// SPDX-License-Identifier: Apache-2.0
//
// Random small networks of integers modulo 2^N: what one of them recognises, `decide` must not deny.
#include <catch2/catch.hpp>
#include <map>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::expressivity {
namespace {

using automata::Dfa;
using Numbers = std::vector<std::uint32_t>;

/// h ← a h + b in every coordinate, for each input, and what the next layer reads for each (state, input).
struct Layer {
  Numbers start;
  std::vector<Numbers> a, b;  ///< [input][coordinate]
  std::map<std::pair<Numbers, std::size_t>, std::size_t> decoder;
};

Layer random_layer(core::Random& random, const Numbers& entries, bool constant, std::size_t inputs,
                   std::uint32_t modulus) {
  Layer layer;
  const std::size_t coordinates = 1 + random.below(2);
  const auto numbers = [&](const Numbers& from) {
    Numbers result;
    for (std::size_t i = 0; i < coordinates; ++i) result.push_back(from[random.below(from.size())]);
    return result;
  };
  Numbers all;
  for (std::uint32_t i = 0; i < modulus; ++i) all.push_back(i);
  layer.start = numbers(all);
  for (std::size_t x = 0; x < inputs; ++x) {
    layer.a.push_back(constant && x > 0 ? layer.a[0] : numbers(entries));
    layer.b.push_back(numbers(all));
  }
  return layer;
}

/// The language of the layers, one reading what the one before hands on, with random decoders on the way.
Dfa language_of(core::Random& random, std::vector<Layer> layers, std::uint32_t modulus) {
  constexpr std::size_t kLetters = 2;
  using Joint = std::pair<std::vector<Numbers>, std::size_t>;  // the states of the layers, and the last answer
  std::vector<Numbers> starts;
  for (const Layer& layer : layers) starts.push_back(layer.start);
  std::map<Joint, std::size_t> numbers{{{starts, 0}, 0}};
  std::vector<Joint> queue{{starts, 0}};
  std::vector<automata::State> table;
  for (std::size_t q = 0; q < queue.size(); ++q) {
    for (std::size_t letter = 0; letter < kLetters; ++letter) {
      Joint to = queue[q];
      std::size_t input = letter;
      for (std::size_t l = 0; l < layers.size(); ++l) {
        Numbers& h = to.first[l];
        for (std::size_t i = 0; i < h.size(); ++i)
          h[i] = (layers[l].a[input][i] * h[i] + layers[l].b[input][i]) % modulus;
        input = layers[l].decoder.try_emplace({h, input}, random.below(2)).first->second;
      }
      to.second = input;
      const auto [at, is_new] = numbers.emplace(to, queue.size());
      if (is_new) queue.push_back(to);
      table.push_back(automata::state(at->second));
    }
  }
  std::vector<bool> accepting;
  for (const Joint& joint : queue) accepting.push_back(joint.second == 1);
  return automata::minimised(
      Dfa(testing::small_alphabet(kLetters), automata::state(0), std::move(accepting), std::move(table)));
}

/// Returns how many of the languages are affirmed.
std::size_t check_class(core::Random& random, const std::string& name, const std::vector<int>& integers, int rounds) {
  std::size_t affirmed = 0;
  const ModelClass c = parse_model_class(name, {});
  for (int round = 0; round < rounds; ++round) {
    const std::size_t bits = 1 + random.below(3);
    const std::uint32_t modulus = std::uint32_t{1} << bits;
    Numbers entries;
    for (const int entry : integers) entries.push_back(entry < 0 ? modulus - 1 : static_cast<std::uint32_t>(entry));
    std::vector<Layer> layers;
    const std::size_t depth = 1 + random.below(2);
    for (std::size_t l = 0; l < depth; ++l)
      layers.push_back(random_layer(random, entries, c.form == ModelClass::Form::kConstant, 2, modulus));
    const Dfa language = language_of(random, std::move(layers), modulus);
    if (language.states() > 300) continue;
    core::Limits limits;
    limits.memory_bytes = std::size_t{1} << 23;
    LanguageFacts facts(language, limits);
    const Semantics semantics = parse_semantics("uint:" + std::to_string(bits), {});
    CAPTURE(name, round, bits, depth, language.states());
    const CellVerdict any = decide(facts, c, {}, semantics);
    REQUIRE_FALSE(any.is_no());
    REQUIRE_FALSE(decide(facts, c, depth, semantics).is_no());
    affirmed += any.is_yes() ? 1 : 0;
  }
  return affirmed;
}

void check_classes(core::Random& random, int rounds) {
  const auto most = static_cast<std::size_t>(rounds / 2);
  CHECK(check_class(random, "constant{1}", {1}, rounds) > most);
  CHECK(check_class(random, "constant{-1}", {-1}, rounds) > most);
  CHECK(check_class(random, "constant", {-1, 0, 1}, rounds) > most);
  CHECK(check_class(random, "constant{0}", {0}, rounds) > most);
  CHECK(check_class(random, "diagonal{-1,1}", {-1, 1}, rounds) > most);
  CHECK(check_class(random, "diagonal{-1,0}", {-1, 0}, rounds) > most);
  CHECK(check_class(random, "diagonal-complex", {-1, 0, 1}, rounds) > most);
  CHECK(check_class(random, "constant+diagonal[0,1]", {0, 1}, rounds) > most);
}

TEST_CASE("small networks modulo 2^N recognise nothing that is denied", "[wrap_around_networks]") {
  EIGENMATA_SEEDED(random, 641);
  check_classes(random, 60);
}

TEST_CASE("many small networks modulo 2^N recognise nothing that is denied", "[.extreme]") {
  EIGENMATA_SEEDED(random, 642);
  check_classes(random, 3'000);
}

}  // namespace
}  // namespace eigenmata::expressivity
