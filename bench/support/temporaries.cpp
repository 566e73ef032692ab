// The steps of each expression, written out in the order in which Python would run them.
#include "support/temporaries.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include "support/numbers.hpp"

namespace bench {
namespace {

template <class Step>
void for_each(double* out, std::size_t count, Step step) {
  for (std::size_t i = 0; i < count; ++i) out[i] = step(i);
}

void square(const double* u, double* out, std::size_t count) {
  for_each(out, count, [=](std::size_t i) { return u[i] * u[i]; });
}

void axpy(const double* u, const double* v, double* t, double* out, std::size_t count) {
  for_each(t, count, [=](std::size_t i) { return 2.0 * u[i]; });
  for_each(out, count, [=](std::size_t i) { return 3.0 * v[i]; });
  for_each(out, count, [=](std::size_t i) { return t[i] + out[i]; });
}

void cubic(const double* v, double* t, double* out, std::size_t count) {
  for_each(out, count, [=](std::size_t i) { return v[i] * v[i] * v[i]; });
  for_each(out, count, [=](std::size_t i) { return 0.25 * out[i]; });
  for_each(t, count, [=](std::size_t i) { return v[i] * v[i]; });
  for_each(t, count, [=](std::size_t i) { return 0.75 * t[i]; });
  for_each(out, count, [=](std::size_t i) { return out[i] + t[i]; });
  for_each(t, count, [=](std::size_t i) { return 1.5 * v[i]; });
  for_each(out, count, [=](std::size_t i) { return out[i] - t[i]; });
  for_each(out, count, [=](std::size_t i) { return out[i] - 2.0; });
}

}  // namespace

std::function<void()> one_temporary_per_step(std::string_view formula, const double* u, const double* v, double* out, std::size_t count) {
  if (formula == "square") return [=] { square(u, out, count); };
  const auto temporary = std::make_shared<Numbers>(count, 5);
  if (formula == "axpy") return [=] { axpy(u, v, temporary->data(), out, count); };
  if (formula == "cubic") return [=] { cubic(u, temporary->data(), out, count); };
  throw std::invalid_argument("no steps for the expression '" + std::string(formula) + "'");
}

}  // namespace bench
