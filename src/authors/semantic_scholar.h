// Semantic Scholar's batch endpoint: who wrote a paper, as numbers and not as names.
// https://api.semanticscholar.org/api-docs/graph (POST /paper/batch)
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/http.h"
#include "core/result.h"

namespace daybook {

// What is not known is empty.
struct KnownAuthor {
  std::string id;  // Semantic Scholar's
  std::string name;
  std::string orcid;
  std::optional<int> h_index;
  bool operator==(const KnownAuthor&) const = default;
};

// By arXiv id without version. Papers that Semantic Scholar does not know yet are absent: it takes days over new ones.
using KnownAuthors = std::map<std::string, std::vector<KnownAuthor>>;

constexpr std::size_t s2_ids_max = 500;  // a request

// One request for each 500 papers, in their order. `key` goes into its header where there is one.
std::vector<Request> s2_requests(const std::string& base_url, const std::string& key,
                                 const std::vector<std::string>& ids);

// The reply to a request for `asked`: an entry is of the paper whose id it names, else of the one in its place. A
// single entry that is odd is passed over; a body that is no such list is an Error, and so is one of another length
// whose entries name no ids: nobody could tell whose they are.
Result<KnownAuthors> read_s2_reply(std::string body, const std::vector<std::string>& asked, const std::string& source);

// Whether a refusal says no more than that none of the papers is known, as on the day of their announcement: 400 with
// {"error": "No valid paper ids given"}.
bool s2_knows_none(const Response& response);

}  // namespace daybook
