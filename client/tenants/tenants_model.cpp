// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/tenants_model.h"

#include "client/permissions/permission_words.h"
#include "client/tenants/tenant_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<Tenant>> tenantColumns()
{
    QList<TableColumn<Tenant>> columns{
        column<Tenant>(u"name"_s, {}, &Tenant::name, CellKind::Strong, 200),
        column<Tenant>(u"slug"_s, {}, &Tenant::slug, CellKind::Mono, 150),
        column<Tenant>(u"plan"_s, {}, &Tenant::plan, CellKind::Text, 130),
        column<Tenant>(
            u"status"_s, {}, [](const Tenant &one) { return lookOf(one.status).label; }, CellKind::Status, 120),
        column<Tenant>(
            u"limits"_s, {}, [](const Tenant &one) { return shownLimits(one.limits); }, CellKind::Muted, 180),
        column<Tenant>(
            u"since"_s, {}, [](const Tenant &one) { return one.createdAt; },
            [](const Tenant &one) { return amounts::moment(one.createdAt); }, CellKind::Muted, 140)};
    columns[0].stretches = true;
    columns[3].extra = [](const Tenant &one) { return QVariant::fromValue(lookOf(one.status)); };
    columns[3].choices = [] {
        return QList<StatusLook>{lookOf(TenantStatus::Active), lookOf(TenantStatus::Suspended)};
    };
    return columns;
}

QString shownSubjects(const Plan &plan)
{
    if (!plan.subjects)
        return PlansModel::tr("everything", "that a plan allows");
    QStringList names;
    for (const QString &subject : *plan.subjects)
        names << shownSubject(subject);
    return names.isEmpty() ? PlansModel::tr("nothing", "that a plan allows") : names.join(u", "_s);
}

QList<TableColumn<PlanRow>> planColumns()
{
    QList<TableColumn<PlanRow>> columns{
        column<PlanRow>(
            u"name"_s, {}, [](const PlanRow &one) { return one.plan.name; }, CellKind::Strong, 150),
        column<PlanRow>(
            u"description"_s, {}, [](const PlanRow &one) { return one.plan.description; }, CellKind::Muted, 200),
        column<PlanRow>(
            u"subjects"_s, {}, [](const PlanRow &one) { return shownSubjects(one.plan); }, CellKind::Text, 240),
        column<PlanRow>(
            u"limits"_s, {}, [](const PlanRow &one) { return shownLimits(one.plan.limits); }, CellKind::Text, 240),
        column<PlanRow>(
            u"tenants"_s, {}, [](const PlanRow &one) { return one.plan.tenants; }, CellKind::Number, 90)};
    columns[2].stretches = true;
    return columns;
}

QList<TableColumn<Erasure>> erasureColumns()
{
    QList<TableColumn<Erasure>> columns{
        column<Erasure>(u"name"_s, {}, &Erasure::name, CellKind::Strong, 200),
        column<Erasure>(u"slug"_s, {}, &Erasure::slug, CellKind::Mono, 150),
        column<Erasure>(
            u"state"_s, {}, [](const Erasure &one) { return lookOf(one).label; }, CellKind::Status, 120),
        column<Erasure>(u"by"_s, {}, &Erasure::erasedByName, CellKind::Text, 150),
        column<Erasure>(
            u"rows"_s, {}, [](const Erasure &one) { return rowsOf(one); }, CellKind::Number, 100),
        column<Erasure>(
            u"at"_s, {}, [](const Erasure &one) { return one.startedAt; },
            [](const Erasure &one) { return amounts::moment(one.startedAt); }, CellKind::Muted, 140)};
    columns[0].stretches = true;
    columns[2].extra = [](const Erasure &one) { return QVariant::fromValue(lookOf(one)); };
    columns[2].choices = [] {
        Erasure finished;
        finished.finishedAt = QDateTime();
        return QList<StatusLook>{lookOf(finished), lookOf(Erasure())};
    };
    return columns;
}

} // namespace

TenantsModel::TenantsModel(QObject *parent) : TableModel(tenantColumns(), parent) { retranslate(); }

void TenantsModel::retranslate()
{
    setTitles({tr("Name"), tr("Slug"), tr("Plan"), tr("Status"), tr("Limits of its own"), tr("Since")});
}

PlansModel::PlansModel(QObject *parent) : TableModel(planColumns(), parent) { retranslate(); }

void PlansModel::retranslate()
{
    setTitles({tr("Name"), tr("Description"), tr("May use"), tr("Limits"), tr("Tenants")});
}

ErasuresModel::ErasuresModel(QObject *parent) : TableModel(erasureColumns(), parent) { retranslate(); }

void ErasuresModel::retranslate()
{
    setTitles({tr("Name"), tr("Slug"), tr("State"), tr("Erased by"), tr("Rows"), tr("When")});
}

StatusLook lookOf(const Erasure &erasure)
{
    return erasure.finishedAt
        ? StatusLook{Tone::Success, u"circle-check"_s, ErasuresModel::tr("Finished", "an erasure")}
        : StatusLook{Tone::Warning, u"triangle-alert"_s, ErasuresModel::tr("Cut off", "an erasure")};
}

qint64 rowsOf(const Erasure &erasure)
{
    qint64 rows = 0;
    for (const QJsonValue &count : erasure.rowCounts)
        rows += count.toInteger();
    return rows;
}
