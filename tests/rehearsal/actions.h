// What stands in for the actions that our workflows use: as far as a workflow can see, they do the same.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rehearsal/hub.h"
#include "rehearsal/origin.h"
#include "rehearsal/value.h"
#include "support/program.h"

namespace daybook::rehearsal {

// Where an action works: a job's machine, and the repository around it.
struct ActionPlace {
  Origin& origin;
  Hub& hub;
  const std::map<std::string, std::string>& other_repositories;  // "bob/old" -> address to clone
  std::string artifacts;                                         // the folder of those of this run
  std::string workspace;
  std::string temp;
  std::string token;
  std::string sha;          // of the commit that the run is of
  std::string environment;  // the job's `environment`
  Variables variables;      // for programs that it runs
  std::string log;          // the step's
  std::vector<std::string>& path;

  void say(const std::string& line) const;
};

struct Used {
  bool well = true;
  Texts outputs = {};
};

// Says why in the log.
Used action_fails(const ActionPlace& place, const std::string& why);

// `uses`: as in the workflow, "actions/checkout@...". Throws where nothing stands in for it.
Used use_action(const std::string& uses, const Texts& with, const ActionPlace& place);

}  // namespace daybook::rehearsal
