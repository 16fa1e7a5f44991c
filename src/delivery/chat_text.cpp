#include "delivery/chat_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/escape.h"
#include "core/text.h"

namespace daybook {

namespace {

// At most so many UTF-16 units of each, so that a message has room for a few papers whatever their titles, and no
// paragraph is beyond a limit by itself.
constexpr std::size_t sentence_max = 300;
constexpr std::size_t status_max = 300;
constexpr std::size_t paper_title_max = 300;
constexpr std::size_t authors_max = 200;
constexpr std::size_t scores_max = 20;
constexpr std::size_t topic_max = 100;
constexpr std::size_t why_max = 500;

// Around a link, as the template shows it: "\1URL\2TEXT\3". No value has control characters.
constexpr char link_open = '\1';
constexpr char link_middle = '\2';
constexpr char link_close = '\3';

std::string plain(std::string_view text, std::size_t units) {
  return shortened(xml_allowed(one_line(repaired_utf8(text))), units);
}

// A web address in which no service's markup can see its own end; empty where it is none.
std::string plain_url(std::string_view url) {
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  std::string out = percent_encoded(url, "~:/?#@!$&+,;=%");
  return out.size() <= chat_url_max ? out : std::string();
}

std::string link(const std::string& text, const std::string& url) {
  if (url.empty() || text.empty()) return text;
  return link_open + url + link_middle + text + link_close;
}

Fields paper_fields(const DeliveredPaper& paper) {
  const std::string abstract_url = plain_url(paper.abstract_url);
  const std::string page_url = plain_url(paper.page_url);
  std::string title = plain(paper.title, paper_title_max);
  if (title.empty()) title = plain(paper.id, paper_title_max);
  const auto link_only = [](const char* text, const std::string& url) {
    return url.empty() ? std::string() : link(text, url);
  };
  Fields fields;
  fields.set("id", plain(paper.id, topic_max));
  fields.set("title", title);
  fields.set("title_link", link(title, abstract_url.empty() ? page_url : abstract_url));
  fields.set("authors", plain(paper.authors, authors_max));
  fields.set("scores", plain(paper.scores, scores_max));
  fields.set("topic", plain(paper.topic, topic_max));
  fields.set("why", plain(paper.why, why_max));
  fields.set("pdf_link", link_only("PDF", plain_url(paper.pdf_url)));
  fields.set("page_link", link_only("page", page_url));
  return fields;
}

Fields chat_fields(const Delivery& delivery, std::size_t shown) {
  shown = std::min(shown, delivery.papers.size());
  const std::size_t more = delivery.more + delivery.papers.size() - shown;
  const std::string url = plain_url(delivery.url);
  Fields::List papers;
  for (std::size_t i = 0; i < shown; ++i) papers.push_back(paper_fields(delivery.papers[i]));
  Fields fields;
  fields.set("title", plain(delivery.title, chat_title_max));
  fields.set("sentence", plain(delivery.sentence, sentence_max));
  fields.set("status", plain(delivery.status, status_max));
  fields.set("more", more == 0 ? std::string() : std::to_string(more));
  fields.set("day_link", link(url, url));
  fields.set("papers", std::move(papers));
  return fields;
}

ChatLine spans_of(std::string_view line) {
  ChatLine spans;
  const auto add = [&](std::string_view text, std::string_view url) {
    if (!text.empty()) spans.push_back({std::string(text), std::string(url)});
  };
  while (!line.empty()) {
    const auto open = line.find(link_open);
    add(line.substr(0, open), {});
    if (open == std::string_view::npos) break;
    line.remove_prefix(open + 1);
    const auto close = line.find(link_close);
    const auto middle = line.substr(0, close).find(link_middle);
    if (close == std::string_view::npos || middle == std::string_view::npos) break;
    add(line.substr(middle + 1, close - middle - 1), line.substr(0, middle));
    line.remove_prefix(close + 1);
  }
  return spans;
}

// What a character may follow without being one of its own: accents, variation selectors, skin tones, joiners and tags
// (https://www.unicode.org/reports/tr29/, the most of Extend).
bool extends(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 20> ranges = {
      {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},     {0x5BF, 0x5C7},     {0x610, 0x61A},
       {0x64B, 0x65F},   {0x670, 0x670},   {0x6D6, 0x6ED},     {0x900, 0x903},     {0x93A, 0x94F},
       {0xE31, 0xE3A},   {0xE47, 0xE4E},   {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},   {0x200C, 0x200D},
       {0x20D0, 0x20FF}, {0xFE00, 0xFE2F}, {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F}, {0xE0100, 0xE01EF}}};
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const auto& range) { return c >= range.first && c <= range.second; });
}

constexpr char32_t joiner = 0x200D;  // between the emoji of a family
constexpr std::string_view ellipsis = "…";

}  // namespace

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

std::string shortened(std::string_view text, std::size_t units) {
  if (utf16_length(text) <= units) return std::string(text);
  std::size_t used = 1;   // the ellipsis
  std::size_t fits = 0;   // bytes of whole characters
  std::size_t whole = 0;  // the same, with all that belongs to the last one
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    if (!extends(c) && before != joiner) whole = start;
    used += c > 0xFFFF ? 2 : 1;
    if (used > units) break;
    fits = at;
    before = c;
  }
  if (whole == 0) whole = fits;  // a heap of accents
  return std::string(trim(text.substr(0, whole))) + std::string(ellipsis);
}

ChatText chat_text(const Delivery& delivery, std::size_t shown, Renderer& renderer) {
  ChatText text;
  text.title = plain(delivery.title, chat_title_max);
  if (text.title.empty()) text.title = plain("Daybook " + delivery.key, chat_title_max);
  text.url = plain_url(delivery.url);
  const std::string rendered = repaired_utf8(renderer.render("chat.txt", chat_fields(delivery, shown)));
  bool goes_on = false;
  for (const std::string_view line : split(rendered, '\n')) {
    ChatLine spans = spans_of(trim(line));
    if (!spans.empty()) {
      if (!goes_on) text.paragraphs.emplace_back();
      text.paragraphs.back().push_back(std::move(spans));
    }
    goes_on = !trim(line).empty();
  }
  return text;
}

Fields offered_chat_fields() {
  Delivery sample;
  sample.papers.resize(1);
  return chat_fields(sample, 1);
}

void check_chat_template(const Templates& templates, Errors& errors) {
  templates.check_names("chat.txt", offered_chat_fields(), errors);
}

}  // namespace daybook
