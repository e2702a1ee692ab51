// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/gateway_stage.h"

#include "shared/json/json.h"

using namespace Qt::StringLiterals;

void GatewayStage::start(const TestServer::Adjust &adjust)
{
    if (!provider.listen())
        qFatal("no port for the provider");
    server = std::make_unique<TestServer>([&](Config &config) {
        config.openaiKey = config.anthropicKey = config.googleKey = "sk-of-the-server";
        config.openaiBaseUrl = provider.openAiBaseUrl().toString();
        config.anthropicBaseUrl = provider.anthropicBaseUrl().toString();
        config.googleBaseUrl = provider.googleBaseUrl().toString();
        if (adjust)
            adjust(config);
    });
    key = newKey(u"Web shop"_s).secret;
}

GatewayStage::Key GatewayStage::newKey(const QString &name, const QString &tenant)
{
    const QJsonObject made = server->post(u"/api/v1/gateway-keys"_s, {{u"name"_s, name}}, owner(tenant)).json();
    return {made[u"key"_s][u"id"_s].toString(), made[u"secret"_s].toString().toLatin1()};
}

void GatewayStage::settle(const QJsonObject &settings, const QString &tenant)
{
    const QString path = u"/api/v1/gateway-settings"_s;
    const QByteArray etag = server->get(path, owner(tenant)).headers.value("etag");
    const HttpAnswer answer =
        server->send("PUT", path, settings, {.token = owner(tenant), .more = {{"If-Match", etag}}});
    if (answer.status != 200)
        qFatal("the gateway's settings were refused: %s", answer.body.constData());
}

HttpAnswer GatewayStage::ask(const QString &path, const QJsonObject &body)
{
    if (path.contains(u"/models/"_s))
        return server->send("POST", path, body, {.more = {{"x-goog-api-key", key}}});
    return server->send("POST", path, body, {.token = key});
}

QJsonObject GatewayStage::asked() const { return json::object(provider.lastRequest().body); }

QJsonObject StreamEvent::json() const { return json::object(data); }

QList<StreamEvent> streamEvents(const QByteArray &body)
{
    QList<StreamEvent> events;
    qsizetype from = 0;
    for (qsizetype end; (end = body.indexOf("\n\n", from)) >= 0; from = end + 2) {
        StreamEvent event;
        for (const QByteArray &line : body.sliced(from, end - from).split('\n')) {
            if (line.startsWith("event: "))
                event.name = line.sliced(7);
            else if (line.startsWith("data: "))
                event.data += line.sliced(6);
        }
        events.append(event);
    }
    return events;
}

QString missingIn(const QJsonValue &actual, const QJsonValue &expected, const QString &pointer)
{
    const auto here = [&](const QString &step) { return pointer + u'/' + step; };
    if (expected.isArray()) {
        const QJsonArray wanted = expected.toArray(), found = actual.toArray();
        if (!actual.isArray() || wanted.size() != found.size())
            return pointer + u" (%1 elements)"_s.arg(found.size());
        for (qsizetype i = 0; i < wanted.size(); ++i)
            if (const QString missing = missingIn(found[i], wanted[i], here(QString::number(i))); !missing.isEmpty())
                return missing;
        return {};
    }
    if (!expected.isObject())
        return actual == expected ? QString() : pointer + u" is "_s + actual.toVariant().toString();
    const QJsonObject wanted = expected.toObject();
    for (auto it = wanted.begin(); it != wanted.end(); ++it)
        if (const QString missing = missingIn(actual[it.key()], *it, here(it.key())); !missing.isEmpty())
            return missing;
    return actual.isObject() ? QString() : pointer;
}
