// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/real_form.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::CyclotomicField;
using exact::FieldElement;
using ComplexModel = ModelOver<CyclotomicField>;

ComplexModel read(const std::string& text) { return std::get<ComplexModel>(read_model({"model.json", text})); }

/// One layer that turns by e(1/m), read in a table of the m powers, or by its real part.
std::string turns(std::size_t m, const std::string& decoder) {
  return R"({"format": "eigenmata-model", "version": 1, "numbers": {"cyclotomic": )" + std::to_string(m) +
         R"(}, "alphabet": ["a", "b"], "accepts_empty": true, "layers": [{"dimension": 1, "start": ["1"],
            "letters": {"a": {"A": {"diagonal": ["z"]}}, "b": {"A": {"diagonal": ["1"]}, "B": ["0"]}},
            "outputs": ["other", "first"], "decoder": )" +
         decoder + R"(}], "accept": ["first"]})";
}

template <class K>
std::vector<std::optional<bool>> said(const ModelOver<K>& model, const Word& word) {
  return answers(Runner<K>(model.arithmetic, model.network), word);
}

TEST_CASE("the real form turns in planes", "[real_form]") {
  EIGENMATA_SEEDED(random, 431);
  for (const std::size_t m : {3, 4, 5, 7, 8, 12, 20}) {
    CAPTURE(m);
    const CyclotomicField k(m);
    std::string rows;
    for (std::size_t j = 0; j < m; ++j) {
      rows += (j == 0 ? "" : ", ") + std::string(R"({"state": [")") + k.format(k.power_of_generator(j)) +
              R"("], "output": ")" + (j == 0 ? "first" : "other") + R"("})";
    }
    const ComplexModel complex = read(turns(m, R"({"table": [)" + rows + "]}"));
    const auto real = real_form(complex);
    REQUIRE(real);
    CHECK(std::holds_alternative<ModelOver<exact::RationalArithmetic>>(*real) == (m == 4));
    std::visit(
        [&](const auto& over) {
          REQUIRE_NOTHROW(validate(over.arithmetic, over.network));
          CHECK(over.network.layers[0].dimension == 2);
          for (int i = 0; i < 5; ++i) {
            Word word;
            for (std::size_t t = 0; t < 3 * m; ++t) word.push_back(core::symbol(random.below(4) == 0 ? 1 : 0));
            CHECK(said(over, word) == said(complex, word));
          }
        },
        *real);
  }
}

TEST_CASE("readouts become real parts, and real layers stay as they are", "[real_form]") {
  // Re z^t ≥ 1/2 and Im by the weight −z^3 of order 12, −i: only t = 0 of order 4 is compared exactly.
  const ComplexModel complex = read(turns(
      4, R"({"affine": {"weights": ["1-z"], "constant": "z", "thresholds": ["1/2"], "outputs": ["other", "first"]}})"));
  const auto real = std::get<ModelOver<exact::RationalArithmetic>>(*real_form(complex));
  const auto& readout = std::get<AffineDecoder<exact::Rational>>(real.network.layers[0].decoder).readouts[0];
  // Re((1 − i)(x + iy) + i) = x + y.
  CHECK(coordinates(real.arithmetic, readout.weights) == std::vector<exact::Rational>{1, 1});
  CHECK(readout.constant == 0);
  const ComplexModel plain = read(R"({"format": "eigenmata-model", "version": 1, "numbers": {"cyclotomic": 8},
    "alphabet": ["a"], "accepts_empty": true, "class": "householder[-1,1]:1",
    "layers": [{"dimension": 2, "start": ["1", "0"],
      "letters": {"a": {"A": {"householder": [{"beta": "2", "v": ["z-z^3", "-1"]}]}}}, "outputs": ["o"],
      "decoder": {"affine": {"weights": ["1", "0"], "constant": "0", "thresholds": [], "outputs": ["o"]}}}],
    "accept": ["o"]})");
  const auto kept = std::get<ModelOver<exact::NumberField>>(*real_form(plain));
  CHECK(kept.network.layers[0].dimension == 2);
  const auto& product = std::get<HouseholderProduct<FieldElement>>(kept.network.layers[0].maps[0].a);
  const auto& root = product.factors[0].v.entries()[0].value;
  CHECK(kept.arithmetic.equal(kept.arithmetic.multiply(root, root), kept.arithmetic.from_rational(2)));
  CHECK(kept.arithmetic.sign(root) == 1);
}

}  // namespace
}  // namespace eigenmata::lrnn
