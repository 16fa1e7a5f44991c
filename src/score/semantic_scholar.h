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

// The reply to a request for `asked`, whose entries follow the ids' order. A single entry that is odd is passed over; a
// body that is no such list, or of another length, is an Error: nobody could tell whose entries they are.
Result<KnownAuthors> read_s2_reply(std::string body, const std::vector<std::string>& asked, const std::string& source);

}  // namespace daybook
