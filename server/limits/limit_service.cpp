// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/limit_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/gateway/gateway_key_store.h"
#include "server/limits/counter.h"
#include "server/limits/limit_book.h"
#include "server/limits/limit_store.h"
#include "server/permissions/access.h"
#include "server/users/user_store.h"
#include "shared/id.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

void checkLimit(const NewGatewayLimit &input)
{
    static const QRegularExpression modelForm(u"^[a-z0-9-]{1,40}/(\\*|[^\\s*]{1,160})$"_s);
    QList<json::Problem> problems;
    if (input.subjectId && input.subject != LimitSubject::Key && input.subject != LimitSubject::User)
        problems.append({u"/subjectId"_s, u"goes with the subjects key and user alone"_s});
    if (input.model && input.subject != LimitSubject::Model)
        problems.append({u"/model"_s, u"goes with the subject model alone"_s});
    else if (input.model && !modelForm.match(*input.model).hasMatch())
        problems.append({u"/model"_s, u"must be provider/model, such as openai/gpt-5, or provider/* for all of one"_s});
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

// That what it counts is there for the caller to see.
void requireSubject(Transaction &tx, const Caller &caller, const NewGatewayLimit &input)
{
    if (!input.subjectId)
        return;
    if (input.subject == LimitSubject::Key) {
        const auto key = GatewayKeyStore::find(tx, *input.subjectId);
        if (!key || !Access::may(caller, Ability::GatewayKeysRead, *key))
            throw ApiError::invalid(u"/subjectId"_s, u"names no gateway key of this tenant"_s);
    } else {
        const auto user = UserStore::find(tx, *input.subjectId);
        if (!user || !Access::may(caller, Ability::UsersRead, *user))
            throw ApiError::invalid(u"/subjectId"_s, u"names nobody of this tenant"_s);
    }
}

GatewayLimit there(std::optional<GatewayLimit> limit)
{
    if (!limit)
        throw ApiError::notFound(u"The limit"_s);
    return *std::move(limit);
}

GatewayLimit locked(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision)
{
    GatewayLimit limit = there(LimitStore::lock(tx, id));
    if (revision && *revision != limit.revision)
        throw ApiError::changed(u"The limit"_s);
    return limit;
}

void note(Transaction &tx, const Caller &caller, Ability ability, const std::optional<GatewayLimit> &before,
          const std::optional<GatewayLimit> &after)
{
    const GatewayLimit &shown = after ? *after : *before;
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {shown.id, limits::nameOf(shown)}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, std::move(event));
}

} // namespace

void LimitService::fillUsed(const Caller &caller, QList<GatewayLimit> &limits)
{
    QList<GatewayLimit *> asked;
    QList<limits::CounterKey> keys;
    for (GatewayLimit &limit : limits) {
        if (const auto key = limits::LimitRules::counterOf(limit)) {
            asked.append(&limit);
            keys.append(*key);
        }
    }
    if (keys.isEmpty())
        return;
    const QList<std::optional<qint64>> used = m_counter.used(caller.tenantId, keys);
    for (qsizetype i = 0; i < asked.size(); ++i)
        asked[i]->used = used[i];
}

Page<GatewayLimit> LimitService::list(const Caller &caller, const GatewayLimitFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->at(0)))->isNull())
            cursor::refuse();
    Page<GatewayLimit> page;
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return LimitStore::list(tx, filter, before, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    fillUsed(caller, page.items);
    return page;
}

GatewayLimit LimitService::get(const Caller &caller, const QUuid &id)
{
    QList<GatewayLimit> found{
        m_database.transaction(caller.scope(), [&](Transaction &tx) { return there(LimitStore::find(tx, id)); })};
    fillUsed(caller, found);
    return found.first();
}

GatewayLimit LimitService::create(const Caller &caller, const NewGatewayLimit &input)
{
    checkLimit(input);
    const QUuid id = newId();
    QList<GatewayLimit> made{m_database.transaction(caller.scope(), [&](Transaction &tx) {
        requireSubject(tx, caller, input);
        if (LimitStore::count(tx) >= most)
            throw ApiError::conflict(u"A tenant has at most %1 limits. Remove one first."_s.arg(most));
        LimitStore::insert(tx, id, input);
        const GatewayLimit limit = LimitStore::find(tx, id).value();
        note(tx, caller, Ability::GatewayLimitsCreate, {}, limit);
        return limit;
    })};
    m_book.forget(caller.tenantId);
    fillUsed(caller, made);
    return made.first();
}

GatewayLimit LimitService::update(const Caller &caller, const QUuid &id, qint64 revision,
                                  const GatewayLimitChange &change)
{
    QList<GatewayLimit> changed{m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewayLimit before = locked(tx, id, revision);
        LimitStore::update(tx, id, change.amount);
        const GatewayLimit after = LimitStore::find(tx, id).value();
        note(tx, caller, Ability::GatewayLimitsUpdate, before, after);
        return after;
    })};
    m_book.forget(caller.tenantId);
    fillUsed(caller, changed);
    return changed.first();
}

void LimitService::remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const GatewayLimit before = locked(tx, id, revision);
        LimitStore::remove(tx, id);
        note(tx, caller, Ability::GatewayLimitsDelete, before, {});
    });
    m_book.forget(caller.tenantId);
}
