// Evaluates expressions for numpy_test.py through the public interface alone: cases on the standard input, answers on the standard output.
//
// usage: answer_cases --operations    prints the table, tab separated: name, spellings, fewest operands, 1 if the first spelling is an
//                                     operator, bounds in ulp of float32 and float64
//        answer_cases                 answers cases until the input ends
//
// All numbers are little-endian; a `text` is its length (u32) and its bytes; a dtype is its place in DType::Code (u8).
//   case    text of the expression, number of inputs (u32), then each input:
//             text of its name, dtype, weak (u8: 1 is a bare scalar), rank (u32), extents (u64 each), strides in bytes (i64 each),
//             place of the first element in the memory (u64), and the memory as a text
//   answer  0 (u8), dtype, rank (u32), extents (u64 each), elements in C order as a text
//           1 (u8), number of the error (u32; 0 if it is not one of lanewise's), its message as a text

#include <complex>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <lanewise/lanewise.hpp>

namespace {

using lanewise::ArrayView;
using lanewise::DType;

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  bool is_at_end() const { return rest_.empty(); }

  std::string_view bytes(std::size_t count) {
    if (count > rest_.size()) throw std::runtime_error("the cases end too early");
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  template <class Number>
  Number number() {
    Number value;
    std::memcpy(&value, bytes(sizeof value).data(), sizeof value);
    return value;
  }
  std::string_view text() { return bytes(number<std::uint32_t>()); }
  DType dtype() { return DType{static_cast<DType::Code>(number<std::uint8_t>())}; }

 private:
  std::string_view rest_;
};

class Writer {
 public:
  template <class Number>
  void number(Number value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(const void* data, std::size_t size_bytes) {
    number(static_cast<std::uint32_t>(size_bytes));
    if (size_bytes != 0) bytes_.append(static_cast<const char*>(data), size_bytes);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// One input; its memory is a copy at an aligned address, so that the case alone decides how an array is aligned.
struct CaseInput {
  std::string_view name;
  DType dtype;
  bool is_weak;
  std::vector<std::size_t> shape;
  std::vector<std::ptrdiff_t> strides_bytes;
  std::size_t first;
  std::vector<std::max_align_t> memory;

  explicit CaseInput(Reader& reader) : name(reader.text()), dtype(reader.dtype()), is_weak(reader.number<std::uint8_t>() != 0) {
    const auto rank = reader.number<std::uint32_t>();
    for (std::uint32_t axis = 0; axis < rank; ++axis) shape.push_back(reader.number<std::uint64_t>());
    for (std::uint32_t axis = 0; axis < rank; ++axis) strides_bytes.push_back(reader.number<std::int64_t>());
    first = reader.number<std::uint64_t>();
    const std::string_view bytes = reader.text();
    memory.resize(bytes.size() / sizeof(std::max_align_t) + 1);
    if (!bytes.empty()) std::memcpy(memory.data(), bytes.data(), bytes.size());
  }

  template <class T>
  ArrayView scalar() const {
    return *reinterpret_cast<const T*>(memory.data());  // aligned for every T; lives as long as the case
  }
  ArrayView view() const {
    if (!is_weak) return {reinterpret_cast<const std::byte*>(memory.data()) + first, dtype, shape, strides_bytes};
    if (dtype.is_bool()) return scalar<bool>();
    if (dtype.is_integer()) return scalar<long>();
    if (dtype.is_complex()) return scalar<std::complex<double>>();
    return scalar<double>();
  }
};

void write_error(Writer& answer, std::uint32_t number, std::string_view message) {
  answer.number(std::uint8_t{1});
  answer.number(number);
  answer.text(message.data(), message.size());
}

void write_array(Writer& answer, const lanewise::Array& array) {
  answer.number(std::uint8_t{0});
  answer.number(static_cast<std::uint8_t>(array.dtype().code));
  answer.number(static_cast<std::uint32_t>(array.shape().size()));
  for (const std::size_t extent : array.shape()) answer.number(std::uint64_t{extent});
  answer.text(array.data(), array.size() * array.dtype().size_bytes());
}

void answer_case(Reader& reader, Writer& answer) {
  const std::string_view source = reader.text();
  const auto input_count = reader.number<std::uint32_t>();
  std::vector<CaseInput> case_inputs;
  for (std::uint32_t i = 0; i < input_count; ++i) case_inputs.emplace_back(reader);
  try {
    std::vector<lanewise::SchemaEntry> schema;
    std::vector<lanewise::Input> inputs;
    for (const CaseInput& input : case_inputs) {
      schema.push_back({std::string(input.name), input.dtype, input.is_weak});
      inputs.push_back({input.name, input.view()});
    }
    write_array(answer, lanewise::Expression::compile(source, lanewise::Schema(std::move(schema))).evaluate(inputs, {.order = lanewise::Order::c}));
  } catch (const lanewise::Error& error) {
    write_error(answer, static_cast<std::uint32_t>(error.error_code()), error.what());
  } catch (const std::exception& error) {
    write_error(answer, 0, error.what());
  }
}

void print_operations() {
  for (const lanewise::OperationInfo& row : lanewise::operations()) {
    std::printf("%.*s\t%.*s\t%d\t%d\t%g\t%g\n", static_cast<int>(row.name.size()), row.name.data(), static_cast<int>(row.spellings.size()),
                row.spellings.data(), row.operand_count, row.is_operator ? 1 : 0, row.ulp_float32, row.ulp_float64);
  }
}

std::string read_all(std::FILE* file) {
  std::string all;
  std::vector<char> buffer(std::size_t{1} << 16);
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file)) all.append(buffer.data(), count);
  return all;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count > 1 && std::string_view(arguments[1]) == "--operations") {
    print_operations();
    return 0;
  }
  const std::string cases = read_all(stdin);
  Reader reader(cases);
  while (!reader.is_at_end()) {
    Writer answer;
    answer_case(reader, answer);
    std::fwrite(answer.bytes().data(), 1, answer.bytes().size(), stdout);
    std::fflush(stdout);  // so that after a crash the number of answers tells which case it was
  }
  return 0;
}
