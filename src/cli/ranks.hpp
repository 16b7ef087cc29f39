// SPDX-License-Identifier: Apache-2.0
//
// One command run by several processes that mpirun has started, on one host or many. Every process reads the same
// arguments; the first one prints. The others send it bytes, and at their end that they have ended.
//
// A process that mpirun did not start is alone, and so is one built without MPI (which refuses to run under mpirun, as
// each process would do all of the work).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace eigenmata::cli {

class Ranks {
 public:
  /// Those of this process.
  [[nodiscard]] static Ranks& job();

  /// Joins the job that mpirun started, if it did. Throws `core::Error` if MPI was not built in.
  void join();
  /// Waits until all others have ended, up to two seconds; then ends them. Returns the exit code of this process: that
  /// given, or 2 if another one had an error, which is printed unless there was one here. The last thing to be called.
  [[nodiscard]] int leave(int code);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t rank() const { return rank_; }
  [[nodiscard]] bool is_first() const { return rank_ == 0; }
  [[nodiscard]] bool is_alone() const { return size_ == 1; }

  /// From the first process to all others. All have to call it.
  void broadcast(std::string& bytes);
  /// To the first process. Waits if it is far behind.
  void send(std::string_view bytes);
  /// The next message of another process, in the first one. Throws `core::Error` if it had an error, or has ended.
  [[nodiscard]] std::string receive(std::size_t from);
  /// Messages that have arrived, of whatever process; none once all have ended. If `wait`, at least one or all ends.
  struct Message {
    std::size_t from;
    std::string bytes;
  };
  [[nodiscard]] std::vector<Message> arrived(bool wait);

  /// to[i] goes to process i; the i-th of the result is what process i has sent here. All have to call it, as what
  /// follows. Throws `core::Error` in the first process if another one had an error, or has ended.
  [[nodiscard]] std::vector<std::vector<std::uint64_t>> exchange(const std::vector<std::vector<std::uint64_t>>& to);
  /// The bitwise or of the words of all, which give as many.
  void unite(std::vector<std::uint64_t>& words);

  /// What this process would have printed as an error: the first one will.
  void fail(const std::string& message) { error_ = message; }

 private:
  [[nodiscard]] Message take(int from);
  [[nodiscard]] bool has_arrived();
  void wait_until(const std::function<bool()>& is_done);

  std::size_t size_ = 1;
  std::size_t rank_ = 0;
  std::string error_;
  std::vector<bool> ended_;
  std::vector<std::string> errors_;
};

/// Throws `core::Error` if there is more than one process: `command` runs in one.
void require_one_process(const std::string& command);

}  // namespace eigenmata::cli
