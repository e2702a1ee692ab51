// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/session_opener.h"

#include "server/audit/audit_log.h"
#include "server/auth/second_factor_store.h"
#include "server/auth/session_store.h"
#include "server/tenants/tenant_store.h"
#include "server/users/user_store.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int mostSessions = 1000; // of one user; the longest unused makes room

QList<Ability> listOf(const Abilities &abilities)
{
    QList<Ability> list;
    for (std::size_t i = 0; i < abilities.size(); ++i)
        if (abilities.test(i))
            list.append(Ability(i));
    return list;
}

} // namespace

std::optional<SessionOpener::Opened> SessionOpener::open(Transaction &tx, Caller who, const QString &device) const
{
    who.sessionId = newId();
    auto opened =
        present(tx, who.tenantId, who.userId, who.sessionId, m_parts.refreshTokens.make(who.tenantId, who.sessionId));
    if (!opened)
        return std::nullopt;
    SessionStore::forgetOld(tx, who.userId);
    SessionStore::insert(tx,
                         {.id = who.sessionId,
                          .userId = who.userId,
                          .refreshHash = opened->refresh.hash,
                          .device = device,
                          .address = QString::fromLatin1(who.address),
                          .lifetime = lifetime});
    AuditLog::record(
        tx, who, {.action = action, .subject = {who.sessionId, device}, .after = QJsonObject{{u"device"_s, device}}});
    opened->ended = SessionStore::endBeyond(tx, who.userId, mostSessions);
    SessionWatch::announce(tx, opened->ended);
    return opened;
}

std::optional<SessionOpener::Opened> SessionOpener::present(Transaction &tx, const QUuid &tenantId, const QUuid &userId,
                                                            const QUuid &sessionId, const RefreshTokens::Made &refresh)
{
    const auto user = UserStore::find(tx, userId);
    if (!user)
        return std::nullopt;
    return Opened{.tenantId = tenantId,
                  .user = *user,
                  .sessionId = sessionId,
                  .needsSecondFactor = SecondFactorStore::isMissing(tx, userId),
                  .refresh = refresh,
                  .ended = {}};
}

::SignedIn SessionOpener::signedIn(const Opened &opened) const
{
    m_parts.watch.apply(opened.ended);
    m_parts.keys.refresh();
    return {.accessToken = QString::fromLatin1(m_parts.tokens.issue(opened.user.id, opened.tenantId, opened.sessionId)),
            .expiresIn = m_parts.tokens.lifetime(),
            .refreshToken = opened.refresh.text,
            .profile = profile(opened)};
}

Profile SessionOpener::profile(const Opened &opened) const
{
    const auto tenant =
        m_parts.database.platform([&](Transaction &tx) { return TenantStore::find(tx, opened.tenantId); });
    if (!tenant)
        throw ApiError::unauthenticated(); // gone in this very moment
    const User &user = opened.user;
    const auto policy = m_parts.database.transaction({opened.tenantId}, [&](Transaction &tx) {
        return m_parts.policies.policyOf(tx, opened.tenantId, PolicyBook::principalOf(tx, user.id, user.roles));
    });
    return {.userId = user.id,
            .email = user.email,
            .displayName = user.displayName,
            .locale = user.locale,
            .timeZone = user.timeZone,
            .roles = user.roles,
            .abilities = listOf(opened.needsSecondFactor ? ownAbilities() : policy->abilities()),
            .tenantId = tenant->id,
            .tenantSlug = tenant->slug,
            .tenantName = tenant->name,
            .plan = tenant->plan,
            .theme = tenant->theme,
            .sessionId = opened.sessionId,
            .needsSecondFactor = opened.needsSecondFactor,
            .revision = user.revision};
}
