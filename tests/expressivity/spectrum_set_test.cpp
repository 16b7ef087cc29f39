// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/spectrum_set.hpp"

#include <catch2/catch.hpp>

namespace eigenmata::expressivity {
namespace {

using exact::Rational;

SpectrumSet set(const std::string& text) { return SpectrumSet::parse(text, {"test"}); }

TEST_CASE("sets are printed as they are read", "[spectrum-set]") {
  for (const char* text :
       {"[0,1]", "(0,1)", "[-1,1)", "(-1/2,1/3]", "D(1)", "D(<1)", "D(1/2)", "C(1)", "{0,1}", "{-1,0}", "{1/2}",
        "{e(1/3),e(2/3)}", "{0,1,e(1/3)}", "{1/2*e(1/3),[0,1/4],D(1/8)}", "{-1/2}", "{0}"}) {
    CAPTURE(text);
    CHECK(to_string(set(text)) == text);
  }
}

TEST_CASE("one number has one form", "[spectrum-set]") {
  CHECK(to_string(set("{e(1/2)}")) == "{-1}");
  CHECK(to_string(set("{e(4/3)}")) == "{e(1/3)}");
  CHECK(to_string(set("{e(-1/3)}")) == "{e(2/3)}");
  CHECK(to_string(set("{-e(1/3)}")) == "{e(5/6)}");
  CHECK(to_string(set("{-1/2*e(1/4)}")) == "{1/2*e(3/4)}");
  CHECK(to_string(set("{0*e(1/4)}")) == "{0}");
  CHECK(to_string(set("[1/2,1/2]")) == "{1/2}");
  CHECK(to_string(set("1/2")) == "{1/2}");
}

TEST_CASE("what is no set is refused", "[spectrum-set]") {
  for (const char* text : {"",         "{",      "{}",          "{0,}",  "[0,1", "[1,0]", "(0,0)", "[0,2]",
                           "[-3/2,0]", "{2}",    "{-5/4}",      "D(2)",  "D(0)", "D(-1)", "C(0)",  "D(1",
                           "{e(1/3}",  "{e(x)}", "{1/2e(1/3)}", "{1/0}", "{ 1}", "0,1",   "{2/4}", "{e(1/99999999999)}",
                           "{0;1}",    "[0,1]]"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(set(text), core::Error);
  }
}

TEST_CASE("units, the group they generate, and that of their ratios", "[spectrum-set]") {
  struct Known {
    const char* text;
    std::size_t units;
    std::uint64_t order, ratio_order;
  };
  for (const Known& known :
       {Known{"{0}", 0, 1, 1}, Known{"{1}", 1, 1, 1}, Known{"{-1}", 1, 2, 1}, Known{"{-1,0}", 1, 2, 1},
        Known{"{-1,1}", 2, 2, 2}, Known{"[-1,1]", 2, 2, 2}, Known{"(-1,1]", 1, 1, 1}, Known{"[-1,0]", 1, 2, 1},
        Known{"(0,1)", 0, 1, 1}, Known{"{e(1/3),0}", 1, 3, 1}, Known{"{e(1/3),e(2/3)}", 2, 3, 3},
        Known{"{e(1/6),e(2/3)}", 2, 6, 2}, Known{"{1,e(1/3),e(1/4)}", 3, 12, 12}, Known{"D(1/2)", 0, 1, 1},
        Known{"D(<1)", 0, 1, 1}}) {
    CAPTURE(known.text);
    const SpectrumSet s = set(known.text);
    CHECK_FALSE(s.units().all);
    CHECK(s.units().angles.size() == known.units);
    CHECK(s.units().order == known.order);
    CHECK(s.units().ratio_order == known.ratio_order);
  }
  CHECK(set("D(1)").units().all);
  CHECK(set("C(1)").units().all);
  CHECK(set("{0,C(1)}").units().contains(Rational(1, 7)));
}

TEST_CASE("contractions and how small they are", "[spectrum-set]") {
  CHECK_FALSE(set("{0,1}").has_contraction());
  CHECK_FALSE(set("C(1)").has_contraction());
  CHECK(set("C(1/2)").has_contraction());
  CHECK(set("{1/3}").has_small_contraction());
  CHECK_FALSE(set("{1/2}").has_small_contraction());
  CHECK(set("{1/2}").has_small_contraction(2));
  CHECK_FALSE(set("{9/10}").has_small_contraction(6));
  CHECK(set("{9/10}").has_small_contraction(7));
  CHECK_FALSE(set("[1/2,1]").has_small_contraction());
  CHECK(set("(0,1)").has_small_contraction());
  CHECK(set("[-1,0]").has_small_contraction());
  CHECK(set("[-1,-1/3]").has_small_contraction());
  CHECK_FALSE(set("[-1,-1/2]").has_small_contraction());
  CHECK(set("{1/2*e(1/3),-1/4}").has_small_contraction());
  CHECK(set("{1,1/2}").only_contraction().has_value());
  CHECK_FALSE(set("{1,1/2,1/3}").only_contraction().has_value());
  CHECK_FALSE(set("[0,1]").only_contraction().has_value());
}

TEST_CASE("what lies in a set", "[spectrum-set]") {
  CHECK(set("[0,1]").contains(0));
  CHECK_FALSE(set("(0,1]").contains(0));
  CHECK(set("[-1,1]").contains_zero());
  CHECK(set("D(1/2)").contains(Rational(-1, 2)));
  CHECK_FALSE(set("D(<1)").contains(-1));
  CHECK(set("{0,[1/2,1]}").contains(Rational(3, 4)));
  CHECK(set("[-1,1]").covers(0, 1));
  CHECK_FALSE(set("{0,1}").covers(0, 1));
  CHECK(set("D(1)").covers(-1, 1));
  CHECK(set("[0,1]").is_nonnegative());
  CHECK_FALSE(set("[-1,1]").is_nonnegative());
  CHECK(set("[-1,0]").is_nonpositive());
  CHECK(set("{-1,0}").is_nonpositive());
  CHECK(set("{-1,1/2}").is_real());
  CHECK_FALSE(set("{e(1/3)}").is_real());
}

}  // namespace
}  // namespace eigenmata::expressivity
