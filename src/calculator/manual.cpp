// Nothing about an operation is known here that the library does not say.
#include "calculator/manual.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lanewise::inline v0::calculator {
namespace {

constexpr std::array<std::string_view, 3> operand_names = {"x", "y", "z"};

std::optional<DType> result_dtype(const std::string& call, std::size_t operand_count, DType dtype, DType last_dtype) {
  std::vector<SchemaEntry> operands;
  for (std::size_t i = 0; i < operand_count; ++i) {
    operands.push_back({std::string(operand_names[i]), i + 1 == operand_count && i > 0 ? last_dtype : dtype, false});
  }
  try {
    return Expression::compile(call, Schema(std::move(operands))).result_dtype();
  } catch (const DTypeError&) {
    return {};
  }
}

// The dtypes that give `result`; those that give themselves come together.
template <class Wanted>
std::string names_where(const ResultDTypes& results, Wanted wanted) {
  std::string names;
  for (const DType dtype : all_dtypes()) {
    const auto result = results[static_cast<std::size_t>(dtype.code)];
    if (result && wanted(dtype, *result)) names += fmt::format("{}{}", names.empty() ? "" : " ", dtype.name());
  }
  return names;
}

}  // namespace

std::array<DType, DType::count> all_dtypes() {
  std::array<DType, DType::count> dtypes;
  for (std::size_t i = 0; i < dtypes.size(); ++i) dtypes[i] = DType{static_cast<DType::Code>(i)};
  return dtypes;
}

std::string call_text(const OperationInfo& operation, std::span<const std::string_view> operands) {
  const std::string_view spelling = operation.spellings.substr(0, operation.spellings.find(' '));
  if (!operation.is_operator) return fmt::format("{}({})", spelling, fmt::join(operands, ", "));
  if (operands.size() == 1) return fmt::format("{}{}{}", spelling, spelling.size() > 1 ? " " : "", operands[0]);
  return fmt::format("{} {} {}", operands[0], spelling, operands[1]);
}

ResultDTypes result_dtypes(const OperationInfo& operation) {
  const auto operand_count = static_cast<std::size_t>(operation.operand_count);
  const std::string call = call_text(operation, std::span(operand_names).first(operand_count));
  ResultDTypes results;
  const auto fill = [&](auto last_dtype) {
    std::ranges::transform(all_dtypes(), results.begin(),
                           [&](DType dtype) { return result_dtype(call, operand_count, dtype, last_dtype(dtype)); });
  };
  const auto has_float = [&] { return results[static_cast<std::size_t>(DType::float64.code)].has_value(); };
  fill([](DType dtype) { return dtype; });
  if (operand_count == 2 && !has_float()) {
    const ResultDTypes of_one_dtype = results;
    fill([](DType) { return DType::int64; });
    if (!has_float()) results = of_one_dtype;
  }
  return results;
}

std::string dtypes_text(const ResultDTypes& results) {
  std::vector<std::string> parts;
  for (const DType given : all_dtypes()) {
    const std::string names = names_where(results, [&](DType dtype, DType result) { return result == given && dtype != given; });
    if (!names.empty()) parts.push_back(fmt::format("{} -> {}", names, given.name()));
  }
  const std::string unchanged = names_where(results, [](DType dtype, DType result) { return dtype == result; });
  if (!unchanged.empty()) parts.push_back(unchanged + " -> the same");
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string error_text(double ulp) {
  if (ulp == 0) return "exact";
  if (ulp == 0.5) return "correctly rounded";
  return fmt::format("{} ulp", ulp);
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace lanewise::inline v0::calculator
