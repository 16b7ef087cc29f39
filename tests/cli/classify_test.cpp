// SPDX-License-Identifier: Apache-2.0
//
// What `eigenmata classify --json` says of languages whose algebra is known.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "program.hpp"

namespace eigenmata::cli {
namespace {

using testing::eigenmata;
using testing::Printed;
using testing::Run;

class Answer {
 public:
  explicit Answer(const std::string& language) : printed_(run(language)) {}

  [[nodiscard]] core::JsonCursor at(const char* key) const { return printed_.at(key); }
  [[nodiscard]] std::size_t count(const char* key) const { return at("monoid").at(key).index(SIZE_MAX, key); }
  [[nodiscard]] std::string property(const char* name) const { return at("properties").at(name).string(); }

 private:
  static Run run(const std::string& language) {
    Run run = eigenmata({"classify", language, "--json"});
    REQUIRE(run.exit == 0);
    return run;
  }

  Printed printed_;
};

TEST_CASE("classify counts Green's classes and names the maximal subgroups", "[cli]") {
  const Answer t3("t3");  // all maps on three points: subgroups S3, on pairs C2, constants
  CHECK(t3.count("size") == 27);
  CHECK(t3.count("idempotents") == 10);
  CHECK(t3.count("d_classes") == 3);
  CHECK(t3.count("l_classes") == 7);  // images
  CHECK(t3.count("r_classes") == 5);  // kernels
  const core::JsonCursor groups = t3.at("monoid").at("maximal_subgroups");
  REQUIRE(groups.size() == 2);
  CHECK(groups[0].at("name").string() == "S3");
  CHECK(groups[0].at("derived_length").index(100, "length") == 2);
  CHECK(groups[0].at("composition_factors").size() == 2);
  CHECK(groups[1].at("name").string() == "C2");
}

TEST_CASE("classify says what kind of group the monoid is", "[cli]") {
  struct Known {
    const char* language;
    const char* p_group;
    const char* nilpotent_group;
    const char* solvable_group;
  };
  for (const Known& known : {Known{"q8-word-problem", "yes", "yes", "yes"}, Known{"mod-6", "no", "yes", "yes"},
                             Known{"s3-word-problem", "no", "no", "yes"}, Known{"a5-word-problem", "no", "no", "no"},
                             Known{"flip-flop", "no", "no", "no"}, Known{"parity", "yes", "yes", "yes"}}) {
    CAPTURE(known.language);
    const Answer answer(known.language);
    CHECK(answer.property("p_group") == known.p_group);
    CHECK(answer.property("nilpotent_group") == known.nilpotent_group);
    CHECK(answer.property("solvable_group") == known.solvable_group);
  }
}

TEST_CASE("classify names the groups of word problems", "[cli]") {
  const std::vector<std::pair<std::string, std::string>> names{{"a5-word-problem", "A5"},
                                                               {"q8-word-problem", "Q8"},
                                                               {"d4-word-problem", "D8"},
                                                               {"s4-word-problem", "S4"},
                                                               {"a4xz5-word-problem", "C5xA4"}};
  for (const auto& [language, name] : names) {
    CAPTURE(language);
    const Answer answer(language);
    REQUIRE(answer.at("monoid").at("maximal_subgroups").size() == 1);
    const core::JsonCursor group = answer.at("monoid").at("maximal_subgroups")[0];
    CHECK(group.at("name").string() == name);
    CHECK(group.at("solvable").boolean() == (name != "A5"));
    CHECK(group.at("derived_length").is_null() == (name == "A5"));
    CHECK(answer.property("group") == "yes");
    CHECK(answer.property("solvable") == (name == "A5" ? "no" : "yes"));
    CHECK(answer.property("two_group") == (name == "Q8" || name == "D8" ? "yes" : "no"));
  }
}

TEST_CASE("classify places languages in the varieties that they are known to be in, and not lower", "[cli]") {
  // (aa)* counts lengths; in AC0, for the groups of words of one length are trivial.
  const Answer even("aa-star");
  CHECK(even.property("aperiodic") == "no");
  CHECK(even.property("quasi_aperiodic") == "yes");
  const Answer parity("parity");
  CHECK(parity.property("quasi_aperiodic") == "no");
  CHECK(parity.property("commutative") == "yes");
  CHECK(parity.property("two_group") == "yes");
  const Answer third("third-from-end");
  CHECK(third.property("definite") == "yes");
  CHECK(third.property("reverse_definite") == "no");
  CHECK(third.property("locally_testable") == "yes");
  CHECK(third.property("da") == "yes");
  CHECK(third.property("piecewise_testable") == "no");
  const Answer flip_flop("flip-flop");
  CHECK(flip_flop.property("r_trivial") == "no");
  CHECK(flip_flop.property("l_trivial") == "yes");
  CHECK(flip_flop.property("block_group") == "no");
  const Answer alternating("ab-star");  // (ab)*
  CHECK(alternating.property("aperiodic") == "yes");
  CHECK(alternating.property("locally_testable") == "yes");
  CHECK(alternating.property("da") == "no");
  CHECK(alternating.property("block_group") == "yes");
}

TEST_CASE("classify gives a witness for every property that fails", "[cli]") {
  const Answer tomita("tomita-4");
  const core::JsonCursor properties = tomita.at("properties");
  const core::JsonCursor witnesses = tomita.at("witnesses");
  std::size_t failing = 0;
  for (std::size_t i = 0; i < properties.size(); ++i) {
    CAPTURE(properties.key(i));
    REQUIRE(witnesses.has(properties.key(i)) == (properties[i].string() == "no"));
    if (properties[i].string() != "no") continue;
    ++failing;
    CHECK_FALSE(witnesses.at(properties.key(i)).at("reason").string().empty());
  }
  CHECK(failing == 18);
}

TEST_CASE("classify answers unknown beyond its limits, with what is known", "[cli]") {
  const Run run = eigenmata({"classify", "-e", "(a|b)*a(a|b){12}", "--json", "--memory-limit", "2"});
  CHECK(run.exit == 20);
  const Printed printed(run);
  CHECK(printed.at("monoid").at("size").is_null());
  CHECK(printed.at("monoid").at("maximal_subgroups").is_null());
  CHECK(printed.at("properties").at("definite").string() == "unknown");
  CHECK(printed.at("properties").at("finite").string() == "no");
}

TEST_CASE("classify keeps what is known when a limit stops the search in a subgroup", "[cli]") {
  // 400 maps of 400 points fit, the transversals of the group do not.
  const Run run = eigenmata({"classify", "-e", "(a{400})*", "--json", "--memory-limit", "1"});
  CHECK(run.exit == 20);
  const Printed printed(run);
  CHECK(printed.at("monoid").at("size").index(SIZE_MAX, "size") == 400);
  const core::JsonCursor groups = printed.at("monoid").at("maximal_subgroups");
  REQUIRE(groups.size() == 1);
  CHECK(groups[0].at("order").index(SIZE_MAX, "order") == 400);
  CHECK(groups[0].at("solvable").is_null());
  CHECK(printed.at("properties").at("solvable").string() == "unknown");
  CHECK_THAT(printed.at("witnesses").at("solvable").at("reason").string(), Catch::Contains("memory limit"));
  CHECK(printed.at("properties").at("two_group").string() == "no");
  CHECK(printed.at("properties").at("group").string() == "yes");
}

/// An automaton on n states, the first one initial and accepting, from the images of its letters.
std::string automaton_of(const testing::TemporaryFolder& folder, const std::vector<std::vector<std::size_t>>& letters) {
  std::string text;
  for (std::size_t q = 0; q < letters[0].size(); ++q) {
    for (std::size_t x = 0; x < letters.size(); ++x) {
      text += std::to_string(q) + " " + std::to_string(letters[x][q]) + " x" + std::to_string(x) + "\n";
    }
  }
  return folder.write("language.att", text + "0\n");
}

TEST_CASE("classify answers for hundreds of millions of elements by D-classes", "[cli]") {
  // All maps on nine points: a swap, a cycle, a merge.
  const testing::TemporaryFolder folder;
  const Answer t9(
      automaton_of(folder, {{1, 0, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 3, 4, 5, 6, 7, 8, 0}, {0, 0, 2, 3, 4, 5, 6, 7, 8}}));
  CHECK(t9.count("size") == 387'420'489);
  CHECK(t9.count("idempotents") == 293'608);
  CHECK(t9.count("d_classes") == 9);
  CHECK(t9.count("l_classes") == 511);
  CHECK(t9.count("r_classes") == 21'147);
  CHECK_FALSE(t9.at("monoid").at("complete").boolean());  // not listed
  const core::JsonCursor groups = t9.at("monoid").at("maximal_subgroups");
  REQUIRE(groups.size() == 8);
  CHECK(groups[0].at("order").index(SIZE_MAX, "order") == 362'880);
  CHECK(groups[0].at("name").string() == "S9");
  CHECK(groups[7].at("name").string() == "C2");
  CHECK(t9.at("period_witness").at("period").index(SIZE_MAX, "period") == 2);
  const core::JsonCursor properties = t9.at("properties");
  for (std::size_t i = 0; i < properties.size(); ++i) {
    CAPTURE(properties.key(i));
    CHECK(properties[i].string() == "no");
    CHECK_FALSE(t9.at("witnesses").at(properties.key(i)).at("reason").string().empty());
  }
}

TEST_CASE("classify says what follows from the D-classes of an aperiodic monoid, and leaves the rest open", "[cli]") {
  // The order-preserving maps on 14 points: C(27, 13) = 20,058,300. Each letter moves one point by one.
  constexpr std::size_t n = 14;
  std::vector<std::vector<std::size_t>> letters;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    std::vector<std::size_t> up(n), down(n);
    for (std::size_t q = 0; q < n; ++q) up[q] = down[q] = q;
    up[i] = i + 1;
    down[i + 1] = i;
    letters.push_back(up);
    letters.push_back(down);
  }
  const testing::TemporaryFolder folder;
  const Run run = eigenmata({"classify", automaton_of(folder, letters), "--json"});
  CHECK(run.exit == 20);
  const Printed printed(run);
  CHECK(printed.at("monoid").at("size").index(SIZE_MAX, "size") == 20'058'300);
  CHECK(printed.at("monoid").at("maximal_subgroups").size() == 0);
  CHECK(printed.at("period_witness").is_null());
  const core::JsonCursor properties = printed.at("properties");
  for (const char* name : {"aperiodic", "solvable", "two_group", "quasi_aperiodic"}) {
    CAPTURE(name);
    CHECK(properties.at(name).string() == "yes");
  }
  for (const char* name : {"da", "r_trivial", "l_trivial", "j_trivial", "block_group", "definite", "nilpotent"}) {
    CAPTURE(name);
    CHECK(properties.at(name).string() == "no");
    CHECK_FALSE(printed.at("witnesses").at(name).at("reason").string().empty());
  }
  for (const char* name : {"locally_testable", "locally_threshold_testable"}) {
    CAPTURE(name);
    CHECK(properties.at(name).string() == "unknown");
    CHECK_THAT(printed.at("witnesses").at(name).at("reason").string(), Catch::Contains("20058300 elements"));
  }
}

TEST_CASE("classify knows the groups of images where D-classes are beyond the limits", "[cli]") {
  // All maps on twelve points: 4,213,597 R-classes.
  const testing::TemporaryFolder folder;
  std::vector<std::size_t> swap(12), cycle(12), merge(12);
  for (std::size_t q = 0; q < 12; ++q) {
    swap[q] = q < 2 ? 1 - q : q;
    cycle[q] = (q + 1) % 12;
    merge[q] = q == 1 ? 0 : q;
  }
  const Run run = eigenmata({"classify", automaton_of(folder, {swap, cycle, merge}), "--json", "--memory-limit", "60"});
  CHECK(run.exit == 20);
  const Printed printed(run);
  CHECK(printed.at("monoid").at("size").is_null());
  CHECK(printed.at("monoid").at("size_at_least").index(SIZE_MAX, "size") == 1'302'061'344);  // Σ 12!/k!, k < 12
  CHECK(printed.at("monoid").at("maximal_subgroups").is_null());
  CHECK(printed.at("properties").at("solvable").string() == "no");
  CHECK(printed.at("properties").at("two_group").string() == "no");
  CHECK(printed.at("properties").at("quasi_aperiodic").string() == "no");
  CHECK(printed.at("properties").at("block_group").string() == "unknown");
}

}  // namespace
}  // namespace eigenmata::cli
