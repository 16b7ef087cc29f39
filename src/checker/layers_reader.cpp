// SPDX-License-Identifier: Apache-2.0
//
// The layout of `kind layers` behind the network, in the order of the format page. Announced counts only decide
// how many lines are expected.
#include <string>

#include "checker/certificate_lines.hpp"
#include "checker/layers.hpp"

namespace eigenmata::checker {
namespace {

/// `steps N` or `meets N`, then N lines of a pair and its value; each below its limit.
struct PairLines {
  const char* heading;
  const char* word;
  const char* first;
  std::uint32_t first_limit;
  const char* second;
  std::uint32_t second_limit;
  const char* value;
  std::uint32_t value_limit;
};

PairTable read_pairs(CertificateLines& lines, const PairLines& form, std::size_t& heading_line) {
  const std::uint32_t count = lines.line_of(form.heading).count(std::string("number of ") + form.heading);
  heading_line = lines.number();
  lines.finish();
  PairTable table;
  for (std::uint32_t i = 0; i < count; ++i) {
    Tokens& tokens = lines.line_of(form.word);
    const std::uint32_t first = tokens.index(form.first, form.first_limit);
    const std::uint32_t second = tokens.index(form.second, form.second_limit);
    if (!table.can_append(first, second)) {
      tokens.fail(std::string(form.heading) + " increase by " + form.first + " and " + form.second);
    }
    const std::uint32_t value = tokens.index(form.value, form.value_limit);
    tokens.finish();
    table.append(first, second, value, lines.number());
  }
  return table;
}

/// `contexts_before`: how many contexts the layer before has.
LayerRegions read_layer(CertificateLines& lines, const Layer& layer, std::uint32_t contexts_before) {
  LayerRegions result;
  Tokens& head = lines.line_of("regions");
  result.line = lines.number();
  const std::uint32_t regions = head.positive("number of regions");
  head.word("start");
  result.start = head.index("region", regions);
  head.finish();
  for (std::uint32_t r = 0; r < regions; ++r) {
    lines.line_of("region").box(layer.dimension, result.centres.items(), result.radii.items());
    lines.finish();
    result.centres.close_row();
    result.radii.close_row();
    if (r == result.start) result.start_line = lines.number();
  }
  const PairLines steps = {.heading = "steps",
                           .word = "step",
                           .first = "region",
                           .first_limit = regions,
                           .second = "input symbol",
                           .second_limit = layer.inputs,
                           .value = "region",
                           .value_limit = regions};
  result.steps = read_pairs(lines, steps, result.steps_line);
  result.contexts = lines.line_of("contexts").count("number of contexts");
  lines.finish();
  const PairLines meets = {.heading = "meets",
                           .word = "meet",
                           .first = "context of the layer before",
                           .first_limit = contexts_before,
                           .second = "region",
                           .second_limit = regions,
                           .value = "context",
                           .value_limit = result.contexts};
  result.meets = read_pairs(lines, meets, result.meets_line);
  return result;
}

}  // namespace

Layerwise read_layerwise(CertificateLines& lines, const Network& network, std::size_t states,
                         std::size_t without_regions) {
  Layerwise result;
  std::uint32_t contexts = 1;
  for (std::size_t l = 0; l + without_regions < network.layers.size(); ++l) {
    result.layers.push_back(read_layer(lines, network.layers[l], contexts));
    contexts = result.layers.back().contexts;
  }
  if (without_regions > 0) return result;
  Tokens& head = lines.line_of("meaning");
  const std::uint32_t count = head.count("number of contexts");
  if (count != contexts) {
    head.fail("expected " + std::to_string(contexts) + ", the number of contexts of the last layer");
  }
  head.finish();
  for (std::uint32_t c = 0; c < contexts; ++c) {
    lines.line_of("meaning").increasing("state", static_cast<std::uint32_t>(states), result.meaning.items());
    result.meaning.close_row();
    result.meaning_lines.push_back(lines.number());
  }
  return result;
}

}  // namespace eigenmata::checker
