#include "site/search_index.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <tuple>
#include <utility>

#include "core/escape.h"
#include "core/json_writer.h"
#include "core/text.h"
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

void append_folded(std::string& word, char32_t c) {
  const char32_t row = c >> 4U;
  if ((row == 0x207 || row == 0x208) && (c & 15U) < 10) c = U'0' + (c & 15U);  // superscripts, subscripts
  if (c == 0xB9) c = U'1';
  if (c == 0xB2 || c == 0xB3) c = U'0' + (c & 15U);
  if (c == 0x2113) c = U'l';  // ℓ
  if (const char32_t folded = fold(c); folded != 0) append_utf8(word, folded);
}

// A plural's ending, of words with at least three ASCII letters before it.
void cut_plural(std::string& word) {
  const auto ascii_before = [&](std::size_t ending, std::size_t count) {
    return word.size() >= ending + count &&
           all(std::string_view(word).substr(word.size() - ending - count, count), is_alnum);
  };
  if (word.ends_with("ies") && ascii_before(3, 2)) {
    word.replace(word.size() - 3, 3, "y");
  } else if (word.ends_with("sses")) {
    word.resize(word.size() - 2);
  } else if (word.ends_with('s') && !word.ends_with("ss") && ascii_before(1, 3)) {
    word.pop_back();
  }
}

template <typename Visit>
void for_each_word(std::string_view text, Visit visit) {
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    cut_plural(word);
    visit(word);
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (is_alnum(c)) {
      word += lower(c);
      ++at;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      end_word();
      ++at;
    } else {
      const char32_t code_point = next_code_point(text, at);
      const Kind kind = kind_of(code_point);
      if (kind != Kind::letter) end_word();
      if (kind != Kind::none) append_folded(word, code_point);
      if (kind == Kind::word) end_word();
    }
  }
  end_word();
}

/// WordTable numbers words as they come; their letters stand in one text.
class WordTable {
 public:
  std::uint32_t number_of(std::string_view word) {
    if (2 * ends_.size() >= slots_.size()) grow();
    for (std::size_t at = hash_of(word);; ++at) {
      std::uint32_t& slot = slots_[at & (slots_.size() - 1)];
      if (slot == 0) {
        letters_ += word;
        ends_.push_back(static_cast<std::uint32_t>(letters_.size()));
        slot = static_cast<std::uint32_t>(ends_.size());
      }
      if (this->word(slot - 1) == word) return slot - 1;
    }
  }
  std::string_view word(std::uint32_t number) const {
    const std::size_t start = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(letters_).substr(start, ends_[number] - start);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
  // The letters, and where each word ends; the table is empty then.
  std::pair<std::string, std::vector<std::uint32_t>> taken() {
    slots_.clear();
    return {std::exchange(letters_, {}), std::exchange(ends_, {})};
  }

 private:
  static std::size_t hash_of(std::string_view word) {
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return static_cast<std::size_t>(hash ^ (hash >> 32U));
  }
  void grow() {
    slots_.assign(std::max<std::size_t>(4096, 2 * slots_.size()), 0);
    for (std::uint32_t number = 0; number < size(); ++number) {
      std::size_t at = hash_of(word(number));
      while (slots_[at & (slots_.size() - 1)] != 0) ++at;
      slots_[at & (slots_.size() - 1)] = number + 1;
    }
  }
  std::string letters_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint32_t> slots_;  // a word's number + 1; 0: free
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

/// DayWords collects the postings of one day.
class DayWords {
 public:
  void add(Field field, std::string_view text) {
    std::vector<std::uint32_t>& seen = field == in_authors ? seen_in_authors_ : seen_;
    for_each_word(text, [&](std::string_view word) {
      const std::uint32_t number = words_.number_of(word);
      if (number >= seen.size()) seen.resize(words_.size());
      if (std::exchange(seen[number], papers_ + 1) != papers_ + 1) postings_.push_back(number * field_count + field);
    });
  }
  void end_paper(SearchDigest& digest) {
    ++papers_;
    digest.posting_ends.push_back(static_cast<std::uint32_t>(postings_.size()));
  }
  void give(SearchDigest& digest) {
    std::tie(digest.words, digest.word_ends) = words_.taken();
    digest.postings = std::move(postings_);
    digest.words.shrink_to_fit();
    digest.word_ends.shrink_to_fit();
    digest.postings.shrink_to_fit();
  }

 private:
  WordTable words_;
  std::vector<std::uint32_t> seen_, seen_in_authors_;  // by word: the last paper with it, from 1
  std::vector<std::uint32_t> postings_;
  std::uint32_t papers_ = 0;
};

void add_paper(SearchDigest& digest, DayWords& words, const Entry& entry) {
  std::vector<std::string> authors;
  for (const std::string& author : entry.paper.authors) authors.push_back(shown_line(author));
  const std::string title = shown_line(entry.paper.title);
  words.add(in_title, title);
  words.add(in_abstract, plain_text(entry.paper.abstract));
  for (const std::string& author : authors) words.add(in_authors, author);
  words.end_paper(digest);
  digest.papers.push_back(
      {entry.score.relevance.value_or(0), entry.score.novelty.value_or(0), entry.score.topic,
       entry.paper.id + '\n' + title + '\n' + authors_line(authors) + '\n' + shown_line(why_of(entry)) + '\n'});
}

// Seven bits a byte, the lowest first; the highest bit says that more follow (as in Protocol Buffers).
void append_varint(std::string& out, std::size_t number) {
  for (; number > 127; number >>= 7U) out += static_cast<char>(number | 128U);
  out += static_cast<char>(number);
}

using Days = std::vector<SearchDigest>;  // of one year, oldest first

/// Postings holds a year's papers by word and field.
class Postings {
 public:
  explicit Postings(const Days& days) {
    for (const SearchDigest& day : days) numbers_.push_back(counted_words(day));
    std::uint32_t total = 0;
    for (std::uint32_t& end : ends_) end = total += end;
    papers_.resize(total);
    // From the last paper to the first, so that each list's end moves to its start as the list is filled.
    std::uint32_t paper = 0;
    for (const SearchDigest& day : days) paper += static_cast<std::uint32_t>(day.papers.size());
    for (std::size_t i = days.size(); i-- > 0;) fill(days[i], numbers_[i], paper);
    ends_.push_back(total);
    numbers_.clear();
  }

  const WordTable& words() const { return words_; }

  // All of a word: how many papers in each field that has any, then the papers as distances.
  void append(std::string& out, std::uint32_t word) const {
    for (std::uint32_t list = word * field_count; list < (word + 1) * field_count; ++list) {
      if (ends_[list] == ends_[list + 1]) continue;
      append_varint(out, ends_[list + 1] - ends_[list]);
      std::uint32_t next = 0;
      for (std::uint32_t i = ends_[list]; i < ends_[list + 1]; ++i) {
        append_varint(out, papers_[i] - next);
        next = papers_[i] + 1;
      }
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
  std::vector<std::uint32_t> counted_words(const SearchDigest& day) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(day.word_ends.size());
    std::size_t start = 0;
    for (const std::size_t end : day.word_ends) {
      numbers.push_back(words_.number_of(std::string_view(day.words).substr(start, end - start)));
      start = end;
    }
    ends_.resize(std::size_t{words_.size()} * field_count);
    for (const std::uint32_t posting : day.postings)
      ++ends_[numbers[posting / field_count] * field_count + posting % field_count];
    return numbers;
  }
  void fill(const SearchDigest& day, const std::vector<std::uint32_t>& numbers, std::uint32_t& paper) {
    std::size_t at = day.postings.size();
    for (std::size_t i = day.papers.size(); i-- > 0;) {
      --paper;
      for (const std::size_t start = i == 0 ? 0 : day.posting_ends[i - 1]; at > start;) {
        const std::uint32_t posting = day.postings[--at];
        papers_[--ends_[numbers[posting / field_count] * field_count + posting % field_count]] = paper;
      }
    }
  }

  WordTable words_;
  std::vector<std::vector<std::uint32_t>> numbers_;  // by day: its words' numbers here
  std::vector<std::uint32_t> ends_;                  // of each list in papers_; in the end: its start
  std::vector<std::uint32_t> papers_;
};

std::size_t common_prefix(std::string_view one, std::string_view other) {
  const auto end = one.begin() + static_cast<std::ptrdiff_t>(std::min(one.size(), other.size()));
  return static_cast<std::size_t>(std::mismatch(one.begin(), end, other.begin()).first - one.begin());
}

/// YearWriter makes the files of a year.
class YearWriter {
 public:
  YearWriter(SearchIndex& index, int year) : index_(index), first_file_(index.files.size()) {
    index_.years.push_back({year, 0, {""}, 0});
  }

  void write(const Days& days) {
    write_table(days);
    write_blocks(days);
    write_shards(Postings(days));
    index_.years.back().file_count = index_.files.size() - first_file_;
  }

 private:
  void add(const std::string& name, std::string bytes, Packing packing) {
    index_.files.push_back(
        {"search/" + std::to_string(index_.years.back().year) + '/' + name + ".bin", std::move(bytes), packing});
  }

  void write_table(const Days& days) {
    std::vector<std::string> topics = {""};
    std::string dates, scores, numbers;
    std::size_t day_count = 0;
    Date last = *Date::from_parts(index_.years.back().year, 1, 1);
    for (const SearchDigest& day : days) {
      if (day.papers.empty()) continue;
      ++day_count;
      append_varint(dates, static_cast<std::size_t>(day.date.days() - last.days()));
      append_varint(dates, day.papers.size());
      last = day.date;
      for (const SearchPaper& paper : day.papers) {
        scores += static_cast<char>(paper.relevance << 4 | paper.novelty);
        const auto topic = std::find(topics.begin(), topics.end(), paper.topic);
        append_varint(numbers, static_cast<std::size_t>(topic - topics.begin()));
        if (topic == topics.end()) topics.push_back(paper.topic);
        ++index_.years.back().papers;
      }
    }
    std::string bytes = joined(topics, " ") + '\n';
    append_varint(bytes, day_count);
    add("table", bytes + dates + scores + numbers, Packing::text);
  }

  void write_blocks(const Days& days) {
    std::string bytes;
    std::size_t papers = 0;
    const auto end_block = [&] {
      add("papers-" + std::to_string((papers - 1) / block_papers), std::exchange(bytes, {}), Packing::text);
    };
    for (const SearchDigest& day : days)
      for (const SearchPaper& paper : day.papers) {
        bytes += paper.lines;
        if (++papers % block_papers == 0) end_block();
      }
    if (!bytes.empty()) end_block();
  }

  void write_shards(const Postings& postings) {
    const WordTable& words = postings.words();
    std::vector<std::uint32_t> order(words.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t one, std::uint32_t other) { return words.word(one) < words.word(other); });
    std::vector<std::string>& shards = index_.years.back().shards;
    std::string bytes;
    const auto end_shard = [&] {
      add("words-" + std::to_string(shards.size() - 1), std::exchange(bytes, {}), Packing::numbers);
    };
    std::string_view last;
    for (const std::uint32_t number : order) {
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

// As a part of an address (RFC 3986, 2.3).
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_alnum(c) || c == '-' || c == '_' || c == '.') {
      out += c;
    } else {
      out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return out;
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
  for_each_word(plain_text, [&](const std::string& word) { words.push_back(word); });
  return words;
}

SearchDigest search_digest(const Day& day) {
  SearchDigest digest;
  digest.date = day.date;
  DayWords words;
  for (const Entry& entry : day.papers)
    if (entry.first_seen == day.date) add_paper(digest, words, entry);
  words.give(digest);
  return digest;
}

void pack(SearchFile& file) { file.bytes = deflated(file.bytes, file.packing); }

SearchIndex search_index(std::vector<SearchDigest> days) {
  SearchIndex index;
  for (auto newest = days.begin(); newest != days.end();) {
    const int year = newest->date.year();
    const auto end = std::find_if(newest, days.end(), [&](const SearchDigest& day) { return day.date.year() != year; });
    Days of_year(std::make_move_iterator(newest), std::make_move_iterator(end));
    std::reverse(of_year.begin(), of_year.end());
    newest = end;
    if (std::any_of(of_year.begin(), of_year.end(), [](const SearchDigest& day) { return !day.papers.empty(); }))
      YearWriter(index, year).write(of_year);
  }
  return index;
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
