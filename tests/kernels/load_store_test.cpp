// Instructions that move tiles: every dtype, aligned and not, from constants, through scratch tiles, past the caches; and the order of
// segments.

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "kernels/operand_grid.hpp"

namespace lanewise::inline v0::kernel_tests {
namespace {

using Kind = OperandKind;

constexpr std::size_t element_count = 1024;

/// 64-byte aligned room for an array, with guard bytes behind.
struct alignas(64) Memory {
  std::array<std::byte, 64 + element_count * 16 + 64> bytes;
};

struct alignas(64) ScratchTile {
  std::array<std::byte, 512> bytes;
};

BoundInstruction instruction(const Target& target, Opcode opcode, DType dtype, std::size_t lane_bytes, InstructionForm form,
                             const void* memory, std::int32_t mask) {
  BoundInstruction bound{};
  bound.function = target.find(opcode, dtype, lane_bytes, form);
  EXPECT_NE(bound.function, nullptr) << target.name << " " << static_cast<int>(opcode) << " " << dtype.name();
  bound.left.read = memory;
  bound.left_mask = mask;
  return bound;
}

/// A segment that leaves each tile in scratch.
std::array<BoundInstruction, 3> load_and_spill(const Target& target, DType dtype, std::size_t lane_bytes, Kind accumulator, const Memory& from,
                                               const ScratchTile& scratch) {
  const InstructionForm form{accumulator, Kind::memory, Kind::none};
  return {instruction(target, Opcode::load, dtype, lane_bytes, form, from.bytes.data(), -1),
          instruction(target, Opcode::spill, travelling_dtype(dtype), lane_bytes, form, scratch.bytes.data(), 0),
          instruction(target, Opcode::end, DType::float64, lane_bytes, {accumulator, Kind::none, Kind::none}, nullptr, 0)};
}

/// Calls `check(target, dtype, lane_bytes, accumulator)` for all there are.
template <class Check>
void for_all(Check check) {
  for (const Target* target : runnable_targets()) {
    for (std::size_t code = 0; code < DType::count; ++code) {
      const DType dtype{static_cast<DType::Code>(code)};
      for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
        if (lane_bytes_of(dtype) > lane_bytes) continue;
        check(*target, dtype, lane_bytes, Kind::a);
        if (dtype.is_complex()) continue;
        check(*target, dtype, lane_bytes, Kind::b);
        check(*target, dtype, lane_bytes, Kind::both);
      }
    }
  }
}

void fill(Memory& memory, std::size_t offset, DType dtype) {
  memory.bytes.fill(std::byte{0x5A});
  const std::vector<Scalar> values = random_values(dtype, element_count, 11);
  for (std::size_t i = 0; i < element_count; ++i) values[i].write(&memory.bytes[offset + i * dtype.size_bytes()]);
}

TEST(LoadStore, CopiesArraysOfEveryDTypeAndTouchesNothingElse) {
  for_all([](const Target& target, DType dtype, std::size_t lane_bytes, Kind accumulator) {
    for (const auto& [stream, kind] : {std::pair{false, Kind::memory}, {true, Kind::memory}, {false, Kind::array}, {true, Kind::array}}) {
      if (kind == Kind::array && accumulator != Kind::both) continue;
      const std::int32_t mask = kind == Kind::array ? 0 : -1;  // which arrays have none of
      for (const std::size_t offset_elements : {0U, 1U, 3U}) {
        const auto from = std::make_unique<Memory>(), to = std::make_unique<Memory>(), expected = std::make_unique<Memory>();
        const std::size_t offset = offset_elements * dtype.size_bytes(), to_offset = stream ? 0 : 2 * offset;
        fill(*from, offset, dtype);
        to->bytes.fill(std::byte{0x77});
        *expected = *to;
        std::memcpy(&expected->bytes[to_offset], &from->bytes[offset], element_count * dtype.size_bytes());
        const InstructionForm form{accumulator, kind, Kind::none};
        const BoundInstruction program[] = {
            instruction(target, Opcode::load, dtype, lane_bytes, form, &from->bytes[offset], mask),
            instruction(target, stream ? Opcode::stream_last : Opcode::store_last, dtype, lane_bytes, form, &to->bytes[to_offset], mask)};
        const BoundInstruction* const segment = program;
        target.run_tiles(&segment, 1, 0, element_count, tile_length(target, lane_bytes, accumulator));
        EXPECT_TRUE(to->bytes == expected->bytes)
            << target.name << " " << dtype.name() << " lanes of " << lane_bytes << " offset " << offset;
      }
    }
  });
}

TEST(LoadStore, WritesOneElementAndTouchesNothingElse) {
  for_all([](const Target& target, DType dtype, std::size_t lane_bytes, Kind accumulator) {
    if (accumulator == Kind::both) return;
    const Kind first = accumulator == Kind::a ? Kind::first_of_a : Kind::first_of_b;
    const bool has_form = !dtype.is_bool() && !dtype.is_complex() && dtype == travelling_dtype(dtype);
    ASSERT_EQ(target.find(Opcode::store_last, dtype, lane_bytes, {first, Kind::memory, Kind::none}) != nullptr, has_form) << dtype.name();
    if (!has_form) return;
    const auto from = std::make_unique<Memory>(), to = std::make_unique<Memory>(), expected = std::make_unique<Memory>();
    fill(*from, 0, dtype);
    to->bytes.fill(std::byte{0x77});
    *expected = *to;
    std::memcpy(&expected->bytes[3], from->bytes.data(), dtype.size_bytes());
    const BoundInstruction program[] = {
        instruction(target, Opcode::load, dtype, lane_bytes, {accumulator, Kind::memory, Kind::none}, from->bytes.data(), -1),
        instruction(target, Opcode::store_last, dtype, lane_bytes, {first, Kind::memory, Kind::none}, &to->bytes[3], -1)};
    const BoundInstruction* const segment = program;
    target.run_tile(&segment, 1);
    EXPECT_TRUE(to->bytes == expected->bytes) << target.name << " " << dtype.name() << " lanes of " << lane_bytes;
  });
}

TEST(LoadStore, StepsOverGaps) {
  for_all([](const Target& target, DType dtype, std::size_t lane_bytes, Kind accumulator) {
    const InstructionForm strided{accumulator, Kind::memory, Kind::constant};
    const auto size = static_cast<std::ptrdiff_t>(dtype.size_bytes());
    const bool has_form = !dtype.is_bool() && !dtype.is_complex() && dtype == travelling_dtype(dtype);
    ASSERT_EQ(target.find(Opcode::load_strided, dtype, lane_bytes, strided) != nullptr, has_form) << dtype.name();
    if (!has_form) return;
    for (const std::ptrdiff_t step : {std::ptrdiff_t{0}, size, 2 * size, 7 * size, 3 * size + 1, -size, -5 * size, -2 * size - 3}) {
      constexpr std::size_t count = whole_tiles;
      const auto from = std::make_unique<Memory>(), to = std::make_unique<Memory>();
      fill(*from, 0, dtype);
      const std::size_t reach = (count - 1) * static_cast<std::size_t>(std::abs(step));
      ASSERT_LE(reach + dtype.size_bytes(), from->bytes.size());
      const std::byte* first = from->bytes.data() + (step < 0 ? reach : 0);
      BoundInstruction program[] = {
          instruction(target, Opcode::load_strided, dtype, lane_bytes, strided, first, -1),
          instruction(target, Opcode::store_last, dtype, lane_bytes, {accumulator, Kind::memory, Kind::none}, to->bytes.data(), -1)};
      program[0].right.constant = static_cast<std::uint64_t>(step);
      const BoundInstruction* const segment = program;
      target.run_tiles(&segment, 1, 0, count, tile_length(target, lane_bytes, accumulator));
      for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(std::memcmp(&to->bytes[i * dtype.size_bytes()], first + static_cast<std::ptrdiff_t>(i) * step, dtype.size_bytes()), 0)
            << target.name << " " << dtype.name() << " lanes of " << lane_bytes << " step " << step << " element " << i;
      }
    }
  });
}

TEST(LoadStore, KeepsValuesInScratchTilesBetweenSegments) {
  for_all([](const Target& target, DType dtype, std::size_t lane_bytes, Kind accumulator) {
    const auto from = std::make_unique<Memory>(), to = std::make_unique<Memory>(), twin = std::make_unique<Memory>();
    const auto scratch = std::make_unique<ScratchTile>();
    fill(*from, 0, dtype);
    const InstructionForm form{accumulator, Kind::memory, Kind::none};
    const auto first = load_and_spill(target, dtype, lane_bytes, accumulator, *from, *scratch);
    const BoundInstruction second[] = {
        instruction(target, Opcode::reload, travelling_dtype(dtype), lane_bytes, form, scratch->bytes.data(), 0),
        instruction(target, Opcode::stream, dtype, lane_bytes, form, twin->bytes.data(), -1),
        instruction(target, Opcode::store, dtype, lane_bytes, form, to->bytes.data(), -1),
        instruction(target, Opcode::end, DType::float64, lane_bytes, {accumulator, Kind::none, Kind::none}, nullptr, 0)};
    const BoundInstruction* const segments[] = {first.data(), second};
    target.run_tiles(segments, 2, 0, element_count, tile_length(target, lane_bytes, accumulator));
    EXPECT_EQ(std::memcmp(from->bytes.data(), to->bytes.data(), element_count * dtype.size_bytes()), 0)
        << target.name << " " << dtype.name();
    EXPECT_EQ(std::memcmp(from->bytes.data(), twin->bytes.data(), element_count * dtype.size_bytes()), 0)
        << target.name << " " << dtype.name();
  });
}

TEST(LoadStore, RunsPartByPart) {
  struct CopyingParts : TileParts {
    const Memory& buffer;
    Memory& to;
    std::size_t part_bytes;
    static void copy(const TileParts& parts, std::size_t first) {
      const auto& copying = static_cast<const CopyingParts&>(parts);
      std::memcpy(copying.to.bytes.data() + first / parts.length * copying.part_bytes, copying.buffer.bytes.data(), copying.part_bytes);
    }
  };
  for_all([](const Target& target, DType dtype, std::size_t lane_bytes, Kind accumulator) {
    const std::size_t tile = tile_length(target, lane_bytes, accumulator);
    const InstructionForm form{accumulator, Kind::memory, Kind::none};
    for (const std::size_t length : {tile, 4 * tile}) {
      const auto from = std::make_unique<Memory>(), buffer = std::make_unique<Memory>(), to = std::make_unique<Memory>();
      fill(*from, 0, dtype);
      const BoundInstruction program[] = {
          instruction(target, Opcode::load, dtype, lane_bytes, form, from->bytes.data(), -1),
          instruction(target, Opcode::store_last, dtype, lane_bytes, form, buffer->bytes.data(), static_cast<std::int32_t>(length) - 1)};
      const BoundInstruction* const segment = program;
      const CopyingParts parts{{length, CopyingParts::copy}, *buffer, *to, length * dtype.size_bytes()};
      const InputStream stream{from->bytes.data() + 1024, nullptr, dtype.size_bytes()};
      for (const std::size_t stream_count : {0U, 1U}) {
        to->bytes.fill(std::byte{0});
        target.run_tiles_ahead(&segment, 1, 0, 8 * tile, tile, &stream, stream_count, &parts);
        ASSERT_EQ(std::memcmp(from->bytes.data(), to->bytes.data(), 8 * tile * dtype.size_bytes()), 0) << target.name << " " << dtype.name();
      }
    }
  });
}

TEST(LoadStore, IsTheSameWhereLaterTilesAreAskedFor) {
  const std::vector<std::size_t> element_bytes = {8, 8, 8, 8, 4, 1, 200, 8};
  for_all([&](const Target& target, DType dtype, std::size_t lane_bytes, Kind accumulator) {
    const auto from = std::make_unique<Memory>();
    const auto scratch = std::make_unique<ScratchTile>();
    fill(*from, 0, dtype);
    const InstructionForm form{accumulator, Kind::memory, Kind::none};
    for (const bool is_twice : {false, true}) {
      std::vector<InputStream> streams;
      for (const std::size_t bytes : element_bytes) {
        streams.push_back({from->bytes.data() + 1024, is_twice ? from->bytes.data() + 4096 : nullptr, bytes});
        const auto to = std::make_unique<Memory>();
        to->bytes.fill(std::byte{0x5A});
        const auto first = load_and_spill(target, dtype, lane_bytes, accumulator, *from, *scratch);
        const BoundInstruction second[] = {
            instruction(target, Opcode::reload, travelling_dtype(dtype), lane_bytes, form, scratch->bytes.data(), 0),
            instruction(target, Opcode::store_last, dtype, lane_bytes, form, to->bytes.data(), -1)};
        const BoundInstruction whole[] = {first[0], second[1]};
        const std::size_t length = tile_length(target, lane_bytes, accumulator), half = element_count / 2;
        const BoundInstruction* const two[] = {first.data(), second};
        const BoundInstruction* const one[] = {whole};
        target.run_tiles_ahead(two, 2, 0, half, length, streams.data(), streams.size(), nullptr);
        target.run_tiles_ahead(one, 1, half, element_count - 3, length, streams.data(), streams.size(), nullptr);
        const std::size_t end = (element_count - 3) * dtype.size_bytes();
        ASSERT_EQ(std::memcmp(from->bytes.data(), to->bytes.data(), end), 0) << target.name << " " << dtype.name() << ", " << streams.size();
        EXPECT_EQ(to->bytes[end], std::byte{0x5A});
      }
    }
  });
}

TEST(LoadStore, LoadsConstantsIntoAllLanes) {
  for_all([](const Target& target, DType dtype, std::size_t lane_bytes, Kind accumulator) {
    const auto to = std::make_unique<Memory>();
    for (const Scalar value : special_values(dtype)) {
      BoundInstruction program[] = {
          instruction(target, Opcode::load, dtype, lane_bytes, {accumulator, Kind::constant, Kind::none}, nullptr, 0),
          instruction(target, Opcode::store_last, dtype, lane_bytes, {accumulator, Kind::memory, Kind::none}, to->bytes.data(), -1)};
      program[0].left.constant = value.travelling_bits();
      if (dtype.is_complex()) program[0].right.constant = value.imaginary_bits;
      const BoundInstruction* const segment = program;
      target.run_tiles(&segment, 1, 0, whole_tiles, tile_length(target, lane_bytes, accumulator));
      std::array<std::byte, 16> expected;
      value.write(expected.data());
      for (std::size_t i = 0; i < whole_tiles; ++i) {
        ASSERT_EQ(std::memcmp(&to->bytes[i * dtype.size_bytes()], expected.data(), dtype.size_bytes()), 0)
            << target.name << " " << to_text(value);
      }
    }
  });
}

TEST(LoadStore, AnyByteButZeroIsTrue) {
  for (const Target* target : runnable_targets()) {
    for (const std::size_t lane_bytes : {narrow_lane_bytes, wide_lane_bytes}) {
      std::array<unsigned char, 256> from{}, to{};
      for (std::size_t i = 0; i < from.size(); ++i) from[i] = static_cast<unsigned char>(i);
      const InstructionForm form{Kind::a, Kind::memory, Kind::none};
      const BoundInstruction program[] = {instruction(*target, Opcode::load, DType::bool_, lane_bytes, form, from.data(), -1),
                                          instruction(*target, Opcode::store_last, DType::bool_, lane_bytes, form, to.data(), -1)};
      const BoundInstruction* const segment = program;
      target->run_tiles(&segment, 1, 0, from.size(), target->tile_length(lane_bytes));
      for (std::size_t i = 0; i < from.size(); ++i) EXPECT_EQ(to[i], i != 0) << i;
    }
  }
}

TEST(LoadStore, StartsAtTheFirstElementAndRepeatsAPeriodicBlock) {
  for (const Target* target : runnable_targets()) {
    std::array<double, element_count> to{};
    alignas(64) std::array<double, 32> period{};
    for (std::size_t i = 0; i < period.size(); ++i) period[i] = static_cast<double>(i);
    const InstructionForm form{Kind::a, Kind::memory, Kind::none};
    const BoundInstruction program[] = {instruction(*target, Opcode::load, DType::float64, wide_lane_bytes, form, period.data(), 31),
                                        instruction(*target, Opcode::store_last, DType::float64, wide_lane_bytes, form, to.data(), -1)};
    const BoundInstruction* const segment = program;
    target->run_tiles(&segment, 1, 64, 128, target->tile_length(8));
    for (std::size_t i = 0; i < to.size(); ++i) EXPECT_EQ(to[i], i >= 64 && i < 128 ? static_cast<double>(i % 32) : 0.0) << i;
  }
}

}  // namespace
}  // namespace lanewise::inline v0::kernel_tests
