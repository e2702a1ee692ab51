// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/auth_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/tenants/tenant_store.h"

using namespace Qt::StringLiterals;

namespace {

ApiError wrongCredentials()
{
    return ApiError::make(401, "wrong_credentials", u"The tenant, the e-mail address or the password is wrong."_s);
}

constexpr auto signingIn = SessionOpener::action;
constexpr auto signingOut = "sessions.delete"_L1;

QHostAddress peerAt(const QByteArray &address) { return QHostAddress(QString::fromLatin1(address)); }

// Somebody who is not signed in.
Caller stranger(const QUuid &tenantId, const QByteArray &address, const QByteArray &requestId)
{
    return {.userId = {},
            .tenantId = tenantId,
            .sessionId = {},
            .abilities = {},
            .displayName = {},
            .address = address,
            .requestId = requestId};
}

ApiError codeRequired()
{
    return ApiError::make(401, "code_required",
                          u"Send the code of your authenticator app, or a recovery code, as “code” too."_s);
}

ApiError codeRefused()
{
    return ApiError::make(401, "wrong_code", u"The code is wrong or was used before. Take the next one."_s);
}

ApiError sessionEnded() { return ApiError::make(401, "session_ended", u"This session has ended. Sign in again."_s); }

} // namespace

AuthService::AuthService(Parts parts) : m_parts(parts) { }

::SignedIn AuthService::login(const SignIn &input, const QByteArray &address, const QByteArray &requestId)
{
    admit(input, address);
    return enter(input, address, requestId);
}

QByteArray AuthService::admit(const SignIn &input, const QByteArray &address)
{
    return m_parts.throttle.begin(input.tenant, input.email, peerAt(address), [&] {
        return m_parts.places.holds(input.tenant, input.email, QString::fromLatin1(address));
    });
}

void AuthService::turnedAway(const SignIn &input, const QByteArray &address)
{
    m_parts.throttle.takeBack(input.tenant, input.email, peerAt(address));
}

::SignedIn AuthService::enter(const SignIn &input, const QByteArray &address, const QByteArray &requestId)
{
    const QHostAddress peer = peerAt(address);
    // Every refusal takes the same steps: a look for the tenant, a look for the user, one hash.
    const auto tenant = m_parts.database.platform(
        [&](Transaction &tx) { return TenantStore::findBySlug(tx, input.tenant.trimmed().toLower()); });
    const TenantScope scope{tenant ? tenant->id : TenantStore::platformId};
    const QString email = tenant ? input.email : QString();
    const auto user =
        m_parts.database.transaction(scope, [&](Transaction &tx) { return UserStore::findCredentials(tx, email); });
    const bool mayEnter =
        tenant && tenant->status == TenantStatus::Active && user && user->status == UserStatus::Active;
    const Caller who = stranger(scope.tenantId, address, requestId);
    // What was typed for an e-mail address that nobody has is not kept: it may be a password.
    const auto refused = [&] {
        AuditEvent event{.action = signingIn, .reason = wrongCredentials().detail};
        if (user)
            event.subject = {user->id, user->email};
        m_parts.refusals.add(who, std::move(event));
        return wrongCredentials();
    };
    if (!user || !user->passwordHash) {
        m_parts.passwords.matchNobody(input.password);
        throw refused();
    }
    if (!m_parts.passwords.matches(input.password, user->passwordHash->toLatin1()) || !mayEnter)
        throw refused();
    if (user->hasSecondFactor && !input.code) {
        m_parts.throttle.takeBack(input.tenant, input.email, peer);
        throw codeRequired();
    }

    const auto opened = open(who, *user, input);
    if (!opened)
        throw refused();
    m_parts.throttle.succeeded(input.tenant, input.email, peer);
    return m_parts.opener.signedIn(*opened);
}

// Nothing when the user or the tenant was suspended in this very moment.
std::optional<SessionOpener::Opened> AuthService::open(Caller who, const UserStore::Credentials &seen,
                                                       const SignIn &input)
{
    std::optional<QString> newHash;
    if (m_parts.passwords.isOutdated(seen.passwordHash->toLatin1()))
        newHash = QString::fromLatin1(m_parts.passwords.hash(input.password));
    who.userId = seen.id;
    who.displayName = seen.displayName;
    return m_parts.database.transaction(who.scope(), [&](Transaction &tx) -> std::optional<SessionOpener::Opened> {
        if (!tx.one<bool>("SELECT platform.hold_active_tenant()") || !UserStore::recordSignIn(tx, seen, newHash))
            return std::nullopt;
        if (!m_parts.codes.take(tx, {who.tenantId, seen.id}, input.code.value_or(QString()))) {
            m_parts.refusals.add(
                who, {.action = signingIn, .subject = {seen.id, seen.email}, .reason = codeRefused().detail});
            throw codeRefused();
        }
        return m_parts.opener.open(tx, who, input.device.value_or(QString()));
    });
}

::SignedIn AuthService::refresh(const Refresh &input, const QByteArray &address, const QByteArray &requestId)
try {
    const auto token = m_parts.refreshTokens.read(input.refreshToken);
    if (!token)
        throw sessionEnded();
    const RefreshTokens::Made next = m_parts.refreshTokens.make(token->tenantId, token->id);
    using Opened = SessionOpener::Opened;
    const auto opened = m_parts.database.transaction({token->tenantId}, [&](Transaction &tx) -> std::optional<Opened> {
        const auto userId = SessionStore::rotate(tx,
                                                 {.id = token->id,
                                                  .oldHash = token->hash,
                                                  .newHash = next.hash,
                                                  .address = QString::fromLatin1(address),
                                                  .lifetime = SessionOpener::lifetime});
        return userId ? SessionOpener::present(tx, token->tenantId, *userId, token->id, next) : std::nullopt;
    });
    if (!opened) {
        endReused(*token, stranger(token->tenantId, address, requestId));
        throw sessionEnded();
    }
    return m_parts.opener.signedIn(*opened);
} catch (const ApiError &error) {
    if (error.status == 404) // the tenant is gone
        throw sessionEnded();
    throw;
}

// The token is ours and was good once: somebody has a copy.
void AuthService::endReused(const RefreshTokens::Read &token, const Caller &who)
{
    const bool ended = m_parts.database.transaction({token.tenantId}, [&](Transaction &tx) {
        const bool ended = SessionStore::end(tx, token.id, SessionStore::EndReason::TokenReused);
        if (!ended)
            return false;
        SessionWatch::announce(tx, {token.id});
        AuditLog::record(tx, who,
                         {.action = signingOut,
                          .subject = {token.id, {}},
                          .reason = u"Its refresh token came a second time: somebody has a copy."_s});
        return true;
    });
    if (ended)
        m_parts.watch.apply({token.id});
}

void AuthService::logout(const Caller &caller)
{
    m_parts.database.transaction(caller.scope(), [&](Transaction &tx) {
        if (SessionStore::end(tx, caller.sessionId, SessionStore::EndReason::SignedOut))
            AuditLog::record(tx, caller,
                             {.action = signingOut, .subject = {caller.sessionId, {}}, .reason = u"Signed out."_s});
        SessionWatch::announce(tx, {caller.sessionId});
    });
    m_parts.watch.apply({caller.sessionId});
}
