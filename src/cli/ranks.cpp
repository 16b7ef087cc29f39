// SPDX-License-Identifier: Apache-2.0
#include "ranks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
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
      fmt::format("{} runs in one process; start it without mpirun (simulate and search are shared by {})", command,
                  Ranks::job().size()));
}

#ifdef EIGENMATA_MPI
namespace {

enum Tag : int { kData = 1, kEnd = 2, kError = 3 };

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
  MPI_Bcast(&size, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
  bytes.resize(size);
  MPI_Bcast(bytes.data(), static_cast<int>(size), MPI_BYTE, 0, MPI_COMM_WORLD);
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
    MPI_Finalize();
    return 0;  // the first one says how it went; mpirun has something to say about all others
  }
  std::cout.flush();
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(2);
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
int Ranks::leave(int code) { return code; }
#endif

}  // namespace eigenmata::cli
