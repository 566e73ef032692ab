// Prints arrays given as bytes, so that compare_with_numpy.py can compare them with NumPy's own text.
//
// In, repeated up to the end: a dtype's name, a length, a line break, the elements' bytes. Out, for each: the text and a line of "=".
#include <cstdio>
#include <iostream>
#include <string>

#include "calculator/print.hpp"

using namespace lanewise;

static DType dtype_named(const std::string& name) {
  for (const DType dtype : {DType::bool_, DType::int32, DType::int64, DType::float32}) {
    if (dtype.name() == name) return dtype;
  }
  return DType::float64;
}

int main() {
  std::string name;
  for (std::size_t length = 0; std::cin >> name >> length;) {
    std::cin.get();
    const std::array shape{length};
    Array array(dtype_named(name), shape);
    std::cin.read(static_cast<char*>(array.data()), static_cast<std::streamsize>(length * array.dtype().size_bytes()));
    std::cout << calculator::printed(array) << "\n=\n";
  }
}
