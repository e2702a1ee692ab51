// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/tenant_scope.h"
#include "shared/error.h"
#include "shared/permissions/ability.h"

#include <QByteArray>
#include <QString>
#include <QUuid>

// Who is asking. Built once by the authenticator and passed by const reference all the way down.
struct Caller
{
    QUuid userId;
    QUuid tenantId;
    QUuid sessionId;
    Abilities abilities;
    QString displayName;
    QByteArray address; // of the peer, for sessions and throttling

    bool may(Ability needed) const { return needed == Ability::Public || abilities.test(bit(needed)); }
    TenantScope scope() const { return {tenantId}; }
};
