#pragma once
// A file that gets its name when it is whole.

#include <cstddef>
#include <string>

#include "io/file_mapping.hpp"

namespace lanewise::inline v0 {

/// A temporary file beside the file that it is going to be: the same folder, so that taking the name is one step. Removed when it is
/// destroyed without having taken it.
class PartFile {
 public:
  /// Throws FileError E704, std::bad_alloc.
  explicit PartFile(const std::string& path);
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile();

  /// Gives the file its length and takes the room from the disk: a write through a mapping to a disk without room would end the program.
  /// Throws FileError E704.
  void reserve(std::size_t size_bytes);
  const FileDescriptor& file() const noexcept { return file_; }

  /// Writes to the disk what the system still holds back, and takes the name. Throws FileError E704.
  void take_name();

 private:
  FileDescriptor create();

  std::string path_;         ///< as the caller wrote it, for errors
  std::string target_path_;  ///< behind symbolic links
  std::string part_path_;    ///< empty once there is no such file
  FileDescriptor file_;
};

}  // namespace lanewise::inline v0
