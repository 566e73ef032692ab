// Headers in, layouts or complaints out.
#include "io/npy_header.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <lanewise/error.hpp>

namespace lanewise::inline v0 {
namespace {

// A file with a header of version 1.0, followed by `elements_bytes` zeros.
std::string file_of(const std::string& dictionary, std::size_t elements_bytes = 4'096) {
  std::string file = "\x93NUMPY";
  file += {'\1', '\0', static_cast<char>(dictionary.size() & 0xFF), static_cast<char>(dictionary.size() >> 8)};
  return file + dictionary + std::string(elements_bytes, '\0');
}

std::string file_of_version(char major, char minor, const std::string& dictionary) {
  std::string file = "\x93NUMPY";
  file += {major, minor, static_cast<char>(dictionary.size()), '\0', '\0', '\0'};
  return file + dictionary + std::string(4'096, '\0');
}

std::string described(std::string_view file) {
  const NpyHeader header = parse_npy_header(file, "x.npy");
  std::string text(header.dtype.name());
  text += header.is_fortran_order ? " fortran" : " c";
  for (const std::size_t extent : header.shape.values()) text += " " + std::to_string(extent);
  return text;
}

// The complaint without the part that names the file.
std::string complaint(std::string_view file) {
  try {
    return "read: " + described(file);
  } catch (const FileError& error) {
    const std::string what = error.what();
    EXPECT_EQ(what.substr(0, 20), "cannot use 'x.npy': ");
    return error.code() + " " + what.substr(20);
  }
}

TEST(NpyHeader, WhatNumpyWrites) {
  EXPECT_EQ(described(file_of("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }           \n")), "float64 c 3 4");
  EXPECT_EQ(described(file_of("{'descr': '|b1', 'fortran_order': True, 'shape': (3,), }\n")), "bool fortran 3");
  EXPECT_EQ(described(file_of("{'descr': '<c16', 'fortran_order': False, 'shape': (), }\n")), "complex128 c");
  EXPECT_EQ(described(file_of("{'shape': (0, 7L), 'fortran_order': False, 'descr': '<i2'}")), "int16 c 0 7");
  EXPECT_EQ(described(file_of("{\"descr\":\"<u4\",\"fortran_order\":False,\"shape\":(2,)}")), "uint32 c 2");
  EXPECT_EQ(described(file_of_version(2, 0, "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n")), "float32 c 3");
  EXPECT_EQ(described(file_of_version(3, 0, "{'descr': '<f2', 'fortran_order': False, 'shape': (3,), }\n")), "float16 c 3");
}

TEST(NpyHeader, EveryDtypeComesBack) {
  constexpr std::size_t shape[] = {2, 3};
  for (std::size_t code = 0; code < DType::count; ++code) {
    const DType dtype{static_cast<DType::Code>(code)};
    const std::string header = npy_header_text(dtype, shape);
    EXPECT_EQ(header.size() % 64, 0U);
    EXPECT_EQ(described(header + std::string(6 * dtype.size_bytes(), '\0')), std::string(dtype.name()) + " c 2 3");
  }
}

TEST(NpyHeader, WrittenAsNumpyWritesIt) {
  constexpr std::size_t shape[] = {5};
  EXPECT_EQ(npy_header_text(DType::bool_, shape).substr(10),
            "{'descr': '|b1', 'fortran_order': False, 'shape': (5,), }" + std::string(60, ' ') + "\n");
  EXPECT_EQ(npy_header_text(DType::float64, {}).substr(10),
            "{'descr': '<f8', 'fortran_order': False, 'shape': (), }" + std::string(62, ' ') + "\n");
  const std::vector<std::size_t> deep(maximum_rank, 1'000'000'000'000);
  EXPECT_EQ(npy_header_text(DType::float64, deep).size() % 64, 0U);
}

TEST(NpyHeader, Damage) {
  EXPECT_EQ(complaint(""), "E702 it is empty");
  EXPECT_EQ(complaint("a,b\n1,2\n"), "E702 it is no .npy file: it does not begin with \\x93NUMPY");
  EXPECT_EQ(complaint("\x93NUM"), "E702 it ends inside its header");
  EXPECT_EQ(complaint(file_of("{'descr'").substr(0, 12)), "E702 it ends inside its header: of 8 bytes there are 2");
  EXPECT_EQ(complaint(file_of("[1]")), "E702 its header has '[1]' at byte 10; expected a dictionary that begins with '{'");
  EXPECT_EQ(complaint(file_of("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), ")),
            "E702 its header has its end at byte 66; expected a key in quotation marks");
  EXPECT_EQ(complaint(file_of("{'descr': '<f8', 'fortran_order': 1, 'shape': (3,)}")),
            "E702 its header has '1, 'shape'' at byte 44; expected True or False");
  EXPECT_EQ(complaint(file_of("{'descr': '<f8', 'fortran_order': False}")), "E702 its header lacks the key 'shape'");
  EXPECT_EQ(complaint(file_of("{'descr': '<f8', 'descr': '<f8'}")), "E702 its header has the key 'descr' twice");
  EXPECT_EQ(complaint(file_of("{'descr': '<f8', 'order': 'C'}")),
            "E702 its header has ''order': '' at byte 27; expected one of the keys 'descr', 'fortran_order' and 'shape'");
  EXPECT_EQ(complaint(file_of("{'shape': (3), ")), "E702 its header has '), ' at byte 22; expected ',' after the only extent");
  EXPECT_EQ(complaint(file_of("{'shape': (-3,), ")), "E702 its header has '-3,), ' at byte 21; expected an extent, a number from 0 on");
  EXPECT_EQ(complaint(file_of("{'descr': '<f8")), "E702 its header has its end at byte 24; expected the closing quotation mark");
  EXPECT_EQ(complaint(file_of("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)} x")),
            "E702 its header has 'x' at byte 66; expected nothing after the dictionary");
}

TEST(NpyHeader, ShapesThatTheFileCannotHold) {
  const auto with_shape = [](const std::string& shape) {
    return file_of("{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + "}", 16);
  };
  EXPECT_EQ(complaint(with_shape("(2,)")), "read: float64 c 2");
  EXPECT_EQ(complaint(with_shape("(3,)")), "E702 its shape (3,) of float64 needs 24 bytes after the header; there are 16");
  EXPECT_EQ(complaint(with_shape("(4294967296, 4294967296)")),
            "E702 its shape (4294967296, 4294967296) multiplies to more bytes than memory can have");
  EXPECT_EQ(complaint(with_shape("(1152921504606846976,)")),
            "E702 its shape (1152921504606846976,) multiplies to more bytes than memory can have");
  EXPECT_EQ(complaint(with_shape("(2305843009213693952, 8)")),
            "E702 its shape (2305843009213693952, 8) multiplies to more bytes than memory can have");
  EXPECT_EQ(complaint(with_shape("(0, 4294967296, 4294967296)")),
            "E702 its shape (0, 4294967296, 4294967296) multiplies to more bytes than memory can have");
  EXPECT_EQ(complaint(with_shape("(99999999999999999999,)")),
            "E702 its shape has the extent 99999999999999999999, more than memory can have");
  EXPECT_EQ(complaint(with_shape("(9223372036854775808,)")),
            "E702 its shape has the extent 9223372036854775808, more than memory can have");
  std::string ones;
  for (std::size_t i = 0; i < maximum_rank; ++i) ones += "1,";
  EXPECT_EQ(complaint(with_shape("(" + ones + ")")).substr(0, 15), "read: float64 c");
  EXPECT_EQ(complaint(with_shape("(" + ones + "1)")), "E703 its array has more than 32 dimensions");
}

TEST(NpyHeader, WhatLanewiseHasNot) {
  const auto with_dtype = [](const std::string& descr) {
    return file_of("{'descr': " + descr + ", 'fortran_order': False, 'shape': (3,)}");
  };
  EXPECT_EQ(complaint(with_dtype("'>f8'")), "E703 its elements are big-endian ('>f8'); in NumPy, save x.astype('<f8')");
  EXPECT_EQ(complaint(with_dtype("'>i1'")), "read: int8 c 3");
  for (const std::string code : {"<U5", "|O", "<f16", "<M8[ns]", "f8", "|f8", "", "<", "<f", "<f88"}) {
    EXPECT_EQ(complaint(with_dtype("'" + code + "'")),
              "E703 its elements are '" + code +
                  "'; expected bool, integers of 8 to 64 bits, floats of 16 to 64 or complex of 64 or 128, as in '<f8'");
  }
  EXPECT_EQ(complaint(with_dtype("[('a', '<f8')]")), "E703 its elements are records; save each field as a file of its own");
  EXPECT_EQ(complaint(file_of_version(4, 0, "{}")), "E703 it has format 4.0; expected 1.0, 2.0 or 3.0");
  EXPECT_EQ(complaint(file_of_version(1, 7, "{}")), "E703 it has format 1.7; expected 1.0, 2.0 or 3.0");
  std::string long_text = file_of_version(2, 0, "{}");
  long_text[11] = '\x7F';
  EXPECT_EQ(complaint(long_text), "E702 its header is said to be 2130706434 bytes long; expected at most 65535");
}

// Reads a copy that ends where its memory ends, so that a sanitizer sees a step too far. Whatever is read fits into the file.
bool is_read(const std::string& file) {
  const std::unique_ptr<char[]> exact(new char[file.size()]);
  std::copy(file.begin(), file.end(), exact.get());
  try {
    const NpyHeader header = parse_npy_header({exact.get(), file.size()}, "x.npy");
    EXPECT_LE(header.size_bytes, file.size());
    EXPECT_LE(header.elements_bytes, file.size() - header.size_bytes);
    return true;
  } catch (const FileError&) {
    return false;
  }
}

TEST(NpyHeader, CutAnywhereItIsRefused) {
  constexpr std::size_t shape[] = {2, 3};
  for (const std::string& file : {npy_header_text(DType::float64, shape) + std::string(48, '\0'),
                                  file_of_version(2, 0, "{'descr': '<f8', 'fortran_order': False, 'shape': (512,), }")}) {
    EXPECT_TRUE(is_read(file));
    for (std::size_t length = 0; length < file.size(); ++length) EXPECT_FALSE(is_read(file.substr(0, length))) << length;
  }
}

TEST(NpyHeader, AnyByteChangedIsReadOrRefused) {
  constexpr std::size_t shape[] = {2, 3};
  const std::string file = npy_header_text(DType::float64, shape) + std::string(48, '\0');
  std::size_t read_count = 0;
  for (std::size_t place = 0; place + 48 < file.size(); ++place) {
    for (int value = 0; value < 256; ++value) {
      std::string changed = file;
      changed[place] = static_cast<char>(value);
      read_count += is_read(changed) ? 1 : 0;
      read_count += is_read(changed.erase(place, 1)) ? 1 : 0;
      read_count += is_read(std::string(file).insert(place, 1, static_cast<char>(value))) ? 1 : 0;
    }
  }
  EXPECT_GT(read_count, 0U);
}

TEST(NpyHeader, RandomDictionariesAreReadOrRefused) {
  constexpr std::string_view pieces[] = {"{",     "}",    "(",     ")",       "[",       ",",
                                         ":",     "'",    "\"",    "'descr'", "'shape'", "'fortran_order'",
                                         "'<f8'", "True", "False", "1",       "0",       "9223372036854775807",
                                         "L",     " ",    "\n",    "-",       "\\",      "\xFF"};
  std::uint64_t state = 1;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      text += pieces[(state >> 33) % std::size(pieces)];
    }
    is_read(file_of(text, 8));
  }
}

}  // namespace
}  // namespace lanewise::inline v0
