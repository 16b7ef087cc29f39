// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <thread>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/input.hpp"
#include "support/scratch_folder.hpp"

namespace eigenmata::core {
namespace {

namespace fs = std::filesystem;
using Catch::Contains;
using testing::ScratchFolder;

TEST_CASE("before commit the file is not there, afterwards it is whole", "[output]") {
  const ScratchFolder folder;
  const std::string path = folder.path_of("model.json");
  {
    PendingFile file(path);
    CHECK(file.path() == path);
    file.write("half");
    CHECK_FALSE(fs::exists(path));
    CHECK(read_input(file.temporary_path()).text == "half");
    file.write("the whole");
    CHECK(read_input(file.temporary_path()).text == "the whole");
    file.commit();
    CHECK(folder.read("model.json") == "the whole");
  }
  CHECK(folder.read("model.json") == "the whole");
  CHECK(folder.files() == 1);
}

TEST_CASE("without commit nothing is left behind, and an old file stays as it was", "[output]") {
  const ScratchFolder folder;
  const std::string path = folder.write("model.json", "old");
  {
    PendingFile file(path);
    file.write("new");
  }
  CHECK(folder.read("model.json") == "old");
  CHECK(folder.files() == 1);
  try {
    PendingFile file(folder.path_of("other"));
    file.write("new");
    throw Error("something went wrong");
  } catch (const Error&) {
  }
  CHECK(folder.files() == 1);
}

TEST_CASE("commit replaces an old file at once", "[output]") {
  const ScratchFolder folder;
  const std::string path = folder.write("model.json", "old and longer");
  // A reader that opened the old file goes on to see all of it.
  const int reader = ::open(path.c_str(), O_RDONLY);
  write_file(path, "new");
  char buffer[32];
  CHECK(::read(reader, buffer, sizeof buffer) == 14);
  ::close(reader);
  CHECK(folder.read("model.json") == "new");
  CHECK(folder.files() == 1);
}

TEST_CASE("a directory is refused", "[output]") {
  const ScratchFolder folder;
  CHECK_THROWS_WITH(PendingFile(folder.path().string()), Contains("it is a directory"));
  CHECK_THROWS_WITH(write_file(folder.path().string(), "x"), Contains("it is a directory"));
  CHECK(folder.files() == 0);
}

TEST_CASE("a file in a folder that does not exist or takes no files is refused", "[output]") {
  const ScratchFolder folder;
  CHECK_THROWS_WITH(write_file(folder.path_of("missing/f"), "x"), Contains("missing/f': No such file or directory"));
  CHECK_THROWS_AS(write_file("/proc/eigenmata", "x"), Error);  // nobody, not even root, makes files there
  CHECK_THROWS_AS(write_file("", "x"), Error);
  if (::geteuid() != 0) {
    fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
    CHECK_THROWS_WITH(write_file(folder.path_of("f"), "x"), Contains("Permission denied"));
    fs::permissions(folder.path(), fs::perms::owner_all);
  }
  CHECK(folder.files() == 0);
}

TEST_CASE("a symbolic link stays one, and the file behind it is replaced", "[output]") {
  const ScratchFolder folder;
  folder.write("target", "old");
  fs::create_symlink("target", folder.path() / "link");
  fs::create_symlink(folder.path() / "link", folder.path() / "link to the link");
  write_file(folder.path_of("link to the link"), "new");
  CHECK(fs::is_symlink(folder.path() / "link"));
  CHECK(fs::is_symlink(folder.path() / "link to the link"));
  CHECK(folder.read("target") == "new");
  CHECK(folder.files() == 3);
}

TEST_CASE("through a link that points nowhere yet the file is made where it points", "[output]") {
  const ScratchFolder folder;
  fs::create_directory(folder.path() / "there");
  fs::create_symlink("there/target", folder.path() / "link");
  write_file(folder.path_of("link"), "new");
  CHECK(fs::is_symlink(folder.path() / "link"));
  CHECK(folder.read("there/target") == "new");
  fs::create_symlink("loop", folder.path() / "loop");
  CHECK_THROWS_AS(write_file(folder.path_of("loop") + "/f", "x"), Error);
}

TEST_CASE("a new file has the usual permissions, a replaced one keeps its own", "[output]") {
  const ScratchFolder folder;
  const auto mode = [&](const char* name) {
    struct stat status {};
    REQUIRE(::stat(folder.path_of(name).c_str(), &status) == 0);
    return status.st_mode & 0777;
  };
  const mode_t mask = ::umask(027);
  write_file(folder.path_of("new"), "x");
  folder.write("private", "x");
  REQUIRE(::chmod(folder.path_of("private").c_str(), 0600) == 0);
  write_file(folder.path_of("private"), "y");
  ::umask(mask);
  CHECK(mode("new") == 0640);
  CHECK(mode("private") == 0600);
}

TEST_CASE("/dev/null takes everything and stays a device", "[output]") {
  write_file("/dev/null", "x");
  struct stat status {};
  REQUIRE(::stat("/dev/null", &status) == 0);
  CHECK(S_ISCHR(status.st_mode));
}

TEST_CASE("a full disk is an error, not a short file", "[output]") {
  CHECK_THROWS_WITH(write_file("/dev/full", "x"), Contains("cannot write '/dev/full': No space left on device"));
}

TEST_CASE("a pipe gets its content at commit", "[output]") {
  const ScratchFolder folder;
  const std::string path = folder.path_of("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::string got;
  std::thread reader([&] { got = read_input(path).text; });
  std::string temporary;
  {
    PendingFile file(path);
    temporary = file.temporary_path();
    file.write("through the pipe");
    file.commit();
  }
  reader.join();
  CHECK(got == "through the pipe");
  CHECK_FALSE(fs::exists(temporary));
  CHECK(folder.files() == 1);
}

TEST_CASE("- is standard output", "[output]") {
  const ScratchFolder folder;
  std::fflush(stdout);
  const int saved = ::dup(STDOUT_FILENO);
  const int file = ::open(folder.write("f", "").c_str(), O_WRONLY);
  REQUIRE(::dup2(file, STDOUT_FILENO) >= 0);
  write_file("-", "to the screen\n");
  ::dup2(saved, STDOUT_FILENO);
  ::close(saved);
  ::close(file);
  CHECK(folder.read("f") == "to the screen\n");
}

}  // namespace
}  // namespace eigenmata::core
