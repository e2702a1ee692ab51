// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/id.h"
#include "tests/live/live_reader.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

// A server and what the tests of chat ask of it, as people of the tenant Acme: owner, prompt-engineer, viewer, and an
// agent who is made here.
class ChatDesk
{
public:
    ChatDesk()
    {
        const QJsonObject agent{{QStringLiteral("email"), QStringLiteral("gil@acme.example")},
                                {QStringLiteral("displayName"), QStringLiteral("Gil Agente")},
                                {QStringLiteral("password"), QStringLiteral("correct horse battery")},
                                {QStringLiteral("roles"), QJsonArray{QStringLiteral("agent")}}};
        const HttpAnswer made = as(QStringLiteral("owner"), "POST", QStringLiteral("/users"), agent);
        if (made.status != 201)
            qFatal("%s", made.body.constData());
        m_agent = server
                      .post(QStringLiteral("/api/v1/auth/login"),
                            {{QStringLiteral("tenant"), QStringLiteral("acme")},
                             {QStringLiteral("email"), agent[QStringLiteral("email")]},
                             {QStringLiteral("password"), agent[QStringLiteral("password")]}},
                            {})
                      .json()[QStringLiteral("accessToken")]
                      .toString()
                      .toLatin1();
    }

    QByteArray token(const QString &role)
    {
        return role == QLatin1String("agent") ? m_agent : server.token(QStringLiteral("acme"), role);
    }
    HttpAnswer as(const QString &role, const QByteArray &method, const QString &path, const QJsonObject &body = {},
                  const QByteArray &ifMatch = {})
    {
        TestServer::RequestHeaders headers{.token = token(role)};
        if (!ifMatch.isEmpty())
            headers.more.append({"If-Match", ifMatch});
        return server.send(method, QStringLiteral("/api/v1") + path, body, headers);
    }
    QString idOf(const QString &role)
    {
        return as(role, "GET", QStringLiteral("/me")).json()[QStringLiteral("userId")].toString();
    }

    // Gives "/channels/<id>".
    QString channel(const QString &name, const QString &kind = QStringLiteral("public"),
                    const QStringList &members = {}, const QString &role = QStringLiteral("owner"))
    {
        QJsonArray ids;
        for (const QString &member : members)
            ids.append(idOf(member));
        QJsonObject body{{QStringLiteral("kind"), kind}, {QStringLiteral("memberIds"), ids}};
        if (!name.isEmpty())
            body.insert(QStringLiteral("name"), name);
        const HttpAnswer made = as(role, "POST", QStringLiteral("/channels"), body);
        if (made.status != 201 && made.status != 200)
            qFatal("%s", made.body.constData());
        return QStringLiteral("/channels/") + made.json()[QStringLiteral("channel")][QStringLiteral("id")].toString();
    }
    static QJsonObject message(const QString &text, const QJsonObject &more = {})
    {
        QJsonObject body{{QStringLiteral("clientId"), newId().toString(QUuid::WithoutBraces)},
                         {QStringLiteral("text"), text}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body.insert(it.key(), it.value());
        return body;
    }
    HttpAnswer post(const QString &role, const QString &channel, const QString &text, const QJsonObject &more = {})
    {
        return as(role, "POST", channel + QStringLiteral("/messages"), message(text, more));
    }
    // Gives "/messages/<id>".
    QString posted(const QString &role, const QString &channel, const QString &text, const QJsonObject &more = {})
    {
        const HttpAnswer answer = post(role, channel, text, more);
        if (answer.status != 201)
            qFatal("%s", answer.body.constData());
        return QStringLiteral("/messages/") + answer.json()[QStringLiteral("id")].toString();
    }
    QStringList texts(const QString &role, const QString &path)
    {
        const HttpAnswer answer = as(role, "GET", path);
        QStringList list;
        const QJsonArray items = answer.json()[QStringLiteral("items")].toArray();
        for (const QJsonValue item : items)
            list.append(item[QStringLiteral("text")].toString());
        return answer.status == 200 ? list : QStringList{QString::fromUtf8(answer.body)};
    }
    QJsonObject entry(const QString &role, const QString &channel) { return as(role, "GET", channel).json(); }
    static QString idIn(const QString &path) { return path.section(QLatin1Char('/'), 2, 2); }

    // A live connection of this person that follows these topics.
    std::unique_ptr<LiveReader> reader(const QString &role, const QStringList &topics)
    {
        QUrl address = server.url(QStringLiteral("/api/v1/live"));
        address.setScheme(QStringLiteral("ws"));
        auto reader = std::make_unique<LiveReader>(address);
        const bool isOpen = QTest::qWaitFor([&] { return reader->isOpen(); }, 20'000);
        reader->say({{QStringLiteral("type"), QStringLiteral("authenticate")},
                     {QStringLiteral("token"), QString::fromLatin1(token(role))}});
        reader->say({{QStringLiteral("type"), QStringLiteral("subscribe")},
                     {QStringLiteral("topics"), QJsonArray::fromStringList(topics)}});
        const bool follows =
            QTest::qWaitFor([&] { return !reader->of(QStringLiteral("subscribed")).isEmpty(); }, 20'000);
        if (!isOpen || !follows)
            qFatal("cannot follow");
        return reader;
    }

    TestServer server;

private:
    QByteArray m_agent;
};

// The events of that name that were heard.
inline QList<QJsonObject> eventsOf(const LiveReader &reader, const QString &name)
{
    QList<QJsonObject> events;
    for (const QJsonObject &event : reader.of(QStringLiteral("event")))
        if (event[QStringLiteral("name")] == name)
            events.append(event);
    return events;
}

// What is wrong with a field, by its pointer.
inline QString problemAt(const HttpAnswer &answer, const QString &pointer)
{
    const QJsonArray errors = answer.json()[QStringLiteral("errors")].toArray();
    for (const QJsonValue error : errors)
        if (error[QStringLiteral("pointer")] == pointer)
            return error[QStringLiteral("message")].toString();
    return {};
}
