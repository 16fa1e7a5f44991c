#include "platform/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/escape.h"
#include "core/text.h"
#include "platform/clock.h"
#include "platform/disk.h"
#include "platform/environment.h"

namespace daybook {

namespace {

constexpr std::string_view erase_line = "\r\x1b[K";
constexpr double seconds_between_bars = 0.1;
constexpr double seconds_between_lines = 5;
constexpr std::size_t widest_bar = 30;

// A reader that went away ("daybook check | head") is no fault of ours to tell: nobody listens.
std::function<void(std::string_view)> writer(int fd) {
  return [fd](std::string_view text) { (void)write_all(fd, text); };
}

std::string line_of(std::string_view text) {
  std::string line(text);
  if (line.empty() || line.back() != '\n') line += '\n';
  return line;
}

// The bold red or yellow word in "config/daybook.toml:14:1: error: ...".
std::string colored(std::string text, std::string_view word, std::string_view color) {
  const std::string marked = std::string(word) + ": ";
  auto at = text.compare(0, marked.size(), marked) == 0 ? 0 : text.find(": " + marked);
  if (at == std::string::npos) return text;
  if (at != 0) at += 2;
  return text.substr(0, at) + std::string(color) + std::string(word) + ":\x1b[0m" + text.substr(at + word.size() + 1);
}

// Text in a workflow command, as a property ("file=...") or as its message.
std::string escaped(std::string_view text, std::string_view special) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    out += c;
    if (special.find(c) == std::string_view::npos) continue;
    const auto byte = static_cast<unsigned char>(c);
    out.back() = '%';
    out.append({digits[byte >> 4U], digits[byte & 15U]});
  }
  return out;
}
std::string message_text(std::string_view text) { return escaped(text, "%\r\n"); }
std::string property_text(std::string_view text) { return escaped(text, "%\r\n:,"); }

// "::error file=a.toml,line=3,col=1::what%0Ahint: ...\n"; command is "error", "warning" or "notice". An address or a
// name that is no file (it has "://") stands before the message, because an annotation has room for files of the
// repository only.
std::string annotation(std::string_view command, const Error& error) {
  const Place& place = error.place;
  const bool is_file = !place.source.empty() && place.source.find("://") == std::string::npos;
  std::string line = "::" + std::string(command);
  if (is_file) {
    line += " file=" + property_text(place.source);
    if (place.line > 0) line += ",line=" + std::to_string(place.line);
    if (place.line > 0 && place.column > 0) line += ",col=" + std::to_string(place.column);
  }
  std::string message = is_file || place.source.empty() ? error.what : place.source + ": " + error.what;
  if (!error.hint.empty()) message += "\nhint: " + error.hint;
  return line + "::" + message_text(message) + "\n";
}

// The text changed so that the runner takes no line of it for a command ("::name::" at a line's start, "##[name]").
std::string without_commands(std::string_view text) {
  std::string out;
  bool first = true;
  for (const std::string_view line : split(text, '\n')) {
    if (!first) out += '\n';
    first = false;
    const auto start = line.find_first_not_of(" \t\r\v\f");
    const bool command = start != std::string_view::npos && line.substr(start, 2) == "::";
    std::string safe(line);
    if (command) safe.insert(start + 1, " ");
    for (auto at = safe.find("##["); at != std::string::npos; at = safe.find("##[", at)) safe.insert(at + 2, " ");
    out += safe;
  }
  return out;
}

}  // namespace

std::string_view severity_name(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::notice ? "notice" : "warning";
}

Surroundings surroundings() {
  Surroundings here;
  here.out = writer(STDOUT_FILENO);
  here.err = writer(STDERR_FILENO);
  here.err_is_terminal = ::isatty(STDERR_FILENO) == 1 && variable("TERM").value_or("dumb") != "dumb";
  here.color = here.err_is_terminal && !variable("NO_COLOR");  // whatever its value (no-color.org)
  here.github = in_github_actions();
  here.summary_path = variable("GITHUB_STEP_SUMMARY").value_or("");
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) here.columns = size.ws_col;
  here.seconds = steady_seconds;
  return here;
}

Console::Console(Loudness loudness, Surroundings where, std::vector<std::string> secrets)
    : loudness_(loudness), where_(std::move(where)) {
  for (std::string& secret : secrets) mask(std::move(secret));
}

Console::~Console() {
  for (const std::string& line : disk_faults_.counted()) emit(line_of(line), false);
}

void Console::mask(std::string secret) {
  if (secret.empty()) return;
  const std::lock_guard lock(mutex_);
  // A short one may be the beginning of a long one, of which the rest would show.
  const auto place = std::find_if(secrets_.begin(), secrets_.end(),
                                  [&](const std::string& other) { return other.size() < secret.size(); });
  secrets_.insert(place, std::move(secret));
}

std::string Console::masked(std::string_view text) const {
  std::string out;
  while (!text.empty()) {
    const auto secret = std::find_if(secrets_.begin(), secrets_.end(), [&](const std::string& candidate) {
      return text.compare(0, candidate.size(), candidate) == 0;
    });
    if (secret == secrets_.end()) {
      out += text[0];
      text.remove_prefix(1);
    } else {
      out += "***";
      text.remove_prefix(secret->size());
    }
  }
  return out;
}

std::string Console::cleaned(std::string_view text) const {
  const std::string out = printable(masked(text));
  return where_.github ? without_commands(out) : out;
}

void Console::emit(std::string_view text, bool to_out) {
  const std::string bar = std::exchange(bar_, "");
  if (!bar.empty()) where_.err(erase_line);
  (to_out || where_.github ? where_.out : where_.err)(text);
  if (!bar.empty()) show_bar(bar);
}

void Console::show_bar(const std::string& bar) {
  if (bar == bar_) return;
  where_.err(std::string(erase_line) + bar);
  bar_ = bar;
}

void Console::print(std::string_view line) {
  const std::lock_guard lock(mutex_);
  emit(line_of(cleaned(line)), true);
}

void Console::say(std::string_view line) {
  if (loudness_ == Loudness::quiet) return;
  const std::lock_guard lock(mutex_);
  emit(line_of(cleaned(line)), false);
}

void Console::detail(std::string_view line) {
  if (loudness_ == Loudness::verbose) say(line);
}

void Console::write_described(const Error& error, Severity severity) {
  const bool is_warning = severity == Severity::warning;
  const std::lock_guard lock(mutex_);
  const std::string fault = loudness_ == Loudness::verbose ? "" : disk_fault(error);
  if (!fault.empty() && !disk_faults_.is_news((is_warning ? "warning: " : "error: ") + fault)) return;
  const auto safe_text = [&](const std::string& text) { return printable(masked(text)); };
  const Error safe{error.kind, Place{safe_text(error.place.source), error.place.line, error.place.column},
                   safe_text(error.what), safe_text(error.hint)};
  messages_.push_back({severity, safe});
  if (where_.github) return emit(annotation(severity_name(severity), safe), true);
  std::string text = cleaned(describe(error, is_warning ? "warning" : "error"));
  if (where_.color) text = is_warning ? colored(text, "warning", "\x1b[1;33m") : colored(text, "error", "\x1b[1;31m");
  emit(text, false);
}

void Console::error(const Error& error) {
  write_described(error, error.kind == Kind::later ? Severity::notice : Severity::error);
}
void Console::warning(const Error& warning) { write_described(warning, Severity::warning); }

std::vector<Message> Console::messages() {
  const std::lock_guard lock(mutex_);
  return messages_;
}

void Console::warning_once(const Error& warning, const std::string& kind) {
  {
    const std::lock_guard lock(mutex_);
    if (!kinds_warned_of_.is_news(kind)) return;
  }
  this->warning(warning);
}

void Console::errors(const Errors& all) {
  for (const Error& one : all) error(one);
}

Result<Done> Console::summarize(std::string_view markdown) {
  if (where_.summary_path.empty()) return Done{};
  const std::lock_guard lock(mutex_);
  const auto file = open_plain_file(where_.summary_path, O_WRONLY | O_CREAT | O_APPEND, "write");
  if (!file) return file.error();
  if (const int fault = write_all(file->get(), line_of(printable(masked(markdown)))))
    return system_error(where_.summary_path, "write", fault);
  return Done{};
}

Group::Group(Console& console, std::string_view title) : console_(console) {
  if (console_.loudness_ == Loudness::quiet) return;
  const std::lock_guard lock(console_.mutex_);
  const std::string safe = printable(console_.masked(title));
  console_.emit(console_.where_.github ? "::group::" + message_text(safe) + "\n" : line_of(console_.cleaned(title)),
                false);
}

Group::~Group() {
  if (console_.loudness_ == Loudness::quiet || !console_.where_.github) return;
  const std::lock_guard lock(console_.mutex_);
  console_.emit("::endgroup::\n", false);
}

Progress::Progress(Console& console, const std::string& label, std::size_t total)
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
