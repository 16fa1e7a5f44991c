// daybook import: older archives and pages -> archive.
#include <algorithm>
#include <map>

#include "command/command.h"
#include "command/load.h"
#include "command/rewrite.h"
#include "core/text.h"
#include "day/select.h"
#include "legacy/comment_topic.h"
#include "legacy/import.h"
#include "legacy/merge.h"
#include "paper/limits.h"
#include "platform/disk.h"
#include "platform/lock.h"
#include "platform/parallel.h"
#include "rank/local.h"
#include "site/links.h"
#include "site/paper_fields.h"
#include "store/archive.h"
#include "store/context.h"

namespace daybook {

namespace {

constexpr std::size_t days_told = 20;  // more are summed up

bool has_date(const std::string& path) {
  for (std::size_t i = 0; i + 10 <= path.size(); ++i)
    if (Date::parse(std::string_view(path).substr(i, 10))) return true;
  return false;
}

// The files named, and those of a folder that may hold days: an archive's README.md and prompts are none.
std::vector<std::string> files_named(const CommandContext& context, Errors& errors) {
  std::vector<std::string> files;
  std::size_t left_out = 0;
  for (const std::string& path : context.options.paths) {
    if (!is_folder(path)) {
      files.push_back(path);
      continue;
    }
    const auto below = files_below(path);
    if (!below) errors.push_back(below.error());
    for (const std::string& file : below ? *below : std::vector<std::string>()) {
      if (!file.ends_with(".md") && !file.ends_with(".json")) continue;
      left_out += has_date(file) ? 0 : 1;
      if (has_date(file)) files.push_back(path + (path.ends_with('/') ? "" : "/") + file);
    }
  }
  if (left_out > 0)
    context.console.say("skipped: " + counted(left_out, "file", "files") +
                        " without a date in the path; to import one, name the file");
  return files;
}

void cut_to_limits(const CommandContext& context, Day& day, const std::string& path) {
  std::size_t papers = 0;
  for (auto* const entries : {&day.papers, &day.near_misses})
    for (Entry& entry : *entries) papers += cut_to_limits(entry.paper).empty() ? 0 : 1;
  if (papers > 0)
    context.console.warning(
        {Kind::failed,
         {path},
         counted(papers, "paper has", "papers have") + " implausibly long fields, which are truncated",
         "check the file; an abstract has 2,000 characters at most"});
}

// The page of a record that is imported too has nothing to add.
bool is_page_of_record(const std::string& path, std::string_view text, const std::vector<std::string>& files) {
  if (!is_own_page(text)) return false;
  const std::string record = path.substr(0, path.rfind('.')) + ".json";
  return std::find(files.begin(), files.end(), record) != files.end();
}

std::vector<Imported> read_all(const CommandContext& context, const std::vector<std::string>& files, Errors& errors) {
  std::vector<std::optional<Result<Imported>>> results(files.size());
  Progress progress(context.console, "reading", files.size());
  for_each_parallel(files.size(), context.jobs(), [&](std::size_t i, std::size_t) {
    auto text = read_file(files[i]);
    if (!text) {
      results[i].emplace(text.error());
    } else if (!is_page_of_record(files[i], *text, files)) {
      results[i].emplace(import_file(std::move(*text), files[i]));
    }
    progress.advance();
  });
  std::vector<Imported> read;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!results[i]) continue;
    auto& result = *results[i];
    if (result) {
      cut_to_limits(context, result->day, files[i]);
      read.push_back(std::move(*result));
    } else {
      errors.push_back(result.error());
    }
  }
  return read;
}

// Several readings of one day, and what the archive has of it, become one. A better day takes the place of a worse one;
// else the one that was there first only gets what it lacks.
Day joined(Day holder, Day challenger) {
  const bool better = may_replace(holder, challenger) && !may_replace(challenger, holder);
  if (!better) return merged(std::move(holder), challenger);
  if (challenger.status != holder.status) {  // what the worse scorer chose stays out of the better one's day
    holder.papers.clear();
    holder.near_misses.clear();
  }
  return merged(std::move(challenger), holder);
}

// Papers without a topic get the one that their comment names, so that an old archive can be browsed by today's topics;
// where it names none or several, the one that fits best, for which what was said of a paper counts like its title. Of
// several that it names, another one cannot fit better.
std::string topic_of(const Entry& entry, const LocalScorer& scorer, const std::vector<Topic>& topics) {
  const std::vector<std::string> named = topics_named(entry.score.comment, topics);
  if (named.size() == 1) return named.front();
  Paper described = entry.paper;
  described.title += ". " + entry.score.comment;
  const std::string fits = scorer.topic(scorer.read(described));
  const bool is_named = named.empty() || std::find(named.begin(), named.end(), fits) != named.end();
  return is_named ? fits : named.front();
}

void add_topics(Day& day, const LocalScorer& scorer, const std::vector<Topic>& topics) {
  for (Entry& entry : day.papers)
    if (entry.score.topic.empty()) entry.score.topic = topic_of(entry, scorer, topics);
  name_topics(day, topics);
}

// A day put in between may be the first to show a paper of later days.
void set_first_seen(Days& days) {
  Ledger ledger;
  for (auto& [date, day] : days) {
    for (auto* const entries : {&day.papers, &day.near_misses})
      for (Entry& entry : *entries) entry.first_seen = ledger.shown_before(entry.paper.id, date).value_or(date);
    ledger.add(day);
  }
}

std::string described(const Day& day) {
  std::string text = day.date.iso() + ": " + counted(day.papers.size(), "paper", "papers") + ", " +
                     std::string(status_name(day.status));
  if (day.usage && day.usage->cost) text += ", " + money(*day.usage->cost);
  const auto number = [](const std::optional<int>& count) { return count ? std::to_string(*count) : std::string("?"); };
  if (day.counts.announced || day.counts.scanned)
    text += ", " + number(day.counts.announced) + '/' + number(day.counts.scanned) + '/' + number(day.counts.selected) +
            " announced/scanned/selected";
  return text;
}

void say_imported(const CommandContext& context, const Days& days, const std::vector<Date>& touched) {
  std::size_t papers = 0;
  for (const Date date : touched) {
    papers += days.at(date).papers.size();
    if (touched.size() <= days_told) {
      context.console.say(described(days.at(date)));
    } else {
      context.console.detail(described(days.at(date)));
    }
  }
  context.console.say("imported " + counted(touched.size(), "day", "days") + " with " +
                      counted(papers, "paper", "papers") + " into " + context.options.archive +
                      "; \"daybook build\" publishes them");
}

}  // namespace

Exit import_command(const CommandContext& context) {
  const auto settings = load_settings(context);
  if (!settings) return exit_misuse;
  Errors errors;
  const auto files = files_named(context, errors);
  auto imported = read_all(context, files, errors);
  if (files.empty() && errors.empty())
    return context.fail(Error{Kind::misuse,
                              {},
                              "there is nothing to import: no .md or .json file has a date in its path",
                              "name the files; their content tells what they are"});
  const auto lock = FolderLock::take(context.options.archive);
  if (!lock) return context.fail(lock.error());
  const Archive archive(context.options.archive);
  const auto dates = archive.dates();
  if (!dates) return context.fail(dates.error());
  DaysRead read = archive.read_all(*dates, context.jobs());
  Days days = std::move(read.days);
  for (const Error& fault : read.faults) errors.push_back(fault);
  std::vector<Date> unreadable;
  for (const Date date : *dates)
    if (days.count(date) == 0) unreadable.push_back(date);

  std::vector<Date> touched;
  for (Imported& one : imported) {
    const Date date = one.day.date;
    if (std::find(unreadable.begin(), unreadable.end(), date) != unreadable.end()) {
      errors.push_back({Kind::failed,
                        {},
                        "the archive's record of " + date.iso() + " can't be read, so nothing was imported into it",
                        "repair it or move it away, then import again"});
      continue;
    }
    if (!one.prompt.empty()) {
      const auto hash = archive.keep_prompt(one.prompt);
      if (!hash) return context.fail(hash.error());
      one.day.prompt = *hash;
    }
    const auto found = days.find(date);
    touched.push_back(date);
    if (found == days.end()) {
      days.emplace(date, std::move(one.day));
    } else {
      found->second = joined(std::move(found->second), std::move(one.day));
    }
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  const LocalScorer scorer(settings->interests);
  for_each_parallel(touched.size(), context.jobs(), [&](std::size_t i, std::size_t) {
    add_topics(days.at(touched[i]), scorer, settings->interests.topics);
  });
  set_first_seen(days);
  if (!touched.empty()) {
    for (const Error& error : write_days(context, archive, days, unreadable, settings->site)) errors.push_back(error);
    if (const auto kept = keep_id_base(context.options.archive, settings->site); !kept) errors.push_back(kept.error());
    say_imported(context, days, touched);
  }
  return context.fail(errors);
}

}  // namespace daybook
