#include "rehearsal/run_player.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "rehearsal/expression.h"
#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

std::string worst(const std::vector<std::string>& results) {
  for (const char* one : {"failure", "cancelled", "success"})
    if (std::find(results.begin(), results.end(), one) != results.end()) return one;
  return "skipped";
}

}  // namespace

RunPlayer::RunPlayer(Player& player, const std::string& file, const Event& event, Hooks hooks)
    : player_(player),
      event_(event),
      hooks_(std::move(hooks)),
      workflow_(read_workflow(file, player.origin_.git({"show", "main:.github/workflows/" + file}))),
      sha_(player.origin_.tip("main")) {
  check_event();
}

void RunPlayer::check_event() {
  const auto& events = workflow_.events;
  if (std::find(events.begin(), events.end(), event_.name) == events.end())
    throw std::runtime_error(workflow_.file + " does not run on " + event_.name);
  for (const auto& [name, value] : event_.inputs) {
    const auto known = std::find_if(workflow_.inputs.begin(), workflow_.inputs.end(),
                                    [&, &input = name](const DispatchInput& one) { return one.name == input; });
    if (known == workflow_.inputs.end()) throw std::runtime_error("422 Unexpected inputs provided: " + name);
    const auto& options = known->options;
    if (!options.empty() && std::find(options.begin(), options.end(), value) == options.end())
      throw std::runtime_error("422 Provided value '" + value + "' for input '" + name +
                               "' not in the list of allowed values");
  }
  for (const DispatchInput& one : workflow_.inputs)
    if (event_.name == "workflow_dispatch" && one.required && text_of(event_.inputs, one.name).empty())
      throw std::runtime_error("422 Required input '" + one.name + "' not provided");
}

std::string RunPlayer::group() const {
  return workflow_.concurrency ? expand(workflow_.concurrency->group, {contexts(nullptr, nullptr)}) : "";
}

Played RunPlayer::play() {
  number_ = player_.next_number();
  folder_ = player_.folder() + "/run-" + std::to_string(number_);
  const auto record = [&](const char* status) {
    player_.hub_.record({number_, workflow_.file, event_.name, event_.at.rfc3339(), status, played_.result});
  };
  record("in_progress");
  play_jobs();
  record("completed");
  leave_traces();
  return played_;
}

void RunPlayer::leave_traces() {
  if (std::filesystem::exists(folder_))
    for (auto& [_, bytes] : contents(folder_)) player_.leave_trace(std::move(bytes));
  std::filesystem::remove_all(folder_);
}

void RunPlayer::play_jobs() {
  while (results_.size() < workflow_.jobs.size()) {
    const std::size_t before = results_.size();
    for (const Job& job : workflow_.jobs)
      if (ready(job)) play_job(job);
    if (results_.size() == before) throw std::runtime_error(workflow_.file + ": jobs need one another in a circle");
  }
  std::vector<std::string> results;
  for (const Result& one : results_) results.push_back(one.result);
  played_.result = worst(results);
}

bool RunPlayer::ready(const Job& job) const {
  const auto done = [&](const std::string& id) {
    return std::any_of(results_.begin(), results_.end(), [&](const Result& one) { return one.id == id; });
  };
  return !done(job.id) && std::all_of(job.needs.begin(), job.needs.end(), done);
}

std::vector<std::string> RunPlayer::ancestors(const Job& job) const {
  std::vector<std::string> all = job.needs;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const Job& one : workflow_.jobs)
      if (one.id == all[i]) all.insert(all.end(), one.needs.begin(), one.needs.end());
  return all;
}

Standing RunPlayer::standing(const Job& job) const {
  Standing standing{!cancelled_, false, cancelled_};
  for (const std::string& id : ancestors(job))
    for (const Result& one : results_) {
      if (one.id != id) continue;
      standing.success = standing.success && one.result == "success";
      standing.failure = standing.failure || one.result == "failure";
    }
  return standing;
}

void RunPlayer::play_job(const Job& job) {
  Result result{job.id, "skipped", {}};
  if (!holds(job.condition, {contexts(&job, nullptr), standing(job)})) {
    played_.jobs.push_back({.id = job.id, .name = job.id});
    results_.push_back(result);
    return;
  }
  std::vector<std::string> results;
  for (const Object& matrix : combinations(job)) {
    std::string name;
    for (const Member& one : matrix.members) name += (name.empty() ? "" : ", ") + one.value.text();
    name = name.empty() ? job.id : job.id + " (" + name + ')';
    if (job.fail_fast && worst(results) == "failure") {
      played_.jobs.push_back({.id = job.id, .result = "cancelled", .name = name});
      continue;
    }
    played_.jobs.push_back(play_on_machine(job, matrix, name));
    results.push_back(played_.jobs.back().result);
    // Of one name in several of a matrix, the last that is not empty counts.
    for (const auto& [output, text] : played_.jobs.back().outputs)
      if (!text.empty()) set_text(result.outputs, output, text);
  }
  result.result = worst(results);
  results_.push_back(result);
}

JobPlayed RunPlayer::play_on_machine(const Job& job, const Object& matrix, const std::string& name) {
  const std::string machine = folder_ + '/' + job.id + '-' + std::to_string(played_.jobs.size());
  const JobSetting setting{
      workflow_, job, event_, hooks_, number_, name, machine, folder_ + "/artifacts", sha_, contexts(&job, &matrix)};
  if (job.concurrency && expand(job.concurrency->group, {setting.contexts}) == group())
    throw std::runtime_error(name + " would wait for its own run");
  JobPlayer player(player_, setting);
  JobPlayed played = player.play();
  cancelled_ = cancelled_ || player.was_cancelled();
  return played;
}

// Each value of each name with each of the others; one without names, where there is no matrix.
std::vector<Object> RunPlayer::combinations(const Job& job) const {
  std::vector<Object> all(1);
  all.front().complete = true;
  for (const Member& dimension : job.matrix) {
    Value values = dimension.value;
    if (std::holds_alternative<std::string>(values.is)) values = expand_value(values.text(), {contexts(&job, nullptr)});
    const auto* list = std::get_if<List>(&values.is);
    if (list == nullptr || list->empty() || dimension.name == "include" || dimension.name == "exclude")
      throw std::runtime_error(job.id + ": the matrix's " + dimension.name + " is no list that the rehearsal plays");
    std::vector<Object> more;
    for (const Object& one : all)
      for (const Value& value : *list) {
        more.push_back(one);
        more.back().members.push_back({dimension.name, value});
      }
    all = std::move(more);
  }
  return all;
}

Value RunPlayer::needs(const Job& job) const {
  Object all;
  all.complete = true;
  for (const std::string& id : job.needs)
    for (const Result& one : results_) {
      if (one.id != id) continue;
      const auto needed =
          std::find_if(workflow_.jobs.begin(), workflow_.jobs.end(), [&](const Job& known) { return known.id == id; });
      Texts outputs;
      for (const auto& [name, _] : needed->outputs) outputs.emplace_back(name, text_of(one.outputs, name));
      Object entry;
      entry.complete = true;
      entry.members = {{"result", one.result}, {"outputs", object_of(outputs, true)}};
      all.members.push_back({id, entry});
    }
  return all;
}

// Outside of workflow_dispatch there are none, and all are null.
Value RunPlayer::inputs() const {
  Object all;
  all.complete = true;
  for (const DispatchInput& one : workflow_.inputs) {
    const std::string given = text_of(event_.inputs, one.name);
    all.members.push_back(
        {one.name, event_.name != "workflow_dispatch" ? Value() : Value(given.empty() ? one.value : given)});
  }
  return all;
}

std::vector<Member> RunPlayer::contexts(const Job* job, const Object* matrix) const {
  const std::string& repository = player_.hub_.repository();
  // A schedule's has nothing of what the others have.
  Object event;
  if (event_.name != "schedule")
    event.members = {{"ref", "refs/heads/main"},
                     {"created", event_.makes_branch},
                     {"inputs", object_of(event_.inputs)},
                     {"repository", object_of({{"full_name", repository}, {"default_branch", "main"}})}};
  Object github = object_of({{"event_name", event_.name},
                             {"sha", sha_},
                             {"ref", "refs/heads/main"},
                             {"ref_name", "main"},
                             {"ref_type", "branch"},
                             {"repository", repository},
                             {"repository_owner", repository.substr(0, repository.find('/'))},
                             {"run_id", std::to_string(number_)},
                             {"run_number", std::to_string(number_)},
                             {"run_attempt", "1"},
                             {"workflow", workflow_.name},
                             {"actor", bot},
                             {"server_url", "https://github.com"},
                             {"api_url", player_.hub_.api_url()}},
                            true);
  github.members.push_back({"event", event});
  std::vector<Member> all = {{"github", github}, {"inputs", inputs()}, {"vars", object_of(player_.variables)}};
  if (job != nullptr) all.push_back({"needs", needs(*job)});
  if (matrix != nullptr) all.push_back({"matrix", *matrix});
  return all;
}

}  // namespace daybook::rehearsal
