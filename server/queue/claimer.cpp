// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/queue/claimer.h"

namespace {

constexpr int fewestLanes = 64;
constexpr int mostLanes = 16'384;

// The lanes of whole tenants after that one.
struct Page
{
    QList<QueueStore::Lane> lanes;
    bool isLast = true;
};
Page pageAfter(Transaction &tx, const QUuid &tenant, int size)
{
    for (;; size *= 4) {
        Page page{QueueStore::lanes(tx, tenant, size), true};
        if (page.lanes.size() < size)
            return page;
        page.isLast = false;
        const QUuid cut = page.lanes.last().tenantId; // may have more
        if (page.lanes.first().tenantId == cut && size < mostLanes)
            continue;
        if (page.lanes.first().tenantId != cut)
            page.lanes.removeIf([&](const QueueStore::Lane &lane) { return lane.tenantId == cut; });
        return page;
    }
}

// Looks at the lanes from the last tenant that was served on and around to it again, some at a time.
class Round
{
public:
    Round(Transaction &tx, const QUuid &start) : m_tx(tx), m_start(start), m_after(start), m_isWrapped(start.isNull())
    {
    }

    bool isOver() const { return m_isOver; }
    QList<QueueStore::Lane> next(int size)
    {
        QList<QueueStore::Lane> lanes;
        while (!m_isOver && lanes.size() < size) {
            Page page = pageAfter(m_tx, m_after, size);
            if (m_isWrapped && !m_start.isNull()
                && page.lanes.removeIf([&](const QueueStore::Lane &lane) { return m_start < lane.tenantId; }) > 0)
                page.isLast = true; // from there on they have been seen
            m_isOver = page.isLast && m_isWrapped;
            m_isWrapped = m_isWrapped || page.isLast;
            m_after = page.isLast ? QUuid() : page.lanes.last().tenantId;
            lanes += page.lanes;
        }
        return lanes;
    }

private:
    Transaction &m_tx;
    const QUuid m_start;
    QUuid m_after;
    bool m_isWrapped;
    bool m_isOver = false;
};

QList<QUuid> withLimits(const QList<QueueStore::Lane> &lanes)
{
    QList<QUuid> tenants;
    for (const QueueStore::Lane &lane : lanes)
        if (lane.hasLimits && (tenants.isEmpty() || tenants.last() != lane.tenantId))
            tenants.append(lane.tenantId);
    return tenants;
}

} // namespace

Claimer::Claimed Claimer::claim(Transaction &tx, const QUuid &lease, int places, std::chrono::milliseconds length,
                                int concurrency, const QHash<QUuid, int> &held)
{
    ClaimPlan plan({m_serverLimits, concurrency - concurrency / 8, held}, m_turns);
    Claimed claimed;
    Round round(tx, m_last);
    bool knowsRunning = false;
    do {
        const auto lanes = round.next(std::max(fewestLanes, 2 * places));
        const auto limited = withLimits(lanes);
        plan.add(lanes, limited.isEmpty() ? QList<QueueStore::Limit>() : QueueStore::limits(tx, limited));
        if (plan.isLimited() && !std::exchange(knowsRunning, true))
            plan.setRunning(QueueStore::lockRunning(tx));
        while (claimed.jobs.size() < places) {
            const auto shares = plan.next(places - int(claimed.jobs.size()));
            if (shares.isEmpty())
                break;
            const auto jobs = QueueStore::take(tx, shares, lease, length);
            plan.took(shares, jobs);
            m_last = shares.last().tenantId;
            claimed.jobs += jobs;
        }
    } while (claimed.jobs.size() < places && !round.isOver());
    claimed.mayBeMore = claimed.jobs.size() >= places;
    claimed.hitLimit = plan.hitLimit();
    return claimed;
}
