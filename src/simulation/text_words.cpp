// SPDX-License-Identifier: Apache-2.0
//
// Words out of text. A text is cut into tokens: characters if every letter is one, else what stands between blanks.
// Most alphabets have letters of one byte each; their text is translated by a table, many bytes at a time, up to the
// next byte that is something else, and only that one is looked at as a token.
#include <algorithm>
#include <cstring>
#include <type_traits>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/simulation/byte_input.hpp"
#include "eigenmata/simulation/word_source.hpp"
#include "translate.hpp"

namespace eigenmata::simulation {
namespace {

/// What stands next in a text, and in how many bytes.
struct Token {
  enum class Kind { kText, kEndOfLine, kNothing, kInvalid, kTorn, kCutOff };
  Kind kind;
  std::size_t bytes;  ///< 0 if it is cut off by the end of the window
};

std::size_t longest_name(const core::Alphabet& alphabet) {
  std::size_t longest = 0;
  for (const std::string& name : alphabet.names()) longest = std::max(longest, name.size());
  return longest;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

template <class Letter>
class TextWords final : public WordSource<Letter> {
 public:
  TextWords(const core::Alphabet& alphabet, const std::string& path, const WordReading& reading,
            const core::Limits& limits)
      : alphabet_(alphabet),
        reading_(reading),
        by_character_(alphabet.single_characters()),
        longest_name_(longest_name(alphabet)),
        input_(path, std::max(ByteInput::kWindow, 4 * longest_name_), limits),
        inside_(reading.one_word) {
    table_.letters.fill(TranslationTable::kNoLetter);
    if (!by_character_) return;
    for (std::size_t x = 0; x < alphabet.size(); ++x) {
      const std::string& name = alphabet.name(core::symbol(x));
      const auto byte = static_cast<unsigned char>(name[0]);
      if (name.size() == 1 && x < TranslationTable::kNoLetter) table_.letters[byte] = static_cast<std::uint8_t>(x);
    }
  }

  bool next(WordBlock<Letter>& block) override {
    block.words.clear();
    block.continues = is_cut_;
    is_cut_ = false;
    while (!at_end_ && !is_full(block)) read_window(block);
    block.unfinished = inside_ && !at_end_;
    is_cut_ = block.unfinished;
    if (inside_) block.words.ends.push_back(block.words.letters.size());
    inside_ = block.unfinished;
    return block.words.size() > 0;
  }

  [[nodiscard]] std::uint64_t done() const override { return input_.consumed(); }
  [[nodiscard]] std::uint64_t total() const override { return input_.size().value_or(0); }
  [[nodiscard]] std::uint64_t skipped() const override { return skipped_; }

 private:
  [[nodiscard]] bool is_full(const WordBlock<Letter>& block) const {
    const bool enough =
        block.words.letters.size() >= reading_.block_letters || block.words.size() >= reading_.block_letters;
    return enough && (reading_.cut || !inside_);
  }

  void read_window(WordBlock<Letter>& block) {
    const std::string_view text = input_.window();
    std::size_t at = 0;
    while (at < text.size() && !is_full(block)) {
      at += read_by_table(block, text.substr(at));
      if (at == text.size() || is_full(block)) break;
      const Token token = next_token(text, at);
      if (token.kind == Token::Kind::kCutOff) break;
      take(token, text.substr(at, token.bytes), block);
      at += token.bytes;
    }
    input_.consume(at);
    at_end_ = input_.is_last() && at == text.size();
  }

  /// Letters of one byte, up to the end of the line. Returns how many.
  std::size_t read_by_table(WordBlock<Letter>& block, std::string_view text) {
    if constexpr (std::is_same_v<Letter, std::uint8_t>) {
      auto& letters = block.words.letters;
      std::size_t found = 0;
      // Where other letters are mixed in, stretches are short, and it would not do to look far ahead for each of them.
      for (std::size_t ahead = 64; found < text.size() && is_in_table(text[found]); ahead *= 2) {
        std::string_view stretch = text.substr(found, ahead);
        if (reading_.cut) stretch = stretch.substr(0, reading_.block_letters - letters.size());
        const std::size_t newline = stretch.find('\n');
        stretch = stretch.substr(0, newline);
        const std::size_t before = letters.size();
        letters.resize(before + stretch.size());
        const std::size_t translated = translate(table_, stretch.data(), stretch.size(), letters.data() + before);
        letters.resize(before + translated);
        found += translated;
        if (stretch.empty() || translated < stretch.size() || newline != std::string_view::npos) break;
      }
      inside_ = inside_ || found > 0;
      column_ += found;
      return found;
    } else {
      return 0;
    }
  }

  [[nodiscard]] bool is_in_table(char c) const {
    return table_.letters[static_cast<unsigned char>(c)] != TranslationTable::kNoLetter;
  }

  [[nodiscard]] Token next_token(std::string_view text, std::size_t at) const {
    const char c = text[at];
    if (c == '\n') return {Token::Kind::kEndOfLine, 1};
    if (c == '\r') {
      if (at + 1 == text.size()) return input_.is_last() ? Token{Token::Kind::kNothing, 1} : cut_off();
      if (text[at + 1] == '\n') return {Token::Kind::kEndOfLine, 2};
    }
    return by_character_ ? next_character(text, at) : next_name(text, at);
  }

  [[nodiscard]] Token next_character(std::string_view text, std::size_t at) const {
    if (const std::size_t bytes = core::utf8_length(text, at)) return {Token::Kind::kText, bytes};
    constexpr std::size_t kLongest = 4;
    return text.size() - at < kLongest && !input_.is_last() ? cut_off() : Token{Token::Kind::kInvalid, 1};
  }

  [[nodiscard]] Token next_name(std::string_view text, std::size_t at) const {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    std::size_t end = at;
    if (is_blank(text[at])) {
      while (end < text.size() && is_blank(text[end])) ++end;
      return {Token::Kind::kNothing, end - at};
    }
    while (end < text.size() && !is_blank(text[end]) && text[end] != '\n') ++end;
    const bool is_whole = end < text.size() || input_.is_last();
    if (is_torn_) return {is_whole ? Token::Kind::kNothing : Token::Kind::kTorn, end - at};
    if (!is_whole) {
      // What is longer than every name is no letter, wherever it ends.
      return end - at > longest_name_ + 1 ? Token{Token::Kind::kTorn, end - at} : cut_off();
    }
    if ((end == text.size() || text[end] == '\n') && text[end - 1] == '\r') --end;
    return {Token::Kind::kText, end - at};
  }

  static Token cut_off() { return {Token::Kind::kCutOff, 0}; }

  void take(const Token& token, std::string_view text, WordBlock<Letter>& block) {
    if (token.kind == Token::Kind::kEndOfLine) {
      if (!reading_.one_word) block.words.ends.push_back(block.words.letters.size());
      inside_ = reading_.one_word;
      ++line_;
      column_ = 0;
      return;
    }
    inside_ = true;
    if (token.kind != Token::Kind::kNothing) take_letter(token, text, block);
    is_torn_ = token.kind == Token::Kind::kTorn;
    column_ += characters_in(text);
  }

  void take_letter(const Token& token, std::string_view text, WordBlock<Letter>& block) {
    const auto letter = token.kind == Token::Kind::kText ? alphabet_.find(text) : std::nullopt;
    if (letter) {
      block.words.letters.push_back(static_cast<Letter>(core::index(*letter)));
      return;
    }
    if (is_torn_) return;  // its beginning has been counted
    ++skipped_;
    if (reading_.skip_invalid) return;
    const core::Place place{input_.name(), line_, column_ + 1};
    if (token.kind == Token::Kind::kInvalid) throw core::Error(place, "not valid UTF-8");
    throw core::Error(place, core::in_quotes(text) + " is not a letter; the letters are " + to_string(alphabet_));
  }

  core::Alphabet alphabet_;
  WordReading reading_;
  bool by_character_;
  std::size_t longest_name_;
  ByteInput input_;
  TranslationTable table_;
  bool inside_;          // a word has begun
  bool is_cut_ = false;  // and a block had its beginning
  bool at_end_ = false;
  bool is_torn_ = false;  // in the middle of something too long for a name
  std::size_t line_ = 1;
  std::size_t column_ = 0;  // characters of this line so far
  std::uint64_t skipped_ = 0;
};

}  // namespace

template <class Letter>
std::unique_ptr<WordSource<Letter>> text_words(const core::Alphabet& alphabet, const std::string& path,
                                               const WordReading& reading, const core::Limits& limits) {
  return std::make_unique<TextWords<Letter>>(alphabet, path, reading, limits);
}

template std::unique_ptr<WordSource<std::uint8_t>> text_words(const core::Alphabet&, const std::string&,
                                                              const WordReading&, const core::Limits&);
template std::unique_ptr<WordSource<std::uint32_t>> text_words(const core::Alphabet&, const std::string&,
                                                               const WordReading&, const core::Limits&);

}  // namespace eigenmata::simulation
