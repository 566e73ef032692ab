#pragma once
// The names and element types that an expression is compiled against.

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <lanewise/dtype.hpp>

namespace lanewise::inline v0 {

/// One named input. A weak input is a scalar that takes the type of what it meets, as Python's scalars do.
struct SchemaEntry {
  std::string name;
  DType dtype;
  bool weak = false;
  friend bool operator==(const SchemaEntry&, const SchemaEntry&) = default;
};

/// The inputs of an expression in positional order.
///
/// Example     lanewise::Schema schema{{"a", lanewise::DType::float32}, {"b", lanewise::DType::int64}};
class Schema {
 public:
  Schema() = default;
  Schema(std::initializer_list<SchemaEntry> entries) : entries_(entries) {}
  explicit Schema(std::vector<SchemaEntry> entries) : entries_(std::move(entries)) {}

  const std::vector<SchemaEntry>& entries() const noexcept { return entries_; }
  friend bool operator==(const Schema&, const Schema&) = default;

 private:
  std::vector<SchemaEntry> entries_;
};

}  // namespace lanewise::inline v0
