// SPDX-License-Identifier: Apache-2.0
//
// Runs the built programs as a user would, and looks at what comes out.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "eigenmata/core/json.hpp"

namespace eigenmata::testing {

namespace fs = std::filesystem;

/// A folder that is gone at the end of the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "eigenmata-test.XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() { fs::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] const fs::path& path() const { return path_; }
  std::string write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return *this / name;
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path_)) names.push_back(entry.path().filename().string());
    return names;
  }

 private:
  fs::path path_;
};

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

struct Run {
  int exit = -1;
  std::string out;
  std::string err;
};

/// Runs a program with stdin from a text; sends SIGINT after `interrupt_after_ms` if that is not 0.
inline Run run_program(const std::string& program, const std::vector<std::string>& arguments,
                       const std::string& input = {}, int interrupt_after_ms = 0) {
  const TemporaryFolder folder;
  const std::string in = folder.write("in", input);
  const std::string out = folder / "out";
  const std::string err = folder / "err";
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(::open(in.c_str(), O_RDONLY), STDIN_FILENO);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    ::execv(program.c_str(), argv.data());
    ::_exit(126);
  }
  if (interrupt_after_ms > 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(interrupt_after_ms));
    ::kill(child, SIGINT);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  Run run{WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status), read_file(out), read_file(err)};
  UNSCOPED_INFO(program << " ended with " << run.exit << "\nstdout: " << run.out.substr(0, 2000)
                        << "\nstderr: " << run.err.substr(0, 2000));
  return run;
}

inline Run eigenmata(const std::vector<std::string>& arguments, const std::string& input = {}) {
  return run_program(EIGENMATA_PROGRAM, arguments, input);
}

inline Run eigenmata_check(const std::vector<std::string>& arguments, const std::string& input = {}) {
  return run_program(EIGENMATA_CHECK_PROGRAM, arguments, input);
}

/// What a program printed with --json.
class Printed {
 public:
  explicit Printed(const Run& run) : input_{"stdout", run.out}, value_(core::parse_json(input_)) {}
  [[nodiscard]] core::JsonCursor root() const { return {value_, input_.name}; }
  [[nodiscard]] core::JsonCursor at(const std::string& key) const { return root().at(key); }
  [[nodiscard]] std::size_t number(const std::string& key) const { return at(key).index(SIZE_MAX, key); }
  [[nodiscard]] std::string text(const std::string& key) const { return at(key).string(); }

 private:
  core::Input input_;
  core::Json value_;
};

/// The letters of a JSON array, separated by blanks.
inline std::string letters(const core::JsonCursor& array) {
  std::string text;
  for (std::size_t i = 0; i < array.size(); ++i) text += (i == 0 ? "" : " ") + array[i].string();
  return text;
}

}  // namespace eigenmata::testing
