// Drives a headless Chromium over the DevTools protocol, to see a site as a reader does.
// https://chromedevtools.github.io/devtools-protocol/
//
// The browser reads and writes messages at descriptors 3 and 4 (--remote-debugging-pipe): JSON, each ended by a NUL. So
// there is no port, no WebSocket and no Node. One thread does it all: events are taken in while a reply is waited for.
//
// Every wait has a limit, and a browser that ends or says nothing is a BrowserError with what was waited for.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "platform/disk.h"
#include "support/folder.h"

namespace daybook::browser {

struct BrowserError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// No single step of a test takes so long, even on a machine that does much else.
inline constexpr std::chrono::seconds patience{30};

std::string as_json(const std::string& text);  // "a\"b", with the quotes

class Browser {
 public:
  // Where Chromium is: DAYBOOK_CHROMIUM, or the first of Debian's names and Google's in PATH; empty: nowhere.
  static std::string program();

  explicit Browser(const std::string& program);
  ~Browser();
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  using Reply = std::unique_ptr<JsonDocument>;  // {"id": ..., "result": {...}}
  using Listener = std::function<void(std::string_view method, const Json& parameters)>;

  // Sends a command, `parameters` a JSON object, to the session (empty: the browser itself), and waits for its reply.
  Reply call(const std::string& session, const std::string& method, const std::string& parameters = "{}");
  std::string call_for(const std::string& method, const std::string& parameters, const std::string& name);

  // Takes in events until `done`; `what` says in the error what did not happen.
  void wait(const std::function<bool()>& done, const std::string& what);

  void listen(const std::string& session, Listener listener) { listeners_[session] = std::move(listener); }
  void forget(const std::string& session) { listeners_.erase(session); }
  void kill();

 private:
  using Time = std::chrono::steady_clock::time_point;
  Reply next(Time limit, const std::string& what);  // the next message, events handed on; null: it was an event
  void send(const std::string& message);
  [[noreturn]] void fail(const std::string& what) const;

  TemporaryFolder folder_;  // its profile, and what it prints
  pid_t process_ = -1;
  Descriptor pipe_;
  std::string received_;
  int last_id_ = 0;
  std::map<std::string, Listener> listeners_;
};

// How a page is looked at.
struct View {
  int width = 390;
  int height = 844;
  bool dark = false;
  bool script = true;
};

/// Page is a tab with storage of its own, as a reader has who comes for the first time.
///
///     Page page(browser, {.width = 1440, .height = 900});
///     page.open(address);
///     page.key("j");
///     CHECK(page.evaluate("document.activeElement.textContent") == "A title");
class Page {
 public:
  explicit Page(Browser& browser, const View& view = {});
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  void look(const View& view);
  void open(const std::string& url);  // until its load event
  void reload();

  // The value of an expression, awaited where it is a promise: a text as it is, all else as JSON, or "undefined".
  std::string evaluate(const std::string& expression);
  bool is(const std::string& expression) { return evaluate("!!(" + expression + ")") == "true"; }
  // Until the expression is true; asks again and again, also where script is off.
  void wait_until(const std::string& expression);

  // By the names of KeyboardEvent.key: "j", "?", "Enter", "Escape", "Tab", "ArrowDown", "Backspace".
  void key(const std::string& key);
  void write(const std::string& text);           // into what has the focus
  void click(const std::string& selector);       // in the middle of the first such element, which must not be covered
  void click_link(const std::string& selector);  // and waits for the page it leads to

  // Script to run before each page's own, such as another clock.
  void at_start(const std::string& script);
  void allow_clipboard();
  std::string clipboard();  // once it has any text, which is taken out: all pages have one clipboard
  void download_to(const std::string& folder);

  std::string picture(int height_max = 2600);  // of the page from its top, as PNG
  std::string pdf();                           // as printed on A4

  // Exceptions, errors in the console, what the content security policy forbade, requests that failed: a line each,
  // since open().
  const std::string& faults() const { return faults_; }
  const std::vector<std::string>& requests() const { return requests_; }  // addresses: since open()

 private:
  Browser::Reply call(const std::string& method, const std::string& parameters = "{}");
  void take(std::string_view method, const Json& parameters);
  void navigate(const std::function<bool()>& start, const std::string& what);

  Browser& browser_;
  std::string context_;
  std::string session_;
  std::string loader_;  // of the document that is there
  std::string loaded_;  // of the last that has loaded
  std::string faults_;
  std::vector<std::string> requests_;
};

}  // namespace daybook::browser
