#include "pipeline/outcome.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/escape.h"
#include "core/json.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "paper/announcement.h"
#include "pipeline/candidates.h"
#include "platform/clock.h"
#include "platform/disk.h"
#include "store/archive.h"

namespace daybook {

namespace {

// arXiv announces at midnight in New York, or hours late: from noon on, what is missing is overdue.
constexpr int due_hour = 12;
// An issue shows the messages of ten days and has room for 65536 characters.
constexpr std::size_t message_bytes_max = 1500;
// A fault of each paper of a large day must not make the state heavy.
constexpr std::size_t messages_max = 200;

std::string place_of(const Place& place) {
  std::string text = place.source;
  if (place.line > 0) text += ':' + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ':' + std::to_string(place.column);
  return text;
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (const std::string_view part : split(text, '\n'))
    if (const auto word = trim(part); !word.empty()) line.append(line.empty() ? "" : " ").append(word);
  std::replace(line.begin(), line.end(), '\t', ' ');
  std::replace(line.begin(), line.end(), '\r', ' ');
  return std::string(utf8_prefix(line, message_bytes_max));
}

// What stopped the command, or else what it puts off, or what it warned of.
std::string message_of(const OutcomeFacts& facts) {
  std::string text;
  for (const Severity severity : {Severity::error, Severity::notice, Severity::warning}) {
    std::set<std::string> seen;
    for (const auto& [said, fault] : facts.messages) {
      std::string one = place_of(fault.place) + (fault.place.source.empty() ? "" : ": ") + fault.what;
      if (!fault.hint.empty()) one += "; " + fault.hint;
      if (said == severity && seen.insert(one).second) text += (text.empty() ? "" : " ") + one;
    }
    if (!text.empty()) return on_one_line(text);
  }
  return "daybook exited with " + std::to_string(facts.exit) + " and gave no reason";
}

const DayStanding* record_of(const OutcomeFacts& facts, Date day) {
  const auto found = facts.records.find(day);
  return found == facts.records.end() ? nullptr : &found->second;
}

bool is_good(Status status) { return status == Status::complete || status == Status::local || status == Status::quiet; }

bool is_whole(const DayStanding& record) { return is_good(record.status) && !record.is_short; }

// Nothing: the command has nothing new to say of the day.
std::optional<Colour> colour_of(const OutcomeFacts& facts, Date day) {
  const DayStanding* record = record_of(facts, day);
  switch (facts.exit) {
    case exit_done:
      if (record == nullptr || record->status == Status::quiet || record->status == Status::lost) return std::nullopt;
      return is_whole(*record) ? Colour::green : Colour::yellow;
    case exit_later: {
      const bool is_due = !facts.asked && !day.is_weekend() && new_york_hour(facts.at) >= due_hour;
      if (!is_due || (record != nullptr && !record->is_short)) return std::nullopt;
      return record == nullptr ? Colour::red : Colour::yellow;
    }
    default:
      return Colour::red;
  }
}

std::string reason_of(const OutcomeFacts& facts, Date day) {
  const auto see = [&](const std::string& what, const std::string& path) {
    return facts.page.empty() ? "" : ' ' + what + ": " + facts.page + path;
  };
  switch (facts.exit) {
    case exit_later:
      return "Nothing could be recorded for " + day.iso() +
             ", which was due by noon in New York; the reason is above. Later runs fetch it.";
    case exit_misuse:
      return "The settings or the inputs are wrong; the errors above say where, and how to fix them." +
             see("The settings", "/blob/HEAD/config/daybook.toml");
    default:
      return "daybook failed (" + std::to_string(facts.exit) +
             "); the errors above say why. What could be published is published." + see("The records", "/tree/archive");
  }
}

// A red day is well when it has a record and this run ended well, others when their record says so. What cannot be
// scored again any more is left as it is.
bool is_well(const OutcomeFacts& facts, const Trouble& trouble, Date today) {
  if (trouble.day <= today - rescore_days) return true;
  const DayStanding* record = record_of(facts, trouble.day);
  if (record == nullptr) return false;
  return trouble.colour == Colour::red ? facts.exit == exit_done : is_whole(*record);
}

// Wrong settings hurt the next day that needs them, not one that is recorded already.
bool is_todays_trouble(const OutcomeFacts& facts, Colour colour, Date today) {
  if (facts.exit != exit_misuse) return colour != Colour::green;
  const DayStanding* record = record_of(facts, today);
  return !facts.llm_asked && (record == nullptr || !is_good(record->status));
}

// Those that are not well yet, and today's: the one that it had, where this run has no more to say.
std::vector<Trouble> troubles_left(const OutcomeFacts& facts, std::optional<Colour> colour, Date today) {
  if (facts.asked) return facts.troubles;
  std::vector<Trouble> left;
  for (const Trouble& trouble : facts.troubles)
    if ((trouble.day != today || !colour) && !is_well(facts, trouble, today)) left.push_back(trouble);
  if (colour && is_todays_trouble(facts, *colour, today)) left.push_back({today, *colour, message_of(facts)});
  return left;
}

bool has_outcome(const Options& options, Exit exit) {
  if (options.command == "check") return exit == exit_misuse;
  if (options.command == "run") return !options.dry_run && options.feeds.empty();
  return options.command == "backfill" && !options.fetch_only && options.shard.of == 1;
}

}  // namespace

std::string_view colour_name(Colour colour) {
  return std::array<std::string_view, 3>{"green", "yellow", "red"}.at(static_cast<std::size_t>(colour));
}

Outcome outcome_of(const OutcomeFacts& facts) {
  const Date today = announcement_day(facts.at);
  Outcome outcome;
  outcome.exit = facts.exit;
  outcome.day = facts.asked.value_or(today);
  if (const DayStanding* record = record_of(facts, outcome.day)) outcome.status = record->status;
  const auto colour = colour_of(facts, outcome.day);
  outcome.colour = colour.value_or(Colour::green);
  if (colour == Colour::red) outcome.reason = reason_of(facts, outcome.day);
  if (facts.exit != exit_done || colour == Colour::yellow) outcome.message = message_of(facts);
  outcome.messages = facts.messages;
  if (outcome.messages.size() > messages_max) outcome.messages.resize(messages_max);
  outcome.troubles = troubles_left(facts, colour, today);
  for (const auto& [day, record] : facts.records)
    if (!is_whole(record) && record.status != Status::lost && day > today - rescore_days)
      outcome.rescore.push_back(day);
  return outcome;
}

std::string outcome_json(const Outcome& outcome) {
  JsonWriter json;
  const auto put_known = [&](const char* name, std::string_view text) {
    if (!text.empty()) json.put(name, text);
  };
  json.object([&] {
    json.put("exit", outcome.exit);
    json.put("day", outcome.day.iso());
    if (outcome.status) json.put("status", status_name(*outcome.status));
    json.put("colour", colour_name(outcome.colour));
    put_known("reason", outcome.reason);
    put_known("message", outcome.message);
    json.objects("messages", outcome.messages, [&](const Message& message) {
      json.put("severity", severity_name(message.severity));
      put_known("place", place_of(message.fault.place));
      json.put("text", message.fault.what);
      put_known("hint", message.fault.hint);
    });
    json.objects("troubles", outcome.troubles, [&](const Trouble& trouble) {
      json.put("day", trouble.day.iso());
      json.put("colour", colour_name(trouble.colour));
      json.put("message", trouble.message);
    });
    json.array("rescore", [&] {
      for (const Date day : outcome.rescore) json.value(day.iso());
    });
  });
  return json.line();
}

std::vector<Trouble> troubles_in(const std::string& json, Date today) {
  JsonDocument document;
  document.text = json;
  std::vector<Trouble> troubles;
  if (parse_json(document, "")) return troubles;
  const Json* list = member(document.root, "troubles");
  if (list == nullptr || !list->IsArray()) return troubles;
  for (const Json& one : list->GetArray()) {
    const auto day = Date::parse(string_of(member(one, "day")));
    if (!day || *day > today) continue;
    const bool is_red = string_of(member(one, "colour")) == colour_name(Colour::red);
    const std::string message = printable(string_of(member(one, "message")));
    troubles.push_back({*day, is_red ? Colour::red : Colour::yellow, on_one_line(message)});
  }
  return troubles;
}

void keep_outcome(const CommandContext& context, Exit exit, const std::string& repository_page) {
  const Options& options = context.options;
  const auto present = now();
  if (!present || !has_outcome(options, exit)) return;
  // A command that failed leaves no folder behind where there was none.
  if (exit != exit_done && !exists(options.state)) return;
  const Date today = announcement_day(*present);
  OutcomeFacts facts{exit, *present};
  if (options.command == "backfill") facts.asked = options.to;
  if (options.date && options.date != today) facts.asked = options.date;
  facts.llm_asked = options.scorer == ScorerChoice::llm;
  facts.page = repository_page;
  facts.messages = context.console.messages();
  const std::string path = options.state + "/outcome.json";
  if (const auto before = read_file_below(options.state, path)) facts.troubles = troubles_in(*before, today);
  const Archive archive(options.archive);
  std::vector<Date> days;
  if (facts.asked) days = {*facts.asked};
  for (Date day = today; !facts.asked && day > today - rescore_days; day = day - 1) days.push_back(day);
  for (const Date day : days)
    if (archive.has(day))
      if (const auto record = archive.read(day)) facts.records[day] = {record->status, !record->cut_off.empty()};
  if (const auto kept = write_atomically(path, outcome_json(outcome_of(facts))); !kept)
    context.console.warning(kept.error());
}

}  // namespace daybook
