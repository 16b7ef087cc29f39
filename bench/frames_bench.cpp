// SPDX-License-Identifier: Apache-2.0
//
// The order of a monoid by D-classes, without a list of its elements: images, groups, R-classes, D-classes, from the
// generators on.
#include <cstdio>

#include "eigenmata/algebra/d_class_frames.hpp"
#include "examples.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

const std::vector<MonoidExample>& examples() {
  static const std::vector<MonoidExample> list{{"T_7", full_transformation_monoid(7)},
                                               {"T_8", full_transformation_monoid(8)},
                                               {"T_10", full_transformation_monoid(10)},
                                               {"8 points, 8 letters", eight_points()},
                                               {"9 points, 5 letters", nine_points()}};
  return list;
}

void by_d_classes(::benchmark::State& state, const MonoidExample& example) {
  for (auto _ : state) {
    const algebra::ImageOrbit images(example.generators);
    const algebra::DClassFrames frames(images);
    state.counters["elements"] = frames.size().convert_to<double>();
    state.counters["R-classes"] = static_cast<double>(frames.r_classes());
    state.counters["D-classes"] = static_cast<double>(frames.d_classes());
    state.counters["bytes"] = static_cast<double>(images.memory_bytes() + frames.memory_bytes());
  }
}

void idempotents(::benchmark::State& state, const MonoidExample& example) {
  const algebra::ImageOrbit images(example.generators);
  const algebra::DClassFrames frames(images);
  for (auto _ : state) state.counters["idempotents"] = static_cast<double>(frames.count_idempotents());
}

}  // namespace

void register_frames() {
  for (const MonoidExample& example : examples()) {
    const std::string row = std::string("frames/") + example.name;
    register_run(row + "/order", [&](::benchmark::State& s) { by_d_classes(s, example); });
    register_run(row + "/idempotents", [&](::benchmark::State& s) { idempotents(s, example); });
  }
}

void print_frames(const Figures& figures) {
  std::printf("\nOrders by D-classes\n");
  std::printf("  %-22s %12s %10s %10s %12s %10s %14s\n", "monoid", "elements", "D-classes", "R-classes", "milliseconds",
              "KiB", "idempotents ms");
  for (const MonoidExample& example : examples()) {
    const std::string row = std::string("frames/") + example.name;
    if (figures.count(row + "/order") == 0 || figures.count(row + "/idempotents") == 0) continue;
    const Figure& order = figures.at(row + "/order");
    std::printf("  %-22s %12.0f %10.0f %10.0f %12.2f %10.0f %14.2f\n", example.name, order.counters.at("elements"),
                order.counters.at("D-classes"), order.counters.at("R-classes"), order.seconds * 1e3,
                order.counters.at("bytes") / 1024, figures.at(row + "/idempotents").seconds * 1e3);
  }
}

}  // namespace eigenmata::bench
