// One run of a workflow: its jobs, in the order of their needs.
#pragma once

#include <string>
#include <vector>

#include "rehearsal/job_player.h"

namespace daybook::rehearsal {

class RunPlayer {
 public:
  // Fails where GitHub would not start the run: on an event or an input that the file does not have.
  RunPlayer(Player& player, const std::string& file, const Event& event, Hooks hooks);
  Played play();

  // The group that all of the run is in; empty: in none.
  std::string group() const;

 private:
  void play_jobs();
  bool ready(const Job& job) const;
  void play_job(const Job& job);
  JobPlayed play_on_machine(const Job& job, const Object& matrix, const std::string& name);
  void leave_traces();
  std::vector<std::string> ancestors(const Job& job) const;
  Standing standing(const Job& job) const;
  std::vector<Object> combinations(const Job& job) const;
  std::vector<Member> contexts(const Job* job, const Object* matrix) const;
  Value needs(const Job& job) const;
  Value inputs() const;
  void check_event();

  Player& player_;
  const Event event_;
  const Hooks hooks_;
  const Workflow workflow_;
  const std::string sha_;
  int number_ = 0;
  std::string folder_;
  Played played_;
  bool cancelled_ = false;
  // Of whole jobs, all of their matrix together.
  struct Result {
    std::string id;
    std::string result;
    Texts outputs;
  };
  std::vector<Result> results_;
};

}  // namespace daybook::rehearsal
