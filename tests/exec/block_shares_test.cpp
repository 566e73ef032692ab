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
      for (std::size_t w = 0; w < worker_count; ++w) {
        BlockShares::Worker worker(shares);
        for (std::size_t block = worker.next(); block < block_count; block = worker.next()) ++times[block];
        EXPECT_EQ(worker.next(), block_count);
      }
      EXPECT_EQ(times, std::vector<int>(block_count, 1)) << worker_count << " workers";
    }
  }
}

TEST(BlockShares, OfOneWorkerAreInOrderFromItsOwnOn) {
  BlockShares shares(10, 3);
  EXPECT_EQ(BlockShares::Worker(shares).next(), 0U);
  BlockShares::Worker second(shares);
  std::vector<std::size_t> taken;
  for (std::size_t block = second.next(); block < 10; block = second.next()) taken.push_back(block);
  EXPECT_EQ(taken, (std::vector<std::size_t>{3, 4, 5, 6, 7, 8, 9, 1, 2}));  // block 0 was taken by the first, which then left
}

TEST(BlockShares, AreTakenByThreadsAtOnce) {
  constexpr std::size_t block_count = 20'000, worker_count = 4;
  BlockShares shares(block_count, worker_count);
  std::vector<std::atomic<int>> times(block_count);
  {
    std::vector<std::jthread> workers;
    for (std::size_t w = 0; w < worker_count; ++w) {
      workers.emplace_back([&] {
        BlockShares::Worker worker(shares);
        for (std::size_t block = worker.next(); block < block_count; block = worker.next()) ++times[block];
      });
    }
  }
  for (const std::atomic<int>& count : times) ASSERT_EQ(count, 1);
}

}  // namespace
}  // namespace lanewise::inline v0
