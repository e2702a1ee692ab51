// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/permissions/permission_watch.h"
#include "shared/tenants/plan.h"

// The plans, for operators. Any thread.
class PlanService
{
public:
    PlanService(Database &database, PermissionWatch &watch) : m_database(database), m_watch(watch) { }

    PlanList list();
    Plan get(const QString &name);
    Plan create(const Caller &caller, const NewPlan &input);
    // Counts for the tenants on it in every process within a second.
    Plan replace(const Caller &caller, const QString &name, qint64 revision, const PlanChange &change);
    void remove(const Caller &caller, const QString &name, const std::optional<qint64> &revision);

private:
    Database &m_database;
    PermissionWatch &m_watch;
};
