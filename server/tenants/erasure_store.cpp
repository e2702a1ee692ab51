// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/erasure_store.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace ErasureStore {
namespace {

QString digestOf(const Erasure &erasure)
{
    QJsonObject told = json::object(json::print(erasure)); // members of an object are sorted
    told.remove(u"digest"_s);
    return QString::fromLatin1(QCryptographicHash::hash(json::print(told), QCryptographicHash::Sha256).toHex());
}

} // namespace

QList<Erasure> list(Transaction &platform, const std::optional<QUuid> &before, int limit)
{
    return platform.all<Erasure>(R"(
        SELECT id, tenant_id, slug, name, erased_by, erased_by_name, started_at, finished_at, row_counts, digest
        FROM erasures
        WHERE $1::uuid IS NULL OR id < $1
        ORDER BY id DESC
        LIMIT $2)",
                                 before, limit);
}

std::optional<Erasure> find(Transaction &platform, const QUuid &tenantId)
{
    return platform.maybe<Erasure>(R"(
        SELECT id, tenant_id, slug, name, erased_by, erased_by_name, started_at, finished_at, row_counts, digest
        FROM erasures
        WHERE tenant_id = $1)",
                                   tenantId);
}

void begin(Transaction &platform, const Tenant &tenant, const Caller &caller, const QJsonObject &rowCounts)
{
    platform.run(R"(
        INSERT INTO erasures (tenant_id, slug, name, erased_by, erased_by_name, row_counts)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (tenant_id) DO NOTHING)",
                 tenant.id, tenant.slug, tenant.name, caller.userId, caller.displayName, rowCounts);
}

Erasure finish(Transaction &platform, const QUuid &tenantId)
{
    platform.run("DELETE FROM queue WHERE tenant_id = $1", tenantId);
    platform.run("DELETE FROM tenants WHERE id = $1", tenantId);
    Erasure erasure = find(platform, tenantId).value();
    erasure.finishedAt = platform.one<QDateTime>("SELECT now()::timestamptz(3)");
    erasure.digest = digestOf(erasure);
    platform.run("UPDATE erasures SET finished_at = $2, digest = $3 WHERE tenant_id = $1", tenantId, erasure.finishedAt,
                 erasure.digest);
    return erasure;
}

} // namespace ErasureStore
