#include "score/semantic_scholar.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "paper/paper.h"

namespace daybook {

namespace {

constexpr std::string_view fields = "externalIds,authors.authorId,authors.name,authors.hIndex,authors.externalIds";
constexpr std::size_t reply_bytes_max = 32U << 20U;  // the endpoint's own limit is 10 MB
constexpr std::size_t message_bytes_max = 200;
constexpr long long h_index_max = 1000;  // nobody has a third of it

std::string without_version(const std::string& id) {
  const auto read = ArxivId::parse(id);
  return read ? read->text : id;
}

std::string body_asking_for(const std::vector<std::string>& ids, std::size_t from, std::size_t to) {
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  writer.StartObject();
  writer.Key("ids");
  writer.StartArray();
  for (std::size_t i = from; i < to; ++i) {
    const std::string id = "ARXIV:" + repaired_utf8(without_version(ids[i]));
    writer.String(id.data(), static_cast<rapidjson::SizeType>(id.size()));
  }
  writer.EndArray();
  writer.EndObject();
  return {out.GetString(), out.GetSize()};
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
  for (const Json& author : authors.GetArray()) {
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
          "authors are matched by name meanwhile; if it stays so, look at [scoring] s2_url"};
}

// What the service says where it has no list for us: {"error": ...} or {"message": ...}.
std::string complaint(const Json& root) {
  for (const std::string_view name : {"error", "message"}) {
    const auto said = trim(string_of(member(root, name)));
    if (said.empty()) continue;
    std::string line(said.substr(0, message_bytes_max));
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return "the service says: " + repaired_utf8(line);
  }
  return "this is no list of papers";
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
  if (!root.IsArray()) return refusal(source, complaint(root));
  if (root.Size() != asked.size()) {
    return refusal(
        source, "asked for " + std::to_string(asked.size()) + " papers, the reply has " + std::to_string(root.Size()));
  }
  KnownAuthors known;
  // An entry that says that it is another paper's is passed over.
  const auto is_of = [](const Json& entry, const std::string& id) {
    const Json* ids = member(entry, "externalIds");
    const std::string_view told = ids == nullptr ? std::string_view() : string_of(member(*ids, "ArXiv"));
    return told.empty() || without_version(std::string(told)) == id;
  };
  for (rapidjson::SizeType i = 0; i < root.Size(); ++i) {
    const Json* authors = member(root[i], "authors");
    const std::string id = without_version(asked[i]);
    if (authors != nullptr && authors->IsArray() && is_of(root[i], id)) known[id] = authors_in(*authors);
  }
  return known;
}

}  // namespace daybook
