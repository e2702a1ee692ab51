// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_server.h"

#include "tests/support/provider_connection.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>

#include <algorithm>

using namespace Qt::StringLiterals;

ProviderServer::ProviderServer(QObject *parent) : QObject(parent), m_server(new QTcpServer(this))
{
    m_server->setListenBacklogSize(4096);
    m_server->setMaxPendingConnections(4096);
    connect(m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server->nextPendingConnection())
            new ProviderConnection(*this, socket);
    });
}

ProviderServer::~ProviderServer()
{
    // Their destructors count themselves out of this object.
    qDeleteAll(findChildren<ProviderConnection *>(Qt::FindDirectChildrenOnly));
}

bool ProviderServer::listen(const QHostAddress &address, quint16 port) { return m_server->listen(address, port); }

quint16 ProviderServer::port() const { return m_server->serverPort(); }

QUrl ProviderServer::anthropicBaseUrl() const
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(m_server->serverAddress().toString());
    url.setPort(port());
    return url;
}

QUrl ProviderServer::googleBaseUrl() const { return anthropicBaseUrl(); }

QUrl ProviderServer::openAiBaseUrl() const
{
    QUrl url = anthropicBaseUrl();
    url.setPath(u"/v1"_s);
    return url;
}

void ProviderServer::plan(const Behaviour &behaviour, int times, const QString &model)
{
    m_plan.append({behaviour, times, model});
}

Behaviour ProviderServer::behaviourFor(const QString &model, const QByteArray &body)
{
    const bool isFirst = ++m_bodies[qHash(body)] == 1;
    const auto planned = std::find_if(m_plan.begin(), m_plan.end(),
                                      [&](const Planned &one) { return one.model.isEmpty() || one.model == model; });
    Behaviour behaviour;
    if (planned != m_plan.end()) {
        behaviour = planned->behaviour;
        if (--planned->times == 0)
            m_plan.erase(planned);
    } else if (model.startsWith(u"test-")) {
        behaviour = Behaviour::named(model.sliced(5)).value_or(*Behaviour::named(u"404"_s));
    }
    return behaviour.isOnce && !isFirst ? Behaviour{} : behaviour;
}

ProviderServer::Counts ProviderServer::total() const
{
    Counts sum;
    for (const Counts &one : m_counts) {
        sum.requests += one.requests;
        sum.returned += one.returned;
        sum.refused += one.refused;
        sum.broken += one.broken;
        sum.abandoned += one.abandoned;
        sum.inputTokens += one.inputTokens;
        sum.outputTokens += one.outputTokens;
    }
    return sum;
}

void ProviderServer::reset()
{
    m_plan.clear();
    m_counts.clear();
    m_bodies.clear();
    m_calls.clear();
    m_keys.clear();
}

std::shared_ptr<ProviderServer::Call> ProviderServer::begin(const QByteArray &id, const QString &model,
                                                            const QByteArray &body)
{
    if (id.isEmpty())
        return {};
    auto call = std::make_shared<Call>();
    call->id = id;
    call->model = model;
    call->body = qHash(body);
    call->startedAt = QDateTime::currentMSecsSinceEpoch();
    m_calls.append(call);
    ++m_openCalls;
    return call;
}

void ProviderServer::end(const std::shared_ptr<Call> &call, Call::State state)
{
    if (!call || call->state != Call::State::Open)
        return;
    call->state = state;
    call->endedAt = QDateTime::currentMSecsSinceEpoch();
    --m_openCalls;
    Q_EMIT ended(*call);
}

QList<ProviderServer::Call> ProviderServer::calls() const
{
    QList<Call> list;
    for (const auto &call : m_calls)
        list.append(*call);
    return list;
}

QByteArray ProviderServer::printCalls() const
{
    static constexpr const char *names[] = {"open", "returned", "refused", "broken", "abandoned"};
    QJsonArray list;
    for (const auto &call : m_calls)
        list.append(QJsonObject{{"id"_L1, QString::fromLatin1(call->id)},
                                {"model"_L1, call->model},
                                {"state"_L1, QLatin1StringView(names[int(call->state)])},
                                {"inputTokens"_L1, call->tokens.input},
                                {"outputTokens"_L1, call->tokens.output}});
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

QByteArray ProviderServer::control(const QByteArray &body, int *status)
{
    const QJsonArray entries = QJsonDocument::fromJson(body).object().value("behaviours"_L1).toArray();
    QList<Planned> planned;
    for (const QJsonValue &value : entries) {
        const QJsonObject entry = value.toObject();
        std::optional<Behaviour> behaviour = Behaviour::named(entry.value("kind"_L1).toString(u"ok"_s));
        if (!behaviour) {
            *status = 400;
            return R"({"error":"no such kind of behaviour"})";
        }
        if (entry.contains("text"_L1))
            behaviour->text = entry.value("text"_L1).toString();
        if (entry.contains("arguments"_L1))
            behaviour->arguments = entry.value("arguments"_L1).toString();
        if (entry.contains("raw"_L1))
            behaviour->raw = entry.value("raw"_L1).toString().toUtf8();
        planned.append({*behaviour, std::max(1, entry.value("times"_L1).toInt(1)), entry.value("model"_L1).toString()});
    }
    if (planned.isEmpty()) {
        *status = 400;
        return R"({"error":"expected {\"behaviours\": [{\"kind\": \"…\"}]}"})";
    }
    m_plan += planned;
    return "{}";
}

QByteArray ProviderServer::statistics() const
{
    const auto print = [](const Counts &counts) {
        return QJsonObject{{"requests"_L1, counts.requests},        {"returned"_L1, counts.returned},
                           {"refused"_L1, counts.refused},          {"broken"_L1, counts.broken},
                           {"abandoned"_L1, counts.abandoned},      {"inputTokens"_L1, counts.inputTokens},
                           {"outputTokens"_L1, counts.outputTokens}};
    };
    QJsonObject models;
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
        models.insert(it.key(), print(it.value()));
    QJsonObject all = print(total());
    all.insert("connections"_L1, m_connections);
    all.insert("distinctRequests"_L1, distinctRequests());
    all.insert("planned"_L1, m_plan.size());
    all.insert("models"_L1, models);
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}
