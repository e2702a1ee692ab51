// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/application.h"

#include <QHash>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QUrl>

#include <functional>

// What came back for one request.
struct HttpAnswer
{
    int status = 0;
    QByteArray body;
    QHash<QByteArray, QByteArray> headers; // names in lower case

    QJsonObject json() const; // empty when the body is none
    QString code() const { return json().value(QStringLiteral("code")).toString(); }
};

// A whole server with demo tenants on a free port, in this process, and a client for it. One for a test program; it
// takes a second or two to start.
class TestServer
{
public:
    using Adjust = std::function<void(Config &)>;
    explicit TestServer(const Adjust &adjust = {});
    ~TestServer();

    QString baseUrl() const { return m_application->baseUrl(); }
    QUrl url(const QString &path) const { return QUrl(baseUrl() + path); }
    QString folder() const { return m_folder.path(); }

    struct RequestHeaders
    {
        QByteArray token = {};
        QList<std::pair<QByteArray, QByteArray>> more = {};
    };
    // Runs the event loop until the answer is there.
    HttpAnswer send(const QByteArray &method, const QString &path, const QJsonObject &body,
                    const RequestHeaders &headers);
    HttpAnswer get(const QString &path, const QByteArray &token) { return send("GET", path, {}, {.token = token}); }
    HttpAnswer post(const QString &path, const QJsonObject &body, const QByteArray &token)
    {
        return send("POST", path, body, {.token = token});
    }

    // An access token of a demo user, by role: owner, prompt-engineer or viewer. Signed in once.
    QByteArray token(const QString &tenant, const QString &role);
    // Of an operator, made through the one-time token as at a first start. Signed in once.
    QByteArray operatorToken();
    QJsonObject demoUser(const QString &tenant, const QString &role) const; // email, password, …

    void stop() { m_application->stop(); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Application> m_application;
    QNetworkAccessManager m_network;
    QHash<QString, QByteArray> m_tokens;
};
