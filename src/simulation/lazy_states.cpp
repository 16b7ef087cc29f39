// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/lazy_states.hpp"

#include <algorithm>
#include <array>

#include "eigenmata/automata/minimise.hpp"

namespace eigenmata::simulation {
namespace {

/// So many steps are computed before anything is said about how often they repeat.
constexpr std::uint64_t kFirstSteps = 4096;

}  // namespace

LazyStates::LazyStates(std::unique_ptr<BatchStepper> stepper, std::size_t bytes)
    : stepper_(std::move(stepper)),
      most_bytes_(bytes),
      letters_(stepper_->letters()),
      states_(stepper_->state_words()),
      next_(letters_, kUnknown) {
  std::vector<Word> start(stepper_->state_words());
  stepper_->start(start.data());
  const precision::PackedStates::Number itself = 0;
  precision::PackedStates::Number number = 0;
  states_.insert_all(start.data(), &itself, 1, &number, {});
}

std::size_t LazyStates::bytes() const { return states_.bytes() + next_.capacity() * sizeof(Entry); }

/// `kTogether` walks at once, as far as all of them know the way: a step has to wait for memory, eight steps wait
/// together.
void LazyStates::walk_together(Walk* walks) {
  const Entry* next = next_.data();
  std::ptrdiff_t most = walks[0].end - walks[0].at;
  for (std::size_t w = 1; w < kTogether; ++w) most = std::min(most, walks[w].end - walks[w].at);
  Entry entries[kTogether];
  const std::uint8_t* at[kTogether];
  for (std::size_t w = 0; w < kTogether; ++w) {
    entries[w] = walks[w].entry;
    at[w] = walks[w].at;
  }
  std::ptrdiff_t t = 0;
  for (; t < most; ++t) {
    Entry to[kTogether];
    Entry largest = 0;
    for (std::size_t w = 0; w < kTogether; ++w) {
      to[w] = next[(entries[w] >> 1) + at[w][t]];
      largest = std::max(largest, to[w]);
    }
    if (largest >= kSilent) break;
    for (std::size_t w = 0; w < kTogether; ++w) entries[w] = to[w];
  }
  for (std::size_t w = 0; w < kTogether; ++w) {
    walks[w].entry = entries[w];
    walks[w].at += t;
  }
  steps_ += kTogether * static_cast<std::uint64_t>(t);
}

/// To the end of the word (then true), or to a step that is not known.
bool LazyStates::walk(Walk& walk) {
  while (walk.at != walk.end) {
    const std::size_t place = (walk.entry >> 1) + *walk.at;
    const Entry to = next_[place];
    if (to == kUnknown) {
      next_[place] = kWaiting;
      wanted_.push_back(place);
    }
    if (to == kUnknown || to == kWaiting) return false;
    walk.entry = to;
    walk.at = to == kSilent ? walk.end : walk.at + 1;
    ++steps_;
  }
  return true;
}

/// Computes the steps that are wanted. False if the table would become too large: then they are unknown as before.
bool LazyStates::learn() {
  const std::size_t words = states_.words();
  const std::size_t count = wanted_.size();
  // The vector of steps doubles, and so may the table of slots.
  const std::size_t more = count * (words * sizeof(Word) + letters_ * sizeof(Entry));
  if (2 * bytes() + more > most_bytes_ || (states_.size() + count) * letters_ >= kSilent / 2) {
    for (const std::size_t place : wanted_) next_[place] = kUnknown;
    wanted_.clear();
    full_ = true;
    return false;
  }
  from_.resize(count * words);
  to_.resize(count * words);
  symbols_.resize(count);
  answers_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Word* state = states_[wanted_[i] / letters_];
    std::copy(state, state + words, from_.data() + i * words);
    symbols_[i] = static_cast<std::uint8_t>(wanted_[i] % letters_);
  }
  stepper_->step(from_.data(), symbols_.data(), count, to_.data(), answers_.data());
  computed_ += count;
  known_ += count;
  std::size_t kept = 0;
  sources_.clear();
  for (std::size_t i = 0; i < count; ++i) {
    if (answers_[i] == Answer::kNone) {
      next_[wanted_[i]] = kSilent;
      silent_ = true;
      continue;
    }
    std::copy(to_.data() + i * words, to_.data() + (i + 1) * words, to_.data() + kept * words);
    wanted_[kept] = wanted_[i];
    answers_[kept] = answers_[i];
    sources_.push_back(static_cast<precision::PackedStates::Number>(wanted_[i] / letters_));
    ++kept;
  }
  numbers_.resize(kept);
  states_.insert_all(to_.data(), sources_.data(), kept, numbers_.data(), {});
  next_.resize(states_.size() * letters_, kUnknown);
  for (std::size_t i = 0; i < kept; ++i) {
    const std::size_t row = numbers_[i] * letters_;
    next_[wanted_[i]] = static_cast<Entry>(2 * row + (answers_[i] == Answer::kAccept ? 1 : 0));
  }
  wanted_.clear();
  return true;
}

void LazyStates::finish(const Walk& walk, Answer* answers, Word* finals) const {
  if (walk.entry == kSilent) {
    answers[walk.word] = Answer::kNone;
    return;
  }
  answers[walk.word] = (walk.entry & 1) != 0 ? Answer::kAccept : Answer::kReject;
  if (finals == nullptr) return;
  const Word* state = states_[(walk.entry >> 1) / letters_];
  std::copy(state, state + states_.words(), finals + walk.word * states_.words());
}

std::size_t LazyStates::run(const PackedWords& words, std::span<const std::size_t> which, Answer* answers,
                            Word* finals) {
  const std::uint64_t steps_before = steps_;
  const std::uint64_t computed_before = computed_;
  std::array<Walk, kWalks> walks;
  for (std::size_t begin = 0; begin < which.size();) {
    std::size_t open = std::min(kWalks, which.size() - begin);
    const std::size_t end = begin + open;
    for (std::size_t i = 0; i < open; ++i) {
      const auto word = words.word(which[begin + i]);
      walks[i] = {word.data(), word.data() + word.size(), stepper_->accepts_empty_word() ? 1u : 0u, begin + i};
    }
    while (open > 0) {
      for (std::size_t i = 0; i + kTogether <= open; i += kTogether) walk_together(walks.data() + i);
      std::size_t left = 0;
      for (std::size_t i = 0; i < open; ++i) {
        if (walk(walks[i])) {
          finish(walks[i], answers, finals);
        } else {
          walks[left++] = walks[i];
        }
      }
      open = left;
      if (wanted_.empty()) continue;
      const std::uint64_t fresh = computed_ - computed_before;
      const bool repeats = fresh < kFirstSteps || fresh * kPatience < steps_ - steps_before;
      if (repeats && learn()) continue;
      for (const std::size_t place : wanted_) next_[place] = kUnknown;
      wanted_.clear();
      return begin;
    }
    begin = end;
  }
  return which.size();
}

std::optional<automata::Dfa> LazyStates::automaton(const core::Alphabet& alphabet, const core::Limits& limits) const {
  if (!is_closed()) return std::nullopt;
  // A state of the automaton is a numeric state with the answer that led there.
  const std::size_t n = states_.size();
  const std::size_t silent = 2 * n;
  limits.require_memory(16 * next_.size() + 2 * n, "the automaton of the numeric states");
  std::vector<automata::State> next((2 * n + 1) * letters_, automata::state(silent));
  std::vector<bool> accepting(2 * n + 1, false);
  for (std::size_t q = 0; q < n; ++q) {
    accepting[2 * q + 1] = true;
    for (std::size_t x = 0; x < letters_; ++x) {
      const Entry to = next_[q * letters_ + x];
      const std::size_t target = to == kSilent ? silent : 2 * ((to >> 1) / letters_) + (to & 1);
      next[2 * q * letters_ + x] = next[(2 * q + 1) * letters_ + x] = automata::state(target);
    }
  }
  const auto initial = automata::state(stepper_->accepts_empty_word() ? 1 : 0);
  return automata::minimised(automata::Dfa(alphabet, initial, std::move(accepting), std::move(next)), limits);
}

}  // namespace eigenmata::simulation
