// SPDX-License-Identifier: Apache-2.0
//
// Circles by one or two reflections a token: certificates hold, answers are the automaton's, all factors are real, and
// the exact numbers are the cosines and sines that they stand for.
#include <catch2/catch.hpp>
#include <cmath>
#include <complex>
#include <map>
#include <numbers>
#include <string>

#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "support/complex_constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;
using Certificate = certificate::ComplexLayerwiseCertificate;

expressivity::ModelClass model_class(const std::string& text) { return expressivity::parse_model_class(text, {}); }

/// The complex number, by its coefficients.
std::complex<double> approximate_value(const Certificate& c, const exact::FieldElement& a) {
  std::complex<double> sum = 0;
  const auto coefficients = a.coefficients();
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(c.arithmetic.order());
    sum += static_cast<double>(coefficients[i]) * std::polar(1.0, angle);
  }
  return sum;
}

TEST_CASE("turns: layers of groups and automata with one and two factors", "[turns]") {
  auto random = core::Random(seed_or(1));
  // Layers for one factor a token, and for two.
  const std::map<std::string, std::pair<std::size_t, std::size_t>> expected{{"mod-3", {2, 1}},
                                                                            {"mod-7", {2, 1}},
                                                                            {"s3-word-problem", {2, 2}},
                                                                            {"d5-word-problem", {2, 2}},
                                                                            {"a4-word-problem", {4, 2}},
                                                                            {"f20-word-problem", {3, 2}},
                                                                            {"luhn", {4, 3}},
                                                                            {"t3", {6, 5}}};
  for (const auto& [name, layers] : expected) {
    const auto minimal = catalogue_language(name);
    for (const std::size_t k : {1U, 2U}) {
      CAPTURE(name, k);
      const auto target = model_class("householder[-1,1]:" + std::to_string(k));
      const auto result = compile_turns(minimal, target, {});
      const Certificate& c = complex_certificate_of(result);
      require_certified(c, minimal, target, random);
      CHECK(certificate::has_points_only(c));
      CHECK(c.network.layers.size() == (k == 1 ? layers.first : layers.second));
    }
  }
}

TEST_CASE("turns: exact numbers are cosines and sines", "[turns]") {
  const auto result = compile_turns(catalogue_language("mod-7"), model_class("householder[-1,1]:1"), {});
  const Certificate& c = complex_certificate_of(result);
  const auto& circle = c.network.layers[1];
  CHECK(circle.dimension == 2);
  const auto& table = std::get<lrnn::TableDecoder<exact::FieldElement>>(circle.decoder);
  CHECK(table.rows.size() == 7);
  for (const auto& row : table.rows) {
    std::complex<double> x = 0;
    std::complex<double> y = 0;
    for (const auto& entry : row.state.entries()) (entry.index == 0 ? x : y) = approximate_value(c, entry.value);
    CHECK(std::abs(x.imag()) + std::abs(y.imag()) < 1e-9);
    const double sevenths = std::atan2(y.real(), x.real()) / (2 * std::numbers::pi) * 7;
    CHECK(std::abs(sevenths - std::round(sevenths)) < 1e-9);
    CHECK(std::abs(x.real() * x.real() + y.real() * y.real() - 1) < 1e-9);
  }
  // One reflection a letter: A² = I, trace 0.
  for (const auto& map : circle.maps) {
    const auto a = to_dense(c.arithmetic, map.a);
    CHECK(c.arithmetic.is_zero(c.arithmetic.add(a(0, 0), a(1, 1))));
    CHECK(c.arithmetic.equal(
        c.arithmetic.subtract(c.arithmetic.multiply(a(0, 0), a(1, 1)), c.arithmetic.multiply(a(0, 1), a(1, 0))),
        c.arithmetic.from_rational(-1)));
  }
}

TEST_CASE("turns: random automata", "[turns]") {
  auto random = core::Random(seed_or(4));
  CAPTURE(seed_or(4));
  std::size_t compiled = 0;
  for (int i = 0; i < 80; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 3 + random.below(3), 2));
    const auto target = model_class("householder[-1,1]:" + std::to_string(1 + i % 3));
    const auto result = compile_turns(minimal, target, {});
    if (std::holds_alternative<Refusal>(result)) continue;
    CAPTURE(i, minimal.states());
    require_certified(complex_certificate_of(result), minimal, target, random);
    CHECK(certificate::has_points_only(complex_certificate_of(result)));
    ++compiled;
  }
  CHECK(compiled > 10);
}

TEST_CASE("turns: texts come back, wrong and complex ones fail", "[turns]") {
  const auto result = compile_turns(catalogue_language("mod-5"), model_class("householder[-1,1]:1"), {});
  const Certificate& right = complex_certificate_of(result);
  const std::string text = write_certificate(right);
  const auto read = certificate::read_any_certificate({"c", text});
  REQUIRE(std::holds_alternative<Certificate>(read));
  CHECK(write_certificate(read) == text);
  CHECK(certificate::check(read, {}).is_yes());
  auto wrong = right;
  auto& factor = std::get<lrnn::HouseholderProduct<exact::FieldElement>>(wrong.network.layers[1].maps[0].a).factors[0];
  factor.beta = right.arithmetic.one();
  CHECK_FALSE(certificate::check(wrong, {}).is_yes());
  factor.v = lrnn::unit_vector(right.arithmetic, 2, 0);
  factor.v = mapped(factor.v, [&](const auto&) { return right.arithmetic.power_of_generator(1); });
  CHECK_THROWS(lrnn::validate(right.arithmetic, wrong.network));
  CHECK_THROWS_AS(certificate::read_any_certificate({"c", write_certificate(wrong)}), core::Error);
}

}  // namespace
}  // namespace eigenmata::compiler
