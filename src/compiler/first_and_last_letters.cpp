// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/first_and_last_letters.hpp"

#include <algorithm>
#include <compare>
#include <deque>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "contraction.hpp"
#include "suffix_trie.hpp"
#include "word_ends.hpp"

namespace eigenmata::compiler {
namespace {

using exact::Rational;

constexpr const char* kPass = "first-and-last-letters";
constexpr std::uint32_t kNone = 0xffffffff;
constexpr std::size_t kLargestModulus = 1000;
constexpr std::size_t kMostLeaves = 500;

/// What is known of the word so far: what a context of the certificate stands for.
struct Known {
  std::uint32_t time = 0;   ///< up to `first` + 1, which stands for all later times
  std::uint32_t phase = 0;  ///< the time modulo m
  std::uint32_t state = 0;  ///< after the letters that have been written down, at most `first`
  std::uint32_t leaf = 0;   ///< of the letters after those

  friend auto operator<=>(const Known&, const Known&) = default;
};

/// What one layer tells the next. Letters come as `kRead`.
struct Said {
  enum class Kind : std::uint8_t {
    kRead,   ///< a letter at a time and in a phase, and the state before it, if the next layer needs it
    kAnswer  ///< the answer is known; what layers to come say is no more than this
  };

  Kind kind = Kind::kRead;
  std::uint32_t letter = 0;
  std::uint32_t time = 0;
  std::uint32_t phase = 0;
  std::uint32_t state = kNone;
  bool accept = false;

  friend auto operator<=>(const Said&, const Said&) = default;
};

Said answer(bool accept) { return {Said::Kind::kAnswer, 0, 0, 0, kNone, accept}; }

/// One layer in the abstract: values, and what they do.
struct Machine {
  std::size_t values = 0;
  std::uint32_t start = 0;
  std::function<std::uint32_t(std::uint32_t value, const Said&)> next;
  std::function<Said(std::uint32_t value_after, const Said&)> says;
  std::function<Known(Known above, std::uint32_t value)> meet;
};

struct Situation {
  std::uint32_t letter, from, to, said;
  friend auto operator<=>(const Situation&, const Situation&) = default;
};

/// All that can happen in the layers so far.
struct Front {
  std::vector<Known> contexts;  ///< 0 is the one at the start
  std::vector<Said> said;       ///< the symbols
  std::vector<std::vector<Situation>> from;
};

Front front_of_letters(std::size_t letters, const Known& start) {
  Front front{{start}, {}, {{}}};
  for (std::uint32_t x = 0; x < letters; ++x) {
    front.said.push_back({Said::Kind::kRead, x, start.time, 0, start.state, false});
    front.from[0].push_back({x, 0, 0, x});
  }
  return front;
}

/// Steps, meets and the contexts behind a machine, by closure from the start.
class Closure {
 public:
  Closure(const Front& front, const Machine& machine, const core::Limits& limits)
      : front_(front), machine_(machine), limits_(limits), ticker_(limits, "first and last letters") {
    visit(0, machine.start);
    while (!open_.empty()) {
      const auto [above, value, context] = open_.front();
      open_.pop_front();
      for (const Situation& at : front_.from[above]) {
        ticker_.tick();
        const Said& heard = front_.said[at.said];
        const std::uint32_t next = machine_.next(value, heard);
        steps_[{value, at.said}] = next;
        const std::uint32_t to = visit(at.to, next);
        after_.from[context].push_back({at.letter, context, to, symbol(machine_.says(next, heard))});
      }
    }
    for (auto& situations : after_.from) {
      std::sort(situations.begin(), situations.end());
      situations.erase(std::unique(situations.begin(), situations.end()), situations.end());
    }
  }

  [[nodiscard]] Front take_front() { return std::move(after_); }
  [[nodiscard]] std::uint32_t symbol_of(const Said& said) const {
    const auto known = symbols_.find(said);
    return known == symbols_.end() ? 0 : known->second;  // what never happens may be called anything
  }

  template <class S>
  void write(certificate::LayerClaimOver<S>& claim) const {
    claim.start = machine_.start;
    claim.contexts = after_.contexts.size();
    for (const auto& [at, next] : steps_) claim.steps.push_back({at.first, at.second, next});
    for (const auto& [at, context] : meets_) claim.meets.push_back({at.first, at.second, context});
  }

 private:
  std::uint32_t visit(std::uint32_t above, std::uint32_t value) {
    const auto [at, is_new] = meets_.emplace(std::pair(above, value), 0);
    if (is_new) {
      const Known known = machine_.meet(front_.contexts[above], value);
      const auto [named, is_named] = names_.emplace(known, static_cast<std::uint32_t>(after_.contexts.size()));
      if (is_named) {
        after_.contexts.push_back(known);
        after_.from.emplace_back();
        limits_.require_memory(after_.contexts.size() * 256 * front_.from[above].size(), "contexts of the layers");
      }
      at->second = named->second;
      open_.emplace_back(above, value, at->second);
    }
    return at->second;
  }

  std::uint32_t symbol(const Said& said) {
    const auto [at, is_new] = symbols_.emplace(said, static_cast<std::uint32_t>(after_.said.size()));
    if (is_new) after_.said.push_back(said);
    return at->second;
  }

  const Front& front_;
  const Machine& machine_;
  const core::Limits& limits_;
  core::Ticker ticker_;
  std::deque<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> open_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> steps_, meets_;
  std::map<Known, std::uint32_t> names_;
  std::map<Said, std::uint32_t> symbols_;
  Front after_;
};

/// The network and its certificate, layer by layer, over the rationals or a cyclotomic field.
template <class K>
class Writer {
 public:
  using S = typename K::Scalar;

  Writer(const automata::Dfa& dfa, const WordEnds& ends, const SuffixTrie& trie, K k, S root, Rational timer,
         Rational digits, const core::Limits& limits)
      : dfa_(dfa),
        ends_(ends),
        trie_(trie),
        k_(std::move(k)),
        root_(std::move(root)),
        timer_(std::move(timer)),
        digits_(std::move(digits)),
        limits_(limits),
        front_(front_of_letters(dfa.letters(), start())),
        result_{{dfa.alphabet(), dfa.is_accepting(dfa.initial()), {}, {}, std::nullopt}, dfa, {}, {}, k_} {}

  [[nodiscard]] Construction construction(const lrnn::TransitionClass& claim) {
    const bool has_digits = !trie_.is_shallow();
    if (ends_.modulus > 1) add_clock(!has_digits && ends_.first == 0);
    if (ends_.first > 0) {
      add_timer();
      for (std::uint32_t j = 1; j <= ends_.first; ++j) add_writer(j, !has_digits && j == ends_.first);
    }
    if (has_digits) add_digits();
    for (const Said& said : front_.said) result_.network.accept.push_back(said.accept);
    for (const Known& known : front_.contexts) result_.meaning.push_back({automata::state(state_of(known))});
    result_.network.claim = claim;
    return {kPass, std::move(result_), std::move(bounds_)};
  }

 private:
  using Region = certificate::RegionOver<S>;

  [[nodiscard]] std::uint32_t settled() const { return static_cast<std::uint32_t>(ends_.first) + 1; }
  [[nodiscard]] Known start() const {
    return {ends_.first > 0 ? 0 : settled(), 0, static_cast<std::uint32_t>(index(dfa_.initial())), trie_.empty_word()};
  }

  /// The automaton's state.
  [[nodiscard]] std::uint32_t state_of(const Known& known) const {
    if (known.time < settled()) return known.state;
    const auto& images = trie_.images(known.leaf);
    if (trie_.is_whole(known.leaf)) return images[known.state];
    const std::size_t m = ends_.modulus;
    const std::size_t later =
        (known.phase + m * (ends_.first + trie_.length(known.leaf)) - ends_.first - trie_.length(known.leaf)) % m;
    const auto& possible = ends_.reached[known.state][later];
    return possible.empty() ? 0 : images[possible[0]];  // if none is, this is never asked
  }
  [[nodiscard]] Said answer_in(const Known& known) const {
    return answer(dfa_.is_accepting(automata::state(state_of(known))));
  }

  /// All letters are known now: the answer.
  [[nodiscard]] Said answer_after(const Said& heard, std::uint32_t leaf) const {
    if (heard.state == kNone) return answer(false);  // a row for what never happens
    return answer_in({settled(), heard.phase, heard.state, leaf});
  }
  [[nodiscard]] std::uint32_t leaf_after(std::uint32_t leaf, const Said& heard) const {
    if (heard.kind == Said::Kind::kAnswer || heard.time < settled()) return trie_.empty_word();
    return trie_.after(leaf, trie_.digit_of(heard.letter));
  }

  [[nodiscard]] S number(const Rational& a) const { return k_.from_rational(a); }
  [[nodiscard]] lrnn::SparseVector<S> vector(const S& a) const {
    if (k_.is_zero(a)) return lrnn::SparseVector<S>(1);
    return {1, {{0, a}}};
  }
  [[nodiscard]] Region point(const S& a) const { return certificate::point_region(vector(a)); }

  /// Where the last letter is enough and there is no layer of digits, the last layer has a region for each of its
  /// values and each last letter.
  [[nodiscard]] Machine with_last_letter(const Machine& machine) const {
    const auto leaves = static_cast<std::uint32_t>(trie_.leaves().size());
    Machine result{
        machine.values * leaves, machine.start * leaves + trie_.nodes()[trie_.empty_word()].region, {}, {}, {}};
    result.next = [this, machine, leaves](std::uint32_t value, const Said& heard) {
      return machine.next(value / leaves, heard) * leaves +
             trie_.nodes()[leaf_after(trie_.leaves()[value % leaves], heard)].region;
    };
    result.says = [this, machine, leaves](std::uint32_t value, const Said& heard) {
      const Said said = machine.says(value / leaves, heard);
      if (said.kind == Said::Kind::kAnswer) return said;
      return answer_after(said, trie_.leaves()[value % leaves]);
    };
    result.meet = [this, machine, leaves](Known above, std::uint32_t value) {
      Known known = machine.meet(above, value / leaves);
      known.leaf = trie_.leaves()[value % leaves];
      return known;
    };
    return result;
  }

  /// Appends a layer h ← a h + b(symbol), h_0 = value 0's number, whose values are told apart by a table.
  void add_points(const Machine& plain, const std::vector<S>& numbers, const S& a,
                  const std::function<S(const Said&)>& b, bool is_last) {
    const Machine machine = is_last ? with_last_letter(plain) : plain;
    Closure closure(front_, machine, limits_);
    lrnn::TableDecoder<S> table;
    for (std::uint32_t v = 0; v < plain.values; ++v) {
      typename lrnn::TableDecoder<S>::Row row{vector(numbers[v]), {}};
      for (const Said& heard : front_.said) {
        // Of the last letter it does not matter what came before.
        const std::uint32_t after =
            is_last ? v * last_letters() + trie_.nodes()[leaf_after(trie_.empty_word(), heard)].region : v;
        row.outputs.push_back(core::symbol(closure.symbol_of(machine.says(after, heard))));
      }
      table.rows.push_back(std::move(row));
    }
    std::vector<Region> regions;
    for (std::uint32_t v = 0; v < machine.values; ++v)
      regions.push_back(point(numbers[is_last ? v / last_letters() : v]));
    append(closure, std::move(regions), numbers[plain.start], a, b, std::move(table));
  }
  [[nodiscard]] std::uint32_t last_letters() const { return static_cast<std::uint32_t>(trie_.leaves().size()); }

  void append(Closure& closure, std::vector<Region> regions, const S& first, const S& a,
              const std::function<S(const Said&)>& b, lrnn::Decoder<S> decoder) {
    lrnn::Layer<S> layer{1, vector(first), {}, core::Alphabet({"no"}), std::move(decoder)};
    for (const Said& heard : front_.said) layer.maps.push_back({lrnn::Diagonal<S>{{a}}, vector(b(heard))});
    bounds_.emplace_back(front_.said.size(), k_.equal(a, k_.one()) ? 0 : 1);
    certificate::LayerClaimOver<S> claim;
    claim.regions = std::move(regions);
    closure.write(claim);
    result_.layers.push_back(std::move(claim));
    front_ = closure.take_front();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < front_.said.size(); ++i) {
      names.push_back(front_.said[i].kind == Said::Kind::kRead ? "y" + std::to_string(i)
                      : front_.said[i].accept                  ? "accept"
                                                               : "reject");
    }
    layer.outputs = core::Alphabet(std::move(names));
    result_.network.layers.push_back(std::move(layer));
  }

  void add_clock(bool is_last) {
    const auto m = static_cast<std::uint32_t>(ends_.modulus);
    Machine machine{m, 0, {}, {}, {}};
    machine.next = [m](std::uint32_t value, const Said&) { return (value + 1) % m; };
    machine.says = [](std::uint32_t value, Said heard) {
      heard.phase = value;
      return heard;
    };
    machine.meet = [](Known above, std::uint32_t value) {
      above.phase = value;
      return above;
    };
    std::vector<S> numbers{k_.one()};
    while (numbers.size() < m) numbers.push_back(k_.multiply(numbers.back(), root_));
    add_points(
        machine, numbers, root_, [this](const Said&) { return k_.zero(); }, is_last);
  }

  void add_timer() {
    const std::uint32_t last = settled();
    Machine machine{last + 1, 0, {}, {}, {}};
    machine.next = [last](std::uint32_t value, const Said&) { return std::min(value + 1, last); };
    machine.says = [this](std::uint32_t value, Said heard) {
      heard.time = value;
      heard.state = value == 1 ? static_cast<std::uint32_t>(index(dfa_.initial())) : kNone;
      return heard;
    };
    machine.meet = [](Known above, std::uint32_t value) {
      above.time = value;
      return above;
    };
    Closure closure(front_, machine, limits_);
    std::vector<Rational> powers{1};
    while (powers.size() <= last) powers.push_back(powers.back() * timer_);
    std::vector<Region> regions;
    for (std::uint32_t t = 0; t < last; ++t) regions.push_back(point(number(powers[t])));
    regions.push_back({{0, k_.zero(), number(powers[last])}});
    lrnn::AffineDecoder<S> decoder;
    for (const Said& heard : front_.said) {
      lrnn::AffineReadout<S> readout{vector(k_.one()), k_.zero(), {}, {}};
      for (std::uint32_t t = last; t >= 1; --t) {
        if (t < last) readout.thresholds.push_back(number((powers[t + 1] + powers[t]) / 2));
        readout.outputs.push_back(core::symbol(closure.symbol_of(machine.says(t, heard))));
      }
      decoder.readouts.push_back(std::move(readout));
    }
    append(
        closure, std::move(regions), k_.one(), number(timer_), [this](const Said&) { return k_.zero(); },
        std::move(decoder));
  }

  /// Writes the state after j letters at time j.
  void add_writer(std::uint32_t j, bool is_last) {
    const auto& states = ends_.states_after[j];
    const auto value_of = [this, &states](const Said& heard) {
      const auto next =
          static_cast<std::uint32_t>(index(dfa_.step(automata::state(heard.state), core::symbol(heard.letter))));
      const auto at = std::lower_bound(states.begin(), states.end(), next);
      return static_cast<std::uint32_t>(at - states.begin()) + 1;
    };
    const auto writes = [j](const Said& heard) { return heard.kind == Said::Kind::kRead && heard.time == j; };
    Machine machine{states.size() + 1, 0, {}, {}, {}};
    machine.next = [writes, value_of](std::uint32_t value, const Said& heard) {
      return writes(heard) ? value_of(heard) : value;
    };
    machine.says = [this, j, &states](std::uint32_t value, Said heard) {
      if (heard.kind == Said::Kind::kAnswer || heard.time > j + 1) return heard;
      if (heard.time == j) return answer(value > 0 && dfa_.is_accepting(automata::state(states[value - 1])));
      heard.state = value > 0 ? states[value - 1] : kNone;  // time j + 1, with a state written at time j
      return heard;
    };
    machine.meet = [&states](Known above, std::uint32_t value) {
      if (value > 0) above.state = states[value - 1];
      return above;
    };
    std::vector<S> numbers;
    for (std::size_t v = 0; v <= states.size(); ++v) numbers.push_back(number(Rational(v)));
    const auto written = [this, writes, value_of](const Said& heard) {
      return writes(heard) ? number(Rational(value_of(heard))) : k_.zero();
    };
    add_points(machine, numbers, k_.one(), written, is_last);
  }

  void add_digits() {
    Machine machine{trie_.leaves().size(), trie_.nodes()[trie_.empty_word()].region, {}, {}, {}};
    machine.next = [this](std::uint32_t value, const Said& heard) {
      return trie_.nodes()[leaf_after(trie_.leaves()[value], heard)].region;
    };
    machine.says = [this](std::uint32_t value, const Said& heard) {
      return heard.kind == Said::Kind::kAnswer ? heard : answer_after(heard, trie_.leaves()[value]);
    };
    machine.meet = [this](Known above, std::uint32_t value) {
      above.leaf = trie_.leaves()[value];
      return above;
    };
    Closure closure(front_, machine, limits_);
    std::vector<SuffixTrie::Interval> boxes;
    std::vector<std::uint32_t> order;
    std::vector<Region> regions;
    for (std::uint32_t r = 0; r < trie_.leaves().size(); ++r) {
      boxes.push_back(trie_.box(trie_.leaves()[r], digits_));
      order.push_back(r);
      Region region;
      if (boxes[r].low != boxes[r].high || !boxes[r].low.is_zero())
        region.push_back({0, number(boxes[r].low), number(boxes[r].high)});
      regions.push_back(std::move(region));
    }
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return boxes[a].low < boxes[b].low; });
    lrnn::AffineDecoder<S> decoder;
    for (const Said& heard : front_.said) {
      const auto output = [&](std::uint32_t r) { return core::symbol(closure.symbol_of(machine.says(r, heard))); };
      lrnn::AffineReadout<S> readout{vector(k_.one()), k_.zero(), {}, {output(order[0])}};
      for (std::size_t i = 1; i < order.size(); ++i) {
        if (output(order[i]) == readout.outputs.back()) continue;
        readout.thresholds.push_back(number((boxes[order[i - 1]].high + boxes[order[i]].low) / 2));
        readout.outputs.push_back(output(order[i]));
      }
      decoder.readouts.push_back(std::move(readout));
    }
    append(
        closure, std::move(regions), number(-1), number(digits_),
        [this](const Said& heard) {
          const bool counts = heard.kind == Said::Kind::kRead && heard.time >= settled();
          return number((Rational(1) - digits_) * trie_.place(counts ? trie_.digit_of(heard.letter) : 0));
        },
        std::move(decoder));
  }

  const automata::Dfa& dfa_;
  const WordEnds& ends_;
  const SuffixTrie& trie_;
  K k_;
  S root_;
  Rational timer_, digits_;
  const core::Limits& limits_;
  Front front_;
  certificate::LayerwiseOver<K> result_;
  std::vector<std::vector<std::size_t>> bounds_;
};

/// What the last letters have to lead to one state.
std::vector<SuffixTrie::Images> blocks_of(const WordEnds& ends) {
  std::vector<SuffixTrie::Images> blocks;
  for (const auto& by_phase : ends.reached) {
    for (const auto& states : by_phase) {
      if (states.size() > 1) blocks.push_back(states);
    }
  }
  std::sort(blocks.begin(), blocks.end());
  blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
  return blocks;
}

/// An angle j/m with j prime to m, in the set.
std::optional<Rational> primitive_root(const expressivity::SpectrumSet& set, std::size_t m) {
  for (std::size_t j = 1; j <= m; ++j) {
    const Rational angle(j % m, m);
    if (std::gcd(j, m) == 1 && set.units().contains(angle)) return angle;
  }
  return std::nullopt;
}

}  // namespace

PassResult compile_first_and_last_letters(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                                          const core::Limits& limits) {
  const expressivity::SpectrumSet& set = target.set();
  const std::size_t period = common_period(minimal, kLargestModulus, limits);
  if (period == 0) return Refusal{kPass, "lengths modulo more than " + std::to_string(kLargestModulus) + " matter"};
  // Lengths matter modulo divisors of the period; the set may have roots of multiples of those alone.
  const std::uint64_t order = set.units().all ? period : std::lcm<std::uint64_t>(period, set.units().order);
  std::optional<WordEnds> ends;
  std::optional<Rational> angle;
  for (std::size_t m = 1; m <= kLargestModulus && !ends; ++m) {
    if (order % m != 0) continue;
    if (m > 1 && !(angle = primitive_root(set, m))) continue;
    ends = word_ends(minimal, m, 0, limits);
  }
  if (!ends)
    return Refusal{kPass, "no number of first and last letters decides, with the length modulo what the set turns by"};
  // More of the first letters mean fewer words of last letters.
  std::optional<SuffixTrie> trie;
  for (std::size_t more = 0;; more = 2 * more + 1) {
    if (more > 0) ends = word_ends(minimal, ends->modulus, more, limits);
    trie.emplace(minimal, blocks_of(*ends), limits);
    if (trie->grow(kMostLeaves)) break;
    if (more > minimal.states())
      return Refusal{kPass, "more than " + std::to_string(kMostLeaves) + " words of last letters to tell apart"};
  }
  if (ends->modulus == 1 && ends->first == 0) return Refusal{kPass, "the last letters decide"};
  Rational timer = 0, digits = 0;
  if (ends->first > 0) {
    const auto below_one = contraction_below(target, 1);
    if (!set.contains(1) || !below_one) return Refusal{kPass, "the set needs 1 and a positive contraction"};
    timer = *below_one;
  }
  if (!trie->is_shallow()) {
    const auto small = contraction_below(target, Rational(1, trie->base()));
    if (!small) return Refusal{kPass, "the class has no positive number below 1/" + std::to_string(trie->base())};
    digits = *small;
  }
  lrnn::TransitionClass claim;
  claim.form = lrnn::TransitionClass::Form::kConstant;
  if (ends->modulus <= 2)
    return Writer<exact::RationalArithmetic>(minimal, *ends, *trie, {}, -1, timer, digits, limits).construction(claim);
  const exact::CyclotomicField k(ends->modulus);
  return Writer<exact::CyclotomicField>(minimal, *ends, *trie, k, *k.root_of_unity(*angle), timer, digits, limits)
      .construction(claim);
}

}  // namespace eigenmata::compiler
