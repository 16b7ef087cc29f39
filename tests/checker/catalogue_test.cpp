// SPDX-License-Identifier: Apache-2.0
#include "checker/catalogue.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "checker/error.hpp"

namespace eigenmata::checker {
namespace {

namespace fs = std::filesystem;

/// A folder with a few files, as the catalogue for as long as it lives.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("eigenmata-catalogue-" + std::to_string(std::rand()))) {
    fs::create_directories(path_);
    if (const char* before = std::getenv("EIGENMATA_AUTOMATA")) before_ = before;
    setenv("EIGENMATA_AUTOMATA", path_.c_str(), 1);
  }
  ~Folder() {
    before_.empty() ? unsetenv("EIGENMATA_AUTOMATA") : setenv("EIGENMATA_AUTOMATA", before_.c_str(), 1);
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
  std::string before_;
};

Options with_language(const std::string& language) {
  Options options;
  options.language = language;
  return options;
}

const std::string kLanguage = R"({"format": "eigenmata-language", "version": 1, "regex": "(ab)*"})";

TEST_CASE("names, paths and what cannot be read", "[checker][catalogue]") {
  const Folder folder;
  const std::string path = folder.write("alternating.json", kLanguage);
  CHECK(catalogue_file("alternating") == path);
  CHECK(requested_language(with_language("alternating"))->alphabet.size() == 2);
  CHECK(requested_language(with_language(path))->alphabet.size() == 2);
  CHECK_THROWS_WITH(catalogue_file("missing"), Catch::Contains("neither a file nor a language of the catalogue"));
  CHECK_THROWS_WITH(catalogue_file("../alternating"), Catch::Contains("no such file"));
  CHECK_THROWS_WITH(catalogue_file("alternating.json"), Catch::Contains("no such file"));
  for (const char* extension : {"dot", "jff", "gap"}) {
    const std::string other = folder.write(std::string("x.") + extension, "");
    CHECK_THROWS_WITH(requested_language(with_language(other)),
                      Catch::Contains("convert first: eigenmata convert " + other));
  }
  CHECK_THROWS_WITH(requested_language(with_language(folder.write("x.txt", ""))),
                    Catch::Contains("unknown type of file"));
  CHECK_THROWS_WITH(requested_language(with_language("-")), Catch::Contains("--format"));
}

TEST_CASE("formats, alphabets and symbol tables", "[checker][catalogue]") {
  const Folder folder;
  Options options = with_language(folder.write("x.txt", "0 1 7\n1\n"));
  options.format = "att";
  CHECK(requested_language(options)->alphabet == std::vector<std::string>{"7"});
  options.symbols = folder.write("x.syms", "push 7\n");
  CHECK(requested_language(options)->alphabet == std::vector<std::string>{"push"});
  options.alphabet = "push,pop";
  CHECK(requested_language(options)->alphabet.size() == 2);
  options.language = folder.write("y.json", kLanguage);
  options.format = std::nullopt;
  CHECK_THROWS_WITH(requested_language(options), Catch::Contains("--symbols is for .att files only"));
  Options named = with_language("y");
  named.format = "att";
  CHECK_THROWS_AS(requested_language(named), Error);
  Options regex;
  CHECK_FALSE(requested_language(regex));
  regex.regex = "a|";
  CHECK_THROWS_WITH(requested_language(regex), "-e:1:3: nothing stands here; the empty word is written ()");
}

}  // namespace
}  // namespace eigenmata::checker
