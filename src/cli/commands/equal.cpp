// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/equivalence.hpp"

#include <fmt/format.h>

#include "../common.hpp"
#include "../request.hpp"

namespace eigenmata::cli {

Result run_equal(const Request& request) {
  const auto named = operands(request, 2, 2, "two languages");
  const automata::Language first = read_language(request, named[0]);
  const automata::Language second = read_language(request, named[1]);
  // Compared as sets of words: a letter that one of them lacks is in none of its words.
  const core::Alphabet all = core::united(first.dfa.alphabet(), second.dfa.alphabet());
  const automata::Dfa a = over_alphabet(first.dfa, all);
  const automata::Dfa b = over_alphabet(second.dfa, all);
  const auto verdict = automata::equal(a, b, request.limits);
  const Exit exit = verdict.is_yes() ? Exit::kYes : Exit::kNo;
  if (request.json) {
    core::JsonWriter json;
    json.begin_object().key("verdict").string(to_string(verdict.answer())).key("counterexample");
    if (verdict.is_no()) {
      write_word(json, all, verdict.witness());
      json.key("in_first").boolean(a.accepts(verdict.witness())).key("in_second").boolean(b.accepts(verdict.witness()));
    } else {
      json.null();
    }
    json.end_object();
    return {exit, json.take()};
  }
  if (verdict.is_yes()) return {exit, fmt::format("yes: {} and {} are the same language\n", first.name, second.name)};
  const bool in_first = a.accepts(verdict.witness());
  return {exit,
          fmt::format("no: a shortest difference is {}\n  it is in {}, not in {}\n", shown(all, verdict.witness()),
                      in_first ? first.name : second.name, in_first ? second.name : first.name)};
}

}  // namespace eigenmata::cli
