// SPDX-License-Identifier: Apache-2.0
//
// What most files of the library and of the program include and nobody here changes. Every file still includes what it
// uses: nothing may depend on this one.
#pragma once

#include <boost/multiprecision/gmp.hpp>
#include <boost/multiprecision/mpfr.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>
