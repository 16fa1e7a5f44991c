// daybook build: archive -> days -> site -> files.
#include <algorithm>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "command/build.h"
#include "command/command.h"
#include "command/load.h"
#include "exports/search_index.h"
#include "feeds/feed_filter.h"
#include "generator/site.h"
#include "platform/disk.h"
#include "platform/parallel.h"
#include "platform/publish.h"
#include "site/links.h"
#include "site/topic_pages.h"
#include "store/archive.h"
#include "taste/opinions_given.h"

namespace daybook {

namespace {

// Renders planned files and hands them on, from several threads.
class Press {
 public:
  Press(Publication& publication, const Templates& templates, int jobs) : publication_(publication) {
    for (int i = 0; i < jobs; ++i) renderers_.emplace_back(templates);
  }

  // How many bytes the file has.
  std::size_t print(const PlannedFile& file, std::size_t worker) {
    const std::string bytes = file.render(renderers_[worker]);
    const auto added = publication_.add(file.path, bytes);
    if (!added) note(added.error());
    return bytes.size();
  }

  void note(const Error& error) {
    const std::lock_guard lock(mutex_);
    errors_.push_back(error);
  }

  const Errors& errors() const { return errors_; }

 private:
  Publication& publication_;
  std::vector<Renderer> renderers_;
  std::mutex mutex_;
  Errors errors_;
};

struct DaysPrinted {
  Summaries summaries;  // newest first
  Errors unreadable;    // in the same order
  SearchIndex search;
  std::vector<DayWords> words;  // of the days with papers that the owner has judged, in the same order
};

// One day after the other: read, rendered, summed up and let go.
DaysPrinted print_days(const CommandContext& context, const Archive& archive, const std::vector<Date>& dates,
                       const SiteParts& parts, Press& press) {
  std::vector<std::optional<Error>> faults(dates.size());
  DaysPrinted printed;
  printed.summaries.resize(dates.size());
  printed.words.resize(dates.size());
  SearchIndexer search;
  Progress progress(context.console, "building", dates.size());
  for_each_parallel(dates.size(), context.jobs(), [&](std::size_t i, std::size_t worker) {
    auto day = archive.read(dates[i]);
    const auto former = day ? take_current_names(*day, parts.interests.topics) : std::vector<std::string>();
    const std::string page = archive.read_page(dates[i]);
    const Neighbours around = neighbours_of(dates[i], dates);
    const auto plan = day ? plan_day(*day, page, around, parts) : plan_unreadable_day(dates[i], around, parts);
    DaySummary& summary = printed.summaries[i] = day ? site_summary(*day, parts) : unreadable_day(dates[i]);
    summary.former_topics = former;
    for (const PlannedFile& file : plan) summary.page_bytes += press.print(file, worker);
    if (day) printed.words[i] = words_of(*day, parts.learned);
    search.add(i, day ? search_digest(*day, summary) : SearchDigest());
    if (!day) faults[i] = day.error();
    progress.advance();
  });
  for (const auto& fault : faults)
    if (fault) printed.unreadable.push_back(*fault);
  printed.search = search.finished();
  for_each_parallel(printed.search.files.size(), context.jobs(),
                    [&](std::size_t i, std::size_t) { pack(printed.search.files[i]); });
  return printed;
}

// A slip in --archive must not publish an empty site over one with days. A sitemap has dates where there are days.
std::optional<Error> site_without_its_days(const CommandContext& context, const std::vector<Date>& dates) {
  if (!dates.empty()) return std::nullopt;
  const auto sitemap = read_file(context.options.out + "/sitemap.xml");
  if (!sitemap || sitemap->find("<lastmod>") == std::string::npos) return std::nullopt;
  return Error{Kind::failed,
               {context.options.archive, 0, 0},
               "this archive has no days, but the site in " + context.options.out + " does; the site is left unchanged",
               "check --archive; to publish an empty site, delete " + context.options.out + " first"};
}

}  // namespace

Exit build_site(const CommandContext& context, const Publishing& publishing) {
  const Archive archive(context.options.archive);
  const auto dates = archive.dates();
  if (!dates) return context.fail(dates.error());
  if (const auto lost = site_without_its_days(context, *dates)) return context.fail(*lost);
  auto publication = Publication::begin(context.options.out);
  if (!publication) return context.fail(publication.error());

  SiteParts parts = publishing.parts;
  parts.days = *dates;
  parts.learned = opinions_given(context);
  Press press(**publication, publishing.templates, context.jobs());
  const DaysPrinted days = print_days(context, archive, *dates, parts, press);
  parts.learned = with_words(std::move(parts.learned), days.words);
  auto full = archive.read_all(days_wanted(days.summaries, parts), context.jobs()).days;
  for (auto& [date, day] : full) take_current_names(day, parts.interests.topics);
  auto index = plan_index(days.summaries, full, parts);
  for (PlannedFile& file : plan_search(days.search, days.summaries, parts)) index.push_back(std::move(file));
  for_each_parallel(index.size(), context.jobs(),
                    [&](std::size_t i, std::size_t worker) { press.print(index[i], worker); });
  Errors errors = days.unreadable;
  for (const Error& error : press.errors()) errors.push_back(error);
  if (!press.errors().empty()) return context.fail(errors);

  const auto counts = (*publication)->commit();
  if (!counts) {
    errors.push_back(counts.error());
    return context.fail(errors);
  }
  context.console.say("built " + context.options.out + ": " + counted(dates->size(), "day", "days") + ", " +
                      counted(counts->files, "file", "files") + " (" + std::to_string(counts->written) + " written, " +
                      std::to_string(counts->unchanged) + " unchanged, " + std::to_string(counts->removed) +
                      " removed)");
  // The other days are published all the same; the exit code says that something wants mending.
  return context.fail(errors);
}

Exit build_command(const CommandContext& context) {
  const auto settings = load_settings(context);
  if (!settings) return exit_misuse;
  const auto publishing = load_publishing(context, *settings);
  if (!publishing) return exit_misuse;
  if (const auto misplaced = misplaced_output(context, *settings)) return context.fail(*misplaced);
  if (!exists(context.options.archive))
    context.console.warning({Kind::failed,
                             {context.options.archive, 0, 0},
                             "there is no archive yet; the site has no days",
                             "\"daybook run\" records a day, \"daybook import\" reads an older archive"});
  return build_site(context, *publishing);
}

}  // namespace daybook
