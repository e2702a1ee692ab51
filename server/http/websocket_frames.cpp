// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/websocket_frames.h"

#include <QUtf8StringView>

#include <algorithm>

namespace http {
namespace {

enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

constexpr quint64 longestControl = 125;

bool isControl(int opcode) { return opcode >= Close; }

void appendFrame(QByteArray &output, int opcode, const QByteArray &payload)
{
    const auto size = quint64(payload.size());
    output.append(char(0x80 | opcode));
    int bytes = 0;
    if (size <= 125) {
        output.append(char(size));
    } else {
        bytes = size <= 0xffff ? 2 : 8;
        output.append(char(bytes == 2 ? 126 : 127));
    }
    for (int i = bytes - 1; i >= 0; --i)
        output.append(char(size >> (8 * i)));
    output.append(payload);
}

} // namespace

CloseCode WebSocketFrames::read(std::string_view input, QByteArray &output)
{
    while (m_result == CloseCode::None && m_state != State::Ended) {
        if (m_state == State::Header) {
            if (input.empty())
                break;
            input.remove_prefix(header(input));
            if (m_state != State::Payload)
                continue;
        }
        QByteArray &payload = isControl(m_opcode) ? m_control : m_message;
        const std::size_t take = std::min(input.size(), std::size_t(m_left));
        const qsizetype at = payload.size();
        payload.append(input.data(), qsizetype(take));
        for (qsizetype i = at; i < payload.size(); ++i)
            payload[i] = char(payload[i] ^ m_mask[m_maskAt++ & 3]);
        input.remove_prefix(take);
        m_left -= take;
        if (m_left)
            break;
        m_state = State::Header;
        m_result = finish(output);
    }
    return m_result;
}

// Takes the bytes of a header off the input; once it is complete, m_state is Payload or m_result says what is wrong.
std::size_t WebSocketFrames::header(std::string_view input)
{
    const auto byte = [&](int i) { return std::uint8_t(m_header[i]); };
    std::size_t used = 0;
    qsizetype size = 2;
    for (;;) {
        if (m_header.size() >= 2) {
            const int length = byte(1) & 0x7f;
            size = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (byte(1) & 0x80 ? 4 : 0);
        }
        if (m_header.size() >= size)
            break;
        if (used == input.size())
            return used;
        m_header.append(input[used++]);
    }
    quint64 length = byte(1) & 0x7f;
    int at = 2;
    const int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (extended) {
        length = 0;
        for (; at < 2 + extended; ++at)
            length = length << 8 | byte(at);
    }
    const bool shortest = extended == 0 || (extended == 2 ? length > 125 : length > 0xffff);
    const bool masked = byte(1) & 0x80;
    for (int i = 0; masked && i < 4; ++i)
        m_mask[i] = byte(at + i);
    m_maskAt = 0;
    const bool reserved = byte(0) & 0x70;
    m_result = reserved ? CloseCode::ProtocolError : begin(byte(0) & 0x80, byte(0) & 0x0f, masked, length, shortest);
    m_header.clear();
    m_state = m_result == CloseCode::None ? State::Payload : State::Ended;
    return used;
}

CloseCode WebSocketFrames::begin(bool final, int opcode, bool masked, quint64 length, bool shortest)
{
    m_final = final;
    m_opcode = opcode;
    m_left = length;
    const bool known = opcode <= Binary || (opcode >= Close && opcode <= Pong);
    if (!known || !masked || !shortest)
        return CloseCode::ProtocolError;
    if (isControl(opcode)) {
        m_control.clear();
        const bool oneByteClose = opcode == Close && length == 1;
        return !final || length > longestControl || oneByteClose ? CloseCode::ProtocolError : CloseCode::None;
    }
    if ((opcode == Continuation) != (m_messageOpcode != 0))
        return CloseCode::ProtocolError;
    if (opcode != Continuation) {
        m_messageOpcode = opcode;
        m_fragments = 0;
    }
    if (++m_fragments > m_mostFragments)
        return CloseCode::PolicyViolation;
    return length > quint64(m_largestMessage - m_message.size()) ? CloseCode::TooBig : CloseCode::None;
}

CloseCode WebSocketFrames::finish(QByteArray &output)
{
    if (isControl(m_opcode)) {
        appendFrame(output, m_opcode, m_control);
        if (m_opcode == Close)
            m_state = State::Ended; // RFC 6455, 5.5.1: nothing counts after it
        return CloseCode::None;
    }
    if (!m_final)
        return CloseCode::None;
    if (m_messageOpcode == Text && !QUtf8StringView(m_message).isValidUtf8())
        return CloseCode::InvalidText;
    appendFrame(output, m_messageOpcode, m_message);
    m_message = {};
    m_messageOpcode = 0;
    return CloseCode::None;
}

QByteArray WebSocketFrames::closeFrame(CloseCode code)
{
    QByteArray frame;
    const auto number = std::uint16_t(code);
    appendFrame(frame, Close, QByteArray().append(char(number >> 8)).append(char(number & 0xff)));
    return frame;
}

QByteArray WebSocketFrames::pingFrame()
{
    QByteArray frame;
    appendFrame(frame, Ping, {});
    return frame;
}

} // namespace http
