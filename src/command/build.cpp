// daybook build: archive -> days -> site -> files.
#include <mutex>

#include "command/build.h"
#include "outside/disk.h"
#include "outside/parallel.h"
#include "outside/publish.h"
#include "site/links.h"

namespace daybook {

namespace {

// Renders planned files and hands them on, from several threads.
class Press {
 public:
  Press(Publication& publication, const Templates& templates, int jobs) : publication_(publication) {
    for (int i = 0; i < jobs; ++i) renderers_.emplace_back(templates);
  }

  void print(const PlannedFile& file, std::size_t worker) {
    const auto added = publication_.add(file.path, file.render(renderers_[worker]));
    if (!added) note(added.error());
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
};

// One day after the other: read, rendered, summed up and let go.
DaysPrinted print_days(const World& world, const Archive& archive, const std::vector<Date>& dates,
                       const SiteParts& parts, Press& press) {
  const auto neighbours = neighbours_of(dates);
  std::vector<std::optional<Error>> faults(dates.size());
  DaysPrinted printed;
  printed.summaries.resize(dates.size());
  Progress progress(world.console, "building", dates.size());
  for_each_parallel(dates.size(), world.jobs(), [&](std::size_t i, std::size_t worker) {
    const auto day = archive.read(dates[i]);
    const std::string page = archive.read_page(dates[i]);
    const auto plan =
        day ? plan_day(*day, page, neighbours[i], parts) : plan_unreadable_day(dates[i], neighbours[i], parts);
    for (const PlannedFile& file : plan) press.print(file, worker);
    printed.summaries[i] = day ? summary_of(*day) : unreadable_day(dates[i]);
    if (!day) faults[i] = day.error();
    progress.advance();
  });
  for (const auto& fault : faults)
    if (fault) printed.unreadable.push_back(*fault);
  return printed;
}

// A slip in --archive must not publish an empty site over one with days. A sitemap has dates where there are days.
std::optional<Error> site_without_its_days(const World& world, const std::vector<Date>& dates) {
  if (!dates.empty()) return std::nullopt;
  const auto sitemap = read_file(world.options.out + "/sitemap.xml");
  if (!sitemap || sitemap->find("<lastmod>") == std::string::npos) return std::nullopt;
  return Error{Kind::failed,
               {world.options.archive, 0, 0},
               "this archive has no days, but the site in " + world.options.out + " has; it was left as it is",
               "check --archive; to publish an empty site, delete " + world.options.out + " first"};
}

}  // namespace

Exit build_site(const World& world, const Publishing& publishing) {
  const Archive archive(world.options.archive);
  const auto dates = archive.dates();
  if (!dates) return world.fail(dates.error());
  if (const auto lost = site_without_its_days(world, *dates)) return world.fail(*lost);
  auto publication = Publication::begin(world.options.out);
  if (!publication) return world.fail(publication.error());

  SiteParts parts = publishing.parts;
  parts.days = *dates;
  Press press(**publication, publishing.templates, world.jobs());
  const DaysPrinted days = print_days(world, archive, *dates, parts, press);
  const auto full = archive.read_all(days_wanted(days.summaries, parts), world.jobs()).days;
  const auto index = plan_index(days.summaries, full, parts);
  for_each_parallel(index.size(), world.jobs(),
                    [&](std::size_t i, std::size_t worker) { press.print(index[i], worker); });
  Errors errors = days.unreadable;
  for (const Error& error : press.errors()) errors.push_back(error);
  if (!press.errors().empty()) return world.fail(errors);

  const auto counts = (*publication)->commit();
  if (!counts) {
    errors.push_back(counts.error());
    return world.fail(errors);
  }
  world.console.say("built " + world.options.out + ": " + counted(dates->size(), "day", "days") + ", " +
                    counted(counts->files, "file", "files") + " (" + std::to_string(counts->written) + " written, " +
                    std::to_string(counts->unchanged) + " unchanged, " + std::to_string(counts->removed) + " removed)");
  // The other days are published all the same; the exit code says that something wants mending.
  return world.fail(errors);
}

Exit build_command(const World& world) {
  const auto settings = load_settings(world);
  if (!settings) return exit_misuse;
  const auto publishing = load_publishing(world, *settings);
  if (!publishing) return exit_misuse;
  if (const auto misplaced = misplaced_output(world, *settings)) return world.fail(*misplaced);
  if (!exists(world.options.archive))
    world.console.warning({Kind::failed,
                           {world.options.archive, 0, 0},
                           "there is no archive yet; the site has no days",
                           "\"daybook run\" records a day, \"daybook import\" reads an older archive"});
  return build_site(world, *publishing);
}

}  // namespace daybook
