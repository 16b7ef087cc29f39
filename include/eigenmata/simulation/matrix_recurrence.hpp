// SPDX-License-Identifier: Apache-2.0
//
// Linear RNNs whose state is a matrix H of n × d numbers: DeltaNet, DeltaProduct and their relatives [Yang2024,
// Siems2025] keep d values under n keys. A row (β, k, x) does
//
//   H ← (I − β k kᵀ) H + β k xᵀ = H + k eᵀ,    e = β (x − Hᵀk)
//
// (x = 0: a generalised Householder factor that writes nothing), and a token is one row or several. Each of the d
// columns is the state of a network with one column (lrnn/), under the same factors; here all of them move together,
// and keys need not come from an alphabet.
//
// A row moves 4 · n · d operations through a matrix that is read and written for each. Rows can be taken together, and
// then the matrix is fetched once for all of them, but the numbers are rounded in other places. A plan says which, and
// for each plan there is a scalar reference that the fast path equals bit for bit (−0 and 0 being one number):
//
//   kBlocks, `length` B = 1 … 4: the products of the rows of a block with H are taken from the H in front of it, and
//   what rows of the block have added since is put right by products of keys (B = 1: the recurrence as it stands).
//     s_j  = Σ_i k_ji H_i                         j = 1 … B, for each column
//     e_j  = β_j · ((x_j − s_j) − Σ_{l<j} g_jl e_l)       g_jl = k_j · k_l
//     H_i ← H_i + Σ_j k_ji e_j
//   kChunks, `length` C: the published form [Yang2024], which is made of products of matrices.
//     c_ij = β_i · (k_i · k_j),  j < i;   t_ij = −(c_ij + Σ_l c_il t_lj),  t_ii = 1
//     w_i  = Σ_{j≤i} t_ij (β_j k_j),   u_i = Σ_{j≤i} t_ij (β_j x_j)
//     y_i  = u_i − Σ_j w_ij H_j,   H_i ← H_i + Σ_j k_ji y_j
//
// What a layer gives out is read from the state by a query q of n numbers: o = Hᵀ q, d numbers. Reads stand behind
// every r-th row:
//
//   kBlocks: a read ends a block;  o = Σ_i q_i H_i
//   kChunks: inside a chunk, as published;  o = Σ_i q_i H_i + Σ_j (q · k_j) y_j, H in front of the chunk, j the rows of
//            the chunk up to the read
//
// Every sum runs from its first term to its last, each term added by a fused multiply-add, beginning with what stands
// before it (or 0); in t_ij from l = 1 to i − 1, zeros above the diagonal of T included. The one exception are the g_jl
// of blocks: sixteen such sums, of every sixteenth term each, folded by halves (8 + 8, 4 + 4, …). Other operations are
// rounded one by one. The rows of one call are divided into blocks or chunks from the first on; the last may be
// shorter.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "eigenmata/core/limits.hpp"

namespace eigenmata::simulation {

struct MatrixPlan {
  enum class Form { kBlocks, kChunks };
  Form form = Form::kBlocks;
  std::size_t length = 1;  ///< rows of a block, 1 to 4, or of a chunk, 1 to 1024

  /// "the recurrence", "blocks of 3 rows", "chunks of 64 rows".
  [[nodiscard]] std::string description() const;
  friend bool operator==(const MatrixPlan&, const MatrixPlan&) = default;
};

/// Rows in the order in which they act.
template <class T>
struct MatrixRows {
  std::size_t n = 0;          ///< numbers of a key, at least 1
  std::size_t d = 0;          ///< numbers of a value, at least 1
  std::span<const T> betas;   ///< [row]
  std::span<const T> keys;    ///< [row][n]
  std::span<const T> values;  ///< [row][d]
};

/// Reads between rows; none by default.
template <class T>
struct MatrixReads {
  std::size_t every = 0;       ///< rows from one read to the next, if there are any
  std::span<const T> queries;  ///< [read][n], for each `every` rows one
  std::span<T> outputs;        ///< [read][d], what is read
};

/// Moves `state`, [n][d], through all rows; the definition. For float and double. Throws `core::Error` for a plan out
/// of range, or spans whose sizes do not fit. Cost: one column at a time, a scalar operation each.
template <class T>
void run_matrix_by_reference(const MatrixPlan& plan, const MatrixRows<T>& rows, std::span<T> state,
                             const MatrixReads<T>& reads = {});

/// The same, bit for bit, with columns in the lanes of vectors (AVX-512 or AVX2; on a machine without fused
/// multiply-adds, by the reference). Throws `core::LimitReached` if stopped, the state being unspecified then, and what
/// the reference throws. Memory beside the arguments: the state, and for chunks their C · (3C + 2n + 2d) numbers.
template <class T>
void run_matrix(const MatrixPlan& plan, const MatrixRows<T>& rows, std::span<T> state, const core::Limits& limits,
                const MatrixReads<T>& reads = {});

struct MatrixCost {
  MatrixPlan plan;
  double seconds = 0;  ///< a row
};

/// What each plan costs for states of n × d on this machine, the cheapest first: measured, on rows made for that, in
/// about 50 ms for n · d up to 128². Which plan runs is the caller's choice, since plans round differently.
template <class T>
[[nodiscard]] std::vector<MatrixCost> measured_matrix_costs(std::size_t n, std::size_t d, const core::Limits& limits);

}  // namespace eigenmata::simulation
