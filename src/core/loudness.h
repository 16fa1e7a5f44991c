// How much a command says: -q, nothing, -v.
#pragma once

namespace daybook {

enum class Loudness { quiet, normal, verbose };

}  // namespace daybook
