#pragma once
// Includes the whole public interface.

#include <lanewise/array.hpp>
#include <lanewise/dtype.hpp>
#include <lanewise/element.hpp>
#include <lanewise/error.hpp>
#include <lanewise/evaluate.hpp>
#include <lanewise/expression.hpp>
#include <lanewise/function.hpp>
#include <lanewise/function_set.hpp>
#include <lanewise/io.hpp>
#include <lanewise/operations.hpp>
#include <lanewise/options.hpp>
#include <lanewise/schema.hpp>
