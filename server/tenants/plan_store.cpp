// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/plan_store.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace PlanStore {

QList<Plan> list(Transaction &platform)
{
    return platform.all<Plan>(R"(
        SELECT name, description, subjects, limits, (SELECT count(*) FROM tenants WHERE plan = plans.name) AS tenants,
               created_at, updated_at, revision
        FROM plans
        ORDER BY name)");
}

std::optional<Plan> find(Transaction &platform, const QString &name)
{
    return platform.maybe<Plan>(R"(
        SELECT name, description, subjects, limits, (SELECT count(*) FROM tenants WHERE plan = plans.name) AS tenants,
               created_at, updated_at, revision
        FROM plans
        WHERE name = $1)",
                                name);
}

bool hold(Transaction &platform, const QString &name)
{
    return platform.run("SELECT FROM plans WHERE name = $1 FOR SHARE", name) == 1;
}

bool lock(Transaction &platform, const QString &name)
{
    return platform.run("SELECT FROM plans WHERE name = $1 FOR UPDATE", name) == 1;
}

void insert(Transaction &platform, const NewPlan &input)
try {
    platform.run("INSERT INTO plans (name, description, subjects, limits) VALUES ($1, $2, $3, $4)", input.name,
                 input.description.value_or(QString()), input.subjects, input.limits.value_or(TenantLimits()));
} catch (const pqxx::unique_violation &) {
    ApiError error = ApiError::conflict(u"There is already a plan called “%1”."_s.arg(input.name));
    error.errors = {{u"/name"_s, u"is taken"_s}};
    throw error;
}

bool replace(Transaction &platform, const QString &name, qint64 revision, const PlanChange &change)
{
    return platform.run(R"(
        UPDATE plans
        SET description = $3, subjects = $4, limits = $5
        WHERE name = $1 AND revision = $2)",
                        name, revision, change.description, change.subjects, change.limits)
        == 1;
}

bool remove(Transaction &platform, const QString &name, const std::optional<qint64> &revision)
{
    return platform.run("DELETE FROM plans WHERE name = $1 AND ($2::bigint IS NULL OR revision = $2)", name, revision)
        == 1;
}

QList<QUuid> tenantsOn(Transaction &platform, const QString &name)
{
    return platform.all<QUuid>("SELECT id FROM tenants WHERE plan = $1 ORDER BY id", name);
}

} // namespace PlanStore
