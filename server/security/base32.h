// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

// Base32 without padding (RFC 4648, section 6): what authenticator apps read, and what people can type.
namespace base32 {

QByteArray encode(QByteArrayView bytes);

} // namespace base32
