// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/net/api_client.h"

#include "shared/auth/endpoints.h"

#include <algorithm>

ApiClient::ApiClient(QObject *parent) : QObject(parent)
{
    m_renewal.setSingleShot(true);
    connect(&m_renewal, &QTimer::timeout, this, &ApiClient::renew);
}

ApiClient::~ApiClient()
{
    // Before m_network, whose replies they hold.
    qDeleteAll(findChildren<PendingCall *>(Qt::FindDirectChildrenOnly));
}

void ApiClient::setServer(const QUrl &server) { m_server = server; }

void ApiClient::setTokens(const SignedIn &signedIn)
{
    m_accessToken = signedIn.accessToken.toLatin1();
    m_refreshToken = signedIn.refreshToken;
    const qint64 seconds = std::clamp<qint64>(signedIn.expiresIn * 4 / 5, 5, 24 * 3600);
    m_renewal.start(std::chrono::seconds(seconds));
    m_expectsTokens = false;
    const QPointer<ApiClient> self = this;
    Q_EMIT renewed(signedIn);
    if (self)
        sendWaiting();
}

void ApiClient::sendWaiting()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &call : waiting)
        if (call)
            call->send();
}

void ApiClient::answerWaiting(const ApiError &error)
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &call : waiting)
        if (call)
            call->answer(error);
}

void ApiClient::noTokens(const ApiError &reason)
{
    m_expectsTokens = false;
    answerWaiting(reason);
}

void ApiClient::setRefreshToken(const QString &refreshToken)
{
    m_expectsTokens = false;
    m_accessToken.clear();
    m_refreshToken = refreshToken;
}

void ApiClient::clearTokens()
{
    m_renewal.stop();
    m_accessToken.clear();
    m_refreshToken.clear();
}

CallHandle ApiClient::start(RawCall call, QObject *receiver, PendingCall::Handler handler)
{
    auto *pending = new PendingCall(*this, std::move(call), receiver, std::move(handler));
    pending->send();
    return CallHandle(pending);
}

void ApiClient::renewFor(PendingCall *call)
{
    m_waiting.append(call);
    renew();
}

void ApiClient::renew()
{
    if (m_renewing || m_refreshToken.isEmpty())
        return;
    m_renewing = true;
    call(endpoints::auth::refresh, {m_refreshToken}, this,
         [this](const Result<SignedIn> &reply) { renewalAnswered(reply); });
}

void ApiClient::renewalAnswered(const Result<SignedIn> &reply)
{
    m_renewing = false;
    if (reply)
        return setTokens(*reply);
    const ApiError error = reply.error();
    const bool refused = error.status >= 400 && error.status < 500 && error.status != 429 && error.status != 408;
    if (refused)
        clearTokens();
    const QPointer<ApiClient> self = this;
    answerWaiting(error);
    if (self && refused)
        Q_EMIT signedOut(error);
}
