// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_key_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/gateway/gateway_key_book.h"
#include "server/permissions/access.h"
#include "server/permissions/permission_rules.h"
#include "server/users/user_store.h"
#include "shared/id.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

ApiError noKey() { return ApiError::notFound(u"The gateway key"_s); }

void checkModels(const std::optional<QList<QString>> &models, QList<json::Problem> &problems)
{
    static const QRegularExpression form(u"^[a-z0-9-]{1,40}/(\\*|[^\\s*]{1,160})$"_s);
    for (qsizetype i = 0; models && i < models->size(); ++i)
        if (!form.match(models->at(i)).hasMatch())
            problems.append({u"/models/%1"_s.arg(i),
                             u"must be provider/model, such as openai/gpt-5, or provider/* for all of one"_s});
}

void checkExpiry(const std::optional<QDateTime> &expiresAt, QList<json::Problem> &problems)
{
    if (expiresAt && *expiresAt <= QDateTime::currentDateTimeUtc())
        problems.append({u"/expiresAt"_s, u"must be in the future"_s});
}

void checkName(const std::optional<QString> &name, QList<json::Problem> &problems)
{
    if (name && name->trimmed().isEmpty())
        problems.append({u"/name"_s, u"must hold more than spaces"_s});
}

void refuse(const QList<json::Problem> &problems)
{
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

// The key as it is now, until the transaction ends, if the caller may do that to it.
GatewayKey locked(Transaction &tx, const Caller &caller, Ability ability, const QUuid &id,
                  const std::optional<qint64> &revision)
{
    const GatewayKey key = Access::readable(caller, Ability::GatewayKeysRead, GatewayKeyStore::lock(tx, id), noKey());
    Access::require(caller, ability, key);
    if (revision && *revision != key.revision)
        throw ApiError::changed(u"The gateway key"_s);
    return key;
}

void requireLiving(const GatewayKey &key)
{
    if (key.revokedAt)
        throw ApiError::conflict(u"This key was revoked, which is for good. Make another one."_s);
}

// Whoever holds a key has the rights of its owner: so nobody makes one that can do more than they can.
void requireOwner(Transaction &tx, const Caller &caller, const QUuid &ownerId)
{
    if (ownerId == caller.userId)
        return;
    const auto owner = UserStore::find(tx, ownerId);
    if (!owner || !Access::may(caller, Ability::UsersRead, *owner))
        throw ApiError::invalid({{u"/ownerId"_s, u"names nobody of this tenant"_s}});
    PermissionRules::checkManages(tx, caller, *owner);
}

void note(Transaction &tx, const Caller &caller, Ability ability, const GatewayKey &key,
          const std::optional<GatewayKey> &before, const QString &reason = {})
{
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {key.id, key.name}, .reason = reason};
    if (before)
        event.before = AuditJson::of(*before);
    event.after = AuditJson::of(key);
    AuditLog::record(tx, caller, std::move(event));
}

} // namespace

GatewayKeyService::Made GatewayKeyService::makeSecret(const QUuid &tenantId, const QUuid &keyId) const
{
    const TenantTokens::Made made = m_tokens.make(tenantId, keyId);
    return {{made.hash, made.text.left(10) + u'…' + made.text.right(4)}, made.text};
}

Page<GatewayKey> GatewayKeyService::list(const Caller &caller, const GatewayKeyFilter &filter)
{
    if (filter.search)
        Access::requireVisible(caller, Ability::GatewayKeysRead, u"search"_s, {u"name"_s});
    if (filter.status)
        Access::requireVisible(caller, Ability::GatewayKeysRead, u"status"_s, {u"status"_s});
    if (filter.ownerId)
        Access::requireVisible(caller, Ability::GatewayKeysRead, u"ownerId"_s, {u"ownerId"_s});
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->at(0)))->isNull())
            cursor::refuse();
    Page<GatewayKey> page;
    const database::Fragment rows = Access::rows<GatewayKey>(caller, Ability::GatewayKeysRead);
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return GatewayKeyStore::list(tx, filter, before, limit + 1, rows); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

GatewayKey GatewayKeyService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return Access::readable(caller, Ability::GatewayKeysRead, GatewayKeyStore::find(tx, id), noKey());
    });
}

MadeGatewayKey GatewayKeyService::create(const Caller &caller, const NewGatewayKey &input)
{
    QList<json::Problem> problems;
    checkName(input.name, problems);
    checkModels(input.models, problems);
    checkExpiry(input.expiresAt, problems);
    refuse(problems);
    const QUuid id = newId();
    const QUuid ownerId = input.ownerId.value_or(caller.userId);
    const Made secret = makeSecret(caller.tenantId, id);
    MadeGatewayKey made = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        requireOwner(tx, caller, ownerId);
        if (GatewayKeyStore::living(tx) >= most)
            throw ApiError::conflict(u"A tenant has at most %1 gateway keys. Revoke one first."_s.arg(most));
        GatewayKeyStore::insert(tx, id, input.name.trimmed(), ownerId, input.models.value_or(QList<QString>()),
                                input.expiresAt, secret.stored);
        const GatewayKey key = GatewayKeyStore::find(tx, id).value();
        Access::requireNew(caller, Ability::GatewayKeysCreate, key, input);
        note(tx, caller, Ability::GatewayKeysCreate, key, {});
        return MadeGatewayKey{key, secret.text};
    });
    m_book.forget(caller.tenantId);
    return made;
}

GatewayKey GatewayKeyService::update(const Caller &caller, const QUuid &id, qint64 revision,
                                     const GatewayKeyChange &change)
{
    QList<json::Problem> problems;
    checkName(change.name, problems);
    checkModels(change.models, problems);
    checkExpiry(change.expiresAt, problems);
    if (change.expiresAt && change.neverExpires == true)
        problems.append({u"/neverExpires"_s, u"cannot stand beside expiresAt"_s});
    refuse(problems);
    const GatewayKey after = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewayKey before = locked(tx, caller, Ability::GatewayKeysUpdate, id, revision);
        Access::requireFields(caller, Ability::GatewayKeysUpdate, before, change);
        requireLiving(before);
        requireOwner(tx, caller, before.ownerId);
        GatewayKey key = before;
        key.name = change.name.value_or(key.name).trimmed();
        key.models = change.models.value_or(key.models);
        key.expiresAt = change.neverExpires == true ? std::nullopt
            : change.expiresAt                      ? change.expiresAt
                                                    : key.expiresAt;
        GatewayKeyStore::update(tx, key);
        key = GatewayKeyStore::find(tx, id).value();
        Access::require(caller, Ability::GatewayKeysUpdate, key);
        note(tx, caller, Ability::GatewayKeysUpdate, key, before);
        return key;
    });
    m_book.forget(caller.tenantId);
    return after;
}

MadeGatewayKey GatewayKeyService::rotate(const Caller &caller, const QUuid &id, const GatewayKeyRotation &input)
{
    constexpr int aDay = 1440;
    const int overlap = input.overlapMinutes.value_or(aDay);
    const Made secret = makeSecret(caller.tenantId, id);
    MadeGatewayKey made = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewayKey before = locked(tx, caller, Ability::GatewayKeysUpdate, id, {});
        requireLiving(before);
        requireOwner(tx, caller, before.ownerId);
        const auto until =
            overlap > 0 ? std::optional(QDateTime::currentDateTimeUtc().addSecs(overlap * 60)) : std::nullopt;
        GatewayKeyStore::rotate(tx, id, secret.stored, until);
        const GatewayKey key = GatewayKeyStore::find(tx, id).value();
        note(tx, caller, Ability::GatewayKeysUpdate, key, before, u"The secret was rotated."_s);
        return MadeGatewayKey{key, secret.text};
    });
    m_book.forget(caller.tenantId);
    return made;
}

void GatewayKeyService::revoke(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewayKey before = locked(tx, caller, Ability::GatewayKeysDelete, id, revision);
        if (before.revokedAt)
            return;
        GatewayKeyStore::revoke(tx, id);
        note(tx, caller, Ability::GatewayKeysDelete, GatewayKeyStore::find(tx, id).value(), before);
    });
    m_book.forget(caller.tenantId);
}
