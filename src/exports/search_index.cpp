#include "exports/search_index.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "core/escape.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "exports/deflate.h"
#include "site/page.h"
#include "site/topic_pages.h"
#include "tex/tex.h"

namespace daybook {

namespace {

constexpr std::size_t shard_bytes = 10000;  // unpacked
constexpr std::size_t block_papers = 16;
constexpr std::size_t authors_shown = 5;  // of more the first three and the last

// Where a word stands. A word of the title is not listed as one of the abstract again.
enum Field : std::uint32_t { in_title, in_authors, in_abstract, field_count };
constexpr std::uint32_t field_bits = 2;

enum class Kind { none, letter, word };  // a word: each such character is one
struct Range {
  char32_t last;
  Kind kind;
};

// Beyond ASCII, each range up to `last`. A few signs among the letters do no harm.
constexpr std::array<Range, 23> ranges = {{
    {0xB1, Kind::none},      {0xB3, Kind::letter},   {0xB8, Kind::none},     {0xB9, Kind::letter},
    {0xBF, Kind::none},      {0xD6, Kind::letter},   {0xD7, Kind::none},     {0xF6, Kind::letter},
    {0xF7, Kind::none},      {0x1FFF, Kind::letter}, {0x206F, Kind::none},   {0x209F, Kind::letter},
    {0x20FF, Kind::none},    {0x214F, Kind::letter}, {0x303F, Kind::none},   {0x9FFF, Kind::word},
    {0xD7FF, Kind::letter},  {0xFAFF, Kind::none},   {0xFDFF, Kind::letter}, {0xFFFF, Kind::none},
    {0x1EFFF, Kind::letter}, {0x3FFFF, Kind::word},  {0x10FFFF, Kind::none},
}};

Kind kind_of(char32_t c) {
  return std::lower_bound(ranges.begin(), ranges.end(), c,
                          [](const Range& range, char32_t at) { return range.last < at; })
      ->kind;
}

// By byte: ASCII letters and digits in lower case; 0 for what stands between words, and beyond ASCII.
constexpr std::array<char, 256> ascii = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < 128; ++i)
    if (is_alnum(static_cast<char>(i))) table[i] = lower(static_cast<char>(i));
  return table;
}();

char32_t folded_letter(char32_t c) {
  const char32_t row = c >> 4U;
  if ((row == 0x207 || row == 0x208) && (c & 15U) < 10) return U'0' + (c & 15U);  // superscripts, subscripts
  if (c == 0xB2 || c == 0xB3) return U'0' + (c & 15U);
  if (c == 0xB9) return U'1';
  if (c == 0x2113) return U'l';  // ℓ
  return fold(c);
}

// The size of a word that ends in "s" without a plural's ending, where at least three ASCII letters are before it.
std::size_t singular(char* letters, std::size_t size) {
  const std::string_view word(letters, size);
  const auto ascii_before = [&](std::size_t ending, std::size_t count) {
    return size >= ending + count && all(word.substr(size - ending - count, count), is_alnum);
  };
  if (word.ends_with("ies") && ascii_before(3, 2)) {
    letters[size - 3] = 'y';
    return size - 2;
  }
  if (word.ends_with("sses")) return size - 2;
  return !word.ends_with("ss") && ascii_before(1, 3) ? size - 1 : size;
}

// Of letters with zeros behind them up to a multiple of eight bytes. Words of up to eight bytes have different hashes;
// longer ones are taken to have them: two of a million have the same one with a probability of 10^-7.
std::uint64_t hash_of(const char* letters, std::size_t size) {
  std::uint64_t hash = 0;
  for (std::size_t at = 0; at < size; at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, letters + at, 8);
    hash = (hash ^ eight) * 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio (Knuth, volume 3, 6.4)
    hash ^= hash >> 32U;
  }
  return hash;
}

// The letters and digits that an ASCII text starts with; how many.
std::size_t fold_ascii(std::string_view text, char* letters) {
  std::size_t count = 0;
  for (; count < text.size(); ++count) {
    const char letter = ascii[static_cast<unsigned char>(text[count])];
    if (letter == 0) break;
    letters[count] = letter;
  }
  return count;
}

// Visits words with their hashes.
template <typename Visit>
void for_each_word(std::string_view text, Visit visit) {
  std::string letters(text.size() + 8, '\0');  // of the word; no letter gets longer by folding
  char* const word = letters.data();
  std::size_t size = 0;
  const auto is_ascii = [&] { return static_cast<unsigned char>(text.front()) < 128; };
  while (!text.empty()) {
    if (is_ascii()) {
      const std::size_t count = fold_ascii(text, word + size);
      size += count;
      text.remove_prefix(count);
      if (!text.empty() && !is_ascii()) continue;
      text.remove_prefix(text.empty() ? 0 : 1);
    } else {
      std::size_t behind = 0;
      const char32_t c = next_code_point(text, behind);
      const Kind kind = kind_of(c);
      if (kind == Kind::letter || (kind == Kind::word && size == 0)) {
        std::string folded;
        if (const char32_t letter = folded_letter(c); letter != 0) append_utf8(folded, letter);
        size += folded.copy(word + size, folded.size());
      } else if (kind == Kind::word) {
        behind = 0;  // once more, when the word before it is done
      }
      text.remove_prefix(behind);
      if (kind == Kind::letter && !text.empty()) continue;
    }
    if (size == 0) continue;
    if (word[size - 1] == 's') size = singular(word, size);
    std::memset(word + size, 0, 8);
    visit(std::string_view(word, size), hash_of(word, size));
    size = 0;
  }
}

/// WordTable numbers words as they come; their letters stand in one text.
class WordTable {
 public:
  std::uint32_t number_of(std::string_view word, std::uint64_t hash) {
    std::uint32_t& slot = slot_of(hash);
    return slot == 0 ? added(slot, word, hash) : slot - 1;
  }
  std::string_view word(std::uint32_t number) const {
    const std::size_t start = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(letters_).substr(start, ends_[number] - start);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
  // No more words come.
  void close() {
    hashes_ = std::vector<std::uint64_t>();  // {} would keep the memory
    slots_ = std::vector<std::uint32_t>();
  }
  void give(SearchDigest& digest) {
    digest.words = std::move(letters_);
    digest.word_ends = std::move(ends_);
    digest.word_hashes = std::move(hashes_);
  }

 private:
  // The word's, or a free one.
  std::uint32_t& slot_of(std::uint64_t hash) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash;; ++at) {
      std::uint32_t& slot = slots_[at & mask];
      if (slot == 0 || hashes_[slot - 1] == hash) return slot;
    }
  }
  // Apart from number_of(), which then is so short that compilers put it where it is called.
  [[gnu::noinline]] std::uint32_t added(std::uint32_t& slot, std::string_view word, std::uint64_t hash) {
    letters_ += word;
    ends_.push_back(static_cast<std::uint32_t>(letters_.size()));
    hashes_.push_back(hash);
    slot = size();
    if (2 * ends_.size() > slots_.size()) grow();
    return size() - 1;
  }
  void grow() {
    slots_.assign(2 * slots_.size(), 0);
    for (std::uint32_t number = 0; number < size(); ++number) slot_of(hashes_[number]) = number + 1;
  }
  std::string letters_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(4096);  // a word's number + 1; 0: free
};

// One line of plain text that cannot turn around what stands behind it.
std::string shown_line(std::string_view tex) { return xml_allowed(one_line(plain_text(tex))); }

std::string authors_line(const std::vector<std::string>& authors) {
  const std::size_t shown = authors.size() > authors_shown ? 3 : authors.size();
  std::string line;
  for (std::size_t i = 0; i < shown; ++i) line += (i == 0 ? "" : ", ") + authors[i];
  if (shown < authors.size()) line += ", … " + authors.back() + " (" + std::to_string(authors.size()) + " authors)";
  return line;
}

/// DigestWords collects the postings of one day.
class DigestWords {
 public:
  void add(Field field, std::string_view text) {
    for_each_word(text, [&](std::string_view word, std::uint64_t hash) {
      const std::uint32_t number = words_.number_of(word, hash);
      if (number == seen_.size()) seen_.push_back({0, 0});
      std::uint32_t& seen = seen_[number][field == in_authors ? 1 : 0];
      if (std::exchange(seen, papers_ + 1) != papers_ + 1) postings_.push_back(number << field_bits | field);
    });
  }
  void end_paper(SearchDigest& digest) {
    ++papers_;
    digest.posting_ends.push_back(static_cast<std::uint32_t>(postings_.size()));
  }
  void give(SearchDigest& digest) {
    words_.give(digest);
    digest.postings = std::move(postings_);
  }

 private:
  WordTable words_;
  std::vector<std::array<std::uint32_t, 2>> seen_;  // by word: the last paper with it, from 1; the last by its authors
  std::vector<std::uint32_t> postings_;
  std::uint32_t papers_ = 0;
};

void add_paper(SearchDigest& digest, DigestWords& words, const Entry& entry, std::string_view why) {
  std::vector<std::string> authors;
  for (const std::string& author : entry.paper.authors) authors.push_back(shown_line(author));
  const std::string title = shown_line(entry.paper.title);
  words.add(in_title, title);
  words.add(in_abstract, plain_text(entry.paper.abstract));
  words.add(in_authors, joined(authors, " "));
  words.end_paper(digest);
  digest.papers.push_back(
      {entry.score.relevance.value_or(0), entry.score.novelty.value_or(0), entry.score.topic,
       entry.paper.id + '\n' + title + '\n' + authors_line(authors) + '\n' + shown_line(why) + '\n'});
}

constexpr std::size_t varint_max = 10;  // bytes

// Seven bits a byte, the lowest first; the highest bit says that more follow (as in Protocol Buffers). Returns the end.
char* put_varint(char* out, std::size_t number) {
  for (; number > 127; number >>= 7U) *out++ = static_cast<char>(number | 128U);
  *out++ = static_cast<char>(number);
  return out;
}

void append_varint(std::string& out, std::size_t number) {
  std::array<char, varint_max> bytes;
  out.append(bytes.data(), put_varint(bytes.data(), number));
}

/// Postings collects a year's papers by word and field.
class Postings {
 public:
  // Days come newest first; of each the papers in their order.
  void add(const SearchDigest& day) {
    std::vector<std::uint32_t> lists;  // the first of each of the day's words
    lists.reserve(day.word_ends.size());
    std::size_t start = 0;
    for (std::size_t i = 0; i < day.word_ends.size(); start = day.word_ends[i++]) {
      const auto word = std::string_view(day.words).substr(start, day.word_ends[i] - start);
      lists.push_back(words_.number_of(word, day.word_hashes[i]) * field_count);
    }
    ends_.resize(std::size_t{words_.size()} * field_count);
    // From the last paper of the newest day to the first of the oldest.
    const std::size_t before = lists_.size();
    for (std::size_t i = day.posting_ends.size(); i-- > 0;)
      lists_of_.push_back(
          static_cast<std::uint32_t>(before + day.postings.size() - (i == 0 ? 0 : day.posting_ends[i - 1])));
    lists_.resize(before + day.postings.size());
    auto list = lists_.rbegin();
    for (const std::uint32_t posting : day.postings) {
      *list = lists[posting >> field_bits] + posting % (1U << field_bits);
      ++ends_[*list++];
    }
  }

  // All days are there: papers get their numbers, the oldest 0.
  void sort() {
    words_.close();
    std::uint32_t total = 0;
    for (std::uint32_t& end : ends_) end = total += end;
    papers_.resize(total);
    // Each list is filled from its end, which becomes its start.
    auto paper = static_cast<std::uint32_t>(lists_of_.size());
    std::size_t at = 0;
    for (const std::uint32_t end : lists_of_)
      for (--paper; at < end; ++at) papers_[--ends_[lists_[at]]] = paper;
    ends_.push_back(total);
    lists_ = std::vector<std::uint32_t>();
  }

  const WordTable& words() const { return words_; }

  // All of a word: how many papers in each field that has any, then the papers as distances.
  void append(std::string& out, std::uint32_t word) const {
    for (std::uint32_t list = word * field_count; list < (word + 1) * field_count; ++list) {
      if (ends_[list] == ends_[list + 1]) continue;
      const std::size_t size = out.size();
      out.resize(size + (ends_[list + 1] - ends_[list] + 1) * varint_max);
      char* end = put_varint(&out[size], ends_[list + 1] - ends_[list]);
      std::uint32_t next = 0;
      for (std::uint32_t i = ends_[list]; i < ends_[list + 1]; ++i) {
        end = put_varint(end, papers_[i] - next);
        next = papers_[i] + 1;
      }
      out.resize(static_cast<std::size_t>(end - out.data()));
    }
  }
  // A bit for each field that has papers.
  std::uint32_t fields(std::uint32_t word) const {
    std::uint32_t mask = 0;
    for (std::uint32_t field = 0; field < field_count; ++field)
      if (ends_[word * field_count + field] != ends_[word * field_count + field + 1]) mask |= 1U << field;
    return mask;
  }

 private:
  WordTable words_;
  std::vector<std::uint32_t> lists_;     // one behind the other, those that a paper is in: word × field_count + field
  std::vector<std::uint32_t> lists_of_;  // by paper, the last first: where they end
  std::vector<std::uint32_t> ends_;      // by list: first its length, in the end its start in papers_
  std::vector<std::uint32_t> papers_;
};

std::size_t common_prefix(std::string_view one, std::string_view other) {
  const auto end = one.begin() + static_cast<std::ptrdiff_t>(std::min(one.size(), other.size()));
  return static_cast<std::size_t>(std::mismatch(one.begin(), end, other.begin()).first - one.begin());
}

// The numbers of the words in the order of these. Most differ in their first eight bytes, which compare as one number.
std::vector<std::uint32_t> in_order(const WordTable& words) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order(words.size());
  for (std::uint32_t number = 0; number < words.size(); ++number) {
    std::uint64_t first = 0;
    const std::string_view word = words.word(number);
    for (std::size_t i = 0; i < 8; ++i)
      first = first << 8U | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0U);
    order[number] = {first, number};
  }
  std::sort(order.begin(), order.end(), [&](const auto& one, const auto& other) {
    return one.first != other.first ? one.first < other.first : words.word(one.second) < words.word(other.second);
  });
  std::vector<std::uint32_t> numbers(order.size());
  std::transform(order.begin(), order.end(), numbers.begin(), [](const auto& word) { return word.second; });
  return numbers;
}

/// YearWriter makes the files of a year, of days without their words, oldest first.
class YearWriter {
 public:
  YearWriter(SearchIndex& index, int year) : index_(index), first_file_(index.files.size()) {
    index_.years.push_back({year, 0, {""}, 0});
  }

  void write(std::vector<SearchDigest> days, const Postings& postings) {
    write_table(days);
    write_blocks(std::move(days));
    write_shards(postings);
    index_.years.back().file_count = index_.files.size() - first_file_;
  }

 private:
  void add(const std::string& name, const std::string& bytes) {
    index_.files.push_back({"search/" + std::to_string(index_.years.back().year) + '/' + name + ".bin", bytes});
  }

  void write_table(const std::vector<SearchDigest>& days) {
    std::vector<std::string> topics = {""};
    std::string dates, scores, numbers;
    Date last = *Date::from_parts(index_.years.back().year, 1, 1);
    for (const SearchDigest& day : days) {
      append_varint(dates, static_cast<std::size_t>(day.date.days() - last.days()));
      append_varint(dates, day.papers.size());
      last = day.date;
      for (const SearchPaper& paper : day.papers) {
        scores += static_cast<char>(paper.relevance << 4 | paper.novelty);
        const auto topic = std::find(topics.begin(), topics.end(), paper.topic);
        append_varint(numbers, static_cast<std::size_t>(topic - topics.begin()));
        if (topic == topics.end()) topics.push_back(paper.topic);
      }
      index_.years.back().papers += day.papers.size();
    }
    std::string bytes = joined(topics, " ") + '\n';
    append_varint(bytes, days.size());
    add("table", bytes + dates + scores + numbers);
  }

  void write_blocks(std::vector<SearchDigest> days) {
    std::string bytes;
    std::size_t papers = 0;
    const auto end_block = [&] {
      add("papers-" + std::to_string((papers - 1) / block_papers), bytes);
      bytes.clear();
    };
    for (SearchDigest& day : days) {
      for (const SearchPaper& paper : day.papers) {
        bytes += paper.lines;
        if (++papers % block_papers == 0) end_block();
      }
      day.papers = {};
    }
    if (!bytes.empty()) end_block();
  }

  void write_shards(const Postings& postings) {
    const WordTable& words = postings.words();
    std::vector<std::string>& shards = index_.years.back().shards;
    std::string bytes;
    const auto end_shard = [&] {
      add("words-" + std::to_string(shards.size() - 1), bytes);
      bytes.clear();
    };
    std::string_view last;
    for (const std::uint32_t number : in_order(words)) {
      const std::string_view word = words.word(number);
      std::size_t shared = common_prefix(last, word);
      // A shard's name is ASCII, so that words in UTF-16 compare with it as those in UTF-8 do.
      if (bytes.size() > shard_bytes && is_alnum(word[shared])) {
        end_shard();
        shards.emplace_back(word.substr(0, shared + 1));
        shared = 0;
      }
      append_varint(bytes, shared);
      append_varint(bytes, (word.size() - shared) << field_count | postings.fields(number));
      bytes += word.substr(shared);
      postings.append(bytes, number);
      last = word;
    }
    end_shard();
  }

  SearchIndex& index_;
  const std::size_t first_file_;
};

// What a hint can try: a topic's words, the topic itself, a followed author, the newest month.
std::vector<std::string> examples(const Summaries& days, const SiteParts& parts) {
  std::vector<std::string> queries;
  if (const auto topics = all_topics(days, parts.interests.topics); !topics.empty()) {
    queries.push_back(ascii_lower(topics.front().name));
    queries.push_back("topic:" + topics.front().slug + " score>=9");
  }
  if (!parts.interests.authors.empty()) queries.push_back("author:\"" + parts.interests.authors.front().name + '"');
  if (!days.empty()) queries.push_back(days.front().date.iso().substr(0, 7));
  return queries;
}

}  // namespace

Fields search_page_fields(const Summaries& days, const SiteParts& parts) {
  Fields fields = page_fields(parts.site, {"search/", "Search", "Find papers by title, author, abstract", ""});
  fields.set("examples", list_of(examples(days, parts), [](const std::string& query) {
               return Fields().set("query", query).set("query_url", percent_encoded(query));
             }));
  return fields;
}

std::vector<std::string> search_words(std::string_view plain_text) {
  std::vector<std::string> words;
  for_each_word(plain_text, [&](std::string_view word, std::uint64_t) { words.emplace_back(word); });
  return words;
}

SearchDigest search_digest(const Day& day, const DaySummary& summary) {
  SearchDigest digest;
  digest.date = day.date;
  DigestWords words;
  for (std::size_t i = 0; i < day.papers.size(); ++i)
    if (day.papers[i].first_seen == day.date) add_paper(digest, words, day.papers[i], summary.papers[i].why);
  words.give(digest);
  return digest;
}

void pack(SearchFile& file) { file.bytes = deflated(file.bytes); }

struct SearchIndexer::Year {
  int year = 0;
  std::vector<SearchDigest> days = {};  // newest first, their words in `postings`
  Postings postings = {};
};

SearchIndexer::SearchIndexer() = default;
SearchIndexer::~SearchIndexer() = default;

void SearchIndexer::add(std::size_t place, SearchDigest digest) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(place, std::move(digest));
  for (auto first = waiting_.begin(); first != waiting_.end() && first->first == next_; ++next_) {
    append(std::move(first->second));
    first = waiting_.erase(first);
  }
}

void SearchIndexer::append(SearchDigest digest) {
  if (digest.papers.empty()) return;
  const int year = digest.date.year();
  if (year_ && year_->year != year) end_year();
  if (!year_) year_ = std::make_unique<Year>(Year{year});
  year_->postings.add(digest);
  year_->days.push_back({digest.date, std::move(digest.papers), {}, {}, {}, {}, {}});
}

void SearchIndexer::end_year() {
  const auto year = std::move(year_);
  year->postings.sort();
  std::reverse(year->days.begin(), year->days.end());
  YearWriter(index_, year->year).write(std::move(year->days), year->postings);
}

SearchIndex SearchIndexer::finished() {
  if (year_) end_year();
  return std::move(index_);
}

std::string search_manifest(const SearchIndex& index, const std::vector<TopicName>& topics) {
  JsonWriter json;
  json.object([&] {
    json.put("block", block_papers);
    json.object("topics", [&] {
      for (const TopicName& topic : topics) json.put(topic.slug, topic.name);
    });
    auto file = index.files.begin();
    json.objects("years", index.years, [&](const SearchYear& year) {
      std::size_t bytes = 0;
      std::string sums;  // zlib's format ends with a checksum of what it holds
      for (const auto end = file + static_cast<std::ptrdiff_t>(year.file_count); file != end; ++file) {
        bytes += file->bytes.size();
        sums += file->bytes.substr(file->bytes.size() - 4);
      }
      json.put("year", year.year);
      json.put("version", crc32_of(sums));
      json.put("papers", year.papers);
      json.put("bytes", bytes);
      json.put("shards", joined(year.shards, " "));
    });
  });
  return json.line();
}

}  // namespace daybook
