// SPDX-License-Identifier: Apache-2.0
#include "trajectory_file.hpp"

#include <fmt/format.h>

#include <fstream>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::cli {
namespace {

constexpr std::size_t kHeaderBytes = 128;
constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

}  // namespace

TrajectoryFile::TrajectoryFile(const std::string& path, const automata::Dfa& dfa)
    : file_(path), dfa_(dfa), state_(dfa.initial()) {
  file_.append(header());
}

/// Version 1.0 of the format: magic bytes, the length of a Python dictionary in two bytes, and the dictionary, filled
/// up with blanks, so that the number of entries fits in whatever it will be.
std::string TrajectoryFile::header() const {
  std::string text("\x93NUMPY\x01\x00", 8);
  const std::size_t length = kHeaderBytes - 10;
  text += static_cast<char>(length);
  text += '\0';
  text += fmt::format("{{'descr': '<u4', 'fortran_order': False, 'shape': ({},), }}", entries_);
  text.resize(kHeaderBytes - 1, ' ');
  return text + '\n';
}

void TrajectoryFile::put(automata::State state) {
  const auto number = static_cast<std::uint32_t>(index(state));
  for (unsigned shift = 0; shift < 32; shift += 8) bytes_ += static_cast<char>(number >> shift & 0xFF);
  ++entries_;
  if (bytes_.size() < kBufferBytes) return;
  file_.append(bytes_);
  bytes_.clear();
}

template <class Letter>
void TrajectoryFile::add(const simulation::WordBlock<Letter>& block) {
  for (std::size_t i = 0; i < block.words.size(); ++i) {
    if (i > 0 || !block.continues) put(state_ = dfa_.initial());
    for (const Letter x : block.words.word(i)) put(state_ = dfa_.step(state_, core::symbol(x)));
  }
}
template void TrajectoryFile::add(const simulation::WordBlock<std::uint8_t>&);
template void TrajectoryFile::add(const simulation::WordBlock<std::uint32_t>&);

void TrajectoryFile::commit() {
  file_.append(bytes_);
  std::fstream file(file_.temporary_path(), std::ios::binary | std::ios::in | std::ios::out);
  file << header();
  file.close();
  if (!file) throw core::Error("cannot write " + core::in_quotes(file_.path(), 200));
  file_.commit();
}

}  // namespace eigenmata::cli
