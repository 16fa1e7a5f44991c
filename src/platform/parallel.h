// A loop over indices by several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace daybook {

// Calls function(index, worker) once for each index below `count`, from `jobs` threads of which the caller's is one
// (worker 0); workers are numbered from 0, so that each can have its own buffers. Indices are taken in order, each by
// whoever is free. With jobs <= 1 all run here, in order. An exception stops the taking of further indices; when all
// have ended the one of the lowest index is thrown again.
void for_each_parallel(std::size_t count, int jobs,
                       const std::function<void(std::size_t index, std::size_t worker)>& function);

// The processors this process may use, at least 1.
int available_processors();

}  // namespace daybook
