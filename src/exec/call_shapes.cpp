#include "exec/call_shapes.hpp"

#include <lanewise/error.hpp>

#include "exec/view_layout.hpp"

namespace lanewise::inline v0 {

const Shape& CallShapes::of_set(std::uint32_t set) {
  if (known_[set] != 0) return shapes_[set];
  Shape joint;
  const std::vector<std::uint32_t>& classes = schedule_.sets[set];
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const std::size_t back = broadcast_into(joint, of_class(classes[c]).values());
    if (back != 0) refuse(std::span(classes).first(c), classes[c], back);
  }
  known_[set] = 1;
  shapes_[set] = joint;
  return shapes_[set];
}

Shape CallShapes::of_class(std::uint32_t shape_class) {
  const ShapeClass& own = schedule_.classes[shape_class - 1];
  Shape shape;
  if (own.kind == ShapeClass::Kind::input) {
    shape.assign(arrays_.inputs[own.input]->shape());
    return shape;
  }
  shape = of_set(own.operand_set);
  if (own.kind == ShapeClass::Kind::view) {
    return shape_of_view(schedule_.subscripts[own.subscript], shape.values(), of_set(own.array_set).values());
  }
  return reduced_shape(shape.values(), resolve_axes(own.axes, shape.values().size(), own.span), own.axes.keepdims);
}

std::string CallShapes::class_name(std::uint32_t shape_class) {
  const ShapeClass& own = schedule_.classes[shape_class - 1];
  if (own.kind == ShapeClass::Kind::input) return "'" + arrays_.schema[own.input].name + "'";
  if (own.kind == ShapeClass::Kind::reduction) return "the result of '" + std::string(operation(own.operation).spelling()) + "'";
  const std::vector<std::uint32_t>& array = schedule_.sets[own.array_set];
  return (array.empty() ? "a value" : class_name(array[0])) + " through " + to_text(schedule_.subscripts[own.subscript]);
}

std::string CallShapes::class_text(std::uint32_t shape_class) {
  return class_name(shape_class) + " has " + shape_text(of_class(shape_class).values());
}

void CallShapes::refuse(std::span<const std::uint32_t> before, std::uint32_t shape_class, std::size_t back) {
  const auto extent = [&](std::uint32_t one) {
    const Shape shape = of_class(one);
    return back <= shape.values().size() ? shape.values()[shape.values().size() - back] : 1;
  };
  std::uint32_t other = before.front();
  for (const std::uint32_t one : before) {
    if (extent(one) != 1) other = one;
  }
  throw ShapeError(ErrorCode::shape_mismatch, "shapes do not fit: " + class_text(other) + ", " + class_text(shape_class) +
                                                  "; they differ along axis -" + std::to_string(back));
}

}  // namespace lanewise::inline v0
