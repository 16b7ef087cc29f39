// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/shared_check.hpp"

#include <barrier>
#include <catch2/catch.hpp>
#include <memory>
#include <thread>

#include "support/float_networks.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using exact::Rational;
using precision::FloatArithmetic;
using testing::in_floats;
using testing::one_layer;
using testing::regex_language;
using testing::scalar_map;

/// Threads take the place of processes.
class Desk {
 public:
  using Words = std::vector<Job::Word>;

  explicit Desk(std::size_t processes) : post_(processes), barrier_(static_cast<std::ptrdiff_t>(processes)) {}

  class Seat : public Job {
   public:
    Seat(Desk& desk, std::size_t number) : desk_(desk), number_(number) {}
    [[nodiscard]] std::size_t processes() const override { return desk_.post_.size(); }
    [[nodiscard]] std::size_t number() const override { return number_; }
    [[nodiscard]] std::vector<Words> exchange(const std::vector<Words>& to) override {
      insist(to.size() == processes());
      desk_.post_[number_] = to;
      desk_.barrier_.arrive_and_wait();
      std::vector<Words> from;
      for (const auto& of_one : desk_.post_) from.push_back(of_one[number_]);
      desk_.barrier_.arrive_and_wait();
      return from;
    }
    void unite(Words& words) override {
      for (const Words& of_one : exchange(std::vector<Words>(processes(), words))) {
        insist(of_one.size() == words.size());
        for (std::size_t i = 0; i < words.size(); ++i) words[i] |= of_one[i];
      }
    }

   private:
    /// Assertions of the test framework are for one thread.
    static void insist(bool holds) {
      if (!holds) std::abort();
    }
    Desk& desk_;
    std::size_t number_;
  };

 private:
  std::vector<std::vector<Words>> post_;
  std::barrier<> barrier_;
};

std::vector<SharedCheck> shared(std::size_t processes, const FloatArithmetic& k,
                                const lrnn::RoundedNetwork<double>& rounded, const Dfa& language,
                                const core::Limits& limits = {}, std::optional<std::size_t> up_to = std::nullopt,
                                bool wants_closure = false) {
  Desk desk(processes);
  std::vector<std::unique_ptr<SharedCheck>> found(processes);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < processes; ++i) {
    threads.emplace_back([&, i] {
      Desk::Seat seat(desk, i);
      found[i] =
          std::make_unique<SharedCheck>(check_numeric_shared(seat, k, rounded, language, limits, up_to, wants_closure));
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<SharedCheck> results;
  for (auto& one : found) results.push_back(std::move(*one));
  return results;
}

void check_same(const NumericCheck& one, const NumericCheck& other) {
  REQUIRE(one.verdict.answer() == other.verdict.answer());
  CHECK(one.reachable_states == other.reachable_states);
  CHECK(one.agrees_up_to_length == other.agrees_up_to_length);
  CHECK(one.state_bits == other.state_bits);
  if (one.verdict.is_unknown()) CHECK(one.verdict.reason() == other.verdict.reason());
  if (!one.verdict.is_no()) return;
  CHECK(one.verdict.witness().word == other.verdict.witness().word);
  CHECK(one.verdict.witness().in_language == other.verdict.witness().in_language);
  CHECK(one.verdict.witness().network_accepts == other.verdict.witness().network_accepts);
}

/// Two dense layers' worth of random numbers in few bits: from a handful of states to tens of thousands.
lrnn::RationalNetwork random_network(core::Random& random) {
  const std::size_t n = 1 + random.below(4);
  const auto entry = [&] { return Rational(random.between(-8, 8), random.between(1, 6)); };
  std::vector<lrnn::AffineMap<Rational>> maps;
  for (int x = 0; x < 3; ++x) {
    std::vector<Rational> b, a;
    for (std::size_t i = 0; i < n; ++i) b.push_back(random.one_in(3) ? entry() : Rational(0));
    for (std::size_t i = 0; i < n * n; ++i) a.push_back(entry());
    maps.push_back({lrnn::Dense<Rational>{exact::Matrix<Rational>(n, n, a)}, testing::rational_vector(b)});
  }
  return one_layer(std::vector<Rational>(n, 1), maps, std::vector<Rational>(n, 1), Rational(1, 2), true, false);
}

lrnn::RoundedNetwork<double> rounded(const FloatArithmetic& k, const lrnn::RationalNetwork& network) {
  return lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
}

TEST_CASE("random networks: any number of processes finds what one finds", "[shared_check]") {
  const std::uint64_t seed = testing::seed_or(5);
  core::Random random(seed);
  int large = 0;
  for (int i = 0; i < 40; ++i) {
    CAPTURE(seed, i);
    const precision::FloatFormat formats[] = {precision::kE4m3, precision::kE2m1, precision::kE3m2};
    const FloatArithmetic k = in_floats(formats[random.below(3)]);
    const auto network = rounded(k, random_network(random));
    // What it recognises, if that is soon known; else, or one time in two, something else.
    Dfa language = testing::random_dfa(random, 1 + random.below(4), 3);
    core::Limits few;
    few.memory_bytes = 1 << 20;
    try {
      if (random.one_in(2)) language = recognised_language(k, network.network, few);
    } catch (const core::LimitReached&) {
    }
    const std::optional<std::size_t> up_to = random.one_in(4) ? std::optional(random.below(9)) : std::nullopt;
    const NumericCheck one = check_numeric(k, network, language, few, up_to);
    if (one.verdict.is_unknown() && !up_to) continue;
    large += one.reachable_states > 5'000 ? 1 : 0;
    for (const std::size_t processes : {1, 2, 3, 4}) {
      CAPTURE(processes);
      for (const SharedCheck& check : shared(processes, k, network, language, few, up_to)) check_same(one, check.check);
    }
  }
  CHECK(large > 0);
}

/// Steps of 1 up and down, in e5m2 as in others until they stick, beside a counter: thousands of states, all right.
lrnn::RoundedNetwork<double> walk(const FloatArithmetic& k) {
  const auto diagonal = [](const Rational& a, const Rational& b) {
    return lrnn::AffineMap<Rational>{lrnn::Diagonal<Rational>{{a, b, 1}}, testing::rational_vector({1, 0, 0})};
  };
  return rounded(k, one_layer({0, 1, 0}, {diagonal(1, Rational(3, 4)), diagonal(-1, 1), diagonal(Rational(1, 2), -1)},
                              {0, 0, 1}, Rational(1, 2), false, true));
}

TEST_CASE("the closure brought together is the one of one process, state by state", "[shared_check]") {
  const FloatArithmetic k = in_floats(precision::kE4m3);
  const auto network = walk(k);
  const Dfa all = regex_language("(a|b|c)*");
  const NumericCheck one = check_numeric(k, network, all, {});
  REQUIRE(one.verdict.is_yes());
  REQUIRE(one.reachable_states > 1'000);
  for (const std::size_t processes : {2, 5}) {
    const auto found = shared(processes, k, network, all, {}, std::nullopt, true);
    check_same(one, found[0].check);
    const auto& closure = found[0].check.closure;
    REQUIRE(closure != nullptr);
    CHECK(found[1].check.closure == nullptr);
    REQUIRE(closure->states.size() == one.closure->states.size());
    for (std::size_t i = 0; i < closure->states.size(); ++i) {
      REQUIRE(std::equal(closure->states[i], closure->states[i] + closure->states.words(), one.closure->states[i]));
      REQUIRE(closure->states.found_by(i) == one.closure->states.found_by(i));
    }
  }
}

TEST_CASE("a limit that one process reaches ends them all", "[shared_check]") {
  const FloatArithmetic k = in_floats(precision::kE4m3);
  const auto network = walk(k);
  const Dfa all = regex_language("(a|b|c)*");
  core::Limits limits;
  limits.memory_bytes = 8 << 10;
  for (const SharedCheck& check : shared(3, k, network, all, limits)) {
    REQUIRE(check.check.verdict.is_unknown());
    CHECK(check.check.verdict.reason().find("memory") != std::string::npos);
  }
  limits = {};
  limits.deadline = core::Limits::Clock::now() - std::chrono::seconds(1);
  for (const SharedCheck& check : shared(2, k, network, all, limits)) {
    REQUIRE(check.check.verdict.is_unknown());
    CHECK(check.check.verdict.reason().find("time") != std::string::npos);
  }
}

}  // namespace
}  // namespace eigenmata::verification
