#include "store/archive.h"

#include <algorithm>

#include "core/json.h"
#include "day/record.h"
#include "llm/prompt_hash.h"
#include "platform/disk.h"
#include "platform/parallel.h"
#include "settings/rules.h"
#include "settings/site_address.h"
#include "site/markdown_page.h"

namespace daybook {

namespace {

constexpr std::string_view record_ending = ".json";

// The date of "2025/2025-08-05.json", and of no other file.
std::optional<Date> date_of(const std::string& path) {
  if (path.size() != 20 || path.compare(15, 5, record_ending) != 0) return std::nullopt;
  const auto date = Date::parse(std::string_view(path).substr(5, 10));
  return date && path.compare(0, 5, date->iso().substr(0, 4) + '/') == 0 ? date : std::nullopt;
}

bool is_year(const std::string& path) {
  return path.size() == 4 && path.find_first_not_of("0123456789") == std::string::npos;
}

std::string path_in(const std::string& archive) { return archive + "/site.json"; }

Error damaged(const std::string& archive, std::string what) {
  return {
      Kind::failed,
      {path_in(archive), 0, 0},
      std::move(what) + "; feed ids are derived from [site] url instead",
      "restore it from the archive's history, or write {\"id_base\": \"https://...\"} with the site's first address"};
}

}  // namespace

Result<bool> Archive::write(const std::string& path, std::string_view bytes) const {
  if (auto link = link_below(folder_, path.substr(0, path.rfind('/')))) return *std::move(link);
  return write_atomically(path, bytes);
}

std::string Archive::path_of(Date date, std::string_view ending) const {
  const std::string iso = date.iso();
  return folder_ + '/' + iso.substr(0, 4) + '/' + iso + std::string(ending);
}

Result<std::vector<Date>> Archive::dates() const {
  std::vector<Date> dates;
  if (!exists(folder_)) return dates;
  const auto names = names_below(folder_);
  if (!names) return names.error();
  for (const std::string& path : *names) {
    // Whatever has a record's name is one: who reads it is told what it is.
    if (const auto date = date_of(path)) dates.push_back(*date);
    // Its days must not be missed in silence.
    if (is_year(path))
      if (auto link = link_below(folder_, folder_ + '/' + path)) return *std::move(link);
  }
  std::sort(dates.rbegin(), dates.rend());
  return dates;
}

bool Archive::has(Date date) const { return exists(path_of(date, record_ending)); }

Result<Day> Archive::read(Date date) const {
  const std::string path = path_of(date, record_ending);
  auto text = read_file_below(folder_, path, record_bytes_max);
  if (!text) return text.error();
  auto day = read_record(std::move(*text), path);
  if (day && day->date != date)
    return Error{Kind::failed,
                 {path, 0, 0},
                 "this record is of " + day->date.iso() + ", not of the day in its name",
                 "rename the file after the day that it holds"};
  return day;
}

DaysRead Archive::read_all(const std::vector<Date>& dates, int jobs) const {
  std::vector<std::optional<Result<Day>>> results(dates.size());
  for_each_parallel(dates.size(), jobs, [&](std::size_t i, std::size_t) { results[i].emplace(read(dates[i])); });
  DaysRead all;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (*results[i]) {
      all.days.emplace(dates[i], std::move(**results[i]));
    } else {
      all.faults.push_back(results[i]->error());
    }
  }
  return all;
}

std::string Archive::read_page(Date date) const {
  auto text = read_file_below(folder_, path_of(date, ".md"));
  return text ? std::move(*text) : std::string();
}

Result<bool> Archive::write(const Day& day, const std::string& markdown) const {
  auto wrote = write(path_of(day.date, record_ending), write_record(day));
  if (!wrote) return wrote;
  auto page = write(path_of(day.date, ".md"), markdown);
  if (!page) return page;
  return *wrote;
}

Result<std::vector<Other>> Archive::read_others(Date date) const {
  const std::string path = path_of(date, ".others.jsonl");
  if (!exists(path)) return std::vector<Other>();
  const auto text = read_file_below(folder_, path, record_bytes_max);
  if (!text) return text.error();
  return daybook::read_others(*text, path);
}

Result<bool> Archive::write_others(Date date, const std::vector<Other>& others) const {
  return write(path_of(date, ".others.jsonl"), daybook::write_others(others));
}

Result<bool> Archive::write_index(const Summaries& days, const SiteSettings& site) const {
  return write(folder_ + "/README.md", markdown_index(days, site));
}

Result<std::string> Archive::keep_prompt(const std::string& text) const {
  const std::string hash = prompt_hash(text);
  const auto wrote = write(folder_ + "/prompts/" + prompt_file_name(hash), text);
  if (!wrote) return wrote.error();
  return hash;
}

Result<PromptTexts> Archive::prompts() const {
  PromptTexts texts;
  const std::string folder = folder_ + "/prompts";
  if (!exists(folder)) return texts;
  const auto names = files_in(folder);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    auto text = read_file_below(folder_, folder + '/' + name);
    if (!text) return text.error();
    texts.emplace(prompt_hash(*text), *text);
  }
  return texts;
}

Result<std::string> kept_id_base(const std::string& archive) {
  if (!exists(path_in(archive))) return std::string();
  auto text = read_file_below(archive, path_in(archive));
  if (!text) return text.error();
  JsonDocument document;
  document.text = std::move(*text);
  if (const auto error = parse_json(document, path_in(archive))) {
    Error fault = damaged(archive, error->what);
    fault.place = error->place;
    return fault;
  }
  std::string id_base(string_of(member(document.root, "id_base")));
  if (id_base.empty()) return damaged(archive, "\"id_base\" is missing");
  if (const auto fault = web_folder(id_base)) return damaged(archive, "\"id_base\": " + fault->what);
  return id_base;
}

Result<bool> keep_id_base(const std::string& archive, const SiteSettings& site) {
  if (exists(path_in(archive)) || fault_of_address(site.url)) return false;
  // Settings let no quotation mark and no backslash into an address.
  const std::string& id_base = site.id_base.empty() ? site.url : site.id_base;
  return write_atomically(path_in(archive), "{\"id_base\": \"" + id_base + "\"}\n");
}

}  // namespace daybook
