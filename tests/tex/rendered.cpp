#include "tex/rendered.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>

#include "tex/markdown_runs.h"

std::string rendered(const std::string& markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  cmark_parser* parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
  for (const char* name : {"table", "strikethrough", "autolink", "tasklist"}) {
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
  }
  cmark_parser_feed(parser, markdown.data(), markdown.size());
  cmark_node* document = cmark_parser_finish(parser);
  char* html = cmark_render_html(document, CMARK_OPT_DEFAULT, nullptr);
  std::string result = html;
  std::free(html);
  cmark_node_free(document);
  cmark_parser_free(parser);
  return result;
}

std::string visible(const std::string& html) {
  std::string out;
  for (std::size_t i = 0; i < html.size();) {
    const std::size_t end = html[i] == '<' ? html.find('>', i) : html[i] == '&' ? html.find(';', i) : i;
    if (html[i] == '&') {
      const std::string name = html.substr(i, end - i);
      out += name == "&lt" ? '<' : name == "&gt" ? '>' : name == "&amp" ? '&' : '"';
    } else if (html[i] != '<') {
      out += html[i];
    }
    i = end + 1;
  }
  return out;
}

std::string without_separators(std::string text) {
  for (auto at = text.find(daybook::math_separator); at != std::string::npos; at = text.find(daybook::math_separator))
    text.erase(at, daybook::math_separator.size());
  return text;
}

std::string shown(const std::string& tex) {
  std::string out;
  for (const daybook::Run& run : daybook::markdown_runs(tex, daybook::MarkdownPlace::paragraph))
    out += run.kind == daybook::Run::Kind::text ? run.text : "$" + run.text + "$";
  return without_separators(out);
}
