// SPDX-License-Identifier: Apache-2.0
//
// Noise margins against a formula, and against networks that are run with noise.
#include "eigenmata/certificate/noise_margin.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/certificate/box.hpp"
#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/compiler/last_letters.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::certificate {
namespace {

using exact::Rational;

LayerwiseCertificate digits(const automata::Dfa& minimal, const std::string& target) {
  const auto result = compiler::compile_digits(minimal, expressivity::parse_model_class(target, {}), {});
  return std::get<LayerwiseCertificate>(std::get<compiler::Construction>(result).certificate);
}

/// The last letter but one: every letter overwrites one of n values.
automata::Dfa last_but_one(std::size_t n) {
  const std::string letters = std::string("abcdefghijklmnopqrstuvwxyz").substr(0, n);
  return testing::regex_language(".*a.", letters);
}

TEST_CASE("two digits to the base n with the contraction 1/c", "[certificate][noise]") {
  // Boxes of neighbouring old digits are g₂ = g₁/c apart, g₁ = 2/(n−1)·(1 − 1/c) − 2/c; ε/(1 − 1/c) is half of that.
  for (const auto& [set, c] : {std::pair("{1,1/4}", 4), std::pair("{1,1/16}", 16), std::pair("{1,3/7}", 0)}) {
    CAPTURE(set);
    const LayerwiseCertificate certificate = digits(last_but_one(2), std::string("diagonal") + set);
    const auto margins = noise_margins(certificate);
    REQUIRE(margins[0]);
    const Rational l = c == 0 ? Rational(3, 7) : Rational(1, c);
    const Rational g1 = 2 * (1 - l) - 2 * l;
    CHECK(margins[0]->overwriting == g1 * l / 2 * (1 - l));
    CHECK_FALSE(margins[0]->holds);
  }
  CHECK(noise_margins(digits(last_but_one(2), "diagonal{1,1/4}"))[0]->overwriting == Rational(3, 32));
}

TEST_CASE("thousands of thresholds: the margin is that of the nearest one of any step", "[certificate][noise]") {
  // All of the last letters are digits of one number, and each step looks for its place among as many thresholds.
  for (const std::size_t letters : {3U, 10U}) {
    CAPTURE(letters);
    const auto minimal = testing::regex_language(".*a.{" + std::to_string(letters) + "}", "ab");
    const auto result =
        compiler::compile_last_letters(minimal, expressivity::parse_model_class("diagonal(0,1)", {}), {});
    const auto certificate = std::get<LayerwiseCertificate>(std::get<compiler::Construction>(result).certificate);
    const auto margins = noise_margins(certificate);
    REQUIRE(margins.size() == 1);
    REQUIRE(margins[0]);
    if (letters > 3) continue;
    const auto& layer = certificate.network.layers[0];
    const lrnn::Runner<exact::RationalArithmetic> runner({}, certificate.network);
    BoxImages<exact::RationalArithmetic> images(runner, 0);
    const exact::RationalArithmetic k;
    std::optional<Rational> least;
    for (const RegionStep& step : certificate.layers[0].steps) {
      const auto& readouts = std::get<lrnn::AffineDecoder<Rational>>(layer.decoder).readouts;
      const auto& readout = readouts[readouts.size() == 1 ? 0 : step.symbol];
      const auto image =
          images.image(box_of(k, certificate.layers[0].regions[step.region], 1), core::symbol(step.symbol));
      const Rational weight = readout.weights.entries()[0].value;
      const Rational middle = dot(k, readout.weights, image->centre) + readout.constant;
      const Rational half = image->is_point() ? Rational(0) : image->half_widths.entries()[0].value * abs(weight);
      const Rational gate = std::get<lrnn::Diagonal<Rational>>(layer.maps[step.symbol].a).entries[0];
      for (const Rational& t : readout.thresholds) {
        const Rational margin = (abs(Rational(t - middle)) - half) / abs(weight) * (1 - gate);
        if (!least || margin < *least) least = margin;
      }
    }
    REQUIRE(least);
    CHECK(margins[0]->overwriting == *least);
  }
}

TEST_CASE("networks with less noise than the margin say the same", "[certificate][noise]") {
  EIGENMATA_SEEDED(random, 1);
  std::size_t with_margin = 0;
  for (int i = 0; i < 150; ++i) {
    const auto minimal = automata::minimised(testing::random_dfa(random, 3 + random.below(4), 2));
    const char* const target = random.one_in(2) ? "diagonal[0,1]" : "householder[0,1]:1";
    const auto result = compiler::compile_digits(minimal, expressivity::parse_model_class(target, {}), {});
    if (std::holds_alternative<compiler::Refusal>(result) || minimal.states() == 1) continue;
    const auto certificate = std::get<LayerwiseCertificate>(std::get<compiler::Construction>(result).certificate);
    const auto margins = noise_margins(certificate);
    CAPTURE(i, minimal.states(), target);
    REQUIRE(margins.size() == certificate.network.layers.size());
    for (std::size_t l = 0; l < margins.size(); ++l) {
      if (!margins[l]) continue;
      REQUIRE(margins[l]->overwriting > 0);
      ++with_margin;
      // One layer at a time, over the symbols that it reads in the exact network.
      const auto& layer = certificate.network.layers[l];
      const auto& readouts = std::get<lrnn::AffineDecoder<Rational>>(layer.decoder).readouts;
      const exact::RationalArithmetic k;
      const auto said = [&](std::size_t symbol, const std::vector<Rational>& h) {
        const auto& readout = readouts.size() == 1 ? readouts[0] : readouts[symbol];
        Rational value = readout.constant;
        for (const auto& e : readout.weights.entries()) value += e.value * h[e.index];
        std::size_t above = 0;
        for (const Rational& t : readout.thresholds) above += t <= value ? 1 : 0;
        return readout.outputs[above];
      };
      for (const bool adverse : {true, false}) {
        std::vector<Rational> exact_state = lrnn::coordinates(k, layer.start), noisy = exact_state;
        std::uint32_t region = certificate.layers[l].start;
        const Rational side = random.one_in(2) ? 1 : -1;
        for (int t = 0; t < 30; ++t) {
          std::vector<RegionStep> steps;
          for (const RegionStep& step : certificate.layers[l].steps) {
            if (step.region == region) steps.push_back(step);
          }
          if (steps.empty()) break;
          const RegionStep step = steps[random.below(steps.size())];
          const auto matrix = to_dense(k, layer.maps[step.symbol].a);
          const auto b = lrnn::coordinates(k, layer.maps[step.symbol].b);
          for (std::size_t j = 0; j < layer.dimension; ++j) {
            const Rational gate = matrix(j, j);
            exact_state[j] = gate * exact_state[j] + b[j];
            noisy[j] = gate * noisy[j] + b[j];
            if (abs(gate) == 1) continue;
            const Rational part = adverse ? Rational(side * 999 / 1000) : Rational(random.between(-999, 999), 1000);
            noisy[j] += part * margins[l]->overwriting;
          }
          region = step.next;
          REQUIRE(said(step.symbol, noisy) == said(step.symbol, exact_state));
        }
      }
    }
  }
  CHECK(with_margin > 10);
}

TEST_CASE("the margin is reached", "[certificate][noise]") {
  // All letters overwrite: with a little more noise than the margin, always to one side, the old digit is misread.
  const LayerwiseCertificate certificate = digits(last_but_one(2), "diagonal{1,1/4}");
  const Rational margin = noise_margins(certificate)[0]->overwriting;
  const auto& layer = certificate.network.layers[0];
  const exact::RationalArithmetic k;
  bool misread = false;
  for (const int side : {1, -1}) {
    for (std::size_t word = 0; word < 1024; ++word) {
      Rational clean = lrnn::coordinates(k, layer.start)[0], noisy = clean;
      std::size_t symbol = 0;
      for (std::size_t t = 0; t < 10; ++t) {
        symbol = (word >> t) & 1;
        const Rational gate = to_dense(k, layer.maps[symbol].a)(0, 0);
        const Rational b = lrnn::coordinates(k, layer.maps[symbol].b)[0];
        clean = gate * clean + b;
        noisy = gate * noisy + b + side * margin * Rational(102, 100);
      }
      const auto& readouts = std::get<lrnn::AffineDecoder<Rational>>(layer.decoder).readouts;
      const auto& readout = readouts.size() == 1 ? readouts[0] : readouts[symbol];
      const auto above = [&](const Rational& h) {
        std::size_t count = 0;
        for (const Rational& t : readout.thresholds)
          count += t <= h * lrnn::coordinates(k, readout.weights)[0] + readout.constant ? 1 : 0;
        return count;
      };
      misread = misread || above(clean) != above(noisy);
    }
  }
  CHECK(misread);
}

TEST_CASE("no margin where a matrix is not diagonal", "[certificate][noise]") {
  const auto result = compiler::compile_missing_sets(testing::catalogue_language("t3"), {});
  const auto certificate = std::get<LayerwiseCertificate>(std::get<compiler::Construction>(result).certificate);
  CHECK_FALSE(noise_margins(certificate)[0].has_value());
}

}  // namespace
}  // namespace eigenmata::certificate
