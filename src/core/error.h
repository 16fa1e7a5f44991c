// What went wrong, where, and a hint how to repair it: the one error type of the project.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace daybook {

// What a failure means to the caller of the program; exit_code() in command/ turns it into 1, 2 or 75.
enum class Kind {
  failed,  // the work could not be done: exit 1
  misuse,  // the command line or the settings are wrong: exit 2
  later,   // nothing announced yet, network or service down: exit 75 (EX_TEMPFAIL of sysexits.h)
};

// A position in something that was read. Lines and columns count from 1 (columns in bytes); 0 means unknown.
struct Place {
  std::string source;  // a file's path as the user gave it, or a URL
  int line = 0;
  int column = 0;
  bool operator==(const Place&) const = default;
};

struct Error {
  Kind kind = Kind::failed;
  Place place;
  std::string what;  // the fact, in lower case, without a full stop
  std::string hint;  // what to do about it; empty where nothing can be said
  bool operator==(const Error&) const = default;
};

using Errors = std::vector<Error>;

// "source:line:column: error: what\n  hint: hint\n"; parts that are unknown are left out.
// `severity`: "warning" for one that keeps nothing from going on.
std::string describe(const Error& error, std::string_view severity = "error");

// The place of the byte at `offset` in `text`.
Place place_at(std::string_view text, std::size_t offset, std::string source);

// What goes wrong again and again, file by file or request by request, is news once; the rest of it is a number.
class Repeats {
 public:
  bool is_news(const std::string& text);  // the first time; and counts it
  // Of each text that came more than once, in their order: "TEXT (and 37 more like it)".
  std::vector<std::string> counted() const;

 private:
  std::map<std::string, std::size_t> times_;
};

// How much a command says: -q, nothing, -v.
enum class Loudness { quiet, normal, verbose };

}  // namespace daybook
