// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/packed_states.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <thread>

#include "support/random_objects.hpp"

namespace eigenmata::precision {
namespace {

using State = std::vector<PackedStates::Word>;

/// What a map says: numbers in the order of the first occurrences.
class Simple {
 public:
  std::size_t insert(const State& state, std::size_t from) {
    const auto [at, fresh] = numbers_.emplace(state, found_by_.size());
    if (fresh) found_by_.push_back(from);
    return at->second;
  }
  [[nodiscard]] std::size_t size() const { return found_by_.size(); }
  [[nodiscard]] std::size_t found_by(std::size_t i) const { return found_by_[i]; }

 private:
  std::map<State, std::size_t> numbers_;
  std::vector<std::size_t> found_by_;
};

TEST_CASE("many threads number states as one does", "[packed_states]") {
  const std::uint64_t seed = testing::seed_or(7);
  core::Random random(seed);
  for (int i = 0; i < 24; ++i) {
    // Of few bits, so that each state comes to have a slot of its own; of 40 and 100 bits, so that none has.
    const std::size_t bits = i % 4 == 0 ? 40 : i % 4 == 1 ? 100 : 6 + random.below(12);
    const std::size_t words = (bits + 63) / 64;
    CAPTURE(seed, i, bits);
    PackedStates states(words, random.one_in(4) ? SIZE_MAX : bits);
    Simple simple;
    const std::size_t different = 1 + random.below(i % 4 < 2 ? 30'000 : std::size_t{1} << bits);
    for (int batch = 0; batch < 6; ++batch) {
      const std::size_t count = 1 + random.below(batch == 0 ? 3 : 20'000);
      std::vector<PackedStates::Word> rows(count * words);
      for (std::size_t j = 0; j < count; ++j) {
        for (std::size_t w = 0; w < words; ++w) rows[j * words + w] = random.below(different);
      }
      std::vector<PackedStates::Slot> at(count);
      const std::size_t share = 1 + random.below(5'000);
      const std::size_t shares = (count + share - 1) / share;
      const auto each = [&](const auto& use) {
        // Threads of our own: a thread sanitizer knows what they wait for.
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
          for (std::size_t s = next++; s < shares; s = next++) use(s, s * share, std::min((s + 1) * share, count));
        };
        std::thread one(work), two(work);
        work();
        one.join();
        two.join();
      };
      states.reserve(count, {});
      each([&](std::size_t, std::size_t a, std::size_t b) { states.look_up(rows.data(), a, b, at.data()); });
      std::vector<std::size_t> fresh(shares);
      each([&](std::size_t s, std::size_t a, std::size_t b) { fresh[s] = states.count_new(a, b, at.data()); });
      const std::size_t first = states.extend(std::accumulate(fresh.begin(), fresh.end(), std::size_t{0}), {});
      REQUIRE(first == simple.size());
      std::exclusive_scan(fresh.begin(), fresh.end(), fresh.begin(), first);
      each([&](std::size_t s, std::size_t a, std::size_t b) {
        states.place(rows.data(), a, b, at.data(), fresh[s], 5, 3);
      });
      for (std::size_t j = 0; j < count; ++j) {
        const State state(rows.begin() + static_cast<std::ptrdiff_t>(j * words),
                          rows.begin() + static_cast<std::ptrdiff_t>((j + 1) * words));
        const std::size_t expected = simple.insert(state, 5 + j / 3);
        if (states.number_at(at[j]) != expected) FAIL("state " << j << " of batch " << batch);
        if (!std::equal(state.begin(), state.end(), states[expected])) FAIL("content of " << j << ", batch " << batch);
      }
      REQUIRE(states.size() == simple.size());
      for (std::size_t p = 0; p < simple.size(); ++p) {
        if (states.found_by(p) != simple.found_by(p)) FAIL("found_by(" << p << ")");
      }
    }
  }
}

TEST_CASE("one thread inserts in order, and meets the limit of memory", "[packed_states]") {
  PackedStates states(1, 10);
  std::vector<PackedStates::Word> rows;
  for (std::size_t i = 0; i < 4096; ++i) rows.push_back(i * 7 % 1024);
  std::vector<PackedStates::Number> from(rows.size(), 3), numbers(rows.size());
  states.insert_all(rows.data(), from.data(), rows.size(), numbers.data(), {});
  CHECK(states.size() == 1024);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (numbers[i] != i % 1024) FAIL("number of " << i);
  }
  core::Limits limits;
  limits.memory_bytes = 1 << 15;
  PackedStates large(1);
  std::iota(rows.begin(), rows.end(), 0);
  CHECK_THROWS_AS(large.insert_all(rows.data(), from.data(), rows.size(), numbers.data(), limits), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::precision
