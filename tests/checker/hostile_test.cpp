// SPDX-License-Identifier: Apache-2.0
//
// Inputs made to hurt: huge announcements, deep nesting, long numbers, bytes at random. Each must end in a
// verdict or an Error, soon and without much memory.
#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "checker/certificate.hpp"
#include "checker/error.hpp"
#include "checker/language.hpp"
#include "checker/model.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

TEST_CASE("announced counts alone cost nothing", "[checker][hostile]") {
  for (const auto& [name, text] : samples()) {
    const std::vector<std::string> lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (std::size_t at = 0; at < lines[i].size(); ++at) {
        const bool starts =
            at > 0 && (lines[i][at - 1] == ' ' || lines[i][at - 1] == ':') && std::isdigit(lines[i][at]);
        if (!starts) continue;
        const std::size_t end = std::min(lines[i].find_first_not_of("0123456789", at), lines[i].size());
        for (const char* huge : {"4294967294", "4294967295", "18446744073709551616", "99999999999999999999999999"}) {
          const std::string line = lines[i].substr(0, at) + huge + lines[i].substr(end);
          (void)outcome_of(with_line(text, i + 1, line));
        }
      }
    }
  }
  SUCCEED();
}

TEST_CASE("a dimension of four billion with few coordinates is fine", "[checker][hostile]") {
  for (const char* sample : {"swap", "boxes"}) {
    std::string text = samples().at(sample);
    for (std::size_t at = text.find("1:"); at != std::string::npos; at = text.find("1:", at + 11)) {
      text.replace(at, 2, "4294967293:");
    }
    text.replace(text.find("layer 2"), 7, "layer 4294967294");
    const Outcome outcome = outcome_of(text);
    CAPTURE(text, outcome.message);
    CHECK(outcome.code == 0);
  }
}

TEST_CASE("numbers with many digits", "[checker][hostile]") {
  const std::string& parity = samples().at("parity");
  const std::string digits(1'000'000, '9');
  CHECK(outcome_of(with_line(parity, 14, "start 0:" + digits)).rule == 1);
  CHECK(outcome_of(with_line(parity, 14, "start 0:1/" + digits)).rule == 1);
  CHECK(outcome_of(with_line(parity, 14, "start 0:" + digits + "9")).code == 2);
  const std::string& boxes = samples().at("digits");
  const std::size_t region = line_number(boxes, "region 0:[-1,-7/8]");
  CHECK(outcome_of(with_line(boxes, region, "region 0:[-" + digits + ",1/" + digits + "]")).rule == 3);
  CHECK(outcome_of(with_line(boxes, region, "region 0:[-" + digits + ",1/" + digits + "]")).message.size() < 1000);
  CHECK(outcome_of(with_line(boxes, region, "region 0:[-" + digits + "9,0]")).code == 2);
  // The message about it stays short.
  CHECK(outcome_of(with_line(parity, 14, "start 0:" + digits)).message.size() < 1000);
  CHECK(outcome_of(with_line(parity, 14, "start 0:" + digits + "9")).message.size() < 1000);
}

TEST_CASE("long lines and lines without end", "[checker][hostile]") {
  const std::string& parity = samples().at("parity");
  CHECK(outcome_of(std::string(20'000'000, 'x')).code == 2);
  CHECK(outcome_of("# " + std::string(10'000'000, 'x') + "\n" + parity).code == 0);
  CHECK(outcome_of("# " + std::string(20'000'000, 'x') + "\n" + parity).code == 2);
  CHECK(outcome_of(std::string(1'000'000, '\n')).code == 2);
}

TEST_CASE("random bytes in all readers", "[checker][hostile]") {
  std::mt19937 random(99);
  const std::vector<std::string> seeds = {
      samples().at("two layers"),
      samples().at("table"),
      samples().at("cascade"),
      samples().at("digits"),
      R"({"format": "eigenmata-language", "version": 1, "alphabet": ["a"], "states": 1, "initial": 0,
          "accepting": [0], "transitions": [[0, "a", 0]]})",
      "0 1 a\n1 0 b 0\n0 0\n",
      "(a|b)*~[a-c]{2,3}&<push>.+"};
  for (int round = 0; round < 6000; ++round) {
    std::string text = seeds[random() % seeds.size()];
    for (std::size_t i = 1 + random() % 6; i > 0; --i) {
      const std::size_t at = random() % text.size();
      if (random() % 3 == 0) {
        text[at] = static_cast<char>(random() % 256);
      } else if (random() % 2 == 0) {
        text.erase(at, 1 + random() % 5);
      } else {
        text.insert(at, text.substr(random() % text.size(), random() % 9));
      }
      if (text.empty()) text = "x";
    }
    (void)outcome_of(text);
    for (const LanguageFormat format : {LanguageFormat::kAtt, LanguageFormat::kJson, LanguageFormat::kRegex}) {
      try {
        const Language language = read_language(text, format, "x", {});
        REQUIRE(language.automaton.next.size() == language.automaton.size() * language.alphabet.size());
        REQUIRE(language.automaton.initial < language.automaton.size());
      } catch (const Error&) {
      }
    }
    try {
      (void)read_model(text, "x");
    } catch (const Error&) {
    }
  }
  SUCCEED();
}

}  // namespace
}  // namespace eigenmata::checker
