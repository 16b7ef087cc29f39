// SPDX-License-Identifier: Apache-2.0
//
// Where the words of a bulk run come from: text, bytes, or a random generator. They come in blocks of bounded size,
// whatever the size of the input; a word that does not fit is cut, and goes on in the next block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/alphabet.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/simulation/packed_words.hpp"

namespace eigenmata::simulation {

/// Words, of which the first may be the rest of a word that began in an earlier block, and the last may go on.
template <class Letter>
struct WordBlock {
  PackedWordsOf<Letter> words;
  bool continues = false;   ///< the first of the words goes on where the last block ended
  bool unfinished = false;  ///< the last of the words goes on in the next block
};

/// `Letter` is std::uint8_t, or std::uint32_t for alphabets of more than 256 letters.
template <class Letter>
class WordSource {
 public:
  virtual ~WordSource() = default;
  /// Replaces the block by the next one, of at least one word or piece of a word. False at the end; the block is then
  /// empty. A word never ends the input unfinished. Throws `core::Error` at what is no letter, `core::LimitReached`.
  virtual bool next(WordBlock<Letter>& block) = 0;
  /// Share of the input that has been read, in units of the source's choice; the total is 0 if it is not known.
  [[nodiscard]] virtual std::uint64_t done() const = 0;
  [[nodiscard]] virtual std::uint64_t total() const = 0;
  /// What was no letter and has been left out.
  [[nodiscard]] virtual std::uint64_t skipped() const { return 0; }
};

/// How text and bytes are read.
struct WordReading {
  bool one_word = false;      ///< the whole input is one word; ends of lines mean nothing
  bool skip_invalid = false;  ///< leave out, and count, what is no letter, instead of throwing
  bool cut = true;            ///< false: words are never cut, and a block has room for at least one
  /// Letters a block has room for.
  std::size_t block_letters = std::size_t{1} << 20;
};

/// Words as core::parse_word reads them, one a line; lines end at "\n" or "\r\n", the last one may lack it. "-" is
/// standard input. An empty line is the empty word; an empty input has no words (one, if the input is one word).
/// Throws `core::Error` if the file cannot be read; `next` throws it with line and column (in characters) of what is no
/// letter.
template <class Letter>
[[nodiscard]] std::unique_ptr<WordSource<Letter>> text_words(const core::Alphabet& alphabet, const std::string& path,
                                                             const WordReading& reading,
                                                             const core::Limits& limits = {});

/// Every byte is the number of a letter. Words of `word_length` bytes each, or one word. `next` throws `core::Error`
/// with the number (from 0) of a byte that is no letter, and if the last word is short.
[[nodiscard]] std::unique_ptr<WordSource<std::uint8_t>> packed_bytes(const core::Alphabet& alphabet,
                                                                     const std::string& path, std::size_t word_length,
                                                                     const WordReading& reading,
                                                                     const core::Limits& limits = {});

/// The given words.
template <class Letter>
[[nodiscard]] std::unique_ptr<WordSource<Letter>> given_words(std::vector<core::Word> words);

/// `count` words of one length, each letter uniform and independent. The words depend on the seed alone.
template <class Letter>
[[nodiscard]] std::unique_ptr<WordSource<Letter>> random_words(const core::Alphabet& alphabet, std::uint64_t count,
                                                               std::uint64_t length, std::uint64_t seed,
                                                               const WordReading& reading);

/// `count` words of one length from a language, each of them with the same probability. Throws `core::Error` if it has
/// none of that length; cost: see automata::WordSampler.
template <class Letter>
[[nodiscard]] std::unique_ptr<WordSource<Letter>> random_words_of(const automata::Dfa& language, std::uint64_t count,
                                                                  std::size_t length, std::uint64_t seed,
                                                                  const WordReading& reading,
                                                                  const core::Limits& limits = {});

}  // namespace eigenmata::simulation
