// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/id.h"
#include "tests/live/live_reader.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

// A channel with assistants, as people see it over HTTP: two processes on one database, of which one answers requests
// and the other does the jobs, and a provider.
class ChatStage
{
public:
    static constexpr int patience = 30'000; // milliseconds

    bool start(); // false: the provider has no port
    TestServer &server() { return *m_server; }
    TestServer &worker() { return *m_worker; }

    QByteArray token(const QString &role = QStringLiteral("owner"))
    {
        return m_server->token(QStringLiteral("acme"), role);
    }
    HttpAnswer send(const QByteArray &method, const QString &path, const QJsonObject &body = {},
                    const QString &role = QStringLiteral("owner"))
    {
        return m_server->send(method, QStringLiteral("/api/v1/") + path, body, {.token = token(role)});
    }
    HttpAnswer get(const QString &path, const QString &role = QStringLiteral("owner"))
    {
        return send("GET", path, {}, role);
    }

    QString makeTemplate(const QString &name, const QJsonObject &version); // gives its slug
    QString makeAssistant(const QString &name, const QJsonObject &more = {}); // of the template of this stage
    QString makeChannel(const QString &name, const QString &assistant = {},
                        const QString &kind = QStringLiteral("public"));
    void join(const QString &channel, const QString &role);
    QJsonObject post(const QString &channel, const QString &text, const QString &mentioned = {},
                     const QString &role = QStringLiteral("owner"), const QJsonObject &more = {});
    // What has answered this message; once it has the state, where one is given.
    QJsonObject answerTo(const QJsonObject &question, const QString &state = {});
    QList<QJsonObject> messages(const QString &channel);
    QJsonObject message(const QString &id) { return get(QStringLiteral("messages/") + id).json(); }
    QString promptSent() const { return QString::fromUtf8(provider.lastRequest().body); }

    ProviderServer provider;

private:
    std::optional<TestServer> m_server; // no worker
    std::optional<TestServer> m_worker;
    QString m_template;
};

// Somebody who follows a channel and puts together what is written in it, as a client would.
class ChannelReader
{
public:
    ChannelReader(TestServer &server, const QByteArray &token, const QString &channel,
                  std::optional<qint64> after = {});

    // The pieces of a message in the order of their coming, each where the one before it ended; of the last attempt.
    QString textOf(const QString &message) const;
    QList<QJsonObject> piecesOf(const QString &message) const;
    QList<QJsonObject> eventsOf(const QString &message) const;
    bool isSubscribed() const { return !m_reader->of(QStringLiteral("subscribed")).isEmpty(); }
    qint64 lastSequence() const;
    void cut() { m_reader->abort(); }
    LiveReader &reader() { return *m_reader; }

private:
    std::unique_ptr<LiveReader> m_reader;
};
