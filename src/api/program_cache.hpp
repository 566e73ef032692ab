#pragma once
// The compiled expressions of recent one-shot texts.

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include <lanewise/expression.hpp>

namespace lanewise::inline v0 {

/// A map from text, inputs and compile options to expressions that forgets the least recently used. Holds no array.
/// Thread-safe; compiling happens outside the lock, so two threads may compile the same text once each.
class ProgramCache {
 public:
  static constexpr std::size_t capacity = 256;          // expressions
  static constexpr std::size_t longest_key_bytes = 4'096;  // longer texts, or names, are compiled anew: the cache stays below some megabytes

  Expression get(std::string_view source, const Inputs& inputs, const CompileOptions& options);

  /// For the moment of a fork, so that no child finds the cache locked by a thread that it does not have.
  void lock() { mutex_.lock(); }
  void unlock() { mutex_.unlock(); }

 private:
  struct Entry {
    std::string key;
    Expression expression;
  };
  std::mutex mutex_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> entry_by_key_;  // keys live in entries_
};

}  // namespace lanewise::inline v0
