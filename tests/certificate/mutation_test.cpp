// SPDX-License-Identifier: Apache-2.0
//
// Corrupted certificates. Every line of valid certificates of several kinds is changed, one at a time,
// systematically and at random. A mutant is unreadable, or a rule of it fails, or it is accepted. Accepted
// ones are proved again without the checker: every word up to a length is run through the mutated network, by
// dense multiplication, and through the mutated automaton.
#include <catch2/catch.hpp>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "support/certificates.hpp"

namespace eigenmata::certificate {
namespace {

using testing::joined;
using testing::lines_of;

using exact::RationalArithmetic;

struct Counts {
  std::size_t unreadable = 0;
  std::size_t not_proved = 0;
  std::size_t accepted = 0;

  [[nodiscard]] std::size_t total() const { return unreadable + not_proved + accepted; }
};

/// All words of up to this many letters are enough to tell apart what small samples can do, and not too many
/// to run.
std::size_t longest_word(std::size_t letters) {
  std::size_t length = 1;
  for (std::size_t words = letters * letters; words <= 1'500; words *= letters) {
    if (++length == 12) break;
  }
  return length;
}

/// Do network and automaton of a certificate agree on all short words?
void require_agreement(const RationalCertificate& certificate) {
  const testing::NaiveRunner<RationalArithmetic> naive({}, certificate.network);
  const std::size_t letters = certificate.network.alphabet.size();
  for (std::size_t length = 0; length <= longest_word(letters); ++length) {
    testing::for_each_word(length, letters, [&](const core::Word& word) {
      if (naive.accepts(word) == std::optional<bool>(certificate.automaton.accepts(word))) return;
      FAIL("accepted, but wrong on the word " << core::format_word(certificate.network.alphabet, word));
    });
  }
}

void judge(const std::string& mutant, Counts& counts) {
  try {
    const RationalCertificate certificate = read_certificate({"mutant", mutant});
    if (check(certificate, {}, 1).is_yes()) {
      ++counts.accepted;
      INFO(mutant);
      require_agreement(certificate);
    } else {
      ++counts.not_proved;
    }
  } catch (const core::Error&) {
    ++counts.unreadable;
  }
}

bool is_comment(const std::string& line) { return !line.empty() && line[0] == '#'; }

std::vector<std::string> tokens_of(const std::string& line) {
  std::vector<std::string> tokens;
  std::istringstream stream(line);
  for (std::string token; stream >> token;) tokens.push_back(token);
  return tokens;
}

std::string with_token(std::vector<std::string> tokens, std::size_t at, const std::string& token) {
  tokens[at] = token;
  std::string line;
  for (const std::string& t : tokens) line += (line.empty() ? "" : " ") + t;
  return line;
}

/// Every number of a line replaced by ones near it, every word left out, the line left out, doubled,
/// exchanged with the next.
std::vector<std::string> systematic_mutants(const std::vector<std::string>& lines, std::size_t at) {
  std::vector<std::string> mutants;
  const auto replace = [&](const std::string& line) {
    auto changed = lines;
    changed[at] = line;
    mutants.push_back(joined(changed));
  };
  auto changed = lines;
  changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(at));
  mutants.push_back(joined(changed));
  changed = lines;
  changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(at), lines[at]);
  mutants.push_back(joined(changed));
  if (at + 1 < lines.size() && lines[at] != lines[at + 1]) {
    changed = lines;
    std::swap(changed[at], changed[at + 1]);
    mutants.push_back(joined(changed));
  }
  const auto tokens = tokens_of(lines[at]);
  for (std::size_t t = 1; t < tokens.size(); ++t) {
    const std::string& token = tokens[t];
    const std::size_t colon = token.find(':');
    const std::string front = colon == std::string::npos ? "" : token.substr(0, colon + 1);
    const std::string number = token.substr(front.size());
    for (const std::string other : {"0", "1", "-1", "2", "1/2", "3"}) {
      if (other != number) replace(with_token(tokens, t, front + other));
    }
    if (colon != std::string::npos) {
      for (const std::string other : {"0:", "1:", "2:"}) {
        if (other != front) replace(with_token(tokens, t, other + number));
      }
    }
    auto fewer = tokens;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(t));
    replace(with_token(fewer, 0, fewer[0]));
  }
  return mutants;
}

/// One character replaced, left out or put in; or one token exchanged with another of the text.
std::string random_mutant(const std::vector<std::string>& lines, core::Random& random) {
  static const std::string kCharacters = "0123456789-/:| #ax";
  auto changed = lines;
  for (;;) {
    std::string& line = changed[random.below(changed.size())];
    if (is_comment(line) || line.empty()) continue;
    const auto at = static_cast<std::ptrdiff_t>(random.below(line.size()));
    const char character = kCharacters[random.below(kCharacters.size())];
    switch (random.below(4)) {
      case 0:
        line[static_cast<std::size_t>(at)] = character;
        break;
      case 1:
        line.erase(line.begin() + at);
        break;
      case 2:
        line.insert(line.begin() + at, character);
        break;
      default: {
        const std::string& other = lines[random.below(lines.size())];
        const auto mine = tokens_of(line);
        const auto theirs = tokens_of(other);
        if (theirs.empty()) continue;
        line = with_token(mine, random.below(mine.size()), theirs[random.below(theirs.size())]);
      }
    }
    return joined(changed);
  }
}

TEST_CASE("no corrupted certificate is accepted for a claim that is false", "[certificate][mutation]") {
  EIGENMATA_SEEDED(random, 131);
  Counts counts;
  for (const auto& sample : testing::sample_certificates()) {
    CAPTURE(sample.name);
    const std::string text = write_certificate(sample.certificate);
    const auto lines = lines_of(text);
    for (std::size_t at = 0; at < lines.size(); ++at) {
      if (is_comment(lines[at])) continue;
      // Long certificates: every line, but not every change of each.
      const auto mutants = systematic_mutants(lines, at);
      const std::size_t stride = lines.size() > 60 ? 5 : 1;
      for (std::size_t i = random.below(stride); i < mutants.size(); i += stride) judge(mutants[i], counts);
    }
    for (int i = 0; i < 250; ++i) {
      const std::string mutant = random_mutant(lines, random);
      if (mutant != text) judge(mutant, counts);
    }
  }
  std::cout << "corrupted certificates: " << counts.total() << ", of them " << counts.unreadable << " unreadable, "
            << counts.not_proved << " not proved, " << counts.accepted << " accepted and proved again word by word\n";
  CHECK(counts.total() >= 1'000);
  CHECK(counts.unreadable > 100);
  CHECK(counts.not_proved > 100);
  CHECK(counts.accepted > 10);
}

TEST_CASE("many more corrupted certificates, of random networks", "[certificate][mutation][.extreme]") {
  EIGENMATA_SEEDED(random, 132);
  Counts counts;
  for (int round = 0; round < 300; ++round) {
    const auto network = testing::random_finite_network(random, {1 + random.below(2), random.below(3), 3, false});
    const auto language = testing::language_of(RationalArithmetic{}, network, 30);
    if (!language) continue;
    const auto lines = lines_of(write_certificate(testing::explored(network, automata::minimised(*language))));
    for (int i = 0; i < 300; ++i) judge(random_mutant(lines, random), counts);
  }
  std::cout << "corrupted certificates: " << counts.total() << ", of them " << counts.unreadable << " unreadable, "
            << counts.not_proved << " not proved, " << counts.accepted << " accepted and proved again word by word\n";
  CHECK(counts.accepted > 100);
}

}  // namespace
}  // namespace eigenmata::certificate
