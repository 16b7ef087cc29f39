// SPDX-License-Identifier: Apache-2.0
//
// Commands shared by the processes of an mpirun job give what one process gives.
#include "cli/program.hpp"

namespace eigenmata::testing {
namespace {

/// More processes than cores are what is wanted here, and tests run as root in containers.
std::vector<std::string> of_job(std::size_t processes, const std::vector<std::string>& arguments) {
  ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
  ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
  ::setenv("OMPI_MCA_mpi_yield_when_idle", "1", 1);
  std::vector<std::string> all{"--oversubscribe", "-n", std::to_string(processes), EIGENMATA_PROGRAM};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

Run job(std::size_t processes, const std::vector<std::string>& arguments) {
  return run_program(EIGENMATA_MPIRUN, of_job(processes, arguments));
}

TEST_CASE("simulate under mpirun writes what one process writes", "[mpi]") {
  const TemporaryFolder folder;
  // More than two blocks, so that every process has some.
  const std::vector<std::string> random{"simulate", "-e", "(a|b)*a(a|b){3}", "--random", "100000",
                                        "--length", "50", "--seed",          "3"};
  const auto with_files = [&](const std::string& name) {
    auto arguments = random;
    arguments.insert(arguments.end(),
                     {"-o", folder / (name + ".verdicts"), "--final-states", folder / (name + ".states"), "--json"});
    return arguments;
  };
  const Run one = eigenmata(with_files("one"));
  REQUIRE(one.exit == 0);
  for (const std::size_t processes : {2, 4}) {
    CAPTURE(processes);
    const Run many = job(processes, with_files("many"));
    REQUIRE(many.exit == 0);
    for (const char* key : {"words", "symbols", "accepted", "without_answer"})
      CHECK(Printed(many).number(key) == Printed(one).number(key));
    CHECK(read_file(folder / "many.verdicts") == read_file(folder / "one.verdicts"));
    CHECK(read_file(folder / "many.states") == read_file(folder / "one.states"));
  }
  const auto listing = [](const Run& run) { return run.out.substr(0, run.out.find(" accepted, ")); };
  CHECK(listing(job(2, random)) == listing(eigenmata(random)));
}

TEST_CASE("one long word under mpirun stays with one process", "[mpi]") {
  const TemporaryFolder folder;
  std::string text;
  for (std::size_t i = 0; i < 3'000'001; ++i) text += i % 3 == 0 ? 'a' : 'b';
  const std::string file = folder.write("word", text);
  const std::vector<std::string> arguments{"simulate", "-e", "(a|b)*b(a|b){4}", file, "--stream", "--json"};
  const Run one = eigenmata(arguments);
  const Run two = job(2, arguments);
  REQUIRE(two.exit == 0);
  for (const char* key : {"words", "symbols", "accepted"}) CHECK(Printed(two).number(key) == Printed(one).number(key));
}

TEST_CASE("search under mpirun finds what one process finds", "[mpi]") {
  for (const std::vector<std::string>& rest :
       std::vector<std::vector<std::string>>{{"diagonal-complex", "--format", "e2m1"},
                                             {"diagonal-complex", "--format", "e3m2", "--period", "3"},
                                             {"householder-pair", "--format", "e3m2", "--period", "9"},
                                             {"diagonal-complex", "--format", "bf16", "--period", "3"}}) {
    std::vector<std::string> arguments{"search", "--structure"};
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    const Run one = eigenmata(arguments);
    for (const std::size_t processes : {2, 4}) {
      CAPTURE(rest, processes);
      const Run many = job(processes, arguments);
      CHECK(many.exit == one.exit);
      CHECK(many.out == one.out);
    }
  }
}

TEST_CASE("what goes wrong under mpirun is said once", "[mpi]") {
  const auto once = [](const Run& run, const std::string& message) {
    CHECK(run.exit == 2);
    CHECK(run.out.empty());
    const auto first = run.err.find("eigenmata: ");
    REQUIRE(first != std::string::npos);
    CHECK(run.err.find(message, first) != std::string::npos);
    CHECK(run.err.find("eigenmata: ", first + 1) == std::string::npos);
  };
  once(job(2, {"compile", "-e", "a*"}), "compile runs in one process");
  once(job(2, {"check", "-", "-e", "a*"}), "standard input reaches one process only");
  once(job(2, {"check", "nothing.json", "-e", "a*"}), "cannot read");
  once(job(2, {"check", "nothing.json", "-e", "a*", "--semantics", "float:bf16"}), "cannot read");
  once(job(2, {"simulate", "-e", "a*"}), "standard input reaches one process only");
  const TemporaryFolder folder;
  once(job(2, {"simulate", "-e", "a*", folder.write("words", "aa\nab\n")}), ":2:2");
  once(job(2, {"simulate", "-e", "a*", folder / "absent"}), "cannot read");
  once(job(2, {"search", "--structure", "diagonal-real", "--format", "e2m1", "--resume", folder.write("r", "x\n")}),
       "is no file of this search");
}

/// Waits until `ready`, then kills one of the processes that have this argument. Returns the thread that does.
template <class Ready>
std::thread killer(const std::string& argument, Ready ready) {
  return std::thread([argument, ready] {
    const auto one_process = [&]() -> int {
      for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const std::string command = read_file(entry.path() / "cmdline");
        if (command.rfind(EIGENMATA_PROGRAM, 0) == 0 && command.find(argument) != std::string::npos)
          return std::stoi(name);
      }
      return 0;
    };
    for (int i = 0; i < 6000 && !(ready() && one_process() != 0); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (const int process = one_process(); process != 0) ::kill(process, SIGKILL);
  });
}

void check_killed(const Run& killed) {
  CHECK(killed.exit != 0);
  CHECK(killed.exit != 10);
  CHECK(killed.out.empty());
  CHECK(killed.err.find("signal 9") != std::string::npos);
}

/// Two letters that turn and shift four numbers, in e4m3 through some hundred thousand states, and the parity of c.
const char* const kGrowing = R"({"format": "eigenmata-model", "version": 1, "class": "dense", "numbers": "rational",
  "alphabet": ["a", "b", "c"], "accepts_empty": true, "layers": [{"dimension": 4, "start": ["0", "1", "0", "1"],
  "letters": {"a": {"A": {"diagonal": ["1", "3/4", "-1/2", "1"]}, "B": ["1", "0", "1", "0"]},
              "b": {"A": {"dense": [["0", "1", "0", "0"], ["-1", "0", "0", "0"], ["0", "0", "1", "0"],
                                    ["0", "0", "0", "1"]]}, "B": ["0", "0", "1/2", "0"]},
              "c": {"A": {"diagonal": ["1/2", "1", "1", "-1"]}, "B": ["-1", "1", "0", "0"]}},
  "outputs": ["odd", "even"],
  "decoder": {"affine": {"weights": ["0", "0", "0", "1"], "constant": "0", "thresholds": ["0"],
                         "outputs": ["odd", "even"]}}}], "accept": ["even"]})";
const char* const kEvenlyManyC = "((a|b)*c(a|b)*c)*(a|b)*";

TEST_CASE("check under mpirun says what one process says", "[mpi]") {
  const TemporaryFolder folder;
  const std::string growing = folder.write("growing.json", kGrowing);
  const std::string s3 = folder / "s3.json";
  REQUIRE(eigenmata({"compile", "s3-word-problem", "--to", "deltaproduct:2[-1,1]", "-o", s3}).exit == 0);
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {growing, "-e", kEvenlyManyC, "--semantics", "float:e3m2"},
           {growing, "-e", kEvenlyManyC, "--semantics", "float:e4m3", "--up-to", "12"},
           {growing, "-e", std::string(kEvenlyManyC) + "|(a|b|c)*abcbacbabc", "--semantics", "float:bf16"},
           {growing, "-e", kEvenlyManyC, "--semantics", "fixed:2.3", "--up-to", "20"},
           {growing, "-e", std::string(kEvenlyManyC) + "|ad", "-a", "abcd", "--semantics", "float:bf16"},
           {growing, "-e", kEvenlyManyC, "--semantics", "float:e4m3,stochastic", "--up-to", "2"},
           {growing, "-e", kEvenlyManyC, "--up-to", "5"},
           {s3, "s3-word-problem"},
           {s3, "s3-word-problem", "--semantics", "uint:8"},
           {s3, "s3-word-problem", "--semantics", "float:bf16"}}) {
    std::vector<std::string> all{"check"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Run one = eigenmata(all);
    // Four where states are shared, two for the rest: to start them takes longer than what they do.
    const bool is_shared = arguments.back() != "s3-word-problem" && arguments[0] == growing;
    for (const std::size_t processes : is_shared ? std::vector<std::size_t>{2, 4} : std::vector<std::size_t>{2}) {
      CAPTURE(arguments, processes);
      const Run many = job(processes, all);
      CHECK(many.exit == one.exit);
      CHECK(many.out == one.out);
    }
  }
}

TEST_CASE("check under mpirun writes the files that one process writes", "[mpi]") {
  const TemporaryFolder folder;
  const std::string growing = folder.write("growing.json", kGrowing);
  const auto arguments = [&](const std::string& name) {
    return std::vector<std::string>{"check",
                                    growing,
                                    "-e",
                                    kEvenlyManyC,
                                    "--semantics",
                                    "float:e3m2",
                                    "-o",
                                    folder / (name + ".att"),
                                    "--certificate",
                                    folder / (name + ".cert")};
  };
  REQUIRE(eigenmata(arguments("one")).exit == 0);
  REQUIRE(job(2, arguments("many")).exit == 0);
  const std::string certificate = read_file(folder / "one.cert");
  CHECK(certificate.size() > 1'000);
  CHECK(read_file(folder / "many.cert") == certificate);
  CHECK(read_file(folder / "many.att") == read_file(folder / "one.att"));
}

TEST_CASE("a process of a check that is killed ends the job", "[mpi]") {
  const TemporaryFolder folder;
  const std::string growing = folder.write("growing.json", kGrowing);
  const auto begin = std::chrono::steady_clock::now();
  std::thread killing =
      killer(growing, [&] { return std::chrono::steady_clock::now() > begin + std::chrono::milliseconds(1500); });
  const Run killed = job(2, {"check", growing, "-e", kEvenlyManyC, "--semantics", "float:f32", "--time-limit", "60"});
  killing.join();
  check_killed(killed);
}

TEST_CASE("a process that is killed ends the job, and the search goes on from its file", "[mpi]") {
  const TemporaryFolder folder;
  const std::string file = folder / "sweep";
  const std::vector<std::string> arguments{"search",   "--structure", "diagonal-complex", "--format", "e4m3",
                                           "--period", "7",           "--resume",         file};
  const auto lines = [&] {
    const std::string text = read_file(file);
    return std::count(text.begin(), text.end(), '\n');
  };
  std::thread killing = killer(file, [&] { return lines() >= 4; });
  const Run killed = job(2, arguments);
  killing.join();
  check_killed(killed);
  const auto before = lines();
  REQUIRE(before >= 4);
  const Run resumed = job(2, arguments);
  const Run whole = eigenmata({"search", "--structure", "diagonal-complex", "--format", "e4m3", "--period", "7"});
  CHECK(resumed.exit == whole.exit);
  CHECK(resumed.out.find(std::to_string(before - 2) + " of 32 parts were known, 32 are now") != std::string::npos);
  CHECK(resumed.out.substr(0, whole.out.size()) == whole.out);
}

}  // namespace
}  // namespace eigenmata::testing
