// Blocks are taken once each, by workers that begin late, end early or are alone.

#include "exec/block_shares.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace lanewise::inline v0 {
namespace {

TEST(BlockShares, GiveEachBlockOnce) {
  for (const std::size_t worker_count : {1U, 2U, 3U, 7U, 64U, 65U, 200U}) {
    for (const std::size_t block_count : {0U, 1U, 2U, 63U, 1000U}) {
      BlockShares shares(block_count, worker_count);
      std::vector<int> times(block_count, 0);
      for (std::size_t worker = 0; worker < worker_count; ++worker) {
        shares.run_untaken([&](std::size_t block) { return ++times[block] > 0; });
      }
      EXPECT_EQ(times, std::vector<int>(block_count, 1)) << worker_count << " workers";
    }
  }
}

TEST(BlockShares, OfOneWorkerAreInOrderFromItsOwnOn) {
  BlockShares shares(10, 3);
  shares.run_untaken([](std::size_t) { return false; });
  std::vector<std::size_t> taken;
  shares.run_untaken([&](std::size_t block) { return taken.push_back(block), true; });
  EXPECT_EQ(taken, (std::vector<std::size_t>{3, 4, 5, 6, 7, 8, 9, 1, 2}));  // block 0 was taken by the first, which then left
}

TEST(BlockShares, AreTakenByThreadsAtOnce) {
  constexpr std::size_t block_count = 20'000, worker_count = 4;
  BlockShares shares(block_count, worker_count);
  std::vector<std::atomic<int>> times(block_count);
  {
    std::vector<std::jthread> workers;
    for (std::size_t worker = 0; worker < worker_count; ++worker) {
      workers.emplace_back([&] { shares.run_untaken([&](std::size_t block) { return ++times[block] > 0; }); });
    }
  }
  for (const std::atomic<int>& count : times) ASSERT_EQ(count, 1);
}

}  // namespace
}  // namespace lanewise::inline v0
