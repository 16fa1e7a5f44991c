#include "store/state.h"

#include <algorithm>

#include "core/json.h"
#include "day/record.h"
#include "platform/clock.h"

namespace daybook {

namespace {

constexpr int days_kept = 60;
constexpr double seconds_between_syncs = 1;

// Of "2025-08-05.jsonl".
std::optional<Date> date_of_name(const std::string& name) { return Date::parse(name.substr(0, name.find('.'))); }

// By day, and by their numbers.
bool is_before(const Submission& a, const Submission& b) {
  return a.date != b.date ? a.date < b.date : a.number < b.number;
}

std::vector<std::string> names_in(const std::string& folder) {
  if (!exists(folder)) return {};
  auto names = files_in(folder);
  return names ? std::move(*names) : std::vector<std::string>();
}

}  // namespace

Result<Done> JournalFile::open() {
  if (file_) return Done{};
  const auto before = exists(path_) ? read_file(path_) : Result<std::string>(std::string());
  if (!before) return before.error();
  auto opened = AppendedFile::open(path_);
  if (!opened) return opened.error();
  file_ = std::move(*opened);
  // What a killed run left half written must not be half of our first line.
  if (!before->empty() && before->back() != '\n')
    if (auto wrote = file_->append("\n"); !wrote) return wrote;
  synced_ = steady_seconds();
  return Done{};
}

Result<Done> JournalFile::append(const std::string& line) {
  if (auto opened = open(); !opened) return opened;
  if (auto wrote = file_->append(line); !wrote) return wrote;
  return steady_seconds() - synced_ > seconds_between_syncs ? sync() : Done{};
}

Result<Done> JournalFile::sync() {
  synced_ = steady_seconds();
  return file_ ? file_->sync() : Done{};
}

Result<Done> State::keep_candidates(const Day& day) const {
  const auto wrote = write_atomically(candidates_path(day.date), write_record(day));
  if (!wrote) return wrote.error();
  return Done{};
}

std::optional<Day> State::candidates(Date date) const {
  const std::string path = candidates_path(date);
  auto text = read_file_below(folder_, path, record_bytes_max);
  if (!text) return std::nullopt;
  auto day = read_record(std::move(*text), path);
  if (!day || day->date != date) return std::nullopt;
  return std::move(*day);
}

std::vector<Date> State::candidate_dates() const {
  std::vector<Date> dates;
  for (const std::string& name : names_in(folder_ + "/candidates"))
    if (const auto date = date_of_name(name)) dates.push_back(*date);
  std::sort(dates.rbegin(), dates.rend());
  return dates;
}

Result<Journal> State::journal(Date date) const {
  const std::string path = journal_path(date);
  if (!exists(path)) return Journal{};
  const auto text = read_file_below(folder_, path);
  if (!text) return text.error();
  return read_journal(*text);
}

Result<Done> State::end_journal(Date date) const {
  const auto known = journal(date);
  if (!known) return known.error();
  if (known->ended == known->exchanges.size()) return Done{};
  JournalFile file = journal_file(date);
  if (auto ended = file.append(journal_end()); !ended) return ended;
  return file.sync();
}

SchemaUse State::schema_use(const std::string& endpoint) const {
  const std::string path = folder_ + "/endpoints.json";
  auto text = read_file_below(folder_, path);
  if (!text) return SchemaUse::unknown;
  JsonDocument document;
  document.text = std::move(*text);
  if (parse_json(document, path)) return SchemaUse::unknown;
  const std::string_view said = string_of(member(document.root, endpoint));
  if (said == "schema taken") return SchemaUse::taken;
  return said == "schema refused" ? SchemaUse::refused : SchemaUse::unknown;
}

Result<Done> State::remember(const std::string& endpoint, SchemaUse schema) const {
  if (schema == SchemaUse::unknown || schema == schema_use(endpoint)) return Done{};
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartObject();
  json.Key(endpoint.data(), static_cast<rapidjson::SizeType>(endpoint.size()));
  json.String(schema == SchemaUse::taken ? "schema taken" : "schema refused");
  json.EndObject();
  const auto wrote = write_atomically(folder_ + "/endpoints.json", std::string(buffer.GetString()) + '\n');
  if (!wrote) return wrote.error();
  return Done{};
}

const std::vector<Submission>& State::submissions() const {
  if (submissions_) return *submissions_;
  submissions_.emplace();
  for (const std::string& name : names_in(folder_ + "/batches"))
    if (const auto text = read_file_below(folder_, folder_ + "/batches/" + name))
      if (auto submission = read_submission(*text)) submissions_->push_back(std::move(*submission));
  std::sort(submissions_->begin(), submissions_->end(), is_before);
  return *submissions_;
}

Result<Done> State::keep(const Submission& submission) const {
  if (const auto wrote = write_atomically(submission_path(submission), write_submission(submission)); !wrote)
    return wrote.error();
  static_cast<void>(submissions());
  drop(submission);
  submissions_->insert(std::upper_bound(submissions_->begin(), submissions_->end(), submission, is_before), submission);
  return Done{};
}

Result<Done> State::forget(const Submission& submission) const {
  if (auto removed = remove_file(submission_path(submission)); !removed) return removed;
  static_cast<void>(submissions());
  drop(submission);
  return Done{};
}

void State::drop(const Submission& submission) const {
  const Submission same = submission;  // it may be one of those
  std::erase_if(*submissions_, [&](const Submission& one) { return one.name() == same.name(); });
}

// That a file can't be removed is no fault: it will go with a later run.
void State::prune(Date today, const std::function<bool(Date)>& is_recorded) const {
  const auto is_old = [&](Date date) { return date < today - days_kept; };
  for (const std::string& name : names_in(folder_ + "/candidates"))
    if (const auto date = date_of_name(name); date && is_old(*date) && is_recorded(*date))
      static_cast<void>(remove_file(folder_ + "/candidates/" + name));
  for (const std::string& name : names_in(folder_ + "/answers")) {
    const auto date = date_of_name(name);
    if (!date || !is_old(*date)) continue;
    const auto known = journal(*date);
    if (known && !known->exchanges.empty() && !is_old(known->exchanges.back().on)) continue;
    static_cast<void>(remove_file(folder_ + "/answers/" + name));
  }
  for (const Submission& submission : std::vector<Submission>(submissions()))
    if (is_old(submission.on)) static_cast<void>(forget(submission));
  static_cast<void>(remove_file(folder_ + "/model"));  // of former versions, which kept what they had learned
}

}  // namespace daybook
