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

bool Tokens::at_bar() const {
  return next_ < line_.size() && line_[next_] == '|' && (next_ + 1 == line_.size() || line_[next_ + 1] == ' ');
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

Number Tokens::number(std::string_view what) {
  const std::string_view token = take(what);
  std::optional<Number> value = parsed(token);
  if (!value) fail("expected " + std::string(what) + kNumberForm + ", found " + quoted(token));
  return *std::move(value);
}

void Tokens::vector(std::uint32_t dimension, std::vector<Entry>& into) {
  const std::size_t first = into.size();
  while (!at_end() && !at_bar()) {
    const std::string_view token = take("index:number");
    const std::size_t colon = token.find(':');
    if (colon == std::string_view::npos) fail("expected index:number, found " + quoted(token));
    const std::optional<std::uint32_t> index = parse_count(token.substr(0, colon));
    if (!index) fail("expected a coordinate before the colon, found " + quoted(token));
    if (*index >= dimension) {
      fail("coordinate " + std::to_string(*index) + " is beyond the dimension " + std::to_string(dimension));
    }
    if (into.size() > first && into.back().index >= *index) fail("the indices of a vector increase");
    std::optional<Number> value = parsed(token.substr(colon + 1));
    if (!value) fail("expected index:number" + kNumberForm + ", found " + quoted(token));
    if (value->is_zero()) fail("zeros are left out of vectors");
    into.push_back({*index, *std::move(value)});
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
