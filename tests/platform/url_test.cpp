#include "platform/url.h"

#include "support/catch.h"

using namespace daybook;

TEST_CASE("an address in a message has no user, password, fragment or secret parameter") {
  CHECK(shown_url("https://me:pw@example.org:8443/a?id_list=9901.00001&api_key=abc&x#frag") ==
        "https://example.org:8443/a?id_list=9901.00001&api_key=***&x");
  CHECK(shown_url("http://h/?AccessToken=1&sig=2&password=3&client_secret=4&q=5") ==
        "http://h/?AccessToken=***&sig=***&password=***&client_secret=***&q=5");
  CHECK(shown_url("http://h?key=abc") == "http://h?key=***");
  CHECK(shown_url("http://a@b@h/p@q") == "http://h/p@q");
  CHECK(shown_url("nonsense") == "nonsense");
  CHECK(shown_url("") == "");
  CHECK(shown_url("http://h/" + std::string(1000, 'x')) == "http://h/" + std::string(291, 'x') + "...");
}

TEST_CASE("an address's host") {
  CHECK(host_of("https://me:pw@example.org:8443/a@b") == "example.org:8443");
  CHECK(host_of("no address") == "");
}

TEST_CASE("url: http is open to others, but not on the way to this machine", "[url]") {
  for (const char* url : {"http://192.168.1.5:11434/v1", "http://10.0.0.1", "http://llm.example/v1",
                          "HTTP://llm.example", "http://127.0.0.1.example/v1", "http://localhost.example",
                          "http://[::2]:80/", "http://127.0.0.1@llm.example/", "http://0.0.0.0/", "http://127.1/"})
    CHECK(is_open_to_others(url));
  for (const char* url : {"https://llm.example/v1", "http://localhost:11434/v1", "http://LOCALHOST", "http://127.0.0.1",
                          "http://127.3.2.1:80/v1", "http://[::1]:11434/v1", "http://[::1]", "nonsense", ""})
    CHECK_FALSE(is_open_to_others(url));
}
