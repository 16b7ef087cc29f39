// SPDX-License-Identifier: Apache-2.0
//
// The project's own files, for tests that check what the sources say about themselves.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace eigenmata::testing {

struct SourceFile {
  std::string path;  ///< from the project's root
  std::string text;
};

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

/// All files below a folder of the project whose names end in one of `extensions`.
inline std::vector<SourceFile> source_files(const std::string& folder, const std::vector<std::string>& extensions) {
  namespace fs = std::filesystem;
  const fs::path root = EIGENMATA_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    for (const std::string& extension : extensions) {
      if (entry.path().extension() != extension) continue;
      files.push_back({fs::relative(entry.path(), root).string(), text_of(entry.path())});
    }
  }
  return files;
}

}  // namespace eigenmata::testing
