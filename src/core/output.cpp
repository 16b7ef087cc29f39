// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::core {
namespace {

[[noreturn]] void fail(const std::string& path) {
  throw Error("cannot write " + in_quotes(path, 200) + ": " + std::strerror(errno));
}

void write_all(int descriptor, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail(path);
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

void copy_all(int from, int to, const std::string& path) {
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(from, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path);
    if (got == 0) return;
    write_all(to, {buffer, static_cast<std::size_t>(got)}, path);
  }
}

bool is_replaceable(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

/// A symbolic link keeps pointing where it points: what is replaced, or made, is the file behind it.
std::string resolved(const std::string& path) {
  namespace fs = std::filesystem;
  constexpr int kMaxLinks = 40;  // as many as Linux follows
  fs::path target = path;
  std::error_code error;
  for (int i = 0; i < kMaxLinks && fs::is_symlink(fs::symlink_status(target, error)); ++i) {
    const fs::path link = fs::read_symlink(target, error);
    if (error) break;
    target = target.parent_path() / link;  // `link` alone if it is absolute
  }
  return target.string();
}

/// The permissions of the file that is replaced, or those of any new file.
mode_t permissions(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 0777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

PendingFile::PendingFile(std::string path) : path_(std::move(path)) {
  struct stat status {};
  const bool is_stdout = path_ == "-";
  if (!is_stdout && ::stat(path_.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    throw Error("cannot write " + in_quotes(path_, 200) + ": it is a directory");
  }
  replaceable_ = !is_stdout && is_replaceable(path_);
  if (replaceable_) {
    path_ = resolved(path_);
    temporary_ = path_ + ".XXXXXX";
  } else {
    temporary_ = "/tmp/eigenmata.XXXXXX";
  }
  const int descriptor = ::mkstemp(temporary_.data());
  if (descriptor < 0) {
    done_ = true;
    fail(path_);
  }
  if (::fchmod(descriptor, permissions(path_)) != 0) { /* the file stays private; harmless */
  }
  ::close(descriptor);
}

PendingFile::~PendingFile() {
  if (!done_) ::unlink(temporary_.c_str());
}

void PendingFile::write(std::string_view content) { write_with(O_TRUNC, content); }

void PendingFile::append(std::string_view content) { write_with(O_APPEND, content); }

void PendingFile::write_with(int flags, std::string_view content) {
  const int descriptor = ::open(temporary_.c_str(), O_WRONLY | flags | O_CLOEXEC);
  if (descriptor < 0) fail(path_);
  try {
    write_all(descriptor, content, path_);
  } catch (...) {
    ::close(descriptor);
    throw;
  }
  if (::close(descriptor) != 0) fail(path_);
}

void PendingFile::commit() {
  if (replaceable_) {
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_);
    done_ = true;
    return;
  }
  const bool is_stdout = path_ == "-";
  if (is_stdout) std::fflush(stdout);
  const int from = ::open(temporary_.c_str(), O_RDONLY | O_CLOEXEC);
  const int to = is_stdout ? STDOUT_FILENO : ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  const auto close_both = [&] {
    if (from >= 0) ::close(from);
    if (to >= 0 && !is_stdout) ::close(to);
  };
  try {
    if (from < 0 || to < 0) fail(path_);
    copy_all(from, to, is_stdout ? "standard output" : path_);
  } catch (...) {
    close_both();
    throw;
  }
  close_both();
}

void commit_together(std::initializer_list<std::optional<PendingFile>*> files) {
  for (const bool replaceable : {false, true}) {
    for (auto* file : files) {
      if (*file && (*file)->replaces_its_name() == replaceable) (*file)->commit();
    }
  }
}

void write_file(const std::string& path, std::string_view content) {
  if (path == "-") {
    std::fflush(stdout);
    write_all(STDOUT_FILENO, content, "standard output");
    return;
  }
  PendingFile file(path);
  file.write(content);
  file.commit();
}

}  // namespace eigenmata::core
