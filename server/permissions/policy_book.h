// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "server/security/lru_cache.h"
#include "shared/permissions/policy.h"
#include "shared/tenants/limits.h"
#include "shared/users/user.h"

#include <QHash>

#include <memory>
#include <mutex>

// What each tenant says about permissions, read once and remembered until it changes, and the policies that follow for
// its people. Any thread.
class PolicyBook
{
public:
    using Policy = std::shared_ptr<const permissions::Policy>;

    // The policy of a person as it is in this transaction, which has entered their tenant.
    Policy policyOf(Transaction &tx, const QUuid &tenantId, const permissions::Principal &principal);
    // Remembered with them: how much the tenant may have, by its plan and by itself.
    std::shared_ptr<const TenantLimits> limitsOf(Transaction &tx, const QUuid &tenantId);
    // As they are in this transaction; not remembered.
    static permissions::PolicySource read(Transaction &tx);
    static permissions::Principal principalOf(Transaction &tx, const QUuid &userId, const QList<Role> &roles);

    // Counts the changes of a tenant: what was made before the last one is out of date.
    quint64 version(const QUuid &tenantId) const;
    void forget(const QList<QUuid> &tenants);
    void forgetAll();

private:
    struct Entry
    {
        std::shared_ptr<const permissions::PolicySource> source;
        std::shared_ptr<const TenantLimits> limits;
        // Where no rule speaks of single persons their policy follows from their roles alone, and is made once for all.
        QHash<QString, Policy> byRoles;
    };
    struct HashId
    {
        std::size_t operator()(const QUuid &id) const { return qHash(id); }
    };

    Entry entryOf(Transaction &tx, const QUuid &tenantId);
    quint64 versionLocked(const QUuid &tenantId) const;

    mutable std::mutex m_mutex;
    LruCache<QUuid, Entry, HashId> m_tenants{1000};
    QHash<QUuid, quint64> m_versions;
    quint64 m_everyVersion = 0;
};
