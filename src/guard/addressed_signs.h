// Signs of another speaker in a text, and text that is hidden in an encoding.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daybook {

// Whether a text has marks with which chats and prompts are taken apart: "<|im_start|>", "[INST]", "### Instruction",
// "</papers>". Beside them: https://huggingface.co/docs/transformers/chat_templating
bool has_role_marks(std::string_view text);

// Whether it is written in character references or escapes: "&#105;&#103;", "\u0069\u0067", "%69%67".
bool has_escapes(std::string_view text);

// What its runs of base64 and hexadecimal digits spell, where that is text.
std::vector<std::string> decoded_texts(std::string_view text);

}  // namespace daybook
