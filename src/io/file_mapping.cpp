#include "io/file_mapping.hpp"

#include <cerrno>
#include <cstdint>
#include <limits>
#include <new>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file_error.hpp"

namespace lanewise::inline v0 {
namespace {

// Non-blocking, as opening a pipe would wait for its writer; regular files know no difference.
FileDescriptor open_for_reading(const std::string& path) {
  FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) refuse_reading(path, errno);
  return file;
}

std::size_t size_of_regular_file(const FileDescriptor& file, const std::string& path) {
  struct stat status {};
  if (fstat(file.number(), &status) != 0) refuse_reading(path, errno);
  if (S_ISDIR(status.st_mode)) refuse_reading(path, EISDIR);
  if (!S_ISREG(status.st_mode)) refuse_reading(path, "it is no regular file, and only these can be mapped; copy its content to one");
  const auto size_bytes = static_cast<std::uintmax_t>(status.st_size);
  if (size_bytes > std::numeric_limits<std::size_t>::max()) refuse_reading(path, EFBIG);
  return static_cast<std::size_t>(size_bytes);
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) close(number_);
}

FileMapping FileMapping::of_file(const std::string& path) {
  const FileDescriptor file = open_for_reading(path);
  const std::size_t size_bytes = size_of_regular_file(file, path);
  if (size_bytes == 0) return {nullptr, 0};
  void* const memory = mmap(nullptr, size_bytes, PROT_READ, MAP_SHARED, file.number(), 0);
  if (memory == MAP_FAILED) refuse_reading(path, errno);
  return {memory, size_bytes};
}

FileMapping FileMapping::writable(const FileDescriptor& file, std::size_t size_bytes) {
  void* const memory = mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.number(), 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return {memory, size_bytes};
}

FileMapping::~FileMapping() {
  if (memory_ != nullptr) munmap(memory_, size_bytes_);
}

}  // namespace lanewise::inline v0
