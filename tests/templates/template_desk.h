// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/id.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

// A server and what the tests of templates ask of it, as people of the tenant Acme.
class TemplateDesk
{
public:
    explicit TemplateDesk(const TestServer::Adjust &adjust = {}) : server(adjust) { }

    static QJsonObject version(const QString &prompt, const QJsonObject &more = {})
    {
        QJsonObject body{{QStringLiteral("userPrompt"), prompt},
                         {QStringLiteral("defaultModel"), QStringLiteral("demo/echo")}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body.insert(it.key(), it.value());
        return body;
    }

    HttpAnswer as(const QString &role, const QByteArray &method, const QString &path, const QJsonObject &body = {},
                  const QByteArray &ifMatch = {})
    {
        TestServer::RequestHeaders headers{.token = server.token(QStringLiteral("acme"), role)};
        if (!ifMatch.isEmpty())
            headers.more.append({"If-Match", ifMatch});
        return server.send(method, QStringLiteral("/api/v1") + path, body, headers);
    }
    HttpAnswer send(const QByteArray &method, const QString &path, const QJsonObject &body = {},
                    const QByteArray &ifMatch = {})
    {
        return as(QStringLiteral("prompt-engineer"), method, path, body, ifMatch);
    }

    // Gives "/templates/<id>".
    QString make(const QString &slug, const QString &prompt = QStringLiteral("{{input}}"), const QJsonObject &more = {})
    {
        QJsonObject body{{QStringLiteral("name"), slug},
                         {QStringLiteral("slug"), slug},
                         {QStringLiteral("version"), version(prompt)}};
        for (auto it = more.begin(); it != more.end(); ++it)
            body.insert(it.key(), it.value());
        const HttpAnswer made = send("POST", QStringLiteral("/templates"), body);
        if (made.status != 201)
            qFatal("%s", made.body.constData());
        return QStringLiteral("/templates/") + made.json()[QStringLiteral("template")][QStringLiteral("id")].toString();
    }
    int save(const QString &path, const QString &prompt, const QJsonObject &more = {})
    {
        return send("POST", path + QStringLiteral("/versions"), version(prompt, more)).status;
    }
    int label(const QString &path, const QString &label, int version)
    {
        return send("PUT", path + QStringLiteral("/labels/") + label, {{QStringLiteral("version"), version}}).status;
    }
    static QString idOf(const QString &path) { return path.section(QLatin1Char('/'), 2, 2); }
    QStringList slugs(const QString &query)
    {
        QStringList list;
        const HttpAnswer answer = send("GET", QStringLiteral("/templates") + query);
        const QJsonArray items = answer.json()[QStringLiteral("items")].toArray();
        for (const QJsonValue item : items)
            list.append(item[QStringLiteral("slug")].toString());
        return answer.status == 200 ? list : QStringList{QString::fromUtf8(answer.body)};
    }
    HttpAnswer generate(const QJsonObject &request, const QString &query = QStringLiteral("?wait=20"))
    {
        return send("POST", QStringLiteral("/generate") + query, request);
    }

    TestServer server;
};

// What is wrong with a field, by its pointer.
inline QString problemAt(const HttpAnswer &answer, const QString &pointer)
{
    const QJsonArray errors = answer.json()[QStringLiteral("errors")].toArray();
    for (const QJsonValue error : errors)
        if (error[QStringLiteral("pointer")] == pointer)
            return error[QStringLiteral("message")].toString();
    return {};
}
