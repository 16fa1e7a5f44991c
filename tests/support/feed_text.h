// arXiv's feeds for papers that don't exist: the elements, their order, blanks and escapes as rss.arxiv.org and the API
// write them. Only a header, so that a test program needs no more than the folder it tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "paper/paper.h"

namespace daybook::feed_text {

// A paper with every field that RSS has: id "9901.00001" for number 1, in cs.LG and cs.AI.
inline Paper invented_paper(int number) {
  const std::string digits = std::to_string(number);
  Paper paper;
  paper.id = "9901." + std::string(5 - digits.size(), '0') + digits;
  paper.version = 1;
  paper.title = "Invention " + digits + ": Less is More";
  paper.authors = {"Ada Imagined", "Bo F. Fiction"};
  paper.abstract = "We invent $x_" + digits + "$ & show that 1 < 2.";
  paper.categories = {"cs.LG", "cs.AI"};
  paper.announce_type = AnnounceType::new_;
  paper.license = "http://creativecommons.org/licenses/by/4.0/";
  return paper;
}

// Papers 1 to `count`.
inline std::vector<Paper> invented_papers(int count) {
  std::vector<Paper> papers;
  for (int number = 1; number <= count; ++number) papers.push_back(invented_paper(number));
  return papers;
}

inline std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

// "      <name>text</name>\n", nothing where there is no text.
inline std::string field(std::string_view indent, const std::string& name, std::string_view text) {
  if (text.empty()) return {};
  return std::string(indent) + '<' + name + '>' + escaped(text) + "</" + name + ">\n";
}

inline std::string full_id(const Paper& paper) {
  return paper.version > 0 ? paper.id + 'v' + std::to_string(paper.version) : paper.id;
}

inline std::string type_name(const Paper& paper) {
  return paper.announce_type ? std::string(announce_type_name(*paper.announce_type)) : std::string();
}

inline std::string description(const Paper& paper) {
  return "arXiv:" + full_id(paper) + " Announce Type: " + type_name(paper) + " \nAbstract: " + paper.abstract;
}

inline std::string creator(const Paper& paper) {
  std::string joined;
  for (std::size_t i = 0; i < paper.authors.size(); ++i) {
    joined += (i == 0 ? "" : ", ") + paper.authors[i];
    if (i < paper.affiliations.size() && !paper.affiliations[i].empty()) joined += " (" + paper.affiliations[i] + ')';
  }
  return joined;
}

// Midnight in New York, as RSS and as Atom say it: "Mon, 05 Jan 2099 00:00:00 -0500", "2099-01-05T00:00:00-05:00".
inline std::string rss_midnight(Date day) {
  const bool summer = new_york_offset(new_york_midnight(day)) == -4 * 3600;
  const std::string utc = Instant{std::int64_t{86400} * day.days()}.rfc822();
  return utc.substr(0, utc.size() - 5) + (summer ? "-0400" : "-0500");
}
inline std::string atom_midnight(Date day) {
  const bool summer = new_york_offset(new_york_midnight(day)) == -4 * 3600;
  return day.iso() + "T00:00:00" + (summer ? "-04:00" : "-05:00");
}

inline std::string rss_item(const Paper& paper, Date day) {
  const std::string in = "      ";
  std::string text = "    <item>\n" + field(in, "title", paper.title) +
                     field(in, "link", "https://arxiv.org/abs/" + paper.id) +
                     field(in, "description", description(paper)) + in +
                     "<guid isPermaLink=\"false\">oai:arXiv.org:" + full_id(paper) + "</guid>\n";
  for (const auto& category : paper.categories) text += field(in, "category", category);
  return text + field(in, "pubDate", rss_midnight(day)) + field(in, "arxiv:announce_type", type_name(paper)) +
         field(in, "dc:rights", paper.license) + field(in, "arxiv:DOI", paper.doi) +
         field(in, "arxiv:journal_reference", paper.journal_ref) + field(in, "dc:creator", creator(paper)) +
         "    </item>\n";
}

// The RSS feed of a category ("cs.LG", "cs.LG+cs.AI") for a day; without papers, a quiet day's.
inline std::string rss_feed(const std::string& category, Date day, const std::vector<Paper>& papers) {
  const std::string in = "    ";
  std::string text =
      "<?xml version='1.0' encoding='UTF-8'?>\n"
      "<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "version=\"2.0\">\n  <channel>\n" +
      field(in, "title", category + " updates on arXiv.org") +
      field(in, "link", "http://rss.arxiv.org/rss/" + category) +
      field(in, "description", category + " updates on the arXiv.org e-print archive.") + in +
      "<atom:link href=\"http://rss.arxiv.org/rss/" + category + "\" rel=\"self\" type=\"application/rss+xml\"/>\n" +
      field(in, "docs", "http://www.rssboard.org/rss-specification") + field(in, "language", "en-us") +
      field(in, "lastBuildDate", new_york_midnight(day).rfc822()) + field(in, "managingEditor", "rss-help@arxiv.org") +
      field(in, "pubDate", rss_midnight(day)) + in +
      "<skipDays>\n      <day>Sunday</day>\n      <day>Saturday</day>\n    </skipDays>\n";
  for (const Paper& paper : papers) text += rss_item(paper, day);
  return text + "  </channel>\n</rss>\n";
}

inline std::string atom_entry(const Paper& paper, Date day) {
  const std::string in = "    ";
  std::string text = "  <entry>\n" + field(in, "id", "oai:arXiv.org:" + full_id(paper)) +
                     field(in, "title", paper.title) + field(in, "updated", new_york_midnight(day).rfc3339()) + in +
                     "<link href=\"https://arxiv.org/abs/" + paper.id + "\" rel=\"alternate\" type=\"text/html\"/>\n" +
                     field(in, "summary", description(paper));
  for (const auto& category : paper.categories) text += in + "<category term=\"" + category + "\"/>\n";
  return text + field(in, "published", atom_midnight(day)) + field(in, "arxiv:announce_type", type_name(paper)) +
         field(in, "dc:rights", paper.license) + field(in, "arxiv:journal_reference", paper.journal_ref) +
         field(in, "arxiv:DOI", paper.doi) + field(in, "dc:creator", creator(paper)) + "  </entry>\n";
}

// The same as Atom.
inline std::string atom_feed(const std::string& category, Date day, const std::vector<Paper>& papers) {
  const std::string in = "  ";
  std::string text =
      "<?xml version='1.0' encoding='UTF-8'?>\n"
      "<feed xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-us\">\n" +
      field(in, "id", "http://rss.arxiv.org/atom/" + category) +
      field(in, "title", category + " updates on arXiv.org") + field(in, "updated", new_york_midnight(day).rfc3339()) +
      in + "<link href=\"http://rss.arxiv.org/atom/" + category + "\" rel=\"self\" type=\"application/atom+xml\"/>\n" +
      field(in, "subtitle", category + " updates on the arXiv.org e-print archive.");
  for (const Paper& paper : papers) text += atom_entry(paper, day);
  return text + "</feed>\n";
}

inline std::string api_entry(const Paper& paper) {
  const std::string in = "    ";
  const std::string when = paper.published ? paper.published->rfc3339() : std::string();
  const std::string address = "arxiv.org/abs/" + full_id(paper);
  std::string text = "  <entry>\n" + field(in, "id", "http://" + address) + field(in, "title", paper.title) +
                     field(in, "updated", when) + in + "<link href=\"https://" + address +
                     "\" rel=\"alternate\" type=\"text/html\"/>\n" + field(in, "summary", paper.abstract);
  for (const auto& category : paper.categories)
    text += in + "<category term=\"" + category + "\" scheme=\"http://arxiv.org/schemas/atom\"/>\n";
  text += field(in, "published", when) + field(in, "arxiv:comment", paper.comments);
  if (!paper.categories.empty()) text += in + "<arxiv:primary_category term=\"" + paper.categories[0] + "\"/>\n";
  text += field(in, "arxiv:journal_ref", paper.journal_ref);
  for (std::size_t i = 0; i < paper.authors.size(); ++i)
    text += "    <author>\n" + field("      ", "name", paper.authors[i]) +
            field("      ", "arxiv:affiliation", i < paper.affiliations.size() ? paper.affiliations[i] : "") +
            "    </author>\n";
  return text + field(in, "arxiv:doi", paper.doi) + "  </entry>\n";
}

// A reply of the API with these papers, of `total` that its query found.
inline std::string api_feed(const std::vector<Paper>& papers, long long total) {
  std::string text =
      "<?xml version='1.0' encoding='UTF-8'?>\n"
      "<feed xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" xmlns:arxiv=\"http://arxiv.org/schemas/atom\" "
      "xmlns=\"http://www.w3.org/2005/Atom\">\n"
      "  <id>https://arxiv.org/api/AAAAAAAAAAAAAAAAAAAAAAAAAAA</id>\n"
      "  <title>arXiv Query: search_query=&amp;id_list=&amp;start=0&amp;max_results=100</title>\n"
      "  <updated>2099-01-05T05:00:00Z</updated>\n"
      "  <opensearch:itemsPerPage>100</opensearch:itemsPerPage>\n"
      "  <opensearch:totalResults>" +
      std::to_string(total) + "</opensearch:totalResults>\n  <opensearch:startIndex>0</opensearch:startIndex>\n";
  for (const Paper& paper : papers) text += api_entry(paper);
  return text + "</feed>\n";
}
inline std::string api_feed(const std::vector<Paper>& papers) {
  return api_feed(papers, static_cast<long long>(papers.size()));
}

// What the API answers to a query that it can't read.
inline std::string api_error(const std::string& why) {
  Paper error;
  error.title = "Error";
  error.abstract = why;
  std::string text = api_feed({error});
  const std::string id = "http://arxiv.org/abs/";
  return text.replace(text.find(id), id.size(), "https://arxiv.org/api/errors#bad_query");
}

}  // namespace daybook::feed_text
