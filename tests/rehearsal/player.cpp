#include "rehearsal/player.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <thread>

#include "rehearsal/run_player.h"

namespace daybook::rehearsal {

namespace {

// Whose turn it is, of two. Who has ended has none any more.
class Turns {
 public:
  void wait_for(std::size_t who) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return turn_ == who || ended_[1 - who]; });
  }
  void pass(std::size_t who) {
    const std::lock_guard lock(mutex_);
    turn_ = 1 - who;
    changed_.notify_all();
  }
  void end(std::size_t who) {
    const std::lock_guard lock(mutex_);
    ended_[who] = true;
    turn_ = 1 - who;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t turn_ = 0;
  bool ended_[2] = {false, false};
};

}  // namespace

Player::Player(Hub& hub, Origin& origin, std::string folder) : hub_(hub), origin_(origin), folder_(std::move(folder)) {}

Played Player::play(const std::string& file, const Event& event) {
  return RunPlayer(*this, file, event, {before_step, {}, during_step}).play();
}

std::pair<Played, Played> Player::play_side_by_side(const std::string& file, const Event& one, const Event& other) {
  Turns turns;
  Played played[2];
  std::exception_ptr failures[2];
  const auto play_one = [&](std::size_t who, const Event& event) {
    Hooks hooks;
    hooks.before_step = [&, who](const std::string&, const Step&) {
      turns.wait_for(who);
      return Stop::none;
    };
    hooks.after_step = [&, who] { turns.pass(who); };
    try {
      played[who] = RunPlayer(*this, file, event, hooks).play();
    } catch (...) {
      failures[who] = std::current_exception();
    }
    turns.end(who);
  };
  std::thread second([&] { play_one(1, other); });
  play_one(0, one);
  second.join();
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
  return {played[0], played[1]};
}

void Player::ask(const std::string& file, const Event& event) {
  const std::string group = RunPlayer(*this, file, event, {}).group();
  for (auto one = waiting_.begin(); !group.empty() && one != waiting_.end();) {
    if (one->group != group) {
      ++one;
      continue;
    }
    hub_.record({next_number(), one->file, one->event.name, one->event.at.rfc3339(), "completed", "cancelled"});
    one = waiting_.erase(one);
  }
  waiting_.push_back({group, file, event});
}

std::vector<Played> Player::play_those_that_wait() {
  std::vector<Played> played;
  while (!waiting_.empty()) {
    const Waiting next = waiting_.front();
    waiting_.erase(waiting_.begin());
    played.push_back(play(next.file, next.event));
  }
  return played;
}

void Player::leave_trace(std::string text) {
  const std::lock_guard lock(mutex_);
  traces_.push_back(std::move(text));
}

int Player::next_number() {
  const std::lock_guard lock(mutex_);
  return ++runs_;
}

bool Player::leaked(const std::string& secret) const {
  const auto has = [&](const std::string& text) { return text.find(secret) != std::string::npos; };
  const std::lock_guard lock(mutex_);
  Searched& searched = searched_[secret];
  for (; searched.traces < traces_.size(); ++searched.traces)
    searched.found = searched.found || has(traces_[searched.traces]);
  searched.found = searched.found || origin_.new_objects_hold(secret, searched.objects);
  if (searched.found) return true;
  for (const Issue& issue : hub_.issues()) {
    if (has(issue.title) || has(issue.body)) return true;
    if (std::any_of(issue.comments.begin(), issue.comments.end(), has)) return true;
  }
  const auto site = hub_.site();
  return site && std::any_of(site->begin(), site->end(), [&](const auto& file) { return has(file.second); });
}

}  // namespace daybook::rehearsal
