#include "platform/parallel.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "platform/clock.h"
#include "support/catch.h"

using namespace daybook;

TEST_CASE("parallel: each index is worked on once, whatever the number of threads", "[parallel]") {
  for (const int jobs : {-1, 0, 1, 2, 7, 64}) {
    std::vector<std::atomic<int>> times(50);
    std::atomic<bool> worker_in_range{true};
    for_each_parallel(times.size(), jobs, [&](std::size_t index, std::size_t worker) {
      ++times[index];
      if (worker >= static_cast<std::size_t>(std::max(jobs, 1))) worker_in_range = false;
    });
    for (const auto& count : times) REQUIRE(count == 1);
    CHECK(worker_in_range);
  }
  for_each_parallel(0, 4, [](std::size_t, std::size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("parallel: one job runs in the caller's thread and in order", "[parallel]") {
  std::vector<std::size_t> order;
  for_each_parallel(5, 1, [&, caller = std::this_thread::get_id()](std::size_t index, std::size_t worker) {
    CHECK(std::this_thread::get_id() == caller);
    CHECK(worker == 0);
    order.push_back(index);
  });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("parallel: several jobs run side by side", "[parallel]") {
  std::atomic<int> waiting{0};
  for_each_parallel(3, 3, [&](std::size_t, std::size_t) {
    ++waiting;
    const double end = steady_seconds() + 10;
    while (waiting < 3 && steady_seconds() < end) std::this_thread::yield();
    if (waiting < 3) throw std::runtime_error("alone");
  });
  CHECK(waiting == 3);
}

TEST_CASE("parallel: an exception ends the loop and reaches the caller, the one of the lowest index first",
          "[parallel]") {
  for (const int jobs : {1, 4}) {
    std::atomic<int> done{0};
    CHECK_THROWS_WITH(for_each_parallel(100000, jobs,
                                        [&](std::size_t index, std::size_t) {
                                          ++done;
                                          if (index == 3 || index == 70000) throw std::runtime_error("at 3");
                                        }),
                      "at 3");
    CHECK(done < 100000);
  }
}

TEST_CASE("parallel: this process may use a processor at least", "[parallel]") { CHECK(available_processors() >= 1); }
