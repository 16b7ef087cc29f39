// SPDX-License-Identifier: Apache-2.0
#include "ranks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <thread>

#include "eigenmata/core/error.hpp"

#ifdef EIGENMATA_MPI
#define OMPI_SKIP_MPICXX 1
#include <mpi.h>
#endif

namespace eigenmata::cli {
namespace {

/// What launchers tell the processes that they start: of OpenMPI, and of those that speak PMI.
std::size_t launched_together() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
    if (const char* text = std::getenv(name)) return std::strtoul(text, nullptr, 10);
  }
  return 0;
}

}  // namespace

Ranks& Ranks::job() {
  static Ranks ranks;
  return ranks;
}

void require_one_process(const std::string& command) {
  if (Ranks::job().is_alone()) return;
  throw core::Error(
      fmt::format("{} runs in one process; start it without mpirun (simulate, check and search are shared by {})",
                  command, Ranks::job().size()));
}

#ifdef EIGENMATA_MPI
namespace {

enum Tag : int { kData = 1, kEnd = 2, kError = 3 };
constexpr auto kPatience = std::chrono::seconds(2);

[[nodiscard]] bool is_done(MPI_Request& request) {
  int done = 0;
  MPI_Test(&request, &done, MPI_STATUS_IGNORE);
  return done != 0;
}

}  // namespace

void Ranks::join() {
  if (launched_together() == 0) return;
  int provided = 0;
  if (MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS)
    throw core::Error("MPI does not start");
  int size = 1;
  int rank = 0;
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  size_ = static_cast<std::size_t>(size);
  rank_ = static_cast<std::size_t>(rank);
  ended_.assign(size_, false);
  ended_[0] = true;
}

void Ranks::broadcast(std::string& bytes) {
  if (is_alone()) return;
  std::uint64_t size = bytes.size();
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibcast(&size, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD, &request);
  wait_until([&] { return is_done(request); });
  bytes.resize(size);
  MPI_Ibcast(bytes.data(), static_cast<int>(size), MPI_BYTE, 0, MPI_COMM_WORLD, &request);
  wait_until([&] { return is_done(request); });
}

/// Others may be busy for long, or have failed: nothing that waits for all of them may wait where it does not look. The
/// first process hears of errors. One that has ended may have done so after its part of this, which is still on its
/// way.
void Ranks::wait_until(const std::function<bool()>& is_done) {
  using Clock = std::chrono::steady_clock;
  constexpr int kTurns = 5'000;  // before this process sleeps in between
  std::optional<Clock::time_point> patience;
  for (int turn = 0; !is_done(); ++turn) {
    if (is_first() && has_arrived() && ended_[take(MPI_ANY_SOURCE).from]) patience = Clock::now() + kPatience;
    if (patience && Clock::now() > *patience) throw core::Error("another process has ended before its work was done");
    if (turn < kTurns) {
      std::this_thread::yield();
    } else {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  }
}

std::vector<std::vector<std::uint64_t>> Ranks::exchange(const std::vector<std::vector<std::uint64_t>>& to) {
  if (is_alone()) return to;
  std::vector<int> sent(size_), received(size_), sent_at(size_), received_at(size_);
  std::vector<std::uint64_t> out;
  std::size_t total = 0;
  const auto in_int = [](std::size_t count) {
    if (count > INT32_MAX) throw core::Error("processes would send each other more than 16 GiB at once");
    return static_cast<int>(count);
  };
  for (std::size_t i = 0; i < size_; ++i) {
    sent_at[i] = in_int(out.size());
    if (i != rank_) out.insert(out.end(), to[i].begin(), to[i].end());  // what stays here needs no post
    sent[i] = in_int(out.size()) - sent_at[i];
  }
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ialltoall(sent.data(), 1, MPI_INT, received.data(), 1, MPI_INT, MPI_COMM_WORLD, &request);
  wait_until([&] { return is_done(request); });
  for (std::size_t i = 0; i < size_; ++i) {
    received_at[i] = in_int(total);
    total += static_cast<std::size_t>(received[i]);
  }
  std::vector<std::uint64_t> in(static_cast<std::size_t>(in_int(total)));
  MPI_Ialltoallv(out.data(), sent.data(), sent_at.data(), MPI_UINT64_T, in.data(), received.data(), received_at.data(),
                 MPI_UINT64_T, MPI_COMM_WORLD, &request);
  wait_until([&] { return is_done(request); });
  std::vector<std::vector<std::uint64_t>> from;
  for (std::size_t i = 0; i < size_; ++i) {
    const auto begin = in.begin() + received_at[i];
    from.emplace_back(begin, begin + received[i]);
  }
  from[rank_] = to[rank_];
  return from;
}

void Ranks::unite(std::vector<std::uint64_t>& words) {
  if (is_alone()) return;
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Iallreduce(MPI_IN_PLACE, words.data(), static_cast<int>(words.size()), MPI_UINT64_T, MPI_BOR, MPI_COMM_WORLD,
                 &request);
  wait_until([&] { return is_done(request); });
}

void Ranks::send(std::string_view bytes) {
  if (bytes.size() > INT32_MAX) throw core::Error("a message between processes would be larger than 2 GiB");
  MPI_Send(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, 0, kData, MPI_COMM_WORLD);
}

Ranks::Message Ranks::take(int from) {
  MPI_Status status;
  MPI_Probe(from, MPI_ANY_TAG, MPI_COMM_WORLD, &status);
  int bytes = 0;
  MPI_Get_count(&status, MPI_BYTE, &bytes);
  Message message{static_cast<std::size_t>(status.MPI_SOURCE), std::string(static_cast<std::size_t>(bytes), '\0')};
  MPI_Recv(message.bytes.data(), bytes, MPI_BYTE, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  if (status.MPI_TAG == kData) return message;
  ended_[message.from] = true;
  if (status.MPI_TAG == kError) {
    errors_.push_back(fmt::format("process {}: {}", message.from, message.bytes));
    throw core::Error(errors_.back());
  }
  message.bytes.clear();
  return message;
}

bool Ranks::has_arrived() {
  int there = 0;
  MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, MPI_STATUS_IGNORE);
  return there != 0;
}

std::string Ranks::receive(std::size_t from) {
  Message message = take(static_cast<int>(from));
  if (ended_[from]) throw core::Error(fmt::format("process {} has ended before its work was done", from));
  return std::move(message.bytes);
}

std::vector<Ranks::Message> Ranks::arrived(bool wait) {
  std::vector<Message> messages;
  const auto all_ended = [&] { return std::find(ended_.begin(), ended_.end(), false) == ended_.end(); };
  while (!all_ended() && (has_arrived() || (wait && messages.empty()))) {
    if (!has_arrived()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      continue;
    }
    Message message = take(MPI_ANY_SOURCE);
    if (!ended_[message.from]) messages.push_back(std::move(message));
  }
  return messages;
}

int Ranks::leave(int code) {
  if (ended_.empty()) return code;
  if (!is_first()) {
    MPI_Send(error_.data(), static_cast<int>(error_.size()), MPI_BYTE, 0, error_.empty() ? kEnd : kError,
             MPI_COMM_WORLD);
    // The first one may work on for long, and in MPI_Finalize this one would wait on a processor.
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Ibarrier(MPI_COMM_WORLD, &request);
    wait_until([&] { return is_done(request); });
    MPI_Finalize();
    return 0;  // the first one says how it went; mpirun has something to say about all others
  }
  std::cout.flush();
  const auto patience = std::chrono::steady_clock::now() + kPatience;
  while (std::find(ended_.begin(), ended_.end(), false) != ended_.end()) {
    if (std::chrono::steady_clock::now() > patience) MPI_Abort(MPI_COMM_WORLD, code);
    try {
      if (has_arrived()) {
        (void)take(MPI_ANY_SOURCE);
      } else {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    } catch (const core::Error&) {  // kept in errors_
    }
  }
  if (error_.empty() && !errors_.empty()) {
    std::cerr << "eigenmata: " << errors_.front() << "\n";
    code = 2;
  }
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibarrier(MPI_COMM_WORLD, &request);
  MPI_Wait(&request, MPI_STATUS_IGNORE);
  MPI_Finalize();
  return code;
}
#else
void Ranks::join() {
  if (const std::size_t size = launched_together(); size > 1)
    throw core::Error(fmt::format(
        "this eigenmata was built without MPI, and each of the {} processes would do all of the work; start it without "
        "mpirun, or build it with -DEIGENMATA_MPI=ON",
        size));
}

void Ranks::broadcast(std::string&) {}
void Ranks::send(std::string_view) { std::abort(); }
Ranks::Message Ranks::take(int) { std::abort(); }
bool Ranks::has_arrived() { return false; }
std::string Ranks::receive(std::size_t) { std::abort(); }
std::vector<Ranks::Message> Ranks::arrived(bool) { return {}; }
void Ranks::wait_until(const std::function<bool()>&) {}
std::vector<std::vector<std::uint64_t>> Ranks::exchange(const std::vector<std::vector<std::uint64_t>>& to) {
  return to;
}
void Ranks::unite(std::vector<std::uint64_t>&) {}
int Ranks::leave(int code) { return code; }
#endif

}  // namespace eigenmata::cli
