// SPDX-License-Identifier: Apache-2.0
//
// The library and eigenmata-check share no code. They read the same certificates, refuse the same ones as unreadable,
// and find the same rules broken: on valid certificates, and on thousands of corrupted ones.
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/error.hpp"
#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/core/error.hpp"
#include "support/certificates.hpp"
#include "support/languages.hpp"
#include "support/mutation.hpp"

namespace eigenmata {
namespace {

/// "unreadable: …", "rule 3: …" or "proved".
struct Answer {
  std::string kind;
  std::string reason;
};

Answer library_answer(const std::string& text) {
  try {
    const auto certificate = certificate::read_any_certificate({"certificate", text});
    const auto verdict = certificate::check(certificate, {}, 1);
    if (verdict.is_yes()) return {"proved", ""};
    return {"rule " + std::to_string(verdict.witness().rule), verdict.witness().what};
  } catch (const core::Error& error) {
    return {"unreadable", error.what()};
  }
}

Answer checker_answer(const std::string& text) {
  try {
    std::istringstream stream(text);
    const auto failure = checker::check(checker::read_certificate(stream, "certificate"));
    if (!failure) return {"proved", ""};
    return {"rule " + std::to_string(failure->rule), failure->reason};
  } catch (const checker::Error& error) {
    return {"unreadable", error.what()};
  }
}

/// Both programs say the same of the text. Where several rules are broken, each may name another.
void require_agreement(const std::string& text, std::map<std::string, std::size_t>& counts) {
  const Answer ours = library_answer(text);
  const Answer theirs = checker_answer(text);
  ++counts[ours.kind];
  const auto coarse = [](const Answer& answer) { return answer.kind.substr(0, 4); };
  if (coarse(ours) == coarse(theirs)) return;
  FAIL_CHECK("library: " << ours.kind << ' ' << ours.reason << "\nchecker: " << theirs.kind << ' ' << theirs.reason
                         << "\n"
                         << text);
}

TEST_CASE("both checkers judge valid certificates and corrupted ones alike", "[agreement]") {
  EIGENMATA_SEEDED(random, 301);
  std::map<std::string, std::size_t> counts;
  for (const auto& sample : testing::sample_certificates()) {
    CAPTURE(sample.name);
    const std::string text = certificate::write_certificate(sample.certificate);
    REQUIRE(library_answer(text).kind == "proved");
    REQUIRE(checker_answer(text).kind == "proved");
    for (int i = 0; i < 600; ++i) {
      std::string mutant = testing::mutated(text, random);
      if (random.one_in(4)) mutant = testing::mutated(mutant, random);
      require_agreement(mutant, counts);
    }
  }
  std::cout << "judged by both checkers:";
  for (const auto& [kind, count] : counts) std::cout << ' ' << count << ' ' << kind << ';';
  std::cout << '\n';
  CHECK(counts["unreadable"] > 500);
  CHECK(counts["rule 3"] > 50);
  CHECK(counts["proved"] > 20);
}

TEST_CASE("both checkers judge certificates over number fields alike", "[agreement]") {
  EIGENMATA_SEEDED(random, 302);
  std::map<std::string, std::size_t> counts;
  for (const auto& sample : testing::sample_field_certificates()) {
    CAPTURE(sample.name);
    const std::string text = certificate::write_certificate(sample.certificate);
    REQUIRE(library_answer(text).kind == "proved");
    REQUIRE(checker_answer(text).kind == "proved");
    for (int i = 0; i < 1'000; ++i) {
      std::string mutant = testing::mutated(text, random);
      if (random.one_in(4)) mutant = testing::mutated(mutant, random);
      require_agreement(mutant, counts);
    }
  }
  std::cout << "over number fields, judged by both checkers:";
  for (const auto& [kind, count] : counts) std::cout << ' ' << count << ' ' << kind << ';';
  std::cout << '\n';
  CHECK(counts["unreadable"] > 500);
  CHECK(counts["rule 3"] > 50);
  CHECK(counts["proved"] > 20);
}

TEST_CASE("both checkers judge certificates layer by layer alike", "[agreement]") {
  EIGENMATA_SEEDED(random, 303);
  std::map<std::string, std::size_t> counts;
  const std::vector<std::pair<std::string, std::string>> samples{{"(ab)*", "diagonal[0,1]"},
                                                                 {"(ab)*", "triangular[0,1]"},
                                                                 {"(a|b)*a(a|b)", "diagonal{1,2/5}"},
                                                                 {"((a|b)(a|b))*", "diagonal[-1,1]"}};
  std::vector<std::string> texts;
  for (const auto& [expression, target] : samples) {
    compiler::CompileOptions options;
    options.target = expressivity::parse_model_class(target, {});
    const auto built = compiler::build(testing::regex_language(expression, "ab"), options, {});
    REQUIRE(built);
    texts.push_back(certificate::write_certificate(built->construction.certificate));
  }
  const auto t3 = compiler::compile_missing_sets(testing::catalogue_language("t3"), {});
  texts.push_back(certificate::write_certificate(std::get<compiler::Construction>(t3).certificate));
  for (const std::string& text : texts) {
    CAPTURE(text);
    REQUIRE(text.find("kind layers") != std::string::npos);
    REQUIRE(library_answer(text).kind == "proved");
    REQUIRE(checker_answer(text).kind == "proved");
    for (int i = 0; i < 1'000; ++i) {
      std::string mutant = testing::mutated(text, random);
      if (random.one_in(4)) mutant = testing::mutated(mutant, random);
      require_agreement(mutant, counts);
    }
  }
  std::cout << "layer by layer, judged by both checkers:";
  for (const auto& [kind, count] : counts) std::cout << ' ' << count << ' ' << kind << ';';
  std::cout << '\n';
  CHECK(counts["unreadable"] > 500);
  CHECK(counts["rule 3"] > 20);
  CHECK(counts["proved"] > 20);
}

TEST_CASE("both checkers say alike of which classes networks are", "[agreement]") {
  const std::vector<std::string> classes{"diagonal[0,1]",
                                         "diagonal[-1,1]",
                                         "diagonal[0,0]",
                                         "diagonal-complex",
                                         "diagonal{0,1}",
                                         "diagonal{-1,1}",
                                         "diagonal{0,1/4,1}",
                                         "diagonal{1,e(1/3),e(2/3)}",
                                         "diagonal{0,1,e(1/3)}",
                                         "diagonal{1,1/2*e(1/3)}",
                                         "diagonal{1,e(2/6)}",
                                         "diagonal{}",
                                         "constant",
                                         "constant+diagonal[0,1]",
                                         "triangular[0,1]",
                                         "triangular[0,0]",
                                         "triangular[-1,1]",
                                         "householder[-1,1]:1",
                                         "rank-one:1",
                                         "rank-one",
                                         "pd",
                                         "dense",
                                         "triangular",
                                         "constant[0,1]"};
  const std::vector<std::pair<std::string, std::string>> samples{{"(ab)*", "diagonal[0,1]"},
                                                                 {"(ab)*", "triangular[0,1]"},
                                                                 {"(ab)*", "pd"},
                                                                 {"(ab)*", "rank-one:1"},
                                                                 {"((a|b)(a|b))*", "diagonal[-1,1]"},
                                                                 {"a(a|b)*b", "constant"},
                                                                 {"((a|b)(a|b))*", "constant"},
                                                                 {"((a|b)(a|b)(a|b))*", "constant"},
                                                                 {"(aaa|b)*", "constant+diagonal[0,1]"},
                                                                 {"b*(ab*ab*ab*)*", "diagonal{1,e(1/3)}"},
                                                                 {"b*(ab*ab*ab*)*", "diagonal{0,1,e(2/3)}"},
                                                                 {"(ab)*", "diagonal{1,1/4}"},
                                                                 {"(ab)*", "diagonal{-1,0}"},
                                                                 {"(aa|b)*", "constant+diagonal[0,1]"}};
  std::map<std::string, std::size_t> counts;
  for (const auto& [expression, target] : samples) {
    for (const char* semantics : {"exact", "finite-orbit"}) {
      CAPTURE(expression, target, semantics);
      compiler::CompileOptions options;
      options.target = expressivity::parse_model_class(target, {});
      options.semantics = expressivity::parse_semantics(semantics, {});
      const auto built = compiler::build(testing::regex_language(expression, "ab"), options, {});
      if (!built) continue;
      const std::string text = certificate::write_certificate(built->construction.certificate);
      REQUIRE(library_answer(text).kind == "proved");
      REQUIRE(checker_answer(text).kind == "proved");
      for (const std::string& name : classes) {
        CAPTURE(name);
        const std::size_t at = text.find("\nclass ") + 7;
        require_agreement(text.substr(0, at) + name + text.substr(text.find('\n', at)), counts);
      }
    }
  }
  std::cout << "classes, judged by both checkers:";
  for (const auto& [kind, count] : counts) std::cout << ' ' << count << ' ' << kind << ';';
  std::cout << '\n';
  CHECK(counts["proved"] > 30);
  CHECK(counts["rule 7"] > 50);
  CHECK(counts["unreadable"] > 20);
}

/// A text with one place of it replaced; the place must be there.
std::string with(std::string text, const std::string& old, const std::string& now) {
  const std::size_t at = text.find(old);
  if (at == std::string::npos) throw std::logic_error("no such line: " + old);
  return text.replace(at, old.size(), now);
}

TEST_CASE("both checkers judge doubtful certificates alike", "[agreement]") {
  const std::string text =
      certificate::write_certificate(compiler::compile_one_hot(testing::regex_language(".*ab", "ab")).certificate);
  std::map<std::string, std::size_t> counts;
  const auto judge = [&](const std::string& old, const std::string& now) {
    CAPTURE(old, now);
    require_agreement(with(text, old, now), counts);
  };
  REQUIRE(library_answer(text).kind == "proved");
  judge("\nend\n", "\nend");
  judge("\nend\n", "\nend\n# a comment\n");
  judge("\nend\n", "\nend\n\n");
  judge("\nend\n", "\nend \n");
  judge("\nend\n", "\n");
  judge("\nkind points\n", "\n# a comment\nkind points\n");
  judge("\nkind points\n", "\n\nkind points\n");
  judge("\nkind points\n", "\r\nkind points\r\n");
  judge("\nkind points\n", "\nkind  points\n");
  judge("\nkind points\n", "\nkind\tpoints\n");
  judge("\nkind points\n", "\n kind points\n");
  judge("eigenmata-certificate 1",
        "\xEF\xBB\xBF"
        "eigenmata-certificate 1");
  judge("eigenmata-certificate 1", "eigenmata-certificate 2");
  judge("numbers rational", "numbers real");
  judge("class rank-one:", "class rank-one:0");
  judge("class rank-one:", "class rank-one:+");
  for (const std::string name :
       {"rank-one", "rank-one:", "rank-one:9", "rank-one:99999999999999999999", "dense", "dense:3", "diagonal[-1,1]",
        "diagonal", "diagonal[1,-1]", "diagonal[-1,1]:2", "householder[-1,1]:4", "householder[-1,1]", "diagonal[-1, 1]",
        "diagonal(-1,1)", "diagonal[-1/2,1]", "diagonal[-2/2,1]", "none", "None", ""}) {
    CAPTURE(name);
    const std::size_t at = text.find("class ") + 6;
    require_agreement(text.substr(0, at) + name + text.substr(text.find('\n', at)), counts);
  }
  for (const std::string letter :
       {"\"b\"",       "\"a\"",   "\"\"",  "\"\\u0062\"", "\"a b\"", "\" \"",    "\"ab\"",   "\"é\"",
        "\"\\u00e9\"", "\"\\n\"", "\"<\"", "\"<a\"",      "\"a>b\"", "\",\"",    "\"a,b\"",  "\"\\\"\"",
        "\"\\\\\"",    "\"\\/\"", "b",     "\"b",         "\"b\" ",  "\"\xC3\"", "\"\x7F\"", "\"#\""}) {
    CAPTURE(letter);
    judge("letter \"b\"", "letter " + letter);
  }
  judge("point start", "point from 0 0");
  judge("point from", "point start state 0\nat\nstep 0 0\npoint from");
  judge("\nend", "\naccept 0\nend");
  CHECK(counts["proved"] > 4);
  CHECK(counts["unreadable"] > 20);
}

}  // namespace
}  // namespace eigenmata
