// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/rerate_service.h"

#include "server/audit/audit_log.h"
#include "server/permissions/access.h"
#include "server/usage/price_store.h"
#include "server/usage/rerate_sum.h"
#include "shared/error.h"
#include "shared/usage/usage.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostRerateDays = 366;
constexpr int unpricedDays = 7;

void requireUsage(const Caller &caller)
{
    if (!caller.may(Ability::UsageRead))
        throw ApiError::forbidden(u"Over the own tenant this also needs the ability usage.read."_s);
    Access::requireVisible(caller, Ability::UsageRead, u"model"_s, {u"model"_s, u"costNanos"_s});
}

void requireWanted(const RerateService::IsWanted &isWanted)
{
    if (!isWanted())
        throw ApiError::conflict(u"Nobody waits for this answer any more."_s);
}

// As rules speak of it.
UsageRow recordOf(const RerateStore::Row &row)
{
    UsageRow record;
    record.day = row.calledAt.toUTC().date().toString(Qt::ISODate);
    record.model = row.model;
    record.userId = row.userId;
    record.userName = row.userName;
    record.templateId = row.templateId;
    record.templateName = row.templateName;
    record.keyId = row.keyId;
    record.keyName = row.keyName;
    return record;
}

void check(const RerateInput &input)
{
    if (input.from >= input.to)
        throw ApiError::invalid(u"/from"_s, u"must be before /to"_s);
    if (input.from.daysTo(input.to) > mostRerateDays)
        throw ApiError::invalid(u"/from"_s, u"must be at most %1 days before /to"_s.arg(mostRerateDays));
}

} // namespace

Rerating RerateService::rerate(const Caller &caller, const RerateInput &input, const IsWanted &isWanted,
                               const Take &take)
{
    check(input);
    const QUuid tenant = input.tenantId.value_or(caller.tenantId);
    const bool isOwn = tenant == caller.tenantId;
    if (!isOwn && !caller.may(Ability::PricesUpdate))
        throw ConcealedRefusal(ApiError::notFound(u"The tenant"_s));
    if (isOwn && !input.tenantId && !caller.may(Ability::UsageRead) && caller.may(Ability::PricesUpdate))
        throw ApiError::invalid(u"/tenantId"_s, u"must name the tenant whose calls are meant"_s);
    if (isOwn)
        requireUsage(caller);

    const QDateTime now = QDateTime::currentDateTimeUtc();
    const std::shared_ptr<const PriceBook> book = input.asOf ? m_database.platform([&](Transaction &tx) {
        return std::make_shared<const PriceBook>(PriceStore::allAsOf(tx, *input.asOf),
                                                 PriceStore::aliasesAsOf(tx, *input.asOf));
    })
                                                             : m_catalogue.current();
    const bool seesAll = !isOwn || Access::seesAll(caller, Ability::UsageRead);
    if (!isOwn) {
        const AuditEvent event{.action = AuditLog::actionOf(Ability::UsageRead),
                               .after = AuditJson::of(input),
                               .reason = u"What its calls would cost by the price book was computed."_s};
        m_database.transaction({tenant}, [&](Transaction &tx) { AuditLog::record(tx, caller, event); });
        m_database.platform([&](Transaction &tx) { AuditLog::record(tx, caller, event); });
    }

    Rerating rerating;
    rerating.from = input.from;
    rerating.to = input.to;
    rerating.asOf = input.asOf.value_or(now);
    RerateSum sum(*book);
    m_database.transaction({tenant}, [&](Transaction &tx) {
        tx.run("SET TRANSACTION READ ONLY");
        RerateStore::eachBatch(tx, input, [&](const QList<RerateStore::Row> &batch) {
            requireWanted(isWanted);
            for (const RerateStore::Row &row : batch) {
                if (!seesAll && !Access::may(caller, Ability::UsageRead, recordOf(row)))
                    continue;
                const auto differing = sum.add(row);
                if (!differing)
                    continue;
                if (rerating.calls.size() < input.limit)
                    rerating.calls.append(*differing);
                if (take)
                    take(*differing);
            }
        });
    });
    rerating.models = sum.models();
    rerating.total = sum.total();
    rerating.hasMore = rerating.total.differingCalls > rerating.calls.size();
    return rerating;
}

UnpricedModels RerateService::unpriced(const Caller &caller, const IsWanted &isWanted)
{
    if (caller.may(Ability::PricesUpdate))
        return unpricedOfAll(isWanted);
    requireUsage(caller);
    UnpricedModels models;
    models.since = QDateTime::currentDateTimeUtc().addDays(-unpricedDays);
    const database::Fragment rows = Access::rows<UsageRow>(caller, Ability::UsageRead);
    const auto found = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return RerateStore::unpriced(tx, models.since, rows); });
    for (const RerateStore::Unpriced &one : found)
        models.items.append({one.model, one.calls, one.lastCalledAt, 1});
    keepUnknown(models);
    return models;
}

UnpricedModels RerateService::unpricedOfAll(const IsWanted &isWanted)
{
    const auto now = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(m_mutex);
        if (m_ofAll && now - m_readAt < 1min) {
            UnpricedModels models = *m_ofAll;
            keepUnknown(models);
            return models;
        }
    }
    UnpricedModels models;
    models.since = QDateTime::currentDateTimeUtc().addDays(-unpricedDays);
    QHash<QString, UnpricedModel> sums;
    const auto everyRow = database::Fragment::of({"TRUE"});
    for (const QUuid &tenant : m_database.platform(RerateStore::tenants)) {
        requireWanted(isWanted);
        QList<RerateStore::Unpriced> found;
        try {
            found = m_database.transaction(
                {tenant}, [&](Transaction &tx) { return RerateStore::unpriced(tx, models.since, everyRow); });
        } catch (const ApiError &error) {
            if (error.status != 404) // erased meanwhile
                throw;
        }
        for (const RerateStore::Unpriced &one : std::as_const(found)) {
            UnpricedModel &sum = sums[one.model];
            sum.model = one.model;
            sum.calls += one.calls;
            sum.lastCalledAt =
                sum.lastCalledAt.isValid() ? std::max(sum.lastCalledAt, one.lastCalledAt) : one.lastCalledAt;
            ++sum.tenants;
        }
    }
    models.items = sums.values();
    std::sort(models.items.begin(), models.items.end(), [](const UnpricedModel &a, const UnpricedModel &b) {
        return std::tuple(-a.calls, a.model) < std::tuple(-b.calls, b.model);
    });
    {
        const std::lock_guard lock(m_mutex);
        m_ofAll = models;
        m_readAt = now;
    }
    keepUnknown(models);
    return models;
}

void RerateService::keepUnknown(UnpricedModels &models)
{
    const auto book = m_catalogue.current();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    models.items.removeIf([&](const UnpricedModel &one) {
        return book->find(one.model.section(u'/', 0, 0), one.model.section(u'/', 1), now) != nullptr;
    });
}
