#include "llm/prompt.h"

#include "core/text.h"

namespace daybook {

namespace {

// The keywords that the topic's own description does not have: the prompt is paid for with every request, and an LLM
// needs to be told once.
std::vector<std::string> further_keywords(const Topic& topic) {
  const std::string told = ascii_lower(topic.name + '\n' + topic.keep);
  std::vector<std::string> further;
  for (const std::string& keyword : topic.keywords)
    if (told.find(ascii_lower(keyword)) == std::string::npos) further.push_back(keyword);
  return further;
}

// Sections that show nothing leave empty lines behind; one at a time is enough.
std::string rendered(Renderer& renderer, std::string_view name, const Fields& fields) {
  const std::string page = renderer.render(name, fields);
  std::string text;
  for (const char c : trim(page))
    if (c != '\n' || text.size() < 2 || text.compare(text.size() - 2, 2, "\n\n") != 0) text += c;
  return text;
}

}  // namespace

Fields prompt_fields(const Interests& interests, const std::vector<std::string>& words_against) {
  Fields::List topics;
  for (const Topic& topic : interests.topics)
    topics.push_back(Fields()
                         .set("name", topic.name)
                         .set("slug", topic.slug)
                         .set("keep", trim(topic.keep))
                         .set("skip", trim(topic.skip))
                         .set("keywords", joined(further_keywords(topic), ", ")));
  Fields fields;
  fields.flag("has_topics", !topics.empty());
  fields.set("topics", std::move(topics));
  fields.set("skip_keywords", joined(words_against, ", "));
  return fields;
}

Prompts scoring_prompts(const Interests& interests, const std::vector<std::string>& words_against,
                        const Templates& templates) {
  Renderer renderer(templates);
  const Fields fields = prompt_fields(interests, words_against);
  const std::string system = rendered(renderer, "prompts/system.md", fields);
  return {{system, rendered(renderer, "prompts/scoring.md", fields)},
          {system, rendered(renderer, "prompts/titles.md", fields)}};
}

std::string prompt_text(const Prompts& prompts, FirstPass first_pass) {
  std::string text = "# Prompt\n\n## System Prompt\n\n" + prompts.scoring.system;
  text += "\n\n## User Prompt\n\n" + prompts.scoring.instructions;
  if (first_pass == FirstPass::titles) text += "\n\n## Titles\n\n" + prompts.titles.instructions;
  return text + '\n';
}

}  // namespace daybook
