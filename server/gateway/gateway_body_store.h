// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/gateway/gateway_call_row.h"

#include <chrono>

// Bodies of a call as they are stored.
struct GatewayBodies
{
    QUuid attemptId;
    QDateTime calledAt;
    QDateTime deleteAt;
    QString request;
    QString answer;
    bool requestIsCut = false;
    bool answerIsCut = false;

    // Kept for so many days, as the settings say at the time of the call. Of a body longer than `longest` there is the
    // beginning, with a word of how long it was.
    static GatewayBodies of(const QUuid &attemptId, const QDateTime &calledAt, int days, const QByteArray &request,
                            const QByteArray &answer);
    static constexpr qsizetype longest = 1024 * 1024; // bytes of UTF-8
};

// SQL of stored bodies.
namespace GatewayBodyStore {

// In a transaction of the tenant.

// Bodies of calls that have some already are passed over. The list is held in memory once more: give it some MB at
// most.
void record(Transaction &tx, const QList<GatewayBodies> &bodies);
std::optional<GatewayCallBodies> find(Transaction &tx, const QUuid &attemptId); // while they are kept
// Deletes at most so many of those whose time is over by their promise or by the settings of now.
qint64 removeOld(Transaction &tx, int limit);

// In a platform transaction: up to `limit` tenants that may have old bodies and whom nobody has gone to for so long.
QList<QUuid> claimTenants(Transaction &platform, std::chrono::seconds since, int limit);

} // namespace GatewayBodyStore
