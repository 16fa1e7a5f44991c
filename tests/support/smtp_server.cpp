#include "support/smtp_server.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <vector>

namespace daybook {

namespace {

pid_t start(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t process = ::fork();
  if (process != 0) return process;
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace

// A python3 that comes first in PATH need not be the system's, which the package is for.
const std::string* python_with_aiosmtpd() {
  static const std::string found = [] {
    if (std::system("openssl version >/dev/null 2>&1") != 0) return std::string();
    for (const char* python : {"python3", "/usr/bin/python3"})
      if (std::system((std::string(python) + " -c 'import aiosmtpd' 2>/dev/null").c_str()) == 0)
        return std::string(python);
    return std::string();
  }();
  return found.empty() ? nullptr : &found;
}

AioSmtpServer::AioSmtpServer(SmtpTls tls, const std::string& user) : tls_(tls) {
  constexpr const char* names[] = {"none", "starttls", "refused", "smtps"};
  if (tls != SmtpTls::none &&
      std::system(("cd '" + folder_.path() +
                   "' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out "
                   "cert.pem -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 2>openssl.log")
                      .c_str()) != 0)
    throw std::runtime_error(bytes_of(folder_ / "openssl.log"));
  std::vector<std::string> words = {*python_with_aiosmtpd(), DAYBOOK_SOURCE_DIR "/tests/support/smtp_server.py",
                                    folder_.path(), names[static_cast<int>(tls)]};
  if (!user.empty()) words.insert(words.end(), {user, password});
  process_ = start(words);
  for (int tries = 0; !std::filesystem::exists(folder_ / "port"); ++tries) {
    if (tries > 3000 || ::waitpid(process_, nullptr, WNOHANG) != 0)
      throw std::runtime_error("the SMTP server does not start");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

AioSmtpServer::~AioSmtpServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

std::string AioSmtpServer::url() const {
  const std::string port = bytes_of(folder_ / "port");
  return (tls_ == SmtpTls::smtps ? "smtps" : "smtp") + ("://127.0.0.1:" + port.substr(0, port.find('\n')));
}

}  // namespace daybook
