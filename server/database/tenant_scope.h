// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUuid>

#include <string>

// Whose data a transaction sees.
struct TenantScope
{
    QUuid tenantId;
};

namespace database {

// The role and the schema of a tenant have the same name: "t_" and the 32 hexadecimal digits of its id. Made from
// nothing but a typed id, so it needs no quoting.
inline std::string tenantName(const QUuid &tenantId) { return "t_" + tenantId.toByteArray(QUuid::Id128).toStdString(); }

} // namespace database
