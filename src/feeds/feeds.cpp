#include "feeds/feeds.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/text.h"
#include "feeds/xml_writer.h"
#include "site/author_pages.h"
#include "site/calendar.h"
#include "site/calendar_pages.h"
#include "site/links.h"
#include "site/topic_pages.h"

namespace daybook {

namespace {

struct Window {
  std::size_t days;          // announcement days, at least
  std::size_t entries;       // at least
  std::size_t whole_days;    // announcement days that are there however many entries they have
  std::size_t entries_most;  // of all others, and as many of those that came later than their days
};

constexpr Window of_papers = {14, 30, 10, 400};
constexpr Window of_days = {60, 0, 60, 100};
constexpr std::size_t weeks_most = 26;

// Entries that enter and leave the window together.
struct Batch {
  Date date;
  Date recorded;
  std::size_t entries;
};

// The days of announcements, newest first.
std::vector<Date> announcement_days(const Summaries& days) {
  std::vector<Date> dates;
  for (const DaySummary& day : days)
    if (day.status != Status::quiet) dates.push_back(day.date);
  return dates;
}

// The day on which the window begins: batches that came on it or later are in. `batches` are newest first.
Date window_start(const std::vector<Batch>& batches, const std::vector<Date>& announced, const Window& window) {
  std::size_t entries = 0;
  auto batch = batches.begin();
  Date start;
  for (std::size_t i = 0; i < announced.size() && (i < window.days || entries < window.entries); ++i) {
    start = announced[i];
    for (; batch != batches.end() && batch->date >= start; ++batch) entries += batch->entries;
  }
  return start;
}

// Which of the batches, newest first, are in the window.
std::set<Date> dates_in_window(std::vector<Batch> batches, const std::vector<Date>& announced, const Window& window) {
  const Date start = window_start(batches, announced, window);
  std::erase_if(batches, [&](const Batch& batch) { return batch.recorded < start; });
  const Date whole = announced.empty() ? Date() : announced[std::min(window.whole_days, announced.size()) - 1];
  // Where not all fit, what came last goes first.
  std::stable_sort(batches.begin(), batches.end(), [&](const Batch& one, const Batch& other) {
    return std::pair(one.date >= whole, one.recorded) > std::pair(other.date >= whole, other.recorded);
  });
  std::set<Date> dates;
  std::size_t on_time = 0;
  std::size_t late = 0;
  for (const Batch& batch : batches) {
    std::size_t& entries = batch.date < start ? late : on_time;
    entries += batch.entries;
    if (batch.date >= whole || entries <= window.entries_most) dates.insert(batch.date);
  }
  return dates;
}

std::vector<PaperRef> in_window(const std::vector<PaperRef>& papers, const std::vector<Date>& announced) {
  std::vector<Batch> batches;
  for (const PaperRef& ref : papers) {
    if (batches.empty() || batches.back().date != ref.day->date)
      batches.push_back({ref.day->date, ref.day->recorded, 0});
    ++batches.back().entries;
  }
  const auto dates = dates_in_window(std::move(batches), announced, of_papers);
  std::vector<PaperRef> kept;
  for (const PaperRef& ref : papers)
    if (dates.count(ref.day->date) != 0) kept.push_back(ref);
  return kept;
}

// Each day with papers or without, but quiet ones and those that can't be read; lost ones in a row are one.
std::vector<DaySpan> digest_days(const Summaries& days) {
  std::vector<DaySpan> spans;
  const DaySpan all(days);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].readable || all[i].status == Status::quiet) continue;
    std::size_t last = i;
    for (std::size_t next = i;
         next < all.size() && (all[next].status == Status::lost || all[next].status == Status::quiet) &&
         all[i].status == Status::lost;
         ++next)
      if (all[next].status == Status::lost) last = next;
    spans.push_back(all.subspan(i, last - i + 1));
    i = last;
  }
  return spans;
}

std::vector<DaySpan> in_window(const std::vector<DaySpan>& spans, const std::vector<Date>& announced) {
  std::vector<Batch> batches;
  for (const DaySpan& span : spans) batches.push_back({span.front().date, span.front().recorded, 1});
  const auto dates = dates_in_window(std::move(batches), announced, of_days);
  std::vector<DaySpan> kept;
  for (const DaySpan& span : spans)
    if (dates.count(span.front().date) != 0) kept.push_back(span);
  return kept;
}

// Those that are over: the site knows a day that is a Saturday or later.
std::vector<WeekPlan> finished_weeks(const Summaries& days) {
  std::vector<WeekPlan> weeks;
  for (const Date monday : weeks_of(days))
    if (monday + 5 <= days.front().date && weeks.size() < weeks_most)
      weeks.push_back({monday, papers_of_week(days, monday)});
  return weeks;
}

std::vector<PaperRef> first_of_each_day(std::vector<PaperRef> papers, int at_most) {
  if (at_most == 0) return papers;
  std::vector<PaperRef> kept;
  int of_day = 0;
  for (const PaperRef& ref : papers) {
    of_day = kept.empty() || kept.back().day != ref.day ? 1 : of_day + 1;
    if (of_day <= at_most) kept.push_back(ref);
  }
  return kept;
}

// What the owner's filter of that number wants: 0 is that of the best papers.
std::vector<PaperRef> filtered(const Summaries& days, std::size_t number, const FeedFilter& filter) {
  const auto wanted = [&](const PaperSummary& paper) { return number < paper.feeds.size() && paper.feeds[number]; };
  return first_of_each_day(first_shown(days, wanted), filter.at_most);
}

std::vector<HistoryMonth> by_month(const std::vector<PaperRef>& papers, const Summaries& days) {
  std::vector<HistoryMonth> months;
  for (const PaperRef& ref : papers) {
    const Date date = ref.day->date;
    if (months.empty() || months.back().year != date.year() || months.back().month != date.month())
      months.push_back({date.year(), date.month(), {}, {}});
    months.back().papers.push_back(ref);
  }
  const Date newest = days.empty() ? Date() : days.front().date;
  if (!months.empty() && months[0].year == newest.year() && months[0].month == newest.month()) months[0].until = newest;
  return months;
}

// "The 3 best papers of each day on Maps or Charts, relevance 8 or more."
std::string description_of(const FeedFilter& filter) {
  const auto most = static_cast<std::size_t>(filter.at_most);
  std::string text = most == 0 ? "Papers" : "The " + counted(most, "best paper", "best papers") + " of each day";
  const auto add = [&](std::string_view words, const std::vector<std::string>& names) {
    if (!names.empty()) text.append(words).append(joined(names, " or "));
  };
  const auto least = [&](std::string_view words, int number) {
    if (number > 0) text.append(words).append(std::to_string(number)).append(" or more");
  };
  add(" on ", filter.topics);
  add(" by ", filter.authors);
  add(" in ", filter.categories);
  add(" that mention ", filter.words);
  add(" without ", filter.without);
  least(", relevance ", filter.relevance);
  least(", novelty ", filter.novelty);
  least(", relevance and novelty together ", filter.sum);
  return text + '.';
}

// Plans one feed after the other.
class Planner {
 public:
  Planner(const Summaries& days, const SiteParts& parts)
      : days_(days), parts_(parts), announced_(announcement_days(days)) {}

  void plan_first() {
    const auto all = first_shown(days_, [](const PaperSummary&) { return true; });
    const auto best = filtered(days_, 0, parts_.feeds.best);
    add({FeedGroup::first, "daily/", "by day", "One entry a day", "Each day's papers as a list: one entry a day.", ""})
        .days = in_window(digest_days(days_), announced_);
    FeedPlan& top = add({FeedGroup::first, "top/", "best", "Only the best", description_of(parts_.feeds.best), ""});
    top.papers = in_window(best, announced_);
    top.history = by_month(best, days_);
    FeedPlan& main =
        add({FeedGroup::first, "", "", "Everything", "Each paper that is shown, an entry of its own.", ""});
    main.papers = in_window(all, announced_);
    main.history = by_month(all, days_);
  }

  void plan_weekly() {
    add({FeedGroup::weekly, "weekly/", "best of the week", "The week",
         "The best papers of each week, on Saturday: one entry a week.", ""})
        .weeks = finished_weeks(days_);
  }

  void plan_topics() {
    for (const TopicName& topic : all_topics(days_, parts_.interests.topics)) {
      const auto papers = papers_of_topic(days_, topic.slug);
      FeedPlan& plan = add({FeedGroup::topic, topic_path(topic.slug), topic.name, topic.name,
                            "Papers on " + topic.name + ".", topic_path(topic.slug)});
      plan.papers = in_window(papers, announced_);
      plan.history = by_month(papers, days_);
    }
  }

  void plan_authors() {
    for (const Author& author : parts_.interests.authors) {
      const auto papers = first_shown(days_, [&](const PaperSummary& paper) { return paper.followed == author.slug; });
      add({FeedGroup::author, author_path(author.slug), author.name, author.name, "Papers by " + author.name + ".",
           author_path(author.slug)})
          .papers = in_window(papers, announced_);
    }
  }

  void plan_own() {
    for (std::size_t i = 0; i < parts_.feeds.own.size(); ++i) {
      const OwnFeed& own = parts_.feeds.own[i];
      add({FeedGroup::own, "feeds/" + own.slug + '/', own.name, own.name, description_of(own), "feeds/"}).papers =
          in_window(filtered(days_, i + 1, own), announced_);
    }
  }

  // The feed of a topic's former name ends where the new one begins: with the days whose records know the old name.
  void plan_moved() {
    for (const Topic& topic : parts_.interests.topics)
      for (const std::string& formerly : topic.formerly) plan_moved(topic, formerly);
  }

  std::vector<FeedPlan> plans() { return std::move(plans_); }

 private:
  struct Head {
    FeedGroup group;
    std::string path;
    std::string part;  // of the title
    std::string name;
    std::string description;
    std::string home;
  };

  void plan_moved(const Topic& topic, const std::string& formerly) {
    const std::string old = slug(formerly);
    const auto last = std::find_if(days_.begin(), days_.end(), [&](const DaySummary& day) {
      return std::count(day.former_topics.begin(), day.former_topics.end(), old) > 0;
    });
    if (last == days_.end()) return;
    auto papers = papers_of_topic(days_, topic.slug);
    std::erase_if(papers, [&](const PaperRef& ref) { return ref.day->date > last->date; });
    FeedPlan& plan = add({FeedGroup::moved, topic_path(old), formerly, formerly,
                          "This feed has moved: its topic is called " + topic.name + " now.", topic_path(topic.slug)});
    plan.papers = in_window(papers, announcement_days({last, days_.end()}));
    plan.history = by_month(papers, days_);
    plan.moved_to = topic_path(topic.slug);
    plan.moved_on = last->date + 1;
  }

  FeedPlan& add(Head head) {
    FeedPlan plan;
    plan.group = head.group;
    plan.path = std::move(head.path);
    plan.title = parts_.site.title + (head.part.empty() ? "" : ": " + head.part);
    plan.name = std::move(head.name);
    plan.description = std::move(head.description);
    plan.home = std::move(head.home);
    return plans_.emplace_back(std::move(plan));
  }

  const Summaries& days_;
  const SiteParts& parts_;
  const std::vector<Date> announced_;
  std::vector<FeedPlan> plans_;
};

// The outlines of the feeds that `wanted` picks.
template <typename Wanted>
std::string outlines(const std::vector<FeedPlan>& plans, const SiteSettings& site, Wanted wanted) {
  XmlWriter xml;
  xml.declaration();
  xml.open("opml", {{"version", "2.0"}});
  xml.open("head");
  xml.element("title", site.title);
  xml.close();
  xml.open("body");
  for (const FeedPlan& plan : plans)
    if (wanted(plan))
      xml.empty("outline", {{"type", "rss"},
                            {"text", plan.title},
                            {"title", plan.title},
                            {"description", plan.description},
                            {"xmlUrl", absolute_url(site, plan.path + "atom.xml")},
                            {"htmlUrl", absolute_url(site, plan.home)}});
  xml.close();
  xml.close();
  return xml.text();
}

}  // namespace

std::vector<FeedPlan> feed_plans(const Summaries& days, const SiteParts& parts) {
  Planner planner(days, parts);
  planner.plan_first();
  planner.plan_weekly();
  planner.plan_topics();
  planner.plan_authors();
  planner.plan_own();
  planner.plan_moved();
  return planner.plans();
}

std::vector<Date> days_in(const std::vector<FeedPlan>& plans) {
  std::set<Date> dates;
  for (const FeedPlan& plan : plans)
    for (const PaperRef& ref : plan.papers) dates.insert(ref.day->date);
  return {dates.begin(), dates.end()};
}

std::string history_path(const FeedPlan& plan, const HistoryMonth& month) {
  const std::string name = month.until ? month.until->iso() : month.papers.front().day->date.iso().substr(0, 7);
  return plan.path + "history/" + name + ".xml";
}

std::string opml(const std::vector<FeedPlan>& plans, const SiteSettings& site) {
  // "Everything" would bring each of the best a second time.
  return outlines(plans, site,
                  [](const FeedPlan& plan) { return plan.group == FeedGroup::first && !plan.path.empty(); });
}

std::string topics_opml(const std::vector<FeedPlan>& plans, const SiteSettings& site) {
  return outlines(plans, site, [](const FeedPlan& plan) { return plan.group == FeedGroup::topic; });
}

}  // namespace daybook
