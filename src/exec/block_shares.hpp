#pragma once
// How the workers of a call share its blocks.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>

namespace lanewise::inline v0 {

/// Each worker takes the blocks of its own share in their order, so that what it asks for ahead of time at the end of one is where its next begins.
/// Then it helps the others, so a thread that is held up elsewhere costs no more than a block. Used by all workers of a call at once.
class BlockShares {
 public:
  BlockShares(std::size_t block_count, std::size_t worker_count) noexcept : block_count_(block_count), share_count_(std::min(worker_count, most_shares)) {
    for (std::size_t s = 0; s < share_count_; ++s) {
      shares_[s].next = block_count * s / share_count_;
      shares_[s].end = block_count * (s + 1) / share_count_;
    }
  }

  /// One worker's way through the blocks.
  class Worker {
   public:
    explicit Worker(BlockShares& shares) noexcept : shares_(shares), own_(shares.workers_begun_.fetch_add(1, std::memory_order_relaxed)) {}

    /// Returns a block that nobody has taken, or the number of blocks if there is none.
    std::size_t next() noexcept {
      for (; shares_done_ < shares_.share_count_; ++shares_done_) {
        Share& share = shares_.shares_[(own_ + shares_done_) % shares_.share_count_];
        const std::size_t block = share.next.fetch_add(1, std::memory_order_relaxed);
        if (block < share.end) return block;
      }
      return shares_.block_count_;
    }

   private:
    BlockShares& shares_;
    const std::size_t own_;
    std::size_t shares_done_ = 0;
  };

 private:
  struct alignas(64) Share {  // a cache line, so that nobody's counting disturbs the others
    std::atomic<std::size_t> next;
    std::size_t end;
  };
  static constexpr std::size_t most_shares = 64;  // of more workers some begin with the same

  std::size_t block_count_;
  std::size_t share_count_;
  std::atomic<std::size_t> workers_begun_ = 0;
  std::array<Share, most_shares> shares_;
};

}  // namespace lanewise::inline v0
