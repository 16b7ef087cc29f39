// SPDX-License-Identifier: Apache-2.0
//
// Entry of eigenmata-check, and its last line of defence: whatever happens, the process ends with an exit
// code that means what it says. Memory is limited to a part of the machine's, so that a hostile input meets a
// failing allocation, which becomes exit code 2, before the system kills the process. Fatal signals become
// exit code 2 too; their handler runs on a stack of its own, since an overflow of the usual one is among the
// causes.
#include <fcntl.h>
#include <gmp.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "checker/program.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define EIGENMATA_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EIGENMATA_SANITIZED 1
#endif
#endif

namespace {

using eigenmata::checker::kUnreadable;

/// Safe in a signal handler: no allocation, no buffers.
template <std::size_t kSize>
[[noreturn]] void give_up(const char (&message)[kSize]) {
  const ssize_t ignored = write(STDERR_FILENO, message, kSize - 1);
  (void)ignored;
  _exit(kUnreadable);
}

#ifndef EIGENMATA_SANITIZED
extern "C" void on_fatal_signal(int /*signal*/) { give_up("eigenmata-check: internal failure; nothing is proved\n"); }

void catch_fatal_signals() {
  static char stack_of_handler[1 << 16];
  stack_t stack{};
  stack.ss_sp = stack_of_handler;
  stack.ss_size = sizeof stack_of_handler;
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = on_fatal_signal;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) sigaction(signal, &action, nullptr);
}

/// Three quarters of the machine's memory, unless a tighter limit is in force.
void limit_memory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  rlimit limit{};
  if (pages <= 0 || page <= 0 || getrlimit(RLIMIT_AS, &limit) != 0) return;
  const rlim_t bound = static_cast<rlim_t>(pages) / 4 * 3 * static_cast<rlim_t>(page);
  if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur <= bound) return;
  limit.rlim_cur = bound;
  setrlimit(RLIMIT_AS, &limit);
}
#endif

/// GMP ends the process with a signal when it gets no memory; this ends it with a message.
void* allocate(std::size_t size) {
  void* block = std::malloc(size);
  if (block == nullptr) give_up("eigenmata-check: out of memory; nothing is proved\n");
  return block;
}

void* reallocate(void* block, std::size_t /*old_size*/, std::size_t size) {
  void* larger = std::realloc(block, size);
  if (larger == nullptr) give_up("eigenmata-check: out of memory; nothing is proved\n");
  return larger;
}

void release(void* block, std::size_t /*size*/) { std::free(block); }

/// The next file that is opened would take the place of a closed standard stream. Opened the wrong way round,
/// the place is taken, and reading from it or writing to it goes on to fail.
void occupy_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const int mode = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (fcntl(stream, F_GETFD) == -1 && open("/dev/null", mode) == -1) _exit(kUnreadable);
  }
}

}  // namespace

int main(int argc, char** argv) {
  occupy_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe shows when the answer is written
#ifndef EIGENMATA_SANITIZED
  catch_fatal_signals();
  limit_memory();
#endif
  mp_set_memory_functions(allocate, reallocate, release);
  std::ios::sync_with_stdio(false);
  try {
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    return eigenmata::checker::run(arguments, std::cout, std::cerr);
  } catch (const std::exception&) {
    give_up("eigenmata-check: internal failure; nothing is proved\n");
  }
}
