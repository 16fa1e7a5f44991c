// Mustache templates (https://mustache.github.io/mustache.5.html) over Fields. The .cpp is the only file that names the
// mustache library, so that it could be replaced there.
//
// Mustache has no logic, so a template can neither loop for ever nor read a file: an owner's is safe to run. Ours are
// the default; an owner's file of the same name takes their place, one at a time. Partials are put in place when
// templates are read, and for each line of the result its file is remembered, so that a fault is reported where the
// owner can fix it.
//
// The library shows an unknown name as nothing, in silence. check_names() finds such names beforehand.
//
// Fields are looked up in our own tree, without copying them into the library's. Its templates change while they
// render, so that each thread has a Renderer of its own.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.h"
#include "settings/template_fields.h"

namespace daybook {

struct TemplateText {
  std::string source;  // its path, for messages
  std::string text;
};

using TemplateTexts = std::map<std::string, TemplateText>;  // by name

// Templates by name, "day.html", with their partials ({{> head.html}}) in place.
class Templates {
 public:
  // `errors` gets faults of syntax, partials that do not exist or contain themselves, and files whose names are not
  // those of a template of ours (with the nearest, or with those that show now what one of an earlier version did).
  Templates(const TemplateTexts& ours, const TemplateTexts& owners, Errors& errors);

  // Reports each name in the template that `offered` does not have, with file, line, column and the nearest name. A
  // list in `offered` must have an item, from which the names inside it are known.
  void check_names(std::string_view name, const Fields& offered, Errors& errors) const;

  // A text and where each of its lines came from.
  struct Expanded {
    std::string text;
    std::vector<Place> lines;
  };
  using ByName = std::map<std::string, Expanded, std::less<>>;
  const ByName& all() const { return expanded_; }

 private:
  ByName expanded_;
};

// Renders templates; one object for each thread.
class Renderer {
 public:
  explicit Renderer(const Templates& templates);
  ~Renderer();
  Renderer(Renderer&&) noexcept;

  // {{Variables}} are HTML-escaped, {{{triple}}} ones are not; in a template called *.md or *.txt none is. An empty
  // text or list, or false, hides its section.
  void append(std::string& out, std::string_view name, const Fields& fields);
  std::string render(std::string_view name, const Fields& fields);

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace daybook
