// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/weights_file.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "eigenmata/core/json.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "lrnn/tensors.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;
using testing::bytes_of;

const exact::RationalArithmetic kRationals{};

struct Array {
  std::string name;
  std::vector<std::size_t> shape;
  std::vector<float> values;
};

std::string meaning(const std::string& layers, const std::string& more = "") {
  return R"({"format": "eigenmata-weights", "version": 1, "alphabet": ["a", "b"], "accepts_empty": true, )" + more +
         R"("layers": [)" + layers + R"(], "accept": ["even"]})";
}

const std::string kThreshold = R"({"outputs": ["odd", "even"], "decoder": "threshold"})";
const std::string kArgmax = R"({"outputs": ["odd", "even"], "decoder": "argmax"})";

std::string npz(const std::string& text, const std::vector<Array>& arrays) {
  std::vector<std::pair<std::string, std::string>> members{{"eigenmata.npy", testing::npy_text(text)}};
  for (const Array& array : arrays) {
    std::string shape = "(";
    for (const std::size_t length : array.shape) shape += std::to_string(length) + ", ";
    members.emplace_back("layers." + array.name + ".npy", testing::npy("<f4", shape + ")", bytes_of(array.values)));
  }
  return testing::zip(members, false);
}

RationalNetwork read(const std::string& file) { return read_weights({"w.npz", file}); }

std::string complaint(const std::string& file) {
  try {
    (void)read(file);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "";
}

const std::vector<Array> kParity{{"0.A", {2, 1}, {-1, 1}}, {"0.start", {1}, {1}}, {"0.weights", {1}, {1}}};

TEST_CASE("a table of weights is the network that it describes", "[weights_file]") {
  const std::string json = R"({
    "format": "eigenmata-model", "version": 1, "class": "diagonal[-1,1]", "numbers": "rational",
    "alphabet": ["a", "b"], "accepts_empty": true,
    "layers": [{"dimension": 1, "start": ["1"],
      "letters": {"a": {"A": {"diagonal": ["-1"]}}, "b": {"A": {"diagonal": ["1"]}}}, "outputs": ["odd", "even"],
      "decoder": {"affine": {"weights": ["1"], "constant": "0", "thresholds": ["0"], "outputs": ["odd", "even"]}}}],
    "accept": ["even"]})";
  const RationalNetwork expected = std::get<ModelOver<exact::RationalArithmetic>>(read_model({"json", json})).network;
  const std::string text = meaning(kThreshold, R"("class": "diagonal[-1,1]", )");
  CHECK(same_network(read(npz(text, kParity)), expected));
  // As every reader of models sees it, and in the other format.
  const Model model = read_model({"w.npz", npz(text, kParity)});
  CHECK(same_network(std::get<ModelOver<exact::RationalArithmetic>>(model).network, expected));
  core::JsonWriter header;
  header.begin_object(core::JsonWriter::Layout::kInline).key("__metadata__").begin_object();
  header.key("eigenmata").string(text).end_object();
  std::string data;
  const auto add = [&](const std::string& name, const std::vector<std::uint64_t>& shape, const std::string& bytes) {
    header.key("layers.0." + name).begin_object().key("dtype").string("BF16").key("shape").integers(shape);
    header.key("data_offsets").integers({data.size(), data.size() + bytes.size()}).end_object();
    data += bytes;
  };
  add("A", {2, 1}, "\x80\xbf\x80\x3f");
  add("start", {1}, "\x80\x3f");
  add("weights", {1}, "\x80\x3f");
  CHECK(same_network(read(testing::safetensors(header.end_object().take(), data)), expected));
}

/// The state as people write it down: rows of keys, columns of values; h ← α h, then h ← h − β k (kᵀh − v).
struct Plain {
  std::size_t n, m, s;
  bool delta;
  std::vector<Rational> h;

  void read(const std::vector<float>& k, const std::vector<float>& beta, const std::vector<float>& v,
            const std::vector<float>& gate, std::size_t x) {
    for (Rational& entry : h) entry *= Rational(gate[x]);
    for (std::size_t j = 0; j < s; ++j) {
      const std::size_t at = x * s + j;
      for (std::size_t c = 0; c < m; ++c) {
        Rational along = 0;
        for (std::size_t i = 0; i < n; ++i) along += Rational(k[at * n + i]) * h[i * m + c];
        const Rational change =
            delta ? Rational(beta[at]) * (Rational(v[at * m + c]) - along) : Rational(v[at * m + c]);
        for (std::size_t i = 0; i < n; ++i) h[i * m + c] += change * Rational(k[at * n + i]);
      }
    }
  }
};

TEST_CASE("keys, gates and values do what the rules of the architectures say", "[weights_file]") {
  EIGENMATA_SEEDED(random, 421);
  for (int round = 0; round < 200; ++round) {
    Plain plain{1 + random.below(3), 1 + random.below(2), 1 + random.below(2), random.one_in(2), {}};
    if (!plain.delta) plain.s = 1;
    const auto draw = [&](std::size_t count) {
      std::vector<float> values(count);
      for (float& value : values) value = static_cast<float>(random.between(-4, 4)) / 4;
      return values;
    };
    const bool bos = random.one_in(2);
    const std::size_t tokens = bos ? 3 : 2;
    const std::size_t n = plain.n, m = plain.m, s = plain.s;
    const auto k = draw(tokens * s * n), beta = draw(tokens * s), v = draw(tokens * s * m);
    auto gate = draw(tokens);
    if (random.one_in(2)) gate.assign(tokens, 1.0f);
    const auto with = [&](std::vector<std::size_t> shape) {
      if (s == 1) shape.erase(shape.begin() + 1);
      return shape;
    };
    std::vector<Array> arrays{{"0.k", with({tokens, s, n}), k},
                              {"0.v", with({tokens, s, m}), v},
                              {"0.gate", {tokens}, gate},
                              {"0.weights", {n * m}, draw(n * m)}};
    if (plain.delta) arrays.push_back({"0.beta", with({tokens, s}), beta});
    plain.h.assign(n * m, 0);
    const auto start = draw(n * m);
    if (bos) {
      plain.read(k, beta, v, gate, 2);
    } else {
      arrays.push_back({"0.start", {n * m}, start});
      plain.h.assign(start.begin(), start.end());
    }
    const RationalNetwork network = read(npz(meaning(kThreshold, bos ? R"("bos": true, )" : ""), arrays));
    const Runner runner(kRationals, network);
    auto work = runner.make_workspace();
    auto states = runner.start();
    for (int t = 0; t < 6; ++t) {
      CAPTURE(round, t, n, m, s, bos, plain.delta);
      REQUIRE(coordinates(kRationals, states[0]) == plain.h);
      const std::size_t x = random.below(2);
      (void)runner.step(states, core::symbol(x), work);
      plain.read(k, beta, v, gate, x);
    }
  }
}

TEST_CASE("argmax is the larger score, and of equal ones the first", "[weights_file]") {
  const auto accepted = [](std::vector<float> weights, std::vector<float> constants) {
    const RationalNetwork network = read(npz(meaning(kArgmax), {{"0.A", {2, 1}, {1, 1}},
                                                                {"0.start", {1}, {1}},
                                                                {"0.weights", {2, 1}, std::move(weights)},
                                                                {"0.constant", {2}, std::move(constants)}}));
    const Runner runner(kRationals, network);
    return *answers(runner, {core::symbol(0)}).back();
  };
  CHECK(accepted({1, 2}, {0, 0}));
  CHECK_FALSE(accepted({2, 1}, {0, 0}));
  CHECK_FALSE(accepted({1, 1}, {0, 0}));
  CHECK_FALSE(accepted({1, 2}, {2, 1}));
  CHECK(accepted({1, 2}, {2, 1.5f}));
}

TEST_CASE("normalised keys and several layers", "[weights_file]") {
  const std::vector<Array> swap{{"0.k", {2, 2}, {1, -1, 0, 0}},
                                {"0.beta", {2}, {2, 0}},
                                {"0.start", {2}, {1, 0}},
                                {"0.weights", {2}, {1, 0}},
                                {"0.thresholds", {1}, {0.5f}}};
  const std::string claim = R"("class": "deltanet[-1,1]", "keys": "normalised", )";
  CHECK(complaint(npz(meaning(kThreshold, claim), swap)).find("class it claims") != std::string::npos);  // its start
  const std::string householder = R"("class": "householder[-1,1]:1", "keys": "normalised", )";
  CHECK(complaint(npz(meaning(kThreshold, householder), swap)).empty());
  // As written β kᵀk is 4, and 1 − 4 is not in [−1, 1].
  CHECK_FALSE(complaint(npz(meaning(kThreshold, R"("class": "householder[-1,1]:1", )"), swap)).empty());
  std::vector<Array> writes = swap;
  writes.push_back({"0.v", {2}, {1, 0}});
  CHECK(complaint(npz(meaning(kThreshold, householder), writes)).find("no rational number") != std::string::npos);
  std::vector<Array> two = kParity;
  two.insert(two.end(), {{"1.A", {2, 1, 1}, {1, -1}}, {"1.B", {2, 1}, {0, 0}}, {"1.weights", {2, 1}, {1, -1}}});
  const RationalNetwork network = read(npz(meaning(kThreshold + ", " + kThreshold), two));
  CHECK(network.layers.size() == 2);
  CHECK(std::get<AffineDecoder<Rational>>(network.layers[1].decoder).readouts.size() == 2);
}

TEST_CASE("tables of weights that do not fit say what would", "[weights_file]") {
  const auto says = [](const std::vector<Array>& arrays, const std::string& text, const std::string& expected) {
    const std::string found = complaint(npz(text, arrays));
    CAPTURE(found, expected);
    CHECK(found.find(expected) != std::string::npos);
    CHECK(found.find("w.npz") == 0);
  };
  const auto with = [](std::vector<Array> arrays, Array array) {
    for (Array& old : arrays) {
      if (old.name == array.name) {
        old = array;
        return arrays;
      }
    }
    arrays.push_back(std::move(array));
    return arrays;
  };
  const std::string text = meaning(kThreshold);
  REQUIRE(complaint(npz(text, kParity)).empty());
  says(with(kParity, {"0.A", {3, 1}, {1, 1, 1}}), text, "has shape (3, 1), expected (2, 1) or (2, 1, 1)");
  says(with(kParity, {"0.A", {2}, {1, 1}}), text, "array 'layers.0.A' has shape (2)");
  says(with(kParity, {"0.start", {2}, {1, 1}}), text, "'layers.0.start' has shape (2), expected (1)");
  says(with(kParity, {"0.k", {2, 1}, {1, 1}}), text, "not both");
  says(with(kParity, {"0.bias", {1}, {1}}), text, "'layers.0.bias' has no meaning here");
  says(with(kParity, {"1.A", {1}, {1}}), text, "of a layer that the metadata does not have");
  says(with(kParity, {"x.A", {1}, {1}}), text, "names are layers.0.A");
  says(with(kParity, {"0.A", {2, 1}, {1, INFINITY}}), text, "is not finite");
  says(with(kParity, {"0.thresholds", {2}, {0, 1}}), text, "2 thresholds need 3 outputs");
  says(with(kParity, {"0.thresholds", {1, 1}, {0}}), text, "is no list of numbers");
  says({kParity[1], kParity[2]}, text, "'layers.0.A', or 'layers.0.k', is missing");
  says({kParity[0]}, text, "'layers.0.weights' is missing");
  says({{"0.k", {2, 2, 1}, {1, 1, 1, 1}}, kParity[2]}, text, "'layers.0.beta' is missing");
  says({{"0.k", {2, 1}, {1, 1}}, {"0.beta", {1}, {1}}, kParity[2]}, text, "'layers.0.beta' has shape (1)");
  says(kParity, meaning(kThreshold, R"("bos": true, )"), "has shape (2, 1), expected (3, 1)");
  says(kParity, meaning(kThreshold, R"("keys": "long", )"), "metadata:1:");
  says(kParity, meaning(kThreshold, R"("semantics": "exact", )"), "semantics");
  says(kParity, meaning(R"({"outputs": ["odd", "even"], "decoder": "softmax"})"), "\"threshold\" or \"argmax\"");
  says(kParity, meaning(R"({"outputs": ["odd"], "decoder": "threshold"})"), "1 thresholds need 2 outputs");
  says(kParity, "{", "metadata:1:");
  says(kParity, "7", "eigenmata-weights");
  CHECK(complaint(testing::zip({}, false)).find("the metadata is missing") != std::string::npos);
}

}  // namespace
}  // namespace eigenmata::lrnn
