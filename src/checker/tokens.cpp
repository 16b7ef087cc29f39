// SPDX-License-Identifier: Apache-2.0
#include "checker/tokens.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "checker/limits.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

const std::string kNumberForm = ", an exact number such as 42 or -63/625 (lowest terms, no leading zeros, at most " +
                                std::to_string(kMaxDigits) + " digits above and below)";

}  // namespace

bool Tokens::at_word(std::string_view word) const {
  const std::string_view left = line_.substr(std::min(next_, line_.size()));
  return left.substr(0, word.size()) == word && (left.size() == word.size() || left[word.size()] == ' ');
}

std::string_view Tokens::take(std::string_view expected) {
  last_ = std::min(next_, line_.size());
  if (at_end()) fail("the line ends here; expected " + std::string(expected));
  const std::size_t end = std::min(line_.find(' ', next_), line_.size());
  if (end == next_)
    fail(line_.empty() ? "an empty line; expected " + std::string(expected) : "tokens are separated by single blanks");
  next_ = end + 1;
  return line_.substr(last_, end - last_);
}

void Tokens::word(std::string_view expected) {
  const std::string_view found = take(expected);
  if (found != expected) fail("expected '" + std::string(expected) + "', found " + quoted(found));
}

std::uint32_t Tokens::count(std::string_view what) {
  const std::string_view token = take(what);
  const std::optional<std::uint32_t> value = parse_count(token);
  if (!value) {
    fail("expected " + std::string(what) + ", a number from 0 to " + std::to_string(kMaxCount) +
         " without leading zeros, found " + quoted(token));
  }
  return *value;
}

std::uint32_t Tokens::positive(std::string_view what) {
  const std::uint32_t value = count(what);
  if (value == 0) fail(std::string(what) + " must be at least 1");
  return value;
}

std::uint32_t Tokens::index(std::string_view what, std::uint32_t limit) {
  const std::uint32_t value = count(what);
  if (value >= limit) {
    fail("there is no " + std::string(what) + " " + std::to_string(value) + "; " +
         (limit == 0 ? "there are none" : "they are 0 to " + std::to_string(limit - 1)));
  }
  return value;
}

std::optional<Number> Tokens::parsed(std::string_view text) const {
  try {
    return Number::parse(text, field_);
  } catch (const ReducibleField& fault) {
    fail(fault.what());
  }
}

void Tokens::increasing(std::string_view what, std::uint32_t limit, std::vector<std::uint32_t>& into) {
  const std::size_t first = into.size();
  while (!at_end()) {
    const std::uint32_t value = index(what, limit);
    if (into.size() > first && into.back() >= value) fail("the numbers on this line increase");
    into.push_back(value);
  }
}

Number Tokens::number(std::string_view what) {
  const std::string_view token = take(what);
  std::optional<Number> value = parsed(token);
  if (!value) fail("expected " + std::string(what) + kNumberForm + ", found " + quoted(token));
  return *std::move(value);
}

std::pair<std::uint32_t, std::string_view> Tokens::side(std::uint32_t dimension, std::optional<std::uint32_t> before,
                                                        std::string_view form) {
  const std::string_view token = take(form);
  const std::size_t colon = token.find(':');
  if (colon == std::string_view::npos) fail("expected " + std::string(form) + ", found " + quoted(token));
  const std::optional<std::uint32_t> index = parse_count(token.substr(0, colon));
  if (!index) fail("expected a coordinate before the colon, found " + quoted(token));
  if (*index >= dimension) {
    fail("coordinate " + std::to_string(*index) + " is beyond the dimension " + std::to_string(dimension));
  }
  if (before && *before >= *index) fail("the indices of a vector increase");
  return {*index, token.substr(colon + 1)};
}

Number Tokens::nonzero(std::string_view text, std::string_view form) {
  std::optional<Number> value = parsed(text);
  if (!value) fail("expected " + std::string(form) + kNumberForm + ", found " + quoted(text));
  if (value->is_zero()) fail("zeros are left out of vectors");
  return *std::move(value);
}

void Tokens::vector(std::uint32_t dimension, std::vector<Entry>& into) {
  constexpr std::string_view kForm = "index:number";
  std::optional<std::uint32_t> before;
  while (!at_end() && !at_bar()) {
    const auto [index, text] = side(dimension, before, kForm);
    into.push_back({index, nonzero(text, kForm)});
    before = index;
  }
}

void Tokens::box(std::uint32_t dimension, std::vector<Entry>& centre, std::vector<Entry>& radius) {
  constexpr std::string_view kForm = "index:number or index:[a,b]";
  const Rational two(2);
  std::optional<std::uint32_t> before;
  while (!at_end()) {
    const auto [index, text] = side(dimension, before, kForm);
    before = index;
    if (text.substr(0, 1) != "[") {
      centre.push_back({index, nonzero(text, kForm)});
      continue;
    }
    const std::optional<std::pair<Rational, Rational>> ends = parse_interval(text);
    if (!ends || ends->first == ends->second) {
      fail("expected an interval [a,b] of exact numbers with a < b, found " + quoted(text));
    }
    Rational middle = (ends->first + ends->second) / two;
    if (!middle.is_zero()) centre.push_back({index, std::move(middle)});
    radius.push_back({index, (ends->second - ends->first) / two});
  }
}

SparseVector Tokens::vector(std::uint32_t dimension) {
  SparseVector result;
  vector(dimension, result);
  result.shrink_to_fit();
  return result;
}

std::string_view Tokens::rest(std::size_t& column) {
  column = last_ = std::min(next_, line_.size());
  next_ = line_.size() + 1;
  return line_.substr(last_);
}

void Tokens::finish() {
  if (at_end()) return;
  last_ = std::min(next_, line_.size());
  fail("expected the end of the line");
}

}  // namespace eigenmata::checker
