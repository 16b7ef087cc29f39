// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/language.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/error.hpp"
#include "support/languages.hpp"
#include "support/scratch_folder.hpp"

namespace eigenmata::automata {
namespace {

using testing::is_language;

using Catch::Contains;
using testing::EnvironmentVariable;
using testing::ScratchFolder;

const std::string kAlternating = R"({"format": "eigenmata-language", "version": 1, "regex": "(ab)*",
  "description": "a and b in turn", "source": "[McNaughtonPapert1971]"})";

LanguageRequest file_or_name(const std::string& path_or_name) {
  LanguageRequest request;
  request.path_or_name = path_or_name;
  return request;
}

LanguageRequest with_alphabet(LanguageRequest request, const std::string& letters) {
  request.alphabet = core::parse_alphabet(letters, {"-a"});
  return request;
}

LanguageRequest as(LanguageRequest request, Format format) {
  request.format = format;
  return request;
}

Language read(const LanguageRequest& request) { return read_language(request, {}); }

TEST_CASE("an expression is a language, and its own name", "[language]") {
  LanguageRequest request;
  request.regex = "(ab)*";
  request.path_or_name = "no/such/file";
  const Language language = read(request);
  CHECK(language.name == "(ab)*");
  CHECK(is_language(language.dfa, "(ab)*"));
  CHECK(language.description.empty());
  CHECK(read(with_alphabet(request, "cba")).dfa.alphabet().names() == std::vector<std::string>{"c", "b", "a"});
  CHECK_THROWS_WITH(read(with_alphabet(request, "a")), Contains("regex:1:3: 'b' is not a letter"));
}

TEST_CASE("files are read by the ending of their names, or as they are said to be", "[language]") {
  const ScratchFolder folder;
  const Dfa dfa = compile_regex("(ab)*", std::nullopt, {});
  for (const Format format : all_formats()) {
    const std::string ending(to_string(format));
    const std::string path = folder.write("language." + ending, write(dfa, format));
    const Language language = read(file_or_name(path));
    CAPTURE(ending);
    CHECK(language.name == path);
    CHECK(is_language(language.dfa, "(ab)*"));
    const std::string other = folder.write("language", write(dfa, format));
    CHECK(is_language(read(as(file_or_name(other), format)).dfa, "(ab)*"));
    CHECK_THROWS_WITH(read(file_or_name(other)),
                      Contains("is not known; say --format, one of att, dot, jff, json, gap"));
  }
  CHECK_THROWS_AS(read(as(file_or_name(folder.path_of("language.json")), Format::kAtt)), core::Error);
}

TEST_CASE("description and source come along from JSON", "[language]") {
  const ScratchFolder folder;
  const Language language = read(file_or_name(folder.write("x.json", kAlternating)));
  CHECK(language.description == "a and b in turn");
  CHECK(language.source == "[McNaughtonPapert1971]");
}

TEST_CASE("symbol tables go with AT&T files", "[language]") {
  const ScratchFolder folder;
  LanguageRequest request = file_or_name(folder.write("x.att", "0 1 1\n1 0 2\n0\n"));
  CHECK(is_language(read(request).dfa, "(12)*"));
  request.symbols_path = folder.write("x.syms", "<eps> 0\npush 1\npop 2\n");
  CHECK(is_language(read(request).dfa, "(<push><pop>)*"));
  request.symbols_path = folder.path_of("missing");
  CHECK_THROWS_WITH(read(request), Contains("missing': No such file or directory"));
}

TEST_CASE("an alphabet adds letters, which lead to a sink, and reorders; it never takes letters away", "[language]") {
  const ScratchFolder folder;
  const Dfa dfa = compile_regex("(ab)*", std::nullopt, {});
  for (const Format format : all_formats()) {
    CAPTURE(to_string(format));
    const auto request = file_or_name(folder.write("language." + std::string(to_string(format)), write(dfa, format)));
    const Dfa widened = read(with_alphabet(request, "cba")).dfa;
    CHECK(widened.alphabet().names() == std::vector<std::string>{"c", "b", "a"});
    CHECK(is_language(widened, "(ab)*"));
    CHECK_THROWS_AS(read(with_alphabet(request, "ac")), core::Error);
  }
  CHECK_THROWS_WITH(read(with_alphabet(file_or_name(folder.path_of("language.json")), "ac")),
                    Contains("has the letter 'b', which the given alphabet {a, c} lacks"));
}

TEST_CASE("standard input needs a format", "[language]") {
  CHECK_THROWS_WITH(read(file_or_name("-")), Contains("the format of standard input is not known; say --format"));
  const ScratchFolder folder;
  const int saved = ::dup(STDIN_FILENO);
  const int file = ::open(folder.write("f", kAlternating).c_str(), O_RDONLY);
  REQUIRE(::dup2(file, STDIN_FILENO) >= 0);
  std::clearerr(stdin);
  const Language language = read(as(file_or_name("-"), Format::kJson));
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  ::close(file);
  std::clearerr(stdin);
  CHECK(language.name == "standard input");
  CHECK(is_language(language.dfa, "(ab)*"));
}

TEST_CASE("a plain name is looked for in the folder that EIGENMATA_AUTOMATA names", "[language]") {
  const ScratchFolder folder;
  folder.write("alternating.json", kAlternating);
  folder.write("notes.txt", "no language");
  const EnvironmentVariable variable("EIGENMATA_AUTOMATA", folder.path().string());
  CHECK(catalogue_directory() == folder.path().string());
  CHECK(catalogue_names() == std::vector<std::string>{"alternating"});
  const Language language = read(file_or_name("alternating"));
  CHECK(language.name == "alternating");
  CHECK(language.source == "[McNaughtonPapert1971]");
  CHECK(is_language(language.dfa, "(ab)*"));
  CHECK(is_language(read(with_alphabet(file_or_name("alternating"), "abc")).dfa, "(ab)*"));
  for (const char* name :
       {"parity", "alternating.json", "Alternating", "", "../alternating", "-alternating", "alter nating"}) {
    CHECK_THROWS_WITH(read(file_or_name(name)), Contains("no file and no language of the catalogue is called"));
  }
}

TEST_CASE("an existing path wins over a name", "[language]") {
  const ScratchFolder catalogue;
  catalogue.write("alternating.json", kAlternating);
  const EnvironmentVariable variable("EIGENMATA_AUTOMATA", catalogue.path().string());
  const ScratchFolder here;
  here.write("alternating", "0 0 x\n0\n");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(here.path());
  const auto restore = [&] { std::filesystem::current_path(before); };
  try {
    CHECK(is_language(read(as(file_or_name("alternating"), Format::kAtt)).dfa, "x*"));
    CHECK_THROWS_WITH(read(file_or_name("alternating")), Contains("the format of 'alternating' is not known"));
  } catch (...) {
    restore();
    throw;
  }
  restore();
  CHECK(is_language(read(file_or_name("alternating")).dfa, "(ab)*"));
}

TEST_CASE("a folder of the catalogue that does not exist is refused with its name", "[language]") {
  const EnvironmentVariable variable("EIGENMATA_AUTOMATA", "/no/such/folder");
  CHECK_THROWS_WITH(catalogue_directory(), "EIGENMATA_AUTOMATA names '/no/such/folder', which is no folder");
  CHECK_THROWS_AS(catalogue_names(), core::Error);
  CHECK_THROWS_AS(read(file_or_name("parity")), core::Error);
}

TEST_CASE("without the variable the catalogue is the one of the source tree", "[language]") {
  for (const std::optional<std::string>& value : {std::optional<std::string>(), std::optional<std::string>("")}) {
    const EnvironmentVariable variable("EIGENMATA_AUTOMATA", value);
    CHECK(std::filesystem::equivalent(catalogue_directory(), std::string(EIGENMATA_SOURCE_DIR) + "/automata"));
    CHECK(read(file_or_name("parity")).dfa.states() == 2);
  }
}

TEST_CASE("unreadable files are refused with their name", "[language]") {
  const ScratchFolder folder;
  CHECK_THROWS_WITH(read(file_or_name(folder.path_of("missing.json"))),
                    Contains("no file and no language of the catalogue is called"));
  CHECK_THROWS_WITH(read(as(file_or_name(folder.path().string()), Format::kJson)), Contains("it is a directory"));
  CHECK_THROWS_WITH(read(file_or_name(folder.write("x.json", "{"))), Contains("x.json:1:2: not JSON"));
}

}  // namespace
}  // namespace eigenmata::automata
