// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

// WebSocket frames as bytes, for tests that send what no library would (RFC 6455, section 5.2).

inline QByteArray frameHeader(int first, qsizetype size, int maskBit)
{
    QByteArray header(1, char(first));
    if (size <= 125)
        return header.append(char(maskBit | int(size)));
    const int bytes = size <= 0xffff ? 2 : 8;
    header.append(char(maskBit | (bytes == 2 ? 126 : 127)));
    for (int i = bytes - 1; i >= 0; --i)
        header.append(char(quint64(size) >> (8 * i)));
    return header;
}

// first: the first byte, FIN and opcode, for example 0x81 for a whole text message.
inline QByteArray clientFrame(int first, const QByteArray &payload)
{
    const QByteArray mask = "\x11\xa2\x73\x5c";
    QByteArray frame = frameHeader(first, payload.size(), 0x80) + mask;
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame.append(char(payload[i] ^ mask[i & 3]));
    return frame;
}

inline QByteArray serverFrame(int first, const QByteArray &payload)
{
    return frameHeader(first, payload.size(), 0) + payload;
}
