// A file of the site that is rendered later, on any thread.
#pragma once

#include <functional>
#include <string>

#include "settings/templates.h"

namespace daybook {

struct PlannedFile {
  std::string path;
  std::function<std::string(Renderer&)> render;
};

}  // namespace daybook
