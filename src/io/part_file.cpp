// The part's name has random digits, so that two programs that write the same file do not meet in one part; the last to finish wins.
#include "io/part_file.hpp"

#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <random>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file_error.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr int attempt_count = 16;  // 32 random bits hardly ever meet one name that is taken
constexpr mode_t new_file_mode = 0666;

std::string behind_links(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(realpath(path.c_str(), nullptr), &std::free);
  return resolved ? resolved.get() : path;
}

std::string random_digits() {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::uint32_t bits = std::random_device()(); text.size() < 8; bits >>= 4) text += digits[bits & 15];
  return text;
}

// Returns whether there is a file to replace, and its permissions.
bool find_replaced(const std::string& path, mode_t& mode) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) refuse_writing(path, errno);
    return false;
  }
  if (S_ISDIR(status.st_mode)) refuse_writing(path, EISDIR);
  if (!S_ISREG(status.st_mode)) refuse_writing(path, "it is no regular file, and only these can be mapped");
  if (access(path.c_str(), W_OK) != 0) refuse_writing(path, errno);
  mode = status.st_mode & 07777;
  return true;
}

int reserved(int file, off_t size_bytes) {
#if defined(__APPLE__)
  fstore_t wanted{F_ALLOCATEALL, F_PEOFPOSMODE, 0, size_bytes, 0};
  if (fcntl(file, F_PREALLOCATE, &wanted) != 0 || ftruncate(file, size_bytes) != 0) return errno;
  return 0;
#else
  int error_number = EINTR;
  while (error_number == EINTR) error_number = posix_fallocate(file, 0, size_bytes);
  return error_number;
#endif
}

}  // namespace

PartFile::PartFile(const std::string& path) : path_(path), target_path_(behind_links(path)), file_(create()) {}

PartFile::~PartFile() {
  if (!part_path_.empty()) unlink(part_path_.c_str());
}

FileDescriptor PartFile::create() {
  mode_t mode = 0;
  const bool is_replacing = find_replaced(path_, mode);
  for (int attempt = 0; attempt < attempt_count; ++attempt) {
    part_path_ = target_path_ + "." + random_digits() + ".part";
    FileDescriptor file(open(part_path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, new_file_mode));
    if (file.number() >= 0) {
      if (is_replacing) fchmod(file.number(), mode);  // where that is not allowed, the file is still written
      return file;
    }
    if (errno != EEXIST) break;
  }
  part_path_.clear();
  refuse_writing(path_, errno);
}

void PartFile::reserve(std::size_t size_bytes) {
  if (size_bytes > static_cast<std::uintmax_t>(std::numeric_limits<off_t>::max())) refuse_writing(path_, EFBIG);
  if (const int error_number = reserved(file_.number(), static_cast<off_t>(size_bytes))) refuse_writing(path_, error_number);
}

void PartFile::take_name() {
  if (fsync(file_.number()) != 0) refuse_writing(path_, errno);
  if (std::rename(part_path_.c_str(), target_path_.c_str()) != 0) refuse_writing(path_, errno);
  part_path_.clear();
}

}  // namespace lanewise::inline v0
