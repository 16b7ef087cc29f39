// SPDX-License-Identifier: Apache-2.0
//
// Soundness by experiment: whatever certificate is proved, its network and its automaton must answer every
// short word alike, where the network is run here by the definitions of the model page, on plain vectors,
// without points.
//
// The certificates are samples with a few tokens replaced at random. Most become unreadable or are not
// proved; those that still are proved are the interesting ones.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/error.hpp"
#include "simulation.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

void require_agreement(const Certificate& certificate, std::size_t length) {
  const auto letters = static_cast<LetterId>(certificate.network.letters.size());
  for (const std::vector<LetterId>& word : words_up_to(length, letters)) {
    REQUIRE(answer_of(certificate.network, word) == (accepts(certificate.automaton, word) ? 1 : 0));
  }
}

/// A token in place of another: mostly of the same kind, so that many mutants stay readable.
std::string replacement(const std::string& token, std::mt19937& random) {
  static const std::vector<std::string> kNumbers = {"1",   "-1",   "2",   "-2",  "3",
                                                    "1/2", "-1/2", "1/3", "3/7", "100000000001"};
  static const std::vector<std::string> kWords = {"accept", "reject", "|", "householder", "rank-one", "", "x"};
  const std::string digit(1, static_cast<char>('0' + random() % 4));
  if (random() % 40 == 0) return kWords[random() % kWords.size()];
  if (token.find(':') != std::string::npos) {
    const std::string& number = kNumbers[random() % kNumbers.size()];
    return random() % 3 == 0 ? digit + ":" + number : token.substr(0, token.find(':') + 1) + number;
  }
  if (token == "accept" || token == "reject") return kWords[random() % 2];
  if (token.find_first_not_of("0123456789-/") != std::string::npos) return token;
  return random() % 4 == 0 ? kNumbers[random() % kNumbers.size()] : digit;
}

/// Replaces a token, drops the last one of a line, or puts a line of the same kind in a line's place.
void mutate(std::vector<std::string>& lines, std::mt19937& random) {
  std::string& line = lines[random() % lines.size()];
  const std::size_t choice = random() % 10;
  if (choice < 2) {
    const std::string& other = lines[random() % lines.size()];
    if (other.substr(0, 3) == line.substr(0, 3)) line = other;
    return;
  }
  if (choice == 2) {
    line = line.substr(0, line.rfind(' '));
    return;
  }
  std::vector<std::size_t> starts = {0};
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ') starts.push_back(i + 1);
  }
  const std::size_t start = starts[random() % starts.size()];
  const std::size_t end = std::min(line.find(' ', start), line.size());
  line = line.substr(0, start) + replacement(line.substr(start, end - start), random) + line.substr(end);
}

TEST_CASE("the samples' networks answer as their automata do", "[checker][mutation]") {
  for (const auto& [name, text] : samples()) {
    CAPTURE(name);
    std::istringstream in(text);
    require_agreement(read_certificate(in, name), name == "flip-flop" ? 6 : 8);
  }
}

TEST_CASE("whatever is proved is true", "[checker][mutation]") {
  int proved = 0, refuted = 0, unreadable = 0;
  for (const auto& [name, text] : samples()) {
    for (unsigned seed = 0; seed < 3000; ++seed) {
      std::mt19937 random(seed);
      std::vector<std::string> lines = lines_of(text);
      for (std::size_t i = 1 + random() % 3; i > 0; --i) mutate(lines, random);
      const std::string mutant = joined(lines);
      if (mutant == text) continue;
      CAPTURE(name, seed, mutant);
      std::istringstream in(mutant);
      try {
        const Certificate certificate = read_certificate(in, "x");
        if (check(certificate)) {
          ++refuted;
        } else {
          ++proved;
          require_agreement(certificate, 5);
        }
      } catch (const Error&) {
        ++unreadable;
      }
    }
  }
  // Enough of each kind for the test to mean something.
  CHECK(proved > 120);
  CHECK(refuted > 2000);
  CHECK(unreadable > 5000);
}

}  // namespace
}  // namespace eigenmata::checker
