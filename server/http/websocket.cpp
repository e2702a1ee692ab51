// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/websocket.h"

#include "server/http/websocket_writing.h"

namespace http {

void appendFrame(QByteArray &output, Opcode opcode, QByteArrayView payload)
{
    const auto size = quint64(payload.size());
    const int bytes = size <= 125 ? 0 : size <= 0xffff ? 2 : 8;
    output.reserve(output.size() + 2 + bytes + payload.size());
    output.append(char(0x80 | int(opcode)));
    output.append(char(bytes == 0 ? int(size) : bytes == 2 ? 126 : 127));
    for (int i = bytes - 1; i >= 0; --i)
        output.append(char(size >> (8 * i)));
    output.append(payload.data(), payload.size());
}

QByteArray closeFrame(int code, QByteArrayView reason)
{
    // With its code it has to fit into the shortest frame; what is left out of a longer one must not cut a character.
    qsizetype size = std::min<qsizetype>(reason.size(), 123);
    while (size > 0 && size < reason.size() && (std::uint8_t(reason[size]) & 0xc0) == 0x80)
        --size;
    QByteArray payload;
    payload.append(char(code >> 8)).append(char(code & 0xff)).append(reason.data(), size);
    QByteArray frame;
    appendFrame(frame, Opcode::Close, payload);
    return frame;
}

QByteArray WebSocket::textFrame(QByteArrayView text)
{
    QByteArray frame;
    appendFrame(frame, Opcode::Text, text);
    return frame;
}

} // namespace http
