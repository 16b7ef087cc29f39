// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/byte_input.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::simulation {

void ByteInput::fail() const {
  throw core::Error("cannot read " + core::in_quotes(path_, 200) + ": " + std::strerror(errno));
}

ByteInput::ByteInput(const std::string& path, std::size_t window, const core::Limits& limits)
    : name_(path == "-" ? "standard input" : path), path_(path), window_(window), limits_(limits) {
  descriptor_ = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail();
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return;
  if (S_ISDIR(status.st_mode)) {
    if (path_ != "-") ::close(descriptor_);
    throw core::Error("cannot read " + core::in_quotes(path_, 200) + ": it is a directory");
  }
  // Files of /proc are regular, and their size is 0 whatever they hold: they are read like a pipe. So is standard input
  // that does not stand at its beginning.
  if (!S_ISREG(status.st_mode) || status.st_size == 0 || ::lseek(descriptor_, 0, SEEK_CUR) != 0) return;
  const auto bytes = static_cast<std::size_t>(status.st_size);
  void* map = ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, descriptor_, 0);
  if (map == MAP_FAILED) return;
  (void)::madvise(map, bytes, MADV_SEQUENTIAL);
  map_ = static_cast<const char*>(map);
  size_ = bytes;
}

ByteInput::~ByteInput() {
  if (map_ != nullptr) ::munmap(const_cast<char*>(map_), *size_);
  if (descriptor_ >= 0 && descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

std::string_view ByteInput::window() { return map_ != nullptr ? mapped_window() : piped_window(); }

std::string_view ByteInput::mapped_window() {
  const std::uint64_t left = *size_ - consumed_;
  is_last_ = left <= window_;
  return {map_ + consumed_, static_cast<std::size_t>(std::min<std::uint64_t>(left, window_))};
}

std::string_view ByteInput::piped_window() {
  if (buffer_.empty()) buffer_.resize(2 * window_);
  if (begin_ > window_) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  while (!is_last_ && end_ - begin_ < window_) {
    limits_.poll();
    constexpr int kWaitMs = 100;
    struct pollfd wanted {
      descriptor_, POLLIN, 0
    };
    if (::poll(&wanted, 1, kWaitMs) == 0) continue;
    const ssize_t got = ::read(descriptor_, buffer_.data() + end_, buffer_.size() - end_);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail();
    is_last_ = got == 0;
    end_ += static_cast<std::size_t>(got);
  }
  return {buffer_.data() + begin_, end_ - begin_};
}

void ByteInput::consume(std::size_t bytes) {
  consumed_ += bytes;
  if (map_ == nullptr) {
    assert(bytes <= end_ - begin_);
    begin_ += bytes;
  }
}

}  // namespace eigenmata::simulation
