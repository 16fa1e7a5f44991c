#include "support/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "support/folder.h"

namespace daybook {

namespace {

int code_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

}  // namespace

Program::Program(const std::vector<std::string>& arguments, const Variables& variables, std::string output_path)
    : output_path_(std::move(output_path)) {
  std::vector<char*> argv = {const_cast<char*>("daybook")};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<std::string> texts;
  for (const auto& [name, value] : variables) texts.push_back(name + '=' + value);
  std::vector<char*> environment;
  for (std::string& text : texts) environment.push_back(text.data());
  for (char** one = environ; *one != nullptr; ++one) environment.push_back(*one);
  environment.push_back(nullptr);
  const int out = ::open(output_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::execve(DAYBOOK_BINARY, argv.data(), environment.data());
    ::_exit(127);
  }
  ::close(out);
}

Program::Program(Program&& other) noexcept
    : process_(std::exchange(other.process_, -1)), code_(other.code_), output_path_(std::move(other.output_path_)) {}

Program::~Program() {
  if (process_ < 0) return;
  kill();
  wait();
}

int Program::wait() {
  if (process_ < 0) return code_;
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return code_ = code_of(status);
}

bool Program::wait_for(double seconds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (process_ >= 0) {
    int status = 0;
    if (::waitpid(process_, &status, WNOHANG) == process_) {
      process_ = -1;
      code_ = code_of(status);
      break;
    }
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

void Program::kill() {
  if (process_ >= 0) ::kill(process_, SIGKILL);
}

std::string Program::output() const { return bytes_of(output_path_); }

}  // namespace daybook
