#pragma once
// What :help, :list and :who say. Nothing is known here that the session, the table of operations or the table of commands does not say.

#include <span>
#include <string>
#include <string_view>

#include <lanewise/calculator.hpp>

namespace lanewise::inline v0::program {

/// Returns the first help page, or all that is to be said of what bears the name: an operator, a function, a name of the session, a command.
std::string help_text(const Calculator& calculator, std::string_view name);

/// Returns every operator and function, by chapters, with a sentence each.
std::string list_text(const Calculator& calculator);

std::string names_text(std::span<const NameInfo> names);

}  // namespace lanewise::inline v0::program
