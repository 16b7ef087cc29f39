// SPDX-License-Identifier: Apache-2.0
//
// Networks from files of arrays: what proofs/weights-format.md shows, run with numpy where there is one.
#include "program.hpp"

namespace eigenmata::testing {
namespace {

/// A Python that knows numpy; empty if there is none.
std::string python_with_numpy() {
  for (const std::string python : {"python3", "/usr/bin/python3"}) {
    if (std::system((python + " -c 'import numpy' 2>/dev/null").c_str()) == 0) return python;
  }
  return "";
}

/// The indented lines of a page.
std::string shown_code(const std::string& page) {
  std::istringstream lines(read_file(std::string(EIGENMATA_SOURCE_DIR) + "/proofs/" + page));
  std::string code;
  for (std::string line; std::getline(lines, line);) {
    if (line.substr(0, 4) == "    ") code += line.substr(4);
    if (line.empty() || line.substr(0, 4) == "    ") code += "\n";
  }
  return code;
}

TEST_CASE("what the page on weights shows, from numpy to a proof") {
  const std::string python = python_with_numpy();
  if (python.empty()) {
    WARN("python3-numpy is not installed; scripts/setup.sh test installs it");
    return;
  }
  const TemporaryFolder folder;
  const std::string script = folder.write("dump.py", shown_code("weights-format.md"));
  REQUIRE(std::system(("cd " + folder.path().string() + " && " + python + " " + script).c_str()) == 0);
  const std::string model = folder / "parity.npz";
  const std::string proof = folder / "proof.txt";
  const std::string even = "(b*ab*a)*b*";
  CHECK(eigenmata({"check", model, "-e", even}).exit == 0);
  CHECK(eigenmata({"check", model, "-e", even, "--semantics", "float:bf16", "--certificate", proof}).exit == 0);
  CHECK(eigenmata_check({proof, "-e", even}).exit == 0);
  CHECK(eigenmata({"check", model, "-e", "(b|ab*a)*a", "--semantics", "float:bf16"}).exit == 10);
  const Run run = eigenmata({"simulate", model, "--word", "abba", "--json"});
  CHECK(run.exit == 0);
  CHECK(Printed(run).number("accepted") == 1);
  // Compressed, in other orders and with other types it is the same network.
  const std::string other = folder.write("other.py", R"(
import numpy as np
old = dict(np.load("parity.npz"))
new = {k: a if a.dtype.kind == "U" else np.asfortranarray(a.astype(">f8")) for k, a in old.items()}
np.savez_compressed("other.npz", **new)
text = old.pop("eigenmata").item()
import json, struct
head, data = {"__metadata__": {"eigenmata": text}}, b""
for k, a in old.items():
    raw = np.ascontiguousarray(a).tobytes()
    head[k] = {"dtype": "F32", "shape": list(a.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
head = json.dumps(head).encode()
open("other.safetensors", "wb").write(struct.pack("<Q", len(head)) + head + data)
)");
  REQUIRE(std::system(("cd " + folder.path().string() + " && " + python + " " + other).c_str()) == 0);
  for (const std::string file : {"other.npz", "other.safetensors"}) {
    CAPTURE(file);
    const std::string again = folder / (file + ".txt");
    CHECK(eigenmata({"check", folder / file, "-e", even, "--semantics", "float:bf16", "--certificate", again}).exit ==
          0);
    CHECK(read_file(again) == read_file(proof));
  }
}

TEST_CASE("files of arrays that are no network end with exit code 2") {
  const TemporaryFolder folder;
  for (const std::string& text : {std::string("PK\x03\x04"), std::string("PK\x05\x06") + std::string(18, '\0'),
                                  std::string("\x02\0\0\0\0\0\0\0{}", 10), std::string("\xff\0\0\0\0\0\0\0{}", 10)}) {
    const Run run = eigenmata({"check", folder.write("model.npz", text), "-e", "a*"});
    CHECK(run.exit == 2);
    CHECK(run.out.empty());
    CHECK(run.err.find("model.npz") != std::string::npos);
  }
}

}  // namespace
}  // namespace eigenmata::testing
