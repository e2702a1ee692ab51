// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/tenant_scope.h"
#include "shared/error.h"
#include "shared/permissions/ability.h"

#include <QByteArray>
#include <QString>
#include <QUuid>

#include <memory>

struct TenantLimits;
namespace permissions {
class Policy;
}

// Who is asking. Built once by the authenticator and passed by const reference all the way down.
struct Caller
{
    QUuid userId;
    QUuid tenantId;
    QUuid sessionId;
    Abilities abilities; // where there is no policy: exactly these, on every record
    QString displayName;
    QByteArray address; // of the peer, for sessions and throttling
    QByteArray requestId = {}; // of the request that it came with, for the audit log
    bool isProgram = false; // asks with a gateway key: may do no more than programAbilities()
    QList<QString> models = {}; // that its key may call; empty: any
    bool needsSecondFactor = false; // the tenant demands one: may do nothing but set it up
    quint64 policyVersion = 0; // of the tenant in the policy book, when this was read
    std::shared_ptr<const TenantLimits> limits = {}; // of the tenant; null: none
    std::shared_ptr<const permissions::Policy> policy = {}; // what roles and rules say of this person; null in tests

    // Whether there is anything to which they may; of one record: server/permissions/access.h.
    bool may(Ability needed) const;
    TenantScope scope() const { return {tenantId}; }
};

// What a gateway key may do beside calling models: run evaluations, for CI.
Abilities programAbilities();

// A refusal for want of an ability where even the existence of the thing is kept from the caller: told as 404, written
// down as the refusal that it is.
struct ConcealedRefusal : ApiError
{
    explicit ConcealedRefusal(const ApiError &told) : ApiError(told) { }
};
