// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

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

// Reads the frames of a WebSocket client and refuses what RFC 6455 forbids, which Qt 6.4 lets pass: unmasked frames,
// endless fragments. Joins the fragments of a message, because Qt cuts a connection where a fragment ends inside a
// UTF-8 character. Holds at most one message; the result does not depend on how the bytes were cut into pieces.
class WebSocketFrames
{
public:
    WebSocketFrames(qint64 largestMessage, int mostFragments)
        : m_largestMessage(largestMessage),
          m_mostFragments(mostFragments)
    {
    }

    // Appends whole messages and control frames to `output`, each as one unmasked frame. After anything but None the
    // connection is to be closed with that code; nothing is read any more.
    CloseCode read(std::string_view input, QByteArray &output);
    qint64 held() const { return m_message.size(); }

    // A frame as a server sends it.
    static QByteArray closeFrame(CloseCode code);
    static QByteArray pingFrame();

private:
    enum class State { Header, Payload, Ended };

    std::size_t header(std::string_view input);
    CloseCode begin(bool final, int opcode, bool masked, quint64 length, bool shortest);
    CloseCode finish(QByteArray &output);

    const qint64 m_largestMessage;
    const int m_mostFragments;
    State m_state = State::Header;
    CloseCode m_result = CloseCode::None;
    QByteArray m_header; // unfinished one
    QByteArray m_message;
    QByteArray m_control;
    int m_messageOpcode = 0; // 0: none begun
    int m_opcode = 0; // of the frame
    int m_fragments = 0;
    bool m_final = false;
    quint64 m_left = 0;
    std::uint8_t m_mask[4] = {};
    unsigned m_maskAt = 0;
};

} // namespace http
