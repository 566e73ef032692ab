#pragma once

#include <atomic>
#include <memory>

namespace lanewise::inline v0 {

/// An object that one thread at a time may use, and that is made for the first who asks. Nobody waits: who does not get it does without.
template <class T>
class Lent {
 public:
  Lent() = default;
  ~Lent() { delete object_.load(); }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

  bool is_made() const noexcept { return is_made_.load(std::memory_order_relaxed); }

  /// Gives the object back where it ends.
  struct GiveBack {
    Lent* lender;
    void operator()(T* object) const noexcept { lender->object_.store(object, std::memory_order_release); }
  };
  using Loan = std::unique_ptr<T, GiveBack>;

  /// Returns the object, or null while another thread has it. The first time `make` makes it, as a std::unique_ptr; if that is null or
  /// throws, there will be none.
  template <class Make>
  Loan take(Make&& make) {
    T* object = nullptr;
    if (!is_made()) {
      if (!is_made_.exchange(true)) object = make().release();
    } else if (object_.load(std::memory_order_relaxed) != nullptr) {
      object = object_.exchange(nullptr, std::memory_order_acquire);
    }
    return Loan(object, GiveBack{this});
  }

 private:
  std::atomic<T*> object_ = nullptr;  ///< null before the first and while a thread has it
  std::atomic<bool> is_made_ = false;
};

}  // namespace lanewise::inline v0
