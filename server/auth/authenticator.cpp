// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/authenticator.h"

#include "server/auth/session_store.h"

using namespace std::chrono_literals;

namespace {

constexpr std::size_t mostRemembered = 50'000; // sessions
constexpr auto rememberedFor = 60s;

} // namespace

Authenticator::Authenticator(Database &database, AccessTokens &tokens, SigningKeys &keys, SessionWatch &watch,
                             PolicyBook &policies)
    : m_database(database),
      m_tokens(tokens),
      m_keys(keys),
      m_watch(watch),
      m_policies(policies),
      m_memory(mostRemembered)
{
    watch.subscribe([this](const QList<QUuid> &sessions) { forget(sessions); });
}

Caller Authenticator::authenticate(const QByteArray &token, const QByteArray &address)
{
    using Verdict = AccessTokens::Verdict;
    AccessTokens::Answer answer = m_tokens.verify(token);
    if (answer.verdict == Verdict::UnknownKey && m_keys.reload())
        answer = m_tokens.verify(token);
    if (answer.verdict != Verdict::Good)
        throw ApiError::unauthenticated();
    const auto memory = recall(answer.claims.sessionId);
    return admitted(memory ? memory->caller : read(answer.claims.tenantId, answer.claims.sessionId), answer.claims,
                    address);
}

Caller Authenticator::renewed(const Caller &caller)
{
    const auto memory = recall(caller.sessionId);
    const auto now = memory ? memory->caller : read(caller.tenantId, caller.sessionId);
    if (!now)
        throw ApiError::unauthenticated();
    Caller copy = *now;
    copy.address = caller.address;
    return copy;
}

std::optional<Caller> Authenticator::remembered(const QByteArray &token, const QByteArray &address)
{
    using Verdict = AccessTokens::Verdict;
    const AccessTokens::Answer answer = m_tokens.verify(token);
    if (answer.verdict == Verdict::UnknownKey)
        return std::nullopt;
    if (answer.verdict != Verdict::Good)
        throw ApiError::unauthenticated();
    const auto memory = recall(answer.claims.sessionId);
    if (!memory)
        return std::nullopt;
    return admitted(memory->caller, answer.claims, address);
}

Caller Authenticator::admitted(const std::shared_ptr<const Caller> &caller, const AccessClaims &claims,
                               const QByteArray &address)
{
    if (!caller || caller->userId != claims.userId || caller->tenantId != claims.tenantId)
        throw ApiError::unauthenticated();
    Caller copy = *caller;
    copy.address = address;
    return copy;
}

std::optional<Authenticator::Memory> Authenticator::recall(const QUuid &sessionId)
{
    const std::lock_guard lock(m_mutex);
    if (m_interruptions != m_watch.interruptions()) {
        m_interruptions = m_watch.interruptions();
        m_memory.clear();
        m_policies.forgetAll();
        ++m_changes;
    }
    const Memory *memory = m_watch.isComplete() ? m_memory.find(sessionId) : nullptr;
    if (!memory || std::chrono::steady_clock::now() - memory->readAt > rememberedFor)
        return std::nullopt;
    if (memory->caller && memory->caller->policyVersion != m_policies.version(memory->caller->tenantId))
        return std::nullopt;
    return *memory;
}

std::shared_ptr<const Caller> Authenticator::read(const QUuid &tenantId, const QUuid &sessionId)
{
    quint64 changesBefore = 0;
    {
        const std::lock_guard lock(m_mutex);
        changesBefore = m_changes;
    }
    if (!m_watch.isComplete())
        m_policies.forget({tenantId});
    const quint64 policyVersion = m_policies.version(tenantId);
    ++m_databaseReads;
    std::shared_ptr<const Caller> caller;
    try {
        caller = m_database.transaction({tenantId}, [&](Transaction &tx) -> std::shared_ptr<const Caller> {
            const auto living = SessionStore::findLiving(tx, sessionId);
            if (!living)
                return nullptr;
            Caller found;
            found.userId = living->userId;
            found.tenantId = tenantId;
            found.sessionId = sessionId;
            found.displayName = living->displayName;
            found.policyVersion = policyVersion;
            found.policy =
                m_policies.policyOf(tx, tenantId, PolicyBook::principalOf(tx, living->userId, living->roles));
            found.limits = m_policies.limitsOf(tx, tenantId);
            found.abilities = living->needsSecondFactor ? ownAbilities() : found.policy->abilities();
            found.needsSecondFactor = living->needsSecondFactor;
            return std::make_shared<const Caller>(std::move(found));
        });
    } catch (const ApiError &error) {
        if (error.status != 404)
            throw;
        // The tenant is gone, and its sessions with it.
    }
    const std::lock_guard lock(m_mutex);
    if (m_changes == changesBefore)
        m_memory.put(sessionId, {caller, std::chrono::steady_clock::now()});
    return caller;
}

void Authenticator::forget(const QList<QUuid> &sessions)
{
    const std::lock_guard lock(m_mutex);
    ++m_changes;
    for (const QUuid &id : sessions)
        m_memory.remove(id);
}
