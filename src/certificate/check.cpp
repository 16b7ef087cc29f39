// SPDX-License-Identifier: Apache-2.0
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <atomic>
#include <mutex>
#include <optional>

#include "eigenmata/certificate/certificate.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/core/threads.hpp"
#include "eigenmata/lrnn/validation.hpp"

namespace eigenmata::certificate {
namespace {

using automata::State;

template <class K>
class Checker {
 public:
  using S = typename K::Scalar;

  Checker(const Certificate<K>& certificate, const core::Limits& limits)
      : c_(certificate), limits_(limits), runner_(c_.arithmetic, c_.network), letters_(c_.automaton.letters()) {}

  std::optional<Failure> run(std::size_t threads) {
    if (auto failure = check_start()) return failure;
    if (auto failure = check_claim()) return failure;
    tbb::enumerable_thread_specific<Scratch> scratch_spaces([this] { return Scratch{runner_.make_workspace(), {}}; });
    const auto body = [&](const tbb::blocked_range<std::size_t>& range) {
      Scratch& scratch = scratch_spaces.local();
      for (std::size_t p = range.begin(); p != range.end(); ++p) {
        if (p > first_bad_.load(std::memory_order_relaxed)) return;
        if (auto failure = check_point(p, scratch)) report(std::move(*failure));
      }
      limits_.poll();
    };
    core::on_threads(threads,
                     [&] { tbb::parallel_for(tbb::blocked_range<std::size_t>(0, c_.points.size(), 64), body); });
    return failure_;
  }

 private:
  /// What one thread works with.
  struct Scratch {
    lrnn::Workspace<K> work;
    lrnn::JointState<S> states;
  };

  [[nodiscard]] std::string name(core::Symbol letter) const {
    return core::in_quotes(c_.network.alphabet.name(letter));
  }

  [[nodiscard]] Failure failure(int rule, std::size_t point, std::string what) const {
    return {rule, point, point < c_.points.size() ? c_.points[point].line : 0, std::move(what)};
  }

  void report(Failure failure) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (failure.point >= first_bad_.load()) return;
    first_bad_ = failure.point;
    failure_ = std::move(failure);
  }

  [[nodiscard]] std::optional<Failure> check_start() const {
    const auto& automaton = c_.automaton;
    if (!(automaton.alphabet() == c_.network.alphabet))
      return failure(3, 0, "automaton and network have different letters");
    if (c_.points.empty()) return failure(1, 0, "there is no point");
    if (c_.steps.size() != c_.points.size() * letters_) return failure(3, 0, "the table of steps has the wrong size");
    if (c_.points[0].state != automaton.initial()) return failure(1, 0, "point 0 does not stand for the initial state");
    if (!same_vectors(c_.points[0].vectors, runner_.start()))
      return failure(1, 0, "point 0 is not the start of the network");
    if (c_.network.accepts_empty_word != automaton.is_accepting(automaton.initial())) {
      return failure(6, 0, "network and automaton disagree about the empty word");
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Failure> check_claim() const {
    if (!c_.network.claim) return std::nullopt;
    const auto verdict = lrnn::is_member(c_.arithmetic, c_.network, *c_.network.claim);
    if (verdict.is_yes()) return std::nullopt;
    return failure(7, 0, verdict.witness());
  }

  [[nodiscard]] bool same_vectors(const lrnn::JointState<S>& a, const lrnn::JointState<S>& b) const {
    if (a.size() != b.size()) return false;
    for (std::size_t l = 0; l < a.size(); ++l) {
      if (!equal(c_.arithmetic, a[l], b[l])) return false;
    }
    return true;
  }

  [[nodiscard]] std::optional<Failure> check_point(std::size_t p, Scratch& scratch) const {
    const Point<S>& point = c_.points[p];
    if (p > 0 && (point.from >= p || c_.steps[point.from * letters_ + core::index(point.letter)] != p)) {
      return failure(2, p,
                     "point " + std::to_string(p) + " is not where letter " + name(point.letter) + " takes point " +
                         std::to_string(point.from) + ", or that point does not come before it");
    }
    for (std::size_t x = 0; x < letters_; ++x) {
      if (auto failure = check_step(p, core::symbol(x), scratch)) return failure;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Failure> check_step(std::size_t p, core::Symbol letter, Scratch& scratch) const {
    const std::uint32_t target = c_.steps[p * letters_ + core::index(letter)];
    const auto broken = [&](int rule, const std::string& what) {
      return failure(rule, p, "the step of point " + std::to_string(p) + " under letter " + name(letter) + what);
    };
    if (target >= c_.points.size()) return broken(3, " leads to a point that does not exist");
    const auto accepted = runner_.step(c_.points[p].vectors, letter, scratch.work, scratch.states);
    if (!accepted) return broken(3, ": a decoder has no output");
    if (!same_vectors(scratch.states, c_.points[target].vectors)) {
      return broken(3, " does not lead to the vectors of point " + std::to_string(target));
    }
    const State next = c_.automaton.step(c_.points[p].state, letter);
    if (c_.points[target].state != next) {
      return broken(4, " leads to a point that stands for state " + std::to_string(index(c_.points[target].state)) +
                           ", but the automaton goes to " + std::to_string(index(next)));
    }
    if (*accepted != c_.automaton.is_accepting(next)) {
      const std::string answer = *accepted ? "accepted" : "rejected";
      return broken(5, " is " + answer + " by the network, but not by the automaton");
    }
    return std::nullopt;
  }

  const Certificate<K>& c_;
  const core::Limits& limits_;
  lrnn::Runner<K> runner_;
  std::size_t letters_;
  std::atomic<std::size_t> first_bad_ = SIZE_MAX;
  std::mutex mutex_;
  std::optional<Failure> failure_;
};

}  // namespace

template <exact::ExactArithmetic K>
core::Verdict<core::NoEvidence, Failure> check(const Certificate<K>& certificate, const core::Limits& limits,
                                               std::size_t threads) {
  using Result = core::Verdict<core::NoEvidence, Failure>;
  constexpr const char* kTheorem = "certificate-soundness";
  if (auto failure = Checker<K>(certificate, limits).run(threads)) return Result::no(std::move(*failure), kTheorem);
  return Result::yes({}, kTheorem);
}

template core::Verdict<core::NoEvidence, Failure> check(const Certificate<exact::RationalArithmetic>&,
                                                        const core::Limits&, std::size_t);
template core::Verdict<core::NoEvidence, Failure> check(const Certificate<exact::NumberField>&, const core::Limits&,
                                                        std::size_t);
template core::Verdict<core::NoEvidence, Failure> check(const Certificate<exact::CyclotomicField>&, const core::Limits&,
                                                        std::size_t);

}  // namespace eigenmata::certificate
