// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/alphabet.hpp"

#include <cassert>
#include <unordered_map>
#include <utility>

#include "eigenmata/core/text.hpp"

namespace eigenmata::core {

struct Alphabet::Data {
  std::vector<std::string> names;
  std::unordered_map<std::string_view, Symbol> symbols;
  bool single_characters = true;
};

namespace {

/// Number of characters, after checking that the text can be the name of a letter.
std::size_t checked_length(const std::string& name, const Place& place) {
  std::vector<std::string_view> characters;
  if (name.empty()) throw Error(place, "a letter has an empty name; every letter needs at least one character");
  if (!split_characters(name, characters)) {
    throw Error(place, "letter " + in_quotes(name) + " is not valid UTF-8");
  }
  for (const std::string_view character : characters) {
    if (!is_printable(utf8_code_point(character, 0))) {
      throw Error(place, "letter " + in_quotes(name) + " has a character that cannot be printed");
    }
    if (characters.size() > 1 && character == " ") {
      throw Error(place, "letter " + in_quotes(name) + " has a blank inside; blanks separate the letters of a word");
    }
  }
  return characters.size();
}

}  // namespace

Alphabet::Alphabet(std::vector<std::string> names, const Place& place) {
  if (names.empty()) throw Error(place, "the alphabet is empty; at least one letter is needed");
  if (names.size() > UINT32_MAX) throw Error(place, "more than 2^32 letters");
  auto data = std::make_shared<Data>();
  data->names = std::move(names);
  data->symbols.reserve(data->names.size());
  for (std::size_t i = 0; i < data->names.size(); ++i) {
    if (checked_length(data->names[i], place) > 1) data->single_characters = false;
    if (!data->symbols.emplace(data->names[i], symbol(i)).second) {
      throw Error(place, "letter " + in_quotes(data->names[i]) + " stands twice in the alphabet");
    }
  }
  data_ = std::move(data);
}

std::size_t Alphabet::size() const { return data_->names.size(); }

const std::string& Alphabet::name(Symbol symbol) const {
  assert(index(symbol) < size());
  return data_->names[index(symbol)];
}

const std::vector<std::string>& Alphabet::names() const { return data_->names; }

std::optional<Symbol> Alphabet::find(std::string_view name) const {
  const auto found = data_->symbols.find(name);
  if (found == data_->symbols.end()) return std::nullopt;
  return found->second;
}

bool Alphabet::single_characters() const { return data_->single_characters; }

bool operator==(const Alphabet& a, const Alphabet& b) { return a.data_ == b.data_ || a.data_->names == b.data_->names; }

Alphabet united(const Alphabet& first, const Alphabet& second) {
  std::vector<std::string> names = first.names();
  for (const std::string& name : second.names()) {
    if (!first.find(name)) names.push_back(name);
  }
  return names.size() == first.size() ? first : Alphabet(std::move(names));
}

Alphabet parse_alphabet(std::string_view text, const Place& place) {
  std::vector<std::string> names;
  if (text.find(',') != std::string_view::npos) {
    std::size_t start = 0;
    for (;;) {
      const std::size_t comma = text.find(',', start);
      names.emplace_back(text.substr(start, comma - start));
      if (comma == std::string_view::npos) break;
      start = comma + 1;
    }
  } else {
    std::vector<std::string_view> characters;
    if (!split_characters(text, characters)) throw Error(place, in_quotes(text) + " is not valid UTF-8");
    names.assign(characters.begin(), characters.end());
  }
  return Alphabet(std::move(names), place);
}

std::string to_string(const Alphabet& alphabet) {
  constexpr std::size_t kShown = 12;
  std::string text = "{";
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    if (i > 0) text += ", ";
    if (alphabet.size() > kShown && i == kShown - 2) {
      text += "…, ";
      i = alphabet.size() - 1;
    }
    text += alphabet.name(symbol(i));
  }
  return text + "}";
}

std::string format_word(const Alphabet& alphabet, const Word& word) {
  std::string text;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (i > 0 && !alphabet.single_characters()) text += ' ';
    text += alphabet.name(word[i]);
  }
  return text;
}

Word parse_word(const Alphabet& alphabet, std::string_view text, const Place& place) {
  std::vector<std::string_view> pieces;
  bool valid = true;
  if (alphabet.single_characters()) {
    valid = split_characters(text, pieces);
  } else {
    pieces = split_blanks(text);
  }
  Word word;
  word.reserve(pieces.size());
  for (const std::string_view piece : pieces) {
    const auto letter = alphabet.find(piece);
    if (!letter) {
      std::vector<std::string_view> before;
      const auto offset = static_cast<std::size_t>(piece.data() - text.data());
      const std::size_t column = split_characters(text.substr(0, offset), before) ? before.size() + 1 : offset + 1;
      throw Error({place.source, place.line, column},
                  in_quotes(piece) + " is not a letter; the letters are " + to_string(alphabet));
    }
    word.push_back(*letter);
  }
  if (!valid) {
    throw Error({place.source, place.line, pieces.size() + 1}, "not valid UTF-8");
  }
  return word;
}

}  // namespace eigenmata::core
