// SPDX-License-Identifier: Apache-2.0
//
// Every mathematical claim that leaves the library is a Verdict: yes with what proves it, no with a witness, or
// unknown with the reason. A bare bool cannot say "I ran out of memory", and nobody can check it afterwards.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace eigenmata::core {

enum class Answer { kYes, kNo, kUnknown };

/// "yes", "no" or "unknown".
[[nodiscard]] constexpr std::string_view to_string(Answer answer) {
  switch (answer) {
    case Answer::kYes:
      return "yes";
    case Answer::kNo:
      return "no";
    case Answer::kUnknown:
      break;
  }
  return "unknown";
}

/// For claims whose proof, or whose refutation, is the computation itself and leaves nothing to show.
struct NoEvidence {
  friend bool operator==(NoEvidence, NoEvidence) = default;
};

/// An answer with its evidence: `Proof` comes with yes, `Witness` with no.
template <class Proof, class Witness>
class Verdict {
 public:
  /// `theorem` is the id under which the argument is listed (`eigenmata list theorems`).
  [[nodiscard]] static Verdict yes(Proof proof, std::string theorem) {
    Verdict verdict(Answer::kYes, std::move(theorem));
    verdict.proof_ = std::move(proof);
    return verdict;
  }
  [[nodiscard]] static Verdict no(Witness witness, std::string theorem) {
    Verdict verdict(Answer::kNo, std::move(theorem));
    verdict.witness_ = std::move(witness);
    return verdict;
  }
  /// `reason` says which limit was reached or which question is open.
  [[nodiscard]] static Verdict unknown(std::string reason) {
    Verdict verdict(Answer::kUnknown, {});
    verdict.reason_ = std::move(reason);
    return verdict;
  }

  [[nodiscard]] Answer answer() const { return answer_; }
  [[nodiscard]] bool is_yes() const { return answer_ == Answer::kYes; }
  [[nodiscard]] bool is_no() const { return answer_ == Answer::kNo; }
  [[nodiscard]] bool is_unknown() const { return answer_ == Answer::kUnknown; }

  /// Only for `yes`.
  [[nodiscard]] const Proof& proof() const {
    assert(proof_.has_value());
    return *proof_;
  }
  /// Only for `no`.
  [[nodiscard]] const Witness& witness() const {
    assert(witness_.has_value());
    return *witness_;
  }
  [[nodiscard]] const std::string& theorem() const { return theorem_; }
  /// Only for `unknown`; empty otherwise.
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  Verdict(Answer answer, std::string theorem) : answer_(answer), theorem_(std::move(theorem)) {}

  Answer answer_;
  std::optional<Proof> proof_;
  std::optional<Witness> witness_;
  std::string theorem_;
  std::string reason_;
};

}  // namespace eigenmata::core
