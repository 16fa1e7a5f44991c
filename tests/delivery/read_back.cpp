#include "delivery/read_back.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "core/json.h"

namespace daybook::read_back {

namespace {

std::string text_of(const Json& value, const char* name) { return std::string(string_of(member(value, name))); }

const Json& inside(const Json& value, std::initializer_list<const char*> path) {
  static const Json nothing;
  const Json* at = &value;
  for (const char* name : path) {
    at = member(*at, name);
    if (at == nullptr) return nothing;
  }
  return *at;
}

class Reader {
 public:
  Seen seen;

  void refuse(const std::string& why) {
    if (seen.fault.empty()) seen.fault = why;
  }
  void expect(bool fine, const std::string& otherwise) {
    if (!fine) refuse(otherwise);
  }

  void slack(const Json& root) {
    const auto blocks = items_of(member(root, "blocks"));
    expect(!blocks.empty() && blocks.size() <= 50, "blocks");
    for (const char c : {'<', '>'}) expect(text_of(root, "text").find(c) == std::string::npos, "text is not escaped");
    for (const Json& block : blocks) {
      if (text_of(block, "type") == "header") {
        seen.title = text_of(inside(block, {"text"}), "text");
        expect(!seen.title.empty() && characters(seen.title) <= 150, "header");
        continue;
      }
      expect(text_of(block, "type") == "rich_text", "a block's type");
      std::size_t length = 0;
      for (const Json& section : items_of(member(block, "elements"))) {
        expect(!items_of(member(section, "elements")).empty(), "an empty section");
        for (const Json& element : items_of(member(section, "elements"))) length += element_of_slack(element);
      }
      expect(length <= 3000, "a block's length");
      seen.text += "\n\n";
    }
  }

  void discord(const Json& root) {
    const auto embeds = items_of(member(root, "embeds"));
    expect(!embeds.empty() && embeds.size() <= 10, "embeds");
    const Json* parse = &inside(root, {"allowed_mentions", "parse"});
    expect(parse->IsArray() && parse->Empty(), "mentions");
    std::size_t total = 0;
    for (const Json& embed : embeds) {
      const std::string title = text_of(embed, "title");
      const std::string description = text_of(embed, "description");
      expect(characters(title) <= 256 && characters(description) <= 4096, "an embed's length");
      total += characters(title) + characters(description);
      if (!title.empty()) {
        discord_markdown(title);
        seen.title = std::exchange(seen.text, "");
      }
      discord_markdown(description);
      seen.text += "\n\n";
    }
    expect(total <= 6000, "the length of all embeds");
  }

  void telegram(const Json& root) {
    expect(!text_of(root, "chat_id").empty() && text_of(root, "parse_mode") == "HTML", "chat or mode");
    expect(is_true(&inside(root, {"link_preview_options", "is_disabled"})), "a preview");
    html(text_of(root, "text"), {"a", "b"});
    expect(characters(seen.text) <= 4096, "length");
    title_line();
  }

  void teams(const Json& root, const std::string& body) {
    expect(body.size() <= 28'000, "size");
    const auto cards = items_of(member(root, "attachments"));
    expect(text_of(root, "type") == "message" && cards.size() == 1, "no card");
    expect(text_of(cards[0], "contentType") == "application/vnd.microsoft.card.adaptive", "type of content");
    for (const Json& line : items_of(&inside(cards[0], {"content", "body"}))) {
      expect(text_of(line, "type") == "RichTextBlock" && !items_of(member(line, "inlines")).empty(), "a block");
      for (const Json& run : items_of(member(line, "inlines"))) {
        expect(text_of(run, "type") == "TextRun" && !text_of(run, "text").empty(), "a run");
        seen.text += text_of(run, "text");
        if (const Json* action = member(run, "selectAction")) seen.urls.push_back(text_of(*action, "url"));
      }
      seen.text += '\n';
    }
    title_line();
  }

  void feishu(const Json& root, const std::string& body) {
    expect(body.size() <= 20'000, "size");
    const Json& post = inside(root, {"content", "post", "en_us"});
    expect(text_of(root, "msg_type") == "post", "type");
    seen.title = text_of(post, "title");
    for (const Json& line : items_of(member(post, "content"))) {
      for (const Json& part : items_of(&line)) {
        const std::string tag = text_of(part, "tag");
        expect((tag == "text" || tag == "a") && !text_of(part, "text").empty(), "a part");
        seen.text += text_of(part, "text");
        if (tag == "a") seen.urls.push_back(text_of(part, "href"));
      }
      seen.text += '\n';
    }
  }

  void ntfy(const Json& root) {
    seen.title = text_of(root, "title");
    seen.text = text_of(root, "message");
    expect(!text_of(root, "topic").empty(), "topic");
    expect(!seen.text.empty() && seen.text.size() <= 4096, "length");
    seen.urls.push_back(text_of(root, "click"));
    const auto actions = items_of(member(root, "actions"));
    expect(actions.size() <= 3, "actions");
    for (const Json& action : actions) seen.urls.push_back(text_of(action, "url"));
  }

  void matrix(const Json& root, const std::string& body) {
    expect(body.size() <= 65'536 - 4096, "size");
    expect(text_of(root, "msgtype") == "m.text" && text_of(root, "format") == "org.matrix.custom.html", "type");
    const Json* mentions = member(root, "m.mentions");
    expect(mentions != nullptr && mentions->IsObject() && mentions->ObjectEmpty(), "mentions");
    html(text_of(root, "formatted_body"), {"a", "h4", "p", "br"});
    const std::string plain = text_of(root, "body");
    expect(plain.find('\1') == std::string::npos, "a mark of ours is left");
    expect(plain.substr(0, plain.find('\n')) == seen.text.substr(0, seen.text.find('\n')), "two titles");
    title_line();
  }

 private:
  std::size_t element_of_slack(const Json& element) {
    const std::string type = text_of(element, "type");
    const std::string text = text_of(element, "text");
    expect((type == "text" || type == "link") && !text.empty(), "an element");
    seen.text += text;
    if (type == "link") seen.urls.push_back(text_of(element, "url"));
    return characters(text) + text_of(element, "url").size();
  }

  void title_line() {
    const auto end = seen.text.find('\n');
    seen.title = seen.text.substr(0, end);
    seen.text.erase(0, end == std::string::npos ? end : end + 1);
  }

  void html(const std::string& markup, const std::vector<std::string>& allowed) {
    std::vector<std::string> open;
    for (std::size_t at = 0; at < markup.size();) {
      if (markup[at] == '<') {
        at = tag(markup, at, allowed, open);
      } else if (markup[at] == '&') {
        at = entity(markup, at, seen.text);
      } else {
        expect(markup[at] != '>', "an unescaped >");
        seen.text += markup[at++];
      }
    }
    expect(open.empty(), "an element that is not closed");
  }

  std::size_t tag(const std::string& markup, std::size_t at, const std::vector<std::string>& allowed,
                  std::vector<std::string>& open) {
    const auto end = markup.find('>', at);
    if (end == std::string::npos) {
      refuse("a tag that is cut");
      return markup.size();
    }
    const std::string inner = markup.substr(at + 1, end - at - 1);
    const bool closes = inner.substr(0, 1) == "/";
    const std::string name = inner.substr(closes ? 1 : 0, inner.find(' ') - (closes ? 1 : 0));
    expect(std::find(allowed.begin(), allowed.end(), name) != allowed.end(), "the tag " + name);
    if (name == "br" || (closes && name != "a" && name != "b")) seen.text += '\n';
    if (closes) {
      expect(!open.empty() && open.back() == name, "elements that are not nested");
      if (!open.empty()) open.pop_back();
    } else if (name != "br") {
      open.push_back(name);
    }
    if (!closes && name == "a") link(inner);
    return end + 1;
  }

  void link(const std::string& inner) {
    expect(inner.substr(0, 8) == "a href=\"" && inner.back() == '"', "a link");
    const std::string written = inner.substr(8, inner.size() - 9);
    std::string url;
    for (std::size_t at = 0; at < written.size();) {
      expect(written[at] != '"', "an unescaped quotation mark");
      if (written[at] == '&') {
        at = entity(written, at, url);
      } else {
        url += written[at++];
      }
    }
    seen.urls.push_back(url);
  }

  std::size_t entity(const std::string& markup, std::size_t at, std::string& out) {
    for (const auto& [name, meaning] :
         {std::pair<std::string, char>{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}}) {
      if (markup.compare(at, name.size(), name) != 0) continue;
      out += meaning;
      return at + name.size();
    }
    refuse("an entity that is cut");
    return at + 1;
  }

  void discord_markdown(const std::string& markdown) {
    const std::string punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    bool line_start = true;
    for (std::size_t at = 0; at < markdown.size(); ++at) {
      const char c = markdown[at];
      const auto gap = markdown.find_first_of(" \n", at);
      if (c == '\\') {
        ++at;
        expect(at < markdown.size() && punctuation.find(markdown[at]) != std::string::npos, "a lost escape");
        if (at < markdown.size()) seen.text += markdown[at];
      } else if (c == '[') {
        at = discord_link(markdown, at);
      } else if (markdown.substr(at, 8) == "https://" && gap == std::string::npos && is_last_link(markdown, at)) {
        seen.urls.push_back(markdown.substr(at));
        seen.text += markdown.substr(at);
        return;
      } else {
        expect(std::string("*_~|`<>#]()").find(c) == std::string::npos, std::string("an unescaped ") + c);
        expect(c != '-' || !line_start, "a list");
        seen.text += c;
      }
      line_start = at < markdown.size() && markdown[at] == '\n';
    }
  }

  // An address that shows itself, at the end of the message.
  static bool is_last_link(const std::string& markdown, std::size_t at) {
    const std::string before = markdown.substr(0, at);
    return before.ends_with("page: ") || before.ends_with("more: ");
  }

  // "[label](https://...)": `at` is of the bracket; where it ends is returned.
  std::size_t discord_link(const std::string& markdown, std::size_t at) {
    for (++at; at < markdown.size() && markdown[at] != ']'; ++at) {
      if (markdown[at] == '\\') ++at;
      expect(markdown[at] != '\n', "a label over lines");
      if (at < markdown.size()) seen.text += markdown[at];
    }
    const auto end = markdown.find(')', at);
    if (markdown.substr(at, 2) != "](" || end == std::string::npos) {
      refuse("a link that is cut");
      return markdown.size();
    }
    seen.urls.push_back(markdown.substr(at + 2, end - at - 2));
    return end;
  }
};

}  // namespace

std::size_t characters(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size(); ++units) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (bytes == 4) ++units;
    at += bytes;
  }
  return units;
}

Seen seen(WebhookKind kind, const std::string& body) {
  Reader reader;
  JsonDocument document;
  document.text = body;
  if (const auto error = parse_json(document, "body")) {
    reader.refuse(describe(*error));
    return reader.seen;
  }
  if (kind == WebhookKind::slack) reader.slack(document.root);
  if (kind == WebhookKind::discord) reader.discord(document.root);
  if (kind == WebhookKind::telegram) reader.telegram(document.root);
  if (kind == WebhookKind::teams) reader.teams(document.root, body);
  if (kind == WebhookKind::feishu) reader.feishu(document.root, body);
  if (kind == WebhookKind::ntfy) reader.ntfy(document.root);
  if (kind == WebhookKind::matrix) reader.matrix(document.root, body);
  return reader.seen;
}

}  // namespace daybook::read_back
