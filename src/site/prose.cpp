#include "site/prose.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

#include "tex/addresses.h"

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
  unlink_disguised(tree.get());
  return tree;
}

struct Free {
  void operator()(char* text) const { std::free(text); }  // NOLINT: cmark gives memory of malloc
};

std::string shifted_html(const Tree& tree, int shift) {
  each_node(tree.get(), CMARK_NODE_HEADING, [&](cmark_node* heading) {
    cmark_node_set_heading_level(heading, std::clamp(cmark_node_get_heading_level(heading) + shift, 1, 6));
  });
  const std::unique_ptr<char, Free> html(cmark_render_html(tree.get(), CMARK_OPT_DEFAULT, nullptr));
  return html.get();
}

}  // namespace

std::string prose_html(std::string_view markdown, int shift) { return shifted_html(parsed(markdown), shift); }

std::string prose_html_below(std::string_view markdown, int level) {
  const Tree tree = parsed(markdown);
  int highest = 6;
  each_node(tree.get(), CMARK_NODE_HEADING,
            [&](cmark_node* heading) { highest = std::min(highest, cmark_node_get_heading_level(heading)); });
  return shifted_html(tree, level + 1 - highest);
}

std::string prose_title(std::string_view markdown) {
  const Tree tree = parsed(markdown);
  std::string title;
  each_node(tree.get(), CMARK_NODE_HEADING, [&](cmark_node* heading) {
    if (!title.empty()) return;
    const std::unique_ptr<char, Free> text(cmark_render_plaintext(heading, CMARK_OPT_DEFAULT, 0));
    title = text.get();
    while (!title.empty() && title.back() == '\n') title.pop_back();
  });
  return title;
}

}  // namespace daybook
