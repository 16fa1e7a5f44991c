#include "feeds/feed_files.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "core/escape.h"
#include "feeds/feed_formats.h"
#include "feeds/feed_items.h"
#include "site/links.h"

namespace daybook {

namespace {

using Key = std::pair<Date, std::size_t>;  // a day, and a paper's place in it

Key key_of(const PaperRef& ref) { return {ref.day->date, ref.index}; }

FeedChannel channel_of(const FeedPlan& plan, const SiteParts& parts) {
  const SiteSettings& site = parts.site;
  FeedChannel channel;
  channel.id = tag_uri(site, "feeds/" + plan.path);
  channel.title = plan.title;
  channel.description = plan.path.empty() && !site.description.empty() ? site.description : plan.description;
  channel.home_url = absolute_url(site, plan.home);
  channel.folder_url = absolute_url(site, plan.path);
  channel.author = site.title;
  channel.language = site.language;
  channel.hub = parts.feeds.hub;
  channel.style_path = root_from(plan.path) + "feed.css";
  channel.about_url = absolute_url(site, "feeds/");
  return channel;
}

// The last word of a feed whose topic has another name now.
FeedItem moved_item(const FeedPlan& plan, const SiteSettings& site) {
  FeedItem item;
  item.id = tag_uri(site, "feeds/" + plan.path + "moved");
  item.url = absolute_url(site, plan.moved_to);
  item.title = "This feed has moved";
  item.summary = plan.description + " Subscribe to " + absolute_url(site, plan.moved_to + "atom.xml");
  append_escaped(item.html, item.summary);
  item.html = "<p>" + item.html + "</p>";
  item.published = item.updated = new_york_midnight(*plan.moved_on);
  return item;
}

/// ItemStore has the items of all feeds' papers. A paper is in several feeds, and each feed has three formats: whoever
/// needs an item first renders it, and the others take that.
class ItemStore {
 public:
  ItemStore(const std::vector<FeedPlan>& plans, const std::map<Date, Day>& full, const SiteParts& parts)
      : full_(full), parts_(parts) {
    for (const FeedPlan& plan : plans)
      for (const PaperRef& ref : plan.papers) papers_[key_of(ref)];
  }

  // Null where the day's record is not at hand.
  const FeedItem* paper(const PaperRef& ref, Renderer& renderer) {
    const auto day = full_.find(ref.day->date);
    if (day == full_.end()) return nullptr;
    Slot& slot = papers_.at(key_of(ref));
    std::call_once(slot.once, [&] { slot.item = paper_item(ref, day->second, parts_, renderer); });
    return &slot.item;
  }

  const SiteParts& parts() const { return parts_; }

 private:
  struct Slot {
    std::once_flag once;
    FeedItem item;
  };

  const std::map<Date, Day>& full_;
  const SiteParts& parts_;
  std::map<Key, Slot> papers_;
};

/// FeedFile is a feed whose items are put together when its first format is asked for.
class FeedFile {
 public:
  FeedFile(FeedPlan plan, std::shared_ptr<ItemStore> store) : plan_(std::move(plan)), store_(std::move(store)) {}

  const FeedPlan& plan() const { return plan_; }

  std::string rendered(Renderer& renderer, std::string (*format)(const FeedChannel&)) {
    std::call_once(once_, [&] { fill(renderer); });
    return format(channel_);
  }

 private:
  void fill(Renderer& renderer) {
    const SiteParts& parts = store_->parts();
    channel_ = channel_of(plan_, parts);
    if (!plan_.history.empty())
      channel_.prev_archive = absolute_url(parts.site, history_path(plan_, plan_.history.front()));
    if (!plan_.moved_to.empty()) own_items_.push_back(moved_item(plan_, parts.site));
    for (const DaySpan& span : plan_.days)
      own_items_.push_back(span.front().status == Status::lost ? lost_days_item(span, parts)
                                                               : day_item(span.front(), parts, renderer));
    for (const WeekPlan& week : plan_.weeks) own_items_.push_back(week_item(week.monday, week.best, parts, renderer));
    for (const FeedItem& item : own_items_) channel_.items.push_back(&item);
    for (const PaperRef& ref : plan_.papers)
      if (const FeedItem* item = store_->paper(ref, renderer)) channel_.items.push_back(item);
    // An older day that came late, or an entry that was scored anew, may be newer than the newest.
    for (const PaperRef& ref : plan_.papers)
      channel_.updated = std::max(channel_.updated, new_york_midnight(ref.day->recorded));
    for (const FeedItem* item : channel_.items) channel_.updated = std::max(channel_.updated, item->updated);
    if (channel_.items.empty() && !parts.days.empty()) channel_.updated = new_york_midnight(parts.days.front());
  }

  const FeedPlan plan_;
  const std::shared_ptr<ItemStore> store_;
  std::once_flag once_;
  std::vector<FeedItem> own_items_;
  FeedChannel channel_;
};

/// HistoryStore has the entries of all feeds' history. A paper is in that of several feeds, with the same bytes.
class HistoryStore {
 public:
  HistoryStore(const std::vector<FeedPlan>& plans, const SiteParts& parts) : parts_(parts) {
    for (const FeedPlan& plan : plans)
      for (const HistoryMonth& month : plan.history)
        for (const PaperRef& ref : month.papers) papers_[key_of(ref)];
  }

  // RFC 5005's archive document of the feed's month `number`.
  std::string document(const FeedPlan& plan, std::size_t number) {
    const HistoryMonth& month = plan.history[number];
    FeedChannel channel = channel_of(plan, parts_);
    channel.document = FeedDocument::archive;
    channel.self_url = absolute_url(parts_.site, history_path(plan, month));
    channel.current = channel.folder_url + "atom.xml";
    channel.style_path = root_from(plan.path + "history/") + "feed.css";
    channel.hub.clear();
    if (number + 1 < plan.history.size())
      channel.prev_archive = absolute_url(parts_.site, history_path(plan, plan.history[number + 1]));
    std::string entries;
    for (const PaperRef& ref : month.papers) {
      const Slot& slot = written(ref);
      channel.updated = std::max(channel.updated, slot.updated);
      entries += slot.entry;
    }
    return atom_feed(channel, entries);
  }

 private:
  struct Slot {
    std::once_flag once;
    std::string entry;
    Instant updated;
  };

  const Slot& written(const PaperRef& ref) {
    Slot& slot = papers_.at(key_of(ref));
    std::call_once(slot.once, [&] {
      FeedItem item = brief_paper_item(ref, parts_);
      item.categories.clear();
      slot.updated = item.updated;
      slot.entry = atom_entry(item);
    });
    return slot;
  }

  const SiteParts& parts_;
  std::map<Key, Slot> papers_;
};

}  // namespace

void plan_feeds(std::vector<PlannedFile>& plan, std::vector<FeedPlan> feeds, const std::map<Date, Day>& full,
                const SiteParts& parts) {
  using Format = std::string (*)(const FeedChannel&);
  const std::pair<const char*, Format> formats[] = {
      {"atom.xml", atom_feed}, {"rss.xml", rss_feed}, {"feed.json", json_feed}};
  plan.push_back({"feeds.opml", [text = opml(feeds, parts.site)](Renderer&) { return text; }});
  plan.push_back({"topics.opml", [text = topics_opml(feeds, parts.site)](Renderer&) { return text; }});
  const auto store = std::make_shared<ItemStore>(feeds, full, parts);
  const auto history = std::make_shared<HistoryStore>(feeds, parts);
  std::vector<std::shared_ptr<FeedFile>> files;
  for (FeedPlan& feed : feeds) files.push_back(std::make_shared<FeedFile>(std::move(feed), store));
  // Format by format, so that several threads begin with different feeds and none waits for another's items.
  for (const auto& [name, format] : formats)
    for (const auto& file : files)
      plan.push_back({file->plan().path + name,
                      [file, format = format](Renderer& renderer) { return file->rendered(renderer, format); }});
  for (const auto& file : files)
    for (std::size_t i = 0; i < file->plan().history.size(); ++i)
      plan.push_back({history_path(file->plan(), file->plan().history[i]),
                      [file, i, history](Renderer&) { return history->document(file->plan(), i); }});
}

}  // namespace daybook
