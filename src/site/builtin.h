// What ships inside the program, so that one binary is enough: the folders templates/ and site/ of the source, the
// settings of config/ and the workflows, put in by src/site/embed.cmake when it was built.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace daybook {

const std::vector<File>& builtin_templates();    // paths relative to templates/
const std::vector<File>& builtin_site_files();   // to site/
const std::vector<File>& builtin_config();       // to config/; not its folders' files but *.toml
const std::vector<File>& builtin_workflows();    // to .github/workflows/
const std::vector<File>& builtin_issue_forms();  // to .github/ISSUE_TEMPLATE/; those of an owner's repository

// The bytes of one of these; null where none has that path.
inline const std::string* find_bytes(const std::vector<File>& files, std::string_view path) {
  const auto found = std::find_if(files.begin(), files.end(), [&](const File& file) { return file.path == path; });
  return found == files.end() ? nullptr : &found->bytes;
}

}  // namespace daybook
