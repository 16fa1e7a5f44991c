#include "library/bibtex_syntax.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/byte_set.h"
#include "core/text.h"
#include "library/reference.h"
#include "paper/reply.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr ByteSet white(" \t\r\n");
constexpr ByteSet ends_of_word(" \t\r\n={}\"#,()%@");
constexpr std::size_t expanded_bytes_max = 1U << 20U;
constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_number(std::string_view word) { return word.find_first_not_of("0123456789") == npos; }

class BibtexReader {
 public:
  BibtexReader(std::string_view text, const std::string& source, FieldUse (*use_of)(std::string_view), Errors& errors)
      : text_(text), source_(source), use_of_(use_of), errors_(errors), lines_(text) {}

  std::vector<BibtexEntry> read();

 private:
  struct Group {
    std::size_t end = npos;   // its closing brace; npos: not closed
    std::size_t stop = npos;  // where looking for it ended
  };

  void fault(std::size_t at, std::string what, std::string mend) {
    errors_.push_back({Kind::failed, {source_, lines_.at(at), 0}, std::move(what), std::move(mend)});
  }
  void fault_of_fields(std::size_t at, std::string what, std::string mend);
  void skip_white();
  void skip_between_fields();
  void skip_field();
  std::string_view word();
  bool begins_entry(std::size_t at) const;
  Group group_at(std::size_t open, bool until_next_entry) const;
  void read_group(std::size_t start, std::string type);
  void pass_over(std::size_t open);
  void warn_of_surplus(std::size_t end);
  void skip_key();
  void read_fields(BibtexEntry& entry);
  void keep(BibtexEntry& entry, std::string name, std::string value);
  std::string read_value(const std::string& field);
  std::string_view braced_text();
  std::string_view quoted_text();
  void append_word(std::string& value, const std::string& field);

  std::string_view text_;
  const std::string& source_;
  FieldUse (*use_of_)(std::string_view);
  Errors& errors_;
  LineNumbers lines_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;  // of the group that is read
  bool has_entries_ = false;
  bool has_open_comment_ = false;
  bool told_of_fields_ = false;  // of this entry: one fault leads to others
  std::map<std::string, std::string> abbreviations_;
  std::size_t expanded_bytes_ = 0;
  std::vector<BibtexEntry> entries_;
};

void BibtexReader::fault_of_fields(std::size_t at, std::string what, std::string mend) {
  if (!told_of_fields_) fault(at, std::move(what), std::move(mend));
  told_of_fields_ = true;
}

void BibtexReader::skip_white() {
  while (at_ < end_ && white.has(text_[at_])) ++at_;
}

// Commas, and what people put behind a '%'.
void BibtexReader::skip_between_fields() {
  while (at_ < end_) {
    if (text_[at_] == '%') {
      at_ = std::min(text_.find('\n', at_), end_);
    } else if (white.has(text_[at_]) || text_[at_] == ',') {
      ++at_;
    } else {
      return;
    }
  }
}

// To the comma behind what is no field.
void BibtexReader::skip_field() {
  for (int depth = 0; at_ < end_; ++at_) {
    const char c = text_[at_];
    if (c == '{') ++depth;
    if (c == '}') --depth;
    if (c == ',' && depth <= 0) return;
  }
}

std::string_view BibtexReader::word() {
  const std::size_t end = std::min(ends_of_word.find_in(text_, at_), end_);
  const std::string_view found = text_.substr(at_, end - at_);
  at_ = end;
  return found;
}

// Whether an entry begins here, as the first of its line.
bool BibtexReader::begins_entry(std::size_t at) const {
  std::size_t before = at;
  while (before > 0 && (text_[before - 1] == ' ' || text_[before - 1] == '\t')) --before;
  if (before > 0 && text_[before - 1] != '\n') return false;
  const std::size_t name = at + 1;
  std::size_t end = std::min(ends_of_word.find_in(text_, name), text_.size());
  if (end == name) return false;
  while (end < text_.size() && white.has(text_[end])) ++end;
  return end < text_.size() && (text_[end] == '{' || text_[end] == '(');
}

// Braces count even behind a backslash, as BibTeX has it. In parentheses, text in quotes may hold more of them.
BibtexReader::Group BibtexReader::group_at(std::size_t open, bool until_next_entry) const {
  const bool in_braces = text_[open] == '{';
  bool quoted = false;
  int depth = 0;
  for (std::size_t at = open + 1; at < text_.size(); ++at) {
    switch (text_[at]) {
      case '{':
        ++depth;
        break;
      case '}':
        if (depth == 0 && in_braces) return {at, at};
        if (depth > 0) --depth;
        break;
      case '"':
        if (depth == 0) quoted = !quoted;
        break;
      case ')':
        if (depth == 0 && !in_braces && !quoted) return {at, at};
        break;
      case '@':
        if (until_next_entry && begins_entry(at)) return {npos, at};
        break;
      default:
        break;
    }
  }
  return {npos, text_.size()};
}

// A comment may hold whole entries. To BibTeX itself the word alone is the comment: so it is taken where the braces are
// not closed. To look to the end of the file for each of many such comments would take for ever.
void BibtexReader::pass_over(std::size_t open) {
  const Group group = group_at(open, has_open_comment_);
  if (group.end != npos) {
    at_ = group.end + 1;
  } else {
    at_ = has_open_comment_ ? group.stop : open + 1;
    has_open_comment_ = true;
  }
}

// "title = {One}},": what follows of the entry is lost.
void BibtexReader::warn_of_surplus(std::size_t end) {
  at_ = end + 1;
  end_ = text_.size();
  skip_white();
  if (at_ < text_.size() && text_[at_] == ',')
    fault(at_, "the entry has a closing brace too many before this comma: what follows of it is not read",
          "take the brace away");
  at_ = end + 1;
}

void BibtexReader::read_group(std::size_t start, std::string type) {
  const std::size_t open = at_;
  if (type == "comment") return pass_over(open);
  const Group group = group_at(open, true);
  if (group.end == npos) {
    const bool at_end = group.stop == text_.size();
    fault(start,
          std::string("the entry's braces are not closed before the ") +
              (at_end ? "file ends" : "next entry begins in line " + std::to_string(lines_.at(group.stop))) +
              ": it is left out",
          "see that each { in it has its }");
    at_ = group.stop;
    return;
  }
  at_ = open + 1;
  end_ = group.end;
  told_of_fields_ = false;
  BibtexEntry entry{std::move(type), {}, lines_.at(start)};
  if (entry.type == "string") {
    read_fields(entry);
  } else if (entry.type != "preamble") {
    skip_key();
    read_fields(entry);
    entries_.push_back(std::move(entry));
  }
  warn_of_surplus(group.end);
}

// What stands before the first comma. Where a '=' comes first, the comma or the key itself is missing: of two words
// the first is the key, one is a field's name.
void BibtexReader::skip_key() {
  constexpr ByteSet ends(",=");
  const std::size_t end = std::min(ends.find_in(text_.substr(0, end_), at_), end_);
  skip_white();
  const std::size_t start = at_;
  if (end == end_ || text_[end] == ',') {
    at_ = end;
  } else {
    at_ = std::min(white.find_in(text_, start), end);
    skip_white();
    if (at_ == end) at_ = start;
  }
}

void BibtexReader::read_fields(BibtexEntry& entry) {
  for (skip_between_fields(); at_ < end_; skip_between_fields()) {
    const std::size_t start = at_;
    std::string name = ascii_lower(word());
    skip_white();
    if (name.empty() || at_ == end_ || text_[at_] != '=') {
      const std::string_view here = text_.substr(start, std::min<std::size_t>(end_ - start, 40));
      fault_of_fields(start, "here should be a field, name = {text}, and there is " + excerpt(here),
                      "write a comma between fields, and each text between braces");
      at_ = std::max(at_, start + 1);
      skip_field();
      continue;
    }
    ++at_;
    std::string value = read_value(name);
    keep(entry, std::move(name), std::move(value));
  }
}

void BibtexReader::keep(BibtexEntry& entry, std::string name, std::string value) {
  if (entry.type == "string") {
    abbreviations_.insert_or_assign(std::move(name), std::move(value));
  } else if (use_of_(name) != FieldUse::none && !value.empty() && entry.field(name).empty()) {
    entry.fields.emplace_back(std::move(name), std::move(value));
  }
}

std::string BibtexReader::read_value(const std::string& field) {
  std::string value;
  while (true) {
    skip_white();
    if (at_ == end_) return value;
    if (text_[at_] == '{') {
      value += braced_text();
    } else if (text_[at_] == '"') {
      value += quoted_text();
    } else {
      append_word(value, field);
    }
    skip_white();
    if (at_ == end_ || text_[at_] != '#') return value;
    ++at_;
  }
}

std::string_view BibtexReader::braced_text() {
  const std::size_t start = ++at_;
  for (int depth = 1; at_ < end_; ++at_) {
    if (text_[at_] == '{') ++depth;
    if (text_[at_] == '}' && --depth == 0) return text_.substr(start, at_++ - start);
  }
  return text_.substr(start, end_ - start);
}

std::string_view BibtexReader::quoted_text() {
  const std::size_t start = ++at_;
  for (int depth = 0; at_ < end_; ++at_) {
    if (text_[at_] == '{') ++depth;
    if (text_[at_] == '}') --depth;
    if (text_[at_] == '"' && depth <= 0) return text_.substr(start, at_++ - start);
  }
  fault_of_fields(start - 1, "the text has no closing quotation mark", "close it with \", or put it between braces");
  return text_.substr(start, end_ - start);
}

// A number, an abbreviation, or nothing: "year = ,".
void BibtexReader::append_word(std::string& value, const std::string& field) {
  const std::size_t start = at_;
  const std::string_view found = word();
  const std::string name = ascii_lower(found);
  const auto known = abbreviations_.find(name);
  if (known == abbreviations_.end()) {
    value += found;
    const bool is_month = std::find(months.begin(), months.end(), name) != months.end();
    if (!is_number(name) && !is_month && use_of_(field) == FieldUse::text)
      fault_of_fields(start, "no @string says what " + excerpt(found) + " stands for",
                      "put text between braces: " + field + " = {...}");
    return;
  }
  expanded_bytes_ += known->second.size();
  if (expanded_bytes_ <= expanded_bytes_max) {
    value += known->second;
  } else {
    fault_of_fields(start,
                    "the file's abbreviations expand to more than " + std::to_string(expanded_bytes_max) +
                        " bytes: they are read as nothing from here on",
                    "write long texts out");
  }
}

std::vector<BibtexEntry> BibtexReader::read() {
  for (at_ = text_.find('@'); at_ < text_.size(); at_ = text_.find('@', at_)) {
    const std::size_t start = at_++;
    end_ = text_.size();
    skip_white();
    std::string type = ascii_lower(word());
    skip_white();
    // An address of mail in the text between entries.
    if (type.empty() || at_ == text_.size() || (text_[at_] != '{' && text_[at_] != '(')) continue;
    has_entries_ = true;
    read_group(start, std::move(type));
  }
  if (!has_entries_ && !trim(text_).empty())
    errors_.push_back({Kind::failed,
                       {source_, 0, 0},
                       "there is no entry of BibTeX in this file, it begins with " + excerpt(text_),
                       "export the library as BibTeX again"});
  return std::move(entries_);
}

}  // namespace

std::string_view BibtexEntry::field(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.first == name; });
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<BibtexEntry> read_bibtex_entries(std::string_view text, const std::string& source,
                                             FieldUse (*use_of)(std::string_view field), Errors& errors) {
  return BibtexReader(text, source, use_of, errors).read();
}

}  // namespace daybook
