// A workflow file of GitHub's as a value. What the rehearsal would not play is refused, so that nothing is left out in
// silence. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rehearsal/value.h"

namespace daybook::rehearsal {

struct Step {
  std::string id;
  std::string name;
  std::string condition;  // its `if`
  std::string uses;
  std::string run;
  Texts with;
  Texts env;
  std::string title() const;  // as GitHub shows it: the name, or what it runs or uses
};

// One of a matrix: its values are a list, or an expression that makes one.
struct Dimension {
  std::string name;
  std::vector<std::string> values;
  std::string expression;
};

struct Job {
  std::string id;
  std::vector<std::string> needs;
  std::string condition;
  std::string group;                 // of its concurrency
  std::optional<Texts> permissions;  // "contents" -> "write"
  Texts outputs;
  Texts env;
  std::vector<Dimension> matrix;
  std::string environment;
  std::string environment_url;
  std::vector<Step> steps;
};

struct DispatchInput {
  std::string name;
  std::string value;  // by default
  std::vector<std::string> options;
};

struct Workflow {
  std::string file;  // "daily.yml"
  std::string name;
  std::vector<std::string> events;  // "schedule", "push"
  std::vector<DispatchInput> inputs;
  std::vector<std::string> push_paths;  // empty: all
  std::string group;                    // of its concurrency
  std::optional<Texts> permissions;
  bool strict = false;  // its shell is "bash", by which GitHub means one that fails where a part of a pipe does
  Texts env;
  std::vector<Job> jobs;  // in the order of the file
};

// Fails with file and line where it is none, or has something that the rehearsal does not know.
Workflow read_workflow(const std::string& file, const std::string& text);

}  // namespace daybook::rehearsal
