// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/auth_service.h"

#include "server/audit/audit_log.h"
#include "server/auth/session_store.h"
#include "server/tenants/tenant_store.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int sessionLifetime = 30 * 24 * 60 * 60; // seconds without use
constexpr int mostSessions = 1000; // of one user; the longest unused makes room

ApiError wrongCredentials()
{
    return ApiError::make(401, "wrong_credentials", u"The tenant, the e-mail address or the password is wrong."_s);
}

constexpr auto signingIn = "sessions.create"_L1;
constexpr auto signingOut = "sessions.delete"_L1;

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

QList<Ability> listOf(const Abilities &abilities)
{
    QList<Ability> list;
    for (std::size_t i = 0; i < abilities.size(); ++i)
        if (abilities.test(i))
            list.append(Ability(i));
    return list;
}

} // namespace

AuthService::AuthService(Parts parts) : m_parts(parts) { }

::SignedIn AuthService::login(const SignIn &input, const QByteArray &address, const QByteArray &requestId)
{
    const QHostAddress peer(QString::fromLatin1(address));
    m_parts.throttle.begin(input.tenant, input.email, peer);

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
    return signedIn(*tenant, *opened);
}

// Nothing when the user or the tenant was suspended in this very moment.
std::optional<AuthService::Opened> AuthService::open(Caller who, const UserStore::Credentials &seen,
                                                     const SignIn &input)
{
    std::optional<QString> newHash;
    if (m_parts.passwords.isOutdated(seen.passwordHash->toLatin1()))
        newHash = QString::fromLatin1(m_parts.passwords.hash(input.password));
    const QUuid sessionId = newId();
    const RefreshTokens::Made refresh = m_parts.refreshTokens.make(who.tenantId, sessionId);
    who.userId = seen.id;
    who.displayName = seen.displayName;
    QList<QUuid> ended;
    const auto opened = m_parts.database.transaction(who.scope(), [&](Transaction &tx) -> std::optional<Opened> {
        if (!tx.one<bool>("SELECT platform.hold_active_tenant()") || !UserStore::recordSignIn(tx, seen, newHash))
            return std::nullopt;
        if (!m_parts.codes.take(tx, {who.tenantId, seen.id}, input.code.value_or(QString()))) {
            m_parts.refusals.add(
                who, {.action = signingIn, .subject = {seen.id, seen.email}, .reason = codeRefused().detail});
            throw codeRefused();
        }
        who.sessionId = sessionId;
        SessionStore::forgetOld(tx, seen.id);
        SessionStore::insert(tx,
                             {.id = sessionId,
                              .userId = seen.id,
                              .refreshHash = refresh.hash,
                              .device = input.device.value_or(QString()),
                              .address = QString::fromLatin1(who.address),
                              .lifetime = sessionLifetime});
        const QString device = input.device.value_or(QString());
        AuditLog::record(
            tx, who,
            {.action = signingIn, .subject = {sessionId, device}, .after = QJsonObject{{u"device"_s, device}}});
        ended = SessionStore::endBeyond(tx, seen.id, mostSessions);
        SessionWatch::announce(tx, ended);
        return openedFor(tx, seen.id, sessionId, refresh);
    });
    m_parts.watch.apply(ended);
    return opened;
}

std::optional<AuthService::Opened> AuthService::openedFor(Transaction &tx, const QUuid &userId, const QUuid &sessionId,
                                                          const RefreshTokens::Made &refresh)
{
    const auto user = UserStore::find(tx, userId);
    if (!user)
        return std::nullopt;
    return Opened{*user, sessionId, refresh, SecondFactorStore::isMissing(tx, userId)};
}

::SignedIn AuthService::refresh(const Refresh &input, const QByteArray &address, const QByteArray &requestId)
try {
    const auto token = m_parts.refreshTokens.read(input.refreshToken);
    if (!token)
        throw sessionEnded();
    const RefreshTokens::Made next = m_parts.refreshTokens.make(token->tenantId, token->sessionId);
    const auto opened = m_parts.database.transaction({token->tenantId}, [&](Transaction &tx) -> std::optional<Opened> {
        const auto userId = SessionStore::rotate(tx,
                                                 {.id = token->sessionId,
                                                  .oldHash = token->hash,
                                                  .newHash = next.hash,
                                                  .address = QString::fromLatin1(address),
                                                  .lifetime = sessionLifetime});
        return userId ? openedFor(tx, *userId, token->sessionId, next) : std::nullopt;
    });
    if (!opened) {
        endReused(*token, stranger(token->tenantId, address, requestId));
        throw sessionEnded();
    }
    return signedIn(tenant(token->tenantId), *opened);
} catch (const ApiError &error) {
    if (error.status == 404) // the tenant is gone
        throw sessionEnded();
    throw;
}

// The token is ours and was good once: somebody has a copy.
void AuthService::endReused(const RefreshTokens::Read &token, const Caller &who)
{
    const bool ended = m_parts.database.transaction({token.tenantId}, [&](Transaction &tx) {
        const bool ended = SessionStore::end(tx, token.sessionId, SessionStore::EndReason::TokenReused);
        if (!ended)
            return false;
        SessionWatch::announce(tx, {token.sessionId});
        AuditLog::record(tx, who,
                         {.action = signingOut,
                          .subject = {token.sessionId, {}},
                          .reason = u"Its refresh token came a second time: somebody has a copy."_s});
        return true;
    });
    if (ended)
        m_parts.watch.apply({token.sessionId});
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

Profile AuthService::me(const Caller &caller)
{
    const auto opened = m_parts.database.transaction(
        caller.scope(), [&](Transaction &tx) { return openedFor(tx, caller.userId, caller.sessionId, {}); });
    if (!opened)
        throw ApiError::unauthenticated();
    return profile(tenant(caller.tenantId), *opened);
}

Tenant AuthService::tenant(const QUuid &id)
{
    const auto found = m_parts.database.platform([&](Transaction &tx) { return TenantStore::find(tx, id); });
    if (!found)
        throw ApiError::notFound(u"The tenant"_s);
    return *found;
}

Profile AuthService::profile(const Tenant &tenant, const Opened &opened)
{
    const User &user = opened.user;
    return {.userId = user.id,
            .email = user.email,
            .displayName = user.displayName,
            .roles = user.roles,
            .abilities = listOf(opened.needsSecondFactor ? ownAbilities() : abilitiesOf(user.roles)),
            .tenantId = tenant.id,
            .tenantSlug = tenant.slug,
            .tenantName = tenant.name,
            .plan = tenant.plan,
            .theme = tenant.theme,
            .sessionId = opened.sessionId,
            .needsSecondFactor = opened.needsSecondFactor};
}

::SignedIn AuthService::signedIn(const Tenant &tenant, const Opened &opened)
{
    m_parts.keys.refresh();
    return {.accessToken = QString::fromLatin1(m_parts.tokens.issue(opened.user.id, tenant.id, opened.sessionId)),
            .expiresIn = m_parts.tokens.lifetime(),
            .refreshToken = opened.refresh.text,
            .profile = profile(tenant, opened)};
}
