// SPDX-License-Identifier: Apache-2.0
//
// The languages of the catalogue against what their descriptions say, as plain code on the word: counting,
// calculating, simulating. Each is compared on all short words, on words drawn from the language, and on
// their close neighbours.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/words.hpp"

namespace eigenmata::automata {
namespace {

using Letters = std::vector<std::string>;
using Meaning = std::function<bool(const Letters&)>;
using Entry = std::pair<const char*, Meaning>;

std::string joined(const Letters& word) {
  std::string text;
  for (const std::string& letter : word) text += letter;
  return text;
}

/// A meaning in terms of the text, where every letter is one character.
Meaning text(const std::function<bool(const std::string&)>& meaning) {
  return [meaning](const Letters& word) { return meaning(joined(word)); };
}

std::size_t count(const std::string& word, char letter) {
  return static_cast<std::size_t>(std::count(word.begin(), word.end(), letter));
}

/// Occurrences, overlapping ones too.
std::size_t factors(const std::string& word, const std::string& factor) {
  std::size_t found = 0;
  for (std::size_t i = 0; i + factor.size() <= word.size(); ++i)
    found += word.compare(i, factor.size(), factor) == 0 ? 1 : 0;
  return found;
}

bool has_subword(const std::string& word, const std::string& subword) {
  std::size_t found = 0;
  for (const char c : word) found += found < subword.size() && c == subword[found] ? 1 : 0;
  return found == subword.size();
}

bool is_power(const std::string& word, const std::string& base) {
  if (word.size() % base.size() != 0) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] != base[i % base.size()]) return false;
  }
  return true;
}

bool all_digits(const std::string& word) { return word.find_first_not_of("0123456789") == std::string::npos; }

/// The maximal blocks of equal letters.
std::vector<std::string> blocks(const std::string& word) {
  std::vector<std::string> found;
  for (const char c : word) {
    if (found.empty() || found.back()[0] != c) found.emplace_back();
    found.back() += c;
  }
  return found;
}

Meaning number_of_as_modulo(std::size_t m) {
  return text([m](const std::string& w) { return count(w, 'a') % m == 0; });
}

Meaning number_modulo(std::size_t base, std::size_t m, std::size_t remainder) {
  return text([=](const std::string& w) {
    std::size_t value = 0;
    for (const char c : w) value = (value * base + static_cast<std::size_t>(c - '0')) % m;
    return value == remainder;
  });
}

Meaning balanced(std::size_t depth) {
  return text([depth](const std::string& w) {
    std::string open;
    for (const char c : w) {
      if (c == '(' || c == '[') {
        open += c;
        if (open.size() > depth) return false;
      } else {
        if (open.empty() || open.back() != (c == ')' ? '(' : '[')) return false;
        open.pop_back();
      }
    }
    return open.empty();
  });
}

/// digit (operator digit)*
bool is_expression(const std::string& w) {
  for (std::size_t i = 0; i < w.size(); ++i) {
    if ((w[i] >= '0' && w[i] <= '9') != (i % 2 == 0)) return false;
  }
  return w.size() % 2 == 1;
}

/// '*' binds tighter: a sum of products. −1 for what is no expression.
int value_with_precedence(const std::string& w, int modulus) {
  if (!is_expression(w)) return -1;
  int sum = 0;
  int product = w[0] - '0';
  for (std::size_t i = 1; i < w.size(); i += 2) {
    const int d = w[i + 1] - '0';
    if (w[i] == '*') {
      product = product * d % modulus;
    } else {
      sum += product;
      product = w[i] == '+' ? d : -d;
    }
  }
  return ((sum + product) % modulus + modulus) % modulus;
}

/// From left to right, one operator after the other.
int value_from_the_left(const std::string& w, int modulus) {
  if (!is_expression(w)) return -1;
  int value = w[0] - '0';
  for (std::size_t i = 1; i < w.size(); i += 2) {
    const int d = w[i + 1] - '0';
    value = w[i] == '+' ? value + d : w[i] == '-' ? value - d : value * d;
    value = (value % modulus + modulus) % modulus;
  }
  return value % modulus;
}

/// A point moved by maps given as lists of images.
Meaning point_returns(std::map<std::string, std::vector<std::size_t>> maps) {
  return [maps = std::move(maps)](const Letters& word) {
    std::size_t point = 0;
    for (const std::string& letter : word) point = maps.at(letter)[point];
    return point == 0;
  };
}

/// A machine with a state that may die: `step` returns false for a word that is lost.
template <class State>
Meaning machine(State start, std::function<bool(State&, const std::string&)> step,
                std::function<bool(const State&)> accepts) {
  return [=](const Letters& word) {
    State state = start;
    for (const std::string& letter : word) {
      if (!step(state, letter)) return false;
    }
    return accepts(state);
  };
}

bool in_range(const std::string& digits, std::size_t width, int low, int high) {
  return digits.size() == width && all_digits(digits) && std::stoi(digits) >= low && std::stoi(digits) <= high;
}

std::vector<std::string> split(const std::string& w, char separator) {
  std::vector<std::string> pieces{""};
  for (const char c : w) {
    if (c == separator) {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  return pieces;
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/// YYYY-MM-DD with as many days as `days_in(year, month)` says.
Meaning date(std::function<int(int, int)> days_in) {
  return text([days_in = std::move(days_in)](const std::string& w) {
    const auto pieces = split(w, '-');
    if (pieces.size() != 3 || !in_range(pieces[0], 4, 0, 9999) || !in_range(pieces[1], 2, 1, 12)) return false;
    return in_range(pieces[2], 2, 1, days_in(std::stoi(pieces[0]), std::stoi(pieces[1])));
  });
}

int days_of_month(int month) {
  return month == 2 ? 29 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string roman(int value) {
  std::string result;
  for (const auto& [worth, digits] : std::vector<std::pair<int, const char*>>{{1000, "M"},
                                                                              {900, "CM"},
                                                                              {500, "D"},
                                                                              {400, "CD"},
                                                                              {100, "C"},
                                                                              {90, "XC"},
                                                                              {50, "L"},
                                                                              {40, "XL"},
                                                                              {10, "X"},
                                                                              {9, "IX"},
                                                                              {5, "V"},
                                                                              {4, "IV"},
                                                                              {1, "I"}}) {
    for (; value >= worth; value -= worth) result += digits;
  }
  return result;
}

bool is_roman(const std::string& w) {
  static const std::set<std::string> all = [] {
    std::set<std::string> numerals;
    for (int value = 1; value < 4000; ++value) numerals.insert(roman(value));
    return numerals;
  }();
  return all.count(w) == 1;
}

bool passes_luhn(const std::string& w) {
  int sum = 0;
  for (std::size_t i = 0; i < w.size(); ++i) {
    const int d = w[w.size() - 1 - i] - '0';
    sum += i % 2 == 0 ? d : 2 * d / 10 + 2 * d % 10;
  }
  return sum % 10 == 0;
}

Meaning lamplighter(std::size_t lamps) {
  return [lamps](const Letters& word) {
    std::vector<bool> lit(lamps, false);
    std::size_t at = 0;
    for (const std::string& letter : word) {
      if (letter == "move") {
        at = (at + 1) % lamps;
      } else {
        lit[at] = !lit[at];
      }
    }
    return at == 0 && std::count(lit.begin(), lit.end(), true) == 0;
  };
}

Meaning elevator(int floors) {
  return [floors](const Letters& word) {
    int floor = 0;
    for (const std::string& letter : word) floor = std::clamp(floor + (letter == "up" ? 1 : -1), 0, floors - 1);
    return floor == 0;
  };
}

std::size_t pairs_a_before_b(const std::string& w) {
  std::size_t pairs = 0;
  std::size_t as = 0;
  for (const char c : w) {
    as += c == 'a' ? 1 : 0;
    pairs += c == 'b' ? as : 0;
  }
  return pairs;
}

bool wins_tennis_game(const Letters& word) {
  int s = 0;
  int r = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    ++(word[i] == "s" ? s : r);
    const bool over = std::max(s, r) >= 4 && std::abs(s - r) >= 2;
    if (over) return s > r && i + 1 == word.size();
  }
  return false;
}

bool crosses_safely(const Letters& word) {
  std::map<char, bool> across{{'f', false}, {'w', false}, {'g', false}, {'c', false}};
  for (const std::string& letter : word) {
    const char with = letter[0];
    if (across['f'] != across[with]) return false;  // the farmer is on the other bank
    across['f'] = !across['f'];
    if (with != 'f') across[with] = across['f'];
    const bool wolf_eats = across['w'] == across['g'] && across['w'] != across['f'];
    const bool goat_eats = across['g'] == across['c'] && across['g'] != across['f'];
    if (wolf_eats || goat_eats) return false;
  }
  return across['f'] && across['w'] && across['g'] && across['c'];
}

/// A C comment, found as a scanner finds it: the first */ after the opening /* has to be the end.
bool is_comment(const std::string& w) {
  return w.size() >= 4 && w.substr(0, 2) == "/*" && w.find("*/", 2) == w.size() - 2;
}

bool is_string_literal(const std::string& w) {
  if (w.size() < 2 || w[0] != '"') return false;
  for (std::size_t i = 1; i < w.size(); ++i) {
    if (w[i] == '\\') {
      ++i;
    } else if (w[i] == '"') {
      return i + 1 == w.size();
    }
  }
  return false;
}

/// Reads digits; returns how many.
std::size_t skip_digits(const std::string& w, std::size_t& at) {
  const std::size_t start = at;
  while (at < w.size() && w[at] >= '0' && w[at] <= '9') ++at;
  return at - start;
}

bool exponent_is_well_formed(const std::string& w, std::size_t& at) {
  ++at;
  if (at < w.size() && (w[at] == '+' || w[at] == '-')) ++at;
  return skip_digits(w, at) > 0;
}

bool is_json_number(const std::string& w) {
  std::size_t at = !w.empty() && w[0] == '-' ? 1 : 0;
  const std::size_t first = at;
  const std::size_t digits = skip_digits(w, at);
  if (digits == 0 || (digits > 1 && w[first] == '0')) return false;
  if (at < w.size() && w[at] == '.') {
    ++at;
    if (skip_digits(w, at) == 0) return false;
  }
  if (at < w.size() && (w[at] == 'e' || w[at] == 'E') && !exponent_is_well_formed(w, at)) return false;
  return at == w.size();
}

bool is_float_literal(const std::string& w) {
  std::size_t at = 0;
  const std::size_t before = skip_digits(w, at);
  std::size_t after = 0;
  const bool point = at < w.size() && w[at] == '.';
  if (point) {
    ++at;
    after = skip_digits(w, at);
  }
  if (before + after == 0) return false;
  const bool exponent = at < w.size() && w[at] == 'e';
  if (exponent && !exponent_is_well_formed(w, at)) return false;
  return at == w.size() && (point || exponent);
}

bool is_flip_flop_word(const std::string& w) {
  if (w.empty() || w[0] != 'w' || w.size() % 2 != 0) return false;
  char bit = '?';
  for (std::size_t i = 0; i < w.size(); i += 2) {
    if (std::string("wri").find(w[i]) == std::string::npos || (w[i + 1] != '0' && w[i + 1] != '1')) return false;
    if (w[i] == 'w') bit = w[i + 1];
    if (w[i] == 'r' && w[i + 1] != bit) return false;
  }
  return true;
}

bool is_open_reading_frame(const std::string& w) {
  if (w.size() < 6 || w.size() % 3 != 0 || w.substr(0, 3) != "ATG") return false;
  for (std::size_t i = 3; i < w.size(); i += 3) {
    const std::string codon = w.substr(i, 3);
    const bool stop = codon == "TAA" || codon == "TAG" || codon == "TGA";
    if (stop) return i + 3 == w.size();
  }
  return false;
}

std::vector<Entry> numbers_and_counters() {
  std::vector<Entry> entries{
      {"parity", text([](const std::string& w) { return count(w, '1') % 2 == 1; })},
      {"mod-3", number_of_as_modulo(3)},
      {"mod-4", number_of_as_modulo(4)},
      {"mod-5", number_of_as_modulo(5)},
      {"mod-6", number_of_as_modulo(6)},
      {"mod-7", number_of_as_modulo(7)},
      {"mod-8", number_of_as_modulo(8)},
      {"aa-star", text([](const std::string& w) { return w.size() % 2 == 0; })},
      {"aaaa-star", text([](const std::string& w) { return w.size() % 4 == 0; })},
      {"length-mod-3", text([](const std::string& w) { return w.size() % 3 == 0; })},
      {"unary-3-or-5", text([](const std::string& w) { return w.size() % 3 == 0 || w.size() % 5 == 0; })},
      {"unary-tail", text([](const std::string& w) { return w.size() >= 4 && w.size() % 3 == 1; })},
      {"coin-problem-3-5", text([](const std::string& w) {
         return std::set<std::size_t>{1, 2, 4, 7}.count(w.size()) == 0;
       })},
      {"binary-multiple-of-3", number_modulo(2, 3, 0)},
      {"binary-multiple-of-5", number_modulo(2, 5, 0)},
      {"binary-multiple-of-6", number_modulo(2, 6, 0)},
      {"binary-multiple-of-7", number_modulo(2, 7, 0)},
      {"decimal-multiple-of-7", number_modulo(10, 7, 0)},
      {"mod-97-10", number_modulo(10, 97, 1)},
      {"luhn", text(passes_luhn)},
      {"even-ab-subwords", text([](const std::string& w) { return pairs_a_before_b(w) % 2 == 0; })},
      {"ab-subwords-mod-3", text([](const std::string& w) { return pairs_a_before_b(w) % 3 == 0; })},
      {"even-pairs", text([](const std::string& w) { return (factors(w, "ab") + factors(w, "ba")) % 2 == 0; })},
      {"even-a-and-contains-b", text([](const std::string& w) { return count(w, 'a') % 2 == 0 && count(w, 'b') > 0; })},
      {"tomita-5", text([](const std::string& w) { return count(w, '0') % 2 == 0 && count(w, '1') % 2 == 0; })},
      {"tomita-6", text([](const std::string& w) { return count(w, '0') % 3 == count(w, '1') % 3; })},
  };
  for (const auto& [name, modulus] : {std::pair("arithmetic-mod-3", 3), {"arithmetic-mod-5", 5}}) {
    entries.emplace_back(name, text([m = modulus](const std::string& w) { return value_from_the_left(w, m) == 0; }));
  }
  for (const auto& [name, modulus] :
       {std::pair("arithmetic-mod-3-precedence", 3), {"arithmetic-mod-5-precedence", 5}}) {
    entries.emplace_back(name, text([m = modulus](const std::string& w) { return value_with_precedence(w, m) == 0; }));
  }
  entries.emplace_back("binary-addition", [](const Letters& word) {
    unsigned carry = 0;
    for (const std::string& column : word) {
      const unsigned sum = carry + (column[0] == '1' ? 1u : 0u) + (column[1] == '1' ? 1u : 0u);
      if (sum % 2 != (column[2] == '1' ? 1u : 0u)) return false;
      carry = sum / 2;
    }
    return carry == 0;
  });
  entries.emplace_back("binary-less-than", [](const Letters& word) {
    std::string first;
    std::string second;
    for (const std::string& column : word) {
      first += column[0];
      second += column[1];
    }
    return first < second;
  });
  return entries;
}

std::vector<Entry> factors_and_subwords() {
  return {
      {"all-words", text([](const std::string&) { return true; })},
      {"no-words", text([](const std::string&) { return false; })},
      {"empty-word", text([](const std::string& w) { return w.empty(); })},
      {"nonempty", text([](const std::string& w) { return !w.empty(); })},
      {"all-but-ab-and-ba", text([](const std::string& w) { return w != "ab" && w != "ba"; })},
      {"ab-star", text([](const std::string& w) { return is_power(w, "ab"); })},
      {"abab-star", text([](const std::string& w) { return is_power(w, "abab"); })},
      {"ab-star-neutral", text([](std::string w) {
         w.erase(std::remove(w.begin(), w.end(), 'c'), w.end());
         return is_power(w, "ab");
       })},
      {"ab-or-ba-star", text([](const std::string& w) {
         for (std::size_t i = 0; i < w.size(); i += 2) {
           if (w.substr(i, 2) != "ab" && w.substr(i, 2) != "ba") return false;
         }
         return true;
       })},
      {"a-star-b-star", text([](const std::string& w) { return factors(w, "ba") == 0; })},
      {"a-plus-to-e-plus",
       text([](const std::string& w) { return std::is_sorted(w.begin(), w.end()) && has_subword(w, "abcde"); })},
      {"ab-star-d-bc-star", text([](const std::string& w) {
         const std::size_t d = w.find('d');
         return count(w, 'd') == 1 && w.find('c') >= d && w.find('a', d) == std::string::npos;
       })},
      {"alternating", text([](const std::string& w) { return std::adjacent_find(w.begin(), w.end()) == w.end(); })},
      {"contains-aa", text([](const std::string& w) { return factors(w, "aa") > 0; })},
      {"aa-iff-bb", text([](const std::string& w) { return (factors(w, "aa") > 0) == (factors(w, "bb") > 0); })},
      {"fibonacci", text([](const std::string& w) { return factors(w, "11") == 0; })},
      {"exactly-one-a", text([](const std::string& w) { return count(w, 'a') == 1; })},
      {"exactly-one-ab", text([](const std::string& w) { return factors(w, "ab") == 1; })},
      {"at-least-two-a-at-most-two-b",
       text([](const std::string& w) { return count(w, 'a') >= 2 && count(w, 'b') <= 2; })},
      {"even-length-with-aa", text([](const std::string& w) { return w.size() % 2 == 0 && factors(w, "aa") > 0; })},
      {"even-positions-a", text([](const std::string& w) {
         for (std::size_t i = 1; i < w.size(); i += 2) {
           if (w[i] != 'a') return false;
         }
         return w.size() % 2 == 0;
       })},
      {"even-shift", text([](const std::string& w) {
         const auto pieces = split(w, '1');
         return std::all_of(pieces.begin(), pieces.end(), [&](const std::string& piece) {
           const bool outer = &piece == &pieces.front() || &piece == &pieces.back();
           return outer || piece.size() % 2 == 0;
         });
       })},
      {"idempotent-letters", text([](const std::string& w) {
         const auto found = blocks(w);
         const auto of_bs =
             std::count_if(found.begin(), found.end(), [](const std::string& block) { return block[0] == 'b'; });
         return of_bs % 2 == 0 && (w.empty() || w.back() != 'b');
       })},
      {"starts-with-ab", text([](const std::string& w) { return w.substr(0, 2) == "ab"; })},
      {"ends-with-ab", text([](const std::string& w) { return w.size() >= 2 && w.substr(w.size() - 2) == "ab"; })},
      {"starts-a-ends-b", text([](const std::string& w) { return !w.empty() && w.front() == 'a' && w.back() == 'b'; })},
      {"third-letter-a", text([](const std::string& w) { return w.size() >= 3 && w[2] == 'a'; })},
      {"third-from-end", text([](const std::string& w) { return w.size() >= 3 && w[w.size() - 3] == 'a'; })},
      {"fifth-from-end", text([](const std::string& w) { return w.size() >= 5 && w[w.size() - 5] == 'a'; })},
      {"majority-of-last-three",
       text([](const std::string& w) { return count(w.size() <= 3 ? w : w.substr(w.size() - 3), '1') >= 2; })},
      {"palindromes-up-to-5",
       text([](const std::string& w) { return w.size() <= 5 && std::equal(w.begin(), w.end(), w.rbegin()); })},
      {"subword-abc", text([](const std::string& w) { return has_subword(w, "abc"); })},
      {"subword-abcd", text([](const std::string& w) { return has_subword(w, "abcd"); })},
      {"pangram-abcd", text([](const std::string& w) { return std::set<char>(w.begin(), w.end()).size() == 4; })},
      {"da-example", text([](const std::string& w) {
         const std::size_t first = w.find_first_not_of('c');
         return first != std::string::npos && w[first] == 'a' && w[w.find_last_not_of('c')] == 'b';
       })},
      {"l-trivial-example", text([](const std::string& w) {
         const std::size_t last = w.find_last_not_of('c');
         return last != std::string::npos && w[last] == 'a' && count(w, 'b') > 0;
       })},
      {"r-trivial-example", text([](const std::string& w) {
         const std::size_t first = w.find_first_not_of('c');
         return first != std::string::npos && w[first] == 'a' && count(w, 'b') > 0;
       })},
      {"dot-depth-one-example", text([](const std::string& w) {
         const std::size_t ab = w.find("ab");
         return ab != std::string::npos && w.find("ba", ab + 2) != std::string::npos;
       })},
      {"dot-depth-two-example", text([](std::string w) {
         w.erase(std::remove(w.begin(), w.end(), 'c'), w.end());
         return factors(w, "aa") > 0;
       })},
      {"tomita-1", text([](const std::string& w) { return count(w, '0') == 0; })},
      {"tomita-2", text([](const std::string& w) { return is_power(w, "10"); })},
      {"tomita-3", text([](const std::string& w) {
         bool odd_ones = false;
         for (const std::string& block : blocks(w)) {
           if (odd_ones && block[0] == '0' && block.size() % 2 == 1) return false;
           odd_ones = odd_ones || (block[0] == '1' && block.size() % 2 == 1);
         }
         return true;
       })},
      {"tomita-4", text([](const std::string& w) { return factors(w, "000") == 0; })},
      {"tomita-7", text([](const std::string& w) {
         // 0*1*0*1*: at most four blocks, three if the first is of 1s.
         const std::size_t n = blocks(w).size();
         return n <= 3 || (n == 4 && w[0] == '0');
       })},
  };
}

std::vector<Entry> texts() {
  return {
      {"dyck-1-depth-2", balanced(2)},
      {"dyck-1-depth-3", balanced(3)},
      {"dyck-1-depth-4", balanced(4)},
      {"dyck-1-depth-12", balanced(12)},
      {"dyck-2-depth-2", balanced(2)},
      {"dyck-2-depth-3", balanced(3)},
      {"dyck-2-depth-4", balanced(4)},
      {"c-comment", text(is_comment)},
      {"string-literal", text(is_string_literal)},
      {"json-number", text(is_json_number)},
      {"float-literal", text(is_float_literal)},
      {"flip-flop-language", text(is_flip_flop_word)},
      {"open-reading-frame", text(is_open_reading_frame)},
      {"roman-numerals", text(is_roman)},
      {"combination-lock",
       text([](const std::string& w) { return w.size() >= 4 && w.substr(w.size() - 4) == "2580"; })},
      {"weekdays", text([](const std::string& w) {
         return std::set<std::string>{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}.count(w) == 1;
       })},
      {"hex-colour", text([](const std::string& w) {
         return (w.size() == 4 || w.size() == 7) && w[0] == '#' && w.find('#', 1) == std::string::npos;
       })},
      {"ipv4", text([](const std::string& w) {
         const auto pieces = split(w, '.');
         return pieces.size() == 4 && std::all_of(pieces.begin(), pieces.end(), [](const std::string& piece) {
                  return in_range(piece, 1, 0, 9) || in_range(piece, 2, 10, 99) || in_range(piece, 3, 100, 255);
                });
       })},
      {"iso-date", date([](int, int) { return 31; })},
      {"iso-date-month-lengths", date([](int, int month) { return days_of_month(month); })},
      {"iso-date-gregorian",
       date([](int year, int month) { return days_of_month(month) - (month == 2 && !is_leap(year) ? 1 : 0); })},
      {"time-of-day", text([](const std::string& w) {
         const auto pieces = split(w, ':');
         return (pieces.size() == 2 || (pieces.size() == 3 && in_range(pieces[2], 2, 0, 59))) &&
                in_range(pieces[0], 2, 0, 23) && in_range(pieces[1], 2, 0, 59);
       })},
  };
}

std::vector<Entry> machines() {
  const auto bit_is_set = [](const bool& bit) { return bit; };
  return {
      {"flip-flop", machine<bool>(
                        false,
                        [](bool& bit, const std::string& letter) {
                          if (letter != "hold") bit = letter == "w1";
                          return true;
                        },
                        bit_is_set)},
      {"jk-flip-flop", machine<bool>(
                           false,
                           [](bool& bit, const std::string& letter) {
                             bit = letter == "set" || (letter == "toggle" && !bit) || (letter == "hold" && bit);
                             return true;
                           },
                           bit_is_set)},
      {"turnstile", machine<bool>(
                        false,
                        [](bool& unlocked, const std::string& letter) {
                          unlocked = letter == "coin";
                          return true;
                        },
                        bit_is_set)},
      {"parity-since-reset", text([](const std::string& w) {
         const std::size_t reset = w.rfind('r');
         return count(reset == std::string::npos ? w : w.substr(reset), '1') % 2 == 1;
       })},
      {"cycle-navigation", machine<int>(
                               0,
                               [](int& at, const std::string& letter) {
                                 at += letter == "left" ? -1 : letter == "right" ? 1 : 0;
                                 return true;
                               },
                               [](const int& at) { return at % 5 == 0; })},
      {"elevator-4", elevator(4)},
      {"elevator-5", elevator(5)},
      {"bounded-buffer-3", machine<int>(
                               0,
                               [](int& filled, const std::string& letter) {
                                 filled += letter == "put" ? 1 : -1;
                                 return filled >= 0 && filled <= 3;
                               },
                               [](const int&) { return true; })},
      {"mutual-exclusion", machine<int>(
                               0,
                               [](int& inside, const std::string& letter) {
                                 const int process = letter.back() - '0';
                                 const bool enters = letter.rfind("enter", 0) == 0;
                                 if (inside != (enters ? 0 : process)) return false;
                                 inside = enters ? process : 0;
                                 return true;
                               },
                               [](const int& inside) { return inside == 0; })},
      {"readers-writers", machine<std::pair<int, int>>(
                              {0, 0},
                              [](std::pair<int, int>& locks, const std::string& letter) {
                                int& number = letter.rfind("read", 0) == 0 ? locks.first : locks.second;
                                number += letter.find("unlock") != std::string::npos ? -1 : 1;
                                return number >= 0 && locks.first <= 2 && locks.second <= 1 &&
                                       (locks.first == 0 || locks.second == 0);
                              },
                              [](const std::pair<int, int>& locks) { return locks == std::pair(0, 0); })},
      {"traffic-light", machine<std::string>(
                            "red",
                            [](std::string& light, const std::string& letter) {
                              static const std::map<std::string, std::string> after{
                                  {"red", "green"}, {"green", "yellow"}, {"yellow", "red"}, {"flashing", "flashing"}};
                              if (letter == "fault") light = "flashing";
                              if (letter == "repair" && light == "flashing") light = "red";
                              if (letter == "next") light = after.at(light);
                              return true;
                            },
                            [](const std::string& light) { return light == "green"; })},
      {"vending-machine", machine<int>(
                              0,
                              [](int& cents, const std::string& letter) {
                                if (letter == "nickel") cents = std::min(15, cents + 5);
                                if (letter == "dime") cents = std::min(15, cents + 10);
                                if (letter == "refund" || (letter == "press" && cents == 15)) cents = 0;
                                return true;
                              },
                              [](const int& cents) { return cents == 15; })},
      {"shell-game", point_returns({{"swap12", {1, 0, 2}}, {"swap13", {2, 1, 0}}, {"swap23", {0, 2, 1}}})},
      {"s5-points", point_returns({{"swap", {1, 0, 2, 3, 4}}, {"cycle", {1, 2, 3, 4, 0}}})},
      {"s6-points", point_returns({{"swap", {1, 0, 2, 3, 4, 5}}, {"cycle", {1, 2, 3, 4, 5, 0}}})},
      {"a5-points", point_returns({{"c3", {1, 2, 0, 3, 4}}, {"c5", {1, 2, 3, 4, 0}}})},
      {"a5-with-reset", point_returns({{"c3", {1, 2, 0, 3, 4}}, {"c5", {1, 2, 3, 4, 0}}, {"reset", {0, 0, 0, 0, 0}}})},
      {"d4-points", point_returns({{"rotate", {1, 2, 3, 0}}, {"flip", {2, 1, 0, 3}}})},
      {"psl-2-7-points", point_returns({{"p", {1, 2, 3, 4, 5, 6, 0}}, {"q", {1, 0, 5, 3, 4, 2, 6}}})},
      {"m11-points",
       point_returns({{"p", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0}}, {"q", {0, 1, 6, 9, 5, 3, 10, 2, 8, 4, 7}}})},
      {"binary-tree-3", point_returns({{"top", {4, 5, 6, 7, 0, 1, 2, 3}},
                                       {"left", {2, 3, 0, 1, 4, 5, 6, 7}},
                                       {"leaf", {1, 0, 2, 3, 4, 5, 6, 7}}})},
      {"t3", point_returns({{"swap", {1, 0, 2}}, {"cycle", {1, 2, 0}}, {"merge", {0, 0, 2}}})},
      {"t4", point_returns({{"swap", {1, 0, 2, 3}}, {"cycle", {1, 2, 3, 0}}, {"merge", {0, 0, 2, 3}}})},
      {"t5", point_returns({{"swap", {1, 0, 2, 3, 4}}, {"cycle", {1, 2, 3, 4, 0}}, {"merge", {0, 0, 2, 3, 4}}})},
      {"rook-monoid-3", point_returns({{"swap", {1, 0, 2, 3}}, {"cycle", {1, 2, 0, 3}}, {"drop", {0, 1, 3, 3}}})},
      {"lamplighter-3", lamplighter(3)},
      {"lamplighter-4", lamplighter(4)},
      {"tennis-game", wins_tennis_game},
      {"wolf-goat-cabbage", crosses_safely},
  };
}

/// All words of lengths 0, 1, … as long as they are not more than some thousands.
std::vector<Word> short_words(std::size_t letters) {
  std::size_t longest = 0;
  std::size_t total = 1;
  for (std::size_t of_length = letters; total + of_length <= 4000 && longest < 14; of_length *= letters) {
    total += of_length;
    ++longest;
  }
  return brute_force::words_up_to(longest, letters);
}

/// Words of the language of many lengths, and the same with a letter changed, left out or put in.
std::vector<Word> drawn_words(core::Random& random, const Dfa& dfa) {
  std::vector<Word> words;
  const auto letter = [&] { return core::symbol(random.below(dfa.letters())); };
  for (std::size_t length = 0; length <= 20; ++length) {
    const WordSampler sampler(dfa, length);
    for (int i = 0; i < 20 && sampler.total() > 0; ++i) {
      Word word = sampler.sample(random);
      words.push_back(word);
      const auto at = static_cast<std::ptrdiff_t>(random.below(word.size() + 1));
      Word longer = word;
      longer.insert(longer.begin() + at, letter());
      words.push_back(longer);
      if (word.empty()) continue;
      Word changed = word;
      changed[random.below(changed.size())] = letter();
      words.push_back(changed);
      word.erase(word.begin() + static_cast<std::ptrdiff_t>(random.below(word.size())));
      words.push_back(word);
    }
  }
  return words;
}

void check_meaning(core::Random& random, const Entry& entry) {
  LanguageRequest request;
  request.path_or_name = entry.first;
  const Dfa dfa = read_language(request, {}).dfa;
  std::vector<Word> words = short_words(dfa.letters());
  for (Word& word : drawn_words(random, dfa)) words.push_back(std::move(word));
  for (const Word& word : words) {
    Letters letters;
    for (const Symbol x : word) letters.push_back(dfa.alphabet().name(x));
    const bool expected = entry.second(letters);
    if (dfa.accepts(word) != expected) {
      FAIL(entry.first << " on '" << format_word(dfa.alphabet(), word) << "': by its description " << expected);
    }
  }
}

TEST_CASE("counters and numbers are what their descriptions say", "[catalogue][meaning]") {
  EIGENMATA_SEEDED(random, 1);
  for (const Entry& entry : numbers_and_counters()) check_meaning(random, entry);
}

TEST_CASE("languages of factors and subwords are what their descriptions say", "[catalogue][meaning]") {
  EIGENMATA_SEEDED(random, 2);
  for (const Entry& entry : factors_and_subwords()) check_meaning(random, entry);
}

TEST_CASE("languages of texts are what their descriptions say", "[catalogue][meaning]") {
  EIGENMATA_SEEDED(random, 3);
  for (const Entry& entry : texts()) check_meaning(random, entry);
}

TEST_CASE("machines are what their descriptions say", "[catalogue][meaning]") {
  EIGENMATA_SEEDED(random, 4);
  for (const Entry& entry : machines()) check_meaning(random, entry);
}

TEST_CASE("the end of February is right in each of ten thousand years", "[catalogue][meaning]") {
  LanguageRequest request;
  request.path_or_name = "iso-date-gregorian";
  const Dfa dfa = read_language(request, {}).dfa;
  const auto two = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
  for (int year = 0; year < 10'000; ++year) {
    const State after_year =
        dfa.run(dfa.initial(), parse_word(dfa.alphabet(), two(year / 100) + two(year % 100), {"year"}));
    for (int day = 28; day < 31; ++day) {
      const Word rest = parse_word(dfa.alphabet(), "-02-" + two(day), {"rest"});
      const bool expected = day == 28 || (day == 29 && is_leap(year));
      if (dfa.is_accepting(dfa.run(after_year, rest)) != expected) FAIL(year << "-02-" << day);
    }
  }
}

TEST_CASE("the 3999 Roman numerals are all the words of their language", "[catalogue][meaning]") {
  LanguageRequest request;
  request.path_or_name = "roman-numerals";
  const Dfa dfa = read_language(request, {}).dfa;
  WordCount words = 0;
  for (std::size_t length = 0; length <= 30; ++length) words += count_words(dfa, length);
  CHECK(words == 3999);
  for (int value = 1; value < 4000; ++value) {
    if (!dfa.accepts(parse_word(dfa.alphabet(), roman(value), {"numeral"}))) FAIL(roman(value));
  }
}

}  // namespace
}  // namespace eigenmata::automata
