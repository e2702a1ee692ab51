// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/sign_in_attempt.h"

#include "shared/auth/endpoints.h"

#include <QSysInfo>

void SignInAttempt::start(const Account &account, const QString &password)
{
    m_call.cancel();
    m_api.setServer(QUrl(account.server));
    const SignIn input{account.tenant, account.email, password,
                       tr("Patio on %1").arg(QSysInfo::machineHostName()).left(120)};
    m_call = m_api.call(endpoints::auth::login, input, this, [this, account](const Result<SignedIn> &reply) {
        if (!reply)
            return Q_EMIT failed(problemOf(reply.error()));
        Account named = account;
        named.displayName = reply->profile.displayName;
        named.tenantName = reply->profile.tenantName;
        named.accent = reply->profile.theme.value(QStringLiteral("accent")).toString();
        named.lastUsedAt = QDateTime::currentDateTimeUtc();
        Q_EMIT succeeded(named, *reply);
    });
}

void SignInAttempt::cancel() { m_call.cancel(); }

SignInProblem SignInAttempt::problemOf(const ApiError &error)
{
    using Place = SignInProblem::Place;
    if (error.status == 401)
        return {Place::Password, tr("No account here has this tenant, e-mail and password."), {}, error};
    if (error.status == 429) {
        const int seconds = error.retryAfter.value_or(30);
        return {Place::Password, tr("Too many tries. The next one is possible in %n s.", nullptr, seconds), seconds,
                error};
    }
    if (error.status == 422 && !error.errors.isEmpty()) {
        const QString pointer = error.errors.first().pointer;
        const Place place = pointer == QStringLiteral("/tenant") ? Place::Tenant
            : pointer == QStringLiteral("/email")                ? Place::Email
                                                                 : Place::Password;
        return {place, error.detail, {}, error};
    }
    if (error.status == 503)
        return {Place::Server, tr("The server is busy. Try again in a moment."), error.retryAfter, error};
    return {Place::Server, error.detail, error.retryAfter, error};
}
