// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/provider_wire.h"

#include <QHostAddress>
#include <QMap>
#include <QObject>
#include <QSet>
#include <QUrl>

#include <memory>

class QTcpServer;

// A stand-in for the providers, on real sockets: OpenAI's POST /v1/chat/completions and /v1/embeddings, Anthropic's
// POST /v1/messages, Google's POST /v1beta/models/…:generateContent and what goes with it (and their lists of models),
// to the letter, with faults on demand; see Behaviour. It counts what it was asked and what it answered, so that a
// ledger can be compared with it: GET /__stats, and GET /__calls one by one; POST /__reset forgets. Needs an event
// loop, its own or the test's.
class ProviderServer : public QObject
{
    Q_OBJECT
public:
    struct Counts
    {
        qint64 requests = 0;
        qint64 returned = 0; // whole answers, written to the last byte
        qint64 refused = 0; // answered with an error's status
        qint64 broken = 0; // cut, malformed, or with an error in the stream, on purpose
        qint64 abandoned = 0; // the client left first
        qint64 inputTokens = 0; // of those returned
        qint64 outputTokens = 0;
    };
    struct Recorded
    {
        QByteArray method;
        QByteArray path;
        WireHeaders headers;
        QByteArray body;
    };

    // One request for an answer and what became of it.
    struct Call
    {
        enum class State { Open, Returned, Refused, Broken, Abandoned }; // as the counts above
        QByteArray id; // as its header X-Client-Request-Id names it
        QString model;
        size_t body = 0; // hash of the request's body
        State state = State::Open;
        qint64 startedAt = 0; // milliseconds since 1970
        qint64 endedAt = 0;
        WireTokens tokens; // of one that returned
    };

    explicit ProviderServer(QObject *parent = nullptr);
    ~ProviderServer() override;

    bool listen(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0);
    quint16 port() const;
    QUrl openAiBaseUrl() const; // with /v1
    QUrl anthropicBaseUrl() const; // without
    QUrl googleBaseUrl() const; // without

    // The next `times` requests, of that model where one is given, are answered so.
    void plan(const Behaviour &behaviour, int times = 1, const QString &model = {});

    Counts total() const;
    QMap<QString, Counts> byModel() const { return m_counts; }
    qint64 connections() const { return m_connections; } // ever accepted
    qint64 distinctRequests() const { return m_bodies.size(); }
    int open() const { return m_open; } // connections now
    qint64 bytesWritten() const { return m_bytesWritten; } // taken over by the operating system
    QList<Call> calls() const; // those with an id, in the order of their coming
    int openCalls() const { return m_openCalls; } // those among them that are being answered
    QMap<QByteArray, int> requestsByKey() const { return m_keys; } // the API key that each carried
    const Recorded &lastRequest() const { return m_last; }
    void reset();

Q_SIGNALS:
    void ended(const ProviderServer::Call &call); // those with an id

private:
    friend class ProviderConnection;
    qint64 m_bytesWritten = 0;
    struct Planned
    {
        Behaviour behaviour;
        int times;
        QString model;
    };

    Behaviour behaviourFor(const QString &model, const QByteArray &body);
    std::shared_ptr<Call> begin(const QByteArray &id, const QString &model, const QByteArray &body);
    void end(const std::shared_ptr<Call> &call, Call::State state);
    QByteArray printCalls() const;
    QByteArray control(const QByteArray &body, int *status);
    QByteArray statistics() const;

    QTcpServer *m_server;
    QList<Planned> m_plan;
    QMap<QString, Counts> m_counts;
    QHash<size_t, int> m_bodies; // hash of a body → how often it came
    QList<std::shared_ptr<Call>> m_calls;
    int m_openCalls = 0;
    QMap<QByteArray, int> m_keys;
    Recorded m_last;
    qint64 m_connections = 0;
    qint64 m_number = 0;
    int m_open = 0;
};
