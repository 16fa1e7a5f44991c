// GitHub Actions' workflow commands: lines of a job's log that its runner acts on.
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace daybook {

// "::error file=a.toml,line=3,col=1::what%0Amend: ...\n"; command is "error", "warning" or "notice". An address or a
// name that is no file (it has "://") stands before the message, because an annotation has room for files of the
// repository only.
std::string annotation(std::string_view command, const Error& error);

std::string group_command(std::string_view title);  // "::group::title\n"
std::string end_group_command();

// The text changed so that the runner takes no line of it for a command ("::name::" at a line's start, "##[name]").
std::string without_commands(std::string_view text);

}  // namespace daybook
