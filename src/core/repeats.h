// What goes wrong again and again, file by file or request by request, is news once; the rest of it is a number.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace daybook {

class Repeats {
 public:
  bool is_news(const std::string& text);  // the first time; and counts it
  // Of each text that came more than once, in their order: "TEXT (and 37 more like it)".
  std::vector<std::string> counted() const;

 private:
  std::map<std::string, std::size_t> times_;
};

}  // namespace daybook
