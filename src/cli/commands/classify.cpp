// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <functional>
#include <map>
#include <optional>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/algebra/composition_factors.hpp"
#include "eigenmata/algebra/finiteness.hpp"
#include "eigenmata/algebra/frattini.hpp"
#include "eigenmata/algebra/group_series.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/structure_name.hpp"
#include "eigenmata/algebra/varieties.hpp"
#include "eigenmata/automata/minimise.hpp"

namespace eigenmata::cli {
namespace {

/// A property of the language, with a witness if it fails.
struct Property {
  const char* name;
  core::Answer answer;
  std::string reason;                          ///< why the answer is no or unknown, in words
  std::optional<algebra::LawWitness> witness;  ///< if it is a law that fails
};

/// A maximal subgroup of the monoid: one for each regular D-class in which it is not trivial. Beyond the order, what is
/// not known because a limit was reached is not there.
struct Subgroup {
  std::size_t order = 0;
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> composition_factors;
  std::optional<bool> solvable;
  std::optional<std::size_t> derived_length;   ///< nothing if it is not solvable, or not known
  std::optional<std::size_t> frattini_length;  ///< nothing if it is not known
};

std::string shown_name(const Subgroup& group) { return group.name.value_or("of order " + std::to_string(group.order)); }

core::Limits most_of(core::Limits limits);

/// Everything that classification finds out. Does not move: parts refer to others.
struct Classification {
  Classification(const Request& request)
      : language(read_language(request, operands(request, 1, 1, "a language")[0])),
        minimal(automata::minimised(language.dfa, request.limits)),
        monoid(algebra::letter_maps(minimal), most_of(request.limits)),
        semigroup(minimal, monoid, request.limits),
        aperiodic(algebra::is_aperiodic(minimal, monoid, request.limits)) {
    find_periods(request.limits);
    find_subgroups(request.limits);
    find_properties();
  }
  Classification(const Classification&) = delete;
  Classification& operator=(const Classification&) = delete;

  automata::Language language;
  automata::Dfa minimal;
  algebra::TransitionMonoid monoid;
  algebra::SyntacticSemigroup semigroup;
  core::Verdict<core::NoEvidence, algebra::PeriodWitness> aperiodic;
  std::optional<std::vector<std::uint64_t>> periods;  ///< of the elements found, if there was time to look at them
  std::vector<Subgroup> subgroups;                    ///< if the semigroup is known
  std::string subgroups_stopped_by;  ///< the limit, if one kept something from being known of the subgroups
  std::vector<Property> properties;

  /// Is everything known that a limit could have kept from being known?
  [[nodiscard]] bool is_whole() const { return semigroup.is_known() && subgroups_stopped_by.empty(); }

 private:
  void find_periods(const core::Limits& limits);
  void find_subgroups(const core::Limits& limits);
  void find_properties();
  void add(const char* name, const algebra::LawVerdict& verdict);
  [[nodiscard]] std::string in_words(const algebra::LawWitness& witness) const;
  [[nodiscard]] Property of_all_subgroups(const char* name,
                                          const std::function<std::optional<bool>(const Subgroup&)>& holds) const;
};

/// The limits for the enumeration of a monoid: so much of the time that what was found can be looked at.
core::Limits most_of(core::Limits limits) {
  if (limits.deadline) {
    const auto now = core::Limits::Clock::now();
    limits.deadline = now + (*limits.deadline - now) * 3 / 4;
  }
  return limits;
}

/// Adds what is found of the group. Groups that are too large for a question leave it open; the other limits are thrown
/// on as `core::LimitReached`, with what was found before in its place.
void describe(Subgroup& found, const algebra::PermutationGroup& group, const core::Limits& limits) {
  const auto attempt = [](const auto& find) {
    try {
      find();
    } catch (const core::LimitReached& limit) {
      if (limit.kind() != core::LimitReached::Kind::kSize) throw;
    }
  };
  attempt([&] {
    found.derived_length = algebra::derived_length(group, limits);
    found.solvable = found.derived_length.has_value();
  });
  attempt([&] { found.name = algebra::structure_name(group, limits); });
  attempt([&] { found.frattini_length = algebra::frattini_length(group, limits); });
  attempt([&] {
    std::vector<std::string> names;
    for (const auto& factor : algebra::composition_factors(group, limits)) names.push_back(factor.name);
    found.composition_factors = std::move(names);
  });
}

void Classification::find_periods(const core::Limits& limits) {
  try {
    periods = monoid.periods(limits);
  } catch (const core::LimitReached&) {  // the answers about periods say why
  }
}

void Classification::find_subgroups(const core::Limits& limits) {
  if (!semigroup.is_known()) return;
  const algebra::GreenRelations& green = semigroup.green();
  std::vector<std::size_t> classes;
  for (std::size_t d = 0; d < green.d_classes(); ++d) {
    const algebra::DClass& d_class = green.d_class(d);
    if (!d_class.is_regular() || d_class.h_size == 1) continue;
    classes.push_back(d);
    subgroups.emplace_back().order = d_class.h_size;
  }
  try {
    for (std::size_t i = 0; i < classes.size(); ++i) {
      limits.poll();
      const algebra::MaximalSubgroup subgroup = green.maximal_subgroup(green.idempotents_of(classes[i]).front());
      const algebra::PermutationGroup group(subgroup.points.size(), subgroup.generators, limits);
      describe(subgroups[i], group, limits);
    }
  } catch (const core::LimitReached& limit) {
    subgroups_stopped_by = limit.what();
  }
}

std::string Classification::in_words(const algebra::LawWitness& witness) const {
  std::string text = "the law " + witness.law + " fails for";
  for (std::size_t i = 0; i < witness.words.size(); ++i) {
    text += (i == 0 ? " " : ", ") + std::string(1, witness.words[i].first) + " = " +
            shown(minimal.alphabet(), witness.words[i].second);
  }
  return text;
}

void Classification::add(const char* name, const algebra::LawVerdict& verdict) {
  Property property{name, verdict.answer(), "", std::nullopt};
  if (verdict.is_no()) {
    property.witness = verdict.witness();
    property.reason = in_words(verdict.witness());
  } else if (!verdict.is_yes()) {
    property.reason = verdict.reason();
  }
  properties.push_back(std::move(property));
}

Property Classification::of_all_subgroups(const char* name,
                                          const std::function<std::optional<bool>(const Subgroup&)>& holds) const {
  if (!semigroup.is_known()) return {name, core::Answer::kUnknown, semigroup.why_unknown(), std::nullopt};
  Property property{name, core::Answer::kYes, "", std::nullopt};
  for (const Subgroup& subgroup : subgroups) {
    const std::optional<bool> answer = holds(subgroup);
    if (answer == true) continue;
    property.answer = answer ? core::Answer::kNo : core::Answer::kUnknown;
    property.reason = answer || subgroups_stopped_by.empty() ? "the subgroup " + shown_name(subgroup) + " of the monoid"
                                                             : subgroups_stopped_by;
    if (answer) break;
  }
  return property;
}

void Classification::find_properties() {
  const core::Alphabet& alphabet = minimal.alphabet();
  const auto word = [&](const core::Word& w) { return shown(alphabet, w); };
  const auto from = [this](const char* name, const auto& verdict, const auto& in_words_of) {
    Property property{name, verdict.answer(), "", std::nullopt};
    if (verdict.is_no()) property.reason = in_words_of(verdict.witness());
    if (verdict.answer() == core::Answer::kUnknown) property.reason = verdict.reason();
    properties.push_back(std::move(property));
  };
  const auto pumped = [&](const algebra::PumpWitness& w) {
    return "u x^k v for all k, u = " + word(w.prefix) + ", x = " + word(w.repeat) + ", v = " + word(w.suffix);
  };
  from("aperiodic", aperiodic, [&](const algebra::PeriodWitness& w) {
    return fmt::format("u x^k v in the language has period {} in k, for u = {}, x = {}, v = {}", w.period,
                       word(w.prefix), word(w.repeat), word(w.suffix));
  });
  from("group", algebra::is_group(minimal),
       [&](core::Symbol x) { return "letter " + alphabet.name(x) + " does not permute the states"; });
  properties.push_back(of_all_subgroups("solvable", [](const Subgroup& g) { return g.solvable; }));
  properties.push_back(of_all_subgroups(
      "two_group", [](const Subgroup& g) { return std::optional<bool>((g.order & (g.order - 1)) == 0); }));
  from("commutative", algebra::is_commutative(minimal), [&](const std::pair<core::Symbol, core::Symbol>& letters) {
    const std::string blank = alphabet.single_characters() ? "" : " ";
    return fmt::format("{0}{2}{1} and {1}{2}{0} act differently", alphabet.name(letters.first),
                       alphabet.name(letters.second), blank);
  });
  add("nilpotent", algebra::is_nilpotent(semigroup));
  add("block_group", algebra::is_block_group(semigroup));
  const algebra::LawVerdict j_trivial = algebra::is_j_trivial(semigroup);
  add("j_trivial", j_trivial);
  add("r_trivial", algebra::is_r_trivial(semigroup));
  add("l_trivial", algebra::is_l_trivial(semigroup));
  add("da", algebra::is_da(semigroup));
  from("trivial", algebra::is_trivial(minimal), [&](const std::pair<core::Word, core::Word>& words) {
    return word(words.first) + " is accepted, " + word(words.second) + " is not";
  });
  from("finite", algebra::is_finite(minimal), [&](const auto& w) { return "accepts " + pumped(w); });
  from("cofinite", algebra::is_cofinite(minimal), [&](const auto& w) { return "rejects " + pumped(w); });
  add("definite", algebra::is_definite(semigroup));
  add("reverse_definite", algebra::is_reverse_definite(semigroup));
  add("generalized_definite", algebra::is_generalized_definite(semigroup));
  add("locally_testable", algebra::is_locally_testable(semigroup));
  add("locally_threshold_testable", algebra::is_locally_threshold_testable(semigroup));
  add("piecewise_testable", j_trivial);
  add("quasi_aperiodic", algebra::is_quasi_aperiodic(semigroup));
}

void write_subgroups(core::JsonWriter& json, const Classification& c) {
  if (!c.semigroup.is_known()) {
    json.null();
    return;
  }
  json.begin_array();
  for (const Subgroup& group : c.subgroups) {
    json.begin_object().key("order").integer(group.order).key("name");
    group.name ? json.string(*group.name) : json.null();
    json.key("solvable");
    group.solvable ? json.boolean(*group.solvable) : json.null();
    json.key("composition_factors");
    group.composition_factors ? json.strings(*group.composition_factors) : json.null();
    json.key("derived_length");
    group.derived_length ? json.integer(*group.derived_length) : json.null();
    json.key("frattini_length");
    group.frattini_length ? json.integer(*group.frattini_length) : json.null();
    json.end_object();
  }
  json.end_array();
}

void write_witnesses(core::JsonWriter& json, const Classification& c) {
  const core::Alphabet& alphabet = c.minimal.alphabet();
  json.begin_object(core::JsonWriter::Layout::kLines);
  for (const Property& property : c.properties) {
    if (property.answer == core::Answer::kYes) continue;
    json.key(property.name).begin_object().key("reason").string(property.reason);
    if (property.witness) {
      json.key("law").string(property.witness->law).key("words").begin_object();
      for (const auto& [variable, word] : property.witness->words) {
        json.key(std::string(1, variable));
        write_word(json, alphabet, word);
      }
      json.end_object().key("left");
      write_word(json, alphabet, property.witness->left);
      json.key("right");
      write_word(json, alphabet, property.witness->right);
      json.key("prefix");
      write_word(json, alphabet, property.witness->prefix);
      json.key("suffix");
      write_word(json, alphabet, property.witness->suffix);
    }
    json.end_object();
  }
  json.end_object();
}

std::string as_json(const Classification& c) {
  using Layout = core::JsonWriter::Layout;
  core::JsonWriter json;
  json.begin_object();
  json.key("name").string(c.language.name).key("states").integer(c.minimal.states());
  json.key("alphabet").strings(c.minimal.alphabet().names());
  json.key("monoid").begin_object();
  json.key("complete").boolean(c.monoid.is_complete());
  if (c.monoid.is_complete()) {
    json.key("size").integer(c.monoid.size()).key("idempotents").integer(c.monoid.count_idempotents());
  } else {
    json.key("size").null().key("idempotents").null();
    json.key("size_at_least").integer(c.monoid.size()).key("stopped_by").string(c.monoid.stopped_by());
  }
  for (const char* key : {"d_classes", "l_classes", "r_classes"}) {
    json.key(key);
    if (!c.semigroup.is_known()) {
      json.null();
      continue;
    }
    const algebra::GreenRelations& green = c.semigroup.green();
    json.integer(key[0] == 'd' ? green.d_classes() : key[0] == 'l' ? green.l_classes() : green.r_classes());
  }
  json.key("maximal_subgroups");
  write_subgroups(json, c);
  json.end_object();
  json.key("periods");
  c.periods ? json.integers(*c.periods) : json.null();
  json.key("period_witness");
  if (c.aperiodic.is_no()) {
    const auto& w = c.aperiodic.witness();
    json.begin_object();
    json.key("prefix");
    write_word(json, c.minimal.alphabet(), w.prefix);
    json.key("repeat");
    write_word(json, c.minimal.alphabet(), w.repeat);
    json.key("suffix");
    write_word(json, c.minimal.alphabet(), w.suffix);
    json.key("period").integer(w.period).end_object();
  } else {
    json.null();
  }
  json.key("properties").begin_object(Layout::kLines);
  for (const Property& property : c.properties) json.key(property.name).string(to_string(property.answer));
  json.end_object();
  json.key("witnesses");
  write_witnesses(json, c);
  json.end_object();
  return json.take();
}

/// Names in lines of about a hundred columns, the later ones indented.
std::string wrapped(const std::vector<std::string>& names) {
  std::string text;
  std::size_t column = 0;
  for (const std::string& name : names) {
    if (!text.empty()) text += column + name.size() > 78 ? ",\n" + std::string(21, ' ') : ", ";
    if (column + name.size() > 78) column = 0;
    text += name;
    column += name.size() + 2;
  }
  return text;
}

std::string shown_subgroups(const Classification& c) {
  std::map<std::string, std::size_t> counts;
  std::vector<std::string> order;
  for (const Subgroup& group : c.subgroups) {
    if (++counts[shown_name(group)] == 1) order.push_back(shown_name(group));
  }
  std::vector<std::string> shown;
  for (const std::string& name : order)
    shown.push_back(name + (counts[name] > 1 ? " (in " + std::to_string(counts[name]) + " D-classes)" : ""));
  return shown.empty() ? "all trivial" : wrapped(shown);
}

std::string as_text(const Classification& c, bool explain) {
  const core::Alphabet& alphabet = c.minimal.alphabet();
  std::string out = c.language.name + "\n";
  const auto row = [&out](std::string_view name, std::string_view text) {
    out += fmt::format("  {:<18} {}\n", name, text);
  };
  if (!c.language.description.empty()) out += fmt::format("  {}  {}\n", c.language.description, c.language.source);
  row("states", fmt::format("{} (minimal, complete)", c.minimal.states()));
  row("alphabet", counted(alphabet.size(), "letter") + " " + to_string(alphabet));
  if (c.monoid.is_complete()) {
    row("syntactic monoid",
        counted(c.monoid.size(), "element") + ", " + counted(c.monoid.count_idempotents(), "idempotent"));
  } else {
    row("syntactic monoid", "more than " + counted(c.monoid.size(), "element") + ": " + c.monoid.stopped_by());
  }
  if (c.semigroup.is_known()) {
    const algebra::GreenRelations& green = c.semigroup.green();
    row("Green's relations",
        fmt::format("D {} ({} regular), L {}, R {}, H {} classes", green.d_classes(), green.regular_d_classes(),
                    green.l_classes(), green.r_classes(), green.h_classes()));
    row("maximal subgroups", shown_subgroups(c));
  }
  if (c.periods) {
    std::string periods;
    for (const std::uint64_t p : *c.periods) periods += (periods.empty() ? "" : " ") + std::to_string(p);
    row("periods", periods + (c.monoid.is_complete() ? "" : " …"));
  }
  for (const auto& [answer, name] : {std::pair(core::Answer::kYes, "is"), std::pair(core::Answer::kNo, "is not"),
                                     std::pair(core::Answer::kUnknown, "not known to be")}) {
    std::vector<std::string> names;
    for (const Property& property : c.properties) {
      if (property.answer == answer) names.emplace_back(property.name);
    }
    if (names.empty()) continue;
    if (!explain || answer == core::Answer::kYes) {
      row(name, wrapped(names));
      continue;
    }
    out += fmt::format("  {}\n", name);
    for (const Property& property : c.properties) {
      if (property.answer == answer) out += fmt::format("    {:<26} {}\n", property.name, property.reason);
    }
  }
  if (c.aperiodic.is_no() && !explain) row("not star-free", c.properties[0].reason);
  return out;
}

}  // namespace

Result run_classify(const Request& request) {
  const Classification c(request);
  // Stopped before the end, the size is not known, and perhaps not the answer to some properties.
  return {c.is_whole() ? Exit::kYes : Exit::kUnknown, request.json ? as_json(c) : as_text(c, request.explain)};
}

}  // namespace eigenmata::cli
