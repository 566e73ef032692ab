// Where nothing is translated: on other processors, and in a library that is built without.

#include "native/native_code.hpp"

namespace lanewise::inline v0 {

bool NativeCode::can_translate(const Program&, const Target&) noexcept { return false; }

std::unique_ptr<const NativeCode> NativeCode::translate(const Program&, const Target&, std::size_t) noexcept { return nullptr; }

}  // namespace lanewise::inline v0
