// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/dialect.h"
#include "server/gateway/gateway_desk.h"
#include "server/http/router.h"

struct Declined;

// What a program asked of the gateway, who it is, and the way back, on the I/O thread of the exchange.
struct GatewayRequest
{
    using Clock = std::chrono::steady_clock;

    const GatewayDesk &desk;
    const http::Router &router;
    std::shared_ptr<http::Exchange> exchange;
    http::Call call; // with its caller
    gateway::Dialect dialect;
    GatewayKeyBook::Found caller;
    CredentialBook::Access access;
    GatewayRouteBook::Found routes;
    LimitBook::Rules limits;
    GatewaySettingsBook::Found rules;
    Clock::time_point takenAt; // by this thread
    Clock::time_point knownAt; // who asks

    const QUuid &tenantId() const { return caller->caller.tenantId; }

    // Answers with an error in the dialect.
    void refuse(const ApiError &error, const http::HeaderList &headers = {}) const;
    // Counts a call that was declined, for those who ask why.
    void note(const Declined &declined, const QString &model) const;
    void note(RefusedBy by, const QString &model, const QString &detail) const;
    // Keeps what was asked and answered, where the tenant says so.
    void keepBodies(const QUuid &attemptId, const QDateTime &calledAt, const QByteArray &answer) const;
    // Where the time has gone, as Server-Timing (W3C) has it, in milliseconds: waiting for a thread, finding out who
    // asks, reading and admitting, waiting for the provider, and all of it. What has not happened is left out.
    std::pair<QByteArray, QByteArray> timing(std::optional<Clock::time_point> askedAt,
                                             std::optional<Clock::time_point> heardAt, bool isWhole) const;

private:
    void count(RefusedBy by, const std::optional<QUuid> &decidedById, const QString &decidedByName,
               const QString &model, const QString &detail) const;
};
