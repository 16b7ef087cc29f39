// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/limits.hpp"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "eigenmata/core/memory_tally.hpp"

namespace eigenmata::core {
namespace {

using namespace std::chrono_literals;
using Clock = Limits::Clock;

/// Ticks until a limit is reached or a bound that no working ticker gets to; returns the kind.
LimitReached::Kind tick_until_stopped(const Limits& limits, std::uint64_t steps, std::chrono::microseconds work) {
  Ticker ticker(limits, "testing");
  const auto give_up = Clock::now() + 20s;
  try {
    while (Clock::now() < give_up) {
      for (int i = 0; i < 1000; ++i) {
        ticker.tick(steps);
        if (work > 0us) std::this_thread::sleep_for(work);
      }
    }
  } catch (const LimitReached& limit) {
    return limit.kind();
  }
  FAIL("the ticker never polled");
  return LimitReached::Kind::kSize;
}

TEST_CASE("without limits polling goes on for ever", "[limits]") {
  const Limits limits;
  CHECK_NOTHROW(limits.poll());
  CHECK_NOTHROW(limits.require_memory(std::size_t{8} << 30, "a table"));
  CHECK_THROWS_AS(limits.require_memory((std::size_t{8} << 30) + 1, "a table"), LimitReached);
}

TEST_CASE("a deadline stops, and says that it was the time", "[limits]") {
  Limits limits;
  limits.deadline = Clock::now() + 1h;
  CHECK_NOTHROW(limits.poll());
  limits.deadline = Clock::now() - 1ms;
  try {
    limits.poll();
    FAIL();
  } catch (const LimitReached& limit) {
    CHECK(limit.kind() == LimitReached::Kind::kTime);
    CHECK(limit.what() == std::string("the time limit was reached"));
  }
}

TEST_CASE("an interrupt stops, and wins over the deadline", "[limits]") {
  std::atomic<bool> interrupted = false;
  Limits limits;
  limits.interrupted = &interrupted;
  CHECK_NOTHROW(limits.poll());
  interrupted = true;
  limits.deadline = Clock::now() - 1h;
  try {
    limits.poll();
    FAIL();
  } catch (const LimitReached& limit) {
    CHECK(limit.kind() == LimitReached::Kind::kInterrupted);
  }
}

TEST_CASE("too large a table is refused with its name and both sizes", "[limits]") {
  Limits limits;
  limits.memory_bytes = std::size_t{100} << 20;
  CHECK_NOTHROW(limits.require_memory(limits.memory_bytes, "the table"));
  try {
    limits.require_memory(std::size_t{300} << 20, "the table");
    FAIL();
  } catch (const LimitReached& limit) {
    CHECK(limit.kind() == LimitReached::Kind::kMemory);
    CHECK(limit.what() == std::string("the table would take 300 MiB; the memory limit is 100 MiB"));
  }
}

TEST_CASE("the first tick polls", "[limits]") {
  std::atomic<bool> interrupted = true;
  Limits limits;
  limits.interrupted = &interrupted;
  Ticker ticker(limits, "testing");
  CHECK_THROWS_AS(ticker.tick(), LimitReached);
}

TEST_CASE("a ticker sees the deadline soon after it passed, whether steps are cheap or dear", "[limits]") {
  for (const auto& [steps, work] : std::vector<std::pair<std::uint64_t, std::chrono::microseconds>>{
           {1, 0us}, {1000, 0us}, {1, 100us}, {1'000'000, 100us}}) {
    CAPTURE(steps, work.count());
    Limits limits;
    limits.deadline = Clock::now() + 30ms;
    CHECK(tick_until_stopped(limits, steps, work) == LimitReached::Kind::kTime);
    // A second is much for a machine that is busy with other things, and little for a ticker that does not
    // poll.
    CHECK(Clock::now() < *limits.deadline + 1s);
  }
}

TEST_CASE("a ticker sees an interrupt from another thread", "[limits]") {
  std::atomic<bool> interrupted = false;
  Limits limits;
  limits.interrupted = &interrupted;
  std::thread other([&] {
    std::this_thread::sleep_for(20ms);
    interrupted = true;
  });
  CHECK(tick_until_stopped(limits, 1, 0us) == LimitReached::Kind::kInterrupted);
  other.join();
}

TEST_CASE("after many cheap steps a ticker notices soon that steps have become dear", "[limits]") {
  Limits limits;
  Ticker ticker(limits, "testing");
  for (int i = 0; i < 20'000'000; ++i) ticker.tick();  // the stride grows
  limits.deadline = Clock::now();
  // One step a millisecond now. Nobody can poll before the stride of at most 2^20 steps is over; then it
  // must.
  CHECK_THROWS_AS(ticker.tick(std::uint64_t{1} << 20), LimitReached);
}

TEST_CASE("progress names the activity and its numbers, not more often than about five times a second", "[limits]") {
  struct Report {
    std::string activity;
    std::uint64_t done, total;
  };
  std::vector<Report> reports;
  Limits limits;
  limits.progress = [&](std::string_view activity, std::uint64_t done, std::uint64_t total) {
    reports.push_back({std::string(activity), done, total});
  };
  Ticker ticker(limits, "counting", 1000);
  const auto start = Clock::now();
  std::uint64_t ticks = 0;
  while (Clock::now() < start + 700ms) {
    ticker.tick(2);
    ++ticks;
    std::this_thread::sleep_for(1ms);
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  CHECK(ticker.done() == 2 * ticks);
  CHECK(reports.size() >= 2);
  CHECK(static_cast<double>(reports.size()) <= 5 * seconds + 1);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    CHECK(reports[i].activity == "counting");
    CHECK(reports[i].total == 1000);
    CHECK(reports[i].done <= 2 * ticks);
    if (i > 0) CHECK(reports[i].done > reports[i - 1].done);
  }
}

TEST_CASE("bytes add up to the memory limit, a copy's own ones are forgotten with it", "[limits]") {
  Limits limits;
  limits.memory_bytes = 100;
  MemoryTally tally(limits, "the tables");
  tally.add(60);
  {
    MemoryTally inner = tally;
    inner.add(40);
    CHECK_THROWS_AS(inner.add(1), LimitReached);
  }
  tally.add(40);
  try {
    tally.add(1);
    FAIL();
  } catch (const LimitReached& limit) {
    CHECK(limit.kind() == LimitReached::Kind::kMemory);
    CHECK(std::string(limit.what()).find("the tables") != std::string::npos);
  }
}

}  // namespace
}  // namespace eigenmata::core
