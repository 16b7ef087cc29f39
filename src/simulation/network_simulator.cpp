// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/network_simulator.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>

#include "eigenmata/core/error.hpp"
#include "eigenmata/simulation/chunk_stepper.hpp"
#include "eigenmata/simulation/lane_stepper.hpp"
#include "eigenmata/simulation/reference_stepper.hpp"

namespace eigenmata::simulation {
namespace {

// What a thread takes at a time.
constexpr std::size_t kUnitWords = 4096;
constexpr std::size_t kUnitLetters = std::size_t{1} << 17;
// The method that is not preferred is tried again after so many units.
constexpr std::uint64_t kTryAgain = 64;

/// By length, so that words that stand side by side end together.
std::vector<std::size_t> in_order_of_length(const PackedWords& words) {
  std::vector<std::size_t> order(words.size());
  std::iota(order.begin(), order.end(), 0);
  std::size_t longest = 0;
  bool sorted = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    sorted = sorted && words.word(i).size() >= longest;
    longest = std::max(longest, words.word(i).size());
  }
  if (sorted) return order;
  const auto by_length = [&](std::size_t a, std::size_t b) { return words.word(a).size() < words.word(b).size(); };
  if (longest > 4 * words.size() + 1024) {
    std::stable_sort(order.begin(), order.end(), by_length);
    return order;
  }
  std::vector<std::size_t> place(longest + 2);
  for (std::size_t i = 0; i < words.size(); ++i) ++place[words.word(i).size() + 1];
  for (std::size_t length = 0; length <= longest; ++length) place[length + 1] += place[length];
  for (std::size_t i = 0; i < words.size(); ++i) order[place[words.word(i).size()]++] = i;
  return order;
}

/// Ends of units. What runs one word at a time is slow, and takes less at a time, so that it can be stopped.
std::vector<std::size_t> units_of(const PackedWords& words, const std::vector<std::size_t>& order,
                                  std::size_t side_by_side) {
  const std::size_t most_letters = side_by_side == 1 ? kUnitLetters / 32 : kUnitLetters;
  const std::size_t vector = side_by_side == 1 ? 1 : 64;
  std::vector<std::size_t> ends;
  std::size_t letters = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    letters += words.word(order[i]).size();
    // Full vectors, but not at the price of a unit that is never done.
    const bool full = i + 1 - begin == kUnitWords || (letters >= most_letters && (i + 1 - begin) % vector == 0);
    if (!full && i + 1 != order.size()) continue;
    ends.push_back(i + 1);
    begin = i + 1;
    letters = 0;
  }
  return ends;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void require_letters(const PackedWords& words, std::size_t letters) {
  // Not max_element, which looks at one letter at a time: a sixth of the time of a network of 16 dimensions.
  std::uint8_t largest = 0;
  for (const std::uint8_t letter : words.letters) largest = std::max(largest, letter);
  if (!words.letters.empty() && largest >= letters)
    throw core::Error("letter " + std::to_string(largest) + " of a network with " + std::to_string(letters) +
                      " letters");
}

}  // namespace

std::unique_ptr<BatchStepper> network_stepper(const precision::FloatArithmetic& arithmetic,
                                              const lrnn::Network<double>& network) {
  if (arithmetic.plan().chunk != 0) throw core::Error("a plan in chunks needs the rounded network with its values");
  if (why_no_lanes(arithmetic, network)) return reference_stepper(arithmetic, network);
  return lane_stepper(arithmetic, network);
}

std::unique_ptr<BatchStepper> network_stepper(const precision::FixedArithmetic& arithmetic,
                                              const lrnn::Network<std::int64_t>& network) {
  return reference_stepper(arithmetic, network);
}

std::unique_ptr<BatchStepper> network_stepper(const precision::FloatArithmetic& arithmetic,
                                              const lrnn::RoundedNetwork<double>& rounded) {
  return arithmetic.plan().chunk != 0 ? chunk_stepper(arithmetic, rounded)
                                      : network_stepper(arithmetic, rounded.network);
}

std::unique_ptr<BatchStepper> network_stepper(const precision::FixedArithmetic& arithmetic,
                                              const lrnn::RoundedNetwork<std::int64_t>& rounded) {
  return network_stepper(arithmetic, rounded.network);
}

NetworkSimulator::NetworkSimulator(std::unique_ptr<BatchStepper> stepper, SimulatorOptions options)
    : stepper_(std::move(stepper)), options_(options), workers_(std::max<std::size_t>(options.threads, 1)) {
  for (Worker& worker : workers_) {
    worker.stepper = stepper_->another();
    if (options_.method != SimulatorOptions::Method::kArithmetic)
      worker.table = std::make_unique<LazyStates>(stepper_->another(), options_.table_bytes);
  }
}

/// How many of the words of a unit, from the first, are for the stepper; the others are for the table.
std::size_t NetworkSimulator::for_stepper(const Worker& worker, std::size_t count) const {
  if (!worker.table) return count;
  if (options_.method == SimulatorOptions::Method::kTable || worker.table_seconds == 0) return 0;
  // Now and then a few words by the one and the rest by the other, to compare. Where words are not side by side, the
  // table is what is faster.
  const std::size_t few = stepper_->side_by_side();
  if (few == 1) return 0;
  const bool tries = worker.stepper_seconds == 0 || worker.units % kTryAgain == 0;
  if (tries) return std::min(few, count / 2);
  return worker.table_seconds <= worker.stepper_seconds ? 0 : count;
}

void NetworkSimulator::run_unit(Worker& worker, const PackedWords& words, std::span<const std::size_t> which,
                                std::vector<Answer>& answers, std::vector<std::uint64_t>* finals) const {
  using Clock = std::chrono::steady_clock;
  std::vector<Answer> found(which.size());
  BatchStepper::Word* states = nullptr;
  const std::size_t state_words = stepper_->state_words();
  if (finals != nullptr) {
    worker.finals.resize(which.size() * state_words);
    states = worker.finals.data();
  }
  const auto letters_of = [&](std::size_t begin, std::size_t end) {
    std::size_t letters = 0;
    for (std::size_t i = begin; i < end; ++i) letters += words.word(which[i]).size();
    return letters;
  };
  const auto by_stepper = [&](std::size_t begin, std::size_t end) {
    if (begin == end) return;
    const auto start = Clock::now();
    worker.stepper->run(words, which.subspan(begin, end - begin), found.data() + begin,
                        states == nullptr ? nullptr : states + begin * state_words);
    worker.stepper_seconds = seconds_since(start) / static_cast<double>(letters_of(begin, end) + 1);
  };
  ++worker.units;
  const std::size_t middle = for_stepper(worker, which.size());
  by_stepper(0, middle);
  if (middle < which.size()) {
    const auto start = Clock::now();
    const std::size_t done = middle + worker.table->run(words, which.subspan(middle), found.data() + middle,
                                                        states == nullptr ? nullptr : states + middle * state_words);
    const std::size_t letters = letters_of(middle, done);
    worker.table_seconds = seconds_since(start) / static_cast<double>(letters + 1);
    worker.by_table += letters;
    if (done < which.size()) worker.table.reset();
    by_stepper(done, which.size());
  }
  const std::size_t n = stepper_->coordinates();
  for (std::size_t i = 0; i < which.size(); ++i) {
    answers[which[i]] = found[i];
    if (finals == nullptr || found[i] == Answer::kNone) continue;
    stepper_->codes(states + i * state_words, finals->data() + which[i] * n);
  }
}

SimulationReport NetworkSimulator::run(const PackedWords& words, std::vector<Answer>& answers,
                                       std::vector<std::uint64_t>* finals, const core::Limits& limits) {
  require_letters(words, stepper_->letters());
  answers.assign(words.size(), Answer::kNone);
  if (finals != nullptr) finals->assign(words.size() * stepper_->coordinates(), 0);
  const auto order = in_order_of_length(words);
  const auto ends = units_of(words, order, stepper_->side_by_side());
  for (Worker& worker : workers_) worker.by_table = 0;
  std::vector<std::uint64_t> computed_before;
  for (const Worker& worker : workers_) computed_before.push_back(worker.table ? worker.table->computed() : 0);

  // The longest words first: what is left for the last thread is short then.
  std::atomic<std::size_t> left = ends.size();
  std::exception_ptr failure;
  std::mutex failing;
  const auto work = [&](Worker& worker) {
    try {
      for (;;) {
        std::size_t unit = left.load();
        while (unit != 0 && !left.compare_exchange_weak(unit, unit - 1)) {
        }
        if (unit == 0) return;
        limits.poll();
        const std::size_t begin = unit == 1 ? 0 : ends[unit - 2];
        run_unit(worker, words, std::span(order).subspan(begin, ends[unit - 1] - begin), answers, finals);
      }
    } catch (...) {
      const std::lock_guard lock(failing);
      failure = std::current_exception();
      left = 0;
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < std::min(workers_.size(), ends.size()); ++i)
    threads.emplace_back([&work, &worker = workers_[i]] { work(worker); });
  work(workers_[0]);
  for (auto& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);

  SimulationReport report;
  report.letters = words.letters.size();
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    const Worker& worker = workers_[i];
    report.by_table += worker.by_table;
    if (!worker.table) continue;
    report.computed += worker.table->computed() - computed_before[i];
    report.table_states = std::max(report.table_states, worker.table->states());
    // Closed tables all know the same states: those that can be reached.
    if (!worker.table->is_closed()) continue;
    report.closed = true;
    report.answers_always = worker.table->answers_always();
  }
  return report;
}

std::optional<automata::Dfa> NetworkSimulator::automaton(const core::Alphabet& alphabet,
                                                         const core::Limits& limits) const {
  for (const Worker& worker : workers_) {
    if (worker.table && worker.table->is_closed()) return worker.table->automaton(alphabet, limits);
  }
  return std::nullopt;
}

}  // namespace eigenmata::simulation
