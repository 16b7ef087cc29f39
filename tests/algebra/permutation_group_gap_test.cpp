// SPDX-License-Identifier: Apache-2.0
//
// GAP as the oracle: one process computes for many random groups everything that this module computes.
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "algebra/permutation_groups.hpp"
#include "eigenmata/algebra/character_table.hpp"
#include "eigenmata/algebra/composition_factors.hpp"
#include "eigenmata/algebra/frattini.hpp"
#include "eigenmata/algebra/group_series.hpp"
#include "eigenmata/algebra/listed_group.hpp"
#include "eigenmata/algebra/structure_name.hpp"
#include "support/scratch_folder.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

/// Prints one line a group of the list `groups`.
constexpr const char* kScript = R"(
SetPrintFormattingStatus("*stdout*", false);
joined := l -> JoinStringsWithSeparator(List(l, String), ",");
describe := function(g)
  local s;
  Print(Size(g), "|");
  if IsSolvableGroup(g) then Print(DerivedLength(g)); else Print("none"); fi;
  Print("|");
  if IsTrivial(g) then Print(0);  # GAP itself says 1
  elif IsNilpotentGroup(g) then Print(NilpotencyClassOfGroup(g)); else Print("none"); fi;
  s := CompositionSeries(g);
  Print("|", joined(SortedList(List([1 .. Length(s) - 1], i -> Size(s[i]) / Size(s[i + 1])))));
  Print("|", joined(AbelianInvariants(g)));
  if Size(g) <= 2000 then
    Print("|", Size(FrattiniSubgroup(g)), "|", Size(Centre(g)), "|", Exponent(g), "|", NrConjugacyClasses(g));
    Print("|", joined(SortedList(List(MinimalNormalSubgroups(g), Size))));
    Print("|", Filtered(StructureDescription(g), c -> c <> ' '), "\n");
  else
    Print("||||||\n");
  fi;
end;
Perform(groups, describe);
)";

std::string in_gap(const PermutationGroup& g) {
  std::string text = "Group([()";
  for (const Transformation& x : g.generators()) {
    text += ",PermList([";
    for (Point p = 0; p < g.degree(); ++p) text += (p > 0 ? "," : "") + std::to_string(x.image_of(p) + 1);
    text += "])";
  }
  return text + "])";
}

template <class Value>
std::string with_commas(const std::vector<Value>& values) {
  std::ostringstream text;
  for (std::size_t i = 0; i < values.size(); ++i) text << (i > 0 ? "," : "") << values[i];
  return text.str();
}

std::string or_none(const std::optional<std::size_t>& value) { return value ? std::to_string(*value) : "none"; }

/// The invariants of g/g′ as GAP lists them: prime powers, sorted.
std::string prime_power_invariants(const PermutationGroup& g) {
  const auto quotient_group = quotient(g, derived_subgroup(g)).group;
  std::vector<exact::Integer> powers;
  for (exact::Integer n : abelian_invariants(quotient_group)) {
    for (exact::Integer p = 2; n > 1; ++p) {
      exact::Integer power = 1;
      for (; n % p == 0; n /= p) power *= p;
      if (power > 1) powers.push_back(power);
    }
  }
  std::sort(powers.begin(), powers.end());
  return with_commas(powers);
}

std::vector<std::string> split(const std::string& line, char at) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// The direct factors of a name, sorted: GAP leaves their order open.
std::vector<std::string> factors_of(const std::string& name) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : name) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == 'x' && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

/// The lines that GAP prints for a script; nothing, with a warning, if there is no GAP.
std::vector<std::string> lines_of_gap(const std::string& script) {
  if (std::system("command -v gap > /dev/null 2>&1") != 0) {
    WARN("skipped: there is no gap on the path");
    return {};
  }
  const eigenmata::testing::ScratchFolder folder;
  const std::string input = folder.write("script.g", script + "QUIT;\n");
  const std::string command =
      "gap -q -b --nointeract " + input + " > " + folder.path_of("answers") + " 2>&1 < /dev/null";
  REQUIRE(std::system(command.c_str()) == 0);
  auto lines = split(folder.read("answers"), '\n');
  REQUIRE(lines.back().empty());
  lines.pop_back();
  return lines;
}

TEST_CASE("GAP says the same of random permutation groups", "[permutation_group][gap][slow]") {
  EIGENMATA_SEEDED(random, 51);
  std::vector<PermutationGroup> groups;
  std::string script = "groups := [];\n";
  for (int i = 0; i < 500; ++i) {
    groups.push_back(random_group(random, 9));
    script += "Add(groups, " + in_gap(groups.back()) + ");\n";
  }
  const auto lines = lines_of_gap(script + kScript);
  if (lines.empty()) return;
  REQUIRE(lines.size() == groups.size());
  std::size_t named = 0;
  std::set<std::string> names;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const PermutationGroup& g = groups[i];
    CAPTURE(shown(g), lines[i]);
    const auto fields = split(lines[i], '|');
    REQUIRE(fields.size() == 11);
    REQUIRE(exact::to_string(g.order()) == fields[0]);
    REQUIRE(or_none(derived_length(g)) == fields[1]);
    REQUIRE(or_none(nilpotency_class(g)) == fields[2]);
    std::vector<exact::Integer> sizes;
    for (const auto& factor : composition_factors(g)) sizes.push_back(factor.order);
    REQUIRE(with_commas(sizes) == fields[3]);
    REQUIRE(prime_power_invariants(g) == fields[4]);
    if (fields[5].empty()) continue;
    const ListedGroup listed(g);
    REQUIRE(exact::to_string(frattini_subgroup(g).order()) == fields[5]);
    REQUIRE(std::to_string(listed.centre().size()) == fields[6]);
    REQUIRE(std::to_string(listed.exponent()) == fields[7]);
    REQUIRE(std::to_string(listed.conjugacy_classes().size()) == fields[8]);
    std::vector<exact::Integer> minimal;
    for (const auto& n : minimal_normal_subgroups(listed)) minimal.push_back(n.order());
    REQUIRE(with_commas(minimal) == fields[9]);
    if (const auto name = proved_structure_name(g)) {
      REQUIRE(factors_of(*name) == factors_of(fields[10]));
      names.insert(*name);
      ++named;
    } else {
      // Without a name stay those that GAP describes by an extension.
      REQUIRE(fields[10].find_first_of(":.") != std::string::npos);
    }
  }
  CHECK(named > 350);
  CHECK(names.size() > 20);
}

/// One line a group: its irreducible characters, sorted, each with its degree, its indicator and for every class,
/// sorted, the size, the order of its elements, and how often these have the eigenvalue 1.
constexpr const char* kCharacters = R"(
SetPrintFormattingStatus("*stdout*", false);
joined := l -> JoinStringsWithSeparator(List(l, String), ",");
describe := function(g)
  local t, sizes, orders, indicators, rows;
  t := CharacterTable(g);
  sizes := SizesConjugacyClasses(t);
  orders := OrdersClassRepresentatives(t);
  indicators := Indicator(t, Irr(t), 2);
  rows := List([1 .. Length(sizes)], i -> Concatenation([Irr(t)[i][1], indicators[i]],
    Concatenation(SortedList(List([1 .. Length(sizes)],
      k -> [sizes[k], orders[k], EigenvaluesChar(Irr(t)[i], k)[orders[k]]])))));
  Print(JoinStringsWithSeparator(List(SortedList(rows), joined), ";"), "\n");
end;
Perform(groups, describe);
)";

std::string characters_as_gap_prints(const CharacterTable& table) {
  std::vector<std::vector<std::int64_t>> rows;
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::vector<std::vector<std::int64_t>> classes;
    for (std::size_t k = 0; k < table.size(); ++k) {
      classes.push_back({table.classes()[k].size, static_cast<std::int64_t>(table.classes()[k].element_order),
                         table.fixed_dimension(i, k)});
    }
    std::sort(classes.begin(), classes.end());
    rows.push_back({table.degree(i), table.indicator(i)});
    for (const auto& c : classes) rows.back().insert(rows.back().end(), c.begin(), c.end());
  }
  std::sort(rows.begin(), rows.end());
  std::string text;
  for (const auto& row : rows) text += (text.empty() ? "" : ";") + with_commas(row);
  return text;
}

TEST_CASE("GAP finds the same characters of random groups", "[character_table][gap][slow]") {
  EIGENMATA_SEEDED(random, 52);
  std::vector<PermutationGroup> groups{psl2(11), psl2(13), mathieu_11()};
  while (groups.size() < 80) {
    PermutationGroup g = random_compound_group(random);
    if (g.order() > 3 && g.order() <= 2000) groups.push_back(std::move(g));
  }
  std::string script = "groups := [];\n";
  for (const PermutationGroup& g : groups) script += "Add(groups, " + in_gap(g) + ");\n";
  const auto lines = lines_of_gap(script + kCharacters);
  if (lines.empty()) return;
  CAPTURE(lines.back());
  REQUIRE(lines.size() == groups.size());
  std::set<std::string> different(lines.begin(), lines.end());
  CHECK(different.size() > 25);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    CAPTURE(shown(groups[i]));
    REQUIRE(characters_as_gap_prints(CharacterTable(ListedGroup(groups[i]))) == lines[i]);
  }
}

/// Order, name, and the generators' images in the regular representation, one line a group.
constexpr const char* kSmallGroups = R"(
SetPrintFormattingStatus("*stdout*", false);
describe := function(n, i)
  local g, h;
  g := SmallGroup(n, i);
  h := Image(RegularActionHomomorphism(g));
  Print(n, "|", Filtered(StructureDescription(g), c -> c <> ' '), "|");
  Print(JoinStringsWithSeparator(List(GeneratorsOfGroup(h), x ->
    JoinStringsWithSeparator(List(ListPerm(x, n), String), " ")), ","), "\n");
end;
for n in [1 .. limit] do
  for i in [1 .. NumberSmallGroups(n)] do describe(n, i); od;
od;
)";

TEST_CASE("GAP gives the same names to all groups of order below 64", "[structure_name][gap][slow]") {
  const auto lines = lines_of_gap(std::string("limit := 63;\n") + kSmallGroups);
  if (lines.empty()) return;
  REQUIRE(lines.size() == 319);  // groups of order below 64
  std::size_t named = 0;
  for (const std::string& line : lines) {
    CAPTURE(line);
    const auto fields = split(line, '|');
    const std::size_t order = std::stoul(fields.at(0));
    std::vector<Transformation> generators;
    for (const std::string& images : split(fields.at(2), ',')) {
      if (images.empty()) continue;
      std::vector<Point> map;
      for (const std::string& y : split(images, ' ')) map.push_back(static_cast<Point>(std::stoul(y) - 1));
      generators.emplace_back(std::move(map));
    }
    const PermutationGroup g(order, generators);
    REQUIRE(g.order() == order);
    const auto name = proved_structure_name(g);
    if (!name) {
      // Without a name stay extensions and direct products with them.
      REQUIRE(fields[1].find_first_of(":.") != std::string::npos);
      continue;
    }
    REQUIRE(factors_of(*name) == factors_of(fields[1]));
    ++named;
  }
  CHECK(named >= 225);
}

}  // namespace
}  // namespace eigenmata::algebra
