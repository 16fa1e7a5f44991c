#include "rehearsal/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <thread>

#include "support/folder.h"

namespace daybook::rehearsal {

namespace {

using Clock = std::chrono::steady_clock;

// A tenth of what GitHub grants:
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
constexpr auto until_terminated = std::chrono::milliseconds(750);
constexpr auto until_killed = std::chrono::milliseconds(1000);

// Pointers to texts, as execve() takes them.
class Pointers {
 public:
  explicit Pointers(std::vector<std::string> texts) : texts_(std::move(texts)) {
    for (std::string& text : texts_) all_.push_back(text.data());
    all_.push_back(nullptr);
  }
  char** get() { return all_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> all_;
};

pid_t start(const Command& command) {
  std::vector<std::string> arguments = {"env"};
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : command.environment) variables.push_back(name + '=' + value);
  Pointers argv(std::move(arguments));
  Pointers envp(std::move(variables));
  const int in = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int out = ::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  // A child that is cancelled before it has become the other program must not die the test program's death: until its
  // handlers are gone, signals wait.
  sigset_t cancelling, before;
  ::sigemptyset(&cancelling);
  for (const int signal : {SIGINT, SIGTERM}) ::sigaddset(&cancelling, signal);
  ::pthread_sigmask(SIG_BLOCK, &cancelling, &before);
  const pid_t process = ::fork();
  if (process == 0) {
    for (const int signal : {SIGINT, SIGTERM}) ::signal(signal, SIG_DFL);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::setsid();
    ::umask(022);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(out, 2);
    if (command.folder.empty() || ::chdir(command.folder.c_str()) == 0)
      ::execve("/usr/bin/env", argv.get(), envp.get());
    ::_exit(127);
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::close(in);
  ::close(out);
  if (process < 0) throw std::runtime_error("no process can be started");
  return process;
}

// The session of a process: the sixth field of /proc/PID/stat, counted after the name in brackets.
pid_t session_of(const std::string& stat) {
  std::size_t at = stat.rfind(')');
  for (int field = 0; field < 4 && at != std::string::npos; ++field) at = stat.find(' ', at + 1);
  return at == std::string::npos ? -1 : static_cast<pid_t>(std::strtol(stat.c_str() + at, nullptr, 10));
}

// Empty where the process has ended meanwhile.
std::string stat_of(const std::string& folder) {
  const int file = ::open((folder + "/stat").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  char text[1024];
  const ssize_t size = ::read(file, text, sizeof text);
  ::close(file);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

// `timeout` and others make process groups of their own; the session stays.
void kill_session(pid_t session) {
  for (bool found = true; found;) {
    found = false;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
      const auto process = static_cast<pid_t>(std::strtol(entry.path().filename().c_str(), nullptr, 10));
      if (process <= 0) continue;
      const std::string stat = stat_of(entry.path().string());
      if (session_of(stat) != session || stat.find(") Z ") != std::string::npos) continue;
      ::kill(process, SIGKILL);
      found = true;
    }
    if (found) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

int code_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

bool ended(pid_t process, int& status) { return ::waitpid(process, &status, WNOHANG) == process; }

}  // namespace

Ending run(const Command& command, const std::function<Stop()>& watch) {
  const pid_t process = start(command);
  Ending ending;
  int status = 0;
  std::optional<Clock::time_point> cancelled;
  bool terminated = false;
  for (; !ended(process, status); std::this_thread::sleep_for(std::chrono::milliseconds(1))) {
    if (watch && ending.stop == Stop::none) ending.stop = watch();
    if (ending.stop == Stop::lost) kill_session(process);
    if (ending.stop != Stop::cancelled) continue;
    if (!cancelled) {
      ::kill(process, SIGINT);
      cancelled = Clock::now();
    }
    const auto since = Clock::now() - *cancelled;
    if (since > until_terminated && !terminated) {
      ::kill(process, SIGTERM);
      terminated = true;
    }
    if (since > until_killed) kill_session(process);
  }
  // What is left behind does not go on beside the next step.
  kill_session(process);
  ending.code = code_of(status);
  return ending;
}

std::string output_of(const Command& command) {
  const TemporaryFolder folder;
  Command logged = command;
  logged.log = folder / "output";
  const Ending ending = run(logged);
  std::string output = bytes_of(logged.log);
  if (ending.code == 0) return output;
  std::string line;
  for (const std::string& argument : command.arguments) line += argument + ' ';
  throw std::runtime_error(line + "ended with " + std::to_string(ending.code) + ":\n" + output);
}

Variables plain_environment(const std::string& home) {
  return {{"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
          {"HOME", home},
          {"LANG", "C.UTF-8"},
          {"GIT_CONFIG_NOSYSTEM", "1"},
          {"GIT_CONFIG_GLOBAL", "/dev/null"},
          {"GIT_TEMPLATE_DIR", ""}};
}

}  // namespace daybook::rehearsal
