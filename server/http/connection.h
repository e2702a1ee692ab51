// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/link.h"
#include "server/http/message.h"
#include "server/http/qt_bridge.h"
#include "server/http/request_parser.h"

#include <QHostAddress>

#include <memory>
#include <string_view>

namespace http {

class Exchange;

// One accepted connection that speaks HTTP: reads a request at a time within the limits, passes it on, writes the
// answer, and only then looks at the next one. Lives on one I/O thread.
//
//   Idle → Head → (Body →) Answering → (Streaming →) Idle …      any → Closing → Gone      Head → Upgrading → Gone
class Connection final : public Link
{
public:
    Connection(Guard &guard, std::unique_ptr<Transport> transport, Registry::Admission admission,
               const QHostAddress &peer, quint16 peerPort);
    ~Connection() override;

    // For the exchange
    void answer(const Response &response);
    void beginStream(int status, const HeaderList &headers);
    bool writeStream(QByteArrayView piece);
    void finishStream();
    void abandoned(); // the exchange is being destroyed without a complete answer
    void setAnswerTime(std::chrono::milliseconds time);
    qint64 unsent() const { return m_transport->unsent(); }

    void tick(qint64 now) override;
    void drain() override { }

    void onReadable() override;
    void onSent() override;
    void onClosed() override;

private:
    enum class State : quint8 { Idle, Head, Body, Answering, Streaming, Upgrading, Closing, Gone };

    void setState(State state);
    bool wantsRequest() const;
    void peerFinished();
    void process(std::string_view fresh);
    std::size_t processSome(std::string_view bytes);
    std::size_t readHead(std::string_view bytes);
    std::size_t readBody(std::string_view bytes);
    void startRequest(std::string_view head);
    int upgradeRefused() const;
    void becomeWebSocket();
    void dispatch();
    void refuse(int status);
    QByteArray openHead(int status, const HeaderList &headers);
    void completed();
    void close(); // after what is unsent
    void timedOut();

    Registry::Charge m_charge;
    const QHostAddress m_peer;
    const quint16 m_peerPort;

    QByteArray m_in; // received, [m_taken, size) not yet looked at or part of an unfinished head
    qsizetype m_taken = 0;
    HeadParser m_parser;
    ChunkDecoder m_chunks;
    Request m_request;
    QByteArray m_target;
    Exchange *m_exchange = nullptr;
    std::unique_ptr<QtBridge::Call> m_call;

    qint64 m_since = 0; // when the state began
    qint64 m_answerBy = 0;
    qint64 m_bodyReceived = 0; // with chunk overhead
    State m_state = State::Idle;
    bool m_processing = false;
    bool m_keepAlive = true;
    bool m_headOnly = false;
    bool m_http10 = false;
    bool m_peerFinished = false;
    bool m_wantsDrain = false;
};

} // namespace http
