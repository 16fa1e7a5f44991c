// Mustache templates (https://mustache.github.io/mustache.5.html) over Fields. The only door to the mustache library.
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

// Templates by name: "day.html". Partials ({{> head.html}}) are put in place when read.
class Templates {
 public:
  // Ours, with the owner's in place of those of the same name. Faults of syntax, partials that do not exist or contain
  // themselves, and names of no template of ours (with the nearest) go to `errors`.
  Templates(const std::map<std::string, TemplateText>& ours, const std::map<std::string, TemplateText>& owners,
            Errors& errors);

  // Every name in the template that `offered` does not have, with file, line, column and the nearest that it has. Lists
  // in `offered` must hold an item for the names inside them to be known.
  void check_names(std::string_view name, const Fields& offered, Errors& errors) const;

  // A text and where each of its lines came from.
  struct Expanded {
    std::string text;
    std::vector<Place> lines;
  };
  const Expanded& expanded(std::string_view name) const;  // an unknown name is a bug
  std::vector<std::string> names() const;

 private:
  std::map<std::string, Expanded, std::less<>> expanded_;
};

// Renders; one for each thread, since the library's templates change while they render.
class Renderer {
 public:
  explicit Renderer(const Templates& templates);
  ~Renderer();
  Renderer(Renderer&&) noexcept;

  // Variables are HTML-escaped, {{{triple}}} ones are not; in a template called *.md none is. An empty text or list, or
  // false, hides its section.
  void append(std::string& out, std::string_view name, const Fields& fields);
  std::string render(std::string_view name, const Fields& fields);

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace daybook
