// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/representation.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/listed_group.hpp"
#include "support/constructions.hpp"
#include "support/property.hpp"
#include "support/random_objects.hpp"
#include "support/word_problems.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using testing::catalogue_language;
using testing::word_problem;

/// What there is to know about a layer.
struct Shape {
  std::string pass;
  std::size_t dimension = 0;
  std::size_t factors = 0;
  std::size_t codes = 0;
  std::size_t degree = 1;  ///< of the field

  friend bool operator==(const Shape&, const Shape&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Shape& s) {
    return out << s.pass << ": dimension " << s.dimension << ", factors " << s.factors << ", codes " << s.codes
               << ", field degree " << s.degree;
  }
};

std::size_t degree_of(const exact::RationalArithmetic& /*k*/) { return 1; }
std::size_t degree_of(const exact::NumberField& k) { return k.degree(); }

/// Factors and matrices are what they should be, and the certificate holds, also after it is written and read.
template <class K>
Shape require_right(const RepresentedGroup& built, const certificate::Certificate<K>& certificate, const Dfa& minimal,
                    FactorForm form) {
  using S = typename K::Scalar;
  const K& k = certificate.arithmetic;
  REQUIRE(certificate.automaton == minimal);
  REQUIRE_NOTHROW(lrnn::validate(k, certificate.network));
  REQUIRE(certificate.network.layers.size() == 1);
  const auto& layer = certificate.network.layers[0];
  REQUIRE(lrnn::is_member(k, certificate.network, *certificate.network.claim).is_yes());
  for (std::size_t x = 0; x < layer.maps.size(); ++x) {
    const auto& a = layer.maps[x].a;
    REQUIRE(layer.maps[x].b.is_zero());
    REQUIRE(std::holds_alternative<lrnn::HouseholderProduct<S>>(a) == (form == FactorForm::kHouseholder));
    REQUIRE(lrnn::factor_count(a) == built.factor_bounds[x]);
    const auto dense = lrnn::to_dense(k, a);
    REQUIRE(exact::rank(k, exact::subtract(k, exact::identity(k, layer.dimension), dense)) == built.factor_bounds[x]);
  }
  REQUIRE(certificate::check(certificate, {}).is_yes());
  const auto again = certificate::read_any_certificate({"again", certificate::write_certificate(certificate)});
  REQUIRE(certificate::check(again, {}).is_yes());
  return {built.pass, layer.dimension, factors_per_token(layer), certificate.points.size(), degree_of(k)};
}

Shape shape_of(const std::variant<RepresentedGroup, Refusal>& result, const Dfa& minimal,
               FactorForm form = FactorForm::kHouseholder) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) FAIL(refusal->pass << " refused: " << refusal->reason);
  const auto& built = std::get<RepresentedGroup>(result);
  if (const auto* rational = std::get_if<certificate::RationalCertificate>(&built.certificate)) {
    return require_right(built, *rational, minimal, form);
  }
  return require_right(built, std::get<certificate::Certificate<exact::NumberField>>(built.certificate), minimal, form);
}

Shape represented(const Dfa& minimal, RepresentationOptions options = {}) {
  return shape_of(represent(minimal, options), minimal, options.form);
}

Shape represented(const std::string& name, RepresentationOptions options = {}) {
  CAPTURE(name);
  return represented(catalogue_language(name), options);
}

constexpr FactorForm kHouseholder = FactorForm::kHouseholder;
constexpr FactorForm kRankOne = FactorForm::kRankOne;
const RepresentationOptions kFewest{kHouseholder, false, true, 1};
const RepresentationOptions kAnyMetric{kRankOne, false, false, 1};

TEST_CASE("published groups in the usual metric", "[representation]") {
  CHECK(represented("s4-word-problem") == Shape{"representation:frame", 3, 2, 24, 1});
  CHECK(represented("a5-word-problem") == Shape{"representation:frame", 3, 2, 60, 2});
  CHECK(represented("a5-points") == Shape{"representation:frame", 3, 2, 20, 2});
  // The diagonals of a cube, each by its two ends.
  const Dfa s4 = testing::point_problem(algebra::symmetric_group(4).elements(24));
  CHECK(represented(s4) == Shape{"representation:frame", 3, 2, 8, 1});
  CHECK(represented("q8-word-problem") == Shape{"representation:frame", 4, 4, 8, 1});
  // Twelve codes for six points: a transposition is −1 times a swap.
  const Dfa s6 = testing::point_problem(algebra::symmetric_group(6).elements(720));
  CHECK(represented(s6) == Shape{"representation:simplex", 6, 4, 12, 1});
  CHECK(represented("s6-points").factors == 3);  // two letters only
}

TEST_CASE("swaps of points are reflections", "[representation]") {
  const Shape swaps = represented("s5-swaps");
  CHECK(swaps.factors == 1);
  CHECK(swaps.degree == 1);
}

std::vector<algebra::Transformation> one_of_each_class(const algebra::PermutationGroup& group) {
  const algebra::ListedGroup listed(group);
  std::vector<algebra::Transformation> result;
  for (const auto& c : listed.conjugacy_classes()) result.push_back(listed.element(c.representative));
  return result;
}

TEST_CASE("any metric: as many dimensions as the representation has", "[representation]") {
  const Dfa s6 = testing::point_problem(one_of_each_class(algebra::symmetric_group(6)));
  CHECK(represented(s6, kAnyMetric) == Shape{"representation:basis", 5, 4, 12, 1});
  // The word problem: a code for each of the 720 elements.
  const Dfa words = testing::word_problem(one_of_each_class(algebra::symmetric_group(6)));
  CHECK(represented(words) == Shape{"representation:simplex", 6, 4, 720, 1});
  CHECK(represented("a5-word-problem", kAnyMetric) == Shape{"representation:basis", 3, 2, 60, 2});
  CHECK(represented("s4-word-problem", kAnyMetric) == Shape{"representation:basis", 3, 2, 24, 1});
  CHECK(represented("s5-swaps", kAnyMetric).dimension == 4);
}

/// Words whose length is divisible by m.
Dfa cycle(std::size_t m) {
  std::vector<algebra::Point> images;
  for (std::size_t i = 0; i < m; ++i) images.push_back(static_cast<algebra::Point>((i + 1) % m));
  return word_problem({algebra::Transformation(images)});
}

TEST_CASE("counters in the plane", "[representation]") {
  const std::map<std::size_t, std::size_t> degrees{{3, 2}, {4, 1},  {5, 4},  {7, 6}, {8, 2},
                                                   {9, 6}, {10, 4}, {12, 2}, {16, 4}};
  for (const auto& [m, degree] : degrees) {
    CAPTURE(m);
    const Shape shape = represented(cycle(m), kFewest);
    CHECK(shape.dimension == 2);
    CHECK(shape.factors == 2);
    CHECK(shape.codes == m);
    CHECK(shape.degree == degree);
    // In any metric the field of the cosine is enough.
    const Shape any = represented(cycle(m), kAnyMetric);
    CHECK(any.dimension == 2);
    CHECK(any.degree == (m == 3    ? 1
                         : m == 4  ? 1
                         : m == 5  ? 2
                         : m == 7  ? 3
                         : m == 8  ? 2
                         : m == 9  ? 3
                         : m == 10 ? 2
                         : m == 12 ? 2
                                   : 4));
  }
  CHECK(represented(cycle(3)) == Shape{"representation:simplex", 3, 2, 3, 1});
  CHECK(represented(cycle(2)) == Shape{"representation:frame", 1, 1, 2, 1});
}

TEST_CASE("a large counter", "[representation][slow]") {
  CHECK(represented(cycle(61), kFewest) == Shape{"representation:roots", 2, 2, 61, 60});
  CHECK(represented(cycle(127), kAnyMetric) == Shape{"representation:basis", 2, 2, 127, 63});
  // 2 · 63 is too much for a field, and 127 dimensions over this one too many numbers.
  const auto refused = represent(cycle(127), {});
  REQUIRE(std::holds_alternative<Refusal>(refused));
  CHECK_THAT(std::get<Refusal>(refused).reason, Catch::Contains("no orthonormal coordinates"));
}

TEST_CASE("least dimension instead of fewest factors", "[representation]") {
  RepresentationOptions options{kHouseholder, true, true, 1};
  CHECK(represented("s3-word-problem", options) == Shape{"representation:roots", 2, 2, 6, 2});
  CHECK(represented("a5-word-problem", options).dimension == 3);
}

TEST_CASE("several parts together", "[representation]") {
  // Z_2² in its three involutions: two signs.
  const auto perm = [](std::vector<algebra::Point> images) { return algebra::Transformation(std::move(images)); };
  const Dfa klein = word_problem({perm({1, 0, 3, 2}), perm({2, 3, 0, 1}), perm({3, 2, 1, 0})});
  CHECK(represented(klein) == Shape{"representation:frame+frame", 2, 2, 4, 1});
  // Three sign flips do it with one factor, two codes an element.
  CHECK(shape_of(represent_cover(klein, kHouseholder), klein) == Shape{"reflection-cover", 3, 1, 8, 1});
  // The symmetries of a pentagon and of an octagon on 13 points, by mirrors: planes over ℚ(√5) and ℚ(√2) in one field.
  const auto mirror = [&](algebra::Point first, algebra::Point m, algebra::Point sum) {
    std::vector<algebra::Point> images;
    for (algebra::Point i = 0; i < 13; ++i) {
      const bool moves = i >= first && i < first + m;
      images.push_back(moves ? first + (sum + m - (i - first)) % m : i);
    }
    return perm(images);
  };
  const Dfa product = word_problem({mirror(0, 5, 0), mirror(0, 5, 1), mirror(5, 8, 0), mirror(5, 8, 1)});
  REQUIRE(product.states() == 160);
  CHECK(represented(product, kAnyMetric) == Shape{"representation:basis+basis", 4, 1, 160, 4});
}

TEST_CASE("reflection groups cover letters that are involutions", "[representation]") {
  const Dfa s4 = word_problem(testing::involutions(algebra::symmetric_group(4)));
  CHECK(shape_of(represent_cover(s4, kHouseholder), s4) == Shape{"reflection-cover", 3, 1, 48, 1});
  const Dfa a5 = word_problem(testing::involutions(algebra::alternating_group(5)));
  CHECK(shape_of(represent_cover(a5, kHouseholder), a5) == Shape{"reflection-cover", 3, 1, 120, 2});
  CHECK(shape_of(represent_cover(a5, kRankOne), a5, kRankOne) == Shape{"reflection-cover", 3, 1, 120, 2});
  const Dfa swaps = catalogue_language("s5-swaps");
  CHECK(shape_of(represent_cover(swaps, kHouseholder), swaps).factors == 1);
  CHECK(shape_of(represent_cover(swaps, kRankOne), swaps, kRankOne).dimension == 4);
  for (const std::string name : {"s3-word-problem", "a5-word-problem"}) {
    const auto refused = represent_cover(catalogue_language(name), kHouseholder);
    REQUIRE(std::holds_alternative<Refusal>(refused));
    CHECK_THAT(std::get<Refusal>(refused).reason, Catch::Contains("order above 2"));
  }
  const Dfa s5 = word_problem(testing::involutions(algebra::symmetric_group(5)));
  CHECK_THAT(std::get<Refusal>(represent_cover(s5, kHouseholder)).reason,
             Catch::Contains("no finite reflection group"));
}

TEST_CASE("dihedral groups by two mirrors", "[representation]") {
  for (std::size_t m = 3; m <= 14; ++m) {
    CAPTURE(m);
    std::vector<algebra::Point> first, second;
    for (std::size_t i = 0; i < m; ++i) {
      first.push_back(static_cast<algebra::Point>((m - i) % m));
      second.push_back(static_cast<algebra::Point>((m + 1 - i) % m));
    }
    const Dfa mirrors = word_problem({algebra::Transformation(first), algebra::Transformation(second)});
    REQUIRE(mirrors.states() == 2 * m);
    const Shape cover = shape_of(represent_cover(mirrors, kHouseholder), mirrors);
    CHECK(cover.factors == 1);
    CHECK(cover.codes == 2 * m);
    CHECK(cover.dimension == (m == 3 || m == 6 ? 3 : 2));
    CHECK(represented(mirrors, kFewest).factors == 1);
  }
}

TEST_CASE("random permutation automata have a layer, or the reason is told", "[representation]") {
  EIGENMATA_SEEDED(random, 431);
  std::size_t built = 0;
  for (int round = 0; round < 60; ++round) {
    const Dfa minimal =
        automata::minimised(testing::random_permutation_dfa(random, 2 + random.below(5), 1 + random.below(3)));
    if (minimal.states() < 2) continue;
    CAPTURE(round, minimal.states());
    for (const FactorForm form : {kHouseholder, kRankOne}) {
      const RepresentationOptions options{form, random.one_in(2), random.one_in(2), 1};
      const auto result = represent(minimal, options);
      if (const auto* refusal = std::get_if<Refusal>(&result)) {
        WARN("refused: " << refusal->reason);
        continue;
      }
      shape_of(result, minimal, form);
      ++built;
    }
  }
  CHECK(built > 60);
}

TEST_CASE("every small group of the catalogue is represented", "[representation][slow]") {
  std::size_t groups = 0;
  for (const std::string& name : automata::catalogue_names()) {
    const Dfa minimal = catalogue_language(name);
    if (!algebra::is_group(minimal).is_yes() || minimal.states() < 2 || minimal.states() > 130) continue;
    CAPTURE(name);
    const auto result = represent(minimal, {});
    if (const auto* refusal = std::get_if<Refusal>(&result)) {
      WARN(name << " refused: " << refusal->reason);
      continue;
    }
    shape_of(result, minimal);
    ++groups;
  }
  CHECK(groups >= 25);
}

TEST_CASE("what is no group is refused with a letter", "[representation]") {
  const Dfa language = testing::regex_language("(ab)*");
  for (const auto& result : {represent(language, {}), represent_cover(language, kHouseholder)}) {
    REQUIRE(std::holds_alternative<Refusal>(result));
    CHECK_THAT(std::get<Refusal>(result).reason, Catch::Contains("letter 'a' does not permute"));
  }
}

}  // namespace
}  // namespace eigenmata::compiler
