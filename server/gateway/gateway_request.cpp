// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_request.h"

#include "server/gateway/booking.h"

using namespace Qt::StringLiterals;

void GatewayRequest::refuse(const ApiError &error, const http::HeaderList &headers) const
{
    http::Response response{.status = error.status,
                            .contentType = "application/json",
                            .body = gateway::printError(dialect, error, call.requestId),
                            .headers = headers};
    response.headers.emplaceBack("request-id", call.requestId);
    // Limits and budgets have said so already, with their ids.
    if (error.code == "guardrail"_L1)
        response.headers.emplaceBack("x-patio-refused-by", "guardrail");
    else if (error.code == "model_not_allowed"_L1)
        response.headers.emplaceBack("x-patio-refused-by", "model");
    if (error.retryAfter)
        response.headers.emplaceBack("Retry-After", QByteArray::number(*error.retryAfter));
    router.finish(exchange, call, std::move(response));
}

void GatewayRequest::note(const Declined &declined, const QString &model) const
{
    if (declined.decidedById) // otherwise it was no decision, but trouble of ours
        count(declined.by, declined.decidedById, declined.decidedByName, model, declined.error.detail);
}

void GatewayRequest::note(RefusedBy by, const QString &model, const QString &detail) const
{
    count(by, {}, {}, model, detail);
}

void GatewayRequest::count(RefusedBy by, const std::optional<QUuid> &decidedById, const QString &decidedByName,
                           const QString &model, const QString &detail) const
{
    desk.refusals.add(tenantId(),
                      {.minute = {},
                       .lastAt = QDateTime::currentDateTimeUtc(),
                       .by = by,
                       .decidedById = decidedById,
                       .decidedByName = decidedByName,
                       .detail = detail,
                       .model = model,
                       .keyId = caller->keyId,
                       .keyName = caller->keyName,
                       .userName = caller->caller.displayName});
}

void GatewayRequest::keepBodies(const QUuid &attemptId, const QDateTime &calledAt, const QByteArray &answer) const
{
    const auto days = rules->settings.bodyDays;
    if (!days)
        return;
    constexpr qsizetype quick = 64 * 1024; // bytes that are masked within some milliseconds
    const QByteArray &body = call.request.body;
    const auto keep = [&desk = desk, rules = rules, tenant = tenantId(), attemptId, calledAt, days, body, answer] {
        const bool masks = !rules->settings.masks.isEmpty();
        desk.ledger.keep(
            tenant,
            GatewayBodies::of(attemptId, calledAt, *days, masks ? rules->guardrails.maskedBody(body) : body, answer));
    };
    if (rules->settings.masks.isEmpty() || body.size() <= quick || !desk.work(keep))
        keep();
}

std::pair<QByteArray, QByteArray> GatewayRequest::timing(std::optional<Clock::time_point> askedAt,
                                                         std::optional<Clock::time_point> heardAt, bool isWhole) const
{
    QByteArray text;
    const auto add = [&](const char *name, Clock::time_point from, Clock::time_point to) {
        if (!text.isEmpty())
            text += ", ";
        text += name;
        text += ";dur=";
        text += QByteArray::number(std::chrono::duration<double, std::milli>(to - from).count(), 'f', 3);
    };
    const auto now = Clock::now();
    add("queue", call.started, takenAt);
    add("auth", takenAt, knownAt);
    add("policy", knownAt, askedAt.value_or(now));
    if (askedAt && heardAt)
        add("upstream", *askedAt, *heardAt);
    if (isWhole)
        add("total", call.started, now);
    return {"Server-Timing", text};
}
