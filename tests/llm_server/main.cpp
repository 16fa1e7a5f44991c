// llm_server: the tests' LLM endpoint as a program of its own, for experiments in a shell.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "core/json.h"
#include "core/text.h"
#include "support/llm_server.h"

using namespace daybook;

namespace {

constexpr const char* help = R"(llm_server: scores papers on 127.0.0.1 until it gets SIGINT or SIGTERM

  --delay MS          before each answer
  --fault-rate R      the share of requests that fail, 0 to 1
  --faults A,B,...    the ways they fail (all passing ones)
  --seed N            which requests do
  --always FAULT      what every request gets
  --always-after N    once so many were answered
  --stall SECONDS     how long a stalled request hangs
  --retry-after TEXT  the header of the fault retry_after
  --schema USE        taken, refused or ignored
  --usage SHAPE       chat, responses, reasoning_apart, zeros or none
  --context TOKENS    cuts longer questions, without a word
  --topics A,B,...    slugs of topics
  --key KEY           refuses others
  --header "N: V"     with each answer; as often as wanted
  --log FILE          a line of JSON for each exchange, when it is answered; times in Unix seconds
  --url-file FILE     where to write the address, which is printed too

Faults:)";

std::vector<std::string> list(const std::string& text) {
  std::vector<std::string> items;
  for (const std::string_view item : split(text, ',')) items.emplace_back(item);
  return items;
}

[[noreturn]] void refuse(const std::string& why) {
  std::cerr << "llm_server: " << why << "; see --help\n";
  std::exit(2);
}

double number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(value >= 0)) refuse("\"" + text + "\" is no number");
  return value;
}

LlmFault fault(const std::string& name) {
  const auto found = llm_fault_named(name);
  if (!found) refuse("there is no fault \"" + name + '"');
  return *found;
}

struct Options {
  LlmBehaviour behaviour;
  std::string log;
  std::string url_file;
};

llm::SchemaUse schema_use(const std::string& name) {
  if (name == "taken") return llm::SchemaUse::taken;
  if (name == "refused") return llm::SchemaUse::refused;
  if (name == "ignored") return llm::SchemaUse::ignored;
  refuse("there is no schema use \"" + name + '"');
}

llm::UsageShape usage_shape(const std::string& name) {
  if (name == "chat") return llm::UsageShape::chat;
  if (name == "responses") return llm::UsageShape::responses;
  if (name == "reasoning_apart") return llm::UsageShape::reasoning_apart;
  if (name == "zeros") return llm::UsageShape::zeros;
  if (name == "none") return llm::UsageShape::none;
  refuse("there is no usage shape \"" + name + '"');
}

void set(Options& options, const std::string& name, const std::string& value) {
  LlmBehaviour& behaviour = options.behaviour;
  const std::map<std::string, std::function<void()>> setters = {
      {"--delay", [&] { behaviour.delay_seconds = number(value) / 1000; }},
      {"--fault-rate", [&] { behaviour.fault_rate = number(value); }},
      {"--faults",
       [&] {
         behaviour.faults.clear();
         for (const std::string& item : list(value)) behaviour.faults.push_back(fault(item));
       }},
      {"--seed", [&] { behaviour.seed = static_cast<std::uint64_t>(number(value)); }},
      {"--always", [&] { behaviour.always = fault(value); }},
      {"--always-after", [&] { behaviour.always_after = static_cast<int>(number(value)); }},
      {"--stall", [&] { behaviour.stall_seconds = number(value); }},
      {"--retry-after", [&] { behaviour.retry_after = value; }},
      {"--schema", [&] { behaviour.schema = schema_use(value); }},
      {"--usage", [&] { behaviour.usage = usage_shape(value); }},
      {"--context", [&] { behaviour.context = static_cast<long long>(number(value)); }},
      {"--topics", [&] { behaviour.topics = list(value); }},
      {"--key", [&] { behaviour.key = value; }},
      {"--header",
       [&] {
         const auto colon = value.find(':');
         if (colon == std::string::npos) refuse("\"" + value + "\" is no header");
         behaviour.headers.emplace_back(value.substr(0, colon), trim(value.substr(colon + 1)));
       }},
      {"--log", [&] { options.log = value; }},
      {"--url-file", [&] { options.url_file = value; }},
  };
  const auto found = setters.find(name);
  if (found == setters.end()) refuse("there is no option " + name);
  found->second();
}

double steady_to_unix() {
  using Seconds = std::chrono::duration<double>;
  return Seconds(std::chrono::system_clock::now().time_since_epoch()).count() -
         Seconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void put_ids(JsonWriter& json, const char* name, const std::vector<std::string>& ids) {
  json.Key(name);
  json.StartArray();
  for (const std::string& id : ids) json.String(id.c_str());
  json.EndArray();
}

// Without headers and body: they have the key.
std::string log_line(const LlmExchange& exchange, double offset) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  json.Key("number");
  json.Int(exchange.number);
  json.Key("came");
  json.Double(exchange.came + offset);
  json.Key("answered");
  json.Double(exchange.answered > 0 ? exchange.answered + offset : 0);
  json.Key("status");
  json.Int(exchange.status);
  json.Key("fault");
  json.String(exchange.fault ? std::string(llm_fault_name(*exchange.fault)).c_str() : "");
  json.Key("under_way");
  json.Int(exchange.under_way);
  json.Key("with_schema");
  json.Bool(exchange.asked.with_schema);
  json.Key("titles_only");
  json.Bool(exchange.asked.titles_only);
  json.Key("prompt_tokens");
  json.Int64(exchange.usage.prompt);
  json.Key("completion_tokens");
  json.Int64(exchange.usage.completion);
  put_ids(json, "asked", exchange.ids);
  put_ids(json, "paid_for", exchange.paid_for);
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + '\n';
}

Options read_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    if (arguments[i] == "--help") {
      std::cout << help;
      for (const auto* faults : {&passing_llm_faults(), &permanent_llm_faults()})
        for (const LlmFault each : *faults) std::cout << ' ' << llm_fault_name(each);
      std::cout << '\n';
      std::exit(0);
    }
    if (i + 1 == arguments.size()) refuse(arguments[i] + " wants a value");
    set(options, arguments[i], arguments[i + 1]);
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);  // before there are threads, which take it over

  const Options options = read_options({argv + 1, argv + argc});
  std::ofstream log;
  if (!options.log.empty()) log.open(options.log, std::ios::app);
  if (!options.log.empty() && !log) refuse("cannot write " + options.log);
  const double offset = steady_to_unix();
  LlmServer server(options.behaviour);
  server.tell([&](const LlmExchange& exchange) {
    if (log.is_open()) log << log_line(exchange, offset) << std::flush;
  });
  std::cout << server.base_url() << std::endl;
  if (!options.url_file.empty()) std::ofstream(options.url_file) << server.base_url() << '\n';
  int signal = 0;
  sigwait(&ends, &signal);
  std::cout << server.log().size() << " requests, at most " << server.most_under_way() << " at once, "
            << server.asked_again().size() << " papers asked for again\n";
  return 0;
}
