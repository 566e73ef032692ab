// Where nothing is translated: on other processors, and in a library that is built without.

#include "native/native_code.hpp"

namespace lanewise::inline v0 {

std::unique_ptr<const NativeCode> NativeCode::translate(const Program&, const Target&) noexcept { return nullptr; }

}  // namespace lanewise::inline v0
