// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/sign_in_attempt.h"

#include "shared/auth/endpoints.h"

#include <QSysInfo>

void SignInAttempt::start(const Account &account, const QString &password, const QString &code)
{
    m_call.cancel();
    m_api.setServer(QUrl(account.server));
    const SignIn input{account.tenant, account.email, password,
                       tr("Patio on %1").arg(QSysInfo::machineHostName()).left(120),
                       code.isEmpty() ? std::nullopt : std::optional(code)};
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
    if (error.code == QStringLiteral("code_required"))
        return {.place = Place::Code,
                .text = tr("Enter the code of your authenticator app, or a recovery code."),
                .asksForCode = true,
                .error = error};
    if (error.code == QStringLiteral("wrong_code"))
        return {.place = Place::Code,
                .text = tr("This code is wrong or was used before. Take the next one."),
                .error = error};
    if (error.status == 401)
        return {.place = Place::Password,
                .text = tr("No account here has this tenant, e-mail and password."),
                .error = error};
    if (error.status == 429) {
        const int seconds = error.retryAfter.value_or(30);
        return {.place = Place::Password,
                .text = tr("Too many tries. The next one is possible in %n s.", nullptr, seconds),
                .retryAfter = seconds,
                .error = error};
    }
    if (error.status == 422 && !error.errors.isEmpty()) {
        const QString pointer = error.errors.first().pointer;
        const Place place = pointer == QStringLiteral("/tenant") ? Place::Tenant
            : pointer == QStringLiteral("/email")                ? Place::Email
            : pointer == QStringLiteral("/code")                 ? Place::Code
                                                                 : Place::Password;
        return {.place = place, .text = error.detail, .error = error};
    }
    if (error.status == 503)
        return {.place = Place::Server,
                .text = tr("The server is busy. Try again in a moment."),
                .retryAfter = error.retryAfter,
                .error = error};
    return {.place = Place::Server, .text = error.detail, .retryAfter = error.retryAfter, .error = error};
}
