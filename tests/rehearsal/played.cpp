#include <stdexcept>

#include "rehearsal/commands.h"
#include "rehearsal/player.h"

namespace daybook::rehearsal {

const StepPlayed& JobPlayed::step(const std::string& wanted) const {
  for (const StepPlayed& step : steps)
    if (step.id == wanted || step.title == wanted) return step;
  throw std::runtime_error("the job " + id + " has no step \"" + wanted + '"');
}

std::string JobPlayed::log() const {
  std::string all;
  for (const StepPlayed& step : steps) all += step.log;
  return all;
}

std::vector<std::string> JobPlayed::annotations() const { return annotations_in(log()); }

const JobPlayed& Played::job(const std::string& wanted) const {
  for (const JobPlayed& job : jobs)
    if (job.id == wanted || job.name == wanted) return job;
  throw std::runtime_error("no job \"" + wanted + "\" was played");
}

std::string Played::log() const {
  std::string all;
  for (const JobPlayed& job : jobs) all += job.log();
  return all;
}

std::vector<std::string> Played::annotations() const {
  std::vector<std::string> all;
  for (const JobPlayed& job : jobs)
    for (std::string& one : job.annotations()) all.push_back(std::move(one));
  return all;
}

}  // namespace daybook::rehearsal
