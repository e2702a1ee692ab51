// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/net/pending_call.h"

#include "client/net/api_client.h"
#include "client/net/network_error.h"
#include "shared/id.h"

#include <QNetworkReply>

namespace {

constexpr qint64 largestAnswer = 64 * 1024 * 1024;

QByteArray freshId() { return newId().toByteArray(QUuid::WithoutBraces); }

} // namespace

PendingCall::PendingCall(ApiClient &client, RawCall call, QObject *receiver, Handler handler)
    : QObject(&client),
      m_client(client),
      m_call(std::move(call)),
      m_receiver(receiver),
      m_handler(std::move(handler)),
      m_requestId(freshId())
{
    if (m_call.method == Method::Post && !m_call.anonymous)
        m_idempotencyKey = freshId();
    if (receiver)
        connect(receiver, &QObject::destroyed, this, [this] { delete this; });
}

PendingCall::~PendingCall()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void PendingCall::send()
{
    if (!m_call.anonymous && m_client.accessToken().isEmpty() && !m_renewed && m_client.canRenew()) {
        m_renewed = true;
        return m_client.renewFor(this);
    }
    QUrl url = m_client.server().resolved(QUrl(m_call.path));
    if (!m_call.query.isEmpty())
        url.setQuery(m_call.query);

    QNetworkRequest request(url);
    request.setTransferTimeout(int(m_call.timeout.count()));
    // A redirect could carry the token elsewhere; our server sends none.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("Accept", "application/json, application/problem+json");
    request.setRawHeader("X-Request-Id", m_requestId);
    if (!m_call.body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    m_tokenUsed = m_call.anonymous ? QByteArray() : m_client.accessToken();
    if (!m_tokenUsed.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_tokenUsed);
    if (m_call.revision)
        request.setRawHeader("If-Match", '"' + QByteArray::number(*m_call.revision) + '"');
    if (!m_idempotencyKey.isEmpty())
        request.setRawHeader("Idempotency-Key", m_idempotencyKey);

    m_reply = m_client.network().sendCustomRequest(request, enumNames<Method>[std::size_t(m_call.method)], m_call.body);
    connect(m_reply, &QNetworkReply::finished, this, &PendingCall::finished);
    if (m_call.sink)
        connect(m_reply, &QNetworkReply::readyRead, this, &PendingCall::drain);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsProblem = errors.first().errorString();
    });
    connect(m_reply, &QNetworkReply::downloadProgress, this, [this](qint64 received) {
        if (received > largestAnswer && !m_call.sink)
            answer(badReply(QStringLiteral("> %1 MB").arg(largestAnswer / 1024 / 1024)));
    });
}

bool PendingCall::drain()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200 || status > 299)
        return true; // a refusal is read as a whole
    const QByteArray piece = m_reply->readAll();
    if (m_call.sink->write(piece) == piece.size())
        return true;
    answer(badReply(m_call.sink->errorString()));
    return false;
}

void PendingCall::finished()
{
    if (m_call.sink && !drain()) // what came last
        return;
    const auto reply = m_reply;
    reply->deleteLater();
    m_reply.clear();

    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (const QByteArray id = reply->rawHeader("X-Request-Id"); !id.isEmpty())
        m_requestId = id;
    // A status without the whole body is a connection that broke, except where the status is itself the error.
    const bool broken = status == 0 || (status < 400 && reply->error() != QNetworkReply::NoError);
    if (broken)
        return answer(networkError(*reply, m_tlsProblem));
    if (status == 401 && !m_call.anonymous) {
        const bool outdated = m_tokenUsed != m_client.accessToken(); // renewed while this call was under way
        if (!m_renewed && (outdated || m_client.canRenew())) {
            m_renewed = true;
            return outdated && !m_client.accessToken().isEmpty() ? send() : m_client.renewFor(this);
        }
    }
    if (status < 200 || status > 299)
        return answer(refusal(status, reply->readAll()));
    answer(reply->readAll());
}

void PendingCall::answer(Result<QByteArray> result)
{
    const bool wanted = m_receiver;
    const Handler handler = std::move(m_handler);
    const QString requestId = QString::fromLatin1(m_requestId);
    // Gone before the handler runs: it may delete the receiver or the client.
    delete this;
    if (wanted)
        handler(result, requestId);
}
