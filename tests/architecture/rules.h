// The rules of the source tree, as functions over files read, so that a test can show each one failing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::architecture {

struct SourceFile {
  std::string path;  // from the top of the repository: "src/core/date.h"
  std::string text;
  bool operator==(const SourceFile&) const = default;
};

struct Fault {
  std::string path;
  int line = 0;      // counts from 1; 0: the file as a whole
  std::string rule;  // what is not allowed, and why
  bool operator==(const Fault&) const = default;
};

// "src/core/x.h:3: rule\n", one line a fault.
std::string report(const std::vector<Fault>& faults);

// Folders by level, from the rows "| `core` | 0 | ..." of the architecture document's table.
using Levels = std::map<std::string, int, std::less<>>;
Levels levels_in(std::string_view document);

// Includes name their folder and point only to lower levels; platform sees only core; only store, pipeline, command and
// main.cpp see platform.
std::vector<Fault> include_faults(const Levels& levels, const SourceFile& file);

// The world (disk, network, threads, clock, environment) is touched in platform only; only command prints.
std::vector<Fault> world_faults(const SourceFile& file);

// mustache, cmark-gfm and toml++ are each named in one file, so that each could be replaced there.
std::vector<Fault> library_faults(const std::vector<SourceFile>& files);

// A header of core is there because at least two other folders speak its words.
std::vector<Fault> core_faults(const std::vector<SourceFile>& files);

// A type's name stands for one type: two of a name in two files, each right by itself, make a program that crashes.
std::vector<Fault> name_faults(const std::vector<SourceFile>& files);

// Headers are guarded.
std::vector<Fault> shape_faults(const SourceFile& file);

// Each folder of src that has code has tests in the folder of the same name.
std::vector<Fault> untested_folders(const std::vector<SourceFile>& files);

// Tests are named "subject: condition", on one line. ctest cuts names at semicolons and unescapes backslashes: such a
// test would never run under its name.
std::vector<Fault> test_name_faults(const SourceFile& file);

// Names of entries at the top of the repository.
std::vector<Fault> top_level_faults(const std::vector<std::string>& names);

// Relative links, and the `folder/file.cpp` of src or tests that a document names, lead to files or folders of the
// repository (`paths`); lines end within 130 columns.
std::vector<Fault> document_faults(const SourceFile& document, const std::vector<std::string>& paths);

// Paths of one machine, hosts of package registries, marks of unfinished work.
std::vector<Fault> word_faults(const SourceFile& file);

}  // namespace daybook::architecture
