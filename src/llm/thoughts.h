// Models that think aloud draft scores there, which are no answer.
#pragma once

#include <string>
#include <string_view>

namespace daybook {

// The reply without what the model thought: all up to the last mark that ends a thought (some endpoints leave the
// opening one out, some models think in prose before it), and all from a mark on that begins one which has no end.
// Marks are "<think>" of DeepSeek and its like under any of their names, "[THINK]" of Mistral, "◁think▷" of Kimi,
// "<|START_THINKING|>" of Cohere, and the channels of gpt-oss (https://cookbook.openai.com/articles/openai-harmony).
//
// A mark in an entry of the answer is none: a comment on a paper may speak of such marks, and must cost no other paper
// its answer. In an entry that can't be read it counts, and what follows in that line goes too: it may be forged.
std::string without_thoughts(std::string_view content);

}  // namespace daybook
