// The owner's library at Zotero: `daybook run` asks for it, state/zotero.json has what it was told last.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "library/reference.h"
#include "platform/rate_limited_client.h"
#include "settings/settings.h"
#include "store/context.h"

namespace daybook {

// Of papers no more than id, title and abstract is kept.
struct ZoteroLibrary {
  long long version = 0;          // Zotero's, of the library
  std::vector<Reference> papers;  // the latest added first, collection by collection
  Errors warnings = {};           // what of it was not read; not kept
};

// Patient for a minute at a time: there is a copy to go on with.
RateLimitedClient zotero_client(const CommandContext& context);

// All of the library that the settings name, up to 2,000 papers and 100 requests, with the key in ZOTERO_API_KEY if
// there is one. Nothing where it has not changed since the version `known`. Where it changes from one page to the next,
// it is read once more. An Error is of Kind::later where network or service fail, else a key, an id or the address is
// wrong.
Result<std::optional<ZoteroLibrary>> read_zotero(const ZoteroSettings& zotero, RateLimitedClient& client,
                                                 std::optional<long long> known);

// The copy in state/zotero.json; nothing where there is none of these settings. Odd entries are passed over, a damaged
// file is an Error.
Result<std::optional<ZoteroLibrary>> kept_zotero(const std::string& state, const ZoteroSettings& zotero);

// Brings the copy up to date, and removes it where the settings name no library any more. Whatever goes wrong is a
// warning, and the copy stays. Not with --feed or --dry-run.
void refresh_zotero(const CommandContext& context, const ZoteroSettings& zotero, RateLimitedClient& client);

// "user 123456", "group 654321".
std::string zotero_owner(const ZoteroSettings& zotero);

}  // namespace daybook
