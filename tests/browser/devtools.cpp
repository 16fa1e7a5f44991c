#include "browser/devtools.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <initializer_list>
#include <sstream>
#include <string_view>
#include <thread>
#include <utility>

#include "core/json_writer.h"

namespace daybook::browser {

namespace {

using Clock = std::chrono::steady_clock;

std::string text_of(const Json* value) { return std::string(string_of(value)); }

// A member of a member: at(reply, {"result", "value"}).
const Json* at(const Json& value, std::initializer_list<std::string_view> path) {
  const Json* found = &value;
  for (const auto& name : path)
    if (found != nullptr) found = member(*found, name);
  return found;
}

std::string json_of(const Json& value) {
  JsonWriter json;
  json.value(value);
  return json.text();
}

std::string from_base64(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int held = 0;
  for (const char letter : text) {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto value = letters.find(letter);
    if (value == std::string_view::npos) break;
    bits = (bits << 6U | static_cast<unsigned>(value)) & 0xFFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(held) & 0xFFU);
  }
  return bytes;
}

// Becomes the browser, which talks at descriptors 3 and 4. Runs between fork and exec: no memory is asked for.
[[noreturn]] void become(char* const* arguments, int pipe, int log) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // Whatever numbers they have, they are not lost while 3 and 4 are taken.
  const int kept_pipe = ::fcntl(pipe, F_DUPFD, 10);
  const int kept_log = ::fcntl(log, F_DUPFD, 10);
  ::dup2(kept_pipe, 3);
  ::dup2(kept_pipe, 4);
  ::dup2(kept_log, 1);
  ::dup2(kept_log, 2);
  ::close(kept_pipe);
  ::close(kept_log);
  ::execv(arguments[0], arguments);
  ::_exit(127);
}

}  // namespace

std::string as_json(const std::string& text) {
  JsonWriter json;
  json.value(text);
  return json.text();
}

std::string Browser::program() {
  if (const char* named = std::getenv("DAYBOOK_CHROMIUM"); named != nullptr) return named;
  const char* path = std::getenv("PATH");
  for (const char* name : {"chromium", "chromium-headless-shell", "google-chrome"}) {
    std::istringstream folders(path == nullptr ? "/usr/bin" : path);
    for (std::string folder; std::getline(folders, folder, ':');)
      if (::access((folder + '/' + name).c_str(), X_OK) == 0) return folder + '/' + name;
  }
  return {};
}

Browser::Browser(const std::string& program) {
  // No sandbox: root has none, and the pages are our own. The rest keeps it from talking to anybody by itself.
  std::vector<std::string> texts = {program,
                                    "--headless",
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--no-default-browser-check",
                                    "--disable-background-networking",
                                    "--disable-breakpad",
                                    "--disable-component-update",
                                    "--disable-dev-shm-usage",
                                    "--disable-extensions",
                                    "--disable-sync",
                                    "--hide-scrollbars",
                                    "--no-proxy-server",
                                    "--remote-debugging-pipe",
                                    "--user-data-dir=" + (folder_ / "profile")};
  std::vector<char*> arguments;
  for (std::string& text : texts) arguments.push_back(text.data());
  arguments.push_back(nullptr);
  // A socket in place of two pipes: writing to a browser that has ended is an error then, no signal.
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) throw BrowserError("there is no socket pair");
  const Descriptor theirs(ends[1]);
  pipe_ = Descriptor(ends[0]);
  const Descriptor log(::open((folder_ / "log").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  process_ = ::fork();
  if (process_ == 0) become(arguments.data(), theirs.get(), log.get());
}

Browser::~Browser() {
  try {
    send(R"({"id": 0, "method": "Browser.close"})");
    for (int i = 0; i < 100 && ::waitpid(process_, nullptr, WNOHANG) == 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  } catch (const BrowserError&) {  // it has ended already
  }
  kill();
}

void Browser::kill() {
  ::kill(-process_, SIGKILL);  // its helpers too
  ::waitpid(process_, nullptr, 0);
}

void Browser::fail(const std::string& what) const {
  const std::string log = bytes_of(folder_ / "log");
  throw BrowserError(what + (log.empty() ? "" : "; the browser's last words:\n") +
                     log.substr(log.size() - std::min<std::size_t>(log.size(), 1500)));
}

void Browser::send(const std::string& message) {
  std::string_view rest(message.c_str(), message.size() + 1);  // with its NUL
  while (!rest.empty()) {
    const ssize_t sent = ::send(pipe_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) fail("the browser has ended");
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

Browser::Reply Browser::next(Time limit, const std::string& what) {
  std::size_t end = received_.find('\0');
  while (end == std::string::npos) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - Clock::now());
    pollfd readable{pipe_.get(), POLLIN, 0};
    const int ready = left.count() > 0 ? ::poll(&readable, 1, static_cast<int>(left.count())) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) fail("waited too long for " + what);
    char chunk[65536];
    const ssize_t got = ::read(pipe_.get(), chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("the browser ended before " + what);
    const std::size_t before = received_.size();
    received_.append(chunk, static_cast<std::size_t>(got));
    end = received_.find('\0', before);
  }
  auto message = std::make_unique<JsonDocument>();
  message->text = received_.substr(0, end);
  received_.erase(0, end + 1);
  if (const auto error = parse_json(*message, "DevTools")) fail(describe({*error}));
  if (member(message->root, "id") != nullptr) return message;
  const auto listener = listeners_.find(text_of(member(message->root, "sessionId")));
  const Json* parameters = member(message->root, "params");
  if (listener != listeners_.end() && parameters != nullptr)
    listener->second(string_of(member(message->root, "method")), *parameters);
  return nullptr;
}

Browser::Reply Browser::call(const std::string& session, const std::string& method, const std::string& parameters) {
  const int id = ++last_id_;
  send("{\"id\": " + std::to_string(id) + ", \"method\": \"" + method + "\", " +
       (session.empty() ? "" : "\"sessionId\": \"" + session + "\", ") + "\"params\": " + parameters + '}');
  const auto limit = Clock::now() + patience;
  for (;;) {
    Reply reply = next(limit, "the reply to " + method + ' ' + parameters.substr(0, 300));
    if (reply == nullptr || integer_of(member(reply->root, "id")) != id) continue;
    if (const Json* error = member(reply->root, "error")) fail(method + ' ' + parameters + ": " + json_of(*error));
    return reply;
  }
}

std::string Browser::call_for(const std::string& method, const std::string& parameters, const std::string& name) {
  return text_of(at(call("", method, parameters)->root, {"result", name}));
}

void Browser::wait(const std::function<bool()>& done, const std::string& what) {
  const auto limit = Clock::now() + patience;
  while (!done()) next(limit, what);
}

Page::Page(Browser& browser, const View& view) : browser_(browser) {
  context_ = browser.call_for("Target.createBrowserContext", "{}", "browserContextId");
  const std::string target = browser.call_for(
      "Target.createTarget", R"({"url": "about:blank", "browserContextId": ")" + context_ + "\"}", "targetId");
  session_ =
      browser.call_for("Target.attachToTarget", R"({"flatten": true, "targetId": ")" + target + "\"}", "sessionId");
  browser.listen(session_, [this](std::string_view method, const Json& parameters) { take(method, parameters); });
  for (const char* domain : {"Page", "Runtime", "Log", "Network"}) call(std::string(domain) + ".enable");
  call("Page.setLifecycleEventsEnabled", R"({"enabled": true})");
  call("Emulation.setFocusEmulationEnabled", R"({"enabled": true})");
  look(view);
}

Page::~Page() {
  browser_.forget(session_);
  try {
    browser_.call("", "Target.disposeBrowserContext", R"({"browserContextId": ")" + context_ + "\"}");
  } catch (const BrowserError&) {  // the test has failed by it, or it was about this
  }
}

Browser::Reply Page::call(const std::string& method, const std::string& parameters) {
  return browser_.call(session_, method, parameters);
}

void Page::look(const View& view) {
  call("Emulation.setDeviceMetricsOverride",
       "{\"width\": " + std::to_string(view.width) + ", \"height\": " + std::to_string(view.height) +
           ", \"screenWidth\": " + std::to_string(view.width) + ", \"screenHeight\": " + std::to_string(view.height) +
           ", \"deviceScaleFactor\": 1, \"mobile\": " + (view.width < 600 ? "true" : "false") + '}');
  // What still scrolls smoothly is elsewhere when it is clicked.
  call("Emulation.setEmulatedMedia",
       std::string(R"({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}, )") +
           R"({"name": "prefers-color-scheme", "value": ")" + (view.dark ? "dark" : "light") + "\"}]}");
  call("Emulation.setScriptExecutionDisabled", std::string("{\"value\": ") + (view.script ? "false" : "true") + '}');
}

void Page::take(std::string_view method, const Json& parameters) {
  const auto fault = [&](const std::string& kind, const std::string& text) { faults_ += kind + ": " + text + '\n'; };
  if (method == "Page.frameNavigated") {
    if (at(parameters, {"frame", "parentId"}) == nullptr) loader_ = text_of(at(parameters, {"frame", "loaderId"}));
  } else if (method == "Page.lifecycleEvent") {
    if (string_of(member(parameters, "name")) == "load") loaded_ = text_of(member(parameters, "loaderId"));
  } else if (method == "Runtime.exceptionThrown") {
    fault("exception", json_of(*at(parameters, {"exceptionDetails"})));
  } else if (method == "Runtime.consoleAPICalled") {
    if (string_of(member(parameters, "type")) == "error") fault("console", json_of(*at(parameters, {"args"})));
  } else if (method == "Log.entryAdded") {
    const Json& entry = *at(parameters, {"entry"});
    if (string_of(member(entry, "level")) == "error")
      fault(text_of(member(entry, "source")), text_of(member(entry, "text")) + ' ' + text_of(member(entry, "url")));
  } else if (method == "Network.requestWillBeSent") {
    requests_.push_back(text_of(at(parameters, {"request", "url"})));
  }
}

void Page::navigate(const std::function<bool()>& start, const std::string& what) {
  faults_.clear();
  requests_.clear();
  const std::string before = loader_;
  if (start()) browser_.wait([&] { return loader_ != before && loaded_ == loader_; }, what + " to load");
}

void Page::open(const std::string& url) {
  navigate(
      [&] {
        const auto reply = call("Page.navigate", "{\"url\": " + as_json(url) + '}');
        const std::string error = text_of(at(reply->root, {"result", "errorText"}));
        if (!error.empty()) throw BrowserError(url + ": " + error);
        return at(reply->root, {"result", "loaderId"}) != nullptr;  // none: the same document, another fragment
      },
      url);
}

void Page::reload() {
  navigate(
      [&] {
        call("Page.reload");
        return true;
      },
      "the page again");
}

void Page::click_link(const std::string& selector) {
  navigate(
      [&] {
        click(selector);
        return true;
      },
      "what " + selector + " leads to");
}

std::string Page::evaluate(const std::string& expression) {
  const auto reply = call("Runtime.evaluate", "{\"expression\": " + as_json(expression) +
                                                  ", \"awaitPromise\": true, \"returnByValue\": true, "
                                                  "\"userGesture\": true}");
  if (const Json* exception = at(reply->root, {"result", "exceptionDetails"}))
    throw BrowserError(expression + ": " + text_of(at(*exception, {"exception", "description"})));
  const Json* value = at(reply->root, {"result", "result", "value"});
  if (value == nullptr) return "undefined";
  return value->IsString() ? text_of(value) : json_of(*value);
}

void Page::wait_until(const std::string& expression) {
  const auto limit = Clock::now() + patience;
  while (!is(expression)) {
    if (Clock::now() > limit) throw BrowserError("waited too long for " + expression);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void Page::key(const std::string& key) {
  static const std::map<std::string, std::pair<int, std::string>> named = {
      {"Enter", {13, "\r"}}, {"Escape", {27, ""}}, {"Tab", {9, ""}}, {"ArrowDown", {40, ""}}, {"Backspace", {8, ""}}};
  const auto found = named.find(key);
  const int code = found == named.end() ? 0 : found->second.first;
  const std::string text = found == named.end() ? key : found->second.second;
  const std::string event = "\"key\": " + as_json(key) + ", \"windowsVirtualKeyCode\": " + std::to_string(code);
  call("Input.dispatchKeyEvent", "{\"type\": \"keyDown\", \"text\": " + as_json(text) + ", " + event + '}');
  call("Input.dispatchKeyEvent", "{\"type\": \"keyUp\", " + event + '}');
}

void Page::write(const std::string& text) { call("Input.insertText", "{\"text\": " + as_json(text) + '}'); }

void Page::click(const std::string& selector) {
  const std::string place = evaluate("(() => { const e = document.querySelector(" + as_json(selector) + R"();
    if (!e) return "is not there";
    e.scrollIntoView({block: "center", behavior: "instant"});
    const r = e.getBoundingClientRect(), x = r.left + r.width / 2, y = r.top + r.height / 2;
    const top = document.elementFromPoint(x, y);
    if (!top || !(e.contains(top) || top.contains(e))) return "is covered by " + (top ? top.outerHTML.slice(0, 200) : "nothing");
    return `"x": ${x}, "y": ${y}`; })())");
  if (place.front() != '"') throw BrowserError(selector + ' ' + place);
  for (const char* type : {"mousePressed", "mouseReleased"})
    call("Input.dispatchMouseEvent",
         std::string("{\"type\": \"") + type + R"(", "button": "left", "clickCount": 1, )" + place + '}');
}

void Page::at_start(const std::string& script) {
  call("Page.addScriptToEvaluateOnNewDocument", "{\"source\": " + as_json(script) + '}');
}

void Page::allow_clipboard() {
  browser_.call("", "Browser.grantPermissions", R"({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
    "browserContextId": ")" + context_ + "\"}");
}

std::string Page::clipboard() {
  return evaluate(R"((async () => {
    for (let i = 0; i < 1000; ++i) {
      const text = await navigator.clipboard.readText();
      if (text) {
        await navigator.clipboard.writeText("");
        return text;
      }
      await new Promise(done => setTimeout(done, 10));
    }
    return "nothing was copied"; })())");
}

void Page::download_to(const std::string& folder) {
  browser_.call("", "Browser.setDownloadBehavior",
                "{\"behavior\": \"allow\", \"browserContextId\": \"" + context_ +
                    "\", \"downloadPath\": " + as_json(folder) + '}');
}

std::string Page::picture(int height_max) {
  const std::string size = evaluate("`\"width\": ${innerWidth}, \"height\": ${Math.min(" + std::to_string(height_max) +
                                    ", document.documentElement.scrollHeight)}`");
  const auto reply = call("Page.captureScreenshot",
                          R"({"captureBeyondViewport": true, "clip": {"x": 0, "y": 0, "scale": 1, )" + size + "}}");
  return from_base64(string_of(at(reply->root, {"result", "data"})));
}

std::string Page::pdf() {
  const auto reply =
      call("Page.printToPDF", R"({"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true})");
  return from_base64(string_of(at(reply->root, {"result", "data"})));
}

}  // namespace daybook::browser
