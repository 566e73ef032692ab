#include "api/memory_pool.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <thread>
#include <utility>
#include <vector>

namespace lanewise {
namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

class Memory {
 public:
  explicit Memory(std::size_t size_bytes) : memory_(take_memory(size_bytes)), size_bytes_(size_bytes) {}
  Memory(Memory&& other) noexcept : memory_(std::exchange(other.memory_, nullptr)), size_bytes_(other.size_bytes_) {}
  ~Memory() { give_back_memory(memory_, size_bytes_); }
  std::byte* data() { return memory_; }
  void fill(int byte) { std::memset(memory_, byte, size_bytes_); }

 private:
  std::byte* memory_;
  std::size_t size_bytes_;
};

TEST(MemoryPool, AlignsWhatItGives) {
  for (const std::size_t size_bytes : {std::size_t{0}, std::size_t{1}, std::size_t{1000}, smallest_mapping_bytes - 1}) {
    Memory memory(size_bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory.data()) % 64, 0u) << size_bytes;
    memory.fill(1);
  }
  for (const std::size_t size_bytes : {smallest_mapping_bytes, smallest_mapping_bytes + 1, 7 * mebibyte}) {
    Memory memory(size_bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory.data()) % (2 * mebibyte), 0u) << "pages of 2 MiB begin at their multiples";
    memory.fill(1);
  }
}

TEST(MemoryPool, GivesMappingsAgain) {
  std::byte* const first = Memory(64 * mebibyte).data();
  EXPECT_EQ(Memory(64 * mebibyte).data(), first);
  EXPECT_EQ(Memory(60 * mebibyte + 1).data(), first) << "a smaller one gives its tail to the system";
  Memory again(62 * mebibyte), other(62 * mebibyte);
  EXPECT_NE(again.data(), other.data());
  again.fill(1);
  other.fill(2);
  EXPECT_EQ(again.data()[0], std::byte{1});
}

TEST(MemoryPool, KeepsABoundedNumberOfBytes) {
  {
    std::vector<Memory> many;
    for (std::size_t i = 0; i < 40; ++i) many.emplace_back((60 + i) * mebibyte);
  }
  EXPECT_LE(kept_memory_bytes(), most_kept_memory_bytes);
  { Memory larger_than_the_bound(most_kept_memory_bytes + 1); }
  EXPECT_LE(kept_memory_bytes(), most_kept_memory_bytes);
}

TEST(MemoryPool, RefusesWhatCannotBe) {
  EXPECT_THROW(take_memory(std::numeric_limits<std::ptrdiff_t>::max()), std::bad_alloc);
  EXPECT_THROW(take_memory(std::size_t{1} << 60), std::bad_alloc);
}

TEST(MemoryPool, ServesManyThreads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([t] {
      for (std::size_t turn = 0; turn < 200; ++turn) {
        const std::size_t size_bytes = smallest_mapping_bytes + turn % 5 * mebibyte;
        Memory memory(size_bytes);
        memory.data()[0] = memory.data()[size_bytes - 1] = static_cast<std::byte>(t);
        std::this_thread::yield();
        ASSERT_EQ(memory.data()[0], static_cast<std::byte>(t));
        ASSERT_EQ(memory.data()[size_bytes - 1], static_cast<std::byte>(t));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(MemoryPool, ServesTheChildOfAFork) {
  { Memory kept(8 * mebibyte); }
  const pid_t child = fork();
  if (child == 0) {
    Memory memory(8 * mebibyte);
    memory.fill(3);
    _exit(memory.data()[8 * mebibyte - 1] == std::byte{3} ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace lanewise
