// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "server/permissions/permission_watch.h"
#include "server/permissions/policy_book.h"
#include "shared/http/page.h"
#include "shared/permissions/permission_types.h"

// What a tenant says about permissions: its rules and custom roles, and what follows from them. A change takes effect
// in every process within a second. Any thread.
//
// Nobody gives more than they hold, and no change takes the rules out of the hands of every owner.
class PermissionService
{
public:
    PermissionService(Database &database, PolicyBook &book, PermissionWatch &watch);

    EffectivePermissions mine(const Caller &caller);
    PermissionCatalogue catalogue(const Caller &caller);
    Decision explain(const Caller &caller, const ExplainRequest &request);
    Simulation simulate(const Caller &caller, const SimulateRequest &request);

    Page<CustomRole> roles(const Caller &caller, const CustomRoleFilter &filter);
    CustomRole role(const Caller &caller, const QUuid &id);
    CustomRole createRole(const Caller &caller, const NewCustomRole &input);
    CustomRole updateRole(const Caller &caller, const QUuid &id, qint64 revision, const CustomRoleChange &change);
    void removeRole(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

    Page<Rule> rules(const Caller &caller, const RuleFilter &filter);
    Rule rule(const Caller &caller, const QUuid &id);
    Rule createRule(const Caller &caller, const RuleInput &input);
    Rule replaceRule(const Caller &caller, const QUuid &id, qint64 revision, const RuleInput &input);
    void removeRule(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

private:
    // Runs a change of what the tenant says, checks what it leads to, and tells every process.
    template<class Work> auto change(const Caller &caller, Work work);

    Database &m_database;
    PolicyBook &m_book;
    PermissionWatch &m_watch;
};
