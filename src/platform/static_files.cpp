#include "platform/static_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "core/text.h"

namespace daybook {

namespace {

struct Type {
  std::string_view ending, type;
};

// Whole names first, as they say more than the ending.
constexpr std::array<Type, 28> types = {{{"/atom.xml", "application/atom+xml; charset=utf-8"},
                                         {"/rss.xml", "application/rss+xml; charset=utf-8"},
                                         {"/feed.json", "application/feed+json; charset=utf-8"},
                                         {".html", "text/html; charset=utf-8"},
                                         {".htm", "text/html; charset=utf-8"},
                                         {".css", "text/css; charset=utf-8"},
                                         {".js", "text/javascript; charset=utf-8"},
                                         {".mjs", "text/javascript; charset=utf-8"},
                                         {".json", "application/json; charset=utf-8"},
                                         {".jsonl", "application/jsonl; charset=utf-8"},
                                         {".webmanifest", "application/manifest+json; charset=utf-8"},
                                         {".xml", "application/xml; charset=utf-8"},
                                         {".xsl", "text/xsl; charset=utf-8"},
                                         {".opml", "text/x-opml; charset=utf-8"},
                                         {".md", "text/markdown; charset=utf-8"},
                                         {".txt", "text/plain; charset=utf-8"},
                                         {".svg", "image/svg+xml"},
                                         {".png", "image/png"},
                                         {".jpg", "image/jpeg"},
                                         {".jpeg", "image/jpeg"},
                                         {".gif", "image/gif"},
                                         {".webp", "image/webp"},
                                         {".ico", "image/x-icon"},
                                         {".woff2", "font/woff2"},
                                         {".woff", "font/woff"},
                                         {".pdf", "application/pdf"},
                                         {".gz", "application/gzip"},
                                         {".wasm", "application/wasm"}}};

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Nothing where a percent sign isn't followed by two digits, or a zero byte is meant.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) return std::nullopt;
      c = static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  return out;
}

// RFC 3986 2.3, and the slash.
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      out += c;
    } else {
      out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
  }
  return out;
}

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
  return real ? std::string(real.get()) : std::string();
}

// "/a/b/" and its parts joined again; nothing where a part is hidden or leads up.
std::optional<std::string> plain_path(std::string_view decoded) {
  std::string path;
  for (const std::string_view part : split(decoded, '/')) {
    if (part.empty()) continue;
    if (part[0] == '.' && part != ".well-known") return std::nullopt;
    path.append("/").append(part);
  }
  return path;
}

}  // namespace

std::string_view content_type(std::string_view name) {
  const std::string lower = '/' + ascii_lower(name);
  for (const Type& type : types)
    if (lower.size() >= type.ending.size() && lower.substr(lower.size() - type.ending.size()) == type.ending)
      return type.type;
  return "application/octet-stream";
}

FoundFile find_file(const std::string& folder, std::string_view target) {
  FoundFile found;
  const auto question = target.find('?');
  const std::string_view query = question == std::string_view::npos ? std::string_view() : target.substr(question);
  const auto decoded = percent_decoded(target.substr(0, question));
  if (!decoded || decoded->empty() || decoded->front() != '/') {
    found.what = FoundFile::What::malformed;
    return found;
  }
  const auto path = plain_path(*decoded);
  const std::string root = real_path(folder);
  if (!path || root.empty()) return found;
  std::string real = real_path(root + *path);
  // The root itself, or below it: "/site-b" is not below "/site".
  const std::string below = root == "/" ? root : root + '/';
  struct stat status {};
  if ((real != root && real.compare(0, below.size(), below) != 0) || ::stat(real.c_str(), &status) != 0) return found;
  if (S_ISDIR(status.st_mode)) {
    if (decoded->back() != '/') {
      found.what = FoundFile::What::redirect;
      found.location = percent_encoded(*path) + '/' + std::string(query);
      return found;
    }
    real = real_path(real + "/index.html");
    if (real.compare(0, below.size(), below) != 0) return found;
  } else if (decoded->back() == '/') {
    return found;
  }
  found.file = Descriptor(::open(real.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!found.file || ::fstat(found.file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return found;
  found.what = FoundFile::What::file;
  found.name = real.substr(real.rfind('/') + 1);
  return found;
}

}  // namespace daybook
