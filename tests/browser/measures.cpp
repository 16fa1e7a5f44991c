#include "browser/measures.h"

#include <zlib.h>

#include <cstdlib>

namespace daybook::browser {

double number(Page& page, const std::string& expression) {
  return std::strtod(page.evaluate(expression).c_str(), nullptr);
}

double third_title_end(Page& page) {
  return number(page, R"((() => {
    const title = document.querySelectorAll("main article h3, main article h2")[2];
    return title ? title.getBoundingClientRect().bottom + scrollY : 0; })())");
}

double screens(Page& page) { return number(page, "document.documentElement.scrollHeight / innerHeight"); }

// On a telephone a page that is too wide widens the window with it: the screen stays what it is.
bool is_too_wide(Page& page) { return page.is("document.documentElement.scrollWidth > screen.width"); }

int pdf_pages(const std::string& pdf) {
  int pages = 0;
  const std::string mark = "/Type /Page";
  for (auto at = pdf.find(mark); at != std::string::npos; at = pdf.find(mark, at + 1))
    if (pdf[at + mark.size()] != 's') ++pages;
  return pages;
}

std::size_t gzip_bytes(const std::string& bytes) {
  z_stream stream{};
  if (::deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
  std::string packed(::deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  ::deflate(&stream, Z_FINISH);
  ::deflateEnd(&stream);
  return stream.total_out;
}

}  // namespace daybook::browser
