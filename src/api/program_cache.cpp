#include "api/program_cache.hpp"

#include <lanewise/function_set.hpp>

namespace lanewise::inline v0 {
namespace {

Schema schema_of(const Inputs& inputs) {
  std::vector<SchemaEntry> entries;
  entries.reserve(inputs.size());
  for (const Input& input : inputs) entries.push_back({std::string(input.name), input.view.dtype(), input.view.is_weak()});
  return Schema(std::move(entries));
}

void append_number(std::string& key, std::size_t number) { key.append(reinterpret_cast<const char*>(&number), sizeof number); }

/// All that decides the program, each variable part after its length, so that no two keys run together.
std::string key_of(std::string_view source, const Inputs& inputs, const CompileOptions& options) {
  std::string key;
  key.reserve(source.size() + 24 * inputs.size() + 64);
  const Limits& limits = options.limits;
  for (const std::size_t number :
       {limits.text_bytes, limits.nesting_depth, limits.node_count, limits.input_count, limits.result_count, source.size()}) {
    append_number(key, number);
  }
  append_number(key, options.functions == nullptr ? 0 : options.functions->identity());
  key += source;
  for (const Input& input : inputs) {
    append_number(key, input.name.size());
    key += input.name;
    key += static_cast<char>(input.view.dtype().code);
    key += input.view.is_weak() ? 'w' : 't';
  }
  return key;
}

}  // namespace

Expression ProgramCache::get(std::string_view source, const Inputs& inputs, const CompileOptions& options) {
  std::string key = key_of(source, inputs, options);
  if (key.size() > longest_key_bytes) return Expression::compile(source, schema_of(inputs), options);
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = entry_by_key_.find(key); found != entry_by_key_.end()) {
      entries_.splice(entries_.begin(), entries_, found->second);
      return found->second->expression;
    }
  }
  Expression expression = Expression::compile(source, schema_of(inputs), options);
  const std::lock_guard lock(mutex_);
  if (entry_by_key_.contains(key)) return expression;
  entries_.push_front({std::move(key), expression});
  entry_by_key_.emplace(entries_.front().key, entries_.begin());
  if (entries_.size() > capacity) {
    entry_by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  return expression;
}

}  // namespace lanewise::inline v0
