#include "site/author_pages.h"

#include "authors/authors.h"
#include "authors/names.h"
#include "site/links.h"
#include "site/page.h"
#include "site/paper_fields.h"
#include "site/topic_pages.h"

namespace daybook {

namespace {

const Author* author_of(const Entry& entry, const std::vector<Author>& authors) {
  if (entry.score.scorer == Scorer::author) return followed_author(entry.paper, authors);
  return entry.score.namesake.empty() ? match_authors(entry.paper, authors, nullptr).followed : nullptr;
}

std::vector<PaperRef> papers_by(const Summaries& days, const std::string& slug) {
  return first_shown(days, [&](const PaperSummary& paper) { return paper.followed == slug; });
}

}  // namespace

void note_followed(DaySummary& summary, const Day& day, const std::vector<Author>& authors) {
  if (authors.empty()) return;
  for (std::size_t i = 0; i < day.papers.size(); ++i)
    if (const Author* author = author_of(day.papers[i], authors)) summary.papers[i].followed = author->slug;
}

std::string author_path(std::string_view slug) { return "authors/" + std::string(slug) + '/'; }

Fields::List author_list(const Summaries& days, const std::vector<Author>& authors) {
  return list_of(authors, [&](const Author& author) {
    return Fields()
        .set("name", author.name)
        .set("author_path", author_path(author.slug))
        .set("papers", papers_text(papers_by(days, author.slug).size()));
  });
}

Fields author_page_fields(const Summaries& days, const Author& author, const SiteParts& parts) {
  const auto papers = papers_by(days, author.slug);
  const std::string count = papers_text(papers.size());
  Fields fields = page_fields(parts.site, {author_path(author.slug), author.name, count + " by " + author.name, ""});
  fields.set("name", author.name);
  fields.set("paper_count", count);
  fields.flag("has_papers", !papers.empty());
  fields.set("papers", list_of(papers, [&](const PaperRef& ref) { return line_fields(ref, parts); }));
  return fields;
}

}  // namespace daybook
