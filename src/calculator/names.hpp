#pragma once
// The names of a session, its numbered results, and how much memory all of them may take.

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "calculator/value.hpp"

namespace lanewise::inline v0::calculator {

/// Copies share the values.
class Names {
 public:
  Names(std::size_t memory_bytes, std::size_t name_count, std::size_t result_count)
      : memory_bytes_(memory_bytes), name_count_(name_count), result_count_(result_count) {}

  /// Returns what a name stands for, or null: a bound name, `ans`, `_`, or `_n`. Valid until the next change.
  const NamedValue* find(std::string_view name) const;
  /// Binds a name; `ans` and `_` are bound until the next result. Precondition: it is none of `_1`, `_2`, …
  void bind(std::string_view name, NamedValue value);
  /// Throws LimitError E407 unless texts may bind these names more, E406 if there is no memory for them.
  void require_room_for(const std::set<std::string_view>& new_names);
  /// Forgets all names and results.
  void clear();
  bool erase(std::string_view name);
  const std::map<std::string, NamedValue, std::less<>>& bound() const noexcept { return bound_; }
  /// Whether it is one of `_1`, `_2`, …, and whether it is that or `ans` or `_`.
  static bool is_numbered(std::string_view name) noexcept;
  static bool is_of_result(std::string_view name) noexcept;

  /// Keeps the next result and returns its number, counted from 1. Results beyond their number or a quarter of the memory are dropped, the oldest
  /// first, but never this one.
  std::size_t add_result(SharedValue value);
  /// Returns the bytes that dropping results would free: of values that nothing else holds.
  std::size_t droppable_bytes() const;
  /// Drops such results, the oldest first, until `size_bytes` are free again.
  void drop_results(std::size_t size_bytes);

  std::shared_ptr<MemoryCount> memory() const noexcept { return memory_; }
  /// Returns the bytes that are left of the session's memory.
  std::size_t memory_left() const noexcept;
  std::size_t memory_bytes() const noexcept { return memory_bytes_; }
  /// Makes room for `size_bytes` by dropping results. Throws LimitError E406 where that is not enough; then none is dropped.
  void make_room(std::size_t size_bytes);

 private:
  std::vector<const Value*> droppable() const;
  void drop_oldest() noexcept;

  std::size_t memory_bytes_;
  std::size_t name_count_;
  std::size_t result_count_;
  std::shared_ptr<MemoryCount> memory_ = std::make_shared<MemoryCount>(0);
  std::map<std::string, NamedValue, std::less<>> bound_;
  std::optional<NamedValue> last_;  ///< of `ans` and `_`
  std::deque<NamedValue> results_;  ///< null where one was dropped
  std::size_t dropped_count_ = 0;  ///< results before the first of results_
  std::size_t results_bytes_ = 0;
  std::size_t names_bytes_ = 0;  ///< of bound_, without the values
};

/// Returns a size as people write it: "480 MB".
std::string size_text(std::size_t size_bytes);

/// Returns the error of an evaluation that needs too much.
[[noreturn]] void refuse_memory(std::size_t needed_bytes, std::size_t left_bytes);

}  // namespace lanewise::inline v0::calculator
