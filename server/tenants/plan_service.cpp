// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/plan_service.h"

#include "server/audit/audit_log.h"
#include "server/tenants/plan_store.h"
#include "shared/error.h"
#include "shared/permissions/subject.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

ApiError noPlan() { return ApiError::notFound(u"The plan"_s); }

void check(const std::optional<QList<QString>> &subjects, QList<json::Problem> problems = {})
{
    for (qsizetype i = 0; subjects && i < subjects->size(); ++i) {
        const QString pointer = u"/subjects/%1"_s.arg(i);
        if (!findSubject(subjects->at(i)))
            problems.append({pointer, u"is no subject; GET /api/v1/permissions/catalogue lists them"_s});
        else if (subjects->indexOf(subjects->at(i)) < i)
            problems.append({pointer, u"stands more than once"_s});
    }
    if (!problems.isEmpty())
        throw ApiError::invalid(std::move(problems));
}

Plan found(Transaction &tx, const QString &name)
{
    const auto plan = PlanStore::find(tx, name);
    return plan ? *plan : throw noPlan();
}

void record(Transaction &tx, const Caller &caller, const QString &name, const std::optional<Plan> &before,
            const std::optional<Plan> &after)
{
    AuditEvent event{.action = AuditLog::actionOf(Ability::TenantsUpdate)};
    event.subject.id = name;
    event.subject.label = u"Plan "_s + name;
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, event);
}

} // namespace

PlanList PlanService::list()
{
    return {m_database.platform([](Transaction &tx) { return PlanStore::list(tx); })};
}

Plan PlanService::get(const QString &name)
{
    return m_database.platform([&](Transaction &tx) { return found(tx, name); });
}

Plan PlanService::create(const Caller &caller, const NewPlan &input)
{
    static const QRegularExpression form(u"^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$"_s);
    QList<json::Problem> problems;
    if (!form.match(input.name).hasMatch())
        problems.append({u"/name"_s, u"must be lower-case letters, digits and hyphens, such as small-team"_s});
    check(input.subjects, std::move(problems));
    QList<QUuid> tenants; // a name that they had before there was a plan of it
    const Plan made = m_database.platform([&](Transaction &tx) {
        PlanStore::insert(tx, input);
        const Plan made = found(tx, input.name);
        record(tx, caller, made.name, std::nullopt, made);
        tenants = PlanStore::tenantsOn(tx, made.name);
        for (const QUuid &tenant : tenants)
            PermissionWatch::announce(tx, tenant);
        return made;
    });
    m_watch.apply(tenants);
    return made;
}

Plan PlanService::replace(const Caller &caller, const QString &name, qint64 revision, const PlanChange &change)
{
    check(change.subjects);
    QList<QUuid> tenants;
    const Plan after = m_database.platform([&](Transaction &tx) {
        const Plan before = found(tx, name);
        if (!PlanStore::replace(tx, name, revision, change))
            throw ApiError::changed(u"The plan"_s);
        const Plan after = found(tx, name);
        record(tx, caller, name, before, after);
        tenants = PlanStore::tenantsOn(tx, name);
        for (const QUuid &tenant : tenants)
            PermissionWatch::announce(tx, tenant);
        return after;
    });
    m_watch.apply(tenants);
    return after;
}

void PlanService::remove(const Caller &caller, const QString &name, const std::optional<qint64> &revision)
{
    m_database.platform([&](Transaction &tx) {
        if (!PlanStore::lock(tx, name))
            throw noPlan();
        const Plan before = found(tx, name);
        if (before.tenants > 0)
            throw ApiError::conflict(
                u"%1 tenants are on this plan. Put them on another one first."_s.arg(before.tenants));
        if (!PlanStore::remove(tx, name, revision))
            throw ApiError::changed(u"The plan"_s);
        record(tx, caller, name, before, std::nullopt);
    });
}
