// state/library.json: what arXiv's API said about papers of the owner's library, so that it is asked once.
#pragma once

#include <map>
#include <string>

#include "core/result.h"
#include "paper/paper.h"

namespace daybook {

struct LibraryCache {
  std::map<std::string, Paper> papers;  // by id: title, authors, abstract, categories
  std::map<std::string, Date> unknown;  // ids that arXiv did not know, with the day of the run that asked
  bool operator==(const LibraryCache&) const = default;
};

// Empty where there is no file, an error where it is damaged. Single entries that are odd are passed over.
Result<LibraryCache> read_library_cache(const std::string& state);
Result<bool> keep_library_cache(const std::string& state, const LibraryCache& cache);

}  // namespace daybook
