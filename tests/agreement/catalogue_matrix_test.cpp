// SPDX-License-Identifier: Apache-2.0
//
// Languages of the catalogue against the classes that the compiler builds: what is built is proved by eigenmata-check
// as well, and no theorem says that it could not be. (All of them: scripts/matrix.sh, `make matrix`.)
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "eigenmata/algebra/image_orbit.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"
#include "support/word_problems.hpp"

namespace eigenmata {
namespace {

bool checker_proves(const std::string& text) {
  std::istringstream stream(text);
  return !checker::check(checker::read_certificate(stream, "certificate")).has_value();
}

/// What becomes of a language in a class: "built", "refused", "open", or "limit" after so much time.
std::string outcome(const automata::Dfa& minimal, const std::string& target, const std::string& semantics,
                    std::chrono::seconds time) {
  compiler::CompileOptions options;
  options.target = expressivity::parse_model_class(target, {});
  options.semantics = expressivity::parse_semantics(semantics, {});
  core::Limits limits;
  limits.deadline = core::Limits::Clock::now() + time;
  try {
    const auto built = compiler::build(minimal, options, limits);
    expressivity::LanguageFacts facts(minimal, limits);
    const auto verdict = expressivity::decide(facts, options.target, std::nullopt, options.semantics);
    if (!built) return verdict.is_no() ? "refused" : "open";
    CHECK_FALSE(verdict.is_no());
    CHECK(checker_proves(certificate::write_certificate(built->construction.certificate)));
    return "built";
  } catch (const core::LimitReached&) {
    return "limit";
  }
}

void check_matrix(std::size_t largest, const std::map<std::string, std::vector<std::string>>& classes) {
  std::map<std::string, std::map<std::string, std::size_t>> counts;
  for (const std::string& name : automata::catalogue_names()) {
    const automata::Dfa minimal = automata::minimised(testing::catalogue_language(name));
    if (minimal.states() * minimal.letters() > largest) continue;
    for (const auto& [semantics, targets] : classes) {
      for (const std::string& target : targets) {
        CAPTURE(name, target, semantics);
        const std::string result = outcome(minimal, target, semantics, std::chrono::seconds(180));
        ++counts[target + " " + semantics][result];
        if (result == "open" || result == "limit")
          std::cout << result << ": " << name << " " << target << " " << semantics << std::endl;
        // Where the passes are complete, nothing stays open.
        if (target == "householder[-1,1]" || target == "householder[-1,1]:1" || target == "householder[-1,1]:2" ||
            target == "rank-one:1")
          CHECK(result == "built");
        if (target.find("diagonal{") == 0 || target == "diagonal[-1,1]" || target == "diagonal[0,1]" ||
            target == "constant+diagonal[0,1]")
          CHECK((result == "built" || result == "refused"));
      }
    }
  }
  for (const auto& [target, results] : counts) {
    std::cout << target << ":";
    for (const auto& [result, count] : results) std::cout << " " << count << " " << result << ";";
    std::cout << "\n";
  }
}

TEST_CASE("small languages of the catalogue against classes: built and proved twice, or refused", "[matrix]") {
  check_matrix(
      24, {{"exact",
            {"constant", "diagonal[0,1]", "diagonal[-1,1]", "diagonal{1,1/3}", "diagonal{-1,0}", "diagonal{e(1/3),0}",
             "constant+diagonal[0,1]", "triangular[0,1]", "householder[0,1]:1", "householder[-1,1]:1",
             "householder[-1,1]:2", "householder[-1,1]", "rank-one:1"}},
           {"finite-orbit", {"diagonal[0,1]", "diagonal[-1,1]", "constant+diagonal[0,1]", "triangular[0,1]"}}});
}

/// Two layers of one reflection a token, proved twice.
void check_two_reflections(const std::vector<algebra::Transformation>& letters) {
  const auto minimal = automata::minimised(testing::word_problem(letters));
  const auto target = expressivity::parse_model_class("householder[-1,1]:1", {});
  const auto result = compiler::compile_turns(minimal, target, {});
  const auto& construction = std::get<compiler::Construction>(result);
  const auto& certificate = std::get<certificate::ComplexLayerwiseCertificate>(construction.certificate);
  CHECK(certificate.network.layers.size() == 2);
  CHECK(certificate.network.layers[0].dimension == 1);
  CHECK(certificate.network.layers[1].dimension == 2);
  CHECK(certificate.network.claim->factors == std::size_t{1});
  REQUIRE(certificate::check(construction.certificate, {}).is_yes());
  CHECK(checker_proves(certificate::write_certificate(construction.certificate)));
}

algebra::Transformation symmetry_of_polygon(std::size_t m, std::size_t k, bool reflects) {
  std::vector<algebra::Point> images;
  for (std::size_t i = 0; i < m; ++i) images.push_back(static_cast<algebra::Point>((reflects ? m + k - i : i + k) % m));
  return algebra::Transformation(std::move(images));
}

/// Addition of 0, 1 and some more numbers modulo m.
void check_addition(std::size_t m) {
  CAPTURE(m);
  check_two_reflections({symmetry_of_polygon(m, 0, false), symmetry_of_polygon(m, 1, false),
                         symmetry_of_polygon(m, m / 2, false), symmetry_of_polygon(m, m - 1, false)});
}

void check_dihedral(std::size_t m) {
  CAPTURE(m);
  std::vector<algebra::Transformation> letters;
  for (const std::size_t k : {std::size_t{0}, std::size_t{1}, m - 1}) {
    letters.push_back(symmetry_of_polygon(m, k, false));
    letters.push_back(symmetry_of_polygon(m, k, true));
  }
  check_two_reflections(letters);
}

TEST_CASE("addition modulo m and dihedral groups in two layers of reflections", "[matrix]") {
  for (const std::size_t m : {3, 4, 7, 10, 31}) {
    check_addition(m);
    check_dihedral(m);
  }
}

TEST_CASE("addition modulo m up to 200, all dihedral groups up to 60", "[matrix][.extreme]") {
  for (std::size_t m = 3; m <= 200; ++m) check_addition(m);
  for (std::size_t m = 3; m < 60; ++m) check_dihedral(m);
}

TEST_CASE("a thousand random automata by missing sets and 300 star-free ones by digits: proved twice",
          "[matrix][.extreme]") {
  EIGENMATA_SEEDED(random, 311);
  std::size_t star_free = 0;
  for (std::size_t i = 0; i < 1'000 || star_free < 300; ++i) {
    const auto minimal = automata::minimised(testing::random_dfa(random, 3 + random.below(6), 2 + random.below(2)));
    CAPTURE(i, minimal.states());
    if (i < 1'000) {
      const auto result = compiler::compile_missing_sets(minimal, {});
      const auto& construction = std::get<compiler::Construction>(result);
      REQUIRE(certificate::check(construction.certificate, {}).is_yes());
      REQUIRE(checker_proves(certificate::write_certificate(construction.certificate)));
    }
    if (star_free == 300 || minimal.states() < 3) continue;
    const auto digits = compiler::compile_digits(minimal, expressivity::parse_model_class("diagonal[0,1]", {}), {});
    const bool aperiodic = algebra::is_aperiodic(minimal, algebra::ImageOrbit(algebra::letter_maps(minimal))).is_yes();
    REQUIRE(std::holds_alternative<compiler::Construction>(digits) == aperiodic);  // none skipped
    if (!aperiodic) continue;
    ++star_free;
    const auto& construction = std::get<compiler::Construction>(digits);
    REQUIRE(certificate::check(construction.certificate, {}).is_yes());
    REQUIRE(checker_proves(certificate::write_certificate(construction.certificate)));
  }
}

}  // namespace
}  // namespace eigenmata
