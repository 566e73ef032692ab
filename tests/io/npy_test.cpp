// Mapped files as inputs of expressions.
#include <lanewise/io.hpp>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include <lanewise/lanewise.hpp>

#include "io/temporary_folder.hpp"

namespace lanewise::inline v0 {
namespace {

template <class T>
std::string file_of(const std::string& descr, const std::string& order, const std::string& shape, const std::vector<T>& elements,
                    std::size_t pad = 0) {
  const std::string text =
      "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }" + std::string(pad, ' ') + "\n";
  std::string file = "\x93NUMPY";
  file += {'\1', '\0', static_cast<char>(text.size()), '\0'};
  file += text;
  return file.append(reinterpret_cast<const char*>(elements.data()), elements.size() * sizeof(T));
}

std::vector<double> doubles(const ArrayView& view) {
  const Array array = evaluate("float64(x)", {{"x", view}}, {.evaluate = {.order = Order::c}});
  return {array.span<double>().begin(), array.span<double>().end()};
}

TEST(LoadNpy, ElementsAtAnyAddress) {
  const TemporaryFolder folder;
  for (std::size_t pad = 0; pad < 16; ++pad) {
    const MappedArray x = load_npy(folder.write("x.npy", file_of<double>("<f8", "False", "(3,)", {1.5, -2, 4}, pad)));
    EXPECT_EQ(doubles(x), (std::vector<double>{1.5, -2, 4}));
    const MappedArray n = load_npy(folder.write("n.npy", file_of<std::int16_t>("<i2", "False", "(3,)", {1, -2, 30'000}, pad)));
    EXPECT_EQ(doubles(n), (std::vector<double>{1, -2, 30'000}));
  }
}

TEST(LoadNpy, BothOrders) {
  const TemporaryFolder folder;
  const MappedArray c = load_npy(folder.write("c.npy", file_of<float>("<f4", "False", "(2, 3)", {0, 1, 2, 3, 4, 5})));
  const MappedArray fortran = load_npy(folder.write("f.npy", file_of<float>("<f4", "True", "(2, 3)", {0, 3, 1, 4, 2, 5})));
  EXPECT_EQ(fortran.strides_bytes()[0], 4);
  EXPECT_EQ(fortran.strides_bytes()[1], 8);
  EXPECT_EQ(doubles(c), doubles(fortran));
  EXPECT_EQ(evaluate("all(c == f)", {{"c", c}, {"f", fortran}}).item<bool>(), true);
  const MappedArray empty = load_npy(folder.write("e.npy", file_of<float>("<f4", "True", "(2, 0, 3)", {})));
  EXPECT_EQ(empty.size(), 0U);
  EXPECT_EQ(evaluate("sum(x)", {{"x", empty}}).item<float>(), 0);
}

TEST(LoadNpy, AnyByteButZeroIsTrue) {
  const TemporaryFolder folder;
  const MappedArray b = load_npy(folder.write("b.npy", file_of<std::uint8_t>("|b1", "False", "(4,)", {0, 1, 2, 255})));
  EXPECT_EQ(doubles(b), (std::vector<double>{0, 1, 1, 1}));
}

TEST(LoadNpy, ScalarsAndWhatFollowsTheElements) {
  const TemporaryFolder folder;
  EXPECT_EQ(evaluate("x*2", {{"x", load_npy(folder.write("s.npy", file_of<double>("<f8", "False", "()", {21})))}}).item<double>(), 42);
  EXPECT_EQ(doubles(load_npy(folder.write("l.npy", file_of<double>("<f8", "False", "(1,)", {1, 2, 3})))), std::vector<double>{1});
}

TEST(LoadNpy, CopiesShareTheFileEvenWhenItIsGone) {
  const TemporaryFolder folder;
  const std::string path = folder.write("x.npy", file_of<double>("<f8", "False", "(2,)", {3, 4}));
  std::optional<MappedArray> first = load_npy(path);
  const MappedArray second = std::move(*first);
  EXPECT_EQ(doubles(*first), (std::vector<double>{3, 4}));
  first.reset();
  std::filesystem::remove(path);
  EXPECT_EQ(doubles(second), (std::vector<double>{3, 4}));
}

TEST(LoadNpy, ExampleOfTheHeader) {
  const TemporaryFolder folder;
  const std::string path = folder.write("x.npy", file_of<double>("<f8", "False", "(2,)", {3, 4}));
  double s = lanewise::evaluate("sum(x)", {{"x", lanewise::load_npy(path)}}).item<double>();
  EXPECT_EQ(s, 7);
}

std::string complaint(const std::string& path) {
  try {
    load_npy(path);
    return "";
  } catch (const FileError& error) {
    return error.report();
  }
}

TEST(LoadNpy, FilesThatCannotBeRead) {
  const TemporaryFolder folder;
  const std::string pipe = folder / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(complaint("/nowhere/x.npy"), "error E701: cannot read '/nowhere/x.npy': No such file or directory");
  EXPECT_EQ(complaint("/"), "error E701: cannot read '/': Is a directory");
  EXPECT_EQ(complaint(pipe),
            "error E701: cannot read '" + pipe + "': it is no regular file, and only these can be mapped; copy its content to one");
  const std::string empty = folder.write("empty.npy", "");
  EXPECT_EQ(complaint(empty), "error E702: cannot use '" + empty + "': it is empty");
  const std::string cut = folder.write("cut.npy", file_of<double>("<f8", "False", "(9,)", {1, 2}));
  EXPECT_EQ(complaint(cut),
            "error E702: cannot use '" + cut + "': its shape (9,) of float64 needs 72 bytes after the header; there are 16");
}

}  // namespace
}  // namespace lanewise::inline v0
