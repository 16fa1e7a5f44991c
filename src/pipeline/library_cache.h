// state/library.json: what arXiv's API said about papers of the owner's library, so that it is asked once.
#pragma once

#include <map>
#include <string>

#include "paper/paper.h"
#include "pipeline/context.h"

namespace daybook {

struct LibraryCache {
  std::map<std::string, Paper> papers;  // by id: title, authors, abstract, categories
  std::map<std::string, Date> unknown;  // ids that arXiv did not know, with the day of the run that asked
  bool operator==(const LibraryCache&) const = default;
};

// A file that is damaged is a warning and read as empty. Single entries that are odd are passed over.
LibraryCache read_library_cache(const CommandContext& context);
Result<Done> keep_library_cache(const CommandContext& context, const LibraryCache& cache);

}  // namespace daybook
