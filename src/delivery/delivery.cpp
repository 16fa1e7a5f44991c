#include "delivery/delivery.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.h"
#include "feeds/feed_items.h"
#include "feeds/feed_text.h"
#include "site/calendar_pages.h"
#include "site/links.h"
#include "site/paper_fields.h"
#include "site/period.h"
#include "site/usage_fields.h"

namespace daybook {

namespace {

constexpr std::size_t authors_most = 3;

std::string line(std::string_view tex) { return one_line(linear_text(tex)); }

/// Which papers of a day a target's feeds hold.
class Choice {
 public:
  explicit Choice(const DaySummary& day) : day_(day), chosen_(day.papers.size()) {}

  // Of those that the day is the first to show, the first `at_most`; 0: all.
  template <typename Wanted>
  void add(int at_most, Wanted wanted) {
    int count = 0;
    for (std::size_t i = 0; i < chosen_.size(); ++i)
      if (day_.papers[i].first_seen == day_.date && wanted(day_.papers[i]) && (at_most == 0 || count++ < at_most))
        chosen_[i] = true;
  }

  void add_filter(std::size_t number, int at_most) {
    add(at_most, [&](const PaperSummary& paper) { return number < paper.feeds.size() && paper.feeds[number]; });
  }

  std::vector<PaperRef> papers() const {
    std::vector<PaperRef> refs;
    for (std::size_t i = 0; i < chosen_.size(); ++i)
      if (chosen_[i]) refs.push_back({&day_, i});
    return refs;
  }

 private:
  const DaySummary& day_;
  std::vector<bool> chosen_;
};

std::vector<PaperRef> chosen(const DaySummary& day, const DeliveryChoice& choice, const SiteParts& parts) {
  Choice papers(day);
  for (const std::string& name : choice.feeds) {
    const std::string feed = slug(name);
    if (feed == "everything") papers.add(0, [](const PaperSummary&) { return true; });
    if (feed == "best") papers.add_filter(0, parts.feeds.best.at_most);
    for (std::size_t i = 0; i < parts.feeds.own.size(); ++i)
      if (parts.feeds.own[i].slug == feed) papers.add_filter(i + 1, parts.feeds.own[i].at_most);
    papers.add(0, [&](const PaperSummary& paper) { return paper.topic == feed || paper.followed == feed; });
  }
  return papers.papers();
}

// "Ada Imagined, Bo Invented and 3 more"
std::string authors_of(const PaperSummary& paper) {
  const auto names = split(paper.authors, '\n');
  const std::size_t shown = names.size() > authors_most ? authors_most - 1 : names.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + line(names[i]);
  return shown == names.size() ? text : text + " and " + std::to_string(names.size() - shown) + " more";
}

DeliveredPaper delivered(const PaperRef& ref, const SiteParts& parts) {
  const PaperSummary& paper = ref.paper();
  return {paper.id,
          line(paper.title),
          authors_of(paper),
          score_text(paper.relevance, paper.novelty),
          topic_name(paper.topic, ref.day->topics, parts.interests.topics),
          line(paper.why),
          abstract_url(paper.id),
          pdf_url(paper.id),
          absolute_url(parts.site, day_path(ref.day->date) + '#' + anchor(paper.id)),
          like_url(parts.feedback_form, paper.id),
          dislike_url(parts.feedback_form, paper.id)};
}

// Fills in the papers: the first so many of `chosen`, of `total` on the page.
void put_papers(Delivery& delivery, std::vector<PaperRef> chosen, std::size_t total, const DeliveryChoice& choice,
                const SiteParts& parts) {
  if (chosen.size() > static_cast<std::size_t>(choice.at_most)) chosen.resize(static_cast<std::size_t>(choice.at_most));
  for (const PaperRef& ref : chosen) delivery.papers.push_back(delivered(ref, parts));
  delivery.more = total > chosen.size() ? total - chosen.size() : 0;
  const std::size_t others = std::max(total, chosen.size()) - (chosen.empty() ? 0 : 1);
  delivery.title += chosen.empty() ? "no paper was selected" : short_title(delivery.papers.front().title);
  if (!chosen.empty() && others > 0) delivery.title += " and " + std::to_string(others) + " more";
}

std::string sentence(std::size_t shown, std::optional<int> scanned) {
  return grouped(static_cast<long long>(shown)) + ' ' + of_scanned(shown, scanned) + '.';
}

}  // namespace

std::string week_key(Date monday) {
  const std::string path = week_path(iso_week(monday));  // "2099/w02/"
  return path.substr(0, 4) + '-' + path.substr(5, path.size() - 6);
}

Delivery delivery_of(const DaySummary& day, const DeliveryChoice& choice, const SiteParts& parts) {
  Delivery delivery;
  delivery.key = day.date.iso();
  delivery.title = date_range(day.date, day.date) + ": ";
  delivery.sentence = sentence(day.papers.size(), day.counts.scanned);
  // That a site has no LLM at all is no news of a day.
  if (day.status != Status::complete && day.status != Status::local) delivery.status = status_sentence(day.status);
  delivery.url = absolute_url(parts.site, day_path(day.date));
  delivery.feeds_url = absolute_url(parts.site, "feeds/");
  put_papers(delivery, chosen(day, choice, parts), day.papers.size(), choice, parts);
  return delivery;
}

Delivery weekly_delivery_of(const Summaries& days, Date monday, const DeliveryChoice& choice, const SiteParts& parts) {
  const DaySpan week = days_between(days, monday, monday + 6);
  std::vector<PaperRef> papers;
  std::size_t shown = 0;
  std::optional<int> scanned = 0;
  for (const DaySummary& day : week) {
    for (const PaperRef& ref : chosen(day, choice, parts)) papers.push_back(ref);
    shown += day.papers.size();
    if (day.status == Status::quiet) continue;
    scanned = scanned && day.counts.scanned ? std::optional(*scanned + *day.counts.scanned) : std::nullopt;
  }
  Delivery delivery;
  delivery.key = week_key(monday);
  delivery.title = "Best of " + date_range(monday, monday + 4) + ": ";
  delivery.sentence = sentence(shown, scanned);
  delivery.url = absolute_url(parts.site, week_path(iso_week(monday)));
  delivery.feeds_url = absolute_url(parts.site, "feeds/");
  const std::size_t count = papers.size();
  put_papers(delivery, best_among(std::move(papers), count), papers_of_week(days, monday).size(), choice, parts);
  return delivery;
}

std::string delivery_text(const Delivery& delivery) {
  std::string text = delivery.title + '\n' + delivery.sentence;
  if (!delivery.status.empty()) text += ' ' + delivery.status;
  text += '\n';
  for (const DeliveredPaper& paper : delivery.papers) {
    text += "\n" + paper.scores + (paper.scores.empty() ? "" : "  ") + paper.title + '\n';
    text += "  " + paper.authors + (paper.topic.empty() ? "" : " - " + paper.topic) + '\n';
    if (!paper.why.empty()) text += "  " + paper.why + '\n';
    text += "  " + paper.abstract_url + '\n';
  }
  return text + (delivery.more > 0 ? "\nand " + std::to_string(delivery.more) + " more: " : "\n") + delivery.url + '\n';
}

}  // namespace daybook
