// SPDX-License-Identifier: Apache-2.0
#include "checker/catalogue.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "checker/error.hpp"
#include "checker/input.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> catalogue_folders() {
  if (const char* chosen = std::getenv("EIGENMATA_AUTOMATA"); chosen != nullptr && *chosen != '\0') return {chosen};
  std::vector<fs::path> folders;
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  if (!none) folders.push_back(program.parent_path().parent_path() / "share" / "eigenmata" / "automata");
#ifdef EIGENMATA_SOURCE_AUTOMATA
  folders.emplace_back(EIGENMATA_SOURCE_AUTOMATA);
#endif
#ifdef EIGENMATA_INSTALLED_AUTOMATA
  folders.emplace_back(EIGENMATA_INSTALLED_AUTOMATA);
#endif
  return folders;
}

bool is_plain_name(const std::string& name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return !name.empty() && name.find_first_not_of(kAllowed) == std::string::npos;
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

std::string read_file(const std::string& path, std::string& name) {
  InputFile file(path);
  name = file.name();
  return read_all(file.stream(), name);
}

LanguageFormat format_of(const std::string& path, const Options& options) {
  if (options.format) return *options.format == "att" ? LanguageFormat::kAtt : LanguageFormat::kJson;
  if (path == "-") throw Error("--format att or --format json must say what standard input holds");
  const std::string extension = fs::path(path).extension().string();
  if (extension == ".att") return LanguageFormat::kAtt;
  if (extension == ".json") return LanguageFormat::kJson;
  if (extension == ".dot" || extension == ".jff" || extension == ".gap") {
    throw Error(path + ": this program reads .att and .json only; convert first: eigenmata convert " + path + " -o " +
                fs::path(path).replace_extension(".json").string());
  }
  throw Error(path + ": unknown type of file; expected .att or .json, or say which it is with --format");
}

}  // namespace

std::string catalogue_file(const std::string& name) {
  if (!is_plain_name(name)) throw Error(name + ": no such file");
  std::string searched;
  for (const fs::path& folder : catalogue_folders()) {
    const std::string path = (folder / (name + ".json")).string();
    if (exists(path)) return path;
    searched += (searched.empty() ? "" : ", ") + folder.string();
  }
  throw Error(name + ": neither a file nor a language of the catalogue (searched: " +
              (searched.empty() ? "no folder" : searched) + ")");
}

std::optional<Language> requested_language(const Options& options) {
  LanguageOptions details;
  if (options.alphabet) details.alphabet = parse_symbols(*options.alphabet);
  if (options.regex) return read_language(*options.regex, LanguageFormat::kRegex, "-e", details);
  if (!options.language) return std::nullopt;

  std::string path = *options.language;
  LanguageFormat format = LanguageFormat::kJson;
  if (path == "-" || exists(path)) {
    format = format_of(path, options);
  } else {
    path = catalogue_file(path);
    if (options.format == "att") throw Error("the languages of the catalogue are .json, not .att");
  }
  if (options.symbols) {
    if (format != LanguageFormat::kAtt) throw Error("--symbols is for .att files only");
    details.symbols = read_file(*options.symbols, details.symbols_name);
  }
  std::string name;
  const std::string text = read_file(path, name);
  return read_language(text, format, name, details);
}

}  // namespace eigenmata::checker
