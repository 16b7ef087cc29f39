// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/formats.hpp"

namespace eigenmata::automata {

std::string_view to_string(Format format) {
  switch (format) {
    case Format::kAtt:
      return "att";
    case Format::kDot:
      return "dot";
    case Format::kJff:
      return "jff";
    case Format::kJson:
      return "json";
    case Format::kGap:
      return "gap";
  }
  return "";
}

const std::vector<Format>& all_formats() {
  static const std::vector<Format> formats{Format::kAtt, Format::kDot, Format::kJff, Format::kJson, Format::kGap};
  return formats;
}

std::optional<Format> format_named(std::string_view name) {
  for (const Format format : all_formats()) {
    if (name == to_string(format)) return format;
  }
  return std::nullopt;
}

std::optional<Format> format_of_path(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  return format_named(path.substr(dot + 1));
}

std::string write(const Dfa& dfa, Format format) {
  switch (format) {
    case Format::kAtt:
      return write_att(dfa);
    case Format::kDot:
      return write_dot(dfa);
    case Format::kJff:
      return write_jff(dfa);
    case Format::kJson:
      return write_json(dfa);
    case Format::kGap:
      return write_gap(dfa);
  }
  return {};
}

}  // namespace eigenmata::automata
