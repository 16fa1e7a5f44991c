#include "store/state.h"

#include <algorithm>
#include <functional>

#include "core/json_writer.h"
#include "day/json_fields.h"
#include "day/record.h"
#include "platform/clock.h"
#include "platform/disk.h"

namespace daybook {

namespace {

void sort_out(std::vector<std::size_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

bool have_common(const std::vector<std::size_t>& one, const std::vector<std::size_t>& other) {
  auto a = one.begin();
  auto b = other.begin();
  while (a != one.end() && b != other.end() && *a != *b) *a < *b ? ++a : ++b;
  return a != one.end() && b != other.end();
}

bool concerns(const LlmCall& call, const std::set<std::string>& ids) {
  return std::any_of(call.asked.begin(), call.asked.end(),
                     [&](const PaperVersion& paper) { return ids.count(paper.id) != 0; });
}

constexpr int days_kept = 60;
constexpr double seconds_between_syncs = 1;

// Of "2025-08-05.jsonl".
std::optional<Date> date_of_name(const std::string& name) { return Date::parse(name.substr(0, name.find('.'))); }

// By day, and by their numbers.
bool is_before(const BatchJob& a, const BatchJob& b) {
  return a.date != b.date ? a.date < b.date : a.number < b.number;
}

std::vector<std::string> names_in(const std::string& folder) {
  if (!exists(folder)) return {};
  auto names = files_in(folder);
  return names ? std::move(*names) : std::vector<std::string>();
}

}  // namespace

constexpr auto json_fields(Type<BatchJob>) {
  return std::tuple(required("date", &BatchJob::date), required("number", &BatchJob::number, WholeRange{1, 1'000'000}),
                    required("submitted", &BatchJob::on), field("endpoint", &BatchJob::endpoint),
                    field("token", &BatchJob::token), field("id", &BatchJob::id), field("end", &BatchJob::end),
                    field("without_schema", &BatchJob::without_schema), field("queue_tokens", &BatchJob::queue_tokens));
}

std::string write_batch_job(const BatchJob& job) {
  std::string text = write_json(job) + '\n';
  for (const LlmCall& request : job.requests) text += write_llm_call(request);
  return text;
}

std::optional<BatchJob> read_batch_job(std::string_view text) {
  auto job = read_json<BatchJob>(std::string(text.substr(0, text.find('\n'))), "");
  if (!job) return std::nullopt;
  job->requests = read_journal(text).calls;
  return std::move(*job);
}

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

Result<bool> State::keep_candidates(const Day& day) const {
  return write_atomically(candidates_path(day.date), write_record(day));
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
  if (known->ended == known->calls.size()) return Done{};
  JournalFile file = journal_file(date);
  if (auto ended = file.append(journal_end()); !ended) return ended;
  return file.sync();
}

State::KnownJournal& State::known_journal(const std::string& name) const {
  const std::string path = folder_ + "/answers/" + name;
  const std::uintmax_t bytes = file_size(path).value_or(0);
  KnownJournal& known = journals_[name];
  if (known.bytes == bytes) return known;
  known = {bytes, {}, {}};
  const auto text = read_file_below(folder_, path);
  if (!text) return known;
  for (LlmCall& call : read_journal(*text).calls) {
    for (const PaperVersion& paper : call.asked) known.papers.push_back(std::hash<std::string>()(paper.id));
    call.asked = {};
    call.verdicts = {};
    known.spent.push_back(std::move(call));
  }
  sort_out(known.papers);
  return known;
}

Answers State::answers(const std::set<std::string>& ids, Date except, Date day) const {
  std::vector<std::size_t> wanted;
  for (const std::string& id : ids) wanted.push_back(std::hash<std::string>()(id));
  sort_out(wanted);
  Answers answers;
  for (const std::string& name : names_in(folder_ + "/answers")) {
    const KnownJournal& journal = known_journal(name);
    for (const LlmCall& call : journal.spent)
      if (call.on == day) answers.spent_on.push_back(call);
    if (!have_common(journal.papers, wanted)) continue;
    const auto text = read_file_below(folder_, folder_ + "/answers/" + name);
    if (!text) continue;
    const Journal whole = read_journal(*text);
    const bool is_open = Date::parse(name.substr(0, name.find('.'))) == except;
    const std::size_t count = is_open ? whole.ended : whole.calls.size();
    for (std::size_t i = 0; i < count; ++i)
      if (concerns(whole.calls[i], ids)) answers.kept.add(whole.calls[i]);
  }
  return answers;
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

Result<bool> State::remember(const std::string& endpoint, SchemaUse schema) const {
  if (schema == SchemaUse::unknown || schema == schema_use(endpoint)) return false;
  JsonWriter json;
  json.object([&] { json.put(endpoint, schema == SchemaUse::taken ? "schema taken" : "schema refused"); });
  return write_atomically(folder_ + "/endpoints.json", json.line());
}

const std::vector<BatchJob>& State::batch_jobs() const {
  if (jobs_) return *jobs_;
  jobs_.emplace();
  for (const std::string& name : names_in(folder_ + "/batches"))
    if (const auto text = read_file_below(folder_, folder_ + "/batches/" + name))
      if (auto job = read_batch_job(*text)) jobs_->push_back(std::move(*job));
  std::sort(jobs_->begin(), jobs_->end(), is_before);
  return *jobs_;
}

Result<Done> State::keep(const BatchJob& job) const {
  if (const auto wrote = write_atomically(job_path(job), write_batch_job(job)); !wrote) return wrote.error();
  static_cast<void>(batch_jobs());
  drop(job);
  jobs_->insert(std::upper_bound(jobs_->begin(), jobs_->end(), job, is_before), job);
  return Done{};
}

Result<Done> State::forget(const BatchJob& job) const {
  if (auto removed = remove_file(job_path(job)); !removed) return removed;
  static_cast<void>(batch_jobs());
  drop(job);
  return Done{};
}

void State::drop(const BatchJob& job) const {
  const BatchJob same = job;  // it may be one of those
  std::erase_if(*jobs_, [&](const BatchJob& one) { return one.name() == same.name(); });
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
    if (known && !known->calls.empty() && !is_old(known->calls.back().on)) continue;
    static_cast<void>(remove_file(folder_ + "/answers/" + name));
  }
  for (const BatchJob& job : std::vector<BatchJob>(batch_jobs()))
    if (is_old(job.on)) static_cast<void>(forget(job));
  static_cast<void>(remove_file(folder_ + "/model"));  // of former versions, which kept what they had learned
}

}  // namespace daybook
