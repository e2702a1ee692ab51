// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.h"

namespace http {

// Complete answers that the edge gives by itself, without Qt and without a handler, and that close the connection:
// problem+json for 400, 408, 413, 414, 417, 426, 431, 501, 503, 505 and, with a plain text, any other error status. Any
// thread.
QByteArray edgeAnswer(int status);

// Adds the fields that every answer has beside the handler's own: what browsers may not do with what an API sends, and
// not to keep it, where the handler does not say otherwise.
void appendEdgeFields(QByteArray &head, const HeaderList &handlers, bool secure);

// False: a name or value holds a line break, which would let whoever supplied it write the rest of the answer.
bool areSafe(const HeaderList &headers);

} // namespace http
