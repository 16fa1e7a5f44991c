// Markdown rendered by cmark-gfm with GitHub's extensions, and the text that a reader sees of it.
#pragma once

#include <string>

std::string rendered(const std::string& markdown);
std::string visible(const std::string& html);

// What a reader of the Markdown made of TeX should see, formulas as their source in $..$; without the blanks that keep
// formulas apart from letters.
std::string shown(const std::string& tex);
std::string without_separators(std::string text);
