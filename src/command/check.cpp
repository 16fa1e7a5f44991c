// daybook check: settings, templates, archive, and what the owner likes, everything wrong at once.
#include <algorithm>
#include <iterator>

#include "advice/check_online.h"
#include "advice/repository.h"
#include "advice/settings_warnings.h"
#include "advice/topic_warnings.h"
#include "command/command.h"
#include "command/load.h"
#include "core/http.h"
#include "core/text.h"
#include "llm/cost.h"
#include "paper/announcement.h"
#include "pipeline/fetch.h"
#include "pipeline/llm.h"
#include "platform/clock.h"
#include "platform/parallel.h"
#include "site/links.h"
#include "site/summary.h"
#include "store/archive.h"
#include "store/context.h"
#include "taste/feedback.h"
#include "taste/zotero.h"

namespace daybook {

namespace {

// Every record read; the faults in the order of the days.
Errors archive_faults(const CommandContext& context, const Archive& archive, const std::vector<Date>& dates) {
  std::vector<std::optional<Error>> faults(dates.size());
  Progress progress(context.console, "reading the archive", dates.size());
  for_each_parallel(dates.size(), context.jobs(), [&](std::size_t i, std::size_t) {
    const auto day = archive.read(dates[i]);
    if (!day) faults[i] = day.error();
    progress.advance();
  });
  Errors errors;
  for (const auto& fault : faults)
    if (fault) errors.push_back(*fault);
  return errors;
}

// "2099-01-05, 2099-01-06"; of many the first and the last.
std::string named(const std::vector<Date>& ascending) {
  constexpr std::size_t named_one_by_one = 5;
  if (ascending.size() > named_one_by_one)
    return std::to_string(ascending.size()) + " from " + ascending.front().iso() + " to " + ascending.back().iso();
  std::vector<std::string> names;
  for (const Date date : ascending) names.push_back(date.iso());
  return joined(names, ", ");
}

// Days of a clock or a --date that was wrong: they stay the newest, and what they show counts as shown.
std::optional<Error> future_days(const CommandContext& context, const std::vector<Date>& newest_first, Date today) {
  const auto past = std::find_if(newest_first.begin(), newest_first.end(), [&](Date date) { return date <= today; });
  const std::vector<Date> days(std::make_reverse_iterator(past), newest_first.rend());
  if (days.empty()) return std::nullopt;
  const bool one = days.size() == 1;
  const std::string first = days.front().iso();
  const std::string files = first.substr(0, 4) + '/' + first + ".*";
  return Error{Kind::failed,
               {context.options.archive, 0, 0},
               (one ? "this recorded day is in the future: " : "these recorded days are in the future: ") +
                   named(days) + "; today is " + today.iso() + " in New York",
               "if a clock or a --date was wrong, delete " +
                   (one ? "its files, " + files : "the files of each, " + files + " and so on") +
                   ", and run \"daybook upgrade\" and \"daybook build\""};
}

void warn_of_days(const CommandContext& context, const Interests& interests, const std::vector<Date>& dates,
                  Errors& errors) {
  const auto present = now();
  if (!present) {
    errors.push_back(present.error());
    return;
  }
  const Date today = announcement_day(*present);
  if (const auto warning = future_days(context, dates, today)) context.console.warning(*warning);
  if (!errors.empty()) return;  // the topics may be among what is wrong
  for (const Error& warning : warnings_of_topics(context, interests_on(interests, today), dates, today))
    context.console.warning(warning);
}

// A scheme or a port makes no other ids.
bool make_same_ids(const std::string& one, const std::string& other) {
  SiteSettings a;
  SiteSettings b;
  a.url = one;
  b.url = other;
  return tag_uri(a, "") == tag_uri(b, "");
}

// Says from what the ids are made where that is not the site's address, and warns where they would change.
void say_id_base(const CommandContext& context, const SiteSettings& site, const std::string& kept) {
  const std::string& id_base = site.id_base.empty() ? kept : site.id_base;
  if (!kept.empty() && !make_same_ids(id_base, kept))
    context.console.warning({Kind::misuse,
                             {context.options.config, 0, 0},
                             "[site] id_base is " + id_base + ", but the archive's feed ids are derived from " + kept,
                             "remove id_base from [site]; with new ids, feed readers show every entry again"});
  if (!id_base.empty() && !make_same_ids(id_base, site.url))
    context.console.print("feed ids are derived from " + id_base + " and do not change; links go to " + site.url);
}

void say_zotero(const CommandContext& context, const ZoteroSettings& zotero) {
  const auto kept = kept_zotero(context.options.state, zotero);
  const std::string known = kept && *kept
                                ? counted((*kept)->papers.size(), "paper", "papers") + " when it was last read"
                                : "no run has read it yet";
  context.console.print("the Zotero library of " + zotero_owner(zotero) + " counts as liked: " + known);
}

}  // namespace

Exit check_command(const CommandContext& context) {
  Errors errors;
  const Settings settings = read_all_settings(context, errors);
  const Repository repository = surrounding_repository();
  if (errors.empty()) {
    errors = faults_of_repository(repository, context, settings);
    if (errors.empty()) warn_of_settings(context, settings);
    for (const Error& warning : warnings_of_repository(repository, context, settings)) context.console.warning(warning);
  }
  if (errors.empty() && settings.arxiv.categories.empty()) errors.push_back(no_categories(context.options.config));
  const Publishing publishing = read_publishing(context, settings, errors);
  std::optional<Llm> llm;
  if (errors.empty()) {
    llm = read_llm(context, settings, publishing.templates, errors);
  } else {
    read_all_prices(context, errors);
  }
  const Feedback feedback = read_feedback(context, settings.zotero, errors);
  for (const Error& warning : warnings_of_libraries(context)) context.console.warning(warning);
  const Archive archive(context.options.archive);
  const auto dates = archive.dates();
  if (!dates) errors.push_back(dates.error());
  if (dates) {
    warn_of_days(context, settings.interests, *dates, errors);
    for (const Error& fault : archive_faults(context, archive, *dates)) errors.push_back(fault);
  }
  const auto id_base = kept_id_base(context.options.archive);
  if (!id_base) errors.push_back(id_base.error());
  if (!errors.empty()) return context.fail(errors);
  warn_of_llm(context, settings, *llm);
  if (llm->endpoint) {
    const auto present = now();
    const Asked& asked = present ? llm->asked_on(new_york_date(*present)) : llm->asked;
    auto fault = budget_below_a_request(settings.llm, asked.prompts.scoring, llm->prices);
    if (fault) fault->place.source = context.options.config;
    if (fault) context.console.warning(*fault);
  }
  context.console.print("settings, templates and the archive's " + counted(dates->size(), "day", "days") +
                        " are in order");
  if (!feedback.papers.empty()) context.console.print(feedback_words(feedback));
  if (settings.zotero.is_set()) say_zotero(context, settings.zotero);
  say_id_base(context, settings.site, *id_base);
  context.console.print(llm->endpoint ? "papers are scored by " + settings.llm.model + " at " +
                                            std::string(host_of(llm->endpoint->base_url))
                                      : "papers are scored locally, without an LLM" + how_to_get_an_llm(repository));
  return context.options.online ? check_online(context, settings, *llm) : exit_done;
}

}  // namespace daybook
