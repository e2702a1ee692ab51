// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/queue/queue_store.h"
#include "shared/jobs/job_settings.h"

#include <QHash>

#include <map>

// Who gets how many of the places that a process has free.
//
// Tenants take turns: each gets the same number, as far as it has jobs. Within a tenant the highest priority goes
// first, but of each eight places that a process gives to it, one goes to the job of a lower priority whose lane has
// waited longest. Of one priority, models share.
//
// Counts what runs against the limits: of the server for a provider or model, of a tenant altogether (by its plan or by
// itself), and its own for a provider or model.
class ClaimPlan
{
public:
    static constexpr int turnsOfPriority = 8;
    using Turns = QHash<QUuid, int>; // of tenants with several priorities: the places that they got

    struct Rules
    {
        QList<RunningLimit> serverLimits;
        int mostOfTenant = 0; // places of this process that one tenant may hold
        QHash<QUuid, int> held; // places of this process that tenants hold
    };

    ClaimPlan(Rules rules, Turns &turns) : m_rules(std::move(rules)), m_turns(turns) { }

    // Lanes with their heads, all of those of a tenant together; and what limits these tenants.
    void add(const QList<QueueStore::Lane> &lanes, const QList<QueueStore::Limit> &limits);
    // Whether a limit is set for one of the lanes: then what runs must be known before shares are given.
    bool isLimited() const { return m_isLimited; }
    void setRunning(const QList<QueueStore::Running> &running);

    // How many to take of each lane, in all at most `places`; empty when there is nothing more that may be taken.
    QList<QueueStore::Share> next(int places);
    // What came of it: a lane that gave less than its share has no more.
    void took(const QList<QueueStore::Share> &shares, const QList<QueueStore::Claim> &claims);

    bool mayHaveMore() const; // lanes that gave all that was asked of them
    bool hitLimit() const { return m_hitLimit; } // something could not be taken for want of a place under a limit

private:
    struct Open
    {
        QueueStore::Lane lane;
        bool hasMore = true;
    };
    struct Tenant
    {
        QList<Open> lanes;
        std::optional<int> planLimit;
        QHash<QString, int> limits; // by provider or model; empty: all
    };

    int roomFor(const QUuid &id, const Tenant &tenant, const QString &model) const;
    void count(const QUuid &tenant, const QString &model, int change);
    void share(const QUuid &id, const Tenant &tenant, int places, QList<QueueStore::Share> &shares);
    int give(const QUuid &id, const Tenant &tenant, const QueueStore::Lane &lane, int places,
             QList<QueueStore::Share> &shares);

    const Rules m_rules;
    Turns &m_turns;
    std::map<QUuid, Tenant> m_tenants;
    QList<QUuid> m_order;
    std::map<std::pair<QUuid, QString>, int> m_running; // by tenant (null: all) and provider, model or everything
    QHash<QUuid, int> m_given; // places of this process, in this claim
    bool m_isLimited = false;
    bool m_hitLimit = false;
};
