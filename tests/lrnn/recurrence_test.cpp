// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/recurrence.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <set>

#include "eigenmata/algebra/swap_copy.hpp"
#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/lrnn/spectrum.hpp"
#include "support/languages.hpp"
#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::FieldElement;
using exact::NumberField;
using exact::Rational;
using exact::RationalArithmetic;
using testing::NaiveRunner;

const RationalArithmetic kRationals{};

SparseVector<Rational> vector(const std::vector<Rational>& values) { return sparse(kRationals, values); }

template <class K>
bool same_state(const K& k, const JointState<typename K::Scalar>& a, const typename NaiveRunner<K>::State& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t l = 0; l < a.size(); ++l) {
    const auto values = coordinates(k, a[l]);
    if (values.size() != b[l].size()) return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!k.equal(values[i], b[l][i])) return false;
    }
  }
  return true;
}

/// Runs words through the sparse and the slow model, and compares states and answers after every letter.
template <class K>
void require_same_runs(const K& k, const Network<typename K::Scalar>& network, core::Random& random, int words,
                       std::size_t length) {
  const Runner<K> runner(k, network);
  const NaiveRunner<K> naive(k, network);
  auto work = runner.make_workspace();
  for (int i = 0; i < words; ++i) {
    const core::Word word = testing::random_word(random, length, network.alphabet.size());
    CAPTURE(core::format_word(network.alphabet, word));
    auto states = runner.start();
    auto expected_states = naive.start();
    REQUIRE(same_state(k, states, expected_states));
    for (const Symbol letter : word) {
      const auto expected = naive.step(expected_states, letter);
      const auto found = runner.step(states, letter, work);
      REQUIRE(found == expected);
      REQUIRE(same_state(k, states, expected_states));
      if (!found) break;
    }
  }
}

// Against dense multiplication.

TEST_CASE("states pushed through factors by their support are those of dense multiplication", "[recurrence]") {
  EIGENMATA_SEEDED(random, 71);
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    const auto network = testing::random_network(kRationals, random, {1 + random.below(3), random.below(4), 4, true});
    require_same_runs(kRationals, network, random, 4, 5);
  }
}

TEST_CASE("over a number field as well", "[recurrence]") {
  EIGENMATA_SEEDED(random, 72);
  const NumberField field = testing::field_of_sqrt5();
  for (int round = 0; round < 100; ++round) {
    CAPTURE(round);
    const auto network = testing::random_network(field, random, {1 + random.below(2), 1 + random.below(2), 3, true});
    require_same_runs(field, network, random, 3, 4);
  }
}

TEST_CASE("random networks have answers and lack them, accept and reject", "[recurrence]") {
  // Without this, the comparisons above could be of networks that do nothing.
  EIGENMATA_SEEDED(random, 73);
  std::map<std::optional<bool>, int> seen;
  std::array<int, testing::kMatrixForms> forms{};
  for (int round = 0; round < 200; ++round) {
    const auto network = testing::random_network(kRationals, random, {2, 2, 4, true});
    const NaiveRunner<RationalArithmetic> naive(kRationals, network);
    for (int i = 0; i < 5; ++i) ++seen[naive.accepts(testing::random_word(random, 3, 2))];
    for (const auto& layer : network.layers) {
      for (const auto& map : layer.maps) ++forms[map.a.index()];
    }
  }
  CHECK(seen[std::nullopt] > 50);
  CHECK(seen[true] > 100);
  CHECK(seen[false] > 100);
  for (const int count : forms) CHECK(count > 100);
}

/// Applies a product factor by factor to all coordinates.
std::vector<Rational> applied(const std::vector<RankOneFactor<Rational>>& factors, std::vector<Rational> h) {
  for (const auto& factor : factors) {
    const auto u = coordinates(kRationals, factor.u);
    const auto v = coordinates(kRationals, factor.v);
    Rational sum = 0;
    for (std::size_t i = 0; i < h.size(); ++i) sum += v[i] * h[i];
    for (std::size_t i = 0; i < h.size(); ++i) h[i] -= sum * u[i];
  }
  return h;
}

/// A few entries of −1, 1 or 2, so that sums often cancel.
SparseVector<Rational> few_entries(core::Random& random, std::size_t n) {
  std::vector<Rational> values(n, Rational(0));
  for (std::size_t i = 1 + random.below(3); i > 0; --i)
    values[random.below(n)] = random.one_in(3) ? 2 : random.between(-1, 1);
  return vector(values);
}

TEST_CASE("long products of sparse factors, with the coordinates indexed and searched", "[recurrence]") {
  EIGENMATA_SEEDED(random, 74);
  std::size_t unchanged = 0;
  for (int round = 0; round < 300; ++round) {
    // With few factors for the dimension the coordinates are searched, else they are indexed.
    const std::size_t n = 1 + random.below(round % 2 == 0 ? 8 : 200);
    const std::size_t count = random.below(round % 3 == 0 ? 60 : 6);
    RankOneProduct<Rational> product{n, {}};
    for (std::size_t i = 0; i < count; ++i) product.factors.push_back({few_entries(random, n), few_entries(random, n)});
    RationalNetwork network{testing::small_alphabet(1), false, {}, {true}, std::nullopt};
    const auto start = few_entries(random, n);
    network.layers.push_back({n,
                              start,
                              {{product, SparseVector<Rational>(n)}},
                              core::Alphabet({"y"}),
                              AffineDecoder<Rational>{{{SparseVector<Rational>(n), 0, {}, {core::symbol(0)}}}}});
    const Runner<RationalArithmetic> runner(kRationals, network);
    auto work = runner.make_workspace();
    SparseVector<Rational> next;
    runner.next(0, start, core::symbol(0), work, next);
    CAPTURE(round, n, count);
    const auto expected = applied(product.factors, coordinates(kRationals, start));
    REQUIRE(coordinates(kRationals, next) == expected);
    for (const auto& entry : next.entries()) REQUIRE_FALSE(entry.value.is_zero());
    unchanged += expected == coordinates(kRationals, start) ? 1 : 0;
  }
  CHECK(unchanged > 20);
  CHECK(unchanged < 250);
}

/// ℚ that counts its multiplications.
struct CountingArithmetic : RationalArithmetic {
  std::shared_ptr<std::size_t> count = std::make_shared<std::size_t>(0);
  [[nodiscard]] Rational multiply(const Rational& a, const Rational& b) const {
    ++*count;
    return a * b;
  }
  void add_product(Rational& sum, const Rational& a, const Rational& b) const {
    ++*count;
    sum += a * b;
  }
  void subtract_product(Rational& sum, const Rational& a, const Rational& b) const {
    ++*count;
    sum -= a * b;
  }
};

TEST_CASE("all one-hot states together cross a long cycle and a long merge in linear time", "[recurrence]") {
  constexpr std::size_t kPoints = 3'000;
  std::vector<algebra::Point> cycle;
  std::vector<algebra::Point> merge;
  for (std::size_t i = 0; i < kPoints; ++i) {
    cycle.push_back(static_cast<algebra::Point>((i + 1) % kPoints));
    merge.push_back(static_cast<algebra::Point>(i == 0 ? 0 : i - 1));  // a path into 0
  }
  for (const auto& images : {cycle, merge}) {
    const algebra::Transformation map(images);
    RankOneProduct<Rational> product{kPoints, {}};
    for (const auto& f : algebra::swap_copy_factors(map)) {
      std::vector<SparseVector<Rational>::Entry> difference{{f.x, 1}, {f.y, -1}};
      if (f.y < f.x) std::swap(difference[0], difference[1]);
      const SparseVector<Rational> u(kPoints, difference);
      product.factors.push_back(
          {u, f.kind == algebra::SwapCopy::Kind::kSwap ? u : unit_vector(kRationals, kPoints, f.x)});
    }
    REQUIRE(product.factors.size() == kPoints - 1);
    RationalNetwork network{testing::small_alphabet(1), false, {}, {true}, std::nullopt};
    network.layers.push_back({kPoints,
                              unit_vector(kRationals, kPoints, 0),
                              {{product, SparseVector<Rational>(kPoints)}},
                              core::Alphabet({"y"}),
                              AffineDecoder<Rational>{}});
    const CountingArithmetic k;
    const Runner<CountingArithmetic> runner(k, network);
    auto work = runner.make_workspace();
    *k.count = 0;
    SparseVector<Rational> next;
    for (std::size_t i = 0; i < kPoints; ++i) {
      runner.next(0, unit_vector(kRationals, kPoints, i), core::symbol(0), work, next);
      REQUIRE(next.entries().size() == 1);
      REQUIRE(next.entries()[0].index == images[i]);
    }
    // Dense multiplication would take nine million.
    CHECK(*k.count < 20 * kPoints);
  }
}

// Small networks by hand.

TEST_CASE("a network without layers sees the current letter", "[recurrence]") {
  const RationalNetwork network{testing::small_alphabet(2), true, {}, {false, true}, std::nullopt};
  const Runner<RationalArithmetic> runner(kRationals, network);
  const core::Word word{core::symbol(0), core::symbol(1), core::symbol(0)};
  CHECK(answers(runner, word) == std::vector<std::optional<bool>>{true, false, true, false});
  CHECK(answers(runner, {}) == std::vector<std::optional<bool>>{true});
}

/// h ← h/2 + b with b = 0 for the letter a and 1 for b, from h = 0.
RationalNetwork halving(Decoder<Rational> decoder) {
  const auto half = Diagonal<Rational>{{Rational(1, 2)}};
  Layer<Rational> layer{1,
                        SparseVector<Rational>(1),
                        {{half, SparseVector<Rational>(1)}, {half, vector({1})}},
                        core::Alphabet({"no", "yes"}),
                        std::move(decoder)};
  return {testing::small_alphabet(2), false, {std::move(layer)}, {false, true}, std::nullopt};
}

TEST_CASE("a threshold counts as passed where it is met", "[recurrence]") {
  // After b the state is 1, after ba 1/2, after bab 5/4.
  const AffineReadout<Rational> readout{vector({1}), 0, {1}, {core::symbol(0), core::symbol(1)}};
  const auto network = halving(AffineDecoder<Rational>{{readout}});
  const Runner<RationalArithmetic> runner(kRationals, network);
  CHECK(answers(runner, testing::word_of(network.alphabet, "bab")) ==
        std::vector<std::optional<bool>>{false, true, false, true});
}

TEST_CASE("readouts by letter read the current letter", "[recurrence]") {
  const AffineReadout<Rational> never{vector({0}), 0, {}, {core::symbol(0)}};
  const AffineReadout<Rational> always{vector({0}), 0, {}, {core::symbol(1)}};
  const auto network = halving(AffineDecoder<Rational>{{never, always}});
  const Runner<RationalArithmetic> runner(kRationals, network);
  CHECK(answers(runner, testing::word_of(network.alphabet, "bab")) ==
        std::vector<std::optional<bool>>{false, true, false, true});
}

TEST_CASE("after a state without a row there are no more answers", "[recurrence]") {
  const auto network = halving(TableDecoder<Rational>{{{vector({1}), {core::symbol(0)}},
                                                       {vector({Rational(5, 4)}), {core::symbol(1)}},
                                                       {vector({0}), {core::symbol(0), core::symbol(1)}}}});
  const Runner<RationalArithmetic> runner(kRationals, network);
  CHECK(answers(runner, testing::word_of(network.alphabet, "bab")) ==
        std::vector<std::optional<bool>>{false, false, std::nullopt, std::nullopt});
  // The row of the state 0 answers by letter: a rejects.
  CHECK(answers(runner, testing::word_of(network.alphabet, "aab")) ==
        std::vector<std::optional<bool>>{false, false, false, false});
}

TEST_CASE("a layer of dimension 0 still decodes", "[recurrence]") {
  Layer<Rational> layer{0, SparseVector<Rational>(0), {}, core::Alphabet({"no", "yes"}), {}};
  layer.maps.push_back({RankOneProduct<Rational>{0, {}}, SparseVector<Rational>(0)});
  layer.maps.push_back({Diagonal<Rational>{}, SparseVector<Rational>(0)});
  layer.decoder = TableDecoder<Rational>{{{SparseVector<Rational>(0), {core::symbol(0), core::symbol(1)}}}};
  const RationalNetwork network{testing::small_alphabet(2), true, {layer}, {false, true}, std::nullopt};
  const Runner<RationalArithmetic> runner(kRationals, network);
  CHECK(answers(runner, testing::word_of(network.alphabet, "ab")) ==
        std::vector<std::optional<bool>>{true, false, true});
}

// Other arithmetics.

TEST_CASE("one network over rationals, a number field, MPFR reals and balls gives the same answers", "[recurrence]") {
  EIGENMATA_SEEDED(random, 75);
  const NumberField field = testing::field_of_sqrt5();
  const exact::ApproximateRealArithmetic reals{80};
  const exact::BallArithmetic balls{300};
  for (int round = 0; round < 80; ++round) {
    const auto network = testing::random_network(kRationals, random, {2, 1 + random.below(3), 3, false});
    const auto over_field = mapped(network, [&](const Rational& x) { return field.from_rational(x); });
    const auto over_reals = mapped(network, [&](const Rational& x) { return reals.from_rational(x); });
    const auto over_balls = mapped(network, [&](const Rational& x) { return balls.from_rational(x); });
    const Runner<RationalArithmetic> exact_runner(kRationals, network);
    const Runner<NumberField> field_runner(field, over_field);
    const Runner<exact::ApproximateRealArithmetic> real_runner(reals, over_reals);
    const Runner<exact::BallArithmetic> ball_runner(balls, over_balls);
    auto exact_work = exact_runner.make_workspace();
    auto ball_work = ball_runner.make_workspace();
    for (int i = 0; i < 3; ++i) {
      const core::Word word = testing::random_word(random, 8, 2);
      CAPTURE(round, core::format_word(network.alphabet, word));
      const auto expected = answers(exact_runner, word);
      for (const auto& answer : expected) REQUIRE(answer.has_value());
      REQUIRE(answers(field_runner, word) == expected);
      REQUIRE(answers(real_runner, word) == expected);
      REQUIRE(answers(ball_runner, word) == expected);
      auto states = exact_runner.start();
      auto enclosures = ball_runner.start();
      for (const Symbol letter : word) {
        (void)exact_runner.step(states, letter, exact_work);
        (void)ball_runner.step(enclosures, letter, ball_work);
        for (std::size_t l = 0; l < states.size(); ++l) {
          const auto values = coordinates(kRationals, states[l]);
          const auto boxes = coordinates(balls, enclosures[l]);
          for (std::size_t c = 0; c < values.size(); ++c) REQUIRE(boxes[c].contains(values[c]));
        }
      }
    }
  }
}

TEST_CASE("balls around a network over a number field contain its states", "[recurrence]") {
  EIGENMATA_SEEDED(random, 76);
  const NumberField field = testing::field_of_sqrt5();
  const exact::BallArithmetic balls{200};
  for (int round = 0; round < 30; ++round) {
    const auto network = testing::random_network(field, random, {2, 1, 3, false});
    const auto over_balls = mapped(network, [&](const FieldElement& x) { return field.enclosure(x, 200); });
    const Runner<NumberField> runner(field, network);
    const Runner<exact::BallArithmetic> ball_runner(balls, over_balls);
    auto work = runner.make_workspace();
    auto ball_work = ball_runner.make_workspace();
    auto states = runner.start();
    auto enclosures = ball_runner.start();
    for (const Symbol letter : testing::random_word(random, 6, 2)) {
      const auto answer = runner.step(states, letter, work);
      REQUIRE(ball_runner.step(enclosures, letter, ball_work) == answer);
      const auto values = coordinates(field, states[0]);
      const auto boxes = coordinates(balls, enclosures[0]);
      for (std::size_t c = 0; c < values.size(); ++c) REQUIRE(boxes[c].overlaps(field.enclosure(values[c], 400)));
    }
  }
}

TEST_CASE("balls that cannot tell on which side of a threshold a state is give no answer", "[recurrence]") {
  // A third of 3 is 1 exactly; the ball of 1/3 has a radius.
  const auto third = Diagonal<Rational>{{Rational(1, 3)}};
  Layer<Rational> layer{1,
                        vector({3}),
                        {{third, SparseVector<Rational>(1)}},
                        core::Alphabet({"no", "yes"}),
                        AffineDecoder<Rational>{{{vector({1}), 0, {1}, {core::symbol(0), core::symbol(1)}}}}};
  const RationalNetwork network{testing::small_alphabet(1), false, {layer}, {false, true}, std::nullopt};
  const core::Word word{core::symbol(0)};
  CHECK(answers(Runner<RationalArithmetic>(kRationals, network), word).back() == true);
  const exact::BallArithmetic balls{64};
  const auto over_balls = mapped(network, [&](const Rational& x) { return balls.from_rational(x); });
  CHECK(answers(Runner<exact::BallArithmetic>(balls, over_balls), word).back() == std::nullopt);
}

TEST_CASE("a table of states needs exact arithmetic", "[recurrence]") {
  const exact::BallArithmetic balls{64};
  const auto network =
      mapped(halving(TableDecoder<Rational>{}), [&](const Rational& x) { return balls.from_rational(x); });
  CHECK_THROWS_WITH(Runner<exact::BallArithmetic>(balls, network), Catch::Contains("knows equality"));
}

// The icosahedral group in three dimensions.

/// Rotations of the icosahedron over ℚ(√5), φ = (1+√5)/2, as columns are moved: one of order 5, one of order
/// 3 that turns the axes, and the half turn about the third axis.
struct Icosahedron {
  NumberField k = testing::field_of_sqrt5();
  FieldElement half = k.from_rational(Rational(1, 2));
  FieldElement phi = k.from_coefficients({Rational(1, 2), Rational(1, 2)});
  FieldElement one = k.one();

  [[nodiscard]] FieldElement times_half(const FieldElement& x) const { return k.multiply(half, x); }
  [[nodiscard]] FieldElement minus(const FieldElement& x) const { return k.subtract(k.zero(), x); }
  [[nodiscard]] FieldElement integer(int x) const { return k.from_rational(x); }

  [[nodiscard]] Transition<FieldElement> fifth() const {
    const FieldElement h = half;
    const FieldElement p = times_half(phi);
    const FieldElement q = times_half(k.subtract(phi, one));
    return Dense<FieldElement>{exact::Matrix<FieldElement>(3, 3, {h, minus(p), q, p, q, minus(h), q, h, p})};
  }
  [[nodiscard]] Transition<FieldElement> third() const {
    const FieldElement o = k.zero();
    return Dense<FieldElement>{exact::Matrix<FieldElement>(3, 3, {o, o, one, one, o, o, o, one, o})};
  }
  [[nodiscard]] Transition<FieldElement> half_turn() const {
    return Diagonal<FieldElement>{{integer(-1), integer(-1), one}};
  }

  [[nodiscard]] SparseVector<FieldElement> vector(const std::vector<FieldElement>& values) const {
    return sparse(k, values);
  }

  /// All three as letters g, c, d; accepted are the words that bring `start` back: w·h ≥ |start|² for w =
  /// start.
  [[nodiscard]] Network<FieldElement> network(const SparseVector<FieldElement>& start) const {
    Layer<FieldElement> layer{3, start, {}, core::Alphabet({"away", "back"}), {}};
    for (const auto& a : {fifth(), third(), half_turn()}) layer.maps.push_back({a, SparseVector<FieldElement>(3)});
    layer.decoder =
        AffineDecoder<FieldElement>{{{start, k.zero(), {dot(k, start, start)}, {core::symbol(0), core::symbol(1)}}}};
    return {core::parse_alphabet("gcd", {"alphabet"}), true, {std::move(layer)}, {false, true}, std::nullopt};
  }

  /// Number of states that can be reached.
  [[nodiscard]] std::size_t orbit(const std::vector<FieldElement>& start) const {
    auto any = network(vector(start));
    any.accept = {true, true};
    const auto everything = testing::regex_language(".*", "gcd");
    const auto found = certificate::explore(k, any, everything, {});
    REQUIRE(found.verdict.is_yes());
    return found.reachable_states;
  }
};

TEST_CASE("the icosahedral group has orbits of 60, 30, 20 and 12 points", "[recurrence][icosahedron]") {
  const Icosahedron i;
  CHECK(i.orbit({i.integer(1), i.integer(2), i.integer(3)}) == 60);
  CHECK(i.orbit({i.integer(1), i.integer(0), i.integer(0)}) == 30);  // edges
  CHECK(i.orbit({i.integer(1), i.integer(1), i.integer(1)}) == 20);  // faces
  CHECK(i.orbit({i.integer(0), i.phi, i.integer(1)}) == 12);         // vertices
  CHECK(i.orbit({i.integer(0), i.integer(1), i.phi}) == 60);         // the other handedness
}

TEST_CASE("the 60 matrices are orthogonal, with the traces and ranks of A5", "[recurrence][icosahedron]") {
  const Icosahedron i;
  const NumberField& k = i.k;
  const auto identity = exact::identity(k, 3);
  std::vector<exact::Matrix<FieldElement>> group{identity};
  std::set<std::string> seen;
  const auto text = [&](const exact::Matrix<FieldElement>& m) {
    std::string result;
    for (const auto& entry : m.entries()) result += k.format(entry) + " ";
    return result;
  };
  seen.insert(text(identity));
  for (std::size_t at = 0; at < group.size(); ++at) {
    for (const auto& a : {i.fifth(), i.third(), i.half_turn()}) {
      auto product = exact::multiply(k, to_dense(k, a), group[at]);
      if (seen.insert(text(product)).second) group.push_back(std::move(product));
    }
  }
  REQUIRE(group.size() == 60);
  std::map<std::string, int> traces;
  std::map<std::size_t, int> ranks;
  for (const auto& m : group) {
    REQUIRE(text(exact::multiply(k, exact::transposed(m), m)) == text(identity));
    REQUIRE(is_contraction(k, m).is_yes());
    ++traces[k.format(k.add(m(0, 0), k.add(m(1, 1), m(2, 2))))];
    ++ranks[exact::rank(k, exact::subtract(k, identity, m))];
  }
  // The character of degree 3 of A5: 1, 15 half turns, 20 of order 3, and two classes of 12 of order 5.
  CHECK(traces ==
        std::map<std::string, int>{{"3", 1}, {"-1", 15}, {"0", 20}, {"1/2+1/2*sqrt(5)", 12}, {"1/2-1/2*sqrt(5)", 12}});
  CHECK(ranks == std::map<std::size_t, int>{{0, 1}, {2, 59}});
}

TEST_CASE("the rotation of order 5 is a product of two reflections", "[recurrence][icosahedron]") {
  const Icosahedron i;
  const FieldElement two = i.integer(2);
  const auto w1 = i.vector({i.minus(i.half), i.times_half(i.phi), i.times_half(i.k.subtract(i.phi, i.one))});
  const auto w2 = i.vector({i.integer(0), i.one, i.integer(0)});
  const Transition<FieldElement> product = HouseholderProduct<FieldElement>{3, {{two, w2}, {two, w1}}};
  const auto a = to_dense(i.k, product);
  const auto b = to_dense(i.k, i.fifth());
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) CHECK(i.k.equal(a(r, c), b(r, c)));
  }
}

TEST_CASE("the network of three rotations recognises a word problem of A5", "[recurrence][icosahedron]") {
  // Which permutations of five points the three letters stand for is searched for: images of order 5, 3 and 2
  // for which the words up to length 8 agree. That the words of all lengths agree is then proved by
  // exploration.
  const Icosahedron i;
  const auto network = i.network(i.vector({i.integer(1), i.integer(2), i.integer(3)}));
  const Runner<NumberField> runner(i.k, network);
  std::vector<std::pair<core::Word, bool>> samples;
  for (std::size_t length = 1; length <= 8; ++length) {
    testing::for_each_word(
        length, 3, [&](const core::Word& word) { samples.emplace_back(word, answers(runner, word).back().value()); });
  }
  using algebra::Transformation;
  std::map<std::size_t, std::vector<Transformation>> by_order;
  std::vector<algebra::Point> images{0, 1, 2, 3, 4};
  do {
    const Transformation p(images);
    if ((5 - p.components()) % 2 == 0) by_order[p.period()].push_back(p);  // even
  } while (std::next_permutation(images.begin(), images.end()));
  const Transformation identity = Transformation::identity(5);
  std::optional<std::array<Transformation, 3>> letters;
  for (const auto& g : by_order[5]) {
    for (const auto& c : by_order[3]) {
      for (const auto& d : by_order[2]) {
        if (letters) continue;
        const std::array<Transformation, 3> candidate{g, c, d};
        const auto agrees = [&](const auto& sample) {
          Transformation product = identity;
          for (const Symbol x : sample.first) product = product * candidate[core::index(x)];
          return (product == identity) == sample.second;
        };
        if (std::all_of(samples.begin(), samples.end(), agrees)) letters = candidate;
      }
    }
  }
  REQUIRE(letters.has_value());
  // The automaton: right multiplication, from the identity back to it.
  std::vector<Transformation> elements{identity};
  std::vector<std::vector<std::size_t>> next;
  for (std::size_t q = 0; q < elements.size(); ++q) {
    next.emplace_back();
    for (const auto& letter : *letters) {
      const Transformation product = elements[q] * letter;
      const auto at = std::find(elements.begin(), elements.end(), product);
      next.back().push_back(static_cast<std::size_t>(at - elements.begin()));
      if (at == elements.end()) elements.push_back(product);
    }
  }
  REQUIRE(elements.size() == 60);
  const auto found = certificate::explore(i.k, network, testing::dfa_from_table(network.alphabet, next, {0}), {});
  CHECK(found.verdict.is_yes());
  CHECK(found.reachable_states == 60);
}

}  // namespace
}  // namespace eigenmata::lrnn
