#include "store/appended_lines.h"

namespace daybook {

Result<AppendedLines> AppendedLines::open(const std::string& archive, const std::string& name) {
  const std::string path = archive + '/' + name;
  if (auto link = link_below(archive, path)) return *std::move(link);
  if (!exists(path)) return AppendedLines(path, "");
  auto text = read_file_below(archive, path);
  if (!text) return text.error();
  AppendedLines opened(path, std::move(*text));
  opened.ends_in_line_ = opened.text_.empty() || opened.text_.back() == '\n';
  return opened;
}

Result<Done> AppendedLines::append_text(const std::string& text) {
  if (!file_) {
    auto opened = AppendedFile::open(path_);
    if (!opened) return opened.error();
    file_ = std::move(*opened);
  }
  if (auto wrote = file_->append((ends_in_line_ ? "" : "\n") + text); !wrote) return wrote;
  ends_in_line_ = true;
  return file_->sync();
}

Error AppendedLines::damaged_line(int number, const Error& fault, const std::string& hint) const {
  return {Kind::failed,
          {path_, number, fault.place.column},
          "this line can't be read and is passed over: " + fault.what,
          hint};
}

}  // namespace daybook
