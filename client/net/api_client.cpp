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
    Q_EMIT renewed(signedIn);
}

void ApiClient::setRefreshToken(const QString &refreshToken)
{
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
    if (m_renewing || !canRenew())
        return;
    m_renewing = true;
    call(endpoints::auth::refresh, {m_refreshToken}, this,
         [this](const Result<SignedIn> &reply) { renewalAnswered(reply); });
}

void ApiClient::renewalAnswered(const Result<SignedIn> &reply)
{
    m_renewing = false;
    const auto waiting = std::exchange(m_waiting, {});
    if (reply) {
        setTokens(*reply);
        for (const auto &call : waiting)
            if (call)
                call->send();
        return;
    }
    const ApiError error = reply.error();
    const bool refused = error.status >= 400 && error.status < 500 && error.status != 429 && error.status != 408;
    if (refused)
        clearTokens();
    const QPointer<ApiClient> self = this;
    for (const auto &call : waiting)
        if (call)
            call->answer(error);
    if (self && refused)
        Q_EMIT signedOut(error);
}
