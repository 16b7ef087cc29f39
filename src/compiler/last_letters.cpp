// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/last_letters.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace eigenmata::compiler {
namespace {

using automata::State;
using exact::Rational;
using Form = expressivity::ModelClass::Form;
using Images = std::vector<std::uint32_t>;  // of the states under a word

constexpr const char* kPass = "last-letters";
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Do the last few letters decide? If and only if no word leads two different states back to themselves: the pairs of
/// different states, moved by letters, have no cycle. Cost: O(states² · letters).
bool is_definite(const automata::Dfa& dfa, const core::Limits& limits) {
  const std::size_t n = dfa.states();
  limits.require_memory(n * n * 9, "the pairs of states");
  const auto moved = [&](std::size_t p, std::size_t q, std::size_t x) {
    return std::pair(index(dfa.step(automata::state(p), core::symbol(x))),
                     index(dfa.step(automata::state(q), core::symbol(x))));
  };
  std::vector<std::uint32_t> arrows(n * n, 0);  // that lead to a pair and have not been followed
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t q = 0; q < n; ++q) {
      for (std::size_t x = 0; p != q && x < dfa.letters(); ++x) {
        const auto [a, b] = moved(p, q, x);
        ++arrows[a * n + b];
      }
    }
  }
  std::vector<std::size_t> free;
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t q = 0; q < n; ++q) {
      if (p != q && arrows[p * n + q] == 0) free.push_back(p * n + q);
    }
  }
  std::size_t followed = 0;
  for (; !free.empty(); ++followed) {
    const std::size_t pair = free.back();
    free.pop_back();
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const auto [a, b] = moved(pair / n, pair % n, x);
      if (a != b && --arrows[a * n + b] == 0) free.push_back(a * n + b);
    }
  }
  return followed == n * (n - 1);
}

/// Words read backwards. A node is a word, its child by digit z the word with z before it; digit 0 says that the word
/// starts there.
class Trie {
 public:
  Trie(const automata::Dfa& minimal, const core::Limits& limits) : dfa_(minimal), limits_(limits) {
    std::map<Images, std::uint32_t> numbers;
    for (std::size_t x = 0; x < dfa_.letters(); ++x) {
      Images images;
      for (std::size_t q = 0; q < dfa_.states(); ++q)
        images.push_back(static_cast<std::uint32_t>(index(dfa_.step(automata::state(q), core::symbol(x)))));
      const auto [at, is_new] = numbers.emplace(images, static_cast<std::uint32_t>(digits_.size() + 1));
      if (is_new) digits_.push_back(images);
      digit_of_letter_.push_back(at->second);
    }
  }

  struct Node {
    std::vector<std::uint32_t> children;  ///< by digit; empty in a leaf
    std::uint32_t parent = kNone;
    std::uint32_t digit = 0;   ///< by which the parent leads here
    std::uint32_t state = 0;   ///< of a leaf: where the word leads
    std::uint32_t region = 0;  ///< of a leaf: its number among them
  };

  [[nodiscard]] std::size_t base() const { return digits_.size() + 1; }
  [[nodiscard]] std::uint32_t digit_of(std::size_t letter) const { return digit_of_letter_[letter]; }
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<std::uint32_t>& leaves() const { return leaves_; }

  /// Needs a definite language.
  void grow() {
    struct Open {
      std::uint32_t node;
      Images images;
    };
    Images identity;
    for (std::size_t q = 0; q < dfa_.states(); ++q) identity.push_back(static_cast<std::uint32_t>(q));
    nodes_.emplace_back();
    std::vector<Open> open{{0, std::move(identity)}};
    core::Ticker ticker(limits_, "the last letters");
    while (!open.empty()) {
      ticker.tick();
      const Open at = std::move(open.back());
      open.pop_back();
      if (std::all_of(at.images.begin(), at.images.end(), [&](std::uint32_t q) { return q == at.images[0]; })) {
        close(at.node, at.images[0]);
        continue;
      }
      nodes_[at.node].children.resize(base());
      close(child(at.node, 0), at.images[index(dfa_.initial())]);
      for (std::uint32_t z = 1; z < base(); ++z) {
        Images images;
        for (const std::uint32_t q : digits_[z - 1]) images.push_back(at.images[q]);
        open.push_back({child(at.node, z), std::move(images)});
      }
      limits_.require_memory(nodes_.size() * (sizeof(Node) + 8 * base()) + open.size() * 4 * dfa_.states(),
                             "the last letters");
    }
  }

  /// The leaf of the word of a leaf with one more letter. What leads to one state still does after it.
  [[nodiscard]] std::uint32_t after(std::uint32_t leaf, std::uint32_t digit) const {
    std::vector<std::uint32_t> word{digit};  // backwards
    std::vector<std::uint32_t> forwards;
    for (std::uint32_t n = leaf; nodes_[n].parent != kNone; n = nodes_[n].parent) forwards.push_back(nodes_[n].digit);
    word.insert(word.end(), forwards.rbegin(), forwards.rend());
    std::uint32_t at = 0;
    for (std::size_t i = 0; !nodes_[at].children.empty(); ++i) at = nodes_[at].children[word[i]];
    return at;
  }

  /// The digits of a leaf's word, the last first.
  [[nodiscard]] std::vector<std::uint32_t> backwards(std::uint32_t leaf) const {
    std::vector<std::uint32_t> word;
    for (std::uint32_t n = leaf; nodes_[n].parent != kNone; n = nodes_[n].parent) word.push_back(nodes_[n].digit);
    std::reverse(word.begin(), word.end());
    return word;
  }

 private:
  std::uint32_t child(std::uint32_t node, std::uint32_t digit) {
    const auto made = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({{}, node, digit, 0, 0});
    nodes_[node].children[digit] = made;
    return made;
  }

  void close(std::uint32_t node, std::uint32_t state) {
    nodes_[node].state = state;
    nodes_[node].region = static_cast<std::uint32_t>(leaves_.size());
    leaves_.push_back(node);
  }

  const automata::Dfa& dfa_;
  const core::Limits& limits_;
  std::vector<Images> digits_;  ///< [digit − 1]
  std::vector<std::uint32_t> digit_of_letter_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> leaves_;
};

/// The ends of a box.
struct Interval {
  Rational low, high;
};

class Writer {
 public:
  Writer(const automata::Dfa& dfa, const Trie& trie, const Rational& contraction, bool by_factors)
      : dfa_(dfa), trie_(trie), contraction_(contraction), by_factors_(by_factors) {}

  [[nodiscard]] Construction construction() const {
    lrnn::Layer<Rational> layer{1, number(-1), {}, core::Alphabet({"reject", "accept"}), {}};
    for (std::size_t x = 0; x < dfa_.letters(); ++x)
      layer.maps.push_back({matrix(), number((Rational(1) - contraction_) * place(trie_.digit_of(x)))});
    certificate::LayerClaim claim{{}, 0, {}, dfa_.states(), {}};
    std::vector<Interval> boxes;
    for (const std::uint32_t leaf : trie_.leaves()) boxes.push_back(box(leaf));
    for (std::uint32_t r = 0; r < boxes.size(); ++r) {
      claim.regions.emplace_back();
      if (boxes[r].low != boxes[r].high || !boxes[r].low.is_zero())
        claim.regions[r].push_back({0, boxes[r].low, boxes[r].high});
      for (std::uint32_t x = 0; x < dfa_.letters(); ++x)
        claim.steps.push_back({r, x, leaf_region(trie_.after(trie_.leaves()[r], trie_.digit_of(x)))});
      claim.meets.push_back({0, r, trie_.nodes()[trie_.leaves()[r]].state});
    }
    claim.start = leaf_region(trie_.nodes()[0].children[0]);
    layer.decoder = lrnn::AffineDecoder<Rational>{{readout(boxes)}};
    lrnn::TransitionClass written;
    written.form = by_factors_ ? lrnn::TransitionClass::Form::kHouseholder : lrnn::TransitionClass::Form::kDiagonal;
    written.low = written.high = contraction_;
    if (by_factors_) written.factors = 1;
    certificate::LayerwiseCertificate result{
        {dfa_.alphabet(), dfa_.is_accepting(dfa_.initial()), {std::move(layer)}, {false, true}, written},
        dfa_,
        {std::move(claim)},
        {},
        {}};
    for (std::size_t q = 0; q < dfa_.states(); ++q) result.meaning.push_back({automata::state(q)});
    return {kPass, std::move(result), {std::vector<std::size_t>(dfa_.letters(), 1)}};
  }

 private:
  static lrnn::SparseVector<Rational> number(const Rational& value) {
    if (value.is_zero()) return lrnn::SparseVector<Rational>(1);
    return {1, {{0, value}}};
  }

  [[nodiscard]] lrnn::Transition<Rational> matrix() const {
    if (!by_factors_) return lrnn::Diagonal<Rational>{{contraction_}};
    return lrnn::HouseholderProduct<Rational>{1, {{Rational(1) - contraction_, number(1)}}};
  }

  [[nodiscard]] Rational place(std::uint32_t digit) const {
    return Rational(2 * digit) / Rational(trie_.base() - 1) - 1;
  }

  [[nodiscard]] std::uint32_t leaf_region(std::uint32_t leaf) const { return trie_.nodes()[leaf].region; }

  /// Digit 0 at the end of a word is the number −1, held since before the first letter.
  [[nodiscard]] Interval box(std::uint32_t leaf) const {
    Rational centre = 0;
    Rational scale = 1;
    for (const std::uint32_t digit : trie_.backwards(leaf)) {
      if (digit == 0) return {centre - scale, centre - scale};
      centre += scale * (Rational(1) - contraction_) * place(digit);
      scale *= contraction_;
    }
    return {centre - scale, centre + scale};
  }

  /// Thresholds between neighbouring boxes whose answers differ.
  [[nodiscard]] lrnn::AffineReadout<Rational> readout(const std::vector<Interval>& boxes) const {
    std::vector<std::uint32_t> order(boxes.size());
    for (std::uint32_t r = 0; r < order.size(); ++r) order[r] = r;
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return boxes[a].low < boxes[b].low; });
    const auto answer = [&](std::uint32_t r) {
      return core::symbol(dfa_.is_accepting(automata::state(trie_.nodes()[trie_.leaves()[r]].state)) ? 1 : 0);
    };
    lrnn::AffineReadout<Rational> readout{number(1), 0, {}, {answer(order[0])}};
    for (std::size_t i = 1; i < order.size(); ++i) {
      if (answer(order[i]) == readout.outputs.back()) continue;
      readout.thresholds.push_back((boxes[order[i - 1]].high + boxes[order[i]].low) / 2);
      readout.outputs.push_back(answer(order[i]));
    }
    return readout;
  }

  const automata::Dfa& dfa_;
  const Trie& trie_;
  Rational contraction_;
  bool by_factors_;
};

/// A number in (0, bound) that the class has as a gate.
std::optional<Rational> contraction_below(const expressivity::ModelClass& target, const Rational& bound) {
  std::optional<Rational> found = Rational(1, 2);
  if (target.form == Form::kContraction || target.form == Form::kGatedHouseholder || target.form == Form::kRwkv7) {
    while (*found >= bound) *found /= 2;
  } else {
    found = target.set().real_contraction_below(bound);
  }
  if (found && *found <= 0) return std::nullopt;
  return found;
}

}  // namespace

PassResult compile_last_letters(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                                const core::Limits& limits) {
  if (minimal.states() < 2) return Refusal{kPass, "one state needs no letters"};
  if (!is_definite(minimal, limits)) return Refusal{kPass, "no fixed number of last letters decides"};
  Trie trie(minimal, limits);
  const auto contraction = contraction_below(target, Rational(1, trie.base()));
  if (!contraction) return Refusal{kPass, "the class has no positive number below 1/" + std::to_string(trie.base())};
  trie.grow();
  const bool by_factors = target.form == Form::kHouseholder || target.form == Form::kGatedHouseholder;
  return Writer(minimal, trie, *contraction, by_factors).construction();
}

}  // namespace eigenmata::compiler
