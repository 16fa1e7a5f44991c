#include "platform/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace daybook {

void for_each_parallel(std::size_t count, int jobs, const std::function<void(std::size_t, std::size_t)>& function) {
  std::atomic<std::size_t> next{0};
  std::mutex fault_mutex;
  std::exception_ptr fault;
  std::size_t fault_index = count;
  const auto work = [&](std::size_t worker) {
    for (std::size_t index = 0; (index = next.fetch_add(1)) < count;) {
      try {
        function(index, worker);
      } catch (...) {
        const std::lock_guard lock(fault_mutex);
        if (index <= fault_index) {
          fault = std::current_exception();
          fault_index = index;
        }
        next = count;  // nobody takes another
      }
    }
  };
  const std::size_t workers = std::min(count, static_cast<std::size_t>(std::max(jobs, 1)));
  std::vector<std::thread> threads;
  try {
    for (std::size_t worker = 1; worker < workers; ++worker) threads.emplace_back(work, worker);
  } catch (const std::system_error&) {
    // The system gives no more threads: those there are do the work.
  }
  work(0);
  for (std::thread& thread : threads) thread.join();
  if (fault) std::rethrow_exception(fault);
}

int available_processors() {
#ifdef __linux__
  cpu_set_t set;  // hardware_concurrency() of some libraries counts processors that a container may not use
  if (::sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace daybook
