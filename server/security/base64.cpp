// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/base64.h"

#include <sodium.h>

namespace base64 {

QByteArray encode(QByteArrayView bytes)
{
    return bytes.toByteArray().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<QByteArray> decode(QByteArrayView text)
{
    QByteArray bytes(text.size() / 4 * 3 + 3, Qt::Uninitialized);
    std::size_t length = 0;
    const char *end = nullptr;
    const int failed =
        sodium_base642bin(reinterpret_cast<unsigned char *>(bytes.data()), std::size_t(bytes.size()), text.data(),
                          std::size_t(text.size()), nullptr, &length, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (failed || end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(qsizetype(length));
    return bytes;
}

} // namespace base64
