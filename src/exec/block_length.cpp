// The only file that knows cache sizes. Values between instructions stay in registers, so a block need not fit into a cache: it is long enough
// to hide the cost of taking it (an atomic addition), and short enough to share the work evenly and to stop soon.

#include "exec/block_length.hpp"

#include <algorithm>
#include <fstream>

#include <unistd.h>

#include "exec/executor.hpp"

namespace lanewise::inline v0 {
namespace {

constexpr std::size_t longest_block = 65'536;  // elements: hardware prefetchers start anew in each block, so long ones stream best
constexpr std::size_t shortest_block = 1'024;
constexpr std::size_t blocks_per_worker = 8;   // the last to finish keeps the others waiting for at most an eighth

/// Work below which waking another thread is taken to cost more than it saves: some microseconds to wake it, and as much to wait for it.
constexpr double serial_threshold_nanoseconds = 12'000;

/// What a byte adds to the time of the steps when it comes from the second cache; from further away it is more, and threads pay the sooner.
/// A power of two, as the times of steps are sums of such: exact, so planning raises no flag of the caller's.
constexpr double nanoseconds_per_byte = 1.0 / 256;

double whole_nanoseconds(double step_nanoseconds, std::size_t touched_bytes) {
  return step_nanoseconds + nanoseconds_per_byte * static_cast<double>(touched_bytes);
}

/// Linux tells for each processor; glibc 2.36 takes the caches of a whole AMD package for one.
std::size_t shared_cache_bytes() {
  std::ifstream file("/sys/devices/system/cpu/cpu0/cache/index3/size");
  std::size_t kibibytes = 0;
  return file >> kibibytes ? kibibytes * 1024 : 0;
}

std::size_t last_level_cache_bytes() {
  if (const std::size_t bytes = shared_cache_bytes(); bytes > 0) return bytes;
  for (const int level : {_SC_LEVEL3_CACHE_SIZE, _SC_LEVEL2_CACHE_SIZE}) {
    if (const long bytes = sysconf(level); bytes > 0) return static_cast<std::size_t>(bytes);
  }
  return std::size_t{8} << 20;
}

}  // namespace

std::size_t choose_block_length(std::size_t element_count, std::size_t worker_count, std::size_t tile_length) noexcept {
  const std::size_t even_share = worker_count == 1 ? longest_block : element_count / (blocks_per_worker * worker_count);
  return (std::clamp(even_share, shortest_block, longest_block) + tile_length - 1) / tile_length * tile_length;
}

std::size_t choose_worker_count(double step_nanoseconds, std::size_t touched_bytes, const EvaluateOptions& options) {
  const double nanoseconds = whole_nanoseconds(step_nanoseconds, touched_bytes);
  if (nanoseconds < serial_threshold_nanoseconds || options.max_threads == 1) return 1;
  const std::size_t available = available_worker_count();
  return options.max_threads == 0 ? available : std::min(available, options.max_threads);
}

std::size_t longest_serial_length(double step_nanoseconds, std::size_t touched_bytes) {
  const double length = serial_threshold_nanoseconds / whole_nanoseconds(step_nanoseconds, touched_bytes);
  return std::min({static_cast<std::size_t>(length), streaming_threshold_bytes() / touched_bytes, longest_block});
}

std::size_t streaming_threshold_bytes() noexcept {
  // With so much of the last level filled, results that go past the caches and results that stay take as long, on some processors with less, on others with
  // all (bench/README.md). A server's last level is shared with strangers, and one process sees little of it; beyond 32 MiB the data will not be
  // there when it is wanted again.
  static const std::size_t threshold = std::min(last_level_cache_bytes() / 4 * 3, std::size_t{32} << 20);
  return threshold;
}

}  // namespace lanewise::inline v0
