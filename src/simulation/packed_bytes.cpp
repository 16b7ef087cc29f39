// SPDX-License-Identifier: Apache-2.0
//
// Words as bytes, each the number of a letter. How many there are is not known of a pipe, so that they are counted as
// they come.
#include <algorithm>
#include <string>

#include "eigenmata/core/error.hpp"
#include "eigenmata/simulation/byte_input.hpp"
#include "eigenmata/simulation/word_source.hpp"

namespace eigenmata::simulation {
namespace {

class PackedBytes final : public WordSource<std::uint8_t> {
 public:
  PackedBytes(const core::Alphabet& alphabet, const std::string& path, std::size_t word_length,
              const WordReading& reading, const core::Limits& limits)
      : letters_(alphabet.size()),
        word_length_(word_length),
        reading_(reading),
        input_(path, ByteInput::kWindow, limits),
        inside_(reading.one_word) {
    if (!reading.one_word && word_length == 0) throw core::Error("words of bytes need a length above 0");
  }

  bool next(WordBlock<std::uint8_t>& block) override {
    auto& words = block.words;
    words.clear();
    block.continues = is_cut_;
    is_cut_ = false;
    while (!at_end_ && !is_full(block)) {
      const std::string_view text = input_.window();
      std::size_t take = text.size();
      if (!reading_.one_word) take = std::min(take, word_length_ - position_);
      if (reading_.cut) take = std::min(take, reading_.block_letters - words.letters.size());
      append(words.letters, text.substr(0, take));
      input_.consume(take);
      at_end_ = input_.is_last() && take == text.size();
      position_ += take;
      inside_ = inside_ || take > 0;
      if (!reading_.one_word && position_ == word_length_) {
        words.ends.push_back(words.letters.size());
        position_ = 0;
        inside_ = false;
      }
    }
    if (at_end_ && inside_ && !reading_.one_word) {
      throw core::Error({input_.name()}, "the last word has " + std::to_string(position_) + " of " +
                                             std::to_string(word_length_) + " bytes");
    }
    block.unfinished = is_cut_ = inside_ && !at_end_;
    if (inside_) words.ends.push_back(words.letters.size());
    if (at_end_) inside_ = false;
    return words.size() > 0;
  }

  [[nodiscard]] std::uint64_t done() const override { return input_.consumed(); }
  [[nodiscard]] std::uint64_t total() const override { return input_.size().value_or(0); }
  [[nodiscard]] std::uint64_t skipped() const override { return skipped_; }

 private:
  [[nodiscard]] bool is_full(const WordBlock<std::uint8_t>& block) const {
    return block.words.letters.size() >= reading_.block_letters && (reading_.cut || !inside_);
  }

  void append(std::vector<std::uint8_t>& letters, std::string_view bytes) {
    const std::size_t before = letters.size();
    letters.insert(letters.end(), bytes.begin(), bytes.end());
    std::uint8_t largest = 0;
    for (std::size_t i = before; i < letters.size(); ++i) largest = std::max(largest, letters[i]);
    if (largest < letters_) return;
    const auto is_no_letter = [&](std::uint8_t x) { return x >= letters_; };
    const auto begin = letters.begin() + static_cast<std::ptrdiff_t>(before);
    if (!reading_.skip_invalid) {
      const auto wrong = std::find_if(begin, letters.end(), is_no_letter);
      throw core::Error({input_.name()},
                        "byte " + std::to_string(input_.consumed() + static_cast<std::uint64_t>(wrong - begin)) +
                            " (counted from 0) is " + std::to_string(*wrong) + "; the letters are 0 to " +
                            std::to_string(letters_ - 1));
    }
    const auto end = std::remove_if(begin, letters.end(), is_no_letter);
    skipped_ += static_cast<std::uint64_t>(letters.end() - end);
    letters.erase(end, letters.end());
  }

  std::size_t letters_;
  std::size_t word_length_;
  WordReading reading_;
  ByteInput input_;
  bool inside_;
  bool is_cut_ = false;
  bool at_end_ = false;
  std::size_t position_ = 0;  // in the word at hand, in bytes
  std::uint64_t skipped_ = 0;
};

}  // namespace

std::unique_ptr<WordSource<std::uint8_t>> packed_bytes(const core::Alphabet& alphabet, const std::string& path,
                                                       std::size_t word_length, const WordReading& reading,
                                                       const core::Limits& limits) {
  if (alphabet.size() > kLargestPackedAlphabet)
    throw core::Error("bytes hold alphabets of at most 256 letters; this one has " + std::to_string(alphabet.size()));
  return std::make_unique<PackedBytes>(alphabet, path, word_length, reading, limits);
}

}  // namespace eigenmata::simulation
