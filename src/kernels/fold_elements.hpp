#pragma once
// From elements in memory to accumulators and back to results, by dtype.

#include "kernels/fold_steps.hpp"
#include "kernels/half_float.hpp"

namespace lanewise::inline v0::kernels {
namespace {

/// The bits of a float16, and a complex element with parts of a type.
struct Half {
  uint16_t bits;
};
template <class Part>
struct ComplexElement {
  Part real, imaginary;
};

template <class Element>
struct AccumulatorOf {
  using Type = int64_t;
};
template <>
struct AccumulatorOf<uint64_t> {
  using Type = uint64_t;
};
template <>
struct AccumulatorOf<Half> {
  using Type = double;
};
template <>
struct AccumulatorOf<float> {
  using Type = double;
};
template <>
struct AccumulatorOf<double> {
  using Type = double;
};

/// From any address. A vector of one lane is loaded as a scalar is, which has to be aligned.
template <class D>
LANEWISE_INLINE hn::Vec<D> load_anywhere(D d, const Bytes* address) {
  using Element = hn::TFromD<D>;
  if constexpr (lane_count<D> == 1) {
    Element element;
    memcpy(&element, address, sizeof(element));
    return hn::Set(d, element);
  } else {
    return hn::LoadU(d, reinterpret_cast<const Element*>(address));
  }
}

template <class Element, class D>
LANEWISE_INLINE hn::Vec<D> load_elements(D d, const Bytes* address) {
  if constexpr (hwy::IsSame<Element, hn::TFromD<D>>()) {
    return load_anywhere(d, address);
  } else if constexpr (hwy::IsSame<Element, bool>()) {
    const hn::RebindToSigned<D> bits;
    const auto bytes = load_elements<uint8_t>(bits, address);
    return hn::IfThenElseZero(hn::Gt(bytes, hn::Zero(bits)), hn::Set(bits, 1));
  } else if constexpr (hwy::IsSame<Element, Half>()) {
    const hn::Rebind<float, D> floats;
    const hn::Rebind<uint16_t, D> halves;
    return hn::PromoteTo(d, float_of_half(floats, load_anywhere(halves, address)));
  } else if constexpr (sizeof(Element) == 4) {
    const hn::Rebind<Element, D> narrow;
    const auto elements = load_anywhere(narrow, address);
    if constexpr (hwy::IsFloat<Element>() || hwy::IsSigned<Element>()) {
      return hn::PromoteTo(d, elements);
    } else {
      return hn::BitCast(d, hn::PromoteTo(hn::RebindToUnsigned<D>(), elements));
    }
  } else {
    using Middle = hwy::MakeSigned<hwy::UnsignedFromSize<4>>;
    const hn::Rebind<Element, D> narrow;
    const hn::Rebind<Middle, D> middle;
    return hn::PromoteTo(d, hn::PromoteTo(middle, load_anywhere(narrow, address)));
  }
}

/// The half with the value of a float that is one exactly.
LANEWISE_INLINE Half float_to_half(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof(bits));
  const uint32_t sign = bits >> 16 & 0x8000U;
  const uint32_t magnitude = bits & 0x7FFFFFFFU;
  if (magnitude > 0x7F800000U) return {static_cast<uint16_t>(sign | 0x7E00U)};
  if (magnitude == 0x7F800000U) return {static_cast<uint16_t>(sign | 0x7C00U)};
  if (magnitude >= 0x38800000U) return {static_cast<uint16_t>(sign | (magnitude - 0x38000000U) >> 13)};
  const float units = (value < 0 ? -value : value) * 0x1p24F;  // of a subnormal half
  return {static_cast<uint16_t>(sign | static_cast<uint32_t>(units))};
}

template <class Element, class Accumulator>
LANEWISE_INLINE Element to_element(Accumulator value) {
  if constexpr (hwy::IsSame<Element, Half>()) {
    return float_to_half(static_cast<float>(value));
  } else {
    return static_cast<Element>(value);
  }
}

template <class D>
LANEWISE_INLINE hn::Vec<D> read_plane(D d, const Bytes* accumulators) {
  return hn::LoadU(d, reinterpret_cast<const hn::TFromD<D>*>(accumulators));
}
template <class D>
LANEWISE_INLINE void write_plane(D d, Bytes* accumulators, hn::Vec<D> value) {
  hn::StoreU(value, d, reinterpret_cast<hn::TFromD<D>*>(accumulators));
}

template <class Accumulator>
LANEWISE_INLINE Accumulator read_accumulator(const Bytes* accumulator) {
  Accumulator value;
  memcpy(&value, accumulator, sizeof(value));
  return value;
}

/// The caller's memory may begin at any address.
template <class Element>
LANEWISE_INLINE void write_result(void* results, size_t lane, Element value) {
  memcpy(static_cast<Bytes*>(results) + lane * sizeof(value), &value, sizeof(value));
}

/// Elements fold to a value of their own dtype.
template <class BodyType, class ElementType>
struct FoldOfValues {
  using Body = BodyType;
  using Element = ElementType;
  using Accumulator = typename AccumulatorOf<Element>::Type;
  static constexpr size_t planes = 1;
  static constexpr bool has_positions = false;
  static constexpr bool is_short = hwy::IsSame<Element, Accumulator>() && requires { Body::is_short; };
  static constexpr bool is_summed_by_programs = hwy::IsSame<Element, double>() && requires { Body::neutral; };
  static constexpr bool has_quick = hwy::IsFloat<Accumulator>() && requires { &Body::template quick<hn::ScalableTag<Accumulator>>; };
  static constexpr size_t result_bytes = sizeof(Element);
  template <class D>
  struct Value {
    hn::Vec<D> v;
  };

  template <class D>
  static LANEWISE_INLINE Value<D> load(D d, const Bytes* elements, size_t, bool) {
    return {load_elements<Element>(d, elements)};
  }
  template <class D>
  static LANEWISE_INLINE Value<D> combine(D d, Value<D> x, Value<D> y) {
    return {Body::combine(d, x.v, y.v)};
  }
  template <class D>
  static LANEWISE_INLINE Value<D> quick(D d, Value<D> x, Value<D> y) {
    return {Body::quick(d, x.v, y.v)};
  }
  template <class D>
  static LANEWISE_INLINE Value<D> read(D d, const Bytes* accumulators, size_t) {
    return {read_plane(d, accumulators)};
  }
  template <class D>
  static LANEWISE_INLINE void write(D d, Bytes* accumulators, size_t, Value<D> value) {
    write_plane(d, accumulators, value.v);
  }
  static LANEWISE_INLINE void store_result(void* results, size_t lane, const Bytes* accumulator, size_t) {
    auto value = read_accumulator<Accumulator>(accumulator);
    if constexpr (requires { Body::result(value); }) value = Body::result(value);
    write_result(results, lane, to_element<Element>(value));
  }
  static LANEWISE_INLINE void store_empty([[maybe_unused]] void* results, [[maybe_unused]] size_t lane) {
    if constexpr (requires { Body::of_nothing; }) {
      write_result(results, lane, to_element<Element>(static_cast<Accumulator>(Body::of_nothing)));
    }
  }
};

/// Elements fold to the position of one of them: the first of those that are equally good.
template <class Body, class ElementType>
struct FoldOfPositions {
  using Element = ElementType;
  using Accumulator = typename AccumulatorOf<Element>::Type;
  static constexpr size_t planes = 2;
  static constexpr bool has_positions = true;
  static constexpr bool is_short = false;
  static constexpr bool is_summed_by_programs = false;
  static constexpr bool has_quick = false;
  static constexpr size_t result_bytes = sizeof(int64_t);
  template <class D>
  struct Value {
    hn::Vec<D> v;
    hn::Vec<hn::RebindToSigned<D>> position;
  };

  template <class D>
  static LANEWISE_INLINE Value<D> load(D d, const Bytes* elements, size_t position, bool advances) {
    const hn::RebindToSigned<D> positions;
    const auto first = static_cast<int64_t>(position);
    return {load_elements<Element>(d, elements), advances ? hn::Iota(positions, first) : hn::Set(positions, first)};
  }
  template <class D>
  static LANEWISE_INLINE Value<D> combine(D d, Value<D> x, Value<D> y) {
    const hn::RebindToSigned<D> positions;
    const auto neither = hn::Not(hn::Or(Body::wins(d, y.v, x.v), Body::wins(d, x.v, y.v)));
    const auto is_before = hn::RebindMask(d, hn::Lt(y.position, x.position));
    const auto takes_y = hn::Or(Body::wins(d, y.v, x.v), hn::And(neither, is_before));
    return {hn::IfThenElse(takes_y, y.v, x.v), hn::IfThenElse(hn::RebindMask(positions, takes_y), y.position, x.position)};
  }
  template <class D>
  static LANEWISE_INLINE Value<D> read(D d, const Bytes* accumulators, size_t plane) {
    return {read_plane(d, accumulators), read_plane(hn::RebindToSigned<D>(), accumulators + plane)};
  }
  template <class D>
  static LANEWISE_INLINE void write(D d, Bytes* accumulators, size_t plane, Value<D> value) {
    write_plane(d, accumulators, value.v);
    write_plane(hn::RebindToSigned<D>(), accumulators + plane, value.position);
  }
  static LANEWISE_INLINE void store_result(void* results, size_t lane, const Bytes* accumulator, size_t plane) {
    write_result(results, lane, read_accumulator<int64_t>(accumulator + plane));
  }
  static LANEWISE_INLINE void store_empty(void*, size_t) {}
};

/// Complex elements multiply: (a + bi)(c + di) is (ac - bd) + (ad + bc)i.
template <class Part>
struct FoldOfComplexProduct {
  using Element = ComplexElement<Part>;
  using Accumulator = double;
  static constexpr size_t planes = 2;
  static constexpr bool has_positions = false;
  static constexpr bool is_short = false;
  static constexpr bool is_summed_by_programs = false;
  static constexpr bool has_quick = false;
  static constexpr size_t result_bytes = sizeof(Element);
  template <class D>
  struct Value {
    hn::Vec<D> re, im;
  };

  template <class D>
  static LANEWISE_INLINE Value<D> load(D d, const Bytes* elements, size_t, bool) {
    alignas(vector_bytes) double re[lane_count<D>];
    alignas(vector_bytes) double im[lane_count<D>];
    for (size_t i = 0; i < lane_count<D>; ++i) {
      Element element;
      memcpy(&element, elements + i * sizeof(Element), sizeof(Element));
      re[i] = static_cast<double>(element.real);
      im[i] = static_cast<double>(element.imaginary);
    }
    return {hn::Load(d, re), hn::Load(d, im)};
  }
  template <class D>
  static LANEWISE_INLINE Value<D> combine(D, Value<D> x, Value<D> y) {
    return {hn::Sub(hn::Mul(x.re, y.re), hn::Mul(x.im, y.im)), hn::Add(hn::Mul(x.re, y.im), hn::Mul(x.im, y.re))};
  }
  template <class D>
  static LANEWISE_INLINE Value<D> read(D d, const Bytes* accumulators, size_t plane) {
    return {read_plane(d, accumulators), read_plane(d, accumulators + plane)};
  }
  template <class D>
  static LANEWISE_INLINE void write(D d, Bytes* accumulators, size_t plane, Value<D> value) {
    write_plane(d, accumulators, value.re);
    write_plane(d, accumulators + plane, value.im);
  }
  static LANEWISE_INLINE void store_result(void* results, size_t lane, const Bytes* accumulator, size_t plane) {
    write_result(results, lane,
                 Element{static_cast<Part>(read_accumulator<double>(accumulator)), static_cast<Part>(read_accumulator<double>(accumulator + plane))});
  }
  static LANEWISE_INLINE void store_empty(void* results, size_t lane) { write_result(results, lane, Element{Part{1}, Part{0}}); }
};

}  // namespace
}  // namespace lanewise::inline v0::kernels
