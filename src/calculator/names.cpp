#include "calculator/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <lanewise/error.hpp>

namespace lanewise::inline v0::calculator {
namespace {

// Of `_12`.
std::optional<std::size_t> result_number(std::string_view name) {
  if (name.size() < 2 || name.front() != '_' || name[1] == '0') return {};
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return {};
  return number;
}

std::size_t bytes_of_name(std::string_view name) { return name.size() + name_overhead_bytes; }

bool is_last(std::string_view name) { return name == "ans" || name == "_"; }

}  // namespace

bool Names::is_numbered(std::string_view name) noexcept { return result_number(name).has_value(); }
bool Names::is_of_result(std::string_view name) noexcept { return is_last(name) || result_number(name).has_value(); }

const NamedValue* Names::find(std::string_view name) const {
  if (is_last(name)) return last_ ? &*last_ : nullptr;
  if (const auto number = result_number(name)) {
    const bool is_kept = *number > dropped_count_ && *number - dropped_count_ <= results_.size();
    const NamedValue* const result = is_kept ? &results_[*number - dropped_count_ - 1] : nullptr;
    return result != nullptr && std::get<SharedValue>(*result) != nullptr ? result : nullptr;
  }
  const auto found = bound_.find(name);
  return found == bound_.end() ? nullptr : &found->second;
}

void Names::bind(std::string_view name, NamedValue value) {
  if (is_last(name)) {
    last_ = std::move(value);
  } else {
    const bool is_new = bound_.insert_or_assign(std::string(name), std::move(value)).second;
    if (is_new) names_bytes_ += bytes_of_name(name);
  }
}

bool Names::erase(std::string_view name) {
  const bool is_known = bound_.erase(std::string(name)) != 0;
  if (is_known) names_bytes_ -= bytes_of_name(name);
  return is_known;
}

void Names::require_room_for(const std::set<std::string_view>& new_names) {
  if (bound_.size() + new_names.size() > name_count_) {
    throw LimitError(ErrorCode::too_many_names, fmt::format("that would be more than the {} names that a session may bind", name_count_));
  }
  std::size_t size_bytes = 0;
  for (const std::string_view name : new_names) size_bytes += bytes_of_name(name);
  make_room(size_bytes);
}

void Names::clear() {
  bound_.clear();
  last_.reset();
  results_.clear();
  dropped_count_ = 0;
  results_bytes_ = 0;
  names_bytes_ = 0;
}

std::size_t Names::add_result(SharedValue value) {
  results_bytes_ += value->size_bytes();
  results_.emplace_back(value);
  last_ = std::move(value);
  const std::size_t number = dropped_count_ + results_.size();
  while (results_.size() > 1 && (results_.size() > result_count_ || results_bytes_ > memory_bytes_ / 4)) drop_oldest();
  if (result_count_ == 0) drop_oldest();
  return number;
}

void Names::drop_oldest() noexcept {
  if (const auto& value = std::get<SharedValue>(results_.front())) results_bytes_ -= value->size_bytes();
  results_.pop_front();
  ++dropped_count_;
}

// Values that results alone hold, in the order of the last of them.
std::vector<const Value*> Names::droppable() const {
  std::map<const Value*, long> holder_counts;
  std::vector<const Value*> values;
  for (const NamedValue& result : results_) {
    const auto& value = std::get<SharedValue>(result);
    if (value != nullptr && ++holder_counts[value.get()] == value.use_count()) values.push_back(value.get());
  }
  return values;
}

std::size_t Names::droppable_bytes() const {
  std::size_t size_bytes = 0;
  for (const Value* const value : droppable()) size_bytes += value->freed_bytes();
  return size_bytes;
}

void Names::drop_results(std::size_t size_bytes) {
  std::set<const Value*> dropped;
  std::size_t freed_bytes = 0;
  for (const Value* const value : droppable()) {
    if (freed_bytes >= size_bytes) break;
    freed_bytes += value->freed_bytes();
    dropped.insert(value);
  }
  for (NamedValue& result : results_) {
    auto& value = std::get<SharedValue>(result);
    if (!dropped.contains(value.get())) continue;
    results_bytes_ -= value->size_bytes();
    value.reset();
  }
}

std::size_t Names::memory_left() const noexcept {
  const std::size_t used = *memory_ + names_bytes_;
  return memory_bytes_ > used ? memory_bytes_ - used : 0;
}

void Names::make_room(std::size_t size_bytes) {
  const std::size_t left = memory_left();
  if (size_bytes <= left) return;
  if (const std::size_t most = left + droppable_bytes(); size_bytes > most) refuse_memory(size_bytes, most);
  drop_results(size_bytes - left);
}

std::string size_text(std::size_t size_bytes) {
  constexpr std::array units = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (size_bytes < 1'000) return fmt::format("{} bytes", size_bytes);
  double size = static_cast<double>(size_bytes) / 1'000;
  std::size_t unit = 0;
  for (; size >= 999.5 && unit + 1 < units.size(); ++unit) size /= 1'000;
  return fmt::format("{:.3g} {}", size, units[unit]);
}

void refuse_memory(std::size_t needed_bytes, std::size_t left_bytes) {
  throw LimitError(ErrorCode::memory_limit, fmt::format("this needs {} of memory; it may use {}", size_text(needed_bytes), size_text(left_bytes)));
}

}  // namespace lanewise::inline v0::calculator
