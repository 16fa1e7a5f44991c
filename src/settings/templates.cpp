#include "settings/templates.h"

#include <algorithm>
#include <set>

#include "core/text.h"
#include "settings/tags.h"

namespace daybook {

namespace {

constexpr std::size_t partials_deep_max = 16;

struct Reader {
  const std::map<std::string, TemplateText>& texts;
  Errors& errors;
  std::vector<std::string> open;  // the partials that we are inside of

  void expand(const std::string& name, Templates::Expanded& out);
  void put_partial(const Tag& tag, const TemplateText& from, Templates::Expanded& out);
};

std::vector<std::string_view> keys(const std::map<std::string, TemplateText>& texts) {
  std::vector<std::string_view> names;
  for (const auto& [name, text] : texts) names.push_back(name);
  return names;
}

std::string did_you_mean(std::string_view nearest_name, std::string otherwise) {
  return nearest_name.empty() ? std::move(otherwise) : "did you mean \"" + std::string(nearest_name) + "\"?";
}

void append_text(Templates::Expanded& out, std::string_view text, Place place) {
  for (const char c : text) {
    if (out.text.empty() || out.text.back() == '\n') out.lines.push_back(place);
    out.text += c;
    if (c == '\n') ++place.line;
  }
}

void Reader::put_partial(const Tag& tag, const TemplateText& from, Templates::Expanded& out) {
  const Place place = place_at(from.text, tag.begin, from.source);
  const auto found = texts.find(std::string(tag.name));
  if (found == texts.end()) {
    errors.push_back({Kind::misuse, place, "there is no template \"" + std::string(tag.name) + "\"",
                      did_you_mean(nearest(tag.name, keys(texts)), "add it to the folder, or take this tag out")});
  } else if (open.size() >= partials_deep_max) {
    errors.push_back({Kind::misuse, place, "the template \"" + std::string(tag.name) + "\" contains itself",
                      "take one of the two tags out"});
  } else {
    expand(found->first, out);
  }
}

void Reader::expand(const std::string& name, Templates::Expanded& out) {
  const TemplateText& from = texts.at(name);
  open.push_back(name);
  std::size_t copied = 0;
  for (const Tag& tag : tags_of(from.text)) {
    if (tag.kind != '>') continue;
    append_text(out, std::string_view(from.text).substr(copied, tag.begin - copied),
                place_at(from.text, copied, from.source));
    put_partial(tag, from, out);
    copied = tag.end;
    // A partial alone on its line brings its own line break.
    if (copied < from.text.size() && from.text[copied] == '\n' && !out.text.empty() && out.text.back() == '\n')
      ++copied;
  }
  append_text(out, std::string_view(from.text).substr(copied), place_at(from.text, copied, from.source));
  open.pop_back();
}

std::set<std::string_view> partials_in(const std::map<std::string, TemplateText>& texts) {
  std::set<std::string_view> names;
  for (const auto& [name, from] : texts)
    for (const Tag& tag : tags_of(from.text))
      if (tag.kind == '>') names.insert(tag.name);
  return names;
}

void check_syntax(const Templates::Expanded& expanded, Errors& errors) {
  std::vector<Tag> open;
  const auto fault = [&](const Tag& tag, std::string what, std::string mend) {
    errors.push_back({Kind::misuse, place_in(expanded, tag.begin), std::move(what), std::move(mend)});
  };
  for (const Tag& tag : tags_of(expanded.text)) {
    const std::string name(tag.name);
    if (tag.kind == '?') fault(tag, "this tag is not closed", "close it with \"}}\"");
    if (tag.kind == '=') fault(tag, "the delimiters of tags can't be changed here", "take this tag out");
    if (tag.kind != '?' && tag.kind != '!' && name.empty()) fault(tag, "this tag names nothing", "take it out");
    if (tag.kind == '#' || tag.kind == '^') open.push_back(tag);
    if (tag.kind != '/') continue;
    if (open.empty()) {
      fault(tag, "the section \"" + name + "\" is closed but was not opened", "open it with \"{{#" + name + "}}\"");
    } else if (open.back().name != tag.name) {
      fault(tag, "the section \"" + name + "\" is closed where \"" + std::string(open.back().name) + "\" is open",
            "close \"" + std::string(open.back().name) + "\" first");
      open.pop_back();
    } else {
      open.pop_back();
    }
  }
  for (const Tag& tag : open)
    fault(tag, "the section \"" + std::string(tag.name) + "\" is not closed",
          "close it with \"{{/" + std::string(tag.name) + "}}\"");
}

}  // namespace

Place place_in(const Templates::Expanded& expanded, std::size_t offset) {
  const Place there = place_at(expanded.text, offset, "");
  const auto line = static_cast<std::size_t>(there.line) - 1;
  if (line >= expanded.lines.size()) return there;
  Place place = expanded.lines[line];
  place.column = there.column;
  return place;
}

Templates::Templates(const std::map<std::string, TemplateText>& ours, const std::map<std::string, TemplateText>& owners,
                     Errors& errors) {
  auto texts = ours;
  const auto included = partials_in(owners);
  for (const auto& [name, owner] : owners) {
    // A name that is almost one of ours is a slip of the pen, unless a template of the owner's asks for it.
    const bool meant = texts.count(name) != 0 || included.count(name) != 0;
    const auto near = meant ? std::string_view() : nearest(name, keys(ours));
    if (!near.empty())
      errors.push_back({Kind::misuse,
                        {owner.source, 0, 0},
                        "no template of Daybook is called \"" + name + "\"",
                        did_you_mean(near, "")});
    texts[name] = owner;
  }
  for (const auto& [name, text] : texts) {
    Expanded& expanded = expanded_[name];
    Reader{texts, errors, {}}.expand(name, expanded);
    Errors faults;
    check_syntax(expanded, faults);
    // A partial's fault shows in each template that it is part of: once is enough.
    for (const Error& fault : faults)
      if (std::find(errors.begin(), errors.end(), fault) == errors.end()) errors.push_back(fault);
  }
}

const Templates::Expanded& Templates::expanded(std::string_view name) const { return expanded_.find(name)->second; }

std::vector<std::string> Templates::names() const {
  std::vector<std::string> names;
  for (const auto& [name, text] : expanded_) names.push_back(name);
  return names;
}

void Templates::check_names(std::string_view name, const Fields& offered, Errors& errors) const {
  const auto found = expanded_.find(name);
  if (found == expanded_.end()) return;
  std::vector<const Fields*> scope = {&offered};
  for (const Tag& tag : tags_of(found->second.text)) {
    if (tag.kind == '/') {
      if (scope.size() > 1) scope.pop_back();
      continue;
    }
    if (tag.kind == '!' || tag.kind == '=' || tag.kind == '>' || tag.kind == '?') continue;
    const Fields::Value* value = nullptr;
    for (auto fields = scope.rbegin(); fields != scope.rend() && value == nullptr; ++fields)
      value = (*fields)->find(tag.name);
    if (value == nullptr) {
      std::vector<std::string_view> known;
      for (const Fields* fields : scope)
        for (const auto& member : fields->members()) known.push_back(member.first.text());
      const Error error{Kind::misuse, place_in(found->second, tag.begin),
                        "there is no \"" + std::string(tag.name) + "\" to show here",
                        did_you_mean(nearest(tag.name, known), "the names are listed in templates/README.md")};
      if (std::find(errors.begin(), errors.end(), error) == errors.end()) errors.push_back(error);
    }
    if (tag.kind != '#' && tag.kind != '^') continue;
    const auto* list = value == nullptr ? nullptr : std::get_if<Fields::List>(value);
    scope.push_back(tag.kind == '#' && list != nullptr && !list->empty() ? &list->front() : scope.back());
  }
}

}  // namespace daybook
