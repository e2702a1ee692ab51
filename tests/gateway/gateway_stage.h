// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QJsonObject>

// A server with a gateway key, in front of one that speaks the providers' formats.
class GatewayStage
{
public:
    void start(const TestServer::Adjust &adjust = {}); // takes a second or two
    // As a program with that key asks: in the header that Google's libraries use where the path is theirs.
    HttpAnswer ask(const QString &path, const QJsonObject &body);
    struct Key
    {
        QString id;
        QByteArray secret;
    };
    Key newKey(const QString &name, const QString &tenant = QStringLiteral("acme"));
    // What the tenant lets through from now on, and nothing else of it: members of GatewaySettings.
    void settle(const QJsonObject &settings, const QString &tenant = QStringLiteral("acme"));
    QByteArray owner(const QString &tenant = QStringLiteral("acme"))
    {
        return server->token(tenant, QStringLiteral("owner"));
    }
    QJsonObject asked() const; // the body of the last request to the provider

    ProviderServer provider;
    std::unique_ptr<TestServer> server;
    QByteArray key;
};

struct StreamEvent
{
    QByteArray name;
    QByteArray data;
    QJsonObject json() const;
};
// What stands in a stream, by the rules of server-sent events and not by our own parser.
QList<StreamEvent> streamEvents(const QByteArray &body);

// The first pointer at which `actual` has not what `expected` has; empty where it has all. Objects may hold more.
QString missingIn(const QJsonValue &actual, const QJsonValue &expected, const QString &pointer = {});
