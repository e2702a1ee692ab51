// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/link.h"
#include "server/http/qt_bridge.h"
#include "server/http/request_reader.h"

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

    void tick(qint64 now) override;
    bool rests(qint64 now) const override;
    void drain() override { }

private:
    enum class State : quint8 { Idle, Head, Body, Answering, Streaming, Upgrading, Closing, Gone };

    void onReadable() override;
    void onProgress() override;
    void onGone() override;

    void setState(State state);
    bool wantsRequest() const;
    void peerFinished();
    void process(std::string_view fresh);
    bool processNext();
    void upgrade();
    int upgradeRefused();
    void becomeWebSocket();
    void dispatch();
    void refuse(int status);
    QByteArray openHead(int status, const HeaderList &headers);
    void completed();
    void readOn();
    void close(); // after what is unsent

    Registry::Charge m_charge;
    const QHostAddress m_peer;
    const quint16 m_peerPort;

    RequestReader m_reader;
    Exchange *m_exchange = nullptr;
    std::unique_ptr<QtBridge::Call> m_call;

    qint64 m_since = 0; // when the state began
    qint64 m_answerBy = 0;
    State m_state = State::Idle;
    bool m_processing = false;
    bool m_keepAlive = true;
    bool m_headOnly = false;
    bool m_http10 = false;
    bool m_peerFinished = false;
    bool m_wantsDrain = false;
};

} // namespace http
