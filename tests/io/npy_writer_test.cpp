// Files that appear whole or not at all.
#include <lanewise/io.hpp>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <lanewise/lanewise.hpp>

#include "io/temporary_folder.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::array<std::size_t, 1> three{3};

std::vector<double> doubles(const std::string& path) {
  const Array array = evaluate("float64(x)", {{"x", load_npy(path)}});
  return {array.span<double>().begin(), array.span<double>().end()};
}

void write(const std::string& path, const std::string& text) {
  NpyWriter file(path, DType::float64, three);
  evaluate(text, {}, file.array());
  file.commit();
}

TEST(NpyWriter, ExampleOfTheHeader) {
  const TemporaryFolder folder;
  const std::string path = folder / "r.npy";
  const std::vector<double> x(1000, 3.0);
  lanewise::NpyWriter file(path, lanewise::DType::float64, std::array<std::size_t, 1>{1000});
  lanewise::evaluate("x**2", {{"x", x}}, file.array());
  file.commit();
  EXPECT_EQ(doubles(path), std::vector<double>(1000, 9.0));
  EXPECT_EQ(folder.names(), std::vector<std::string>{"r.npy"});
}

TEST(NpyWriter, ExampleOfTheReadme) {
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder / "");
  write("x.npy", "4.0");
  folder.write("stars.csv", "name,mass\nSun,1\nSirius,2.063\n");

  lanewise::MappedArray x = lanewise::load_npy("x.npy");
  lanewise::NpyWriter file("r.npy", lanewise::DType::float64, x.shape());
  lanewise::evaluate("sqrt(x)", {{"x", x}}, file.array());
  EXPECT_FALSE(std::filesystem::exists("r.npy"));
  file.commit();
  lanewise::Array mass = lanewise::load_csv("stars.csv", "mass");

  EXPECT_EQ(doubles("r.npy"), std::vector<double>(3, 2.0));
  EXPECT_EQ(mass.span<double>()[1], 2.063);
  std::filesystem::current_path(before);
}

TEST(NpyWriter, EveryDtypeAndShapeComesBack) {
  const TemporaryFolder folder;
  const std::string path = folder / "r.npy";
  for (std::size_t code = 0; code < DType::count; ++code) {
    const DType dtype{static_cast<DType::Code>(code)};
    for (const std::vector<std::size_t>& shape :
         {std::vector<std::size_t>{}, {0}, {5}, {2, 0, 3}, {2, 3}, std::vector<std::size_t>(32, 1)}) {
      NpyWriter file(path, dtype, shape);
      file.commit();
      const MappedArray read = load_npy(path);
      EXPECT_EQ(read.dtype(), dtype);
      EXPECT_EQ(std::vector<std::size_t>(read.shape().begin(), read.shape().end()), shape);
    }
  }
}

TEST(NpyWriter, UncommittedLeavesNothing) {
  const TemporaryFolder folder;
  const std::string path = folder / "r.npy";
  {
    const NpyWriter file(path, DType::float64, three);
    ASSERT_EQ(folder.names().size(), 1U);
    EXPECT_NE(folder.names()[0], "r.npy");
    EXPECT_TRUE(folder.names()[0].ends_with(".part"));
  }
  EXPECT_TRUE(folder.names().empty());
  write(path, "1.0");
  {
    NpyWriter file(path, DType::float64, three);
    evaluate("2.0", {}, file.array());
    NpyWriter moved = std::move(file);
    EXPECT_EQ(doubles(path), std::vector<double>(3, 1.0));
  }
  EXPECT_EQ(doubles(path), std::vector<double>(3, 1.0));
  EXPECT_EQ(folder.names(), std::vector<std::string>{"r.npy"});
}

TEST(NpyWriter, AnInputMayBeReplaced) {
  const TemporaryFolder folder;
  const std::string path = folder / "x.npy";
  write(path, "4.0");
  const MappedArray x = load_npy(path);
  NpyWriter file(path, DType::float64, three);
  evaluate("sqrt(x)", {{"x", x}}, file.array());
  file.commit();
  EXPECT_EQ(doubles(path), std::vector<double>(3, 2.0));
  EXPECT_EQ(evaluate("max(x)", {{"x", x}}).item<double>(), 4.0);
}

TEST(NpyWriter, PermissionsAndLinksStay) {
  const TemporaryFolder folder;
  const std::string path = folder / "r.npy";
  write(path, "1.0");
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  ASSERT_EQ(symlink(path.c_str(), (folder / "link.npy").c_str()), 0);
  write(folder / "link.npy", "2.0");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.npy"));
  EXPECT_EQ(doubles(path), std::vector<double>(3, 2.0));
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

std::string complaint(const std::string& path, std::span<const std::size_t> shape = three) {
  try {
    const NpyWriter file(path, DType::float64, shape);
    return "";
  } catch (const Error& error) {
    return error.report();
  }
}

TEST(NpyWriter, PlacesThatCannotBeWritten) {
  const TemporaryFolder folder;
  EXPECT_EQ(complaint("/nowhere/r.npy"), "error E704: cannot write '/nowhere/r.npy': No such file or directory");
  EXPECT_EQ(complaint("/"), "error E704: cannot write '/': Is a directory");
  EXPECT_EQ(complaint("/dev/null"), "error E704: cannot write '/dev/null': it is no regular file, and only these can be mapped");
  EXPECT_EQ(complaint(folder / "r.npy", std::array<std::size_t, 2>{std::size_t{1} << 40, std::size_t{1} << 40}),
            "error E304: the extents of the shape multiply to more bytes than memory can have");
  EXPECT_TRUE(folder.names().empty());
}

TEST(NpyWriter, ADiskWithoutRoomIsAnError) {
  const TemporaryFolder folder;
  const std::string message = complaint(folder / "r.npy", std::array<std::size_t, 1>{std::size_t{1} << 57});
  EXPECT_TRUE(message.starts_with("error E704: cannot write '")) << message;
  EXPECT_TRUE(folder.names().empty());
}

// What stands in for a disk that fills: a limit on the size of files.
TEST(NpyWriter, AFileBeyondTheLimitOfTheProcessIsAnError) {
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1 << 20, 1 << 20};
    setrlimit(RLIMIT_FSIZE, &limit);
    const bool is_refused = complaint(folder / "r.npy", std::array<std::size_t, 1>{1 << 20}).ends_with("File too large");
    _exit(is_refused && folder.names().empty() ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(NpyWriter, AKilledProgramLeavesNothingUnderTheName) {
  const TemporaryFolder folder;
  const std::string path = folder / "r.npy";
  const pid_t child = fork();
  if (child == 0) {
    const NpyWriter file(path, DType::float64, three);
    std::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  ASSERT_EQ(folder.names().size(), 1U);
  EXPECT_TRUE(folder.names()[0].ends_with(".part"));
}

}  // namespace
}  // namespace lanewise::inline v0
