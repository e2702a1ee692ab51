// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/base32.h"

namespace base32 {

QByteArray encode(QByteArrayView bytes)
{
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QByteArray text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    unsigned held = 0; // bits that no character stands for yet, in the lowest places
    int count = 0;
    for (const char byte : bytes) {
        held = (held << 8 | static_cast<unsigned char>(byte)) & 0xfff;
        for (count += 8; count >= 5; count -= 5)
            text += alphabet[held >> (count - 5) & 31];
    }
    if (count > 0)
        text += alphabet[held << (5 - count) & 31];
    return text;
}

} // namespace base32
