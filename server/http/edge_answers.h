// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace http {

// Complete answers that the edge gives by itself, without Qt and without a handler, and that close the connection:
// problem+json for 400, 408, 413, 414, 417, 426, 431, 501, 503, 505 and, with a plain text, any other error status. Any
// thread.
QByteArray edgeAnswer(int status);

// Header fields of every answer: what browsers may not do with what an API sends.
QByteArrayView securityFields();

} // namespace http
