// SPDX-License-Identifier: Apache-2.0
//
// Verdicts that contradict one another: more layers, more matrices or fewer promises on the states can only help.
#include <catch2/catch.hpp>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::expressivity {
namespace {

using automata::Dfa;
using core::Answer;

/// Chains of classes, each contained in the next.
std::vector<std::vector<std::string>> chains() {
  return {
      {"diagonal{1}", "diagonal{0,1}", "diagonal[0,1]", "diagonal[-1,1]", "diagonal-complex", "pd", "dense"},
      {"diagonal{-1}", "diagonal{-1,0}", "diagonal{-1,0,1}", "diagonal[-1,1]", "triangular[-1,1]", "dense"},
      {"diagonal{-1}", "diagonal{-1,1}", "diagonal{-1,0,1}", "householder{-1,0,1}"},
      {"diagonal{-1,0}", "diagonal[-1,0]", "diagonal[-1,1]", "householder[-1,1]", "gated-householder[-1,1]"},
      {"diagonal(0,1)", "diagonal[0,1)", "diagonal[0,1]", "triangular[0,1]", "triangular[-1,1]"},
      {"diagonal(0,1)", "diagonal(0,1]", "diagonal[0,1]", "constant+diagonal[0,1]", "diagonal-complex"},
      {"diagonal{1}", "diagonal{1,1/2}", "diagonal{1,1/2,1/3}", "diagonal(0,1]", "diagonal[0,1]"},
      {"diagonal{1,1/3}", "diagonal{1,1/2,1/3}", "diagonal{0,1,1/2,1/3}", "diagonal[0,1]", "householder[0,1]"},
      {"diagonal{0}", "diagonal{0,1/2}", "diagonal[0,1)", "contraction", "dense"},
      {"diagonal{1/2}", "diagonal(0,1)", "contraction"},
      {"diagonal{-1}", "diagonal{-1,1/2}", "diagonal{-1,1,1/2}", "diagonal{-1,0,1,1/2}", "diagonal[-1,1]"},
      {"diagonal{e(1/3)}", "diagonal{0,e(1/3)}", "diagonal{0,1,e(1/3)}", "diagonal-complex"},
      {"diagonal{e(1/3)}", "diagonal{1,e(1/3)}", "diagonal{0,1,e(1/3)}"},
      {"diagonal{1,e(1/3)}", "diagonal{1,e(1/3),1/2}", "diagonal{0,1,e(1/3),1/2}", "diagonal-complex"},
      {"diagonal{e(1/4)}", "diagonal{e(1/4),e(3/4)}", "diagonal{0,e(1/4),e(3/4)}", "diagonal{0,1,e(1/4),e(3/4)}"},
      {"diagonal{-1,1}", "diagonal{-1,1,e(1/4)}", "diagonalC(1)", "diagonal-complex"},
      {"diagonal(0,1)", "diagonalD(<1)", "contraction"},
      {"diagonalD(1/3)", "diagonalD(<1)", "diagonal-complex"},
      {"constant{1}", "constant{-1,1}", "constant[-1,1]", "constant", "diagonal-complex"},
      {"constant{0,1}", "constant[0,1]", "constant", "constant+diagonal[0,1]"},
      {"constant(0,1)", "constant[0,1]", "diagonal[0,1]"},
      {"constant(0,1)", "constantD(<1)", "diagonalD(<1)"},
      {"constant{1,1/2}", "diagonal{1,1/2}"},
      {"constant{e(1/3)}", "constant{1/3,e(1/3)}", "diagonal{1/3,e(1/3)}", "diagonal-complex"},
      {"householder[0,1]:1", "householder[0,1]:2", "householder[0,1]:3", "householder[0,1]", "householder[-1,1]"},
      {"householder(0,1):1", "householder[0,1]:1", "householder[-1,1]:1", "householder[-1,1]:2"},
      {"householder{0,1}:1", "householder{0,1}:2", "householder{0,1}:3", "householder[0,1]:3"},
      {"householder[0,1]:2", "householder[-1,1]:2", "gated-householder[-1,1]:2", "dense"},
      {"householder[-1,1]:1", "gated-householder[-1,1]:1", "gated-householder[-1,1]:2", "gated-householder[-1,1]"},
      {"householder{-1,1}:1", "householder{-1,1}:2", "householder{-1,0,1}:2", "householder[-1,1]:2"},
      {"householder{-1,1}:1", "householder{-1,0,1}:1", "householder[-1,1]:1", "rank-one:1"},
      {"gated-householder[0,1]:1", "gated-householder[-1,1]:1", "rwkv7[-1,1]", "dense"},
      {"diagonal[0,1]", "rwkv7[-1,1]"},
      {"householder[-1,1]:1", "householder[-1,1]:2", "householder[-1,1]:3", "householder[-1,1]"},
      {"householder[-1,1]:2", "rank-one:2", "rank-one:3", "rank-one", "dense"},
      {"rank-one:1", "rank-one:2"},
      {"rwkv7", "rwkv7[-1,1]"},
      {"triangular{-1,0}", "triangular{-1,0,1}", "triangular[-1,1]"},
      {"triangular{0,1}", "triangular[0,1]", "triangular[-1,1]"},
      {"diagonal{-1,0}", "triangular{-1,0}"},
      {"diagonal{1,1/2}", "triangular{1,1/2}", "triangular[0,1]"},
  };
}

/// The verdicts on one language, each asked for once.
class Verdicts {
 public:
  explicit Verdicts(const Dfa& language) : facts_(language, limits()) {}

  Answer of(const std::string& model_class, const Layers& layers, const std::string& semantics) {
    const auto key = std::make_tuple(model_class, layers, semantics);
    const auto known = answers_.find(key);
    if (known != answers_.end()) return known->second;
    const Answer answer =
        decide(facts_, parse_model_class(model_class, {}), layers, parse_semantics(semantics, {})).answer();
    answers_.emplace(key, answer);
    return answer;
  }

  [[nodiscard]] std::size_t size() const { return answers_.size(); }

 private:
  static core::Limits limits() {
    core::Limits limits;
    limits.memory_bytes = std::size_t{1} << 23;
    return limits;
  }

  LanguageFacts facts_;
  std::map<std::tuple<std::string, Layers, std::string>, Answer> answers_;
};

const std::vector<Layers>& numbers_of_layers() {
  static const std::vector<Layers> list{1, 2, 3, 4, Layers()};  // increasing
  return list;
}

std::string shown(const Layers& layers) { return layers ? std::to_string(*layers) : "any"; }

/// What would be a contradiction: yes for the weaker, no for the stronger.
void compare(std::vector<std::string>& contradictions, Answer weaker, Answer stronger, const std::string& what) {
  if (weaker == Answer::kYes && stronger == Answer::kNo) contradictions.push_back(what + ": yes becomes no");
}

std::vector<std::string> contradictions_of(Verdicts& verdicts) {
  std::vector<std::string> found;
  const std::string semantics[] = {"finite-orbit", "exact"};
  for (const auto& chain : chains()) {
    for (std::size_t i = 0; i < chain.size(); ++i) {
      for (std::size_t l = 0; l < numbers_of_layers().size(); ++l) {
        const Layers& layers = numbers_of_layers()[l];
        const std::string cell = chain[i] + ", " + shown(layers);
        compare(found, verdicts.of(chain[i], layers, "finite-orbit"), verdicts.of(chain[i], layers, "exact"),
                cell + ", finite-orbit to exact");
        for (const std::string& s : semantics) {
          const Answer here = verdicts.of(chain[i], layers, s);
          // A class that answers no for the largest must not answer yes for the smallest: all pairs.
          for (std::size_t j = i + 1; j < chain.size(); ++j)
            compare(found, here, verdicts.of(chain[j], layers, s), cell + ", " + s + " to " + chain[j]);
          for (std::size_t more = l + 1; more < numbers_of_layers().size(); ++more) {
            const Answer deeper = verdicts.of(chain[i], numbers_of_layers()[more], s);
            compare(found, here, deeper, cell + ", " + s + " to " + shown(numbers_of_layers()[more]) + " layers");
            // What is said of any number, or of more, is said of fewer.
            if (deeper == Answer::kNo && here != Answer::kNo)
              found.push_back(cell + ", " + s + " is not no, though " + shown(numbers_of_layers()[more]) +
                              " layers are");
            if (here == Answer::kYes && deeper != Answer::kYes)
              found.push_back(cell + ", " + s + " is yes, but " + shown(numbers_of_layers()[more]) + " layers are not");
          }
        }
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

/// The first contradictions, a line each.
std::string report_of(const Dfa& language) {
  Verdicts verdicts(language);
  std::string report;
  std::size_t lines = 0;
  for (const std::string& line : contradictions_of(verdicts)) {
    if (++lines <= 12) report += line + "\n";
  }
  return report;
}

/// Returns how many languages there are.
std::size_t check_catalogue(std::size_t most_states) {
  std::size_t languages = 0;
  for (const std::string& name : automata::catalogue_names()) {
    const Dfa language = testing::catalogue_language(name);
    if (language.states() > most_states) continue;
    ++languages;
    CAPTURE(name);
    CHECK(report_of(language) == "");
  }
  return languages;
}

TEST_CASE("verdicts on small languages of the catalogue do not contradict one another", "[decide][slow]") {
  CHECK(check_catalogue(5) > 30);
}

TEST_CASE("verdicts on all languages of the catalogue do not contradict one another", "[.extreme]") {
  CHECK(check_catalogue(1'000) > 140);
}

void check_random_languages(core::Random& random, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    const std::size_t states = 1 + random.below(5);
    const std::size_t letters = 1 + random.below(3);
    const Dfa language = random.one_in(4) ? testing::random_permutation_dfa(random, states, letters)
                                          : testing::random_dfa(random, states, letters);
    CAPTURE(round, states, letters);
    REQUIRE(report_of(language) == "");
  }
}

TEST_CASE("verdicts on random languages do not contradict one another", "[decide]") {
  EIGENMATA_SEEDED(random, 611);
  check_random_languages(random, 100);
}

TEST_CASE("verdicts on many random languages do not contradict one another", "[.extreme]") {
  EIGENMATA_SEEDED(random, 612);
  check_random_languages(random, 20'000);
}

}  // namespace
}  // namespace eigenmata::expressivity
