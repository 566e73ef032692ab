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
  BlockShares(std::size_t block_count, std::size_t worker_count) noexcept : share_count_(std::min(worker_count, most_shares)) {
    for (std::size_t s = 0; s < share_count_; ++s) {
      shares_[s].next = block_count * s / share_count_;
      shares_[s].end = block_count * (s + 1) / share_count_;
    }
  }

  /// Calls `run(block)` for blocks that nobody has taken, until there is none or it returns false. Each worker calls this once.
  template <class Run>
  void run_untaken(Run&& run) {
    const std::size_t own = workers_begun_.fetch_add(1, std::memory_order_relaxed);
    for (std::size_t s = 0; s < share_count_; ++s) {
      Share& share = shares_[(own + s) % share_count_];
      while (true) {
        const std::size_t block = share.next.fetch_add(1, std::memory_order_relaxed);
        if (block >= share.end) break;
        if (!run(block)) return;
      }
    }
  }

 private:
  struct alignas(64) Share {  // a cache line, so that nobody's counting disturbs the others
    std::atomic<std::size_t> next;
    std::size_t end;
  };
  static constexpr std::size_t most_shares = 64;  // of more workers some begin with the same

  std::size_t share_count_;
  std::atomic<std::size_t> workers_begun_ = 0;
  std::array<Share, most_shares> shares_;
};

}  // namespace lanewise::inline v0
