// The one-shot form in terms of Expression.

#include <pthread.h>

#include <lanewise/evaluate.hpp>

#include "api/program_cache.hpp"

namespace lanewise::inline v0 {
namespace {

ProgramCache& program_cache() {
  static ProgramCache& cache = *new ProgramCache;  // never destroyed: destructors of other static objects may evaluate
  [[maybe_unused]] static const int registered =
      pthread_atfork([] { program_cache().lock(); }, [] { program_cache().unlock(); }, [] { program_cache().unlock(); });
  return cache;
}

}  // namespace

Array evaluate(std::string_view source, const Inputs& inputs, const Options& options) {
  return program_cache().get(source, inputs, options.compile).evaluate(inputs, options.evaluate);
}

void evaluate(std::string_view source, const Inputs& inputs, const MutableArrayView& out, const Options& options) {
  program_cache().get(source, inputs, options.compile).evaluate(inputs, out, options.evaluate);
}

}  // namespace lanewise::inline v0
