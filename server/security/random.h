// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace security {

// Starts libsodium; every function of this folder calls it first. Any thread. Throws std::runtime_error when the
// machine gives no random numbers.
void start();

QByteArray randomBytes(qsizetype count);

// BLAKE2b, 32 bytes: for secrets with 256 random bits, which need no slow hash. Keyed it is a message authentication
// code (RFC 7693).
QByteArray hash(QByteArrayView bytes, QByteArrayView key = {});

// In a time that does not tell how much of it is equal.
bool equal(QByteArrayView left, QByteArrayView right);

} // namespace security
