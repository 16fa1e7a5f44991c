#include "site/prose.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tex/addresses.h"
#include "tex/spans.h"
#include "tex/tex.h"

namespace daybook {

namespace {

struct NodeFree {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Tree = std::unique_ptr<cmark_node, NodeFree>;

// Calls `visit` with each node of the kind, which it may take away.
template <typename Visit>
void each_node(cmark_node* root, cmark_node_type kind, Visit visit) {
  std::vector<cmark_node*> nodes;
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> iter(cmark_iter_new(root), cmark_iter_free);
  for (auto event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(iter.get())) {
    cmark_node* node = cmark_iter_get_node(iter.get());
    if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == kind) nodes.push_back(node);
  }
  for (cmark_node* node : nodes) visit(node);
}

// The text of a link that leads elsewhere than it looks stays.
void unlink_disguised(cmark_node* root) {
  each_node(root, CMARK_NODE_LINK, [](cmark_node* link) {
    const char* url = cmark_node_get_url(link);
    if (url == nullptr || !has_user_info(url)) return;
    while (cmark_node* child = cmark_node_first_child(link)) cmark_node_insert_before(link, child);
    cmark_node_unlink(link);
    cmark_node_free(link);
  });
}

Tree parsed(std::string_view markdown) {
  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
      cmark_parser_new(CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_SMART), cmark_parser_free);
  for (const char* name : {"table", "strikethrough", "autolink"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  Tree tree(cmark_parser_finish(parser.get()));
  return tree;
}

struct Free {
  void operator()(char* text) const { std::free(text); }  // NOLINT: cmark gives memory of malloc
};

// Behind the code that begins with the backticks at `at` (CommonMark 6.1): up to as many again, in the same paragraph
// unless they fence a block. Where none follow, behind the backticks.
std::size_t code_end(std::string_view markdown, std::size_t at) {
  const auto run_end = [&](std::size_t from) {
    return std::min(markdown.find_first_not_of('`', from), markdown.size());
  };
  const std::size_t begin = run_end(at);
  const bool can_fence = begin - at >= 3;
  const std::size_t limit = can_fence ? markdown.size() : std::min(markdown.find("\n\n", begin), markdown.size());
  for (std::size_t next = markdown.find('`', begin); next < limit; next = markdown.find('`', next)) {
    const std::size_t end = run_end(next);
    if (end - next == begin - at) return end;
    next = end;
  }
  return begin;
}

// The math of a text in Markdown, which cmark would read as markup: signs that mean nothing there, and that nobody
// writes (of Unicode's private use area), stand for each formula until the text is HTML.
class Formulas {
 public:
  explicit Formulas(std::string_view markdown) {
    Braces braces(markdown);
    MathSpans spans(markdown, braces);
    for (std::size_t at = 0; at < markdown.size();) {
      const MathSpan span = markdown[at] == '$' ? spans.at(at) : MathSpan{};
      std::size_t end = at + (markdown[at] == '\\' ? 2 : 1);
      if (markdown[at] == '`') end = code_end(markdown, at);
      if (span.end > 0 && span.content.find('`') == std::string_view::npos) {
        end = span.end;
        text_.append(opening).append(std::to_string(sources_.size())).append(closing);
        sources_.emplace_back(markdown.substr(at, end - at));
      } else {
        text_ += markdown.substr(at, end - at);
      }
      at = end;
    }
  }

  const std::string& text() const { return text_; }

  // `text` with each formula in its place, as `write` makes it of the source.
  template <typename Write>
  std::string restored(std::string_view text, Write write) const {
    std::string out;
    for (std::size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening)) {
      const std::size_t end = text.find(closing, at);
      std::size_t number = sources_.size();
      if (end != std::string_view::npos) std::from_chars(text.data() + at + opening.size(), text.data() + end, number);
      out += text.substr(0, at);
      const bool is_ours = number < sources_.size();
      out += is_ours ? write(sources_[number]) : std::string(opening);
      text.remove_prefix(is_ours ? end + closing.size() : at + opening.size());
    }
    return out.append(text);
  }
  std::string source_of(const char* text) const {
    return restored(text == nullptr ? "" : text, [](const std::string& source) { return source; });
  }

 private:
  static constexpr std::string_view opening = "\uE000", closing = "\uE001";
  std::string text_;
  std::vector<std::string> sources_;
};

// Where no markup can stand, formulas are as they were written.
void restore_sources(cmark_node* root, const Formulas& formulas) {
  const auto restore = [&](cmark_node* node) {
    cmark_node_set_literal(node, formulas.source_of(cmark_node_get_literal(node)).c_str());
  };
  each_node(root, CMARK_NODE_CODE, restore);
  each_node(root, CMARK_NODE_CODE_BLOCK, restore);
  each_node(root, CMARK_NODE_IMAGE, [&](cmark_node* image) { each_node(image, CMARK_NODE_TEXT, restore); });
  for (const auto kind : {CMARK_NODE_LINK, CMARK_NODE_IMAGE})
    each_node(root, kind, [&](cmark_node* link) {
      cmark_node_set_url(link, formulas.source_of(cmark_node_get_url(link)).c_str());
      cmark_node_set_title(link, formulas.source_of(cmark_node_get_title(link)).c_str());
    });
}

std::string shifted_html(const Tree& tree, int shift) {
  unlink_disguised(tree.get());
  each_node(tree.get(), CMARK_NODE_HEADING, [&](cmark_node* heading) {
    cmark_node_set_heading_level(heading, std::clamp(cmark_node_get_heading_level(heading) + shift, 1, 6));
  });
  const std::unique_ptr<char, Free> html(cmark_render_html(tree.get(), CMARK_OPT_DEFAULT, nullptr));
  return html.get();
}

}  // namespace

std::string prose_html(std::string_view markdown, int shift) {
  const Formulas formulas(markdown);
  const Tree tree = parsed(formulas.text());
  restore_sources(tree.get(), formulas);
  return formulas.restored(shifted_html(tree, shift), html);
}

std::string prose_html_below(std::string_view markdown, int level) {
  const Tree tree = parsed(markdown);
  int highest = 6;
  each_node(tree.get(), CMARK_NODE_HEADING,
            [&](cmark_node* heading) { highest = std::min(highest, cmark_node_get_heading_level(heading)); });
  return shifted_html(tree, level + 1 - highest);
}

std::string prose_title(std::string_view markdown) {
  const Formulas formulas(markdown);
  const Tree tree = parsed(formulas.text());
  std::string title;
  each_node(tree.get(), CMARK_NODE_HEADING, [&](cmark_node* heading) {
    if (!title.empty()) return;
    const std::unique_ptr<char, Free> text(cmark_render_plaintext(heading, CMARK_OPT_DEFAULT, 0));
    title = text.get();
    while (!title.empty() && title.back() == '\n') title.pop_back();
  });
  return formulas.restored(title, plain_text);
}

}  // namespace daybook
