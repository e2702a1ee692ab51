// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_provider.h"

#include <QElapsedTimer>

namespace providers {

// What a provider may send for so much text. As JSON a character takes six bytes at most; a stream wraps each token
// into an event of some hundred bytes.
struct ByteLimits
{
    explicit ByteLimits(qsizetype answerLimit)
        : whole(64 * 1024 + 6 * answerLimit),
          stream(1024 * 1024 + 128 * answerLimit)
    {
    }

    qsizetype whole; // also one event of a stream
    qsizetype stream;
};

// One call. Kept alive by whoever is inside it, so that an event may destroy the handle.
class Exchange : public std::enable_shared_from_this<Exchange>
{
public:
    Exchange(const HttpProvider &provider, ModelRequest request, CallEvents events)
        : m_provider(provider),
          m_request(std::move(request)),
          m_limits(m_request.answerLimit),
          m_events(std::move(events)),
          m_parser(m_limits.whole)
    {
        m_clock.start();
    }

    void start(HttpTransport &transport);
    void cancel()
    {
        m_ended = true;
        m_transfer.reset();
    }
    void setPaused(bool isPaused)
    {
        if (m_transfer)
            isPaused ? m_transfer->pause() : m_transfer->resume();
    }
    Call::Progress progress() const;

private:
    void onHead(const HttpHead &head);
    void onBody(const QByteArray &bytes);
    void onEnd(const HttpEnd &end);
    void readStream(const QByteArray &bytes);
    void readWhole();
    void tell();
    void tellText();
    void tellToolCalls();
    void succeed();
    void fail(CallError error);
    CallError malformed() const;
    CallError cutToLimit();
    CallError tooLarge() const;
    TokenUsage usage(bool *estimated) const;

    const HttpProvider &m_provider;
    ModelRequest m_request;
    const ByteLimits m_limits;
    CallEvents m_events;
    std::unique_ptr<HttpTransfer> m_transfer;
    QElapsedTimer m_clock;
    std::optional<qint64> m_firstTokenMs;
    HttpHead m_head;
    QString m_requestId;
    QByteArray m_body; // an error, or an answer that is not streamed
    SseParser m_parser;
    AnswerDraft m_draft;
    qsizetype m_told = 0; // how much of the text has been passed on
    QList<qsizetype> m_toldArguments; // the same of each call of a tool; -1: not even its name
    bool m_isStream = false;
    bool m_ended = false;
};

} // namespace providers
