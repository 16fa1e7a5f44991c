#include "feeds/feeds_page.h"

#include <utility>

#include "site/links.h"
#include "site/page.h"

namespace daybook {

Fields feeds_page_fields(const std::vector<FeedPlan>& plans, const SiteSettings& site) {
  Fields fields = page_fields(site, {"feeds/", "Feeds", "Every feed of this site", ""});
  Fields::List first;
  Fields::List others;
  bool topics = false;
  for (const FeedPlan& plan : plans) {
    if (plan.group == FeedGroup::moved) continue;
    topics = topics || plan.group == FeedGroup::topic;
    Fields feed;
    feed.set("name", plan.name)
        .set("description", plan.description)
        .set("path", plan.path)
        .set("home", plan.home)
        .set("url", absolute_url(site, plan.path));
    if (plan.group == FeedGroup::first) {
      first.push_back(std::move(feed.flag("recommended", first.empty())));
    } else {
      others.push_back(std::move(feed));
    }
  }
  fields.set("first", std::move(first));
  fields.set("others", std::move(others));
  fields.flag("has_topics", topics);
  return fields;
}

}  // namespace daybook
