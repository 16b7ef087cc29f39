// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/theorems.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "eigenmata/core/input.hpp"
#include "support/source_files.hpp"

namespace eigenmata::core {
namespace {

using testing::SourceFile;

std::vector<SourceFile> library_files() {
  std::vector<SourceFile> files = testing::source_files("src", {".cpp", ".hpp"});
  for (SourceFile& file : testing::source_files("include", {".hpp"})) files.push_back(std::move(file));
  files.erase(std::remove_if(files.begin(), files.end(),
                             [](const SourceFile& file) {
                               return file.path == "src/core/theorems.cpp" || file.path.rfind("src/checker/", 0) == 0;
                             }),
              files.end());
  return files;
}

/// What stands between the parenthesis at `open` and its partner; strings are skipped over.
std::string arguments_at(const std::string& text, std::size_t open) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (in_string) {
      if (text[i] == '\\') ++i;
      if (text[i] == '"') in_string = false;
      continue;
    }
    if (text[i] == '"') in_string = true;
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return text.substr(open + 1, i - open - 1);
  }
  return {};
}

/// The theorem of each `…::yes(…)` and `…::no(…)`, and of the helpers of `expressivity` that end in one: its last
/// argument, if that is a string; a name of a constant or a theorem that another verdict carries is left to the place
/// where it came from.
void collect_from_verdicts(const SourceFile& file, std::set<std::string>& ids) {
  static const std::regex call(
      "(?:::no|\\b(?:yes|no_period|no_law|no_group|last_letter_is_not_enough|decide_stutter_invariant|"
      "decide_aperiodic_in_blocks|decide_groups|decide_letter_and_group|decide_definite))(\\()");
  static const std::regex string("\\s*\"([^\"]*)\"\\s*");
  static const std::regex passed_on("[^]*(?:kTheorem|\\.theorem\\(\\)|\\btheorem)\\s*");
  for (std::sregex_iterator at(file.text.begin(), file.text.end(), call), end; at != end; ++at) {
    const std::string arguments = arguments_at(file.text, static_cast<std::size_t>(at->position(1)));
    const std::size_t comma = arguments.rfind(',');
    const std::string last = comma == std::string::npos ? arguments : arguments.substr(comma + 1);
    std::smatch match;
    CAPTURE(file.path, arguments);
    if (std::regex_match(last, match, string)) {
      ids.insert(match[1]);
    } else {
      CHECK(std::regex_match(last, passed_on));
    }
  }
}

/// Theorems written down without a verdict: constants, and keys of JSON answers.
void collect_from_names(const SourceFile& file, std::set<std::string>& ids) {
  static const std::regex named("(?:kTheorem = |key\\(\"theorem\"\\)\\s*\\.string\\()\"([^\"]*)\"");
  for (std::sregex_iterator at(file.text.begin(), file.text.end(), named), end; at != end; ++at) ids.insert((*at)[1]);
}

std::set<std::string> used_ids() {
  std::set<std::string> ids;
  for (const SourceFile& file : library_files()) {
    collect_from_verdicts(file, ids);
    collect_from_names(file, ids);
  }
  return ids;
}

TEST_CASE("theorems are sorted by id, each id once, each with a statement and a source", "[theorems]") {
  const auto& list = theorems();
  REQUIRE_FALSE(list.empty());
  for (std::size_t i = 0; i < list.size(); ++i) {
    CAPTURE(list[i].id);
    if (i > 0) CHECK(list[i - 1].id < list[i].id);
    CHECK(list[i].id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
    CHECK(list[i].statement.back() == '.');
    CHECK_FALSE(list[i].source.empty());
  }
}

TEST_CASE("the theorems that the sources use are the theorems that are listed", "[theorems]") {
  std::set<std::string> listed;
  for (const Theorem& theorem : theorems()) listed.emplace(theorem.id);
  CHECK(used_ids() == listed);
}

TEST_CASE("the page about proofs says of every theorem where its proof stands", "[theorems]") {
  const Input page = read_input(EIGENMATA_SOURCE_DIR "/proofs/README.md");
  for (const Theorem& theorem : theorems()) {
    CAPTURE(theorem.id);
    CHECK(page.text.find(theorem.id) != std::string::npos);
  }
}

TEST_CASE("a proof that is said to stand in a file of the project does", "[theorems]") {
  static const std::regex path("(?:include|src|proofs)/[A-Za-z0-9_./-]+");
  std::size_t files = 0;
  for (const Theorem& theorem : theorems()) {
    const std::string source(theorem.source);
    for (std::sregex_iterator at(source.begin(), source.end(), path), end; at != end; ++at, ++files) {
      CAPTURE(theorem.id, at->str());
      CHECK(std::filesystem::is_regular_file(std::filesystem::path(EIGENMATA_SOURCE_DIR) / at->str()));
    }
  }
  CHECK(files > 0);
}

TEST_CASE("what is said to be checked by Coq is a theorem of proofs/theories, and one whose assumptions are looked at",
          "[theorems]") {
  static const std::regex name("([A-Z][A-Za-z]*)\\.([a-z_0-9]+)");
  const Input main_theorems = read_input(EIGENMATA_SOURCE_DIR "/proofs/theorems.txt");
  for (const Theorem& theorem : theorems()) {
    const std::string coq(theorem.coq);
    CAPTURE(theorem.id, coq);
    std::size_t names = 0;
    for (std::sregex_iterator at(coq.begin(), coq.end(), name), end; at != end; ++at, ++names) {
      CAPTURE(at->str());
      const Input file = read_input(EIGENMATA_SOURCE_DIR "/proofs/theories/" + (*at)[1].str() + ".v");
      CHECK(std::regex_search(file.text, std::regex("(Theorem|Lemma|Corollary) " + (*at)[2].str() + "\\b")));
      CHECK(main_theorems.text.find("\n" + at->str() + "\n") != std::string::npos);
    }
    CHECK((coq.empty() || names > 0));
  }
}

}  // namespace
}  // namespace eigenmata::core
