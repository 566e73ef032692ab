#pragma once
// A text for muParser; to be included where BENCH_HAS_MUPARSER is defined.

#include <muParser.h>

#include <memory>
#include <span>

#include "support/expression_list.hpp"

namespace bench {

/// Returns a parser whose variables are bound to `inputs`; it writes powers with ^, and its first evaluation compiles.
std::shared_ptr<mu::Parser> muparser_of(const NamedExpression& named, std::span<double* const> inputs);

}  // namespace bench
