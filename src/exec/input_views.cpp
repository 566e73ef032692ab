#include "exec/input_views.hpp"

#include <memory>
#include <string>

#include <lanewise/error.hpp>

#include "exec/view_layout.hpp"

namespace lanewise::inline v0 {
namespace {

Shape joint_shape(const Graph& graph, std::span<const std::uint32_t> whole, std::span<const ArrayView* const> inputs) {
  Shape joint;
  for (const std::uint32_t input : whole) {
    const std::size_t back = broadcast_into(joint, inputs[input]->shape());
    if (back == 0) continue;
    throw ShapeError(ErrorCode::shape_mismatch, "shapes do not fit: '" + graph.inputs()[input].name + "' has " +
                                                    shape_text(inputs[input]->shape()) + ", what it is combined with has " +
                                                    shape_text(joint.values()) + "; they differ along axis -" + std::to_string(back));
  }
  return joint;
}

}  // namespace

void form_views(const Graph& graph, std::span<const ArrayView*> inputs, ArrayView* views) {
  std::size_t place = inputs.size() - graph.views().size();
  for (const InputView& view : graph.views()) {
    const ArrayView& array = *inputs[view.input];
    const Shape whole = joint_shape(graph, graph.wholes()[view.whole], inputs);
    const ViewLayout layout = layout_of_view(graph.subscripts()[view.subscript], whole.values(), array.shape(), array.strides_bytes());
    const std::byte* const data = static_cast<const std::byte*>(array.data()) + layout.offset_bytes;
    inputs[place++] = std::construct_at(views++, data, array.dtype(), layout.shape.values(), layout.strides_bytes.values());
  }
}

}  // namespace lanewise::inline v0
