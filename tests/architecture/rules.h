// The rules of the source tree, as functions over files read, so that a test can show each one failing.
#pragma once

#include <string>
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

// Includes name their folder and point only left along core < settings < tex < paper < score < day < site < command;
// outside sees only core; only command and main.cpp see outside.
std::vector<Fault> include_faults(const SourceFile& file);

// The world (disk, network, threads, clock, environment) is touched in outside only; only command prints.
std::vector<Fault> world_faults(const SourceFile& file);

// mustache, cmark-gfm and toml++ are each named in one file, so that each could be replaced there.
std::vector<Fault> library_faults(const std::vector<SourceFile>& files);

// A header of core is there because at least two other folders speak its words.
std::vector<Fault> core_faults(const std::vector<SourceFile>& files);

// A type's name stands for one type: two of a name in two files, each right by itself, make a program that crashes.
std::vector<Fault> name_faults(const std::vector<SourceFile>& files);

// No file of src is longer than 400 lines (a table's rows are not counted); headers are guarded.
std::vector<Fault> shape_faults(const SourceFile& file);

// Each folder of src that has code has tests in the folder of the same name.
std::vector<Fault> untested_folders(const std::vector<SourceFile>& files);

// ctest cuts names at semicolons and unescapes backslashes: such a test would never run under its name.
std::vector<Fault> test_name_faults(const SourceFile& file);

// Names of entries at the top of the repository.
std::vector<Fault> top_level_faults(const std::vector<std::string>& names);

// Paths of one machine, hosts of package registries, marks of unfinished work.
std::vector<Fault> word_faults(const SourceFile& file);

}  // namespace daybook::architecture
