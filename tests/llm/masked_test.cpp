#include "core/complaint.h"

#include "support/catch.h"

using namespace daybook;

namespace {

constexpr std::string_view key = "sk-invented-0123456789";

}  // namespace

TEST_CASE("masked: keys, pieces of keys and ids of accounts are hidden, and the sentence stays") {
  const std::pair<const char*, const char*> table[] = {
      {"Wrong key sk-invented-0123456789.", "Wrong key ***."},
      {"Wrong key sk-…6789, sk-...6789 or ****6789", "Wrong key ***, *** or ***"},
      {"Incorrect API key provided: sk-other-abcd.", "Incorrect API key provided: ***."},
      {"limit of org-AbCd1234 in project proj_5678abcd", "limit of *** in project ***"},
      {"Authorization: Bearer abc was refused", "Authorization: Bearer *** was refused"},
      {"account 01234567-89ab-cdef-0123-456789abcdef is closed", "account *** is closed"},
      {"key AIzaInventedInvented of gsk_abcdefgh", "key *** of ***"},
      {"trace 4bf92f3577b34da6a3ce929d0e0e4736", "trace ***"},
      {"The model gpt-4o-2024-08-06 does not exist...", "The model gpt-4o-2024-08-06 does not exist..."},
      {"Please wait...then try claude-3-5-sonnet-20241022", "Please *** try claude-3-5-sonnet-20241022"},
      {"余额不足……请充值", "余额不足……请充值"},
      {"", ""}};
  for (const auto& [text, expected] : table) CHECK(masked(text, key) == expected);
}

TEST_CASE("masked: a quotation is one short line") {
  CHECK(quoted(" two\n\n lines of \"it\"\x1b ", key) == ": \"two lines of 'it'\"");
  CHECK(quoted(" \n", key).empty());
  CHECK(quoted(std::string(5000, 'x') + ' ', "") == ": \"" + std::string(200, 'x') + "…\"");
  CHECK(quoted(std::string(300, '\x96'), "").size() < 220);
  const std::string cut = quoted(std::string(199, 'x') + "é", "");
  CHECK(cut == ": \"" + std::string(199, 'x') + "…\"");
}

TEST_CASE("masked: a short key is a key where it is no word", "[masked]") {
  CHECK(without_key("It says sk-test here", "sk-test") == "It says *** here");
  CHECK(without_key("Served by ollama", "ollama") == "Served by ollama");
  CHECK(without_key("a-b-c", "a-b") == "a-b-c");
}
