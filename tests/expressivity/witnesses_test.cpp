// SPDX-License-Identifier: Apache-2.0
//
// A no carries a witness. Here every one is taken at its word: words are run, laws are read and evaluated, groups are
// generated again, and all of it is compared with what the class of the verdict allows.
#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "eigenmata/algebra/frattini.hpp"
#include "eigenmata/algebra/group_series.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::expressivity {
namespace {

using algebra::PermutationGroup;
using algebra::Point;
using algebra::Transformation;
using automata::Dfa;
using core::Word;

Word joined(std::initializer_list<Word> words) {
  Word result;
  for (const Word& word : words) result.insert(result.end(), word.begin(), word.end());
  return result;
}

/// The least period of k ↦ [u xᵏ v ∈ L] from some k on, run letter by letter.
std::size_t period_in_the_end(const Dfa& dfa, const algebra::PeriodWitness& witness) {
  std::vector<bool> answers;
  automata::State q = dfa.run(dfa.initial(), witness.prefix);
  const std::size_t n = dfa.states();
  // Periods are at most n, and all states on the way are on the cycle from n on: 2n answers settle the period.
  for (std::size_t k = 0; k < 3 * n; ++k) {
    answers.push_back(dfa.is_accepting(dfa.run(q, witness.suffix)));
    q = dfa.run(q, witness.repeat);
  }
  for (std::size_t p = 1;; ++p) {
    bool is_period = true;
    for (std::size_t k = n; k + p < answers.size(); ++k) is_period = is_period && answers[k] == answers[k + p];
    if (is_period) return p;
  }
}

Transformation idempotent_power(const Transformation& map) {
  Transformation power = map;
  while (power * power != power) power = power * map;
  return power;
}

/// Equations in words of the variables.
struct Law {
  std::vector<std::pair<std::string, std::string>> premises;
  std::pair<std::string, std::string> conclusion;
};

std::string without_blanks(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ') result += c;
  }
  return result;
}

std::pair<std::string, std::string> parse_equation(const std::string& text) {
  const std::size_t equals = text.find('=');
  REQUIRE(equals != std::string::npos);
  return {text.substr(0, equals), text.substr(equals + 1)};
}

Law parse_law(const std::string& law) {
  const std::string text = without_blanks(law);
  Law result;
  const std::size_t arrow = text.find("=>");
  std::string premises = arrow == std::string::npos ? "" : text.substr(0, arrow);
  result.conclusion = parse_equation(arrow == std::string::npos ? text : text.substr(arrow + 2));
  while (!premises.empty()) {
    const std::size_t comma = premises.find(',');
    result.premises.push_back(parse_equation(premises.substr(0, comma)));
    premises = comma == std::string::npos ? "" : premises.substr(comma + 1);
  }
  return result;
}

/// Counts of what was seen, so that no part of the test is empty.
struct Seen {
  std::size_t periods = 0, laws = 0, groups = 0, words = 0;
};

void check_period(const Dfa& dfa, const ModelClass& c, const Layers& layers, const algebra::PeriodWitness& witness) {
  REQUIRE_FALSE(witness.repeat.empty());
  const std::size_t period = period_in_the_end(dfa, witness);
  REQUIRE(period == witness.period);
  REQUIRE(period > 1);
  if (!c.spectrum) return;
  const SpectrumSet& set = c.set();
  const Units& units = set.units();
  const bool one = units.contains(exact::Rational(0));
  const bool minus_one = units.contains(exact::Rational(1, 2));
  if (c.form == ModelClass::Form::kDiagonal || c.form == ModelClass::Form::kTriangular) {
    if (units.all) return;
    // What the class can do: periods made of the primes of the ratios, in words of the lengths of the blocks.
    if (!one && units.order > 1) REQUIRE(witness.repeat.size() % units.order == 0);
    std::size_t rest = period;
    for (std::size_t p = 2; p <= units.ratio_order; ++p) {
      while (units.ratio_order % p == 0 && rest % p == 0) rest /= p;
    }
    if (rest > 1) return;
    // Else it takes more layers than there are.
    REQUIRE(layers);
    REQUIRE(one);
    REQUIRE(minus_one);
    REQUIRE((*layers >= 64 || (std::size_t{1} << *layers) % period != 0));
  }
}

void check_law(const Dfa& dfa, const algebra::LawWitness& witness) {
  CAPTURE(witness.law);
  const Law law = parse_law(witness.law);
  const auto word_of = [&](const std::string& side) {
    Word word;
    for (const char variable : side) {
      const auto at = std::find_if(witness.words.begin(), witness.words.end(),
                                   [&](const auto& entry) { return entry.first == variable; });
      REQUIRE(at != witness.words.end());
      word.insert(word.end(), at->second.begin(), at->second.end());
    }
    return word;
  };
  for (const auto& [left, right] : law.premises) {
    if (left[0] == '|') {  // |u| = |v|, or |u| = |v| mod m
      const std::size_t first = word_of(left.substr(1, 1)).size();
      const std::size_t second = word_of(right.substr(1, 1)).size();
      const std::size_t mod = right.find("mod");
      if (mod == std::string::npos) {
        REQUIRE(first == second);
      } else {
        const std::size_t m = std::stoul(right.substr(mod + 3));
        REQUIRE(first % m == second % m);
      }
    } else {
      REQUIRE(algebra::word_map(dfa, word_of(left)) == algebra::word_map(dfa, word_of(right)));
    }
  }
  REQUIRE(witness.left == word_of(law.conclusion.first));
  REQUIRE(witness.right == word_of(law.conclusion.second));
  REQUIRE(dfa.accepts(joined({witness.prefix, witness.left, witness.suffix})) !=
          dfa.accepts(joined({witness.prefix, witness.right, witness.suffix})));
}

/// The words as permutations of the image that they share.
std::vector<Transformation> permutations_of(const Dfa& dfa, const std::vector<Word>& words) {
  std::vector<Transformation> maps;
  for (const Word& word : words) maps.push_back(algebra::word_map(dfa, word));
  const Transformation identity = idempotent_power(maps[0]);
  std::vector<Point> image;
  for (Point x = 0; x < identity.degree(); ++x) {
    if (identity.image_of(x) == x) image.push_back(x);
  }
  std::vector<Transformation> permutations;
  for (const Transformation& map : maps) {
    // In the group around the idempotent: it changes nothing before or after.
    REQUIRE(identity * map == map);
    REQUIRE(map * identity == map);
    std::vector<Point> images;
    for (const Point x : image) {
      const auto at = std::find(image.begin(), image.end(), map.image_of(x));
      REQUIRE(at != image.end());
      images.push_back(static_cast<Point>(at - image.begin()));
    }
    permutations.emplace_back(std::move(images));
    REQUIRE(permutations.back().is_permutation());
  }
  return permutations;
}

void check_group(const Dfa& dfa, const ModelClass& c, const Layers& layers, const std::string& theorem,
                 const FailingGroup& failing) {
  CAPTURE(failing.name, failing.lacks, theorem);
  const PermutationGroup& group = failing.group.group;
  REQUIRE(!group.is_trivial());
  const bool before_a_letter = theorem == "invertible";  // the group is one of L x⁻¹ for a letter x
  if (!failing.group.words.empty() && !before_a_letter) {
    const auto permutations = permutations_of(dfa, failing.group.words);
    const PermutationGroup generated(permutations[0].degree(), permutations);
    if (failing.group.words.size() > 1 || generated.order() == group.order()) {
      REQUIRE(generated.order() == group.order());
      REQUIRE(generated.is_abelian() == group.is_abelian());
      REQUIRE(algebra::derived_length(generated) == algebra::derived_length(group));
    }
    // One word of a group of blocks: of a length that is a block's, and not the identity.
    REQUIRE(!generated.is_trivial());
  }
  // And the group is one that the class does not do.
  const auto derived = algebra::derived_length(group);
  if (!derived || !c.spectrum) return;
  const Units& units = c.set().units();
  bool other_prime = false;
  for (const auto& [prime, exponent] : group.order_factors())
    other_prime = other_prime || (!units.all && units.ratio_order % prime != 0);
  if (other_prime) return;
  REQUIRE(layers);
  const bool too_deep = c.set().is_real() ? algebra::frattini_length(group) > *layers : *derived > *layers;
  REQUIRE(too_deep);
}

/// Do two words with the same letters in them agree in the numbers of letters, up to what the units cannot tell apart?
bool same_numbers(const Units& units, std::size_t letters, const Word& first, const Word& second) {
  if (units.all) return true;  // modulo some number
  std::vector<std::int64_t> difference(letters, 0);
  for (const core::Symbol x : first) ++difference[core::index(x)];
  for (const core::Symbol x : second) --difference[core::index(x)];
  const auto sum = std::accumulate(difference.begin(), difference.end(), std::int64_t{0});
  return sum % static_cast<std::int64_t>(units.order) == 0 &&
         std::all_of(difference.begin(), difference.end(),
                     [&](std::int64_t d) { return d % static_cast<std::int64_t>(units.ratio_order) == 0; });
}

/// What comes after the last x; nothing if there is none.
std::optional<Word> after_last(const Word& word, core::Symbol x) {
  const auto at = std::find(word.rbegin(), word.rend(), x);
  if (at == word.rend()) return std::nullopt;
  return Word(at.base(), word.end());
}

/// Do two words look alike to one diagonal layer on a finite orbit?
bool alike_in_one_layer(const SpectrumSet& set, std::size_t letters, const Word& first, const Word& second) {
  if (first.back() != second.back() || !same_numbers(set.units(), letters, first, second)) return false;
  for (std::size_t i = 0; set.contains_zero() && i < letters; ++i) {
    const auto one = after_last(first, core::symbol(i));
    const auto other = after_last(second, core::symbol(i));
    if (one.has_value() != other.has_value()) return false;
    if (!one) continue;
    if (std::set<core::Symbol>(one->begin(), one->end()) != std::set<core::Symbol>(other->begin(), other->end()))
      return false;
    if (!same_numbers(set.units(), letters, *one, *other)) return false;
  }
  return true;
}

void check_words(const Dfa& dfa, const ModelClass& c, const std::string& theorem, const std::pair<Word, Word>& words) {
  const auto& [first, second] = words;
  CAPTURE(theorem, core::format_word(dfa.alphabet(), first), core::format_word(dfa.alphabet(), second));
  REQUIRE(dfa.accepts(first) != dfa.accepts(second));
  REQUIRE_FALSE(first.empty());
  REQUIRE_FALSE(second.empty());
  if (theorem == "one-layer-orbits") REQUIRE(alike_in_one_layer(c.set(), dfa.letters(), first, second));
  if (theorem == "one-diagonal-layer") {
    REQUIRE(first.back() == second.back());
    REQUIRE(std::set<core::Symbol>(first.begin(), first.end()) == std::set<core::Symbol>(second.begin(), second.end()));
  }
  if (theorem == "forgetting") REQUIRE(first.back() == second.back());
  if (theorem == "constant-spectrum") {
    REQUIRE(first.back() == second.back());
    const auto m = c.set().units().order;
    if (m > 0) REQUIRE((first.size() + m * second.size() - second.size()) % m == 0);
  }
  if (theorem == "stutter-invariant" || theorem == "householder-orbits") {
    // The one is the other with a letter doubled, or they end alike.
    bool doubled = second.size() == first.size() + 1;
    if (doubled) {
      const auto at = std::mismatch(first.begin(), first.end(), second.begin()).first - first.begin();
      Word shorter = second;
      shorter.erase(shorter.begin() + at);
      doubled = shorter == first && at > 0 && second[at] == second[at - 1];
    }
    REQUIRE((doubled || first.back() == second.back()));
  }
}

const std::vector<std::string>& some_classes() {
  static const std::vector<std::string> list{"constant",
                                             "constant{1,1/3}",
                                             "constant{e(1/4)}",
                                             "constant{-1,1/3}",
                                             "constant(0,1)",
                                             "constant+diagonal[0,1]",
                                             "diagonal{0}",
                                             "diagonal{1}",
                                             "diagonal{-1,1}",
                                             "diagonal{-1}",
                                             "diagonal(0,1)",
                                             "diagonal[0,1]",
                                             "diagonal{0,1}",
                                             "diagonal{1,1/2}",
                                             "diagonal{-1,0}",
                                             "diagonal[-1,1]",
                                             "diagonal{0,1,e(1/3)}",
                                             "diagonal{0,e(1/3)}",
                                             "diagonal{e(1/4),e(3/4)}",
                                             "diagonal{0,e(1/12),e(1/3)}",
                                             "diagonal-complex",
                                             "triangular[0,1]",
                                             "triangular[-1,1]",
                                             "householder[0,1]:1",
                                             "householder{-1/2,1/2}:1",
                                             "householder[0,1]:3",
                                             "householder[-1,1]:1",
                                             "gated-householder[0,1]:1",
                                             "contraction",
                                             "rank-one:1",
                                             "rwkv7"};
  return list;
}

void check_language(const Dfa& language, Seen& seen) {
  core::Limits limits;
  limits.memory_bytes = std::size_t{1} << 23;
  LanguageFacts facts(language, limits);
  const Dfa& dfa = facts.minimal();
  for (const std::string& name : some_classes()) {
    const ModelClass c = parse_model_class(name, {});
    for (const Layers layers : {Layers(1), Layers(2), Layers()}) {
      for (const char* semantics : {"finite-orbit", "exact"}) {
        const CellVerdict verdict = decide(facts, c, layers, parse_semantics(semantics, {}));
        if (!verdict.is_no()) continue;
        CAPTURE(name, layers.value_or(0), semantics, verdict.theorem());
        const Obstruction& why = verdict.witness();
        REQUIRE(int(why.period.has_value()) + int(why.law.has_value()) + int(why.group.has_value()) +
                    int(why.words.has_value()) + int(!why.letters.empty()) ==
                1);
        if (why.period) check_period(dfa, c, layers, *why.period);
        if (why.law) check_law(dfa, *why.law);
        if (why.group) check_group(dfa, c, layers, verdict.theorem(), *why.group);
        if (why.words) check_words(dfa, c, verdict.theorem(), *why.words);
        seen.periods += why.period ? 1 : 0;
        seen.laws += why.law ? 1 : 0;
        seen.groups += why.group ? 1 : 0;
        seen.words += why.words ? 1 : 0;
      }
    }
  }
}

void check_seen(const Seen& seen, std::size_t each) {
  CHECK(seen.periods > each);
  CHECK(seen.laws > each);
  CHECK(seen.groups > each);
  CHECK(seen.words > each);
}

void check_catalogue(std::size_t most_states) {
  Seen seen;
  for (const std::string& name : automata::catalogue_names()) {
    const Dfa language = testing::catalogue_language(name);
    if (language.states() > most_states) continue;
    INFO("language " << name);
    check_language(language, seen);
  }
  check_seen(seen, 100);
}

TEST_CASE("witnesses on the languages of the catalogue witness", "[decide][slow]") { check_catalogue(30); }

TEST_CASE("witnesses on all languages of the catalogue witness", "[.extreme]") { check_catalogue(1'000); }

void check_random_languages(core::Random& random, int rounds, std::size_t each) {
  Seen seen;
  for (int round = 0; round < rounds; ++round) {
    const std::size_t states = 1 + random.below(6);
    const std::size_t letters = 1 + random.below(3);
    const Dfa language = random.one_in(3) ? testing::random_permutation_dfa(random, states, letters)
                                          : testing::random_dfa(random, states, letters);
    INFO("round " << round << ", " << states << " states, " << letters << " letters");
    check_language(language, seen);
  }
  check_seen(seen, each);
}

TEST_CASE("witnesses on random languages witness", "[decide]") {
  EIGENMATA_SEEDED(random, 621);
  check_random_languages(random, 200, 100);
}

TEST_CASE("witnesses on many random languages witness", "[.extreme]") {
  EIGENMATA_SEEDED(random, 622);
  check_random_languages(random, 20'000, 1'000);
}

}  // namespace
}  // namespace eigenmata::expressivity
