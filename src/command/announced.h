// What was announced: from files, or from arXiv.
#pragma once

#include "command/fetch.h"

namespace daybook {

// What was announced, and the day it belongs to. No feeds: the day is quiet.
struct Announced {
  Date date;
  std::vector<Feed> feeds;
};

// From the files that --feed names, or over the network. Kind::later: nothing is announced yet, or arXiv is down.
Result<Announced> read_announced(const World& world, const Settings& settings, PoliteClient& arxiv);

}  // namespace daybook
