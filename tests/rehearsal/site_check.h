// What a published site must be after each day of the rehearsal: complete, whole, and readable by machines.
#pragma once

#include <string>
#include <vector>

namespace daybook::rehearsal {

// What is wrong with the site in a folder, a sentence each, compared with the archive in another: days without a page,
// papers that their day's page lacks, a page that is not the latest day's, links inside the site that lead nowhere,
// feeds that are no XML or JSON, lack the newest papers or name an id twice.
std::vector<std::string> site_faults(const std::string& site, const std::string& archive);

// What is wrong with an archive as the record of what was announced: ids that are in no record, or in more than one
// (among its papers, near misses and others), and ids that nobody announced.
std::vector<std::string> archive_faults(const std::string& archive, const std::vector<std::string>& announced);

}  // namespace daybook::rehearsal
