// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"

namespace providers {

// A rough count of the tokens that a request sends, with estimateTokens(): messages with their parts, and the tools as
// the text that they are.
qint64 estimateInput(const ModelRequest &request);

// The most that a provider will count for it, for reservations: no token is shorter than a byte. With what providers
// put around messages, tools and schemas, and the largest picture that any of them takes.
qint64 boundInput(const ModelRequest &request);
// The most that may be answered: what the request says, or what the longest-winded models write.
qint64 boundOutput(const ModelRequest &request);
// The bytes of a text in UTF-8.
qint64 bytesOf(QStringView text);

} // namespace providers
