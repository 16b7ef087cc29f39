// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/bibliography.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <string>

#include "eigenmata/core/json.hpp"
#include "support/source_files.hpp"

namespace eigenmata::core {
namespace {

std::set<std::string> known_keys() {
  std::set<std::string> keys;
  for (const Reference& reference : bibliography()) keys.emplace(reference.key);
  return keys;
}

/// The keys in [Key], [Key, Thm 3] of a text, by a pattern for the key.
std::vector<std::string> cited(const std::string& text, const std::string& key_pattern) {
  const std::regex pattern("\\[(" + key_pattern + ")(?:, [^\\]\n]*)?\\]");
  std::vector<std::string> keys;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) keys.push_back((*at)[1]);
  return keys;
}

TEST_CASE("references are sorted by key, each key once", "[bibliography]") {
  const auto& references = bibliography();
  REQUIRE_FALSE(references.empty());
  const auto in_order = [](const Reference& a, const Reference& b) { return a.key >= b.key; };
  const auto wrong = std::adjacent_find(references.begin(), references.end(), in_order);
  if (wrong != references.end()) FAIL(wrong->key << " does not stand before " << (wrong + 1)->key);
}

TEST_CASE("every reference says something, in one line that ends", "[bibliography]") {
  for (const Reference& reference : bibliography()) {
    CAPTURE(reference.key, reference.text);
    CHECK(reference.key.find_first_of(" ,[]") == std::string_view::npos);
    CHECK(reference.text.size() > 30);
    CHECK(reference.text.find('\n') == std::string_view::npos);
    CHECK(reference.text.back() == '.');
  }
}

TEST_CASE("every key with a number that the sources cite exists", "[bibliography]") {
  const auto known = known_keys();
  std::size_t citations = 0;
  for (const char* folder : {"include", "src", "proofs"}) {
    for (const auto& file : testing::source_files(folder, {".hpp", ".cpp", ".h", ".c", ".md"})) {
      for (const std::string& key : cited(file.text, "[A-Z][A-Za-z]+[0-9]+[a-z]?")) {
        CAPTURE(file.path, key);
        CHECK(known.count(key) == 1);
        ++citations;
      }
    }
  }
  CHECK(citations >= 15);  // or the pattern misses them
}

TEST_CASE("whatever stands in brackets in the source of a language is a reference", "[bibliography]") {
  const auto known = known_keys();
  std::size_t languages = 0;
  for (const auto& file : testing::source_files("automata", {".json"})) {
    CAPTURE(file.path);
    const Input input{file.path, file.text};
    const Json document = parse_json(input);
    const std::string source = JsonCursor(document, input.name).at("source").string();
    CAPTURE(source);
    const auto keys = cited(source, "[^\\],]*");
    CHECK_FALSE(keys.empty());
    for (const std::string& key : keys) {
      CAPTURE(key);
      CHECK(known.count(key) == 1);
    }
    ++languages;
  }
  CHECK(languages >= 60);
}

}  // namespace
}  // namespace eigenmata::core
