// SPDX-License-Identifier: Apache-2.0
//
// The library and eigenmata-check read languages with parsers of their own: expressions, AT&T files, JSON files. They
// refuse the same texts, and read the same languages from the others.
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <variant>
#include <vector>

#include "checker/equivalence.hpp"
#include "checker/error.hpp"
#include "checker/language.hpp"
#include "checker/regex.hpp"
#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/formats.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/error.hpp"
#include "support/languages.hpp"
#include "support/mutation.hpp"

namespace eigenmata {
namespace {

struct Counts {
  std::size_t read = 0;
  std::size_t refused = 0;
  std::size_t too_large = 0;
};

/// The library's automaton as the checker holds one.
checker::Language converted(const automata::Dfa& dfa) {
  checker::Language language;
  language.alphabet = dfa.alphabet().names();
  language.automaton.letters = static_cast<std::uint32_t>(dfa.letters());
  language.automaton.initial = static_cast<checker::State>(index(dfa.initial()));
  language.automaton.accepting = dfa.accepting();
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      language.automaton.next.push_back(
          static_cast<checker::State>(index(dfa.step(automata::state(q), core::symbol(x)))));
    }
  }
  return language;
}

core::Limits limits() {
  core::Limits limits;
  limits.memory_bytes = std::size_t{64} << 20;
  return limits;
}

void require_agreement(const std::string& text, checker::LanguageFormat format,
                       const std::function<automata::Dfa(const core::Input&)>& read, Counts& counts) {
  std::variant<automata::Dfa, std::string> ours = std::string();
  try {
    ours = read({"text", text});
  } catch (const core::Error& error) {
    ours = std::string(error.what());
  } catch (const core::LimitReached&) {
    ++counts.too_large;
    return;
  }
  std::variant<checker::Language, std::string> theirs = std::string();
  try {
    theirs = checker::read_language(text, format, "text", {});
  } catch (const checker::Error& error) {
    theirs = std::string(error.what());
  }
  const auto* refused = std::get_if<std::string>(&ours);
  const auto* also_refused = std::get_if<std::string>(&theirs);
  CAPTURE(text);
  if (refused != nullptr && also_refused != nullptr) {
    ++counts.refused;
    return;
  }
  if (refused != nullptr) {
    FAIL_CHECK("only the library refuses it: " << *refused);
    return;
  }
  if (also_refused != nullptr) {
    FAIL_CHECK("only the checker refuses it: " << *also_refused);
    return;
  }
  ++counts.read;
  const checker::Language a = converted(std::get<automata::Dfa>(ours));
  const checker::Language& b = std::get<checker::Language>(theirs);
  const auto sorted = [](std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return names;
  };
  REQUIRE(sorted(a.alphabet) == sorted(b.alphabet));
  REQUIRE_FALSE(checker::shortest_difference(a.alphabet, a.automaton, b.alphabet, b.automaton).has_value());
}

automata::Dfa read_regex(const core::Input& input) {
  return automata::compile_regex(input.text, std::nullopt, limits(), input.name);
}
automata::Dfa read_att(const core::Input& input) {
  return automata::determinised(automata::read_att(input, std::nullopt, std::nullopt), limits());
}
automata::Dfa read_json(const core::Input& input) { return automata::read_json_language(input, limits()).dfa; }

void report(const char* what, const Counts& counts) {
  std::cout << what << " read by both programs: " << counts.read << ", refused by both: " << counts.refused << '\n';
}

std::string random_expression(core::Random& random) {
  static const std::vector<std::string> kPieces{
      "a",      "b",      "c",     "a",     "b",    "(",     ")",     "(",       ")",     "*",    "+",
      "?",      "|",      "&",     "~",     "()",   ".",     "[ab]",  "[^a]",    "[",     "]",    "-",
      "^",      "{2}",    "{1,2}", "{0,1}", "{,2}", "{2,1}", "{",     "}",       "0",     "1",    ",",
      "<x>",    "<push>", "<",     ">",     "\\",   "\\.",   "[a-c]", "[a-c-e]", "[-a]",  "[a-]", "[^-]",
      "\u00e9", " ",      "$",     "#",     "\t",   "\x7F",  "\"",    "/",       "\u0085"};
  std::string text;
  for (std::size_t i = 1 + random.below(10); i > 0; --i) text += kPieces[random.below(kPieces.size())];
  return text;
}

TEST_CASE("random texts are the same expressions to both programs, or none", "[agreement]") {
  EIGENMATA_SEEDED(random, 311);
  Counts counts;
  for (int i = 0; i < 20'000; ++i)
    require_agreement(random_expression(random), checker::LanguageFormat::kRegex, read_regex, counts);
  report("expressions", counts);
  CHECK(counts.read > 2'000);
  CHECK(counts.refused > 2'000);
}

TEST_CASE("corrupted AT&T files are the same languages to both programs, or none", "[agreement]") {
  EIGENMATA_SEEDED(random, 312);
  Counts counts;
  for (int i = 0; i < 3'000; ++i) {
    std::string text = automata::write_att(testing::random_dfa(random, 1 + random.below(5), 1 + random.below(3)));
    for (std::size_t changes = random.below(3); changes > 0 && !text.empty(); --changes)
      text = testing::mutated(text, random);
    require_agreement(text, checker::LanguageFormat::kAtt, read_att, counts);
  }
  for (const std::string text : {"",
                                 "\n",
                                 "0\n",
                                 "0 1 a\r\n1\r\n",
                                 "0 1 a 0\n1 0\n",
                                 "0 1 a a 0.0\n1 0.\n",
                                 "0 1 a 1\n1\n",
                                 "0 1 a b\n1\n",
                                 "0 1 a a 0 0\n1\n",
                                 "01 1 a\n1\n",
                                 "0 1 <eps>\n1 0 a\n1\n",
                                 "0 1 a\r\r\n1\n",
                                 "0\t1\ta\n1",
                                 "  0 1 a  \n\n\n1\n",
                                 "-1 1 a\n1\n",
                                 "0 1 a .\n1\n",
                                 "0 1 a 0..0\n1\n",
                                 "0 1 \u00e9\n1\n",
                                 "0 1 \xC3\n1\n",
                                 "\xEF\xBB\xBF"
                                 "0 1 a\n1\n",
                                 "0 1 \u2028\n1\n"}) {
    require_agreement(text, checker::LanguageFormat::kAtt, read_att, counts);
  }
  report("AT&T files", counts);
  CHECK(counts.read > 500);
  CHECK(counts.refused > 300);
}

std::string random_json(core::Random& random) {
  const auto dfa = testing::random_dfa(random, 1 + random.below(4), 1 + random.below(2));
  std::string text = automata::write_json(dfa, "a description", "a source");
  // Nondeterministic or partial ones too.
  const std::size_t at = text.find("\"alphabet\"");
  if (random.one_in(3)) text.insert(at, "\"nondeterministic\": true,\n  ");
  if (random.one_in(3)) text.insert(at, "\"partial\": true,\n  ");
  return text;
}

TEST_CASE("corrupted JSON files are the same languages to both programs, or none", "[agreement]") {
  EIGENMATA_SEEDED(random, 313);
  Counts counts;
  for (int i = 0; i < 6'000; ++i) {
    std::string text = random_json(random);
    for (std::size_t changes = random.below(4); changes > 0; --changes) text = testing::mutated(text, random);
    require_agreement(text, checker::LanguageFormat::kJson, read_json, counts);
  }
  report("JSON files", counts);
  CHECK(counts.read > 1'000);
  CHECK(counts.refused > 1'000);
}

TEST_CASE("doubtful JSON files are the same to both programs", "[agreement]") {
  Counts counts;
  const std::string head = R"({"format": "eigenmata-language", "version": 1, "alphabet": ["a", "b"], )";
  const std::string table = R"("transitions": [[0, "a", 1], [0, "b", 0], [1, "a", 0], [1, "b", 1]])";
  for (const std::string& body : std::vector<std::string>{
           R"("states": 2, "initial": 0, "accepting": [0], )" + table,
           R"("states": 2, "initial": [0], "accepting": [0], )" + table,
           R"("states": 2, "initial": [0], "accepting": [0], "nondeterministic": true, )" + table,
           R"("states": 2, "initial": [], "accepting": [0], "nondeterministic": true, )" + table,
           R"("states": 2, "initial": [0, 1, 0], "accepting": [0], "nondeterministic": true, )" + table,
           R"("states": 2, "initial": 0, "accepting": [0, 0], )" + table,
           R"("states": 2, "initial": 0, "accepting": [1, 0], )" + table,
           R"("states": 2, "initial": 0, "accepting": {}, )" + table,
           R"("states": 2, "initial": 0, "accepting": 1, )" + table,
           R"("states": 2, "initial": 2, "accepting": [], )" + table,
           R"("states": 2.0, "initial": 0, "accepting": [], )" + table,
           R"("states": 2e0, "initial": 0, "accepting": [], )" + table,
           R"("states": "2", "initial": 0, "accepting": [], )" + table,
           R"("states": -0, "initial": -0, "accepting": [], )" + table,
           R"("states": 2, "initial": -0, "accepting": [], )" + table,
           R"("states": 3, "initial": 0, "accepting": [], )" + table,
           R"("states": 3, "initial": 0, "accepting": [2], "partial": true, )" + table,
           R"("states": 1, "initial": 0, "accepting": [], )" + table,
           R"("states": 0, "initial": 0, "accepting": [], "transitions": [])" + std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "partial": true, "transitions": [])" + std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "partial": false, "transitions": [])" + std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "partial": null, "transitions": [])" + std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "partial": true, "transitions": {})" + std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "partial": true, "transitions": [{}])" + std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "partial": true, "transitions": [[0, null, 0]])" +
               std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "nondeterministic": true, "transitions": [[0, null, 0]])" +
               std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "partial": true, "transitions": [[0, "c", 0]])" +
               std::string(),
           R"("states": 1, "initial": 0, "accepting": [0], "partial": true, "transitions": [[0, "a", 0, 0]])" +
               std::string(),
           R"("regex": "a*")" + std::string(),
           R"("regex": "a*", "states": 1)" + std::string(),
           R"("regex": "c")" + std::string(),
           R"("regex": 1)" + std::string(),
           R"("regex": "a", "regex": "a")" + std::string(),
           R"("regex": "a", "description": 1)" + std::string(),
           R"("regex": "a", "comment": "x")" + std::string(),
       }) {
    require_agreement(head + body + "}", checker::LanguageFormat::kJson, read_json, counts);
    require_agreement(head + body + "}x", checker::LanguageFormat::kJson, read_json, counts);
    require_agreement(head + body + ",}", checker::LanguageFormat::kJson, read_json, counts);
  }
  CHECK(counts.read == 8);
  CHECK(counts.refused == 97);
}

TEST_CASE("every language of the catalogue is the same language to both programs", "[agreement]") {
  Counts counts;
  for (const std::string& name : automata::catalogue_names()) {
    CAPTURE(name);
    const std::string path = automata::catalogue_directory() + "/" + name + ".json";
    require_agreement(core::read_input(path).text, checker::LanguageFormat::kJson, read_json, counts);
  }
  CHECK(counts.read == automata::catalogue_names().size());
}

}  // namespace
}  // namespace eigenmata
