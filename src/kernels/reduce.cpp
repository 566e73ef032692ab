// The folds of one CPU target: every reduction of operations.def in every dtype that it folds.
//
// In: the rows, and a body for each in reduce.hpp. Out: one function, LANEWISE_UNIT_FUNCTION, that finds a fold. Compiled once for each CPU
// target with that target's flags; nothing else here has a name outside this unit, as in target.cpp.

#include "kernels/reduce.hpp"

#include "kernels/fold_elements.hpp"
#include "ops/instruction_set.hpp"
#include "ops/type_rules.hpp"

namespace lanewise::inline v0::kernels {
namespace {

using Code = DType::Code;

/// Complex sums fold their parts, complex products have a fold of their own.
template <class Body, class Part>
constexpr Folder folder_of_complex() {
  if constexpr (hwy::IsSame<Body, product>()) {
    return folder_of<FoldOfComplexProduct<Part>, 1>();
  } else {
    return folder_of<FoldOfValues<Body, Part>, 2>();
  }
}

template <class Body, TypeRule rule, class Element>
constexpr Folder folder_for() {
  if constexpr (rule == TypeRule::position) {
    return folder_of<FoldOfPositions<Body, Element>, 1>();
  } else {
    return folder_of<FoldOfValues<Body, Element>, 1>();
  }
}

/// Returns the fold of one dtype, or null where the rule does not take it.
template <class Body, TypeRule rule, Code code, class Element>
const Folder* find_in_dtype() {
  if constexpr (has_kernel(rule, travelling_dtype(DType{code}))) {
    static constexpr Folder folder = folder_for<Body, rule, Element>();
    return &folder;
  } else {
    return nullptr;
  }
}

/// The folds of a row. Sums and products are of the dtypes that bind widens to.
template <class Body, TypeRule rule>
const Folder* find_in_row(Code code) {
#define LANEWISE_FOLDER(dtype, Element) \
  case Code::dtype: return find_in_dtype<Body, rule, Code::dtype, Element>();
  if constexpr (rule == TypeRule::sum) {
    static constexpr Folder of_complex64 = folder_of_complex<Body, float>();
    static constexpr Folder of_complex128 = folder_of_complex<Body, double>();
    switch (code) {
      LANEWISE_FOLDER(int64, int64_t)
      LANEWISE_FOLDER(float32, float)
      LANEWISE_FOLDER(float64, double)
      case Code::uint64: return find_in_row<Body, rule>(Code::int64);  // wraps to the same bits
      case Code::complex64: return &of_complex64;
      case Code::complex128: return &of_complex128;
      default: return nullptr;
    }
  } else {
    switch (code) {
      LANEWISE_FOLDER(bool_, bool)
      LANEWISE_FOLDER(int8, int8_t)
      LANEWISE_FOLDER(int16, int16_t)
      LANEWISE_FOLDER(int32, int32_t)
      LANEWISE_FOLDER(int64, int64_t)
      LANEWISE_FOLDER(uint8, uint8_t)
      LANEWISE_FOLDER(uint16, uint16_t)
      LANEWISE_FOLDER(uint32, uint32_t)
      LANEWISE_FOLDER(uint64, uint64_t)
      LANEWISE_FOLDER(float16, Half)
      LANEWISE_FOLDER(float32, float)
      LANEWISE_FOLDER(float64, double)
      default: return nullptr;
    }
  }
#undef LANEWISE_FOLDER
}

}  // namespace
}  // namespace lanewise::inline v0::kernels

/// Returns the fold of a reduction for operands of a dtype, or null.
extern "C" __attribute__((visibility("hidden"))) const lanewise::Folder* LANEWISE_UNIT_FUNCTION(lanewise::Reduction reduction,
                                                                                              lanewise::DType dtype) {
  using namespace lanewise;
  switch (reduction) {
#define REDUCTION(id, spellings, types, ...) \
  case Reduction::id: return kernels::find_in_row<kernels::id, TypeRule::types>(dtype.code);
#include "ops/operations.def"
  }
  return nullptr;
}
