// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

// Base64 for addresses without padding (RFC 4648, section 5). Each value has exactly one spelling: reading refuses
// padding, spaces, other alphabets and left-over bits.
namespace base64 {

QByteArray encode(QByteArrayView bytes);
std::optional<QByteArray> decode(QByteArrayView text);

} // namespace base64
