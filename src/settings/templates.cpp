#include "settings/templates.h"

#include <algorithm>
#include <array>
#include <kainjow/mustache.hpp>
#include <set>
#include <utility>

#include "core/escape.h"
#include "core/text.h"
#include "settings/rules.h"

namespace daybook {

namespace {

constexpr std::size_t partials_deep_max = 16;
constexpr const char* where_names_are = "the names are listed in templates/README.md of Daybook's repository";

// The tags of a mustache template, where they stand: the library tells neither names nor lines.
struct Tag {
  char kind;  // 'v' variable, '{' and '&' unescaped, '#', '^', '/', '>', '!' comment, '=' delimiters, '?' not closed
  std::string_view name;
  std::size_t begin;  // of its "{{"
  std::size_t end;    // behind its "}}"
};

std::vector<Tag> tags_of(std::string_view text) {
  std::vector<Tag> tags;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const bool triple = text.substr(at, 3) == "{{{";
    const std::string_view closing = triple ? "}}}" : "}}";
    const std::size_t close = text.find(closing, at + 2);
    if (close == std::string_view::npos) {
      tags.push_back({'?', {}, at, text.size()});
      break;
    }
    std::string_view inside = trim(text.substr(at + closing.size(), close - at - closing.size()));
    char kind = triple ? '{' : 'v';
    if (!triple && !inside.empty() && std::string_view("&#^/>!=").find(inside[0]) != std::string_view::npos) {
      kind = inside[0];
      inside = trim(inside.substr(1));
    }
    tags.push_back({kind, inside, at, close + closing.size()});
    at = close + closing.size();
  }
  return tags;
}

// Templates of earlier versions, and what shows now what each showed.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> gone = {
    {{"scores.html", "meta.html and notes.html"}}};

// The hint for the name of one of those; empty for all others.
std::string hint_for_gone(std::string_view name, std::string_view what_to_do) {
  for (const auto& [old_name, instead] : gone)
    if (name == old_name) return std::string(instead) + " show what it showed; " + std::string(what_to_do);
  return {};
}

std::vector<std::string_view> keys(const TemplateTexts& texts) {
  std::vector<std::string_view> names;
  for (const auto& [name, text] : texts) names.push_back(name);
  return names;
}

void append_text(Templates::Expanded& out, std::string_view text, Place place) {
  for (const char c : text) {
    if (out.text.empty() || out.text.back() == '\n') out.lines.push_back(place);
    out.text += c;
    if (c == '\n') ++place.line;
  }
}

// Puts partials in place.
class Expander {
 public:
  Expander(const TemplateTexts& texts, Errors& errors) : texts_(texts), errors_(errors) {}

  void expand(const std::string& name, Templates::Expanded& out) {
    const TemplateText& from = texts_.at(name);
    ++depth_;
    std::size_t copied = 0;
    for (const Tag& tag : tags_of(from.text)) {
      if (tag.kind != '>') continue;
      append_text(out, std::string_view(from.text).substr(copied, tag.begin - copied),
                  place_at(from.text, copied, from.source));
      put_partial(tag, from, out);
      copied = tag.end;
      // A partial alone on its line brings its own line break.
      if (from.text.substr(copied, 1) == "\n" && out.text.ends_with('\n')) ++copied;
    }
    append_text(out, std::string_view(from.text).substr(copied), place_at(from.text, copied, from.source));
    --depth_;
  }

 private:
  void put_partial(const Tag& tag, const TemplateText& from, Templates::Expanded& out) {
    const Place place = place_at(from.text, tag.begin, from.source);
    const std::string name(tag.name);
    if (texts_.count(name) == 0) {
      const std::string instead = hint_for_gone(name, "name them instead");
      errors_.push_back({Kind::misuse, place, "there is no template \"" + name + "\"",
                         !instead.empty()
                             ? instead
                             : did_you_mean(nearest(name, keys(texts_)), "add it to the folder, or remove this tag")});
    } else if (depth_ >= partials_deep_max) {
      errors_.push_back(
          {Kind::misuse, place, "the template \"" + name + "\" contains itself", "remove one of the two tags"});
    } else {
      expand(name, out);
    }
  }

  const TemplateTexts& texts_;
  Errors& errors_;
  std::size_t depth_ = 0;
};

std::set<std::string_view> partials_in(const TemplateTexts& texts) {
  std::set<std::string_view> names;
  for (const auto& [name, from] : texts)
    for (const Tag& tag : tags_of(from.text))
      if (tag.kind == '>') names.insert(tag.name);
  return names;
}

// Where the byte of an expanded template stands in the file that it came from.
Place place_in(const Templates::Expanded& expanded, std::size_t offset) {
  Place there = place_at(expanded.text, offset, "");
  const auto line = static_cast<std::size_t>(there.line) - 1;
  if (line >= expanded.lines.size()) return there;
  Place place = expanded.lines[line];
  place.column = there.column;
  return place;
}

void check_syntax(const Templates::Expanded& expanded, Errors& errors) {
  std::vector<Tag> open;
  const auto fault = [&](const Tag& tag, std::string what, std::string hint) {
    errors.push_back({Kind::misuse, place_in(expanded, tag.begin), std::move(what), std::move(hint)});
  };
  for (const Tag& tag : tags_of(expanded.text)) {
    const std::string name(tag.name);
    if (tag.kind == '?') fault(tag, "this tag is not closed", "close it with \"}}\"");
    if (tag.kind == '=') fault(tag, "the delimiters of tags can't be changed here", "remove this tag");
    if (tag.kind != '?' && tag.kind != '!' && name.empty()) fault(tag, "this tag is empty", "take it out");
    if (tag.kind == '#' || tag.kind == '^') open.push_back(tag);
    if (tag.kind != '/') continue;
    if (open.empty()) {
      fault(tag, "the section \"" + name + "\" is closed but was not opened", "open it with \"{{#" + name + "}}\"");
      continue;
    }
    const std::string inner(open.back().name);
    if (inner != name)
      fault(tag, "the section \"" + name + "\" is closed where \"" + inner + "\" is open",
            "close \"" + inner + "\" first");
    open.pop_back();
  }
  for (const Tag& tag : open)
    fault(tag, "the section \"" + std::string(tag.name) + "\" is not closed",
          "close it with \"{{/" + std::string(tag.name) + "}}\"");
}

using Data = kainjow::mustache::data;
using Base = kainjow::mustache::basic_context<std::string>;

// Hands Fields to the library without copying them into its own tree: that costs two to three times as much.
//
// The library asks for a name, and where it gets a list it pushes a pointer to each item in turn. So a list of ours is
// shown to it as a list of as many blanks, and the item pushed tells by its address which of our Fields is meant.
class FieldsContext : public Base {
 public:
  explicit FieldsContext(const Fields& fields) { frames_.push_back({&fields, nullptr, nullptr}); }

  void push(const Data* data) override {
    Frame& top = frames_.back();
    const Fields* inside = top.fields;
    if (top.list != nullptr && !top.list->empty()) {
      const auto& blanks = top.blanks->list_value();
      if (data >= blanks.data() && data < blanks.data() + blanks.size())
        inside = &(*top.list)[static_cast<std::size_t>(data - blanks.data())];
    }
    frames_.push_back({inside, nullptr, nullptr});
  }

  void pop() override { frames_.pop_back(); }

  const Data* get(const std::string& text) const override {
    const FieldName name(text);
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame)
      if (const Fields::Value* value = frame->fields->find(name)) return shown(*value);
    return nullptr;
  }

  const Data* get_partial(const std::string&) const override { return nullptr; }

 private:
  struct Frame {
    const Fields* fields;
    const Fields::List* list;  // the list whose items are pushed next from here
    const Data* blanks;
  };

  const Data* shown(const Fields::Value& value) const {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? &on_ : &off_;
    if (const auto* text = std::get_if<std::string>(&value)) {
      if (text->empty()) return &off_;
      const_cast<std::string&>(text_.string_value()) = *text;  // a new Data would take memory each time
      return &text_;
    }
    const auto& list = std::get<Fields::List>(value);
    if (list.empty()) return &off_;
    frames_.back().list = &list;
    frames_.back().blanks = &blanks(list.size());
    return frames_.back().blanks;
  }

  const Data& blanks(std::size_t count) const {
    if (blanks_.size() <= count) blanks_.resize(count + 1);
    if (!blanks_[count])
      blanks_[count] = std::make_unique<Data>(kainjow::mustache::list(count, Data(Data::type::bool_true)));
    return *blanks_[count];
  }

  mutable std::vector<Frame> frames_;
  mutable std::vector<std::unique_ptr<Data>> blanks_;
  mutable Data text_{std::string()};
  Data on_{true};
  Data off_{false};
};

std::string escaped(const std::string& text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

// A name's value where only items of lists have it; `lists` are their tags: "{{#tiers}}{{#papers}}".
const Fields::Value* find_in_lists(const Fields& fields, std::string_view name, std::string& lists) {
  for (const auto& [list_name, value] : fields.members()) {
    const auto* list = std::get_if<Fields::List>(&value);
    if (list == nullptr || list->empty()) continue;
    const Fields::Value* found = list->front().find(name);
    if (found == nullptr) found = find_in_lists(list->front(), name, lists);
    if (found == nullptr) continue;
    lists.insert(0, "{{#" + std::string(list_name.text()) + "}}");
    return found;
  }
  return nullptr;
}

std::string unescaped(const std::string& text) { return text; }

}  // namespace

Templates::Templates(const std::map<std::string, TemplateText>& ours, const std::map<std::string, TemplateText>& owners,
                     Errors& errors) {
  auto texts = ours;
  const auto included = partials_in(owners);
  for (const auto& [name, owner] : owners) {
    // A name that is almost one of ours is a slip of the pen, unless a template of the owner's asks for it.
    const bool meant = texts.count(name) != 0 || included.count(name) != 0;
    const std::string instead = meant ? "" : hint_for_gone(name, "move your changes there, and delete this file");
    const auto near = meant || !instead.empty() ? std::string_view() : nearest(name, keys(ours));
    if (!instead.empty())
      errors.push_back(
          {Kind::misuse, {owner.source, 0, 0}, "Daybook has no template \"" + name + "\" any more", instead});
    if (!near.empty())
      errors.push_back({Kind::misuse,
                        {owner.source, 0, 0},
                        "no template of Daybook is called \"" + name + "\"",
                        did_you_mean(near, "")});
    texts[name] = owner;
  }
  for (const auto& [name, text] : texts) {
    Expanded& expanded = expanded_[name];
    Expander(texts, errors).expand(name, expanded);
    Errors faults;
    check_syntax(expanded, faults);
    // A partial's fault shows in each template that it is part of: once is enough.
    for (const Error& fault : faults)
      if (std::find(errors.begin(), errors.end(), fault) == errors.end()) errors.push_back(fault);
  }
}

void Templates::check_names(std::string_view name, const Fields& offered, Errors& errors) const {
  const auto found = expanded_.find(name);
  if (found == expanded_.end()) return;
  std::vector<const Fields*> scope = {&offered};  // null: inside of a section that is not known
  for (const Tag& tag : tags_of(found->second.text)) {
    if (tag.kind == '/') {
      if (scope.size() > 1) scope.pop_back();
      continue;
    }
    if (tag.kind == '!' || tag.kind == '=' || tag.kind == '>' || tag.kind == '?') continue;
    const bool opens = tag.kind == '#' || tag.kind == '^';
    if (scope.back() == nullptr) {  // what is named there can't be judged
      if (opens) scope.push_back(nullptr);
      continue;
    }
    const Fields::Value* value = nullptr;
    for (auto fields = scope.rbegin(); fields != scope.rend() && value == nullptr; ++fields)
      value = (*fields)->find(tag.name);
    if (value == nullptr) {
      std::string lists;
      value = find_in_lists(offered, tag.name, lists);
      std::vector<std::string_view> known;
      for (const Fields* fields : scope)
        for (const auto& member : fields->members()) known.push_back(member.first.text());
      const Error error{Kind::misuse, place_in(found->second, tag.begin),
                        "there is no \"" + std::string(tag.name) + "\" to show here",
                        value != nullptr ? "it can be shown inside " + lists
                                         : did_you_mean(nearest(tag.name, known), where_names_are)};
      if (std::find(errors.begin(), errors.end(), error) == errors.end()) errors.push_back(error);
    }
    if (!opens) continue;
    const auto* list = value == nullptr ? nullptr : std::get_if<Fields::List>(value);
    const bool enters = tag.kind == '#' && list != nullptr && !list->empty();
    scope.push_back(value == nullptr ? nullptr : enters ? &list->front() : scope.back());
  }
}

struct Renderer::Parsed {
  std::size_t longest = 0;  // page so far: the next one starts with room for as much
  std::map<std::string, kainjow::mustache::mustache, std::less<>> templates;
};

Renderer::Renderer(const Templates& templates) : parsed_(std::make_unique<Parsed>()) {
  for (const auto& [name, expanded] : templates.all()) {
    auto& parsed = parsed_->templates.emplace(name, expanded.text).first->second;
    parsed.set_custom_escape(name.ends_with(".md") || name.ends_with(".txt") ? unescaped : escaped);
  }
}

Renderer::~Renderer() = default;
Renderer::Renderer(Renderer&&) noexcept = default;

void Renderer::append(std::string& out, std::string_view name, const Fields& fields) {
  FieldsContext context(fields);
  struct Appender {  // what the library calls a stream
    std::string& out;
    Appender& operator<<(const std::string& text) {
      out += text;
      return *this;
    }
  } appender{out};
  static_cast<void>(parsed_->templates.find(name)->second.render(context, appender));
}

std::string Renderer::render(std::string_view name, const Fields& fields) {
  std::string out;
  out.reserve(parsed_->longest);
  append(out, name, fields);
  parsed_->longest = std::max(parsed_->longest, out.size());
  return out;
}

}  // namespace daybook
