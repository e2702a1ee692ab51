// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <cstdint>
#include <string_view>

namespace http {

// RFC 6455, section 7.4.1
enum class CloseCode : std::uint16_t {
    None = 0,
    GoingAway = 1001,
    ProtocolError = 1002,
    InvalidText = 1007,
    PolicyViolation = 1008,
    TooBig = 1009,
};

// RFC 6455, section 5.2
enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

// A whole message or control frame, without the mask.
struct WebSocketMessage
{
    Opcode opcode = Opcode::Text;
    QByteArray payload;
};

// Reads the frames of a WebSocket client and refuses what RFC 6455 forbids. Holds at most one message; the result does
// not depend on how the bytes were cut into pieces.
class WebSocketFrames
{
public:
    WebSocketFrames(qint64 largestMessage, int mostFragments)
        : m_largestMessage(largestMessage),
          m_mostFragments(mostFragments)
    {
    }

    // Appends whole messages and control frames to `output`. After anything but None the connection is to be closed
    // with that code; nothing is read any more, nor after a close frame.
    CloseCode read(std::string_view input, QList<WebSocketMessage> &output);
    qint64 held() const { return m_message.size(); }

private:
    enum class State : std::uint8_t { Header, Payload, Ended };

    std::size_t header(std::string_view input);
    CloseCode begin(bool final, int opcode, bool masked, quint64 length, bool shortest);
    CloseCode finish(QList<WebSocketMessage> &output);
    CloseCode finishControl(QList<WebSocketMessage> &output);

    const qint64 m_largestMessage;
    const int m_mostFragments;
    State m_state = State::Header;
    CloseCode m_result = CloseCode::None;
    QByteArray m_header; // unfinished one
    QByteArray m_message;
    QByteArray m_control;
    Opcode m_messageOpcode = Opcode::Continuation; // this: none begun
    Opcode m_opcode = Opcode::Continuation; // of the frame
    int m_fragments = 0;
    bool m_final = false;
    quint64 m_left = 0;
    std::uint8_t m_mask[4] = {};
    unsigned m_maskAt = 0;
};

} // namespace http
