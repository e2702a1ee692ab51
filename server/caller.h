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
    QByteArray requestId = {}; // of the request that it came with, for the audit log
    bool needsSecondFactor = false; // the tenant demands one: may do nothing but set it up

    bool may(Ability needed) const { return needed == Ability::Public || abilities.test(bit(needed)); }
    TenantScope scope() const { return {tenantId}; }
};

// A refusal for want of an ability where even the existence of the thing is kept from the caller: told as 404, written
// down as the refusal that it is.
struct ConcealedRefusal : ApiError
{
    explicit ConcealedRefusal(const ApiError &told) : ApiError(told) { }
};
