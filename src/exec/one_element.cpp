#include "exec/one_element.hpp"

#include <algorithm>
#include <cstring>

#include "exec/floating_point_environment.hpp"

namespace lanewise::inline v0 {
namespace {

// Of a size known to the compiler: a copy of a length that it does not know takes longer than the rest of a call.
void copy_element(void* to, const void* from, std::size_t size_bytes) noexcept {
  switch (size_bytes) {
    case 1: std::memcpy(to, from, 1); break;
    case 2: std::memcpy(to, from, 2); break;
    case 4: std::memcpy(to, from, 4); break;
    case 8: std::memcpy(to, from, 8); break;
    default: std::memcpy(to, from, 16); break;
  }
}

}  // namespace

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
  for (const Relocation& relocation : schedule_.program().each.relocations) {
    if (relocation.operand.source != Operand::Source::slot) continue;
    const Slot& slot = slots()[relocation.operand.index];
    const std::size_t bytes = slot.dtype.size_bytes();
    const bool is_direct = !slot.dtype.is_complex() && slot.is_input && (bytes == 4 || bytes == 8);
    all_are_direct_ = all_are_direct_ && is_direct;
    direct_words_.push_back({&part_->bound_word(relocation), slot.input_index, bytes == 8});
  }
  if (!all_are_direct_) direct_words_.clear();
}

void OneElement::set_all(const void* const* arguments) noexcept {
  for (std::size_t i = 0; i < slots().size(); ++i) set(i, arguments[slots()[i].input_index]);
  part_->rebind_slots();
}

// The modes come first: to read them the processor finishes what is under way, so the less that is the better.
void OneElement::call(const void* const* arguments, void* result) {
  {
    const FloatingPointEnvironment environment;
    if (!all_are_direct_) set_all(arguments);
    for (const DirectWord& direct : direct_words_) {
      const void* const value = arguments[direct.input_index];
      direct.has_8_bytes ? std::memcpy(direct.word, value, 8) : std::memcpy(direct.word, value, 4);
    }
    part_->run_one_tile(1);
  }
  part_->rethrow();
  copy_element(result, output_address_, result_bytes_);
}

void OneElement::run(void* result) {
  {
    const FloatingPointEnvironment environment;
    part_->rebind_slots();
    part_->run_one_tile(1);
  }
  part_->rethrow();
  copy_element(result, output_address_, result_bytes_);
}

}  // namespace lanewise::inline v0
