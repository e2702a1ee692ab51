// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/queue/claim_plan.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString providerOf(const QString &model) { return model.section(u'/', 0, 0); }

} // namespace

void ClaimPlan::add(const QList<QueueStore::Lane> &lanes, const QList<QueueStore::Limit> &limits)
{
    for (const QueueStore::Lane &lane : lanes) {
        Tenant &tenant = m_tenants[lane.tenantId];
        if (tenant.lanes.isEmpty())
            m_order.append(lane.tenantId);
        tenant.lanes.append({lane});
        tenant.planLimit = lane.planLimit;
        m_isLimited = m_isLimited || lane.planLimit || lane.hasLimits;
        for (const RunningLimit &limit : m_rules.serverLimits)
            m_isLimited = m_isLimited || limit.model == lane.model || limit.model == providerOf(lane.model);
    }
    for (const QueueStore::Limit &limit : limits)
        m_tenants[limit.tenantId].limits.insert(limit.model, limit.amount);
}

void ClaimPlan::count(const QUuid &tenant, const QString &model, int change)
{
    for (const QUuid &whose : {tenant, QUuid()})
        for (const QString &what : {QString(), providerOf(model), model})
            m_running[{whose, what}] += change;
}

void ClaimPlan::setRunning(const QList<QueueStore::Running> &running)
{
    m_running.clear();
    for (const QueueStore::Running &one : running)
        count(one.tenantId, one.model, one.jobs);
}

int ClaimPlan::roomFor(const QUuid &id, const Tenant &tenant, const QString &model) const
{
    int room = std::numeric_limits<int>::max();
    const auto limit = [&](const QUuid &whose, const QString &what, int amount) {
        const auto running = m_running.find({whose, what});
        room = std::min(room, amount - (running == m_running.end() ? 0 : running->second));
    };
    if (tenant.planLimit)
        limit(id, {}, *tenant.planLimit);
    for (const QString &what : {QString(), providerOf(model), model})
        if (const auto own = tenant.limits.constFind(what); own != tenant.limits.constEnd())
            limit(id, what, *own);
    for (const RunningLimit &server : m_rules.serverLimits)
        if (server.model == model || server.model == providerOf(model))
            limit({}, server.model, server.amount);
    room = std::min(room, m_rules.mostOfTenant - m_rules.held.value(id) - m_given.value(id));
    return std::max(room, 0);
}

int ClaimPlan::give(const QUuid &id, const Tenant &tenant, const QueueStore::Lane &lane, int places,
                    QList<QueueStore::Share> &shares)
{
    const int room = roomFor(id, tenant, lane.model);
    m_hitLimit = m_hitLimit || room < places;
    const int given = std::min(places, room);
    if (given <= 0)
        return 0;
    count(id, lane.model, given);
    m_given[id] += given;
    const auto same = std::find_if(shares.begin(), shares.end(), [&](const QueueStore::Share &share) {
        return share.tenantId == id && share.priority == lane.priority && share.model == lane.model;
    });
    if (same != shares.end())
        same->places += given;
    else
        shares.append({id, lane.priority, lane.model, given});
    return given;
}

void ClaimPlan::share(const QUuid &id, const Tenant &tenant, int places, QList<QueueStore::Share> &shares)
{
    QList<QueueStore::Lane> open;
    for (const Open &one : tenant.lanes) {
        if (one.hasMore && roomFor(id, tenant, one.lane.model) > 0)
            open.append(one.lane);
        m_hitLimit = m_hitLimit || (one.hasMore && roomFor(id, tenant, one.lane.model) <= 0);
    }
    if (open.isEmpty())
        return;
    const auto isOlder = [](const QueueStore::Lane &a, const QueueStore::Lane &b) { return a.oldest < b.oldest; };
    const int best = std::min_element(open.begin(), open.end(), [](const auto &a, const auto &b) {
                         return a.priority < b.priority;
                     })->priority;
    const auto middle =
        std::partition(open.begin(), open.end(), [&](const auto &lane) { return lane.priority == best; });
    std::sort(open.begin(), middle, isOlder);
    int left = places;
    if (middle != open.end()) {
        if (m_turns.size() > 10'000)
            m_turns.clear(); // the guarantee begins anew
        int &turn = m_turns[id];
        const int lower = (turn + places) / turnsOfPriority - turn / turnsOfPriority;
        turn = (turn + places) % (turnsOfPriority * 1000);
        if (lower > 0)
            left -= give(id, tenant, *std::min_element(middle, open.end(), isOlder), lower, shares);
    }
    qsizetype lanes = middle - open.begin();
    for (auto lane = open.begin(); lane != middle && left > 0; ++lane, --lanes)
        left -= give(id, tenant, *lane, int((left + lanes - 1) / lanes), shares);
}

QList<QueueStore::Share> ClaimPlan::next(int places)
{
    QList<QUuid> waiting;
    for (const QUuid &id : std::as_const(m_order)) {
        const Tenant &tenant = m_tenants[id];
        const bool mayTake = std::any_of(tenant.lanes.begin(), tenant.lanes.end(), [&](const Open &one) {
            const int room = one.hasMore ? roomFor(id, tenant, one.lane.model) : 0;
            m_hitLimit = m_hitLimit || (one.hasMore && room <= 0);
            return room > 0;
        });
        if (mayTake)
            waiting.append(id);
    }
    QList<QueueStore::Share> shares;
    int left = places;
    for (qsizetype i = 0; i < waiting.size() && left > 0; ++i) {
        const int each = int((left + waiting.size() - i - 1) / (waiting.size() - i));
        const int before = m_given.value(waiting[i]);
        share(waiting[i], m_tenants[waiting[i]], each, shares);
        left -= m_given.value(waiting[i]) - before;
    }
    return shares;
}

void ClaimPlan::took(const QList<QueueStore::Share> &shares, const QList<QueueStore::Claim> &claims)
{
    std::map<std::tuple<QUuid, int, QString>, int> taken;
    for (const QueueStore::Claim &claim : claims)
        ++taken[{claim.tenantId, claim.priority, claim.model}];
    for (const QueueStore::Share &share : shares) {
        const int missing = share.places - taken[{share.tenantId, share.priority, share.model}];
        if (missing <= 0)
            continue;
        count(share.tenantId, share.model, -missing);
        m_given[share.tenantId] -= missing;
        for (Open &one : m_tenants[share.tenantId].lanes)
            if (one.lane.priority == share.priority && one.lane.model == share.model)
                one.hasMore = false;
    }
}

bool ClaimPlan::mayHaveMore() const
{
    return std::any_of(m_tenants.begin(), m_tenants.end(), [](const auto &tenant) {
        return std::any_of(tenant.second.lanes.begin(), tenant.second.lanes.end(),
                           [](const Open &one) { return one.hasMore; });
    });
}
