#pragma once
// What the measurements were made on.

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

struct Machine {
  std::string processor;            // the model's name
  std::size_t thread_count = 0;     // hardware threads this process may use
  std::vector<std::string> caches;  // "L1d 48K", as the system writes them
  std::string target;               // the instruction functions lanewise chose
  std::string compiler;
};

Machine describe_machine();

/// "Intel Xeon, 2 threads, L1d 48K, L2 2048K; lanewise x86-64-v4; gcc 12.2.0"
std::string to_text(const Machine& machine);

}  // namespace bench
