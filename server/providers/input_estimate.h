// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"

namespace providers {

// A rough count of the tokens that a request sends, with estimateTokens(): messages with their parts, and the tools as
// the text that they are.
qint64 estimateInput(const ModelRequest &request);

} // namespace providers
