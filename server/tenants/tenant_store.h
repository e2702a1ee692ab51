// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/tenants/tenant.h"

// platform.tenants. In platform transactions.
namespace TenantStore {

// Where the operators are; made with the database.
inline constexpr QUuid platformId{0x01900000, 0x0000, 0x7000, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01};

struct Position // in the list
{
    QString slug;
};
QList<Tenant> list(Transaction &platform, const TenantFilter &filter, const std::optional<Position> &after, int limit);
std::optional<Tenant> find(Transaction &platform, const QUuid &id);
std::optional<Tenant> lock(Transaction &platform, const QUuid &id); // stays as it is until the transaction ends
std::optional<Tenant> findBySlug(Transaction &platform, const QString &slug);
// Throws 409 when the slug is taken.
Tenant insert(Transaction &platform, const QUuid &id, const NewTenant &input);
// Nothing when there is no such tenant of that revision.
std::optional<Tenant> update(Transaction &platform, const QUuid &id, qint64 revision, const TenantChange &change);

} // namespace TenantStore
