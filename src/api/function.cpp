// The scalar function. Its inputs change once a call, so they are slots of a program that is bound once; a call writes them and runs one tile.

#include <lanewise/function.hpp>

#include <algorithm>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include <lanewise/error.hpp>

#include "api/compile.hpp"
#include "exec/floating_point_environment.hpp"
#include "exec/loaded_schedule.hpp"
#include "exec/run_block.hpp"

namespace lanewise::inline v0::detail {
namespace {

Schema schema_of(std::span<const std::string_view> names, std::span<const DType> dtypes) {
  std::vector<SchemaEntry> entries;
  for (std::size_t i = 0; i < names.size(); ++i) entries.push_back({std::string(names[i]), dtypes[i]});
  return Schema(std::move(entries));
}

int kind_rank(DType dtype) { return dtype.is_bool() ? 0 : dtype.is_integer() ? 1 : dtype.is_floating() ? 2 : 3; }

/// Makes the one result of a graph a value of `result`.
void convert_result(Graph& graph, DType result) {
  const NodeIndex root = graph.outputs()[0];
  const DType dtype = graph.node(root).dtype;
  if (graph.outputs().size() != 1) {
    throw DTypeError(ErrorCode::wrong_output_dtype, "a function has one result, but the expression has " + std::to_string(graph.outputs().size()));
  }
  if (dtype == result) return;
  if (kind_rank(dtype) > kind_rank(result)) {
    throw DTypeError(ErrorCode::wrong_output_dtype, "the result is " + std::string(dtype.name()) + ", which the function's " +
                                                        std::string(result.name()) + " cannot hold; write " + std::string(result.name()) +
                                                        "(...) around the expression");
  }
  graph.set_outputs({graph.add_operation(cast_to(result), result, std::span(&root, 1), {})});
}

struct AlignedRelease {
  void operator()(std::byte* memory) const noexcept { ::operator delete(memory, std::align_val_t{64}); }
};
using AlignedMemory = std::unique_ptr<std::byte, AlignedRelease>;

AlignedMemory allocate(std::size_t bytes) { return AlignedMemory(static_cast<std::byte*>(::operator new(bytes, std::align_val_t{64}))); }

}  // namespace

struct ScalarFunction::State {
  State(Graph compiled, std::span<const DType> argument_dtypes, DType result_dtype)
      : graph(std::move(compiled)), arguments(argument_dtypes.begin(), argument_dtypes.end()), result(result_dtype) {
    schedule = load(make_schedule(graph, std::vector<InputPattern>(arguments.size(), {0, Rate::call})), machine_target());
    const LoadedProgram& program = schedule.program();
    for (const Slot& slot : program.program.slots) slots.push_back({slot.dtype});
    output = allocate(program.tile_length * largest_element_bytes);
    memory = allocate(program.each.workspace_bytes());
    output_address = output.get();
    call_arguments = {nullptr, &output_address, slots.data(), false, nullptr, 0};
    part.emplace(program, program.each, call_arguments, memory.get());
  }

  Graph graph;
  std::vector<DType> arguments;
  DType result;
  LoadedSchedule schedule;
  std::vector<Scalar> slots;
  AlignedMemory output, memory;
  std::byte* output_address = nullptr;
  CallArguments call_arguments{};
  std::optional<BoundPart> part;
};

ScalarFunction::ScalarFunction(std::string_view source, std::span<const std::string_view> names, std::span<const DType> arguments, DType result,
                               const CompileOptions& options) {
  Graph graph = compile_graph(source, schema_of(names, arguments), options);
  convert_result(graph, result);
  const bool has_passes = std::ranges::any_of(graph.nodes(), [](const Node& node) {
    return node.kind == Node::Kind::reduction || node.kind == Node::Kind::extent || node.kind == Node::Kind::index;
  });
  if (!graph.views().empty()) {
    throw DTypeError(ErrorCode::unsupported_operand_dtype, "a function of scalars has no array to index; use an Expression");
  }
  if (has_passes) {
    throw DTypeError(ErrorCode::unsupported_operand_dtype, "a function of scalars has nothing to reduce or to count; use an Expression");
  }
  state_ = std::make_unique<State>(std::move(graph), arguments, result);
}

ScalarFunction::ScalarFunction(const ScalarFunction& other)
    : state_(std::make_unique<State>(other.state_->graph, other.state_->arguments, other.state_->result)) {}

ScalarFunction& ScalarFunction::operator=(const ScalarFunction& other) {
  state_ = std::make_unique<State>(other.state_->graph, other.state_->arguments, other.state_->result);
  return *this;
}

ScalarFunction::ScalarFunction(ScalarFunction&&) noexcept = default;
ScalarFunction& ScalarFunction::operator=(ScalarFunction&&) noexcept = default;
ScalarFunction::~ScalarFunction() = default;

void ScalarFunction::call(const void* const* arguments, void* result) {
  State& state = *state_;
  const std::vector<Slot>& wanted = state.schedule.program().program.slots;
  for (std::size_t i = 0; i < wanted.size(); ++i) state.slots[i].read(arguments[wanted[i].input_index]);
  state.part->rebind_slots();
  {
    const FloatingPointEnvironment environment;
    state.part->run_one_element();
  }
  state.part->rethrow();
  std::memcpy(result, state.output.get(), state.result.size_bytes());
}

}  // namespace lanewise::inline v0::detail
