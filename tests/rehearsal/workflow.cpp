#include "rehearsal/workflow.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

namespace daybook::rehearsal {

namespace {

class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  Workflow workflow(const YAML::Node& node) const {
    Workflow made;
    made.file = file_;
    std::string shell;
    each(node, "a workflow",
         {{"name", [&](const YAML::Node& one) { made.name = text(one); }},
          {"run-name", ignored},
          {"on", [&](const YAML::Node& one) { triggers(one, made); }},
          {"permissions", [&](const YAML::Node& one) { made.permissions = permissions(one); }},
          {"concurrency", [&](const YAML::Node& one) { made.concurrency = concurrency(one); }},
          {"env", [&](const YAML::Node& one) { made.env = texts(one); }},
          {"defaults", [&](const YAML::Node& one) { shell = default_shell(one); }},
          {"jobs", [&](const YAML::Node& one) {
             for (const auto& job_node : one) made.jobs.push_back(job(text(job_node.first), job_node.second));
           }}});
    for (Job& one : made.jobs) {
      if (one.shell.empty()) one.shell = shell;
      for (const std::string& needed : one.needs) must_have(made, one, needed);
    }
    if (made.events.empty() || made.jobs.empty()) fail(node, "it has no events or no jobs");
    return made;
  }

 private:
  using Setter = std::function<void(const YAML::Node&)>;
  static void ignored(const YAML::Node&) {}

  [[noreturn]] void fail(const YAML::Node& node, const std::string& why) const {
    throw std::runtime_error(file_ + ':' + std::to_string(node.Mark().line + 1) + ": " + why);
  }

  void each(const YAML::Node& node, const std::string& what, const std::map<std::string, Setter>& setters) const {
    if (!node.IsMap()) fail(node, what + " has names and values");
    for (const auto& one : node) {
      const auto setter = setters.find(one.first.Scalar());
      if (setter == setters.end())
        fail(one.first, "\"" + one.first.Scalar() + "\" of " + what + " is not known to the rehearsal");
      setter->second(one.second);
    }
  }

  std::string text(const YAML::Node& node) const {
    if (node.IsNull()) return {};
    if (!node.IsScalar()) fail(node, "a text is expected");
    return node.Scalar();
  }

  Texts texts(const YAML::Node& node) const {
    if (!node.IsMap()) fail(node, "names and texts are expected");
    Texts all;
    for (const auto& one : node) all.emplace_back(text(one.first), text(one.second));
    return all;
  }

  // "write-all" is write for "*".
  Texts permissions(const YAML::Node& node) const {
    if (!node.IsScalar()) return texts(node);
    if (node.Scalar() != "read-all" && node.Scalar() != "write-all") fail(node, "no permissions are called so");
    return {{"*", node.Scalar().substr(0, node.Scalar().find('-'))}};
  }

  std::vector<std::string> several(const YAML::Node& node) const {
    if (node.IsScalar()) return {node.Scalar()};
    std::vector<std::string> all;
    for (const auto& one : node) all.push_back(text(one));
    return all;
  }

  // What stands without quotation marks is a number, true, false or null where it can be.
  Value value(const YAML::Node& node) const {
    if (node.IsSequence()) {
      List list;
      for (const auto& one : node) list.push_back(value(one));
      return list;
    }
    if (node.IsMap()) {
      Object object;
      for (const auto& one : node) object.members.push_back({text(one.first), value(one.second)});
      return object;
    }
    if (node.IsNull()) return {};
    const std::string& scalar = node.Scalar();
    if (node.Tag() == "!") return scalar;
    if (scalar == "true" || scalar == "false") return scalar == "true";
    double number = 0;
    return YAML::convert<double>::decode(node, number) ? Value(number) : Value(scalar);
  }

  void triggers(const YAML::Node& node, Workflow& made) const {
    if (!node.IsMap()) {
      made.events = several(node);
      return;
    }
    for (const auto& one : node) {
      made.events.push_back(text(one.first));
      const YAML::Node& how = one.second;
      if (made.events.back() == "schedule")
        for (const auto& cron : how) made.crons.push_back(text(cron["cron"]));
      if (made.events.back() == "push" && how.IsMap())
        each(how, "push",
             {{"branches", [&](const YAML::Node& list) { made.push_branches = several(list); }},
              {"paths", [&](const YAML::Node& list) { made.push_paths = several(list); }},
              {"paths-ignore", ignored},
              {"tags", ignored}});
      if (made.events.back() == "workflow_dispatch" && how.IsMap() && how["inputs"])
        for (const auto& input : how["inputs"]) made.inputs.push_back(dispatch_input(input.first, input.second));
    }
  }

  DispatchInput dispatch_input(const YAML::Node& name, const YAML::Node& node) const {
    DispatchInput made;
    made.name = text(name);
    each(node, "an input",
         {{"description", ignored},
          {"type", ignored},
          {"required", [&](const YAML::Node& one) { made.required = text(one) == "true"; }},
          {"default", [&](const YAML::Node& one) { made.value = text(one); }},
          {"options", [&](const YAML::Node& one) { made.options = several(one); }}});
    return made;
  }

  Concurrency concurrency(const YAML::Node& node) const {
    Concurrency made;
    if (node.IsScalar()) {
      made.group = node.Scalar();
      return made;
    }
    each(node, "concurrency",
         {{"group", [&](const YAML::Node& one) { made.group = text(one); }},
          {"cancel-in-progress", [&](const YAML::Node& one) { made.cancel_in_progress = text(one); }}});
    return made;
  }

  std::string default_shell(const YAML::Node& node) const {
    std::string shell;
    each(node, "defaults",
         {{"run", [&](const YAML::Node& run) {
             each(run, "defaults.run", {{"shell", [&](const YAML::Node& one) { shell = text(one); }}});
           }}});
    return shell;
  }

  Job job(const std::string& id, const YAML::Node& node) const {
    Job made;
    made.id = id;
    each(node, "a job",
         {{"name", ignored},
          {"runs-on", ignored},
          {"container", ignored},
          {"timeout-minutes", ignored},
          {"needs", [&](const YAML::Node& one) { made.needs = several(one); }},
          {"if", [&](const YAML::Node& one) { made.condition = text(one); }},
          {"permissions", [&](const YAML::Node& one) { made.permissions = permissions(one); }},
          {"concurrency", [&](const YAML::Node& one) { made.concurrency = concurrency(one); }},
          {"outputs", [&](const YAML::Node& one) { made.outputs = texts(one); }},
          {"env", [&](const YAML::Node& one) { made.env = texts(one); }},
          {"strategy", [&](const YAML::Node& one) { strategy(one, made); }},
          {"environment", [&](const YAML::Node& one) { environment(one, made); }},
          {"defaults", [&](const YAML::Node& one) { made.shell = default_shell(one); }},
          {"steps", [&](const YAML::Node& one) {
             for (const auto& step_node : one) made.steps.push_back(step(step_node));
           }}});
    if (!node["runs-on"]) fail(node, "the job \"" + id + "\" has no runs-on");
    return made;
  }

  void strategy(const YAML::Node& node, Job& made) const {
    each(node, "strategy",
         {{"fail-fast", [&](const YAML::Node& one) { made.fail_fast = text(one) != "false"; }},
          {"max-parallel", ignored},
          {"matrix", [&](const YAML::Node& matrix) {
             if (!matrix.IsMap()) fail(matrix, "a matrix that is an expression is not known to the rehearsal");
             for (const auto& one : matrix) made.matrix.push_back({text(one.first), value(one.second)});
           }}});
  }

  void environment(const YAML::Node& node, Job& made) const {
    if (node.IsScalar()) {
      made.environment = node.Scalar();
      return;
    }
    each(node, "environment",
         {{"name", [&](const YAML::Node& one) { made.environment = text(one); }},
          {"url", [&](const YAML::Node& one) { made.environment_url = text(one); }}});
  }

  Step step(const YAML::Node& node) const {
    Step made;
    each(node, "a step",
         {{"id", [&](const YAML::Node& one) { made.id = text(one); }},
          {"name", [&](const YAML::Node& one) { made.name = text(one); }},
          {"if", [&](const YAML::Node& one) { made.condition = text(one); }},
          {"uses", [&](const YAML::Node& one) { made.uses = text(one); }},
          {"run", [&](const YAML::Node& one) { made.run = text(one); }},
          {"shell", [&](const YAML::Node& one) { made.shell = text(one); }},
          {"working-directory", [&](const YAML::Node& one) { made.working_directory = text(one); }},
          {"continue-on-error", [&](const YAML::Node& one) { made.continue_on_error = text(one); }},
          {"timeout-minutes", ignored},
          {"with", [&](const YAML::Node& one) { made.with = texts(one); }},
          {"env", [&](const YAML::Node& one) { made.env = texts(one); }}});
    if (made.run.empty() == made.uses.empty()) fail(node, "a step either runs or uses something");
    return made;
  }

  void must_have(const Workflow& made, const Job& job, const std::string& needed) const {
    for (const Job& one : made.jobs)
      if (one.id == needed) return;
    throw std::runtime_error(file_ + ": the job \"" + job.id + "\" needs \"" + needed + "\", which is none");
  }

  std::string file_;
};

}  // namespace

std::string Step::title() const {
  if (!name.empty()) return name;
  return uses.empty() ? "Run " + run.substr(0, run.find('\n')) : "Run " + uses;
}

Workflow read_workflow(const std::string& file, const std::string& text) {
  try {
    return Reader(file).workflow(YAML::Load(text));
  } catch (const YAML::Exception& error) {
    throw std::runtime_error(file + ':' + std::to_string(error.mark.line + 1) + ": " + error.msg);
  }
}

}  // namespace daybook::rehearsal
