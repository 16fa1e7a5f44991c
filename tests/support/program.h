// The program itself, run as a process of its own.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

namespace daybook {

using Variables = std::vector<std::pair<std::string, std::string>>;

// What it prints, standard output and error together, goes to a file.
class Program {
 public:
  // Starts `daybook` with these arguments and variables added to the environment.
  Program(const std::vector<std::string>& arguments, const Variables& variables, std::string output_path);
  ~Program();  // kills it where it still runs
  Program(Program&& other) noexcept;
  Program& operator=(Program&&) = delete;

  int wait();                     // the exit code; 128 + N where signal N ended it
  bool wait_for(double seconds);  // whether it ended within that time
  void kill();                    // SIGKILL
  std::string output() const;

 private:
  pid_t process_ = -1;
  int code_ = -1;
  std::string output_path_;
};

}  // namespace daybook
