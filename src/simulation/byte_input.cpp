// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/byte_input.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <string>

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
  (void)::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
  size_ = static_cast<std::uint64_t>(status.st_size);
}

ByteInput::~ByteInput() {
  if (descriptor_ >= 0 && descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

std::string_view ByteInput::window() {
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
    if (is_last_ && size_ && consumed_ + (end_ - begin_) < *size_)
      throw core::Error("cannot read " + core::in_quotes(path_, 200) + ": it became shorter while it was read, from " +
                        std::to_string(*size_) + " bytes to " + std::to_string(consumed_ + (end_ - begin_)));
    end_ += static_cast<std::size_t>(got);
  }
  return {buffer_.data() + begin_, end_ - begin_};
}

void ByteInput::consume(std::size_t bytes) {
  assert(bytes <= end_ - begin_);
  consumed_ += bytes;
  begin_ += bytes;
}

}  // namespace eigenmata::simulation
