#pragma once
// The manual page lanewise(1), made of the tables of options, commands and exit statuses.

#include <string>
#include <string_view>

namespace lanewise::inline v0::program {

/// Returns the page in the man macros of roff.
std::string manual_page(std::string_view version);

}  // namespace lanewise::inline v0::program
