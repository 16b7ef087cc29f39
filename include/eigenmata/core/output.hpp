// SPDX-License-Identifier: Apache-2.0
//
// Files that appear whole or not at all.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace eigenmata::core {

/// A file written aside and moved to its name by `commit`; without it the destructor removes every trace.
///
/// Names that exist and are no regular files (/dev/stdout, a pipe) cannot be replaced and are written at `commit`;
/// so is "-", standard output.
class PendingFile {
 public:
  /// Throws `Error` if the file cannot be created.
  explicit PendingFile(std::string path);
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  /// Writes the whole content, replacing what an earlier call wrote. Throws `Error` (disk full, …).
  void write(std::string_view content);

  /// Adds to what was written. Throws `Error`.
  void append(std::string_view content);

  /// The name under which the content can be read back before `commit`.
  [[nodiscard]] const std::string& temporary_path() const { return temporary_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Moves the file to its final name. Throws `Error` if that fails.
  void commit();
  /// Will `commit` only rename? For what exists and is no regular file it writes, which may fail for lack of room.
  [[nodiscard]] bool replaces_its_name() const { return replaceable_; }

 private:
  void write_with(int flags, std::string_view content);

  std::string path_;
  std::string temporary_;
  bool replaceable_ = true;
  bool done_ = false;
};

/// Commits those that are there: first the ones whose bytes are still to be written, so that if they do not fit no
/// other file appears.
void commit_together(std::initializer_list<std::optional<PendingFile>*> files);

/// Writes a file whole or not at all; "-" is standard output. Throws `Error`.
void write_file(const std::string& path, std::string_view content);

}  // namespace eigenmata::core
