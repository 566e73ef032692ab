// The one-shot form in terms of Expression.

#include <lanewise/evaluate.hpp>

#include "api/program_cache.hpp"

namespace lanewise::inline v0 {
namespace {

ProgramCache& program_cache() {
  static ProgramCache& cache = *new ProgramCache;  // never destroyed: destructors of other static objects may evaluate
  return cache;
}

}  // namespace

Array evaluate(std::string_view source, const Inputs& inputs, const Options& options) {
  return program_cache().get(source, inputs, options.compile).evaluate(inputs, options.evaluate);
}

void evaluate(std::string_view source, const Inputs& inputs, MutableArrayView out, const Options& options) {
  program_cache().get(source, inputs, options.compile).evaluate(inputs, out, options.evaluate);
}

}  // namespace lanewise::inline v0
