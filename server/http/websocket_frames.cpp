// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/websocket_frames.h"

#include <QUtf8StringView>

#include <algorithm>
#include <utility>

namespace http {
namespace {

constexpr quint64 longestControl = 125;

bool isControl(Opcode opcode) { return opcode >= Opcode::Close; }

// RFC 6455, section 7.4: what a peer may say, and what the registry of IANA has added.
bool isCloseCode(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

} // namespace

CloseCode WebSocketFrames::read(std::string_view input, QList<WebSocketMessage> &output)
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
    m_opcode = Opcode(opcode);
    m_left = length;
    const bool known = m_opcode <= Opcode::Binary || (m_opcode >= Opcode::Close && m_opcode <= Opcode::Pong);
    if (!known || !masked || !shortest)
        return CloseCode::ProtocolError;
    if (isControl(m_opcode)) {
        m_control.clear();
        return !final || length > longestControl ? CloseCode::ProtocolError : CloseCode::None;
    }
    if ((m_opcode == Opcode::Continuation) != (m_messageOpcode != Opcode::Continuation))
        return CloseCode::ProtocolError;
    if (m_opcode != Opcode::Continuation) {
        m_messageOpcode = m_opcode;
        m_fragments = 0;
    }
    if (++m_fragments > m_mostFragments)
        return CloseCode::PolicyViolation;
    return length > quint64(m_largestMessage - m_message.size()) ? CloseCode::TooBig : CloseCode::None;
}

CloseCode WebSocketFrames::finish(QList<WebSocketMessage> &output)
{
    if (isControl(m_opcode))
        return finishControl(output);
    if (!m_final)
        return CloseCode::None;
    if (m_messageOpcode == Opcode::Text && !QUtf8StringView(m_message).isValidUtf8())
        return CloseCode::InvalidText;
    output.append({m_messageOpcode, std::exchange(m_message, {})});
    m_messageOpcode = Opcode::Continuation;
    return CloseCode::None;
}

CloseCode WebSocketFrames::finishControl(QList<WebSocketMessage> &output)
{
    const QByteArray payload = std::exchange(m_control, {});
    if (m_opcode == Opcode::Close && !payload.isEmpty()) {
        const auto byte = [&](qsizetype i) { return i < payload.size() ? int(std::uint8_t(payload[i])) : 0; };
        if (payload.size() == 1 || !isCloseCode(byte(0) << 8 | byte(1)))
            return CloseCode::ProtocolError;
        if (!QUtf8StringView(payload.constData() + 2, payload.size() - 2).isValidUtf8())
            return CloseCode::InvalidText;
    }
    output.append({m_opcode, payload});
    if (m_opcode == Opcode::Close)
        m_state = State::Ended; // RFC 6455, 5.5.1: nothing counts after it
    return CloseCode::None;
}

} // namespace http
