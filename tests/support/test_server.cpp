// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_server.h"

#include "shared/json/json.h"

#include <QEventLoop>
#include <QFile>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

QJsonObject HttpAnswer::json() const
{
    try {
        return json::object(body);
    } catch (const json::SyntaxError &) {
        return {};
    }
}

TestServer::TestServer(const Adjust &adjust)
{
    // PostgreSQL runs as another user when the tests run as root.
    QFile::setPermissions(m_folder.path(), QFile::permissions(m_folder.path()) | QFile::ExeGroup | QFile::ExeOther);
    Config config;
    config.listenPort = 0;
    config.dataFolder = m_folder.path() + u"/data"_s;
    config.demo = true;
    config.demoHistory = false; // tests count their own
    if (adjust)
        adjust(config);
    m_application = std::make_unique<Application>(config);
    m_application->start();
}

TestServer::~TestServer() { m_application->stop(); }

HttpAnswer TestServer::send(const QByteArray &method, const QString &path, const QJsonObject &body,
                            const RequestHeaders &headers)
{
    QNetworkRequest request(url(path));
    if (!headers.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + headers.token);
    for (const auto &[name, value] : headers.more)
        request.setRawHeader(name, value);
    const bool hasBody = method != "GET" && (method != "DELETE" || !body.isEmpty());
    if (hasBody)
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    const std::unique_ptr<QNetworkReply> reply(
        m_network.sendCustomRequest(request, method, hasBody ? json::print(body) : QByteArray()));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    HttpAnswer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    for (const auto &[name, value] : reply->rawHeaderPairs())
        answer.headers.insert(name.toLower(), value);
    return answer;
}

QByteArray TestServer::operatorToken()
{
    QByteArray &token = m_tokens[u"operator"_s];
    if (const auto setup = m_application->offerSetupToken()) {
        const QJsonObject person{{u"email"_s, u"olga@example.com"_s}, {u"password"_s, u"correct horse battery"_s}};
        QJsonObject made = person;
        made.insert(u"token"_s, *setup);
        made.insert(u"displayName"_s, u"Olga"_s);
        post(u"/api/v1/setup"_s, made, {});
        QJsonObject signIn = person;
        signIn.insert(u"tenant"_s, u"platform"_s);
        token = post(u"/api/v1/auth/login"_s, signIn, {}).json().value(u"accessToken"_s).toString().toLatin1();
    }
    return token;
}

QJsonObject TestServer::demoUser(const QString &tenant, const QString &role) const
{
    QFile file(m_folder.path() + u"/data/demo.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonArray tenants = json::object(file.readAll()).value(u"tenants"_s).toArray();
    for (const QJsonValue entry : tenants) {
        if (entry[u"slug"_s] != tenant)
            continue;
        const QJsonArray users = entry[u"users"_s].toArray();
        for (const QJsonValue user : users)
            if (user[u"role"_s] == role)
                return user.toObject();
    }
    return {};
}

QByteArray TestServer::token(const QString &tenant, const QString &role)
{
    QByteArray &token = m_tokens[tenant + u'/' + role];
    if (token.isEmpty()) {
        const QJsonObject user = demoUser(tenant, role);
        const QJsonObject signIn{
            {u"tenant"_s, tenant}, {u"email"_s, user[u"email"_s]}, {u"password"_s, user[u"password"_s]}};
        token = post(u"/api/v1/auth/login"_s, signIn, {}).json().value(u"accessToken"_s).toString().toLatin1();
    }
    return token;
}
