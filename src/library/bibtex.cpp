#include "library/bibtex.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/text.h"
#include "paper/paper.h"
#include "paper/reply.h"
#include "paper/white_space.h"
#include "tex/letters.h"

namespace daybook {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr ByteSet white(" \t\r\n");
constexpr ByteSet ends_of_word(" \t\r\n={}\"#,()%@");
constexpr std::size_t expanded_bytes_max = 1U << 20U;
constexpr std::string_view months = "jan feb mar apr may jun jul aug sep oct nov dec";

// Where an id may stand within other text, the likeliest first.
constexpr std::array<std::string_view, 12> hints = {"doi",    "url",   "journal", "journaltitle", "number", "volume",
                                                    "adsurl", "pages", "eid",     "howpublished", "ee",     "note"};

bool is_text(std::string_view field) { return is_one_of(field, "title abstract author"); }

bool is_of_use(std::string_view field) {
  return is_text(field) || is_one_of(field, "eprint arxivid archiveprefix eprinttype primaryclass") ||
         std::find(hints.begin(), hints.end(), field) != hints.end();
}

bool is_number(std::string_view word) { return word.find_first_not_of("0123456789") == npos; }

struct BibtexEntry {
  std::string type;                                         // both in lower case: "article", "title"
  std::vector<std::pair<std::string, std::string>> fields;  // those of use; of a name, the first
  int line = 0;                                             // of its '@'

  // Empty where there is none.
  std::string_view field(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.first == name; });
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
  }
};

// The syntax, without what fields mean: http://tug.org/docs/html/btxdoc/btxdoc.html and what programs make of it.
// Values are put together ('#', @string), with the braces and blanks that are in them. Text between entries, @comment
// and @preamble are passed over.
//
// Faults: an entry whose braces are not closed when the next one begins on a line of its own (left out), a brace too
// many, what stands where a field should (the first of an entry; the others of its fields are read), an unknown
// abbreviation in a field of text, a file without any entry. Keys and commas that are missing, and fields without a
// value, are none. In linear time: no recursion, nothing is looked at more than a few times, and abbreviations expand
// to 1 MiB in all.
class BibtexReader {
 public:
  BibtexReader(std::string_view text, const std::string& source, Errors& errors)
      : text_(text), source_(source), errors_(errors), places_(text, source) {}

  // In the file's order.
  std::vector<BibtexEntry> read() {
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
                         "this file has no BibTeX entry; it begins with " + excerpt(text_),
                         "export the library as BibTeX again"});
    return std::move(entries_);
  }

  const PrivateFields& private_fields() const { return private_fields_; }  // of what was read

 private:
  struct Group {
    std::size_t end = npos;   // its closing brace; npos: not closed
    std::size_t stop = npos;  // where looking for it ended
  };

  void fault(std::size_t at, std::string what, std::string hint) {
    errors_.push_back({Kind::failed, {source_, places_.at(at).line, 0}, std::move(what), std::move(hint)});
  }
  void fault_of_fields(std::size_t at, std::string what, std::string hint) {
    if (!told_of_fields_) fault(at, std::move(what), std::move(hint));
    told_of_fields_ = true;
  }

  void skip_white() {
    while (at_ < end_ && white.has(text_[at_])) ++at_;
  }

  // Commas, and what people put behind a '%'.
  void skip_between_fields() {
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
  void skip_field() {
    for (int depth = 0; at_ < end_; ++at_) {
      const char c = text_[at_];
      if (c == '{') ++depth;
      if (c == '}') --depth;
      if (c == ',' && depth <= 0) return;
    }
  }

  std::string_view word() {
    const std::size_t end = std::min(ends_of_word.find_in(text_, at_), end_);
    const std::string_view found = text_.substr(at_, end - at_);
    at_ = end;
    return found;
  }

  // Whether an entry begins here, as the first of its line.
  bool begins_entry(std::size_t at) const {
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
  Group group_at(std::size_t open, bool until_next_entry) const {
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

  // A comment may hold whole entries. To BibTeX itself the word alone is the comment: so it is taken where the braces
  // are not closed. To look to the end of the file for each of many such comments would take for ever.
  void pass_over(std::size_t open) {
    const Group group = group_at(open, has_open_comment_);
    if (group.end != npos) {
      at_ = group.end + 1;
    } else {
      at_ = has_open_comment_ ? group.stop : open + 1;
      has_open_comment_ = true;
    }
  }

  // "title = {One}},": what follows of the entry is lost.
  void warn_of_surplus(std::size_t end) {
    at_ = end + 1;
    end_ = text_.size();
    skip_white();
    if (at_ < text_.size() && text_[at_] == ',')
      fault(at_, "the entry has one closing brace too many before this comma; the rest of it is not read",
            "remove the brace");
    at_ = end + 1;
  }

  void read_group(std::size_t start, std::string type) {
    const std::size_t open = at_;
    if (type == "comment") return pass_over(open);
    const Group group = group_at(open, true);
    if (group.end == npos) {
      const bool at_end = group.stop == text_.size();
      fault(start,
            std::string("the entry's braces are not closed before the ") +
                (at_end ? "file ends" : "next entry begins in line " + std::to_string(places_.at(group.stop).line)) +
                ": it is left out",
            "close each { in it with a }");
      at_ = group.stop;
      return;
    }
    at_ = open + 1;
    end_ = group.end;
    told_of_fields_ = false;
    BibtexEntry entry{std::move(type), {}, places_.at(start).line};
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
  void skip_key() {
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

  void read_fields(BibtexEntry& entry) {
    for (skip_between_fields(); at_ < end_; skip_between_fields()) {
      const std::size_t start = at_;
      std::string name = ascii_lower(word());
      skip_white();
      if (name.empty() || at_ == end_ || text_[at_] != '=') {
        const std::string_view here = text_.substr(start, std::min<std::size_t>(end_ - start, 40));
        fault_of_fields(start, "expected a field, name = {text}, but found " + excerpt(here),
                        "separate fields with commas, and put each text between braces");
        at_ = std::max(at_, start + 1);
        skip_field();
        continue;
      }
      ++at_;
      std::string value = read_value(name);
      if (entry.type != "string" && is_private(name, value) && private_fields_.count++ == 0)
        private_fields_.first_line = places_.at(start).line;
      keep(entry, std::move(name), std::move(value));
    }
  }

  // A note that gives the arXiv id alone, as Zotero's exports do, is none.
  static bool is_private(std::string_view name, std::string_view value) {
    constexpr std::size_t id_bytes_max = 40;
    if (!is_one_of(name, "note annote annotation file comment review") || trim(value).empty()) return false;
    return name != "note" || value.size() > id_bytes_max || arxiv_id_in(value).empty();
  }

  void keep(BibtexEntry& entry, std::string name, std::string value) {
    if (entry.type == "string") {
      abbreviations_.insert_or_assign(std::move(name), std::move(value));
    } else if (is_of_use(name) && !value.empty() && entry.field(name).empty()) {
      entry.fields.emplace_back(std::move(name), std::move(value));
    }
  }

  std::string read_value(const std::string& field) {
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

  std::string_view braced_text() {
    const std::size_t start = ++at_;
    for (int depth = 1; at_ < end_; ++at_) {
      if (text_[at_] == '{') ++depth;
      if (text_[at_] == '}' && --depth == 0) return text_.substr(start, at_++ - start);
    }
    return text_.substr(start, end_ - start);
  }

  std::string_view quoted_text() {
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
  void append_word(std::string& value, const std::string& field) {
    const std::size_t start = at_;
    const std::string_view found = word();
    const std::string name = ascii_lower(found);
    const auto known = abbreviations_.find(name);
    if (known == abbreviations_.end()) {
      value += found;
      if (!is_number(name) && !is_one_of(name, months) && is_text(field))
        fault_of_fields(start, "no @string defines " + excerpt(found),
                        "put text between braces: " + field + " = {...}");
      return;
    }
    expanded_bytes_ += known->second.size();
    if (expanded_bytes_ <= expanded_bytes_max) {
      value += known->second;
    } else {
      fault_of_fields(start,
                      "the file's abbreviations expand to more than " + std::to_string(expanded_bytes_max) +
                          " bytes: they are ignored from here on",
                      "write long texts out");
    }
  }

  std::string_view text_;
  const std::string& source_;
  Errors& errors_;
  Places places_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;  // of the group that is read
  bool has_entries_ = false;
  bool has_open_comment_ = false;
  bool told_of_fields_ = false;  // of this entry: one fault leads to others
  std::map<std::string, std::string> abbreviations_;
  std::size_t expanded_bytes_ = 0;
  std::vector<BibtexEntry> entries_;
  PrivateFields private_fields_;
};

// How many of the braces at the start are closed at the very end only: 2 of "{{A} title}" would be 1.
std::size_t enclosing_braces(std::string_view text) {
  const std::size_t opening = std::min(text.find_first_not_of('{'), text.size());
  const auto last = text.find_last_not_of('}');
  const std::size_t closing = last == npos ? text.size() : text.size() - 1 - last;
  if (opening + closing >= text.size()) return 0;
  auto depth = static_cast<long long>(opening);
  long long least = std::min(depth, static_cast<long long>(closing));
  for (const char c : text.substr(opening, text.size() - opening - closing)) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    least = std::min(least, depth);
  }
  return depth == static_cast<long long>(closing) && least > 0 ? static_cast<std::size_t>(least) : 0;
}

// Programs put titles and abstracts in a second pair of braces to keep their capitals.
std::string text_of_field(std::string_view value) {
  const std::string text = single_spaced(value);
  const std::size_t braces = enclosing_braces(text);
  return single_spaced(std::string_view(text).substr(braces, text.size() - 2 * braces));
}

void add_name(std::vector<std::string>& names, std::string_view name) {
  std::string ordered = name_in_order(text_of_field(name));
  if (!ordered.empty() && ordered != "others") names.push_back(std::move(ordered));
}

// Parted by the word "and" outside of braces.
std::vector<std::string> names_in(std::string_view value) {
  const std::string text = single_spaced(value);
  std::vector<std::string> names;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}') --depth;
    if (text[at] != ' ' || depth > 0 || !equal_ignoring_case(std::string_view(text).substr(at, 5), " and ")) continue;
    add_name(names, std::string_view(text).substr(start, at - start));
    at += 4;
    start = at;
  }
  add_name(names, std::string_view(text).substr(start));
  return names;
}

// Other archives have eprints too: HAL, PubMed.
std::string id_of_eprint(const BibtexEntry& entry, const std::string& source, Errors& errors) {
  if (auto id = ArxivId::parse(text_of_field(entry.field("arxivid")))) return std::move(id->text);
  const std::string eprint = text_of_field(entry.field("eprint"));
  std::string archive = text_of_field(entry.field("archiveprefix"));
  if (archive.empty()) archive = text_of_field(entry.field("eprinttype"));
  const bool is_arxiv = equal_ignoring_case(archive, "arxiv");
  if (eprint.empty() || (!is_arxiv && !archive.empty())) return {};
  if (auto id = ArxivId::parse(eprint)) return std::move(id->text);
  // Before 2007 some wrote eprint = {9901001}, primaryClass = {hep-th}.
  if (auto id = ArxivId::parse(text_of_field(entry.field("primaryclass")) + '/' + eprint)) return std::move(id->text);
  if (is_arxiv)
    errors.push_back({Kind::failed,
                      {source, entry.line, 0},
                      "the entry's eprint " + excerpt(eprint) + " is not an arXiv id",
                      "write it as in \"2401.12345\" or \"hep-th/9901001\""});
  return {};
}

std::string id_of(const BibtexEntry& entry, const std::string& source, Errors& errors) {
  std::string id = id_of_eprint(entry, source, errors);
  for (const auto name : hints) {
    if (!id.empty()) return id;
    id = arxiv_id_in(entry.field(name));
  }
  return id.empty() ? arxiv_id_of_volume(text_of_field(entry.field("journal")), text_of_field(entry.field("volume")))
                    : id;
}

}  // namespace

std::vector<Reference> read_bibtex(std::string_view bytes, const std::string& source, Errors& errors) {
  std::vector<Reference> references;
  const auto text = library_text(bytes, source, errors);
  if (!text) return references;
  for (const BibtexEntry& entry : BibtexReader(*text, source, errors).read()) {
    Reference reference;
    reference.line = entry.line;
    reference.id = id_of(entry, source, errors);
    reference.title = text_of_field(entry.field("title"));
    reference.abstract = text_of_field(entry.field("abstract"));
    reference.authors = names_in(entry.field("author"));
    add_reference(references, std::move(reference), source, errors);
  }
  return references;
}

PrivateFields private_fields_of_bibtex(std::string_view bytes) {
  Errors faults;
  const std::string source;
  BibtexReader reader(bytes, source, faults);
  reader.read();
  return reader.private_fields();
}

}  // namespace daybook
