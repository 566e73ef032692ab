// Logic and bits, in scalar code.

#include <bit>

#include "kernels/operation_oracle.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

template <class Function>
OperationOracle of_bits(Function function) {
  return exactly<bool, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t>(function);
}

const RegisterOracle logical_or(OperationId::logical_or, exactly<bool>([](bool x, bool y) { return x || y; }));
const RegisterOracle logical_and(OperationId::logical_and, exactly<bool>([](bool x, bool y) { return x && y; }));
const RegisterOracle logical_not(OperationId::logical_not, exactly<bool>([](bool x) { return !x; }));

const RegisterOracle bitwise_or(OperationId::bitwise_or, of_bits([]<class T>(T x, T y) { return static_cast<T>(x | y); }));
const RegisterOracle bitwise_xor(OperationId::bitwise_xor, of_bits([]<class T>(T x, T y) { return static_cast<T>(x ^ y); }));
const RegisterOracle bitwise_and(OperationId::bitwise_and, of_bits([]<class T>(T x, T y) { return static_cast<T>(x & y); }));
const RegisterOracle invert(OperationId::invert, of_bits([]<class T>(T x) -> T {
                              if constexpr (std::is_same_v<T, bool>)
                                return !x;
                              else
                                return ~x;
                            }));

// A count outside the width shifts every bit out.
template <class T>
bool is_inside_width(T count) {
  return count >= 0 && count < static_cast<T>(8 * sizeof(T));
}

const RegisterOracle left_shift(OperationId::left_shift, exactly_of_integers([]<class T>(T x, T count) {
                                  return is_inside_width(count) ? static_cast<T>(static_cast<std::make_unsigned_t<T>>(x) << count) : T{0};
                                }));
const RegisterOracle right_shift(OperationId::right_shift, exactly_of_integers([]<class T>(T x, T count) {
                                   return static_cast<T>(is_inside_width(count) ? x >> count : x < 0 ? -1 : 0);
                                 }));

const RegisterOracle popcount(OperationId::popcount, exactly_of_integers([]<class T>(T x) -> std::uint8_t {
                                using Bits = std::make_unsigned_t<T>;
                                const Bits magnitude = x < 0 ? static_cast<Bits>(0 - static_cast<Bits>(x)) : static_cast<Bits>(x);
                                return static_cast<std::uint8_t>(std::popcount(magnitude));
                              }));

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
