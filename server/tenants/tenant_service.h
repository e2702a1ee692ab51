// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/session_watch.h"
#include "server/caller.h"
#include "server/database/database.h"
#include "server/database/migrations.h"
#include "server/permissions/permission_watch.h"
#include "server/security/passwords.h"
#include "shared/http/page.h"
#include "shared/tenants/erasure.h"
#include "shared/tenants/own_tenant.h"

// The tenants, for operators. Any thread; create() computes an Argon2id hash, makes a schema, and belongs on the
// threads for such work.
class TenantService
{
public:
    TenantService(Database &database, Migrations &migrations, const Passwords &passwords, SessionWatch &watch,
                  PermissionWatch &permissions);

    Page<Tenant> list(const TenantFilter &filter);
    Tenant get(const QUuid &id);
    TenantUse use(const QUuid &id); // numbers only: operators see nothing that is in a tenant
    Tenant create(const Caller &caller, const NewTenant &input); // with its owner, whole or not at all
    // Suspending ends all sessions of the tenant at once.
    Tenant update(const Caller &caller, const QUuid &id, qint64 revision, const TenantChange &change);

    // Takes a suspended tenant away with all that is kept of it. Cut off in the middle, it is finished by the next
    // call.
    Erasure erase(const Caller &caller, const QUuid &id, const EraseQuery &query);
    Page<Erasure> erasures(const ErasureFilter &filter);
    // As its own people see and change it.
    OwnTenant own(const Caller &caller);
    OwnTenant updateOwn(const Caller &caller, qint64 revision, const OwnTenantChange &change);

private:
    Database &m_database;
    Migrations &m_migrations;
    const Passwords &m_passwords;
    SessionWatch &m_watch;
    PermissionWatch &m_permissions;
};
