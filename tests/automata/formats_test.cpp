// SPDX-License-Identifier: Apache-2.0
//
// What holds for all formats; tests of the single ones are in formats_<name>_test.cpp.
#include "eigenmata/automata/formats.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <set>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/core/error.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

Dfa read_as(Format format, const std::string& text, const std::optional<Alphabet>& alphabet = std::nullopt) {
  const core::Input input{"f", text};
  switch (format) {
    case Format::kAtt:
      return determinised(read_att(input, alphabet, std::nullopt), {});
    case Format::kDot:
      return determinised(read_dot(input, alphabet), {});
    case Format::kJff:
      return determinised(read_jff(input, alphabet), {});
    case Format::kGap:
      return read_gap(input, alphabet);
    case Format::kJson:
      break;
  }
  return read_json_language(input, {}).dfa;
}

/// Compares languages, letter by letter of the same name.
void check_same_language(const Dfa& expected, const Dfa& read) {
  CHECK(std::set<std::string>(read.alphabet().names().begin(), read.alphabet().names().end()) ==
        std::set<std::string>(expected.alphabet().names().begin(), expected.alphabet().names().end()));
  CHECK(minimised(over_alphabet(read, expected.alphabet())) == minimised(expected));
}

void check_round_trip(const Dfa& dfa, Format format) {
  const std::string text = write(dfa, format);
  CAPTURE(to_string(format), text);
  check_same_language(dfa, read_as(format, text));
  if (format != Format::kJson) CHECK(read_as(format, text, dfa.alphabet()).alphabet() == dfa.alphabet());
  if (format == Format::kJson || format == Format::kGap) CHECK(read_as(format, text) == dfa);
}

Dfa with_letters(const Dfa& dfa, std::vector<std::string> names) {
  return {Alphabet(std::move(names)), dfa.initial(), dfa.accepting(), dfa.table()};
}

TEST_CASE("formats have names, and paths end in them", "[formats]") {
  CHECK(all_formats().size() == 5);
  for (const Format format : all_formats()) {
    const std::string name(to_string(format));
    CHECK(format_named(name) == format);
    CHECK(format_of_path("some.folder/file." + name) == format);
    CHECK(format_of_path("file.other." + name) == format);
  }
  CHECK_FALSE(format_named("fst"));
  CHECK_FALSE(format_named(""));
  CHECK_FALSE(format_of_path("json"));
  CHECK_FALSE(format_of_path("file."));
  CHECK_FALSE(format_of_path("file.json/other"));
  CHECK_FALSE(format_of_path(""));
}

TEST_CASE("random automata survive every format", "[formats]") {
  EIGENMATA_SEEDED(random, 1);
  for (int i = 0; i < 300; ++i) {
    const Dfa dfa = testing::random_dfa(random, random.below(8) + 1, random.below(4) + 1);
    for (const Format format : all_formats()) check_round_trip(dfa, format);
  }
}

TEST_CASE("letters with a meaning in a format survive it, or are refused by its writer", "[formats]") {
  const std::vector<std::string> nasty{
      "\"",      "\\",        "<",        ">",      "&",  "'",       "#",    ";",  "[",     "]",
      "{",       "}",         "=",        ":=",     "->", "--",      "//",   "/*", "*/",    "<a>",
      "&amp;",   "\\n",       "é",        "😀",      "0",  "1",       "-1",   "0.", "<eps>", "initial",
      "letters", "accepting", "__start0", "\u00A0", "ε",  ",",       "a,b",  " ",  "node",  "]]>",
      "<!--",    "\\\\",      "\\\"",     "\\l",    "%",  "digraph", "null", "(",  ")",     "Transformation(",
      "|",       "~",         "label"};
  // What the page and the headers say cannot be written.
  const auto refused = [](Format format, const std::string& name) {
    switch (format) {
      case Format::kAtt:
        return name == " " || name == "<eps>";
      case Format::kDot:
        return name == "ε" || name == "<eps>" || (name != "," && name.find(',') != std::string::npos);
      case Format::kJff:
      case Format::kGap:
        return name == " ";
      case Format::kJson:
        break;
    }
    return false;
  };
  EIGENMATA_SEEDED(random, 2);
  for (int i = 0; i < 600; ++i) {
    std::set<std::string> names;
    const std::size_t size = random.below(4) + 1;
    while (names.size() < size) names.insert(i < 51 && names.empty() ? nasty[i] : nasty[random.below(nasty.size())]);
    std::vector<std::string> letters(names.begin(), names.end());
    for (std::size_t j = letters.size(); j > 1; --j) std::swap(letters[j - 1], letters[random.below(j)]);
    const Dfa dfa = with_letters(testing::random_dfa(random, random.below(4) + 1, size), letters);
    CAPTURE(to_string(dfa.alphabet()));
    for (const Format format : all_formats()) {
      const bool impossible =
          std::any_of(names.begin(), names.end(), [&](const auto& name) { return refused(format, name); });
      if (impossible) {
        CHECK_THROWS_WITH(write(dfa, format), Catch::Contains("JSON takes any letter"));
      } else {
        check_round_trip(dfa, format);
      }
    }
  }
}

TEST_CASE("every language of the catalogue survives every format", "[formats][catalogue]") {
  for (const std::string& name : catalogue_names()) {
    CAPTURE(name);
    LanguageRequest request;
    request.path_or_name = name;
    const Dfa dfa = read_language(request, {}).dfa;
    if (dfa.states() * dfa.letters() > 5000) continue;  // those take long, and differ in size only
    for (const Format format : all_formats()) {
      std::string text;
      try {
        text = write(dfa, format);
      } catch (const core::Error&) {
        CHECK(format != Format::kJson);
        continue;
      }
      check_same_language(dfa, read_as(format, text));
    }
  }
}

// Writers of non-deterministic automata, for the readers only.

std::string as_att(const Nfa& nfa) {
  // The first line's source is the only initial state: a fresh one with ε-moves to all of them.
  std::string text;
  const std::size_t start = nfa.states();
  for (const State q : nfa.initial()) text += std::to_string(start) + " " + std::to_string(index(q)) + " <eps>\n";
  for (std::size_t q = 0; q < nfa.states(); ++q) {
    for (const auto& [x, to] : nfa.edges(state(q))) {
      text += std::to_string(q) + "\t" + std::to_string(index(to)) + "\t" + nfa.alphabet().name(x) + "\n";
    }
    for (const State to : nfa.epsilons(state(q)))
      text += std::to_string(q) + " " + std::to_string(index(to)) + " <eps>\n";
    if (nfa.is_accepting(state(q))) text += std::to_string(q) + "\n";
  }
  return text;
}

std::string as_dot(const Nfa& nfa) {
  std::string text = "digraph { node [shape=circle];\n";
  for (std::size_t q = 0; q < nfa.states(); ++q) {
    text += "  q" + std::to_string(q) + (nfa.is_accepting(state(q)) ? " [shape=doublecircle]\n" : "\n");
  }
  const char* const epsilons[] = {"", " [label=\"\"]", " [label=\"ε\"]", " [label=\"<eps>\"]"};
  for (std::size_t q = 0; q < nfa.states(); ++q) {
    const std::string from = "  q" + std::to_string(q) + " -> q";
    for (const auto& [x, to] : nfa.edges(state(q))) {
      text += from + std::to_string(index(to)) + " [label=" + nfa.alphabet().name(x) + "]\n";
    }
    for (const State to : nfa.epsilons(state(q)))
      text += from + std::to_string(index(to)) + epsilons[index(to) % 4] + "\n";
  }
  for (std::size_t i = 0; i < nfa.initial().size(); ++i) {
    text += "__start" + std::to_string(i) + " -> q" + std::to_string(index(nfa.initial()[i])) + ";\n";
  }
  return text + "}\n";
}

std::string as_jff(const Nfa& nfa) {
  std::string text = "<structure><type>fa</type><automaton>";
  for (std::size_t q = 0; q < nfa.states(); ++q) {
    text += "<state id='" + std::to_string(q) + "'>";
    for (const State i : nfa.initial()) text += i == state(q) ? "<initial/>" : "";
    text += nfa.is_accepting(state(q)) ? "<final/></state>" : "</state>";
  }
  const auto add = [&](std::size_t from, State to, const std::string& read) {
    text += "<transition><from>" + std::to_string(from) + "</from><to>" + std::to_string(index(to)) + "</to>" + read +
            "</transition>";
  };
  for (std::size_t q = 0; q < nfa.states(); ++q) {
    for (const auto& [x, to] : nfa.edges(state(q))) add(q, to, "<read>" + nfa.alphabet().name(x) + "</read>");
    for (const State to : nfa.epsilons(state(q))) add(q, to, index(to) % 2 == 0 ? "<read/>" : "<read></read>");
  }
  return text + "</automaton></structure>";
}

std::string as_json(const Nfa& nfa) {
  std::string text = R"({"format": "eigenmata-language", "version": 1, "nondeterministic": true, "alphabet": [)";
  const auto join = [&text](auto begin, auto end, auto show) {
    for (auto at = begin; at != end; ++at) text += (at == begin ? "" : ", ") + show(*at);
  };
  join(nfa.alphabet().names().begin(), nfa.alphabet().names().end(),
       [](const std::string& name) { return "\"" + name + "\""; });
  text += "], \"states\": " + std::to_string(nfa.states()) + ", \"initial\": [";
  const std::set<State> initial(nfa.initial().begin(), nfa.initial().end());
  join(initial.begin(), initial.end(), [](State q) { return std::to_string(index(q)); });
  text += "], \"accepting\": [";
  std::vector<std::size_t> accepting;
  std::vector<std::string> transitions;
  for (std::size_t q = 0; q < nfa.states(); ++q) {
    if (nfa.is_accepting(state(q))) accepting.push_back(q);
    const std::string from = "[" + std::to_string(q) + ", ";
    for (const auto& [x, to] : nfa.edges(state(q))) {
      transitions.push_back(from + "\"" + nfa.alphabet().name(x) + "\", " + std::to_string(index(to)) + "]");
    }
    for (const State to : nfa.epsilons(state(q)))
      transitions.push_back(from + "null, " + std::to_string(index(to)) + "]");
  }
  join(accepting.begin(), accepting.end(), [](std::size_t q) { return std::to_string(q); });
  text += "], \"transitions\": [";
  join(transitions.begin(), transitions.end(), [](const std::string& t) { return t; });
  return text + "]}";
}

TEST_CASE("non-deterministic automata with ε-moves are read as they stand", "[formats]") {
  EIGENMATA_SEEDED(random, 3);
  const std::vector<Word> words = brute_force::words_up_to(5, 2);
  for (int i = 0; i < 200; ++i) {
    const Nfa nfa = brute_force::random_nfa(random, random.below(6) + 1, 2);
    for (const auto& [format, text] : {std::pair(Format::kAtt, as_att(nfa)),
                                       {Format::kDot, as_dot(nfa)},
                                       {Format::kJff, as_jff(nfa)},
                                       {Format::kJson, as_json(nfa)}}) {
      const Dfa dfa = read_as(format, text, nfa.alphabet());
      for (const Word& word : words) {
        if (dfa.accepts(word) == brute_force::accepts(nfa, word)) continue;
        FAIL(to_string(format) << " on '" << format_word(nfa.alphabet(), word) << "' of\n" << text);
      }
    }
  }
}

TEST_CASE("letters outside a given alphabet are refused by every reader", "[formats]") {
  EIGENMATA_SEEDED(random, 4);
  const Dfa dfa = testing::random_dfa(random, 3, 3);
  for (const Format format : {Format::kAtt, Format::kDot, Format::kJff, Format::kGap}) {
    CAPTURE(to_string(format));
    CHECK_THROWS_WITH(read_as(format, write(dfa, format), Alphabet({"a", "c"})),
                      Catch::Contains("'b' is not a letter; the letters are {a, c}"));
    check_same_language(over_alphabet(dfa, Alphabet({"c", "x", "a", "b"})),
                        read_as(format, write(dfa, format), Alphabet({"c", "x", "a", "b"})));
  }
}

TEST_CASE("no text crashes a reader", "[formats]") {
  EIGENMATA_SEEDED(random, 5);
  const Dfa dfa = testing::random_dfa(random, 4, 2);
  std::size_t refused = 0;
  for (int i = 0; i < 8000; ++i) {
    const Format format = all_formats()[random.below(5)];
    std::string text = write(dfa, format);
    for (std::size_t changes = random.below(4) + 1; changes > 0; --changes) {
      const std::size_t at = random.below(text.size());
      switch (random.below(4)) {
        case 0:
          text.erase(at, random.below(10) + 1);
          break;
        case 1:
          text.insert(at, text.substr(random.below(text.size()), random.below(20)));
          break;
        case 2:
          text[at] = "0129 \n\t\"<>[]{},;:=#-ab\xFF"[random.below(24)];
          break;
        default:
          text.resize(at + 1);
      }
      if (text.empty()) break;
    }
    if (text.size() > 100'000) continue;
    try {
      (void)read_as(format, text);
    } catch (const core::Error& error) {
      ++refused;
      CHECK(error.place().source.rfind('f', 0) == 0);
    } catch (const core::LimitReached&) {
    }
  }
  CHECK(refused > 1000);
}

}  // namespace
}  // namespace eigenmata::automata
