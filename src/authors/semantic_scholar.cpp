#include "authors/semantic_scholar.h"

#include <algorithm>
#include <set>

#include "core/complaint.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "paper/paper.h"

namespace daybook {

namespace {

constexpr std::string_view fields = "externalIds,authors.authorId,authors.name,authors.hIndex,authors.externalIds";
constexpr std::size_t reply_bytes_max = 32U << 20U;  // the endpoint's own limit is 10 MB
constexpr long long h_index_max = 1000;              // nobody has a third of it

std::string without_version(const std::string& id) {
  const auto read = ArxivId::parse(id);
  return read ? read->text : id;
}

std::string body_asking_for(const std::vector<std::string>& ids, std::size_t from, std::size_t to) {
  JsonWriter json;
  json.object([&] {
    json.array("ids", [&] {
      for (std::size_t i = from; i < to; ++i) json.value("ARXIV:" + without_version(ids[i]));
    });
  });
  return json.text();
}

std::optional<int> h_index_of(const Json& author) {
  const auto value = integer_of(member(author, "hIndex"));
  if (!value || *value < 0 || *value > h_index_max) return std::nullopt;
  return static_cast<int>(*value);
}

// Ids are strings, but a number would say the same.
std::string id_of(const Json& author) {
  const Json* id = member(author, "authorId");
  if (id != nullptr && id->IsUint64()) return std::to_string(id->GetUint64());
  return std::string(string_of(id));
}

std::vector<KnownAuthor> authors_in(const Json& authors) {
  std::vector<KnownAuthor> found;
  for (const Json& author : items_of(&authors)) {
    KnownAuthor known{id_of(author), std::string(string_of(member(author, "name"))), {}, h_index_of(author)};
    if (const Json* ids = member(author, "externalIds"); ids != nullptr)
      known.orcid = std::string(string_of(member(*ids, "ORCID")));
    if (!known.id.empty() || !known.name.empty()) found.push_back(std::move(known));
  }
  return found;
}

Error refusal(const std::string& source, std::string what) {
  return {Kind::later,
          {source},
          std::move(what),
          "authors are matched by name for now; if this persists, check [scoring] s2_url"};
}

// The id that an entry names; empty: it names none.
std::string id_in(const Json& entry) {
  const Json* ids = member(entry, "externalIds");
  const auto id = ids == nullptr ? std::nullopt : ArxivId::parse(string_of(member(*ids, "ArXiv")));
  return id ? id->text : std::string();
}

}  // namespace

std::vector<Request> s2_requests(const std::string& base_url, const std::string& key,
                                 const std::vector<std::string>& ids) {
  std::vector<Request> requests;
  const std::string slash = base_url.empty() || base_url.back() != '/' ? "/" : "";
  for (std::size_t from = 0; from < ids.size(); from += s2_ids_max) {
    Request request;
    request.method = "POST";
    request.url = base_url + slash + "paper/batch?fields=" + std::string(fields);
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    if (!key.empty()) request.headers.emplace_back("x-api-key", key);
    request.body = body_asking_for(ids, from, std::min(from + s2_ids_max, ids.size()));
    request.max_bytes = reply_bytes_max;
    requests.push_back(std::move(request));
  }
  return requests;
}

Result<KnownAuthors> read_s2_reply(std::string body, const std::vector<std::string>& asked, const std::string& source) {
  JsonDocument document;
  document.text = std::move(body);
  if (auto error = parse_json(document, source)) {
    Error refused = refusal(source, std::move(error->what));
    refused.place = std::move(error->place);
    return refused;
  }
  const Json& root = document.root;
  if (!root.IsArray()) {
    const Complaint complaint = complaint_in(root);
    return refusal(source, complaint.message.empty() ? "this is not a list of papers"
                                                     : "the service says" + quoted(complaint.message, ""));
  }
  const bool in_order = root.Size() == asked.size();
  std::set<std::string> wanted;
  for (const std::string& id : asked) wanted.insert(without_version(id));
  KnownAuthors known;
  bool any_named = false;
  for (rapidjson::SizeType i = 0; i < root.Size(); ++i) {
    const std::string named = id_in(root[i]);
    any_named = any_named || wanted.count(named) != 0;
    const std::string id = named.empty() && in_order ? without_version(asked[i]) : named;
    const Json* authors = member(root[i], "authors");
    if (authors != nullptr && authors->IsArray() && wanted.count(id) != 0) known[id] = authors_in(*authors);
  }
  if (!in_order && !any_named)
    return refusal(
        source, "asked for " + std::to_string(asked.size()) + " papers, the reply has " + std::to_string(root.Size()));
  return known;
}

bool s2_knows_none(const Response& response) {
  if (response.status != 400 && response.status != 404) return false;
  const Complaint complaint = complaint_of(response.body);
  const std::string message = complaint.is_page ? std::string() : ascii_lower(complaint.message);
  const bool none_found = message.find("paper") != message.npos && message.find("not found") != message.npos;
  return none_found || message.find("no valid paper ids") != message.npos;
}

}  // namespace daybook
