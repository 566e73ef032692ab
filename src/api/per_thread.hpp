#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace lanewise::inline v0 {

/// Objects of one kind of which each thread has its own, made when it first asks. No thread waits for another or writes what another reads, so
/// threads do not slow each other down. Threads beyond the first 64 do without; a thread that has ended leaves its object to one that is started
/// in its place.
///
/// A thread is told by its thread pointer, which no other that lives has.
template <class T>
class PerThread {
  struct Kept {
    const void* thread;
    std::unique_ptr<T> object;
    /// The thread is at it: a function of the host may ask for it again. Atomic for a thread that comes after one that has ended.
    std::atomic<bool> is_lent;
  };

 public:
  PerThread() = default;
  ~PerThread() {
    for (const std::atomic<Kept*>& place : places_) delete place.load();
  }
  PerThread(const PerThread&) = delete;
  PerThread& operator=(const PerThread&) = delete;

  /// Gives the object back where it ends.
  struct GiveBack {
    Kept* kept = nullptr;
    void operator()(T*) const noexcept { kept->is_lent.store(false, std::memory_order_release); }
  };
  using Loan = std::unique_ptr<T, GiveBack>;

  /// Returns the thread's object, or null while it is lent already or there is none. Where the thread has none yet, `make` makes it, as a
  /// std::unique_ptr; if that is null or throws, the next time too.
  template <class Make>
  Loan take(Make&& make) {
    const void* const thread = __builtin_thread_pointer();
    std::size_t number = first_place(thread);
    for (std::size_t probe = 0; probe < place_count; ++probe, number = (number + 1) % place_count) {
      Kept* const kept = places_[number].load(std::memory_order_acquire);
      if (kept == nullptr) return settle(number, thread, make());
      if (kept->thread == thread) return lend(*kept);
    }
    return Loan();
  }

 private:
  static constexpr std::size_t place_count = 64;

  /// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): thread pointers differ in their middle bits.
  static std::size_t first_place(const void* thread) noexcept {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(thread)) * 0x9E3779B97F4A7C15 >> 58);
  }

  static Loan lend(Kept& kept) noexcept {
    if (kept.is_lent.load(std::memory_order_acquire)) return Loan();
    kept.is_lent.store(true, std::memory_order_relaxed);
    return Loan(kept.object.get(), GiveBack{&kept});
  }

  /// Puts a fresh object into the first empty place from `number` on.
  Loan settle(std::size_t number, const void* thread, std::unique_ptr<T> object) {
    if (object == nullptr) return Loan();
    auto fresh = std::unique_ptr<Kept>(new Kept{thread, std::move(object), true});
    for (std::size_t probe = 0; probe < place_count; ++probe, number = (number + 1) % place_count) {
      Kept* none = nullptr;
      if (!places_[number].compare_exchange_strong(none, fresh.get(), std::memory_order_acq_rel)) continue;
      Kept* const kept = fresh.release();
      return Loan(kept->object.get(), GiveBack{kept});
    }
    return Loan();
  }

  std::array<std::atomic<Kept*>, place_count> places_{};  ///< none is ever emptied, so a search ends at the first empty one
};

}  // namespace lanewise::inline v0
