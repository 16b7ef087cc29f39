// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/quadrature.hpp"

#include <acb_calc.h>

namespace eigenmata::exact {

ComplexBall integral(const std::function<ComplexBall(const ComplexBall&)>& f, const Rational& a, const Rational& b,
                     std::size_t bits) {
  using Function = std::function<ComplexBall(const ComplexBall&)>;
  const auto call = [](acb_ptr out, const acb_t z, void* function, slong /*order*/, slong /*precision*/) -> int {
    ComplexBall at;
    acb_set(at.raw(), z);
    const ComplexBall value = (*static_cast<const Function*>(function))(at);
    acb_set(out, value.raw());
    return 0;
  };
  const ComplexBall from(Ball(a, bits)), to(Ball(b, bits));
  ComplexBall result;
  mag_t tolerance;
  mag_init(tolerance);
  mag_set_ui_2exp_si(tolerance, 1, -static_cast<slong>(bits));
  Function copy = f;
  acb_calc_integrate(result.raw(), call, &copy, from.raw(), to.raw(), static_cast<slong>(bits), tolerance, nullptr,
                     static_cast<slong>(bits));
  mag_clear(tolerance);
  return result;
}

}  // namespace eigenmata::exact
