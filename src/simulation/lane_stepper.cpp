// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/lane_stepper.hpp"

#include <hwy/targets.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "coordinate_runner.hpp"
#include "lane_letters.hpp"
#include "lane_numbers.hpp"
#include "lane_program.hpp"

namespace eigenmata::simulation {
namespace {

constexpr std::size_t kSteps = 64;  // letters that are turned at a time
constexpr std::size_t kMostParameters = std::size_t{1} << 28;

/// Numbers that a word of a packed state holds.
template <class T>
constexpr std::size_t kPerWord = 8 / sizeof(T);

template <class T>
struct Prepared {
  precision::FloatArithmetic arithmetic;
  LaneKernels<T> kernels;
  LaneProgram<T> program;
  CoordinateKernels<T> coordinate_kernels;
  std::optional<CoordinateProgram<T>> coordinates;  ///< if this network and plan can be run that way
  LaneLayout layout = LaneLayout::kFaster;
  std::size_t letters = 0;
  bool accepts_empty_word = false;
  std::string description;
};

template <class T>
class LaneStepper final : public BatchStepper {
 public:
  explicit LaneStepper(std::shared_ptr<const Prepared<T>> prepared) : prepared_(std::move(prepared)) {
    const std::size_t width = kGroups * lanes();
    state_ = hwy::AllocateAligned<T>(std::max<std::size_t>(program().coordinates, 1) * width);
    finals_ = hwy::AllocateAligned<T>(std::max<std::size_t>(program().coordinates, 1) * width);
    scratch_ = hwy::AllocateAligned<T>((program().widest + program().blocks + 1) * width);
    letters_.resize(kSteps * width);
    left_.resize(width);
    silent_.resize(width);
    ends_.resize(width);
    sources_.resize(width);
    if (prepared_->coordinates && prepared_->layout != LaneLayout::kWords)
      by_coordinates_.emplace(*prepared_->coordinates, prepared_->coordinate_kernels);
  }

  [[nodiscard]] std::unique_ptr<BatchStepper> another() const override {
    return std::make_unique<LaneStepper>(prepared_);
  }
  [[nodiscard]] std::size_t state_words() const override {
    return std::max<std::size_t>((program().coordinates + kPerWord<T> - 1) / kPerWord<T>, 1);
  }
  [[nodiscard]] std::size_t coordinates() const override { return program().coordinates; }
  [[nodiscard]] std::size_t letters() const override { return prepared_->letters; }
  [[nodiscard]] std::size_t side_by_side() const override { return kGroups * lanes(); }
  [[nodiscard]] bool accepts_empty_word() const override { return prepared_->accepts_empty_word; }
  [[nodiscard]] std::string description() const override { return prepared_->description; }

  void start(Word* to) const override { pack(program().start.data(), 1, 0, to); }

  void codes(const Word* state, std::uint64_t* to) const override {
    for (std::size_t i = 0; i < program().coordinates; ++i) to[i] = prepared_->arithmetic.pack(number(state, i));
  }

  void step(const Word* from, const std::uint8_t* letters, std::size_t count, Word* to, Answer* answers) override {
    const std::size_t words = state_words();
    for (std::size_t begin = 0; begin < count;) {
      const std::size_t vectors = vectors_for(count - begin);
      const std::size_t width = vectors * lanes();
      const std::size_t used = std::min(width, count - begin);
      for (std::size_t lane = 0; lane < width; ++lane) {
        // Lanes without a state do what the first one does.
        const std::size_t source = begin + (lane < used ? lane : 0);
        for (std::size_t i = 0; i < program().coordinates; ++i)
          state_[i * width + lane] = number(from + source * words, i);
        letters_[lane] = letters[source];
        left_[lane] = lane < used ? 1 : 0;
      }
      run_steps(1, vectors, nullptr);
      for (std::size_t lane = 0; lane < used; ++lane) {
        answers[begin + lane] = ends_[lane];
        pack(state_.get(), width, lane, to + (begin + lane) * words);
      }
      begin += used;
    }
  }

  void run(const PackedWords& words, std::span<const std::size_t> which, Answer* answers, Word* finals) override {
    for (std::size_t begin = 0; begin < which.size();) {
      const std::size_t left = which.size() - begin;
      using Try = FasterLayout::Try;
      Try what = Try::kWords;
      if (by_coordinates_ && wild_ < kMostWild)
        what = prepared_->layout == LaneLayout::kCoordinates ? Try::kCoordinates : faster_.next();
      const std::size_t most = what == Try::kCoordinates        ? kCoordinateWords<T>
                               : what == Try::kOneVectorOfWords ? lanes()
                                                                : kGroups * lanes();
      const auto some = which.subspan(begin, std::min(most, left));
      ask_for(words, which.subspan(begin + some.size(), std::min(most, left - some.size())));
      Answer* own_answers = answers + begin;
      Word* own_finals = finals == nullptr ? nullptr : finals + begin * state_words();
      const auto run = [&] {
        if (what == Try::kCoordinates && run_coordinates(words, some, own_answers, own_finals)) return;
        if (what == Try::kCoordinates) ++wild_;
        run_block(words, some, vectors_for(some.size()), own_answers, own_finals);
      };
      if (by_coordinates_ && wild_ < kMostWild) {
        faster_.timed(what, letters_of(words, some), run);
      } else {
        run();
      }
      begin += some.size();
    }
  }

 private:
  [[nodiscard]] const LaneProgram<T>& program() const { return prepared_->program; }
  [[nodiscard]] std::size_t lanes() const { return prepared_->kernels.lanes; }
  /// As few as hold `count` words.
  [[nodiscard]] std::size_t vectors_for(std::size_t count) const { return count <= lanes() ? 1 : kGroups; }

  static T number(const Word* state, std::size_t i) {
    T result;
    std::memcpy(&result, reinterpret_cast<const char*>(state) + i * sizeof(T), sizeof result);
    return result;
  }
  static void set_number(Word* state, std::size_t i, T value) {
    value = canonical(value);
    std::memcpy(reinterpret_cast<char*>(state) + i * sizeof(T), &value, sizeof value);
  }
  void pack(const T* numbers, std::size_t width, std::size_t lane, Word* to) const {
    std::fill(to, to + state_words(), 0);
    for (std::size_t i = 0; i < program().coordinates; ++i) set_number(to, i, numbers[i * width + lane]);
  }

  void run_steps(std::size_t steps, std::size_t vectors, T* finals) {
    LaneBlock<T> block;
    block.steps = steps;
    block.letters = letters_.data();
    block.left = left_.data();
    block.state = state_.get();
    block.scratch = scratch_.get();
    block.silent = silent_.data();
    block.answers = ends_.data();
    block.finals = finals;
    if (finals == nullptr) std::fill(silent_.begin(), silent_.end(), 0);
    prepared_->kernels.run(program(), block, vectors);
  }

  static std::size_t letters_of(const PackedWords& words, std::span<const std::size_t> which) {
    std::size_t letters = 0;
    for (const std::size_t i : which) letters += words.word(i).size();
    return letters;
  }

  /// The first letters of the words that come next are on their way from memory while others are run.
  static void ask_for(const PackedWords& words, std::span<const std::size_t> which) {
    for (const std::size_t i : which) __builtin_prefetch(words.word(i).data());
  }

  /// Not, if it returns false.
  bool run_coordinates(const PackedWords& words, std::span<const std::size_t> which, Answer* answers, Word* finals) {
    for (std::size_t i = 0; i < which.size(); ++i) {
      answers[i] = prepared_->accepts_empty_word ? Answer::kAccept : Answer::kReject;
      if (finals != nullptr && words.word(which[i]).empty()) start(finals + i * state_words());
    }
    return by_coordinates_->run(words, which, [&](std::size_t i, Answer answer, const T* state) {
      answers[i] = answer;
      if (finals == nullptr) return;
      Word* to = finals + i * state_words();
      std::fill(to, to + state_words(), 0);
      for (std::size_t j = 0; j < program().coordinates; ++j)
        set_number(to, j, state[prepared_->coordinates->place(j)]);
    });
  }

  void run_block(const PackedWords& words, std::span<const std::size_t> which, std::size_t vectors, Answer* answers,
                 Word* finals) {
    const std::size_t width = vectors * lanes();
    const std::size_t n = program().coordinates;
    std::size_t longest = 0;
    for (std::size_t lane = 0; lane < width; ++lane) {
      sources_[lane] = lane < which.size() ? words.word(which[lane]) : std::span<const std::uint8_t>();
      longest = std::max(longest, sources_[lane].size());
      silent_[lane] = 0;
      ends_[lane] = prepared_->accepts_empty_word ? Answer::kAccept : Answer::kReject;
    }
    for (std::size_t i = 0; i < n; ++i) {
      std::fill(state_.get() + i * width, state_.get() + (i + 1) * width, program().start[i]);
      std::fill(finals_.get() + i * width, finals_.get() + (i + 1) * width, program().start[i]);
    }
    const std::uint8_t* end = words.letters.data() + words.letters.size();
    LaneBlock<T> block;
    block.letters = letters_.data();
    block.left = left_.data();
    block.state = state_.get();
    block.scratch = scratch_.get();
    block.silent = silent_.data();
    block.answers = ends_.data();
    block.finals = finals == nullptr ? nullptr : finals_.get();
    for (std::size_t done = 0; done < longest; done += block.steps) {
      block.steps = std::min(kSteps, longest - done);
      for (std::size_t lane = 0; lane < width; ++lane) {
        const std::size_t length = sources_[lane].size();
        left_[lane] = static_cast<std::uint32_t>(std::min<std::size_t>(length - std::min(length, done), kSteps + 1));
      }
      turn_letters(sources_, width, done, block.steps, end, letters_.data());
      prepared_->kernels.run(program(), block, vectors);
    }
    for (std::size_t lane = 0; lane < which.size(); ++lane) {
      answers[lane] = ends_[lane];
      if (finals != nullptr) pack(finals_.get(), width, lane, finals + lane * state_words());
    }
  }

  static constexpr std::size_t kMostWild = 8;

  std::shared_ptr<const Prepared<T>> prepared_;
  std::optional<CoordinateRunner<T>> by_coordinates_;
  FasterLayout faster_{kGroups};
  std::size_t wild_ = 0;  // blocks that coordinates in lanes had to give up
  hwy::AlignedFreeUniquePtr<T[]> state_, finals_, scratch_;
  std::vector<std::uint8_t> letters_;  // [step][lane]
  std::vector<std::uint32_t> left_;
  std::vector<std::uint8_t> silent_;
  std::vector<Answer> ends_;
  std::vector<std::span<const std::uint8_t>> sources_;
};

std::vector<std::int64_t> targets() {
  // The kernels exist for three of them (HWY_DISABLED_TARGETS in CMakeLists.txt). Better ones are smaller numbers.
  std::vector<std::int64_t> result;
  hwy::SetSupportedTargetsForTest(0);
  const std::int64_t supported = hwy::SupportedTargets();
  for (const std::int64_t target : {std::int64_t{HWY_AVX3}, std::int64_t{HWY_AVX2}}) {
    if ((supported & target) != 0) result.push_back(target);
  }
  result.push_back(HWY_EMU128);
  return result;
}

template <class T>
std::unique_ptr<BatchStepper> prepared_stepper(const precision::FloatArithmetic& arithmetic,
                                               const lrnn::Network<double>& network, const LaneKernels<T>& kernels,
                                               LaneLayout layout) {
  Prepared<T> prepared{arithmetic,
                       kernels,
                       lane_program<T>(arithmetic, network, kernels.permutes),
                       coordinate_kernels<T>(),
                       std::nullopt,
                       layout,
                       network.alphabet.size(),
                       network.accepts_empty_word,
                       std::to_string(kernels.lanes) + " words in the lanes of a vector"};
  if (prepared.coordinate_kernels.exist && layout != LaneLayout::kWords)
    prepared.coordinates = coordinate_program<T>(arithmetic, network);
  if (prepared.coordinates)
    prepared.description += " or " + std::to_string(kCoordinateLanes<T>) + " coordinates of one, what is faster,";
  prepared.description += sizeof(T) == 4 ? " of f32" : " of f64";
  return std::make_unique<LaneStepper<T>>(std::make_shared<const Prepared<T>>(std::move(prepared)));
}

}  // namespace

std::optional<std::string> why_no_lanes(const precision::FloatArithmetic& arithmetic,
                                        const lrnn::Network<double>& network) {
  const LaneChoice choice = lanes_for(arithmetic.plan());
  if (choice.type == LaneType::kNone) return choice.why;
  if (network.layers.empty()) return "a network without layers";
  for (const auto& layer : network.layers) {
    bool has_dense = false;
    for (const auto& map : layer.maps) has_dense = has_dense || std::holds_alternative<lrnn::Dense<double>>(map.a);
    const std::size_t rows = has_dense ? layer.dimension : 2 * lrnn::factors_per_token(layer) + 2;
    if (layer.dimension > kMostParameters / std::max<std::size_t>(rows * layer.maps.size(), 1))
      return "layers of this size";
  }
  return std::nullopt;
}

std::unique_ptr<BatchStepper> lane_stepper(const precision::FloatArithmetic& arithmetic,
                                           const lrnn::Network<double>& network, LaneLayout layout) {
  const LaneChoice choice = lanes_for(arithmetic.plan());
  assert(choice.type != LaneType::kNone && network.alphabet.size() <= kLargestPackedAlphabet);
  if (choice.type == LaneType::kF64) return prepared_stepper(arithmetic, network, lane_kernels<double>(), layout);
  const bool is_native = choice.math == LaneMath::kNative || choice.math == LaneMath::kNativeFusedUpdates ||
                         choice.math == LaneMath::kNativeFused;
  return prepared_stepper(arithmetic, network, is_native ? lane_kernels<float>() : narrow_lane_kernels(), layout);
}

std::vector<std::string> lane_targets() {
  std::vector<std::string> names;
  for (const std::int64_t target : targets()) names.emplace_back(hwy::TargetName(target));
  return names;
}

void use_lane_target(std::optional<std::size_t> target) {
  const auto all = targets();
  hwy::SetSupportedTargetsForTest(target ? all[*target] : 0);
  hwy::GetChosenTarget().DeInit();
}

}  // namespace eigenmata::simulation
