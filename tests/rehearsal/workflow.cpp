#include "rehearsal/workflow.h"

#include <yaml-cpp/yaml.h>

#include <functional>
#include <map>
#include <stdexcept>

namespace daybook::rehearsal {

namespace {

using Node = YAML::Node;

class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  Workflow workflow(const Node& node) const {
    Workflow made;
    made.file = file_;
    each(node, "a workflow",
         {{"name", into(made.name)},
          {"on", [&](const Node& one) { triggers(one, made); }},
          {"permissions", into(made.permissions)},
          {"concurrency", [&](const Node& one) { made.group = group(one); }},
          {"env", into(made.env)},
          {"defaults", [&](const Node& one) { made.strict = text(one["run"]["shell"]) == "bash"; }},
          {"jobs", [&](const Node& one) {
             for (const auto& job_node : one) made.jobs.push_back(job(text(job_node.first), job_node.second));
           }}});
    for (const Job& one : made.jobs)
      for (const std::string& needed : one.needs) must_have(made, one, needed);
    if (made.events.empty() || made.jobs.empty()) fail(node, "it has no events or no jobs");
    return made;
  }

 private:
  using Setter = std::function<void(const Node&)>;
  static void ignored(const Node&) {}
  Setter into(std::string& value) const {
    return [&](const Node& node) { value = text(node); };
  }
  Setter into(std::vector<std::string>& values) const {
    return [&](const Node& node) { values = several(node); };
  }
  Setter into(Texts& values) const {
    return [&](const Node& node) { values = texts(node); };
  }
  Setter into(std::optional<Texts>& values) const {
    return [&](const Node& node) { values = texts(node); };
  }

  [[noreturn]] void fail(const Node& node, const std::string& why) const {
    throw std::runtime_error(file_ + ':' + std::to_string(node.Mark().line + 1) + ": " + why);
  }

  void each(const Node& node, const std::string& what, const std::map<std::string, Setter>& setters) const {
    if (!node.IsMap()) fail(node, what + " has names and values");
    for (const auto& one : node) {
      const auto setter = setters.find(one.first.Scalar());
      if (setter == setters.end())
        fail(one.first, "\"" + one.first.Scalar() + "\" of " + what + " is not known to the rehearsal");
      setter->second(one.second);
    }
  }

  std::string text(const Node& node) const {
    if (node.IsNull()) return {};
    if (!node.IsScalar()) fail(node, "a text is expected");
    return node.Scalar();
  }

  Texts texts(const Node& node) const {
    if (!node.IsMap()) fail(node, "names and texts are expected");
    Texts all;
    for (const auto& one : node) all.emplace_back(text(one.first), text(one.second));
    return all;
  }

  std::vector<std::string> several(const Node& node) const {
    if (node.IsScalar()) return {node.Scalar()};
    std::vector<std::string> all;
    for (const auto& one : node) all.push_back(text(one));
    return all;
  }

  std::string group(const Node& node) const {
    std::string name;
    each(node, "concurrency", {{"group", into(name)}, {"cancel-in-progress", ignored}});
    return name;
  }

  void triggers(const Node& node, Workflow& made) const {
    if (!node.IsMap()) {
      made.events = several(node);
      return;
    }
    for (const auto& one : node) {
      made.events.push_back(text(one.first));
      const Node& how = one.second;
      if (made.events.back() == "push" && how.IsMap())
        each(how, "push",
             {{"branches", ignored}, {"paths", into(made.push_paths)}, {"paths-ignore", ignored}, {"tags", ignored}});
      if (made.events.back() == "workflow_dispatch" && how.IsMap() && how["inputs"])
        for (const auto& input : how["inputs"]) made.inputs.push_back(dispatch_input(input.first, input.second));
    }
  }

  DispatchInput dispatch_input(const Node& name, const Node& node) const {
    DispatchInput made;
    made.name = text(name);
    each(node, "an input",
         {{"description", ignored}, {"type", ignored}, {"default", into(made.value)}, {"options", into(made.options)}});
    return made;
  }

  Job job(const std::string& id, const Node& node) const {
    Job made;
    made.id = id;
    each(node, "a job",
         {{"name", ignored},
          {"runs-on", ignored},
          {"container", ignored},
          {"timeout-minutes", ignored},
          {"needs", into(made.needs)},
          {"if", into(made.condition)},
          {"concurrency", [&](const Node& one) { made.group = group(one); }},
          {"permissions", into(made.permissions)},
          {"outputs", into(made.outputs)},
          {"env", into(made.env)},
          {"strategy",
           [&](const Node& one) {
             each(one, "strategy",
                  {{"fail-fast", ignored}, {"matrix", [&](const Node& all) { made.matrix = matrix(all); }}});
           }},
          {"environment",
           [&](const Node& one) {
             each(one, "environment", {{"name", into(made.environment)}, {"url", into(made.environment_url)}});
           }},
          {"steps", [&](const Node& one) {
             for (const auto& step_node : one) made.steps.push_back(step(step_node));
           }}});
    if (!node["runs-on"]) fail(node, "the job \"" + id + "\" has no runs-on");
    return made;
  }

  // A job whose matrix has more than lists of texts is read, and not played.
  std::vector<Dimension> matrix(const Node& node) const {
    std::vector<Dimension> all;
    for (const auto& one : node) {
      Dimension made{text(one.first), {}, ""};
      if (one.second.IsScalar()) made.expression = text(one.second);
      if (one.second.IsSequence())
        for (const auto& value : one.second) made.values.push_back(value.IsScalar() ? value.Scalar() : "");
      all.push_back(made);
    }
    return all;
  }

  Step step(const Node& node) const {
    Step made;
    each(node, "a step",
         {{"id", into(made.id)},
          {"name", into(made.name)},
          {"if", into(made.condition)},
          {"uses", into(made.uses)},
          {"run", into(made.run)},
          {"timeout-minutes", ignored},
          {"with", into(made.with)},
          {"env", into(made.env)}});
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
