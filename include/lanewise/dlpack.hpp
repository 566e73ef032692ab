#pragma once
// Arrays to and from DLPack, the C structs by which array libraries hand each other their memory. The structs are the caller's: any version
// of dlpack.h, or a library's copy of it.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <lanewise/array.hpp>
#include <lanewise/error.hpp>

namespace lanewise::inline v0 {

namespace detail {
/// DLPack's codes of kinds of types, the same in all versions.
enum class DlpackKind : unsigned { integer = 0, unsigned_integer = 1, floating = 2, bfloat = 4, complex = 5, boolean = 6 };

struct DlpackType {
  DlpackKind kind;
  unsigned bits;
};

constexpr DlpackType dlpack_type_of(DType dtype) noexcept {
  const auto bits = static_cast<unsigned>(8 * dtype.size_bytes());
  if (dtype.is_bool()) return {DlpackKind::boolean, bits};
  if (dtype.is_complex()) return {DlpackKind::complex, bits};
  if (dtype.is_floating()) return {DlpackKind::floating, bits};
  return {dtype.is_unsigned_integer() ? DlpackKind::unsigned_integer : DlpackKind::integer, bits};
}

inline DType dtype_of_dlpack(unsigned kind, unsigned bits, unsigned lanes) {
  for (unsigned code = 0; code < DType::count; ++code) {
    const DType dtype{static_cast<DType::Code>(code)};
    const DlpackType type = dlpack_type_of(dtype);
    if (lanes == 1 && static_cast<unsigned>(type.kind) == kind && type.bits == bits) return dtype;
  }
  const bool is_bfloat = kind == static_cast<unsigned>(DlpackKind::bfloat);
  throw DTypeError(ErrorCode::wrong_input_dtype,
                   "the DLPack tensor has elements of kind " + std::to_string(kind) + (is_bfloat ? " (bfloat)" : "") + ", " +
                       std::to_string(bits) + " bits and " + std::to_string(lanes) +
                       " lanes; expected bool, integers, float16, float32, float64 or complex numbers of one lane");
}

/// `device_type` has been renamed with its struct; both have it as their first member.
template <class Tensor>
int device_of_dlpack(const Tensor& tensor) noexcept {
  if constexpr (requires { tensor.device; }) {
    return static_cast<int>(tensor.device.device_type);
  } else {
    return static_cast<int>(tensor.ctx.device_type);
  }
}

template <class View, class Tensor>
View view_of_dlpack(const Tensor& tensor) {
  constexpr int main_memory = 1, pinned_memory = 3;
  const int device = device_of_dlpack(tensor);
  if (device != main_memory && device != pinned_memory) {
    throw ShapeError(ErrorCode::unsupported_layout, "the DLPack tensor is on a device of type " + std::to_string(device) +
                                                        "; copy it to the memory of the processor (type 1) first");
  }
  const DType dtype = dtype_of_dlpack(tensor.dtype.code, tensor.dtype.bits, tensor.dtype.lanes);
  std::vector<std::size_t> shape;
  std::vector<std::ptrdiff_t> strides_bytes;
  for (int axis = 0; axis < tensor.ndim; ++axis) {
    if (tensor.shape[axis] < 0) throw ShapeError(ErrorCode::shape_overflow, "the DLPack tensor has a negative extent");
    shape.push_back(static_cast<std::size_t>(tensor.shape[axis]));
    if (tensor.strides == nullptr) continue;
    std::ptrdiff_t stride_bytes = 0;
    if (__builtin_mul_overflow(tensor.strides[axis], static_cast<std::ptrdiff_t>(dtype.size_bytes()), &stride_bytes)) {
      throw ShapeError(ErrorCode::shape_overflow, "a stride of the DLPack tensor is more bytes than memory can have");
    }
    strides_bytes.push_back(stride_bytes);
  }
  auto* const data = static_cast<std::byte*>(tensor.data) + (tensor.data == nullptr ? 0 : tensor.byte_offset);
  const std::span<const std::size_t> extents(shape);
  return tensor.strides == nullptr ? View(data, dtype, extents)
                                   : View(data, dtype, extents, std::span<const std::ptrdiff_t>(strides_bytes));
}

/// An array with the tensor that describes it.
template <class ManagedTensor>
struct DlpackOwner {
  Array array;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;
  ManagedTensor managed;
};
}  // namespace detail

/// Views a DLTensor: the member `dl_tensor` of what a library gave. That must not be released before the view is done with.
///
/// Shapes      any, with any strides; none given are those of C order.
/// Dtypes      all of lanewise's, of one lane; no bfloat16.
/// Throws      DTypeError E209, ShapeError E302 for the memory of a device, E304, LimitError E405, std::bad_alloc.
/// Example     lanewise::Array r = lanewise::evaluate("x + 1", {{"x", lanewise::view_dlpack(managed->dl_tensor)}});
template <class Tensor>
ArrayView view_dlpack(const Tensor& tensor) {
  return detail::view_of_dlpack<ArrayView>(tensor);
}

/// The same, to be written: whether that is allowed is for its owner to say.
template <class Tensor>
MutableArrayView mutable_view_dlpack(const Tensor& tensor) {
  return detail::view_of_dlpack<MutableArrayView>(tensor);
}

/// Gives an array away as a DLManagedTensor, whose `deleter` its consumer calls once.
///
/// Throws      std::bad_alloc; then the array is as it was.
/// Example     DLManagedTensor* tensor = lanewise::to_dlpack<DLManagedTensor>(std::move(array));
template <class ManagedTensor>
ManagedTensor* to_dlpack(Array&& array) {
  using Owner = detail::DlpackOwner<ManagedTensor>;
  std::vector<std::int64_t> shape(array.shape().begin(), array.shape().end());
  std::vector<std::int64_t> strides;
  for (const std::ptrdiff_t stride : array.strides_bytes()) {
    strides.push_back(stride / static_cast<std::ptrdiff_t>(array.dtype().size_bytes()));
  }
  std::unique_ptr<Owner> owner(new Owner{std::move(array), std::move(shape), std::move(strides), {}});  // moved once there is room
  auto& tensor = owner->managed.dl_tensor;
  const detail::DlpackType type = detail::dlpack_type_of(owner->array.dtype());
  tensor.data = owner->array.data();
  tensor.ndim = static_cast<decltype(tensor.ndim)>(owner->shape.size());
  tensor.dtype.code = static_cast<decltype(tensor.dtype.code)>(type.kind);
  tensor.dtype.bits = static_cast<decltype(tensor.dtype.bits)>(type.bits);
  tensor.dtype.lanes = 1;
  tensor.shape = owner->shape.data();
  tensor.strides = owner->strides.data();
  tensor.byte_offset = 0;
  auto& device = [&tensor]() -> auto& {
    if constexpr (requires { tensor.device; }) {
      return tensor.device;
    } else {
      return tensor.ctx;
    }
  }
  ();
  device.device_type = static_cast<decltype(device.device_type)>(1);
  device.device_id = 0;
  owner->managed.manager_ctx = owner.get();
  owner->managed.deleter = [](ManagedTensor* managed) { delete static_cast<Owner*>(managed->manager_ctx); };
  return &owner.release()->managed;
}

}  // namespace lanewise::inline v0
