#include "exec/one_element.hpp"

#include <algorithm>
#include <cstring>

namespace lanewise::inline v0 {

bool is_of_one_element(const Graph& graph) {
  const auto needs_array = [](const Node& node) {
    return node.kind == Node::Kind::reduction || node.kind == Node::Kind::extent || node.kind == Node::Kind::index;
  };
  return graph.outputs().size() == 1 && graph.views().empty() && std::ranges::none_of(graph.nodes(), needs_array);
}

OneElement::OneElement(const Graph& graph)
    : schedule_(load(make_schedule(graph, std::vector<InputPattern>(graph.schema().entries().size(), {0, Rate::call})), machine_target(), Elements::one)),
      result_bytes_(graph.node(graph.outputs()[0]).dtype.size_bytes()) {
  const LoadedProgram& program = schedule_.program();
  for (const Slot& slot : program.program.slots) values_.push_back({slot.dtype});
  output_ = allocate(program.each.tile_length * largest_element_bytes);
  memory_ = allocate(program.each.workspace_bytes());
  output_address_ = output_.get();
  arguments_ = {nullptr, &output_address_, values_.data(), false, nullptr, 0};
  part_.emplace(program, program.each, arguments_, memory_.get());
  list_direct_words();
}

void OneElement::list_direct_words() {
  const LoadedPart& part = schedule_.program().each;
  for (const Relocation& relocation : part.relocations) {
    if (relocation.operand.source == Operand::Source::output && part.stores.front().is_of_one_element) result_word_ = &part_->bound_word(relocation);
    if (relocation.operand.source != Operand::Source::slot) continue;
    const Slot& slot = slots()[relocation.operand.index];
    const std::size_t bytes = slot.dtype.size_bytes();
    const bool is_direct = !slot.dtype.is_complex() && slot.is_input && (bytes == 4 || bytes == 8);
    all_are_direct_ = all_are_direct_ && is_direct;
    direct_words_.push_back({&part_->bound_word(relocation), slot.input_index, bytes == 8});
  }
  if (!all_are_direct_) direct_words_.clear();
}

// Of a size known to the compiler: a copy of a length that it does not know takes longer than the rest of a call.
void OneElement::copy_result(void* result) const noexcept {
  switch (result_bytes_) {
    case 1: std::memcpy(result, output_address_, 1); break;
    case 2: std::memcpy(result, output_address_, 2); break;
    case 4: std::memcpy(result, output_address_, 4); break;
    case 8: std::memcpy(result, output_address_, 8); break;
    default: std::memcpy(result, output_address_, 16); break;
  }
}

}  // namespace lanewise::inline v0
