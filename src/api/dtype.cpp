// The names of the element types, as NumPy writes them.

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

std::string_view DType::name() const noexcept {
  switch (code) {
    case Code::bool_: return "bool";
    case Code::int32: return "int32";
    case Code::int64: return "int64";
    case Code::float32: return "float32";
    case Code::float64: break;
  }
  return "float64";
}

}  // namespace lanewise::inline v0
