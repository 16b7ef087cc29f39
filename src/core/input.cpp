// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/input.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "eigenmata/core/text.hpp"

namespace eigenmata::core {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

}  // namespace

Input read_input(const std::string& path, std::size_t max_bytes) {
  Input input;
  input.name = path == "-" ? "standard input" : path;
  const std::unique_ptr<std::FILE, CloseFile> file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (!file) {
    throw Error("cannot read " + in_quotes(path, 200) + ": " + std::strerror(errno));
  }
  struct stat status {};
  if (fstat(fileno(file.get()), &status) == 0) {
    if (S_ISDIR(status.st_mode)) throw Error("cannot read " + in_quotes(path, 200) + ": it is a directory");
    if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) > max_bytes) {
      throw Error({input.name}, megabytes(static_cast<std::size_t>(status.st_size)) + "; at most " +
                                    megabytes(max_bytes) + " are read");
    }
  }
  char buffer[1 << 16];
  for (;;) {
    const std::size_t got = std::fread(buffer, 1, sizeof buffer, file.get());
    if (got == 0) break;
    if (input.text.size() + got > max_bytes) {
      throw Error({input.name}, "longer than " + megabytes(max_bytes) + ", which is the most that is read");
    }
    input.text.append(buffer, got);
  }
  if (std::ferror(file.get()) != 0) {
    throw Error("cannot read " + in_quotes(path, 200) + ": " + std::strerror(errno));
  }
  return input;
}

bool LineReader::next() {
  const std::string& text = input_.text;
  if (at_ >= text.size()) return false;
  ++number_;
  std::size_t end = text.find('\n', at_);
  if (end == std::string::npos) end = text.size();
  line_ = std::string_view(text).substr(at_, end - at_);
  at_ = end + 1;
  if (line_.size() > kMaxLineBytes) {
    throw Error(place(), "a line of " + megabytes(line_.size()) + "; lines have at most " + megabytes(kMaxLineBytes));
  }
  if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
  return true;
}

Place LineReader::place_of(std::string_view piece) const {
  return place(static_cast<std::size_t>(piece.data() - line_.data()) + 1);
}

LineIndex::LineIndex(const Input& input) : name_(input.name), size_(input.text.size()), starts_{0} {
  for (std::size_t i = 0; i < input.text.size(); ++i) {
    if (input.text[i] == '\n') starts_.push_back(i + 1);
  }
}

Place LineIndex::place(std::size_t offset) const {
  offset = std::min(offset, size_);
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - starts_.begin());
  return {name_, line, offset - starts_[line - 1] + 1};
}

}  // namespace eigenmata::core
