#pragma once
// What Tab offers: commands and their arguments, names of the session, files.

#include <string_view>

#include <lanewise/calculator.hpp>

#include "program/completion.hpp"

namespace lanewise::inline v0::program {

/// Returns what the word that ends at the cursor may become.
Choices word_choices(const Calculator& calculator, std::string_view text, std::size_t cursor);

}  // namespace lanewise::inline v0::program
