// SPDX-License-Identifier: Apache-2.0
//
// Random words: all words of a length alike, or all words of a length in a language.
#include <algorithm>
#include <cassert>
#include <string>

#include "eigenmata/automata/words.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/simulation/word_source.hpp"

namespace eigenmata::simulation {
namespace {

/// Uniform numbers below a bound, many from each 64 random bits: their digits to the base of the bound.
class Digits {
 public:
  Digits(std::uint64_t base, std::uint64_t seed) : base_(base), random_(seed) {
    for (; per_draw_ < kMost && range_ <= UINT64_MAX / base_; ++per_draw_) range_ *= base_;
  }

  std::uint64_t next() {
    if (left_ == 0) {
      value_ = random_.below(range_);
      left_ = per_draw_;
    }
    --left_;
    const std::uint64_t digit = value_ % base_;
    value_ /= base_;
    return digit;
  }

 private:
  static constexpr unsigned kMost = 32;

  std::uint64_t base_;
  core::Random random_;
  std::uint64_t range_ = 1;  // base to the power per_draw
  unsigned per_draw_ = 0;
  std::uint64_t value_ = 0;
  unsigned left_ = 0;
};

template <class Letter>
class RandomWords final : public WordSource<Letter> {
 public:
  RandomWords(const core::Alphabet& alphabet, std::uint64_t count, std::uint64_t length, std::uint64_t seed,
              const WordReading& reading)
      : digits_(alphabet.size(), seed), count_(count), length_(length), reading_(reading) {}

  bool next(WordBlock<Letter>& block) override {
    auto& words = block.words;
    words.clear();
    block.continues = position_ > 0;
    block.unfinished = false;
    while (words_ < count_ && !is_full(block)) {
      std::uint64_t take = length_ - position_;
      if (reading_.cut) take = std::min<std::uint64_t>(take, reading_.block_letters - words.letters.size());
      for (std::uint64_t i = 0; i < take; ++i) words.letters.push_back(static_cast<Letter>(digits_.next()));
      words.ends.push_back(words.letters.size());
      done_ += take;
      position_ += take;
      block.unfinished = position_ < length_;
      if (block.unfinished) break;
      position_ = 0;
      ++words_;
    }
    return words.size() > 0;
  }
  [[nodiscard]] std::uint64_t done() const override { return done_; }
  [[nodiscard]] std::uint64_t total() const override { return count_ * length_; }

 private:
  [[nodiscard]] bool is_full(const WordBlock<Letter>& block) const {
    return block.words.letters.size() >= reading_.block_letters || block.words.size() >= reading_.block_letters;
  }

  Digits digits_;
  std::uint64_t count_;
  std::uint64_t length_;
  WordReading reading_;
  std::uint64_t words_ = 0;     // that are complete
  std::uint64_t position_ = 0;  // in the word at hand
  std::uint64_t done_ = 0;
};

template <class Letter>
class RandomWordsOf final : public WordSource<Letter> {
 public:
  RandomWordsOf(const automata::Dfa& language, std::uint64_t count, std::size_t length, std::uint64_t seed,
                const WordReading& reading, const core::Limits& limits)
      : sampler_(language, length, limits), random_(seed), count_(count), length_(length), reading_(reading) {
    if (sampler_.total() == 0)
      throw core::Error("the language has no word of length " + std::to_string(length) + " to draw");
  }

  bool next(WordBlock<Letter>& block) override {
    block.words.clear();
    block.continues = block.unfinished = false;
    while (words_ < count_ && block.words.letters.size() < reading_.block_letters &&
           block.words.size() < reading_.block_letters) {
      block.words.append(sampler_.sample(random_));
      ++words_;
    }
    return block.words.size() > 0;
  }
  [[nodiscard]] std::uint64_t done() const override { return words_ * length_; }
  [[nodiscard]] std::uint64_t total() const override { return count_ * length_; }

 private:
  automata::WordSampler sampler_;
  core::Random random_;
  std::uint64_t count_;
  std::size_t length_;
  WordReading reading_;
  std::uint64_t words_ = 0;
};

template <class Letter>
class GivenWords final : public WordSource<Letter> {
 public:
  explicit GivenWords(std::vector<core::Word> words) : words_(std::move(words)) {}

  bool next(WordBlock<Letter>& block) override {
    block.words.clear();
    block.continues = block.unfinished = false;
    for (const core::Word& word : words_) {
      block.words.append(word);
      total_ += word.size();
    }
    words_.clear();
    return block.words.size() > 0;
  }
  [[nodiscard]] std::uint64_t done() const override { return total_; }
  [[nodiscard]] std::uint64_t total() const override { return total_; }

 private:
  std::vector<core::Word> words_;
  std::uint64_t total_ = 0;
};

}  // namespace

template <class Letter>
std::unique_ptr<WordSource<Letter>> given_words(std::vector<core::Word> words) {
  return std::make_unique<GivenWords<Letter>>(std::move(words));
}

template <class Letter>
std::unique_ptr<WordSource<Letter>> random_words(const core::Alphabet& alphabet, std::uint64_t count,
                                                 std::uint64_t length, std::uint64_t seed, const WordReading& reading) {
  return std::make_unique<RandomWords<Letter>>(alphabet, count, length, seed, reading);
}

template <class Letter>
std::unique_ptr<WordSource<Letter>> random_words_of(const automata::Dfa& language, std::uint64_t count,
                                                    std::size_t length, std::uint64_t seed, const WordReading& reading,
                                                    const core::Limits& limits) {
  return std::make_unique<RandomWordsOf<Letter>>(language, count, length, seed, reading, limits);
}

template std::unique_ptr<WordSource<std::uint8_t>> given_words(std::vector<core::Word>);
template std::unique_ptr<WordSource<std::uint32_t>> given_words(std::vector<core::Word>);
template std::unique_ptr<WordSource<std::uint8_t>> random_words(const core::Alphabet&, std::uint64_t, std::uint64_t,
                                                                std::uint64_t, const WordReading&);
template std::unique_ptr<WordSource<std::uint32_t>> random_words(const core::Alphabet&, std::uint64_t, std::uint64_t,
                                                                 std::uint64_t, const WordReading&);
template std::unique_ptr<WordSource<std::uint8_t>> random_words_of(const automata::Dfa&, std::uint64_t, std::size_t,
                                                                   std::uint64_t, const WordReading&,
                                                                   const core::Limits&);
template std::unique_ptr<WordSource<std::uint32_t>> random_words_of(const automata::Dfa&, std::uint64_t, std::size_t,
                                                                    std::uint64_t, const WordReading&,
                                                                    const core::Limits&);

}  // namespace eigenmata::simulation
