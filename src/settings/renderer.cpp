#include <algorithm>
#include <functional>
#include <kainjow/mustache.hpp>

#include "core/escape.h"
#include "settings/templates.h"

namespace daybook {

namespace {

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
      text_ = Data(*text);
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
  mutable Data text_{false};
  Data on_{true};
  Data off_{false};
};

std::string escaped(const std::string& text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

std::string unescaped(const std::string& text) { return text; }

bool is_markdown(std::string_view name) { return name.size() > 3 && name.substr(name.size() - 3) == ".md"; }

}  // namespace

struct Renderer::Parsed {
  std::size_t longest = 0;  // page so far: the next one starts with room for as much
  std::map<std::string, kainjow::mustache::mustache, std::less<>> templates;
};

Renderer::Renderer(const Templates& templates) : parsed_(std::make_unique<Parsed>()) {
  for (const std::string& name : templates.names()) {
    auto& parsed = parsed_->templates.emplace(name, templates.expanded(name).text).first->second;
    parsed.set_custom_escape(is_markdown(name) ? unescaped : escaped);
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
