// Prints arrays given as bytes, so that compare_with_numpy.py can compare them with NumPy's own text.
//
// In, repeated up to the end: a dtype's name, the rank, the extents, a line break, the elements' bytes. Out, for each: the text and a line
// of "=".
#include <iostream>
#include <string>
#include <vector>

#include "calculator/print.hpp"

using namespace lanewise;

static DType dtype_named(const std::string& name) {
  std::uint8_t code = 0;
  while (DType{static_cast<DType::Code>(code)}.name() != name) ++code;
  return DType{static_cast<DType::Code>(code)};
}

int main() {
  std::string name;
  for (std::size_t rank = 0; std::cin >> name >> rank;) {
    std::vector<std::size_t> shape(rank);
    for (std::size_t& extent : shape) std::cin >> extent;
    std::cin.get();
    Array array(dtype_named(name), shape);
    std::cin.read(static_cast<char*>(array.data()), static_cast<std::streamsize>(array.size() * array.dtype().size_bytes()));
    std::cout << calculator::printed(array) << "\n=\n";
  }
}
