// A site made by the program itself from days that were never announced, served on this machine: once for all tests.
#pragma once

#include <string>
#include <thread>
#include <vector>

#include "browser/devtools.h"
#include "platform/static_server.h"
#include "support/folder.h"

namespace daybook::browser {

// Serves a folder while it is there.
class Served {
 public:
  explicit Served(const std::string& folder);
  ~Served();
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;
  std::string address() const { return server_.address(); }  // "http://127.0.0.1:8000/"

 private:
  StaticServer server_;
  Descriptor stop_;
  std::thread thread_;
};

/// InventedSite is what the tests look at: the sample's three days, with all their traps, and days as an LLM scored
/// them.
///
/// Days: 2098-12-30 in another year, 2099-01-05 to 07 the sample, 2099-01-08 with 45 papers, 2099-01-09 lost,
/// 2099-01-12 partial, 2099-01-13 the newest.
class InventedSite {
 public:
  InventedSite();
  const std::string& folder() const { return out_; }
  const std::string& project() const { return folder_.path(); }  // daybook.toml, archive/, state/, public/
  std::string address(const std::string& path = "") const { return served_.address() + path; }
  std::vector<std::string> pages() const;  // "2099/01/08/index.html", sorted

  static constexpr const char* large_day = "2099/01/08/";  // its papers: 9901.08001 (the best) to 9901.08045
  static constexpr const char* newest_day = "2099/01/13/";

 private:
  TemporaryFolder folder_;
  std::string out_;
  Served served_;
};

// Null where there is no browser on this machine: then the test warns that it is skipped, and ends.
Browser* the_browser();
const InventedSite& the_site();

}  // namespace daybook::browser
