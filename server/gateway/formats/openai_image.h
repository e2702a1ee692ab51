// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/members.h"
#include "server/providers/provider.h"

namespace gateway {

// The image at an address: "data:image/png;base64,iVBOR…" holds it itself, http and https say where it is. Throws
// ApiError 400 that names the member of `owner` for anything else.
providers::ContentPart openAiImage(const QString &url, const Members &owner, QStringView member);

} // namespace gateway
