// Markdown rendered by cmark-gfm with GitHub's extensions, and the text that a reader sees of it.
#pragma once

#include <string>

std::string rendered(const std::string& markdown);
std::string visible(const std::string& html);
