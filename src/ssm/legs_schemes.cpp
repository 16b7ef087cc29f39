// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/legs_schemes.hpp"

#include "eigenmata/ssm/legs.hpp"

namespace eigenmata::ssm {

using exact::Rational;

std::string_view to_string(LegsScheme scheme) {
  switch (scheme) {
    case LegsScheme::kForwardEuler:
      return "forward Euler";
    case LegsScheme::kBackwardEuler:
      return "backward Euler";
    case LegsScheme::kBilinearAsPrinted:
      return "bilinear, as printed";
    case LegsScheme::kBilinearCorrected:
      return "bilinear, corrected";
    case LegsScheme::kBilinearAtEnd:
      return "bilinear at the end of the step";
    case LegsScheme::kExact:
      break;
  }
  return "exact";
}

std::vector<Rational> legs_scheme_step(LegsScheme scheme, std::size_t k, const std::vector<Rational>& x,
                                       const Rational& u) {
  const exact::RationalArithmetic q;
  require_state(x.size());
  if (k == 0 && scheme != LegsScheme::kBackwardEuler && scheme != LegsScheme::kBilinearAtEnd)
    throw core::Error("the scheme \"" + std::string(to_string(scheme)) + "\" divides by the time, which is 0");
  if (scheme == LegsScheme::kExact) return stepped(q, legs_step(x.size(), k, k + 1), x, u);
  // (I − implicit·A)⁻¹ [(I + direct·A) x + weight·B u].
  const Rational end(1, k + 1), half_end(1, 2 * (k + 1));
  Rational implicit = half_end, direct = half_end, weight = end;
  switch (scheme) {
    case LegsScheme::kForwardEuler:
      implicit = 0;
      direct = weight = Rational(1, k);
      break;
    case LegsScheme::kBackwardEuler:
      implicit = end;
      direct = 0;
      break;
    case LegsScheme::kBilinearAsPrinted:
      direct = Rational(1, 2 * k);
      weight = Rational(1, k);
      break;
    case LegsScheme::kBilinearCorrected:
      direct = Rational(1, 2 * k);
      weight = direct + half_end;
      break;
    case LegsScheme::kBilinearAtEnd:
    case LegsScheme::kExact:
      break;
  }
  std::vector<Rational> right = legs_applied(q, x);
  for (std::size_t n = 0; n < x.size(); ++n) right[n] = x[n] + direct * right[n] + weight * Rational(2 * n + 1) * u;
  return legs_solved(q, implicit, right);
}

std::vector<Rational> legs_scheme_run(LegsScheme scheme, std::size_t size, const std::vector<Rational>& u) {
  require_state(size);
  if (u.empty()) throw core::Error("a run without inputs");
  std::vector<Rational> x(size, Rational(0));
  x[0] = u[0];
  for (std::size_t k = 1; k < u.size(); ++k) x = legs_scheme_step(scheme, k, x, u[k]);
  return x;
}

}  // namespace eigenmata::ssm
