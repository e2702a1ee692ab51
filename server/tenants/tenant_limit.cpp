// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_limit.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace {

qint64 users(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM users"); }

qint64 templates(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM templates WHERE removed_at IS NULL"); }

qint64 jobsPerDay(Transaction &tx)
{
    // Ids of version 7 begin with the time: those of today are a range of the key.
    return tx.one<qint64>(R"(
        SELECT count(*) FROM jobs
        WHERE id >= (lpad(to_hex(floor(extract(epoch FROM date_trunc('day', now(), 'UTC')) * 1000)::bigint), 12, '0')
                     || '70008000000000000000')::uuid)");
}

qint64 runningJobs(Transaction &tx)
{
    return tx.one<qint64>("SELECT count(*) FROM job_states WHERE state = 'running'");
}

qint64 waitingJobs(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM job_states WHERE state = 'queued'"); }

struct Counted
{
    std::optional<qint64> TenantLimits::*limit;
    qint64 TenantUse::*use;
    qint64 (*count)(Transaction &);
    const char16_t *what;
};
// In the order of TenantLimit.
constexpr Counted kinds[] = {{&TenantLimits::users, &TenantUse::users, users, u"users"},
                             {&TenantLimits::templates, &TenantUse::templates, templates, u"templates"},
                             {&TenantLimits::jobsPerDay, &TenantUse::jobsPerDay, jobsPerDay, u"jobs a day"},
                             {&TenantLimits::waitingJobs, &TenantUse::waitingJobs, waitingJobs, u"waiting jobs"},
                             {&TenantLimits::runningJobs, &TenantUse::runningJobs, runningJobs, u"running jobs"}};

} // namespace

void requireRoom(Transaction &tx, const Caller &caller, TenantLimit limit, qint64 more)
{
    const Counted &kind = kinds[std::size_t(limit)];
    if (!caller.limits || !((*caller.limits).*kind.limit))
        return;
    const qint64 most = *((*caller.limits).*kind.limit);
    tx.run("SELECT pg_advisory_xact_lock(hashtext(current_schema), $1)", int(limit));
    const qint64 there = kind.count(tx);
    if (there + more <= most)
        return;
    throw ApiError::make(
        409, "limit_reached",
        more == 1
            ? u"Your tenant may have %1 %2, and has them. Ask whoever runs this server for more."_s.arg(most).arg(
                QString::fromUtf16(kind.what))
            : u"Your tenant may have %1 %2: it has %3, and this would be %4 more. Make it smaller, or ask whoever runs this server for more."_s
                  .arg(most)
                  .arg(QString::fromUtf16(kind.what))
                  .arg(there)
                  .arg(more));
}

TenantUse tenantUse(Transaction &tx)
{
    TenantUse use;
    for (const Counted &kind : kinds)
        use.*kind.use = kind.count(tx);
    return use;
}
