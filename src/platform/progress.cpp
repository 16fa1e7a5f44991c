#include <algorithm>

#include "platform/terminal.h"

namespace daybook {

namespace {

constexpr double seconds_between_bars = 0.1;
constexpr double seconds_between_lines = 5;
constexpr std::size_t widest_bar = 30;

}  // namespace

Progress::Progress(Console& console, std::string label, std::size_t total)
    : console_(console), label_(console.cleaned(label)), total_(total), last_shown_(console.where_.seconds()) {}

Progress::~Progress() {
  const std::lock_guard lock(console_.mutex_);
  console_.show_bar("");
}

void Progress::advance(std::size_t steps) {
  if (console_.loudness_ == Loudness::quiet) return;
  const std::lock_guard lock(console_.mutex_);
  const bool was_done = done_ >= total_;
  done_ = std::min(total_, done_ + steps);
  const bool is_last = done_ == total_ && !was_done;
  const bool as_bar = console_.where_.err_is_terminal && !console_.where_.github;
  const double now = console_.where_.seconds();
  if (!is_last && now - last_shown_ < (as_bar ? seconds_between_bars : seconds_between_lines)) return;
  last_shown_ = now;
  if (as_bar) return console_.show_bar(bar());
  console_.emit(label_ + ' ' + std::to_string(done_) + " of " + std::to_string(total_) + '\n', false);
}

// "scoring [##########--------------------] 12 of 41", no wider than the terminal.
std::string Progress::bar() const {
  const std::string count = std::to_string(done_) + " of " + std::to_string(total_);
  const std::size_t columns = static_cast<std::size_t>(std::max(20, console_.where_.columns)) - 1;
  const std::size_t taken = label_.size() + count.size() + 4;
  if (taken + 5 > columns) return (label_ + ' ' + count).substr(0, columns);
  const std::size_t width = std::min(widest_bar, columns - taken);
  const std::size_t filled = total_ == 0 ? width : width * done_ / total_;
  return label_ + " [" + std::string(filled, '#') + std::string(width - filled, '-') + "] " + count;
}

}  // namespace daybook
