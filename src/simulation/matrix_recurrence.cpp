// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/matrix_recurrence.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include "eigenmata/core/error.hpp"
#include "matrix_kernels.hpp"
#include "matrix_shapes.hpp"

namespace eigenmata::simulation {
namespace {

using Form = MatrixPlan::Form;

// Keys that are read once for each strip should stay in a near cache.
constexpr std::size_t kSegmentBytes = std::size_t{1} << 17;

/// The state, cut into strips of columns that stand together.
template <class T>
class BlockRun {
 public:
  BlockRun(const MatrixKernels<T>& kernels, std::size_t block, const MatrixRows<T>& rows, const MatrixReads<T>& reads)
      : kernels_(kernels),
        rows_(rows),
        reads_(reads),
        block_(block),
        vectors_(kernels.strip(block, rows.d)),
        width_(vectors_ * kernels.lanes) {
    strips_ = (rows.d + width_ - 1) / width_;
    storage_.resize(strips_ * rows.n * width_ + kAlignment);
    const auto address = reinterpret_cast<std::uintptr_t>(storage_.data());
    const std::size_t past = address / sizeof(T) % kAlignment;
    strip_ = storage_.data() + (past == 0 ? 0 : kAlignment - past);
  }

  void run(std::span<T> state, const core::Limits& limits) {
    each_strip([&](T* strip, std::size_t first, std::size_t columns) {
      for (std::size_t i = 0; i < rows_.n; ++i)
        std::copy_n(state.data() + i * rows_.d + first, columns, strip + i * width_);
    });
    const std::size_t count = rows_.betas.size();
    const std::size_t blocks = std::max<std::size_t>(kSegmentBytes / (rows_.n * sizeof(T) * block_), 1);
    gram_.resize(std::min(count, blocks * block_) * kMostBlock);
    std::size_t polled = 0;
    for (std::size_t row = 0; row < count;) {
      if (row >= polled) {
        limits.poll();
        polled = row + blocks * block_;
      }
      const std::size_t end = reads_.every == 0 ? count : std::min(count, (row / reads_.every + 1) * reads_.every);
      const std::size_t full = std::min((end - row) / block_, blocks);
      if (full > 0) {
        run_segment(row, block_, full);
        row += full * block_;
      } else {
        run_segment(row, end - row, 1);
        row = end;
      }
      if (reads_.every > 0 && row % reads_.every == 0) read(row / reads_.every - 1);
    }
    each_strip([&](const T* strip, std::size_t first, std::size_t columns) {
      for (std::size_t i = 0; i < rows_.n; ++i)
        std::copy_n(strip + i * width_, columns, state.data() + i * rows_.d + first);
    });
  }

 private:
  static constexpr std::size_t kAlignment = 64 / sizeof(T);

  template <class Body>
  void each_strip(const Body& body) {
    for (std::size_t s = 0; s < strips_; ++s)
      body(strip_ + s * rows_.n * width_, s * width_, std::min(width_, rows_.d - s * width_));
  }

  void run_segment(std::size_t row, std::size_t block, std::size_t blocks) {
    MatrixStrip<T> job;
    job.n = rows_.n;
    job.vectors = vectors_;
    job.block = block;
    job.blocks = blocks;
    job.keys = rows_.keys.data() + row * rows_.n;
    job.betas = rows_.betas.data() + row;
    kernels_.dots(job.keys, rows_.n, block, block * blocks, gram_.data());
    job.gram = gram_.data();
    job.values_stride = rows_.d;
    each_strip([&](T* strip, std::size_t first, std::size_t columns) {
      job.values = rows_.values.data() + row * rows_.d + first;
      job.columns = columns;
      job.state = strip;
      kernels_.run(job);
    });
  }

  void read(std::size_t read) {
    each_strip([&](const T* strip, std::size_t first, std::size_t columns) {
      kernels_.read({rows_.n, vectors_, columns, reads_.queries.data() + read * rows_.n, strip,
                     reads_.outputs.data() + read * rows_.d + first});
    });
  }

  const MatrixKernels<T>& kernels_;
  const MatrixRows<T>& rows_;
  const MatrixReads<T>& reads_;
  std::size_t block_, vectors_, width_, strips_ = 0;
  std::vector<T> storage_, gram_;
  T* strip_ = nullptr;
};

template <class T>
class ChunkRun {
 public:
  ChunkRun(const MatrixKernels<T>& kernels, std::size_t chunk, const MatrixRows<T>& rows, const MatrixReads<T>& reads)
      : kernels_(kernels), rows_(rows), reads_(reads), n_(rows.n), d_(rows.d) {
    const std::size_t c = std::min(chunk, std::max<std::size_t>(rows.betas.size(), 1));
    turned_.resize(n_ * c);
    c_.resize(c * c);
    t_.resize(c * c);
    scaled_keys_.resize(c * n_);
    scaled_values_.resize(c * d_);
    w_.resize(c * n_);
    y_.resize(c * d_);
    if (reads.every > 0) products_.resize(c * c);
  }

  void run(std::size_t first, std::size_t count, T* state) {
    const T* keys = rows_.keys.data() + first * n_;
    const T* betas = rows_.betas.data() + first;
    const T* values = rows_.values.data() + first * d_;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < n_; ++j) {
        turned_[j * count + i] = keys[i * n_ + j];
        scaled_keys_[i * n_ + j] = betas[i] * keys[i * n_ + j];
      }
      for (std::size_t j = 0; j < d_; ++j) scaled_values_[i * d_ + j] = betas[i] * values[i * d_ + j];
    }
    invert(keys, betas, count);
    multiply_by_t(scaled_keys_.data(), n_, count, w_.data());
    multiply_by_t(scaled_values_.data(), d_, count, y_.data());
    add({count, d_, n_, w_.data(), n_, 1, state, d_, y_.data(), d_, true, false});
    if (reads_.every > 0) read(first, count, state);
    add({n_, d_, count, keys, 1, n_, y_.data(), d_, state, d_, false, false});
  }

 private:
  void add(const MatrixSum<T>& sum) const { kernels_.sum(sum); }

  /// All reads of the chunk, whose keys are turned and whose y is known, from the state in front of it.
  void read(std::size_t first, std::size_t count, const T* state) {
    const std::size_t begin = first / reads_.every;
    const std::size_t reads = (first + count) / reads_.every - begin;
    if (reads == 0) return;
    const T* queries = reads_.queries.data() + begin * n_;
    T* outputs = reads_.outputs.data() + begin * d_;
    std::fill_n(products_.begin(), reads * count, T(0));
    add({reads, count, n_, queries, n_, 1, turned_.data(), count, products_.data(), count, false, false});
    std::fill_n(outputs, reads * d_, T(0));
    add({reads, d_, n_, queries, n_, 1, state, d_, outputs, d_, false, false});
    if (reads_.every == 1)
      return add({reads, d_, count, products_.data(), count, 1, y_.data(), d_, outputs, d_, false, true});
    for (std::size_t i = 0; i < reads; ++i) {
      const std::size_t rows = (begin + i + 1) * reads_.every - first;
      add({1, d_, rows, products_.data() + i * count, count, 1, y_.data(), d_, outputs + i * d_, d_, false, false});
    }
  }

  /// T, of which only what is below the diagonal is not known.
  void invert(const T* keys, const T* betas, std::size_t count) {
    std::fill_n(c_.begin(), count * count, T(0));
    std::fill_n(t_.begin(), count * count, T(0));
    add({count, count, n_, keys, n_, 1, turned_.data(), count, c_.data(), count, false, false});
    for (std::size_t i = 0; i < count; ++i) {
      T* c = c_.data() + i * count;
      T* t = t_.data() + i * count;
      for (std::size_t j = 0; j < i; ++j) t[j] = c[j] = betas[i] * c[j];
      if (i > 0) add({1, i, i, c, count, 1, t_.data(), count, t, count, false, false});
      for (std::size_t j = 0; j < i; ++j) t[j] = -t[j];
    }
    for (std::size_t i = 0; i < count; ++i) t_[i * count + i] = 1;
  }

  void multiply_by_t(const T* b, std::size_t columns, std::size_t count, T* to) const {
    std::fill_n(to, count * columns, T(0));
    add({count, columns, count, t_.data(), count, 1, b, columns, to, columns, false, true});
  }

  const MatrixKernels<T>& kernels_;
  const MatrixRows<T>& rows_;
  const MatrixReads<T>& reads_;
  std::size_t n_, d_;
  std::vector<T> turned_, c_, t_, scaled_keys_, scaled_values_, w_, y_, products_;
};

}  // namespace

std::string MatrixPlan::description() const {
  if (form == Form::kChunks) return "chunks of " + std::to_string(length) + (length == 1 ? " row" : " rows");
  return length == 1 ? "the recurrence" : "blocks of " + std::to_string(length) + " rows";
}

template <class T>
void run_matrix(const MatrixPlan& plan, const MatrixRows<T>& rows, std::span<T> state, const core::Limits& limits,
                const MatrixReads<T>& reads) {
  require_shapes(plan, rows, state.size(), reads);
  const MatrixKernels<T> kernels = matrix_kernels<T>();
  if (!kernels.fuses) {
    limits.poll();
    return run_matrix_by_reference(plan, rows, state, reads);
  }
  if (plan.form == Form::kBlocks) return BlockRun<T>(kernels, plan.length, rows, reads).run(state, limits);
  ChunkRun<T> run(kernels, plan.length, rows, reads);
  for (std::size_t row = 0; row < rows.betas.size(); row += plan.length) {
    limits.poll();
    run.run(row, std::min(plan.length, rows.betas.size() - row), state.data());
  }
}

template <class T>
std::vector<MatrixCost> measured_matrix_costs(std::size_t n, std::size_t d, const core::Limits& limits) {
  using Clock = std::chrono::steady_clock;
  constexpr std::size_t kRows = 192;  // a multiple of every length below
  constexpr int kTries = 7;
  constexpr double kTrySeconds = 2e-4;  // so long that neither the clock nor making the storage counts
  const std::vector<T> keys(kRows * n, T(1) / static_cast<T>(2 * n)), betas(kRows, T(0.5)), values(kRows * d, T(0.25));
  std::vector<T> state(n * d, T(0.5));
  std::vector<MatrixCost> costs;
  for (std::size_t block = 1; block <= kMostBlock; ++block) costs.push_back({{Form::kBlocks, block}});
  for (const std::size_t chunk : {16, 32, 64}) costs.push_back({{Form::kChunks, chunk}});
  for (MatrixCost& cost : costs) cost.seconds = std::numeric_limits<double>::infinity();
  // By turns, so that what else the machine does hits all of them.
  for (int i = 0; i < kTries; ++i) {
    for (MatrixCost& cost : costs) {
      const auto begin = Clock::now();
      double seconds = 0;
      std::size_t times = 0;
      while (seconds < kTrySeconds) {
        run_matrix<T>(cost.plan, {n, d, betas, keys, values}, state, limits);
        ++times;
        seconds = std::chrono::duration<double>(Clock::now() - begin).count();
      }
      cost.seconds = std::min(cost.seconds, seconds / static_cast<double>(times * kRows));
    }
  }
  std::stable_sort(costs.begin(), costs.end(), [](const auto& a, const auto& b) { return a.seconds < b.seconds; });
  return costs;
}

template void run_matrix(const MatrixPlan&, const MatrixRows<float>&, std::span<float>, const core::Limits&,
                         const MatrixReads<float>&);
template void run_matrix(const MatrixPlan&, const MatrixRows<double>&, std::span<double>, const core::Limits&,
                         const MatrixReads<double>&);
template std::vector<MatrixCost> measured_matrix_costs<float>(std::size_t, std::size_t, const core::Limits&);
template std::vector<MatrixCost> measured_matrix_costs<double>(std::size_t, std::size_t, const core::Limits&);

}  // namespace eigenmata::simulation
