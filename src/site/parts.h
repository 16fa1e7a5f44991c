// What a site is made of besides the days.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/date.h"
#include "core/text.h"
#include "settings/settings.h"
#include "site/learned.h"

namespace daybook {

using PromptTexts = std::map<std::string, std::string>;  // by "sha256:..." as records name them; Markdown

struct SiteParts {
  SiteSettings site;
  Interests interests;
  std::vector<File> own_files;  // the folder site/: Markdown becomes pages, the rest is published as it stands
  PromptTexts prompts;
  FeedSettings feeds = {};
  // Where papers are answered, an address with a query that goes on: "https://github.com/ada/papers/issues/new
  // ?template=feedback.yml"; empty: nowhere (site/links.h).
  std::string feedback_form = {};
  Learned learned = {};
  std::vector<Date> days = {};  // of the archive, newest first: no page links to another
};

}  // namespace daybook
