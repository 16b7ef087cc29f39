// SPDX-License-Identifier: Apache-2.0
#include "torch_peer.hpp"

#include <cstdio>
#include <sstream>

namespace eigenmata::bench {
namespace {

/// What a command prints; empty if it fails.
std::string printed_by(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return "";
  std::string text;
  char part[256];
  while (std::fgets(part, sizeof part, pipe) != nullptr) text += part;
  return ::pclose(pipe) == 0 ? text : "";
}

}  // namespace

std::map<std::string, double> torch_rates(std::size_t dimension, std::size_t letters, std::size_t length) {
  // Debian's torch is that of Debian's Python, which need not be the first one of the path.
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    std::ostringstream command;
    command << python << " '" << EIGENMATA_TORCH_PEER << "' " << dimension << ' ' << letters << ' ' << length
            << " 2>/dev/null";
    std::istringstream lines(printed_by(command.str()));
    std::map<std::string, double> rates;
    std::string name;
    double rate = 0;
    while (lines >> name >> rate) rates[name] = rate;
    if (!rates.empty()) return rates;
  }
  return {};
}

}  // namespace eigenmata::bench
