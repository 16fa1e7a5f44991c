// Names and texts, and JSON made of them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook::rehearsal {

// In the order of the file.
using Texts = std::vector<std::pair<std::string, std::string>>;
// The text of that name, empty where there is none.
std::string text_of(const Texts& texts, std::string_view name);
// Sets it, in its old place where it has one.
void set_text(Texts& texts, const std::string& name, std::string text);

std::vector<std::string> lines_of(const std::string& text);

std::string json_of(const std::string& text);                    // in quotation marks
std::string json_object(const Texts& members);                   // whose values are JSON already
std::string json_texts(const Texts& members);                    // whose values are texts
std::string json_list(const std::vector<std::string>& members);  // JSON already
// What is read from JSON: texts as they are, all else as JSON. Both fail where it is none.
Texts members_in(const std::string& object);
std::vector<std::string> members_of_list(const std::string& list);

}  // namespace daybook::rehearsal
