// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/error.hpp"

#include <utility>

namespace eigenmata::core {

std::string to_string(const Place& place) {
  std::string text = place.source;
  if (place.line != 0) {
    text += ":" + std::to_string(place.line);
    if (place.column != 0) text += ":" + std::to_string(place.column);
  }
  return text;
}

Error::Error(Place place, const std::string& message)
    : std::runtime_error(to_string(place) + ": " + message), place_(std::move(place)) {}

}  // namespace eigenmata::core
