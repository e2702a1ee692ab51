// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_key_book.h"

#include "server/database/listener.h"
#include "server/security/random.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ApiError refused(const QString &reason)
{
    ApiError error = ApiError::unauthenticated();
    error.code = u"invalid_api_key"_s;
    error.detail = reason;
    return error;
}

constexpr qsizetype longestSecret = 512;

} // namespace

Caller GatewayCaller::asking(const Caller &stranger) const
{
    Caller copy = caller;
    copy.address = stranger.address;
    copy.requestId = stranger.requestId;
    return copy;
}

void GatewayCaller::requireCalls() const
{
    if (!caller.may(Ability::GatewayCall))
        throw ApiError::forbidden(
            u"The owner of this gateway key, or a rule about it, does not allow calls of models (the ability %1)."_s
                .arg(json::name(Ability::GatewayCall)));
}

TenantTokens::Read GatewayKeyBook::read(const QByteArray &secret) const
{
    if (secret.isEmpty())
        throw refused(
            u"Send a gateway key as “Authorization: Bearer …”, “x-api-key”, “x-goog-api-key” or “api-key”."_s);
    const auto token = secret.size() <= longestSecret ? m_tokens.read(QString::fromLatin1(secret)) : std::nullopt;
    if (!token)
        throw refused(u"This is no gateway key of this server. Keys begin with “patio_key_” and are made by an "
                      "administrator of your tenant."_s);
    return *token;
}

GatewayKeyBook::Found GatewayKeyBook::authenticate(const QByteArray &secret)
{
    const TenantTokens::Read token = read(secret);
    const auto entry = known(token);
    return admitted(entry ? *entry : *ask(token), token);
}

GatewayKeyBook::Found GatewayKeyBook::remembered(const QByteArray &secret)
{
    const TenantTokens::Read token = read(secret);
    const auto entry = known(token);
    return entry ? admitted(*entry, token) : nullptr;
}

std::shared_ptr<const GatewayKeyBook::Entry> GatewayKeyBook::known(const TenantTokens::Read &token)
{
    const std::lock_guard lock(m_mutex);
    const auto *entry = m_entries.find(token.id);
    if (!entry || (*entry)->change != m_changes.value(token.tenantId) + m_everyChange
        || (!m_isComplete && Clock::now() - (*entry)->readAt > 1s)
        || (*entry)->policyVersion != m_policies.version(token.tenantId))
        return nullptr;
    return *entry;
}

std::shared_ptr<const GatewayKeyBook::Entry> GatewayKeyBook::ask(const TenantTokens::Read &token)
{
    auto entry = std::make_shared<Entry>();
    {
        const std::lock_guard lock(m_mutex);
        entry->change = m_changes.value(token.tenantId) + m_everyChange;
    }
    if (!m_isComplete)
        m_policies.forget({token.tenantId});
    entry->policyVersion = m_policies.version(token.tenantId);
    entry->readAt = Clock::now();
    ++m_databaseReads;
    try {
        m_database.transaction({token.tenantId}, [&](Transaction &tx) {
            entry->access = GatewayKeyStore::access(tx, token.id);
            if (!entry->access)
                return;
            permissions::Principal principal =
                PolicyBook::principalOf(tx, entry->access->ownerId, entry->access->ownerRoles);
            principal.gatewayKeyId = token.id;
            auto found = std::make_shared<GatewayCaller>();
            found->keyId = token.id;
            found->keyName = entry->access->name;
            found->models = entry->access->models;
            Caller &caller = found->caller;
            caller.userId = entry->access->ownerId;
            caller.tenantId = token.tenantId;
            caller.displayName = entry->access->ownerName;
            caller.policyVersion = entry->policyVersion;
            caller.policy = m_policies.policyOf(tx, token.tenantId, principal);
            caller.limits = m_policies.limitsOf(tx, token.tenantId);
            caller.abilities = caller.policy->abilities();
            entry->found = std::move(found);
        });
    } catch (const ApiError &error) {
        if (error.status != 404) // the tenant is gone, and its keys with it
            throw;
    }
    const std::lock_guard lock(m_mutex);
    m_entries.put(token.id, entry);
    return entry;
}

GatewayKeyBook::Found GatewayKeyBook::admitted(const Entry &entry, const TenantTokens::Read &token)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto &access = entry.access;
    const bool isPresent = access && security::equal(access->hash, token.hash);
    const bool isFormer =
        access && !isPresent && access->formerHash && security::equal(*access->formerHash, token.hash);
    if (!isPresent && !isFormer)
        throw refused(u"This gateway key is not known any more: it was replaced, or removed with its owner."_s);
    if (isFormer && *access->formerUntil <= now)
        throw refused(u"This secret of the key “%1” was replaced by another one."_s.arg(access->name));
    if (access->isRevoked)
        throw refused(u"The gateway key “%1” was revoked."_s.arg(access->name));
    if (access->expiresAt && *access->expiresAt <= now)
        throw refused(u"The gateway key “%1” expired at %2."_s.arg(access->name,
                                                                   access->expiresAt->toUTC().toString(Qt::ISODate)));
    if (!access->tenantIsActive)
        throw refused(u"The tenant of this gateway key is suspended."_s);
    if (access->ownerStatus != UserStatus::Active)
        throw refused(u"The owner of the gateway key “%1” is suspended."_s.arg(access->name));
    return entry.found;
}

void GatewayKeyBook::forget(const QUuid &tenantId)
{
    const std::lock_guard lock(m_mutex);
    ++m_changes[tenantId];
}

void GatewayKeyBook::follow(Listener &listener)
{
    const auto start = [this](bool isComplete) {
        const std::lock_guard lock(m_mutex);
        ++m_everyChange; // announcements may have been missed
        m_isComplete = isComplete;
    };
    QObject::connect(&listener, &Listener::reconnected, &listener, [start] { start(true); });
    QObject::connect(&listener, &Listener::disconnected, &listener, [start] { start(false); });
    QObject::connect(&listener, &Listener::notified, &listener, [this](const QString &name, const QString &payload) {
        if (name == QLatin1StringView(channel))
            forget(QUuid::fromString(payload));
    });
}
