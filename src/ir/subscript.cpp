#include "ir/subscript.hpp"

namespace lanewise::inline v0 {
namespace {

std::string part_text(const std::optional<std::int64_t>& part) { return part ? std::to_string(*part) : std::string(); }

std::string entry_text(const SubscriptEntry& entry) {
  switch (entry.kind) {
    case SubscriptEntry::Kind::position: return part_text(entry.start);
    case SubscriptEntry::Kind::ellipsis: return "...";
    case SubscriptEntry::Kind::new_axis: return "None";
    case SubscriptEntry::Kind::slice: break;
  }
  return part_text(entry.start) + ":" + part_text(entry.stop) + (entry.step == 1 ? "" : ":" + std::to_string(entry.step));
}

}  // namespace

std::string to_text(const Subscript& subscript) {
  std::string text;
  for (const SubscriptEntry& entry : subscript) text += (text.empty() ? "" : ", ") + entry_text(entry);
  return "[" + (text.empty() ? "()" : text) + "]";
}

}  // namespace lanewise::inline v0
