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

TrajectoryFile::TrajectoryFile(const std::string& path, std::unique_ptr<Machine> machine, const core::Limits& limits)
    : file_(path), machine_(std::move(machine)), limits_(limits) {
  limits_.progress = nullptr;  // who reads the words shows how far they are
  file_.append(header());
}

/// Version 1.0 of the format: magic bytes, the length of a Python dictionary in two bytes, and the dictionary, filled
/// up with blanks, so that the number of rows fits in whatever it will be.
std::string TrajectoryFile::header() const {
  std::string text("\x93NUMPY\x01\x00", 8);
  const std::size_t length = kHeaderBytes - 10;
  text += static_cast<char>(length);
  text += '\0';
  const ArrayRows array = machine_->rows().value();
  const std::string columns = array.columns ? fmt::format(" {}", *array.columns) : "";
  text += fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({},{}), }}", array.type, rows_, columns);
  text.resize(kHeaderBytes - 1, ' ');
  return text + '\n';
}

void TrajectoryFile::add_row() {
  machine_->add_row(answer_.has_value(), bytes_);
  ++rows_;
  if (bytes_.size() < kBufferBytes) return;
  file_.append(bytes_);
  bytes_.clear();
}

template <class Letter>
void TrajectoryFile::add(const simulation::WordBlock<Letter>& block) {
  core::Ticker ticker(limits_, "");
  for (std::size_t i = 0; i < block.words.size(); ++i) {
    if (i > 0 || !block.continues) {
      answer_ = machine_->restart();
      add_row();
    }
    for (const Letter x : block.words.word(i)) {
      ticker.tick();
      if (answer_) answer_ = machine_->step(core::symbol(x));
      add_row();
    }
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
