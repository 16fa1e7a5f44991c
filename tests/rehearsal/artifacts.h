// actions/upload-artifact and actions/download-artifact: each artifact of a run is a folder.
#pragma once

#include "rehearsal/actions.h"

namespace daybook::rehearsal {

Used upload_artifact(const Texts& with, const ActionPlace& place);
Used download_artifact(const Texts& with, const ActionPlace& place);

}  // namespace daybook::rehearsal
