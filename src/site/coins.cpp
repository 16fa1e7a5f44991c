#include "site/coins.h"

#include "core/escape.h"
#include "core/text.h"
#include "site/links.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// Blanks as '+'; '/', ':' and ',' stay, as a query may have them (RFC 3986, 3.4).
void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr ByteSet plain("-._~/:,");
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_alnum(c) || plain.has(c)) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
}

void append_pair(std::string& out, std::string_view key, std::string_view value) {
  out.append("&").append(key).append("=");
  append_encoded(out, value);
}

}  // namespace

std::string plain_line(std::string_view tex) { return one_line(printable(plain_text(tex))); }

std::string coins(const Entry& entry) {
  const Paper& paper = entry.paper;
  std::string kev = "ctx_ver=Z39.88-2004";
  append_pair(kev, "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc");
  append_pair(kev, "rft.type", "preprint");
  append_pair(kev, "rft.title", plain_line(paper.title));
  append_pair(kev, "rft.date", month_of_id(paper.id));
  append_pair(kev, "rft_id", "info:doi/" + arxiv_doi(paper.id));
  return kev;
}

}  // namespace daybook
