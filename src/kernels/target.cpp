// One CPU target: its table of instruction functions, and the instructions that are no operation.
//
// In: the functions of the families' units. Out: one function, LANEWISE_TARGET_FUNCTION, that returns the Target. Compiled like the units.

#include "kernels/constant_power.hpp"
#include "kernels/enter.hpp"
#include "kernels/host.hpp"
#include "kernels/load_store.hpp"
#include "kernels/run_tiles.hpp"
#include "kernels/select.hpp"
#include "kernels/sine_cosine.hpp"
#include "kernels/transpose.hpp"
#include "kernels/wrap.hpp"

#define LANEWISE_JOIN_OF(x, y) x##y
#define LANEWISE_JOIN(x, y) LANEWISE_JOIN_OF(x, y)
#define LANEWISE_UNIT_FUNCTION(family) LANEWISE_JOIN(LANEWISE_TARGET_FUNCTION, _##family)

extern "C" {
#define FAMILY(family) __attribute__((visibility("hidden"))) void LANEWISE_UNIT_FUNCTION(family)(lanewise::kernels::InstructionTable&);
#include "kernels/families.def"
__attribute__((visibility("hidden"))) const lanewise::Folder* LANEWISE_UNIT_FUNCTION(reduce)(lanewise::Reduction, lanewise::DType);
}

namespace lanewise::inline v0::kernels {
namespace {

// ---- The machine's own instructions

template <Opcode opcode, class Body>
void enter_product(InstructionTable& table) {
  for_each_travelling([&table](auto lanes) {
    using T = typename decltype(lanes)::Element;
    constexpr size_t lane_bytes = decltype(lanes)::bytes;
    if constexpr (!is_bool_type<T> && !is_complex_type<T>) {
      RangeWriter range(table, opcode, lanes.dtype(), lane_bytes);
      const auto enter_into = [&range]<class Into>(Into) {
        enter_all<OfThreeOperands<Body, T, lane_bytes>>(range, typename Into::Product());
        if constexpr (opcode == Opcode::multiply_difference) enter_all<OfThreeOperands<Body, T, lane_bytes>>(range, typename Into::ProductExchanged());
      };
      enter_into(IntoA());
      enter_into(IntoB());
      enter_into(IntoBoth());
    }
  });
}

template <class T, size_t lane_bytes>
struct OfPowerOfConstant {
  template <InstructionForm form>
  static constexpr Step function = instruction<PowerOfConstant<T, lane_bytes>, form>;
};

void enter_powers_of_constants(InstructionTable& table) {
  for_each_travelling([&table](auto lanes) {
    using T = typename decltype(lanes)::Element;
    if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
      using Functions = OfPowerOfConstant<T, decltype(lanes)::bytes>;
      RangeWriter range(table, Opcode::power_of_constant, lanes.dtype(), decltype(lanes)::bytes);
      enter_forms<Functions>(range, IntoA::TwoOperandsConstant());
      enter_forms<Functions>(range, IntoB::TwoOperandsConstant());
      enter_forms<Functions>(range, IntoFirstOfA::TwoOperandsConstant());
      enter_forms<Functions>(range, IntoFirstOfB::TwoOperandsConstant());
    }
  });
}

using SineCosineForms = Forms<InstructionForm{OperandKind::a, OperandKind::a, OperandKind::none},
                              InstructionForm{OperandKind::b, OperandKind::a, OperandKind::none},
                              InstructionForm{OperandKind::first_of_a, OperandKind::first_of_a, OperandKind::none},
                              InstructionForm{OperandKind::first_of_b, OperandKind::first_of_a, OperandKind::none}>;

template <class T, size_t lane_bytes>
struct OfSineCosine {
  template <InstructionForm form>
  static constexpr Step function = sine_cosine<T, lane_bytes, form>;
};

void enter_sines_and_cosines(InstructionTable& table) {
  for_each_travelling([&table](auto lanes) {
    using T = typename decltype(lanes)::Element;
    if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
      RangeWriter range(table, Opcode::sine_cosine, lanes.dtype(), decltype(lanes)::bytes);
      enter_forms<OfSineCosine<T, decltype(lanes)::bytes>>(range, SineCosineForms());
    }
  });
}

template <Opcode opcode, class Body, size_t lane_bytes>
void enter_wrap(InstructionTable& table) {
  RangeWriter range(table, opcode, DType{DTypeOf<int32_t>::code}, lane_bytes);
  enter_all<OfOneOperand<Body, true, int32_t, lane_bytes>>(range, IntoA::OneOperand());
  enter_all<OfOneOperand<Body, true, int32_t, lane_bytes>>(range, IntoB::OneOperand());
  enter_all<OfOneOperand<Body, true, int32_t, lane_bytes>>(range, IntoBoth::OneOperand());
}

template <size_t lane_bytes>
void enter_wraps(InstructionTable& table) {
  enter_wrap<Opcode::wrap_int8, wrap_to<int8_t>, lane_bytes>(table);
  enter_wrap<Opcode::wrap_int16, wrap_to<int16_t>, lane_bytes>(table);
  enter_wrap<Opcode::wrap_uint8, wrap_to<uint8_t>, lane_bytes>(table);
  enter_wrap<Opcode::wrap_uint16, wrap_to<uint16_t>, lane_bytes>(table);
}

template <class T, size_t lane_bytes>
struct OfLoad {
  template <InstructionForm form>
  static constexpr Step function = instruction<LoadTile<T, lane_bytes>, form>;
};

template <class T, size_t lane_bytes>
struct OfStridedLoad {
  template <InstructionForm form>
  static constexpr Step function = instruction<LoadStrided<T, lane_bytes>, form>;
};

template <class T, size_t lane_bytes, Caches caches, Ending ending>
struct OfStore {
  template <InstructionForm form>
  static constexpr Step function = store_tile<T, lane_bytes, caches, ending, form>;
};

template <Opcode opcode, class Into, class Functions>
void enter_move_of(RangeWriter& range) {
  constexpr bool is_of_scratch = opcode == Opcode::reload || opcode == Opcode::spill;
  enter_forms<Functions>(range, typename Into::OneOperandMemory());
  if constexpr (std::is_same_v<Into, IntoBoth> && !is_of_scratch) enter_forms<Functions>(range, typename Into::OneOperandArray());
  if constexpr (opcode == Opcode::load) enter_forms<Functions>(range, typename Into::OneOperandConstant());
}

template <Opcode opcode, class Functions, bool may_store_one = false, class Lanes>
void enter_move(InstructionTable& table, Lanes lanes) {
  RangeWriter range(table, opcode, lanes.dtype(), Lanes::bytes);
  if constexpr (may_store_one) {
    enter_forms<Functions>(range, IntoFirstOfA::OneOperandMemory());
    enter_forms<Functions>(range, IntoFirstOfB::OneOperandMemory());
  }
  enter_move_of<opcode, IntoA, Functions>(range);
  if constexpr (!is_complex_type<typename Lanes::Element>) {
    enter_move_of<opcode, IntoB, Functions>(range);
    enter_move_of<opcode, IntoBoth, Functions>(range);
  }
}

/// Arrays of `InArray`: an integer as wide as the elements, if these lie there as they travel.
template <class InArray, class Lanes>
void enter_array_moves(InstructionTable& table, Lanes lanes) {
  constexpr size_t bytes = Lanes::bytes;
  constexpr bool may_store_one = std::is_integral_v<InArray>;
  enter_move<Opcode::load, OfLoad<InArray, bytes>>(table, lanes);
  enter_move<Opcode::store, OfStore<InArray, bytes, Caches::use, Ending::go_on>>(table, lanes);
  enter_move<Opcode::store_last, OfStore<InArray, bytes, Caches::use, Ending::tile_done>, may_store_one>(table, lanes);
  enter_move<Opcode::stream, OfStore<InArray, bytes, Caches::bypass, Ending::go_on>>(table, lanes);
  enter_move<Opcode::stream_last, OfStore<InArray, bytes, Caches::bypass, Ending::tile_done>>(table, lanes);
}

void enter_moves(InstructionTable& table) {
  for_each_travelling([&table](auto lanes) {
    using T = typename decltype(lanes)::Element;
    constexpr size_t bytes = decltype(lanes)::bytes;
    using Travels = Bits<T, bytes>;
    enter_array_moves<std::conditional_t<is_bool_type<T>, InArray<bool>, std::conditional_t<is_complex_type<T>, InArray<T>, Travels>>>(table, lanes);
    if constexpr (!is_bool_type<T> && !is_complex_type<T>) {
      RangeWriter range(table, Opcode::load_strided, lanes.dtype(), bytes);
      enter_forms<OfStridedLoad<Travels, bytes>>(range, IntoA::OneOperandStrided());
      enter_forms<OfStridedLoad<Travels, bytes>>(range, IntoB::OneOperandStrided());
      enter_forms<OfStridedLoad<Travels, bytes>>(range, IntoBoth::OneOperandStrided());
    }
    enter_move<Opcode::reload, OfLoad<Travels, bytes>>(table, lanes);
    enter_move<Opcode::spill, OfStore<Travels, bytes, Caches::use, Ending::go_on>>(table, lanes);
  });
  for_each_stored_only([&table](auto lanes) { enter_array_moves<InArray<typename decltype(lanes)::Element>>(table, lanes); });
}

template <size_t lane_bytes>
struct OfEnd {
  template <InstructionForm form>
  static constexpr Step function = end_segment<lane_bytes, form>;
};

// The end of a segment moves nothing, so it is there for every dtype.
template <size_t lane_bytes>
void enter_end(InstructionTable& table) {
  for (size_t code = 0; code < DType::count; ++code) {
    RangeWriter range(table, Opcode::end, DType{static_cast<DType::Code>(code)}, lane_bytes);
    enter_forms<OfEnd<lane_bytes>>(range, IntoA::NoOperand());
    enter_forms<OfEnd<lane_bytes>>(range, IntoB::NoOperand());
    enter_forms<OfEnd<lane_bytes>>(range, IntoBoth::NoOperand());
  }
}

struct OfSum {
  template <InstructionForm form>
  static constexpr Step function = sum_tile<form>;
};

void enter_sum(InstructionTable& table) {
  RangeWriter range(table, Opcode::sum_last, DType{DTypeOf<double>::code}, wide_lane_bytes);
  enter_forms<OfSum>(range, IntoA::OneOperandMemory());
  enter_forms<OfSum>(range, IntoB::OneOperandMemory());
  enter_forms<OfSum>(range, IntoBoth::OneOperandMemory());
}

struct OfHostCall {
  template <InstructionForm form>
  static constexpr Step function = call_host;
};

void enter_host_call(InstructionTable& table) {
  for (const size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
    RangeWriter range(table, Opcode::call_host, DType{DTypeOf<int32_t>::code}, lane_bytes);
    enter_forms<OfHostCall>(range, Forms<InstructionForm{OperandKind::a, OperandKind::memory, OperandKind::memory}>());
  }
}

InstructionTable table;

void enter_everything() {
#define FAMILY(family) LANEWISE_UNIT_FUNCTION(family)(table);
#include "kernels/families.def"
  enter_product<Opcode::add_product, add_product>(table);
  enter_product<Opcode::subtract_product, subtract_product>(table);
  enter_product<Opcode::subtract_from_product, subtract_from_product>(table);
  enter_product<Opcode::multiply_sum, multiply_sum>(table);
  enter_product<Opcode::multiply_difference, multiply_difference>(table);
  enter_powers_of_constants(table);
  enter_sines_and_cosines(table);
  enter_wraps<narrow_lane_bytes>(table);
  enter_wraps<wide_lane_bytes>(table);
  enter_moves(table);
  enter_sum(table);
  enter_host_call(table);
  enter_end<narrow_lane_bytes>(table);
  enter_end<wide_lane_bytes>(table);
}

InstructionFunction find_function(Opcode opcode, DType dtype, size_t lane_bytes, InstructionForm form) {
  const InstructionRange range = range_of(table, opcode, dtype, lane_bytes);
  for (size_t i = range.first; i < size_t{range.first} + range.count; ++i) {
    if (table.entries[i].form == form) return table.entries[i].function;
  }
  return nullptr;
}

constexpr Target target{LANEWISE_TARGET_NAME,
                        vector_bytes,
                        run_tile,
                        run_tiles,
                        run_tiles_ahead,
                        find_function,
                        LANEWISE_UNIT_FUNCTION(reduce),
                        transpose<uint32_t>,
                        transpose<uint64_t>};

}  // namespace
}  // namespace lanewise::inline v0::kernels

extern "C" __attribute__((visibility("hidden"))) const lanewise::Target* LANEWISE_TARGET_FUNCTION() {
  lanewise::kernels::enter_everything();
  return &lanewise::kernels::target;
}
