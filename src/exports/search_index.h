// The index of the search page, which reads it without a server (site/search.js). The unit is the paper, of the day
// that showed it first. A year's files are made of that year's days alone: once it is over their bytes never change,
// and readers keep them. docs/formats.md has the layout.
//
// Sizes, of 10,176 papers in November 2026: words in shards of 10 kB and papers in blocks of 16, so that a query of two
// words and its first 20 papers, from as many blocks, load about 80 kB. Larger blocks pack better (of 64: 15 % less)
// and make such a page cost three times as much. Postings are deltas in bytes under Huffman codes: Golomb-Rice codes
// and no deflate would take 12 % less, and every reader a decoder of bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "day/day.h"
#include "settings/template_fields.h"
#include "site/parts.h"
#include "site/summary.h"

namespace daybook {

// The words of a text as the index has them, in its order: letters and digits in lower case without accents, a plural's
// "s" off ("policies" -> "policy"), small digits as digits (H₂O -> "h2o"); a Chinese or Japanese character and an emoji
// is a word. site/search.js does the same to what a reader types: tests/exports/search_index_test.cpp has the table.
std::vector<std::string> search_words(std::string_view plain_text);

struct SearchPaper {
  int relevance = 0;  // 0: unknown
  int novelty = 0;
  std::string topic;  // a slug; empty: none
  std::string lines;  // what a result shows, four lines: id, title, authors, why
};

/// SearchDigest holds what the index needs of a day, whose text is let go.
struct SearchDigest {
  Date date;
  std::vector<SearchPaper> papers;
  std::string words;                        // each of the day's words once, one behind the other
  std::vector<std::uint32_t> word_ends;     // in `words`
  std::vector<std::uint64_t> word_hashes;   // equal on all days
  std::vector<std::uint32_t> postings;      // paper by paper: a word's number, two bits for its field
  std::vector<std::uint32_t> posting_ends;  // of each paper, in `postings`
};

// `summary` is of the same day.
SearchDigest search_digest(const Day& day, const DaySummary& summary);

struct SearchFile {
  std::string path;
  std::string bytes;
};
// Deflates it in place; files are independent, for several threads.
void pack(SearchFile& file);

struct SearchYear {
  int year = 0;
  std::size_t papers = 0;
  std::vector<std::string> shards;  // the least word of each, cut short; the first is ""
  std::size_t file_count = 0;       // of SearchIndex::files, which are in the order of the years
};

struct SearchIndex {
  std::vector<SearchYear> years;  // newest first
  std::vector<SearchFile> files;
};

/// SearchIndexer joins digests as they come, from several threads, so that few of them are in memory at a time.
class SearchIndexer {
 public:
  SearchIndexer();
  ~SearchIndexer();
  // `place` counts the days from 0, newest first; each must come once.
  void add(std::size_t place, SearchDigest digest);
  SearchIndex finished();

 private:
  struct Year;
  void append(SearchDigest digest);
  void end_year();

  std::mutex mutex_;
  std::map<std::size_t, SearchDigest> waiting_;  // for an earlier one
  std::size_t next_ = 0;
  std::unique_ptr<Year> year_;
  SearchIndex index_;
};

// For search.html.
Fields search_page_fields(const Summaries& days, const SiteParts& parts);

// The file that the page reads first, of packed files: topics, years, their shards, how much there is to load.
std::string search_manifest(const SearchIndex& index, const std::vector<TopicName>& topics);

}  // namespace daybook
