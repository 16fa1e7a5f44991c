#include <charconv>

#include "core/text.h"
#include "day/page_notes.h"
#include "legacy/import_kinds.h"

namespace daybook {

namespace {

constexpr std::string_view any_mark = "[//]: # \"daybook page ";
constexpr std::string_view link = "](https://arxiv.org/abs/";

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

// The mark stands below the page's heading, before all else that is not blank.
std::string_view mark_line(std::string_view text) {
  text = trim(text);
  if (!starts_with(text, "# ")) return {};
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return {};
  const std::string_view rest = trim(text.substr(end));
  return starts_with(rest, any_mark) ? trim(rest.substr(0, rest.find('\n'))) : std::string_view();
}

Error at_line(const std::string& source, int line, std::string what) {
  return {Kind::failed, {source, line, 1}, std::move(what), "restore the page from its history"};
}

// "## 1. [TITLE](https://arxiv.org/abs/ID)": the title's Markdown. It has no unescaped bracket.
std::optional<std::string_view> title_of(std::string_view line) {
  if (!starts_with(line, "## ")) return std::nullopt;
  const auto start = line.find(". [");
  const auto end = line.rfind(link);
  if (end == std::string_view::npos || start >= end) return std::nullopt;
  return line.substr(start + 3, end - start - 3);
}

std::optional<std::string_view> labelled(std::string_view line, std::string_view label) {
  if (!starts_with(line, label)) return std::nullopt;
  return trim(line.substr(label.size()));
}

std::optional<int> number_in(std::string_view digits) {
  int number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// Reads line by line. Every text that the page shows is escaped, so that no line of it looks like a label.
class OwnPage {
 public:
  OwnPage(std::string_view text, const std::string& source) : text_(text), source_(source) {}

  Result<Imported> read() {
    std::string_view rest = text_;
    while (!rest.empty() && !fault_) {
      const auto end = rest.find('\n');
      std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      ++line_;
      if (starts_with(line, "## Paper Selection Prompt")) {
        imported_.prompt = prompt_in(rest);
        break;
      }
      read_line(line);
    }
    check_whole();
    if (fault_) return *std::move(fault_);
    return std::move(imported_);
  }

 private:
  static std::string prompt_in(std::string_view rest) {
    std::string quoted(rest);
    std::erase(quoted, '\r');
    return unquoted_prompt(quoted);
  }

  void read_line(std::string_view line) {
    if (const auto title = title_of(line)) return open(*title);
    if (starts_with(line, "## Near misses")) {
      require_closed();
      near_misses_ = true;
    } else if (auto day = note_text(line, "day")) {
      read_day(*std::move(day));
    } else if (auto paper = note_text(line, "paper")) {
      close(*std::move(paper));
    } else if (open_line_ > 0) {
      read_field(line);
    }
  }

  void open(std::string_view title) {
    require_closed();
    open_line_ = line_;
    visible_ = VisibleEntry{std::string(title), {}, {}, {}};
    score_ = Score{};
  }

  void read_field(std::string_view line) {
    if (const auto authors = labelled(line, "**Authors:**")) visible_.authors = *authors;
    if (const auto abstract = labelled(line, "**Abstract:**")) visible_.abstract = *abstract;
    if (const auto comment = labelled(line, "**Comment:**")) visible_.comment = *comment;
    if (const auto relevance = labelled(line, "**Relevance:**")) score_.relevance = number_in(*relevance);
    if (const auto novelty = labelled(line, "**Novelty:**")) score_.novelty = number_in(*novelty);
  }

  void close(std::string json) {
    if (open_line_ == 0) return add_fault(line_, "the hidden \"paper\" line belongs to no paper");
    Entry entry;
    entry.score = score_;
    entry.first_seen = imported_.day.date;
    read_visible(visible_, entry);
    if (auto fault = read_paper_note(std::move(json), {source_, line_, 1}, entry)) fault_ = std::move(fault);
    (near_misses_ ? imported_.day.near_misses : imported_.day.papers).push_back(std::move(entry));
    open_line_ = 0;
  }

  void read_day(std::string json) {
    auto noted = read_day_note(std::move(json), {source_, line_, 1});
    if (!noted) {
      fault_ = noted.error();
      return;
    }
    imported_.day = std::move(noted->day);
    papers_ = noted->papers;
    expected_near_misses_ = noted->near_misses;
    has_day_ = true;
  }

  void require_closed() {
    if (open_line_ > 0) add_fault(open_line_, "the paper below this heading has no hidden \"paper\" line");
  }

  void check_whole() {
    if (fault_) return;
    require_closed();
    if (!has_day_) return add_fault(1, "the page has no hidden \"day\" line");
    const Day& day = imported_.day;
    if (day.papers.size() != papers_ || day.near_misses.size() != expected_near_misses_)
      add_fault(line_, "the page holds " + count(day.papers.size(), day.near_misses.size()) +
                           ", where its hidden \"day\" line names " + count(papers_, expected_near_misses_));
  }

  static std::string count(std::size_t papers, std::size_t near_misses) {
    return std::to_string(papers) + " papers and " + std::to_string(near_misses) + " near misses";
  }

  void add_fault(int line, std::string what) {
    if (!fault_) fault_ = at_line(source_, line, std::move(what));
  }

  std::string_view text_;
  const std::string& source_;
  int line_ = 0;
  Imported imported_;
  bool has_day_ = false;
  std::size_t papers_ = 0;
  std::size_t expected_near_misses_ = 0;
  bool near_misses_ = false;
  int open_line_ = 0;  // the heading of the paper being read; 0: none
  VisibleEntry visible_;
  Score score_;
  std::optional<Error> fault_;
};

}  // namespace

// Without its mark it is still ours: to take it for a predecessor's page without papers would lose the day.
bool is_own_page(std::string_view text) {
  return !mark_line(text).empty() || text.find("\n[//]: # \"day {") != std::string_view::npos;
}

Result<Imported> read_own_page(std::string_view text, const std::string& source) {
  const std::string_view mark = mark_line(text);
  if (!mark.empty() && mark != page_mark) {
    Error newer = at_line(source, 0, "the page was written by a newer Daybook");
    newer.place.column = 0;
    newer.mend = "upgrade Daybook";
    return newer;
  }
  return OwnPage(text, source).read();
}

}  // namespace daybook
